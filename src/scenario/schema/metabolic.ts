import { type Static, Type } from "typebox";

/** Flux balance of an SBML model with fbc. */
export const metabolicSchema = Type.Object(
  {
    metabolic: Type.String({ description: "The module's name." }),
    sbml: Type.String({ description: "SBML file with the fbc package, relative to this file." }),
  },
  { additionalProperties: false, title: "Metabolic module" },
);

export type MetabolicSpec = Static<typeof metabolicSchema>;
