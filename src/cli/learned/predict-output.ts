import { winner } from "../../analysis/experiments/compare.ts";
import type { Prediction } from "../../analysis/experiments/predict.ts";
import type { Trial } from "../../analysis/experiments/trial.ts";
import { describeInterventions, type Intervention } from "../../regulation/in-context/experiments.ts";
import type { Streams } from "../command.ts";
import { csvText } from "../output.ts";
import { table } from "../table.ts";
import { writeText } from "../write-text.ts";

/** What `predict` found. */
export interface Found extends Trial {
  readonly prediction: Prediction | undefined;
  readonly interventions: readonly Intervention[];
}

/** Writes it as words, JSON or CSV, wherever each was asked for. */
export async function write(
  found: Found,
  options: { readonly json?: string; readonly csv?: string; readonly plot?: string; readonly predictor?: string },
  streams: Streams,
): Promise<void> {
  const json = (): string => `${JSON.stringify(document(found), null, 1)}\n`;
  const csv = (): string => csvOf(found.prediction);
  const query = describeInterventions(found.interventions);
  const toStdout = options.json === "-" || options.csv === "-";
  if (!toStdout) streams.out.write(words(found, query, options.predictor !== undefined));
  for (const [file, text] of [
    [options.json, json],
    [options.csv, csv],
  ] as const) {
    if (file === "-") streams.out.write(text());
    else if (file !== undefined) {
      await writeText(file, text());
      streams.err.write(`wrote ${file}\n`);
    }
  }
  if (options.plot === undefined || found.prediction === undefined) return;
  const { predictionFigure } = await import("../../report/figures/prediction.ts");
  await writeText(options.plot, predictionFigure(found.prediction, query).svg);
  streams.err.write(`wrote ${options.plot}\n`);
}

function document({ tried, weights, chosen, prediction, interventions }: Found) {
  const rows = tried.map(({ row }) => row);
  return {
    predictors: rows.map(({ name, learned, mse, sign }, p) => ({
      name,
      learned,
      mse: mse.estimate,
      mse_interval: [mse.low, mse.high],
      sign,
      ...(p < weights.length ? { weight_in_stack: weights[p] } : {}),
    })),
    best: rows[winner(rows)]?.name,
    used: prediction?.predictor ?? chosen.row.name,
    query: interventions,
    ...(prediction === undefined ? {} : { range: prediction.range, prediction: prediction.variables }),
  };
}

function csvOf(prediction: Prediction | undefined): string {
  const header = ["variable", "control", "predicted", "change", "low_90", "high_90", "held"];
  const rows = (prediction?.variables ?? []).map(({ variable, control, predicted, change, low, high, held }) => [
    variable,
    control,
    predicted,
    change,
    low,
    high,
    held,
  ]);
  return csvText(header, rows);
}

/** Variables shown on a terminal; the rest are in --csv. */
const SHOWN = 15;

function words({ tried: all, weights, chosen, fallback, prediction }: Found, query: string, asked: boolean): string {
  const rows = all.map(({ row }) => row);
  const best = rows[winner(rows)];
  const head = ["predictor", "MSE", "95 % interval", "sign right", "in the stack"];
  const cells = rows.map(({ name, mse, sign }, p) => [
    name,
    short(mse.estimate),
    `${short(mse.low)} to ${short(mse.high)}`,
    Number.isNaN(sign) ? "-" : `${(100 * sign).toFixed(0)} %`,
    p < weights.length ? (weights[p] ?? 0).toFixed(2) : "",
  ]);
  const tried = `On your experiments, each set of interventions left out in turn:\n${table([head, ...cells])}`;
  const verdict = `'${best?.name ?? ""}' is best there${best?.name === chosen.row.name ? "" : `, '${chosen.row.name}' answers: ${asked ? "as asked" : whyNot(best?.learned)}`}.\n`;
  if (prediction === undefined) return `${tried}${verdict}`;
  const { range, variables } = prediction;
  const width = range.code === "OUT" ? widthOutside(fallback.alike) : "";
  const used = `Answered by '${prediction.predictor}'${width}.`;
  const reasons = range.reasons.length > 0 ? `: ${range.reasons.join("; ")}` : "";
  const largest = [...variables].filter(({ held }) => !held).sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const shown = largest
    .slice(0, SHOWN)
    .map(({ variable, control, predicted, change, low, high }) => [
      variable,
      short(control),
      short(predicted),
      `${change > 0 ? "+" : ""}${short(change)}`,
      `${short(low)} to ${short(high)}`,
    ]);
  const list = table([["variable", "control", "predicted", "change", "90 % interval"], ...shown]);
  const more = largest.length > SHOWN ? `  ... ${largest.length - SHOWN} more, with --csv FILE\n` : "";
  return `${tried}${verdict}\n${query}: ${range.code}${reasons}\n${used}\n${list}${more}`;
}

/** How wide intervals are where the question is OUT. */
function widthOutside(alike: number): string {
  if (alike === 0) return ", with wider intervals, because the question is OUT";
  return `; the question is OUT, so its intervals are from the ${alike} sets of interventions left out that were OUT too`;
}

/** Why what is best on paper doesn't answer. */
function whyNot(learned: boolean | undefined): string {
  const plain = learned === false ? "; the transformer has not earned its place on these data" : "";
  return `the difference is no larger than chance${plain}`;
}

function short(value: number): string {
  if (!Number.isFinite(value)) return "-";
  return Math.abs(value) < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(2).replace("e+", "e");
}
