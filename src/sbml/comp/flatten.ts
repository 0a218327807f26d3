import { attribute } from "../attributes.ts";
import { type ReadContext, refuse } from "../context.ts";
import { MATHML } from "../namespaces.ts";
import type { XmlElement } from "../xml.ts";
import { combine, convertTimeAndExtent, name } from "./conversion.ts";
import { type Definitions, instantiate } from "./definitions.ts";
import { type Instance, type Part, partsOf, removePart, renameIds, setAttribute } from "./instance.ts";
import { compAttribute, compItems, isComp, resolve } from "./references.ts";

/** A name that stands for another, divided by a factor where units differ. */
interface Substitute {
  readonly id: string;
  readonly factor: string | undefined;
}

/**
 * One model without submodels: instances are made, deletions and replacements carried out, times and extents
 * converted. Ids of what comes out of a submodel A are `A__id`.
 * @see SBML Level 3 comp Version 1, section 3.9; doi:10.2390/biecoll-jib-2015-268
 */
export function flattenComp(context: ReadContext, definitions: Definitions, model: XmlElement): XmlElement {
  const top = instantiate(context, definitions, model, "", []);
  const substitutes = new Map<string, Substitute>();
  compose(context, top, substitutes);
  const flat = top.model;
  for (const instance of instancesOf(top)) if (instance !== top) merge(context, flat, instance);
  substitute(flat, substitutes);
  return flat;
}

function* instancesOf(instance: Instance): Generator<Instance> {
  yield instance;
  for (const sub of instance.submodels.values()) yield* instancesOf(sub);
}

/** Inner submodels first, so that what they replace is gone when their parent looks. */
function compose(context: ReadContext, instance: Instance, substitutes: Map<string, Substitute>): void {
  for (const sub of instance.submodels.values()) compose(context, sub, substitutes);
  const gone: { owner: Instance; part: Part }[] = [];
  for (const submodel of compItems(instance.model, "listOfSubmodels")) {
    const sub = instance.submodels.get(compAttribute(submodel, "id") ?? "");
    if (sub === undefined) continue;
    for (const deletion of compItems(submodel, "listOfDeletions")) {
      const { part, owner } = resolve(context, deletion, sub);
      gone.push({ owner, part });
    }
  }
  for (const part of [...partsOf(instance.model)]) {
    for (const replaced of compItems(part, "listOfReplacedElements"))
      gone.push(...replace(context, instance, part, replaced, substitutes));
    const by = part.children.find((c) => c.name === "replacedBy" && isComp(c.uri));
    if (by !== undefined) gone.push(replaceBy(context, instance, part, by, substitutes));
  }
  for (const { owner, part } of gone) {
    if (part.name === "submodel") owner.submodels.delete(compAttribute(part, "id") ?? "");
    if (part.name === "localParameter") unshadow(owner, part, owner.prefix + (attribute(part, "id") ?? ""));
    removePart(owner.model, part);
  }
  for (const submodel of compItems(instance.model, "listOfSubmodels")) convert(instance, submodel);
}

/** Without the local parameter, its name in the rate law means something of the model. */
function unshadow({ model }: Instance, local: Part, name: string): void {
  const id = attribute(local, "id") ?? "";
  for (const law of partsOf(model)) {
    if (law.name !== "kineticLaw" || ![...partsOf(law)].includes(local)) continue;
    for (const part of partsOf(law)) if (part.name === "ci" && part.text.trim() === id) part.text = name;
  }
}

function submodelOf(context: ReadContext, instance: Instance, reference: XmlElement): Instance {
  const id = compAttribute(reference, "submodelRef") ?? "";
  return instance.submodels.get(id) ?? refuse(context, reference, "sbml/comp", `There is no submodel '${id}'`);
}

