import { table } from "../table.ts";
import { fixed } from "./flux-output.ts";
import type { Part, Row, Summary } from "./summary-output.ts";

/** A summary as text. */
export function summaryText({ model, objective, parts }: Summary): string {
  const head = `${model}: ${objective.reactions.join(" + ")} = ${fixed(objective.value)}\n`;
  return head + parts.map(partText).join("");
}

function partText({ title, facts, tables }: Part): string {
  const lines = facts.filter((fact) => fact !== "").map((fact) => `  ${fact}\n`);
  const rows = tables.map((one) => `\n${one.title}, mmol/gDW/h\n${rowsText(one.rows)}`);
  const head = title === "" ? [] : [`\n${title}\n`];
  const body = title === "" ? [...rows, ...(lines.length === 0 ? [] : ["\n", ...lines])] : [...lines, ...rows];
  return [...head, ...body].join("");
}

function rowsText(rows: readonly Row[]): string {
  if (rows.length === 0) return "  nothing\n";
  const border = rows[0]?.equation === undefined;
  const ranged = rows.some(({ range }) => range !== undefined);
  const header = [
    ...[border ? "metabolite" : "reaction", "rate", ...(ranged ? ["least flux", "largest flux"] : [])],
    ...(border ? ["carbons", "of carbon", "reaction"] : ["share", "equation"]),
  ];
  const body = rows.map(({ metabolite, reaction, rate, range, share, carbon = 0, equation = "" }) => [
    ...[border ? metabolite : reaction, rateText(Math.abs(rate))],
    ...(ranged ? (range ?? [Number.NaN, Number.NaN]).map(fixed) : []),
    ...(border ? [String(carbon)] : []),
    ...[`${(100 * share).toFixed(2)}%`, border ? reaction : shortened(equation)],
  ]);
  return table([header, ...body], header.length - 1);
}

/** Four decimals, or four digits of what would be lost among them. */
function rateText(rate: number): string {
  return rate < 1e-3 ? rate.toExponential(3) : fixed(rate);
}

const WIDE = 90;

function shortened(text: string): string {
  return text.length <= WIDE ? text : `${text.slice(0, WIDE - 3)}...`;
}
