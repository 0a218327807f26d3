"""COBRApy's quadratic MOMA problem, solved by Clarabel's interior-point method in place of OSQP (pip install clarabel)."""

import clarabel
import numpy as np
import pandas as pd
from cobra import Solution
from cobra.flux_analysis.moma import add_moma
from scipy import sparse

# Tightest first: rounding forbids the first for some strains, scaling helps some and hinders others.
ATTEMPTS = [(tolerance, scaled) for tolerance in (1e-12, 1e-11, 1e-10) for scaled in (True, False)]


def exact_moma(model, question):
    """Sum of (v - w)^2 after each gene deletion asked for, of the problem that COBRApy's add_moma states."""
    reference = pd.Series(question["reference"])
    model.solver = "hybrid"
    found = {}
    with model:
        add_moma(model, Solution(np.nan, "optimal", reference), linear=False)
        for gene in question["genes"]:
            with model:
                model.genes.get_by_id(gene).knock_out()
                found[gene] = distance(model, reference)
    return found


def distance(model, reference):
    """The distance at the tightest tolerance that Clarabel meets; None where it finds the problem infeasible."""
    model.solver.update()
    built = model.solver.problem.build(add_variable_constraints=True)
    place = {name: k for k, name in enumerate(model.solver.problem.variables)}
    forward = [place[r.forward_variable.name] for r in model.reactions]
    reverse = [place[r.reverse_variable.name] for r in model.reactions]
    wild = reference[[r.id for r in model.reactions]].to_numpy()
    for tolerance, scaled in ATTEMPTS:
        status, x = solved(built, tolerance, scaled)
        if status == clarabel.SolverStatus.PrimalInfeasible:
            return None
        if status == clarabel.SolverStatus.Solved:
            return float(((x[forward] - x[reverse] - wild) ** 2).sum())
    raise ArithmeticError(f"Clarabel: {status}")


def solved(built, tolerance, scaled):
    """Least x'Px / 2 + q'x where bounds are kept: rows of one value as equations, the others by their finite sides."""
    rows, (low, high) = built.A.tocsr(), built.bounds.T
    equal = low == high
    below, above = ~equal & (high < 1e20), ~equal & (low > -1e20)
    matrix = sparse.vstack([rows[equal], rows[below], -rows[above]], format="csc")
    sides = np.concatenate([low[equal], high[below], -low[above]])
    cones = [clarabel.ZeroConeT(int(equal.sum())), clarabel.NonnegativeConeT(int(below.sum() + above.sum()))]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_iter = 500
    settings.equilibrate_enable = scaled
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
    answer = clarabel.DefaultSolver(sparse.triu(built.P, format="csc"), built.q, matrix, sides, cones, settings).solve()
    return answer.status, np.array(answer.x)
