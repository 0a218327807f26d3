import { parseArguments } from "./arguments.ts";
import { type Command, EXIT } from "./command.ts";
import { table } from "./table.ts";

const HELP = `
Usage: cellweave check FILE... [--json]

Reads SBML files as a simulation would, and says what is wrong or doubtful, with line, id, the rule of the SBML
specification where there is one, and what to do. FILE may be gzipped.

Options:
  --json    print one JSON array of findings

Exit codes: 0 nothing wrong (warnings may be printed), 2 something is wrong or not supported.
`;

export const command: Command = {
  summary: "Say what is wrong or doubtful in SBML files",
  help: HELP,
  async run(args, streams) {
    const { options, positionals } = parseArguments(
      "check",
      args,
      { json: { type: "flag" } },
      { min: 1, max: Number.POSITIVE_INFINITY, name: "FILE" },
    );
    const { checkFile } = await import("./check-file.ts");
    const findings = (await Promise.all(positionals.map((file) => checkFile(file)))).flat();
    const wrong = findings.filter((f) => f.severity === "error").length;
    if (options.json) streams.out.write(`${JSON.stringify(findings, null, 1)}\n`);
    else {
      for (const f of findings) {
        const where = [f.file, f.line, f.column].filter((part) => part !== undefined).join(":");
        streams.out.write(
          `${where}: ${f.severity}: ${f.message}${f.rule === undefined ? "" : ` [SBML ${f.rule}]`} [${f.code}]\n`,
        );
        if (f.hint !== undefined) streams.out.write(`  hint: ${f.hint}\n`);
      }
      streams.out.write(
        table([["files", "errors", "warnings"], [positionals.length, wrong, findings.length - wrong].map(String)]),
      );
    }
    return wrong === 0 ? EXIT.done : EXIT.input;
  },
};
