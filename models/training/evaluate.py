"""Predict the 74 knockouts with models that never saw a sample carrying the held-out genotype.

Usage: python evaluate.py [--folds 8] [--seed 1] [--random-graph SEED] [--only FOLD]

Genotypes are dealt to folds project by project; one model a fold is trained from scratch on the samples
that carry none of the fold's genotypes, then predicts the fold's pairs.
"""

import argparse
import csv
import sys
import time
from dataclasses import replace

import numpy as np
import torch

import cards
import effectors
import environment
import examples
import export
import genes as gene_table
import graph
import ridge as ridge_fit
import samples as sample_table
from fit import Schedule, predict, train
from metrics import scores
from model import Regulator, Ridge, Shape
from paths import MODELS
from samples import Pairs


def deal(pairs: Pairs, folds: int) -> list[list[str]]:
    """Genotypes in order of project, dealt round-robin, so that a project loses few at a time."""
    order = list(dict.fromkeys(g for _, g in sorted(zip(pairs.project, pairs.genotype))))
    return [order[k::folds] for k in range(folds)]


def questions(samples, pairs: Pairs, genes, rows: np.ndarray) -> examples.Examples:
    """The pairs as model inputs; effectors masked, the deleted genes at level 0."""
    known = np.zeros((len(rows), len(effectors.NAMES)), np.float32)
    target = np.stack([samples.environment[pairs.ko_rows[r]].mean(0) for r in rows])
    return examples.Examples(
        reference=pairs.wild_type[rows], environment=target - pairs.environment[rows], effector=known, known=known,
        perturbation=np.stack([examples.perturbation(frozenset(pairs.genotype[r].split("+")), genes) for r in rows]),
        change=pairs.change[rows], weight=np.ones(len(rows)),
    )


def knockouts(e: examples.Examples) -> np.ndarray:
    """Examples that differ by a deletion alone, strain background aside."""
    medium = [not n.startswith("history:bw") for n in environment.NAMES]
    return (e.perturbation.sum(1) < 0) & (np.abs(e.environment[:, medium]).sum(1) == 0)


def fold_model(samples, genes, keep, shape, schedule, tune, rewire, report):
    """Ridge and transformer trained on the kept samples alone."""
    e, _ = examples.pairs(examples.conditions(samples, keep), genes)
    own = ridge_fit.regulons(samples, genes)
    ridge = Ridge(ridge_fit.fit(e, own))
    torch.manual_seed(schedule.seed)
    model = Regulator(ridge, graph.build(samples, genes, rewire), samples.activity[keep].std(0), shape)
    train(model, e, schedule, report)
    if tune.steps:
        train(model, e.take(knockouts(e)), tune, report)
    return ridge, model


def write_predictions(path, pairs: Pairs, imodulons, predicted: np.ndarray) -> None:
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["pair", *imodulons])
        for key, row in zip(pairs.keys(), predicted):
            out.writerow([key, *(f"{v:.5g}" for v in row)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=700)
    parser.add_argument("--tune", type=int, default=250)
    parser.add_argument("--random-graph", type=int)
    parser.add_argument("--name", default="transformer")
    options = parser.parse_args()
    torch.set_num_threads(1)
    started = time.time()
    samples = sample_table.load()
    pairs, genes = sample_table.load_pairs(samples), gene_table.perturbable(samples)
    shape, schedule = Shape(), Schedule(steps=options.steps, seed=options.seed)
    tune = replace(schedule, steps=options.tune, rate=3e-4, all_masked=1.0)
    found = {"ridge": np.zeros_like(pairs.change), options.name: np.zeros_like(pairs.change)}
    seen = []
    for k, held_out in enumerate(deal(pairs, options.folds)):
        keep = ~np.any([samples.carries(g) for g in held_out], axis=0)
        rows = np.flatnonzero(np.isin(pairs.genotype, held_out))
        asked = questions(samples, pairs, genes, rows)
        ridge, model = fold_model(samples, genes, keep, shape, schedule, tune, options.random_graph, None)
        found["ridge"][rows], found[options.name][rows] = predict(ridge, asked), predict(model, asked)
        seen.append({"held_out": held_out, "samples_seen": int(keep.sum()),
                     "samples_left_out": [i for i, kept in zip(samples.ids, keep) if not kept]})
        print(f"fold {k + 1}: {len(rows)} pairs, mse ridge {((found['ridge'][rows] - pairs.change[rows]) ** 2).mean():.3f}"
              f" {options.name} {((found[options.name][rows] - pairs.change[rows]) ** 2).mean():.3f}"
              f" none {(pairs.change[rows] ** 2).mean():.3f}, {time.time() - started:.0f} s", file=sys.stderr, flush=True)
    folder = MODELS / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    for name, predicted in found.items():
        write_predictions(folder / f"{name}.predictions.csv", pairs, samples.imodulons, predicted)
        export.write_json(folder / f"{name}.card.json", {
            "id": name, "kind": "plain" if name == "ridge" else "transformer",
            "predictions": f"{name}.predictions.csv",
            "sha256": cards.sha256(folder / f"{name}.predictions.csv"),
            "split": f"leave-genotype-out in {options.folds} folds: a fold's genotypes are unseen, with every sample that carries a deletion of one of their genes",
            "command": "python evaluate.py " + " ".join(sys.argv[1:]),
            "seed": options.seed, "hyperparameters": shape.as_dict() | schedule.as_dict() | {"fine_tuning": tune.as_dict()},
            "random_graph": options.random_graph if name != "ridge" else None,
            "metrics": scores(predicted, pairs), "seen": seen,
            "data_sha256": cards.data_hashes(), "licences": cards.LICENCES,
        })
        print(name, scores(predicted, pairs), file=sys.stderr)


if __name__ == "__main__":
    main()
