import type { CellModule } from "../../../src/cell/module.ts";
import { OK } from "../../../src/cell/status.ts";
import { CellweaveError } from "../../../src/errors.ts";
import type { Files } from "../../../src/scenario/documents/files.ts";

/** Uptake of glucose and growth on it, both proportional to biomass and to the level of gene b0001. */
export function grower(id = "grower"): CellModule {
  let level = 1;
  return {
    id,
    owns: [{ id: "flux:uptake", kind: "flux", unit: "mmol/gDW/h", role: "output", initial: 0, nominal: 1 }],
    reads: ["pool:glc__D_e", "biomass"],
    adds: [
      { target: "pool:glc__D_e", feedback: ["pool:glc__D_e", "biomass"] },
      { target: "biomass", feedback: ["biomass"] },
    ],
    accepts: (edit) => edit.kind === "gene" && edit.gene === "b0001",
    apply(edits) {
      level = edits.reduce((product, edit) => (edit.kind === "gene" ? product * edit.level : product), 1);
    },
    evaluate({ reads, owned, rates, feedback }) {
      const [glucose = 0, biomass = 0] = reads;
      const flux = (level * 10 * glucose) / (0.1 + glucose);
      const slope = (level * 10 * 0.1) / (0.1 + glucose) ** 2;
      owned[0] = flux;
      rates.set([-flux * biomass, 0.05 * flux * biomass]);
      feedback.set([-slope * biomass, -flux, 0.05 * flux]);
      return OK;
    },
    advance: () => OK,
    interpolate() {},
    snapshot: () => null,
    restore() {},
    dispose() {},
  };
}

/** Files that lie in memory, by absolute name. */
export function memoryFiles(contents: ReadonlyMap<string, string>): Files {
  return {
    resolve: (base, name) => new URL(name, `file://${base}`).pathname,
    read: async (path) => {
      const text = contents.get(path);
      if (text === undefined) throw new CellweaveError("file/not-found", `file '${path}' does not exist`);
      return new TextEncoder().encode(text);
    },
  };
}
