import { parseArguments } from "../arguments.ts";
import { type Command, EXIT } from "../command.ts";
import { LIMIT_HELP, LIMIT_OPTIONS, limitsOf } from "../read-limits.ts";
import { table } from "../table.ts";
import type { Finding } from "./check-file.ts";

const HELP = `
Usage: cellweave check FILE... [options]

Checks SBML files against the consistency rules of the specification, units among them, and says what a simulation
would refuse: everything that is wrong or doubtful, with line, rule number, id, what was expected and what to do.
Units that a file does not declare are no fault: what could not be checked for want of them is said once.
FILE may be gzipped.

Options:
  --json            print one JSON array of findings: file, line, severity (error, warning or note), rule, code, id,
                    message, expected, hint
  --rules           list the rules that are checked, and read no file
${LIMIT_HELP}

Exit codes: 0 nothing wrong (warnings may be printed), 2 something is wrong or not supported.
`;

export const command: Command = {
  summary: "Check SBML files against the rules of the specification",
  help: HELP,
  async run(args, streams) {
    const { options, positionals } = parseArguments(
      "check",
      args,
      { json: { type: "flag" }, rules: { type: "flag" }, ...LIMIT_OPTIONS },
      { min: args.includes("--rules") ? 0 : 1, max: Number.POSITIVE_INFINITY, name: "FILE" },
    );
    if (options.rules) {
      const { CHECK_RULES } = await import("../../sbml/check/catalogue.ts");
      for (const { number, severity, expected } of CHECK_RULES.values())
        streams.out.write(`${number.padEnd(11)}${severity.padEnd(9)}${expected}\n`);
      return EXIT.done;
    }
    const { checkFile } = await import("./check-file.ts");
    const findings: Finding[] = [];
    for (const file of positionals) findings.push(...(await checkFile(file, limitsOf(options))));
    const count = (severity: Finding["severity"]): number => findings.filter((f) => f.severity === severity).length;
    if (options.json) streams.out.write(`${JSON.stringify(findings, null, 1)}\n`);
    else {
      const told = new Set<string>();
      for (const f of findings) {
        streams.out.write(shown(f, !told.has(f.rule ?? "")));
        told.add(f.rule ?? "");
      }
      const counts = [positionals.length, count("error"), count("warning")].map(String);
      streams.out.write(table([["files", "errors", "warnings"], counts]));
    }
    return count("error") === 0 ? EXIT.done : EXIT.input;
  },
};

/** What a rule expects is told at its first finding. */
function shown({ file, line, column, severity, message, rule, code, expected, hint }: Finding, first: boolean): string {
  const where = [file, line, column].filter((part) => part !== undefined).join(":");
  const tail = rule === undefined ? (severity === "note" ? "" : ` [${code}]`) : ` [SBML ${rule}]`;
  return [
    `${where}: ${severity}: ${message}${tail}`,
    ...(expected === undefined || !first ? [] : [`  expected: ${expected}`]),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
    "",
  ].join("\n");
}
