import { type Static, Type } from "typebox";

/** Ordinary differential equations of an SBML model. */
export const pathwaySchema = Type.Object(
  {
    pathway: Type.String({ description: "The module's name." }),
    sbml: Type.String({ description: "SBML file, relative to this file." }),
  },
  { additionalProperties: false, title: "Pathway module" },
);

export type PathwaySpec = Static<typeof pathwaySchema>;
