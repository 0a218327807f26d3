"""The best plain predictor of table E1: two Gaussian processes and the graph, stacked linearly.

For a pair with wild type W (per iModulon), held-out genotypes excluded throughout:

  G  pair process      kernel 0.05 + 0.25 exp(-d2 / (2 x 0.6^2)) + 0.25 exp(-e2 / (2 x 0.5^2)) between wild types,
                       noise 0.5; d2 as in table E1, e2 the squared distance in raw units over its median
  N  nearness          the largest exp(-d2 / (2 x 0.6^2)) to a training pair
  B  condition process best linear prediction of the knockout's state from all other conditions, minus W
  O  own regulon: the deleted gene is named in the iModulon's regulator
  M  O x mode x sd: mode = (activated - repressed) / signed targets of the regulator in TRN.csv
  S  second order, own regulon excepted: the deleted gene's regulator (or the one it phosphorylates) acts on the
     gene of an iModulon's regulator: -sign x mode of that regulator, over its genes and the iModulon's regulators

  prediction = [G, B, O, O W, W, M, S sd, (S != 0) W, G N] . b + s_m W_m

b: least squares with ridge 1e-3, shared by all iModulons; s_m: one slope an iModulon on what is left,
shrunk by 100 times the iModulon's residual variance. Training rows use G and B with their own genotype
left out as well, so that the stack is fitted on honest features. Which features and constants make the stack was
chosen on these very splits (LOG.md): its figure is slightly flattered, as table E1's own process is.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

import environment
from network_facts import SENSORS
from paths import PRECISE
from regulons import encoded_regulators, genes_of, regulator_mode
from samples import Pairs, Samples, present_name

# Variances in units of the iModulon's over all samples: marginal likelihood on all conditions, rounded.
ENVIRONMENT, PROJECT, PROJECT_ENVIRONMENT, SAME, GENOTYPE, REPLICATE = 1.8, 0.14, 0.045, 0.27, 0.065, 0.61
ENVIRONMENT_LENGTH, STRAIN_LENGTH = 2.9, 0.42
DELETED_NOISE = 0.013
SLOPE_SHRINKAGE = 100.0


def square_distance(x: np.ndarray) -> np.ndarray:
    return ((x[:, None] - x[None]) ** 2).sum(-1)


def graded_signs() -> dict[tuple[str, str], int]:
    """(regulator, target gene) -> sign, from RegulonDB's TFs and strong evidence, one sign only."""
    trn = pd.read_csv(PRECISE / "TRN.csv")
    trn = trn[((trn.evidence >= 1) | (trn.source == "RegulonDB_TF")) & trn.effect.isin(["+", "-"])]
    signs = trn.groupby(["regulator", "gene_name"]).effect.agg(lambda e: set(e))
    return {key: 1 if e == {"+"} else -1 for key, e in signs.items() if len(e) == 1}


def second_order(pairs: Pairs, regulators: list[list[str]]) -> np.ndarray:
    """[pairs, imodulons] S of the stack."""
    signs = graded_signs()
    known = {r for r, _ in signs} | {r for rs in regulators for r in rs}
    mode = regulator_mode(known)
    owner: dict[str, list[str]] = {}
    for regulator in known:
        for gene in genes_of(regulator):
            owner.setdefault(gene, []).append(regulator)
    out = np.zeros_like(pairs.change)
    for j, genotype in enumerate(pairs.genotype):
        genes = [present_name(g) for g in genotype.split("+")]
        lost = {r for g in genes for r in [*owner.get(g, []), *([SENSORS[g]] if g in SENSORS else [])]}
        change: dict[str, float] = {}
        for (regulator, gene), sign in signs.items():
            for other in owner.get(gene, []) if regulator in lost else []:
                if other not in lost:
                    change[other] = change.get(other, 0) - sign / len(genes_of(other))
        for m, named in enumerate(regulators):
            if not pairs.own[j, m]:
                out[j, m] = sum(change[r] * mode.get(r, 1.0) for r in named if r in change) / max(len(named), 1)
    return out

@dataclass(frozen=True)
class Tables:
    """Everything that doesn't depend on who is held out."""

    pairs: Pairs
    genotypes: list[str]
    carries: np.ndarray  # [genotypes, conditions]
    pair_kernel: np.ndarray  # [pairs, pairs]
    nearness: np.ndarray  # [pairs, pairs], 1 for the same wild type
    condition_kernel: np.ndarray  # [conditions, conditions]
    condition_noise: np.ndarray
    condition_state: np.ndarray  # [conditions, imodulons], divided by scale
    condition_of: np.ndarray  # row of each pair's knockout
    scale: np.ndarray
    own: np.ndarray
    mode: np.ndarray
    second: np.ndarray


def _conditions(samples: Samples) -> dict[tuple[str, str], list[int]]:
    groups: dict[tuple[str, str], list[int]] = {}
    for i, key in enumerate(zip(samples.project, samples.condition)):
        groups.setdefault(key, []).append(i)
    return groups


