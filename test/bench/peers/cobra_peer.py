"""COBRApy's side of the comparison in README.md: values and CPU seconds of one model, as JSON on stdout.

Usage: python cobra_peer.py MODEL.xml.gz TASK[,TASK...]   (tasks: see TASKS below; OMP_NUM_THREADS=1)
"""

import gzip
import json
import logging
import math
import sys
import time

import cobra
from cobra.flux_analysis import (
    double_gene_deletion,
    flux_variability_analysis,
    moma,
    pfba,
    room,
    single_gene_deletion,
)

logging.getLogger("cobra").setLevel(logging.ERROR)


def fba(model):
    return {"objective": model.slim_optimize()}


def parsimonious(model):
    return {"total": float(pfba(model).fluxes.abs().sum())}


def strain(ids):
    return " ".join(sorted(ids))


def single(model):
    table = single_gene_deletion(model, processes=1)
    return {strain(row.ids): number(row.growth) for row in table.itertuples()}


def double(model):
    table = double_gene_deletion(model, processes=1)
    return {strain(row.ids): number(row.growth) for row in table.itertuples() if len(row.ids) == 2}


def fva(model):
    table = flux_variability_analysis(model, fraction_of_optimum=0.9, processes=1)
    both = {f"{r.Index} min": r.minimum for r in table.itertuples()}
    return both | {f"{r.Index} max": r.maximum for r in table.itertuples()}


def fva_loopless(model):
    table = flux_variability_analysis(model, fraction_of_optimum=0.9, loopless="fastSNP", processes=1)
    both = {f"{r.Index} min": r.minimum for r in table.itertuples()}
    return both | {f"{r.Index} max": r.maximum for r in table.itertuples()}


def adjusted(model, solve):
    """Distance (the adjustment's own objective) after each single gene deletion, from the same pFBA fluxes."""
    reference = pfba(model)
    found = {}
    for gene in model.genes:
        with model:
            gene.knock_out()
            try:
                solution = solve(model, reference)
                found[gene.id] = number(solution.objective_value) if solution.status == "optimal" else None
            except cobra.exceptions.OptimizationError:
                found[gene.id] = None
    return found


def linear_moma(model):
    return adjusted(model, lambda m, w: moma(m, solution=w, linear=True))


def linear_room(model):
    return adjusted(model, lambda m, w: room(m, solution=w, linear=True))


def number(value):
    return None if value is None or math.isnan(value) else float(value)


TASKS = {
    "fba": fba,
    "pfba": parsimonious,
    "single": single,
    "double": double,
    "fva": fva,
    "fva-loopless": fva_loopless,
    "linear-moma": linear_moma,
    "linear-room": linear_room,
}


def main():
    path, tasks = sys.argv[1], sys.argv[2].split(",")
    model = cobra.io.read_sbml_model(gzip.open(path, "rt").read())
    out = {"cobra": cobra.__version__, "solver": model.problem.__name__, "tasks": {}}
    for name in tasks:
        begin = time.process_time()
        values = TASKS[name](model)
        seconds = time.process_time() - begin
        out["tasks"][name] = {"seconds": seconds, "values": values}
        print(f"{name}: {seconds:.2f} s", file=sys.stderr, flush=True)
    json.dump(out, sys.stdout)


main()
