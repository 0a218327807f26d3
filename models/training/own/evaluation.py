"""The evaluation table: every row on held-out genotypes and held-out projects."""

from dataclasses import dataclass

import numpy as np

from . import conformal, splits
from .rows import ROWS, Board

LEVEL = 0.9


@dataclass(frozen=True)
class Row:
    """NaN where a figure is not defined; intervals are 95 %, by bootstrap over genotypes."""

    name: str
    kind: str  # plain, transformer or ceiling
    mse: float
    pearson: float
    own_regulon: float
    versus_best: tuple[float, float, float] | None
    coverage: float
    worst: tuple[str, float] | None

    def as_dict(self) -> dict:
        plain = lambda v: None if isinstance(v, float) and np.isnan(v) else v  # noqa: E731
        return {
            "name": self.name, "kind": self.kind, "mse": plain(self.mse), "pearson": plain(self.pearson),
            "own_regulon": plain(self.own_regulon), "coverage_90": plain(self.coverage),
            "coverage_90_worst": None if self.worst is None else {"project": self.worst[0], "coverage": self.worst[1]},
            "mse_minus_best_plain": None if self.versus_best is None else self.versus_best[0],
            "mse_minus_best_plain_interval": None if self.versus_best is None else list(self.versus_best[1:]),
        }


@dataclass(frozen=True)
class Results:
    split: str
    rows: list[Row]
    best: str  # the plain row of the lowest error

    def row(self, name: str) -> Row:
        return next(r for r in self.rows if r.name == name)


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 0 and b.std() > 0 else 0.0


def results(split: str, found: dict[str, np.ndarray], board: Board, seed: int) -> Results:
    """@param found predictions by name; those in ROWS are plain"""
    plain = [n for n in found if n in ROWS]
    errors = {n: splits.error(p, board) for n, p in found.items()}
    best = min(plain, key=errors.__getitem__)
    rows = [_row(n, found, errors[n], best, board, seed) for n in found]
    return Results(split, [*rows, _ceiling(board)], best)


def _row(name: str, found: dict[str, np.ndarray], mse: float, best: str, board: Board, seed: int) -> Row:
    p, predicted = board.pairs, found[name]
    own = (board.own != 0) & p.scored
    inside = lambda i: (predicted[i][p.scored[i]], p.change[i][p.scored[i]])  # noqa: E731
    share, groups = conformal.coverage(np.where(p.scored, predicted, 0), board, LEVEL)
    worst = min(groups.items(), key=lambda kv: kv[1])
    kind = "plain" if name in ROWS or name.startswith("chosen") else "transformer"
    return Row(name, kind, mse, float(np.mean([pearson(*inside(i)) for i in range(len(p))])),
               pearson(predicted[own], p.change[own]) if own.sum() > 2 else float("nan"),
               None if name in ROWS else splits.paired(predicted, found[best], board, seed), share, worst)


def _ceiling(board: Board) -> Row:
    """Half of the replicates against the other half, each with its half of the controls."""
    values, p, r = board.task.measured.values, board.pairs, []
    for i, (rows, controls) in enumerate(zip(p.rows, p.controls)):
        if len(rows) > 1 and len(controls) > 1:
            half = lambda of, k: values[of[k::2]].mean(0)[p.scored[i]]  # noqa: E731
            r.append(pearson(*(half(rows, k) - half(controls, k) for k in (0, 1))))
    nan = float("nan")
    return Row("replicate against replicate (ceiling)", "ceiling", nan, float(np.mean(r)) if r else nan, nan, None, nan, None)


def markdown(r: Results) -> str:
    show = lambda v, d=3: "-" if v is None or np.isnan(v) else f"{v:.{d}f}"  # noqa: E731
    lines = [f"## {r.split}", "", "|  | kind | MSE | r | own regulon r | MSE - best plain, paired 95 % | 90 % intervals hold | worst |",
             "|---|---|---:|---:|---:|---:|---:|---:|"]
    for row in r.rows:
        versus = "-" if row.versus_best is None else "{:+.3f} ({:+.3f} to {:+.3f})".format(*row.versus_best)
        mse = f"**{show(row.mse)}**" if row.name == r.best else show(row.mse)
        worst = "-" if row.worst is None else f"{row.worst[1]:.0%} ({row.worst[0]})"
        held = "-" if np.isnan(row.coverage) else f"{row.coverage:.0%}"
        lines.append(f"| {row.name} | {row.kind} | {mse} | {show(row.pearson)} | {show(row.own_regulon)} | {versus} | {held} | {worst} |")
    return "\n".join(lines) + "\n"
