/** A Level 3 Version 1 model around the lists given; the second line of its text is their first. */
export function sbml(lists: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"><model id="m">${lists}</model></sbml>`;
}

/** An SBML file around the lists of a model. */
export function sbmlFile(at: number, lists: string, options: { model?: string; root?: string } = {}): string {
  const [level, version] = [Math.floor(at / 10), at % 10];
  const space = `http://www.sbml.org/sbml/level${level}${at < 22 ? "" : `/version${version}`}${level === 3 ? "/core" : ""}`;
  const { model = level === 1 ? 'name="m"' : 'id="m"', root = "" } = options;
  return `<sbml xmlns="${space}" level="${level}" version="${version}" ${root}>\n<model ${model}>\n${lists}\n</model></sbml>`;
}

/** MathML around an expression. */
export function math(content: string): string {
  return `<math xmlns="http://www.w3.org/1998/Math/MathML">${content}</math>`;
}

/** `<apply>` of an operator to names and numbers: `apply("plus", "S", 2)`; anything else is written as it is. */
export function apply(operator: string, ...operands: (string | number)[]): string {
  return `<apply><${operator}/>${operands.map(operand).join("")}</apply>`;
}

function operand(value: string | number): string {
  if (typeof value === "number") return `<cn>${value}</cn>`;
  return value.startsWith("<") ? value : `<ci>${value}</ci>`;
}

export const list = (name: string, ...items: string[]): string => `<listOf${name}>${items.join("\n")}</listOf${name}>`;

/** Elements of Level 3 with what they must have; `more` comes last and may say anything else. */
export const compartment = (id: string, more = ""): string => `<compartment id="${id}" constant="true" ${more}/>`;
export const species = (id: string, more = "", constant = false): string =>
  `<species id="${id}" compartment="c" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="${constant}" ${more}/>`;
export const parameter = (id: string, more = "", constant = true): string =>
  `<parameter id="${id}" constant="${constant}" ${more}/>`;
export const reactant = (id: string, more = ""): string =>
  `<speciesReference species="${id}" constant="true" stoichiometry="1" ${more}/>`;
export const reaction = (id: string, content: string, more = ""): string =>
  `<reaction id="${id}" reversible="false" fast="false" ${more}>${content}</reaction>`;
export const csymbol = (name: string): string =>
  `<csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/${name}">x</csymbol>`;
