"""Plain predictions of a table's rows from its context, which the reader is given beside the table."""

import torch

# Sum of squares' worth of the common scale in each variable's own.
POOLED = 4.0
# Kernel and noise of the process on the control's state, as in table E1 of the benchmarks.
CONSTANT, AMPLITUDE, LENGTH, NOISE = 0.05, 0.5, 0.6, 0.5
RIDGE = 5.0
# Spreads beyond which a clamped value counts no more: a knocked-out variable lies far outside what the context shows.
REACH = 3.0


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


def plain_parts(value, known, do, away, context: int, otherwise: torch.Tensor) -> dict[str, torch.Tensor]:
    """The plain predictions, and likenesses, that the reader is given; `otherwise` of what was never seen alone."""
    alike = likeness(do, context)
    return {"otherwise": otherwise,
            "added": added_effects(value, known, do, context, alike, otherwise),
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
