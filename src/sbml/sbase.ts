import { attribute, optionalId, requiredId } from "./attributes.ts";
import { child, type ReadContext } from "./context.ts";
import type { SBase } from "./element.ts";
import { readKeyValuePairs } from "./key-value-pairs.ts";
import { RDF } from "./namespaces.ts";
import type { XmlElement } from "./xml.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** id, name, metaid, sboTerm, notes and MIRIAM resources of an element; the id is empty where it has none. */
export function readSBase(context: ReadContext, element: XmlElement, idRequired: boolean): SBase {
  const key = context.level === 1 ? "name" : "id";
  const id = idRequired ? requiredId(context, element, key) : (optionalId(context, element, key) ?? "");
  const base: Mutable<SBase> = { id, line: element.line };
  const name = context.level === 1 ? undefined : attribute(element, "name");
  if (name !== undefined) base.name = name;
  const metaid = attribute(element, "metaid");
  if (metaid !== undefined) base.metaid = metaid;
  const sboTerm = attribute(element, "sboTerm");
  if (sboTerm !== undefined) base.sboTerm = sboTerm;
  const notes = child(element, "notes", context.core);
  if (notes !== undefined) base.notes = plainText(notes);
  const annotation = child(element, "annotation", context.core);
  const resources = annotation === undefined ? [] : readResources(annotation);
  if (resources.length > 0) base.resources = resources;
  const pairs = annotation === undefined ? [] : readKeyValuePairs(context, annotation);
  if (pairs.length > 0) base.keyValuePairs = pairs;
  return base;
}

/** MIRIAM resource URIs (`rdf:resource` of `rdf:li`) in document order. */
function readResources(annotation: XmlElement): string[] {
  const out: string[] = [];
  const walk = (element: XmlElement): void => {
    if (element.name === "li" && element.uri === RDF) {
      const uri = attribute(element, "resource", RDF);
      if (uri !== undefined) out.push(uri);
    }
    for (const c of element.children) walk(c);
  };
  walk(annotation);
  return out;
}

/** Text of an element and all inside it in document order, white space collapsed. */
function plainText(element: XmlElement): string {
  const parts: string[] = [];
  const walk = (e: XmlElement): void => {
    let from = 0;
    for (const c of e.children) {
      parts.push(e.text.slice(from, c.offset), " ");
      from = c.offset;
      walk(c);
    }
    parts.push(e.text.slice(from), " ");
  };
  walk(element);
  return parts.join("").replace(/\s+/g, " ").trim();
}
