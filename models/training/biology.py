"""What the model says about shifts and deletions whose outcome is known; reported, never asserted."""

import numpy as np
import torch

import effectors
import environment
from cards import REFERENCE_SAMPLES
from genes import Genes
from samples import Samples

EXPECTED = {
    "acetate instead of glucose": {"+": "aceA aceB acs pck", "-": "ptsG pfkA pykF"},
    "no oxygen": {"+": "pflB adhE frdA", "-": "sdhA gltA icd cyoA"},
    "arcA deleted": {"+": "sdhC sdhA gltA icd", "-": ""},
    "crp deleted": {"+": "", "-": "acs sdhC mglB glpK"},
    "pgi deleted": {"+": "", "-": ""},
}
SHIFTS = {
    "acetate instead of glucose": ({"carbon:glucose": -1, "carbon:acetate": 1}, None),
    "no oxygen": ({"oxygen": -1}, None),
    "arcA deleted": ({}, "arcA"),
    "crp deleted": ({}, "crp"),
    "pgi deleted": ({}, "pgi"),
}


def question(samples: Samples, genes: Genes, shift: dict, deleted: str | None, show_effectors: bool):
    """Inputs of one shift from the reference state, batch of 1."""
    rows = samples.rows(REFERENCE_SAMPLES)
    start = samples.environment[rows].mean(0, keepdims=True)
    end = start.copy()
    for name, change in shift.items():
        end[0, environment.NAMES.index(name)] += change
    level, known = effectors.levels(np.concatenate([start, end]))
    both = known[:1] * known[1:] * float(show_effectors)
    perturbation = np.zeros((1, len(genes.names)))
    if deleted:
        perturbation[0, genes.column(deleted)] = -1
    reference, effector = samples.activity[rows].mean(0, keepdims=True), (level[1:] - level[:1]) * both
    arrays = reference, end - start, effector, both, perturbation
    return [torch.as_tensor(a, dtype=torch.float32) for a in arrays]


@torch.no_grad()
def checks(exported, samples: Samples, genes: Genes, show_effectors: bool = True) -> dict:
    """log2 expression of named genes for each shift, and the most changed iModulons."""
    report = {}
    core = genes.names[: genes.core]
    for title, (shift, deleted) in SHIFTS.items():
        change, expression = exported(*question(samples, genes, shift, deleted, show_effectors))
        change, expression = change[0].numpy(), expression[0].numpy()
        top = np.argsort(-np.abs(change))[:6]
        report[title] = {
            f"expected {sign}": {g: round(float(expression[core.index(g)]), 2) for g in named.split() if g in core}
            for sign, named in EXPECTED[title].items() if named
        } | {"largest": {samples.imodulons[i]: round(float(change[i]), 2) for i in top}}
    return report
