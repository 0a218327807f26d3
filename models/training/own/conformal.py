"""Conformal intervals, each project's from the others; as src/analysis/knockouts/conformal.ts has them."""

from dataclasses import dataclass

import numpy as np

from .rows import Board, square_distance

POOLED, PENALTY, SMALL = 10.0, 1.0, 0.1


@dataclass(frozen=True)
class Ruler:
    """The error to expect: scale of each variable times exp(level + slopes . description)."""

    scale: np.ndarray
    level: float
    slopes: np.ndarray
    centre: np.ndarray

    def difficulty(self, description: np.ndarray) -> np.ndarray:
        return np.exp(self.level + (description - self.centre) @ self.slopes)


@dataclass(frozen=True)
class Conditions:
    projects: np.ndarray
    apart: np.ndarray  # [pairs, pairs]
    reach: np.ndarray

    def describe(self, which: np.ndarray, known: np.ndarray) -> np.ndarray:
        """log distance to the nearest wild type of another project, log number of variables regulated."""
        far = []
        for i in which:
            others = known[self.projects[known] != self.projects[i]]
            far.append(self.apart[i, others].min() if len(others) else 0.0)
        return np.stack([np.log(np.array(far) + SMALL), self.reach[which]], 1)


def conditions(board: Board) -> Conditions:
    """Where there is one project only, each genotype counts as its own."""
    p = board.pairs
    groups = p.project if len(set(p.project)) > 1 else p.genotype
    spread = p.wild_type.std(0)
    state = np.divide(p.wild_type, spread, out=np.zeros_like(p.wild_type), where=spread > 0)
    return Conditions(groups, np.sqrt(square_distance(state) / state.shape[1]), np.log1p(np.abs(board.own).sum(1)))


def _weights(groups: np.ndarray) -> np.ndarray:
    _, index, count = np.unique(groups, return_inverse=True, return_counts=True)
    return len(groups) / len(count) / count[index]


def ruler(errors: np.ndarray, c: Conditions, known: np.ndarray) -> Ruler:
    w, x = _weights(c.projects[known]), c.describe(known, known)
    y = np.log(np.sqrt((errors[known] ** 2).mean(1)) + 1e-300)
    centre, level = (w[:, None] * x).sum(0) / w.sum(), float((w * y).sum() / w.sum())
    rows = (x - centre) * np.sqrt(w)[:, None]
    slopes = np.linalg.solve(rows.T @ rows + PENALTY * np.eye(2), rows.T @ ((y - level) * np.sqrt(w)))
    found = Ruler(np.ones(errors.shape[1]), level, slopes, centre)
    variance = (w[:, None] * (errors[known] / found.difficulty(x)[:, None]) ** 2).mean(0)
    scale = np.sqrt((len(known) * variance + POOLED * variance.mean()) / (len(known) + POOLED))
    return Ruler(scale, level, slopes, centre)


def score(errors: np.ndarray, c: Conditions, known: np.ndarray, level: float) -> float:
    """The factor on the ruler that holds the share, each project judged by a ruler from the rest."""
    values, weights = [], []
    for project in np.unique(c.projects[known]):
        held, rest = known[c.projects[known] == project], known[c.projects[known] != project]
        found = ruler(errors, c, rest if len(rest) else known)
        unit = found.difficulty(c.describe(held, rest))[:, None] * found.scale
        values.append((errors[held] / unit).ravel())
        weights.append(np.full(errors[held].size, 1 / errors[held].size))
    value, weight = np.concatenate(values), np.concatenate(weights)
    order = np.argsort(value)
    held = np.cumsum(weight[order]) / weight.sum()
    return float(value[order][min(np.searchsorted(held, level - 1e-12), len(value) - 1)])


def coverage(predicted: np.ndarray, board: Board, level: float) -> tuple[float, dict[str, float]]:
    """Share held over all, and by project, each calibrated on the others."""
    c, errors = conditions(board), np.abs(predicted - board.pairs.change)
    everyone, held, count = np.arange(len(errors)), {}, []
    for project in np.unique(c.projects):
        inside, rest = everyone[c.projects == project], everyone[c.projects != project]
        found, factor = ruler(errors, c, rest), score(errors, c, rest, level)
        width = factor * found.difficulty(c.describe(inside, rest))[:, None] * found.scale
        hit = (errors[inside] <= width)[board.pairs.scored[inside]]
        held[str(project)] = float(hit.mean())
        count.append(hit)
    return float(np.concatenate(count).mean()), held


def calibrated(predicted: np.ndarray, board: Board) -> dict:
    """What a card says of intervals for a condition like those seen: ruler and factors."""
    c, errors = conditions(board), np.abs(predicted - board.pairs.change)
    everyone = np.arange(len(errors))
    found = ruler(errors, c, everyone)
    typical = float(np.average(found.difficulty(c.describe(everyone, everyone)), weights=_weights(c.projects)))
    projects = len(set(c.projects))
    named = lambda of: {f"{int(100 * p)}": [round(float(v), 4) for v in score(errors, c, everyone, of(p)) * typical * found.scale]  # noqa: E731
                        for p in (0.5, 0.8, 0.9)}
    within, beyond = named(lambda p: p), named(lambda p: min(1.0, p * (projects + 1) / projects))
    return {
        "half_width": within, "half_width_out": beyond,  # for a project like those seen, and whatever it is like
        "expression_half_width": within, "expression_half_width_out": beyond,
        "difficulty": {"slopes": [round(float(s), 4) for s in found.slopes],
                       "of": ["log(distance to the nearest wild type of another project + 0.1)", "log(1 + variables regulated)"]},
    }
