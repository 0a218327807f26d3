import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";

const OPTIONS = {
  output: { type: "text", short: "o" },
  to: { type: "choice", of: ["l3v2", "l3v1"] },
  flatten: { type: "flag" },
  force: { type: "flag" },
} as const;

const HELP = `
Usage: cellweave convert FILE -o OUT [options]

Writes SBML of any level and version as Level 3: the same model, with ids, metaids, names, notes, annotations and
packages kept as they are. From Level 1 and Level 2, defaults are written out, formulas become MathML, predefined units
become units of the model, stoichiometries with mathematics become assignment rules. What Level 3 has no place for
(charges, compartment types, ...) is kept in annotations and named in a warning; a model that it cannot express is
refused. FILE may be gzipped or a COMBINE archive; OUT is gzipped where its name ends with .gz. Comments are not kept.

Options:
  -o, --output OUT    the file to write; '-' for stdout
  --to l3v2|l3v1      version of Level 3, default l3v2; fast reactions need l3v1
  --flatten           merge submodels (comp) into one model
  --force             replace OUT where it is there

Exit codes: 0 done (warnings may be printed), 2 bad input or something that Level 3 cannot say.

Examples:
  cellweave convert old-model.xml -o model.xml
  cellweave convert composed.xml --flatten -o flat.xml
`;

export const command: Command = {
  summary: "Write SBML of any level as Level 3, everything kept",
  help: HELP,
  async run(args, streams) {
    const { options, positionals } = parseArguments("convert", args, OPTIONS, { min: 1, max: 1, name: "FILE" });
    const { output, to = "l3v2", flatten = false, force = false } = options;
    const { CellweaveError } = await import("../../errors.ts");
    if (output === undefined)
      throw new CellweaveError("cli/usage", "convert: -o is missing", {
        kind: "usage",
        hint: "say where to write: -o model.xml, or -o - for stdout",
      });
    const { readSource } = await import("./sbml-file.ts");
    const { convertSbml } = await import("../../sbml/write/convert.ts");
    const { text: source, ...from } = await readSource(positionals[0] ?? "");
    const version = to === "l3v1" ? 1 : 2;
    const { text, warnings } = convertSbml(source, { ...from, version, flatten });
    for (const warning of warnings) streams.err.write(`warning: ${warning}\n`);
    if (output === "-") streams.out.write(text);
    else await writeFileWhole(output, text, force, streams.err);
    return EXIT.done;
  },
};

async function writeFileWhole(file: string, text: string, force: boolean, err: NodeJS.WritableStream): Promise<void> {
  const { writeWhole } = await import("../write-whole.ts");
  const { gzipSync } = await import("node:zlib");
  await writeWhole(file, file.endsWith(".gz") ? gzipSync(text) : text, force);
  err.write(`wrote ${file}\n`);
}
