import { readFileSync } from "node:fs";

const L3 = 'xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"';
const MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"';

/** Events, rules of all kinds, delay, piecewise and functions in a few lines. */
const EVERYTHING = `<?xml version="1.0"?>
<sbml ${L3}><model id="m" conversionFactor="cf">
<listOfFunctionDefinitions><functionDefinition id="f"><math ${MATH}><lambda><bvar><ci>a</ci></bvar><apply><power/><ci>a</ci><cn>2</cn></apply></lambda></math></functionDefinition></listOfFunctionDefinitions>
<listOfCompartments><compartment id="c" spatialDimensions="3" size="2" constant="false"/></listOfCompartments>
<listOfSpecies><species id="S" compartment="c" initialConcentration="1" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"/>
<species id="P" compartment="c" initialAmount="0" hasOnlySubstanceUnits="true" boundaryCondition="false" constant="false"/></listOfSpecies>
<listOfParameters><parameter id="k" value="0.3" constant="true"/><parameter id="x" value="1" constant="false"/><parameter id="y" constant="false"/><parameter id="z" constant="false"/><parameter id="cf" value="1" constant="true"/></listOfParameters>
<listOfInitialAssignments><initialAssignment symbol="x"><math ${MATH}><apply><exp/><ci>k</ci></apply></math></initialAssignment></listOfInitialAssignments>
<listOfRules><rateRule variable="x"><math ${MATH}><apply><minus/><ci>x</ci></apply></math></rateRule>
<assignmentRule variable="y"><math ${MATH}><piecewise><piece><cn>1</cn><apply><lt/><ci>x</ci><cn type="e-notation">5<sep/>-1</cn></apply></piece><otherwise><apply><ci>f</ci><ci>x</ci></apply></otherwise></piecewise></math></assignmentRule>
<algebraicRule><math ${MATH}><apply><minus/><ci>z</ci><apply><csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/delay">d</csymbol><ci>x</ci><cn>0.2</cn></apply></apply></math></algebraicRule></listOfRules>
<listOfReactions><reaction id="r" reversible="false"><listOfReactants><speciesReference id="n" species="S" stoichiometry="1" constant="true"/></listOfReactants><listOfProducts><speciesReference species="P" stoichiometry="2" constant="true"/></listOfProducts>
<kineticLaw><math ${MATH}><apply><times/><ci>c</ci><ci>k</ci><ci>S</ci></apply></math><listOfLocalParameters><localParameter id="k" value="2"/></listOfLocalParameters></kineticLaw></reaction></listOfReactions>
<listOfEvents><event id="e" useValuesFromTriggerTime="false"><trigger initialValue="false" persistent="false"><math ${MATH}><apply><gt/><csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol><cn>0.5</cn></apply></math></trigger>
<priority><math ${MATH}><cn>1</cn></math></priority><delay><math ${MATH}><cn>0.1</cn></math></delay><listOfEventAssignments><eventAssignment variable="c"><math ${MATH}><cn>3</cn></math></eventAssignment></listOfEventAssignments></event></listOfEvents>
</model></sbml>`;

const LEVEL1 = `<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model name="m"><listOfCompartments><compartment name="c" volume="2"/></listOfCompartments>
<listOfSpecies><species name="S" compartment="c" initialAmount="1" boundaryCondition="false"/></listOfSpecies><listOfParameters><parameter name="k" value="2"/></listOfParameters>
<listOfReactions><reaction name="r" reversible="false"><listOfReactants><speciesReference species="S"/></listOfReactants><kineticLaw formula="k * S^2 / (1 + exp(-S)) - log10(3)"/></reaction></listOfReactions></model></sbml>`;

const COMPOSED = `<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" level="3" version="1" comp:required="true">
<model id="top"><listOfParameters><parameter id="own" value="5" constant="true"><comp:listOfReplacedElements><comp:replacedElement comp:submodelRef="A" comp:portRef="p"/></comp:listOfReplacedElements></parameter></listOfParameters>
<comp:listOfSubmodels><comp:submodel comp:id="A" comp:modelRef="d" comp:timeConversionFactor="own"><comp:listOfDeletions><comp:deletion comp:idRef="x"/></comp:listOfDeletions></comp:submodel></comp:listOfSubmodels></model>
<comp:listOfModelDefinitions><comp:modelDefinition id="d"><listOfParameters><parameter id="x" value="1" constant="false"/><parameter id="k" value="2" constant="true"/></listOfParameters>
<comp:listOfPorts><comp:port comp:id="p" comp:idRef="k"/></comp:listOfPorts></comp:modelDefinition></comp:listOfModelDefinitions></sbml>`;

/** Small models that between them use most of SBML. */
export const FUZZ_SEEDS: readonly string[] = [
  ...[EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING],
  ...[LEVEL1, LEVEL1, COMPOSED, COMPOSED],
  readFileSync("sbml/repressilator.xml", "utf8"),
];
