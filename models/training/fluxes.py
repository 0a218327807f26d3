"""What flux balance says of a sample's medium and of a deletion, from fluxes.csv."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

import environment

COLUMNS = {name: i for i, name in enumerate(environment.NAMES)}


@cache
def table() -> dict[tuple[str, str, str], dict[str, float]]:
    """(medium, oxygen, deleted genes) -> quantity -> value; fluxes in mmol/gDW/h, growth in 1/h, genes as log2 ratios."""
    found: dict[tuple[str, str, str], dict[str, float]] = {}
    with Path(__file__).with_name("fluxes.csv").open() as file:
        for row in csv.DictReader(file):
            found.setdefault((row["medium"], row["oxygen"], row["deleted"]), {})[row["quantity"]] = float(row["value"])
    return found


NAMES = list(table()["glucose", "1", ""])


def medium_of(row: np.ndarray) -> str | None:
    """The medium of a sample's environment features under the table's names; None where it has none."""
    if row[COLUMNS["medium:lb"]]:
        return "lb" if row[COLUMNS["medium:lb"]] == 1 else "diluted_lb"
    if row[COLUMNS["medium:medium_c"]]:
        return "medium_c_fed" if row[COLUMNS["culture:fed_batch"]] else "medium_c"
    return next((n.split(":")[1] for n in environment.NAMES if n.startswith("carbon:") and row[COLUMNS[n]] == 1), None)


def oxygen_of(row: np.ndarray) -> str:
    return "1" if row[COLUMNS["oxygen"]] else "nitrate" if row[COLUMNS["nitrate"]] else "0"


def balance(row: np.ndarray, deleted: str = "") -> dict[str, float]:
    """Growth, by-products and fluxes; nothing where medium or deletion aren't in the table."""
    return table().get((medium_of(row) or "", oxygen_of(row), deleted), {})


def levels(environments: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each medium, less glucose's with oxygen [samples, quantities], and whether it is known [samples]."""
    glucose = table()["glucose", "1", ""]
    found = [balance(row) for row in environments]
    value = np.array([[b.get(n, 0.0) - glucose[n] if b else 0.0 for n in NAMES] for b in found])
    return value, np.array([bool(b) for b in found])
