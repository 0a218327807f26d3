import { type Expression, isNumber, type Operator } from "./expression.ts";
import type { ByteWriter } from "./wasm-bytes.ts";

/** Index of the WebAssembly function that stands for a host function of so many arguments. */
export type HostIndex = (name: string, args: number) => number;

const I32 = 0x7f;
const F64 = 0x7c;
const IF = 0x04;
const ELSE = 0x05;
const END = 0x0b;
const CALL = 0x10;
const F64_LOAD = 0x2b;
const F64_STORE = 0x39;
const I32_CONST = 0x41;
const F64_CONST = 0x44;
const I32_EQZ = 0x45;
const I32_XOR = 0x73;
const F64_NE = 0x62;
const F64_CONVERT_I32 = 0xb7;

const ARITHMETIC: ReadonlyMap<Operator, number> = new Map<Operator, number>([
  ["add", 0xa0],
  ["subtract", 0xa1],
  ["multiply", 0xa2],
  ["divide", 0xa3],
  ["min", 0xa4],
  ["max", 0xa5],
]);

const UNARY: ReadonlyMap<Operator, number> = new Map<Operator, number>([
  ["abs", 0x99],
  ["negate", 0x9a],
  ["ceiling", 0x9b],
  ["floor", 0x9c],
  ["sqrt", 0x9f],
]);

const COMPARISON: ReadonlyMap<Operator, number> = new Map<Operator, number>([
  ["eq", 0x61],
  ["neq", 0x62],
  ["lt", 0x63],
  ["gt", 0x64],
  ["leq", 0x65],
  ["geq", 0x66],
]);

/** Writes expressions as WebAssembly stack code; slots are doubles of the imported memory. */
export class ExpressionCoder {
  private readonly out: ByteWriter;
  private readonly hostIndex: HostIndex;

  constructor(out: ByteWriter, hostIndex: HostIndex) {
    this.out = out;
    this.hostIndex = hostIndex;
  }

  /** `memory[slot] = e` */
  store(slot: number, e: Expression): void {
    this.out.byte(I32_CONST).signed(slot * 8);
    this.number(e);
    this.out.byte(F64_STORE).byte(3).byte(0);
  }

  /** Leaves a double on the stack. */
  number(e: Expression): void {
    switch (e.kind) {
      case "number":
        this.out.byte(F64_CONST).double(e.value);
        return;
      case "slot":
        this.out
          .byte(I32_CONST)
          .signed(e.slot * 8)
          .byte(F64_LOAD)
          .byte(3)
          .byte(0);
        return;
      case "if":
        this.branch(
          e.condition,
          F64,
          () => this.number(e.yes),
          () => this.number(e.no),
        );
        return;
      case "bind":
        this.store(e.slot, e.value);
        this.number(e.body);
        return;
      case "host":
        for (const a of e.args) this.number(a);
        this.out.byte(CALL).unsigned(this.hostIndex(e.name, e.args.length));
        return;
      case "apply":
        this.applied(e.operator, e.args);
    }
  }

  /** Leaves a truth value (i32) on the stack. */
  condition(e: Expression): void {
    const operator = e.kind === "apply" ? e.operator : undefined;
    const comparison = operator === undefined ? undefined : COMPARISON.get(operator);
    if (e.kind === "apply" && comparison !== undefined) this.chain(comparison, e.args);
    else if (e.kind === "apply" && operator === "not") this.not(e.args);
    else if (e.kind === "apply" && (operator === "and" || operator === "or" || operator === "xor"))
      this.logical(operator, e.args);
    else {
      this.number(e);
      this.out.byte(F64_CONST).double(0).byte(F64_NE);
    }
  }

  private applied(operator: Operator, args: readonly Expression[]): void {
    const unary = UNARY.get(operator);
    if (unary !== undefined) {
      this.operand(args, 0);
      this.out.byte(unary);
      return;
    }
    const arithmetic = ARITHMETIC.get(operator);
    if (arithmetic !== undefined) {
      this.operand(args, 0);
      for (let i = 1; i < args.length; i++) {
        this.operand(args, i);
        this.out.byte(arithmetic);
      }
      return;
    }
    if (operator === "power") this.power(args);
    else {
      this.condition({ kind: "apply", operator, args });
      this.out.byte(F64_CONVERT_I32);
    }
  }

  /** Small whole powers of a slot or number are products; the rest is the host's pow. */
  private power(args: readonly Expression[]): void {
    const [base, exponent] = args;
    const whole = exponent?.kind === "number" && Number.isInteger(exponent.value) ? exponent.value : 0;
    if (base?.kind === "slot" && whole >= 2 && whole <= 4) {
      for (let i = 0; i < whole; i++) this.number(base);
      for (let i = 1; i < whole; i++) this.out.byte(0xa2);
      return;
    }
    this.operand(args, 0);
    if (exponent !== undefined && isNumber(exponent, 0.5)) {
      this.out.byte(0x9f);
      return;
    }
    this.operand(args, 1);
    this.out.byte(CALL).unsigned(this.hostIndex("power", 2));
  }

  /** a < b < c means a < b and b < c. */
  private chain(comparison: number, args: readonly Expression[]): void {
    for (let i = 0; i + 1 < args.length; i++) {
      this.operand(args, i);
      this.operand(args, i + 1);
      this.out.byte(comparison);
      if (i > 0) this.out.byte(0x71);
    }
    if (args.length < 2) this.out.byte(I32_CONST).signed(1);
  }

  private not(args: readonly Expression[]): void {
    const [a] = args;
    if (a !== undefined) this.condition(a);
    this.out.byte(I32_EQZ);
  }

  private logical(operator: "and" | "or" | "xor", args: readonly Expression[]): void {
    this.out.byte(I32_CONST).signed(operator === "and" ? 1 : 0);
    for (const a of args) {
      this.condition(a);
      this.out.byte(operator === "and" ? 0x71 : operator === "or" ? 0x72 : I32_XOR);
    }
  }

  private branch(condition: Expression, type: number, yes: () => void, no: () => void): void {
    this.condition(condition);
    this.out.byte(IF).byte(type);
    yes();
    this.out.byte(ELSE);
    no();
    this.out.byte(END);
  }

  private operand(args: readonly Expression[], index: number): void {
    const e = args[index];
    if (e === undefined) this.out.byte(F64_CONST).double(Number.NaN);
    else this.number(e);
  }
}

export { F64, I32 };
