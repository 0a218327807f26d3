"""What each part of the recipe is worth: small readers, each trained with one thing changed, on worlds none has seen.

Usage: python ablate.py [--steps 600] [--seed 1] [--only NAME ...] [--out FILE.json]

All see the same number of tables (up to 20 variables, drawn from the same seed) and are judged on the same tables: the
logic `thermodynamic` and the graph family `modular`, clean, with all that sets measured tables apart, and with few
experiments. One thread; rows that FILE.json already has are not made again.
"""

import argparse
import json
import tempfile
import time
from dataclasses import dataclass, fields, replace
from pathlib import Path

import numpy as np
import torch

import experiments
import train
from evaluate_worlds import UNSEEN, plain_predictions
from features import MORE, NONE, Features
from model import Reader, Shape

SMALL = Shape(width=32, layers=3, heads=4, hidden=80)
DIET = replace(train.WIDE, variables=(5, 20), most_context=40, cells=3000)
# Readers this small are faster in float32.
STAGE = train.Stage(0, DIET, 2e-3, 0.0, torch.float32, limit=6.0, tails=True)
SIZES, BATCHES = (8, 12, 20), 9


class Unaided(Reader):
    """Given the plain predictions as inputs, but not as what its answer starts from."""

    def mean(self, correction: torch.Tensor, plain: torch.Tensor) -> torch.Tensor:
        return correction


@dataclass(frozen=True)
class Change:
    """One thing that is other than in the full recipe."""

    stage: train.Stage = STAGE
    shape: Shape = SMALL
    graph: str = "true"
    reader: type[Reader] = Reader
    seed: int = 0  # added to that of the first weights


def without(**parts) -> Change:
    return Change(replace(STAGE, diet=replace(DIET, **parts)))


def changes() -> dict[str, Change]:
    """Changes that leave the training's tables as they are, then those that don't."""
    left_out = {f"no {f.name}": without(features=replace(MORE, **{f.name: False})) for f in fields(Features)}
    return {
        "full": Change(),
        "full, other first weights": Change(seed=1),
        "no graph": Change(graph="none"),
        "random graph": Change(graph="random"),
        "no residual": Change(reader=Unaided),
        "half as wide": Change(shape=replace(SMALL, width=16, hidden=40)),
        "twice as wide": Change(shape=replace(SMALL, width=64, hidden=160)),
        "one layer less": Change(shape=replace(SMALL, layers=2)),
        "errors linear beyond 3": Change(replace(STAGE, limit=3.0)),
        "Gaussian spreads": Change(replace(STAGE, tails=False)),
        "no disturbance": without(disturbed=False),
        "no environments": without(environments=False),
        "five logics, one a world": without(logics=train.LOGICS, mixed=0.0),
        "seldom few experiments": without(few=0.0),
        **left_out,
        "no signalling": without(logics=[name for name in DIET.logics if name != "signalling"]),
        "no messengers and proteins": without(graphs=[name for name in DIET.graphs if name != "layered"]),
    }


def judged() -> dict[str, list[tuple[experiments.Tables, np.random.Generator]]]:
    """Tables by line, the same for all."""
    lines = {
        "clean single": ("single", False, NONE, 30), "clean double": ("double", False, NONE, 30),
        "disturbed single": ("single", True, MORE, 30), "disturbed double": ("double", True, MORE, 30),
        "5 experiments, single": ("single", True, MORE, 5),
    }
    return {name: [table(*line, k) for k in range(BATCHES)] for name, line in lines.items()}


def table(kind: str, disturbed: bool, features: Features, most: int, k: int) -> tuple[experiments.Tables, np.random.Generator]:
    rng, n = np.random.default_rng([9000, k]), SIZES[k % len(SIZES)]
    context = min(most, max(8, 3 * n // 2))
    return experiments.tables(rng, *UNSEEN, 480 // n, n, context, [kind] * 6, "screen", disturbed, features), rng


def error(said: torch.Tensor, t: experiments.Tables) -> tuple[float, float]:
    asked, truth = t.asked[:, t.context:], t.value[:, t.context:]
    return float(((said - truth).clamp(-train.LIMIT, train.LIMIT) ** 2 * asked).sum()), float(asked.sum())


@torch.no_grad()
def measured(model: Reader, how: str, lines: dict) -> dict[str, float]:
    found = {}
    for name, tables in lines.items():
        errors = [error(model(train.change_graph(t, how, np.random.default_rng(k)))[0], t) for k, (t, _) in enumerate(tables)]
        found[name] = sum(e for e, _ in errors) / sum(n for _, n in errors)
    return found


def best_plain(lines: dict) -> dict[str, float]:
    found = {}
    for line, tables in lines.items():
        said = [(plain_predictions(t), t) for t, _ in tables]
        sums = [[error(row[name], t) for row, t in said] for name in said[0][0]]
        found[line] = min(sum(e for e, _ in one) / sum(n for _, n in one) for one in sums)
    return found


class Larder:
    """The tables of one diet, drawn once for all that are trained on it."""

    def __init__(self, steps: int, seed: int) -> None:
        self.steps, self.seed, self.diet, self.tables = steps, seed, None, []

    def of(self, diet: train.Diet) -> list[experiments.Tables]:
        if diet != self.diet:
            self.diet, self.tables = diet, [train.batch(np.random.default_rng([self.seed, k]), diet) for k in range(self.steps)]
        return self.tables


def trained(change: Change, larder: Larder) -> Reader:
    torch.manual_seed(larder.seed + change.seed)
    training = train.Training(change.shape, larder.seed, Path(tempfile.mkdtemp()), change.reader)
    for k, t in enumerate(larder.of(change.stage.diet)):
        shown = train.change_graph(t, change.graph, np.random.default_rng([larder.seed, k]))
        training.fit(shown, change.stage, k / larder.steps)
    return training.model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--out", type=Path, default=Path("runs/ablations.json"))
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    done = json.loads(options.out.read_text()) if options.out.exists() else {}
    lines, larder = judged(), Larder(options.steps, options.seed)
    done["best plain row"] = best_plain(lines)
    for name, change in changes().items():
        if name in done or (options.only is not None and name not in options.only):
            continue
        begun = time.process_time()
        done[name] = measured(trained(change, larder), change.graph, lines)
        options.out.write_text(json.dumps(done, indent=1))
        print(f"{name}: {time.process_time() - begun:.0f} s", flush=True)
    print(f"| what | {' | '.join(lines)} | all, against the full recipe |\n|---|{'---|' * (len(lines) + 1)}")
    for name, found in done.items():
        ratio = np.exp(np.mean([np.log(found[line] / done["full"][line]) for line in lines])) - 1 if "full" in done else np.nan
        print(f"| {name} | {' | '.join(f'{found[line]:.3f}' for line in lines)} | {100 * ratio:+.1f} % |")


if __name__ == "__main__":
    main()
