import { availableParallelism } from "node:os";
import type { ScanAxis, ScanResult, ScanSpec } from "../../pathway/scan/scan.ts";
import { type OptionValues, parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT, type Streams } from "../command.ts";
import { csvText, writeCsv } from "../output.ts";
import { progressOn } from "../progress.ts";
import { writeText } from "../write-text.ts";

const OPTIONS = {
  parameter: { type: "list", short: "p" },
  knockout: { type: "list" },
  t0: { type: "number" },
  t1: { type: "number" },
  points: { type: "number", min: 2, max: 1_000_000, integer: true },
  course: { type: "flag" },
  select: { type: "list" },
  rtol: { type: "number", min: 0 },
  atol: { type: "number", min: 0 },
  "max-steps": { type: "number", min: 1, integer: true },
  seed: { type: "number", min: 0, integer: true },
  threads: { type: "number", min: 1, max: 256, integer: true },
  csv: { type: "text" },
  parquet: { type: "text" },
  figure: { type: "figure" },
  quiet: { type: "flag", short: "q" },
} as const;

export const command: Command = {
  summary: "Time courses of one SBML model over ranges of parameters and knockouts",
  help: `
Usage: cellweave scan FILE --t1 TIME (--parameter ID=FROM:TO:N[:log] | --knockout ID) [options]

Runs a model once for each combination of values, for the model as it is and with each knockout, and writes a row a
run: values, knockout, and the recorded quantities at the end. Runs are shared out over threads; results are the same
for any number of them.

Options:
  -p, --parameter ID=FROM:TO:N[:log]
                    N values of a parameter, species (concentration) or compartment, evenly spaced (:log in their
                    logarithm); repeat for a grid
  --knockout A,B    reactions that don't run, or parameters and species that start at 0, one at a time
  --t1 TIME         end of each run
  --t0 TIME         start of each run, default 0
  --select A,B      columns, by SBML id; default all species
  --course          a row for each output time in place of the last alone
  --points N        output times with --course, default 101
  --rtol X, --atol X, --max-steps N, --seed N
                    as in 'cellweave simulate'; defaults 1e-6, 1e-9, 100000, 1
  --threads N       default: the machine's
  --csv FILE        where the table goes; default '-', stdout
  --parquet FILE    the same table as Parquet
  --figure FILE     lines over one parameter, a map over two, as SVG
  -q, --quiet       no progress

Exit codes: 0 done, 2 bad input, 4 some runs failed (their rows are empty), 130 interrupted.

Examples:
  cellweave scan model.xml --t1 100 -p k1=0.1:10:101:log --select S1,S2 --figure scan.svg --csv scan.csv
  cellweave scan model.xml --t1 60 --knockout PFK,PYK --parquet knockouts.parquet
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("scan", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const spec = await specOf(options);
    const { readText } = await import("../sbml/sbml-file.ts");
    const { scan } = await import("../../pathway/scan/scan-node.ts");
    const file = positionals[0] ?? "";
    const stop = new AbortController();
    streams.onInterrupt?.(() => stop.abort());
    const progress = progressOn(streams, options.quiet === true);
    const result = await scan(await readText(file), file, spec, {
      threads: options.threads ?? availableParallelism(),
      signal: stop.signal,
      onProgress: (done) => progress.update("runs", done),
    }).finally(() => progress.end());
    if (stop.signal.aborted) {
      streams.err.write("interrupted: nothing is written\n");
      return EXIT.interrupted;
    }
    await write(file, spec, result, options, streams);
    for (const [point, message] of [...result.failures].slice(0, SHOWN))
      streams.err.write(`run ${point}: ${message}\n`);
    if (result.failures.size > SHOWN) streams.err.write(`and ${result.failures.size - SHOWN} more runs\n`);
    return result.failures.size > 0 ? EXIT.partial : EXIT.done;
  },
};

/** Failures that are printed. */
const SHOWN = 10;

async function specOf(options: OptionValues<typeof OPTIONS>): Promise<ScanSpec> {
  const { parameter = [], knockout = [], t0 = 0, t1, rtol = 1e-6, atol = 1e-9, seed = 1, points, select } = options;
  const axes = await Promise.all(parameter.map(axisOf));
  if (t1 === undefined) throw usageError("scan", "--t1 is missing", "say when runs end: --t1 100");
  if (axes.length + knockout.length === 0)
    throw usageError("scan", "there is nothing to scan", "name a range, -p k1=0.1:10:101, or --knockout ID");
  return {
    axes,
    knockouts: knockout,
    course: options.course === true,
    run: {
      t0,
      t1,
      rtol,
      atol,
      seed,
      maxSteps: options["max-steps"] ?? 100_000,
      ...(points === undefined ? {} : { points }),
    },
    ...(select === undefined ? {} : { select }),
  };
}

/** `k=0.1:10:101:log` */
async function axisOf(text: string): Promise<ScanAxis> {
  const [id = "", range = ""] = text.split("=").map((part) => part.trim());
  const [from, to, count, scale, ...rest] = range.split(":");
  const [a, b, n] = [from, to, count].map((part) => (part === undefined || part === "" ? Number.NaN : Number(part)));
  const isLog = scale === "log";
  const wrong = id === "" || rest.length > 0 || (scale !== undefined && !isLog) || a === undefined || b === undefined;
  if (wrong || n === undefined || !Number.isInteger(n) || n < 1 || !Number.isFinite(a) || !Number.isFinite(b))
    throw usageError(
      "scan",
      `got '-p ${text}' when ID=FROM:TO:N[:log] was expected`,
      "for example -p k1=0.1:10:101:log",
    );
  if (isLog && !(a > 0 && b > 0))
    throw usageError("scan", `'-p ${text}': a logarithmic range lies above 0`, "leave out :log");
  const share = (k: number) => (n === 1 ? 0 : k / (n - 1));
  const values = Array.from({ length: n }, (_, k) =>
    k === n - 1 && n > 1 ? b : isLog ? a * (b / a) ** share(k) : a + (b - a) * share(k),
  );
  return { id, values };
}

async function write(
  file: string,
  spec: ScanSpec,
  result: ScanResult,
  { csv, parquet, figure }: OptionValues<typeof OPTIONS>,
  streams: Streams,
): Promise<void> {
  const { header, rows } = tableOf(spec, result);
  if (parquet !== undefined) {
    const { tableParquet } = await import("../../report/tables/table-parquet.ts");
    const { writeWhole } = await import("../write-whole.ts");
    await writeWhole(parquet, tableParquet(header, rows), true);
    streams.err.write(`wrote ${parquet}\n`);
  }
  if (figure !== undefined) {
    const { scanFigure } = await import("../../report/figures/scan.ts");
    const drawn = scanFigure({ title: `Scan of ${file.replace(/^.*[/\\]/, "")}`, axes: spec.axes, result });
    if (drawn === undefined) streams.err.write("no figure: one or two ranges can be drawn\n");
    else await writeText(figure, drawn.svg);
  }
  if (csv !== undefined || (parquet === undefined && figure === undefined))
    await writeCsv(csv ?? "-", csvText(header, rows), streams);
}

function tableOf({ axes, knockouts, course }: ScanSpec, { points, columns, times, rows }: ScanResult) {
  const header = [
    ...axes.map((axis) => axis.id),
    ...(knockouts.length > 0 ? ["knockout"] : []),
    ...(course ? ["time"] : []),
    ...columns,
  ];
  const table = points.flatMap(({ values, knockout }, p) =>
    Array.from(times, (t, k) => {
      const from = (p * times.length + k) * columns.length;
      const cells = [...rows.subarray(from, from + columns.length)];
      return [...values, ...(knockouts.length > 0 ? [knockout ?? ""] : []), ...(course ? [t] : []), ...cells];
    }),
  );
  return { header, rows: table };
}
