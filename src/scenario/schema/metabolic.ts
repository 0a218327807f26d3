import { type Static, Type } from "../../vendor/typebox.ts";

const strict = { additionalProperties: false } as const;
const flux = "mmol/gDW/h";

const exchangeSchema = Type.Object(
  {
    pool: Type.String({ description: "The pool of the medium that it fills or drains, for example glc__D_e." }),
    vmax: Type.Optional(
      Type.Number({ minimum: 0, description: `Largest uptake, ${flux}; 0 for secretion only. Default: the model's.` }),
    ),
    km: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: "Concentration of half-maximal uptake, mmol/L." }),
    ),
    gene: Type.Optional(
      Type.String({
        description: "Gene (b-number) whose expression scales vmax: a transporter or enzyme that the model lacks.",
      }),
    ),
  },
  strict,
);

const capacitySchema = Type.Union([
  Type.Number({ minimum: 0, description: `Most the enzyme carries in either direction, ${flux}.` }),
  Type.Object(
    {
      max: Type.Number({ minimum: 0, description: `Most the enzyme carries forward, ${flux}.` }),
      reverse: Type.Number({ minimum: 0, description: `Most it carries backward, ${flux}.` }),
    },
    strict,
  ),
]);

const defaultCapacitySchema = Type.Union(
  [
    Type.Enum(["none"]),
    Type.Object(
      {
        margin: Type.Number({ minimum: 1, description: "Times the largest flux over the reference conditions." }),
        floor: Type.Number({ minimum: 0, description: `At least this, ${flux}.` }),
      },
      strict,
    ),
  ],
  {
    description:
      "Capacity of reactions with a gene rule and none of their own, at the reference expression. " +
      "Default margin 2, floor 5; none leaves them unlimited.",
  },
);

/** A flux to be made large or small. */
export const goalSchema = Type.Object(
  {
    reaction: Type.String({ description: "The reaction whose flux is made large or small." }),
    sense: Type.Enum(["maximize", "minimize"], { description: "Which of the two." }),
  },
  strict,
);

/** Flux balance of an SBML model with fbc, fluxes limited by the medium and by enzymes. */
export const metabolicSchema = Type.Object(
  {
    metabolic: Type.String({ description: "The module's name." }),
    sbml: Type.String({
      description:
        "The model, relative to this file: SBML with the fbc package, COBRA JSON or COBRA MAT, plain or gzipped.",
    }),
    strain: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description:
          "Which of the medium's strains this is: its biomass is biomass:<strain>, its fluxes <strain>/flux:<reaction>.",
      }),
    ),
    lacks: Type.Optional(
      Type.Array(Type.String(), {
        description: "Genes (b-numbers) that this strain lacks since before the run; with strain.",
      }),
    ),
    exchanges: Type.Record(Type.String(), exchangeSchema, {
      description: "Exchange reactions by id (EX_glc__D_e), each with its pool and its uptake kinetics.",
    }),
    unlimited: Type.Optional(
      Type.Array(Type.String(), { description: "Exchanges that run freely and no pool accounts for: water, protons." }),
    ),
    drains: Type.Optional(
      Type.Union([Type.Enum(["others"]), Type.Array(Type.String())], {
        description:
          "Exchanges that run out of the cell only and that no pool accounts for: by-products; others means all that " +
          "are named nowhere.",
      }),
    ),
    closed: Type.Optional(
      Type.Union([Type.Enum(["others"]), Type.Array(Type.String())], {
        description: "Exchanges that carry nothing; others means all that are named nowhere.",
      }),
    ),
    capacities: Type.Optional(
      Type.Record(Type.String(), capacitySchema, {
        description: `Most a reaction's enzyme carries at the reference expression, ${flux}, by reaction.`,
      }),
    ),
    defaultCapacity: Type.Optional(defaultCapacitySchema),
    expression: Type.Optional(
      Type.Array(Type.String(), {
        description: "Genes (b-numbers) whose expression limits their reactions. Default: all with a capacity.",
      }),
    ),
    isoenzymes: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
        description: "Weight of a gene among isoenzymes, for sharing the reference capacity. Default 1.",
      }),
    ),
    growth: Type.Optional(
      Type.String({ description: "The reaction whose flux is growth, 1/h. Default: the objective's only reaction." }),
    ),
    goals: Type.Optional(
      Type.Array(goalSchema, {
        description:
          "After growth these fluxes are made large or small, one after the other, each held at its optimum for the next " +
          "(lexicographic); last the total flux small. Default none: growth, then the least total flux.",
      }),
    ),
    maintenance: Type.Optional(
      Type.String({ description: "The reaction whose lower bound a starving cell may fall short of. Default ATPM." }),
    ),
  },
  {
    ...strict,
    title: "Metabolic module",
    description: "Flux balance (pFBA) of an SBML model. Owns flux:<reaction>; moves the pools and the biomass.",
  },
);

export type MetabolicSpec = Static<typeof metabolicSchema>;
