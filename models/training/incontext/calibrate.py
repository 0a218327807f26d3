"""Widen or narrow the reader's spreads so that 90 % intervals hold 90 % of the truth in worlds of the training families.

Usage: python calibrate.py CHECKPOINT [--batches 12] [--seed 2000]

The factor is kept in the checkpoint; evaluation and export apply it. No measured sample and no unseen family is used.
"""

import argparse
from itertools import product
from pathlib import Path

import numpy as np
import torch

import train
from evaluate_worlds import Line, tables_of
from features import MORE, NONE
from model import load

REACH = 1.645


@torch.no_grad()
def widths(model, line: Line, batches: int, seed: int) -> np.ndarray:
    """Errors of all answers that count, in spreads."""
    found = []
    for t, _ in tables_of(line, batches, seed):
        mean, spread = model(t)
        error = (mean - t.value[:, t.context:]).abs() / spread.exp()
        found.append(error[t.asked[:, t.context:] > 0].numpy())
    return np.concatenate(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--batches", type=int, default=12)
    parser.add_argument("--seed", type=int, default=2000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.checkpoint, weights_only=False)
    torch.save(state | {"temperature": 1.0}, options.checkpoint)
    model = load(options.checkpoint)
    rng = np.random.default_rng(options.seed)
    lines = [
        Line("", str(rng.choice(train.WIDE.logics)), str(rng.choice(train.WIDE.graphs)), kind, disturbed, features=features)
        for kind, disturbed, features in product(("single", "double"), (False, True), (NONE, MORE))
    ]
    errors = [widths(model, line, options.batches, options.seed + k) for k, line in enumerate(lines)]
    # Families count alike, however many answers they have.
    grid = np.geomspace(0.5, 2, 281)
    inside = np.mean([[(e <= REACH * t).mean() for t in grid] for e in errors], 0)
    temperature = float(grid[np.searchsorted(inside, 0.9)])
    torch.save(state | {"temperature": temperature}, options.checkpoint)
    print(f"temperature {temperature:.3f}")
    for line, e in zip(lines, errors):
        print(line.logic, line.graph, line.kind, f"disturbed {line.disturbed}", f"all features {line.features == MORE}",
              f"inside {(e <= REACH).mean():.3f}, now {(e <= REACH * temperature).mean():.3f}")


if __name__ == "__main__":
    main()
