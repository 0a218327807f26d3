"""Predict the 74 knockouts with models that never saw a sample carrying the held-out genotype.

Usage: python evaluate.py [--folds 8] [--seed 1] [--random-graph SEED] [--plain]

Genotypes are dealt to folds project by project; one model a fold is trained from scratch on the samples
that carry none of the fold's genotypes, then predicts the fold's pairs.
"""

import argparse
import copy
import csv
import sys
import time
from dataclasses import dataclass, replace

import numpy as np
import torch

import cards
import effectors
import examples
import export
import genes as gene_table
import graph
import plain
import ridge as ridge_fit
import samples as sample_table
from fit import Schedule, predict, train
from metrics import scores
from model import Regulator, Ridge, Shape
from paths import MODELS
from samples import Pairs


DESCRIPTIONS = {
    "ridge": "the ridge regulator, fitted fold by fold",
    "plain-stack": "plain.py: two Gaussian processes and the own regulon, stacked linearly",
    "transformer": "gated residual on ridge, pretrained on all pairs of conditions, fine-tuned on knockouts",
    "transformer-on-plain": "the pretrained transformer as gated residual on plain-stack",
}
DESCRIPTIONS |= {
    f"{name}-random-graph": f"{text}; degree-matched random graph in attention, inputs and read-out; the ridge keeps its regulons"
    for name, text in DESCRIPTIONS.items() if name.startswith("transformer")
}


@dataclass(frozen=True)
class Asked:
    """The 74 pairs as model inputs, with the sample rows of their knockouts."""

    examples: examples.Examples
    rows: list[list[int]]


def deal(pairs: Pairs, folds: int) -> list[list[str]]:
    """Genotypes in order of project, dealt round-robin, so that a project loses few at a time."""
    order = list(dict.fromkeys(g for _, g in sorted(zip(pairs.project, pairs.genotype))))
    return [order[k::folds] for k in range(folds)]


def carriers(samples, genotypes: list[str]) -> np.ndarray:
    """True for each sample that lacks or mutates a gene of one of the genotypes."""
    return np.any([samples.carries(g) for g in genotypes], axis=0)


def left_out(samples, genotypes: list[str]) -> dict:
    """A fold's entry under `seen`."""
    out = carriers(samples, genotypes)
    return {"held_out": genotypes, "samples_seen": int((~out).sum()),
            "samples_left_out": [i for i, o in zip(samples.ids, out) if o]}


def questions(samples, pairs: Pairs, genes, rows: np.ndarray) -> examples.Examples:
    """The pairs as model inputs; effectors masked, the deleted genes at level 0."""
    known = np.zeros((len(rows), len(effectors.NAMES)), np.float32)
    target = np.stack([samples.environment[pairs.ko_rows[r]].mean(0) for r in rows])
    return examples.Examples(
        reference=pairs.wild_type[rows], environment=target - pairs.environment[rows], effector=known, known=known,
        perturbation=np.stack([examples.perturbation(frozenset(pairs.genotype[r].split("+")), genes) for r in rows]),
        change=pairs.change[rows], weight=np.ones(len(rows)),
    )


def fold_models(samples, genes, keep, shape, schedules, rewire, asked, base):
    """Ridge, transformer on ridge, and transformer on the plain stack, trained on the kept samples alone.

    `asked` are all pairs; `base` the plain stack's predictions for them, held-out genotypes unseen.
    """
    e, _ = examples.pairs(examples.conditions(samples, keep), genes)
    ridge = Ridge(ridge_fit.fit(e, ridge_fit.regulons(samples, genes), ridge_fit.modes(samples, genes)))
    torch.manual_seed(schedules["pretraining"].seed)
    model = Regulator(ridge, graph.build(samples, genes, rewire), samples.activity[keep].std(0), shape)
    train(model, e, schedules["pretraining"])
    on_plain = copy.deepcopy(model)
    trained = np.array([frozenset(r) <= set(np.flatnonzero(keep)) for r in asked.rows])
    train(model, asked.examples.take(trained), schedules["fine_tuning"])
    with torch.no_grad():
        on_plain.gate.zero_()
    train(on_plain, asked.examples.take(trained), schedules["on_plain"], base=base[trained])
    return ridge, model, on_plain


