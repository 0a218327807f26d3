import type { Figure } from "./figure.ts";
import { differencesFigure } from "./figure-differences.ts";
import { fluxesFigure } from "./figure-fluxes.ts";
import { overviewFigure } from "./figure-overview.ts";
import { phasesFigure } from "./figure-phases.ts";
import { timeCourseFigure } from "./figure-time-course.ts";
import type { ReportInput } from "./input.ts";

/** All figures of a report that its input has data for, in reading order; names are unique. */
export function figures(input: ReportInput): Figure[] {
  const drawn = [
    overviewFigure(input),
    phasesFigure(input),
    ...input.observables.map((observable) => timeCourseFigure(input, observable)),
    differencesFigure(input),
    fluxesFigure(input),
  ];
  return drawn.filter((figure) => figure !== undefined);
}
