/** One rule of the specification in our own words. */
export interface CheckRule {
  /** Number of the specification; rules of packages carry its name: `fbc-20208`. */
  readonly number: string;
  readonly severity: "error" | "warning";
  /** Levels and versions that have the rule, as 10 x level + version, both included. */
  readonly from: number;
  readonly to: number;
  /** What is expected, as a sentence. */
  readonly expected: string;
}

/**
 * `number severity levels | sentence`: E is an error, W a warning; `22-31` is Level 2 Version 2 to Level 3 Version 1.
 * Numbers are those of the specification: @see SBML Level 3 Version 2 Core, appendix A, doi:10.1515/jib-2019-0021;
 * fbc Version 2, doi:10.1515/jib-2017-0082; comp Version 1, doi:10.2390/biecoll-jib-2015-268, and of earlier versions.
 */
const TABLE = `
10101 E | a file is encoded in UTF-8
10102 E | elements of the SBML namespace are those that this level and version define
10103 E 11-25 | elements and attributes follow the schema of this level and version
10201 E 21- | mathematics is in a <math> element of the MathML namespace
10202 E 21- | only the MathML elements that SBML lists are used
10203 E 21- | the attribute encoding is written on <csymbol> and annotations alone
10204 E 21- | the attribute definitionURL is written on <csymbol>, <ci> and <semantics> alone
10205 E 21- | the definitionURL of a <csymbol> is one that SBML defines in this level
10206 E 21- | the attribute type is written on <cn> alone
10207 E 21- | the type of a <cn> is e-notation, real, integer or rational
10208 E 21- | <lambda> is written in function definitions alone
10209 E 22-31 | operands of and, or, xor and not are boolean
10210 E 22-31 | operands of arithmetic are numbers
10211 E 22-31 | operands of eq and neq are all numbers or all boolean
10212 E 22-31 | the pieces of a <piecewise> are all numbers or all boolean
10213 E 22-31 | the condition of a <piece> is boolean
10214 E | what is applied as a function is the id of a function definition
10215 E | a name in mathematics is the id of a compartment, species, parameter, reaction or species reference
10216 E | a local parameter is used in its own kinetic law alone
10217 E 22-31 | the mathematics gives a number here
10218 E | an operator has as many operands as MathML gives it
10219 E | a function is called with as many arguments as it is defined with
10220 E 31- | the attribute units is written on <cn> alone
10221 E 31- | the units of a <cn> are a base unit or the id of a unit definition
10223 E 32- | rateOf is applied to one <ci>
10224 E 32- | the target of rateOf is determined by no assignment rule
10225 E 32- | the compartment of a species that rateOf is applied to is determined by no assignment rule
10301 E | ids of functions, compartments, species, parameters, reactions, species references and events are unique in a model
10302 E | ids of unit definitions are unique in a model
10303 E | ids of local parameters are unique in their kinetic law
10304 E | a variable is determined by one assignment or rate rule at most
10305 E 21- | an event assigns to a variable once at most
10306 E 21- | what an assignment rule determines, no event assigns
10307 E 21- | values of metaid are unique in a file
10308 E 22- | an sboTerm is SBO: and seven digits
10309 E 21- | a metaid starts with a letter, underscore or colon and holds letters, digits, '.', '-', '_' and ':'
10310 E | an id starts with a letter or underscore and holds letters, digits and underscores
10311 E | the id of a unit starts with a letter or underscore and holds letters, digits and underscores
10313 E 31- | units that an attribute names are a base unit or the id of a unit definition
10401 E 21- | every element directly in an annotation has a namespace
10402 E 22- | each namespace is used by one element directly in an annotation
10403 E 21- | elements directly in an annotation are not in an SBML namespace
10404 E | an element has one annotation at most
10501 W | operands that are added, compared or passed to a function have the units that it expects
10511 W | an assignment rule gives a compartment its own units
10512 W | an assignment rule gives a species its own units
10513 W | an assignment rule gives a parameter its own units
10514 W 31- | an assignment rule gives a stoichiometry a dimensionless number
10521 W 22- | an initial assignment gives a compartment its own units
10522 W 22- | an initial assignment gives a species its own units
10523 W 22- | an initial assignment gives a parameter its own units
10524 W 31- | an initial assignment gives a stoichiometry a dimensionless number
10531 W | a rate rule gives a compartment its own units per time
10532 W | a rate rule gives a species its own units per time
10533 W | a rate rule gives a parameter its own units per time
10534 W 31- | a rate rule gives a stoichiometry units of one per time
10541 W | a kinetic law gives substance (Level 3: extent) per time
10542 W 31- | the units of extent times the conversion factor of a species are its substance units
10551 W 21- | the delay of an event is a time
10561 W 21- | an event assignment gives a compartment its own units
10562 W 21- | an event assignment gives a species its own units
10563 W 21- | an event assignment gives a parameter its own units
10564 W 31- | an event assignment gives a stoichiometry a dimensionless number
10565 W 31- | the priority of an event is dimensionless
10801 E | notes hold elements of the XHTML namespace
10805 E | an element has one <notes> at most
20101 E | <sbml> is in the namespace of its level and version
20108 E 31- | <sbml> has the attributes level and version, and no unknown ones
20201 E 11-31 | <sbml> holds a <model>
20202 E 21-25 | the lists of a model stand in the order of the specification
20203 E 11-31 | a list that is there is not empty
20204 E 11-31 | a model with species has compartments
20205 E | a model has one list of each kind at most
20206 E 21- | <listOfFunctionDefinitions> holds function definitions alone
20207 E | <listOfUnitDefinitions> holds unit definitions alone
20208 E | <listOfCompartments> holds compartments alone
20209 E | <listOfSpecies> holds species alone
20210 E | <listOfParameters> holds parameters alone
20211 E 22- | <listOfInitialAssignments> holds initial assignments alone
20212 E | <listOfRules> holds rules alone
20213 E 22- | <listOfConstraints> holds constraints alone
20214 E | <listOfReactions> holds reactions alone
20215 E 21- | <listOfEvents> holds events alone
20216 E 31- | the conversionFactor of a model is the id of a parameter
20217 W 31- | timeUnits of a model are second, dimensionless, or a unit definition of these
20218 W 31- | volumeUnits of a model are litre, cubic metre, dimensionless, or a unit definition of these
20219 W 31- | areaUnits of a model are square metre, dimensionless, or a unit definition of these
20220 W 31- | lengthUnits of a model are metre, dimensionless, or a unit definition of these
20221 W 31- | extentUnits of a model are mole, item, gram, kilogram, dimensionless, avogadro, or a unit definition of these
20222 E 31- | <model> has only the attributes of this level and version
20233 W 31- | substanceUnits of a model are mole, item, gram, kilogram, dimensionless, avogadro, or a unit definition of these
20301 E 21- | a function definition holds one <lambda>
20303 E 21- | a function calls itself neither directly nor through others
20304 E 21- | the body of a function names its own arguments alone
20306 E 21-31 | a function definition has one <math>
20307 E 31- | <functionDefinition> has an id, and only the attributes of this level and version
20401 E | the id of a unit definition is not the name of a base unit
20402 E 11-25 | 'substance' is redefined as a variant of mole, item, gram, kilogram or dimensionless
20403 E 21-25 | 'length' is redefined as a variant of metre or dimensionless
20404 E 21-25 | 'area' is redefined as a variant of square metre or dimensionless
20405 E 11-25 | 'time' is redefined as a variant of second or dimensionless
20406 E 11-25 | 'volume' is redefined as a variant of litre, cubic metre or dimensionless
20409 E 21-25 | a <listOfUnits> is not empty
20410 E | the kind of a unit is a base unit of the specification
20411 E 22- | a unit has no offset
20412 E 22- | Celsius is not a unit
20413 E 31-31 | a <listOfUnits> is not empty
20414 E | a unit definition has one <listOfUnits> at most
20415 E | <listOfUnits> holds units alone
20419 E 31- | <unitDefinition> has an id, and only the attributes of this level and version
20421 E 31- | <unit> has kind, exponent, scale and multiplier, and no unknown ones
20501 E 21-25 | a compartment without dimensions has no size
20502 E 21-25 | a compartment without dimensions has no units
20503 E 21-25 | a compartment without dimensions is constant
20504 E 11-25 | the outside of a compartment is a compartment
20505 E 11-25 | compartments are outside each other in no circle
20506 E 21-25 | outside a compartment with dimensions is none without
20507 E 21-25 | units of a compartment of one dimension are a length or dimensionless
20508 E 21-25 | units of a compartment of two dimensions are an area or dimensionless
20509 E 11-25 | units of a compartment of three dimensions are a volume or dimensionless
20510 E 22-25 | the compartmentType of a compartment is the id of a compartment type
20517 E 31- | <compartment> has id and constant, and only the attributes of this level and version
20601 E | the compartment of a species is the id of a compartment
20602 E 21-22 | a species with hasOnlySubstanceUnits has no spatialSizeUnits
20603 E 21-22 | a species in a compartment without dimensions has no spatialSizeUnits
20604 E 21-25 | a species in a compartment without dimensions has no initialConcentration
20608 E | substanceUnits of a species are mole, item, gram, kilogram, dimensionless, or a unit definition of these
20609 E 21- | a species has initialAmount or initialConcentration, not both
20610 E | a species that reactions change is determined by no rule, unless it is on the boundary
20611 E 21- | a constant species that is not on the boundary is neither reactant nor product
20612 E 22-25 | the speciesType of a species is the id of a species type
20613 E 22-25 | a compartment holds one species of each species type
20614 E | a species names its compartment
20615 E 23- | a species has no spatialSizeUnits
20617 E 31- | the conversionFactor of a species is the id of a parameter
20623 E 31- | <species> has id, compartment, hasOnlySubstanceUnits, boundaryCondition and constant, and no unknown ones
20701 E | units of a parameter are a base unit or the id of a unit definition
20705 E 31- | a conversion factor is a constant parameter
20706 E 31- | <parameter> has id and constant, and only the attributes of this level and version
20801 E 22- | the symbol of an initial assignment is the id of a compartment, species, parameter or species reference
20802 E 22- | a symbol has one initial assignment at most
20803 E 22- | what an assignment rule determines has no initial assignment
20804 E 22-31 | an initial assignment has one <math>
20805 E 31- | <initialAssignment> has a symbol, and only the attributes of this level and version
20806 E 31- | the symbol of an initial assignment is not a compartment without dimensions
20901 E | the variable of an assignment rule is the id of a compartment, species, parameter or species reference
20902 E | the variable of a rate rule is the id of a compartment, species, parameter or species reference
20903 E 21- | what an assignment rule determines is not constant
20904 E 21- | what a rate rule determines is not constant
20906 E | assignment rules, initial assignments and kinetic laws need each other in no circle
20907 E 21-31 | a rule has one <math>
20908 E 31- | <assignmentRule> has a variable, and only the attributes of this level and version
20909 E 31- | <rateRule> has a variable, and only the attributes of this level and version
20910 E 31- | <algebraicRule> has only the attributes of this level and version
20911 E 31- | the variable of a rule is not a compartment without dimensions
21001 E 22-31 | a constraint is boolean
21003 E 22- | the message of a constraint holds elements of the XHTML namespace
21007 E 22-31 | a constraint has one <math>
21008 E 22- | a constraint has one <message> at most
21009 E 31- | <constraint> has only the attributes of this level and version
21101 E 11-31 | a reaction has reactants or products
21103 E 11-31 | lists in a reaction are not empty
21104 E | lists of reactants and products hold species references alone
21105 E 21- | <listOfModifiers> holds modifiers alone
21106 E | a reaction has one list of reactants, products and modifiers and one kinetic law at most
21107 E 31- | the compartment of a reaction is the id of a compartment
21110 E 31- | <reaction> has id, reversible and (Version 1) fast, and no unknown ones
21111 E | the species of a reference is the id of a species
21113 E 21-25 | a species reference has a stoichiometry or a <stoichiometryMath>, not both
21116 E 31- | <speciesReference> has species and constant, and no unknown ones
21117 E 31- | <modifierSpeciesReference> has a species, and no unknown attributes
21121 E 21- | species that a kinetic law names are reactants, products or modifiers of the reaction
21123 E 11-31 | the list of local parameters is not empty
21124 E 21-25 | parameters of a kinetic law are constant
21125 E 22-25 | a kinetic law has no substanceUnits
21126 E 22-25 | a kinetic law has no timeUnits
21127 E | a kinetic law has one list of local parameters at most
21128 E | the list of local parameters holds these alone
21130 E 21-31 | a kinetic law has one <math>
21131 E 21-25 | species that a <stoichiometryMath> names are reactants, products or modifiers of the reaction
21132 E 31- | <kineticLaw> has only the attributes of this level and version
21172 E 31- | <localParameter> has an id, and only the attributes of this level and version
21173 E 32- | the id of a local parameter is not that of a species that is reactant, product or modifier of the reaction
21201 E 21-31 | an event has one trigger
21202 E 22-31 | a trigger is boolean
21203 E 21-25 | an event assigns to something
21204 E 21-22 | timeUnits of an event are second, dimensionless, or a unit definition of these
21206 E 24-25 | an event with useValuesFromTriggerTime="false" has a delay
21209 E 21-31 | a trigger has one <math>
21210 E 21-31 | a delay has one <math>
21211 E 21- | the variable of an event assignment is the id of a compartment, species, parameter or species reference
21212 E 21- | what an event assigns is not constant
21213 E 21-31 | an event assignment has one <math>
21214 E 31- | <eventAssignment> has a variable, and only the attributes of this level and version
21221 E 21- | an event has one delay at most
21222 E 21- | an event has one list of event assignments at most
21223 E 21- | <listOfEventAssignments> holds event assignments alone
21225 E 31- | <event> has useValuesFromTriggerTime, and no unknown attributes
21226 E 31- | <trigger> has initialValue and persistent, and no unknown ones
21227 E 31- | <delay> has only the attributes of this level and version
21230 E 31- | an event has one priority at most
21231 E 31-31 | a priority has one <math>
21232 E 31- | <priority> has only the attributes of this level and version
fbc-20103 E 31- | fbc:required is false
fbc-20208 E 31- | activeObjective is the id of an objective
fbc-20209 E 31- | a model of fbc Version 2 and later says fbc:strict
fbc-20302 E 31- | fbc:charge is a whole number
fbc-20406 E 31- | the operation of a flux bound is lessEqual, greaterEqual or equal
fbc-20408 E 31- | the reaction of a flux bound is the id of a reaction
fbc-20409 E 31- | the lower flux bound of a reaction is not above its upper one
fbc-20503 E 31- | an objective has an id and a type
fbc-20505 E 31- | the type of an objective is maximize or minimize
fbc-20506 E 31- | an objective has one list of flux objectives
fbc-20507 E 31- | the list of flux objectives is not empty
fbc-20603 E 31- | a flux objective has a reaction and a coefficient
fbc-20606 E 31- | the reaction of a flux objective is the id of a reaction
fbc-20608 E 31- | coefficients of a strict model are finite numbers
fbc-20705 E 31- | the lower flux bound of a reaction is the id of a parameter
fbc-20706 E 31- | the upper flux bound of a reaction is the id of a parameter
fbc-20707 E 31- | every reaction of a strict model has both flux bounds
fbc-20708 E 31- | flux bounds of a strict model are constant
fbc-20709 E 31- | flux bounds of a strict model have values
fbc-20710 E 31- | flux bounds of a strict model have no initial assignment
fbc-20711 E 31- | the lower flux bound of a strict model is not INF
fbc-20712 E 31- | the upper flux bound of a strict model is not -INF
fbc-20713 E 31- | the lower flux bound of a strict model is not above the upper one
fbc-20714 E 31- | stoichiometries of a strict model are constant
fbc-20715 E 31- | stoichiometries of a strict model are finite numbers
fbc-20716 E 31- | stoichiometries of a strict model have no initial assignment
fbc-20805 E 31- | a gene product association holds one <and>, <or> or <geneProductRef>
fbc-20908 E 31- | a <geneProductRef> names a gene product
fbc-21003 E 31- | <and> holds at least two
fbc-21103 E 31- | <or> holds at least two
fbc-21203 E 31- | a gene product has an id and a label
fbc-21205 E 31- | labels of gene products are unique
fbc-21207 E 31- | the associatedSpecies of a gene product is the id of a species
comp-20212 E 31- | comp:required is true
comp-20502 E 31- | lists of submodels and ports are not empty
comp-20607 E 31- | a submodel has an id and a modelRef
comp-20615 E 31- | the modelRef of a submodel is the id of a model of this file
comp-20616 E 31- | a model is no submodel of itself
comp-20617 E 31- | models hold each other as submodels in no circle
comp-20622 E 31- | a timeConversionFactor is the id of a parameter
comp-20623 E 31- | an extentConversionFactor is the id of a parameter
comp-20701 E 31- | a portRef is the id of a port of the model that it points into
comp-20702 E 31- | an idRef is the id of something in the model that it points into
comp-20703 E 31- | a unitRef is the id of a unit definition in the model that it points into
comp-20704 E 31- | a metaIdRef is the metaid of something in the model that it points into
comp-20801 E 31- | a port points at something
comp-20802 E 31- | a port points at one thing
comp-20901 E 31- | a deletion points at something
comp-20902 E 31- | a deletion points at one thing
comp-21001 E 31- | a replaced element points at something
comp-21002 E 31- | a replaced element points at one thing
comp-21004 E 31- | the submodelRef of a replaced element is the id of a submodel
comp-21005 E 31- | the deletion of a replaced element is the id of a deletion
comp-21006 E 31- | the conversionFactor of a replaced element is the id of a parameter
comp-21101 E 31- | a replacedBy points at something
comp-21102 E 31- | a replacedBy points at one thing
comp-21104 E 31- | the submodelRef of a replacedBy is the id of a submodel
`;

function parse(): ReadonlyMap<string, CheckRule> {
  const out = new Map<string, CheckRule>();
  for (const line of TABLE.trim().split("\n")) {
    const [head = "", expected = ""] = line.split(" | ");
    const [number = "", severity, levels = ""] = head.split(" ");
    const [from, to] = levels.split("-");
    out.set(number, {
      number,
      severity: severity === "W" ? "warning" : "error",
      from: Number(from) || 11,
      to: Number(to) || 99,
      expected,
    });
  }
  return out;
}

/** The rules that `checkSbml` knows, by number. */
export const CHECK_RULES: ReadonlyMap<string, CheckRule> = parse();
