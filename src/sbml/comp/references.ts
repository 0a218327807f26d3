import { attribute } from "../attributes.ts";
import { type ReadContext, refuse } from "../context.ts";
import { packageOf } from "../namespaces.ts";
import type { XmlElement } from "../xml.ts";
import { type Instance, type Part, partsOf } from "./instance.ts";

/** Whether a namespace is that of Hierarchical Model Composition. */
export function isComp(uri: string): boolean {
  return packageOf(uri)?.name === "comp";
}

/** Value of an attribute of the package, written with or without prefix. */
export function compAttribute(element: XmlElement, name: string): string | undefined {
  return element.attributes
    .find((a) => a.name === name && (isComp(a.uri) || (a.uri === "" && isComp(element.uri))))
    ?.value.trim();
}

export function compItems(element: XmlElement, list: string): XmlElement[] {
  return element.children
    .filter((c) => c.name === list && isComp(c.uri))
    .flatMap((c) => c.children.filter((i) => isComp(i.uri)));
}

/** What a reference points to, and the instance it lies in. */
export interface Target {
  readonly part: Part;
  readonly owner: Instance;
}

/**
 * Follows portRef, idRef, unitRef or metaIdRef into an instance, and a nested sBaseRef into its submodels.
 * @see SBML Level 3 comp Version 1, section 3.7; doi:10.2390/biecoll-jib-2015-268
 */
export function resolve(context: ReadContext, reference: XmlElement, instance: Instance): Target {
  const port = compAttribute(reference, "portRef");
  const nested = reference.children.find((c) => c.name === "sBaseRef" && isComp(c.uri));
  const found =
    port === undefined ? direct(context, reference, instance) : throughPort(context, reference, instance, port);
  if (nested === undefined) return found;
  const submodel = found.owner.submodels.get(compAttribute(found.part, "id") ?? "");
  if (submodel === undefined)
    refuse(context, reference, "sbml/comp", "A nested reference goes through something that is no submodel");
  return resolve(context, nested, submodel);
}

function throughPort(context: ReadContext, reference: XmlElement, instance: Instance, id: string): Target {
  const port = compItems(instance.model, "listOfPorts").find((p) => compAttribute(p, "id") === id);
  if (port === undefined) refuse(context, reference, "sbml/comp", `The submodel has no port '${id}'`);
  return resolve(context, port, instance);
}

function direct(context: ReadContext, reference: XmlElement, instance: Instance): Target {
  const id = compAttribute(reference, "idRef");
  const unit = compAttribute(reference, "unitRef");
  const meta = compAttribute(reference, "metaIdRef");
  for (const part of partsOf(instance.model)) {
    const isUnit = part.name === "unitDefinition";
    const own = part.origin ?? attribute(part, "id");
    if (id !== undefined && !isUnit && own === instance.prefix + id && part.name !== "localParameter")
      return { part, owner: instance };
    if (id !== undefined && part.name === "submodel" && compAttribute(part, "id") === id)
      return { part, owner: instance };
    if (unit !== undefined && isUnit && own === instance.prefix + unit) return { part, owner: instance };
    if (meta !== undefined && attribute(part, "metaid") === meta) return { part, owner: instance };
  }
  refuse(context, reference, "sbml/comp", `The reference to '${id ?? unit ?? meta ?? ""}' points to nothing`);
}
