import type { ConstantNode, MathNode, SymbolNode } from "mathjs";
import { AVOGADRO, argumentsOf, BUILTIN, calledName, DELAY, PIECEWISE, RATE_OF, TIME } from "../math-names.ts";
import { unitsOfNumber } from "../number-units.ts";
import { DIMENSIONLESS, over, sameDimension, sameUnit, times, toPower, type UnitValue } from "./unit.ts";

/** What an expression is measured in, and its value where that is a number of the file. */
export interface Measured {
  /** Undefined where it rests on something whose units are not declared. */
  readonly unit: UnitValue | undefined;
  readonly value?: number;
  /** Whether it is a number in the mathematics itself. */
  readonly isNumber?: boolean;
}

/** What names mean where an expression stands. */
export interface UnitScope {
  readonly time: UnitValue | undefined;
  /** The unit that a <cn> names. */
  named(id: string): UnitValue | undefined;
  symbol(id: string): Measured | undefined;
  function(id: string): { readonly arguments: readonly string[]; readonly body: MathNode } | undefined;
  /** Called where operands disagree. */
  disagree(node: MathNode, found: UnitValue, expected: UnitValue): void;
}

const UNKNOWN: Measured = { unit: undefined };
const PURE: Measured = { unit: DIMENSIONLESS };
/** Numbers that count as pure in a product; any other may be a quantity whose units are not written. */
const PURE_NUMBERS = new Set([1, -1, 2, 0.5]);
const SAME = new Set(["abs", "floor", "ceiling", "max", "min", "rem"].map((name) => BUILTIN + name));
const COMPARED = new Set(["eq", "neq", "gt", "lt", "geq", "leq"].map((name) => BUILTIN + name));
const LOGIC = new Set(["and", "or", "xor", "not", "implies"].map((name) => BUILTIN + name));
/** Nodes that are looked at for one expression, called functions included. */
const NODES = 100_000;
const DEPTH = 500;

/**
 * Units of an expression. Numbers without units adapt to what they are added to or compared with; in a product they
 * leave the result open, unless they are 1, 2 or 1/2.
 * @see SBML Level 3 Version 2 Core, section 3.4.10
 */
export function deriveUnits(root: MathNode, scope: UnitScope): Measured {
  return new Derivation(scope).of(root, undefined, 0);
}

type Bound = ReadonlyMap<string, Measured> | undefined;

/** Walks one expression and counts its nodes. */
class Derivation {
  private nodes = 0;
  private readonly scope: UnitScope;

  constructor(scope: UnitScope) {
    this.scope = scope;
  }

  of(node: MathNode, bound: Bound, depth: number): Measured {
    if (++this.nodes > NODES || depth > DEPTH) return UNKNOWN;
    if (node.type === "ConstantNode") return this.constant(node as ConstantNode);
    if (node.type === "SymbolNode") return this.symbol((node as SymbolNode).name, bound);
    const args = argumentsOf(node).map((a) => this.of(a, bound, depth + 1));
    if (node.type === "OperatorNode") return this.operator(node, args);
    return this.call(node, calledName(node), args, depth);
  }

  private constant(node: ConstantNode): Measured {
    const value: unknown = node.value;
    if (typeof value !== "number") return PURE;
    const named = unitsOfNumber(node);
    return { unit: named === undefined ? undefined : this.scope.named(named), value, isNumber: true };
  }

  private symbol(name: string, bound: Bound): Measured {
    if (name === TIME) return { unit: this.scope.time };
    if (name === AVOGADRO) return PURE;
    return bound?.get(name) ?? this.scope.symbol(name) ?? UNKNOWN;
  }

  private operator(node: MathNode, args: readonly Measured[]): Measured {
    const [first = UNKNOWN, second] = args;
    switch ((node as MathNode & { fn: string }).fn) {
      case "unaryMinus":
        return first.value === undefined ? first : { ...first, value: -first.value };
      case "add":
      case "subtract":
        return { unit: this.agreed(node, args) };
      case "multiply":
        return { unit: product(args) };
      case "divide":
        return quotient(first, second ?? UNKNOWN);
      default:
        this.pure(node, second ?? UNKNOWN);
        return power(first, second ?? UNKNOWN);
    }
  }

  private call(node: MathNode, name: string, args: readonly Measured[], depth: number): Measured {
    const [first = UNKNOWN, second = UNKNOWN] = args;
    if (!name.startsWith(BUILTIN)) return this.applied(name, args, depth);
    if (name === DELAY) return { unit: first.unit };
    if (name === RATE_OF) {
      const { time } = this.scope;
      return { unit: first.unit === undefined || time === undefined ? undefined : over(first.unit, time) };
    }
    if (name === PIECEWISE)
      return {
        unit: this.agreed(
          node,
          args.filter((_, i) => i % 2 === 0),
        ),
      };
    if (SAME.has(name)) return { unit: this.agreed(node, args) };
    if (COMPARED.has(name)) {
      this.agreed(node, args);
      return PURE;
    }
    if (LOGIC.has(name)) return PURE;
    if (name === `${BUILTIN}root`)
      return first.value === undefined ? UNKNOWN : power(second, { unit: undefined, value: 1 / first.value });
    if (name === `${BUILTIN}quotient`) return quotient(first, second);
    if (name.includes(":")) return UNKNOWN;
    for (const arg of args) this.pure(node, arg);
    return PURE;
  }

  /** Sees that an operand has no units. */
  private pure(node: MathNode, { unit }: Measured): void {
    if (unit !== undefined && !sameDimension(unit, DIMENSIONLESS)) this.scope.disagree(node, unit, DIMENSIONLESS);
  }

  private applied(name: string, args: readonly Measured[], depth: number): Measured {
    const called = this.scope.function(name);
    if (called === undefined) return UNKNOWN;
    const bound = new Map(called.arguments.map((argument, i) => [argument, args[i] ?? UNKNOWN]));
    return this.of(called.body, bound, depth + 1);
  }

  /** The units that all operands with known units share; of those that differ the first is told. */
  private agreed(node: MathNode, args: readonly Measured[]): UnitValue | undefined {
    let unit: UnitValue | undefined;
    for (const arg of args) {
      if (arg.unit === undefined) continue;
      if (unit === undefined) unit = arg.unit;
      else if (!sameUnit(arg.unit, unit)) {
        this.scope.disagree(node, arg.unit, unit);
        return undefined;
      }
    }
    return unit;
  }
}

function factorOf({ unit, value, isNumber }: Measured): UnitValue | undefined {
  return unit ?? (isNumber && value !== undefined && PURE_NUMBERS.has(value) ? DIMENSIONLESS : undefined);
}

function product(args: readonly Measured[]): UnitValue | undefined {
  let out: UnitValue | undefined = DIMENSIONLESS;
  for (const arg of args) {
    const factor = factorOf(arg);
    out = out === undefined || factor === undefined ? undefined : times(out, factor);
  }
  return out;
}

function quotient(a: Measured, b: Measured): Measured {
  const [above, below] = [factorOf(a), factorOf(b)];
  const unit = above === undefined || below === undefined ? undefined : over(above, below);
  if (a.value === undefined || b.value === undefined) return { unit };
  return { unit, value: a.value / b.value };
}

function power(base: Measured, exponent: Measured): Measured {
  if (base.unit === undefined) return UNKNOWN;
  if (exponent.value !== undefined && Number.isFinite(exponent.value))
    return { unit: toPower(base.unit, exponent.value) };
  return sameUnit(base.unit, DIMENSIONLESS) ? PURE : UNKNOWN;
}
