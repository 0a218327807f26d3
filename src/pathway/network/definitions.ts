import { CellweaveError } from "../../errors.ts";
import { type Expression, slotsOf } from "../../numerics/expressions/expression.ts";

/** `slot` always equals `value`: an assignment rule, a rate law, a derivative, a concentration from its amount. */
export interface Definition {
  readonly slot: number;
  readonly value: Expression;
  /** What a message calls it: `the assignment rule of 'x'`. */
  readonly label: string;
  readonly line: number;
}

/** Definitions by slot, with what each reads. */
export class DefinitionGraph {
  private readonly bySlot = new Map<number, Definition>();
  private readonly reads = new Map<number, ReadonlySet<number>>();

  add(definition: Definition): void {
    this.bySlot.set(definition.slot, definition);
  }

  get(slot: number): Definition | undefined {
    return this.bySlot.get(slot);
  }

  get slots(): readonly number[] {
    return [...this.bySlot.keys()];
  }

  readsOf(slot: number): ReadonlySet<number> {
    let found = this.reads.get(slot);
    if (found === undefined) {
      const definition = this.bySlot.get(slot);
      found = definition === undefined ? new Set() : slotsOf(definition.value);
      this.reads.set(slot, found);
    }
    return found;
  }

  /**
   * Definitions that some slots need, each after what it reads.
   * Throws `sbml/cycle` naming the definitions that need each other (SBML rule 20906).
   */
  sorted(targets: Iterable<number>, file: string | undefined): Definition[] {
    const out: Definition[] = [];
    const done = new Set<number>();
    for (const target of targets) this.visit(target, done, out, file);
    return out;
  }

  /** Depth first without recursion: chains of rules may be long. */
  private visit(root: number, done: Set<number>, out: Definition[], file: string | undefined): void {
    const path: { slot: number; rest: Iterator<number> }[] = [];
    const open = new Set<number>();
    const enter = (slot: number): void => {
      if (done.has(slot) || !this.bySlot.has(slot)) return;
      if (open.has(slot)) this.cycle([...path.map((p) => p.slot), slot], file);
      open.add(slot);
      path.push({ slot, rest: this.readsOf(slot).values() });
    };
    enter(root);
    for (let top = path[path.length - 1]; top !== undefined; top = path[path.length - 1]) {
      const next = top.rest.next();
      if (!next.done) {
        enter(next.value);
        continue;
      }
      path.pop();
      done.add(top.slot);
      const definition = this.bySlot.get(top.slot);
      if (definition !== undefined) out.push(definition);
    }
  }

  private cycle(path: readonly number[], file: string | undefined): never {
    const last = path[path.length - 1];
    const loop = path.slice(path.indexOf(last ?? -1));
    const found = loop.map((slot) => this.bySlot.get(slot)).filter((d) => d !== undefined);
    const line = Math.min(...found.map((d) => d.line));
    throw new CellweaveError("sbml/cycle", `These need each other: ${found.map((d) => d.label).join(" -> ")}`, {
      place: file === undefined ? { line } : { file, line },
      hint: "assignment rules, initial assignments and rate laws must not form a cycle (SBML rule 20906)",
    });
  }
}
