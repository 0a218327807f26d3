import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const source = join(root, "src");

/** Which folders of src/ a folder may import; files directly in src/ stand under their own names. `vendor` is open to all. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  suggest: [],
  vendor: [],
  "build-node": [],
  cell: ["errors", "suggest"],
  numerics: ["errors"],
  sbml: ["errors", "suggest"],
  engine: ["cell", "numerics", "errors", "suggest"],
  pathway: ["engine", "cell", "numerics", "sbml", "errors", "suggest"],
  metabolism: ["engine", "cell", "numerics", "sbml", "errors", "suggest"],
  regulation: ["engine", "cell", "numerics", "errors", "suggest"],
  scenario: ["pathway", "metabolism", "regulation", "engine", "cell", "numerics", "sbml", "errors", "suggest"],
  analysis: [
    "scenario",
    "pathway",
    "metabolism",
    "regulation",
    "engine",
    "cell",
    "numerics",
    "sbml",
    "errors",
    "suggest",
  ],
  report: ["analysis", "scenario", "regulation", "metabolism", "engine", "cell", "numerics", "errors", "suggest"],
};

/** Where each heavy or platform package may be imported, so that the rest also runs in a browser and starts fast. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "onnxruntime-node": ["regulation"],
  highs: ["numerics"],
  odex: ["numerics"],
  saxes: ["sbml"],
  d3: ["vendor"],
  "hyparquet-writer": ["vendor"],
  mathjs: ["vendor"],
  "mathjs/number": ["vendor"],
  typebox: ["vendor"],
  "typebox/value": ["vendor"],
  yaml: ["vendor"],
};

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
  .map((name) => join(source, name));

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?[^"';]*?from\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|^import\s+"([^"]+)"/gm,
  );
  return [...found].map((m) => ({ specifier: m[2] ?? m[3] ?? m[4] ?? "", typeOnly: m[1] !== undefined }));
}

function areaOf(file: string): string {
  const [head = ""] = relative(source, file).split(sep);
  return head.replace(/\.ts$/, "");
}

const local = (file: string, specifier: string): string => normalize(join(dirname(file), specifier));

describe("the import directions of the design", () => {
  test("every folder imports only what lies below it", () => {
    const wrong: string[] = [];
    for (const file of files) {
      const area = areaOf(file);
      if (area === "cli" || area === "index") continue;
      const allowed = ALLOWED[area];
      expect(allowed, `src/${area} has no rule`).toBeDefined();
      for (const { specifier } of importsOf(file)) {
        if (!specifier.startsWith(".")) continue;
        const target = areaOf(local(file, specifier));
        if (target !== area && target !== "vendor" && !allowed?.includes(target))
          wrong.push(`${relative(root, file)} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("heavy packages are imported in their own folder alone", () => {
    const wrong: string[] = [];
    for (const file of files) {
      for (const { specifier, typeOnly } of importsOf(file)) {
        const homes = PACKAGES[specifier];
        if (homes && !typeOnly && !homes.includes(areaOf(file))) wrong.push(`${relative(root, file)} -> ${specifier}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("Node's own modules are imported by adapters (-node.ts) and the command line alone", () => {
    const wrong = files
      .filter((file) => areaOf(file) !== "cli" && !file.endsWith("-node.ts"))
      .filter((file) => importsOf(file).some(({ specifier }) => specifier.startsWith("node:")))
      .map((file) => relative(root, file));
    expect(wrong).toEqual([]);
  });

  test("no import cycle, of types neither", () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter(({ specifier }) => specifier.startsWith("."))
          .map(({ specifier }) => local(file, specifier)),
      ]),
    );
    const done = new Set<string>();
    const open: string[] = [];
    const visit = (file: string): void => {
      if (done.has(file)) return;
      const at = open.indexOf(file);
      if (at >= 0)
        throw new Error(`import cycle: ${[...open.slice(at), file].map((f) => relative(root, f)).join(" -> ")}`);
      open.push(file);
      for (const next of graph.get(file) ?? []) visit(next);
      open.pop();
      done.add(file);
    };
    for (const file of files) visit(file);
    expect(done.size).toBe(files.length);
  });
});

describe("no text becomes code", () => {
  test("the tests run where code generation from strings is off", () => {
    const build = Reflect.get(globalThis, "Function");
    expect(() => Reflect.construct(build, ["return 1"])).toThrow(EvalError);
  });

  test("neither eval nor the Function constructor appears in src", () => {
    const wrong = files.filter((file) =>
      /(^|[^.\w])(eval|new\s+Function|Function)\s*\(/m.test(readFileSync(file, "utf8")),
    );
    expect(wrong.map((file) => relative(root, file))).toEqual([]);
  });
});
