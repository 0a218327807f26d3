"""COBRApy's side of the comparison of flux sampling in README.md: chains and CPU seconds, as JSON on stdout.

Usage: python cobra_sampling.py MODEL.xml[.gz] optgp|achr|plain CHAINS SAMPLES THINNING   (OMP_NUM_THREADS=1; a chain a seed)
"""

import gzip
import json
import logging
import sys
import time

import cobra
import numpy as np
import pandas as pd
from cobra.sampling import ACHRSampler, OptGPSampler

logging.getLogger("cobra").setLevel(logging.ERROR)


class PlainWalk:
    """Hit-and-run as the textbook has it: normal directions of one fixed covariance, that of COBRApy's warmup points."""

    def __init__(self, model, thinning, seed):
        warm = OptGPSampler(model, processes=1, seed=1)
        points = warm.warmup[:, warm.fwd_idx] - warm.warmup[:, warm.rev_idx]
        values, vectors = np.linalg.eigh(np.cov(points.T))
        kept = values > 1e-9 * values.max()
        self.spread = vectors[:, kept] * np.sqrt(values[kept])
        self.spread[np.abs(self.spread).max(axis=1) < 1e-7] = 0
        self.ids = [r.id for r in model.reactions]
        self.bounds = np.array([r.bounds for r in model.reactions])
        self.random = np.random.default_rng(seed)
        self.thinning = thinning
        self.point = (points.mean(axis=0) + points[self.random.integers(len(points))]) / 2

    def sample(self, count):
        moving = np.abs(self.spread).max(axis=1) > 0
        drawn = np.empty((count, len(self.ids)))
        for k in range(count):
            for _ in range(self.thinning):
                direction = self.spread @ self.random.standard_normal(self.spread.shape[1])
                ends = (self.bounds[moving] - self.point[moving, None]) / direction[moving, None]
                low, high = ends.min(axis=1).max(), ends.max(axis=1).min()
                self.point += self.random.uniform(min(low, 0), max(high, 0)) * direction
            drawn[k] = self.point
        return pd.DataFrame(drawn, columns=self.ids)


def sampler(model, method, thinning, seed):
    if method == "plain":
        return PlainWalk(model, thinning, seed)
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
