import type { LinearProgram, LpBasis } from "../../numerics/programs/lp.ts";
import {
  basisOf,
  type OrderedCosts,
  type ProgramBounds,
  type Vertex,
  vertexOf,
  withRowColumns,
} from "../../numerics/programs/vertex.ts";

/** Bases that answer without a linear program, while they are optimal. */
export interface HeldVertices {
  /** The first that is optimal at the bounds, anchors first, then those taken since; `values` (shape [columns]) are filled. */
  find(bounds: ProgramBounds, values: Float64Array): Vertex | undefined;
  /** The vertex of a basis just found by the solver, where it is regular and optimal at the bounds. */
  take(basis: LpBasis, bounds: ProgramBounds, values: Float64Array): Vertex | undefined;
  /** Makes a vertex the first anchor. */
  hold(vertex: Vertex): void;
  /** Forgets those taken since the anchors were set. */
  forget(): void;
  /** The basis to start the solver from: the first anchor's. */
  start(): LpBasis | undefined;
  /** Keys of the anchors, first first; plain data. */
  anchors(): readonly string[];
  /** Takes the anchors of `anchors()`. */
  anchor(keys: readonly string[]): void;
}

/** How many bases are kept as anchors, how many more are tried before a program is solved, how many are kept factored. */
const ANCHORS = 8;
const TAKEN = 24;
const FACTORED = 64;

/** The vertices of a program that were met, none yet; at most FACTORED stay factored. */
export function heldVertices(program: LinearProgram & OrderedCosts): HeldVertices {
  const columns = withRowColumns(program);
  const count = program.cost.length;
  const known = new Map<string, Vertex>();
  let anchors: readonly Vertex[] = [];
  let taken: readonly Vertex[] = [];

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
    find(bounds, values) {
      const isOptimal = (vertex: Vertex) => vertex.solve(bounds, values);
      return anchors.find(isOptimal) ?? taken.find(isOptimal);
    },
    take(basis, bounds, values) {
      const found = vertexOf(program, columns, basis);
      if (found === undefined) return undefined;
      const vertex = remember(found);
      if (!vertex.solve(bounds, values)) return undefined;
      // At the end: what was answered from an earlier one is so again.
      if (taken.length < TAKEN) taken = [...taken, vertex];
      return vertex;
    },
    forget() {
      taken = [];
    },
    hold(vertex) {
      const all = [vertex, ...anchors, ...taken];
      anchors = all.filter((one, k) => all.findIndex(({ key }) => key === one.key) === k).slice(0, ANCHORS);
    },
    start: () => (anchors[0] === undefined ? undefined : basisOf(anchors[0].key, count)),
    anchors: () => anchors.map(({ key }) => key),
    anchor(keys) {
      if (keys.length === anchors.length && keys.every((key, k) => anchors[k]?.key === key)) return;
      anchors = keys.flatMap((key) => vertexAt(key) ?? []);
      taken = [];
    },
  };
}
