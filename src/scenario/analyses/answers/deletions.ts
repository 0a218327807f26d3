import type { FluxModel } from "../../../metabolism/model/flux-model.ts";
import { openDeletions } from "../../../metabolism/mutants/deletions.ts";
import { essential } from "../../../metabolism/mutants/essential.ts";
import { doubleStrains, singleStrains } from "../../../metabolism/mutants/strains.ts";
import type { AnalysisRow, Answering } from "../analysis.ts";
import { NONE } from "./rows.ts";

const screen: Answering = async ({ genes, reactions, method, pairs }, { model, bounds, fluxes }) => {
  const from = fluxes === undefined ? {} : { reference: fluxes };
  const of = reactions === undefined ? "genes" : "reactions";
  const strains = (pairs ? doubleStrains : singleStrains)(model, of, reactions ?? genes);
  const opened = await openDeletions(model, { bounds, method, of, ...from });
  try {
    const rows = strains.map((strain): AnalysisRow => {
      const { status, objective } = opened.solve(strain);
      return { ...named(model, strain.deleted), status, value: objective };
    });
    return { status: "optimal", objective: opened.wildType, rows };
  } finally {
    opened.dispose();
  }
};

const lacking: Answering = async (_, { model, bounds }) => {
  const { wildType, deletions } = await essential(model, "genes", { bounds });
  const rows = deletions.map(({ deleted, status, objective }) => ({
    ...named(model, deleted),
    status,
    value: objective,
  }));
  return { status: "optimal", objective: wildType, rows };
};

/** A row's subject: what is deleted, with the names of genes that have one. */
function named(model: FluxModel, deleted: readonly string[]) {
  const nameOf = (id: string) => model.genes[model.geneIndex.get(id) ?? -1]?.name;
  const subject = deleted.join(" ");
  const name = deleted.map((id) => nameOf(id) ?? id).join(" ");
  return { ...NONE, subject, ...(name === subject ? {} : { name }) };
}

/** Questions whose answer is growth without genes, or reactions. */
export const DELETIONS = new Map<string, Answering>([
  ["knockout", screen],
  ["essential", lacking],
]);
