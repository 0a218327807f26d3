"""Who is held out, who is chosen, and how sure a difference is."""

import numpy as np

from .rows import ROWS, Board, Row, crossed, unseen

INNER = 4
OUTER = 8
DRAWS = 2000


def genotype_out(row: Row, board: Board) -> np.ndarray:
    """Each genotype predicted from pairs that share no gene with it."""
    return crossed(row, board, np.arange(len(board.pairs)))


def project_out(row: Row, board: Board) -> np.ndarray:
    """Each project predicted from the others; genes may be known from there."""
    everyone = np.arange(len(board.pairs))
    out = np.zeros_like(board.pairs.change)
    for project in dict.fromkeys(board.pairs.project):
        held = board.pairs.project == project
        out[held] = row(board, everyone[~held], everyone[held])
    return out


def error(predicted: np.ndarray, board: Board, which: np.ndarray | slice = slice(None)) -> float:
    """Mean squared error; a perturbed gene's own variable counts zero."""
    p = board.pairs
    return float(((np.where(p.scored[which], predicted, 0) - p.change[which]) ** 2).mean())


def dealt(board: Board, among: np.ndarray, count: int) -> list[np.ndarray]:
    names = list(dict.fromkeys(board.pairs.genotype[i] for i in sorted(among, key=lambda i: (board.pairs.project[i], i))))
    parts = [set(names[k::count]) for k in range(min(count, len(names)))]
    return [np.array([i for i in among if board.pairs.genotype[i] in part]) for part in parts]


def choose(board: Board, among: np.ndarray) -> str:
    """The plain row of the lowest error over folds of genotypes inside these pairs."""
    totals = dict.fromkeys(ROWS, 0.0)
    for held in dealt(board, among, INNER):
        train = unseen(board, among, held)
        for name, row in ROWS.items():
            predicted = row(board, train, held) if len(train) > 1 else np.zeros_like(board.pairs.change[held])
            totals[name] += error(predicted, board, held) * len(held)
    return min(totals, key=totals.__getitem__)


def chosen_inside(board: Board, report) -> tuple[np.ndarray, list[str]]:
    """What one gets by choosing a row inside the training pairs: the honest figure of the choice itself."""
    everyone = np.arange(len(board.pairs))
    out, names = np.zeros_like(board.pairs.change), []
    for k, held in enumerate(dealt(board, everyone, OUTER)):
        train = unseen(board, everyone, held)
        name = choose(board, train)
        out[held] = ROWS[name](board, train, held)
        names.append(name)
        report(f"inner choice, fold {k + 1}: {name}")
    return out, names


def paired(a: np.ndarray, b: np.ndarray, board: Board, seed: int) -> tuple[float, float, float]:
    """Error of a minus error of b, with its 95 % interval by bootstrap over genotypes; below zero a is better."""
    p = board.pairs
    per = lambda x: ((np.where(p.scored, x, 0) - p.change) ** 2).mean(1)  # noqa: E731
    return bootstrap(per(a) - per(b), p.genotype, seed)


def bootstrap(values: np.ndarray, groups: np.ndarray, seed: int) -> tuple[float, float, float]:
    names, index = np.unique(groups, return_inverse=True)
    sums, sizes = np.bincount(index, values), np.bincount(index)
    draws = np.random.default_rng(seed).integers(len(names), size=(DRAWS, len(names)))
    means = sums[draws].sum(1) / sizes[draws].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(values.mean()), float(low), float(high)
