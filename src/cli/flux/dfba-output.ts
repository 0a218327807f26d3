import type { Trajectory } from "../../engine/trajectory.ts";
import type { Streams } from "../command.ts";
import { type OutputTable, writeFigure, writeOutputs } from "../output.ts";
import { table } from "../table.ts";
import type { CultureOptions } from "./dfba-options.ts";
import { fixed } from "./flux-output.ts";

/** What `cellweave dfba` was asked to write. */
export interface CultureOutputs extends CultureOptions {
  readonly fluxes?: readonly string[];
  readonly csv?: string;
  readonly parquet?: string;
  readonly figure?: string;
  readonly json?: true;
}

/** Writes a time course in the forms that were asked for. @throws CellweaveError for an unknown flux */
export async function writeCulture(
  trajectory: Trajectory,
  mode: string,
  names: readonly string[],
  options: CultureOutputs,
  streams: Streams,
): Promise<void> {
  const chosen = columnsOf(trajectory, options.fluxes ?? []);
  await unknownFluxes(trajectory, options.fluxes ?? []);
  await writeOutputs(options, () => outputTable(trajectory, chosen), streams);
  const draw = async () => {
    const { dynamicFigure } = await import("../../report/figures/dynamic.ts");
    return dynamicFigure(trajectory, { title: `${names.join(" and ")} in ${mode}`, subtitle: subtitle(options) });
  };
  await writeFigure(options.figure, draw, streams);
  if (options.json) streams.out.write(`${json(trajectory, chosen)}\n`);
  else if (options.csv !== "-") streams.out.write(report(trajectory));
}

function subtitle({
  pool = [],
  feed = [],
  dilution,
  flow,
  "flow-growth": growth,
  "flow-from": from,
  change = [],
}: CultureOptions): string {
  const parts = [
    pool.length === 0 ? "" : `starts with ${pool.join(", ")} mmol/L`,
    feed.length === 0 ? "" : `feed ${feed.join(", ")} mmol/L`,
    dilution === undefined ? "" : `dilution ${dilution} 1/h`,
    flow === undefined
      ? ""
      : `feed of ${flow} L/h${growth ? ` growing by ${growth} 1/h` : ""}${from ? ` from ${from} h` : ""}`,
    change.length === 0
      ? ""
      : `then ${change.map((one) => `${one.replace("@", " at ").replace(":", " to ")} h`).join(", ")}`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

/** Indices of the variables that tables hold: states, growth rates, exchanges of pools, fluxes asked for. */
function columnsOf({ variables }: Trajectory, fluxes: readonly string[]): number[] {
  const pools = new Set(variables.flatMap(({ id }) => (id.startsWith("pool:") ? [`EX_${id.slice(5)}`] : [])));
  const wanted = new Set([...pools, ...fluxes]);
  return variables.flatMap(({ id, role, unit }, k) => {
    const flux = /(?:^|\/)flux:(.*)$/.exec(id)?.[1];
    return role === "state" || unit === "1/h" || (flux !== undefined && wanted.has(flux)) ? [k] : [];
  });
}

async function unknownFluxes({ variables }: Trajectory, fluxes: readonly string[]): Promise<void> {
  const known = variables.flatMap(({ id }) => /(?:^|\/)flux:(.*)$/.exec(id)?.[1] ?? []);
  const wrong = fluxes.find((id) => !known.includes(id));
  if (wrong === undefined) return;
  const { CellweaveError } = await import("../../errors.ts");
  const { didYouMean } = await import("../../suggest.ts");
  const hint = didYouMean(wrong, known);
  throw new CellweaveError("cli/usage", `dfba: --fluxes: no reaction '${wrong}'`, {
    kind: "usage",
    ...(hint === undefined ? {} : { hint }),
  });
}

function outputTable({ variables, columns, times }: Trajectory, chosen: readonly number[]): OutputTable {
  const header = ["time_h", ...chosen.map((k) => variables[k]?.id ?? "")];
  const rows = Array.from(times, (t, i) => [t, ...chosen.map((k) => columns[k]?.[i] ?? Number.NaN)]);
  return { header, rows };
}

function json({ variables, columns, times, status }: Trajectory, chosen: readonly number[]): string {
  const found = chosen.map((k) => {
    const { id = "", unit = "" } = variables[k] ?? {};
    return { id, unit, values: [...(columns[k] ?? [])] };
  });
  return JSON.stringify({ status, times: [...times], variables: found }, null, 1);
}

/** Rows of the table on the terminal. */
const ROWS = 11;
const NOTHING = 1e-6;

/** A few times; states and growth rates that aren't always nothing. */
function report({ variables, columns, times }: Trajectory): string {
  const order = ["biomass", "flux", "pool", "species"];
  const shown = [...variables.entries()]
    .filter(
      ([k, { role, unit }]) => (role === "state" || unit === "1/h") && columns[k]?.some((v) => Math.abs(v) > NOTHING),
    )
    .sort(([, a], [, b]) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map(([k]) => k);
  const last = times.length - 1;
  const picked = [...new Set(Array.from({ length: ROWS }, (_, n) => Math.round((n * last) / (ROWS - 1))))];
  const name = (k: number) => {
    const { id = "", unit } = variables[k] ?? {};
    return unit === "1/h" ? id.replace(/flux:.*$/, "growth") : id.replace(/^pool:/, "");
  };
  const lines = picked.map((i) => [
    (times[i] ?? 0).toFixed(2),
    ...shown.map((k) => fixed(columns[k]?.[i] ?? Number.NaN)),
  ]);
  const units = ["h", ...shown.map((k) => variables[k]?.unit ?? "")];
  return table([["time", ...shown.map(name)], units, ...lines]);
}
