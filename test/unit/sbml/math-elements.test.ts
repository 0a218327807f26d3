import fc from "fast-check";
import { ConstantNode, FunctionNode, type MathNode, OperatorNode, SymbolNode } from "mathjs/number";
import { expect, test } from "vitest";
import type { ReadContext } from "../../../src/sbml/context.ts";
import { LIMITS } from "../../../src/sbml/limits.ts";
import { AVOGADRO, FUNCTIONS, PIECEWISE, TIME } from "../../../src/sbml/math-names.ts";
import { readMath } from "../../../src/sbml/mathml.ts";
import { mathElement } from "../../../src/sbml/write/math-elements.ts";
import { xmlText } from "../../../src/sbml/write/serialize.ts";
import { parseXml } from "../../../src/sbml/xml.ts";

const context: ReadContext = {
  ...{ file: undefined, level: 3, version: 2, limits: LIMITS, core: "", packages: new Map(), warnings: [] },
};
const through = (node: MathNode): MathNode | undefined =>
  readMath(context, parseXml(xmlText(mathElement(node)), undefined));
const plain = (node: MathNode | undefined): unknown => JSON.parse(JSON.stringify(node));

const name = fc.constantFrom("S1", "this", "__proto__", "pi", TIME, AVOGADRO).map((n): MathNode => new SymbolNode(n));
const number = fc
  .oneof(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, 1e-300, 6.02e23, 1e21))
  .map((x): MathNode => new ConstantNode(x === 0 ? 0 : x));
const unary = ["sin", "ln", "arcsech", "not", "factorial"].filter((f) => FUNCTIONS.has(f));
const tree = fc.letrec<{ node: MathNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    name,
    number,
    fc.constantFrom(true, false).map((b): MathNode => new ConstantNode(b as unknown as number)),
    fc.tuple(tie("node"), tie("node")).map((a): MathNode => new OperatorNode("*", "multiply", a)),
    fc.tuple(tie("node"), tie("node")).map((a): MathNode => new OperatorNode("^", "pow", a)),
    fc.tuple(tie("node"), tie("node")).map((a): MathNode => new OperatorNode("-", "subtract", a)),
    tie("node").map((a): MathNode => new OperatorNode("-", "unaryMinus", [a])),
    fc.tuple(fc.constantFrom(...unary), tie("node")).map(([f, a]) => new FunctionNode(new SymbolNode(`%${f}`), [a])),
    fc.tuple(number, tie("node")).map(([d, a]) => new FunctionNode(new SymbolNode("%root"), [d, a])),
    fc.array(tie("node"), { minLength: 1, maxLength: 5 }).map((a) => new FunctionNode(new SymbolNode(PIECEWISE), a)),
    fc.array(tie("node"), { maxLength: 3 }).map((a) => new FunctionNode(new SymbolNode("f"), a)),
  ),
})).node;

test("a tree that is written as MathML reads back to the same tree", () => {
  fc.assert(
    fc.property(tree, (node) => {
      expect(plain(through(node))).toEqual(plain(node));
    }),
    { numRuns: 300, seed: 1 },
  );
});

test("a long chain of terms is one sum", () => {
  let chain: MathNode = new SymbolNode("x");
  for (let i = 0; i < 5000; i++) {
    const term = new ConstantNode(i);
    chain =
      i % 2 === 0 ? new OperatorNode("+", "add", [chain, term]) : new OperatorNode("-", "subtract", [chain, term]);
  }
  chain = new OperatorNode("+", "add", [chain, new SymbolNode("y")]);
  const read = through(chain) as OperatorNode;
  expect([read.op, read.args.length]).toEqual(["+", 5002]);
  expect(String(read.args[2])).toBe("-1");
});
