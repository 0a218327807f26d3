import { compartment, list, math, parameter, sbmlFile, species } from "../../../support/sbml-text.ts";
import type { RuleCase } from "./core-cases.ts";

const FBC = (version: number): string =>
  `xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version${version}" fbc:required="false"`;
const COMP = 'xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" comp:required="true"';
const ONE = math("<cn>1</cn>");

/** A strict flux balance model of one reaction, with text replaced. */
const STRICT = sbmlFile(
  31,
  list("Compartments", compartment("c")) +
    list("Species", species("S", 'fbc:charge="1"')) +
    list("Parameters", parameter("lb", 'value="0"'), parameter("ub", 'value="9"')) +
    `<!--initial-->${list(
      "Reactions",
      `<reaction id="R" reversible="false" fast="false" fbc:lowerFluxBound="lb" fbc:upperFluxBound="ub">
        <listOfReactants><speciesReference id="n" species="S" stoichiometry="1" constant="true"/></listOfReactants>
        <fbc:geneProductAssociation><fbc:or><fbc:geneProductRef fbc:geneProduct="g"/><fbc:geneProductRef fbc:geneProduct="h"/></fbc:or></fbc:geneProductAssociation></reaction>`,
    )}
    <fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize"><fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="R" fbc:coefficient="1"/></fbc:listOfFluxObjectives></fbc:objective></fbc:listOfObjectives>
    <fbc:listOfGeneProducts><fbc:geneProduct fbc:id="g" fbc:label="b1"/><fbc:geneProduct fbc:id="h" fbc:label="b2" fbc:associatedSpecies="S"/></fbc:listOfGeneProducts>`,
  { root: FBC(2), model: 'id="m" fbc:strict="true"' },
);

