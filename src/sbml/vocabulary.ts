/** What an element of the core namespace may hold in one level and version. */
export interface Vocabulary {
  readonly children: readonly string[];
  readonly attributes: readonly string[];
  /** Attributes that must be there. */
  readonly required: readonly string[];
}

/**
 * `name | children | attributes`, each a list of words; `!` marks what is required, `@2-` what Version 2 brought, `@-1`
 * what went after Version 1.
 */
const SHARED = `
sbml | model | level! version!
listOfUnitDefinitions | unitDefinition |
unitDefinition | listOfUnits | id! name
listOfUnits | unit |
listOfCompartments | compartment |
listOfParameters | parameter |
listOfReactions | reaction |
`;

/** @see SBML Level 1 Version 2, doi:10.1093/bioinformatics/btg015; Version 1 has `specie` for `species`. */
const LEVEL1 = `${SHARED}
model | listOfUnitDefinitions listOfCompartments listOfSpecies listOfParameters listOfRules listOfReactions | name
unitDefinition | listOfUnits | name!
unit | | kind! exponent scale
compartment | | name! volume units outside
listOfSpecies | species@2- specie@-1 |
species | | name! compartment! initialAmount! units boundaryCondition charge
specie | | name! compartment! initialAmount! units boundaryCondition charge
parameter | | name! value units
listOfRules | algebraicRule speciesConcentrationRule@2- specieConcentrationRule@-1 compartmentVolumeRule parameterRule |
algebraicRule | | formula!
speciesConcentrationRule | | formula! type species!
specieConcentrationRule | | formula! type specie!
compartmentVolumeRule | | formula! type compartment!
parameterRule | | formula! type name! units
reaction | listOfReactants listOfProducts kineticLaw | name! reversible fast
listOfReactants | speciesReference@2- specieReference@-1 |
listOfProducts | speciesReference@2- specieReference@-1 |
speciesReference | | species! stoichiometry denominator
specieReference | | specie! stoichiometry denominator
kineticLaw | listOfParameters | formula! timeUnits substanceUnits
`;

/** Names that Level 2 and Level 3 share. */
const LATER = `${SHARED}
listOfFunctionDefinitions | functionDefinition |
functionDefinition | | id! name sboTerm@2-
listOfSpecies | species |
listOfInitialAssignments | initialAssignment |
initialAssignment | | symbol! sboTerm@2-
listOfRules | assignmentRule rateRule algebraicRule |
assignmentRule | | variable! sboTerm@2-
rateRule | | variable! sboTerm@2-
algebraicRule | | sboTerm@2-
listOfConstraints | constraint |
constraint | message | sboTerm@2-
listOfReactants | speciesReference |
listOfProducts | speciesReference |
listOfModifiers | modifierSpeciesReference |
listOfEvents | event |
delay | |
listOfEventAssignments | eventAssignment |
eventAssignment | | variable! sboTerm@2-
`;

/** @see SBML Level 2 Version 5, doi:10.2390/biecoll-jib-2015-271, and its appendix on earlier versions */
const LEVEL2 = `${LATER}
model | listOfFunctionDefinitions listOfUnitDefinitions listOfCompartmentTypes@2- listOfSpeciesTypes@2- listOfCompartments listOfSpecies listOfParameters listOfInitialAssignments@2- listOfRules listOfConstraints@2- listOfReactions listOfEvents | id name sboTerm@2-
unit | | kind! exponent scale multiplier offset@-1
listOfCompartmentTypes | compartmentType |
compartmentType | | id! name
listOfSpeciesTypes | speciesType |
speciesType | | id! name
compartment | | id! name compartmentType@2- spatialDimensions size units outside constant
species | | id! name speciesType@2- compartment! initialAmount initialConcentration substanceUnits spatialSizeUnits@-2 hasOnlySubstanceUnits boundaryCondition charge constant
parameter | | id! name value units constant sboTerm@2-
reaction | listOfReactants listOfProducts listOfModifiers kineticLaw | id! name reversible fast sboTerm@2-
speciesReference | stoichiometryMath | id@2- name@2- species! stoichiometry sboTerm@2-
modifierSpeciesReference | | id@2- name@2- species! sboTerm@2-
stoichiometryMath | |
kineticLaw | listOfParameters | timeUnits@-1 substanceUnits@-1 sboTerm@2-
event | trigger delay listOfEventAssignments | id name timeUnits@-2 useValuesFromTriggerTime@4- sboTerm@2-
trigger | |
`;

