import { type Static, Type } from "../../vendor/typebox.ts";

/** A table of experiments that is read in context: a regulator without training. */
export const experimentsSchema = Type.Object(
  {
    experiments: Type.String({
      description: "Table of experiments (CSV, as for `cellweave predict`), relative to this file.",
    }),
    graph: Type.Optional(
      Type.String({
        description: "Edges as CSV (source, target, sign) or a regulatory graph (.json), relative to this file.",
      }),
    ),
    variables: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description: "Columns of the table that the regulator answers for. Default all.",
      }),
    ),
    project: Type.Optional(
      Type.String({ description: "The project whose controls are the cell's reference state. Default all together." }),
    ),
    predictor: Type.Optional(
      Type.String({
        description:
          "The predictor that answers, by its name in the table of `cellweave predict`. Default their stack, weighted on " +
          "the table with each set of interventions left out in turn, unless one of them is surely better.",
      }),
    ),
    reader: Type.Optional(
      Type.String({
        description: "Folder of the reader of experiments, relative to this file. Default cellweave:models/reader.",
      }),
    ),
  },
  {
    additionalProperties: false,
    title: "Regulator from experiments",
    description:
      "A table of experiments and a graph, read in context by a transformer trained on simulations, beside plain " +
      "predictors. Effectors are columns of the table that mechanism holds; features of the environment are shares of a " +
      "column's activity that an inhibitor takes.",
  },
);

export type ExperimentsSpec = Static<typeof experimentsSchema>;
