import { CellweaveError } from "../../errors.ts";
import { didYouMean } from "../../suggest.ts";
import type { Inputs } from "../documents/files.ts";
import type { Path } from "../documents/problem.ts";
import type { Names } from "../perturbation.ts";
import type { Scenario } from "../scenario.ts";
import { type CsvTable, parseCsv } from "./csv.ts";
import { type MidasRow, parseMidas } from "./midas.ts";

/** One measured point, in the variable's unit. */
export interface Measurement {
  readonly variable: string;
  /** Hours. */
  readonly time: number;
  readonly value: number;
  /** Standard deviation. */
  readonly sd?: number;
}

type DataSpec = NonNullable<Scenario["spec"]["data"]>[number];
type FileData = Extract<DataSpec, { file: string }>;
type MidasData = Extract<DataSpec, { midas: string }>;

/** The measured data of a scenario, those in files read and checked. */
export async function readMeasurements(scenario: Scenario, names: Names, inputs: Inputs): Promise<Measurement[]> {
  const sets = (scenario.spec.data ?? []).map(async (data, i) => {
    const path: Path = ["data", i];
    if ("midas" in data) return fromMidas(data, path, scenario, inputs);
    const variable = names.variable(data.observable, [...path, "observable"]);
    const points = "points" in data ? data.points : await fromFile(data, path, scenario, inputs);
    return points.map((point) => ({ variable, ...point }));
  });
  return (await Promise.all(sets)).flat();
}

const SITE = "phospho:";

/** The rows of one treatment for the observables that the table has, relative to the untreated start; minutes become hours. */
async function fromMidas(data: MidasData, path: Path, scenario: Scenario, inputs: Inputs): Promise<Measurement[]> {
  const file = inputs.files.resolve(scenario.base, data.midas);
  const text = await inputs.text(file, "data").catch((error: unknown) => {
    if (!(error instanceof CellweaveError)) throw error;
    if (data.optional === true && error.code === "file/not-found") return undefined;
    throw error.at(scenario.source.place([...path, "midas"]));
  });
  if (text === undefined) return [];
  const { rows, observables } = parseMidas(text, file);
  const wanted = [...(data.inhibitors ?? [])].sort().join("+");
  const untreated = rows.find(({ inhibitors, time }) => inhibitors.length === 0 && time === 0);
  const chosen = rows.filter((row) => row.inhibitors.join("+") === wanted && row.stimuli.join("+") === data.stimulus);
  if (chosen.length === 0 || untreated === undefined)
    throw new CellweaveError("data/treatment", `no rows of ${data.stimulus} with ${wanted || "no inhibitor"}`, {
      place: scenario.source.place(path),
    });
  const points = (variable: string): Measurement[] => {
    const column = observables.indexOf(variable.slice(SITE.length));
    if (!variable.startsWith(SITE) || column < 0) return [];
    const level = (row: MidasRow) => (row.values[column] ?? Number.NaN) / (untreated.values[column] ?? Number.NaN);
    const found = chosen.map((row) => ({ variable, time: row.time / 60, value: level(row) }));
    return found.filter(({ value }) => Number.isFinite(value));
  };
  return (scenario.spec.observables ?? []).flatMap(points);
}

async function fromFile(data: FileData, path: Path, scenario: Scenario, inputs: Inputs) {
  const file = inputs.files.resolve(scenario.base, data.file);
  const text = await inputs.text(file, "data").catch((error: unknown) => {
    throw error instanceof CellweaveError ? error.at(scenario.source.place([...path, "file"])) : error;
  });
  const table = parseCsv(text, file);
  const time = columnOf(table, data.time ?? "time", file);
  const value = columnOf(table, data.value, file);
  const sd = data.sd === undefined ? undefined : columnOf(table, data.sd, file);
  return table.rows.flatMap(({ line, cells }) => {
    if ((cells[value] ?? "").trim() === "") return [];
    const read = (column: number) => numberIn(cells[column] ?? "", { file, line }, table.header[column] ?? "");
    return { time: read(time), value: read(value), ...(sd === undefined ? {} : { sd: read(sd) }) };
  });
}

function columnOf({ header }: CsvTable, name: string, file: string): number {
  const index = header.indexOf(name);
  if (index >= 0) return index;
  throw new CellweaveError("data/column", `no column '${name}'`, {
    place: { file, line: 1 },
    hint: didYouMean(name, header) ?? `the columns are ${header.join(", ")}`,
  });
}

function numberIn(cell: string, place: { file: string; line: number }, column: string): number {
  const value = Number(cell);
  if (cell.trim() !== "" && Number.isFinite(value)) return value;
  throw new CellweaveError("data/number", `column '${column}': expected a number, got '${cell}'`, { place });
}
