/** What an element of the core namespace may hold, beside what every element may. */
export interface Vocabulary {
  readonly children: readonly string[];
  readonly attributes: readonly string[];
}

const COMMON_CHILDREN = ["notes", "annotation"];
const COMMON_ATTRIBUTES = ["id", "name", "metaid", "sboTerm"];

/** `name | children | attributes`, each a list of words. */
const SHARED = `
sbml | model | level version
model | listOfUnitDefinitions listOfCompartments listOfSpecies listOfParameters listOfRules listOfReactions |
listOfUnitDefinitions | unitDefinition |
unitDefinition | listOfUnits |
listOfUnits | unit |
unit | | kind exponent scale multiplier offset
listOfCompartments | compartment |
listOfParameters | parameter |
parameter | | value units constant
listOfReactions | reaction |
reaction | listOfReactants listOfProducts listOfModifiers kineticLaw | reversible fast compartment
algebraicRule | | formula
`;

/** @see SBML Level 1 Version 2, doi:10.1093/bioinformatics/btg015; Version 1 has `specie` for `species`. */
const LEVEL1 = `${SHARED}
listOfSpecies | species specie |
compartment | | volume units outside
species | | compartment initialAmount units boundaryCondition charge
specie | | compartment initialAmount units boundaryCondition charge
listOfRules | algebraicRule speciesConcentrationRule specieConcentrationRule compartmentVolumeRule parameterRule |
speciesConcentrationRule | | formula type species specie
specieConcentrationRule | | formula type species specie
compartmentVolumeRule | | formula type compartment
parameterRule | | formula type units
listOfReactants | speciesReference specieReference |
listOfProducts | speciesReference specieReference |
speciesReference | | species specie stoichiometry denominator
specieReference | | species specie stoichiometry denominator
kineticLaw | listOfParameters | formula timeUnits substanceUnits
`;

/** Names that Level 2 and Level 3 share, whatever the version. */
const LATER = `${SHARED}
listOfSpecies | species |
listOfFunctionDefinitions | functionDefinition |
functionDefinition | |
listOfCompartmentTypes | compartmentType |
listOfSpeciesTypes | speciesType |
compartment | | spatialDimensions size units constant outside compartmentType
species | | compartment initialAmount initialConcentration substanceUnits spatialSizeUnits hasOnlySubstanceUnits boundaryCondition charge constant speciesType conversionFactor
listOfInitialAssignments | initialAssignment |
initialAssignment | | symbol
listOfRules | assignmentRule rateRule algebraicRule |
assignmentRule | | variable
rateRule | | variable
algebraicRule | |
listOfConstraints | constraint |
constraint | message |
listOfReactants | speciesReference |
listOfProducts | speciesReference |
listOfModifiers | modifierSpeciesReference |
speciesReference | stoichiometryMath | species stoichiometry constant
modifierSpeciesReference | | species
stoichiometryMath | |
listOfEvents | event |
event | trigger delay priority listOfEventAssignments | useValuesFromTriggerTime timeUnits
trigger | | initialValue persistent
delay | |
priority | |
listOfEventAssignments | eventAssignment |
eventAssignment | | variable
`;

const MODEL = `model | listOfFunctionDefinitions listOfUnitDefinitions listOfCompartmentTypes listOfSpeciesTypes listOfCompartments listOfSpecies listOfParameters listOfInitialAssignments listOfRules listOfConstraints listOfReactions listOfEvents |`;

/** @see SBML Level 2 Version 5, doi:10.2390/biecoll-jib-2015-271 */
const LEVEL2 = `${LATER}
${MODEL}
kineticLaw | listOfParameters | timeUnits substanceUnits
`;

/** @see SBML Level 3 Version 2 Core, doi:10.1515/jib-2019-0021 */
const LEVEL3 = `${LATER}
${MODEL} substanceUnits timeUnits volumeUnits areaUnits lengthUnits extentUnits conversionFactor
kineticLaw | listOfLocalParameters |
listOfLocalParameters | localParameter |
localParameter | | value units
`;

/** The later line of a name holds; Level 1 Version 1 writes `annotations`. */
function parse(text: string, index: number): ReadonlyMap<string, Vocabulary> {
  const out = new Map<string, Vocabulary>();
  for (const line of text.split("\n")) {
    const [name = "", children = "", attributes = ""] = line.split("|").map((part) => part.trim());
    const words = (list: string): string[] => list.split(" ").filter((word) => word !== "");
    if (name !== "")
      out.set(name, {
        children: [...words(children), ...COMMON_CHILDREN, ...(index === 0 ? ["annotations"] : [])],
        attributes: [...words(attributes), ...COMMON_ATTRIBUTES],
      });
  }
  return out;
}

const LEVELS = [LEVEL1, LEVEL2, LEVEL3].map(parse);

/** What the elements of a level may hold, by element name; versions of one level are taken together. */
export function vocabularyOf(level: number): ReadonlyMap<string, Vocabulary> {
  return LEVELS[level - 1] ?? new Map();
}
