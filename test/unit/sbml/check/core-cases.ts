import {
  apply,
  compartment,
  csymbol,
  list,
  math,
  parameter,
  reactant,
  reaction,
  sbmlFile,
  species,
} from "../../../support/sbml-text.ts";

/** A rule with a file that breaks it. */
export type RuleCase = readonly [rule: string, text: string];

const C = list("Compartments", compartment("c"));
const P = (...items: string[]): string => list("Parameters", ...items);
const k = parameter("k", 'value="1"');
const x = parameter("x", "", false);
const on = (rule: string, at: number, lists: string, options = {}): RuleCase => [rule, sbmlFile(at, lists, options)];
/** An assignment rule of x with some mathematics, in Level 3 Version 1. */
const assigned = (rule: string, content: string, at = 31): RuleCase =>
  on(rule, at, P(k, x) + list("Rules", `<assignmentRule variable="x">${math(content)}</assignmentRule>`));
/** A reaction of S in a model with the species S and T. */
const reacting = (rule: string, content: string, at = 31, more = ""): RuleCase =>
  on(
    rule,
    at,
    C + list("Species", species("S"), species("T")) + P(k) + list("Reactions", reaction("R", content, more)),
  );
const law = (content: string, more = ""): string => `<kineticLaw>${math(content)}${more}</kineticLaw>`;
const S = list("Reactants", reactant("S"));

const XML: RuleCase[] = [
  ["10101", `<?xml version="1.0" encoding="ISO-8859-1"?>${sbmlFile(31, "")}`],
  on("10102", 31, "<listOfThings/>"),
  on("10103", 24, '<listOfParameters><parameter id="k" valu="1"/></listOfParameters>'),
  ["20101", sbmlFile(31, "").replace('version="1"', 'version="2"')],
  on("20108", 31, "", { root: 'levl="3"' }),
  ["20201", '<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"></sbml>'],
  on("20222", 31, "", { model: 'id="m" timeUnit="second"' }),
];

const MATHEMATICS: RuleCase[] = [
  assigned("10201", '<x xmlns="urn:x"/>'),
  assigned("10202", "<apply><max/><cn>1</cn></apply>"),
  assigned("10203", '<apply><plus encoding="text"/><cn>1</cn></apply>'),
  assigned("10204", '<cn definitionURL="urn:x">1</cn>'),
  assigned("10205", csymbol("rateOf")),
  assigned("10206", '<ci type="real">k</ci>'),
  assigned("10207", '<cn type="complex">1</cn>'),
  assigned("10208", "<lambda><cn>1</cn></lambda>"),
  assigned("10209", apply("and", "k", "<true/>")),
  assigned("10210", apply("plus", "k", "<true/>")),
  assigned("10211", `<piecewise><piece><cn>1</cn>${apply("eq", "k", "<true/>")}</piece></piecewise>`),
  assigned("10212", "<piecewise><piece><cn>1</cn><true/></piece><otherwise><true/></otherwise></piecewise>"),
  assigned("10213", "<piecewise><piece><cn>1</cn><ci>k</ci></piece></piecewise>"),
  assigned("10214", "<apply><ci>k</ci><cn>1</cn></apply>"),
  assigned("10215", "<ci>nothing</ci>"),
  on(
    "10216",
    31,
    C +
      list("Species", species("S")) +
      P(x) +
      list("Rules", `<assignmentRule variable="x">${math("<ci>l</ci>")}</assignmentRule>`) +
      list("Reactions", reaction("R", S + law("<ci>l</ci>", list("LocalParameters", '<localParameter id="l"/>')))),
  ),
  assigned("10217", "<true/>"),
  assigned("10218", "<apply><divide/><cn>1</cn></apply>"),
  on(
    "10219",
    31,
    list("FunctionDefinitions", functionOf("f", "<bvar><ci>a</ci></bvar><ci>a</ci>")) +
      P(x) +
      list("Rules", `<assignmentRule variable="x">${math("<apply><ci>f</ci></apply>")}</assignmentRule>`),
  ),
  assigned("10220", '<ci xmlns:s="http://www.sbml.org/sbml/level3/version1/core" s:units="mole">k</ci>'),
  assigned("10221", '<cn xmlns:s="http://www.sbml.org/sbml/level3/version1/core" s:units="mol">1</cn>'),
  assigned("10223", `<apply>${csymbol("rateOf")}<cn>1</cn></apply>`, 32),
  assigned("10224", `<apply>${csymbol("rateOf")}<ci>x</ci></apply>`, 32),
  on(
    "10225",
    32,
    list("Compartments", '<compartment id="c" constant="false"/>') +
      list("Species", species("S")) +
      P(x) +
      list(
        "Rules",
        `<assignmentRule variable="c">${math("<cn>1</cn>")}</assignmentRule>`,
        `<assignmentRule variable="x">${math(`<apply>${csymbol("rateOf")}<ci>S</ci></apply>`)}</assignmentRule>`,
      ),
  ),
];

