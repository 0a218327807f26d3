import type { ModuleStatus } from "../../cell/status.ts";
import type { SbmlDocument } from "../../sbml/document.ts";
import { compilePathway } from "../code/compile.ts";
import { PathwaySession } from "../run/session.ts";
import type { OnPoint, StochasticModel, StochasticOptions } from "./stochastic.ts";

/** A model whose only chance lies in random draws, integrated anew with each seed; same interface as a jump process. */
export function repeatedModel(document: SbmlDocument): StochasticModel {
  const pathway = compilePathway(document);
  const run = ({ t0 = 0, t1, points, seed }: StochasticOptions, onPoint: OnPoint): ModuleStatus => {
    const settings = { t0, rtol: 1e-6, atol: 1e-9, maxSteps: 100_000, maxStep: (t1 - t0) / 20, seed };
    const session = new PathwaySession(pathway, settings);
    const point = new Float64Array(pathway.states.length);
    let next = 0;
    const timeOf = (i: number): number => (i === points - 1 ? t1 : t0 + ((t1 - t0) * i) / (points - 1));
    let status = session.begin();
    if (status.ok)
      status = session.advance(t1, (piece) => {
        for (; next < points && timeOf(next) < piece.t1; next++) {
          for (let i = 0; i < point.length; i++) point[i] = piece.at(i, timeOf(next));
          session.observe(timeOf(next), point);
          onPoint(next, timeOf(next));
        }
      });
    for (; status.ok && next < points; next++) {
      session.observe(t1, session.y);
      onPoint(next, t1);
    }
    return status;
  };
  return { pathway, run };
}
