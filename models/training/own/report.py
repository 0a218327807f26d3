"""Words for a user: the model card as text."""

import numpy as np

from .evaluation import Results, markdown
from .task import Task, genotype
from .wrong import some


def describe(task: Task) -> list[str]:
    p = task.pairs
    return [
        f"{len(task.measured.samples)} samples, {len(task.conditions)} conditions, {len(set(c.project for c in task.conditions))} projects;"
        f" {len(task.measured.variables)} variables",
        f"{len(p)} perturbed conditions beside their controls, {len(set(p.genotype))} genotypes: {some(dict.fromkeys(p.genotype), 8)}",
        f"{len(task.graph.edges)} edges from {len(task.graph.regulators)} regulators;"
        f" {len(task.features)} features of the environment",
    ]


def missing(task: Task, tables: list[Results]) -> list[str]:
    """What a reader should not expect of these regulators."""
    said = [*task.measured.notes, *task.graph.notes]
    p = task.pairs
    if len(set(p.genotype)) < 15:
        said.append(f"{len(set(p.genotype))} genotypes are few: intervals of differences are wide")
    if len(set(p.project)) < 2:
        said.append("one project only: nothing tells how well it works in another laboratory's; intervals leave genotypes out")
    if (p.dose > 0).sum() == 0:
        said.append("no overexpression was seen")
    if not any((np.abs(p.dose[:, g]) > 0).any() and abs(p.dose[:, g]).max() < 1 for g in range(p.dose.shape[1])):
        said.append("no partial loss was seen: effects are taken in proportion to what is lost")
    if not task.features:
        said.append("the environment was the same everywhere: a regulator can't follow a medium")
    if not any(len(r) > 1 for r in p.rows):
        said.append("no condition has replicates: there is no ceiling to compare with")
    if task.left_out:
        said.append(f"{len(task.left_out)} variables were left out: {some(task.left_out)}")
    for t in tables:
        learned = [r for r in t.rows if r.kind == "transformer" and r.versus_best]
        if learned and not any(r.versus_best[2] < 0 for r in learned):
            said.append(f"{t.split}: no transformer is better than the best plain row by more than chance")
    return said


def readme(task: Task, tables: list[Results], default: str, why: str, command: str) -> str:
    reference = task.conditions[task.reference]
    lines = ["# Regulators trained on your own data", "", f"`{command}`", "", "## What was seen", "",
             *(f"- {d}" for d in describe(task)), "", "## What drives the cell", "",
             f"`{default}`: {why}", "",
             f"A cell starts from condition {reference.name} of project {reference.project}"
             f" ({genotype(reference.levels) or 'unperturbed'}).", "", "## What is missing", "",
             *(f"- {m}" for m in missing(task, tables)), "", "## Who predicts the unseen", "",
             "Mean squared error of log2 changes, a perturbed gene's own value left out; r: mean of Pearson's r over conditions;",
             "differences from the best plain row (bold) by bootstrap over genotypes. 90 % intervals are calibrated on other projects.", ""]
    return "\n".join(lines) + "\n" + "\n".join(markdown(t) for t in tables) + """
## Files

| file | what |
|---|---|
| `own.cell.yaml`, `knockout.scenario.yaml` | a cell that runs: `cellweave run knockout.scenario.yaml -o out --regulator NAME` |
| `regulator.onnx`, `regulator.card.json` | the transformer (its ridge inside), its card with intervals |
| `ridge.json`, `plain.json` | the ridge; the plain rows, each as `plain.json#NAME` |
| `network.json` | the graph |
| `evaluation/` | table, held-out predictions with cards |
| `task/` | pairs and values, for `cellweave evaluate knockouts --data` this folder |
"""
