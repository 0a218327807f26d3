"""Everything that is handed back: regulators, cards, the cell, the task as `cellweave evaluate` reads it."""

import csv
import json
from pathlib import Path

import numpy as np

from .rows import ROWS, Board
from .task import Pairs, Task

# Rows that can drive a cell: what they say of the loss of each gene from the reference state.
DRIVING = {
    "no-change": "no change", "mean": "mean of other genotypes", "linear": "linear: regulon, regulon x WT",
    "process": "Gaussian process on the wild type's state", "propagation": "regulon propagation on the graph",
    "bilinear": "bilinear: deleted gene x wild type's activities",
    "kernel": "kernel: wild type x what the gene does on the graph",
    "stack": "stack: GP, regulon with its mode, regulators of regulators",
    "blend": "blend: means, ridge, GP, propagation, bilinear",
}
NONE = "none"


def columns(task: Task) -> tuple[list[dict], list[dict]]:
    """Inputs and outputs of a card; what the data don't have is one column that stays 0."""
    genes = [{"locus": g, "name": g} for g in task.genes]
    state = {"unit": "log2", "columns": task.measured.variables}
    expressed = [{"locus": v, "name": v} for v in task.measured.variables]
    inputs = [
        state | {"name": "reference_activity", "meaning": "the unperturbed cell"},
        {"name": "environment", "unit": "target minus reference", "meaning": "columns of the perturbation table, numbers over their spread",
         "columns": [{"name": f} for f in task.features] or [NONE]},
        {"name": "effector", "unit": "log2(level / reference)", "meaning": "none in these data: stays 0", "columns": [NONE]},
        {"name": "effector_known", "unit": "1", "meaning": "none in these data: stays 0", "columns": [NONE]},
        {"name": "perturbation", "unit": "level minus 1", "meaning": "-1 knocked out, 0 as in the wild type", "columns": genes},
    ]
    outputs = [
        state | {"name": "activity_change", "meaning": "target minus reference"},
        {"name": "log2_expression", "unit": "log2 fold change", "meaning": "the same as activity_change", "columns": expressed},
    ]
    return inputs, outputs


def reference(task: Task) -> dict:
    c = task.conditions[task.reference]
    return {
        "name": f"condition {c.name} of project {c.project}", "samples": [task.measured.samples[r] for r in c.rows],
        "activity": [round(float(v), 5) for v in task.state(c.rows)],
        "environment": {f: round(float(v), 6) for f, v in zip(task.features, c.environment)} or {NONE: 0},
    }


def seen(task: Task) -> dict:
    return {"samples": task.measured.samples, "genotypes": sorted({"+".join(sorted(c.levels)) for c in task.conditions if c.levels})}


