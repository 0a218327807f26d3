"""Tables of experiments in simulated worlds: contexts a user might bring, and the queries asked of them."""

from dataclasses import dataclass

import numpy as np
import torch

import worlds as sim
from worlds import CHANNELS, CLAMPED, CUT, GAIN, LOSS, OUTSIDE

# Sum of squares' worth of the common scale in each variable's own.
POOLED = 4.0
# Kernel and noise of the process on the control's state, as in table E1 of the benchmarks.
CONSTANT, AMPLITUDE, LENGTH, NOISE = 0.05, 0.5, 0.6, 0.5
RIDGE = 5.0
# Spreads beyond which a clamped value counts no more: a knocked-out variable lies far outside what the context shows.
REACH = 2.0


@dataclass(frozen=True)
class Tables:
    """B tables; context experiments first, then queries.

    Values are changes against the experiment's own control, in units of each variable's spread of changes; `state` is
    that control against the mean control, in units of each variable's spread over all that was measured.
    """

    value: torch.Tensor  # [B, E, N]
    state: torch.Tensor  # [B, E, N]
    known: torch.Tensor  # [B, E, N] 1 where the value is shown: measured in the context, clamped in a query
    do: torch.Tensor  # [B, E, N, CHANNELS]
    graph: torch.Tensor  # [B, N, N] signed, as shown
    added: torch.Tensor  # [B, E, N] plain prediction: known effects added up, else a process on the control's state
    regressed: torch.Tensor  # [B, E, N] plain prediction: ridge on what is clamped
    alike: torch.Tensor  # [B, E, context] how far a context row's intervention is part of a row's own
    asked: torch.Tensor  # [B, E, N] 1 where a query's answer counts
    context: int
    kind: np.ndarray  # [E - context] of each query: single, double, clamp, cut, outside


def interventions(rng: np.random.Generator, batch: int, n: int, context: int, kinds: list[str]) -> torch.Tensor:
    """[B, E, N, CHANNELS]. Targets of single queries never appear alone in the context; those of doubles do."""
    total = context + len(kinds)
    do = np.zeros((batch, total, n, CHANNELS), np.float32)
    for b in range(batch):
        order = rng.permutation(n)
        held = list(order[: len(kinds)])
        free = list(order[len(kinds):]) or [int(order[0])]
        singles = []
        untouched = max(1, int(rng.integers(1, 4)))
        for e in range(untouched, context):
            roll, j = rng.random(), int(free[(e - untouched) % len(free)])
            if roll < 0.62:
                do[b, e, j, LOSS] = 1
                singles.append(j)
            elif roll < 0.72:
                do[b, e, j, LOSS] = rng.uniform(0.3, 0.9)
            elif roll < 0.8:
                do[b, e, j, GAIN] = rng.uniform(0.5, 2)
            elif roll < 0.9:
                do[b, e, j, CUT] = rng.uniform(0.5, 1)
            else:
                _outside(rng, do[b, e], n)
        for q, kind in enumerate(kinds):
            row, j = do[b, context + q], int(held[q])
            if kind == "single":
                row[j, LOSS] = 1
            elif kind == "double":
                pair = rng.choice(singles, 2, replace=False) if len(set(singles)) > 1 else [j, free[0]]
                for k in pair:
                    row[int(k), LOSS] = 1
            elif kind == "cut":
                row[j, CUT] = rng.uniform(0.6, 1)
            elif kind == "outside":
                _outside(rng, row, n)
            else:
                for k in rng.choice(n, max(1, int(n * rng.uniform(0.05, 0.3))), replace=False):
                    row[int(k), CLAMPED] = 1
    return torch.as_tensor(do)


