"""From a task to a folder: evaluate, choose, train on everything, write."""

import argparse
import hashlib
import logging
import warnings
from pathlib import Path

import numpy as np
import torch

import cards
import export
from model import Exported, Ridge

from . import conformal, folder, runs, splits
from .evaluation import Results, Row, markdown, results
from .learned import SHAPE, Plan, all_examples, fitted
from .report import missing, readme
from .rows import ROWS, Board, ridge_weights
from .task import Task
from .wrong import say

LEARNED, RANDOM, INSIDE = "transformer", "transformer, random graph", "chosen by inner cross-validation"
FILES = {"transformer": "regulator.card.json", "ridge": "ridge.json"} | {n: f"plain.json#{n}" for n in folder.DRIVING}


def run(task: Task, options: argparse.Namespace, command: str) -> None:
    torch.set_num_threads(1)
    board, out = Board(task, task.pairs), options.out
    plan = Plan(options.steps, options.tune, options.seed)
    kept = runs.Kept(out / ".progress", _key(options, plan))
    found = _genotypes(board, options, plan, kept)
    tables = [results("leave-genotype-out", found, board, options.seed)]
    if len(set(task.pairs.project)) > 1:
        tables.append(results("leave-project-out", _projects(board, options, plan, kept), board, options.seed))
    default, why = chosen(tables)
    say(f"default: {default}: {why}")
    everyone = np.arange(len(task.pairs))
    say("training on everything")
    if options.no_transformer:
        ridge, model = Ridge(ridge_weights(board, all_examples(task, task.conditions, plan.seed))), None
    else:
        ridge, model = fitted(task, task.conditions, everyone, board, plan, report=say)
    _write(task, board, ridge, model, found, tables, (default, why), options, command)


def _key(options: argparse.Namespace, plan: Plan) -> dict:
    digest = lambda path: hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""  # noqa: E731
    files = {n: digest(getattr(options, n)) for n in ("samples", "perturbations", "graph")}
    said = {n: getattr(options, n) for n in ("unit", "ignore", "variables", "folds")}
    return files | said | plan.__dict__ | {"shape": SHAPE.as_dict()}


def _genotypes(board: Board, options, plan: Plan, kept: runs.Kept) -> dict[str, np.ndarray]:
    found = {}
    for name, row in ROWS.items():
        found[name] = kept.get(f"plain-{list(ROWS).index(name)}", lambda row=row: splits.genotype_out(row, board))[0]
        say(f"{name}: {splits.error(found[name], board):.4f}")
    found[INSIDE] = kept.get("inside", lambda: splits.chosen_inside(board, say)[0])[0]
    if not options.no_transformer:
        found[LEARNED] = runs.genotype_out(board, plan, options.folds, kept, say)
        if board.task.graph.edges:
            found[RANDOM] = runs.genotype_out(board, plan, options.folds, kept, say, rewire=options.seed)
    return found


def _projects(board: Board, options, plan: Plan, kept: runs.Kept) -> dict[str, np.ndarray]:
    found = {}
    for k, (name, row) in enumerate(ROWS.items()):
        found[name] = kept.get(f"plain-project-{k}", lambda row=row: splits.project_out(row, board))[0]
    if not options.no_transformer:
        found[LEARNED] = runs.project_out(board, plan, options.folds, kept, say)
    return found


def ranked(table: Results) -> list[tuple[str, Row]]:
    """Regulators that can drive a cell with their rows, the lowest error first."""
    names = {row: short for short, row in folder.DRIVING.items()} | {LEARNED: LEARNED, "ridge": "ridge"}
    return sorted(((names[r.name], r) for r in table.rows if r.name in names), key=lambda entry: entry[1].mse)


def chosen(tables: list[Results]) -> tuple[str, str]:
    """The driving regulator of the lowest error on held-out genotypes, and why.

    A transformer has to be better than the best plain row by more than chance.
    """
    table = tables[0]
    order = ranked(table)
    surely = table.row(LEARNED).versus_best[2] < 0 if any(n == LEARNED for n, _ in order) else False
    short, best = next((n, r) for n, r in order if n != LEARNED or surely)
    none = table.row("no change")
    why = f"the lowest error on held-out genotypes, {best.mse:.4f}, against {none.mse:.4f} for no change"
    if best.kind == "transformer" and best.versus_best:
        low, high = best.versus_best[1:]
        why += f"; against the best plain row {best.versus_best[0]:+.4f} ({low:+.4f} to {high:+.4f})"
    elif table.best not in [r.name for _, r in ranked(table)]:
        why += f" (the row '{table.best}' is lower, but needs the project's other conditions, which a cell doesn't have)"
    if order[0][0] == LEARNED and not surely:
        why += f" (the transformer's {order[0][1].mse:.4f} is lower, but not by more than chance)"
    if len(tables) > 1:
        other = tables[1].row(best.name)
        why += f"; on held-out projects {other.mse:.4f}, no change {tables[1].row('no change').mse:.4f}"
    return short, why