def write_json(path: Path, value, indent: int | None = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    separators = (",", ":") if indent is None else None
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n")


def losses(board: Board) -> dict:
    """For each driving row: what the loss of any gene does, and what a gene's own loss adds, from the reference state."""
    task, p = board.task, board.pairs
    n, genes = len(p), len(task.genes)
    state = task.state(task.conditions[task.reference].rows)
    asked = genes + 1
    dose = np.concatenate([-np.eye(genes), np.zeros((1, genes))])
    blank = np.zeros((asked, p.change.shape[1]))
    text = np.array([""] * asked)
    more = Pairs(
        np.concatenate([p.genotype, text]), np.concatenate([p.condition, text]), np.concatenate([p.project, text]),
        np.concatenate([p.dose, dose]), np.concatenate([p.environment, np.zeros((asked, p.environment.shape[1]))]),
        np.concatenate([p.wild_type, np.repeat(state[None], asked, 0)]), np.concatenate([p.change, blank]),
        np.concatenate([p.scored, blank == 0]), [*p.rows, *[[]] * asked], [*p.controls, *[[]] * asked])
    wide, train = Board(task, more), np.arange(n)
    out = {}
    for short, name in DRIVING.items():
        said = ROWS[name](wide, train, np.arange(n, n + asked))
        every, own = said[-1], said[:-1] - said[-1]
        out[short] = {
            "title": name, "surroundings": short != "no-change", "any": [round(float(v), 4) for v in every],
            "genes": [[g, [round(float(v), 4) for v in row]] for g, row in enumerate(own) if np.abs(row).max() > 5e-5],
        }
    return out


def network(task: Task) -> dict:
    """The graph in the form of networks/*.json: a gene, its protein, and a node for each variable that is predicted."""
    sources = task.graph.regulators
    variables = task.measured.variables
    genes = list(dict.fromkeys([*task.genes, *variables, *(e.target for e in task.graph.edges)]))
    fact = {"evidence": "given", "origin": "the graph that was given"}
    nodes = [{"id": g, "type": "gene", "name": g, "locus": g} for g in genes]
    modes = {s: _mode(task, s) for s in sources}
    nodes += [{"id": f"protein:{s}", "type": "tf", "name": s} | ({} if modes[s] is None else {"mode": modes[s]}) for s in sources]
    nodes += [{"id": f"imodulon:{v}", "type": "imodulon", "name": v} for v in variables]
    edges = [{"source": s, "target": f"protein:{s}", "sign": "+", "type": "encodes"} | fact for s in sources]
    known = set(variables)
    for e in task.graph.edges:
        common = {"source": f"protein:{e.source}", "sign": e.sign, "type": "regulates"} | fact
        edges.append(common | {"target": e.target})
        if e.target in known:
            edges.append(common | {"target": f"imodulon:{e.target}"})
    return {"id": "own-network", "name": "the graph that was given", "source": ["the user"], "nodes": nodes, "edges": edges}


def _mode(task: Task, source: str) -> float | None:
    signs = [1 if e.sign == "+" else -1 for e in task.graph.edges if e.source == source and e.sign in "+-" and len(e.sign) == 1]
    return round(sum(signs) / len(signs), 6) if signs else None


def _csv(path: Path, rows) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def write_task(task: Task, folder: Path) -> None:
    """Tables that `cellweave evaluate knockouts --data FOLDER` reads."""
    data, p = task.measured, task.pairs
    used = sorted({r for rows in [*p.rows, *p.controls] for r in rows})
    name = lambda r: "_".join(data.samples[r].split())  # noqa: E731
    _csv(folder / "task/activities.csv", [["", *(name(r) for r in used)],
         *([v, *(f"{x:.6g}" for x in data.values[used, i])] for i, v in enumerate(data.variables))])
    named = {v: [] for v in data.variables}
    for e in task.graph.edges:
        if e.target in named:
            named[e.target].append(e.source)
    _csv(folder / "task/variables.csv", [["", "system_category", "regulator"],
         *([v, "", "+".join(dict.fromkeys(r))] for v, r in named.items())])
    ids = lambda rows: " ".join(name(r) for r in rows)  # noqa: E731
    plain = lambda d: "+".join(task.genes[g] for g in np.flatnonzero(d))  # noqa: E731
    _csv(folder / "task/pairs.csv", [["genotype", "condition", "project", "ko_samples", "wt_samples"],
         *([plain(p.dose[i]), p.condition[i], p.project[i], ids(p.rows[i]), ids(p.controls[i])] for i in range(len(p)))])
    write_json(folder / "network.json", network(task))


def write_predictions(name: str, predicted: np.ndarray, task: Task, card: dict, folder: Path) -> None:
    p = task.pairs
    key = lambda i: "+".join(task.genes[g] for g in np.flatnonzero(p.dose[i])) + "|" + p.condition[i]  # noqa: E731
    shown = np.where(p.scored, predicted, 0)
    _csv(folder / f"evaluation/{name}.predictions.csv", [["pair", *task.measured.variables],
         *([key(i), *(f"{v:.5g}" for v in shown[i])] for i in range(len(p)))])
    write_json(folder / f"evaluation/{name}.card.json", card)
