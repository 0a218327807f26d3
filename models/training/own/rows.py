"""The plain rows, as src/regulation/baselines has them, on anybody's pairs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import nnls

import ridge as ridge_fit
from examples import Examples

from .task import Pairs, Task

SLOPE_SHRINKAGE = 100.0
LEFT_OUT_SINGLY = 40  # genotypes; more are dealt to folds
FOLDS = 10


@dataclass(frozen=True)
class Board:
    """Pairs with what the rows are made from; all arrays [pairs, variables] or [pairs, pairs]."""

    task: Task
    pairs: Pairs

    @cached_property
    def loss(self) -> np.ndarray:
        """[pairs, genes]: share of each product that is gone; -1 at most where there is more of it."""
        return np.clip(-self.pairs.dose, -1, 1)

    @cached_property
    def own(self) -> np.ndarray:
        return np.clip(self.loss @ self.task.reach.own, -1, 1)

    @cached_property
    def mode(self) -> np.ndarray:
        return np.clip(self.loss @ self.task.reach.mode, -1, 1) * self.task.scale

    @cached_property
    def influence(self) -> np.ndarray:
        return self.loss @ self.task.reach.influence

    @cached_property
    def second(self) -> np.ndarray:
        return np.where(self.own != 0, 0.0, self.loss @ self.task.reach.second)

    @cached_property
    def shared(self) -> np.ndarray:
        """[pairs, pairs]: two pairs perturb a gene in common."""
        hit = (self.pairs.dose != 0).astype(int)
        return hit @ hit.T > 0

    @cached_property
    def scaled(self) -> np.ndarray:
        """[pairs, pairs]: mean squared difference of wild types in units of each variable's spread."""
        return square_distance(self.pairs.wild_type / self.task.scale) / len(self.task.scale)

    @cached_property
    def raw(self) -> np.ndarray:
        """[pairs, pairs]: squared distance of wild types over its median."""
        d = square_distance(self.pairs.wild_type)
        upper = d[np.triu_indices(len(d), 1)]
        return d / (np.median(upper[upper > 0]) if (upper > 0).any() else 1.0)

    @cached_property
    def near(self) -> np.ndarray:
        return np.exp(-self.scaled / (2 * 0.6**2))

    @cached_property
    def alike(self) -> np.ndarray:
        """[pairs, pairs]: cosine of what the perturbed genes do along the graph; 0 without one."""
        size = np.linalg.norm(self.influence, axis=1, keepdims=True)
        unit = np.divide(self.influence, size, out=np.zeros_like(self.influence), where=size > 0)
        return unit @ unit.T


def square_distance(x: np.ndarray) -> np.ndarray:
    square = (x**2).sum(1)
    return np.maximum(square[:, None] + square[None] - 2 * x @ x.T, 0)


Row = Callable[[Board, np.ndarray, np.ndarray], np.ndarray]
"""(board, training pairs, asked pairs) -> predicted change of the asked, [asked, variables]"""


def folds(board: Board, of: np.ndarray) -> list[np.ndarray]:
    """Pairs by genotype, dealt project by project where there are many genotypes."""
    pairs = board.pairs
    order = list(dict.fromkeys(pairs.genotype[i] for i in sorted(of, key=lambda i: (pairs.project[i], pairs.genotype[i]))))
    dealt = [[g] for g in order] if len(order) <= LEFT_OUT_SINGLY else [order[k::FOLDS] for k in range(FOLDS)]
    return [np.array([i for i in of if pairs.genotype[i] in set(names)]) for names in dealt]


