import { didYouMean } from "../suggest.ts";
import { ARMS } from "./arms/arm.ts";
import { checked, errorAt } from "./documents/check.ts";
import { type Source, yamlSource } from "./documents/source.ts";
import { type CellSpec, cellSchema, type ModuleSpec } from "./schema/cell.ts";

/** A checked cell manifest, with what is needed to say where its parts stand and to find the files it names. */
export interface CellManifest {
  readonly spec: CellSpec;
  readonly source: Source;
  /** Absolute path or URL that the file names in it are relative to. */
  readonly base: string;
}

export type ModuleKind = "medium" | "metabolic" | "pathway" | "regulator";

/**
 * A cell manifest from the text of a `*.cell.yaml`.
 * @throws CellweaveError with file, line and column, what was found and what was expected
 */
export function parseCellManifest(text: string, base: string, file = base): CellManifest {
  const source = yamlSource(text, file);
  if (listsLines(source))
    throw errorAt(source, ["lines"], "cell/lines", "expected the manifest of one line", "name one of these files");
  const spec = checked("cell", cellSchema, source);
  refuseTwins(spec, source);
  refuseStrangers(spec, source);
  refuseStrangersInTiers(spec, source);
  return { spec, source, base };
}

/** Whether a manifest lists the manifests of lines in place of modules. */
export function listsLines({ data }: Source): boolean {
  return typeof data === "object" && data !== null && "lines" in data;
}

/** Kind and name of an entry of `modules:`. */
export function kindAndName(module: ModuleSpec): { kind: ModuleKind; name: string } {
  if ("medium" in module) return { kind: "medium", name: module.medium };
  if ("metabolic" in module) return { kind: "metabolic", name: module.metabolic };
  if ("pathway" in module) return { kind: "pathway", name: module.pathway };
  return { kind: "regulator", name: module.regulator };
}

function refuseTwins(spec: CellSpec, source: Source): void {
  const seen = new Set<string>();
  for (const [i, module] of spec.modules.entries()) {
    const { kind, name } = kindAndName(module);
    if (seen.has(name))
      throw errorAt(source, ["modules", i, kind], "cell/duplicate", `two modules are called '${name}'`, "rename one");
    seen.add(name);
  }
}

/** Arms leave out and prefer modules that are there. */
function refuseStrangers(spec: CellSpec, source: Source): void {
  const known = spec.modules.map((module) => kindAndName(module).name);
  for (const arm of ARMS)
    for (const key of ["without", "precedence"] as const)
      for (const [i, name] of (spec.arms?.[arm]?.[key] ?? []).entries()) {
        if (known.includes(name)) continue;
        const hint = didYouMean(name, known) ?? `modules of this cell: ${known.join(", ")}`;
        throw errorAt(source, ["arms", arm, key, i], "cell/unknown-module", `the cell has no module '${name}'`, hint);
      }
}

function refuseStrangersInTiers({ modules, allocation = [] }: CellSpec, source: Source): void {
  const known = modules.map((module) => kindAndName(module).name);
  for (const [a, { tiers }] of allocation.entries())
    for (const [i, tier] of tiers.entries())
      for (const [k, name] of tier.entries())
        if (!known.includes(name))
          throw errorAt(
            source,
            ["allocation", a, "tiers", i, k],
            "cell/unknown-module",
            `the cell has no module '${name}'`,
            didYouMean(name, known) ?? `modules of this cell: ${known.join(", ")}`,
          );
}
