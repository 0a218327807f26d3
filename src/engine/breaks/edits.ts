import type { Cell } from "../../cell/cell.ts";
import { indexOf } from "../../cell/cell.ts";
import type { Edit, TimedEdit, TimedJump } from "../../cell/edit.ts";
import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";

/** Times in (t0, t1] at which the run has to stop exactly, ascending. */
export function edgesOf(edits: readonly TimedEdit[], jumps: readonly TimedJump[], t0: number, t1: number): number[] {
  const times = [t1, ...edits.flatMap(({ from, to }) => [from, to]), ...jumps.map(({ at }) => at)];
  return [...new Set(times.filter((t) => t > t0 && t <= t1))].sort((a, b) => a - b);
}

/** Edits in force at a time, in the order given. */
export function activeAt(edits: readonly TimedEdit[], t: number): Edit[] {
  return edits.filter(({ from, to }) => from <= t && t < to).map(({ edit }) => edit);
}

/**
 * Every edit concerns a module and every jump a state.
 * @throws CellweaveError `run/edit` or `run/jump` saying what would be accepted
 */
export function checkEdits(cell: Cell, edits: readonly TimedEdit[], jumps: readonly TimedJump[]): void {
  for (const { edit } of edits) if (!cell.parts.some(({ module }) => module.accepts(edit))) refuseEdit(cell, edit);
  for (const { variable } of jumps) {
    const found = cell.variables[indexOf(cell, variable)];
    if (found === undefined)
      throw new CellweaveError("run/jump", `no variable '${variable}' to set`, hinted(variable, cell.index.keys()));
    if (found.role === "output")
      throw new CellweaveError("run/jump", `'${variable}' follows from other variables and cannot be set`, {
        hint: "set a state, or clamp the variable",
      });
  }
}

/** Hands each module the edits that concern it. */
export function applyEdits(cell: Cell, edits: readonly Edit[]): void {
  for (const { module } of cell.parts) module.apply(edits.filter((edit) => module.accepts(edit)));
}

function refuseEdit(cell: Cell, edit: Edit): never {
  if (edit.kind === "gene")
    throw new CellweaveError("run/edit", `no module of the cell has gene '${edit.gene}'`, {
      hint: "genes are named by their b-number as in the model, for example b4401",
    });
  if (edit.kind === "clamp") refuseClamp(cell, edit.variable);
  const module = cell.parts.find((part) => part.module.id === edit.module)?.module;
  if (module === undefined)
    throw new CellweaveError(
      "run/edit",
      `no module '${edit.module}' to set '${edit.parameter}' of`,
      hinted(
        edit.module,
        cell.parts.map((part) => part.module.id),
      ),
    );
  throw new CellweaveError(
    "run/edit",
    `module '${edit.module}' has no parameter '${edit.parameter}' that can be set`,
    hinted(edit.parameter, module.parameters ?? []),
  );
}

function refuseClamp(cell: Cell, variable: string): never {
  const value = 1;
  const clampable = cell.variables
    .map(({ id }) => id)
    .filter((id) => cell.parts.some(({ module }) => module.accepts({ kind: "clamp", variable: id, value })));
  const what = cell.index.has(variable) ? `no module can clamp '${variable}'` : `no variable '${variable}' to clamp`;
  throw new CellweaveError("run/edit", what, hinted(variable, clampable));
}

function hinted(name: string, known: Iterable<string>): { hint?: string } {
  const list = [...known];
  const hint = didYouMean(name, list) ?? (list.length > 0 ? `accepted: ${list.slice(0, 12).join(", ")}` : undefined);
  return hint === undefined ? {} : { hint };
}
