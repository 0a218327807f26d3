import {
  compartment,
  list,
  math,
  parameter,
  reactant,
  reaction,
  sbmlFile,
  species,
} from "../../../support/sbml-text.ts";
import type { RuleCase } from "./core-cases.ts";

const C = list("Compartments", compartment("c"));
const FLAT = list("Compartments", compartment("c", 'spatialDimensions="0"'));
const ONE = math("<cn>1</cn>");
const on = (rule: string, at: number, lists: string, options = {}): RuleCase => [rule, sbmlFile(at, lists, options)];
const unit = (id: string, more: string): string =>
  list("UnitDefinitions", `<unitDefinition id="${id}"><listOfUnits>${more}</listOfUnits></unitDefinition>`);
const ampere = '<unit kind="ampere" exponent="1" scale="0" multiplier="1"/>';
const rate = (variable: string): string => list("Rules", `<rateRule variable="${variable}">${ONE}</rateRule>`);
const assignment = (variable: string): string =>
  list("Rules", `<assignmentRule variable="${variable}">${ONE}</assignmentRule>`);
const initial = (...symbols: string[]): string =>
  list("InitialAssignments", ...symbols.map((s) => `<initialAssignment symbol="${s}">${ONE}</initialAssignment>`));
const k = list("Parameters", parameter("k", 'value="1"'));
const x = list("Parameters", parameter("x", "", false));

/** Level 2 knows fewer attributes. */
const C2 = (more: string): string => list("Compartments", `<compartment id="c" ${more}/>`);
const S2 = (more: string): string => list("Species", `<species id="S" compartment="c" ${more}/>`);

const UNITS: RuleCase[] = [
  on("20401", 31, unit("mole", ampere)),
  ...(["substance", "length", "area", "time", "volume"] as const).map((id, i) =>
    on(`${20402 + i}`, 24, unit(id, '<unit kind="ampere"/>')),
  ),
  on("20409", 24, unit("u", "")),
  on("20410", 31, unit("u", ampere.replace("ampere", "amper"))),
  on("20411", 22, unit("u", '<unit kind="kelvin" offset="1"/>')),
  on("20412", 22, unit("u", '<unit kind="Celsius"/>')),
  on("20413", 31, unit("u", "")),
  on("20414", 31, list("UnitDefinitions", '<unitDefinition id="u"><listOfUnits/><listOfUnits/></unitDefinition>')),
  on("20415", 31, unit("u", "<thing/>")),
  on("20419", 31, list("UnitDefinitions", "<unitDefinition/>")),
  on("20421", 31, unit("u", '<unit kind="mole"/>')),
  on("20701", 31, list("Parameters", parameter("p", 'units="mol"'))),
];

const COMPARTMENTS: RuleCase[] = [
  on("20501", 24, C2('spatialDimensions="0" size="1"')),
  on("20502", 24, C2('spatialDimensions="0" units="litre"')),
  on("20503", 24, C2('spatialDimensions="0" constant="false"')),
  on("20504", 24, C2('outside="d"')),
  on("20505", 24, C2('outside="c"')),
  on(
    "20506",
    24,
    list("Compartments", '<compartment id="c" outside="d"/>', '<compartment id="d" spatialDimensions="0"/>'),
  ),
  on("20507", 24, C2('spatialDimensions="1" units="litre"')),
  on("20508", 24, C2('spatialDimensions="2" units="litre"')),
  on("20509", 24, C2('units="mole"')),
  on("20510", 24, C2('compartmentType="t"')),
  on("20517", 31, list("Compartments", '<compartment id="c"/>')),
];

