/**
 * Writes models/training/fluxes.csv: what flux balance (iML1515, optimal growth at least total flux) says of the media of
 * PRECISE-1K, and of the deleted genes of table E1 that it has.
 *
 * Usage: npx tsx models/training/build_fluxes.ts        (reads CELLWEAVE_DATA, default ../shared/data)
 *
 * Uptake: oxygen at most 15, glucose at most 10.5 mmol/gDW/h (Varma and Palsson 1994, doi:10.1128/aem.60.10.3724-3731.1994);
 * other carbon sources as much carbon as that. Rich media are estimates: the same carbon, spread evenly over the twenty
 * amino acids (LB; half of it diluted ten-fold), or half glucose and half amino acids (Medium C; half of that when fed).
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { readKnockoutData } from "../../src/analysis/knockouts/read-node.ts";
import { genesOf } from "../../src/analysis/knockouts/pairs.ts";
import { bounded, knockout, reactionAt } from "../../src/metabolism/model/edits.ts";
import { openFlux } from "../../src/metabolism/balance/fba.ts";
import { copyBounds, type FluxBounds } from "../../src/metabolism/model/flux-model.ts";
import { genesOf as genesOfRule } from "../../src/metabolism/model/gene-rule.ts";
import { fluxModel } from "../../src/metabolism/read/read-model.ts";
import { readSbml } from "../../src/sbml/read.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const DATA = process.env.CELLWEAVE_DATA ?? path("../shared/data");

const CARBON = 63;
const OXYGEN = 15;
/** mmol/gDW/h of nitrate where it is given: enough not to limit. */
const NITRATE = 20;
/** Exchange and carbon atoms of sole carbon sources, under the names of environment.py. */
const SOURCES: Readonly<Record<string, readonly [string, number]>> = {
  glucose: ["EX_glc__D_e", 6],
  acetate: ["EX_ac_e", 2],
  glycerol: ["EX_glyc_e", 3],
  pyruvate: ["EX_pyr_e", 3],
  fructose: ["EX_fru_e", 6],
  xylose: ["EX_xyl__D_e", 5],
  fumarate: ["EX_fum_e", 4],
  tartrate: ["EX_tartr__L_e", 4],
  galactose: ["EX_gal_e", 6],
  gluconate: ["EX_glcn_e", 6],
  sorbitol: ["EX_sbt__D_e", 6],
  ribose: ["EX_rib__D_e", 5],
};
const AMINO_ACIDS =
  "ala__L arg__L asn__L asp__L cys__L gln__L glu__L gly his__L ile__L leu__L lys__L met__L phe__L pro__L ser__L thr__L trp__L tyr__L val__L"
    .split(" ")
    .map((name) => `EX_${name}_e`);
const AMINO_CARBON = 107;
/** Where table E1 has deletions of genes of the model, oxygen given. */
const DELETED_IN = ["glucose", "medium_c", "medium_c_fed"];

/** Reactions of the table by the names they get; uptake is negative. */
const QUANTITIES: Readonly<Record<string, string>> = {
  acetate: "EX_ac_e",
  formate: "EX_for_e",
  lactate: "EX_lac__D_e",
  ethanol: "EX_etoh_e",
  succinate: "EX_succ_e",
  oxygen: "EX_o2_e",
  carbon_dioxide: "EX_co2_e",
  glycolysis: "GAPD",
  upper_glycolysis: "PFK",
  gluconeogenesis: "FBP",
  pentose_phosphate: "G6PDH2r",
  entner_doudoroff: "EDD",
  pyruvate_dehydrogenase: "PDH",
  formate_lyase: "PFL",
  citrate_synthase: "CS",
  glyoxylate_shunt: "ICL",
  oxoglutarate_dehydrogenase: "AKGDH",
  carboxylase: "PPC",
  carboxykinase: "PPCK",
  malic_enzyme: "ME2",
  atp_synthase: "ATPS4rpp",
  nadh_dehydrogenase_1: "NADH16pp",
  nadh_dehydrogenase_2: "NADH5",
  cytochrome_bo: "CYTBO3_4pp",
};

