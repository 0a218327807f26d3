import { describe, expect, test } from "vitest";
import { parseArguments } from "../../../src/cli/arguments.ts";
import { CellweaveError } from "../../../src/errors.ts";

const SPECS = {
  output: { type: "text", short: "o" },
  points: { type: "number", integer: true, min: 2, max: 100 },
  rtol: { type: "number", positive: true },
  t0: { type: "number" },
  arms: { type: "list", of: ["mechanistic", "learned", "hybrid"] },
  solver: { type: "choice", of: ["odex", "cvodes"] },
  force: { type: "flag", short: "f" },
  figure: { type: "figure" },
} as const;
const FILE = { min: 1, max: 1, name: "FILE" };

function parse(...args: string[]) {
  return parseArguments("run", args, SPECS, FILE);
}

function failure(...args: string[]): string {
  try {
    parse(...args);
  } catch (error) {
    if (error instanceof CellweaveError && error.kind === "usage") return error.format();
  }
  throw new Error("expected a usage error");
}

describe("parseArguments", () => {
  test("reads every type of option, long, short and with =", () => {
    const { options, positionals } = parse("a.yaml", "-o", "out", "--points=11", "--t0", "-1.5", "-f", "--solver=odex");
    expect(positionals).toEqual(["a.yaml"]);
    expect(options).toEqual({ output: "out", points: 11, t0: -1.5, force: true, solver: "odex" });
  });

  test("lists may be comma-separated and repeated", () => {
    const { options } = parse("a.yaml", "--arms", "hybrid,learned", "--arms", "mechanistic");
    expect(options.arms).toEqual(["hybrid", "learned", "mechanistic"]);
  });

  test.each(["a.svg", "b/A.SVG", "plain", "/dev/stdout"])("a figure may be called %s", (name) => {
    expect(parse("a.yaml", "--figure", name).options.figure).toBe(name);
  });

  test("a dash alone is a value and a positional", () => {
    const { options, positionals } = parse("-", "-o", "-");
    expect(options.output).toBe("-");
    expect(positionals).toEqual(["-"]);
  });

  test.each([
    [["a", "--point", "3"], "run: unknown option '--point'", "did you mean '--points'?"],
    [["a", "--points", "x"], "option '--points': expected a number, got 'x'", ""],
    [["a", "--points", "2.5"], "expected a whole number, got '2.5'", ""],
    [["a", "--points", "1"], "expected at least 2, got '1'", ""],
    [["a", "--points", "101"], "expected at most 100, got '101'", ""],
    [["a", "--rtol", "-1"], "option '--rtol': expected a positive number, got '-1'", ""],
    [["a", "--rtol", "0"], "expected a positive number, got '0'", ""],
    [["a", "--output"], "option '--output' needs a value", ""],
    [["a", "--output", "--force"], "option '--output' needs a value", ""],
    [["a", "--force=yes"], "option '--force' takes no value, got 'yes'", ""],
    [["a", "--arms", "hybird"], "expected one of mechanistic, learned, hybrid, got 'hybird'", "did you mean 'hybrid'?"],
    [["a", "--arms", "hybrid,learned", "--arms", "hybrid"], "option '--arms': 'hybrid' is given twice", ""],
    [["a", "--figure", "f.1.png"], "'--figure': figures are written as SVG, got 'f.1.png'", "name it 'f.1.svg'"],
    [["a", "--figure", "-"], "'--figure': figures are written as SVG, got '-'", "name it 'figure.svg'"],
    [["a", "-o", "x", "-o", "y"], "option '-o' is given twice", ""],
    [[], "run: FILE is missing", "cellweave run --help"],
    [["a", "b"], "run: unexpected argument 'b'", ""],
  ])("refuses %j", (args, message, hint) => {
    const text = failure(...args);
    expect(text).toContain(message);
    expect(text).toContain(hint);
  });
});
