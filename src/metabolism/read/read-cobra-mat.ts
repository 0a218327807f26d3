import type { SparseColumns } from "../../numerics/programs/lp.ts";
import { type ConstraintRow, withConstraintRows } from "../model/constraint-rows.ts";
import type { FluxGene, FluxMetabolite, FluxModel, FluxReaction } from "../model/flux-model.ts";
import { matrixBuilder } from "../model/program.ts";
import type { MatValue } from "./mat/array.ts";
import type { Inflate } from "./mat/element.ts";
import { type Fields, fieldsOf } from "./mat/fields.ts";
import { readMat } from "./mat/read.ts";
import { checkedBounds, indexOnce, modelFault, ruleReader } from "./model-parts.ts";

/**
 * The constraint-based model of a MAT file, as the COBRA Toolbox and COBRApy write it: one struct with S, rxns, mets,
 * lb, ub, c, and where they are there genes, grRules (or rules), metFormulas, metCharges, names, osense or osenseStr.
 * @param inflate unpacks zlib data
 * Coupling constraints (C, d, dsense) become constraint rows. A model may lie inside another struct.
 * @throws CellweaveError for what can't be kept: inequalities (csense), a right-hand side (b), more variables (E)
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
  const model: FluxModel = {
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
  return withConstraintRows(model, couplingRows(fields, ids.length));
}

function modelStruct(bytes: Uint8Array, inflate: Inflate, file: string | undefined) {
  const variables = readMat(bytes, inflate, file);
  const models = variables.flatMap(({ name, value }) => modelsIn(name, value, file));
  const [model] = models;
  if (model !== undefined && models.length === 1) return model;
  const found = (models.length > 1 ? models : variables).map(({ name }) => `'${name}'`).join(", ") || "nothing";
  const what = models.length > 1 ? "holds several models" : "holds no COBRA model";
  const hint = "save one struct with S, rxns, mets, lb, ub and c";
  throw modelFault("mat", `the file ${what}: ${found}`, file, hint);
}

/** The struct where it is a model, else the models among its fields. */
function modelsIn(name: string, value: MatValue, file: string | undefined): { name: string; fields: Fields }[] {
  if (value.kind !== "struct") return [];
  if (value.fields.has("S") && value.fields.has("rxns")) return [{ name, fields: fieldsOf(value.fields, name, file) }];
  return [...value.fields].flatMap(([field, inner]) => modelsIn(`${name}.${field}`, inner, file));
}

/** Rows C v <= d, >= d or = d, as `dsense` says (L, G, E); ids are `ctrs`. */
function couplingRows(fields: Fields, width: number): ConstraintRow[] {
  if (!fields.has("C")) return [];
  const { file } = fields;
  const limits = fields.has("d") ? fields.numbers("d") : new Float64Array(0);
  const matrix = fields.numbers("C", limits.length * width);
  const senses = fields.has("dsense") ? fields.texts("dsense", limits.length) : [];
  const ids = optional(fields, "ctrs", limits.length);
  return Array.from(limits, (limit, i): ConstraintRow => {
    const id = ids[i] || `constraint ${i + 1}`;
    const sense = senses[i] ?? "L";
    if (!["L", "G", "E"].includes(sense))
      throw modelFault("constraint", `constraint '${id}' has dsense '${sense}'`, file, "L, G and E are known");
    const terms = Array.from({ length: width }, (_, column) => {
      return { column, coefficient: matrix[column * limits.length + i] ?? 0 };
    }).filter(({ coefficient }) => coefficient !== 0);
    const lower = sense === "L" ? Number.NEGATIVE_INFINITY : limit;
    return { id, name: undefined, terms, lower, upper: sense === "G" ? Number.POSITIVE_INFINITY : limit };
  });
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
  const more = ["E", "evars"].find((name) => fields.has(name));
  if (more !== undefined) throw refuse(`the model has variables that are no fluxes (${more})`);
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
  const names = ids.length === 0 ? [] : optional(fields, "geneNames", ids.length);
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
