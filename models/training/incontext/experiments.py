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
# Environments of a table at most.
GROUPS = 8
# Spreads beyond which a clamped value counts no more: a knocked-out variable lies far outside what the context shows.
REACH = 3.0


@dataclass(frozen=True)
class Tables:
    """B tables; context experiments first, then queries.

    Values are changes against the experiment's own control, in units of each variable's spread of changes; `state` is
    that control against the mean control, in units of each variable's spread over all that was measured.
    """

    value: torch.Tensor  # [B, E, N]
    state: torch.Tensor  # [B, E, N]
    known: torch.Tensor  # [B, E, N] 1 where the value is shown: measured in the context, clamped in a query
    do: torch.Tensor  # [B, E, N, CHANNELS] what is known of where interventions act
    perturbed: torch.Tensor  # [B, E] 1 where anything was done
    graph: torch.Tensor  # [B, N, N] signed, as shown
    added: torch.Tensor  # [B, E, N] plain prediction: known effects added up, else a process on the control's state
    regressed: torch.Tensor  # [B, E, N] plain prediction: ridge on what is clamped
    alike: torch.Tensor  # [B, E, context] how far a context row's intervention is part of a row's own
    asked: torch.Tensor  # [B, E, N] 1 where a query's answer counts
    context: int
    kind: np.ndarray  # [E - context] of each query: single, double, clamp, cut, outside


def screen(rng: np.random.Generator, n: int, context: int, kinds: list[str], style: str) -> np.ndarray:
    """[E, N, CHANNELS] of one table: a few controls, then one intervention after another; queries last.

    Targets of single queries never appear alone in the context; those of doubles do.
    """
    do = np.zeros((context + len(kinds), n, CHANNELS), np.float32)
    order = rng.permutation(n)
    held, free = order[: len(kinds)], list(order[len(kinds):]) or [int(order[0])]
    singles: list[int] = []
    untouched = max(1, int(rng.integers(1, 4)))
    for e in range(untouched, context):
        j = int(free[(e - untouched) % len(free)])
        kind = "outside" if style == "outside" else rng.choice(["loss", "down", "up", "cut", "outside"], p=[0.62, 0.1, 0.08, 0.1, 0.1])
        act(rng, do[e], kind, j, n)
        if kind == "loss":
            singles.append(j)
    ask(rng, do[context:], kinds, held, singles or free, n, style)
    return do


