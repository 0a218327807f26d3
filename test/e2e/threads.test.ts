import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { RunManifest } from "../../src/report/manifest.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const built = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "cellweave-threads-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

if (!existsSync(built))
  process.stderr.write("SKIPPED: threads need the built package; run 'npm run build' (npm test does)\n");

const scenario = join(folder, "short.scenario.yaml");
writeFileSync(
  scenario,
  `scenario: short
cell: ${root}models/ecoli/ecoli.cell.yaml
regulator: ridge
time: { to: 1, points: 5 }
perturbations: [{ knockout: pgi }]
`,
);

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

/** Runs the built command line; `onFirstWord` is called when it begins to write to stderr. */
function run(args: readonly string[], onFirstWord?: (stop: () => void) => void): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [built, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let err = "";
    child.stderr.on("data", (text: Buffer) => {
      if (err === "") onFirstWord?.(() => child.kill("SIGINT"));
      err += String(text);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, err }));
  });
}

describe.skipIf(!existsSync(built))("the built command line", () => {
  test.skipIf(process.platform === "win32")("is a program that can be called by its name", () => {
    const { status, stdout } = spawnSync(built, ["--version"], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  test("one thread and three give the same trajectories, bit for bit", async () => {
    for (const threads of ["1", "3"]) {
      const out = join(folder, `out-${threads}`);
      const { code, err } = await run(["run", scenario, "-o", out, "-q", "--threads", threads]);
      expect({ code, err }).toEqual({ code: 0, err: "" });
    }
    const [one, three] = ["1", "3"].map((n) => readFileSync(join(folder, `out-${n}`, "trajectory.csv"), "utf8"));
    expect(one?.split("\n").length).toBeGreaterThan(15);
    expect(three).toBe(one);
    const manifest = JSON.parse(readFileSync(join(folder, "out-3", "manifest.json"), "utf8")) as RunManifest;
    expect(manifest.class).toBe("A");
    expect([...new Set(manifest.inputs.map(({ role }) => role))]).toEqual([
      "scenario",
      "cell",
      "graph",
      "sbml",
      "model",
    ]);
    for (const { sha256 } of manifest.inputs) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }, 300_000);

  test("a screen has the same bits on one thread and three, and interrupted and resumed", async () => {
    const screen = (name: string, ...more: string[]) => [
      ...["knockout", join(root, "sbml/ecoli-core.xml"), "--pairs", "--csv", join(folder, name)],
      ...more,
    ];
    for (const threads of ["1", "3"])
      expect((await run(screen(`pairs-${threads}.csv`, "--threads", threads, "-q"))).code).toBe(0);
    const stopped = await run(screen("pairs-resumed.csv", "--threads", "2"), (stop) => stop());
    expect([stopped.code, stopped.err]).toEqual([130, expect.stringContaining("with --resume to go on")]);
    expect(readdirSync(folder)).toContain("pairs-resumed.csv.partial");
    expect((await run(screen("pairs-resumed.csv", "--resume"))).code).toBe(0);
    const [one, three, resumed] = ["1", "3", "resumed"].map((n) =>
      readFileSync(join(folder, `pairs-${n}.csv`), "utf8"),
    );
    expect(one?.split("\n")).toHaveLength(9318);
    expect(three).toBe(one);
    expect(resumed).toBe(one);
    expect(readdirSync(folder).filter((name) => name.includes(".partial"))).toEqual([]);
  }, 300_000);

  test("flux samples have the same bits on one thread and three", async () => {
    const files = ["1", "3"].map((threads) => join(folder, `samples-${threads}.csv`));
    for (const [k, threads] of ["1", "3"].entries()) {
      const words = ["sample", join(root, "sbml/ecoli-core.xml"), "-n", "40", "--csv", files[k] ?? "", "-q"];
      expect((await run([...words, "--threads", threads])).code).toBe(0);
    }
    const [one, three] = files.map((file) => readFileSync(file, "utf8"));
    expect(one?.split("\n")).toHaveLength(42);
    expect(three).toBe(one);
  }, 120_000);

  test("Ctrl-C ends with 130, and the run folder says how far it came", async () => {
    const out = join(folder, "stopped");
    const diauxie = join(root, "examples/wild-type-diauxie.scenario.yaml");
    const { code, err } = await run(["run", diauxie, "-o", out, "--regulator", "ridge"], (stop) => stop());
    expect(err).toContain("interrupted");
    expect(code).toBe(130);
    const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8")) as { status: { code: string }[] };
    expect(manifest.status.map((status) => status.code)).toContain("interrupted");
    expect(readdirSync(folder).filter((name) => name.includes(".part-"))).toEqual([]);
  }, 300_000);
});