const model = fluxModel(readSbml(gunzipSync(await readFile(`${DATA}/bigg/iML1515.xml.gz`)).toString("utf8")));
const solver = await openFlux(model);

type Uptakes = Readonly<Record<string, number>>;
const aminoAcids = (carbon: number): Uptakes =>
  Object.fromEntries(AMINO_ACIDS.map((exchange) => [exchange, carbon / AMINO_CARBON]));
const richWithGlucose = (carbon: number): Uptakes => ({ EX_glc__D_e: carbon / 12, ...aminoAcids(carbon / 2) });
const MEDIA: Readonly<Record<string, Uptakes>> = {
  ...Object.fromEntries(Object.entries(SOURCES).map(([name, [exchange, atoms]]) => [name, { [exchange]: CARBON / atoms }])),
  lb: aminoAcids(CARBON),
  diluted_lb: aminoAcids(CARBON / 2),
  medium_c: richWithGlucose(CARBON),
  medium_c_fed: richWithGlucose(CARBON / 2),
};

function mediumBounds(uptakes: Uptakes, oxygen: string): FluxBounds {
  let bounds = copyBounds(model.bounds);
  const glucose = reactionAt(model, "EX_glc__D_e");
  bounds.lower[glucose] = 0;
  const all = { ...uptakes, EX_o2_e: oxygen === "1" ? OXYGEN : 0, ...(oxygen === "nitrate" ? { EX_no3_e: NITRATE } : {}) };
  for (const [exchange, limit] of Object.entries(all)) {
    bounds = bounded(model, bounds, exchange, -limit, model.bounds.upper[reactionAt(model, exchange)] ?? 1000);
  }
  return bounds;
}

/** What each gene's busiest reaction carries, |mmol/gDW/h|. */
function carriedByGenes(fluxes: Float64Array): Float64Array {
  const carried = new Float64Array(model.genes.length);
  for (const [j, { rule }] of model.reactions.entries())
    for (const gene of rule === undefined ? [] : genesOfRule(rule))
      carried[gene] = Math.max(carried[gene] ?? 0, Math.abs(fluxes[j] ?? 0));
  return carried;
}

const lines = ["medium,oxygen,deleted,quantity,value"];
const known = new Set(model.genes.map(({ name }) => name));
const { pairs } = await readKnockoutData(DATA);
const deletions = [...new Set(pairs.map(({ genotype }) => genotype))].filter((g) => genesOf(g).every((gene) => known.has(gene)));

function table(medium: string, oxygen: string, deleted: string, bounds: FluxBounds): Float64Array | undefined {
  const found = solver.pfba(bounds);
  const row = (quantity: string, value: number) =>
    lines.push([medium, oxygen, deleted, quantity, Number(value.toFixed(3))].join(","));
  row("growth", found.status === "optimal" ? found.objective : 0);
  if (found.status !== "optimal") return undefined;
  for (const [name, reaction] of Object.entries(QUANTITIES)) row(name, found.fluxes[reactionAt(model, reaction)] ?? 0);
  return carriedByGenes(found.fluxes);
}

for (const [medium, uptakes] of Object.entries(MEDIA)) {
  for (const oxygen of ["1", "0", "nitrate"]) {
    const bounds = mediumBounds(uptakes, oxygen);
    const wild = table(medium, oxygen, "", bounds);
    if (oxygen !== "1" || wild === undefined || !DELETED_IN.includes(medium)) continue;
    for (const genotype of deletions) {
      const genes = genesOf(genotype);
      const mutant = table(medium, oxygen, genotype, knockout(model, genes, bounds));
      for (const [g, { name, id }] of model.genes.entries()) {
        const change = Math.log2(((mutant?.[g] ?? 0) + 0.1) / ((wild[g] ?? 0) + 0.1));
        if (Math.abs(change) > 0.1 && !genes.includes(name ?? id))
          lines.push([medium, oxygen, genotype, `gene:${name ?? id}`, Number(change.toFixed(3))].join(","));
      }
    }
  }
}
solver.dispose();
await writeFile(path("models/training/fluxes.csv"), `${lines.join("\n")}\n`);
