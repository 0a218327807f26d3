import { EXPRESSION_KINDS } from "../../metabolism/limits/expression-kinds.ts";

/** Options that say what a constraint-based model is solved for, and within which limits. */
export const SETTING_OPTIONS = {
  medium: { type: "list" },
  bound: { type: "list" },
  objective: { type: "text" },
  expression: { type: "text" },
  sample: { type: "text" },
  "expression-as": { type: "choice", of: EXPRESSION_KINDS },
  kcat: { type: "text" },
  "protein-pool": { type: "number", positive: true },
} as const;

/** Options that every command on one strain takes. */
export const FLUX_OPTIONS = {
  knockout: { type: "list" },
  "reaction-knockout": { type: "list" },
  ...SETTING_OPTIONS,
} as const;

/** Options of commands that go through the reactions or genes of a model one by one. */
export const SCREEN_OPTIONS = {
  reactions: { type: "list" },
  all: { type: "flag" },
  csv: { type: "text" },
  parquet: { type: "text" },
  figure: { type: "figure" },
  json: { type: "flag" },
  threads: { type: "number", integer: true, min: 1, max: 256 },
  resume: { type: "flag" },
  quiet: { type: "flag", short: "q" },
} as const;

export const SCREEN_HELP = `
  --csv FILE                write all results as CSV; '-' for stdout, in place of the table
  --parquet FILE            write all results as Parquet
  --figure FILE             draw them as SVG
  --json                    print one JSON object instead of the table
  --threads N               worker threads; default: as many as there are cores. The result is the same
  --resume                  go on from what an interrupted run with the same outputs kept beside them (*.partial)
  -q, --quiet               no progress`;

export const SETTING_HELP = `
  --medium LIST             largest uptakes, EX_glc__D_e=10,EX_o2_e=20, or a CSV as 'cellweave medium' writes; every
                            other exchange takes up nothing
  --bound R=LB:UB           set a reaction's bounds, mmol/gDW/h; may repeat; either side may be left out
  --objective R             maximise this reaction's flux instead of the model's objective
  --expression FILE         limit reactions by gene expression through the gene rules (AND minimum, OR sum): CSV, genes
                            in the first column, linear values
  --sample NAME             its column, where there are several
  --expression-as KIND      e-flux (default): amounts, the most expressed enzyme carries the largest flux of the optimum
                            without expression; relative: 1 is the reference, with room for twice the optimum's flux
  --kcat FILE               turnover numbers: CSV with reaction, kcat_per_s, mass_kDa and, if need be, reverse_per_s
  --protein-pool X          g/gDW that enzymes with a turnover number share; needed with --kcat`;

export const FLUX_HELP = `
  --knockout LIST           delete genes, by locus tag or name; their reactions close through the gene rules
  --reaction-knockout LIST  close reactions${SETTING_HELP}`;
