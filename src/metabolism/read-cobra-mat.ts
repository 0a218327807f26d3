import type { SparseColumns } from "../numerics/lp.ts";
import type { FluxGene, FluxMetabolite, FluxModel, FluxReaction } from "./flux-model.ts";
import type { Inflate } from "./mat/element.ts";
import { type Fields, fieldsOf } from "./mat/fields.ts";
import { readMat } from "./mat/read.ts";
import { checkedBounds, indexOnce, modelFault, ruleReader } from "./model-parts.ts";
import { matrixBuilder } from "./program.ts";

/**
 * The constraint-based model of a MAT file, as the COBRA Toolbox and COBRApy write it: one struct with S, rxns, mets,
 * lb, ub, c, and where they are there genes, grRules (or rules), metFormulas, metCharges, names, osense or osenseStr.
 * @param inflate unpacks zlib data
 * @throws CellweaveError for what can't be kept: inequalities (csense), a right-hand side (b), coupling constraints (C)
 * @see https://opencobra.github.io/cobratoolbox (COBRAModelFields)
 */
export function fluxModelFromMat(bytes: Uint8Array, inflate: Inflate, file?: string): FluxModel {
  const { name, fields } = modelStruct(bytes, inflate, file);
  refuseConstraints(fields);
  const ids = fields.texts("rxns");
  const metabolites = metabolitesOf(fields);
  const genes = genesOf(fields);
  const geneIndex = indexOnce(genes, "gene", file);
  const rules = rulesOf(fields, genes, geneIndex, ids);
  const stoichiometry = stoichiometryOf(fields, metabolites.length, ids.length);
  const names = optional(fields, "rxnNames", ids.length);
  const reactions = ids.map((id, j): FluxReaction => {
    return { id, name: names[j] || undefined, rule: rules[j], boundary: isBoundary(stoichiometry, j) };
  });
  const bounds = { lower: fields.numbers("lb", ids.length), upper: fields.numbers("ub", ids.length) };
  return {
    id: fields.text("modelID") || fields.text("description") || name,
    file,
    reactions,
    metabolites,
    genes,
    stoichiometry,
    bounds: checkedBounds(ids, bounds, file),
    objective: fields.numbers("c", ids.length),
    sense: senseOf(fields),
    reactionIndex: indexOnce(reactions, "reaction", file),
    metaboliteIndex: indexOnce(metabolites, "metabolite", file),
    geneIndex,
  };
}

function modelStruct(bytes: Uint8Array, inflate: Inflate, file: string | undefined) {
  const variables = readMat(bytes, inflate, file);
  const models = variables.flatMap(({ name, value }) =>
    value.kind === "struct" && value.fields.has("S") && value.fields.has("rxns")
      ? [{ name, fields: fieldsOf(value.fields, name, file) }]
      : [],
  );
  const [model] = models;
  if (model !== undefined && models.length === 1) return model;
  const found = (models.length > 1 ? models : variables).map(({ name }) => `'${name}'`).join(", ") || "nothing";
  const what = models.length > 1 ? "holds several models" : "holds no COBRA model";
  const hint = "save one struct with S, rxns, mets, lb, ub and c";
  throw modelFault("mat", `the file ${what}: ${found}`, file, hint);
}

/** What a flux balance model here can't say is refused, not dropped. */
function refuseConstraints(fields: Fields): void {
  const { file } = fields;
  const mets = fields.texts("mets");
  const refuse = (message: string) =>
    modelFault("constraint", message, file, "only steady state, S v = 0, is supported; write it as reactions");
  const senses = fields.has("csense") ? fields.texts("csense", mets.length) : [];
  const unequal = senses.findIndex((sense) => sense !== "E");
  if (unequal >= 0) throw refuse(`metabolite '${mets[unequal]}' has an inequality (csense '${senses[unequal]}')`);
  const right = fields.has("b") ? fields.numbers("b", mets.length) : new Float64Array(0);
  const fed = right.findIndex((value) => value !== 0);
  if (fed >= 0) throw refuse(`metabolite '${mets[fed]}' accumulates (b is ${right[fed]})`);
  const coupling = fields.has("C") ? fields.value("C") : undefined;
  if (coupling !== undefined && "values" in coupling && coupling.values.length > 0)
    throw refuse("the model has coupling constraints (C)");
}

