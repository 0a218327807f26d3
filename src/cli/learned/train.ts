import { fileURLToPath } from "node:url";
import { type OptionValues, parseArguments } from "../arguments.ts";
import { type Command, EXIT, type Streams } from "../command.ts";

const TRAINING = fileURLToPath(new URL("../../../models/training", import.meta.url));

const OPTIONS = {
  samples: { type: "text" },
  perturbations: { type: "text" },
  graph: { type: "text" },
  out: { type: "text", short: "o" },
  unit: { type: "choice", of: ["auto", "log2", "ln", "log10", "linear", "counts"] },
  ignore: { type: "list" },
  variables: { type: "number", integer: true, min: 3 },
  reference: { type: "text" },
  steps: { type: "number", integer: true, min: 1 },
  tune: { type: "number", integer: true, min: 0 },
  folds: { type: "number", integer: true, min: 2 },
  "no-transformer": { type: "flag" },
  seed: { type: "number", integer: true },
  check: { type: "flag" },
  python: { type: "text" },
} as const;

type Options = OptionValues<typeof OPTIONS>;

export const command: Command = {
  summary: "Train and judge regulators on your own samples, perturbations and graph",
  help: `
Usage: cellweave train --samples S.csv --perturbations P.csv [--graph G.csv] -o FOLDER [options]

Training is Python's (models/training/train_own.py). Without --python this prints the commands that do it; with
--python it runs them. Everything else here needs Node alone.

S   values of variables (expression of genes, activities) in samples, either way round
P   a row a sample: sample, knockout (knockdown, overexpression; genes joined by +), control, project; any other column
    is part of the environment. Where control is empty, unperturbed samples of the same project are it
G   edges: source, target, sign (CSV), or a network as in networks/*.json

FOLDER gets a regulator (ONNX) with its card, the plain rows and the ridge, a cell and a scenario that run, held-out
predictions and the evaluation table. The default regulator is the one of the lowest error on held-out genotypes.

Options:
  -o, --out FOLDER       where everything is written; a run that was stopped goes on there
  --python PATH          a Python with models/training/requirements.txt installed; it is run
  --check                read and check the tables, say what was understood, train nothing
  --unit NAME            of the samples: log2, ln, log10, linear, counts; default auto: by their looks
  --ignore LIST          columns of the perturbation table that are no part of the environment
  --variables N          at most so many variables, those that move most; default 400
  --reference NAME       sample or condition that a cell starts from; default: the control used most
  --steps N              training on all pairs of conditions, default 300
  --tune N               training on the matched pairs, default 60
  --folds N              folds of genotypes, and of projects, for the transformer; default 5
  --no-transformer       plain rows and ridge alone
  --seed N               default 1

Examples:
  cellweave train --samples s.csv --perturbations p.csv --graph g.csv -o mine
  cellweave train --samples s.csv --perturbations p.csv --graph g.csv -o mine --python .venv/bin/python
  cellweave run mine/knockout.scenario.yaml -o out
  cellweave evaluate knockouts --data mine
`,
  async run(args, streams) {
    const { options } = parseArguments("train", args, OPTIONS, { min: 0, max: 0, name: "" });
    await requireFiles(options);
    const words = trainingArguments(options);
    if (options.python !== undefined) return spawned(options.python, words, streams);
    streams.out.write(await recipe(words));
    return EXIT.done;
  },
};

async function requireFiles(options: Options): Promise<void> {
  const { CellweaveError } = await import("../../errors.ts");
  const { stat } = await import("node:fs/promises");
  const usage = (message: string, hint: string) => new CellweaveError("cli/usage", message, { kind: "usage", hint });
  for (const name of ["samples", "perturbations"] as const)
    if (options[name] === undefined) throw usage(`train: option '--${name}' is missing`, "cellweave train --help");
  if (options.out === undefined && options.check === undefined)
    throw usage("train: option '--out' is missing", "name the folder that everything is written to, or --check");
  for (const name of ["samples", "perturbations", "graph"] as const) {
    const file = options[name];
    if (file === undefined) continue;
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile() === true) continue;
    throw new CellweaveError(
      "train/no-file",
      `option '--${name}': '${file}' ${found ? "is no file" : "does not exist"}`,
      {
        hint: "see cellweave train --help for what the three tables hold",
      },
    );
  }
  if (await stat(`${TRAINING}/train_own.py`).catch(() => undefined)) return;
  throw new CellweaveError("train/no-script", `'${TRAINING}/train_own.py' is not there`, {
    hint: "the training code is part of the repository and of the package; install it anew",
  });
}

/** The same options as train_own.py takes them. */
function trainingArguments({ python: _python, ...options }: Options): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === true) return [`--${name}`];
    return Array.isArray(value) ? value.flatMap((item) => [`--${name}`, item]) : [`--${name}`, String(value)];
  });
}

async function recipe(words: readonly string[]): Promise<string> {
  const script = [`${TRAINING}/train_own.py`, ...words].map(quoted).join(" ");
  return `# once: a Python (3.11 or later) with what training needs
python3 -m venv .venv && .venv/bin/pip install -r ${quoted(`${TRAINING}/requirements.txt`)}
# then
.venv/bin/python ${script}
`;
}

/** A word as a shell reads it back. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

async function spawned(python: string, words: readonly string[], { out, err, onInterrupt }: Streams): Promise<number> {
  const { spawn } = await import("node:child_process");
  const { CellweaveError } = await import("../../errors.ts");
  const child = spawn(python, [`${TRAINING}/train_own.py`, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  onInterrupt?.(() => child.kill("SIGINT"));
  child.stdout.on("data", (chunk) => out.write(chunk));
  child.stderr.on("data", (chunk) => err.write(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", (cause) =>
      reject(
        new CellweaveError("train/no-python", `'${python}' cannot be run: ${cause.message}`, {
          cause,
          hint: "--python names a Python interpreter, for example .venv/bin/python; without it the commands are printed",
        }),
      ),
    );
    child.on("close", (code, signal) => resolve(signal === null ? (code ?? EXIT.internal) : EXIT.interrupted));
  });
}
