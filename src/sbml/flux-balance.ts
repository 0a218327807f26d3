import type { SbmlDocument } from "./document.ts";

/** Whether a model has an objective and nothing that changes it in time: no kinetic law, no rule and no event. */
export function isFluxBalance({ objectives, reactions, rules, events }: SbmlDocument): boolean {
  return (
    objectives.length > 0 &&
    rules.length === 0 &&
    events.length === 0 &&
    reactions.every((r) => r.kineticLaw === undefined)
  );
}
