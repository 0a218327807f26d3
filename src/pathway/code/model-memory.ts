import type { ExpressionGraph } from "../../numerics/expressions/expression-graph.ts";
import { compileModule, type GraphModule, type ModuleFunction } from "../../numerics/expressions/graph-module.ts";
import type { Sundials } from "../../numerics/sundials/sundials.ts";

/** Frees a model's memory when nobody holds the model any more. */
const forgotten = new FinalizationRegistry<() => void>((release) => release());

/** Where a model's slots lie in the memory of SUNDIALS, and what else lives there on its behalf. */
export class ModelMemory implements Disposable {
  /** Pointer to slot 0. */
  readonly data: number;
  readonly sundials: Sundials;
  private readonly slots: number;
  private readonly stateCount: number;
  private readonly kept: Disposable[] = [];
  /** What was compiled for the model so far, in order. */
  readonly modules: GraphModule[] = [];
  private readonly given: readonly GraphModule[];
  private views: { values: Float64Array; states: Float64Array; derivatives: Float64Array };

  /**
   * @param slots doubles of the model: the time, its states, their derivatives, all else
   * @param given modules that an equal model compiled
   */
  constructor(sundials: Sundials, slots: number, states: number, given: readonly GraphModule[] = []) {
    this.given = given;
    this.sundials = sundials;
    this.slots = slots;
    this.stateCount = states;
    this.data = sundials.allocate(8 * slots);
    const { data, kept } = this;
    const release = once(() => {
      for (const item of kept.splice(0)) item[Symbol.dispose]();
      sundials.exports.release(data);
    });
    this.release = release;
    forgotten.register(this, release);
    this.views = this.lookAnew();
    this.values.fill(0);
  }

  private readonly release: () => void;

  /** Shape [slots]. Memory that grows moves: a view is good until something else is compiled. */
  get values(): Float64Array {
    return this.fresh().values;
  }

  /** Part of `values`, shape [states]. */
  get states(): Float64Array {
    return this.fresh().states;
  }

  /** Part of `values`, shape [states]. */
  get derivatives(): Float64Array {
    return this.fresh().derivatives;
  }

  /** Compiles functions of the model, or takes the module that an equal model compiled at this point. */
  compile(graph: ExpressionGraph, functions: readonly ModuleFunction[]): GraphModule {
    const module = this.given[this.modules.length] ?? compileModule(graph, functions);
    this.modules.push(module);
    return module;
  }

  /** Has something disposed of with the model. */
  keep<T extends Disposable>(item: T): T {
    this.kept.push(item);
    return item;
  }

  [Symbol.dispose](): void {
    this.release();
  }

  private fresh(): ModelMemory["views"] {
    if (this.views.values.length === 0) this.views = this.lookAnew();
    return this.views;
  }

  private lookAnew(): ModelMemory["views"] {
    const { slots, stateCount: n } = this;
    const values = new Float64Array(this.sundials.exports.memory.buffer, this.data, slots);
    return { values, states: values.subarray(1, 1 + n), derivatives: values.subarray(1 + n, 1 + 2 * n) };
  }
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