const SPECIES: RuleCase[] = [
  on("20601", 31, list("Species", species("S"))),
  on("20602", 22, C2("") + S2('hasOnlySubstanceUnits="true" spatialSizeUnits="litre"')),
  on("20603", 22, C2('spatialDimensions="0"') + S2('spatialSizeUnits="litre"')),
  on("20604", 24, C2('spatialDimensions="0"') + S2('initialConcentration="1"')),
  on("20608", 31, C + list("Species", species("S", 'substanceUnits="second"'))),
  on("20609", 31, C + list("Species", species("S", 'initialAmount="1" initialConcentration="1"'))),
  on("20612", 24, C2("") + S2('speciesType="t"')),
  on(
    "20613",
    24,
    list("SpeciesTypes", '<speciesType id="t"/>') +
      C2("") +
      list("Species", ...["A", "B"].map((id) => `<species id="${id}" compartment="c" speciesType="t"/>`)),
  ),
  on("20614", 31, C + list("Species", species("S").replace('compartment="c"', ""))),
  on("20615", 23, C2("") + S2('spatialSizeUnits="litre"')),
  on("20617", 31, C + list("Species", species("S", 'conversionFactor="f"'))),
  on("20623", 31, C + list("Species", '<species id="S" compartment="c"/>')),
  on("20705", 31, x, { model: 'conversionFactor="x"' }),
  on("20706", 31, list("Parameters", '<parameter id="p"/>')),
];

const S = C + list("Species", species("S"), species("T"));
const reacting = (rule: string, content: string, at = 31, more = "", before = S): RuleCase =>
  on(rule, at, before + list("Reactions", reaction("R", content, more)));
const reactants = list("Reactants", reactant("S"));
const law = (content: string, more = ""): string => `<kineticLaw>${math(content)}${more}</kineticLaw>`;
const level2 = (rule: string, content: string, at = 24): RuleCase =>
  on(rule, at, C2("") + S2("") + list("Reactions", `<reaction id="R">${content}</reaction>`));

const ASSIGNMENTS: RuleCase[] = [
  on("20801", 31, initial("y")),
  on("20802", 31, x + initial("x", "x")),
  on("20803", 31, x + initial("x") + assignment("x")),
  on("20804", 31, x + list("InitialAssignments", '<initialAssignment symbol="x"/>')),
  on("20805", 31, list("InitialAssignments", `<initialAssignment>${ONE}</initialAssignment>`)),
  on("20806", 31, FLAT + initial("c")),
  on("20901", 31, assignment("y")),
  on("20902", 31, rate("y")),
  on("20903", 31, k + assignment("k")),
  on("20904", 31, k + rate("k")),
  on("20906", 31, x + list("Rules", `<assignmentRule variable="x">${math("<ci>x</ci>")}</assignmentRule>`)),
  on("20907", 31, x + list("Rules", '<rateRule variable="x"/>')),
  on("20908", 31, list("Rules", `<assignmentRule>${ONE}</assignmentRule>`)),
  on("20909", 31, list("Rules", `<rateRule>${ONE}</rateRule>`)),
  on("20910", 31, list("Rules", `<algebraicRule variable="x">${ONE}</algebraicRule>`)),
  on("20911", 31, FLAT.replace('"true"', '"false"') + rate("c")),
  on("20610", 31, S + rate("S") + list("Reactions", reaction("R", reactants))),
  on("20611", 31, C + list("Species", species("S", "", true)) + list("Reactions", reaction("R", reactants))),
  on("21001", 31, list("Constraints", `<constraint>${ONE}</constraint>`)),
  on("21003", 31, list("Constraints", `<constraint>${math("<true/>")}<message><p>no</p></message></constraint>`)),
  on("21007", 31, list("Constraints", "<constraint/>")),
  on("21008", 31, list("Constraints", `<constraint>${math("<true/>")}<message/><message/></constraint>`)),
  on("21009", 31, list("Constraints", `<constraint variable="x">${math("<true/>")}</constraint>`)),
];