def _condition_kernel(samples: Samples, groups: dict) -> tuple[np.ndarray, np.ndarray]:
    rows = list(groups.values())
    features = np.stack([samples.environment[r].mean(0) for r in rows])
    history = np.array([n.startswith("history:") for n in environment.NAMES])
    medium, strain = square_distance(features[:, ~history]), square_distance(features[:, history])
    project = np.array([p for p, _ in groups])
    genotype = np.array(["+".join(sorted(samples.mutated[r[0]])) for r in rows])
    near = np.exp(-medium / (2 * ENVIRONMENT_LENGTH**2))
    same_project = project[:, None] == project[None]
    same_medium = (medium < 1e-9) * np.exp(-strain / (2 * STRAIN_LENGTH**2))
    same_genotype = (genotype[:, None] == genotype[None]) & (genotype != "")
    kernel = ENVIRONMENT * near + same_project * (
        PROJECT + PROJECT_ENVIRONMENT * near + SAME * same_medium + GENOTYPE * same_genotype
    )
    noise = REPLICATE / np.array([len(r) for r in rows]) + DELETED_NOISE * (genotype != "")
    return kernel, noise


def _pair_kernels(wild_type: np.ndarray, scale: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Similarity of wild types, iModulons in units of their scale and in raw units."""
    scaled = square_distance(wild_type / scale) / len(scale)
    raw = square_distance(wild_type)
    raw = raw / np.median(raw[raw > 0])
    return np.exp(-scaled / (2 * 0.6**2)), np.exp(-raw / (2 * 0.5**2))


def tables(samples: Samples, pairs: Pairs) -> Tables:
    groups = _conditions(samples)
    index = {key: i for i, key in enumerate(groups)}
    scale = samples.activity.std(0)
    kernel, noise = _condition_kernel(samples, groups)
    genotypes = sorted(set(pairs.genotype))
    first = [r[0] for r in groups.values()]
    near, raw = _pair_kernels(pairs.wild_type, scale)
    named = {r for rs in samples.regulators for r in rs}
    fraction = regulator_mode(named)
    mode = np.zeros_like(pairs.change)
    for j, genotype in enumerate(pairs.genotype):
        for gene in genotype.split("+"):
            for regulator in encoded_regulators(gene, named):
                for m, rs in enumerate(samples.regulators):
                    if regulator in rs:
                        mode[j, m] = fraction.get(regulator, 0.0)
    return Tables(
        pairs=pairs,
        genotypes=genotypes,
        carries=np.stack([samples.carries(g)[first] for g in genotypes]),
        pair_kernel=0.05 + 0.25 * near + 0.25 * raw,
        nearness=near,
        condition_kernel=kernel,
        condition_noise=noise,
        condition_state=np.stack([samples.activity[r].mean(0) for r in groups.values()]) / scale,
        condition_of=np.array([index[(p, c)] for p, c in zip(pairs.project, pairs.condition)]),
        scale=scale,
        own=pairs.own.astype(float),
        mode=pairs.own * mode,
        second=second_order(pairs, samples.regulators),
    )


def pair_process(t: Tables, excluded: set[str], rows: np.ndarray) -> np.ndarray:
    train = ~np.isin(t.pairs.genotype, list(excluded))
    kernel = t.pair_kernel[np.ix_(train, train)] + 0.5 * np.eye(train.sum())
    return t.pair_kernel[np.ix_(rows, train)] @ np.linalg.solve(kernel, t.pairs.change[train])


def condition_process(t: Tables, excluded: set[str], rows: np.ndarray) -> np.ndarray:
    out = t.carries[[t.genotypes.index(g) for g in excluded]].any(0)
    kernel = t.condition_kernel[np.ix_(~out, ~out)] + np.diag(t.condition_noise[~out])
    weights = np.linalg.solve(kernel, t.condition_state[~out])
    state = t.condition_kernel[np.ix_(t.condition_of[rows], np.flatnonzero(~out))] @ weights
    return state * t.scale - t.pairs.wild_type[rows]


def features(t: Tables, held_out: set[str]) -> np.ndarray:
    """[pairs, imodulons, 9]; each pair's G and B leave out its own genotype and the held-out ones."""
    w = t.pairs.wild_type
    g, b, near = np.zeros_like(w), np.zeros_like(w), np.zeros((len(w), 1))
    for genotype in t.genotypes:
        rows = np.flatnonzero(t.pairs.genotype == genotype)
        excluded = held_out | {genotype}
        g[rows], b[rows] = pair_process(t, excluded, rows), condition_process(t, excluded, rows)
        near[rows, 0] = t.nearness[np.ix_(rows, ~np.isin(t.pairs.genotype, list(excluded)))].max(1)
    second = [t.second * t.scale, (t.second != 0) * w]
    return np.stack([g, b, t.own, t.own * w, w, t.mode * t.scale, *second, g * near], -1)


def stacked(t: Tables, held_out: set[str]) -> tuple[np.ndarray, np.ndarray]:
    """Predictions for all pairs and the shared coefficients, fitted without the held-out genotypes."""
    x, w, y = features(t, held_out), t.pairs.wild_type, t.pairs.change
    train = ~np.isin(t.pairs.genotype, list(held_out))
    flat = x[train].reshape(-1, x.shape[-1])
    shared = np.linalg.solve(flat.T @ flat + 1e-3 * np.eye(flat.shape[1]), flat.T @ y[train].ravel())
    left = y[train] - x[train] @ shared
    slope = (w[train] * left).sum(0) / ((w[train] ** 2).sum(0) + SLOPE_SHRINKAGE * (left**2).mean(0))
    return x @ shared + slope * w, shared


def leave_genotype_out(t: Tables) -> np.ndarray:
    predicted = np.zeros_like(t.pairs.change)
    for genotype in t.genotypes:
        rows = t.pairs.genotype == genotype
        predicted[rows] = stacked(t, {genotype})[0][rows]
    return predicted
