import { CellweaveError } from "../errors.ts";
import type { ReadLimits } from "./limits.ts";
import type { XmlElement } from "./xml.ts";

/** What every reader of a part of the file needs: the level, the limits, and where doubts are written down. */
export interface ReadContext {
  readonly file: string | undefined;
  readonly level: number;
  readonly version: number;
  readonly limits: ReadLimits;
  /** Namespace of the core elements. */
  readonly core: string;
  /** Packages used, with their version. */
  readonly packages: ReadonlyMap<string, number>;
  readonly warnings: string[];
}

/** Ends reading with an error placed at an element. */
export function refuse(
  context: ReadContext,
  element: { line: number },
  code: string,
  message: string,
  hint?: string,
): never {
  const place = context.file === undefined ? { line: element.line } : { file: context.file, line: element.line };
  throw new CellweaveError(code, message, hint === undefined ? { place } : { place, hint });
}

/** Refuses a construct by name. */
export function unsupported(context: ReadContext, element: { line: number }, construct: string): never {
  refuse(context, element, "sbml/unsupported", `${construct} is not supported`);
}

export function warn(context: ReadContext, element: { line: number }, message: string): void {
  context.warnings.push(`line ${element.line}: ${message}`);
}

/** First child element of a name, in the core namespace unless another is given. */
export function child(element: XmlElement, name: string, uri: string): XmlElement | undefined {
  return element.children.find((c) => c.name === name && c.uri === uri);
}

/** The members of a `listOf...` child; empty where there is none. */
export function members(context: ReadContext, parent: XmlElement, list: string, item: string): XmlElement[] {
  const out: XmlElement[] = [];
  for (const container of parent.children) {
    if (container.name !== list || container.uri !== context.core) continue;
    for (const c of container.children) if (c.name === item && c.uri === context.core) out.push(c);
  }
  return out;
}
