import { chmodSync, copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";

// What the compiler leaves to do in dist/: the solver's WebAssembly, and one file for each package of src/vendor/.

const VENDOR = "dist/vendor";

copyFileSync("src/numerics/sundials/sundials.wasm", "dist/numerics/sundials/sundials.wasm");
chmodSync("dist/cli/main.js", 0o755);

const names = readdirSync("src/vendor");
for (const name of names) rmSync(join(VENDOR, name.replace(/ts$/, "js.map")), { force: true });
const { metafile } = await build({
  entryPoints: names.map((name) => join("src/vendor", name)),
  outdir: VENDOR,
  bundle: true,
  format: "esm",
  platform: "neutral",
  mainFields: ["module", "main"],
  conditions: ["browser"],
  target: "node20",
  metafile: true,
  allowOverwrite: true, // the compiler has put its own there
});
writeFileSync(join(VENDOR, "LICENSES.txt"), licences(metafile));

/** The licence of every package that a bundle has something of. */
function licences({ outputs }: Metafile): string {
  const inputs = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = new Set(inputs.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []));
  return [...folders].sort().map(licenceOf).join("\n\n");
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((entry) => /^(licen[cs]e|notice)/i.test(entry));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}
