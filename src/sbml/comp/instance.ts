import { attribute } from "../attributes.ts";
import type { XmlAttribute, XmlElement } from "../xml.ts";

/** An element of a model instance: a copy of its own that flattening may change. */
export interface Part extends XmlElement {
  name: string;
  attributes: XmlAttribute[];
  children: Part[];
  text: string;
  declarations?: NonNullable<XmlElement["declarations"]>;
  /** Its id before a replacement gave it another. */
  origin?: string;
}

/** One instance of a model in the hierarchy; ids in its elements carry the prefix. */
export interface Instance {
  readonly model: Part;
  /** `A__B__` for the submodel B of the submodel A; empty at the top. */
  readonly prefix: string;
  /** Instances of its submodels, by the submodel's id in the file. */
  readonly submodels: Map<string, Instance>;
}

/** Attributes that hold the id of an element, beside `id` itself. */
const REFERENCES = new Set([
  ...["species", "compartment", "variable", "symbol", "conversionFactor", "outside"],
  ...["reaction", "geneProduct", "associatedSpecies", "lowerFluxBound", "upperFluxBound", "activeObjective"],
  ...["reaction2", "variable2", "lowerBound", "upperBound", "idRef", "qualitativeSpecies"],
  ...["compartmentGlyph", "speciesGlyph", "reactionGlyph", "graphicalObject", "originOfText", "speciesReference"],
]);
const UNIT_REFERENCES = new Set([
  "units",
  "substanceUnits",
  "timeUnits",
  "volumeUnits",
  "areaUnits",
  "lengthUnits",
  "extentUnits",
]);

/** fbc v3: its coefficient is the id of a parameter; that of an objective is a number. */
const CONSTRAINT_TERM = "userDefinedConstraintComponent";

/** Lists whose ids are looked up by comp itself and stay as they are. */
const COMP_LISTS = new Set([
  "listOfSubmodels",
  "listOfPorts",
  "listOfReplacedElements",
  "replacedBy",
  "annotation",
  "notes",
]);

/** A deep copy, its core elements moved to a namespace. */
export function copyOf(element: XmlElement, isCore: (uri: string) => boolean, core: string): Part {
  return {
    ...element,
    uri: isCore(element.uri) ? core : element.uri,
    attributes: element.attributes.map((a) => ({ ...a })),
    children: element.children.map((c) => copyOf(c, isCore, core)),
  };
}

/** Applies `rename` to every id and reference in an element, local parameters and bound variables left alone. */
export function renameIds(
  element: Part,
  rename: (id: string) => string,
  renameUnit: (id: string) => string,
  local: ReadonlySet<string> = new Set(),
): void {
  if (COMP_LISTS.has(element.name)) return;
  const inner = new Set([...local, ...localNames(element)]);
  const isLocal = element.name === "localParameter";
  const isUnit = element.name === "unitDefinition";
  element.attributes = element.attributes.map((a) => {
    if (a.name === "id" && !isLocal) return { ...a, value: isUnit ? renameUnit(a.value) : rename(a.value) };
    if (REFERENCES.has(a.name) || (a.name === "coefficient" && element.name === CONSTRAINT_TERM))
      return { ...a, value: rename(a.value.trim()) };
    return UNIT_REFERENCES.has(a.name) ? { ...a, value: renameUnit(a.value.trim()) } : a;
  });
  if (element.name === "ci" && !inner.has(element.text.trim())) element.text = rename(element.text.trim());
  for (const c of element.children) renameIds(c, rename, renameUnit, inner);
}

/** Names that an element binds for what is inside it. */
function localNames(element: Part): string[] {
  if (element.name === "kineticLaw") {
    const list = element.children.find((c) => c.name === "listOfLocalParameters");
    return (list?.children ?? []).map((p) => attribute(p, "id")?.trim() ?? "");
  }
  if (element.name !== "lambda") return [];
  return element.children.filter((c) => c.name === "bvar").map((b) => (b.children[0]?.text ?? b.text).trim());
}

/** Every element of a tree, the root first. */
export function* partsOf(root: Part): Generator<Part> {
  yield root;
  for (const c of root.children) yield* partsOf(c);
}

/** Takes an element out of a tree. */
export function removePart(root: Part, target: Part): boolean {
  const index = root.children.indexOf(target);
  if (index >= 0) {
    root.children.splice(index, 1);
    return true;
  }
  return root.children.some((c) => removePart(c, target));
}

export function setAttribute(element: Part, name: string, value: string): void {
  element.attributes = [...element.attributes.filter((a) => a.name !== name || a.uri !== ""), { name, uri: "", value }];
}
