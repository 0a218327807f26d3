import { plainFigure, plainInterval } from "../metrics/plain-figures.ts";
import type { InhibitorResults } from "./results.ts";

/** Results of all lines as plain data; figures that are not defined are null. */
export function inhibitorJson(lines: readonly InhibitorResults[]) {
  return {
    benchmark: "breast-inhibitors",
    bootstrap: lines[0]?.bootstrap ?? null,
    lines: lines.map(({ line, examples, stimuli, bestPlain, control, notes }) => ({
      line,
      conditions: examples,
      stimuli,
      best_plain: bestPlain,
      leave_stimulus_out_mse: plainFigure(control),
      notes,
    })),
    rows: lines.flatMap(({ line, rows, observables }) =>
      rows.map((row) => ({
        name: row.name,
        kind: row.kind,
        line,
        mse: plainFigure(row.mse.estimate),
        mse_interval: plainInterval(row.mse),
        mse_by_inhibitor: Object.fromEntries([...row.mseOf].map(([name, mse]) => [name, plainFigure(mse)])),
        sign: plainFigure(row.sign),
        versus: [...row.versus].map(([name, difference]) => ({
          name,
          mse_difference: plainFigure(difference.estimate),
          interval: plainInterval(difference),
        })),
        observables: observables.map((name, i) => ({ name, mse: plainFigure(row.observables[i] ?? Number.NaN) })),
      })),
    ),
  };
}
