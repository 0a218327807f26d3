import type { RunStatus } from "../../engine/trajectory.ts";
import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { progressOn } from "../progress.ts";

const OPTIONS = {
  mode: { type: "choice", of: ["batch", "fed-batch", "chemostat"] },
  to: { type: "number", positive: true },
  pool: { type: "list" },
  feed: { type: "list" },
  gas: { type: "list" },
  uptake: { type: "list" },
  change: { type: "list" },
  track: { type: "list" },
  // biome-ignore lint/suspicious/noThenProperty: the option's name; its value is a list, which nothing awaits
  then: { type: "list" },
  biomass: { type: "list" },
  names: { type: "list" },
  knockout: { type: "list" },
  bound: { type: "list" },
  objective: { type: "text" },
  dilution: { type: "number", positive: true },
  volume: { type: "number", positive: true },
  flow: { type: "number", min: 0 },
  "flow-growth": { type: "number", min: 0 },
  "flow-from": { type: "number", min: 0 },
  points: { type: "number", integer: true, min: 2, max: 100_000 },
  rtol: { type: "number", positive: true },
  fluxes: { type: "list" },
  csv: { type: "text" },
  parquet: { type: "text" },
  figure: { type: "figure" },
  json: { type: "flag" },
  quiet: { type: "flag", short: "q" },
} as const;

export const command: Command = {
  summary: "Dynamic flux balance: strains in batch, fed-batch or chemostat",
  help: `
Usage: cellweave dfba MODEL... --to HOURS [options]

Grows one or several strains, a model each, in one well-mixed medium. Steps are error-controlled and stop where an
optimal basis changes. What a model takes up without limit (a bound of 999 or more) is there without limit; every other
uptake needs a concentration (--pool).

Options:
  --mode MODE               batch (default), chemostat (with --dilution) or fed-batch (with --volume and --flow)
  --to H                    end, hours
  --pool ID=C               concentration at the start, mmol/L; may repeat, as may all lists below
  --feed ID=C               concentration in the feed, mmol/L; default 0
  --gas ID=KLA:SATURATION   exchange with a gas, 1/h and mmol/L
  --change W=VALUE@T        from T hours on, or with W=VALUE@T:END in a pulse: dilution, flow, ID.feed, ID.kLa or
                            ID.saturation is VALUE; ID=VALUE@T sets a concentration at T
  --uptake R=VMAX:KM        uptake vmax c / (km + c), mmol/gDW/h and mmol/L; default the model's bound and 0.01;
                            NAME/R=... of one strain
  --track LIST              compounds that are followed though there are none at the start; default: all with carbon, in
                            models of at most 60 exchanges
  --then LIST               after growth make these fluxes large, or small (R:min), one after the other, each held at its
                            optimum for the next (lexicographic); NAME/R of one strain. Last, and without this option at
                            once, the total flux is made small: fluxes are unique either way
  --biomass X               gDW/L at the start, default 0.01; NAME=X of one strain
  --names LIST              names of the strains, one a model; default: the models' ids
  --knockout GENE           delete a gene in all strains, NAME/GENE in one
  --bound R=LB:UB           set a reaction's bounds in all strains, NAME/R=LB:UB in one, mmol/gDW/h
  --objective R             the reaction that is growth, in all strains; default the model's objective
  --dilution D              chemostat, 1/h
  --volume V, --flow F      fed-batch: volume at the start, L, and feed when it begins, L/h
  --flow-growth MU          exponential feed, flow x exp(MU (t - start)), 1/h; default 0, constant
  --flow-from T             when the feed begins, hours; default 0
  --points N                times that are kept, evenly spaced; default 201. Steps don't depend on it
  --rtol X                  relative tolerance of a step; default 1e-4
  --fluxes LIST             more columns: fluxes of these reactions
  --csv FILE                write the time course as CSV; '-' for stdout, in place of the table
  --parquet FILE            write it as Parquet
  --figure FILE             draw it as SVG
  --json                    print one JSON object instead of the table
  -q, --quiet               no progress

Exit codes: 0 done, 2 bad input, 3 nothing was reached, 4 stopped early with what was reached, 130 interrupted.

Examples:
  cellweave dfba sbml/ecoli-core.xml --to 10 --pool glc__D_e=10 --uptake EX_ac_e=3:0.2 --figure batch.svg
  cellweave dfba sbml/ecoli-core.xml --to 60 --feed glc__D_e=20 --dilution 0.2 --figure chemostat.svg
  cellweave dfba sbml/ecoli-core.xml --to 20 --pool glc__D_e=5 --feed glc__D_e=1000 --volume 1 --flow 0.002 \\
    --flow-growth 0.15 --flow-from 8 --figure fed-batch.svg
  cellweave dfba sbml/ecoli-core.xml --to 60 --feed glc__D_e=20 --dilution 0.2 --change glc__D_e.feed=60@30:31
`,
  async run(args, streams) {
    const expected = { min: 1, max: 100, name: "MODEL" };
    const { options, positionals } = parseArguments("dfba", args, OPTIONS, expected);
    const { compoundsFrom, modeOf, strainsFrom, vesselOf } = await import("./dfba-options.ts");
    const { to } = options;
    if (to === undefined) throw usageError("dfba", "--to HOURS is missing");
    const mode = modeOf(options);
    const strains = await strainsFrom(positionals, options, streams.err);
    const { dynamicFba } = await import("../../metabolism/dynamic/dynamic-fba.ts");
    const { leftAlone } = await import("../../metabolism/dynamic/exchanges.ts");
    const { changesFrom } = await import("./dfba-changes.ts");
    const progress = progressOn(streams, options.quiet === true);
    const stop = new AbortController();
    streams.onInterrupt?.(() => stop.abort());
    const culture = {
      ...{ strains, compounds: compoundsFrom(options), to, ...changesFrom(options.change) },
      ...(options.track === undefined ? {} : { track: options.track }),
    };
    for (const exchange of leftAlone(culture))
      streams.err.write(
        `note: no strain takes up through ${exchange}: its bound is shut; --uptake ${exchange}=VMAX:KM opens it\n`,
      );
    const trajectory = await dynamicFba({
      ...culture,
      signal: stop.signal,
      onProgress: (t) => progress.update(mode, t / to),
      ...vesselOf(options),
      ...(options.dilution === undefined ? {} : { dilution: options.dilution }),
      ...(options.points === undefined ? {} : { points: options.points }),
      ...(options.rtol === undefined ? {} : { rtol: options.rtol }),
    }).finally(() => progress.end());
    for (const { t, module, message } of trajectory.warnings)
      streams.err.write(`note: ${t.toPrecision(3)} h, ${module}: ${message}\n`);
    if (trajectory.status.code !== "done")
      streams.err.write(`${trajectory.status.code}: ${trajectory.status.message}\n`);
    const { writeCulture } = await import("./dfba-output.ts");
    await writeCulture(
      trajectory,
      mode,
      strains.map(({ name }) => name),
      options,
      streams,
    );
    return codeOf(trajectory.status, trajectory.times.length);
  },
};

function codeOf({ code }: RunStatus, reached: number): number {
  if (code === "done") return EXIT.done;
  if (code === "interrupted") return EXIT.interrupted;
  return reached <= 1 ? EXIT.solver : EXIT.partial;
}
