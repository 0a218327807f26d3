import type { Simulation } from "../../pathway/run/simulation.ts";
import { type OptionValues, parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { LIMIT_HELP, LIMIT_OPTIONS, limitsOf } from "../read-limits.ts";
import { writeText } from "../write-text.ts";
import { refuseOtherMethod, STOCHASTIC_HELP, STOCHASTIC_OPTIONS } from "./stochastic-options.ts";

const OPTIONS = {
  t0: { type: "number" },
  t1: { type: "number" },
  points: { type: "number", min: 2, max: 1_000_000, integer: true },
  rtol: { type: "number", min: 0 },
  atol: { type: "number", min: 0 },
  "max-steps": { type: "number", min: 1, integer: true },
  seed: { type: "number", min: 0, integer: true },
  solver: { type: "choice", of: ["auto", "radau", "cvodes", "odex"] },
  set: { type: "list" },
  select: { type: "list" },
  amounts: { type: "flag" },
  csv: { type: "text" },
  verbose: { type: "flag" },
  ...STOCHASTIC_OPTIONS,
  ...LIMIT_OPTIONS,
} as const;

const HELP = `
Usage: cellweave simulate FILE --t1 TIME [options]

Integrates one SBML model by itself, without a cell, and writes its time course as CSV. FILE may be gzipped.
Times are in the model's unit of time.

Options:
  --t1 TIME         end of the run
  --t0 TIME         start of the run, default 0
  --points N        rows, evenly spaced, both ends included; default 101. They do not change the steps
  --select A,B      columns, by SBML id; default all species
  --amounts         species as amounts; default concentrations
  --csv FILE        where the table goes; default '-', stdout
  --set ID=VALUE    a parameter's value in place of the file's; may repeat
  --solver NAME     auto (default), radau (implicit, order 9), cvodes (implicit, BDF) or odex (explicit). auto:
                    radau; models with delays, algebraic rules or fast reactions start with odex and change to
                    cvodes where they prove to be stiff
  --rtol X          relative tolerance, default 1e-6
  --atol X          absolute tolerance, default 1e-9, in the unit of concentration
  --max-steps N     steps between two events, default 100000
  --verbose         what the solver did, in steps and calls, on stderr
  --seed N          of random choices among simultaneous events, and of stochastic runs, default 1${STOCHASTIC_HELP}
${LIMIT_HELP}

Exit codes: 0 done, 2 bad input, 3 the solver gave up (what was reached is written).

Examples:
  cellweave simulate sbml/repressilator.xml --t1 1000 --points 501 --csv -
  cellweave simulate model.xml --t1 60 --select S1,S2 --set k1=0.3 --csv out.csv
  cellweave simulate model.xml --t1 60 --stochastic --runs 1000 --seed 7
`;

export const command: Command = {
  summary: "Time course of one SBML model, without a cell",
  help: HELP,
  async run(args, streams) {
    const { options, positionals } = parseArguments("simulate", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { CellweaveError } = await import("../../errors.ts");
    if (options.t1 === undefined)
      throw new CellweaveError("cli/usage", "simulate: --t1 is missing", {
        kind: "usage",
        hint: "say when to end: --t1 100",
      });
    refuseOtherMethod(options);
    const { readSbmlFile } = await import("../sbml/sbml-file.ts");
    const { simulate } = await import("../../pathway/run/simulate.ts");
    const { parameterValues, selectColumns } = await import("./simulate-table.ts");
    const { isFluxBalance } = await import("../../sbml/flux-balance.ts");
    const file = positionals[0] ?? "";
    const document = await readSbmlFile(file, limitsOf(options));
    if (isFluxBalance(document))
      throw new CellweaveError("simulate/flux-balance", "The model has no time course: it is a flux balance model", {
        place: { file },
        hint: `cellweave fba ${file}`,
      });
    if (options.stochastic) {
      const { simulateStochastic } = await import("./simulate-stochastic.ts");
      return simulateStochastic(document, options.t1, options, streams);
    }
    const simulation = simulate(document, {
      ...settings(options, options.t1),
      parameters: parameterValues(options.set ?? []),
    });
    for (const warning of simulation.warnings) streams.err.write(`warning: ${warning}\n`);
    if (options.verbose) streams.err.write(describeRun(simulation));
    const text = selectColumns(simulation, options.select, options.amounts === true);
    if (options.csv === undefined || options.csv === "-") streams.out.write(text);
    else await writeText(options.csv, text);
    return finish(simulation, streams.err);
  },
};

function settings(options: OptionValues<typeof OPTIONS>, t1: number) {
  const { t0 = 0, points = 101, rtol = 1e-6, atol = 1e-9, seed = 1, solver = "auto" } = options;
  return { t0, t1, points, rtol, atol, seed, solver, maxSteps: options["max-steps"] ?? 100_000 };
}

/** `cvodes: 213 steps, 301 rhs calls, ...` */
function describeRun({ statistics }: Simulation): string {
  if (statistics === undefined) return "integrated step by step\n";
  const { solver, steps, rhsCalls, jacobians, newtonIterations, factorisations } = statistics;
  const { errorTestFailures, convergenceFailures } = statistics;
  return `${solver}: ${steps} steps, ${rhsCalls} right-hand sides, ${jacobians} Jacobians, ${factorisations} factorisations, ${newtonIterations} Newton iterations, ${errorTestFailures} error test failures, ${convergenceFailures} convergence failures\n`;
}

function finish({ status }: Simulation, err: NodeJS.WritableStream): number {
  if (status.ok) return EXIT.done;
  err.write(`${status.code}: ${status.message}\n`);
  return EXIT.solver;
}
