import type { Edit } from "../../cell/edit.ts";
import type { VariableDeclaration } from "../../cell/variable.ts";

/** Which of a regulator module's variables are held, and at what. */
export interface RegulatorClamps {
  apply(edits: readonly Edit[]): void;
  /** The value a variable is held at, by position, or undefined. */
  value(position: number): number | undefined;
  /** 1 for every variable that does not relax: what is held, and all outputs. */
  readonly mask: Uint8Array;
  /** Held activities as changes from the reference, by position among the activities. */
  changes(): ReadonlyMap<number, number>;
}

/** @param expressed number of states; the outputs follow them */
export function regulatorClamps(
  owns: readonly VariableDeclaration[],
  expressed: number,
  reference: Float64Array,
): RegulatorClamps {
  const position = new Map(owns.map(({ id }, i) => [id, i]));
  const values = new Map<number, number>();
  const mask = new Uint8Array(owns.length).fill(1, expressed);
  return {
    mask,
    apply(edits) {
      values.clear();
      for (const edit of edits) {
        const i = edit.kind === "clamp" ? position.get(edit.variable) : undefined;
        if (edit.kind === "clamp" && i !== undefined) values.set(i, edit.value);
      }
      for (let i = 0; i < expressed; i++) mask[i] = values.has(i) ? 1 : 0;
    },
    value: (i) => values.get(i),
    changes() {
      const activities = [...values].filter(([i]) => i >= expressed);
      return new Map(activities.map(([i, value]) => [i - expressed, value - (reference[i - expressed] ?? 0)]));
    },
  };
}
