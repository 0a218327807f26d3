import { Writable } from "node:stream";
import { cli } from "../../src/cli/cli.ts";

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, as a pipe would see it. */
export async function runCli(...argv: string[]): Promise<CliResult> {
  const out: string[] = [];
  const err: string[] = [];
  const collect = (into: string[]) =>
    new Writable({
      write(chunk, _encoding, done) {
        into.push(String(chunk));
        done();
      },
    });
  const code = await cli(argv, { out: collect(out), err: collect(err) });
  return { code, out: out.join(""), err: err.join("") };
}
