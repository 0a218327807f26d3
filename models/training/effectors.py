"""Effector levels of a sample, where effectors.csv knows them."""

import csv
from pathlib import Path

import numpy as np

import environment

LIMIT = 6.0
EFFECTORS = {
    "camp": "cyclic AMP", "fbp": "fructose 1,6-bisphosphate", "pep": "phosphoenolpyruvate", "pyr": "pyruvate",
    "glx": "glyoxylate", "accoa": "acetyl-CoA", "g6p": "glucose 6-phosphate", "akg": "2-oxoglutarate",
    "eiia_p": "phosphorylated share of EIIA(Glc)", "o2": "oxygen", "q8h2": "reduced share of the quinone pool",
    "no3": "nitrate",
}
NAMES = list(EFFECTORS)


def _table() -> dict[tuple[str, str], dict[str, float]]:
    table: dict[tuple[str, str], dict[str, float]] = {}
    with Path(__file__).with_name("effectors.csv").open() as file:
        for row in csv.DictReader(file):
            table.setdefault((row["carbon"], row["oxygen"]), {})[row["effector"]] = float(row["log2_change"])
    return table


def levels(environments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """log2 levels relative to glucose with oxygen, and which are known; both [samples, effectors]."""
    table, column = _table(), environment.NAMES.index
    value = np.zeros((len(environments), len(NAMES)), np.float32)
    known = np.zeros_like(value)
    carbons = [n.split(":")[1] for n in environment.NAMES if n.startswith("carbon:")]
    for i, row in enumerate(environments):
        oxygen = "1" if row[column("oxygen")] else "nitrate" if row[column("nitrate")] else "0"
        carbon = next((c for c in carbons if row[column(f"carbon:{c}")]), None)
        found = table.get((carbon, "1"), {}) | table.get(("*", oxygen), {}) if carbon else {}
        if oxygen != "1":  # what carbon does is known with oxygen only
            found = table[("*", oxygen)]
        for name, level in found.items():
            value[i, NAMES.index(name)] = level
            known[i, NAMES.index(name)] = 1
    return value, known
