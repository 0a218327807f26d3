/**
 * How long a model of 1,500 species and 1,240 reactions takes from SBML text to the end of its first run:
 * `npx tsx test/bench/large-model.ts [SPECIES REACTIONS]`. Reactions are reversible, with two substrates, two products,
 * five parameters of their own and an inhibitor each; a carrier is among the substrates and among the products.
 */

import { smallRandom } from "../../src/numerics/random.ts";
import { compilePathway } from "../../src/pathway/code/compile.ts";
import { solverCode } from "../../src/pathway/code/solver-code.ts";
import { runPathway } from "../../src/pathway/run/simulate.ts";
import { readSbml } from "../../src/sbml/read.ts";

const [species = 1500, reactions = 1240] = process.argv.slice(2).map(Number);
const MATHML = 'xmlns="http://www.w3.org/1998/Math/MathML"';
const random = smallRandom(1);
/** Carriers such as ATP take part everywhere, the others in neighbouring reactions. */
const CARRIERS = 10;
const carrier = (): string => `s${Math.floor(random.next() * CARRIERS)}`;
const near = (i: number): string =>
  `s${(Math.floor((i * species) / reactions) + Math.floor(random.next() * 20)) % species}`;
const list = (name: string, items: readonly string[]): string => `<listOf${name}>${items.join("")}</listOf${name}>`;
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const apply = (operator: string, ...args: string[]): string => `<apply><${operator}/>${args.join("")}</apply>`;
const ci = (id: string): string => `<ci>${id}</ci>`;

function reaction(i: number): string {
  const ids = [near(i), carrier(), near(i), carrier(), near(i)];
  const reference = (id: string): string => `<speciesReference species="${id}" stoichiometry="1" constant="true"/>`;
  const [a = "", b = "", p = "", q = "", inhibitor = ""] = ids;
  const over = (id: string, k: number): string => apply("divide", ci(id), ci(`K${i}_${k}`));
  const one = "<cn>1</cn>";
  const forward = apply("times", over(a, 0), over(b, 1));
  const backward = apply("times", over(p, 2), over(q, 3));
  const left = apply("times", apply("plus", one, over(a, 0)), apply("plus", one, over(b, 1)));
  const right = apply("times", apply("plus", one, over(p, 2)), apply("plus", one, over(q, 3)));
  const below = apply("times", apply("minus", apply("plus", left, right), one), apply("plus", one, over(inhibitor, 4)));
  const rate = apply(
    "times",
    ci("c"),
    apply("divide", apply("times", ci(`V${i}`), apply("minus", forward, backward)), below),
  );
  const sides = `${list("Reactants", [a, b].map(reference))}${list("Products", [p, q].map(reference))}`;
  const modifiers = list("Modifiers", [`<modifierSpeciesReference species="${inhibitor}"/>`]);
  const law = `<kineticLaw><math ${MATHML}>${rate}</math></kineticLaw>`;
  return `<reaction id="r${i}" reversible="true" fast="false">${sides}${modifiers}${law}</reaction>`;
}

const parameter = (id: string, value: number): string => `<parameter id="${id}" value="${value}" constant="true"/>`;
const text = `<?xml version="1.0" encoding="UTF-8"?><sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="large">
${list("Compartments", ['<compartment id="c" size="1" constant="true"/>'])}
${list(
  "Species",
  numbers(species).map(
    (i) =>
      `<species id="s${i}" compartment="c" initialConcentration="${0.1 + random.next()}" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>`,
  ),
)}
${list(
  "Parameters",
  numbers(reactions).flatMap((i) => [
    parameter(`V${i}`, 0.1 + random.next()),
    ...numbers(5).map((k) => parameter(`K${i}_${k}`, 0.1 + random.next())),
  ]),
)}
${list("Reactions", numbers(reactions).map(reaction))}</model></sbml>`;

function timed<T>(name: string, work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  console.log(`${name}: ${((user + system) / 1e6).toFixed(2)} s of CPU`);
  return result;
}

const document = timed("read", () => readSbml(text, { file: "large.xml" }));
const pathway = timed("compile the model", () => compilePathway(document));
timed("compile its Jacobian and solver functions", () => solverCode(pathway));
const { status, statistics } = timed("first run", () => runPathway(pathway, { t1: 10 }));
console.log(status.ok ? `${statistics?.steps} steps` : status.message);
