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

/** A file whose expressions all give amperes. */
const UNITS = `substanceUnits="mole" timeUnits="second" volumeUnits="litre" extentUnits="mole"`;
const AMPERE = math("<ci>a</ci>");
const MODEL =
  list("Compartments", '<compartment id="c" constant="false" spatialDimensions="3" size="1"/>', compartment("d")) +
  list("Species", species("S")) +
  list("Parameters", parameter("a", 'units="ampere" value="1"'), parameter("p", 'units="metre"', false));
const REACTION = list(
  "Reactions",
  reaction("R", list("Reactants", reactant("S", 'id="n"').replace('constant="true"', 'constant="false"'))),
);
const on = (rule: string, lists: string, model = UNITS): RuleCase => [
  rule,
  sbmlFile(31, MODEL + lists, { model: `id="m" ${model}` }),
];
const TARGETS = ["c", "S", "p", "n"];
const event = (content: string): string =>
  list(
    "Events",
    `<event useValuesFromTriggerTime="true"><trigger initialValue="true" persistent="true">${math("<true/>")}</trigger>${content}</event>`,
  );

export const UNIT_CASES: readonly RuleCase[] = [
  on(
    "10501",
    list(
      "Rules",
      `<assignmentRule variable="p">${math("<apply><plus/><ci>p</ci><ci>a</ci></apply>")}</assignmentRule>`,
    ),
  ),
  ...TARGETS.flatMap((id, i) => [
    on(`${10511 + i}`, `${list("Rules", `<assignmentRule variable="${id}">${AMPERE}</assignmentRule>`)}${REACTION}`),
    on(
      `${10521 + i}`,
      `${list("InitialAssignments", `<initialAssignment symbol="${id}">${AMPERE}</initialAssignment>`)}${REACTION}`,
    ),
    on(`${10531 + i}`, `${list("Rules", `<rateRule variable="${id}">${AMPERE}</rateRule>`)}${REACTION}`),
    on(
      `${10561 + i}`,
      REACTION + event(list("EventAssignments", `<eventAssignment variable="${id}">${AMPERE}</eventAssignment>`)),
    ),
  ]),
  on(
    "10541",
    list("Reactions", reaction("R", `${list("Reactants", reactant("S"))}<kineticLaw>${AMPERE}</kineticLaw>`)),
  ),
  on("10542", REACTION, UNITS.replace('extentUnits="mole"', 'extentUnits="item"')),
  on("10551", event(`<delay>${AMPERE}</delay>`)),
  on("10565", event(`<priority>${AMPERE}</priority>`)),
];
