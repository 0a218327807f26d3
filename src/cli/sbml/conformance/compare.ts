import type { Simulation } from "../../../pathway/run/simulation.ts";
import type { CaseSettings, ExpectedTable } from "./settings.ts";

/** The worst point of a comparison, in units of the case's own tolerance: above 1 is wrong. */
export interface Deviation {
  readonly ratio: number;
  readonly variable: string;
  readonly time: number;
  readonly expected: number;
  readonly got: number;
}

/**
 * Compares by the suite's rule: |expected - got| <= absolute + relative |expected| at every point; what is not
 * finite must be the same.
 */
export function compareTimeCourse(simulation: Simulation, expected: ExpectedTable, settings: CaseSettings): Deviation {
  let worst: Deviation = { ratio: 0, variable: "", time: 0, expected: 0, got: 0 };
  settings.variables.forEach((variable) => {
    const column = columnValues(simulation, variable, settings);
    const index = expected.header.indexOf(variable);
    const source = index < 0 ? settings.variables.indexOf(variable) + 1 : index;
    expected.rows.forEach((row, i) => {
      const want = row[source] ?? Number.NaN;
      const got = column?.[i] ?? Number.NaN;
      const ratio = deviation(want, got, settings);
      if (ratio > worst.ratio) worst = { ratio, variable, time: row[0] ?? 0, expected: want, got };
    });
  });
  return worst;
}

function columnValues(simulation: Simulation, variable: string, settings: CaseSettings): Float64Array | undefined {
  const column = simulation.columns.get(variable);
  return column?.amounts !== undefined && settings.amount.has(variable) ? column.amounts : column?.values;
}

export function deviation(
  want: number,
  got: number,
  { absolute, relative }: Pick<CaseSettings, "absolute" | "relative">,
): number {
  if (Object.is(want, got) || want === got) return 0;
  if (!Number.isFinite(want) || !Number.isFinite(got)) return Number.POSITIVE_INFINITY;
  return Math.abs(want - got) / (absolute + relative * Math.abs(want));
}
