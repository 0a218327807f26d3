"""The transformer on anybody's data: the shipped model's shape, its tokens from the user's graph."""

from dataclasses import dataclass, replace

import numpy as np
import torch

import graph as token_graph
from examples import Examples
from fit import Schedule, predict, train
from model import Regulator, Ridge, Shape

from .rows import Board, pair_examples, ridge_weights
from .task import MOST_EXAMPLES, Condition, Task

MOST_TOKENS = 48
SHAPE = Shape(width=48, layers=2, heads=4, graph_heads=2, hidden=96)


@dataclass(frozen=True)
class Plan:
    """How long to train: on all pairs of conditions, then on perturbed conditions beside their own controls."""

    steps: int
    tune: int
    seed: int


def tokens(task: Task, rewire_seed: int | None = None) -> token_graph.TokenGraph:
    """Regulators (perturbed ones first, then those with most targets), one for all others, the environment's features."""
    perturbed = {g for c in task.conditions for g in c.levels}
    own, genes = task.reach.own, task.genes
    size = own.sum(1)
    able = [g for g in range(len(genes)) if size[g] > 0]
    able = sorted(able, key=lambda g: (genes[g] not in perturbed, -size[g]))[:MOST_TOKENS]
    n = len(able)
    member = np.concatenate([own[able], np.zeros((1, own.shape[1]))])
    if rewire_seed is not None:
        member[:n] = token_graph._rewired(member[:n], rewire_seed)
    member[n] = member.sum(0) == 0
    encodes = np.zeros((len(genes), n + 1))
    encodes[able, range(n)] = 1
    groups = _groups(task.features)
    total = n + 1 + len(groups) + 2
    relations = np.zeros((len(token_graph.RELATIONS), total, total))
    relations[0] = np.eye(total)
    at = {genes[g]: i for i, g in enumerate(able)}
    for e in task.graph.edges:
        if e.source in at and e.target in at:
            relations[{"+": 1, "-": 2}.get(e.sign, 3), at[e.target], at[e.source]] = 1
    relations[4, :n, :n] = (member[:n] @ member[:n].T > 0) & ~np.eye(n, dtype=bool)
    if rewire_seed is not None:
        for k in range(1, len(relations)):
            relations[k] = token_graph._rewired(relations[k], rewire_seed + k)
    normal = token_graph._normalised
    return token_graph.TokenGraph([*(genes[g] for g in able), "others"], normal(member), normal(member.T), encodes,
                                  np.zeros_like(encodes), groups, relations)


def _groups(features: list[str]) -> np.ndarray:
    """[groups, features]: words of one column together; one empty feature where there is no environment."""
    heads = list(dict.fromkeys(f.split("=")[0] for f in features)) or ["none"]
    return np.array([[f.split("=")[0] == h for f in features or ["none"]] for h in heads], float)


def all_examples(task: Task, keep: list[Condition], seed: int) -> Examples:
    """Conditions of one project beside those that may be controls there: no gene in them that the other lacks."""
    column = {g: i for i, g in enumerate(task.genes)}
    controls = {row for c in task.conditions for row in c.control}
    index = [(a, b) for a in keep if not a.levels or controls & set(a.rows) for b in keep
             if a is not b and a.project == b.project and set(a.levels.items()) <= set(b.levels.items())]
    if len(index) > MOST_EXAMPLES:
        chosen = np.random.default_rng(seed).choice(len(index), MOST_EXAMPLES, replace=False)
        index = [index[i] for i in sorted(chosen)]
    reference = np.stack([task.state(a.rows) for a, _ in index])
    dose = np.zeros((len(index), len(task.genes)))
    for row, (a, b) in zip(dose, index):
        for gene, level in b.levels.items():
            row[column[gene]] = level - a.levels.get(gene, 1.0)
    none = np.zeros((len(index), 1))
    environment = np.stack([b.environment - a.environment for a, b in index]) if task.features else none
    return Examples(reference, environment, none, none, dose, np.stack([task.state(b.rows) for _, b in index]) - reference,
                    np.ones(len(index)))


def conditions_without(task: Task, genes: set[str], projects: set[str] = frozenset()) -> list[Condition]:
    return [c for c in task.conditions if not genes & set(c.levels) and c.project not in projects]


def fitted(task: Task, keep: list[Condition], pairs: np.ndarray, board: Board, plan: Plan, rewire: int | None = None,
           report=None) -> tuple[Ridge, Regulator]:
    """Ridge and transformer, trained on these conditions and pairs alone."""
    e = all_examples(task, keep, plan.seed)
    ridge = Ridge(ridge_weights(board, e))
    torch.manual_seed(plan.seed)
    model = Regulator(ridge, tokens(task, rewire), task.measured.values[[r for c in keep for r in c.rows]].std(0) + 1e-6, SHAPE)
    schedule = Schedule(steps=plan.steps, seed=plan.seed, all_masked=0.0, one_masked=0.0, effectors_alone=0.0)
    driven = [False] * e.environment.shape[1]
    train(model, e, schedule, report, driven=driven)
    if plan.tune and len(pairs):
        train(model, pair_examples(board, pairs), replace(schedule, steps=plan.tune, rate=3e-4), driven=driven)
    return ridge, model


def asked(model: Regulator, board: Board, which: np.ndarray) -> np.ndarray:
    return predict(model, pair_examples(board, which))
