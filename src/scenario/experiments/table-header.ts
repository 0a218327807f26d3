import { CellweaveError } from "../../errors.ts";
import type { Table } from "../tables/table.ts";
import { INTERVENTION_COLUMNS } from "./parse-interventions.ts";

/** The column that says which experiments share a control. */
export const PROJECT = "project";

const SPECIAL: readonly string[] = [...INTERVENTION_COLUMNS, PROJECT];

/** Headers that say when a sample was taken. */
const TIMES = /^(time|times|time ?points?|hours?|minutes?|days?)([ _([].*)?$/i;

/**
 * The columns of a table that are variables.
 * @throws CellweaveError `experiments/header` or `experiments/time`
 */
export function variablesOf({ header, file }: Table): string[] {
  const refuse = (message: string, hint?: string, code = "header") =>
    new CellweaveError(`experiments/${code}`, message, {
      place: { file, line: 1 },
      ...(hint === undefined ? {} : { hint }),
    });
  const [first = "", ...columns] = header;
  if (SPECIAL.includes(first.toLowerCase()))
    throw refuse(`the first column is '${first}'; it has to name the experiments`, "put a column of names before it");
  const seen = new Set<string>();
  for (const name of columns) {
    if (name === "") throw refuse("a column has no name");
    if (seen.has(name)) throw refuse(`column '${name}' is there twice`);
    seen.add(name);
    const folded = SPECIAL.find((known) => known !== name && known === name.toLowerCase());
    if (folded !== undefined) throw refuse(`column '${name}'`, `write '${folded}' if it says what was done`);
    if (TIMES.test(name))
      throw refuse(
        `column '${name}': time courses are not read, a table holds states`,
        "keep one time; or name each time in 'project', with a control of its own, and leave this column out",
        "time",
      );
  }
  const variables = columns.filter((name) => !SPECIAL.includes(name));
  if (variables.length < 2) throw refuse(`${variables.length} variables; at least 2 columns of numbers are needed`);
  if (!columns.some((name) => (INTERVENTION_COLUMNS as readonly string[]).includes(name)))
    throw refuse("no column says what was done", hintFor(columns));
  return variables;
}

/** A column that is nearly called so is meant. */
function hintFor(columns: readonly string[]): string {
  for (const kind of INTERVENTION_COLUMNS) {
    const near = columns.find((name) =>
      name
        .toLowerCase()
        .replace(/[^a-z]/g, "")
        .startsWith(kind),
    );
    if (near !== undefined) return `did you mean '${kind}' by '${near}'?`;
  }
  return `add one of ${INTERVENTION_COLUMNS.join(", ")}, empty for controls`;
}
