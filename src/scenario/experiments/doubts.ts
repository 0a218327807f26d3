import { type Experiments, isLogarithmic, meanOfKnown } from "../../regulation/in-context/experiments.ts";
import { didYouMean } from "../../suggest.ts";

/** What a spreadsheet makes of MARCH1 or SEPT2. */
const DATE =
  /^(\d{1,2}-(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{1,2})$/i;
/** What stands between genes where `+` is meant. */
const JOINED = /[\s,/&|]+/;
/** Unknown targets that are named. */
const NAMED = 5;
/** Share of all variance that makes a table's squared errors one variable's, and variables from which on that is odd. */
const [MOST, SEVERAL] = [0.5, 5];

/**
 * What is readable and yet may not be meant, one sentence each.
 * @param inGraph sources of edges beside the table
 */
export function doubtsOf(experiments: Experiments, inGraph: ReadonlySet<string>): string[] {
  return [
    ...logarithmsIn(experiments),
    ...largestIn(experiments),
    ...datesIn(experiments),
    ...uncontrolledIn(experiments),
    ...unknownIn(experiments, inGraph),
  ];
}

/** A single slip below zero would turn a table of amounts into one of logarithms. */
function logarithmsIn({ variables, conditions }: Experiments): string[] {
  const negative = variables.filter((_, v) => conditions.some(({ values }) => (values[v] ?? 0) < 0));
  if (negative.length === 0) return [];
  return [`negative values in ${few(negative)}: the table is read as log2, absence as the least that a variable reads`];
}

/** Squared errors in a table's unit are those of its largest numbers. */
function largestIn({ variables, conditions }: Experiments): string[] {
  if (variables.length < SEVERAL || isLogarithmic(conditions)) return [];
  const variances = variables.map((_, v) => {
    const values = conditions.map((condition) => condition.values[v] ?? Number.NaN);
    const mean = meanOfKnown(values);
    return meanOfKnown(values.map((value) => (value - mean) ** 2));
  });
  const largest = Math.max(...variances);
  const share = largest / variances.reduce((sum, variance) => sum + variance, 0);
  if (!(share > MOST)) return [];
  const name = variables[variances.indexOf(largest)] ?? "";
  return [
    `'${name}' alone is ${(100 * share).toFixed(0)} % of the variance and so of each MSE: log2 weighs variables alike`,
  ];
}

function datesIn({ variables }: Experiments): string[] {
  const dates = variables.filter((name) => DATE.test(name));
  if (dates.length === 0) return [];
  return [`${few(dates)}: did a spreadsheet make dates of genes such as MARCHF1 or SEPTIN2?`];
}

/** Changes of a project without a control are taken against other projects' controls. */
function uncontrolledIn({ conditions }: Experiments): string[] {
  const controlled = new Set(conditions.flatMap((c) => (c.interventions.length === 0 ? [c.project] : [])));
  const without = [...new Set(conditions.map(({ project }) => project))].filter((name) => !controlled.has(name));
  if (controlled.size === 0 || without.length === 0) return [];
  const which = without.map((name) => (name === "" ? "experiments without a project" : `project '${name}'`)).join(", ");
  return [`no control in ${which}: changes there are against the mean control of all projects`];
}

/** Targets that are no variable and have no edge. */
function unknownIn({ variables, conditions }: Experiments, inGraph: ReadonlySet<string>): string[] {
  const known = new Set([...variables, ...inGraph]);
  const targets = new Set(conditions.flatMap(({ interventions }) => interventions.map(({ target }) => target)));
  const unknown = [...targets].filter((target) => !known.has(target));
  const more = unknown.length - NAMED;
  return [
    ...unknown.slice(0, NAMED).map((target) => {
      const parts = target.split(JOINED);
      const several = parts.length > 1 && parts.every((part) => known.has(part));
      const hint = several ? `write ${parts.join("+")} if each was acted on` : didYouMean(target, variables);
      const said = `'${target}' is no variable of the table and has no edge in the graph: where it acts is unknown`;
      return hint === undefined ? said : `${said} (${hint})`;
    }),
    ...(more > 0 ? [`and ${more} more targets that are no variables and have no edge in the graph`] : []),
  ];
}

function few(names: readonly string[]): string {
  return `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
}
