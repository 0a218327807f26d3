"""Samples: values of variables, whichever way round the table lies and whatever units it is in."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .tables import Table, number, read, repeated
from .wrong import Wrong, nearest, some

UNITS = {"auto", "log2", "ln", "log10", "linear", "counts"}
MOST_MISSING = 0.2


@dataclass(frozen=True)
class Measured:
    """Values on a log2 scale, [samples, variables]."""

    samples: list[str]
    variables: list[str]
    values: np.ndarray
    notes: list[str]  # what was done to the table, in words


def measured(path: Path, wanted: list[str], unit: str = "auto") -> Measured:
    """The samples named, in the order of the table; rows are samples or variables, whichever fits the names."""
    table = read(path)
    names, columns, cells = _oriented(table, wanted)
    keep = [i for i, n in enumerate(names) if n in set(wanted)]
    notes = []
    if len(keep) < len(names):
        left = [n for n in names if n not in set(wanted)]
        notes.append(f"{len(left)} samples have no row in the perturbation table and are left out: {some(left)}")
    twice = repeated([names[i] for i in keep])
    if twice:
        raise Wrong(f"{path}: sample there more than once: {some(twice)}", "give every replicate an id of its own")
    values, variables = _numbers(table, [names[i] for i in keep], columns, cells[keep], notes)
    twice = repeated(variables)
    if twice:
        raise Wrong(f"{path}: variable there more than once: {some(twice)}", "join or rename them")
    values = _logarithms(values, unit, path, notes)
    return Measured([names[i] for i in keep], variables, _filled(values, variables, notes), notes)


def _oriented(table: Table, wanted: list[str]) -> tuple[list[str], list[str], np.ndarray]:
    known = set(wanted)
    first = [row[0] for row in table.rows]
    across = sum(h in known for h in table.header[1:])
    down = sum(f in known for f in first)
    cells = np.array([row[1:] for row in table.rows], dtype=object)
    if max(across, down) == 0:
        raise Wrong(
            f"{table.file}: none of the perturbation table's {len(known)} samples ({some(sorted(known), 3)}) is there;"
            f" columns are {some(table.header[1:], 3)}, rows {some(first, 3)}{nearest(wanted[0], [*table.header, *first])}",
            "samples have the same ids in both tables; the first column holds the names of the rows",
        )
    if across >= down:
        return table.header[1:], first, cells.T
    return first, table.header[1:], cells


def _numbers(table: Table, samples, columns, cells, notes) -> tuple[np.ndarray, list[str]]:
    """Columns that hold text alone are left out; text among numbers is an error."""
    values, variables, words = [], [], []
    for name, column in zip(columns, cells.T):
        found = [number(c) for c in column]
        bad = [(s, c) for s, c, f in zip(samples, column, found) if f is None]
        if len(bad) == len(found):
            words.append(name)
            continue
        if bad:
            raise Wrong(f"{table.file}: '{bad[0][1]}' is no number (variable '{name}', sample '{bad[0][0]}')",
                        "numbers have a decimal point; a missing value is empty or NA")
        values.append(found)
        variables.append(name)
    if words:
        notes.append(f"{len(words)} columns of text are left out: {some(words)}")
    if len(variables) < 3:
        raise Wrong(f"{table.file}: {len(variables)} variables with numbers; at least 3 are needed")
    return np.array(values, float).T, variables


def _logarithms(values: np.ndarray, unit: str, path: Path, notes: list[str]) -> np.ndarray:
    low, high = np.nanmin(values), np.nanmax(values)
    if unit == "auto":
        whole = bool(np.all(np.isnan(values) | (values == np.round(values))))
        unit = "log2" if low < 0 or high <= 40 else "counts" if whole and high > 1000 else "linear"
        if unit != "log2":
            notes.append(f"values from {low:.3g} to {high:.3g} look {'like counts' if unit == 'counts' else 'linear'}:"
                         " log2(value + 1) is taken (--unit says otherwise)")
    if unit in ("linear", "counts") and low < 0:
        raise Wrong(f"{path}: --unit {unit}, but the least value is {low:.3g}", "logarithms can be negative: --unit log2")
    if unit == "counts":
        depth = np.nansum(values, 1, keepdims=True)
        values = values / np.maximum(depth, 1) * 1e6
        notes.append("counts are divided by each sample's total, per million, before logarithms are taken")
    factor = {"log2": 1.0, "ln": 1 / np.log(2), "log10": np.log2(10)}
    return np.log2(values + 1) if unit in ("linear", "counts") else values * factor[unit]


def _filled(values: np.ndarray, variables: list[str], notes: list[str]) -> np.ndarray:
    missing = np.isnan(values)
    if not missing.any():
        return values
    share = missing.mean(0)
    if (share > MOST_MISSING).all():
        raise Wrong(f"every variable misses more than {MOST_MISSING:.0%} of its values", "is the table's separator right?")
    worst = [v for v, s in zip(variables, share) if s > MOST_MISSING]
    if worst:
        raise Wrong(f"{len(worst)} variables miss more than {MOST_MISSING:.0%} of their values: {some(worst)}",
                    "take them out, or fill them in")
    notes.append(f"{int(missing.sum())} missing values are filled with their variable's mean")
    return np.where(missing, np.nanmean(values, 0), values)
