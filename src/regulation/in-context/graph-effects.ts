import { CHANNELS, type Context, type Rows } from "./design.ts";

/** Spreads beyond which what is held counts no more. */
const REACH = 3;
/** What an edge further counts for where interventions are compared. */
const ONWARD = 0.5;
const [CLAMPED, LOSS, GAIN, CUT, OUTSIDE] = [0, 1, 2, 3, 4];

/** A context's or query's rows with the graph they lie on. */
export type OnGraph = Pick<Context, "rows" | "edges">;

/** What one row's interventions do by the graph alone; shape [variables] each. */
export interface Effects {
  /** 1 where an intervention acts on the variable itself. */
  readonly touched: Uint8Array;
  /** Along signed edges, in spreads of the source. */
  readonly direct: Float64Array;
  /** One edge further, where nothing is direct. */
  readonly further: Float64Array;
  /** Everything acted on, with `beyond` of length 1 times how strong the intervention is, 0 to 1. */
  readonly profile: Float64Array;
  /** The same of nodes of the graph that the table lacks. */
  readonly beyond: ReadonlyMap<string, number>;
}

export function effectsOf(rows: Rows, row: number, { matrix }: OnGraph["edges"]): Effects {
  const n = rows.variables;
  const touched = new Uint8Array(n);
  const dose = new Float64Array(n);
  const direct = new Float64Array(n);
  const further = new Float64Array(n);
  let strength = 0;
  for (let i = 0; i < n; i++) {
    const act = (channel: number): number => rows.acts[(row * n + i) * CHANNELS + channel] ?? 0;
    direct[i] = act(OUTSIDE);
    const own = act(GAIN) - act(LOSS) - act(CUT);
    touched[i] = own !== 0 || act(CLAMPED) !== 0 ? 1 : 0;
    const held = rows.known[row * n + i] === 1 && act(CUT) === 0;
    dose[i] = touched[i] === 1 ? within(held ? (rows.value[row * n + i] ?? 0) : own, REACH) : 0;
    strength = Math.max(strength, act(CLAMPED), act(LOSS), Math.min(1, act(GAIN)), act(CUT), Math.abs(act(OUTSIDE)));
  }
  pass(matrix, dose, direct);
  pass(matrix, direct, further);
  const profile = direct.map((value, v) => within(dose[v] ?? 0, 1) + value + ONWARD * (further[v] ?? 0));
  const beyond = rows.beyond[row] ?? new Map<string, number>();
  for (const value of beyond.values()) strength = Math.max(strength, Math.abs(value));
  const length = Math.hypot(...profile, ...beyond.values());
  const unit = length === 0 ? 0 : Math.min(1, strength) / length;
  return {
    touched,
    direct,
    further: further.map((value, v) => (direct[v] === 0 ? value : 0)),
    profile: profile.map((value) => unit * value),
    beyond: new Map([...beyond].map(([node, value]) => [node, unit * value])),
  };
}

function within(value: number, reach: number): number {
  return Math.min(reach, Math.max(-reach, value));
}

/** out += matrix times what the sources did. */
function pass(matrix: Float64Array, from: Float64Array, out: Float64Array): void {
  const n = from.length;
  for (let i = 0; i < n; i++)
    if (from[i] !== 0) for (let v = 0; v < n; v++) out[v] = (out[v] ?? 0) + (matrix[v * n + i] ?? 0) * (from[i] ?? 0);
}
