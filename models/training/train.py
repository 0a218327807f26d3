"""Train the shipped regulators and write them to models/ecoli.

Usage: python train.py [--steps 2000] [--seed 1]
"""

import argparse
import sys
import time

import numpy as np
import torch

import biology
import cards
import examples
import export
import genes as gene_table
import graph
import ridge as ridge_fit
import samples as sample_table
from fit import Schedule, predict, train
from model import Exported, Regulator, Ridge, Shape
from paths import MODELS


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def explained(model, pairs: examples.Examples) -> float:
    """Share of the training pairs' squared change that a model explains, pairs weighted."""
    left = ((predict(model, pairs) - pairs.change) ** 2).sum(1) @ pairs.weight
    return float(1 - left / ((pairs.change**2).sum(1) @ pairs.weight))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=Schedule.steps)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    started = time.time()

    samples = sample_table.load()
    genes = gene_table.perturbable(samples)
    gene_weights, expression_fit = gene_table.weights(samples, genes)
    table = examples.conditions(samples, np.ones(len(samples.ids), bool))
    pairs, _ = examples.pairs(table, genes)
    own = ridge_fit.regulons(samples, genes)
    ridge = Ridge(ridge_fit.fit(pairs, own, ridge_fit.modes(samples, genes)))
    shape, schedule = Shape(), Schedule(steps=options.steps, seed=options.seed)
    torch.manual_seed(options.seed)
    model = Regulator(ridge, graph.build(samples, genes), samples.activity.std(0), shape)
    say(f"{len(pairs.weight)} pairs, {sum(p.numel() for p in model.parameters())} parameters")
    train(model, pairs, schedule, say)

    MODELS.mkdir(parents=True, exist_ok=True)
    exported, plain = Exported(model, gene_weights).eval(), Exported(ridge, gene_weights).eval()
    path = MODELS / "regulator.onnx"
    difference = export.onnx_file(exported, cards.inputs(samples, genes), path)
    unseen = cards.evaluation_metrics(MODELS / "evaluation")
    left_out = {"leave_genotype_out": unseen, "lowest_mse": min(unseen, key=lambda n: unseen[n]["mse"], default=None)}
    common = {
        "data": "PRECISE-1K, 145 iModulons, conditions as means of replicates",
        "split": "none: the shipped model has seen every given sample; evaluation/ holds models that have not",
        "seed": options.seed,
        "expression_fit": expression_fit,
        "seen": {"samples": len(samples.ids), "genotypes": sorted({"+".join(sorted(d)) for d in samples.deleted if d})},
        "conditions": "conditions.json",
    }
    # What is fitted beside these files (plain.json, intervals) says so by this name.
    common["fit"] = cards.sha256(path)[:16]
    body = {"id": "ecoli-regulator", "kind": "graph-biased transformer, gated residual on ridge",
            "file": path.name, "sha256": cards.sha256(path), "opset": 18,
            "onnxruntime_difference": difference,
            "hyperparameters": shape.as_dict() | schedule.as_dict(),
            "parameters": sum(p.numel() for p in model.parameters()),
            "metrics": {"explained_in_training_pairs": explained(model, pairs)} | left_out,
            "versions": {"torch": torch.__version__, "numpy": np.__version__},
            "biology": biology.checks(exported, samples, genes),
            "biology_effectors_masked": biology.checks(exported, samples, genes, False)} | common
    export.write_json(MODELS / "regulator.card.json", export.card(samples, genes, body))
    body = {"id": "ecoli-ridge", "kind": "ridge", "hyperparameters": {"penalty": ridge_fit.PENALTY},
            "metrics": {"explained_in_training_pairs": explained(ridge, pairs)} | left_out,
            "biology": biology.checks(plain, samples, genes)} | common
    export.ridge_file(ridge, gene_weights, samples, genes, body, MODELS / "ridge.json")
    say(f"done in {time.time() - started:.0f} s, onnxruntime differs by {difference:.2g}")


if __name__ == "__main__":
    main()
