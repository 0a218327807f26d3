import type { Variable } from "../../cell/variable.ts";
import { format } from "../../vendor/d3.ts";

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function superscript(n: number): string {
  const digits = [...String(Math.abs(n))].map((d) => SUPERSCRIPTS[Number(d)] ?? d).join("");
  return n < 0 ? `⁻${digits}` : digits;
}

const general = format(".3~r");
const mantissa = format(".2~f");

/** A number for people: three significant digits, powers of ten outside 0.001 to 100,000, a true minus sign. */
export function number(x: number): string {
  if (Number.isNaN(x)) return "n/a";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  if (size < 1e-12) return "0";
  if (size >= 1e-3 && size < 99_950) return general(x);
  const exponent = Math.floor(Math.log10(size));
  return `${mantissa(x / 10 ** exponent)}×10${superscript(exponent)}`;
}

/** Numbers of one quantity with the same decimals: three significant digits of the largest, `scale`. */
export function numberWithin(x: number, scale: number): string {
  if (!Number.isFinite(x) || !(scale >= 1e-3 && scale < 1e5)) return number(x);
  const decimals = Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(scale))));
  const text = x.toFixed(decimals);
  return Number(text) === 0 ? (0).toFixed(decimals) : text.replace("-", "−");
}

/** A time in hours: whole, or with two decimals. */
export function hours(t: number): string {
  return `${Math.abs(t - Math.round(t)) < 0.005 ? Math.round(t) : t.toFixed(2)} h`;
}

function decimalsFor(step: number): number {
  return Number.isFinite(step) && step > 0 ? Math.min(6, Math.max(0, -Math.floor(Math.log10(step) + 1e-9))) : 0;
}

/** One formatter for all ticks of an axis, so that they share decimals and power of ten. */
export function tickFormat(ticks: readonly number[]): (x: number) => string {
  const largest = Math.max(...ticks.map(Math.abs), 0);
  const step = Math.min(...ticks.slice(1).map((t, i) => Math.abs(t - (ticks[i] ?? 0))), Number.POSITIVE_INFINITY);
  const zero = (x: number) => Math.abs(x) < 1e-12 * largest;
  if (largest >= 1e5 || (largest > 0 && largest < 1e-3)) {
    const exponent = Math.floor(Math.log10(largest));
    const scaled = format(`.${decimalsFor(step / 10 ** exponent)}f`);
    return (x) => (zero(x) ? "0" : `${scaled(x / 10 ** exponent)}×10${superscript(exponent)}`);
  }
  const fixed = format(`,.${decimalsFor(step)}f`);
  return (x) => fixed(zero(x) ? 0 : x);
}

/** A unit as figures write it: `mmol/gDW/h` becomes `mmol gDW⁻¹ h⁻¹`, a ratio to the reference `× reference`. */
export function unitOf(variable: Pick<Variable, "unit" | "kind">): string {
  if (variable.unit === "1") return variable.kind === "expression" ? "× reference" : "";
  const [first = "", ...rest] = variable.unit.split("/");
  if (rest.some((part) => !/^[A-Za-zµ]+$/.test(part))) return variable.unit;
  const micro = first.replace(/^u(?=mol|g|M|L)/, "µ");
  return [micro === "1" ? "" : micro, ...rest.map((part) => `${part}⁻¹`)].join(" ").trim();
}

/** Width of a text in px, estimated from classes of letters; a little generous. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const c of text)
    em += /[ijltfrI.,:;'|()[\]! ]/.test(c) ? 0.34 : /[mwMW@%]/.test(c) ? 0.9 : /[A-Z]/.test(c) ? 0.7 : 0.57;
  return em * size;
}

/** A name cut to fit a width. */
export function fitted(name: string, size: number, width: number): string {
  if (textWidth(name, size) <= width) return name;
  let cut = name;
  while (cut.length > 1 && textWidth(`${cut}…`, size) > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}
