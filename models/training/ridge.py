"""Fit the ridge regulator."""

import numpy as np

from examples import Examples
from genes import Genes
from samples import Samples, own_regulon

PENALTY = {"environment": 30.0, "effector": 30.0, "perturbation": 5.0}


def regulons(samples: Samples, genes: Genes) -> np.ndarray:
    """[genes, imodulons]: 1 where the iModulon names the gene's regulator."""
    return np.stack([own_regulon(name, samples.regulators) for name in genes.names]).astype(float)


def _scalars(e: Examples, own: np.ndarray) -> np.ndarray:
    """Shared coefficients of own regulon, own regulon x reference, and reference, on knockouts alone."""
    rows = (e.perturbation.sum(1) < 0) & (np.abs(e.environment).sum(1) == 0)
    dose = np.clip(e.perturbation[rows] @ own, -1, 4)
    x = np.stack([dose, dose * e.reference[rows], e.reference[rows]], -1).reshape(-1, 3)
    w = np.repeat(e.weight[rows], own.shape[1])
    gram = (x * w[:, None]).T @ x + 1e-3 * np.eye(3)
    return np.linalg.solve(gram, (x * w[:, None]).T @ e.change[rows].ravel())


def fit(e: Examples, own: np.ndarray) -> dict[str, np.ndarray]:
    """Weights of model.Ridge, penalties per block, examples weighted; each once more with effectors masked."""
    offset, slope, any_slope = _scalars(e, own)
    dose = np.clip(e.perturbation @ own, -1, 4)
    any_change = np.minimum(1, np.abs(e.perturbation).sum(1, keepdims=True))
    rest = e.change - dose * (offset + slope * e.reference) - any_change * any_slope * e.reference
    blocks = {"environment": e.environment, "effector": e.effector * e.known, "perturbation": e.perturbation}
    shown = np.concatenate(list(blocks.values()), 1)
    masked = np.concatenate([b * (n != "effector") for n, b in blocks.items()], 1)
    x = np.concatenate([shown, masked])
    penalty = np.concatenate([np.full(b.shape[1], PENALTY[n]) for n, b in blocks.items()])
    weighted = x * np.tile(e.weight / 2, 2)[:, None]
    beta = np.linalg.solve(weighted.T @ x + np.diag(penalty), weighted.T @ np.tile(rest, (2, 1)))
    ends = np.cumsum([b.shape[1] for b in blocks.values()])[:-1]
    fitted = dict(zip(blocks, np.split(beta, ends)))
    full = np.ones(own.shape[1])
    return fitted | {"own": own, "own_offset": offset * full, "own_slope": slope * full, "any_slope": any_slope * full}
