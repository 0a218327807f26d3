import { loadLp } from "../../numerics/programs/load-lp.ts";
import type { LpSession } from "../../numerics/programs/lp.ts";
import type { FluxBounds, FluxModel } from "./flux-model.ts";
import { netProgram } from "./program.ts";

const NOTHING = 1e-9;

export interface BlockedOptions {
  readonly bounds?: FluxBounds;
  /** Ask of the network with every exchange open both ways, not of one medium. */
  readonly openExchanges?: boolean;
}

/**
 * Reactions that can carry no flux in any steady state within the bounds, whatever the objective; indices, ascending.
 * A reaction that some solution uses is known not to be blocked, so few need their own.
 * @returns undefined where the bounds allow no steady state at all
 */
export async function blockedReactions(model: FluxModel, options: BlockedOptions = {}): Promise<number[] | undefined> {
  const { bounds = model.bounds, openExchanges = false } = options;
  const open = openExchanges ? opened(model, bounds) : bounds;
  const n = model.reactions.length;
  const session = (await loadLp()).open({
    ...netProgram(model),
    ...open,
    changing: "costs",
    cost: new Float64Array(n),
  });
  try {
    if (session.solve() !== "optimal") return undefined;
    session.startFrom(session.basis());
    const used = new Uint8Array(n);
    note(session, used);
    for (const sense of ["maximize", "minimize"] as const) {
      session.setSense(sense);
      for (let j = 0; j < n; j++) {
        if (used[j] === 1 || model.reactions[j]?.auxiliary === true || !canRun(open, j, sense)) continue;
        session.setCost(j, 1);
        const status = session.solve();
        if (status === "optimal") note(session, used);
        if (status === "unbounded") used[j] = 1;
        session.setCost(j, 0);
      }
    }
    return [...used.keys()].filter((j) => used[j] === 0 && model.reactions[j]?.auxiliary !== true);
  } finally {
    session.dispose();
  }
}

function canRun({ lower, upper }: FluxBounds, j: number, sense: "maximize" | "minimize"): boolean {
  return sense === "maximize" ? (upper[j] ?? 0) > 0 : (lower[j] ?? 0) < 0;
}

function note(session: LpSession, used: Uint8Array): void {
  session.point().values.forEach((v, j) => {
    if (Math.abs(v) > NOTHING) used[j] = 1;
  });
}

function opened(model: FluxModel, { lower, upper }: FluxBounds): FluxBounds {
  const isBoundary = (j: number) => model.reactions[j]?.boundary === true;
  return {
    lower: lower.map((b, j) => (isBoundary(j) ? Math.min(b, -1000) : b)),
    upper: upper.map((b, j) => (isBoundary(j) ? Math.max(b, 1000) : b)),
  };
}

/** A metabolite that the network only makes, or only uses. */
export interface DeadEnd {
  readonly metabolite: string;
  readonly kind: "never-made" | "never-used";
}

/** Dead-end metabolites, from directions alone: no reaction that may run makes them, or none uses them. */
export function deadEnds(model: FluxModel, { lower, upper }: FluxBounds = model.bounds): DeadEnd[] {
  const { starts, rows, values, rowCount } = model.stoichiometry;
  const made = new Uint8Array(rowCount);
  const used = new Uint8Array(rowCount);
  for (let j = 0; j < model.reactions.length; j++) {
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++) {
      const i = rows[k] ?? 0;
      const forward = (upper[j] ?? 0) > 0;
      const backward = (lower[j] ?? 0) < 0;
      const product = (values[k] ?? 0) > 0;
      if (product ? forward : backward) made[i] = 1;
      if (product ? backward : forward) used[i] = 1;
    }
  }
  return model.metabolites.flatMap(({ id, auxiliary }, i): DeadEnd[] => {
    if (auxiliary === true) return [];
    if (made[i] === 0) return [{ metabolite: id, kind: "never-made" }];
    return used[i] === 0 ? [{ metabolite: id, kind: "never-used" }] : [];
  });
}
