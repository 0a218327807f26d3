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
  json: { type: "flag" },
  quiet: { type: "flag", short: "q" },
} as const;

export const FLUX_HELP = `
  --knockout LIST           delete genes, by locus tag or name; their reactions close through the gene rules
  --reaction-knockout LIST  close reactions
  --bound R=LB:UB           set a reaction's bounds, mmol/gDW/h; may repeat; either side may be left out
  --objective R             maximise this reaction's flux instead of the model's objective`;
