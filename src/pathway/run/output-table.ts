import type { NodeId } from "../../numerics/expressions/graph-node.ts";
import type { Sampling } from "../../numerics/sundials/solver-types.ts";
import type { CompiledPathway } from "../code/compiled.ts";
import { type Observer, observer } from "../code/solver-code.ts";
import type { PathwaySymbol } from "../symbols.ts";
import type { Column } from "./simulation.ts";

/** What one symbol shows: columns of the table, by number. */
interface Shown {
  readonly symbol: PathwaySymbol;
  readonly value: number;
  /** -1 for all but species. */
  readonly amount: number;
}

/** Memory that changes its place; given back with the model. */
interface Room extends Disposable {
  pointer: number;
}

/** Quantities at output times, written from inside the solver into one table of columns. */
export class OutputTable {
  private readonly pathway: CompiledPathway;
  private readonly shown: readonly Shown[];
  readonly observer: Observer;
  private points = 0;
  private span: readonly [t0: number, t1: number] = [Number.NaN, Number.NaN];
  private readonly room: Room;
  /** Columns of what was selected, in that order; -1 where there is no such quantity. */
  readonly selected: Int32Array;

  /**
   * @param select ids to show; unknown ones are left out
   * @param amounts whether species' amounts are recorded beside what mathematics sees
   */
  constructor(pathway: CompiledPathway, select: readonly string[] | undefined, amounts: boolean) {
    this.pathway = pathway;
    const wanted = select === undefined ? undefined : new Set(select);
    const numberOf = new Map<NodeId, number>();
    const column = (node: NodeId): number => {
      const known = numberOf.get(node) ?? numberOf.size;
      numberOf.set(node, known);
      return known;
    };
    this.shown = [...pathway.symbols.values()]
      .filter((s) => wanted === undefined || wanted.has(s.id))
      .map((symbol) => ({
        symbol,
        value: column(valueNode(pathway, symbol)),
        amount: amounts && symbol.kind === "species" ? column(pathway.code.nodeOf(symbol.amount)) : -1,
      }));
    const columns = new Map(this.shown.map(({ symbol, value }) => [symbol.id, value]));
    this.selected = Int32Array.from(select ?? [...columns.keys()], (id) => columns.get(id) ?? -1);
    this.observer = observer(pathway, [...numberOf.keys()]);
    const { sundials } = pathway.memory;
    const room = { pointer: 0, [Symbol.dispose]: () => sundials.exports.release(room.pointer) };
    this.room = pathway.memory.keep(room);
  }

  /** Room for so many output times, evenly spaced from t0 to t1; one: t1. */
  begin(t0: number, t1: number, points: number): Sampling {
    const { sundials } = this.pathway.memory;
    const { width, call } = this.observer;
    if (points !== this.points) {
      sundials.exports.release(this.room.pointer);
      this.room.pointer = sundials.allocate(8 * (points + width + width * points));
      this.points = points;
      this.span = [Number.NaN, Number.NaN];
    }
    if (this.span[0] !== t0 || this.span[1] !== t1) {
      const times = sundials.doubles(this.room.pointer, points);
      for (let i = 0; i < points - 1; i++) times[i] = t0 + ((t1 - t0) * i) / (points - 1);
      times[points - 1] = t1;
      this.span = [t0, t1];
    }
    const row = this.room.pointer + 8 * points;
    return { times: this.room.pointer, count: points, row, table: row + 8 * width, width, observe: call };
  }

  /** To be called whenever parameters or held quantities have changed. */
  prepare(): void {
    this.observer.prepare();
  }

  /** Fills the remaining times with what is at t. */
  fill(t: number, y: number, from: number): void {
    const { sundials, data } = this.pathway.memory;
    const { points, observer } = this;
    const rowAt = this.room.pointer + 8 * points;
    observer.observe(t, y, rowAt, data);
    const row = sundials.doubles(rowAt, observer.width);
    const table = this.table();
    for (let c = 0; c < observer.width; c++) for (let k = from; k < points; k++) table[c * points + k] = row[c] ?? 0;
  }

  /** Copies what was selected at the first times, shape [times, select]. */
  write(reached: number, out: Float64Array): void {
    const { points, selected } = this;
    const table = this.table();
    for (let c = 0; c < selected.length; c++) {
      const column = selected[c] ?? -1;
      for (let k = 0; k < reached; k++)
        out[k * selected.length + c] = column < 0 ? Number.NaN : (table[column * points + k] ?? Number.NaN);
    }
  }

  /** A copy of what was recorded at the first times. */
  result(reached: number): { times: Float64Array; columns: ReadonlyMap<string, Column> } {
    const { points } = this;
    const table = this.table().slice();
    const cut = (c: number): Float64Array => table.subarray(c * points, c * points + reached);
    const columns = new Map<string, Column>();
    for (const { symbol, value, amount } of this.shown) {
      const { id, kind } = symbol;
      const values = cut(value);
      columns.set(id, amount < 0 ? { kind, values } : { kind, values, amounts: cut(amount) });
    }
    return { times: this.pathway.memory.sundials.doubles(this.room.pointer, points).slice(0, reached), columns };
  }

  private table(): Float64Array {
    const { points, observer } = this;
    const start = this.room.pointer + 8 * (points + observer.width);
    return this.pathway.memory.sundials.doubles(start, observer.width * points);
  }
}

/** A species by concentration, or by amount where its compartment has no size; the value of all else. */
function valueNode({ code }: CompiledPathway, { kind, slot, amount, volume }: PathwaySymbol): NodeId {
  if (kind !== "species" || slot !== amount || volume < 0) return code.nodeOf(slot);
  return code.graph.apply("divide", code.nodeOf(amount), code.nodeOf(volume));
}
