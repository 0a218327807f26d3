import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../src/numerics/seeded-random.ts";

/** How many processes are killed: few where every test runs, 200 for the record (`CELLWEAVE_KILLS=200`). */
const KILLS = Number(process.env.CELLWEAVE_KILLS ?? 6);

const root = fileURLToPath(new URL("../../", import.meta.url));
const built = process.env.CELLWEAVE_CLI ?? join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "cellweave-kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
if (!existsSync(built))
  process.stderr.write(
    "SKIPPED: killing the command line needs the built package; run 'npm run build' (npm test does)\n",
  );

writeFileSync(
  join(folder, "core.cell.yaml"),
  `cell: core
modules:
  - medium: medium
    biomass: { initial: 0.05 }
    pools: { glc__D_e: { initial: 10 }, ac_e: { initial: 0 } }
  - metabolic: metabolism
    sbml: ${root}sbml/ecoli-core.xml
    exchanges:
      EX_glc__D_e: { pool: glc__D_e, vmax: 10, km: 0.05 }
      EX_ac_e: { pool: ac_e, vmax: 3, km: 0.2 }
    unlimited: [EX_co2_e, EX_h_e, EX_h2o_e, EX_pi_e, EX_nh4_e, EX_o2_e]
    closed: others
    capacities: { CYTBD: 28 }
`,
);
const scenario = join(folder, "batch.scenario.yaml");
writeFileSync(
  scenario,
  "scenario: batch\ncell: core.cell.yaml\narms: [mechanistic]\ntime: { to: 9, points: 19 }\n" +
    "compare: nothing\nperturbations: [{ medium: glc__D_e, set: 5, at: 7 }]\n",
);

/** Runs the command line, killed without warning when the folder of checkpoints has changed so many times. */
function run(out: string, options: readonly string[], changes = Number.POSITIVE_INFINITY): Promise<number | null> {
  const kept = `${out}.checkpoints`;
  mkdirSync(kept, { recursive: true });
  return new Promise((resolve, reject) => {
    const args = [
      built,
      "run",
      scenario,
      "-o",
      out,
      "-q",
      "--ledger",
      "--checkpoint",
      "0",
      "--threads",
      "1",
      ...options,
    ];
    const child = spawn(process.execPath, args, { stdio: "ignore" });
    let seen = 0;
    const watcher = watch(kept, () => {
      if (++seen === changes) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("exit", (code) => {
      watcher.close();
      resolve(code);
    });
  });
}

const FILES = ["trajectory.csv", "trajectory.parquet", "ledger.csv", "ledger.parquet"];
const bytes = (out: string) => FILES.map((name) => readFileSync(join(out, name)).toString("base64"));

describe.skipIf(!existsSync(built))("cellweave run, killed", () => {
  test(`${KILLS} times at seeded moments, in the middle of writing too, goes on to the same bytes`, async () => {
    const straight = join(folder, "straight");
    expect(await run(straight, [])).toBe(0);
    expect(readdirSync(folder)).not.toContain("straight.checkpoints");
    const expected = bytes(straight);
    const random = seededRandom(11);
    let [kills, torn, run_] = [0, 0, 0];
    while (kills < KILLS) {
      const out = join(folder, `killed-${run_++}`);
      let code: number | null = null;
      for (let options: string[] = []; code === null; options = ["--resume"]) {
        const wanted = kills < KILLS ? 3 + random.integer(400) : Number.POSITIVE_INFINITY;
        code = await run(out, options, wanted);
        if (code !== null) break;
        kills++;
        if (existsSync(out)) throw new Error("a run folder that is not whole was left in place");
        const part = readdirSync(`${out}.checkpoints`).find((name) => name.endsWith(".part"));
        if (part !== undefined) torn++;
      }
      expect(code).toBe(0);
      expect(bytes(out)).toEqual(expected);
      rmSync(out, { recursive: true, force: true });
    }
    process.stderr.write(`${kills} kills, ${torn} in the middle of a write, ${run_} runs: all to the same bytes\n`);
  }, 3_600_000);

  test("resuming what is not there, or another run, is refused by name", async () => {
    const { runCli } = await import("../e2e/run-cli.ts");
    const out = join(folder, "nothing");
    const none = await runCli("run", scenario, "-o", out, "--resume");
    expect([none.code, none.err]).toEqual([2, expect.stringContaining("there is nothing to resume")]);
    expect(await run(out, [], 20)).toBe(null);
    const other = await runCli("run", scenario, "-o", out, "--resume", "--rtol", "1e-3");
    expect([other.code, other.err]).toEqual([2, expect.stringContaining("are of another run")]);
  }, 120_000);
});
