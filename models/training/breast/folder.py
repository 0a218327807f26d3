"""The folder of one line: manifest with fitted parameters, regulator with its card, and what the fit is worth."""

import hashlib
import json
import re
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch

from .fit import BEFORE, SD, TREATMENTS, Fit, Problem, residuals, simulate, values_of
from .known import centre_for, shipped, unit_notes
from .learned import DRUG_NAMES, HALF_LIGAND, MINUTES, TURNOVER, Examples, Regulator
from .mechanism import DRUGS, GENES, LIGANDS, SPECIES
from .midas import has
from .names import DOSES, TRAINING_INHIBITOR
from .numeric import nothing_added, settle
from .parameters import PARAMETERS
from .ridge import EFFECTORS, anchors, levels

INPUTS = ["reference_activity", "environment", "effector", "effector_known", "perturbation"]
OUTPUTS = ["activity_change", "log2_expression"]
NETWORK, SBML = "cellweave:networks/growth-factor-signalling.json", "cellweave:sbml/growth-factor-signalling.xml"


def examples_of(problem: Problem, theta: np.ndarray) -> Examples:
    """What the regulator is trained on: the mechanism's kinases along the training treatments, and all antibodies."""
    training = problem.training
    grid = sorted({*MINUTES, *training.times})
    found = simulate(problem, theta[None], TREATMENTS, grid)
    share = 1 / (1 + HALF_LIGAND)
    environment = np.zeros((len(training.stimuli), 2, len(LIGANDS) + len(DRUG_NAMES)))
    for s, stimulus in enumerate(training.stimuli):
        environment[s, :, : len(LIGANDS)] = [share * has(stimulus, ligand) for ligand in LIGANDS]
    dose, half = DOSES[TRAINING_INHIBITOR], next(kd for pool, kd, *_ in DRUGS.values() if pool == TRAINING_INHIBITOR)
    environment[:, 1, len(LIGANDS) + DRUG_NAMES.index(TRAINING_INHIBITOR)] = dose / (dose + half)
    at = [grid.index(t) for t in training.times]
    return Examples(grid, environment, levels(found.signals, found.start)[0], training.level - training.start, at,
                    training.observables, centre_for(training))


KINDS = {"plain": "ridge with signs of the graph", "transformer": "transformer on the ridge",
         "random-graph": "ridge with signs of a random graph of the same degrees: a control"}


def write(out: Path, problem: Problem, fitted: Fit, models: dict[str, Regulator], report: dict, seed: int) -> None:
    """All files, made aside and moved into place when they are whole; `models` by their names in KINDS."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as aside:
        write_all(Path(aside), problem, fitted, models, report, seed)
        for file in Path(aside).iterdir():
            file.replace(out / file.name)


def write_all(out: Path, problem: Problem, fitted: Fit, models: dict[str, Regulator], report: dict, seed: int) -> None:
    """All files of a folder that is there."""
    values = cell_values(problem, fitted.theta)
    (out / "breast.cell.yaml").write_text(manifest(problem, fitted.theta, values))
    for name, model in models.items():
        sha = onnx_file(model, out / f"{name}.onnx")
        write_json(out / f"{name}.card.json", card(name, problem, model, report, sha, seed))
    write_json(out / "fit.json", fit_report(problem, fitted, seed))


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n")


def cell_values(problem: Problem, theta: np.ndarray) -> dict[str, float]:
    """Values of the SBML file's parameters for this line, initial values among them."""
    values = {k: float(v[0]) for k, v in values_of(theta[None]).items()}
    base = nothing_added({k: np.array([v]) for k, v in values.items()})
    rest = settle(base)
    start = simulate(problem, theta[None], [{}], [0.0]).start
    free = sum(p.spread > 0 for p in PARAMETERS)
    half = iter(theta[free + len(problem.sites):])
    for species, x in zip(SPECIES, rest[:, 0]):
        values[f"{species.id}_0"] = float(x)
    for j, site in enumerate(problem.sites):
        values[f"floor_{site.id}"] = float(1 / (1 + np.exp(-theta[free + j])))
        x = float(np.ravel(start[site.signal])[0])
        if site.substrate:
            k = float(np.exp(next(half)))
            values[f"half_{site.id}"] = k
            x = x / (x + k)
        values[f"rest_{site.id}"] = x
    return values


