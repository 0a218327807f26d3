"""Fit the ridge regulator."""

import numpy as np

from examples import Examples
from genes import Genes
from regulons import encoded_regulators, regulator_mode
from samples import Samples, own_regulon

PENALTY = {"environment": 30.0, "effector": 30.0, "perturbation": 5.0}


def regulons(samples: Samples, genes: Genes) -> np.ndarray:
    """[genes, imodulons]: 1 where the iModulon names the gene's regulator."""
    return np.stack([own_regulon(name, samples.regulators) for name in genes.names]).astype(float)


def modes(samples: Samples, genes: Genes) -> np.ndarray:
    """[genes, imodulons]: how a gene's regulator acts on the iModulons that name it, -1 to 1, times their scale."""
    named = {r for rs in samples.regulators for r in rs}
    fraction = regulator_mode(named)
    out = np.zeros((len(genes.names), len(samples.imodulons)))
    for g, gene in enumerate(genes.names):
        for regulator in encoded_regulators(gene, named):
            for m, rs in enumerate(samples.regulators):
                if regulator in rs:
                    out[g, m] = fraction.get(regulator, 0.0)
    return out * samples.activity.std(0)


def _scalars(e: Examples, own: np.ndarray, mode: np.ndarray) -> np.ndarray:
    """Shared coefficients of own regulon, own regulon x reference, and mode, on knockouts alone."""
    rows = (e.perturbation.sum(1) < 0) & (np.abs(e.environment).sum(1) == 0)
    dose = np.clip(e.perturbation[rows] @ own, -1, 4)
    x = np.stack([dose, dose * e.reference[rows], e.perturbation[rows] @ mode], -1).reshape(-1, 3)
    w = np.repeat(e.weight[rows], own.shape[1])
    gram = (x * w[:, None]).T @ x + 1e-3 * np.eye(3)
    return np.linalg.solve(gram, (x * w[:, None]).T @ e.change[rows].ravel())


def fit(e: Examples, own: np.ndarray, mode: np.ndarray) -> dict[str, np.ndarray]:
    """Weights of model.Ridge, penalties per block, examples weighted; each once more with effectors masked.

    A gene's row of `perturbation` is shrunk to its regulator's mode, so that genes never deleted have one too.
    """
    offset, slope, share = _scalars(e, own, mode)
    prior = share * mode
    dose = np.clip(e.perturbation @ own, -1, 4)
    rest = e.change - dose * (offset + slope * e.reference) - e.perturbation @ prior
    blocks = {"environment": e.environment, "effector": e.effector * e.known, "perturbation": e.perturbation}
    shown = np.concatenate(list(blocks.values()), 1)
    masked = np.concatenate([b * (n != "effector") for n, b in blocks.items()], 1)
    x = np.concatenate([shown, masked])
    penalty = np.concatenate([np.full(b.shape[1], PENALTY[n]) for n, b in blocks.items()])
    weighted = x * np.tile(e.weight / 2, 2)[:, None]
    beta = np.linalg.solve(weighted.T @ x + np.diag(penalty), weighted.T @ np.tile(rest, (2, 1)))
    ends = np.cumsum([b.shape[1] for b in blocks.values()])[:-1]
    fitted = dict(zip(blocks, np.split(beta, ends)))
    fitted["perturbation"] = fitted["perturbation"] + prior
    full = np.ones(own.shape[1])
    # A slope on the reference for any deletion made E1 worse (LOG.md): 0, its place in the formula kept.
    return fitted | {"own": own, "own_offset": offset * full, "own_slope": slope * full, "any_slope": 0 * full}
