import { Type } from "../../vendor/typebox.ts";

/**
 * A cell that was fitted to several lines: its manifests by line. A scenario chooses with `line:`.
 *
 * ```yaml
 * cell: breast
 * lines:
 *   MCF7: MCF7/breast.cell.yaml
 *   BT20: BT20/breast.cell.yaml
 * ```
 */
export const linesSchema = Type.Object(
  {
    cell: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$", description: "A short name without spaces." }),
    title: Type.Optional(Type.String({ description: "What the lines have in common, as a report names it." })),
    description: Type.Optional(Type.String({ description: "What the lines share and what differs." })),
    lines: Type.Record(Type.String(), Type.String(), {
      minProperties: 1,
      description: "The manifest of each line, relative to this file, by the name that a scenario's line: says.",
    }),
  },
  {
    additionalProperties: false,
    title: "Cellweave cell, one parameter set a line",
    description: "The manifests of a cell's lines; a scenario chooses one with line:.",
  },
);
