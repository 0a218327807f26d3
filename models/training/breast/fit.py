"""Maximum a posteriori fit of one line: Levenberg-Marquardt in logarithms from several starts, scales eliminated."""

from dataclasses import dataclass

import numpy as np

from .known import ceilings_for
from .mechanism import LIGANDS
from .midas import Training, has
from .names import DOSES, TRAINING_INHIBITOR
from .numeric import course, nothing_added, settle, signals_at
from .parameters import PARAMETERS
from .sites import Site, site_of

SD = 0.6
"""Error of a measured log2 signal: replicate arrays and what the mechanism leaves out."""
FLOOR_SPREAD = 1.2
"""Prior standard deviation of the logit of a floor."""
CEILING_SPREAD = 0.7
"""How well the strongest known signal tells full phosphorylation: standard deviation of ln."""


@dataclass(frozen=True)
class Problem:
    """What is fitted: parameters, then a floor for each antibody, then K for each substrate."""

    training: Training
    columns: list[int]
    sites: list[Site]
    rest: np.ndarray
    """Signal at rest relative to the strongest known one, [antibodies]; NaN where that is not known."""

    @property
    def names(self) -> list[str]:
        free = [p.id for p in PARAMETERS if p.spread > 0]
        antibodies = [self.training.observables[c] for c in self.columns]
        return free + [f"floor {a}" for a in antibodies] + [f"K {a}" for a, s in zip(antibodies, self.sites) if s.substrate]

    @property
    def prior(self) -> tuple[np.ndarray, np.ndarray]:
        free = [(p.location, p.spread) for p in PARAMETERS if p.spread > 0]
        floors = [(np.log(s.floor / (1 - s.floor)), FLOOR_SPREAD) for s in self.sites]
        halves = [(np.log(0.3), 1.0) for s in self.sites if s.substrate]
        location, spread = np.array(free + floors + halves).T
        return location, spread


def problem_of(training: Training) -> Problem:
    """Antibodies that the mechanism answers for and that were measured, one for each site."""
    found = {}
    for i, antibody in enumerate(training.observables):
        site = site_of(antibody)
        if site is not None and np.isfinite(training.level[..., i]).any():
            found.setdefault(site.id, (i, site))
    kept = list(found.values())
    ceilings = ceilings_for(training)
    start = training.start
    rest = [2 ** (start[i] - ceilings.get(training.observables[i], np.nan)) if not s.substrate else np.nan for i, s in kept]
    return Problem(training, [i for i, _ in kept], [s for _, s in kept], np.array(rest))


def values_of(theta: np.ndarray) -> dict:
    """Parameters by name from theta, shape [sets, parameters]."""
    free = iter(range(theta.shape[1]))
    return {p.id: np.exp(theta[:, next(free)]) if p.spread > 0 else np.full(len(theta), p.value) for p in PARAMETERS}


def sites_at(problem: Problem, theta: np.ndarray, scope: dict, start: dict) -> np.ndarray:
    """Signals relative to the untreated start, shape [..., antibodies]; `scope` and `start` hold arrays [sets, ...]."""
    n = sum(p.spread > 0 for p in PARAMETERS)
    count = len(problem.sites)
    out, half = [], iter(range(n + count, theta.shape[1]))
    for j, site in enumerate(problem.sites):
        x, x0 = scope[site.signal], start[site.signal]
        if site.substrate:
            k = np.exp(theta[:, next(half)])
            k = k.reshape(k.shape + (1,) * (x.ndim - 1))
            x, x0 = x / (x + k), x0 / (x0 + k)
        floor = 1 / (1 + np.exp(-theta[:, n + j]))
        floor = floor.reshape(floor.shape + (1,) * (x.ndim - 1))
        out.append(floor + (1 - floor) * x / x0)
    return np.stack(out, -1)


@dataclass(frozen=True)
class Simulation:
    """Antibodies' signals relative to the untreated start [sets, stimulus, drugs, time, antibodies], all signals, the start."""

    sites: np.ndarray
    signals: dict
    start: dict


BEFORE = 120.0
"""Minutes that drugs are there before the stimulus. Assumed: rows at time 0 already show them."""


def simulate(problem: Problem, theta: np.ndarray, drugs: list[dict[str, float]], times: list[float] | None = None) -> Simulation:
    """Every stimulus under every set of drugs, at the measured times or others (minutes)."""
    training, sets = problem.training, len(theta)
    times = training.times if times is None else times
    base = nothing_added(values_of(theta))
    rest = settle(base)
    shape = (sets, len(training.stimuli), len(drugs))
    spread = {k: np.broadcast_to(np.reshape(v, (-1, 1, 1)), shape).ravel() for k, v in base.items()}
    for name in {name for drug in drugs for name in drug}:
        spread[name] = np.broadcast_to([drug.get(name, 0.0) for drug in drugs], shape).ravel()
    x = np.broadcast_to(rest[:, :, None, None], (len(rest), *shape)).reshape(len(rest), -1)
    x = course(spread, x, [BEFORE])[-1]
    for ligand in LIGANDS:
        spread[ligand] = np.broadcast_to(
            np.array([float(has(s, ligand)) for s in training.stimuli])[None, :, None], shape).ravel()
    states = course(spread, x, times)
    tiled = {k: v.reshape(*shape, 1) for k, v in spread.items()}
    scope = signals_at(tiled, np.moveaxis(states.reshape(len(times), len(rest), *shape), 0, -1))
    start = {k: np.reshape(v, (sets, 1, 1, 1)) for k, v in signals_at(base, rest).items() if np.size(v) == sets}
    return Simulation(sites_at(problem, theta, scope, start), scope, start)


