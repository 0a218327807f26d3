"""Simulated regulated networks: what a regulator that reads experiments is trained on.

A world is a sparse signed graph with a logic, solved to its steady state under many interventions at once. All
arrays are batched: B worlds of N variables, E experiments, at most P regulators a variable.
"""

from dataclasses import dataclass

import numpy as np
import torch

from logics import production

P = 5
LOGICS = ("and", "or", "thermodynamic", "additive", "log-linear", "signalling")
# Logics of the last stage of training; two joined by + share a world's variables between them.
MORE_LOGICS = ("power", "linear", "concerted", "switch", "net")
GRAPHS = ("random", "scale-free", "modular", "cascade", "layered")
HIDDEN_MORE = 3
# Logarithms between which the strength of a world's regulation is drawn, over the usual one.
SPAN = (-1.2, 0.9)
# Hidden units of a small network that regulates a variable.
UNITS = 3
RELAXATION, ITERATIONS, SETTLED = 0.35, 90, 0.02
# Channels of an intervention on one variable in one experiment.
CLAMPED, LOSS, GAIN, CUT, OUTSIDE = range(5)
CHANNELS = 5


@dataclass(frozen=True)
class Worlds:
    """A batch of worlds with one logic, or two side by side, and one family of graphs."""

    logic: str
    parents: torch.Tensor  # [B, N, P] indices
    sign: torch.Tensor  # [B, N, P] +1, -1, 0 none
    threshold: torch.Tensor  # [B, N, P]
    steepness: torch.Tensor  # [B, N, P]
    strength: torch.Tensor  # [B, N, P]
    basal: torch.Tensor  # [B, N]
    ceiling: torch.Tensor  # [B, N]
    shield: torch.Tensor  # [B, N] how far an inhibitor keeps its target from being switched off (signalling)
    pace: torch.Tensor  # [B, N] of relaxation, where it matters: in time courses
    first: torch.Tensor  # [B, N] True where the first of two logics holds
    weight: torch.Tensor  # [B, N, P, UNITS] of small networks, not negative
    reading: torch.Tensor  # [B, N, UNITS] what each unit of a small network counts for


def adjacency(parents: np.ndarray, sign: np.ndarray) -> np.ndarray:
    """[B, N, N] signed; row = target, column = source."""
    batch, n, _ = parents.shape
    out = np.zeros((batch, n, n), np.float32)
    b, i = np.ogrid[:batch, :n]
    for p in range(P):
        np.add.at(out, (b, i, parents[..., p]), sign[..., p])
    return np.sign(out)


def _popularity(rng: np.random.Generator, family: str, batch: int, n: int) -> np.ndarray:
    """How often each variable is chosen as a regulator, [B, N]."""
    if family == "scale-free":
        return rng.pareto(1.2, (batch, n)) + 0.02
    return rng.random((batch, n)) ** 2 + 0.02


def _candidates(rng: np.random.Generator, family: str, batch: int, n: int) -> np.ndarray:
    """Weight of each source for each target, [B, N targets, N sources]."""
    weight = np.repeat(_popularity(rng, family, batch, n)[:, None], n, 1)
    if family == "modular":
        module = rng.integers(0, max(2, n // 8), (batch, n))
        weight = weight * np.where(module[:, :, None] == module[:, None], 1, 0.05)
    if family == "cascade":
        depth = np.sort(rng.random((batch, n)), 1)
        gap = depth[:, :, None] - depth[:, None]
        weight = weight * np.where(gap > 0, np.exp(-4 * gap), 0.03)
    if family == "layered":
        weight[:, :, : n // 2] = 1e-9
    weight[:, np.arange(n), np.arange(n)] = 1e-9
    return weight


def draw(rng: np.random.Generator, logic: str, family: str, batch: int, n: int, hidden=(), selves: bool = False,
         spans: bool = False) -> Worlds:
    """`hidden` variables regulate more than others do; `selves`: in some worlds variables regulate themselves; `spans`:
    regulation is weak in some worlds and strong in others.

    In the family `layered` the first half are messengers, each followed by its protein; proteins alone regulate.
    """
    weight = _candidates(rng, family, batch, n)
    weight[:, :, list(hidden)] *= HIDDEN_MORE
    if selves:
        weight[:, np.arange(n), np.arange(n)] += weight.mean(-1) * rng.choice([0, 0, 1], (batch, 1))
    # The P largest of weight / exponential are a draw without replacement.
    parents = np.argsort(-weight / rng.exponential(size=weight.shape), -1)[..., :P]
    count = np.minimum(rng.poisson(rng.uniform(0.8, 2.2, (batch, 1)), (batch, n)), P)
    proteins = np.arange(n // 2, 2 * (n // 2)) if family == "layered" else np.arange(0)
    parents[:, proteins, 0] = proteins - n // 2
    count[:, proteins] = 1
    sign = np.where(rng.random(parents.shape) < rng.uniform(0.5, 0.85, (batch, 1, 1)), 1.0, -1.0)
    sign[:, proteins] = 1
    sign = sign * (np.arange(P) < count[..., None])
    shape, (more, last) = parents.shape, rng.spawn(2)
    scale = np.exp(last.uniform(*SPAN, (batch, 1, 1))) if spans else 1.0

    def t(a):
        return torch.as_tensor(a, dtype=torch.float32)

    return Worlds(
        logic, torch.as_tensor(parents), t(sign), t(np.exp(rng.normal(-0.5, 0.6, shape))), t(rng.uniform(1, 4, shape)),
        t(rng.gamma(2.0, 0.6, shape) * scale), t(rng.uniform(0.02, 0.5, (batch, n))), t(np.exp(rng.normal(0, 0.3, (batch, n)))),
        t(more.uniform(0, 0.9, (batch, n))), t(np.exp(more.uniform(-2, 0.5, (batch, n)))),
        torch.as_tensor(last.random((batch, n)) < 0.5), t(last.gamma(1.0, 1.0, (*shape, UNITS))), t(last.normal(0.6, 0.6, (batch, n, UNITS))),
    )


def settle(w: Worlds, do: torch.Tensor, clamp: torch.Tensor, rate: torch.Tensor, start: torch.Tensor | None = None,
           steps: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """States [B, E, N] under interventions `do` [B, E, N, CHANNELS], clamped values and production factors.

    Steady states, unless `steps` [B, E] says when to look at the course from `start`. The second result is False for
    experiments that did not settle.
    """
    clamped = do[..., CLAMPED] > 0
    factor = rate * w.ceiling[:, None] * (1 - do[..., LOSS])
    active = 1 - do[..., CUT]
    pace = RELAXATION if steps is None else RELAXATION * w.pace[:, None]
    x = torch.where(clamped, clamp, w.ceiling[:, None].expand_as(clamp) * 0.5 if start is None else start)
    moved = x
    for k in range(ITERATIONS):
        target = factor * production(w, x, active) * torch.exp(do[..., OUTSIDE]) + do[..., GAIN]
        moved = torch.where(clamped, clamp, x + pace * (target - x))
        if steps is not None:
            moved = torch.where((steps > k)[..., None], moved, x)
        change, x = (moved - x).abs(), moved
    return x, change.amax(-1) < SETTLED
