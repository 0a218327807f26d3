import { type Static, Type } from "../../vendor/typebox.ts";
import { ARMS } from "../arms/arm.ts";
import { MAX_POINTS } from "../points.ts";
import { fluxAnalysisSchema } from "./flux-analysis.ts";
import { perturbationSchema } from "./perturbation.ts";

const strict = { additionalProperties: false } as const;

const timeSchema = Type.Object(
  {
    from: Type.Optional(Type.Number({ default: 0, description: "Start, hours. Default 0." })),
    to: Type.Number({ description: "End, hours." }),
    points: Type.Optional(
      Type.Integer({
        minimum: 2,
        maximum: MAX_POINTS,
        default: 201,
        description: "Evenly spaced times that are kept, both ends included. Steps don't depend on it. Default 201.",
      }),
    ),
  },
  { ...strict, description: "The time that is simulated." },
);

const precultureSchema = Type.Object(
  {
    hours: Type.Number({ exclusiveMinimum: 0, description: "How long, hours." }),
  },
  {
    ...strict,
    description:
      "Growth before the start, in the starting medium held constant and without timed perturbations, so that the " +
      "cell begins adapted to it. The strain's genotype is in force.",
  },
);

const pointSchema = Type.Object(
  {
    time: Type.Number({ description: "Hours." }),
    value: Type.Number({ description: "Measured value, in the observable's unit." }),
    sd: Type.Optional(Type.Number({ minimum: 0, description: "Standard deviation, same unit." })),
  },
  strict,
);

const pointsData = Type.Object(
  {
    observable: Type.String({ description: "The variable that was measured." }),
    points: Type.Array(pointSchema, { minItems: 1, description: "The measured points." }),
  },
  { ...strict, title: "Data written here" },
);

const fileData = Type.Object(
  {
    observable: Type.String({ description: "The variable that was measured." }),
    file: Type.String({ description: "CSV file with a header line, relative to this file." }),
    time: Type.Optional(Type.String({ default: "time", description: "Column of the times, hours. Default time." })),
    value: Type.String({ description: "Column of the values, in the observable's unit." }),
    sd: Type.Optional(Type.String({ description: "Column of the standard deviations." })),
  },
  { ...strict, title: "Data from a CSV file" },
);

const midasData = Type.Object(
  {
    midas: Type.String({ description: "MIDAS table of time courses, relative to this file." }),
    stimulus: Type.String({ description: "The ligand whose rows are drawn, by the table's name." }),
    inhibitors: Type.Optional(
      Type.Array(Type.String(), {
        description: "Drugs of the rows that are drawn, by the table's names. Default none.",
      }),
    ),
    optional: Type.Optional(
      Type.Boolean({ description: "Whether the scenario runs without the points where there is no such file." }),
    ),
  },
  {
    ...strict,
    title: "Data from a MIDAS table",
    description: "Points for every observable phospho:<antibody> that the table has, relative to its untreated start.",
  },
);

export const tolerancesSchema = Type.Object(
  {
    rtol: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, default: 1e-4, description: "Relative tolerance. Default 1e-4." }),
    ),
    atol: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        default: 1e-6,
        description: "Absolute tolerance, in units of each variable's nominal magnitude. Default 1e-6.",
      }),
    ),
  },
  { ...strict, description: "How exactly the modules are stepped together." },
);

/** The scenario file. Types, checks and the editors' JSON Schema all come from here. */
export const scenarioSchema = Type.Object(
  {
    scenario: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", description: "A short name without spaces." }),
    title: Type.Optional(Type.String({ description: "What the report says above its figures. Default: the name." })),
    description: Type.Optional(Type.String({ description: "What is asked, and what is known of the answer." })),
    cell: Type.String({
      description:
        "The cell's manifest (*.cell.yaml), relative to this file; cellweave:models/ecoli/ecoli.cell.yaml is the one " +
        "that ships.",
    }),
    line: Type.Optional(
      Type.String({ description: "One of the lines of the cell, where its manifest has lines:. There is no default." }),
    ),
    time: timeSchema,
    arms: Type.Optional(
      Type.Array(Type.Enum(ARMS), {
        minItems: 1,
        uniqueItems: true,
        default: ARMS,
        description:
          "Which module answers where a mechanistic and a learned one could: mechanistic, learned, hybrid. Default all.",
      }),
    ),
    regulator: Type.Optional(
      Type.String({ description: "One of the regulators the manifest lists. Default: the manifest's own default." }),
    ),
    fallback: Type.Optional(
      Type.Boolean({
        description:
          "Whether the manifest's fallback answers where the regulator is asked beyond what it was trained on. Default true.",
      }),
    ),
    preculture: Type.Optional(precultureSchema),
    medium: Type.Optional(
      Type.Record(Type.String(), Type.Number({ minimum: 0 }), {
        description: "Starting concentrations that differ from the manifest's, mmol/L by pool (glc__D_e: 11.1).",
      }),
    ),
    biomass: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: "Biomass at the start, gDW/L." })),
    perturbations: Type.Optional(
      Type.Array(perturbationSchema, { description: "What is done to the cell, and when." }),
    ),
    compare: Type.Optional(
      Type.Enum(["wild-type", "nothing"], {
        default: "wild-type",
        description:
          "What every arm is compared with: wild-type also runs the cell without the perturbations; nothing does not. " +
          "Default wild-type where there are perturbations.",
      }),
    ),
    observables: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description:
          "The variables the report draws, most important first: biomass, pool:glc__D_e, flux:EX_ac_e, " +
          "expression:sdhA, activity:ArcA. Default: biomass and the pools of the medium.",
      }),
    ),
    data: Type.Optional(
      Type.Array(Type.Union([pointsData, fileData, midasData]), { description: "Measured data to draw beside." }),
    ),
    analyses: Type.Optional(
      Type.Array(fluxAnalysisSchema, { description: "Questions to the cell's flux balance at given times." }),
    ),
    tolerances: Type.Optional(tolerancesSchema),
  },
  {
    ...strict,
    title: "Cellweave scenario",
    description: "A cell, what is done to it, and what is looked at. Times are hours.",
  },
);

/** A scenario as written, in YAML or in TypeScript. */
export type ScenarioSpec = Static<typeof scenarioSchema>;
