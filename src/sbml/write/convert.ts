import { copyOf, type Part } from "../comp/instance.ts";
import { compAttribute, compItems, isComp } from "../comp/references.ts";
import type { SbmlDocument } from "../document.ts";
import { type OpenedSbml, openSbml, type ReadOptions, readOpened } from "../read.ts";
import { takeAttribute } from "./build.ts";
import { type Conversion, inexpressible, keptWarnings } from "./conversion.ts";
import { flatRoot } from "./flat-root.ts";
import { fromLevel1 } from "./from-level1.ts";
import { fromLevel2 } from "./from-level2.ts";
import { xmlText } from "./serialize.ts";

/** How a model is written. */
export interface ConvertOptions extends ReadOptions {
  /** Version of Level 3 to write, default 2. Version 1 is written from Level 1, Level 2 and Level 3 Version 1 only. */
  readonly version?: 1 | 2;
  /** Whether submodels (comp) are merged into one model. */
  readonly flatten?: boolean;
}

/** A model as Level 3. */
export interface ConvertedSbml {
  readonly text: string;
  /** The model that was read. */
  readonly document: SbmlDocument;
  /** What could not be said in Level 3 and was kept in annotations, by name, with lines. */
  readonly warnings: readonly string[];
}

/**
 * SBML of any level and version as Level 3. Everything that is not changed by the conversion is written as it was read:
 * packages, ids, metaids, notes and annotations; comments between elements are not.
 * @throws CellweaveError the errors of `readSbml`, and `sbml/inexpressible` for what the target cannot say
 * @see SBML Level 3 Version 2 Core, doi:10.1515/jib-2019-0021
 */
export function convertSbml(text: string, options: ConvertOptions = {}): ConvertedSbml {
  const opened = openSbml(text, options);
  const document = readOpened(opened);
  const { context } = opened;
  const conversion: Conversion = { context, version: options.version ?? 2, kept: new Map() };
  if (conversion.version === 1 && context.level === 3 && context.version > 1)
    inexpressible(conversion, opened.root.line, `The file is of Level 3 Version ${context.version}`);
  const core = `http://www.sbml.org/sbml/level3/version${conversion.version}/core`;
  const root = copyOf(sourceOf(opened, options), () => false, context.core);
  for (const model of modelsOf(root)) {
    if (context.level === 1) fromLevel1(conversion, model);
    if (context.level < 3) fromLevel2(conversion, model);
    settleFast(conversion, model);
  }
  setLevel(root, conversion.version);
  const warnings = [...keptWarnings(conversion), ...externalWarnings(root)];
  return { text: xmlText(moved(root, context.core, core)), document, warnings };
}

/** Files that a written model goes on to need. */
function externalWarnings(root: Part): string[] {
  return compItems(root, "listOfExternalModelDefinitions").map((e) => {
    const source = compAttribute(e, "source") ?? "";
    return `line ${e.line}: the model goes on to need '${source}' beside it; flattened it needs no other file`;
  });
}

function sourceOf(opened: OpenedSbml, { flatten = false }: ConvertOptions): Part | OpenedSbml["root"] {
  return flatten && opened.context.packages.has("comp") ? flatRoot(opened) : opened.root;
}

/** The model, and models that are defined for use as submodels. */
function modelsOf(root: Part): Part[] {
  const definitions = root.children.filter((c) => c.name === "listOfModelDefinitions" && isComp(c.uri));
  return [...root.children.filter((c) => c.name === "model"), ...definitions.flatMap((d) => d.children)];
}

function setLevel(root: Part, version: number): void {
  takeAttribute(root, "level");
  takeAttribute(root, "version");
  root.attributes.unshift({ name: "level", uri: "", value: "3" }, { name: "version", uri: "", value: String(version) });
}

/** Version 2 has no fast reactions; Version 1 wants to know of each. */
function settleFast(conversion: Conversion, model: Part): void {
  if (conversion.version === 1) return;
  for (const list of model.children) {
    if (list.name !== "listOfReactions") continue;
    for (const reaction of list.children) {
      const fast = takeAttribute(reaction, "fast")?.trim();
      if (fast !== "true" && fast !== "1") continue;
      const id = reaction.attributes.find((a) => a.name === "id")?.value ?? "";
      const hint = "write Level 3 Version 1 instead (--to l3v1)";
      inexpressible(conversion, reaction.line, `The reaction '${id}' is fast`, hint);
    }
  }
}

/** A copy with elements, attributes and bindings of one namespace moved to another. */
function moved(part: Part, from: string, to: string): Part {
  const other = (uri: string): string => (uri === from ? to : uri);
  const { declarations } = part;
  return {
    ...part,
    uri: other(part.uri),
    attributes: part.attributes.map((a) => (a.uri === from ? { ...a, uri: to } : a)),
    children: part.children.map((c) => moved(c, from, to)),
    ...(declarations === undefined
      ? {}
      : { declarations: declarations.map(([prefix, uri]) => [prefix, other(uri)] as const) }),
  };
}
