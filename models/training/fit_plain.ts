/**
 * Writes models/ecoli/plain.json: the plain rows as regulators of the cell, fitted on the 74 knockouts of table E1. The
 * row `memory` is the kriging drawn to what was measured of a genotype, in those and in the 33 of more_pairs.csv.
 *
 * Usage: npx tsx models/training/fit_plain.ts        (reads CELLWEAVE_DATA, default ../shared/data)
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ownRegulon } from "../../src/analysis/knockouts/imodulons.ts";
import { readKnockoutData, readPairs } from "../../src/analysis/knockouts/read-node.ts";
import { genesOf, type KnockoutPair } from "../../src/analysis/knockouts/pairs.ts";
import { exampleOf, knockoutTask } from "../../src/analysis/knockouts/task.ts";
import { bilinear } from "../../src/regulation/baselines/bilinear.ts";
import type { Baseline, FittedBaseline, KnockoutQuery } from "../../src/regulation/baselines/example.ts";
import { gaussianProcess } from "../../src/regulation/baselines/gaussian-process.ts";
import { linear, ofWildType, regulon, regulonTimesWildType, scaled } from "../../src/regulation/baselines/linear.ts";
import { meanOfOthers, noChange } from "../../src/regulation/baselines/means.ts";
import { withMemory } from "../../src/regulation/baselines/memory.ts";
import { propagation } from "../../src/regulation/baselines/propagation.ts";
import { regulonKriging } from "../../src/regulation/baselines/regulon-kriging.ts";
import { signedRegulonStack } from "../../src/regulation/baselines/stack.ts";
import { geneNamesOf, referenceOf } from "../../src/regulation/trained/card.ts";
import { geneLookup } from "../../src/regulation/gene-tokens.ts";
import { regulatoryGraph } from "../../src/regulation/graph/graph.ts";
import { parseRegulatoryFile } from "../../src/regulation/graph/graph-file.ts";
import { parseRidge } from "../../src/regulation/trained/ridge.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const DATA = process.env.CELLWEAVE_DATA ?? path("../shared/data");
const BASE = path("models/ecoli/ridge.json");
const NETWORK = path("networks/ecoli-core-trn.json");

const { card } = parseRidge(await readFile(BASE, "utf8"), BASE);
const reference = referenceOf(card);
const network = regulatoryGraph(parseRegulatoryFile(await readFile(NETWORK, "utf8"), NETWORK));
const { iModulons, activities, examples, pairs, scale } = knockoutTask(await readKnockoutData(DATA));
const more = await readPairs(path("models/training/more_pairs.csv"));
const names = iModulons.map(({ name }) => name);
const influence = propagation(network, { iModulons: names });

const kriging = regulonKriging({ network, iModulons: names, scale });
const also = more.map((pair) => exampleOf(pair, activities, iModulons));

const ROWS: Readonly<Record<string, Baseline>> = {
  "no-change": noChange,
  mean: meanOfOthers,
  linear: linear("linear: regulon, regulon x WT", [regulon, regulonTimesWildType]),
  process: gaussianProcess({ scale }),
  propagation: linear("regulon propagation on the graph", [scaled(influence, scale), ofWildType(influence)]),
  bilinear: bilinear({ embed: influence.prepare([]), scale }),
  stack: signedRegulonStack({ network, iModulons: names, scale }),
  kriging,
};

const rounded = (values: ArrayLike<number>): number[] => Array.from(values, (value) => Number(value.toFixed(4)));

function query(genes: readonly string[]): KnockoutQuery {
  return { genes, project: "", group: "", wildType: reference.activity, own: ownRegulon(genes, iModulons) };
}

/** What the loss of any gene does, and what each gene's own loss adds to it. */
function fitted(name: string, baseline: Baseline) {
  const predictor = baseline.fit(examples);
  const any = predictor.predict(query([]));
  const genes = [...geneNamesOf(card).values()].flatMap((gene, column) => {
    const own = predictor.predict(query([gene])).map((value, i) => value - (any[i] ?? 0));
    return own.some((value) => Math.abs(value) > 5e-5) ? [[column, rounded(own)]] : [];
  });
  return { title: baseline.name, surroundings: name !== "no-change", any: rounded(any), genes };
}

const locusOf = geneLookup(geneNamesOf(card), network);
const loci = [...geneNamesOf(card).keys()];

function columnOf(gene: string): number {
  const column = loci.indexOf(locusOf(gene) ?? "");
  if (column >= 0) return column;
  throw new Error(`no column for ${gene}`);
}

/** What a genotype's measurements add to what the kriging says of it, at the reference state. */
function measured(genotype: string, remembering: FittedBaseline, plain: FittedBaseline) {
  const asked = query(genesOf(genotype));
  const said = plain.predict(asked);
  return [
    asked.genes.map(columnOf),
    rounded(remembering.predict(asked).map((value, i) => value - (said[i] ?? 0))),
  ];
}

/** Samples and genotypes that a row has seen. */
function seen(of: readonly KnockoutPair[]) {
  return {
    samples: [...new Set(of.flatMap((pair) => [...pair.knockoutSamples, ...pair.wildTypeSamples]))].sort(),
    genotypes: [...new Set(of.map(({ genotype }) => genotype))].sort(),
  };
}

/** How much of what all deletions of a project share is taken to hold in a culture of no project (LOG.md). */
const CARRIED = 0.5;

const everything = seen([...pairs, ...more]);
const memory = withMemory(kriging, { scale, also });
const [remembering, plain] = [memory.fit(examples), kriging.fit(examples)];
const unseen = fitted("memory", kriging);
const rows = {
  ...Object.fromEntries(Object.entries(ROWS).map(([name, baseline]) => [name, fitted(name, baseline)])),
  memory: {
    ...unseen,
    any: rounded(unseen.any.map((value) => CARRIED * value)),
    title: "kriging, drawn to deletions measured elsewhere",
    measured: everything.genotypes.map((genotype) => measured(genotype, remembering, plain)),
    seen: everything,
  },
};
const file = { id: "ecoli-plain", kind: "plain", base: "ridge.json", fit: card.fit, seen: seen(pairs), rows };
await writeFile(path("models/ecoli/plain.json"), `${JSON.stringify(file)}\n`);
