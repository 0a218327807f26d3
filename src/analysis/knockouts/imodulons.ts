import { columnIndex, readTable } from "../csv.ts";

/** What is known of one iModulon. */
export interface IModulon {
  readonly name: string;
  readonly category: string;
  /** Its regulators as annotated, for example `Crp+GlpR` or `FucR/ExuR`. */
  readonly regulator: string;
}

/** Categories of iModulons that carry the strain, not its regulation; they are not predicted. */
export const STRAIN_CATEGORIES: ReadonlySet<string> = new Set(["Genetic Alterations", "Single Gene", "ALE Effects"]);

/** Reads PRECISE's table of iModulons (columns `system_category`, `regulator`; the first holds the name). */
export function parseIModulons(text: string, file: string): IModulon[] {
  const table = readTable(text, file);
  const category = columnIndex(table, "system_category");
  const regulator = columnIndex(table, "regulator");
  return table.rows.map(({ cells }) => ({
    name: cells[0] ?? "",
    category: cells[category] ?? "",
    regulator: cells[regulator] ?? "",
  }));
}

/** Names of the regulators in an annotation, lower case: `Crp+GlpR` gives crp and glpr. */
export function regulatorNames(annotation: string): string[] {
  return annotation
    .split(/[+/;,\s]+/)
    .filter((name) => name !== "")
    .map((name) => name.toLowerCase());
}

/** 1 where one of the genes is named among an iModulon's regulators, shape [iModulons]. */
export function ownRegulon(genes: readonly string[], iModulons: readonly IModulon[]): Uint8Array {
  const wanted = new Set(genes.map((gene) => gene.toLowerCase()));
  return Uint8Array.from(iModulons, ({ regulator }) =>
    regulatorNames(regulator).some((name) => wanted.has(name)) ? 1 : 0,
  );
}
