"""Designs of experiments: which interventions a table has, and which it is asked about."""

from dataclasses import dataclass

import numpy as np

from worlds import CHANNELS, CLAMPED, CUT, GAIN, LOSS, OUTSIDE

KINDS, SHARES = ("loss", "down", "up", "cut", "outside"), (0.62, 0.1, 0.08, 0.1, 0.1)
# Share of tables whose screen has partial losses of what is asked, and shares of its rows with two interventions.
DOSED, PAIRED = 0.2, (0, 0, 0.2)
# Share of regulators beside the table that act through hidden variables, where there are any.
THROUGH_HIDDEN = 0.7


@dataclass(frozen=True)
class Scope:
    """What interventions act on: indices of the table's variables, and of hidden ones (there may be none)."""

    measured: np.ndarray
    hidden: np.ndarray

    @property
    def total(self) -> int:
        return len(self.measured) + len(self.hidden)


def design(rng: np.random.Generator, scope: Scope, context: int, kinds: list[str], style: str, groups: int, rich: bool) -> np.ndarray:
    """[E, total, CHANNELS] of one table: the context's rows, then queries."""
    do = np.zeros((context + len(kinds), scope.total, CHANNELS), np.float32)
    order, few = rng.permutation(scope.measured), int(rng.integers(1, 4))
    if style == "panel":
        singles = [int(j) for j in order[:few]]
        panel(rng, do[:context], scope, singles, groups)
        held = order[few:] if len(order) > few + len(kinds) else order
    else:
        held = order[: len(kinds)]
        singles = screen(rng, do[:context], scope, list(held), list(order[len(kinds):]) or [order[0]], style, rich)
    ask(rng, do[context:], kinds, held, singles, scope, style)
    return do


def screen(rng: np.random.Generator, rows: np.ndarray, scope: Scope, held: list[int], free: list[int], style: str, rich: bool) -> list[int]:
    """A few controls, then one intervention after another on what is free; the variables lost alone.

    What is held for queries is never lost alone, but in some tables in part.
    """
    singles: list[int] = []
    dosed = rich and rng.random() < DOSED
    paired = rng.choice(PAIRED) if rich else 0
    targets = [int(j) for j in rng.permutation(free + held)] if dosed else [int(j) for j in free]
    untouched = max(1, int(rng.integers(1, 4))) if style == "screen" or not rich else int(rng.integers(0, 4))
    for e, row in enumerate(rows[untouched:]):
        j = targets[e % len(targets)]
        kind = "outside" if style == "outside" else "down" if j in held else str(rng.choice(KINDS, p=SHARES))
        act(rng, row, kind, j, scope, scope.hidden[len(held):])
        if rng.random() < paired:
            act(rng, row, "loss", int(rng.choice(free)), scope, scope.hidden)
        elif kind == "loss":
            singles.append(j)
    return singles or [int(j) for j in free]


def panel(rng: np.random.Generator, rows: np.ndarray, scope: Scope, targets: list[int], groups: int) -> None:
    """The same few interventions in every environment, as a panel of drugs under many stimuli; queries are others."""
    for k, j in enumerate(targets):
        one = np.zeros(rows.shape[1:], np.float32)
        act(rng, one, str(rng.choice(["loss", "down", "cut", "outside"])), j, scope, scope.hidden)
        for e, row in enumerate(rows):
            if (e // groups) % (len(targets) + 1) == k + 1:
                row[:] = one


def act(rng: np.random.Generator, row: np.ndarray, kind: str, j: int, scope: Scope, beside: np.ndarray) -> None:
    if kind == "loss":
        row[j, LOSS] = 1
    elif kind == "down":
        row[j, LOSS] = rng.uniform(0.3, 0.9)
    elif kind == "up":
        row[j, GAIN] = rng.uniform(0.3, 2)
    elif kind == "cut":
        row[j, CUT] = rng.uniform(0.5, 1)
    else:
        outside(rng, row, scope, beside)


def ask(rng: np.random.Generator, rows: np.ndarray, kinds: list[str], held, singles: list[int], scope: Scope, style: str) -> None:
    """Singles on what the context never lost; doubles of what it lost alone, `half` of one such and one never lost."""
    beside = scope.hidden[: len(kinds)]
    for q, kind in enumerate(kinds):
        row, j = rows[q], int(held[q % len(held)])
        if style == "outside" and kind in ("single", "double", "half"):
            outside(rng, row, scope, beside)
        elif kind == "single":
            row[j, LOSS] = 1
        elif kind == "double":
            for k in rng.choice(singles, 2, replace=False) if len(set(singles)) > 1 else [j, singles[0]]:
                row[int(k), LOSS] = 1
        elif kind == "half":
            row[[j, int(rng.choice(singles))], LOSS] = 1
        elif kind == "clamp":
            for k in rng.choice(scope.measured, max(1, int(len(scope.measured) * rng.uniform(0.05, 0.3))), replace=False):
                row[int(k), CLAMPED] = 1
        else:
            act(rng, row, kind, j, scope, beside)


def outside(rng: np.random.Generator, row: np.ndarray, scope: Scope, beside: np.ndarray) -> None:
    """Loss of a regulator that is no variable of the table: a hidden one, or anything that acts on a few variables."""
    if len(beside) > 0 and rng.random() < THROUGH_HIDDEN:
        row[int(rng.choice(beside)), LOSS] = 1
        return
    n = len(scope.measured)
    targets = rng.choice(scope.measured, int(rng.integers(1, max(2, n // 8) + 1)), replace=False)
    row[targets, OUTSIDE] = rng.choice([-1.0, 1.0]) * rng.uniform(0.5, 1.8, len(targets))
