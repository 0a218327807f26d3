"""PRECISE-1K as arrays: activities, environments, deletions, projects, and the 74 knockout pairs."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

import environment
from network_facts import GENE_ALIASES
from paths import DATA, PRECISE

LEFT_OUT = {"Genetic Alterations", "Single Gene", "ALE Effects"}

# Strains whose description doesn't spell the deletions they carry.
LINEAGES = [
    (r"EEP_menF_entC_ubiC", ["menF", "entC", "ubiC"]), (r"EEP_menF_entC\.", ["menF", "entC"]),
    (r"EEP_menFubiC|del_menFubiC", ["menF", "ubiC"]), (r"EEP_menF\.", ["menF"]), (r"EEP_ubiC", ["ubiC"]),
    (r"EEP_pdhR", ["pdhR"]), (r"CCK_PGI|BmePgi|PaePgi", ["pgi"]), (r"CCK_SDH", ["sdhC", "sdhB"]),
    (r"CCK_PTS", ["ptsH", "ptsI", "crr"]), (r"CCK_GND", ["gnd"]), (r"CCK_TPIA", ["tpiA"]),
]
CONDITION_LINEAGES = [
    (r"ndh-cydB-appC", ["ndh", "cydB", "appC"]), (r"nuoB_cydB-appC", ["nuoB", "cydB", "appC"]),
    (r"ndh-cyoB", ["ndh", "cyoB"]), (r"nuoB-cyoB", ["nuoB", "cyoB"]),
]
GENE = r"[a-z]{3}[A-Z]?"


def deletions(strain: str, condition: str) -> frozenset[str]:
    """Genes that a sample lacks, under the names of ko_pairs.csv."""
    for pattern, genes in LINEAGES:
        if re.search(pattern, strain):
            return frozenset(genes)
    for pattern, genes in CONDITION_LINEAGES:
        if re.search(pattern, condition):
            return frozenset(genes)
    return frozenset(re.findall(rf"\bdel_?({GENE})(?![A-Za-z])", strain))


@dataclass(frozen=True)
class Samples:
    """All given samples; rows are samples, columns as named."""

    ids: list[str]
    imodulons: list[str]
    regulators: list[list[str]]  # of each iModulon, as imodulon_table.csv names them
    activity: np.ndarray  # [samples, imodulons]
    environment: np.ndarray  # [samples, features]
    deleted: list[frozenset[str]]
    mutated: list[frozenset[str]]  # deleted, or carrying another allele of the gene
    project: np.ndarray
    condition: np.ndarray

    def rows(self, names: str) -> list[int]:
        return [self.ids.index(n) for n in names.split()]

    def carries(self, genotype: str) -> np.ndarray:
        """True for each sample that lacks or mutates a gene of the genotype."""
        genes = set(genotype.split("+"))
        return np.array([bool(genes & m) for m in self.mutated])


def load() -> Samples:
    table = pd.read_csv(PRECISE / "imodulon_table.csv", index_col=0)
    table = table[~table.system_category.isin(LEFT_OUT)]
    activity = pd.read_csv(PRECISE / "A.csv", index_col=0).loc[table.index]
    meta = pd.read_csv(PRECISE / "metadata_qc.csv", index_col=0).loc[activity.columns]
    deleted = [deletions(str(s), str(c)) for s, c in zip(meta["Strain Description"], meta.condition)]
    crp_alleles = meta["Strain Description"].str.contains("crp_delAr")
    mutated = [d | {"crp"} if allele else d for d, allele in zip(deleted, crp_alleles)]
    return Samples(
        ids=list(activity.columns),
        imodulons=list(activity.index),
        regulators=[re.split(r"[+/]", r) if isinstance(r, str) else [] for r in table.regulator],
        activity=activity.to_numpy().T.copy(),
        environment=np.stack([environment.features(row) for _, row in meta.iterrows()]),
        deleted=deleted,
        mutated=mutated,
        project=meta.project.to_numpy(str),
        condition=meta.condition.to_numpy(str),
    )


@dataclass(frozen=True)
class Pairs:
    """The 74 knockouts of ko_pairs.csv, each with its own wild type."""

    genotype: np.ndarray
    condition: np.ndarray
    project: np.ndarray
    wild_type: np.ndarray  # [pairs, imodulons], mean of replicates
    change: np.ndarray  # [pairs, imodulons]
    environment: np.ndarray  # [pairs, features], of the wild type
    own: np.ndarray  # [pairs, imodulons], the deleted gene is named in the iModulon's regulator
    ko_rows: list[list[int]]
    wt_rows: list[list[int]]

    def keys(self) -> list[str]:
        return [f"{g}|{c}" for g, c in zip(self.genotype, self.condition)]


def own_regulon(genotype: str, regulators: list[list[str]]) -> np.ndarray:
    names = {g[0].upper() + g[1:] for g in genotype.split("+")}
    return np.array([bool(names & set(r)) for r in regulators])


def load_pairs(samples: Samples) -> Pairs:
    table = pd.read_csv(DATA / "ecoli/ko_pairs.csv")
    ko = [samples.rows(s) for s in table.ko_samples]
    wt = [samples.rows(s) for s in table.wt_samples]
    mean = lambda rows: np.stack([samples.activity[r].mean(0) for r in rows])  # noqa: E731
    return Pairs(
        genotype=table.genotype.to_numpy(str),
        condition=table.condition.to_numpy(str),
        project=table.project.to_numpy(str),
        wild_type=mean(wt),
        change=mean(ko) - mean(wt),
        environment=np.stack([samples.environment[r].mean(0) for r in wt]),
        own=np.stack([own_regulon(g, samples.regulators) for g in table.genotype]),
        ko_rows=ko,
        wt_rows=wt,
    )


def present_name(gene: str) -> str:
    return GENE_ALIASES.get(gene, gene)
