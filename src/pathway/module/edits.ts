import type { Edit } from "../../cell/edit.ts";
import type { PathwaySymbol } from "../symbols.ts";
import type { PathwayBinding, PathwayModuleOptions } from "./options.ts";

/** The edits in force on a pathway: parameters set, states and outputs held. */
export class PathwayEdits {
  /** Value each state of `owns` is held at, by index into `owns`. */
  readonly held = new Map<number, number>();
  /** Values that edited parameters had before, by slot. */
  private base = new Map<number, number>();
  private edits: readonly Edit[] = [];
  /** Ids that a `parameter` edit may set. */
  readonly parameters: readonly string[];
  private readonly options: PathwayModuleOptions;
  private readonly binding: PathwayBinding;

  constructor(options: PathwayModuleOptions, binding: PathwayBinding) {
    this.options = options;
    this.binding = binding;
    this.parameters = [...binding.pathway.symbols.values()].filter(isFree).map((s) => s.id);
  }

  accepts(edit: Edit): boolean {
    if (edit.kind === "clamp") return this.ownIndex(edit.variable) >= 0;
    return this.slotsOf(edit).length > 0;
  }

  apply(edits: readonly Edit[]): void {
    const { values } = this.binding.pathway;
    for (const [slot, value] of this.base) values[slot] = value;
    this.base = new Map();
    this.edits = edits;
    this.held.clear();
    for (const clamp of this.binding.pathway.clamps.values()) values[clamp.flag] = 0;
    const levels = new Map<number, number>();
    for (const edit of edits) {
      if (edit.kind === "clamp") this.hold(edit.variable, edit.value);
      else
        for (const slot of this.slotsOf(edit)) {
          if (edit.kind === "gene") levels.set(slot, (levels.get(slot) ?? 1) * edit.level);
          this.set(slot, edit.kind === "gene" ? (levels.get(slot) ?? 1) : edit.value);
        }
    }
    this.binding.pathway.settle();
  }

  /** Edits are no part of a snapshot: those in force go on after a restore. */
  snapshot(): [number, number][] {
    return [...this.base];
  }

  restore(base: readonly (readonly [number, number])[]): void {
    this.base = new Map(base.map(([slot, value]) => [slot, value]));
    this.apply(this.edits);
  }

  private set(slot: number, value: number): void {
    const { values } = this.binding.pathway;
    if (!this.base.has(slot)) this.base.set(slot, values[slot] ?? 0);
    values[slot] = value;
  }

  private hold(variable: string, value: number): void {
    const index = this.ownIndex(variable);
    if (index < 0) return;
    const { values, clamps } = this.binding.pathway;
    const clamp = clamps.get(this.binding.symbols[index]?.id ?? "");
    if (clamp === undefined) this.held.set(index, value);
    else {
      values[clamp.flag] = 1;
      values[clamp.value] = value;
    }
  }

  private ownIndex(variable: string): number {
    return this.binding.owns.findIndex((o) => o.id === variable);
  }

  /** Slots of the parameters that an edit sets. */
  private slotsOf(edit: Edit): number[] {
    const ids =
      edit.kind === "gene"
        ? (this.options.genes ?? []).filter((g) => g.gene === edit.gene).map((g) => g.parameter)
        : edit.kind === "parameter" && edit.module === this.options.id
          ? [edit.parameter]
          : [];
    const symbols = ids.map((id) => this.binding.pathway.symbols.get(id)).filter((s) => s !== undefined);
    return symbols.filter(isFree).map((s) => s.slot);
  }
}

/** Whether nothing in the model determines a parameter. */
function isFree(symbol: PathwaySymbol): boolean {
  return symbol.kind === "parameter" && symbol.determination === "held";
}
