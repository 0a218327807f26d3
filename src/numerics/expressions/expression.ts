/** Operators on numbers; truth values are 1 and 0, and whatever is not 0 is true. */
export type Operator =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "power"
  | "negate"
  | "lt"
  | "leq"
  | "gt"
  | "geq"
  | "eq"
  | "neq"
  | "and"
  | "or"
  | "xor"
  | "not"
  | "abs"
  | "sqrt"
  | "floor"
  | "ceiling"
  | "min"
  | "max";

/**
 * An expression over numbered slots of one memory; names are resolved before it is built.
 *
 * `bind` evaluates `value` once, keeps it in a slot of its own and goes on with `body`. `host` calls a function of
 * the table that compilation is given. `if` is evaluated lazily.
 */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "slot"; readonly slot: number }
  | { readonly kind: "apply"; readonly operator: Operator; readonly args: readonly Expression[] }
  | { readonly kind: "host"; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: "if"; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: "bind"; readonly slot: number; readonly value: Expression; readonly body: Expression };

export function number(value: number): Expression {
  return { kind: "number", value };
}

export function slot(index: number): Expression {
  return { kind: "slot", slot: index };
}

export function host(name: string, ...args: Expression[]): Expression {
  return { kind: "host", name, args };
}

export function choose(condition: Expression, yes: Expression, no: Expression): Expression {
  return condition.kind === "number" ? (condition.value !== 0 ? yes : no) : { kind: "if", condition, yes, no };
}

/** Applies an operator; neutral elements of sums and products are dropped. */
export function apply(operator: Operator, ...args: Expression[]): Expression {
  const [a, b] = args;
  if (a !== undefined && b !== undefined && args.length === 2) {
    if (operator === "add" && isNumber(a, 0)) return b;
    if ((operator === "add" || operator === "subtract") && isNumber(b, 0)) return a;
    if (operator === "multiply" && isNumber(a, 1)) return b;
    if ((operator === "multiply" || operator === "divide" || operator === "power") && isNumber(b, 1)) return a;
    if (operator === "multiply" && isNumber(a, -1)) return apply("negate", b);
  }
  if (operator === "negate" && a?.kind === "number") return number(-a.value);
  return { kind: "apply", operator, args };
}

function isNumber(e: Expression, value: number): boolean {
  return e.kind === "number" && e.value === value;
}

/** Operands of an expression in order of evaluation. */
export function operandsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case "apply":
    case "host":
      return e.args;
    case "if":
      return [e.condition, e.yes, e.no];
    case "bind":
      return [e.value, e.body];
    default:
      return [];
  }
}

/** Slots that an expression reads, those it binds itself left out. */
export function slotsOf(root: Expression): Set<number> {
  const read = new Set<number>();
  const bound = new Set<number>();
  const stack: Expression[] = [root];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    if (e.kind === "slot") read.add(e.slot);
    if (e.kind === "bind") bound.add(e.slot);
    stack.push(...operandsOf(e));
  }
  for (const s of bound) read.delete(s);
  return read;
}
