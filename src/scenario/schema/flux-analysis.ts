import { METHODS } from "../../metabolism/mutants/methods.ts";
import { type Static, Type } from "../../vendor/typebox.ts";

/** What can be asked of a cell's fluxes at an instant. */
const ANALYSES = ["fba", "pfba", "fva", "moma", "linear-moma", "room", "linear-room", "knockout"] as const;

export const fluxAnalysisSchema = Type.Object(
  {
    fluxes: Type.Enum(ANALYSES, {
      description:
        "What is asked: fba or pfba, the fluxes of most growth; fva, their ranges; moma, linear-moma, room or " +
        "linear-room, the fluxes at once after a deletion; knockout, growth after single deletions, one by one.",
    }),
    at: Type.Array(Type.Number(), {
      minItems: 1,
      uniqueItems: true,
      description: "When, hours. These times are kept in the trajectory too.",
    }),
    name: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description: "What tables and figures call it. Default: what is asked; two that ask the same need names.",
      }),
    ),
    module: Type.Optional(
      Type.String({ description: "The metabolic module that is asked. Default: the only one of the cell." }),
    ),
    genes: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description:
          "Genes by name or b-number: deleted together for moma, linear-moma, room and linear-room, which need them; " +
          "one by one for knockout. Default for knockout: all genes of the model.",
      }),
    ),
    reactions: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description: "For fva: the reactions. Default: all.",
      }),
    ),
    fraction: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 1,
        description: "For fva: the share of the largest growth that is kept. Default 1.",
      }),
    ),
    method: Type.Optional(
      Type.Enum(METHODS, {
        default: "fba",
        description:
          "For knockout: how a mutant's fluxes are found; moma and room start from the cell's own. Default fba.",
      }),
    ),
  },
  {
    additionalProperties: false,
    description:
      "A question to the cell's flux balance at given times, within the bounds that medium, enzymes and perturbations " +
      "leave at that moment; asked of every arm, and of the unperturbed cell.",
  },
);

/** An analysis as written. */
export type FluxAnalysisSpec = Static<typeof fluxAnalysisSchema>;
