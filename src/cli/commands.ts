import type { Command } from "./command.ts";

/** A command as the list shows it; its file is loaded only when it runs. */
export interface CommandEntry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every verb of the command line, in the order the help lists them. */
export const COMMANDS: ReadonlyMap<string, CommandEntry> = new Map<string, CommandEntry>([
  [
    "schema",
    { summary: "Print the JSON Schema of scenario files or cell manifests", load: () => import("./schema.ts") },
  ],
]);
