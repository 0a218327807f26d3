import { parseArguments } from "./arguments.ts";
import { type Command, EXIT } from "./command.ts";

export const command: Command = {
  summary: "Print the JSON Schema of scenario files or cell manifests",
  help: `
Usage: cellweave schema scenario|cell

Prints a JSON Schema, from which editors complete and check as you type. In YAML files, name it on the first line:
  # yaml-language-server: $schema=scenario.schema.json

Example:
  cellweave schema scenario > scenario.schema.json
`,
  async run(args, { out }) {
    const { positionals } = parseArguments("schema", args, {}, { min: 1, max: 1, name: "KIND" });
    const { schemaText } = await import("../scenario/schema/text.ts");
    out.write(schemaText(positionals[0] ?? ""));
    return EXIT.done;
  },
};
