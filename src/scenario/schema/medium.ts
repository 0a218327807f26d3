import { type Static, Type } from "../../vendor/typebox.ts";

const poolSchema = Type.Object(
  {
    initial: Type.Number({ minimum: 0, description: "Concentration at the start, mmol/L." }),
    unit: Type.Optional(Type.String({ description: "Where it isn't mmol/L: nmol/L, or a dose. Default mmol/L." })),
    nominal: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: "Magnitude at which an error matters, mmol/L. Default 1." }),
    ),
    label: Type.Optional(
      Type.String({ description: "What figures write beside the line. Default: the variable's id." }),
    ),
    transfer: Type.Optional(
      Type.Object(
        {
          kLa: Type.Number({ minimum: 0, description: "Transfer coefficient between gas and liquid, 1/h." }),
          saturation: Type.Number({ minimum: 0, description: "Concentration in equilibrium with the gas, mmol/L." }),
        },
        { additionalProperties: false, description: "Exchange with a gas: kLa (saturation - concentration)." },
      ),
    ),
    feed: Type.Optional(Type.Number({ minimum: 0, description: "Concentration in the feed, mmol/L. Default 0." })),
  },
  { additionalProperties: false },
);

const biomassSchema = Type.Object(
  {
    initial: Type.Number({ exclusiveMinimum: 0, description: "Biomass at the start, gDW/L." }),
    nominal: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: "Magnitude at which an error matters, gDW/L. Default 0.1." }),
    ),
    label: Type.Optional(Type.String({ description: "What figures write beside the line." })),
  },
  { additionalProperties: false, description: "The cells in the medium." },
);

const vesselSchema = Type.Object(
  {
    volume: Type.Number({ exclusiveMinimum: 0, description: "Volume at the start, L; the variable volume." }),
    flow: Type.Optional(Type.Number({ minimum: 0, description: "Feed when it begins, L/h. Default 0." })),
    flowGrowth: Type.Optional(
      Type.Number({ minimum: 0, description: "Growth of an exponential feed, 1/h. Default 0, a constant feed." }),
    ),
    flowFrom: Type.Optional(
      Type.Number({
        description:
          "When the feed begins, hours; an exponential feed counts from here. Default 0. A feed that begins later is " +
          "stepped exactly where a perturbation of <medium>.flow begins then.",
      }),
    ),
  },
  { additionalProperties: false, description: "Fed-batch: a vessel that a feed fills." },
);

/** A well-mixed medium with the biomass in it: batch, chemostat or fed-batch. */
export const mediumSchema = Type.Object(
  {
    medium: Type.String({ description: "The module's name." }),
    biomass: Type.Optional(biomassSchema),
    strains: Type.Optional(
      Type.Record(Type.String(), biomassSchema, {
        description:
          "In place of biomass, several strains by name, each with a metabolic module of its own (strain: name).",
      }),
    ),
    pools: Type.Record(Type.String(), poolSchema, { description: "What the medium holds, by BiGG id (glc__D_e)." }),
    dilution: Type.Optional(
      Type.Number({ minimum: 0, description: "Dilution rate of a chemostat, which keeps its volume, 1/h. Default 0." }),
    ),
    vessel: Type.Optional(vesselSchema),
  },
  {
    additionalProperties: false,
    title: "Medium",
    description:
      "A well-mixed medium with gas transfer and feed. Owns pool:<id> (mmol/L), biomass (gDW/L) and, where a feed fills " +
      "its vessel, volume (L).",
  },
);

export type MediumSpec = Static<typeof mediumSchema>;
