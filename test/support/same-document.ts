import type { SbmlDocument } from "../../src/sbml/document.ts";

/** What a file's place, level and formatting decide, which the same model may have differently. */
const INCIDENTAL = new Set(["line", "file", "level", "version", "warnings"]);
/** What Level 3 says where earlier levels are silent. */
const UNITS = ["timeUnits", "substanceUnits", "extentUnits", "volumeUnits", "unitDefinitions"];

/**
 * A document as plain data to compare with another of the same model: without lines and levels, trees as text, and for
 * models of Level 1 and Level 2 without the units that Level 3 spells out and the charges that it keeps in annotations.
 */
export function essence(document: SbmlDocument, level = document.level): unknown {
  const plain = JSON.parse(
    JSON.stringify(document, (key, value: unknown) => {
      if (INCIDENTAL.has(key)) return undefined;
      if (value instanceof Map) return [...value];
      if (typeof value === "number" && !Number.isFinite(value)) return `number ${value}`;
      return value;
    }),
  ) as Record<string, unknown>;
  if (level > 2) return plain;
  for (const name of UNITS) delete plain[name];
  for (const species of plain.species as Record<string, unknown>[]) delete species.charge;
  return plain;
}
