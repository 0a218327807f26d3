import { CellweaveError } from "../../errors.ts";
import type { FluxModel } from "../../metabolism/model/flux-model.ts";
import { fluxMapFigure, listed, unmatched } from "../../report/escher/figure.ts";
import { type EscherMap, readEscherMap } from "../../report/escher/map.ts";
import type { Coefficients } from "../../report/escher/orientation.ts";
import { nodeFiles } from "../../scenario/documents/files-node.ts";
import type { Streams } from "../command.ts";
import { writeFigure } from "../output.ts";
import type { FluxAnswer } from "./fba-output.ts";
import type { FluxInput } from "./flux-input.ts";

/**
 * Draws the fluxes on a map, and says on stderr what of map and model doesn't meet.
 * @throws CellweaveError `escher/map` where the map has no reaction of the model
 */
export async function writeFluxMap(
  { model, shut }: FluxInput,
  { objective, fluxes, method }: FluxAnswer,
  files: { readonly map: string; readonly out: string | undefined },
  streams: Streams,
): Promise<void> {
  const map = readEscherMap(new TextDecoder().decode(await nodeFiles.read(files.map)), files.map);
  requireShared(map, model, files.map);
  const byId = new Map(model.reactions.map(({ id }, j) => [id, fluxes[j] ?? 0]));
  const { notInModel, notOnMap } = unmatched({ map, fluxes: byId });
  if (notInModel.length > 0) streams.err.write(`on the map, not in the model: ${listed(notInModel)}\n`);
  if (notOnMap.length > 0) streams.err.write(`carrying flux, not on the map: ${listed(notOnMap)}\n`);
  const title = `${model.id}: objective ${Number(objective.toPrecision(4))}`;
  const subtitle = shut.length === 0 ? method : `without ${listed(shut)}; ${method}`;
  const coefficients = coefficientsOf(model);
  const draw = async () => fluxMapFigure({ map, fluxes: byId, closed: new Set(shut), coefficients, title, subtitle });
  await writeFigure(files.out, draw, streams);
}

function requireShared({ reactions }: EscherMap, model: FluxModel, file: string): void {
  if (reactions.some(({ id }) => model.reactionIndex.has(id))) return;
  const some = listed(reactions.slice(0, 3).map(({ id }) => id));
  throw new CellweaveError("escher/map", `none of the map's reactions (${some}, ...) is in model '${model.id}'`, {
    place: { file },
    hint: "a map's reactions carry the model's ids, as 'cellweave fba MODEL --all' lists them",
  });
}

function coefficientsOf({ reactionIndex, stoichiometry, metabolites }: FluxModel): Coefficients {
  const { starts, rows, values } = stoichiometry;
  return (id) => {
    const j = reactionIndex.get(id);
    if (j === undefined) return undefined;
    const own = new Map<string, number>();
    for (let k = starts[j] ?? 0; k < (starts[j + 1] ?? 0); k++)
      own.set(metabolites[rows[k] ?? 0]?.id ?? "", values[k] ?? 0);
    return own;
  };
}
