import type { Interval } from "../metrics/bootstrap.ts";
import type { ComparedRow, InhibitorResults } from "./results.ts";

/** A line's results as Markdown: the rows, the control, and the observables that matter most. */
export function inhibitorTable(results: InhibitorResults): string {
  const { line, rows, examples, stimuli, control, bestPlain } = results;
  const inhibitors = [...(rows[0]?.mseOf.keys() ?? [])];
  const head = ["", "kind", "MSE", "95 %", ...inhibitors, "sign beyond 2-fold", "MSE - best plain, paired 95 %"];
  const body = rows.map((row) => [
    row.name,
    row.kind,
    row.mse.estimate.toFixed(4),
    `${row.mse.low.toFixed(3)} to ${row.mse.high.toFixed(3)}`,
    ...inhibitors.map((name) => (row.mseOf.get(name) ?? Number.NaN).toFixed(4)),
    `${(100 * row.sign).toFixed(0)} %`,
    row.kind === "plain" ? "" : signed(row.versus.get(bestPlain)),
  ]);
  const title = `## breast-inhibitors, ${line}: ${examples} conditions, ${stimuli} stimuli\n`;
  return `${title}\n${[head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n
Easy control, one stimulus left out (mean effect of the same inhibitor under the others): ${control.toFixed(3)}.
${hybridWords(rows)}${results.notes.map((note) => `Note: ${note}.\n`).join("")}${observableTable(results)}`;
}

/** Whether the hybrid arm beats the other two, with paired intervals. */
function hybridWords(rows: readonly ComparedRow[]): string {
  const hybrid = rows.find(({ name }) => name === "hybrid");
  if (hybrid === undefined) return "";
  return ["mechanistic", "learned"]
    .map((name) => `Hybrid minus ${name}: ${signed(hybrid.versus.get(name))}.\n`)
    .join("");
}

/** The observables with the largest error of "no change", with every row's error. */
function observableTable({ rows, observables }: InhibitorResults, count = 12): string {
  const [nothing] = rows;
  const order = [...observables.keys()].sort((a, b) => (nothing?.observables[b] ?? 0) - (nothing?.observables[a] ?? 0));
  const shown = rows.filter(({ kind, name }) => kind !== "plain" || name === nothing?.name);
  const head = ["MSE of", ...shown.map(({ name }) => name)];
  const body = order
    .slice(0, count)
    .map((i) => [observables[i] ?? "", ...shown.map((row) => (row.observables[i] ?? Number.NaN).toFixed(3))]);
  return `\n${[head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

function signed(interval: Interval | undefined): string {
  if (interval === undefined) return "";
  const show = (value: number) => `${value < 0 ? "" : "+"}${value.toFixed(4)}`;
  return `${show(interval.estimate)} (${show(interval.low)} to ${show(interval.high)})`;
}
