/** Options that every command on a constraint-based model takes. */
export const FLUX_OPTIONS = {
  knockout: { type: "list" },
  "reaction-knockout": { type: "list" },
  bound: { type: "list" },
  objective: { type: "text" },
} as const;

/** Options of commands that go through the reactions or genes of a model one by one. */
export const SCREEN_OPTIONS = {
  reactions: { type: "list" },
  all: { type: "flag" },
  csv: { type: "text" },
  parquet: { type: "text" },
  figure: { type: "text" },
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

export const FLUX_HELP = `
  --knockout LIST           delete genes, by locus tag or name; their reactions close through the gene rules
  --reaction-knockout LIST  close reactions
  --bound R=LB:UB           set a reaction's bounds, mmol/gDW/h; may repeat; either side may be left out
  --objective R             maximise this reaction's flux instead of the model's objective`;