/** @see SBML Level 3 Version 2 Core, doi:10.1515/jib-2019-0021, and appendix on changes from Version 1 */
const LEVEL3 = `${LATER}
model | listOfFunctionDefinitions listOfUnitDefinitions listOfCompartments listOfSpecies listOfParameters listOfInitialAssignments listOfRules listOfConstraints listOfReactions listOfEvents | id name substanceUnits timeUnits volumeUnits areaUnits lengthUnits extentUnits conversionFactor
unit | | kind! exponent! scale! multiplier!
compartment | | id! name spatialDimensions size units constant!
species | | id! name compartment! initialAmount initialConcentration substanceUnits hasOnlySubstanceUnits! boundaryCondition! constant! conversionFactor
parameter | | id! name value units constant!
reaction | listOfReactants listOfProducts listOfModifiers kineticLaw | id! name reversible! fast!@-1 compartment
speciesReference | | id name species! stoichiometry constant!
modifierSpeciesReference | | id name species!
kineticLaw | listOfLocalParameters |
listOfLocalParameters | localParameter |
localParameter | | id! name value units
event | trigger delay priority listOfEventAssignments | id name useValuesFromTriggerTime!
trigger | | initialValue! persistent!
priority | |
`;

/** What every element of a level may hold; Level 1 Version 1 writes `annotations`. */
const EVERYWHERE = [
  { children: "notes annotation annotations@-1", attributes: "" },
  { children: "notes annotation", attributes: "metaid sboTerm@3-" },
  { children: "notes annotation", attributes: "metaid sboTerm id@2- name@2-" },
] as const;

/** Versions of each level. */
const VERSIONS = [2, 5, 2] as const;

interface Word {
  readonly name: string;
  readonly required: boolean;
  readonly from: number;
  readonly to: number;
}

interface Entry {
  readonly children: readonly Word[];
  readonly attributes: readonly Word[];
}

/** The later line of an element holds. */
function parse(text: string, index: number): ReadonlyMap<string, Entry> {
  const everywhere = EVERYWHERE[index];
  const out = new Map<string, Entry>();
  for (const line of text.split("\n")) {
    const [name = "", children = "", attributes = ""] = line.split("|").map((part) => part.trim());
    if (name === "") continue;
    out.set(name, {
      children: words(`${children} ${everywhere?.children}`),
      attributes: words(`${attributes} ${everywhere?.attributes}`),
    });
  }
  return out;
}

/** The words of a list; of one named twice, the wider range of versions. */
function words(list: string): Word[] {
  const out = new Map<string, Word>();
  for (const [, name = "", required, first, last] of list.matchAll(/(\w+)(!?)(?:@(\d?)-(\d?))?/g)) {
    const before = out.get(name);
    const from = Math.min(before?.from ?? 9, Number(first) || 1);
    const to = Math.max(before?.to ?? 0, Number(last) || 9);
    out.set(name, { name, required: required === "!" || before?.required === true, from, to });
  }
  return [...out.values()];
}

const LEVELS = [LEVEL1, LEVEL2, LEVEL3].map(parse);
const CACHE = new Map<number, ReadonlyMap<string, Vocabulary>>();

/** What the elements of a level and version may hold, by element name. */
export function vocabularyOf(level: number, version: number): ReadonlyMap<string, Vocabulary> {
  const known = Math.min(version, VERSIONS[level - 1] ?? 1);
  const key = 10 * level + known;
  const found = CACHE.get(key);
  if (found !== undefined) return found;
  const at = (list: readonly Word[]): Word[] => list.filter(({ from, to }) => from <= known && known <= to);
  const names = (list: readonly Word[]): string[] => at(list).map(({ name }) => name);
  const out = new Map<string, Vocabulary>();
  for (const [name, { children, attributes }] of LEVELS[level - 1] ?? []) {
    const required = names(attributes.filter((word) => word.required));
    out.set(name, { children: names(children), attributes: names(attributes), required });
  }
  CACHE.set(key, out);
  return out;
}

/**
 * Where an element may hold a child or an attribute: `Level 2 Version 1, Level 3`; empty where nowhere.
 * @param element name of the element that holds it
 */
export function levelsWith(element: string, kind: "children" | "attributes", name: string): string {
  const parts: string[] = [];
  LEVELS.forEach((entries, index) => {
    const word = entries.get(element)?.[kind].find((w) => w.name === name);
    if (word === undefined) return;
    const last = VERSIONS[index] ?? 1;
    const [from, to] = [word.from, Math.min(word.to, last)];
    const versions = from === to ? ` Version ${from}` : ` Versions ${from} to ${to}`;
    parts.push(`Level ${index + 1}${from === 1 && to === last ? "" : versions}`);
  });
  return parts.join(", ");
}

/** Whether some version of a level has the name. */
export function inLevel(level: number, element: string, kind: "children" | "attributes", name: string): boolean {
  return LEVELS[level - 1]?.get(element)?.[kind].some((word) => word.name === name) ?? false;
}
