import type { Interval } from "../metrics/bootstrap.ts";
import type { InhibitorResults } from "./results.ts";

/** Results of all lines as plain data; figures that are not defined are null. */
export function inhibitorJson(lines: readonly InhibitorResults[]) {
  return {
    benchmark: "breast-inhibitors",
    bootstrap: lines[0]?.bootstrap ?? null,
    lines: lines.map(({ line, examples, stimuli, bestPlain, control }) => ({
      line,
      conditions: examples,
      stimuli,
      best_plain: bestPlain,
      leave_stimulus_out_mse: figure(control),
    })),
    rows: lines.flatMap(({ line, rows, observables }) =>
      rows.map((row) => ({
        name: row.name,
        kind: row.kind,
        line,
        mse: figure(row.mse.estimate),
        mse_interval: interval(row.mse),
        mse_by_inhibitor: Object.fromEntries([...row.mseOf].map(([name, mse]) => [name, figure(mse)])),
        sign: figure(row.sign),
        versus: [...row.versus].map(([name, difference]) => ({
          name,
          mse_difference: figure(difference.estimate),
          interval: interval(difference),
        })),
        observables: observables.map((name, i) => ({ name, mse: figure(row.observables[i] ?? Number.NaN) })),
      })),
    ),
  };
}

function figure(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function interval({ low, high }: Interval): [number, number] | null {
  return Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;
}
