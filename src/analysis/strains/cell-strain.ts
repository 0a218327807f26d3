import { columnOf } from "../../engine/trajectory.ts";
import { CellweaveError } from "../../errors.ts";
import type { ArmName } from "../../scenario/arms/arm.ts";
import { runScenario } from "../../scenario/run-scenario.ts";
import { defineScenario } from "../../scenario/scenario.ts";
import type { ScenarioSpec } from "../../scenario/schema/scenario.ts";

/** The end of a strain's run in one arm. */
export interface StrainState {
  readonly arm: ArmName;
  /** Whether the run reached its end. */
  readonly done: boolean;
  /** Value of a variable at the end; NaN for one the arm doesn't have. */
  value(id: string): number;
  /** Names of the genes with an expression variable, by locus tag. */
  readonly expressed: ReadonlyMap<string, string>;
}

const EXPRESSION = "expression:";

/** How strains are grown, whichever they are. */
export type Cultivation = Pick<ScenarioSpec, "time" | "medium" | "biomass" | "preculture" | "perturbations">;

/**
 * Grows a strain in a cell and says where each arm ends.
 * @param cell path of the manifest
 * @param gene that is deleted; the wild type where absent
 * @returns undefined where the cell knows no such gene
 */
export async function growStrain(
  cell: string,
  gene: string | undefined,
  { perturbations = [], ...culture }: Cultivation,
  arms: readonly ArmName[],
): Promise<StrainState[] | undefined> {
  const spec: ScenarioSpec = {
    scenario: "strain",
    cell,
    ...culture,
    compare: "nothing",
    arms: [...arms],
    perturbations: [...(gene === undefined ? [] : [{ knockout: gene }]), ...perturbations],
  };
  try {
    const result = await runScenario(defineScenario(spec, cell));
    return result.arms.map(({ name, trajectory }) => ({
      arm: name,
      done: trajectory.status.code === "done",
      value: (id) => columnOf(trajectory, id)?.at(-1) ?? Number.NaN,
      expressed: new Map(
        trajectory.variables.flatMap(({ id, kind, label = id }) =>
          kind === "expression" && id.startsWith(EXPRESSION) ? [[id.slice(EXPRESSION.length), label]] : [],
        ),
      ),
    }));
  } catch (error) {
    if (gene !== undefined && error instanceof CellweaveError && UNKNOWN.has(error.code)) return undefined;
    throw error;
  }
}

/** Codes of errors that say that the cell, or every arm of it, knows nothing of the gene. */
const UNKNOWN: ReadonlySet<string> = new Set(["graph/unknown-gene", "scenario/unheard"]);
