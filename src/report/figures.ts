import type { Figure } from "./figure.ts";
import { analysisFigures } from "./figure-analysis.ts";
import { differencesFigure } from "./figure-differences.ts";
import { fluxesFigure } from "./figure-fluxes.ts";
import { graphFigure } from "./figure-graph.ts";
import { overviewFigure } from "./figure-overview.ts";
import { phasesFigure } from "./figure-phases.ts";
import { DISTANCE, timeCourseFigure } from "./figure-time-course.ts";
import type { ReportInput } from "./input.ts";
import { mainArm } from "./sample.ts";

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
