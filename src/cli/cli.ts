import { CellweaveError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import { EXIT, type Streams } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { overview } from "./help.ts";
import { version } from "./version.ts";

/**
 * Runs the command line.
 * @param argv what follows the program's name
 * @returns the exit code, see EXIT; errors have been written to `err`
 */
export async function cli(argv: readonly string[], streams: Streams): Promise<number> {
  try {
    return await dispatch(argv, streams);
  } catch (error) {
    return report(error, argv.includes("--debug"), streams);
  }
}

async function dispatch(argv: readonly string[], streams: Streams): Promise<number> {
  const [verb, ...args] = argv.filter((arg) => arg !== "--debug");
  if (verb === undefined) {
    streams.err.write(overview());
    return EXIT.input;
  }
  if (verb === "--help" || verb === "-h" || (verb === "help" && args[0] === undefined)) {
    streams.out.write(overview());
    return EXIT.done;
  }
  if (verb === "--version" || verb === "-V") {
    streams.out.write(`${version()}\n`);
    return EXIT.done;
  }
  const name = verb === "help" ? (args[0] ?? "") : verb;
  const entry = COMMANDS.get(name);
  if (entry === undefined) throw unknownCommand(name);
  const { command } = await entry.load();
  if (verb === "help" || wantsHelp(args)) {
    streams.out.write(`${command.help.trim()}\n`);
    return EXIT.done;
  }
  return command.run(args, streams);
}

function wantsHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

function unknownCommand(name: string): CellweaveError {
  const what = name.startsWith("-") ? "option" : "command";
  const known = what === "option" ? ["--help", "--version", "--debug"] : COMMANDS.keys();
  return new CellweaveError(`cli/unknown-${what}`, `unknown ${what} '${name}'`, {
    kind: "usage",
    hint: didYouMean(name, known) ?? "see 'cellweave --help'",
  });
}

function report(error: unknown, debug: boolean, { err }: Streams): number {
  if (error instanceof CellweaveError) {
    err.write(`cellweave: ${error.format()}\n`);
    if (debug) err.write(`${error.stack ?? ""}\n`);
    return exitCodeOf(error);
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  err.write(`cellweave: internal error: ${message}\n`);
  err.write(debug ? `${stack ?? ""}\n` : "  hint: run again with --debug for the stack, and please report it\n");
  return EXIT.internal;
}

function exitCodeOf({ kind }: CellweaveError): number {
  if (kind === "solver") return EXIT.solver;
  return kind === "internal" ? EXIT.internal : EXIT.input;
}
