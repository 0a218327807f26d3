"""COBRApy's side of cobra-speed.ts: one task with some processes, then its seconds as JSON on stdout.

Usage: python cobra_speed.py MODEL.xml[.gz] TASK PROCESSES   (TASK: single, double or fva)
"""

import gzip
import json
import logging
import resource
import sys
import time

import cobra
from cobra.flux_analysis import double_gene_deletion, flux_variability_analysis, single_gene_deletion

TASKS = {
    "single": lambda model, n: single_gene_deletion(model, processes=n),
    "double": lambda model, n: double_gene_deletion(model, processes=n),
    "fva": lambda model, n: flux_variability_analysis(model, fraction_of_optimum=0.9, processes=n),
}


def cpu():
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def main():
    path, task, processes = sys.argv[1], sys.argv[2], int(sys.argv[3])
    logging.getLogger("cobra").setLevel(logging.ERROR)
    text = gzip.open(path, "rt").read() if path.endswith(".gz") else open(path).read()
    model = cobra.io.read_sbml_model(text)
    wall, before = time.perf_counter(), cpu()
    TASKS[task](model, processes)
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": cpu() - before}))


if __name__ == "__main__":
    main()
