import { analysisFigures } from "./figures/analysis.ts";
import { differencesFigure } from "./figures/differences.ts";
import { fluxesFigure } from "./figures/fluxes.ts";
import { graphFigure } from "./figures/graph.ts";
import { overviewFigure } from "./figures/overview.ts";
import { phasesFigure } from "./figures/phases.ts";
import { DISTANCE, timeCourseFigure } from "./figures/time-course.ts";
import { mainArm } from "./findings/sample.ts";
import type { ReportInput } from "./input.ts";
import type { Figure } from "./svg/figure.ts";

/** The graph once an arm that has changes to show, the main arm first. */
function graphs(input: ReportInput): (Figure | undefined)[] {
  const main = mainArm(input)?.name;
  const arms = input.arms.map((arm) => arm.name).sort((a, b) => Number(b === main) - Number(a === main));
  const shown = arms.filter((arm) => input.graph?.nodes.some((node) => node.change[arm] !== undefined));
  return shown.map((arm) => graphFigure(input, arm));
}

/** All figures of a report that its input has data for, in reading order; names are unique. */
export function figures(input: ReportInput): Figure[] {
  const drawn = [
    overviewFigure(input),
    phasesFigure(input),
    ...input.observables.map((observable) => timeCourseFigure(input, observable)),
    ...(input.observables.some(({ variable }) => variable === DISTANCE)
      ? []
      : [timeCourseFigure(input, { variable: DISTANCE })]),
    differencesFigure(input),
    fluxesFigure(input),
    ...analysisFigures(input),
    ...graphs(input),
  ];
  return drawn.filter((figure) => figure !== undefined);
}
