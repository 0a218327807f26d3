"""COBRApy's side of the comparison of flux sampling in README.md: chains and CPU seconds, as JSON on stdout.

Usage: python cobra_sampling.py MODEL.xml[.gz] optgp|achr CHAINS SAMPLES THINNING   (OMP_NUM_THREADS=1; a chain a seed)
"""

import gzip
import json
import logging
import sys
import time

import cobra
from cobra.sampling import ACHRSampler, OptGPSampler

logging.getLogger("cobra").setLevel(logging.ERROR)


def sampler(model, method, thinning, seed):
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
