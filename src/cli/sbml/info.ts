import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { LIMIT_HELP, LIMIT_OPTIONS, limitsOf } from "../read-limits.ts";
import { table } from "../table.ts";

const HELP = `
Usage: cellweave info FILE [options]

What is in an SBML file: level and version, packages, counts, units, sources, and what a simulation would refuse.
FILE may be gzipped, or a COMBINE archive with one model or a master.

Options:
  --json            print one JSON object
${LIMIT_HELP}

Exit codes: 0 done, 2 the file cannot be read.
`;

export const command: Command = {
  summary: "What is in an SBML file",
  help: HELP,
  async run(args, streams) {
    const { options, positionals } = parseArguments(
      "info",
      args,
      { json: { type: "flag" }, ...LIMIT_OPTIONS },
      { min: 1, max: 1, name: "FILE" },
    );
    const { readSbmlFile } = await import("./sbml-file.ts");
    const { describeDocument } = await import("./describe-document.ts");
    const info = describeDocument(await readSbmlFile(positionals[0] ?? "", limitsOf(options)));
    if (options.json) streams.out.write(`${JSON.stringify(info, null, 1)}\n`);
    else {
      const { title, counts, facts, notes } = info;
      streams.out.write(`${title}\n`);
      streams.out.write(table(counts.map(([what, n]) => [what, String(n)])));
      for (const [what, value] of facts) streams.out.write(`${what}: ${value}\n`);
      if (notes !== undefined) streams.out.write(`\n${notes}\n`);
    }
    return EXIT.done;
  },
};
