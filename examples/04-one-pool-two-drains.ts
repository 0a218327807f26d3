/**
 * The trials that first-order composition engines fail, run here.
 *
 * 1. Two processes each take 0.9 of a pool that holds 1. An engine that lets every process compute its update from the
 *    same state and clips what falls below zero hands out 1.8 of 1: mass from nowhere. Here the run refuses to go below
 *    zero; told how the pool is shared, it hands out exactly 1.
 * 2. A process that makes 1 unit an hour runs for an hour that is no multiple of the step. An engine that only makes
 *    whole steps ends early or late. Here A' = 1 ends at exactly T with exactly T.
 * 3. A fast drain meets a slow supply. An engine of first order settles at a level that depends on its step. Here the
 *    drain's slope is integrated with the pool, and every step finds the same level.
 *
 *     npx tsx examples/04-one-pool-two-drains.ts
 */
import {
  type CellModule,
  columnOf,
  composeCell,
  mediumModule,
  OK,
  rationed,
  simulate,
  type Trajectory,
} from "cellweave";

/** A process without memory: rates in mmol/L/h from what it reads, with their slopes to its first read. */
function process(
  id: string,
  reads: readonly string[],
  targets: readonly string[],
  law: (read: number) => { rates: readonly number[]; slopes?: readonly number[] },
): CellModule {
  return {
    id,
    owns: [],
    reads,
    adds: targets.map((target) => ({ target, feedback: reads.slice(0, 1) })),
    accepts: () => false,
    apply() {},
    evaluate(instant) {
      const { rates, slopes = [] } = law(instant.reads[0] ?? 0);
      instant.rates.set(rates);
      instant.feedback.set(slopes);
      return OK;
    },
    advance: () => OK,
    interpolate() {},
    snapshot: () => null,
    restore() {},
    dispose() {},
  };
}

const medium = (...pools: [variable: string, initial: number][]) =>
  mediumModule({ pools: pools.map(([variable, initial]) => ({ variable, initial })), biomass: [] });
const last = (trajectory: Trajectory, id: string) => columnOf(trajectory, id)?.at(-1) ?? Number.NaN;

// 1. One pool, two drains.
const drains = () => [
  medium(["pool:s", 1], ["pool:a", 0], ["pool:b", 0]),
  process("a", [], ["pool:s", "pool:a"], () => ({ rates: [-0.9, 0.9] })),
  process("b", [], ["pool:s", "pool:b"], () => ({ rates: [-0.9, 0.9] })),
];
const hour = { t0: 0, t1: 1, output: Float64Array.of(1) };
const refused = await simulate(composeCell(drains()), hour);
console.log(`1. not told how to share: ${refused.status.code} at ${refused.status.t.toFixed(4)} h`);
const shared = rationed(drains(), [{ pool: "pool:s", tiers: [["a", "b"]], half: 1e-5 }]);
const fair = await simulate(composeCell(shared), { ...hour, atol: 1e-9 });
const [a, b, left] = ["pool:a", "pool:b", "pool:s"].map((id) => last(fair, id)) as [number, number, number];
console.log(
  `   shared: a ${a.toFixed(6)}, b ${b.toFixed(6)}, left ${left.toExponential(0)}, together ${(a + b + left).toFixed(12)}`,
);

// 2. A' = 1 to a T that is no multiple of the step.
const T = Math.PI / 3;
const source = process("source", [], ["pool:A"], () => ({ rates: [1] }));
const clock = await simulate(composeCell([medium(["pool:A", 0]), source]), {
  ...{ t0: 0, t1: T, output: Float64Array.of(T) },
  ...{ initialStep: 0.25, maxStep: 0.25 },
});
console.log(
  `2. A' = 1 to T = ${T}: t - T = ${clock.status.t - T}, A - T = ${(last(clock, "pool:A") - T).toExponential(0)}`,
);

// 3. Supply 1, drain 10,000 s: the level is 1e-4, whatever the step.
for (const step of [1, 0.1, 0.01]) {
  const supply = process("supply", [], ["pool:s"], () => ({ rates: [1] }));
  const drain = process("drain", ["pool:s"], ["pool:s"], (s) => ({ rates: [-1e4 * s], slopes: [-1e4] }));
  const options = { ...hour, initialStep: step, maxStep: step };
  const steady = await simulate(composeCell([medium(["pool:s", 0]), supply, drain]), options);
  console.log(`3. steps of up to ${step} h: level ${last(steady, "pool:s").toExponential(9)}`);
}
