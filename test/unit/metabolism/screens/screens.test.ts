import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { variability } from "../../../../src/metabolism/balance/fva.ts";
import { deletionJob, deletionScreen } from "../../../../src/metabolism/screens/deletion-screen.ts";
import { type DeletionJob, WIDTH } from "../../../../src/metabolism/screens/job.ts";
import { openJournal, readJournal } from "../../../../src/metabolism/screens/journal-node.ts";
import { emptyRows, runScreen, undone } from "../../../../src/metabolism/screens/run-node.ts";
import { core } from "../../../support/flux-models.ts";

const model = core();
const GENES = ["pgi", "zwf", "pta", "ackA", "ppc", "sdhA", "b0720", "s0001"];
const folder = mkdtempSync(join(tmpdir(), "cellweave-screens-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pairs(names: readonly string[], method: DeletionJob["method"] = "fba"): DeletionJob {
  return deletionJob(model, { of: "genes", method, bounds: model.bounds, pairs: true, names });
}

/** Growth of every pair by its genes, as bits. */
async function growths(job: DeletionJob): Promise<Map<string, string>> {
  const { deletions, epistasis } = deletionScreen(job, await runScreen(job));
  return new Map(
    deletions.map(({ deleted, objective }, k) => [
      deleted.toSorted().join(),
      Buffer.from(Float64Array.of(objective, epistasis?.[k] ?? 0).buffer).toString("hex"),
    ]),
  );
}

describe("a deletion screen", () => {
  test.each(["fba", "linear-moma"] as const)("by %s has the same bits forward and backward", async (method) => {
    const forward = await growths(pairs(GENES, method));
    expect(forward.size).toBe(28);
    const backward = await growths(pairs(GENES.toReversed(), method));
    for (const [pair, growth] of forward) expect([pair, backward.get(pair)]).toEqual([pair, growth]);
  });

  test("tells the epistasis of pairs", async () => {
    const job = pairs(["pgi", "zwf", "tpiA"]);
    const { deletions, epistasis, wildType } = deletionScreen(job, await runScreen(job));
    const at = deletions.findIndex(({ deleted }) => deleted.join() === "pgi,tpiA");
    const singles = deletionJob(model, { of: "genes", method: "fba", bounds: model.bounds, pairs: false });
    const alone = deletionScreen(singles, await runScreen(singles)).deletions;
    const relative = (gene: string) =>
      (alone.find(({ deleted }) => deleted[0] === gene)?.objective ?? Number.NaN) / wildType;
    expect([deletions[at]?.status, deletions[at]?.objective]).toEqual(["infeasible", Number.NaN]);
    expect(epistasis?.[at]).toBeCloseTo(-relative("b4025") * relative("b3919"), 12);
    expect(epistasis?.[at]).toBeLessThan(-0.5);
  });

  test("one gene makes no pair", () => {
    expect(() => pairs(["pgi"])).toThrow("pairs need two different genes");
  });
});

describe("flux variability as a screen", () => {
  const ranges = async (reactions: readonly number[]) => {
    const job = {
      kind: "variability",
      model,
      bounds: model.bounds,
      fraction: 0.9,
      loopless: false,
      reactions,
    } as const;
    const { rows, objective } = await runScreen(job);
    const bits = reactions.map((_, k) => Buffer.from(rows.slice(k * WIDTH, (k + 1) * WIDTH).buffer).toString("hex"));
    return { objective, rows, bits: new Map(reactions.map((j, k) => [j, bits[k]])) };
  };

  test("has the same bits forward and backward, and those of the library", async () => {
    const all = [...model.reactions.keys()];
    const forward = await ranges(all);
    const backward = await ranges(all.toReversed());
    for (const [j, range] of forward.bits) expect([j, backward.bits.get(j)]).toEqual([j, range]);
    const plain = await variability(model, { fraction: 0.9 });
    if (plain.status !== "optimal") throw new Error(plain.message);
    expect(forward.objective).toBe(plain.objective);
    for (const j of all)
      expect([j, forward.rows[j * WIDTH + 1], forward.rows[j * WIDTH + 2]]).toEqual([
        j,
        plain.minimum[j],
        plain.maximum[j],
      ]);
  });
});

describe("partial results", () => {
  const file = join(folder, "out.csv.partial");

  test("a screen that was stopped goes on and ends with the same bits", async () => {
    const job = pairs(GENES);
    const whole = await runScreen(job);
    const half = whole.rows.slice().fill(Number.NaN, 10 * WIDTH, 25 * WIDTH);
    openJournal(file, job, false).write(half);
    const kept = readJournal(file, job);
    expect(undone(kept)).toEqual(Array.from({ length: 15 }, (_, k) => k + 10));
    const rest = await runScreen(job, { rows: kept });
    expect(Buffer.from(rest.rows.buffer).equals(Buffer.from(whole.rows.buffer))).toBe(true);
    expect(rest.objective).toBe(whole.objective);
  });

  test("an abort leaves what is done and says so", async () => {
    const stop = new AbortController();
    stop.abort();
    const job = pairs(GENES);
    const { status, rows } = await runScreen(job, { signal: stop.signal });
    expect([status, undone(rows).length]).toEqual(["interrupted", 36]);
  });

  test("are not overwritten unasked, nor taken for another screen's", () => {
    const job = pairs(GENES);
    openJournal(file, job, true).write(emptyRows(job));
    expect(() => openJournal(file, job, false)).toThrow("holds partial results");
    expect(() => readJournal(file, pairs(GENES, "moma"))).toThrow("is of another screen");
    expect(() => readJournal(join(folder, "none"), job)).toThrow("there are no partial results");
    openJournal(file, job, true).remove();
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, "something else\n");
    expect(() => readJournal(file, job)).toThrow("is no file of partial results");
  });
});
