import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readSbml, simulateSbml } from "../../src/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(resolve(root, process.env.CELLWEAVE_DATA ?? "../shared/data"), "biomodels");
const there = existsSync(folder);
if (!there) process.stderr.write(`\nSKIPPED: classics, no models at ${folder} (set CELLWEAVE_DATA)\n\n`);

/** Columns of a model's run, by SBML id. */
function run(model: string, t1: number, points: number) {
  const document = readSbml(readFileSync(join(folder, `BIOMD0000000${model}.xml`), "utf8"));
  const { columns, status } = simulateSbml(document, { t1, points });
  expect(status).toMatchObject({ ok: true });
  return (id: string): Float64Array => columns.get(id)?.values ?? new Float64Array(0);
}

/** Indices of strict local maxima. */
function peaks(x: ArrayLike<number>): number[] {
  return Array.from(x).flatMap((value, i, all) =>
    i > 0 && value > (all[i - 1] ?? value) && value > (all[i + 1] ?? Number.POSITIVE_INFINITY) ? [i] : [],
  );
}

describe.skipIf(!there)("published behaviour of the classics", () => {
  test("NF-kB: IkB-alpha alone makes it oscillate, IkB-beta and -epsilon damp that (Hoffmann et al. 2002)", () => {
    const minutes = (model: string) => run(model, 2360, 2361)("NFkB_nuc").slice(2000);
    const swing = (x: Float64Array) => {
      const [first = 0, second = 0] = peaks(x);
      const trough = Math.min(...x.slice(first, second));
      return { peaks: peaks(x), rebound: ((x[second] ?? 0) - trough) / ((x[first] ?? 0) - trough) };
    };
    const alone = swing(minutes("139"));
    const wild = swing(minutes("140"));
    expect(alone.peaks.length).toBeGreaterThanOrEqual(4);
    expect((alone.peaks[1] ?? 0) - (alone.peaks[0] ?? 0)).toBeGreaterThan(80);
    expect((alone.peaks[1] ?? 0) - (alone.peaks[0] ?? 0)).toBeLessThan(130);
    expect(alone.rebound).toBeGreaterThan(0.6);
    expect(wild.rebound).toBeLessThan(0.4);
  });

  test("p53 and Mdm2: damage makes p53 rise, Mdm2 follows and brings it down (Proctor and Gray 2008)", () => {
    const columns = run("188", 72_000, 721);
    const hours = (id: string) => (peaks(columns(id)).filter((i) => i > 20)[0] ?? Number.NaN) / 36;
    const p53 = columns("totp53");
    expect(hours("totp53")).toBeGreaterThan(3);
    expect(hours("totMdm2")).toBeGreaterThan(hours("totp53") + 0.5);
    expect(Math.max(...p53)).toBeGreaterThan(4 * (p53[36] ?? 0));
    expect(peaks(p53).filter((i) => i > 36).length).toBeGreaterThanOrEqual(2);
  });

  test("EGFR and MAPK: ERK is doubly phosphorylated within minutes and falls again (Schoeberl et al. 2002)", () => {
    const erk = run("019", 60, 241)("x59");
    const top = erk.indexOf(Math.max(...erk)) / 4;
    expect(top).toBeGreaterThan(2);
    expect(top).toBeLessThan(10);
    expect((erk.at(-1) ?? 0) / Math.max(...erk)).toBeLessThan(0.25);
  });

  test("apoptosis: PARP is cut in a snap after a long delay (Albeck et al. 2008)", () => {
    const columns = run("220", 20_000, 2001);
    const cut = columns("CPARP");
    const all = Math.max(...cut);
    const when = (share: number) => 10 * cut.findIndex((x) => x > share * all);
    expect(all).toBeGreaterThan(0.99e6);
    expect(when(0.1)).toBeGreaterThan(9000);
    expect(when(0.9) - when(0.1)).toBeLessThan(0.3 * when(0.1));
  });
});