def _outside(rng: np.random.Generator, row: np.ndarray, n: int) -> None:
    """Loss of a regulator that is no variable: its targets are known, and mostly the sign."""
    targets = rng.choice(n, int(rng.integers(1, max(2, n // 8) + 1)), replace=False)
    row[targets, OUTSIDE] = rng.choice([-1.0, 1.0]) * rng.uniform(0.5, 1.8, len(targets))


def shown_graph(rng: np.random.Generator, true: np.ndarray) -> np.ndarray:
    """The graph as a user has it: edges missing, made up, with wrong or no sign, or no graph at all."""
    batch, n, _ = true.shape
    quality = rng.beta(2, 1, (batch, 1, 1))
    kept = true * (rng.random(true.shape) < 0.35 + 0.65 * quality)
    density = np.abs(true).mean((1, 2), keepdims=True)
    made = (rng.random(true.shape) < density * (1 - quality)) * rng.choice([-1.0, 1.0], true.shape)
    graph = np.where(kept != 0, kept, made)
    flip = rng.random(true.shape) < 0.2 * (1 - quality)
    graph = np.where(flip, -graph, graph)
    fate = rng.random((batch, 1, 1))
    return np.where(fate < 0.12, 0.0, graph).astype(np.float32)


def likeness(do: torch.Tensor, context: int) -> torch.Tensor:
    """[B, E, C, N]: where a context row has one intervention alone, how much of it each row has on that variable."""
    touched = (do.abs().amax(-1) > 0).float()
    alone = (touched[:, :context].sum(-1) == 1).float()
    same = torch.einsum("beni,bfni->befn", do, do[:, :context])
    size = (do[:, :context] ** 2).sum(-1)[:, None].clamp_min(1e-9)
    alike = (same / size).clamp(0, 1.5) * alone[:, None, :, None]
    own = torch.eye(do.shape[1])[:, :context]
    return alike * (1 - own)[None, :, :, None]


def process(value: torch.Tensor, state: torch.Tensor, known: torch.Tensor, do: torch.Tensor, context: int):
    """Gaussian process on the control's state: like states change alike, whatever was done. Rows leave themselves out."""
    touched = (do.abs().amax(-1) > 0).any(-1).float()  # [B, E]
    distance = torch.cdist(state, state[:, :context]) ** 2 / state.shape[-1]
    kernel = CONSTANT + AMPLITUDE * torch.exp(-distance / (2 * LENGTH**2))
    others = (1 - torch.eye(do.shape[1])[:, :context]) * touched[:, None, :context]
    right = kernel * others
    gram = kernel[:, None, :context] * others[:, :, :, None] * others[:, :, None] + NOISE * torch.eye(context)
    weight = torch.linalg.solve(gram, right.unsqueeze(-1)).squeeze(-1) * others
    effect = value[:, :context] * known[:, :context]
    return torch.einsum("bef,bfn->ben", weight, effect) * touched[..., None]


def added_effects(value: torch.Tensor, known: torch.Tensor, do: torch.Tensor, context: int, alike: torch.Tensor,
                  otherwise: torch.Tensor):
    """Effects of a row's interventions added up where each was seen alone, `otherwise` where one was not. [B, E, N]"""
    touched = (do.abs().amax(-1) > 0).float()
    there = (alike > 0).float()
    share = (alike / there.sum(2, keepdim=True).clamp_min(1)).sum(-1)
    added = torch.einsum("bef,bfn->ben", share, value[:, :context] * known[:, :context])
    explained = ((there.sum(2) > 0) * touched).sum(-1) / touched.sum(-1).clamp_min(1)
    return torch.where(explained[..., None] > 0.99, added, otherwise)


def regressed(value: torch.Tensor, known: torch.Tensor, do: torch.Tensor, context: int) -> torch.Tensor:
    """Kernel ridge of changes on the touched variables whose value is shown; rows leave themselves out. [B, E, N]"""
    touched = (do.abs().amax(-1) > 0).float() * known
    shown = value[:, :context] * known[:, :context]
    key = shown.clamp(-REACH, REACH)
    gram = torch.einsum("ben,bfn,bgn->befg", touched, key, key)
    right = torch.einsum("ben,bfn->bef", touched * value.clamp(-REACH, REACH), key)
    others = 1 - torch.eye(do.shape[1])[:, :context]
    gram = gram * others[None, :, :, None] * others[None, :, None] + RIDGE * torch.eye(context)
    weight = torch.linalg.solve(gram, (right * others).unsqueeze(-1)).squeeze(-1)
    return torch.einsum("bef,bfn->ben", weight, shown)


def environments(rng: np.random.Generator, batch: int, total: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Group of each experiment [B, E], and the factor of each group on every variable's production [B, G, N]."""
    count = np.where(rng.random(batch) < 0.5, 1, rng.integers(2, 7, batch))
    group = (rng.random((batch, total)) * count[:, None]).astype(np.int64)
    touched = rng.random((batch, 6, n)) < rng.uniform(0.1, 0.7, (batch, 1, 1))
    return group, np.exp(rng.uniform(0.2, 0.9, (batch, 1, 1)) * rng.standard_normal((batch, 6, n)) * touched)


def tables(rng: np.random.Generator, logic: str, family: str, batch: int, n: int, context: int, kinds: list[str]) -> Tables:
    w = sim.draw(rng, logic, family, batch, n)
    do = interventions(rng, batch, n, context, kinds)
    total = context + len(kinds)

    def normal(*shape):
        return torch.as_tensor(rng.standard_normal(shape), dtype=torch.float32)

    group, factor = environments(rng, batch, total, n)
    factor = torch.as_tensor(factor, dtype=torch.float32)
    index = torch.as_tensor(group)[..., None].expand(-1, -1, n)
    untouched = torch.zeros(batch, factor.shape[1], n, CHANNELS)
    control, calm = sim.settle(w, untouched, untouched[..., 0], factor)
    own_control = torch.gather(control, 1, index)
    reach = rng.uniform(-3, 1, (batch, total, n)) * rng.choice([-1, 1], (batch, total, n))
    clamp = (own_control * torch.as_tensor(np.exp(reach), dtype=torch.float32)).clamp(0, 3)
    x, settled = sim.settle(w, do, clamp, torch.gather(factor, 1, index))
    noise = torch.as_tensor(rng.uniform(0.0, 0.15, (batch, 1, 1)), dtype=torch.float32)
    logged = torch.as_tensor(rng.random((batch, 1, 1)) < 0.5)

    def measure(v):
        v = v * torch.exp(noise * normal(*v.shape)) + 0.1 * noise * normal(*v.shape)
        return see(v)

    def see(v):
        return torch.where(logged, torch.log2(v.clamp_min(0) + 0.03), v)

    given = torch.where(do[..., LOSS] >= 1, torch.zeros_like(clamp), clamp)
    held = (do[..., CLAMPED] > 0) | (do[..., LOSS] >= 1)
    missing = torch.as_tensor(rng.random((batch, total, n)) < rng.choice([0, 0, 0.1], (batch, 1, 1)))
    known = (~missing).float()
    known[:, context:] = held[:, context:].float()
    reference = torch.gather(measure(control), 1, index)
    change = torch.where(held, see(given), measure(x)) - reference
    spread, total_spread = spreads(change, reference, known, context)
    value = change / spread
    value[:, context:] = torch.where(held, see(given), see(x))[:, context:].sub(reference[:, context:]) / spread
    state = (reference - reference[:, :context].mean(1, keepdim=True)) / total_spread
    steady = settled * torch.gather(calm, 1, torch.as_tensor(group))
    asked = steady[..., None].float() * (1 - known) * (steady.float().mean(1, keepdim=True) > 0.9)[..., None]
    asked[:, :context] = 0
    graph = torch.as_tensor(shown_graph(rng, sim.adjacency(w.parents.numpy(), w.sign.numpy())))
    alike = likeness(do, context)
    otherwise = process(value, state, known, do, context)
    return Tables(value, state, known, do, graph, added_effects(value, known, do, context, alike, otherwise),
                  regressed(value, known, do, context), alike.sum(-1).clamp_max(1.5), asked, context, np.array(kinds))


def spreads(change: torch.Tensor, reference: torch.Tensor, known: torch.Tensor, context: int):
    """Of each variable's changes, and of all that was measured, over the context; few rows lean on all variables."""
    shown = known[:, :context]
    count = shown.sum(1, keepdim=True)
    square = (change[:, :context] ** 2 * shown).sum(1, keepdim=True)
    common = (square.sum(-1, keepdim=True) / count.sum(-1, keepdim=True)).clamp_min(1e-6)
    spread = ((square + POOLED * common) / (count + POOLED)).sqrt()
    away = reference[:, :context] - reference[:, :context].mean(1, keepdim=True)
    return spread, (away.square().mean(1, keepdim=True) + spread**2).sqrt()