TREATMENTS = [{}, {TRAINING_INHIBITOR: DOSES[TRAINING_INHIBITOR]}]


def residuals(problem: Problem, theta: np.ndarray) -> np.ndarray:
    """Weighted residuals with the priors' at the end, shape [sets, points]; each antibody's scale is the best one."""
    found = simulate(problem, theta, TREATMENTS)
    predicted = np.log2(found.sites)
    observed = problem.training.level[..., problem.columns]
    gap = np.where(np.isfinite(observed), predicted - observed, np.nan)
    gap -= np.nanmean(gap, axis=(1, 2, 3), keepdims=True)
    location, spread = problem.prior
    data = np.nan_to_num(gap / SD).reshape(len(theta), -1)
    return np.concatenate([data, ceiling_residuals(problem, theta, found.start), (theta - location) / spread], 1)


def ceiling_residuals(problem: Problem, theta: np.ndarray, start: dict) -> np.ndarray:
    """Phosphorylated share at rest against the signal at rest over the strongest known, shape [sets, antibodies]."""
    n = sum(p.spread > 0 for p in PARAMETERS)
    gaps = []
    for j, site in enumerate(problem.sites):
        if np.isnan(problem.rest[j]):
            continue
        floor = 1 / (1 + np.exp(-theta[:, n + j]))
        gaps.append(np.log(start[site.signal].ravel()) - np.log((1 - floor) * problem.rest[j]))
    return np.array(gaps).T.reshape(len(theta), -1) / CEILING_SPREAD


def jacobian(problem: Problem, theta: np.ndarray, h: float = 1e-4) -> tuple[np.ndarray, np.ndarray]:
    """Residuals and their derivatives by forward differences, all parameters in one batch."""
    batch = np.vstack([theta, theta + h * np.eye(len(theta))])
    r = residuals(problem, batch)
    return r[0], ((r[1:] - r[0]) / h).T


def minimise(problem: Problem, theta: np.ndarray, steps: int = 150) -> tuple[np.ndarray, float]:
    """Levenberg-Marquardt; returns the point and half the sum of squares."""
    damping = 1.0
    r, j = jacobian(problem, theta)
    cost = 0.5 * r @ r
    for _ in range(steps):
        normal, slope = j.T @ j, j.T @ r
        tries = [damping * f for f in (0.1, 1.0, 10.0, 100.0)]
        moves = [np.linalg.solve(normal + d * np.diag(np.diag(normal)), -slope) for d in tries]
        moves = [np.clip(m, -1.5, 1.5) for m in moves]
        costs = 0.5 * (residuals(problem, theta + np.array(moves)) ** 2).sum(1)
        costs = np.where(np.isfinite(costs), costs, np.inf)
        best = int(np.argmin(costs))
        if not costs[best] < cost - 1e-4:
            if damping > 1e5:
                break
            damping *= 100
            continue
        theta, damping, gain = theta + moves[best], max(tries[best], 1e-6), cost - costs[best]
        r, j = jacobian(problem, theta)
        cost = 0.5 * r @ r
        if gain < 1e-3:
            break
    return theta, cost


@dataclass(frozen=True)
class Fit:
    """The best point, what every start reached, and the posterior's standard deviations (Laplace)."""

    theta: np.ndarray
    costs: list[float]
    spread: np.ndarray
    """Largest difference among starts that came within 1 of the best, by parameter."""
    start_spread: np.ndarray


def fit(problem: Problem, starts: int, seed: int, say=print) -> Fit:
    """Several starts: the prior's centre, then draws from the prior."""
    location, spread = problem.prior
    random = np.random.default_rng(seed)
    points, costs = [], []
    for k in range(starts):
        theta, cost = minimise(problem, location + (k > 0) * 0.7 * np.minimum(spread, 1.5) * random.standard_normal(len(location)))
        say(f"  start {k + 1} of {starts}: {cost:.2f}", flush=True)
        points.append(theta)
        costs.append(float(cost))
    best = int(np.argmin(costs))
    near = np.array([p for p, c in zip(points, costs) if c < costs[best] + 1])
    _, j = jacobian(problem, points[best])
    covariance = np.linalg.inv(j.T @ j)
    return Fit(points[best], costs, np.sqrt(np.diag(covariance)), np.ptp(near, axis=0))
