import type { ReadLimits } from "../sbml/limits.ts";
import type { OptionValues } from "./arguments.ts";

/** Options of commands that read SBML from anywhere. */
export const LIMIT_OPTIONS = {
  "max-bytes": { type: "number", min: 1, integer: true },
  "max-depth": { type: "number", min: 1, integer: true },
  "max-elements": { type: "number", min: 1, integer: true },
  "max-nodes": { type: "number", min: 1, integer: true },
} as const;

export const LIMIT_HELP = `  --max-bytes N     largest file (unpacked) that is read, default 100000000
  --max-depth N     most elements inside each other, default 256
  --max-elements N  most elements in a file, default 3000000
  --max-nodes N     most nodes of one expression, default 200000`;

/** What the options say of how much is read; absent ones are absent. */
export function limitsOf(options: OptionValues<typeof LIMIT_OPTIONS>): Partial<ReadLimits> {
  const out: { -readonly [K in keyof ReadLimits]?: number } = {};
  if (options["max-bytes"] !== undefined) out.characters = options["max-bytes"];
  if (options["max-depth"] !== undefined) out.depth = options["max-depth"];
  if (options["max-elements"] !== undefined) out.elements = options["max-elements"];
  if (options["max-nodes"] !== undefined) out.mathNodes = options["max-nodes"];
  return out;
}
