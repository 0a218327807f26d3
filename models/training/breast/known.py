"""What the shipped lines' training rows tell about another line: known.json, written by `python breast_known.py`.

How strong each antibody's signal gets: a line whose own rows stay far below has proteins that are far from fully
phosphorylated. And how far sites follow kinases: the centre that weights are shrunk to. A line of the same name is left out.
"""

import json
from pathlib import Path

import numpy as np

from .mechanism import RECEPTORS
from .midas import Training
from .names import parts, site_key
from .ridge import EFFECTORS
from .sites import SITES

FILE = Path(__file__).with_name("known.json")
MOST_SHIFT = 1.5
"""log2: antibodies of a new line may lie this far from the known ones, in the median, to be of the same units."""
MOST_SPREAD = 1.0
"""log2: and each this far from that, in the median (0.6 to 0.8 between shipped lines), to be of units a factor apart."""


def signals_of(training: Training) -> dict[str, list[float]]:
    """log2 of the strongest and of the typical signal, by site."""
    levels = {site_key(a): training.level[..., i] for i, a in enumerate(training.observables)}
    return {site: [round(float(np.nanmax(x)), 3), round(float(np.nanmedian(x)), 3)]
            for site, x in sorted(levels.items()) if np.isfinite(x).any()}


def weights_of(observables: list[str], weights: np.ndarray) -> dict[str, dict[str, float]]:
    """Weights of kinases, by site; those of receptors, whose numbers differ between lines, are left out."""
    names = list(EFFECTORS)
    kept = {site_key(a): {names[e]: round(float(weights[e, i]), 4) for e in np.flatnonzero(weights[:, i])
                          if names[e] not in RECEPTORS} for i, a in enumerate(observables)}
    return {site: found for site, found in sorted(kept.items()) if found}


def write(lines: dict[str, dict]) -> None:
    """known.json."""
    FILE.write_text(json.dumps({"lines": lines}, indent=1) + "\n")


def shipped() -> list[str]:
    """Names of the lines of known.json."""
    return list(json.loads(FILE.read_text())["lines"])


def _others(training: Training) -> list[dict]:
    lines = json.loads(FILE.read_text())["lines"]
    return [found for line, found in lines.items() if line != training.line]


def units_of(training: Training) -> float | None:
    """log2 of this table's units over the known lines': 0 where they are the same, None where no factor relates them."""
    own, known = signals_of(training), _known_signals(training)
    shifts = np.array([own[site][1] - np.median([typical for _, typical in known[site]]) for site in own if site in known])
    if len(shifts) < 5:
        return None
    shift = float(np.median(shifts))
    if abs(shift) <= MOST_SHIFT:
        return 0.0
    return shift if np.median(np.abs(shifts - shift)) <= MOST_SPREAD else None


def unit_notes(training: Training) -> list[str]:
    """Words on signals that are not in the known lines' units."""
    shift = units_of(training)
    if shift is None:
        return ["signals can't be laid beside the shipped lines' (few antibodies in common, or units unlike theirs): they don't tell "
                "how far proteins are phosphorylated"]
    return [f"signals are about {2**shift:.3g} times the shipped lines': taken as their units"] if shift != 0 else []


def ceilings_for(training: Training) -> dict[str, float]:
    """log2 of the strongest signal known, by antibody of this line, in its units; empty where those are unlike the known."""
    shift = units_of(training)
    if shift is None:
        return {}
    own, known = signals_of(training), _known_signals(training)
    follows = {s.protein for s in SITES if not s.substrate}
    most = {site: max(own[site][0], *(m + shift for m, _ in known[site])) for site in own if site in known}
    return {a: most[site_key(a)] for a in training.observables if site_key(a) in most and parts(a)[0] in follows}


def _known_signals(training: Training) -> dict[str, list[list[float]]]:
    """Strongest and typical signals in the other lines, by site."""
    known: dict[str, list[list[float]]] = {}
    for line in _others(training):
        for site, found in line["signals"].items():
            known.setdefault(site, []).append(found)
    return known


def centre_for(training: Training) -> np.ndarray:
    """Mean weight of each kinase over the other lines that measured a site, shape [effectors, antibodies]."""
    names, others = list(EFFECTORS), _others(training)
    out = np.zeros((len(names), len(training.observables)))
    for i, antibody in enumerate(training.observables):
        site = site_key(antibody)
        seen = [line["weights"].get(site, {}) for line in others if site in line["signals"]]
        for found in seen:
            for name, weight in found.items():
                out[names.index(name), i] += weight / len(seen)
    return out
