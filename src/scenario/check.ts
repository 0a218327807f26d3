import type { Static, TSchema } from "typebox";
import { CellweaveError } from "../errors.ts";
import { explain } from "./explain.ts";
import { type Path, type Problem, showPath } from "./problem.ts";
import type { Source } from "./source.ts";

/**
 * A document's data, checked against a schema.
 * @param area names the kind of document in error codes, for example `scenario`
 * @throws CellweaveError `<area>/invalid` at the first problem in reading order; the hint counts the others
 */
export function checked<S extends TSchema>(area: string, schema: S, source: Source): Static<S> {
  const found = explain(schema, source.data);
  const [first] = found;
  if (first === undefined) return source.data as Static<S>;
  throw problemError(area, first, source, found.length - 1);
}

/** The error for one problem of a document. */
export function problemError(area: string, problem: Problem, source: Source, others = 0): CellweaveError {
  const { path, at, message, hint } = problem;
  const more = others === 0 ? undefined : `${others} more problem${others === 1 ? "" : "s"} in this file`;
  const advice = [hint, more].filter((part) => part !== undefined).join("; ");
  const inside = at === "key" ? path.slice(0, -1) : path;
  const head = inside.length === 0 ? "" : `${showPath(inside)}: `;
  return new CellweaveError(`${area}/invalid`, head + message, {
    place: source.place(path, at),
    ...(advice === "" ? {} : { hint: advice }),
  });
}

/** An error about one value of a document, with its place. */
export function errorAt(source: Source, path: Path, code: string, message: string, hint?: string): CellweaveError {
  const head = path.length === 0 ? "" : `${showPath(path)}: `;
  return new CellweaveError(code, head + message, {
    place: source.place(path),
    ...(hint === undefined ? {} : { hint }),
  });
}
