import { CellweaveError } from "../../errors.ts";
import { columnIndex, readTable } from "../csv.ts";

/** Samples of a knockout and of its own wild type, in one condition. */
export interface KnockoutPair {
  /** Deleted genes joined by `+`. */
  readonly genotype: string;
  readonly condition: string;
  readonly project: string;
  readonly knockoutSamples: readonly string[];
  readonly wildTypeSamples: readonly string[];
}

/**
 * Reads a table of pairs: columns `genotype`, `condition`, `project`, `ko_samples`, `wt_samples` (samples separated by
 * spaces).
 * @throws CellweaveError `knockouts/no-samples` with the line of a pair without replicates
 */
export function parsePairs(text: string, file: string): KnockoutPair[] {
  const table = readTable(text, file);
  const [genotype, condition, project, knockout, wildType] = (
    ["genotype", "condition", "project", "ko_samples", "wt_samples"] as const
  ).map((name) => columnIndex(table, name));
  return table.rows.map(({ cells, line }) => {
    const field = (column: number | undefined): string => cells[column ?? -1]?.trim() ?? "";
    const list = (column: number | undefined) => field(column).split(/\s+/).filter(Boolean);
    const pair = {
      genotype: field(genotype),
      condition: field(condition),
      project: field(project),
      knockoutSamples: list(knockout),
      wildTypeSamples: list(wildType),
    };
    if (pair.knockoutSamples.length > 0 && pair.wildTypeSamples.length > 0) return pair;
    throw new CellweaveError("knockouts/no-samples", `'${pair.condition}' has no knockout or no wild-type samples`, {
      place: { file, line },
    });
  });
}

/** Genes of a genotype: `cyoB+ndh` gives cyoB and ndh. */
export function genesOf(genotype: string): string[] {
  return genotype.split("+").filter((gene) => gene !== "");
}

/** Cultures run together: the project with the number that a condition's name begins with, as in `PD-004_del-basS_6h`. */
export function seriesOf({ project, condition }: Pick<KnockoutPair, "project" | "condition">): string {
  const [first = ""] = condition.split("_");
  return /\d/.test(first) ? `${project} ${first}` : project;
}