function metabolitesOf(fields: Fields): FluxMetabolite[] {
  const ids = fields.texts("mets");
  const names = optional(fields, "metNames", ids.length);
  const formulas = optional(fields, "metFormulas", ids.length);
  const key = ["metCharges", "metCharge"].find((name) => fields.has(name));
  const charges = key === undefined ? undefined : fields.numbers(key, ids.length);
  return ids.map((id, i) => {
    const charge = charges?.[i] ?? Number.NaN;
    return {
      id,
      name: names[i] || undefined,
      compartment:
        /\[(\w+)\]$|_([a-z]\w?)$/
          .exec(id)
          ?.slice(1)
          .find((part) => part !== undefined) ?? "",
      formula: formulas[i] || undefined,
      charge: Number.isNaN(charge) ? undefined : charge,
    };
  });
}

function genesOf(fields: Fields): FluxGene[] {
  const ids = optional(fields, "genes");
  const names = optional(fields, "geneNames", ids.length);
  return ids.map((id, k) => ({ id, name: names[k] || undefined }));
}

/** Rules from `grRules` (gene names), else from `rules` (`x(3) & x(7)`, counted from 1). */
function rulesOf(fields: Fields, genes: FluxGene[], index: Map<string, number>, ids: readonly string[]) {
  const read = ruleReader(genes, index, fields.file);
  if (fields.has("grRules")) return fields.texts("grRules", ids.length).map((text, j) => read(text, ids[j] ?? ""));
  const count = genes.length;
  return optional(fields, "rules", ids.length).map((text, j) => {
    const named = text.replace(/x\(\s*(\d+)\s*\)/g, (mention, k: string) => {
      const gene = genes[Number(k) - 1];
      if (gene !== undefined && Number(k) <= count) return ` ${gene.id} `;
      const message = `reaction '${ids[j]}': rule names gene ${mention}, and there are ${count} genes`;
      throw modelFault("unknown-gene", message, fields.file);
    });
    return read(named, ids[j] ?? "");
  });
}

function optional(fields: Fields, name: string, length?: number): string[] {
  return fields.has(name) ? fields.texts(name, length) : [];
}

function stoichiometryOf(fields: Fields, height: number, width: number): SparseColumns {
  const value = fields.value("S");
  if (value.kind === "sparse") {
    const { dimensions, rows, starts, values } = value;
    if (dimensions[0] === height && dimensions[1] === width) {
      const builder = matrixBuilder(height);
      for (let j = 0; j < width; j++) {
        for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) builder.entry(rows[k] ?? 0, values[k] ?? 0);
        builder.end();
      }
      return builder.matrix();
    }
  }
  const full = fields.numbers("S", height * width);
  const builder = matrixBuilder(height);
  for (let j = 0; j < width; j++) {
    for (let i = 0; i < height; i++) builder.entry(i, full[j * height + i] ?? 0);
    builder.end();
  }
  return builder.matrix();
}

function isBoundary({ starts, values }: SparseColumns, j: number): boolean {
  return new Set(Array.from(values.subarray(starts[j] ?? 0, starts[j + 1] ?? 0), Math.sign)).size < 2;
}

/** `osenseStr` is max or min; `osense`, older, -1 for max and 1 for min; most where neither is there. */
function senseOf(fields: Fields): FluxModel["sense"] {
  const text = fields.text("osenseStr");
  if (text !== undefined && text !== "") return text.toLowerCase().startsWith("min") ? "minimize" : "maximize";
  return fields.has("osense") && fields.numbers("osense", 1)[0] === 1 ? "minimize" : "maximize";
}
