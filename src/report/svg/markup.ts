/** A finished piece of SVG or HTML; plain strings beside it are text and get escaped. */
export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | undefined | readonly Child[];
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ESCAPES = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g;

/** Text made safe for element content and attribute values of XML and HTML. */
export function escapeText(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"']/g, (c) => ESCAPES.get(c) ?? c);
}

/** A coordinate or length: at most two decimals, never `-0`, so that figures compare as text. */
export function coordinate(x: number): string {
  if (!Number.isFinite(x)) return "0";
  const rounded = Math.round(x * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

function opening(name: string, attributes: Attributes): string {
  let tag = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    tag += ` ${key}="${typeof value === "number" ? coordinate(value) : escapeText(value)}"`;
  }
  return tag;
}

function content(children: readonly Child[]): string {
  let joined = "";
  for (const child of children) {
    if (child === undefined) continue;
    if (typeof child === "string") joined += escapeText(child);
    else joined += "markup" in child ? child.markup : content(child);
  }
  return joined;
}

/** An SVG element; numbers among the attributes are coordinates. */
export function svg(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const inner = content(children);
  const open = opening(name, attributes);
  return { markup: inner === "" ? `${open}/>` : `${open}>${inner}</${name}>` };
}

const VOID = new Set(["br", "hr", "img", "input", "link", "meta"]);

/** An HTML element. */
export function html(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const open = opening(name, attributes);
  return { markup: VOID.has(name) ? `${open}>` : `${open}>${content(children)}</${name}>` };
}

/** Markup that was built elsewhere, taken as it is. */
export function raw(markup: string): Markup {
  return { markup };
}
