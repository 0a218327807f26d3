"""How far each antibody's signal goes: the strongest one in any untreated or FGFR-inhibited row of the lines given.

The arrays of one study share their units, so a line whose own rows stay far below tells that its proteins are far from
fully phosphorylated. Where units don't agree nothing is used.
"""

import json
from pathlib import Path

import numpy as np

from .midas import Training
from .sites import SITES, parts

FILE = Path(__file__).with_name("ceilings.json")
MOST_SHIFT = 1.5
"""log2: antibodies of a new line may lie this far from the known ones, in the median, to be of the same units."""


def key_of(antibody: str) -> str:
    protein, residues = parts(antibody)
    return " ".join([protein, *sorted(residues, key=lambda r: int(r[1:]))])


def write(trainings: list[Training]) -> None:
    """ceilings.json from the lines' training rows: log2 of the strongest signal and of the typical one."""
    found: dict[str, list[tuple[float, float]]] = {}
    for training in trainings:
        for i, antibody in enumerate(training.observables):
            level = training.level[..., i]
            if np.isfinite(level).any():
                found.setdefault(key_of(antibody), []).append((float(np.nanmax(level)), float(np.nanmedian(level))))
    table = {k: {"most": round(max(m for m, _ in v), 3), "typical": round(float(np.median([t for _, t in v])), 3)}
             for k, v in sorted(found.items())}
    FILE.write_text(json.dumps({"lines": [t.line for t in trainings], "log2": table}, indent=1) + "\n")


def ceilings_for(training: Training) -> dict[str, float]:
    """log2 of the strongest signal known, by antibody of this line; empty where its units are others."""
    table = json.loads(FILE.read_text())["log2"]
    known = {a: table[key_of(a)] for a in training.observables if key_of(a) in table}
    shifts = [np.nanmedian(training.level[..., training.observables.index(a)]) - t["typical"] for a, t in known.items()]
    if len(shifts) < 5 or abs(float(np.nanmedian(shifts))) > MOST_SHIFT:
        return {}
    own = {s.protein for s in SITES if not s.substrate}
    return {a: t["most"] for a, t in known.items() if parts(a)[0] in own}
