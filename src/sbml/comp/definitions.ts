import { type ReadContext, refuse } from "../context.ts";
import { coreLevel } from "../namespaces.ts";
import type { XmlElement } from "../xml.ts";
import { copyOf, type Instance, renameIds } from "./instance.ts";
import { compAttribute, compItems } from "./references.ts";

/** Submodels inside submodels at most. */
const DEPTH = 64;

/** The models of one file, by id. */
export interface Definitions {
  readonly models: ReadonlyMap<string, XmlElement>;
  /** External definitions: what they are called here, and where they lie. */
  readonly externals: ReadonlyMap<
    string,
    { readonly source: string; readonly modelRef: string | undefined; readonly line: number }
  >;
  readonly main: XmlElement | undefined;
  /** Definitions of another file, named relative to this one. */
  load(source: string, from: { line: number }): Definitions;
}

/** What a file defines. */
export function definitionsOf(root: XmlElement, load: Definitions["load"]): Definitions {
  const main = root.children.find((c) => c.name === "model" && coreLevel(c.uri) !== undefined);
  const models = new Map<string, XmlElement>();
  for (const m of compItems(root, "listOfModelDefinitions")) models.set(idOf(m), m);
  if (main !== undefined && idOf(main) !== "") models.set(idOf(main), main);
  const externals = new Map(
    compItems(root, "listOfExternalModelDefinitions").map((e) => [
      idOf(e),
      { source: compAttribute(e, "source") ?? "", modelRef: compAttribute(e, "modelRef"), line: e.line },
    ]),
  );
  return { models, externals, main, load };
}

function idOf(element: XmlElement): string {
  return element.attributes.find((a) => a.name === "id")?.value.trim() ?? "";
}

/** A model with all its submodels, ids prefixed. Throws `sbml/comp` for missing or circular definitions. */
export function instantiate(
  context: ReadContext,
  definitions: Definitions,
  model: XmlElement,
  prefix: string,
  path: readonly XmlElement[],
): Instance {
  if (path.includes(model) || path.length > DEPTH)
    refuse(context, model, "sbml/comp", "A model contains itself as a submodel");
  const copy = copyOf(model, (uri) => coreLevel(uri) !== undefined, context.core);
  const units = new Set(
    (copy.children.find((c) => c.name === "listOfUnitDefinitions")?.children ?? []).map((u) => idOf(u)),
  );
  if (prefix !== "")
    for (const c of copy.children)
      renameIds(
        c,
        (id) => prefix + id,
        (id) => (units.has(id) ? prefix + id : id),
      );
  const factor = copy.attributes.findIndex((a) => a.name === "conversionFactor" && a.uri === "");
  const given = copy.attributes[factor];
  if (given !== undefined) copy.attributes[factor] = { ...given, value: prefix + given.value };
  const submodels = new Map<string, Instance>();
  for (const submodel of compItems(copy, "listOfSubmodels")) {
    const id = compAttribute(submodel, "id") ?? "";
    const found = lookup(context, definitions, compAttribute(submodel, "modelRef") ?? "", submodel);
    submodels.set(id, instantiate(context, found.definitions, found.model, `${prefix}${id}__`, [...path, model]));
  }
  return { model: copy, prefix, submodels };
}

function lookup(
  context: ReadContext,
  definitions: Definitions,
  id: string,
  from: { line: number },
  hops = 0,
): { definitions: Definitions; model: XmlElement } {
  const model = definitions.models.get(id);
  if (model !== undefined) return { definitions, model };
  const external = definitions.externals.get(id);
  if (external === undefined || hops > DEPTH)
    refuse(context, from, "sbml/comp", `There is no model definition '${id}'`);
  const other = definitions.load(external.source, external);
  if (external.modelRef !== undefined) return lookup(context, other, external.modelRef, from, hops + 1);
  if (other.main === undefined) refuse(context, from, "sbml/comp", `'${external.source}' holds no model`);
  return { definitions: other, model: other.main };
}