def write_predictions(path, pairs: Pairs, imodulons, predicted: np.ndarray) -> None:
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["pair", *imodulons])
        for key, row in zip(pairs.keys(), predicted):
            out.writerow([key, *(f"{v:.5g}" for v in row)])


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--tune", type=int, default=100)
    parser.add_argument("--on-plain", type=int, default=100)
    parser.add_argument("--plain", action="store_true", help="the plain stack alone, no training")
    parser.add_argument("--random-graph", type=int, help="seed of a degree-matched random graph")
    return parser.parse_args()


def main() -> None:
    options = parse()
    torch.set_num_threads(1)
    started = time.time()
    samples = sample_table.load()
    pairs, genes = sample_table.load_pairs(samples), gene_table.perturbable(samples)
    tables = plain.tables(samples, pairs)
    stack = plain.leave_genotype_out(tables)
    if options.plain:
        return save("plain-stack", stack, pairs, samples, options, {}, [])
    asked = Asked(questions(samples, pairs, genes, np.arange(len(pairs.genotype))), pairs.ko_rows)
    shape, pretraining = Shape(), Schedule(steps=options.steps, seed=options.seed)
    schedules = {
        "pretraining": pretraining,
        "fine_tuning": replace(pretraining, steps=options.tune, rate=3e-4, all_masked=1.0),
        "on_plain": replace(pretraining, steps=options.on_plain, rate=2e-4, all_masked=1.0),
    }
    suffix = "" if options.random_graph is None else "-random-graph"
    names = ["ridge", f"transformer{suffix}", f"transformer-on-plain{suffix}"]
    found = {name: np.zeros_like(pairs.change) for name in names}
    seen = []
    for k, held_out in enumerate(deal(pairs, options.folds)):
        keep = ~carriers(samples, held_out)
        rows = np.flatnonzero(np.isin(pairs.genotype, held_out))
        base = plain.stacked(tables, set(held_out))[0]
        ridge, model, on_plain = fold_models(samples, genes, keep, shape, schedules, options.random_graph, asked, base)
        part = asked.examples.take(rows)
        found[names[0]][rows], found[names[1]][rows] = predict(ridge, part), predict(model, part)
        found[names[2]][rows] = stack[rows] + predict(on_plain.correction, part)
        seen.append(left_out(samples, held_out))
        report(k, {n: (p - pairs.change)[rows] for n, p in (found | {"plain": stack}).items()}, time.time() - started)
    if options.random_graph is not None:
        del found["ridge"]
    hyperparameters = shape.as_dict() | {n: s.as_dict() for n, s in schedules.items()}
    for name, predicted in found.items():
        save(name, predicted, pairs, samples, options, hyperparameters, seen)


def report(fold: int, errors: dict[str, np.ndarray], seconds: float) -> None:
    mse = {n: round(float((e**2).mean()), 3) for n, e in errors.items()}
    print(f"fold {fold + 1}: mse {mse}, {seconds:.0f} s", file=sys.stderr, flush=True)


def save(name, predicted, pairs, samples, options, hyperparameters, seen) -> None:
    folder = MODELS / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.predictions.csv"
    write_predictions(path, pairs, samples.imodulons, predicted)
    learned, alone = name.startswith("transformer"), name == "plain-stack"
    split = ("leave-genotype-out, one fit a genotype" if alone else
             f"leave-genotype-out in {options.folds} folds: a fold's genotypes are unseen, with every sample"
             " that carries a deletion or another allele of one of their genes")
    export.write_json(folder / f"{name}.card.json", {
        "id": name, "kind": "transformer" if learned else "plain", "description": DESCRIPTIONS[name],
        "predictions": path.name, "sha256": cards.sha256(path), "key": "pair = genotype|condition of ko_pairs.csv",
        "split": split, "command": " ".join(["python evaluate.py", *sys.argv[1:]]),
        "seed": options.seed,
        "hyperparameters": hyperparameters if learned else {"see": f"models/training/{'plain' if alone else 'ridge'}.py"},
        "random_graph": options.random_graph, "metrics": scores(predicted, pairs),
        "seen": [left_out(samples, [g]) for g in sorted(set(pairs.genotype))] if alone else seen,
        "data_sha256": cards.data_hashes(), "licences": cards.LICENCES,
    })
    print(name, scores(predicted, pairs), file=sys.stderr)


if __name__ == "__main__":
    main()
