import type { XmlAttribute, XmlElement } from "../xml.ts";

/** Elements whose inside is written as it was read, white space included. */
const VERBATIM = new Set(["notes", "annotation", "message"]);
const XML_PREFIX: readonly [string, string] = ["xml", "http://www.w3.org/XML/1998/namespace"];

type Scope = ReadonlyMap<string, string>;

/**
 * An element and all inside it as an XML document, two spaces a level. Notes, annotations and messages are written as
 * they were read. Prefixes are those of the source; a namespace that nothing binds is bound where it is used.
 */
export function xmlText(root: XmlElement): string {
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  write(root, new Map([XML_PREFIX]), 0, false, out);
  out.push("\n");
  return out.join("");
}

function write(element: XmlElement, outer: Scope, depth: number, verbatim: boolean, out: string[]): void {
  const bound = new Map(element.declarations ?? []);
  const scope = new Map([...outer, ...bound]);
  const name = elementName(element, scope, bound);
  const attributes = element.attributes.map((a) => ` ${attributeName(a, scope, bound)}="${escapeAttribute(a.value)}"`);
  const bindings = [...bound].map(
    ([prefix, uri]) => ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escapeAttribute(uri)}"`,
  );
  const { children, text } = element;
  const tag = `<${name}${bindings.join("")}${attributes.join("")}`;
  if (children.length === 0 && text === "") {
    out.push(`${tag}/>`);
    return;
  }
  out.push(`${tag}>`);
  if (verbatim || VERBATIM.has(element.name) || text.trim() !== "") writeMixed(element, scope, out);
  else {
    for (const child of children) {
      out.push(`\n${"  ".repeat(depth + 1)}`);
      write(child, scope, depth + 1, false, out);
    }
    out.push(`\n${"  ".repeat(depth)}`);
  }
  out.push(`</${name}>`);
}

/** Text and children in the order in which they came. */
function writeMixed({ text, children }: XmlElement, scope: Scope, out: string[]): void {
  let from = 0;
  for (const child of children) {
    out.push(escapeText(text.slice(from, child.offset)));
    from = Math.max(from, child.offset);
    write(child, scope, 0, true, out);
  }
  out.push(escapeText(text.slice(from)));
}

/** The qualified name of an element; `scope` and `bound` gain a binding where none fits. */
function elementName({ name, uri, prefix = "" }: XmlElement, scope: Map<string, string>, bound: Map<string, string>) {
  const fits = (scope.get(prefix) ?? "") === uri ? prefix : prefixFor(uri, scope, true);
  const chosen = fits ?? "";
  if (fits === undefined) bind(chosen, uri, scope, bound);
  return chosen === "" ? name : `${chosen}:${name}`;
}

function attributeName(a: XmlAttribute, scope: Map<string, string>, bound: Map<string, string>): string {
  if (a.uri === "") return a.name;
  const own = a.prefix ?? "";
  const fits = own !== "" && scope.get(own) === a.uri ? own : prefixFor(a.uri, scope, false);
  if (fits !== undefined) return `${fits}:${a.name}`;
  let chosen = own === "" || bound.has(own) ? "ns1" : own;
  for (let n = 2; bound.has(chosen); n++) chosen = `ns${n}`;
  bind(chosen, a.uri, scope, bound);
  return `${chosen}:${a.name}`;
}

function prefixFor(uri: string, scope: Scope, bare: boolean): string | undefined {
  for (const [prefix, bound] of scope) if (bound === uri && (bare || prefix !== "")) return prefix;
  return bare && uri === "" && !scope.has("") ? "" : undefined;
}

function bind(prefix: string, uri: string, scope: Map<string, string>, bound: Map<string, string>): void {
  scope.set(prefix, uri);
  bound.set(prefix, uri);
}

function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\r/g, "&#13;");
}

function escapeAttribute(text: string): string {
  return escapeText(text).replace(/"/g, "&quot;").replace(/\t/g, "&#9;").replace(/\n/g, "&#10;");
}
