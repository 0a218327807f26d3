"""Which regulators a gene encodes, and whether they mostly activate or repress."""

import pandas as pd

from network_facts import ENCODED_BY
from paths import PRECISE
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
