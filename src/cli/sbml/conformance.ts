import { availableParallelism } from "node:os";
import { parseArguments } from "../arguments.ts";
import { type Command, EXIT, type Streams } from "../command.ts";
import { table } from "../table.ts";
import { writeText } from "../write-text.ts";
import { type CaseJob, runJobs } from "./conformance/pool.ts";
import { type CaseResult, listCases, loadCase, modelFiles } from "./conformance/run-case.ts";

const HELP = `Usage: cellweave conformance DIR [--only TAG] [--json FILE] [--sample N] [--runs N] [--round-trip]
                                 [--threads N] [--verbose]

Runs the cases of the SBML Test Suite under DIR (folders NNNNN with settings, expected results and one
model file a level and version), each with its own tolerances, and counts by tag.

Options:
  --only TAG     Only cases with this component or test tag, or with this number; may repeat
  --json FILE    Write every result to FILE
  --sample N     At most N model files of each case, first and last level first
  --runs N       How often stochastic models are run, default 1000 (the suite: at least 1,000, better 10,000)
  --round-trip   Write every model as Level 3 and read it again first, as 'cellweave convert' does
  --threads N    Cases run at the same time; default: as many as there are cores. The results are the same
  --verbose      Print every failure and refusal
`;

interface Options {
  readonly sample?: number;
  readonly runs?: number;
  readonly threads?: number;
  readonly "round-trip"?: true;
}

export const command: Command = {
  summary: "Run cases of the SBML Test Suite and count by tag",
  help: HELP,
  async run(args, streams) {
    const { options, positionals } = parseArguments(
      "conformance",
      args,
      {
        only: { type: "list" },
        json: { type: "text" },
        sample: { type: "number", min: 1, integer: true },
        runs: { type: "number", min: 2, max: 1_000_000, integer: true },
        "round-trip": { type: "flag" },
        threads: { type: "number", integer: true, min: 1 },
        verbose: { type: "flag" },
      },
      { min: 1, max: 1, name: "DIR" },
    );
    const results = await runAll(positionals[0] ?? "", options.only ?? [], options, streams);
    if (options.verbose)
      for (const r of results) if (r.outcome !== "passed") streams.out.write(`${r.file}: ${r.outcome}: ${r.message}\n`);
    streams.out.write(table([["tag", "passed", "failed", "refused"], ...countByTag(results)]));
    if (options.json !== undefined) await writeText(options.json, `${JSON.stringify(results, null, 1)}\n`);
    const count = (outcome: CaseResult["outcome"]): number => results.filter((r) => r.outcome === outcome).length;
    streams.out.write(`${count("passed")} passed, ${count("failed")} failed, ${count("refused")} refused\n`);
    return count("failed") === 0 ? EXIT.done : EXIT.tolerance;
  },
};

async function runAll(folder: string, only: readonly string[], options: Options, streams: Streams) {
  const { sample, runs, threads = availableParallelism() } = options;
  const jobs = listCases(folder).flatMap((id): CaseJob[] => {
    const { tags } = loadCase(folder, id).description;
    const wanted = only.length === 0 || only.some((o) => o === id || tags.includes(o));
    return wanted ? sampled(modelFiles(folder, id), sample).map((file) => ({ folder, id, file })) : [];
  });
  const settings = { roundTrip: options["round-trip"] === true, ...(runs === undefined ? {} : { runs }) };
  const results = await runJobs(jobs, settings, threads, ({ id }) => {
    if (streams.err.isTTY) streams.err.write(`\r${id}`);
  });
  if (streams.err.isTTY) streams.err.write("\r");
  return results;
}

/** The last, then the first, then those between. */
function sampled(files: readonly string[], count: number | undefined): readonly string[] {
  if (count === undefined || files.length <= count) return files;
  const [first, ...rest] = files;
  const last = rest.pop();
  return [last, first, ...rest].filter((f) => f !== undefined).slice(0, count);
}

function countByTag(results: readonly CaseResult[]): string[][] {
  const counts = new Map<string, [number, number, number]>();
  for (const { tags, outcome } of results) {
    for (const tag of tags) {
      const row = counts.get(tag) ?? [0, 0, 0];
      row[outcome === "passed" ? 0 : outcome === "failed" ? 1 : 2]++;
      counts.set(tag, row);
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tag, row]) => [tag, ...row.map(String)]);
}
