import { CellweaveError } from "../../errors.ts";
import type { Part } from "../comp/instance.ts";
import type { ReadContext } from "../context.ts";
import { made } from "./build.ts";

/** Namespace of annotations that keep what an earlier level could say and Level 3 cannot. */
const FORMER = "urn:cellweave:sbml:former";

/** What a conversion needs to know and what it has to say. */
export interface Conversion {
  readonly context: ReadContext;
  /** Version of Level 3 that is written. */
  readonly version: 1 | 2;
  /** Constructs that Level 3 lacks, with how often each was kept in an annotation and the line of the first. */
  readonly kept: Map<string, { count: number; readonly line: number }>;
}

/** Refuses what the target cannot say. */
export function inexpressible({ context, version }: Conversion, line: number, what: string, hint?: string): never {
  const place = context.file === undefined ? { line } : { file: context.file, line };
  throw new CellweaveError("sbml/inexpressible", `${what}, which Level 3 Version ${version} cannot say`, {
    place,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Keeps a construct that Level 3 lacks in the annotation of the element that had it, as an attribute or an element. */
export function keepFormer(conversion: Conversion, element: Part, name: string, content: string | Part): void {
  const { context } = conversion;
  const what = `${name} of <${element.name}>`;
  const seen = conversion.kept.get(what);
  if (seen === undefined) conversion.kept.set(what, { count: 1, line: element.line });
  else seen.count++;
  const former = formerOf(context, element);
  if (typeof content === "string") former.attributes.push({ name, uri: "", value: content });
  else former.children.push(inNamespace(content));
}

/** One sentence a construct that was kept. */
export function keptWarnings({ kept, context }: Conversion): string[] {
  return [...kept].map(([what, { count, line }]) => {
    const more = count === 1 ? "" : ` (and ${count - 1} more)`;
    return `line ${line}: Level 3 has no ${what} of Level ${context.level}; kept in an annotation${more}`;
  });
}

function formerOf(context: ReadContext, element: Part): Part {
  let annotation = element.children.find((c) => c.name === "annotation" && c.uri === element.uri);
  if (annotation === undefined) {
    annotation = made("annotation", element.uri, { line: element.line });
    element.children.splice(element.children[0]?.name === "notes" ? 1 : 0, 0, annotation);
  }
  const found = annotation.children.find((c) => c.uri === FORMER);
  if (found !== undefined) return found;
  const level = [
    ["level", String(context.level)],
    ["version", String(context.version)],
  ] as const;
  const former = { ...made("former", FORMER, { attributes: level }), offset: annotation.text.length };
  annotation.children.push(former);
  return former;
}

/** Elements of SBML may not stand in an annotation. */
function inNamespace(element: Part): Part {
  const { declarations: _, prefix: __, ...rest } = element;
  return { ...rest, uri: FORMER, children: element.children.map(inNamespace) };
}
