import { expect, test } from "vitest";
import { columnOf, defineScenario, type RunOptions, runScenario } from "../../src/index.ts";

/** zur was never deleted in training, nor was anything near it. */
async function zurLost(options: RunOptions) {
  const scenario = defineScenario(
    {
      scenario: "zur",
      cell: "../../models/ecoli/ecoli.cell.yaml",
      time: { to: 0.5, points: 3 },
      arms: ["learned"],
      perturbations: [{ knockout: "zur" }, { knockout: "arcA", from: 0.25 }],
    },
    import.meta.url,
  );
  const { arms } = await runScenario(scenario, options);
  const [arm] = arms;
  if (arm?.trajectory.status.code !== "done") throw new Error(arm?.trajectory.status.message ?? "no arm");
  const { trajectory, uncertainty } = arm;
  const said = trajectory.warnings.map(({ message }) => message).join("\n");
  return { sdhA: [...(columnOf(trajectory, "expression:b0723") ?? [])], said, uncertainty };
}

test("beyond what it was trained on the plain fallback answers, to the bit, and the run says so", async () => {
  const fallen = await zurLost({});
  const name = /^OUT: .*'(?<name>[\w-]+)' answers instead$/.exec(fallen.said)?.groups?.name ?? "no fallback named";
  const plain = await zurLost({ regulator: name });
  const own = await zurLost({ fallback: false });
  expect(fallen.sdhA).toEqual(plain.sdhA);
  expect(own.said).toMatch(/^OUT: /);
  expect(own.said).not.toContain("answers instead");
  expect(own.sdhA[2]).not.toBe(fallen.sdhA[2]);
  const wider = fallen.uncertainty?.beyond.expression.get("b0723") ?? 0;
  expect(wider).toBeGreaterThan(1.3 * (plain.uncertainty?.within.expression.get("b0723") ?? 0));
});
