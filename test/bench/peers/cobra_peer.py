"""COBRApy's side of the comparison in README.md: values and CPU seconds of one model, as JSON on stdout.

Usage: python cobra_peer.py MODEL.xml[.gz] TASK[,TASK...] < question.json   (tasks: see TASKS below; OMP_NUM_THREADS=1)

The question names what both sides are asked: {"reference": {reaction: flux}, "genes": [...], "pairs": [[a, b], ...]}.
"""

import gzip
import json
import logging
import math
import sys
import time

import cobra
import pandas as pd
from cobra.flux_analysis import (
    double_gene_deletion,
    find_essential_genes,
    find_essential_reactions,
    flux_variability_analysis,
    geometric_fba,
    loopless_solution,
    moma,
    pfba,
    room,
    single_gene_deletion,
)

logging.getLogger("cobra").setLevel(logging.ERROR)


def fba(model, _):
    return {"objective": model.slim_optimize()}


def parsimonious(model, _):
    return {"total": float(pfba(model).fluxes.abs().sum())}


def strain(ids):
    return " ".join(sorted(ids))


def growths(table, size):
    """Growth by strain; what COBRApy reports of an infeasible problem is no growth rate."""
    rows = [row for row in table.itertuples() if len(row.ids) == size]
    return {strain(row.ids): number(row.growth) if row.status == "optimal" else None for row in rows}


def single(model, _):
    return growths(single_gene_deletion(model, processes=1), 1)


def double(model, _):
    return growths(double_gene_deletion(model, processes=1), 2)


def pairs(model, question):
    """Growth without both genes of each pair asked for."""
    found = {}
    for pair in question["pairs"]:
        with model:
            for gene in pair:
                model.genes.get_by_id(gene).knock_out()
            growth = model.slim_optimize()
            found[strain(pair)] = number(growth) if model.solver.status == "optimal" else None
    return found


def fva(model, _):
    table = flux_variability_analysis(model, fraction_of_optimum=0.9, processes=1)
    both = {f"{r.Index} min": r.minimum for r in table.itertuples()}
    return both | {f"{r.Index} max": r.maximum for r in table.itertuples()}


def fva_loopless(model, _):
    table = flux_variability_analysis(model, fraction_of_optimum=0.9, loopless="fastSNP", processes=1)
    both = {f"{r.Index} min": r.minimum for r in table.itertuples()}
    return both | {f"{r.Index} max": r.maximum for r in table.itertuples()}


def fva_pfba(model, _):
    table = flux_variability_analysis(model, fraction_of_optimum=0.9, pfba_factor=1.1, processes=1)
    both = {f"{r.Index} min": r.minimum for r in table.itertuples()}
    return both | {f"{r.Index} max": r.maximum for r in table.itertuples()}


def essential(model, _):
    return {gene.id: 1 for gene in find_essential_genes(model, processes=1)}


def essential_reactions(model, _):
    return {reaction.id: 1 for reaction in find_essential_reactions(model, processes=1)}


def geometric(model, _):
    return geometric_fba(model, processes=1).fluxes.to_dict()


def loopless(model, question):
    """From the reference, which has no circles to take out: exchanges, directions and objective are kept."""
    return loopless_solution(model, pd.Series(question["reference"])).fluxes.to_dict()


def adjusted(model, question, solve):
    """Distance (the adjustment's own objective) after each gene deletion asked for, from the fluxes given."""
    reference = cobra.Solution(math.nan, "optimal", pd.Series(question["reference"]))
    found = {}
    for gene in question["genes"]:
        with model:
            model.genes.get_by_id(gene).knock_out()
            try:
                solution = solve(model, reference)
                found[gene] = number(solution.objective_value) if solution.status == "optimal" else None
            except cobra.exceptions.OptimizationError:
                found[gene] = None
    return found


def linear_moma(model, question):
    """HiGHS, as in linear_room."""
    model.solver = "hybrid"
    return adjusted(model, question, lambda m, w: moma(m, solution=w, linear=True))


def linear_room(model, question):
    """HiGHS: GLPK ends the process with a failed assertion in some of these programs."""
    model.solver = "hybrid"
    return adjusted(model, question, lambda m, w: room(m, solution=w, linear=True))


def tight_moma(model, question):
    """OSQP at tolerances a thousand times tighter than COBRApy's, and as many iterations as that takes."""
    model.solver = "hybrid"
    model.tolerance = 1e-10
    model.solver.problem.settings["iteration_limit"] = 1_000_000
    return quadratic_moma(model, question)


def moma_by_clarabel(model, question):
    """Imported where it is asked for: nothing else needs Clarabel."""
    from cobra_exact import exact_moma

    return exact_moma(model, question)


def quadratic_moma(model, question):
    """OSQP stops at a tolerance: the distance is summed over the fluxes, the solver's objective is rougher."""
    if model.problem.__name__ != "optlang.hybrid_interface":
        model.solver = "hybrid"
    reference = pd.Series(question["reference"])

    def solve(m, w):
        solution = moma(m, solution=w, linear=False)
        solution.objective_value = float(((solution.fluxes - reference) ** 2).sum())
        return solution

    return adjusted(model, question, solve)


def mixed_room(model, question):
    """HiGHS in place of GLPK, which has no answer after minutes; 120 s a strain at most."""
    model.solver = "hybrid"
    model.solver.configuration.timeout = 120
    return adjusted(model, question, lambda m, w: room(m, solution=w, linear=False))


def number(value):
    return None if value is None or math.isnan(value) else float(value)


TASKS = {
    "fba": fba,
    "pfba": parsimonious,
    "single": single,
    "double": double,
    "pairs": pairs,
    "fva": fva,
    "fva-loopless": fva_loopless,
    "fva-pfba": fva_pfba,
    "essential": essential,
    "essential-reactions": essential_reactions,
    "geometric": geometric,
    "loopless": loopless,
    "moma": quadratic_moma,
    "moma-tight": tight_moma,
    "moma-exact": moma_by_clarabel,
    "linear-moma": linear_moma,
    "room": mixed_room,
    "linear-room": linear_room,
}


def main():
    path, tasks = sys.argv[1], sys.argv[2].split(",")
    question = json.load(sys.stdin)
    text = gzip.open(path, "rt").read() if path.endswith(".gz") else open(path).read()
    model = cobra.io.read_sbml_model(text)
    out = {"cobra": cobra.__version__, "solver": model.problem.__name__, "tasks": {}}
    for name in tasks:
        begin = time.process_time()
        values = TASKS[name](model, question)
        seconds = time.process_time() - begin
        out["tasks"][name] = {"seconds": seconds, "values": values}
        print(f"{name}: {seconds:.2f} s", file=sys.stderr, flush=True)
    json.dump(out, sys.stdout)


main()
