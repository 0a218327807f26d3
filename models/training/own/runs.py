"""The transformer's held-out predictions, fold by fold; what is done is kept and not done again."""

import hashlib
import json
import time
from pathlib import Path

import numpy as np

from .learned import Plan, asked, conditions_without, fitted
from .rows import Board, unseen
from .splits import dealt


class Kept:
    """Arrays by name in a folder, valid for one set of inputs and options."""

    def __init__(self, folder: Path, key: dict) -> None:
        digest = hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:16]
        self.folder = folder / digest
        self.folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str, make) -> tuple[np.ndarray, bool]:
        """The array, and whether it was there already."""
        path = self.folder / f"{name}.npy"
        if path.exists():
            return np.load(path), True
        value = make()
        part = path.with_suffix(".part.npy")
        np.save(part, value)
        part.replace(path)
        return value, False


def genotype_out(board: Board, plan: Plan, folds: int, kept: Kept, say, rewire: int | None = None) -> np.ndarray:
    """Each fold's genotypes predicted by a model that saw no sample in which one of their genes is perturbed."""
    task, everyone = board.task, np.arange(len(board.pairs))
    parts = dealt(board, everyone, folds)
    out = np.zeros_like(board.pairs.change)
    for k, held in enumerate(parts):
        genes = {task.genes[g] for g in np.flatnonzero((board.pairs.dose[held] != 0).any(0))}

        def make(held=held, genes=genes):
            model = fitted(task, conditions_without(task, genes), unseen(board, everyone, held), board, plan, rewire)[1]
            return asked(model, board, held)

        out[held] = _timed(kept, f"genotypes-{rewire or 0}-{k}", make, say, f"fold {k + 1} of {len(parts)}"
                           + (", random graph" if rewire else ""))
    return out


def project_out(board: Board, plan: Plan, folds: int, kept: Kept, say) -> np.ndarray:
    """Each fold's projects predicted by a model that saw none of their samples."""
    task, everyone = board.task, np.arange(len(board.pairs))
    out = np.zeros_like(board.pairs.change)
    projects = list(dict.fromkeys(board.pairs.project))
    parts = [projects[k::folds] for k in range(min(folds, len(projects)))]
    for k, names in enumerate(parts):
        inside = np.isin(board.pairs.project, names)

        def make(names=names, inside=inside):
            keep = conditions_without(task, set(), set(names))
            model = fitted(task, keep, everyone[~inside], board, plan)[1]
            return asked(model, board, everyone[inside])

        out[inside] = _timed(kept, f"projects-{k}", make, say, f"projects, fold {k + 1} of {len(parts)}")
    return out


def _timed(kept: Kept, name: str, make, say, title: str) -> np.ndarray:
    started = time.time()
    value, there = kept.get(name, make)
    say(f"transformer, {title}: {'kept from before' if there else f'{time.time() - started:.0f} s'}")
    return value
