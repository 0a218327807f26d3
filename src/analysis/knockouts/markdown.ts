import type { Interval } from "../metrics/bootstrap.ts";
import type { GeneLevel } from "./gene-level.ts";
import type { ComparedRow, Results } from "./results.ts";

/** A table of results in Markdown, with what its columns mean. */
export function markdownTable({ rows, best, asked, bootstrap, conditions, genotypes }: Results): string {
  const head = [
    "",
    "kind",
    "MSE",
    "95 %",
    "r",
    "95 %",
    "own regulon r",
    "r centred",
    "sign",
    "discrimination",
    "skill",
  ];
  const last = ["MSE - best plain, 95 %", ...(asked === undefined ? [] : [`MSE - '${asked}', 95 %`])];
  const lines = rows.map((row) => [
    ...cells(row, row.name === best),
    ...(asked === undefined ? [] : [versus(row.versusAsked)]),
  ]);
  const table = [[...head, ...last], [...head, ...last].map((_, i) => (i < 2 ? "---" : "---:")), ...lines];
  const notes = [
    `${conditions} conditions, ${genotypes} genotypes; intervals by bootstrap over genotypes (${bootstrap.resamples} draws, seed ${bootstrap.seed}).`,
    "r: mean over conditions of Pearson's r over iModulons, constant predictions as 0. Own regulon: r pooled over the",
    "iModulons that name the deleted gene. r centred: the mean training change taken off both sides. Sign: among",
    "changes above the replicate noise. Skill: (r - best plain) / (ceiling - best plain). Bold: the best plain row.",
  ];
  return `${drawn(table)}\n\n${notes.join("\n")}\n${coverageTable(rows)}`;
}

function drawn(table: readonly (readonly string[])[]): string {
  return table.map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** What intervals hold, by level: over all, and in the worst project. */
function coverageTable(rows: readonly ComparedRow[]): string {
  const covered = rows.filter(({ coverage }) => coverage.length > 0);
  const levels = covered[0]?.coverage.map(({ level }) => level) ?? [];
  if (levels.length === 0) return "";
  const head = ["intervals", ...levels.flatMap((level) => [`${100 * level} %`, "worst project"])];
  const lines = covered.map(({ name, coverage }) => [
    name,
    ...coverage.flatMap(({ overall, worst }) => [percent(overall), `${percent(worst.coverage)} (${worst.project})`]),
  ]);
  const note =
    "What conformal intervals hold of what was measured, calibrated on the other projects, each counted alike.";
  return `\n${drawn([head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...lines])}\n\n${note}\n`;
}

/** Predictors at gene level, in Markdown. */
export function geneLevelTable({ rows, conditions, genes, best }: GeneLevel): string {
  const head = ["gene level", "MSE", "r", "MSE - best plain, 95 %"];
  const lines = rows.map(({ name, mse, pearson, versusBest }) => [
    name,
    name === best ? `**${show(mse)}**` : show(mse),
    show(pearson),
    versus(versusBest),
  ]);
  const note =
    `log2 fold changes of ${genes} genes (deleted ones left out) in ${conditions} conditions that were measured; the ` +
    "weights that carry activities to genes are fitted without the samples of what is held out.";
  return `\n${drawn([head, ["---", "---:", "---:", "---:"], ...lines])}\n\n${note}\n`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function cells(row: ComparedRow, isBest: boolean): string[] {
  const { name, kind, mse, pearson, ownRegulon, pearsonCentred, sign, discrimination, skill, versusBest } = row;
  const error = isBest ? `**${show(mse.estimate)}**` : show(mse.estimate);
  return [
    name,
    kind,
    error,
    range(mse),
    show(pearson.estimate),
    range(pearson),
    show(ownRegulon.estimate),
    show(pearsonCentred),
    show(sign),
    show(discrimination),
    show(skill, 2),
    versus(versusBest),
  ];
}

/** A difference from the best plain row with its interval. */
function versus(difference: Interval | undefined): string {
  if (difference === undefined) return "-";
  const { estimate, low, high } = difference;
  return `${signed(estimate)} (${signed(low)} to ${signed(high)})`;
}

function range({ low, high }: Interval): string {
  return Number.isNaN(low) ? "-" : `${show(low)} to ${show(high)}`;
}

function show(value: number, digits = 3): string {
  return Number.isNaN(value) ? "-" : value.toFixed(digits);
}

function signed(value: number): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
}
