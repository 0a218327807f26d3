import { CellweaveError } from "../errors.ts";
import { attribute } from "./attributes.ts";
import { parseXml } from "./xml.ts";
import { type ZipEntry, zipEntries } from "./zip-node.ts";

const MANIFEST = "manifest.xml";

/** A model in an archive. */
export interface ArchivedModel {
  /** Its name in the archive. */
  readonly name: string;
  readonly text: string;
  /** Text of another file of the archive, named relative to the model's folder; undefined where there is none. */
  external(source: string): string | undefined;
}

/**
 * The SBML model of a COMBINE archive: the one that the manifest calls the master, else the only one there is.
 * @param largest that a file of it may unfold to, bytes
 * @throws CellweaveError `file/zip`, and `file/archive` where no model or several are there to choose from
 * @see COMBINE archive, doi:10.1186/s12859-014-0369-z
 */
export function modelOfArchive(file: string, bytes: Uint8Array, largest: number): ArchivedModel {
  const entries = zipEntries(file, bytes);
  const textOf = (entry: ZipEntry): string => new TextDecoder().decode(entry.read(largest));
  const manifest = entries.get(MANIFEST);
  const models = manifest === undefined ? byEnding(entries) : listed(textOf(manifest), file, entries);
  const [only, another] = models;
  const chosen = models.find((m) => m.master) ?? (another === undefined ? only : undefined);
  const entry = chosen === undefined ? undefined : entries.get(chosen.name);
  if (chosen === undefined || entry === undefined) throw noChoice(file, models);
  const folder = chosen.name.slice(0, chosen.name.lastIndexOf("/") + 1);
  return {
    name: chosen.name,
    text: textOf(entry),
    external: (source) => {
      const found = entries.get(folder + source.replace(/^\.\//, ""));
      return found === undefined ? undefined : textOf(found);
    },
  };
}

interface Listed {
  readonly name: string;
  readonly master: boolean;
}

/** Models that the manifest lists. */
function listed(text: string, file: string, entries: ReadonlyMap<string, ZipEntry>): Listed[] {
  const root = parseXml(text, `${file}:${MANIFEST}`);
  return root.children.flatMap((content) => {
    const format = attribute(content, "format") ?? "";
    const name = (attribute(content, "location") ?? "").replace(/^\.?\//, "");
    const isModel = /[/.]sbml([./]|$)|sbml\+xml/.test(format);
    return isModel && entries.has(name) ? [{ name, master: attribute(content, "master") === "true" }] : [];
  });
}

/** An archive without manifest: its files that look like models. */
function byEnding(entries: ReadonlyMap<string, ZipEntry>): Listed[] {
  return [...entries.keys()].filter((name) => /\.(xml|sbml)$/.test(name)).map((name) => ({ name, master: false }));
}

function noChoice(file: string, models: readonly Listed[]): CellweaveError {
  if (models.length === 0)
    return new CellweaveError("file/archive", "The archive holds no SBML model", { place: { file } });
  const names = models.map(({ name }) => `'${name}'`).join(", ");
  return new CellweaveError("file/archive", `The archive holds several models and none is the master: ${names}`, {
    place: { file },
    hint: 'mark one with master="true" in manifest.xml, or unpack the one you want',
  });
}
