"""The reader on simulated worlds it was never trained on, beside the plain rows.

Usage: python evaluate_worlds.py CHECKPOINT [--batches 12] [--seed 1000]

Mean squared error of changes in spreads, errors cut at 3 spreads, over queries of one kind; one line a family. Cultures
differ by nothing but environment, intervention and noise, unless --disturbed.
"""

import argparse
from pathlib import Path

import numpy as np
import torch

import experiments
import train
import worlds
from evaluate_e1 import load_model

SIZES = (10, 20, 50)
KINDS = {"single": ["single"] * 6, "double": ["double"] * 6}
FAMILIES = [
    ("in training", "or", "scale-free"),
    ("logic unseen", train.HELD_OUT_LOGIC, "scale-free"),
    ("graph unseen", "and", train.HELD_OUT_GRAPH),
    ("both unseen", train.HELD_OUT_LOGIC, train.HELD_OUT_GRAPH),
]


def shuffled(t: experiments.Tables, rng: np.random.Generator) -> experiments.Tables:
    return train.change_graph(t, "random", rng)


@torch.no_grad()
def rows(model, t: experiments.Tables, rng: np.random.Generator) -> dict[str, torch.Tensor]:
    """Predictions of each row for the queries, and the 90 % half width of the reader's."""
    part = slice(t.context, None)
    mean = experiments.process(t.value, t.state, t.known, t.perturbed, t.context)[:, part]
    read, spread = model(t)
    return {
        "no change": torch.zeros_like(mean),
        "process": mean,
        "effects added": t.added[:, part],
        "ridge": t.regressed[:, part],
        "reader": read,
        "reader, no graph": model(train.change_graph(t, "none", rng))[0],
        "reader, wrong graph": model(shuffled(t, rng))[0],
        "inside 90 %": ((read - t.value[:, part]).abs() <= 1.645 * spread.exp()).float(),
    }


def family(model, logic: str, graph: str, kind: str, batches: int, seed: int, disturbed: bool) -> dict[str, float]:
    total: dict[str, float] = {}
    count = 0.0
    for k in range(batches):
        rng = np.random.default_rng([seed, k])
        n = int(SIZES[k % len(SIZES)])
        context = int(min(40, max(8, n)))
        t = experiments.tables(rng, logic, graph, max(2, 160 // n), n, context, list(KINDS[kind]),
                               disturbed=disturbed)
        asked, truth = t.asked[:, t.context:], t.value[:, t.context:]
        for name, said in rows(model, t, rng).items():
            part = said if name.startswith("inside") else (said - truth).clamp(-train.LIMIT, train.LIMIT) ** 2
            total[name] = total.get(name, 0) + float((part * asked).sum())
        count += float(asked.sum())
    return {name: value / count for name, value in total.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--batches", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--disturbed", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = load_model(options.checkpoint)
    plain = ["no change", "process", "effects added", "ridge"]
    names = [*plain, "reader", "reader, no graph", "reader, wrong graph", "inside 90 %"]
    print(f"| worlds | query | {' | '.join(names)} | against the best plain row |")
    print("|---|---|" + "---|" * (len(names) + 1))
    for title, logic, graph in FAMILIES:
        assert logic in worlds.LOGICS and graph in worlds.GRAPHS
        for kind in KINDS:
            found = family(model, logic, graph, kind, options.batches, options.seed, options.disturbed)
            gain = found["reader"] / min(found[name] for name in plain) - 1
            cells = " | ".join(f"{found[name]:.3f}" for name in names)
            print(f"| {title} | {kind} | {cells} | {100 * gain:+.0f} % |", flush=True)


if __name__ == "__main__":
    main()
