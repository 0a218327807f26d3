import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { seededRandom } from "../../src/numerics/seeded-random.ts";
import { runCli } from "./run-cli.ts";

const folder = mkdtempSync(join(tmpdir(), "cellweave-train-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const samples = file("my samples.csv", "gene,s1\nx,1\n");
const perturbations = file("p.csv", "sample,knockout\ns1,\n");
const tables = ["--samples", samples, "--perturbations", perturbations];

test("without --python it prints the commands, words quoted for a shell", async () => {
  const { code, out } = await runCli(
    "train",
    ...tables,
    "-o",
    join(folder, "mine"),
    "--no-transformer",
    "--ignore",
    "a,b",
  );
  expect(code).toBe(0);
  expect(out).toContain("pip install -r ");
  expect(out).toContain(`train_own.py --samples '${samples}' --perturbations ${perturbations}`);
  expect(out.trimEnd().endsWith("--no-transformer --ignore a --ignore b")).toBe(true);
});

test.each([
  [["--perturbations", perturbations], "'--samples' is missing"],
  [[...tables], "'--out' is missing"],
  [["--samples", "nothing.csv", "--perturbations", perturbations, "--check"], "'nothing.csv' does not exist"],
  [["--samples", folder, "--perturbations", perturbations, "--check"], "is no file"],
  [[...tables, "--check", "--python", join(folder, "no-python")], "cannot be run"],
  [[...tables, "--check", "--unit", "log3"], "log10"],
])("%j is refused by name", async (args, said) => {
  const { code, err } = await runCli("train", ...args);
  expect(code).toBe(2);
  expect(err).toContain(said);
});

/** A folder as training writes it: six genes, of which regA activates the first two and regB represses the third. */
function ownFolder(): string {
  const random = seededRandom(5);
  const variables = ["v1", "v2", "v3", "v4", "v5", "regA"];
  const columns = new Map<string, number[]>();
  const pairs = ["genotype,condition,project,ko_samples,wt_samples"];
  for (const project of ["p1", "p2", "p3"]) {
    const culture = variables.map(() => random.normal());
    const measured = (change: readonly number[]) =>
      culture.map((v, i) => v + (change[i] ?? 0) + 0.05 * random.normal());
    columns.set(`${project}-wt`, measured([]));
    for (const [gene, change] of Object.entries({ regA: [-2, -2, 0, 0, 0, -9], regB: [0, 0, 1.5], v5: [] })) {
      columns.set(`${project}-${gene}`, measured(change));
      pairs.push(`${gene},${project}-${gene},${project},${project}-${gene},${project}-wt`);
    }
  }
  const names = [...columns.keys()];
  const rows = variables.map((v, i) => [v, ...names.map((name) => columns.get(name)?.[i] ?? 0)].join(","));
  file("own/task/activities.csv", [["", ...names].join(","), ...rows].join("\n"));
  const regulators = ["regA", "regA", "regB", "", "", ""];
  file(
    "own/task/variables.csv",
    ["name,system_category,regulator", ...variables.map((v, i) => `${v},,${regulators[i]}`)].join("\n"),
  );
  file("own/task/pairs.csv", pairs.join("\n"));
  const fact = { evidence: "given", origin: "a test" };
  const link = (source: string, target: string, sign: string, type: string) => ({
    source,
    target,
    sign,
    type,
    ...fact,
  });
  const nodes = [
    ...["regA", "regB", "v5"].map((id) => ({ id, type: "gene", locus: id })),
    ...["regA", "regB"].map((id) => ({ id: `protein:${id}`, type: "tf" })),
    ...variables.map((v) => ({ id: `imodulon:${v}`, type: "imodulon" })),
  ];
  const edges = [
    link("regA", "protein:regA", "+", "encodes"),
    link("regB", "protein:regB", "+", "encodes"),
    link("protein:regA", "imodulon:v1", "+", "regulates"),
    link("protein:regA", "imodulon:v2", "+", "regulates"),
    link("protein:regB", "imodulon:v3", "-", "regulates"),
  ];
  file("own/network.json", JSON.stringify({ id: "own", name: "own", source: "a test", nodes, edges }));
  return join(folder, "own");
}

test("evaluate knockouts judges the plain rows on such a folder, the deleted gene itself left out", async () => {
  const own = ownFolder();
  const { code, out } = await runCli("evaluate", "knockouts", "--data", own, "--json", "-", "--bootstrap", "50");
  expect(code).toBe(0);
  const { benchmark, rows } = JSON.parse(out);
  expect(benchmark).toBe("knockouts");
  const mse = (name: string) => rows.find((row: { name: string }) => row.name.startsWith(name)).mse;
  // (3 x (4 + 4) + 3 x 2.25) / 54, without the 3 x 81 of regA itself.
  expect(mse("no change")).toBeGreaterThan(0.5);
  expect(mse("no change")).toBeLessThan(0.65);
  expect(mse("regulon propagation")).toBeLessThan(0.2);
  const refused = await runCli("evaluate", "knockouts", "--data", own, "--genes");
  expect([refused.code, refused.err.includes("--genes")]).toEqual([2, true]);
});
