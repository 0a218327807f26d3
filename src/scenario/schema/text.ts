import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import { type TSchema, Type } from "../../vendor/typebox.ts";
import { cellSchema } from "./cell.ts";
import { linesSchema } from "./lines.ts";
import { scenarioSchema } from "./scenario.ts";

const SCHEMAS: ReadonlyMap<string, TSchema> = new Map<string, TSchema>([
  ["scenario", scenarioSchema],
  ["cell", Type.Union([cellSchema, linesSchema], { title: "Cellweave cell" })],
]);

/**
 * A JSON Schema (draft 2020-12) as text.
 * @param kind `scenario` or `cell`
 * @throws CellweaveError `schema/unknown` for another kind
 */
export function schemaText(kind: string): string {
  const schema = SCHEMAS.get(kind);
  if (schema === undefined)
    throw new CellweaveError("schema/unknown", `expected one of ${[...SCHEMAS.keys()].join(", ")}, got '${kind}'`, {
      kind: "usage",
      ...hintFor(kind),
    });
  return `${JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...schema }, undefined, 2)}\n`;
}

function hintFor(kind: string): { hint?: string } {
  const hint = didYouMean(kind, SCHEMAS.keys());
  return hint === undefined ? {} : { hint };
}
