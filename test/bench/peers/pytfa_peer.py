"""A thermodynamic model of a network, made and solved by pyTFA with GLPK.

Usage: pytfa_peer.py MODEL.xml OUT.json; prints the values as JSON. The energies of formation are INVENTED (seed 6), so
that the reactions of the pFBA optimum have standard energies of -5 to 3 kcal/mol: they test programs, not biology.
pH 7.5 inside and 7 outside, 150 mV across, 1e-5 to 2e-2 mol/L inside and 1e-6 to 5e-2 outside.
"""

import json
import logging
import random
import sys
import time

import numpy
from scipy.optimize import linprog

logging.disable(logging.CRITICAL)

import cobra  # noqa: E402
import pytfa  # noqa: E402
from pytfa.io.json import save_json_model  # noqa: E402

SPECIAL = {"h": "cpd00067", "h2o": "cpd00001"}
COMPARTMENTS = {
    "c": {"pH": 7.5, "ionicStr": 0.25, "c_min": 1e-5, "c_max": 2e-2, "membranePot": {"c": 0, "e": 150}, "symbol": "c"},
    "e": {"pH": 7.0, "ionicStr": 0.25, "c_min": 1e-6, "c_max": 5e-2, "membranePot": {"c": -150, "e": 0}, "symbol": "e"},
}


def compound(metabolite):
    name = metabolite.id.rsplit("_", 1)[0]
    return SPECIAL.get(name, name)


def invented_energies(model):
    """Transformed energies of formation, kcal/mol, least in sum of sizes."""
    flux = cobra.flux_analysis.pfba(model).fluxes
    rng = random.Random(6)
    compounds = sorted({compound(m) for m in model.metabolites})
    at = {name: k for k, name in enumerate(compounds)}
    rows, most = [], []
    for reaction in model.reactions:
        transport = len({compound(m) for m in reaction.metabolites}) < len(reaction.metabolites)
        if len(reaction.metabolites) < 2 or transport or reaction.objective_coefficient or abs(flux[reaction.id]) < 1e-9:
            continue
        row = numpy.zeros(len(compounds))
        for metabolite, coefficient in reaction.metabolites.items():
            if compound(metabolite) != SPECIAL["h"]:
                row[at[compound(metabolite)]] += coefficient * numpy.sign(flux[reaction.id])
        rows.append(row)
        most.append(rng.uniform(-5, 3))
    n = len(compounds)
    matrix = numpy.hstack([numpy.array(rows), -numpy.array(rows)])
    solution = linprog(numpy.ones(2 * n), A_ub=matrix, b_ub=most, bounds=(0, None)).x
    return {name: solution[at[name]] - solution[n + at[name]] for name in compounds}


def prepared(model, standard):
    metabolites, cues = {}, {}
    for m in model.metabolites:
        name = compound(m)
        energy = 0.0 if name == SPECIAL["h"] else float(standard[name])
        metabolites[name] = {
            **{"id": name, "name": m.name, "formula": m.formula, "charge_std": m.charge, "mass_std": m.formula_weight},
            **{"nH_std": m.elements.get("H", 0), "deltaGf_std": energy, "deltaGf_err": 0.0, "pKa": []},
            **{"struct_cues": {f"g_{name}": 1}, "error": "Nil"},
        }
        cues[f"g_{name}"] = {"id": f"g_{name}", "energy": energy, "error": 0.0}
    data = {"name": "invented", "units": "kcal/mol", "metabolites": metabolites, "cues": cues}
    thermo = pytfa.ThermoModel(data, model.copy())
    thermo.name = "invented"
    thermo.compartments = COMPARTMENTS
    thermo.solver = "optlang-glpk"
    thermo.prepare()
    return thermo


def thermodynamic(model):
    for metabolite in model.metabolites:
        metabolite.annotation = {"seed_id": compound(metabolite)}
    wanted = invented_energies(model)
    inside_first = sorted(prepared(model, dict.fromkeys(wanted, 0.0)).metabolites, key=lambda m: m.compartment != "c")
    offset = {}
    for metabolite in inside_first:
        offset.setdefault(compound(metabolite), metabolite.thermo.deltaGf_tr)
    thermo = prepared(model, {name: energy - offset[name] for name, energy in wanted.items()})
    thermo.convert(verbose=False)
    thermo.objective = next(r.id for r in model.reactions if r.objective_coefficient)
    thermo.solver.configuration.tolerances.feasibility = 1e-9
    return thermo


def number(value):
    return None if value is None or value != value else float(value)


def growth(model, thermo):
    return {"without thermodynamics": model.slim_optimize(), "growth": thermo.slim_optimize()}


def single(_, thermo):
    values = {}
    for reaction in thermo.reactions:
        with thermo:
            reaction.knock_out()
            values[reaction.id] = number(thermo.slim_optimize())
    return values


def fva(_, thermo):
    """Ranges of fluxes, energies and log concentrations with 90 % of the growth; changes the model."""
    biomass = thermo.reactions.get_by_id(next(v.name for v in thermo.objective.variables if "_reverse_" not in v.name))
    biomass.lower_bound = 0.9 * thermo.slim_optimize()
    wanted = {r.id: r.flux_expression for r in thermo.reactions}
    wanted |= {name: v.variable for name, v in thermo._var_dict.items() if name.startswith(("DG_", "LC_"))}
    values = {}
    for name, expression in wanted.items():
        for sense in ("min", "max"):
            thermo.objective = thermo.problem.Objective(expression, direction=sense)
            values[f"{name} {sense}"] = number(thermo.slim_optimize())
    return values


source, target = sys.argv[1:3]
network = cobra.io.read_sbml_model(source)
network.solver = "glpk"
made = thermodynamic(network)
save_json_model(made, target)
tasks = {}
for task in (growth, single, fva):
    begin = time.process_time()
    found = task(network, made)
    tasks[task.__name__] = {"seconds": time.process_time() - begin, "values": found}
print(json.dumps({"tasks": tasks}))
