/** A signed edge from a regulator to what it regulates; 0 where the sign is open. */
export interface SignedEdge {
  readonly source: string;
  readonly target: string;
  readonly sign: -1 | 0 | 1;
}

/** The part of a graph that a table of experiments can use. */
export interface EdgesOnTable {
  /** +1, -1 or 0.5 (sign open), shape [variables, variables] row-major: row = target, column = source. */
  readonly matrix: Float64Array;
  /** Effects of regulators that are no variables themselves: on each variable, shape [variables]. */
  readonly outside: ReadonlyMap<string, Float64Array>;
  /** What regulators, variables or not, act on that the table lacks: it tells which interventions are alike. */
  readonly beyond: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** What an edge of open sign counts for. */
const OPEN = 0.5;

export function edgesOnTable(edges: readonly SignedEdge[], variables: readonly string[]): EdgesOnTable {
  const index = new Map(variables.map((name, i) => [name, i]));
  const n = variables.length;
  const matrix = new Float64Array(n * n);
  const outside = new Map<string, Float64Array>();
  const beyond = new Map<string, Map<string, number>>();
  for (const { source, target, sign } of edges) {
    const to = index.get(target);
    const from = index.get(source);
    const weight = sign === 0 ? OPEN : sign;
    if (to === undefined) {
      const targets = beyond.get(source) ?? new Map<string, number>();
      beyond.set(source, targets.set(target, together(targets.get(target), weight)));
      continue;
    }
    if (from !== undefined) matrix[to * n + from] = together(matrix[to * n + from], weight);
    else {
      const row = outside.get(source) ?? new Float64Array(n);
      row[to] = together(row[to], weight);
      outside.set(source, row);
    }
  }
  return { matrix, outside, beyond };
}

/** An edge that is there twice with different signs has an open one. */
function together(before: number | undefined, weight: number): number {
  return before === undefined || before === 0 || before === weight ? weight : OPEN;
}

/**
 * Why a graph says nothing of a table, where names differ in case alone.
 * @returns undefined where they differ in more
 */
export function differsInCase(edges: readonly SignedEdge[], variables: readonly string[]): string | undefined {
  const folded = new Map(variables.map((name) => [name.toLowerCase(), name]));
  for (const { target } of edges) {
    const name = folded.get(target.toLowerCase());
    if (name !== undefined) return `the graph writes '${target}', the table '${name}'`;
  }
  return undefined;
}
