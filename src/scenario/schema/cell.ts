import { type Static, Type } from "../../vendor/typebox.ts";
import { mediumSchema } from "./medium.ts";
import { metabolicSchema } from "./metabolic.ts";
import { pathwaySchema } from "./pathway.ts";
import { regulatorSchema } from "./regulator.ts";
import { tolerancesSchema } from "./scenario.ts";

const strict = { additionalProperties: false } as const;

/** One entry of `modules:`; its first key is its kind, the value there the module's id. */
const moduleSchema = Type.Union([mediumSchema, metabolicSchema, pathwaySchema, regulatorSchema], {
  description: "A module. Its first key is its kind, with the module's name: medium, metabolic, pathway, regulator.",
});

const armSchema = (what: string) =>
  Type.Object(
    {
      without: Type.Optional(Type.Array(Type.String(), { description: "Names of modules that this arm leaves out." })),
      precedence: Type.Optional(
        Type.Array(Type.String(), {
          description: "Names of modules, strongest first: which one answers for a variable that several declare.",
        }),
      ),
    },
    { ...strict, description: `The ${what} arm's own rule.` },
  );

const allocationSchema = Type.Object(
  {
    pool: Type.String({ description: "The pool that is shared, for example glc__D_e." }),
    tiers: Type.Array(Type.Array(Type.String(), { minItems: 1 }), {
      minItems: 1,
      description: "Names of the modules that draw on it, the most urgent tier first; in a tier all go short alike.",
    }),
    half: Type.Number({
      exclusiveMinimum: 0,
      description: "Concentration at which the last tier gets half of its demand, mmol/L.",
    }),
  },
  strict,
);

/**
 * The cell manifest. File names are relative to the manifest.
 *
 * ```yaml
 * # yaml-language-server: $schema=../cell.schema.json
 * cell: ecoli
 * title: E. coli K-12 MG1655, core metabolism in batch culture
 * graph: ../../networks/ecoli-core-trn.json
 * modules:
 *   - medium: medium            # kind: name
 *     biomass: 0.01
 *     pools: { glc__D_e: { initial: 11.1 }, ... }
 *   - metabolic: metabolism
 *     sbml: ../../sbml/ecoli-core.xml
 *   - pathway: sensing
 *     sbml: ../../sbml/ecoli-carbon-sensing.xml
 *   - regulator: regulator
 *     default: transformer
 *     choices: ...
 * ```
 */
export const cellSchema = Type.Object(
  {
    cell: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", description: "A short name without spaces." }),
    title: Type.Optional(Type.String({ description: "The organism, strain and setting, as a report names it." })),
    description: Type.Optional(Type.String({ description: "What the cell knows and what it leaves out." })),
    graph: Type.Optional(
      Type.String({ description: "The regulatory graph (networks/*.json): genes, TFs, effectors." }),
    ),
    modules: Type.Array(moduleSchema, { minItems: 1, description: "The modules; their order doesn't matter." }),
    arms: Type.Optional(
      Type.Object(
        {
          mechanistic: Type.Optional(armSchema("mechanistic")),
          learned: Type.Optional(armSchema("learned")),
          hybrid: Type.Optional(armSchema("hybrid")),
        },
        { ...strict, description: "What an arm does differently from the usual rule." },
      ),
    ),
    allocation: Type.Optional(
      Type.Array(allocationSchema, {
        description:
          "How modules share pools that run out; without an entry a step that would take a pool below zero is rejected.",
      }),
    ),
    tolerances: Type.Optional(tolerancesSchema),
  },
  {
    ...strict,
    title: "Cellweave cell",
    description: "The modules a cell is composed of, and the graph that wires genes to them.",
  },
);

/** A cell manifest as written. */
export type CellSpec = Static<typeof cellSchema>;
export type ModuleSpec = Static<typeof moduleSchema>;
