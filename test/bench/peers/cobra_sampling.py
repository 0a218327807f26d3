"""COBRApy's side of the comparison of flux sampling in README.md: chains and CPU seconds, as JSON on stdout.

Usage: python cobra_sampling.py MODEL.xml[.gz] METHOD CHAINS SAMPLES THINNING   (OMP_NUM_THREADS=1; a chain a seed)
METHOD: optgp, achr (COBRApy's); optgp-shifted (OptGP where no flux is a difference); plain, plain-halves (in NumPy).
"""

import gzip
import json
import logging
import sys
import time

import cobra
import numpy as np
import pandas as pd
from cobra.flux_analysis import flux_variability_analysis
from cobra.sampling import ACHRSampler, OptGPSampler

logging.getLogger("cobra").setLevel(logging.ERROR)


class PlainWalk:
    """Hit-and-run as the textbook has it: normal directions of one fixed covariance, that of COBRApy's warmup points.

    In fluxes, or in COBRApy's own variables: the forward and the backward half of each flux.
    """

    def __init__(self, model, thinning, seed, halves=False):
        warm = OptGPSampler(model, processes=1, seed=1)
        self.forward, self.backward = warm.fwd_idx, warm.rev_idx
        self.halves = halves
        points = warm.warmup if halves else self.fluxes(warm.warmup)
        values, vectors = np.linalg.eigh(np.cov(points.T))
        kept = values > 1e-9 * values.max()
        self.spread = vectors[:, kept] * np.sqrt(values[kept])
        self.spread[np.abs(self.spread).max(axis=1) < 1e-7] = 0
        self.ids = [r.id for r in model.reactions]
        self.bounds = warm.problem.variable_bounds.T if halves else np.array([r.bounds for r in model.reactions])
        self.random = np.random.default_rng(seed)
        self.thinning = thinning
        self.point = (points.mean(axis=0) + points[self.random.integers(len(points))]) / 2

    def fluxes(self, variables):
        return variables[..., self.forward] - variables[..., self.backward]

    def sample(self, count):
        moving = np.abs(self.spread).max(axis=1) > 0
        drawn = np.empty((count, len(self.point)))
        for k in range(count):
            for _ in range(self.thinning):
                direction = self.spread @ self.random.standard_normal(self.spread.shape[1])
                ends = (self.bounds[moving] - self.point[moving, None]) / direction[moving, None]
                low, high = ends.min(axis=1).max(), ends.max(axis=1).min()
                self.point += self.random.uniform(min(low, 0), max(high, 0)) * direction
            drawn[k] = self.point
        return pd.DataFrame(self.fluxes(drawn) if self.halves else drawn, columns=self.ids)


class ShiftedOptGP:
    """OptGP on the same fluxes, each counted from its least value, so that COBRApy has no use for a backward half."""

    def __init__(self, model, thinning, seed):
        self.ids = [r.id for r in model.reactions]
        ranges = flux_variability_analysis(model, fraction_of_optimum=0, processes=1).loc[self.ids].round(6)
        lower, upper = np.array([r.bounds for r in model.reactions]).T
        # To whole numbers outwards: the same fluxes, without the degeneracy that GLPK goes round in.
        self.least = np.maximum(lower, np.floor(ranges.minimum.to_numpy()))
        width = np.minimum(upper, np.ceil(ranges.maximum.to_numpy())) - self.least
        shifted = model.copy()
        inflow = cobra.Reaction("what_the_least_fluxes_gain", lower_bound=1, upper_bound=1)
        for own, low, most in zip(shifted.reactions, self.least, width):
            own.bounds = (0, most)
            inflow.add_metabolites({m: c * low for m, c in own.metabolites.items() if low != 0})
        shifted.add_reactions([inflow])
        self.sampler = OptGPSampler(shifted, processes=1, thinning=thinning, seed=seed)

    def sample(self, count):
        return self.sampler.sample(count)[self.ids] + self.least


def sampler(model, method, thinning, seed):
    if method in ("plain", "plain-halves"):
        return PlainWalk(model, thinning, seed, method == "plain-halves")
    if method == "optgp-shifted":
        return ShiftedOptGP(model, thinning, seed)
    if method == "achr":
        return ACHRSampler(model, thinning=thinning, seed=seed)
    return OptGPSampler(model, processes=1, thinning=thinning, seed=seed)


def main(path, method, chains, samples, thinning):
    opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path, encoding="utf-8")
    with opened as file:
        model = cobra.io.read_sbml_model(file)
    start = time.process_time()
    drawn = [sampler(model, method, int(thinning), seed + 1).sample(int(samples)) for seed in range(int(chains))]
    seconds = time.process_time() - start
    # Every chain gives what the first half of its run is thrown away from: the walk has no burn-in of its own.
    fluxes = {r.id: [chain[r.id].tolist()[int(samples) // 2 :] for chain in drawn] for r in model.reactions}
    json.dump({"seconds": seconds, "version": cobra.__version__, "fluxes": fluxes}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
