import { CellweaveError } from "../../errors.ts";
import type { Static, TSchema } from "../../vendor/typebox.ts";
import { explain } from "./explain.ts";
import { type Path, type Problem, showPath } from "./problem.ts";
import type { Source } from "./source.ts";

/**
 * A document's data, checked against a schema.
 * @param area names the kind of document in error codes, for example `scenario`
 * @throws CellweaveError `<area>/invalid` at the first problem in reading order; the hint lists the others
 */
export function checked<S extends TSchema>(area: string, schema: S, source: Source): Static<S> {
  const found = explain(schema, source.data);
  const [first] = found;
  if (first === undefined) return source.data as Static<S>;
  throw problemError(area, first, source, found.slice(1));
}

/** The error for one problem of a document. */
function problemError(area: string, problem: Problem, source: Source, others: readonly Problem[] = []): CellweaveError {
  const { path, at, hint } = problem;
  const more = others.length === 0 ? undefined : listed(others, source);
  const advice = [hint, more].filter((part) => part !== undefined).join("; ");
  return new CellweaveError(`${area}/invalid`, withPath(problem), {
    place: source.place(path, at),
    ...(advice === "" ? {} : { hint: advice }),
  });
}

/** How many other problems are written out. */
const LISTED = 10;

/** `2 more problems in this file:` and a line for each, with its place. */
function listed(problems: readonly Problem[], source: Source): string {
  const lines = problems.slice(0, LISTED).map((problem) => {
    const { line, column } = source.place(problem.path, problem.at);
    const where = line === undefined ? "" : `${line}:${column}: `;
    return `\n    ${where}${withPath(problem)}${problem.hint === undefined ? "" : ` (${problem.hint})`}`;
  });
  const rest = problems.length - lines.length;
  const count = `${problems.length} more problem${problems.length === 1 ? "" : "s"} in this file:`;
  return count + lines.join("") + (rest > 0 ? `\n    and ${rest} more` : "");
}

function withPath({ path, at, message }: Problem): string {
  const inside = at === "key" ? path.slice(0, -1) : path;
  return inside.length === 0 ? message : `${showPath(inside)}: ${message}`;
}

/** An error about one value of a document, with its place. */
export function errorAt(source: Source, path: Path, code: string, message: string, hint?: string): CellweaveError {
  const head = path.length === 0 ? "" : `${showPath(path)}: `;
  return new CellweaveError(code, head + message, {
    place: source.place(path),
    ...(hint === undefined ? {} : { hint }),
  });
}
