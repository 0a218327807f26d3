import { COMMANDS } from "./commands.ts";

/** The text of `cellweave --help`. */
export function overview(): string {
  const width = Math.max(...[...COMMANDS.keys()].map((name) => name.length));
  const verbs = [...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Cellweave: mechanistic modules and a learned transformer, woven into one cell.

Usage: cellweave <command> [options]

Commands:
${verbs.join("\n")}

Options:
  -h, --help   this text, or 'cellweave <command> --help'
  --version    the version
  --debug      show the stack of an error

Data go to stdout, words and progress to stderr. Exit codes: 0 done, 1 internal error, 2 bad usage or input,
3 a solver failed, 4 partial result, 5 comparison out of tolerance, 130 interrupted.
`;
}