const REACTIONS: RuleCase[] = [
  reacting("21101", ""),
  reacting("21103", `${reactants}<listOfModifiers/>`),
  reacting("21104", list("Reactants", "<thing/>")),
  reacting("21105", list("Modifiers", "<thing/>")),
  reacting("21106", reactants + reactants),
  reacting("21107", reactants, 31, 'compartment="d"'),
  reacting("21110", reactants, 31, 'compartement="c"'),
  reacting("21111", list("Reactants", reactant("Q"))),
  level2(
    "21113",
    list(
      "Reactants",
      `<speciesReference species="S" stoichiometry="2"><stoichiometryMath>${ONE}</stoichiometryMath></speciesReference>`,
    ),
  ),
  reacting("21116", list("Reactants", '<speciesReference species="S"/>')),
  reacting("21117", list("Modifiers", "<modifierSpeciesReference/>")),
  reacting("21121", reactants + law("<ci>T</ci>")),
  reacting("21123", reactants + law("<cn>1</cn>", "<listOfLocalParameters/>")),
  level2("21124", law("<ci>p</ci>", list("Parameters", '<parameter id="p" constant="false"/>'))),
  level2("21125", `<kineticLaw substanceUnits="mole">${ONE}</kineticLaw>`),
  level2("21126", `<kineticLaw timeUnits="second">${ONE}</kineticLaw>`),
  reacting("21127", reactants + law("<cn>1</cn>", "<listOfLocalParameters/><listOfLocalParameters/>")),
  reacting("21128", reactants + law("<cn>1</cn>", list("LocalParameters", "<thing/>"))),
  reacting("21130", `${reactants}<kineticLaw/>`),
  on(
    "21131",
    24,
    C2("") +
      list("Species", '<species id="S" compartment="c"/>', '<species id="T" compartment="c"/>') +
      list(
        "Reactions",
        `<reaction id="R">${list("Reactants", `<speciesReference species="S"><stoichiometryMath>${math("<ci>T</ci>")}</stoichiometryMath></speciesReference>`)}</reaction>`,
      ),
  ),
  reacting("21132", `${reactants}<kineticLaw formula="1">${ONE}</kineticLaw>`),
  reacting("21172", reactants + law("<cn>1</cn>", list("LocalParameters", '<localParameter id="l" constant="true"/>'))),
  on(
    "21173",
    32,
    S +
      list(
        "Reactions",
        reaction("R", reactants + law("<ci>S</ci>", list("LocalParameters", '<localParameter id="S"/>'))),
      ),
  ),
];

const events = (rule: string, content: string, at = 31, more = 'useValuesFromTriggerTime="true"'): RuleCase =>
  on(rule, at, x + k + list("Events", `<event ${more}>${content}</event>`));
const trigger = `<trigger initialValue="true" persistent="true">${math("<true/>")}</trigger>`;
const assigning = (variable: string): string =>
  list("EventAssignments", `<eventAssignment variable="${variable}">${ONE}</eventAssignment>`);

const EVENTS: RuleCase[] = [
  events("21201", ""),
  events("21202", trigger.replace("<true/>", "<cn>1</cn>")),
  events("21203", `<trigger>${math("<true/>")}</trigger>`, 24, ""),
  events("21204", `<trigger>${math("<true/>")}</trigger>`, 22, 'timeUnits="mole"'),
  events("21206", `<trigger>${math("<true/>")}</trigger>${assigning("x")}`, 24, 'useValuesFromTriggerTime="false"'),
  events("21209", '<trigger initialValue="true" persistent="true"/>'),
  events("21210", `${trigger}<delay/>`),
  events("21211", trigger + assigning("y")),
  events("21212", trigger + assigning("k")),
  events("21213", trigger + list("EventAssignments", '<eventAssignment variable="x"/>')),
  events("21214", trigger + list("EventAssignments", `<eventAssignment>${ONE}</eventAssignment>`)),
  events("21221", `${trigger}<delay>${ONE}</delay><delay>${ONE}</delay>`),
  events("21222", trigger + assigning("x") + assigning("x")),
  events("21223", trigger + list("EventAssignments", "<thing/>")),
  events("21225", trigger, 31, ""),
  events("21226", `<trigger>${math("<true/>")}</trigger>`),
  events("21227", `${trigger}<delay value="1">${ONE}</delay>`),
  events("21230", `${trigger}<priority>${ONE}</priority><priority>${ONE}</priority>`),
  events("21231", `${trigger}<priority/>`),
  events("21232", `${trigger}<priority value="1">${ONE}</priority>`),
];

export const MODEL_CASES: readonly RuleCase[] = [
  ...UNITS,
  ...COMPARTMENTS,
  ...SPECIES,
  ...ASSIGNMENTS,
  ...REACTIONS,
  ...EVENTS,
];
