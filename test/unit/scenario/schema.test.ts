import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { schemaText } from "../../../src/scenario/schema/text.ts";

describe("the JSON Schemas that editors read", () => {
  test.each([
    ["scenario", "examples/scenario.schema.json"],
    ["cell", "models/cell.schema.json"],
  ])("%s: %s is what `cellweave schema` prints", (kind, file) => {
    const kept = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
    expect(kept, `write it anew: cellweave schema ${kind} > ${file}`).toBe(schemaText(kind));
  });

  test.each(["scenario", "cell"])("every key of %s says what it is", (kind) => {
    const undescribed: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (typeof node !== "object" || node === null) return;
      const { properties = {} } = node as { properties?: Record<string, { description?: string; anyOf?: unknown }> };
      for (const [key, member] of Object.entries(properties))
        if (member.description === undefined && member.anyOf === undefined) undescribed.push(`${path}.${key}`);
      for (const [key, member] of Object.entries(node)) visit(member, `${path}.${key}`);
    };
    visit(JSON.parse(schemaText(kind)), kind);
    expect(undescribed).toEqual([]);
  });
});
