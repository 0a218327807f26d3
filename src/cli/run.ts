import { availableParallelism } from "node:os";
import { relative } from "node:path";
import type { ArmName } from "../scenario/arms/arm.ts";
import { ARMS } from "../scenario/arms/arm.ts";
import type { KeepOptions } from "../scenario/arms/keep.ts";
import { MAX_POINTS } from "../scenario/points.ts";
import type { RunOptions, ScenarioResult } from "../scenario/result.ts";
import { type OptionValues, parseArguments } from "./arguments.ts";
import type { Command, Streams } from "./command.ts";
import { EXIT } from "./command.ts";
import { progressOn } from "./progress.ts";
import { differenceTable, exitCode, notes, troubles } from "./run-outcome.ts";

const OPTIONS = {
  out: { type: "text", short: "o" },
  arms: { type: "list", of: ARMS },
  points: { type: "number", integer: true, min: 2, max: MAX_POINTS },
  rtol: { type: "number", positive: true },
  atol: { type: "number", positive: true },
  regulator: { type: "text" },
  "no-fallback": { type: "flag" },
  threads: { type: "number", integer: true, min: 1 },
  ledger: { type: "flag" },
  checkpoint: { type: "number", min: 0 },
  resume: { type: "flag" },
  force: { type: "flag" },
  quiet: { type: "flag", short: "q" },
} as const;

/** Seconds between checkpoints. */
const CHECKPOINT = 60;

/** Rows of each kind of variable in the table of differences. */
const ROWS_A_KIND = 3;

type Options = OptionValues<typeof OPTIONS>;

export const command: Command = {
  summary: "Run a scenario of a cell and write a run folder",
  help: `
Usage: cellweave run FILE -o DIR [options]

Runs a scenario (*.scenario.yaml): each arm, and each arm without the perturbations to compare with.
DIR gets manifest.json, trajectory.csv, trajectory.parquet, summary.json, report.html and plots/*.svg; it is written
aside and renamed into place, so it is complete or absent. A run that is killed goes on with --resume.

Options:
  -o, --out DIR        the run folder; an earlier run there needs --force
  --arms LIST          of mechanistic,learned,hybrid; default: the scenario's, else all
  --points N           times that are kept, evenly spaced, at most 100000; default: the scenario's, else 201
  --rtol X             relative tolerance of coupled steps; default: the scenario's, else 1e-4
  --atol X             absolute tolerance, in units of each variable's nominal magnitude; default 1e-6
  --regulator NAME     another of the manifest's regulators, for example ridge
  --no-fallback        the regulator's own answer where it is asked beyond what it was trained on, in place of the
                       manifest's fallback (a plain one)
  --threads N          runs done at the same time; default: as many as there are cores. The result is the same
  --ledger             also write ledger.csv and ledger.parquet: what every module moved in every step, with the
                       elements and the charge in it
  --checkpoint SECONDS how often a run that takes long keeps how far it has come, in DIR.checkpoints; default 60
  --resume             go on with a run that was interrupted or killed: same FILE, same options, same DIR; what it
                       writes is equal to what it would have written, to the bit
  --force              replace an earlier run in DIR
  -q, --quiet          no progress, no table: only where the report is

Exit codes: 0 done, 2 bad input, 3 a solver failed before anything was reached, 4 stopped early with what was reached,
130 interrupted (what was reached is written; --resume goes on).

Examples:
  cellweave run examples/arcA-knockout.scenario.yaml -o out
  cellweave run examples/wild-type-diauxie.scenario.yaml -o out --arms hybrid --regulator ridge --force
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("run", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const file = positionals[0] ?? "";
    const folder = await outFolder(options);
    const keep = keepOf(folder, options);
    const result = await simulated(file, options, keep, streams);
    const { scenarioReport } = await import("../report/scenario-report.ts");
    const { runFiles } = await import("../report/run-folder.ts");
    const { writeRunFolder } = await import("../report/run-folder-node.ts");
    const { closeKeep } = await import("../scenario/arms/keep-node.ts");
    const { versions } = await import("./versions.ts");
    const [own, ...others] = versions();
    const input = scenarioReport(result, {
      created: new Date().toISOString(),
      version: own?.version ?? "",
      versions: others,
      command: ["cellweave run", ...args].join(" "),
      nameOf: (path) => relative(process.cwd(), path),
    });
    const written = await writeRunFolder(folder, runFiles(input));
    if (options.quiet !== true) {
      const { armDifferences, topByKind } = await import("../report/findings/differences.ts");
      const rows = topByKind(armDifferences(input), ROWS_A_KIND).flatMap((group) => group.rows);
      streams.err.write(differenceTable(rows, result));
      for (const line of notes(result)) streams.err.write(`${line}\n`);
    }
    for (const line of troubles(result)) streams.err.write(`${line}\n`);
    const code = exitCode(result);
    if (code === EXIT.interrupted) streams.err.write(`to go on: ${resumed(args)}\n`);
    else await closeKeep(keep);
    streams.out.write(`${written}/report.html\n`);
    return code;
  },
};

function keepOf(folder: string, { checkpoint = CHECKPOINT, resume }: Options): KeepOptions {
  return { folder: `${folder.replace(/[/\\]+$/, "")}.checkpoints`, every: checkpoint, resume: resume === true };
}

/** The command line that goes on where this one was interrupted. */
function resumed(args: readonly string[]): string {
  const all = args.includes("--resume") ? args : [...args, "--resume"];
  return ["cellweave run", ...all.map((arg) => (/\s/.test(arg) ? JSON.stringify(arg) : arg))].join(" ");
}

async function outFolder({ out, force, resume }: Options): Promise<string> {
  const { CellweaveError } = await import("../errors.ts");
  if (out === undefined)
    throw new CellweaveError("cli/usage", "run: say where the run folder goes", { kind: "usage", hint: "add -o DIR" });
  const { checkRunFolder } = await import("../report/run-folder-node.ts");
  const { existsSync, readdirSync } = await import("node:fs");
  await checkRunFolder(out);
  if (force !== true && resume !== true && existsSync(out) && readdirSync(out).length > 0)
    throw new CellweaveError("file/exists", `'${out}' holds an earlier run`, {
      kind: "usage",
      hint: "add --force to replace it, or choose another folder with -o",
    });
  return out;
}

async function simulated(file: string, options: Options, keep: KeepOptions, streams: Streams): Promise<ScenarioResult> {
  const { readScenario } = await import("../scenario/documents/read-scenario-node.ts");
  const { runScenario } = await import("../scenario/run-scenario.ts");
  const { out: _out, force: _force, checkpoint: _checkpoint, resume: _resume, ...asked } = options;
  const { quiet = false, arms, threads, "no-fallback": refused, ...overrides } = asked;
  const scenario = await readScenario(file);
  const progress = progressOn(streams, quiet);
  const stop = new AbortController();
  streams.onInterrupt?.(() => stop.abort());
  const runOptions: RunOptions = {
    ...overrides,
    ...(refused === true ? { fallback: false } : {}),
    keep,
    ...(arms === undefined ? {} : { arms: arms as readonly ArmName[] }),
    threads: threads ?? availableParallelism(),
    signal: stop.signal,
    onProgress: ({ arm, run, done }) => progress.update(run === "reference" ? `${arm}, wild type` : arm, done),
  };
  try {
    return await runScenario(scenario, runOptions);
  } finally {
    progress.end();
  }
}
