import { type Static, Type } from "typebox";

const poolSchema = Type.Object(
  {
    initial: Type.Number({ minimum: 0, description: "Concentration at the start, mmol/L." }),
    nominal: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: "Magnitude at which an error matters, mmol/L. Default 1." }),
    ),
    label: Type.Optional(Type.String({ description: "What figures write beside the line." })),
    kLa: Type.Optional(Type.Number({ minimum: 0, description: "Transfer coefficient between gas and liquid, 1/h." })),
    saturation: Type.Optional(
      Type.Number({ minimum: 0, description: "Concentration in equilibrium with the gas, mmol/L; needed with kLa." }),
    ),
  },
  { additionalProperties: false },
);

/** A well-mixed batch medium with the biomass in it. */
export const mediumSchema = Type.Object(
  {
    medium: Type.String({ description: "The module's name." }),
    biomass: Type.Number({ exclusiveMinimum: 0, description: "Biomass at the start, gDW/L." }),
    pools: Type.Record(Type.String(), poolSchema, { description: "What the medium holds, by BiGG id (glc__D_e)." }),
  },
  { additionalProperties: false, title: "Medium" },
);

export type MediumSpec = Static<typeof mediumSchema>;
