"""The reader on simulated worlds it was never trained on, beside the plain rows.

Usage: python evaluate_worlds.py CHECKPOINT [--set families|sound|disturbed|features|queries] [--batches 12] [--seed 1000]
       [--sizes 10 20 50]

Mean squared error of changes in spreads, errors cut at 3 spreads; one line a family of worlds and kind of query.
families: cultures differ by nothing but environment, intervention and noise; sound: the same with every graph as it is,
where the others' are corrupted to all degrees; disturbed: cultures differ by more than that; features:
one feature of measured tables at a time, then all of them; queries: what else can be asked, and other designs.
`world itself` is the simulated network's own answer where how cultures differ, and the controls' noise, are not known.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch

import experiments
import plain_rows
import train
from features import ALL, NONE, Features
from model import load

SIZES = (10, 20, 50)
COVERAGE = {"inside 50 %": 0.674, "inside 90 %": 1.645}
UNSEEN = (train.HELD_OUT_LOGIC, train.HELD_OUT_GRAPH)


@dataclass(frozen=True)
class Line:
    title: str
    logic: str
    graph: str
    kind: str
    disturbed: bool = False
    style: str = "screen"
    features: Features = NONE
    sound: bool = False


def families(disturbed: bool, sound: bool = False) -> list[Line]:
    worlds = [("in training", "or", "scale-free"), ("logic unseen", UNSEEN[0], "scale-free"),
              ("graph unseen", "and", UNSEEN[1]), ("both unseen", *UNSEEN)]
    return [Line(*world, kind, disturbed, sound=sound) for world in worlds for kind in ("single", "double")]


def features() -> list[Line]:
    one = [Line(f.name, "or", "scale-free", "single", True, features=replace(NONE, **{f.name: True})) for f in fields(Features)]
    more = [Line("signalling", "signalling", "cascade", kind, True) for kind in ("single", "cut")]
    more += [Line("messengers and proteins", "and", "layered", "single", True)]
    everything = [Line("all features, both unseen", *UNSEEN, kind, True, features=ALL) for kind in ("single", "double")]
    return one + more + everything


def queries() -> list[Line]:
    kinds = [Line("both unseen", *UNSEEN, kind, True, features=ALL) for kind in ("half", "down", "up", "cut", "clamp", "outside")]
    outside = [Line("outside regulators, both unseen", *UNSEEN, "single", True, "outside", ALL)]
    return kinds + outside + [Line("panel, both unseen", *UNSEEN, "single", True, "panel", ALL)]


SETS = {"families": lambda: families(False), "sound": lambda: families(False, True), "disturbed": lambda: families(True), "features": features, "queries": queries}


def without_plain(t: experiments.Tables) -> experiments.Tables:
    return replace(t, added=torch.zeros_like(t.added), regressed=torch.zeros_like(t.regressed))


@torch.no_grad()
def rows(model, t: experiments.Tables, rng: np.random.Generator) -> dict[str, torch.Tensor]:
    """Predictions of each row for the queries, and where the reader's intervals hold the truth."""
    part = slice(t.context, None)
    read, spread = model(t)
    error = (read - t.value[:, part]).abs() / spread.exp()
    return plain_predictions(t) | {
        "reader": read,
        "no graph": model(train.change_graph(t, "none", rng))[0],
        "wrong graph": model(train.change_graph(t, "random", rng))[0],
        "no plain rows": model(without_plain(t))[0],
        "world itself": t.expected[:, part],
    } | {name: (error <= reach).float() for name, reach in COVERAGE.items()}


def plain_predictions(t: experiments.Tables) -> dict[str, torch.Tensor]:
    part = slice(t.context, None)
    process = plain_rows.process(t.value, t.state, t.known, t.perturbed, t.context)[:, part]
    return {"no change": torch.zeros_like(process), "process": process, "kin process": t.otherwise[:, part],
            "effects added": t.added[:, part], "ridge": t.regressed[:, part]}


def tables_of(line: Line, batches: int, seed: int, sizes: Sequence[int] = SIZES):
    for k in range(batches):
        rng = np.random.default_rng([seed, k])
        n = int(sizes[k % len(sizes)])
        context = int(min(40, max(8, n)))
        yield experiments.tables(rng, line.logic, line.graph, max(2, 160 // n), n, context, [line.kind] * 6, line.style,
                                 line.disturbed, line.features, expect=True, sound=line.sound), rng


def measured(model, line: Line, batches: int, seed: int, sizes: Sequence[int] = SIZES) -> dict[str, float]:
    total: dict[str, float] = {}
    count = 0.0
    for t, rng in tables_of(line, batches, seed, sizes):
        asked, truth = t.asked[:, t.context:], t.value[:, t.context:]
        for name, said in rows(model, t, rng).items():
            part = said if name in COVERAGE else (said - truth).clamp(-train.LIMIT, train.LIMIT) ** 2
            total[name] = total.get(name, 0) + float((part * asked).sum())
        count += float(asked.sum())
    return {name: value / count for name, value in total.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--set", choices=list(SETS), default="families")
    parser.add_argument("--batches", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="variables of a table")
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = load(options.checkpoint)
    plain = ["no change", "process", "kin process", "effects added", "ridge"]
    names = [*plain, "reader", "no graph", "wrong graph", "no plain rows", "world itself", *COVERAGE]
    print(f"| worlds | query | {' | '.join(names)} | against the best plain row |")
    print("|---|---|" + "---|" * (len(names) + 1))
    for line in SETS[options.set]():
        found = measured(model, line, options.batches, options.seed, options.sizes)
        gain = found["reader"] / min(found[name] for name in plain) - 1
        cells = " | ".join(f"{found[name]:.3f}" for name in names)
        print(f"| {line.title} | {line.kind} | {cells} | {100 * gain:+.0f} % |", flush=True)


if __name__ == "__main__":
    main()
