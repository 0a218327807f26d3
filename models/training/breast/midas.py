"""MIDAS time courses of one line; rows of inhibitors other than the FGFR inhibitor never leave this file."""

import csv
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .mechanism import LIGANDS
from .names import DOSES, TRAINING_INHIBITOR, drug_of, has_stand_in, is_vehicle, ligand_of

VEHICLE = "PBS"


@dataclass(frozen=True)
class Training:
    """Untreated and FGFR-inhibited time courses as log2 of the signal."""

    line: str
    observables: list[str]
    stimuli: list[str]
    """Ligands joined by `+`, by the mechanism's names."""
    times: list[float]
    """Minutes, ascending from 0."""
    level: np.ndarray
    """[stimulus, inhibitor (none, FGFR), time, observable]; NaN where not measured."""
    left_out: int
    """Number of rows with other inhibitors, which were not looked at."""
    notes: list[str]
    """What a reader of the results should know about the table."""

    @property
    def start(self) -> np.ndarray:
        """log2 of the signal before anything is added, [observables]: untreated rows at time 0, else the vehicle's rows."""
        rest = _mean(self.level[:, 0, 0], 0)
        if VEHICLE not in self.stimuli:
            return rest
        return np.where(np.isfinite(rest), rest, _mean(self.level[self.stimuli.index(VEHICLE), 0], 0))


def has(stimulus: str, ligand: str) -> bool:
    """Whether a ligand is among a stimulus's."""
    return ligand in stimulus.split("+")


def read_training(path: str) -> Training:
    """The table's training rows; what can't be read ends the program with where and why."""
    header, rows = _table(path)
    columns = {prefix: [(i, name[3:]) for i, name in enumerate(header) if name.startswith(prefix)]
               for prefix in ("TR:", "DA:", "DV:")}
    if missing := [prefix for prefix, found in columns.items() if not found]:
        raise SystemExit(f"{path}: not a MIDAS table: no column starts with {' or '.join(missing)}")
    lines = [(i, name.rsplit(":", 1)[0]) for i, name in columns["TR:"] if name.lower().endswith(":cellline")]
    if len(lines) > 1:
        raise SystemExit(f"{path}: expected one cell line, got {', '.join(name for _, name in lines)}: give each its own table")
    observables = [name for _, name in columns["DV:"]]
    if twice := [name for name, count in Counter(observables).items() if count > 1]:
        raise SystemExit(f"{path}: antibodies are there twice: {', '.join(twice)}")
    treatments = [(i, *_treatment(name)) for i, name in columns["TR:"] if not name.lower().endswith(":cellline")]
    found: dict[tuple[str, bool, float], list[list[float]]] = {}
    unknown, left_out = Counter(), 0
    for number, row in rows:
        cell = _reader(path, header, number, row)
        given = [(names, drug) for i, names, drug in treatments if cell(i) != 0]
        drugs = {drug_of(name) for names, drug in given if drug for name in names if not is_vehicle(name)}
        if drugs - {TRAINING_INHIBITOR}:
            left_out += 1
            continue
        ligands = [name for names, drug in given if not drug for name in names if not is_vehicle(name)]
        if strange := [name for name in ligands if ligand_of(name) is None]:
            unknown.update(strange)
            continue
        stimulus = "+".join(sorted({ligand_of(name) for name in ligands})) or VEHICLE
        found.setdefault((stimulus, bool(drugs), _time(path, number, cell, columns["DA:"])), []).append(
            [cell(i, gap=True) for i, _ in columns["DV:"]])
    notes = [f"{count} rows under {name}, which the mechanism has no receptor for, were not used"
             for name, count in unknown.items()]
    notes += [f"'{name}' is taken as {TRAINING_INHIBITOR}, a drug of the same target, at {DOSES[TRAINING_INHIBITOR]:g} nmol/L"
              for _, names, drug in treatments if drug for name in names
              if drug_of(name) == TRAINING_INHIBITOR and has_stand_in(name)]
    if not any(not inhibited for _, inhibited, _ in found):
        raise SystemExit(f"{path}: no row without an inhibitor to learn from"
                         + "".join(f"\n  {note}; it knows {', '.join(LIGANDS)}" for note in notes))
    return _arranged(lines[0][1] if lines else Path(path).stem, observables, found, left_out, notes)


def _table(path: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(csv.reader(file), 1)]
    except OSError as error:
        raise SystemExit(f"{path}: {error.strerror}") from error
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows:
        raise SystemExit(f"{path}: the file is empty")
    return rows[0][1], rows[1:]


def _treatment(name: str) -> tuple[list[str], bool]:
    base, _, suffix = name.partition(":")
    if suffix.lower().startswith("inhibitor"):
        return base.removesuffix("i").split("_"), True
    return (base[:-1].split("_"), True) if not suffix and base.endswith("i") else ([base], False)


def _reader(path: str, header: list[str], number: int, row: list[str]):
    if len(row) != len(header):
        raise SystemExit(f"{path}:{number}: expected {len(header)} cells, got {len(row)}")

    def cell(column: int, gap: bool = False) -> float:
        text = row[column]
        if gap and text.lower() in ("", "na", "nan"):
            return math.nan
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or (gap and value < 0):
            wanted = "a signal >= 0 (linear, not its logarithm)" if gap else "a number"
            raise SystemExit(f"{path}:{number}: column '{header[column]}': expected {wanted}, got '{text}'")
        return value if value > 0 or not gap else math.nan

    return cell


def _time(path: str, number: int, cell, columns: list[tuple[int, str]]) -> float:
    times = {cell(i) for i, _ in columns}
    if len(times) == 1 and min(times) >= 0:
        return times.pop()
    raise SystemExit(f"{path}:{number}: expected one time >= 0 in all DA: columns, got {', '.join(map(str, sorted(times)))}")


def _arranged(line, observables, found, left_out, notes) -> Training:
    stimuli = sorted({stimulus for stimulus, _, _ in found})
    times = sorted({0.0} | {time for _, _, time in found})
    level = np.full((len(stimuli), 2, len(times), len(observables)), np.nan)
    for (stimulus, inhibited, time), values in found.items():
        level[stimuli.index(stimulus), int(inhibited), times.index(time)] = np.log2(_mean(np.array(values), 0))
    training = Training(line, observables, stimuli, times, level, left_out, notes)
    return Training(line, observables, stimuli, times, level, left_out, notes + _doubts(training))


def _doubts(training: Training) -> list[str]:
    notes = []
    if not np.isfinite(training.level[:, 1]).any():
        notes.append(f"no row under {TRAINING_INHIBITOR}: fitted to untreated rows alone")
    if not np.isfinite(training.level[:, 0, 0]).any():
        if not np.isfinite(training.start).any():
            raise SystemExit(f"no untreated row at time 0 and none of {VEHICLE}: levels have nothing to be relative to")
        notes.append(f"no untreated row at time 0: levels are relative to the mean of {VEHICLE}'s rows")
    blind = [o for o, rest in zip(training.observables, training.start) if not np.isfinite(rest)]
    if blind:
        notes.append(f"not measured before the stimulus, so without an answer: {', '.join(blind)}")
    return notes


def _mean(values: np.ndarray, axis: int) -> np.ndarray:
    """Mean of what is there; NaN where nothing is."""
    there = np.isfinite(values)
    return np.where(there, values, 0).sum(axis) / np.where(there.any(axis), there.sum(axis), np.nan)
