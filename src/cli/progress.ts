import type { Streams } from "./command.ts";

/** Says on stderr how far a long command is. */
export interface Progress {
  /** @param done share of the whole, 0 to 1 */
  update(label: string, done: number): void;
  /** Leaves the line clean for what follows. */
  end(): void;
}

const WIDTH = 30;
const SILENT: Progress = { update() {}, end() {} };

/** A bar that redraws itself on a terminal, one line a label in a pipe, nothing where quiet. */
export function progressOn({ err }: Streams, quiet: boolean): Progress {
  if (quiet) return SILENT;
  return err.isTTY === true ? bar(err) : lines(err);
}

function bar(err: Streams["err"]): Progress {
  let drawn = "";
  return {
    update(label, done) {
      const filled = Math.round(done * WIDTH);
      const next = `\r[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${Math.floor(done * 100)} % ${label}\u001b[K`;
      if (next === drawn) return;
      err.write(next);
      drawn = next;
    },
    end() {
      if (drawn !== "") err.write("\r\u001b[K");
    },
  };
}

function lines(err: Streams["err"]): Progress {
  const said = new Set<string>();
  return {
    update(label) {
      if (said.has(label)) return;
      err.write(`${label}\n`);
      said.add(label);
    },
    end() {},
  };
}
