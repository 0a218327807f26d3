import { CellweaveError } from "../../errors.ts";
import { type Static, Type, Value } from "../../vendor/typebox.ts";
import type { RegulatorNames } from "../regulator.ts";
import { parseJson } from "../trained/card.ts";

const sparse = Type.Array(Type.Tuple([Type.Integer({ minimum: 0 }), Type.Number()]));
const bounds = Type.Tuple([Type.Number({ exclusiveMinimum: 0 }), Type.Number({ exclusiveMinimum: 0 })]);

const conditionsSchema = Type.Object({
  id: Type.String(),
  kind: Type.Literal("conditions"),
  activities: Type.Array(Type.String()),
  environment: Type.Array(Type.String()),
  effectors: Type.Array(Type.String()),
  /** Standard deviation of each activity. */
  scale: Type.Array(Type.Number({ exclusiveMinimum: 0 })),
  /** Activities of each condition, in tenths of the standard deviation. */
  states: Type.Array(Type.Array(Type.Integer()), { minItems: 1 }),
  /** Media minus the reference's, and effector levels (a third of log2) where they are known. */
  questions: Type.Array(Type.Object({ environment: sparse, effectors: Type.Union([sparse, Type.Null()]) }), {
    minItems: 1,
  }),
  /** How far conditions lie from their nearest one: what 95 % stay below, and the farthest. */
  nearest: Type.Object({ state: bounds, question: bounds, environment: bounds }),
});

/** Where the conditions lie that a regulator was trained on. */
export type TrainingConditions = Static<typeof conditionsSchema>;

/**
 * Reads the conditions that a card names.
 * @throws CellweaveError `card/syntax`, or `conditions/invalid` where they are none or of other columns than the regulator
 */
export function parseConditions(text: string, names: RegulatorNames, file: string): TrainingConditions {
  const data = parseJson(text, file);
  const refused = (message: string) =>
    new CellweaveError("conditions/invalid", message, {
      place: { file },
      hint: "models/training/conditions.py writes it; it belongs to the regulators beside it",
    });
  if (!Value.Check(conditionsSchema, data)) {
    const [first] = Value.Errors(conditionsSchema, data);
    throw refused(`no training conditions: ${first?.instancePath ?? ""} ${first?.message ?? ""}`.trim());
  }
  for (const list of ["activities", "environment", "effectors"] as const)
    if (data[list].join("\n") !== names[list].join("\n")) throw refused(`its ${list} are not the regulator's`);
  const width = data.activities.length;
  if (data.scale.length !== width || data.states.some(({ length }) => length !== width))
    throw refused(`states and scale must have ${width} activities each`);
  return data;
}
