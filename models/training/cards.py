"""Model cards: what the columns mean, what was seen, what was measured."""

import hashlib
import json
from pathlib import Path

import effectors
import environment
from genes import Genes
from paths import DATA, NETWORK
from samples import Samples

INPUT_FILES = [
    "ecoli/precise1k/A.csv", "ecoli/precise1k/metadata_qc.csv", "ecoli/precise1k/imodulon_table.csv",
    "ecoli/precise1k/TRN.csv", "ecoli/precise1k/gene_info.csv", "ecoli/ko_pairs.csv",
    "ecoli/gene_log_tpm.csv.gz", "ecoli/precise278/A.csv", "ecoli/precise278/M.csv.gz",
    "bigg/e_coli_core.xml.gz",
]
REFERENCE_SAMPLES = "p1k_00001 p1k_00002"
LICENCES = {
    "model": "MIT",
    "data": "PRECISE-1K and PRECISE-278: MIT (SBRG); e_coli_core: as published by BiGG",
    "network": "facts from RegulonDB and EcoCyc as redistributed with PRECISE-1K (MIT)",
}


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def data_hashes() -> dict[str, str]:
    hashes = {name: sha256(DATA / name) for name in INPUT_FILES}
    return hashes | {
        "networks/ecoli-core-trn.json": sha256(NETWORK),
        "models/training/effectors.csv": sha256(Path(__file__).with_name("effectors.csv")),
    }


def evaluation_metrics(folder: Path) -> dict[str, dict]:
    """Leave-genotype-out metrics of the predictions in models/ecoli/evaluation, by name."""
    cards = [json.loads(path.read_text()) for path in sorted(folder.glob("*.card.json"))]
    return {card["id"]: card["metrics"] for card in cards}


def inputs(samples: Samples, genes: Genes) -> list[dict]:
    """The five inputs, columns in order."""
    return [
        {"name": "reference_activity", "unit": "iModulon activity",
         "meaning": "activities of the wild type in the reference environment",
         "columns": samples.imodulons},
        {"name": "environment", "unit": "target minus reference",
         "meaning": "absolute features of the target environment minus those of the reference environment",
         "columns": [{"name": n, "unit": u, "meaning": m} for n, u, m in environment.FEATURES]},
        {"name": "effector", "unit": "log2(concentration / reference)",
         "meaning": f"effector levels relative to the reference state, clipped to +-{effectors.LIMIT:g} inside",
         "columns": [{"name": n, "meaning": m} for n, m in effectors.EFFECTORS.items()]},
        {"name": "effector_known", "unit": "1", "meaning": "1 known, 0 masked", "columns": effectors.NAMES},
        {"name": "perturbation", "unit": "expression level minus 1",
         "meaning": "0 wild type, -1 knockout, +4 five-fold; the runtime sets the gene's own product",
         "columns": [{"locus": locus, "name": n} for locus, n in zip(genes.loci, genes.names)]},
    ]


def outputs(samples: Samples, genes: Genes) -> list[dict]:
    return [
        {"name": "activity_change", "unit": "iModulon activity", "meaning": "target minus reference",
         "columns": samples.imodulons},
        {"name": "log2_expression", "unit": "log2 fold change",
         "meaning": "of the core model's genes relative to the reference, activity_change x gene weights",
         "columns": [{"locus": locus, "name": n} for locus, n in zip(genes.loci[: genes.core], genes.names)]},
    ]


def reference(samples: Samples) -> dict:
    """The state that a cell starts from: M9 glucose with oxygen, control samples of PRECISE-1K."""
    rows = samples.rows(REFERENCE_SAMPLES)
    features = samples.environment[rows].mean(0)
    return {
        "name": "MG1655, M9 with 2 g/L glucose, 37 degrees C, aerobic batch (control project)",
        "samples": REFERENCE_SAMPLES.split(),
        "activity": [round(float(v), 6) for v in samples.activity[rows].mean(0)],
        "environment": {n: round(float(v), 6) for n, v in zip(environment.NAMES, features)},
    }
