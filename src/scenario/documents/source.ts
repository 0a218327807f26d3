import { CellweaveError, type Place } from "../../errors.ts";
import { isMap, isSeq, LineCounter, type Node, parseDocument } from "../../vendor/yaml.ts";
import type { Path } from "./problem.ts";

const XML_HINT = "this is XML; an SBML model is run by 'cellweave simulate' or 'cellweave fba'";

/** A document's data and where in its file each part stands. */
export interface Source {
  readonly data: unknown;
  /** Name of the file, for messages. */
  readonly file: string | undefined;
  /** What was read; undefined where the data were written in TypeScript. */
  readonly text: string | undefined;
  /** Where a key or value stands; the nearest place around it where it has none of its own. */
  place(path: Path, at?: "key" | "value"): Place;
}

/**
 * Reads one YAML document (JSON is YAML too).
 * @throws CellweaveError `yaml/syntax` with file, line and column; duplicate keys and unknown tags included
 */
export function yamlSource(text: string, file?: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const where = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { ...(file === undefined ? {} : { file }), line, column: col };
  };
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined)
    throw new CellweaveError("yaml/syntax", problem.message, {
      place: where(problem.pos[0]),
      hint: /^\s*</.test(text) ? XML_HINT : hintFor(problem.code),
    });
  return {
    data: document.toJS(),
    file,
    text,
    place: (path, at = "value") => where(offsetOf(document.contents, path, at)),
  };
}

/** Data that were written in TypeScript: places name no line. */
export function plainSource(data: unknown): Source {
  return { data, file: undefined, text: undefined, place: () => ({}) };
}

function offsetOf(root: Node | null, path: Path, at: "key" | "value"): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String((key as { value?: unknown }).value) === String(part));
      const key = pair?.key as Node | undefined;
      const value = pair?.value as Node | null | undefined;
      offset = ((last && at === "key" ? undefined : value?.range) ?? key?.range)?.[0] ?? offset;
      node = value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

function hintFor(code: string): string {
  if (code === "DUPLICATE_KEY") return "keep one of the two keys";
  if (code === "TAB_AS_INDENT") return "indent with spaces";
  if (code === "MULTIPLE_DOCS") return "keep one document a file";
  return "check the indentation, quotes and brackets around here";
}
