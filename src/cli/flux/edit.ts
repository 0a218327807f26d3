import { parseArguments, usageError } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { FLUX_HELP, FLUX_OPTIONS } from "./flux-options.ts";

const OPTIONS = { ...FLUX_OPTIONS, output: { type: "text", short: "o" }, force: { type: "flag" } } as const;

export const command: Command = {
  summary: "Write a constraint-based model with another medium, bounds, deletions",
  help: `
Usage: cellweave edit FILE -o OUT.json [options]

Writes a model with a command's changes as COBRA JSON, which COBRApy, Escher and cellweave read: bounds, medium and
objective as given, reactions of deleted genes closed, genes and rules kept. Formulas, charges and names are kept; notes,
annotations and groups are not in this format. OUT is gzipped where its name ends with .gz.

Options:
  -o, --output OUT          the file to write; '-' for stdout
  --force                   replace OUT where it is there${FLUX_HELP}

Exit codes: 0 done, 2 bad input, or something that COBRA JSON can't say (constraints of a model's own, enzyme costs).

Example:
  cellweave edit sbml/ecoli-core.xml --knockout pgi --bound EX_o2_e=0:1000 -o anaerobic-pgi.json
`,
  async run(args, streams) {
    const { options, positionals } = parseArguments("edit", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { output, force = false } = options;
    if (output === undefined) throw usageError("edit", "-o is missing", "say where to write: -o model.json, or -o -");
    if (output !== "-" && !/\.json(\.gz)?$/i.test(output))
      throw usageError(
        "edit",
        `models are written as COBRA JSON, got '${output}'`,
        "name it model.json or model.json.gz",
      );
    const { readFluxInput } = await import("./flux-input.ts");
    const { cobraJson } = await import("../../metabolism/read/write-cobra-json.ts");
    const { model, bounds, shut } = await readFluxInput(positionals[0] ?? "", options, streams.err);
    if (shut.length > 0) streams.err.write(`closed: ${shut.join(", ")}\n`);
    const text = cobraJson(model, bounds);
    if (output === "-") {
      streams.out.write(text);
      return EXIT.done;
    }
    const { writeWhole } = await import("../write-whole.ts");
    const { gzipSync } = await import("node:zlib");
    await writeWhole(output, output.endsWith(".gz") ? gzipSync(text) : text, force);
    streams.err.write(`wrote ${output}\n`);
    return EXIT.done;
  },
};