def manifest(problem: Problem, theta: np.ndarray, values: dict[str, float]) -> str:
    """The cell of this line."""
    line, observables = problem.training.line, problem.training.observables
    start = simulate(problem, theta[None], [{}], [0.0]).start
    reference, floor = anchors(start)
    owned = [f'      obs_{s.id}: {{ variable: {quoted("phospho:" + observables[c])}, kind: activity, unit: "1", nominal: 1, '
             f"label: {quoted(observables[c])} }}"
             for c, s in zip(problem.columns, problem.sites)]
    signals = dict.fromkeys(signal for signal, _ in EFFECTORS.values())
    states = [f'      {s}: {{ unit: "1", nominal: 0.1, label: "{s.replace("_", " ")}" }}' for s in signals]
    effectors = [f"      {name}: {{ variable: \"species:{signal}\", reference: {reference[i]:.6g}, floor: {floor[i]:.6g} }}"
                 for i, (name, (signal, _)) in enumerate(EFFECTORS.items())]
    pools = [f"      {p}: {{ initial: 0, nominal: 1, unit: dose, label: {p} }}" for p in LIGANDS]
    pools += [f"      {p}: {{ initial: 0, nominal: 100, unit: nmol/L, label: {p} }}" for p in DRUG_NAMES]
    features = [f'        - {{ feature: "{p}", pool: {p}, half: {HALF_LIGAND} }}' for p in LIGANDS]
    features += [f'        - {{ feature: "{p}", pool: {p}, half: {kd:g} }}' for p, kd, *_ in DRUGS.values()]
    return "\n".join([
        f"# Written by models/training/breast_line.py. What the numbers are worth: fit.json beside this file.",
        f"cell: {cell_id(line)}",
        f"title: {quoted(f'{line}, growth factor signalling, starved, on the ligands and drugs of the medium')}",
        "description: >",
        "  Receptors to Ras, ERK, AKT and mTORC1 as differential equations, with inhibitors that bind; a learned regulator for the",
        "  phosphorylated sites in between. Levels are relative to the untreated start; ligands relative to the experiment's dose.",
        f"graph: {NETWORK}",
        "tolerances: { rtol: 1.0e-3, atol: 1.0e-5 }",
        "",
        "modules:",
        "  - medium: medium",
        "    biomass: { initial: 1, label: cells }",
        "    pools:", *pools,
        "",
        "  - pathway: signalling",
        f"    sbml: {SBML}",
        "    timeScale: 60 # the model counts minutes",
        "    inputs:", *(f'      {p}: "pool:{p}"' for p in [*LIGANDS, *DRUG_NAMES]),
        "    owns:", *owned, *states,
        "    genes:", *(f"      {gene}: level_{receptor}" for receptor, gene in GENES.items()),
        "    parameters:", *(f"      {name}: {value:.6g}" for name, value in values.items()),
        "",
        "  - regulator: regulator",
        "    choices:",
        *(f"      {name}: {name}.card.json # {kind}" for name, kind in KINDS.items()),
        "    default: plain # the transformer is not surely better: models/breast/evaluation/README.md",
        "    answers: phospho",
        f"    degradation: {TURNOVER:g}",
        "    tolerance: 0.003",
        "    effectors:", *effectors,
        "    environment:",
        "      features:", *features, "",
    ])


def quoted(text: str) -> str:
    """A string of the file, whatever its characters."""
    return json.dumps(text, ensure_ascii=False)