const strict = (rule: string, from: string, to: string): RuleCase => {
  if (!STRICT.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return [rule, STRICT.replace(from, to)];
};
const assigned = (symbol: string): string =>
  list("InitialAssignments", `<initialAssignment symbol="${symbol}">${ONE}</initialAssignment>`);

/** Version 1 writes bounds as a list of its own. */
const bounds = (rule: string, ...items: string[]): RuleCase => [
  rule,
  sbmlFile(
    31,
    `${list("Compartments", compartment("c"))}${list("Species", species("S"))}${list(
      "Reactions",
      `<reaction id="R" reversible="false" fast="false">${list("Reactants", '<speciesReference species="S" constant="true"/>')}</reaction>`,
    )}<fbc:listOfFluxBounds>${items.join("")}</fbc:listOfFluxBounds>`,
    { root: FBC(1) },
  ),
];
const bound = (reaction: string, operation: string, value: number): string =>
  `<fbc:fluxBound fbc:reaction="${reaction}" fbc:operation="${operation}" fbc:value="${value}"/>`;

const FLUX: RuleCase[] = [
  strict("fbc-20103", 'fbc:required="false"', 'fbc:required="true"'),
  strict("fbc-20208", 'activeObjective="o"', 'activeObjective="p"'),
  strict("fbc-20209", 'fbc:strict="true"', ""),
  strict("fbc-20302", 'fbc:charge="1"', 'fbc:charge="1.5"'),
  bounds("fbc-20406", bound("R", "less", 1)),
  bounds("fbc-20408", bound("Q", "lessEqual", 1)),
  bounds("fbc-20409", bound("R", "lessEqual", 1), bound("R", "greaterEqual", 2)),
  strict("fbc-20503", 'fbc:type="maximize"', ""),
  strict("fbc-20505", 'fbc:type="maximize"', 'fbc:type="maximise"'),
  strict("fbc-20506", "</fbc:listOfFluxObjectives>", "</fbc:listOfFluxObjectives><fbc:listOfFluxObjectives/>"),
  strict("fbc-20507", '<fbc:fluxObjective fbc:reaction="R" fbc:coefficient="1"/>', ""),
  strict("fbc-20603", 'fbc:coefficient="1"', ""),
  strict("fbc-20606", 'fbc:reaction="R"', 'fbc:reaction="Q"'),
  strict("fbc-20608", 'fbc:coefficient="1"', 'fbc:coefficient="INF"'),
  strict("fbc-20705", 'lowerFluxBound="lb"', 'lowerFluxBound="S"'),
  strict("fbc-20706", 'upperFluxBound="ub"', 'upperFluxBound="S"'),
  strict("fbc-20707", 'fbc:upperFluxBound="ub"', ""),
  strict("fbc-20708", '<parameter id="lb" constant="true"', '<parameter id="lb" constant="false"'),
  strict("fbc-20709", 'value="0"', ""),
  strict("fbc-20710", "<!--initial-->", assigned("lb")),
  strict("fbc-20711", 'value="0"', 'value="INF"'),
  strict("fbc-20712", 'value="9"', 'value="-INF"'),
  strict("fbc-20713", 'value="0"', 'value="10"'),
  strict("fbc-20714", 'stoichiometry="1" constant="true"', 'stoichiometry="1" constant="false"'),
  strict("fbc-20715", 'stoichiometry="1"', 'stoichiometry="INF"'),
  strict("fbc-20716", "<!--initial-->", assigned("n")),
  strict("fbc-20805", "</fbc:or>", '</fbc:or><fbc:geneProductRef fbc:geneProduct="g"/>'),
  strict("fbc-20908", '<fbc:geneProductRef fbc:geneProduct="h"/>', '<fbc:geneProductRef fbc:geneProduct="i"/>'),
  ["fbc-21003", STRICT.replaceAll("fbc:or>", "fbc:and>").replace('<fbc:geneProductRef fbc:geneProduct="h"/>', "")],
  strict("fbc-21103", '<fbc:geneProductRef fbc:geneProduct="h"/>', ""),
  strict("fbc-21203", 'fbc:label="b1"', ""),
  strict("fbc-21205", 'fbc:label="b1"', 'fbc:label="b2"'),
  strict("fbc-21207", 'associatedSpecies="S"', 'associatedSpecies="T"'),
];

/** A model with one submodel of the definition d, with text replaced. */
const COMPOSED = sbmlFile(
  31,
  `${list(
    "Parameters",
    parameter("own").replace(
      "/>",
      '><comp:listOfReplacedElements><comp:replacedElement comp:submodelRef="A" comp:portRef="p"/></comp:listOfReplacedElements></parameter>',
    ),
    parameter("by").replace("/>", '><comp:replacedBy comp:submodelRef="A" comp:idRef="x"/></parameter>'),
  )}<comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="d"><comp:listOfDeletions><comp:deletion comp:id="gone" comp:metaIdRef="mx"/></comp:listOfDeletions></comp:submodel></comp:listOfSubmodels><comp:listOfPorts><comp:port comp:id="q" comp:idRef="own"/></comp:listOfPorts>`,
  { root: COMP },
).replace(
  "</model>",
  `</model><comp:listOfModelDefinitions><comp:modelDefinition id="d">${list("Parameters", parameter("x", 'metaid="mx"'))}<comp:listOfPorts><comp:port comp:id="p" comp:idRef="x"/></comp:listOfPorts></comp:modelDefinition></comp:listOfModelDefinitions>`,
);
const comp = (rule: string, from: string, to: string): RuleCase => {
  if (!COMPOSED.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return [rule, COMPOSED.replace(from, to)];
};
const sub = (ref: string): string =>
  `<comp:listOfSubmodels><comp:submodel comp:id="B" comp:modelRef="${ref}"/></comp:listOfSubmodels>`;

const COMPOSITION: RuleCase[] = [
  comp("comp-20212", 'comp:required="true"', 'comp:required="false"'),
  comp("comp-20502", '<comp:port comp:id="q" comp:idRef="own"/>', ""),
  comp("comp-20607", 'comp:id="A" ', ""),
  comp("comp-20615", 'comp:modelRef="d"', 'comp:modelRef="e"'),
  comp("comp-20616", '<comp:listOfPorts><comp:port comp:id="p"', `${sub("d")}<comp:listOfPorts><comp:port comp:id="p"`),
  comp("comp-20617", '<comp:listOfPorts><comp:port comp:id="p"', `${sub("m")}<comp:listOfPorts><comp:port comp:id="p"`),
  comp("comp-20622", 'comp:modelRef="d"', 'comp:modelRef="d" comp:timeConversionFactor="f"'),
  comp("comp-20623", 'comp:modelRef="d"', 'comp:modelRef="d" comp:extentConversionFactor="f"'),
  comp("comp-20701", 'comp:portRef="p"', 'comp:portRef="o"'),
  comp("comp-20702", 'comp:submodelRef="A" comp:idRef="x"', 'comp:submodelRef="A" comp:idRef="y"'),
  comp("comp-20703", 'comp:portRef="p"', 'comp:unitRef="u"'),
  comp("comp-20704", 'comp:metaIdRef="mx"', 'comp:metaIdRef="my"'),
  comp("comp-20801", 'comp:id="q" comp:idRef="own"', 'comp:id="q"'),
  comp("comp-20802", 'comp:id="q" comp:idRef="own"', 'comp:id="q" comp:idRef="own" comp:metaIdRef="m"'),
  comp("comp-20901", 'comp:metaIdRef="mx"', ""),
  comp("comp-20902", 'comp:metaIdRef="mx"', 'comp:metaIdRef="mx" comp:idRef="x"'),
  comp("comp-21001", 'comp:submodelRef="A" comp:portRef="p"', 'comp:submodelRef="A"'),
  comp("comp-21002", 'comp:portRef="p"', 'comp:portRef="p" comp:idRef="x"'),
  comp("comp-21004", 'comp:submodelRef="A" comp:portRef="p"', 'comp:submodelRef="B" comp:portRef="p"'),
  comp("comp-21005", 'comp:portRef="p"', 'comp:deletion="went"'),
  comp("comp-21006", 'comp:portRef="p"', 'comp:portRef="p" comp:conversionFactor="f"'),
  comp("comp-21101", 'comp:submodelRef="A" comp:idRef="x"', 'comp:submodelRef="A"'),
  comp("comp-21102", 'comp:submodelRef="A" comp:idRef="x"', 'comp:submodelRef="A" comp:idRef="x" comp:portRef="p"'),
  comp("comp-21104", 'comp:submodelRef="A" comp:idRef="x"', 'comp:submodelRef="B" comp:idRef="x"'),
];

export const PACKAGE_CASES: readonly RuleCase[] = [...FLUX, ...COMPOSITION];
/** Files of packages in which nothing is wrong. */
export const VALID_PACKAGES = [STRICT, COMPOSED];
