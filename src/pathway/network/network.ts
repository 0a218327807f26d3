import { apply, choose, type Expression, host, number, slot } from "../../numerics/expressions/expression.ts";
import type { KineticLaw, Reaction, Rule, SbmlDocument, Species, SpeciesReference } from "../../sbml/document.ts";
import { isFluxBalance } from "../../sbml/flux-balance.ts";
import { pathwayError, unsupportedIn } from "../refuse.ts";
import { isConcentration, type PathwaySymbol } from "../symbols.ts";
import { type Classified, classify } from "./classify.ts";
import { DefinitionGraph } from "./definitions.ts";
import { driveSlots } from "./drives.ts";
import { drawsAtRandom, Lowering, type Scope } from "./lower.ts";
import type { ClampSlots, Network, NetworkOptions, SpeedSlots } from "./network-types.ts";
import { rateOfSlot } from "./rate-of.ts";
import { defineSpecies } from "./species-definitions.ts";

/** How much faster fast reactions run than the file says: near enough to at once for a stiff solver. */
const FAST = 1e9;

/** Builds the definitions of a document. Throws `sbml/...` errors that name construct and line. */
export function buildNetwork(document: SbmlDocument, options: NetworkOptions = {}): Network {
  refuseQualitative(document);
  return new NetworkBuilder(document, options).build();
}

function refuseQualitative(document: SbmlDocument): void {
  const [first] = [...(document.qualitative?.transitions ?? []), ...(document.qualitative?.species ?? [])];
  if (first !== undefined)
    unsupportedIn(document, first.line, "Simulation of qualitative (logical) models (package qual)");
}

class NetworkBuilder {
  private readonly classified: Classified;
  readonly always = new DefinitionGraph();
  readonly initially = new DefinitionGraph();
  readonly constants = new Map<number, number>();
  private readonly clamps = new Map<string, ClampSlots>();
  private readonly gates = new Map<string, number>();
  private readonly speeds: SpeedSlots | undefined;
  private readonly residuals: number[] = [];
  private readonly delays: { values: number[]; delays: number[] } = { values: [], delays: [] };
  private readonly warnings: string[] = [];
  private readonly lowering: Lowering;
  private readonly document: SbmlDocument;
  private readonly fluxBalance: boolean;
  private readonly options: NetworkOptions;

  constructor(document: SbmlDocument, options: NetworkOptions) {
    this.document = document;
    this.fluxBalance = isFluxBalance(document);
    this.options = options;
    this.classified = classify(document, options.driven ?? new Set(), options.integrated ?? new Set());
    const { symbols, slots } = this.classified;
    if (document.reactions.some((r) => r.fast && r.kineticLaw !== undefined)) {
      this.speeds = { slow: slots.one(), fast: slots.one() };
      this.constants.set(this.speeds.slow, 1);
      this.constants.set(this.speeds.fast, FAST);
    }
    this.lowering = new Lowering({
      file: document.file,
      functions: new Map(document.functionDefinitions.map((f) => [f.id, f])),
      lookup: (id) => {
        const found = symbols.get(id);
        return found === undefined ? undefined : slot(found.slot);
      },
      ids: () => symbols.keys(),
      rateOf: (index, line) => rateOfSlot(document, this.classified, index, line),
      delayed: (value, delay, line) => this.delayed(value, delay, line),
      temporary: () => slots.one(),
    });
  }

  build(): Network {
    const { document } = this;
    this.values();
    for (const s of document.species) this.species(s);
    for (const r of document.reactions) this.rate(r);
    this.rules();
    this.derivatives();
    this.initialAssignments();
    const { always, initially, constants, clamps, gates, residuals, speeds, delays, warnings, lowering } = this;
    return {
      ...this.classified,
      document,
      lowering,
      always,
      initially,
      constants,
      clamps,
      gates,
      residuals,
      speeds,
      drives: driveSlots(this.classified.symbols.values(), this.classified.slots),
      spare: this.classified.slots.several(this.options.spare ?? 0),
      delays,
      warnings,
    };
  }