def unseen(board: Board, among: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Pairs that share no perturbed gene with the held-out ones."""
    return among[~board.shared[np.ix_(among, held)].any(1)]


def crossed(row: Row, board: Board, among: np.ndarray) -> np.ndarray:
    """Each pair predicted from those that share no gene with its fold."""
    out = np.zeros((len(among), len(board.task.scale)))
    at = {i: k for k, i in enumerate(among)}
    for held in folds(board, among):
        train = unseen(board, among, held)
        if len(train):
            out[[at[i] for i in held]] = row(board, train, held)
    return out


def no_change(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    return np.zeros((len(asked), len(board.task.scale)))


def mean_of_others(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    return np.repeat(board.pairs.change[train].mean(0, keepdims=True), len(asked), 0)


def same_project_mean(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    project, change = board.pairs.project, board.pairs.change
    near = [train[project[train] == project[i]] for i in asked]
    return np.stack([change[n if len(n) else train].mean(0) for n in near])


def _solve(kernel: np.ndarray, noise: float, board: Board, train, asked) -> np.ndarray:
    gram = kernel[np.ix_(train, train)] + noise * np.eye(len(train))
    return kernel[np.ix_(asked, train)] @ np.linalg.solve(gram, board.pairs.change[train])


def process(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    return _solve(0.05 + 0.5 * board.near, 0.5, board, train, asked)


def two_distances(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    return _solve(0.05 + 0.25 * board.near + 0.25 * np.exp(-board.raw / (2 * 0.5**2)), 0.5, board, train, asked)


def bilinear(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    state = board.pairs.wild_type / board.task.scale
    kernel = (1 + board.influence @ board.influence.T) * (1 + state @ state.T / state.shape[1])
    return _solve(kernel, 1.0, board, train, asked)


def gene_kernel(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Length and noise by leaving genotypes of the training pairs out."""
    d = np.sqrt(board.scaled)
    apart = d[np.ix_(train, train)]
    middle = np.median(apart[apart > 0]) if (apart > 0).any() else 1.0
    best = None
    for length in (0.5, 1.0, 2.0):
        for noise in (0.25, 1.0):
            kernel = np.exp(-((d / (length * middle)) ** 2) / 2) * (0.5 + 0.5 * board.alike)
            row: Row = lambda b, t, a, k=kernel, n=noise: _solve(k, n, b, t, a)  # noqa: E731
            error = ((crossed(row, board, train) - board.pairs.change[train]) ** 2).mean()
            if best is None or error < best[0]:
                best = error, row
    return best[1](board, train, asked)


Feature = Callable[[Board, np.ndarray, np.ndarray], np.ndarray]


def _crossed_features(made: list[Row], board: Board, train, asked) -> tuple[list[np.ndarray], list[np.ndarray]]:
    return [crossed(r, board, train) for r in made], [r(board, train, asked) for r in made]


def _linear(x_train: list[np.ndarray], x_asked: list[np.ndarray], y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One weight for each feature, shared by all variables; fitted values and predictions."""
    x = np.stack(x_train, -1)
    flat = x.reshape(-1, x.shape[-1])
    weights = np.linalg.solve(flat.T @ flat + 1e-3 * np.eye(flat.shape[1]), flat.T @ y.ravel())
    return x @ weights, np.stack(x_asked, -1) @ weights


def linear(given: Callable[[Board], list[np.ndarray]], made: list[Row] = []) -> Row:
    """@param given features that are known of every pair; @param made rows whose predictions are features"""

    def row(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
        inside, outside = _crossed_features(made, board, train, asked)
        known = given(board)
        x, q = [*inside, *(k[train] for k in known)], [*outside, *(k[asked] for k in known)]
        return _linear(x, q, board.pairs.change[train])[1]

    return row


def on_regulon(b: Board) -> list[np.ndarray]:
    return [b.own, b.own * b.pairs.wild_type]


def with_state(b: Board) -> list[np.ndarray]:
    return [*on_regulon(b), b.pairs.wild_type]


def on_graph(b: Board) -> list[np.ndarray]:
    return [b.influence * b.task.scale, np.abs(b.influence) * b.pairs.wild_type]


def stack(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Process, regulon with its mode, regulators of regulators; then a shrunk slope of each variable on its state."""
    w, y = board.pairs.wild_type, board.pairs.change[train]
    inside, outside = _crossed_features([two_distances], board, train, asked)
    nearest = np.array([_nearest(board, train, i) for i in train]), np.array([_nearest(board, train, i) for i in asked])
    known = [*with_state(board), board.mode, board.second * board.task.scale, (board.second != 0) * w]
    x = [*inside, *(k[train] for k in known), inside[0] * nearest[0][:, None]]
    q = [*outside, *(k[asked] for k in known), outside[0] * nearest[1][:, None]]
    fitted, predicted = _linear(x, q, y)
    left = y - fitted
    weight = (w[train] ** 2).sum(0) + SLOPE_SHRINKAGE * (left**2).mean(0)
    slope = np.divide((w[train] * left).sum(0), weight, out=np.zeros_like(weight), where=weight > 0)
    return predicted + slope * w[asked]


def _nearest(board: Board, train: np.ndarray, i: int) -> float:
    others = train[~board.shared[i, train]]
    return float(board.near[i, others].max()) if len(others) else 0.0


def pair_examples(board: Board, which: np.ndarray) -> Examples:
    """Pairs as the regulators' inputs; one effector that is never known stands for none."""
    p, n = board.pairs, len(which)
    none = np.zeros((n, 1))
    environment = p.environment[which] if p.environment.shape[1] else none
    return Examples(p.wild_type[which], environment, none, none, p.dose[which], p.change[which], np.ones(n))


def ridge_weights(board: Board, e: Examples) -> dict[str, np.ndarray]:
    """A gene's effect is shrunk to a fitted share of what its loss does along the graph."""
    return ridge_fit.fit(e, board.task.reach.own, -board.task.reach.influence * board.task.scale)


def ridge_predict(weights: dict[str, np.ndarray], e: Examples) -> np.ndarray:
    dose = np.clip(e.perturbation @ weights["own"], -1, 4)
    own = dose * (weights["own_offset"] + weights["own_slope"] * e.reference)
    return e.environment @ weights["environment"] + e.perturbation @ weights["perturbation"] + own


def ridge(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    return ridge_predict(ridge_weights(board, pair_examples(board, train)), pair_examples(board, asked))


def blend(board: Board, train: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Other rows added up, with weights of zero or more that fit best what each says of pairs it hasn't seen.

    See van der Laan, Polley and Hubbard 2007, doi:10.2202/1544-6115.1309 (super learner).
    """
    inside, outside = _crossed_features(MEMBERS, board, train, asked)
    x = np.stack([i.ravel() for i in inside], -1)
    weights, _ = nnls(x, board.pairs.change[train].ravel())
    return np.stack(outside, -1) @ weights


propagated = linear(on_graph)
MEMBERS: list[Row] = [mean_of_others, same_project_mean, ridge, two_distances, propagated, bilinear]

ROWS: dict[str, Row] = {
    "no change": no_change,
    "mean of other genotypes": mean_of_others,
    "mean of other genotypes in the same project": same_project_mean,
    "linear: regulon, regulon x WT": linear(on_regulon),
    "linear: regulon, regulon x WT, WT, project mean": linear(with_state, [same_project_mean]),
    "ridge": ridge,
    "Gaussian process on the wild type's state": process,
    "linear on that: GP, regulon, regulon x WT, WT": linear(with_state, [process]),
    "regulon propagation on the graph": propagated,
    "bilinear: deleted gene x wild type's activities": bilinear,
    "kernel: wild type x what the gene does on the graph": gene_kernel,
    "stack: GP, regulon with its mode, regulators of regulators": stack,
    "blend: means, ridge, GP, propagation, bilinear": blend,
}
