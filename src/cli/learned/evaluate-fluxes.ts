import { readTable } from "../../analysis/csv.ts";
import { dataFile } from "../../analysis/data-file-node.ts";
import { cellEntries } from "../../analysis/fluxes/cell-entries.ts";
import { fluxBalanceEntries } from "../../analysis/fluxes/flux-balance-entries.ts";
import { type FluxRow, fluxRows, plainEntries } from "../../analysis/fluxes/flux-rows.ts";
import { type FluxTask, fluxTask } from "../../analysis/fluxes/flux-task.ts";
import type { BootstrapOptions, Interval } from "../../analysis/metrics/bootstrap.ts";
import { readFluxModel } from "../flux/flux-input.ts";

const FLUXES = "ishii2007/fluxomics_mmol_per_gDW_per_h.csv";

export interface FluxEvaluation {
  readonly markdown: string;
  readonly json: object;
}

/**
 * The benchmark `ecoli-fluxes`: measured fluxes of 24 deletion strains.
 * @param cell path of the manifest whose arms are asked
 * @param model path of the core model
 */
export async function evaluateFluxes(
  folder: string,
  { cell, model }: { readonly cell: string; readonly model: string },
  bootstrap: BootstrapOptions,
  onProgress: (done: number) => void,
): Promise<FluxEvaluation> {
  const { bytes, file } = await dataFile(folder, FLUXES);
  const task = fluxTask(readTable(bytes.toString("utf8"), file));
  const balance = await fluxBalanceEntries(await readFluxModel(model), task);
  const { entries, unknown, ended } = await cellEntries(cell, task, onProgress);
  const rows = fluxRows(task, [...plainEntries(task), ...balance, ...entries], bootstrap);
  const notes = [
    unknown.length === 0 ? "" : `The cell doesn't know ${unknown.join(", ")}: its wild type answers.\n`,
    ended.length === 0 ? "" : `No flux at the end, counted as zero: ${ended.join(", ")}.\n`,
  ];
  return {
    markdown: `${table(task, rows)}\n${verdict(rows)}\n${notes.join("")}`,
    json: { benchmark: "ecoli-fluxes", bootstrap, strains: task.strains, rows: rows.map(plain), unknown, ended },
  };
}

function plain({ byStrain, ...row }: FluxRow): object {
  return { ...row, byStrain: [...byStrain] };
}

function table({ strains, reactions }: FluxTask, rows: readonly FluxRow[]): string {
  const head = `## ecoli-fluxes: ${strains.length} strains, ${reactions.length} fluxes each, per glucose taken up`;
  const between = ({ low, high }: Interval) => `${low.toFixed(3)} to ${high.toFixed(3)}`;
  const lines = rows.map(
    ({ name, rmse, excess }) =>
      `| ${name} | ${rmse.estimate.toFixed(4)} | ${between(rmse)} | ${excess.estimate.toFixed(4)} | ${between(excess)} |`,
  );
  return `${head}\n\n|  | RMSE | 95 % | less the mean's | 95 % |\n| --- | ---: | ---: | ---: | ---: |\n${lines.join("\n")}\n`;
}

function verdict(rows: readonly FluxRow[]): string {
  const better = rows.slice(2).filter(({ excess }) => excess.high < 0);
  const names = better.map(({ name }) => name);
  return names.length === 0
    ? "No model beats the mean of the other strains with an interval that excludes zero."
    : `Better than the mean of the other strains, with an interval that excludes zero: ${names.join("; ")}.`;
}
