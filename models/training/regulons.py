"""Which regulators a gene encodes, whether they mostly activate or repress, and what they reach."""

import numpy as np
import pandas as pd

from network_facts import ENCODED_BY
from paths import DATA, PRECISE
from samples import present_name


def regulator_mode(regulators: set[str]) -> dict[str, float]:
    """(activated - repressed) / signed targets, targets with both signs or none left out."""
    trn = pd.read_csv(PRECISE / "TRN.csv")
    trn = trn[trn.regulator.isin(regulators) & trn.effect.isin(["+", "-"])]
    signs = trn.groupby(["regulator", "gene_name"]).effect.agg(lambda e: set(e))
    value = signs.map(lambda e: 0 if len(e) == 2 else 1 if "+" in e else -1)
    value = value[value != 0]
    return value.groupby(level=0).mean().to_dict()


def genes_of(regulator: str) -> list[str]:
    return ENCODED_BY.get(regulator, [regulator[0].lower() + regulator[1:]])


def encoded_regulators(gene: str, regulators: set[str]) -> list[str]:
    gene = present_name(gene)
    return [r for r in regulators if gene in genes_of(r)]


def graded() -> pd.DataFrame:
    """Rows of TRN.csv from RegulonDB's TFs or with strong evidence."""
    trn = pd.read_csv(PRECISE / "TRN.csv")
    trn = trn[trn.gene_name.notna() & trn.regulator.notna()]
    return trn[(trn.evidence >= 1) | (trn.source == "RegulonDB_TF")]


def regulons() -> dict[str, list[str]]:
    """Every gene that a regulator acts on, whatever the sign."""
    return graded().groupby("regulator").gene_name.agg(lambda g: sorted(set(g))).to_dict()


def signed_targets() -> dict[str, dict[str, int]]:
    """regulator -> gene -> 1 or -1, where all rows agree."""
    rows = graded()
    rows = rows[rows.effect.isin(["+", "-"])]
    signs = rows.groupby(["regulator", "gene_name"]).effect.agg(lambda e: set(e))
    out: dict[str, dict[str, int]] = {}
    for (regulator, gene), effects in signs.items():
        if len(effects) == 1:
            out.setdefault(regulator, {})[gene] = 1 if "+" in effects else -1
    return out


LEAST_WEIGHT, LEAST_CORRELATION = 0.02, 0.6


def imodulon_genes() -> dict[str, dict[str, float]]:
    """iModulon -> gene -> weight, weights' sizes adding up to one: PRECISE-278's, where activities show that it has it."""
    table = pd.read_csv(PRECISE / "imodulon_table.csv", index_col=0)["PRECISE"].dropna()
    info = pd.read_csv(PRECISE / "gene_info.csv", index_col=0).gene_name
    id_of = {name: i for i, name in pd.read_csv(PRECISE / "metadata_qc.csv", index_col=0).sample_id.items()}
    activity = pd.read_csv(PRECISE / "A.csv", index_col=0)
    former = pd.read_csv(DATA / "ecoli/precise278/A.csv", index_col=0)
    former = former[[c for c in former.columns if id_of.get(c) in activity.columns]]
    m = pd.read_csv(DATA / "ecoli/precise278/M.csv.gz", index_col=0)
    m.index = [info.get(locus, locus) for locus in m.index]
    out = {}
    for name, column in table[table.isin(m.columns)].items():
        same = np.corrcoef(former.loc[column], activity.loc[name, [id_of[c] for c in former.columns]])[0, 1]
        weight = m[column][m[column].abs() > LEAST_WEIGHT] * np.sign(same)
        if abs(same) >= LEAST_CORRELATION:
            out[name] = (weight / weight.abs().sum()).to_dict()
    return out


def reach() -> dict[str, dict[str, float]]:
    """regulator -> iModulon -> what it activates less what it represses of the iModulon's genes, by weight; -1 to 1."""
    genes = imodulon_genes()
    found = {
        regulator: {name: sum(w * targets.get(g, 0) for g, w in weights.items()) for name, weights in genes.items()}
        for regulator, targets in signed_targets().items()
    }
    return {r: {m: round(v, 3) for m, v in row.items() if abs(v) >= 5e-4} for r, row in found.items()}
