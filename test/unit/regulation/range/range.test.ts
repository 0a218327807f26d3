import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { composeCell } from "../../../../src/cell/compose.ts";
import { simulate } from "../../../../src/engine/simulate.ts";
import { regulatoryGraph } from "../../../../src/regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../../../../src/regulation/graph/graph-file.ts";
import { regulatorModule } from "../../../../src/regulation/module/regulator-module.ts";
import { rangeJudge } from "../../../../src/regulation/range/range.ts";
import { parseCard } from "../../../../src/regulation/trained/card.ts";
import { openRegulator } from "../../../../src/regulation/trained/open-node.ts";

const root = new URL("../../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const network = regulatoryGraph(parseRegulatoryFile(read("networks/ecoli-core-trn.json")));
const card = parseCard(read("models/ecoli/regulator.card.json"));
const judge = rangeJudge(card, network);
const knockout = (gene: string) => ({ gene, level: 0 });
const [arcA, crp, glrR, pgi, pta, iclR] = ["b4401", "b3357", "b2554", "b4025", "b2297", "b4018"] as const;

describe("the range of the shipped regulator", () => {
  test("deletions of the training data are IN, under whichever name", () => {
    for (const gene of [arcA, crp, glrR, pgi]) expect(judge([knockout(gene)]).code).toBe("IN");
    expect(judge([{ gene: arcA, level: 0.2 }]).code).toBe("IN");
    expect(judge([]).code).toBe("IN");
  });

  test("overexpression, new combinations, enzymes never deleted and near regulators are EDGE", () => {
    expect(judge([{ gene: arcA, level: 5 }]).reasons).toEqual(["more arcA than in the wild type was not in training"]);
    expect(judge([knockout(arcA), knockout(crp)]).reasons).toEqual([
      "arcA and crp were never perturbed together in training",
    ]);
    expect(judge([knockout(pta)]).reasons[0]).toMatch(/^pta was never deleted .* through metabolism alone$/);
    expect(judge([knockout(iclR)])).toMatchObject({ code: "EDGE" });
  });

  test("a gene without a token is OUT, whatever else is perturbed", () => {
    expect(judge([knockout(arcA), knockout("b9999")])).toEqual({
      code: "OUT",
      reasons: ["the regulator has no token for b9999"],
    });
  });

  test("without a graph, what was never deleted is OUT", () => {
    expect(rangeJudge(card)([knockout(iclR)]).code).toBe("OUT");
  });
});

test("a run outside the range carries the warning, one inside carries none", async () => {
  const run = async (gene: string) => {
    const opened = await openRegulator(new URL("models/ecoli/ridge.json", root).pathname);
    const range = rangeJudge(opened.card, network);
    const cell = composeCell([
      regulatorModule({ id: "regulator", regulator: opened.regulator, degradation: 1, range }),
    ]);
    const edit = { kind: "gene", gene, level: 0, genotype: true } as const;
    return simulate(cell, { t0: 0, t1: 1, output: Float64Array.of(0, 1), edits: [{ edit, from: 0, to: 9 }] });
  };
  expect((await run(arcA)).warnings).toEqual([]);
  const { warnings } = await run(pta);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toMatch(
    /^EDGE: at the edge of what 'ecoli-ridge' was trained on: pta was never deleted/,
  );
});