function functionOf(id: string, inside: string): string {
  return `<functionDefinition id="${id}">${math(`<lambda>${inside}</lambda>`)}</functionDefinition>`;
}

const doubled = (rule: string, target: string, at = 31): RuleCase =>
  on(
    rule,
    at,
    P(k, x) +
      list(
        "Rules",
        `<assignmentRule variable="x">${math("<cn>1</cn>")}</assignmentRule>`,
        rule === "10304" ? `<rateRule variable="x">${math("<cn>1</cn>")}</rateRule>` : "",
      ) +
      target,
  );
const event = (content: string, more = 'useValuesFromTriggerTime="true"'): string =>
  list("Events", `<event ${more}>${content}</event>`);
const trigger = `<trigger initialValue="true" persistent="true">${math("<true/>")}</trigger>`;
const assigning = (variable: string): string =>
  `<eventAssignment variable="${variable}">${math("<cn>1</cn>")}</eventAssignment>`;

const IDS: RuleCase[] = [
  on("10301", 31, P(k, k)),
  on("10302", 31, list("UnitDefinitions", '<unitDefinition id="u"/>', '<unitDefinition id="u"/>')),
  reacting(
    "10303",
    S + law("<cn>1</cn>", list("LocalParameters", '<localParameter id="l"/>', '<localParameter id="l"/>')),
  ),
  doubled("10304", ""),
  on("10305", 31, P(x) + event(trigger + list("EventAssignments", assigning("x"), assigning("x")))),
  doubled("10306", event(trigger + list("EventAssignments", assigning("x")))),
  on("10307", 31, P(parameter("a", 'metaid="i"'), parameter("b", 'metaid="i"'))),
  on("10308", 31, P(parameter("a", 'sboTerm="SBO:12"'))),
  on("10309", 31, P(parameter("a", 'metaid="1 2"'))),
  on("10310", 31, P(parameter("1a"))),
  on("10311", 31, list("UnitDefinitions", '<unitDefinition id="1u"/>')),
  on("10313", 31, list("Compartments", compartment("c", 'units="lit"'))),
  on("10401", 31, '<annotation><x xmlns=""/></annotation>'),
  on("10402", 31, '<annotation><x xmlns="urn:x"/><y xmlns="urn:x"/></annotation>'),
  on("10403", 31, "<annotation><x/></annotation>"),
  on("10404", 31, "<annotation/><annotation/>"),
  on("10801", 31, "<notes><p>text</p></notes>"),
  on("10805", 31, "<notes/><notes/>"),
];

export const CORE_CASES: readonly RuleCase[] = [
  ...XML,
  ...MATHEMATICS,
  ...IDS,
  on("20203", 31, "<listOfParameters/>"),
  on("20202", 24, `${P('<parameter id="p"/>')}${list("Compartments", '<compartment id="c"/>')}`),
  on("20204", 31, list("Species", species("S"))),
  on("20205", 31, P(k) + P(x)),
  ...(
    [
      ["20206", "FunctionDefinitions"],
      ["20207", "UnitDefinitions"],
      ["20208", "Compartments"],
      ["20209", "Species"],
      ["20210", "Parameters"],
      ["20211", "InitialAssignments"],
      ["20212", "Rules"],
      ["20213", "Constraints"],
      ["20214", "Reactions"],
      ["20215", "Events"],
    ] as const
  ).map(([rule, name]) => on(rule, 31, list(name, "<thing/>"))),
  ...(
    [
      ["20216", "conversionFactor"],
      ["20217", "timeUnits"],
      ["20218", "volumeUnits"],
      ["20219", "areaUnits"],
      ["20220", "lengthUnits"],
      ["20221", "extentUnits"],
      ["20233", "substanceUnits"],
    ] as const
  ).map(([rule, name]) => on(rule, 31, "", { model: `${name}="ampere"` })),
  on("20301", 31, list("FunctionDefinitions", `<functionDefinition id="f">${math("<cn>1</cn>")}</functionDefinition>`)),
  on("20303", 31, list("FunctionDefinitions", functionOf("f", "<apply><ci>f</ci></apply>"))),
  on("20304", 31, P(k) + list("FunctionDefinitions", functionOf("f", "<ci>k</ci>"))),
  on("20306", 31, list("FunctionDefinitions", '<functionDefinition id="f"/>')),
  on("20307", 31, list("FunctionDefinitions", `<functionDefinition/>`)),
];
