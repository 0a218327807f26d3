import { CellweaveError } from "../errors.ts";
import { optionalNumber } from "./attributes.ts";
import { checkNames } from "./check-names.ts";
import { type Definitions, definitionsOf } from "./comp/definitions.ts";
import { flattenComp } from "./comp/flatten.ts";
import { child, type ReadContext, refuse, warn } from "./context.ts";
import type { SbmlDocument } from "./document.ts";
import { LIMITS, type ReadLimits } from "./limits.ts";
import { coreLevel, packageOf } from "./namespaces.ts";
import { readModel } from "./read-model.ts";
import { parseXml, type XmlElement } from "./xml.ts";

export interface ReadOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  readonly limits?: Partial<ReadLimits>;
  /**
   * Text of a file that an external model definition (comp) names, relative to this file; undefined where it is not
   * to be had. Without it external definitions are refused.
   */
  readonly external?: (source: string) => string | undefined;
}

/** Packages that are read, or, as drawings are (render), kept; what else a file requires is refused. */
const READ_PACKAGES = new Set(["fbc", "comp", "distrib", "groups", "layout", "render", "qual"]);

/**
 * Reads SBML Level 2, Level 3 core and fbc as it is written: nothing is flattened, inlined or simulated.
 *
 * Throws `CellweaveError` with the line: `sbml/xml`, `sbml/doctype`, `sbml/too-large`, `sbml/too-deep`,
 * `sbml/not-sbml`, `sbml/unsupported` (names the construct), `sbml/unknown-element`, `sbml/missing-attribute`, `sbml/id`, `sbml/number`,
 * `sbml/boolean`, `sbml/math`, `sbml/duplicate-id`.
 * @see SBML Level 3 Version 2 Core, doi:10.1515/jib-2019-0021
 */
export function readSbml(text: string, options: ReadOptions = {}): SbmlDocument {
  return readOpened(openSbml(text, options));
}

/** A file as elements, its names checked. */
export interface OpenedSbml {
  readonly context: ReadContext;
  readonly root: XmlElement;
  /** The model, without submodels where the file has some (comp). */
  readonly model: XmlElement;
}

/** The model of an opened file as a document. */
export function readOpened({ context, model }: OpenedSbml): SbmlDocument {
  return readModel(context, model);
}

/** Reads a file as elements; errors as `readSbml` has them. */
export function openSbml(text: string, options: ReadOptions = {}): OpenedSbml {
  const limits = { ...LIMITS, ...options.limits };
  const root = parseXml(text, options.file, limits);
  const packages = new Map<string, number>();
  const context = contextOf(root, options.file, limits, packages);
  readPackages(context, root, packages);
  const composed = packages.has("comp");
  if (!composed) checkNames(context, root);
  const model = child(root, "model", context.core);
  if (model === undefined) refuse(context, root, "sbml/no-model", "<sbml> holds no <model>");
  if (!composed) return { context, root, model };
  const definitions = definitionsOf(root, loader(context, options));
  const flat = flattenComp(context, definitions, model);
  checkNames(context, flat);
  return { context, root, model: flat };
}

/** Reads the files that external model definitions name, each once. */
function loader(context: ReadContext, { external }: ReadOptions): Definitions["load"] {
  const known = new Map<string, Definitions>();
  const load: Definitions["load"] = (source, from) => {
    const found = known.get(source);
    if (found !== undefined) return found;
    const text = external?.(source);
    if (text === undefined)
      refuse(
        context,
        from,
        "sbml/external",
        `The external model definition '${source}' cannot be read`,
        "put the file beside this one",
      );
    const definitions = definitionsOf(parseXml(text, source, context.limits), load);
    known.set(source, definitions);
    return definitions;
  };
  return load;
}

/** Level, version and namespace that the root element says; they must agree. */
export function contextOf(
  root: XmlElement,
  file: string | undefined,
  limits: ReadLimits,
  packages: ReadonlyMap<string, number>,
): ReadContext {
  const place = { ...(file === undefined ? {} : { file }), line: root.line };
  if (root.name !== "sbml")
    throw new CellweaveError("sbml/not-sbml", `Got <${root.name}> as root element when <sbml> was expected`, { place });
  const space = coreLevel(root.uri);
  if (space === undefined)
    throw new CellweaveError(
      "sbml/not-sbml",
      `Got namespace '${root.uri}' on <sbml> when one of SBML Level 1 to 3 was expected (SBML rule 20101)`,
      { place },
    );
  const context = { file, level: space.level, version: 0, limits, core: root.uri, packages, warnings: [] };
  const level = optionalNumber(context, root, "level") ?? space.level;
  const version = optionalNumber(context, root, "version") ?? space.version ?? 1;
  const agrees = level === space.level && (space.version === undefined || space.version === version);
  if (!agrees)
    throw new CellweaveError("sbml/not-sbml", `Got level ${level} version ${version} in the namespace '${root.uri}'`, {
      place,
      hint: "level, version and namespace of <sbml> must say the same (SBML rule 20101)",
    });
  return { ...context, version };
}

/** Packages by the namespaces of the `required` attributes and of the elements used. */
function readPackages(context: ReadContext, root: XmlElement, packages: Map<string, number>): void {
  for (const a of root.attributes) {
    const found = packageOf(a.uri);
    if (found === undefined || a.name !== "required") continue;
    packages.set(found.name, found.version);
    if (READ_PACKAGES.has(found.name)) continue;
    if (a.value === "true")
      refuse(
        context,
        root,
        "sbml/unsupported",
        `Package '${found.name}' version ${found.version} is required and not supported`,
      );
    warn(context, root, `package '${found.name}' is not read; the model says that its mathematics do not need it`);
  }
}
