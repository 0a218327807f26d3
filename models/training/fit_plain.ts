/**
 * Writes models/ecoli/plain.json: the plain rows as regulators of the cell, fitted on the 74 knockouts of table E1.
 *
 * Usage: npx tsx models/training/fit_plain.ts        (reads CELLWEAVE_DATA, default ../shared/data)
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ownRegulon } from "../../src/analysis/knockouts/imodulons.ts";
import { readKnockoutData } from "../../src/analysis/knockouts/read-node.ts";
import { knockoutTask } from "../../src/analysis/knockouts/task.ts";
import { bilinear } from "../../src/regulation/baselines/bilinear.ts";
import type { Baseline, KnockoutQuery } from "../../src/regulation/baselines/example.ts";
import { gaussianProcess } from "../../src/regulation/baselines/gaussian-process.ts";
import { linear, ofWildType, regulon, regulonTimesWildType, scaled } from "../../src/regulation/baselines/linear.ts";
import { meanOfOthers, noChange } from "../../src/regulation/baselines/means.ts";
import { propagation } from "../../src/regulation/baselines/propagation.ts";
import { signedRegulonStack } from "../../src/regulation/baselines/stack.ts";
import { geneNamesOf, referenceOf } from "../../src/regulation/card.ts";
import { regulatoryGraph } from "../../src/regulation/graph.ts";
import { parseRegulatoryFile } from "../../src/regulation/graph-file.ts";
import { parseRidge } from "../../src/regulation/ridge.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const DATA = process.env.CELLWEAVE_DATA ?? path("../shared/data");
const BASE = path("models/ecoli/ridge.json");
const NETWORK = path("networks/ecoli-core-trn.json");

const { card } = parseRidge(await readFile(BASE, "utf8"), BASE);
const reference = referenceOf(card);
const network = regulatoryGraph(parseRegulatoryFile(await readFile(NETWORK, "utf8"), NETWORK));
const { iModulons, examples, pairs, scale } = knockoutTask(await readKnockoutData(DATA));
const names = iModulons.map(({ name }) => name);
const influence = propagation(network, { iModulons: names });

const ROWS: Readonly<Record<string, Baseline>> = {
  "no-change": noChange,
  mean: meanOfOthers,
  linear: linear("linear: regulon, regulon x WT", [regulon, regulonTimesWildType]),
  process: gaussianProcess({ scale }),
  propagation: linear("regulon propagation on the graph", [scaled(influence, scale), ofWildType(influence)]),
  bilinear: bilinear({ embed: influence.prepare([]), scale }),
  stack: signedRegulonStack({ network, iModulons: names, scale }),
};

const rounded = (values: ArrayLike<number>): number[] => Array.from(values, (value) => Number(value.toFixed(4)));

function query(genes: readonly string[]): KnockoutQuery {
  return { genes, project: "", group: "", wildType: reference.activity, own: ownRegulon(genes, iModulons) };
}

/** What the loss of any gene does, and what each gene's own loss adds to it. */
function fitted(name: string, baseline: Baseline): object {
  const predictor = baseline.fit(examples);
  const any = predictor.predict(query([]));
  const genes = [...geneNamesOf(card).values()].flatMap((gene, column) => {
    const own = predictor.predict(query([gene])).map((value, i) => value - (any[i] ?? 0));
    return own.some((value) => Math.abs(value) > 5e-5) ? [[column, rounded(own)]] : [];
  });
  return { title: baseline.name, surroundings: name !== "no-change", any: rounded(any), genes };
}

const genotypes = [...new Set(pairs.map(({ genotype }) => genotype))].sort();
const samples = [...new Set(pairs.flatMap((pair) => [...pair.knockoutSamples, ...pair.wildTypeSamples]))].sort();
const rows = Object.fromEntries(Object.entries(ROWS).map(([name, baseline]) => [name, fitted(name, baseline)]));
const file = { id: "ecoli-plain", kind: "plain", base: "ridge.json", seen: { samples, genotypes }, rows };
await writeFile(path("models/ecoli/plain.json"), `${JSON.stringify(file)}\n`);
