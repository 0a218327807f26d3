"""MIDAS time courses of one line; rows of inhibitors other than the FGFR inhibitor never leave this file."""

import csv
import math
from dataclasses import dataclass

import numpy as np

from .mechanism import LIGANDS

TRAINING_INHIBITOR = "PD173074"
VEHICLE = "PBS"


@dataclass(frozen=True)
class Training:
    """Untreated and FGFR-inhibited time courses as log2 of the signal."""

    line: str
    observables: list[str]
    stimuli: list[str]
    times: list[float]
    """[stimulus, inhibitor (none, FGFR), time, observable]; NaN where not measured."""
    level: np.ndarray
    left_out: int
    """Number of rows with other inhibitors, which were not looked at."""


def read_training(path: str) -> Training:
    with open(path, newline="", encoding="utf-8-sig") as file:
        header, *rows = [[cell.strip() for cell in row] for row in csv.reader(file) if any(row)]
    columns = {prefix: [(i, name[3:]) for i, name in enumerate(header) if name.startswith(prefix)]
               for prefix in ("TR:", "DA:", "DV:")}
    if not all(columns.values()):
        raise SystemExit(f"{path}: not a MIDAS table: it needs TR:, DA: and DV: columns")
    line = next((name.rsplit(":", 1)[0] for _, name in columns["TR:"] if name.lower().endswith(":cellline")), "line")
    treatments = [(i, *_treatment(name)) for i, name in columns["TR:"] if not name.lower().endswith(":cellline")]
    time_column = columns["DA:"][0][0]
    found: dict[tuple[str, bool, float], list[list[float]]] = {}
    left_out = 0
    for row in rows:
        given = [(name, drug) for i, name, drug in treatments if float(row[i]) != 0]
        drugs = [name for name, drug in given if drug]
        if any(drug != TRAINING_INHIBITOR for drug in drugs):
            left_out += 1
            continue
        stimulus = "+".join(sorted(name for name, drug in given if not drug)) or VEHICLE
        values = [_number(row[i]) for i, _ in columns["DV:"]]
        found.setdefault((stimulus, bool(drugs), float(row[time_column])), []).append(values)
    return _arranged(line, [name for _, name in columns["DV:"]], found, left_out)


def _treatment(name: str) -> tuple[str, bool]:
    base, _, suffix = name.partition(":")
    if suffix.lower().startswith("inhibitor"):
        return base.removesuffix("i"), True
    return (base[:-1], True) if not suffix and base.endswith("i") else (base, False)


def _number(text: str) -> float:
    value = math.nan if text.lower() in ("", "na", "nan") else float(text)
    return value if value > 0 else math.nan


def _arranged(line, observables, found, left_out) -> Training:
    stimuli = sorted({stimulus for stimulus, _, _ in found})
    unknown = [s for s in stimuli if s not in LIGANDS and s != VEHICLE]
    if unknown:
        raise SystemExit(f"stimuli the mechanism has no receptor for: {', '.join(unknown)}; it knows {', '.join(LIGANDS)}")
    times = sorted({time for _, _, time in found})
    level = np.full((len(stimuli), 2, len(times), len(observables)), np.nan)
    for (stimulus, inhibited, time), values in found.items():
        mean = np.array([np.nanmean(column) if not np.all(np.isnan(column)) else np.nan for column in np.array(values).T])
        level[stimuli.index(stimulus), int(inhibited), times.index(time)] = np.log2(mean)
    return Training(line, observables, stimuli, times, level, left_out)
