import { METHODS } from "../../metabolism/mutants/methods.ts";
import { type Static, Type } from "../../vendor/typebox.ts";
import { goalSchema } from "./metabolic.ts";

/** What can be asked of a cell's fluxes at an instant. */
const ANALYSES = [
  ...(["fba", "pfba", "loopless", "geometric", "lexicographic"] as const),
  ...(["fva", "envelope", "sample"] as const),
  ...(["moma", "linear-moma", "room", "linear-room", "knockout", "essential"] as const),
  ...(["shadow-prices", "reduced-costs", "medium", "blocked", "dead-ends", "balance"] as const),
] as const;

export const fluxAnalysisSchema = Type.Object(
  {
    fluxes: Type.Enum(ANALYSES, {
      description:
        "What is asked: fba or pfba, the fluxes of most growth; loopless, those with circles taken out; geometric, those " +
        "of least total flux in the middle; lexicographic, those that make further fluxes large or small; fva, ranges of " +
        "fluxes; envelope, the range of growth along one flux or two; sample, all that is possible (means, 95 % ranges); " +
        "moma, linear-moma, room or linear-room, the fluxes at once after a deletion; knockout, growth after deletions, " +
        "one by one or in pairs; essential, genes without which there is none; shadow-prices of metabolites and " +
        "reduced-costs of reactions; medium, the least uptakes for a growth; blocked reactions, dead-ends and balance, " +
        "what is amiss in the network.",
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
        description:
          "For fva: the reactions, default all. For envelope: the flux that is held, or two. For knockout: reactions " +
          "instead of genes.",
      }),
    ),
    fraction: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1,
        default: 1,
        description: "For fva and sample: the share of the largest growth that is kept. Default 1, for sample 0.",
      }),
    ),
    loopless: Type.Optional(
      Type.Boolean({ default: false, description: "For fva: without what only runs in a circle. Default false." }),
    ),
    goals: Type.Optional(
      Type.Array(goalSchema, {
        minItems: 1,
        description: "For lexicographic: fluxes that are made large or small after growth, one after the other.",
      }),
    ),
    pairs: Type.Optional(
      Type.Boolean({ default: false, description: "For knockout: deletions two at a time. Default false." }),
    ),
    points: Type.Optional(
      Type.Integer({
        minimum: 2,
        maximum: 1000,
        default: 20,
        description: "For envelope: points along each flux. Default 20.",
      }),
    ),
    growth: Type.Optional(
      Type.Number({ minimum: 0, default: 0.1, description: "For medium: least growth, 1/h. Default 0.1." }),
    ),
    fewest: Type.Optional(
      Type.Boolean({
        default: false,
        description: "For medium: the fewest nutrients instead of the least uptake. Default false.",
      }),
    ),
    count: Type.Optional(
      Type.Integer({
        minimum: 8,
        maximum: 1_000_000,
        default: 1000,
        description: "For sample: flux distributions that are drawn. Default 1000.",
      }),
    ),
    seed: Type.Optional(
      Type.Integer({ default: 1, description: "For sample: equal seeds give equal samples. Default 1." }),
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
