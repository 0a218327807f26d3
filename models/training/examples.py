"""Training examples: pairs of conditions of the same project, reference and other."""

from dataclasses import dataclass

import numpy as np

import effectors
from genes import Genes
from samples import Samples

# Series of one design whose parent strain was grown in one of the projects only.
JOINT_PROJECTS = {"DDB2": "DDB", "DDB3": "DDB", "quinone": "quinones", "nquinone": "quinones"} | {
    f"cck{series}": "cck" for series in ("", "_pgi", "_pts", "_tpiA", "_sdh", "_gnd")
}


@dataclass(frozen=True)
class Conditions:
    """Replicates of one condition averaged; rows are conditions."""

    rows: list[np.ndarray]
    activity: np.ndarray
    environment: np.ndarray
    effector: np.ndarray
    known: np.ndarray
    deleted: list[frozenset[str]]
    project: np.ndarray


@dataclass(frozen=True)
class Examples:
    """Model inputs and targets, [examples, ...], with a weight each."""

    reference: np.ndarray
    environment: np.ndarray
    effector: np.ndarray
    known: np.ndarray
    perturbation: np.ndarray
    change: np.ndarray
    weight: np.ndarray

    def take(self, keep: np.ndarray) -> "Examples":
        return Examples(*(getattr(self, f)[keep] for f in self.__dataclass_fields__))

    def inputs(self) -> tuple[np.ndarray, ...]:
        return self.reference, self.environment, self.effector, self.known, self.perturbation


def conditions(samples: Samples, keep: np.ndarray) -> Conditions:
    """Conditions of the samples kept (a boolean mask over samples)."""
    groups: dict[tuple, list[int]] = {}
    for i in np.flatnonzero(keep):
        groups.setdefault((samples.project[i], samples.condition[i]), []).append(i)
    rows = [np.array(r) for r in groups.values()]
    environment = np.stack([samples.environment[r].mean(0) for r in rows])
    level, known = effectors.levels(environment)
    wild = np.array([not samples.mutated[r[0]] for r in rows])
    return Conditions(
        rows=rows,
        activity=np.stack([samples.activity[r].mean(0) for r in rows]),
        environment=environment,
        effector=level,
        known=known * wild[:, None],
        deleted=[samples.deleted[r[0]] for r in rows],
        project=np.array([JOINT_PROJECTS.get(p, p) for p, _ in groups]),
    )


def perturbation(deleted: frozenset[str], genes: Genes) -> np.ndarray:
    row = np.zeros(len(genes.names), np.float32)
    row[[genes.column(g) for g in deleted]] = -1
    return row


def pair_index(c: Conditions) -> list[tuple[int, int]]:
    """Every ordered pair of one project whose reference lacks no gene that the other has."""
    return [
        (i, j)
        for p in sorted(set(c.project))
        for i in np.flatnonzero(c.project == p)
        for j in np.flatnonzero(c.project == p)
        if i != j and c.deleted[i] <= c.deleted[j]
    ]


def pairs(c: Conditions, genes: Genes) -> tuple[Examples, np.ndarray]:
    """The pairs of `pair_index` as examples, and the project of each."""
    index = pair_index(c)
    i, j = np.array(index).T
    known = c.known[i] * c.known[j]
    count = {p: (c.project[i] == p).sum() for p in set(c.project)}
    size = {p: (c.project == p).sum() for p in set(c.project)}
    weight = np.array([size[p] / count[p] for p in c.project[i]])
    perturbed = np.stack([perturbation(c.deleted[b] - c.deleted[a], genes) for a, b in index])
    examples = Examples(
        reference=c.activity[i],
        environment=c.environment[j] - c.environment[i],
        effector=(c.effector[j] - c.effector[i]) * known,
        known=known,
        perturbation=perturbed,
        change=c.activity[j] - c.activity[i],
        weight=weight / weight.mean(),
    )
    return examples, c.project[i]
