/** Where a command writes: data to `out`, progress and words to `err`. */
export interface Streams {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Calls `stop` at the first Ctrl-C instead of ending the process at once; the second one ends it. */
  readonly onInterrupt?: (stop: () => void) => void;
}

/** Exit codes of the command line. */
export const EXIT = {
  done: 0,
  internal: 1,
  input: 2,
  solver: 3,
  partial: 4,
  tolerance: 5,
  interrupted: 130,
} as const;

/** One verb of the command line. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** Full help text: usage, options with units and defaults, examples. */
  readonly help: string;
  /**
   * Runs the command; bad usage and bad input throw CellweaveError.
   * @param args what follows the verb
   * @returns the exit code, see EXIT
   */
  run(args: readonly string[], streams: Streams): Promise<number>;
}