def cell_id(line: str) -> str:
    """A line's name without what a cell's may not have."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", line).strip("-._") or "line"


def onnx_file(model: Regulator, path: Path) -> str:
    """Exports with a free batch size; returns the SHA-256 of the file."""
    example = (torch.zeros(2, len(EFFECTORS)), torch.rand(2, len(LIGANDS) + len(DRUG_NAMES)), torch.randn(2, len(EFFECTORS)),
               torch.ones(2, len(EFFECTORS)), torch.zeros(2, len(GENES)))
    batch = torch.export.Dim("batch", min=1, max=4096)
    torch.onnx.export(model, example, str(path), input_names=INPUTS, output_names=OUTPUTS, dynamic_shapes=[{0: batch}] * 5,
                      opset_version=18, dynamo=True, external_data=False, verbose=False)
    onnx.save(without_traces(onnx.load(str(path))), str(path))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def without_traces(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same model without the exporter's notes on where each node came from."""
    del model.graph.metadata_props[:]
    for item in [*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        item.doc_string = ""
        del item.metadata_props[:]
    return model


def card(name: str, problem: Problem, model: Regulator, report: dict, sha: str, seed: int) -> dict:
    """The regulator's card."""
    training, effectors = problem.training, list(EFFECTORS)
    line = training.line
    environment = [*LIGANDS, *DRUG_NAMES]
    rows = int(np.isfinite(training.level).any(-1).sum())
    return {
        "id": f"breast-{cell_id(line)}-{name}", "kind": KINDS[name],
        "file": f"{name}.onnx", "sha256": sha,
        "inputs": [
            {"name": "reference_activity", "unit": "log2", "meaning": "not used: levels are relative to the start", "columns": effectors},
            {"name": "environment", "unit": "1", "meaning": "share of saturation of ligands and drugs", "columns": environment},
            {"name": "effector", "unit": "log2((x + floor) / (reference + floor))", "meaning": "activity of receptors and kinases",
             "columns": effectors},
            {"name": "effector_known", "unit": "1", "meaning": "1 known, 0 masked", "columns": effectors},
            {"name": "perturbation", "unit": "level minus 1", "meaning": "receptors' genes",
             "columns": [{"locus": g, "name": g} for g in GENES.values()]},
        ],
        "outputs": [
            {"name": "activity_change", "unit": "log2", "meaning": "kinase activity that the answer is made from", "columns": effectors},
            {"name": "log2_expression", "unit": "log2", "meaning": "phosphorylation relative to the untreated start",
             "columns": training.observables},
        ],
        "reference": {"name": f"{line}, starved, untreated", "activity": [0.0] * len(effectors),
                      "environment": dict.fromkeys(environment, 0.0)},
        "seen": {"samples": rows, "genotypes": [], "inhibitors": [TRAINING_INHIBITOR], "rows_not_looked_at": training.left_out},
        "architecture": {"trained_parameters": sum(p.numel() for p in model.parameters()), "turnover_per_hour": TURNOVER},
        "training": {"seed": seed, **report},
        "limits": limits(line),
        "licences": {"model": "MIT", "data": "HPN-DREAM: BSD-3 as redistributed with DREAM tools, where a line is from there"},
    }


def limits(line: str) -> str:
    """What a card has to say of the regulator's worth."""
    unseen = "Effects of inhibitors other than the FGFR inhibitor were not in training: they come through the kinases' levels."
    flattered = (" Structure and priors were revised while this line's held-out rows were in view: its figures in the benchmark "
                 "are flattered, and only a line that wasn't there can tell what they are worth.")
    return unseen + (flattered if line in shipped() else "")


def fit_report(problem: Problem, fitted: Fit, seed: int) -> dict:
    """Estimates beside their priors, how far the data moved and narrowed them, and what is left over."""
    location, spread = problem.prior
    error = residuals(problem, fitted.theta[None])[0]
    points = problem.training.level[..., problem.columns]
    left = (error[: points.size] * SD).reshape(points.shape)
    there = np.isfinite(points)
    return {
        "line": problem.training.line, "seed": seed, "training_rows": int(there.any(-1).sum()),
        "rows_of_other_inhibitors_not_looked_at": problem.training.left_out,
        "notes": [*problem.training.notes, *unit_notes(problem.training)],
        "assumed": {f"{TRAINING_INHIBITOR}_nM": DOSES[TRAINING_INHIBITOR], "minutes_of_drug_before_the_stimulus": BEFORE, "error_sd_log2": SD},
        "cost_of_each_start": [round(c, 3) for c in fitted.costs],
        "residual_sd_log2": {problem.training.observables[c]: round(float(left[..., j][there[..., j]].std()), 3)
                             for j, c in enumerate(problem.columns)},
        "parameters": {name: {"ln": round(float(t), 3), "prior_ln": round(float(m), 3), "prior_sd": round(float(s), 3),
                              "posterior_sd": round(float(p), 3), "narrowed": round(float(p / s), 3), "starts_differ_by": round(float(d), 3)}
                       for name, t, m, s, p, d in zip(problem.names, fitted.theta, location, spread, fitted.spread, fitted.start_spread)},
        "note": "ln of positive parameters, logit of floors. narrowed: posterior over prior standard deviation; near 1 the data "
                "say nothing and the prior stands.",
    }
