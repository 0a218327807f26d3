import { type Static, Type } from "typebox";

/** The learned regulator, with the models to choose from. */
export const regulatorSchema = Type.Object(
  {
    regulator: Type.String({ description: "The module's name." }),
    default: Type.String({ description: "The model that is used where a scenario doesn't say." }),
    choices: Type.Record(Type.String(), Type.String(), {
      description: "The models by name: each a folder or model card, relative to this file.",
    }),
  },
  { additionalProperties: false, title: "Regulator" },
);

export type RegulatorSpec = Static<typeof regulatorSchema>;
