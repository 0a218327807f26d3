"""Perturbable genes, and how expression of the core genes follows from iModulon activities."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from build_network import core_genes
from paths import DATA, NETWORK, PRECISE
from samples import Samples, present_name

RIDGE = 300.0


@dataclass(frozen=True)
class Genes:
    """Columns of the perturbation input: core genes first, then regulators' and deleted genes."""

    loci: list[str]
    names: list[str]
    core: int

    def column(self, gene: str) -> int:
        return self.names.index(present_name(gene))


def perturbable(samples: Samples) -> Genes:
    info = pd.read_csv(PRECISE / "gene_info.csv", index_col=0).gene_name
    locus_of = {name: locus for locus, name in info.items()}
    core = list(core_genes())
    network = json.loads(NETWORK.read_text())
    sources = {e["source"] for e in network["edges"] if e["type"] in ("encodes", "phosphorylates", "signals")}
    more = [n["locus"] for n in network["nodes"] if n["type"] == "gene" and n["id"] in sources]
    more += [locus_of[present_name(g)] for d in samples.deleted for g in sorted(d)]
    loci = core + [locus for locus in dict.fromkeys(more) if locus not in set(core)]
    return Genes(loci, [info.get(locus, locus) for locus in loci], len(core))


def expression(samples: Samples, loci: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """log2 TPM relative to the control samples: (rows of samples, [rows, genes], group of each row).

    Measured for DDB2 and DDB3; for PRECISE-278's samples its own decomposition, M x A.
    """
    info = pd.read_csv(PRECISE / "gene_info.csv", index_col=0)
    tpm = pd.read_csv(DATA / "ecoli/gene_log_tpm.csv.gz", index_col=0)
    measured = tpm.sub(info.p1k_ctrl_log_tpm.reindex(tpm.index), axis=0).reindex(loci).fillna(0.0)
    m = pd.read_csv(DATA / "ecoli/precise278/M.csv.gz", index_col=0)
    a = pd.read_csv(DATA / "ecoli/precise278/A.csv", index_col=0)
    decomposed = (m @ a.loc[m.columns]).reindex(loci).fillna(0.0)
    meta = pd.read_csv(PRECISE / "metadata_qc.csv", index_col=0)
    id_of = {sample: i for i, sample in meta.sample_id.items() if i in set(samples.ids)}
    shared = [s for s in decomposed.columns if s in id_of]
    rows = [samples.ids.index(i) for i in measured.columns] + [samples.ids.index(id_of[s]) for s in shared]
    values = np.concatenate([measured.to_numpy().T, decomposed[shared].to_numpy().T])
    group = np.array([samples.project[r] for r in rows])
    return np.array(rows), values, group


def _ridge(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y)


def weights(samples: Samples, genes: Genes) -> tuple[np.ndarray, dict]:
    """[imodulons, core genes] log2 expression per unit activity, and held-out R2 by project."""
    rows, y, group = expression(samples, genes.loci[: genes.core])
    x = samples.activity[rows]
    predicted = np.zeros_like(y)
    for project in set(group):
        out = group == project
        predicted[out] = x[out] @ _ridge(x[~out], y[~out])
    measured = np.isin(group, ["DDB2", "DDB3"])

    def r2(part: np.ndarray) -> float:
        return float(1 - ((y - predicted)[part] ** 2).sum() / (y[part] ** 2).sum())

    fit = {"r2_measured_DDB2_DDB3": r2(measured), "r2_decomposed_PRECISE278": r2(~measured),
           "samples_measured": int(measured.sum()), "samples_decomposed": int((~measured).sum()), "ridge": RIDGE}
    return _ridge(x, y), fit
