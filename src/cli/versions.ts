import { readFileSync } from "node:fs";
import { version } from "./version.ts";

const SOLVERS = ["odex", "highs", "onnxruntime-node", "mathjs"] as const;

/** Versions of what computes the numbers: Node and the solvers, as installed. */
export function versions(): { readonly name: string; readonly version: string }[] {
  const installed = SOLVERS.flatMap((name) => {
    const found = installedVersion(name);
    return found === undefined ? [] : [{ name, version: found }];
  });
  return [{ name: "cellweave", version: version() }, { name: "node", version: process.versions.node }, ...installed];
}

/** From the nearest node_modules up the tree, without loading the package. */
function installedVersion(name: string): string | undefined {
  for (let folder = new URL(".", import.meta.url); ; folder = new URL("..", folder)) {
    try {
      const text = readFileSync(new URL(`node_modules/${name}/package.json`, folder), "utf8");
      return (JSON.parse(text) as { version?: string }).version;
    } catch {
      if (folder.pathname === new URL("..", folder).pathname) return undefined;
    }
  }
}
