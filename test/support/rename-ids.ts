import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Legal ids that JavaScript, MathML or spreadsheets give a meaning; `time` is left out, a column of every result. */
const NAMES = (
  "__proto__ constructor this NaN true pi toString hasOwnProperty prototype undefined null Infinity end mod i e E t sin " +
  "exp log piecewise and or not function eval valueOf length __defineGetter__ in to delay avogadro rateOf LN2 import " +
  "class return version default arguments name id _ __ km cm kg"
).split(" ");

/** Attributes that hold an id or refer to one; units keep their names, which base units share. */
const ATTRIBUTES =
  /(\s(?:\w+:)?(?:id|species|specie|compartment|variable|symbol|outside|conversionFactor|reaction|geneProduct|lowerFluxBound|upperFluxBound|activeObjective|associatedSpecies|submodelRef|modelRef|portRef|idRef|deletion|timeConversionFactor|extentConversionFactor|speciesType|compartmentType)=")([^"]*)"/g;
const LEVEL1_NAMES = /(<(?:compartment|species|specie|parameter|reaction|parameterRule)\b[^>]*?\sname=")([^"]*)"/g;

type Rename = (id: string) => string;

/**
 * A case of the SBML Test Suite written to another folder with every id renamed to a name of ill repute, in the model
 * file, the files that it refers to, the settings and the results.
 */
export function renameCase(suite: string, id: string, file: string, out: string): void {
  const [from, to] = [join(suite, id), join(out, id)];
  mkdirSync(to, { recursive: true });
  const level = /-(l\dv\d)\.xml$/.exec(file)?.[1] ?? "";
  const models = readdirSync(from).filter((name) => name === file || (!name.startsWith(id) && name.includes(level)));
  const texts = models.map((name) => readFileSync(join(from, name), "utf8"));
  const rename = renaming(texts);
  for (const [i, name] of models.entries()) writeFileSync(join(to, name), renamed(texts[i] ?? "", rename));
  const copy = (suffix: string, change: (text: string) => string): void => {
    const path = join(from, `${id}-${suffix}`);
    if (existsSync(path)) writeFileSync(join(to, `${id}-${suffix}`), change(readFileSync(path, "utf8")));
  };
  copy("model.m", (text) => text);
  copy("settings.txt", (text) =>
    text.replace(/^(variables|amount|concentration):(.*)$/gm, (_, key: string, list: string) => {
      const ids = list.split(",").map((v) => rename(v.trim()));
      return `${key}: ${ids.join(", ")}`;
    }),
  );
  copy("results.csv", (text) => {
    const [head = "", ...rows] = text.split("\n");
    const cells = head.split(",").map((cell) => cell.trim().replace(/^"|"$/g, ""));
    const header = cells.map((cell, i) => (i === 0 && cell.toLowerCase() === "time" ? cell : rename(cell)));
    return [header.join(","), ...rows].join("\n");
  });
}

/** New names for the ids of some files; what is no id stays as it is, and `A__x` is renamed part by part. */
function renaming(texts: readonly string[]): Rename {
  const ids = new Set<string>();
  for (const text of texts) {
    const inUnits = new Set([...text.matchAll(/<unitDefinition\b[^>]*?\sid="([^"]*)"/g)].map((m) => m[1]));
    for (const [, id = ""] of text.matchAll(/\s(?:\w+:)?id="([^"]*)"/g)) if (!inUnits.has(id)) ids.add(id);
    for (const [, id = ""] of text.matchAll(/<bvar>\s*<ci>\s*(\w+)\s*<\/ci>/g)) ids.add(id);
    if (/\blevel="1"/.test(text)) for (const [, , id = ""] of text.matchAll(LEVEL1_NAMES)) ids.add(id);
  }
  const names = new Map([...ids].map((id, i) => [id, nameAt(i)]));
  const rename: Rename = (id) => {
    const whole = names.get(id);
    if (whole !== undefined) return whole;
    for (let at = id.indexOf("__"); at > 0; at = id.indexOf("__", at + 1)) {
      const head = names.get(id.slice(0, at));
      const rest = id.slice(at + 2);
      if (head !== undefined && rename(rest) !== rest) return `${head}__${rename(rest)}`;
    }
    return id;
  };
  return rename;
}

function nameAt(i: number): string {
  const name = NAMES[i % NAMES.length] ?? "";
  return i < NAMES.length ? name : `${name}_${Math.floor(i / NAMES.length)}`;
}

function renamed(text: string, rename: Rename): string {
  const inQuotes = (_: string, head: string, id: string): string => `${head}${rename(id)}"`;
  const out = text
    .replace(/<unitDefinition\b[^>]*>/g, (tag) => tag.replace(/\sid=/, " KEPT="))
    .replace(ATTRIBUTES, inQuotes)
    .replaceAll(" KEPT=", " id=")
    .replace(
      /(<(?:\w+:)?ci\b[^>]*>\s*)(\w+)(\s*<)/g,
      (_, head: string, id: string, tail: string) => head + rename(id) + tail,
    );
  if (!/\blevel="1"/.test(text)) return out;
  return out.replace(LEVEL1_NAMES, inQuotes).replace(/(\sformula=")([^"]*)"/g, (_, head: string, formula: string) => {
    const words = formula.replace(/(?<![\w.])[A-Za-z_]\w*(?!\s*\()/g, (word) => rename(word));
    return `${head}${words}"`;
  });
}
