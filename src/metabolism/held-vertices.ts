import type { LinearProgram, LpBasis } from "../numerics/lp.ts";
import { basisOf, type ProgramBounds, type Vertex, vertexOf, withRowColumns } from "../numerics/vertex.ts";

/** Bases that answer without a linear program, while they are optimal. */
export interface HeldVertices {
  /**
   * The first of the anchors that is optimal at the bounds; `values` (shape [columns]) are filled.
   * Whether one is found depends on the bounds and the anchors alone.
   */
  find(bounds: ProgramBounds, values: Float64Array): Vertex | undefined;
  /** The vertex of a basis just found by the solver, where it is regular and optimal at the bounds. */
  take(basis: LpBasis, bounds: ProgramBounds, values: Float64Array): Vertex | undefined;
  /** Makes a vertex the first anchor. */
  hold(vertex: Vertex): void;
  /** The basis to start the solver from: the first anchor's. */
  start(): LpBasis | undefined;
  /** Keys of the anchors, first first; plain data. */
  anchors(): readonly string[];
  /** Takes the anchors of `anchors()`. */
  anchor(keys: readonly string[]): void;
}

/** How many bases are tried before a program is solved, and how many are kept factored. */
const ANCHORS = 8;
const FACTORED = 64;

export function heldVertices(program: LinearProgram): HeldVertices {
  const columns = withRowColumns(program);
  const count = program.cost.length;
  const known = new Map<string, Vertex>();
  let anchors: readonly Vertex[] = [];

  const remember = (vertex: Vertex): Vertex => {
    const same = known.get(vertex.key);
    known.delete(vertex.key);
    known.set(vertex.key, same ?? vertex);
    const [oldest] = known.keys();
    if (known.size > FACTORED && oldest !== undefined) known.delete(oldest);
    return same ?? vertex;
  };
  const vertexAt = (key: string): Vertex | undefined => {
    const found = known.get(key) ?? vertexOf(program, columns, basisOf(key, count));
    return found === undefined ? undefined : remember(found);
  };

  return {
    find: (bounds, values) => anchors.find((vertex) => vertex.solve(bounds, values)),
    take(basis, bounds, values) {
      const found = vertexOf(program, columns, basis);
      if (found === undefined) return undefined;
      const vertex = remember(found);
      return vertex.solve(bounds, values) ? vertex : undefined;
    },
    hold(vertex) {
      anchors = [vertex, ...anchors.filter(({ key }) => key !== vertex.key)].slice(0, ANCHORS);
    },
    start: () => (anchors[0] === undefined ? undefined : basisOf(anchors[0].key, count)),
    anchors: () => anchors.map(({ key }) => key),
    anchor(keys) {
      if (keys.length === anchors.length && keys.every((key, k) => anchors[k]?.key === key)) return;
      anchors = keys.flatMap((key) => vertexAt(key) ?? []);
    },
  };
}
