import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { FluxModel } from "../../src/metabolism/model/flux-model.ts";
import { fluxModel } from "../../src/metabolism/read/read-model.ts";
import { readSbml } from "../../src/sbml/read.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const data = resolve(root, process.env.CELLWEAVE_DATA ?? "../shared/data");

/** The core model that ships. */
export function core(): FluxModel {
  return fluxModel(readSbml(readFileSync(join(root, "sbml/ecoli-core.xml"), "utf8")));
}

/** A model of the BiGG folder of the shared data, or undefined with a loud line where it is absent. */
export function bigg(name: string): FluxModel | undefined {
  const path = join(data, "bigg", `${name}.xml.gz`);
  if (existsSync(path)) return fluxModel(readSbml(gunzipSync(readFileSync(path)).toString("utf8")));
  process.stderr.write(`\nSKIPPED: ${path} is not there; set CELLWEAVE_DATA to compare with BiGG's ${name}\n\n`);
  return undefined;
}
