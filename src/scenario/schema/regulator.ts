import { type Static, Type } from "../../vendor/typebox.ts";
import { experimentsSchema } from "./experiments.ts";

const strict = { additionalProperties: false } as const;

const effectorSchema = Type.Object(
  {
    variable: Type.String({ description: "The variable of the cell that tells its level, for example species:cAMP." }),
    reference: Type.Number({
      exclusiveMinimum: 0,
      description: "The variable's value in the reference state, in its unit.",
    }),
    floor: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: "Added before the logarithm is taken, in the variable's unit. Default a 256th of the reference.",
      }),
    ),
  },
  strict,
);

const featureSchema = Type.Object(
  {
    feature: Type.String({ description: "Name of the feature among the regulator's inputs." }),
    pool: Type.String({ description: "The pool that it stands for, for example glc__D_e." }),
    half: Type.Number({ exclusiveMinimum: 0, description: "Concentration at which it is half there, mmol/L." }),
    exponent: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: "Steepness. Default 1." })),
  },
  strict,
);

const environmentSchema = Type.Object(
  {
    preference: Type.Optional(
      Type.Array(featureSchema, {
        description: "Sources that exclude each other, the preferred first: each takes what those before it leave.",
      }),
    ),
    features: Type.Optional(Type.Array(featureSchema, { description: "Features of their own, for example oxygen." })),
  },
  { ...strict, description: "Environment features from pools; the others stay as in the reference condition." },
);

/** The learned regulator, with the models to choose from. */
export const regulatorSchema = Type.Object(
  {
    regulator: Type.String({ description: "The module's name." }),
    choices: Type.Record(Type.String(), Type.Union([Type.String(), experimentsSchema]), {
      description:
        "The models by name: each a model card, a ridge (.json) or a folder with a card, relative to this file; or a " +
        "table of experiments.",
    }),
    default: Type.String({ description: "The model that is used where a scenario doesn't say." }),
    fallback: Type.Optional(
      Type.String({
        description:
          "The choice that answers while genes are edited that lie outside of what the chosen model was trained on. " +
          "Default: the chosen model itself, with a warning.",
      }),
    ),
    growth: Type.Optional(
      Type.String({ description: "The variable that is the growth rate, 1/h; without one nothing is diluted." }),
    ),
    degradation: Type.Optional(Type.Number({ minimum: 0, description: "Loss of proteins, 1/h. Default 0." })),
    answers: Type.Optional(
      Type.Enum(["expression", "phospho"], {
        description:
          "What it answers for: expression of genes (the default, expression:<gene>) or phosphorylation of sites " +
          "(phospho:<antibody>), both relative to the reference.",
      }),
    ),
    effectors: Type.Optional(
      Type.Record(Type.String(), effectorSchema, {
        description:
          "Metabolite effectors by name, each with the variable that tells its level; the others are masked.",
      }),
    ),
    environment: Type.Optional(environmentSchema),
    tolerance: Type.Optional(
      Type.Number({
        minimum: 0,
        description:
          "Error allowed in log2 expression and activities from continuing earlier answers instead of asking the model " +
          "anew; 0: it is always asked. Default 0.",
      }),
    ),
  },
  {
    ...strict,
    title: "Regulator",
    description: "A learned regulator. Owns expression:<b-number>, relative to the reference, and activity:<name>.",
  },
);

export type RegulatorSpec = Static<typeof regulatorSchema>;
