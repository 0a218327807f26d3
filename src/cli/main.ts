#!/usr/bin/env node
import { cli } from "./cli.ts";
import { EXIT } from "./command.ts";

let stop: (() => void) | undefined;

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (stop === undefined) process.exit(EXIT.interrupted);
    stop();
    stop = undefined;
  });
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe (`| head`) has gone: nothing more to say.
  process.exit(error.code === "EPIPE" ? EXIT.done : EXIT.internal);
});

process.exitCode = await cli(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  onInterrupt: (handler) => {
    stop = handler;
  },
});
