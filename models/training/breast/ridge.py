"""The plain learned part: each antibody linear in the kinases upstream of it, signs from the graph, little by default."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls
from scipy.special import log_ndtr

from .mechanism import RECEPTORS
from .network import edges, site_node

EFFECTORS = {
    # effector: (signal of the mechanism, node of the graph)
    **{r: (f"active_{r}", r) for r in RECEPTORS},
    "RAS": ("RAS", "RAS"), "MEK": ("MEK", "MEK"), "ERK": ("ERK", "ERK"), "RSK": ("RSK", "RSK"), "PIP3": ("PIP3", "PIP3"),
    "AKT": ("active_AKT", "AKT"), "MTORC1": ("active_MTORC1", "MTORC1"), "S6K": ("S6K", "S6K"),
}
DRUG_TARGETS = {"GSK690693": ["AKT"], "MK2206": ["AKT"], "GSK1120212": ["ERK", "RSK"], "PD173074": ["FGFR"]}
"""What a drug holds at its lowest where no mechanism says more: its target, and what only the target activates."""
STEPS = 4
PENALTIES = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0]


def influence(observables: list[str]) -> np.ndarray:
    """Sign of the nearest path from each effector to each antibody within STEPS edges, shape [effectors, antibodies].

    A path that runs through another effector counts for that one alone; 0 where there is none.
    """
    following: dict[str, list[tuple[str, int]]] = {}
    for source, target, sign, _ in edges():
        following.setdefault(source, []).append((target, 1 if sign == "+" else -1))
    nodes = [node for _, node in EFFECTORS.values()]
    targets = {site_node(o): i for i, o in enumerate(observables)}
    out = np.zeros((len(nodes), len(observables)))
    for e, start in enumerate(nodes):
        front, seen = {start: 1}, {start}
        for _ in range(STEPS):
            front = {t: s * sign for node, s in front.items() if node == start or node not in nodes
                     for t, sign in following.get(node, []) if t not in seen}
            seen |= set(front)
            for node, sign in front.items():
                for i, o in enumerate(observables):
                    if site_node(o) == node:
                        out[e, i] = sign
    return out


def shuffled(signs: np.ndarray, seed: int) -> np.ndarray:
    """The influences of a random graph: antibodies change places, so that every degree stays."""
    return signs[:, np.random.default_rng(seed).permutation(signs.shape[1])]


RECEPTOR_FLOOR = 0.1


def anchors(start: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Reference and floor of each effector's level: its signal at rest, but for receptors that are silent there."""
    rest = np.array([float(np.ravel(start[s])[0]) for s, _ in EFFECTORS.values()])
    silent = np.array([name in RECEPTORS for name in EFFECTORS])
    return np.maximum(rest, 1e-6), np.where(silent, np.maximum(rest, RECEPTOR_FLOOR), rest)


def levels(signals: dict[str, np.ndarray], start: dict[str, np.ndarray]) -> np.ndarray:
    """log2((x + floor) / (reference + floor)) of each effector's signal x, [..., effectors]: -1 for a kinase that is gone."""
    reference, floor = anchors(start)
    x = np.stack([signals[s] for s, _ in EFFECTORS.values()], -1)
    return np.log2((x + floor) / (reference + floor))


@dataclass(frozen=True)
class Ridge:
    """Weights [effectors, antibodies] and the penalty that left-out stimuli chose."""

    weights: np.ndarray
    penalty: float
    errors: dict[float, float]


def fit_ridge(x: np.ndarray, y: np.ndarray, signs: np.ndarray, centre: np.ndarray | None = None) -> Ridge:
    """Least squares with signs, shrunk to `centre`; x [stimulus, condition, effector], y [stimulus, condition, antibody].

    Left-out stimuli choose the penalty by the most probable weights; what is kept are the weights' posterior means. With
    one stimulus nothing can be left out: the weights are the centre's.
    """
    centre = np.zeros_like(signs) if centre is None else np.where(np.sign(centre) == signs, centre, 0)
    errors = {p: left_out(x, y, signs, centre, p) for p in PENALTIES}
    best = min(errors.values())
    penalty = max(p for p, e in errors.items() if e <= best * 1.001) if np.isfinite(best) else np.inf
    return Ridge(centre if penalty == np.inf else solve(x, y, signs, centre, penalty, expected), penalty, errors)


def left_out(x: np.ndarray, y: np.ndarray, signs: np.ndarray, centre: np.ndarray, penalty: float) -> float:
    """Mean squared error on each stimulus of weights fitted to the others."""
    found = []
    for stimulus in range(len(x)) if len(x) > 1 else []:
        others = [s for s in range(len(x)) if s != stimulus]
        gap = x[stimulus] @ solve(x[others], y[others], signs, centre, penalty, most_probable) - y[stimulus]
        found.append((gap[np.isfinite(gap)] ** 2).mean())
    return float(np.mean(found)) if found else np.inf


def solve(x: np.ndarray, y: np.ndarray, signs: np.ndarray, centre: np.ndarray, penalty: float, estimate) -> np.ndarray:
    """Weights of one penalty by one of the estimates below, an antibody at a time."""
    flat, target = x.reshape(-1, x.shape[-1]), y.reshape(-1, y.shape[-1])
    weights = np.zeros_like(signs)
    for i in range(target.shape[1]):
        kept, there = np.flatnonzero(signs[:, i]), np.isfinite(target[:, i])
        if len(kept) > 0 and there.any():
            sign = signs[kept, i]
            weights[kept, i] = sign * estimate(flat[there][:, kept] * sign, target[there, i], centre[kept, i] * sign, penalty)
    return weights


def most_probable(x: np.ndarray, y: np.ndarray, centre: np.ndarray, penalty: float) -> np.ndarray:
    """Weights >= 0 of least squares; many are 0."""
    root = np.sqrt(penalty)
    return nnls(np.vstack([x, root * np.eye(len(centre))]), np.concatenate([y, root * centre]))[0]


def expected(x: np.ndarray, y: np.ndarray, centre: np.ndarray, penalty: float, rounds: int = 50) -> np.ndarray:
    """Posterior means of weights >= 0 (mean field): a little above 0 where `most_probable` is 0.

    Each weight in turn is the mean of its normal distribution cut off at 0, the others at their means.
    """
    precision = x.T @ x + penalty * np.eye(len(centre))
    free = np.linalg.solve(precision, x.T @ y + penalty * centre)
    noise = max(float(np.mean((y - x @ np.maximum(free, 0)) ** 2)), 1e-9)
    own = np.diag(precision)
    spread, weights = np.sqrt(noise / own), np.maximum(free, 0)
    for _ in range(rounds):
        for j in range(len(weights)):
            mean = weights[j] - precision[j] @ (weights - free) / own[j]
            ratio = mean / spread[j]
            weights[j] = mean + spread[j] * np.exp(-(ratio**2 + np.log(2 * np.pi)) / 2 - log_ndtr(ratio))
    return weights