def _write(task, board, ridge, model, found, tables: list[Results], choice, options, command) -> None:
    out, (default, why) = options.out, choice
    inputs, outputs = folder.columns(task)
    weights = np.eye(len(task.measured.variables))
    trained = ["ridge", *([LEARNED] if model is not None else [])]
    intervals = {n: conformal.calibrated(found[n], board) for n in dict.fromkeys([*trained, *folder.DRIVING.values()])}
    figures = {t.split: {r.name: r.as_dict() for r in t.rows} for t in tables}
    body = {
        "data": "the user's own", "split": "none: it has seen every sample; evaluation/ holds predictions that have not",
        "seed": options.seed, "command": command, "default": default, "why": why, "missing": missing(task, tables),
        "metrics": figures, "seen": folder.seen(task), "inputs": inputs, "outputs": outputs, "reference": folder.reference(task),
    }
    folder.write_task(task, out)
    export.write_compact(out / "ridge.json", {"id": "own-ridge", "kind": "ridge", "intervals": intervals["ridge"]} | body
                         | export.ridge_body(ridge, weights))
    plain = {n: r | {"intervals": intervals[r["title"]]} for n, r in folder.losses(board).items()}
    folder.write_json(out / "plain.json", {"id": "own-plain", "kind": "plain", "base": "ridge.json",
                                           "seen": body["seen"], "rows": plain}, None)
    if model is not None:
        path = out / "regulator.onnx"
        exported = Exported(model, weights).eval()
        with warnings.catch_warnings():  # the exporter's own, about itself
            warnings.simplefilter("ignore")
            logging.getLogger("torch.onnx").setLevel(logging.ERROR)
            difference = export.onnx_file(exported, inputs, path)
        folder.write_json(out / "regulator.card.json", {
            "id": "own-transformer", "kind": "graph-biased transformer, gated residual on ridge", "file": path.name,
            "sha256": cards.sha256(path), "opset": 18, "onnxruntime_difference": difference,
            "hyperparameters": SHAPE.as_dict() | {"steps": options.steps, "tune": options.tune},
            "parameters": sum(p.numel() for p in model.parameters()), "intervals": intervals[LEARNED]} | body)
    plain = next(n for n, _ in ranked(tables[0]) if n != LEARNED)
    _cell(task, out, default, plain, model is not None)
    _predictions(task, found, out, options, command)
    folder.write_json(out / "evaluation/table.json", [{"split": t.split, "best_plain": t.best, "rows": [r.as_dict() for r in t.rows]}
                                                      for t in tables])
    (out / "evaluation/table.md").write_text("\n".join(markdown(t) for t in tables))
    (out / "README.md").write_text(readme(task, tables, default, why, command))


def _predictions(task: Task, found: dict, out: Path, options, command: str) -> None:
    """Held-out predictions of the rows that `cellweave evaluate` can't make itself."""
    for name, file in ((LEARNED, "transformer"), (RANDOM, "transformer-random-graph"), ("ridge", "ridge")):
        if name not in found:
            continue
        ids = ["_".join(s.split()) for s in task.measured.samples]
        folds = []
        for g in dict.fromkeys("+".join(task.genes[i] for i in np.flatnonzero(d)) for d in task.pairs.dose):
            genes = set(g.split("+"))
            rows = {r for c in task.conditions if genes & set(c.levels) for r in c.rows}
            folds.append({"held_out": [g], "samples_left_out": [ids[r] for r in sorted(rows)]})
        card = {"id": file.replace("-random-graph", ""), "kind": "plain" if name == "ridge" else "transformer", "seed": options.seed,
                "random_graph": options.seed if name == RANDOM else None, "command": command, "seen": folds}
        folder.write_predictions(file, found[name], task, card, out)


def _cell(task: Task, out: Path, default: str, fallback: str, learned: bool) -> None:
    files = {n: f for n, f in FILES.items() if learned or n != "transformer"}
    choices = ", ".join(f"{n}: '{f}'" for n, f in files.items())
    p = task.pairs
    single = [i for i in range(len(p)) if (p.dose[i] != 0).sum() == 1 and p.dose[i].min() <= -1] or [0]
    i = max(single, key=lambda i: float((p.change[i] ** 2).sum()))
    gene = task.genes[int(np.flatnonzero(p.dose[i])[0])]
    shown = [task.measured.variables[k] for k in np.argsort(-np.abs(p.change[i]) * p.scored[i])[:6]]
    quoted = lambda v: "'" + v.replace("'", "''") + "'"  # noqa: E731
    (out / "own.cell.yaml").write_text(f"""# A cell of regulation alone, from the tables that were given. Levels relative to the reference state.
cell: own
graph: network.json
modules:
  - regulator: regulator
    choices: {{ {choices} }}
    default: {default}
    fallback: {fallback} # the best plain one, where the chosen one is asked beyond what it has seen
    degradation: 1 # 1/h; chosen: says how fast levels follow, not where they go
""")
    (out / "knockout.scenario.yaml").write_text(f"""scenario: own-knockout
title: {quoted(f"{gene} lost")}
cell: own.cell.yaml
time: {{ to: 8, points: 81 }}
arms: [learned]
perturbations:
  - knockout: {quoted(gene)}
    from: 1
observables: [{", ".join(quoted(f"expression:{v}") for v in shown)}]
""")
