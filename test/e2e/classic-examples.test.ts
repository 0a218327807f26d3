import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { columnOf, readScenario, runScenario } from "../../src/index.ts";

const folder = fileURLToPath(new URL("../../examples/classics/", import.meta.url));
/** The cells name their models by this path, whatever CELLWEAVE_DATA says. */
const models = resolve(folder, "../../../shared/data/biomodels");
const there = existsSync(join(models, "BIOMD0000000139.xml"));
if (!there) process.stderr.write(`\nSKIPPED: classic examples, no models at ${models}\n\n`);

interface Peak {
  readonly hour: number;
  readonly value: number;
}

/** A variable's course in the example's one arm. */
async function course(name: string) {
  const { arms } = await runScenario(await readScenario(`${folder}${name}.scenario.yaml`));
  const trajectory = arms[0]?.trajectory;
  if (trajectory?.status.code !== "done") throw new Error(trajectory?.status.message ?? "no arm");
  const hours = trajectory.times;
  return (id: string) => {
    const x = columnOf(trajectory, id) ?? new Float64Array(0);
    return {
      x,
      hours,
      most: Math.max(...x),
      /** Local maxima after an hour. */
      peaks: (after = 0): Peak[] =>
        Array.from(x).flatMap((value, i) => {
          const hour = hours[i] ?? 0;
          const top = value > (x[i - 1] ?? value) && value > (x[i + 1] ?? Number.POSITIVE_INFINITY);
          return top && hour > after ? [{ hour, value }] : [];
        }),
      /** First hour at which a share of the maximum is passed. */
      when: (share: number) => hours[x.findIndex((value) => value > share * Math.max(...x))] ?? Number.NaN,
    };
  };
}

const STIMULUS = 2000 / 60;

test("every classic has a test here", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".scenario.yaml"));
  expect(names.map((name) => name.replace(".scenario.yaml", "")).sort()).toEqual([
    "apoptosis",
    "egf-mapk",
    "nfkb-ikb-alpha-alone",
    "nfkb-wild-type",
    "p53-mdm2",
  ]);
});

describe.skipIf(!there)("the classics as cells", () => {
  test("NF-kB: with IkB-alpha alone it oscillates for hours, in the wild type it is damped", async () => {
    const alone = (await course("nfkb-ikb-alpha-alone"))("nfkb:nuclear").peaks(STIMULUS);
    const wild = (await course("nfkb-wild-type"))("nfkb:nuclear").peaks(STIMULUS);
    expect(alone.length).toBeGreaterThanOrEqual(4);
    for (const [i, { hour, value }] of alone.entries()) {
      const before = alone[i - 1];
      if (before === undefined) continue;
      expect(hour - before.hour).toBeGreaterThan(1.4);
      expect(hour - before.hour).toBeLessThan(2.1);
      expect(value / before.value).toBeGreaterThan(0.6);
    }
    expect((wild[1]?.value ?? 1) / (wild[0]?.value ?? 1)).toBeLessThan(0.55);
  });

  test("p53 and Mdm2: p53 peaks three hours after the damage, Mdm2 two to three hours after p53, then a lower pulse", async () => {
    const of = await course("p53-mdm2");
    const [p53, again] = of("p53:total").peaks(1);
    const [mdm2] = of("p53:mdm2").peaks(1);
    expect((p53?.hour ?? 0) - 1).toBeCloseTo(3, 0);
    expect((p53?.value ?? 0) / (of("p53:total").x[20] ?? 1)).toBeGreaterThan(5);
    expect((mdm2?.hour ?? 0) - (p53?.hour ?? 0)).toBeGreaterThan(1.5);
    expect((mdm2?.hour ?? 0) - (p53?.hour ?? 0)).toBeLessThan(3);
    expect(again?.hour).toBeGreaterThan(10);
    expect(again?.value).toBeLessThan(0.7 * (p53?.value ?? 0));
  });

  test("EGF: ERK is doubly phosphorylated within minutes, and transiently", async () => {
    const erk = (await course("egf-mapk"))("egf:erk-pp");
    expect(60 * erk.when(0.999)).toBeGreaterThan(2);
    expect(60 * erk.when(0.999)).toBeLessThan(10);
    expect((erk.x.at(-1) ?? 0) / erk.most).toBeLessThan(0.25);
  });

  test("apoptosis: PARP is cut in a snap after three hours", async () => {
    const parp = (await course("apoptosis"))("apoptosis:cut-parp");
    expect(parp.when(0.1)).toBeGreaterThan(3);
    expect(parp.when(0.9) - parp.when(0.1)).toBeLessThan(0.2 * parp.when(0.1));
    expect(parp.most).toBeGreaterThan(0.99e6);
  });
});