function replace(
  context: ReadContext,
  instance: Instance,
  part: Part,
  reference: XmlElement,
  substitutes: Map<string, Substitute>,
): { owner: Instance; part: Part }[] {
  if (compAttribute(reference, "deletion") !== undefined) return [];
  const target = resolve(context, reference, submodelOf(context, instance, reference));
  const id = compAttribute(part, "id") ?? attribute(part, "id");
  const old = attribute(target.part, "id");
  const factor = compAttribute(reference, "conversionFactor");
  if (target.part.name === "localParameter" && id !== undefined) unshadow(target.owner, target.part, id);
  if (id !== undefined && old !== undefined && id !== old)
    substitutes.set(old, { id, factor: factor === undefined ? undefined : instance.prefix + factor });
  return [{ owner: target.owner, part: target.part }];
}

/** The submodel's element takes the place and the id of the parent's. */
function replaceBy(
  context: ReadContext,
  instance: Instance,
  part: Part,
  reference: XmlElement,
  substitutes: Map<string, Substitute>,
): { owner: Instance; part: Part } {
  const target = resolve(context, reference, submodelOf(context, instance, reference));
  const id = attribute(part, "id");
  const old = attribute(target.part, "id");
  if (id !== undefined && old !== undefined) {
    substitutes.set(old, { id, factor: undefined });
    target.part.origin ??= old;
    setAttribute(target.part, "id", id);
  }
  return { owner: instance, part };
}

function convert(instance: Instance, submodel: XmlElement): void {
  const sub = instance.submodels.get(compAttribute(submodel, "id") ?? "");
  if (sub === undefined) return;
  const factor = (key: string): string | undefined => {
    const id = compAttribute(submodel, key);
    return id === undefined ? undefined : instance.prefix + id;
  };
  const factors = { time: factor("timeConversionFactor"), extent: factor("extentConversionFactor") };
  for (const inner of instancesOf(sub)) convertTimeAndExtent(inner.model, factors);
}

/** Moves the lists of an instance into the flat model. */
function merge(context: ReadContext, flat: Part, { model }: Instance): void {
  const factor = attribute(model, "conversionFactor");
  for (const list of model.children) {
    if (list.uri !== context.core && !list.name.startsWith("listOf")) continue;
    if (!list.name.startsWith("listOf") || isComp(list.uri)) continue;
    if (list.name === "listOfSpecies" && factor !== undefined)
      for (const s of list.children)
        if (attribute(s, "conversionFactor") === undefined) setAttribute(s, "conversionFactor", factor);
    const into = flat.children.find((c) => c.name === list.name && c.uri === list.uri);
    if (into === undefined) flat.children.push(list);
    else into.children.push(...list.children);
  }
}

/** Replaced names everywhere; where a factor converts, old = new / factor. */
function substitute(flat: Part, substitutes: ReadonlyMap<string, Substitute>): void {
  const final = (id: string): { id: string; factors: string[] } => {
    const factors: string[] = [];
    const seen = new Set<string>();
    let at = id;
    for (let next = substitutes.get(at); next !== undefined && !seen.has(at); next = substitutes.get(at)) {
      seen.add(at);
      if (next.factor !== undefined) factors.push(next.factor);
      at = next.id;
    }
    return { id: at, factors };
  };
  const walk = (part: Part): void => {
    const target = attribute(part, "variable") ?? attribute(part, "symbol");
    const factors = target === undefined ? [] : final(target.trim()).factors;
    for (const c of part.children) walk(c);
    part.children = part.children.map((c) => {
      if (c.name !== "ci" || c.uri !== MATHML) return c;
      return final(c.text.trim()).factors.reduce<Part>((inner, f) => combine("divide", inner, name(f)), c);
    });
    const math = part.children.find((c) => c.name === "math" && c.uri === MATHML);
    const body = math?.children[0];
    if (math !== undefined && body !== undefined && factors.length > 0)
      math.children = [factors.reduce<Part>((inner, f) => combine("times", inner, name(f)), body)];
  };
  walk(flat);
  renameIds(
    flat,
    (id) => final(id).id,
    (id) => final(id).id,
  );
}