  /** Numbers of the file: sizes, parameters, stoichiometries. */
  private values(): void {
    const { document, options } = this;
    for (const c of document.compartments) {
      if (c.size === undefined && c.spatialDimensions > 0) this.warnAbsent(c, `compartment '${c.id}' has no size; 1`);
      this.constant(c.id, c.size ?? 1);
    }
    for (const p of document.parameters) this.constant(p.id, options.parameters?.get(p.id) ?? p.value ?? Number.NaN);
    for (const id of options.parameters?.keys() ?? [])
      if (!document.parameters.some((p) => p.id === id))
        throw pathwayError(document, undefined, "sbml/unknown-id", `The model has no parameter '${id}'`);
    for (const r of document.reactions)
      for (const ref of [...r.reactants, ...r.products])
        if (ref.id !== "") this.constant(ref.id, ref.stoichiometry ?? 1);
  }

  private warnAbsent({ id, line }: { id: string; line: number }, what: string): void {
    if (this.fluxBalance) return;
    const { rules, initialAssignments } = this.document;
    const given =
      rules.some((r) => r.variable === id && r.kind === "assignment") ||
      initialAssignments.some((a) => a.symbol === id);
    if (!given) this.warnings.push(`line ${line}: ${what} is used`);
  }

  private constant(id: string, value: number): void {
    this.constants.set(this.need(id, 0).slot, value);
  }

  private species(s: Species): void {
    if (s.initialAmount === undefined && s.initialConcentration === undefined)
      this.warnAbsent(s, `species '${s.id}' has no initial amount or concentration; 0`);
    defineSpecies(s, this.need(s.id, s.line), this);
  }

  private rate(r: Reaction): void {
    const target = this.need(r.id, r.line).slot;
    const { kineticLaw } = r;
    if (kineticLaw === undefined) {
      if (!this.fluxBalance)
        this.warnings.push(`line ${r.line}: reaction '${r.id}' has no kinetic law and does not run`);
      this.constants.set(target, Number.NaN);
      return;
    }
    const law = this.lowering.lower(kineticLaw.math, kineticLaw.line, this.locals(kineticLaw));
    const value = this.gated(r.id, law);
    this.both({ slot: target, value, label: `the rate of '${r.id}'`, line: kineticLaw.line });
  }

  private gated(id: string, rate: Expression): Expression {
    if (!this.options.gates?.has(id)) return rate;
    const gate = this.classified.slots.one();
    this.constants.set(gate, 1);
    this.gates.set(id, gate);
    return apply("multiply", slot(gate), rate);
  }

  private locals(law: KineticLaw): Scope {
    const scope = new Map<string, Expression>();
    for (const p of law.localParameters) {
      const own = this.classified.slots.one();
      this.constants.set(own, p.value ?? Number.NaN);
      scope.set(p.id, slot(own));
    }
    return scope;
  }

  private rules(): void {
    for (const rule of this.document.rules) {
      if (rule.kind === "algebraic") this.residual(rule);
      if (rule.kind !== "assignment") continue;
      const symbol = this.need(rule.variable, rule.line);
      const lowered = this.lowering.lower(rule.math, rule.line);
      const value = this.clampable(rule.variable, lowered);
      this.both({ slot: symbol.slot, value, label: `the assignment rule of '${rule.variable}'`, line: rule.line });
      this.amountFollows(symbol);
    }
  }

  private residual(rule: Rule): void {
    const own = this.classified.slots.one();
    this.residuals.push(own);
    const value = this.lowering.lower(rule.math, rule.line);
    this.always.add({ slot: own, value, label: "the algebraic rule", line: rule.line });
  }

  private clampable(id: string, value: Expression): Expression {
    if (!this.options.clampable?.has(id)) return value;
    const clamp = { flag: this.classified.slots.one(), value: this.classified.slots.one() };
    this.clamps.set(id, clamp);
    this.constants.set(clamp.flag, 0);
    return choose(slot(clamp.flag), slot(clamp.value), value);
  }

  /** At the start, a species given by value has its amount from it. */
  private amountFollows(symbol: PathwaySymbol): void {
    if (!isConcentration(symbol)) return;
    const value = apply("multiply", slot(symbol.slot), slot(symbol.volume));
    this.initially.add({ slot: symbol.amount, value, label: `species '${symbol.id}'`, line: symbol.line });
  }