def panel(rng: np.random.Generator, n: int, context: int, kinds: list[str], groups: int) -> np.ndarray:
    """The same few interventions in every environment, as a panel of drugs under many stimuli; queries are others."""
    do = np.zeros((context + len(kinds), n, CHANNELS), np.float32)
    order = rng.permutation(n)
    few = int(rng.integers(1, 4))
    for k in range(few):
        one = np.zeros((n, CHANNELS), np.float32)
        act(rng, one, rng.choice(["loss", "down", "cut", "outside"]), int(order[k % n]), n)
        for e in range(context):
            if (e // groups) % (few + 1) == k + 1:
                do[e] = one
    ask(rng, do[context:], kinds, order[few:] if n > few + len(kinds) else order, [int(j) for j in order[:few]], n, "panel")
    return do


def act(rng: np.random.Generator, row: np.ndarray, kind: str, j: int, n: int) -> None:
    if kind == "loss":
        row[j, LOSS] = 1
    elif kind == "down":
        row[j, LOSS] = rng.uniform(0.3, 0.9)
    elif kind == "up":
        row[j, GAIN] = rng.uniform(0.5, 2)
    elif kind == "cut":
        row[j, CUT] = rng.uniform(0.5, 1)
    else:
        _outside(rng, row, n)


def ask(rng, rows: np.ndarray, kinds: list[str], held, singles: list[int], n: int, style: str) -> None:
    for q, kind in enumerate(kinds):
        row, j = rows[q], int(held[q % len(held)])
        if style == "outside" and kind in ("single", "double"):
            _outside(rng, row, n)
        elif kind == "single":
            row[j, LOSS] = 1
        elif kind == "double":
            for k in rng.choice(singles, 2, replace=False) if len(set(singles)) > 1 else [j, singles[0]]:
                row[int(k), LOSS] = 1
        elif kind == "cut":
            row[j, CUT] = rng.uniform(0.6, 1)
        elif kind == "outside":
            _outside(rng, row, n)
        else:
            for k in rng.choice(n, max(1, int(n * rng.uniform(0.05, 0.3))), replace=False):
                row[int(k), CLAMPED] = 1


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


def process(value: torch.Tensor, state: torch.Tensor, known: torch.Tensor, perturbed: torch.Tensor, context: int):
    """Gaussian process on the control's state: like states change alike, whatever was done. Rows leave themselves out."""
    distance = torch.cdist(state, state[:, :context]) ** 2 / state.shape[-1]
    kernel = CONSTANT + AMPLITUDE * torch.exp(-distance / (2 * LENGTH**2))
    others = (1 - torch.eye(value.shape[1])[:, :context]) * perturbed[:, None, :context]
    right = kernel * others
    gram = kernel[:, None, :context] * others[:, :, :, None] * others[:, :, None] + NOISE * torch.eye(context)
    weight = torch.linalg.solve(gram, right.unsqueeze(-1)).squeeze(-1) * others
    effect = value[:, :context] * known[:, :context]
    return torch.einsum("bef,bfn->ben", weight, effect) * perturbed[..., None]


def added_effects(value: torch.Tensor, known: torch.Tensor, do: torch.Tensor, context: int, alike: torch.Tensor,
                  otherwise: torch.Tensor):
    """Effects of a row's interventions added up where each was seen alone, `otherwise` where one was not. [B, E, N]"""
    touched = (do.abs().amax(-1) > 0).float()
    there = (alike > 0).float()
    share = (alike / there.sum(2, keepdim=True).clamp_min(1)).sum(-1)
    added = torch.einsum("bef,bfn->ben", share, value[:, :context] * known[:, :context])
    explained = ((there.sum(2) > 0) * touched).sum(-1) / touched.sum(-1).clamp_min(1)
    return torch.where(explained[..., None] > 0.99, added, otherwise)


def regressed(value: torch.Tensor, known: torch.Tensor, do: torch.Tensor, away: torch.Tensor, context: int) -> torch.Tensor:
    """Kernel ridge on the touched variables whose value is shown: on changes, and on controls' distances from the mean.

    `away` are those distances in spreads of changes, [B, E, N]. Rows leave their own change out. [B, E, N]
    """
    touched = (do.abs().amax(-1) > 0).float() * known
    shown = torch.cat([value[:, :context] * known[:, :context], away[:, :context]], 1)
    key = shown.clamp(-REACH, REACH)
    gram = torch.einsum("ben,bfn,bgn->befg", touched, key, key)
    right = torch.einsum("ben,bfn->bef", touched * value.clamp(-REACH, REACH), key)
    others = torch.cat([1 - torch.eye(do.shape[1])[:, :context], torch.ones(do.shape[1], context)], 1)
    gram = gram * others[None, :, :, None] * others[None, :, None] + RIDGE * torch.eye(2 * context)
    weight = torch.linalg.solve(gram, (right * others).unsqueeze(-1)).squeeze(-1)
    return torch.einsum("bef,bfn->ben", weight * others, shown)


def factors(rng: np.random.Generator, size: tuple[int, ...], width: np.ndarray, share: np.ndarray) -> torch.Tensor:
    """Log-normal factors on production: `width` of the logarithm, on a `share` of the variables."""
    return torch.as_tensor(np.exp(width * rng.standard_normal(size) * (rng.random(size) < share)), dtype=torch.float32)


def groups_of(rng: np.random.Generator, batch: int, total: int, style: str) -> np.ndarray:
    """The environment (with a control of its own) of each experiment, [B, E]."""
    if style == "panel":
        return np.repeat((np.arange(total) % GROUPS)[None], batch, 0)
    count = np.where(rng.random(batch) < 0.4, 1, rng.integers(2, GROUPS + 1, batch))
    return (rng.random((batch, total)) * count[:, None]).astype(np.int64)


def tables(rng: np.random.Generator, logic: str, family: str, batch: int, n: int, context: int, kinds: list[str],
           style: str = "screen", disturbed: bool = True) -> Tables:
    """`style`: screen (one intervention after another), outside (all on regulators that are no variables), panel.

    `disturbed`: treated cultures differ from their controls, and from one another, by more than what was done to them.
    """
    w = sim.draw(rng, logic, family, batch, n)
    plan = (lambda: panel(rng, n, context, kinds, GROUPS)) if style == "panel" else (lambda: screen(rng, n, context, kinds, style))
    do = torch.as_tensor(np.stack([plan() for _ in range(batch)]))
    total = context + len(kinds)

    def normal(*shape):
        return torch.as_tensor(rng.standard_normal(shape), dtype=torch.float32)

    def width(low, high, never):
        drawn = np.where(rng.random((batch, 1, 1)) < never, 0, rng.uniform(low, high, (batch, 1, 1)))
        return drawn if disturbed or never == 0 else 0 * drawn

    group = torch.as_tensor(groups_of(rng, batch, total, style))
    index = group[..., None].expand(-1, -1, n)
    some = rng.uniform(0.1, 0.7, (batch, 1, 1))
    environment = factors(rng, (batch, GROUPS, n), width(0.2, 0.9, 0), some)
    # What all treated cultures of an environment share against its control, and what each has for itself.
    handling = factors(rng, (batch, GROUPS, n), width(0.1, 0.6, 0.5), some)
    culture = factors(rng, (batch, total, n), width(0.05, 0.5, 0.4), some)
    perturbed = (do.abs().amax((-1, -2)) > 0).float()
    treated = torch.where(perturbed[..., None] > 0, torch.gather(handling, 1, index), 1.0) * culture
    untouched = torch.zeros(batch, GROUPS, n, CHANNELS)
    control, calm = sim.settle(w, untouched, untouched[..., 0], environment)
    own_control = torch.gather(control, 1, index)
    reach = rng.uniform(-3, 1, (batch, total, n)) * rng.choice([-1, 1], (batch, total, n))
    clamp = (own_control * torch.as_tensor(np.exp(reach), dtype=torch.float32)).clamp(0, 3)
    x, settled = sim.settle(w, do, clamp, torch.gather(environment, 1, index) * treated)
    noise = torch.as_tensor(0.3 * rng.beta(1, 2, (batch, 1, 1)), dtype=torch.float32)
    logged = torch.as_tensor(rng.random((batch, 1, 1)) < 0.5)

    def measure(v):
        return see(v * torch.exp(noise * normal(*v.shape)) + 0.1 * noise * normal(*v.shape))

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
    away = reference - reference[:, :context].mean(1, keepdim=True)
    steady = settled * torch.gather(calm, 1, group)
    asked = steady[..., None].float() * (1 - known) * (steady.float().mean(1, keepdim=True) > 0.9)[..., None]
    asked[:, :context] = 0
    graph = torch.as_tensor(shown_graph(rng, sim.adjacency(w.parents.numpy(), w.sign.numpy())))
    # Of some regulators outside the table nobody knows what they act on.
    hidden = torch.as_tensor(rng.random((batch, total, 1)) < rng.choice([0, 0.3, 0.6], (batch, 1, 1)))
    do[..., OUTSIDE] = torch.where(hidden, 0.0, do[..., OUTSIDE])
    found = {"value": value, "state": away / total_spread, "known": known, "do": do, "perturbed": perturbed}
    return Tables(**found, **plain_parts(**found, away=away / spread, context=context), graph=graph, asked=asked,
                  context=context, kind=np.array(kinds))


def plain_parts(value, state, known, do, perturbed, away, context: int) -> dict[str, torch.Tensor]:
    """The plain predictions, and likenesses, that the reader is given."""
    alike = likeness(do, context)
    otherwise = process(value, state, known, perturbed, context)
    return {"added": added_effects(value, known, do, context, alike, otherwise),
            "regressed": regressed(value, known, do, away, context), "alike": alike.sum(-1).clamp_max(1.5)}


def spreads(change: torch.Tensor, reference: torch.Tensor, known: torch.Tensor, context: int):
    """Of each variable's changes, and of all that was measured, over the context; few rows lean on all variables."""
    shown = known[:, :context]
    count = shown.sum(1, keepdim=True)
    square = (change[:, :context] ** 2 * shown).sum(1, keepdim=True)
    common = (square.sum(-1, keepdim=True) / count.sum(-1, keepdim=True)).clamp_min(1e-6)
    spread = ((square + POOLED * common) / (count + POOLED)).sqrt()
    away = reference[:, :context] - reference[:, :context].mean(1, keepdim=True)
    return spread, (away.square().mean(1, keepdim=True) + spread**2).sqrt()
