import { CellweaveError } from "../../errors.ts";
import type { Column, Simulation } from "../../pathway/run/simulation.ts";
import { didYouMean } from "../../suggest.ts";

/** `ID=VALUE` words as parameter values. Throws `cli/usage`. */
export function parameterValues(words: readonly string[], verb = "simulate"): Map<string, number> {
  const out = new Map<string, number>();
  for (const word of words) {
    const [id = "", text = ""] = word.split("=");
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (id === "" || Number.isNaN(value))
      throw new CellweaveError("cli/usage", `${verb}: got '--set ${word}' when ID=VALUE was expected`, {
        kind: "usage",
      });
    out.set(id.trim(), value);
  }
  return out;
}

/** Time and the selected columns as CSV: shortest digits that read back to the same number. */
export function selectColumns(simulation: Simulation, select: readonly string[] | undefined, amounts: boolean): string {
  const ids = select ?? defaultColumns(simulation);
  const columns = ids.map((id) => series(find(simulation, id), amounts));
  const rows = [["time", ...ids].join(",")];
  simulation.times.forEach((t, i) => {
    rows.push([t, ...columns.map((c) => c[i] ?? Number.NaN)].join(","));
  });
  return `${rows.join("\n")}\n`;
}

/** Species; where a model has none, everything that a rule or an event could move. */
function defaultColumns({ columns }: Simulation): string[] {
  const species = [...columns].filter(([, c]) => c.kind === "species").map(([id]) => id);
  return species.length > 0 ? species : [...columns].filter(([, c]) => c.kind !== "reaction").map(([id]) => id);
}

function find({ columns }: Simulation, id: string): Column {
  return columns.get(id) ?? unknownQuantity(id, columns);
}

/** Refuses an id to select that the model doesn't have. */
export function unknownQuantity(id: string, columns: ReadonlyMap<string, unknown>): never {
  const hint = didYouMean(id, columns.keys());
  throw new CellweaveError("sbml/unknown-id", `The model has nothing called '${id}' to select`, {
    kind: "usage",
    ...(hint === undefined ? {} : { hint }),
  });
}

function series(column: Column, amounts: boolean): Float64Array {
  return amounts ? (column.amounts ?? column.values) : column.values;
}
