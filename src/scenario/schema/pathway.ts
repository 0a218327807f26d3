import { type Static, Type } from "../../vendor/typebox.ts";

const strict = { additionalProperties: false } as const;

const inputSchema = Type.Union([
  Type.String({ description: "The variable of the cell it follows, for example flux:PGI or pool:o2_e." }),
  Type.Object(
    {
      variable: Type.String({ description: "The variable of the cell it follows." }),
      factor: Type.Number({ description: "The quantity in the model is this times the variable." }),
    },
    strict,
  ),
]);

const ownedSchema = Type.Object(
  {
    variable: Type.Optional(Type.String({ description: "Its id in the cell. Default species:<SBML id>." })),
    kind: Type.Optional(
      Type.Enum(["species", "flux", "activity", "expression", "pool", "biomass"], { description: "Default species." }),
    ),
    unit: Type.String({ description: "The model's unit, as a person writes it." }),
    nominal: Type.Number({ exclusiveMinimum: 0, description: "Magnitude at which an error matters, in that unit." }),
    label: Type.Optional(
      Type.String({ description: "What figures write beside the line. Default: the variable's id." }),
    ),
  },
  strict,
);

/** An SBML model: as ordinary differential equations, or as jumps of whole molecules. */
export const pathwaySchema = Type.Object(
  {
    pathway: Type.String({ description: "The module's name." }),
    sbml: Type.String({ description: "SBML file, relative to this file." }),
    method: Type.Optional(
      Type.Enum(["deterministic", "stochastic"], {
        description:
          "Differential equations, or reactions one at a time by chance (exact stochastic simulation). Default deterministic.",
      }),
    ),
    molecules: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description:
          "Stochastic: molecules in one unit of the model's amounts (concentration times compartment size). Default 1. " +
          "A model in mmol/L with a compartment of 1, meant for a cell of 1 fL: 602214.",
      }),
    ),
    seed: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: "Stochastic: equal seeds give equal runs. Default 1.",
      }),
    ),
    timeScale: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: "The model's time units in an hour: 3600 where it counts seconds. Default 1.",
      }),
    ),
    inputs: Type.Optional(
      Type.Record(Type.String(), inputSchema, {
        description: "Parameters and species of the model, by SBML id, that follow variables of the cell.",
      }),
    ),
    owns: Type.Record(Type.String(), ownedSchema, {
      description: "Quantities of the model, by SBML id, that the cell sees. The rest stays inside the module.",
    }),
    genes: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]), {
        description:
          "Parameters by gene (b-number): a knockout, knockdown or overexpression sets them to its level " +
          "(1 unperturbed, 0 knocked out).",
      }),
    ),
    parameters: Type.Optional(
      Type.Record(Type.String(), Type.Number(), { description: "Values in place of the file's, by SBML id." }),
    ),
    solver: Type.Optional(
      Type.Enum(["auto", "radau", "cvodes", "odex"], {
        description:
          "Deterministic: auto (radau, where nothing but inputs acts on the model; else odex, and cvodes once it " +
          "proves to be stiff), radau (implicit, order 9), cvodes (implicit BDF) or odex (explicit). Default auto.",
      }),
    ),
    rtol: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: "Deterministic: relative tolerance of the integration. Default 1e-6.",
      }),
    ),
    atol: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: "Deterministic: absolute tolerance, in units of nominal. Default 1e-6.",
      }),
    ),
  },
  {
    ...strict,
    title: "Pathway module",
    description: "An SBML model, as ordinary differential equations or as jumps of whole molecules.",
  },
);

export type PathwaySpec = Static<typeof pathwaySchema>;