  /** Derivatives of states: rate rules, and stoichiometry times rate over reactions. */
  private derivatives(): void {
    const rates = new Map(this.document.rules.filter((r) => r.kind === "rate").map((r) => [r.variable, r]));
    const sums = this.sums();
    const slow = this.speeds === undefined ? number(1) : slot(this.speeds.slow);
    this.classified.states.forEach((symbol, i) => {
      const rule = rates.get(symbol.id);
      const sum = sums.get(symbol.id) ?? number(0);
      const value = rule === undefined ? sum : apply("multiply", this.lowering.lower(rule.math, rule.line), slow);
      const line = rule?.line ?? symbol.line;
      this.both({ slot: this.derivativeSlot(i), value, label: `the rate of change of '${symbol.id}'`, line });
    });
  }

  private derivativeSlot(state: number): number {
    return 1 + this.classified.states.length + state;
  }

  private sums(): Map<string, Expression> {
    const factors = new Map(
      this.document.species.map((s) => [s.id, s.conversionFactor ?? this.document.conversionFactor]),
    );
    const out = new Map<string, Expression>();
    for (const r of this.document.reactions) {
      const rate = this.paced(r, slot(this.need(r.id, r.line).slot));
      const add = (ref: SpeciesReference, sign: number): void => {
        const factor = factors.get(ref.species);
        const scaled = factor === undefined ? rate : apply("multiply", rate, slot(this.need(factor, ref.line).slot));
        const term = apply("multiply", this.stoichiometry(ref), scaled);
        const sum = out.get(ref.species);
        const operator = sign < 0 ? "subtract" : "add";
        out.set(
          ref.species,
          sum === undefined ? (sign < 0 ? apply("negate", term) : term) : apply(operator, sum, term),
        );
      };
      if (r.kineticLaw === undefined) continue;
      for (const ref of r.reactants) add(ref, -1);
      for (const ref of r.products) add(ref, 1);
    }
    return out;
  }

  private paced(r: Reaction, rate: Expression): Expression {
    return this.speeds === undefined
      ? rate
      : apply("multiply", rate, slot(r.fast ? this.speeds.fast : this.speeds.slow));
  }

  private stoichiometry(ref: SpeciesReference): Expression {
    this.need(ref.species, ref.line);
    const named = ref.id === "" ? undefined : this.need(ref.id, ref.line).slot;
    if (ref.stoichiometryMath === undefined) return named === undefined ? number(ref.stoichiometry ?? 1) : slot(named);
    const own = named ?? this.classified.slots.one();
    const value = this.lowering.lower(ref.stoichiometryMath, ref.line);
    this.both({ slot: own, value, label: `the stoichiometry of '${ref.species}'`, line: ref.line });
    return slot(own);
  }

  private initialAssignments(): void {
    for (const a of this.document.initialAssignments) {
      if (this.options.parameters?.has(a.symbol)) continue;
      const symbol = this.need(a.symbol, a.line);
      const value = this.lowering.lower(a.math, a.line);
      this.initially.add({ slot: symbol.slot, value, label: `the initial assignment of '${a.symbol}'`, line: a.line });
      this.amountFollows(symbol);
    }
  }

  /** The value some time ago, looked up by number; the expression and its delay get slots of their own. */
  private delayed(value: Expression, delay: Expression, line: number): Expression {
    const { slots } = this.classified;
    const [own, ago] = [slots.one(), slots.one()];
    this.both({ slot: own, value, label: "a delayed value", line });
    this.both({ slot: ago, value: delay, label: "a delay", line });
    const index = this.delays.values.push(own) - 1;
    this.delays.delays.push(ago);
    return host("delay", number(index), delay, value);
  }

  private both(definition: { slot: number; value: Expression; label: string; line: number }): void {
    if (drawsAtRandom(definition.value))
      unsupportedIn(this.document, definition.line, `A random draw in ${definition.label}`);
    this.always.add(definition);
    this.initially.add(definition);
  }

  private need(id: string, line: number): PathwaySymbol {
    const symbol = this.classified.symbols.get(id);
    if (symbol === undefined)
      throw pathwayError(this.document, line, "sbml/unknown-id", `Nothing in the model has the id '${id}'`);
    return symbol;
  }
}
