"""The regulator of one line: plain answers from kinases, a gated transformer on top, trained on its trajectories."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import nn

from .mechanism import DRUGS, GENES, LIGANDS, RECEPTORS
from .network import edges, site_node
from .ridge import DRUG_TARGETS, EFFECTORS, Ridge, fit_ridge, influence, shuffled
from .transformer import Residual

TURNOVER = 12.0
"""1/h: how fast a site follows its target; minutes, as phosphatases do."""
MINUTES = [0.0, 2.5, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0]
"""Minutes at which trajectories are followed, with the measured ones."""
HALF_LIGAND = 0.1
FOLDS = 2
PROXIES = {"AKT": ["AKT_S473", "AKT_T308"], "ERK": ["MAPK_T202_Y204"], "RSK": ["RSK_T359_S363", "RSK_S380"], "S6K": ["P70S6K_T389"]}
"""Antibodies that stand for a kinase where no mechanism tells; the first that was measured."""
DRUG_NAMES = [pool for pool, *_ in DRUGS.values()]


@dataclass(frozen=True)
class Examples:
    """Trajectories of one line: inputs on a grid of times, log2 levels relative to the start at measured times."""

    grid: list[float]  # minutes
    environment: np.ndarray  # [stimulus, inhibitor, ligands + drugs]
    effectors: np.ndarray  # [stimulus, inhibitor, grid, effectors]
    level: np.ndarray  # [stimulus, inhibitor, time, antibodies], NaN where not measured
    at: list[int]  # grid index of each measured time, the first of them 0
    observables: list[str]
    centre: np.ndarray  # [effectors, antibodies]: weights of kinases in other lines


def plain_answers(examples: Examples, random_graph: int | None = None) -> dict[str, np.ndarray]:
    """Everything linear: kinases to antibodies, ligands to antibodies, and what a drug takes from them.

    A random graph, by its seed, has no centre: other lines' weights are of the true one.
    """
    signs = influence(examples.observables)
    centre = examples.centre if random_graph is None else None
    signs = signs if random_graph is None else shuffled(signs, random_graph)
    stimuli = len(examples.level)
    x = examples.effectors[:, :, examples.at]
    y = examples.level.reshape(stimuli, -1, len(examples.observables))
    hybrid = fit_ridge(x.reshape(stimuli, -1, x.shape[-1]), y, signs, centre)
    ligands = examples.environment[:, 0, : len(LIGANDS)]
    after = examples.level[:, 0, 1:]
    untreated = np.nan_to_num(after).sum(1) / np.maximum(np.isfinite(after).sum(1), 1)
    response = np.linalg.solve(ligands.T @ ligands + 0.1 * np.eye(len(LIGANDS)), ligands.T @ untreated)
    alone = proxy_ridge(examples, signs)
    return {"kinases": hybrid.weights, "ligands": response, "penalty": hybrid.penalty, "errors": hybrid.errors,
            "proxies": alone.weights, "lowest": lowest(examples)}


def proxy_columns(examples: Examples) -> dict[int, int]:
    """Effector index to the column of the antibody that stands for it."""
    measured = {site_node(o): i for i, o in enumerate(examples.observables) if np.isfinite(examples.level[..., i]).any()}
    names = list(EFFECTORS)
    found = {kinase: next((n for n in nodes if n in measured), None) for kinase, nodes in PROXIES.items()}
    return {names.index(kinase): measured[node] for kinase, node in found.items() if node is not None}


def proxy_ridge(examples: Examples, signs: np.ndarray) -> Ridge:
    """Weights on measured kinase antibodies: what can be learned without a mechanism."""
    columns = proxy_columns(examples)
    stimuli, count = len(examples.level), len(examples.observables)
    x = np.zeros((stimuli, examples.level[0, :, :, 0].size, len(EFFECTORS)))
    for e, c in columns.items():
        x[..., e] = np.nan_to_num(examples.level[..., c]).reshape(stimuli, -1)
    only = signs * np.isin(np.arange(len(EFFECTORS)), list(columns))[:, None]
    return fit_ridge(x, examples.level.reshape(stimuli, -1, count), only)


def lowest(examples: Examples) -> np.ndarray:
    """Lowest level of each proxy over all training rows, shape [effectors]."""
    out = np.zeros(len(EFFECTORS))
    for e, c in proxy_columns(examples).items():
        out[e] = np.nanmin(examples.level[..., c])
    return out


class Regulator(nn.Module):
    """The five inputs of a regulator to activity changes and log2 levels of sites."""

    def __init__(self, plain: dict, columns: dict[int, int], observables: list[str], transformer: bool):
        super().__init__()
        names = list(EFFECTORS)
        blocks = torch.zeros(len(DRUG_NAMES), len(names))
        for d, drug in enumerate(DRUG_NAMES):
            for target in DRUG_TARGETS[drug]:
                blocks[d, names.index(target)] = 1
        genes = torch.zeros(len(GENES), len(LIGANDS))
        for g, receptor in enumerate(GENES):
            genes[g, list(RECEPTORS).index(receptor)] = 1
        proxy = torch.zeros(len(names), len(observables))
        for e, c in columns.items():
            proxy[e, c] = 1
        held = {"kinases": plain["kinases"], "ligands": plain["ligands"], "proxies": plain["proxies"], "lowest": plain["lowest"],
                "blocks": blocks, "genes": genes, "proxy": proxy}
        for name, value in held.items():
            self.register_buffer(name, torch.as_tensor(np.asarray(value), dtype=torch.float32))
        inputs = len(LIGANDS) + len(DRUG_NAMES) + len(names)
        self.residual = Residual(inputs, len(observables), relations(observables)) if transformer else None

    def forward(self, reference_activity, environment, effector, effector_known, perturbation):
        """[batch, ...] to (activity_change, log2_expression)."""
        share = (1 + perturbation.clamp(-1, 4) @ self.genes).clamp(min=0)
        ligands, drugs = environment[:, : len(LIGANDS)] * share, environment[:, len(LIGANDS):]
        known = effector_known
        level = effector.clamp(-2, 6) * known
        response = ligands @ self.ligands
        measured = response @ self.proxy.T
        blocked = (drugs @ self.blocks).clamp(0, 1)
        lost = blocked * (self.lowest - measured).clamp(max=0)
        alone = response + lost @ self.proxies
        told = known.amax(1, keepdim=True)
        plain = told * (level @ self.kinases) + (1 - told) * alone
        activity = level + (1 - known) * (measured + lost) + 0 * reference_activity
        if self.residual is None:
            return activity, plain.clamp(-8, 8)
        mask = torch.cat([torch.ones_like(ligands), torch.ones_like(drugs), known], 1)
        return activity, (plain + self.residual(torch.cat([ligands, drugs, activity], 1), mask)).clamp(-8, 8)


def relations(observables: list[str]) -> torch.Tensor:
    """Self, activates, represses (source's token to target's), and both ways back: [relations, to, from]."""
    nodes = [*LIGANDS, *DRUG_NAMES, *(node for _, node in EFFECTORS.values()), *(site_node(o) for o in observables)]
    where: dict[str, list[int]] = {}
    for i, node in enumerate(nodes):
        where.setdefault(node or "", []).append(i)
    out = torch.zeros(5, len(nodes), len(nodes))
    out[0] = torch.eye(len(nodes))
    for source, target, sign, _ in edges():
        for s in where.get(source, []):
            for t in where.get(target, []):
                kind = 1 if sign == "+" else 2
                out[kind, t, s] = out[kind + 2, s, t] = 1
    return out


def trajectories(model: Regulator, examples: Examples, known: torch.Tensor) -> torch.Tensor:
    """log2 levels at measured times, [stimulus, inhibitor, time, antibodies]: dx/dt = k (F - x) followed along the grid."""
    effectors = torch.as_tensor(examples.effectors, dtype=torch.float32)
    s, c, g, e = effectors.shape
    environment = torch.as_tensor(examples.environment, dtype=torch.float32)[:, :, None].expand(s, c, g, -1)
    rows, zero = s * c * g, torch.zeros
    _, log2 = model(zero(rows, e), environment.reshape(rows, -1), effectors.reshape(rows, e) * known,
                    known.expand(rows, e), zero(rows, len(GENES)))
    target = (2 ** log2).reshape(s, c, g, -1)
    x, out, grid = torch.ones_like(target[:, :, 0]), [], examples.grid
    for i in range(g):
        if i > 0:
            share = float(np.exp(-TURNOVER * (grid[i] - grid[i - 1]) / 60))
            x = x * share + (target[:, :, i] + target[:, :, i - 1]) / 2 * (1 - share)
        out.append(x)
    return torch.log2(torch.stack(out, 2)[:, :, examples.at])


def train(model: Regulator, examples: Examples, steps: int, seed: int) -> None:
    """Adam on the residual alone; effectors are masked in half of the steps."""
    torch.manual_seed(seed)
    observed = torch.as_tensor(examples.level, dtype=torch.float32)
    there = torch.isfinite(observed)
    optimiser = torch.optim.AdamW(model.residual.parameters(), lr=5e-3, weight_decay=0.05)
    for step in range(steps):
        known = torch.full((1, len(EFFECTORS)), float(step % 2))
        gap = trajectories(model, examples, known)[there] - observed[there]
        optimiser.zero_grad()
        (gap**2).mean().backward()
        optimiser.step()


def predicted(model: Regulator, examples: Examples) -> np.ndarray:
    """log2 levels with all effectors known."""
    with torch.no_grad():
        return trajectories(model, examples, torch.ones(1, len(EFFECTORS))).numpy()


def error_of_levels(model: Regulator, examples: Examples) -> float:
    """Mean squared error of levels: what left-out stimuli are judged by."""
    return float(np.nanmean((predicted(model, examples) - examples.level) ** 2))


def error_of_effects(model: Regulator, examples: Examples) -> float:
    """Mean squared error of FGFR-inhibited minus untreated after the start: a left-out inhibitor, as far as training rows go."""
    gap = predicted(model, examples) - examples.level
    return float(np.nanmean((gap[:, 1, 1:] - gap[:, 0, 1:]) ** 2))


def tried(part: Examples, judge, rest: Examples, steps: int, seed: int) -> tuple[float, float]:
    """Error on `rest` of the plain answers fitted to `part`, and of the transformer trained on top of them."""
    torch.manual_seed(seed)
    model = Regulator(plain_answers(part), proxy_columns(part), part.observables, True)
    before = judge(model, rest)
    train(model, part, steps, seed)
    return before, judge(model, rest)


def fit_regulator(examples: Examples, seed: int, steps: int = 60) -> tuple[dict[str, Regulator], dict]:
    """The regulators by name, and whether the transformer foretells what was left out better in every trial.

    Plain answers, the same with the transformer on top, and plain answers on a random graph as a control.
    """
    stimuli = list(range(len(examples.level)))
    trials = {}
    for i in range(FOLDS if len(stimuli) > 1 else 0):
        kept, fold = [s for s in stimuli if s % FOLDS != i], stimuli[i::FOLDS]
        trials[f"stimuli {i + 1} of {FOLDS}"] = tried(chosen(examples, kept), error_of_levels, chosen(examples, fold), steps, seed)
    if np.isfinite(examples.level[:, 1, 1:] - examples.level[:, 0, 1:]).any():
        trials["FGFR inhibitor"] = tried(chosen(examples, stimuli, [0]), error_of_effects, examples, steps, seed)
    answers = plain_answers(examples)
    torch.manual_seed(seed)
    columns = proxy_columns(examples)
    plain = Regulator(answers, columns, examples.observables, False).eval()
    gated = Regulator(answers, columns, examples.observables, True)
    train(gated, examples, steps, seed)
    control = Regulator(plain_answers(examples, random_graph=seed), columns, examples.observables, False).eval()
    report = {"left_out": {k: {"plain": round(a, 5), "with_transformer": round(b, 5)} for k, (a, b) in trials.items()},
              "transformer_better_in_every_trial": len(trials) > 0 and all(b < a for a, b in trials.values()), "penalty": answers["penalty"],
              "penalty_errors": answers["errors"]}
    return {"plain": plain, "transformer": gated.eval(), "random-graph": control}, report


def chosen(examples: Examples, stimuli: list[int], inhibitors: list[int] | None = None) -> Examples:
    """Some stimuli alone, and some inhibitors (0 none, 1 FGFR)."""
    kept = [0, 1] if inhibitors is None else inhibitors
    return replace(examples, environment=examples.environment[stimuli][:, kept],
                   effectors=examples.effectors[stimuli][:, kept], level=examples.level[stimuli][:, kept])
