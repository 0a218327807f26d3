import { availableParallelism } from "node:os";
import type { ScreenJob } from "../../metabolism/screens/job.ts";
import type { Journal } from "../../metabolism/screens/journal-node.ts";
import type { ScreenOutcome } from "../../metabolism/screens/work.ts";
import type { Streams } from "../command.ts";
import { progressOn } from "../progress.ts";

/** Options of commands that go through many tasks and can be interrupted. */
export interface ScreenRunOptions {
  readonly csv?: string;
  readonly parquet?: string;
  readonly figure?: string;
  readonly threads?: number;
  readonly resume?: true;
  readonly quiet?: true;
}

/** How often partial results are kept, ms. */
const KEEP_EVERY = 2000;

/**
 * Runs a screen with progress; Ctrl-C stops it and keeps what was found beside the first output file.
 * @param label what is going on, for the progress bar
 * @returns undefined where it was interrupted; then the user has been told how to go on
 */
export async function runScreenOf(
  job: ScreenJob,
  label: string,
  options: ScreenRunOptions,
  streams: Streams,
): Promise<ScreenOutcome | undefined> {
  const { runScreen, threadsFor } = await import("../../metabolism/screens/run-node.ts");
  const { openJournal, readJournal } = await import("../../metabolism/screens/journal-node.ts");
  const file = partialFile(options);
  const rows = options.resume ? readJournal(file ?? (await noOutput()), job) : undefined;
  const journal = file === undefined ? undefined : openJournal(file, job, options.resume === true);
  const stop = new AbortController();
  streams.onInterrupt?.(() => stop.abort());
  const progress = progressOn(streams, options.quiet === true);
  const keep = keeper(journal);
  const outcome = await runScreen(job, {
    threads: options.threads ?? threadsFor(job, availableParallelism()),
    signal: stop.signal,
    ...(rows === undefined ? {} : { rows }),
    onRows: (found, done) => {
      progress.update(label, done);
      keep(found);
    },
  }).finally(() => progress.end());
  if (outcome.status === "done") {
    journal?.remove();
    return outcome;
  }
  journal?.write(outcome.rows);
  streams.err.write(
    file === undefined
      ? "interrupted; name an output file (--csv, --parquet, --figure) to be able to go on another time\n"
      : `interrupted; what was found is in ${file}: run the same command with --resume to go on\n`,
  );
  return undefined;
}

function partialFile({ csv, parquet, figure }: ScreenRunOptions): string | undefined {
  const output = [csv, parquet, figure].find((name) => name !== undefined && name !== "-");
  return output === undefined ? undefined : `${output}.partial`;
}

async function noOutput(): Promise<never> {
  const { CellweaveError } = await import("../../errors.ts");
  throw new CellweaveError("cli/usage", "--resume goes on from the partial results beside an output file", {
    kind: "usage",
    hint: "name the outputs of the interrupted run: --csv, --parquet or --figure",
  });
}

/** Keeps partial results now and then. */
function keeper(journal: Journal | undefined): (rows: Float64Array) => void {
  let kept = performance.now();
  return (rows) => {
    if (journal === undefined || performance.now() - kept < KEEP_EVERY) return;
    journal.write(rows);
    kept = performance.now();
  };
}
