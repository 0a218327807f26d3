import type { ConstraintRow, ConstraintTerm, FreeVariable } from "../model/constraint-rows.ts";
import type { FluxModel } from "../model/flux-model.ts";
import { indexOnce } from "./model-parts.ts";

/** Columns of a model by the names that cobra's program has for them: reactions forward and backward, own variables. */
export interface DirectedColumns {
  /** @param unknown makes the error of a name that stands for nothing */
  terms(named: ReadonlyMap<string, number>, unknown: (name: string) => Error): ConstraintTerm[];
  names(): Iterable<string>;
  /** Reactions whose directions are used apart. */
  split(): string[];
  /** Own variables, then forward and backward flux of the reactions whose directions are used apart. */
  variables(): FreeVariable[];
  /** Flux = forward - backward of each of those. */
  rows(): ConstraintRow[];
}

/** How cobra calls a reaction's backward flux: the id, `_reverse_` and five digits of a hash. */
const BACKWARD = /^(.+)_reverse_[0-9a-f]{5}$/;

/** Net fluxes where an expression takes both directions with opposite signs, two more columns of a reaction where not. */
export function directedColumns(
  { reactions, reactionIndex, file }: FluxModel,
  own: readonly FreeVariable[],
): DirectedColumns {
  const taken = indexOnce([...reactions, ...own], "reaction or variable", file);
  const ownAt = new Map(own.map(({ id }) => [id, taken.get(id) ?? -1]));
  const halves = new Map<number, { readonly forward: number; readonly backward: number }>();
  const halvesOf = (reaction: number) => {
    const forward = reactions.length + own.length + 2 * halves.size;
    const known = halves.get(reaction) ?? { forward, backward: forward + 1 };
    halves.set(reaction, known);
    return known;
  };
  const idOf = (reaction: number) => reactions[reaction]?.id ?? "";
  return {
    terms(named, unknown) {
      const terms: ConstraintTerm[] = [];
      const directions = new Map<number, { forward: number; backward: number }>();
      for (const [name, coefficient] of named) {
        const column = ownAt.get(name);
        if (column !== undefined) {
          terms.push({ column, coefficient });
          continue;
        }
        const [reaction, side] = directionOf(name, reactionIndex);
        if (reaction === undefined) throw unknown(name);
        const both = directions.get(reaction) ?? { forward: 0, backward: 0 };
        both[side] += coefficient;
        directions.set(reaction, both);
      }
      for (const [reaction, { forward, backward }] of directions) {
        if (forward === -backward) terms.push({ column: reaction, coefficient: forward });
        else {
          const at = halvesOf(reaction);
          terms.push({ column: at.forward, coefficient: forward }, { column: at.backward, coefficient: backward });
        }
      }
      return terms;
    },
    names: () => [...ownAt.keys(), ...reactionIndex.keys()],
    split: () => [...halves.keys()].map(idOf),
    variables: () => [
      ...own,
      ...[...halves.keys()].flatMap((reaction) =>
        ["forward", "backward"].map((side) => ({ id: `${idOf(reaction)}:${side}`, lower: 0, kind: `${side} flux` })),
      ),
    ],
    rows: () =>
      [...halves].map(([reaction, { forward, backward }]) => {
        const terms = [
          { column: reaction, coefficient: 1 },
          { column: forward, coefficient: -1 },
          { column: backward, coefficient: 1 },
        ];
        return { id: `${idOf(reaction)}:directions`, name: "forward less backward flux", terms, lower: 0, upper: 0 };
      }),
  };
}

function directionOf(
  name: string,
  index: ReadonlyMap<string, number>,
): readonly [number | undefined, "forward" | "backward"] {
  const forward = index.get(name);
  if (forward !== undefined) return [forward, "forward"];
  const [, id = ""] = BACKWARD.exec(name) ?? [];
  return [index.get(id), "backward"];
}
