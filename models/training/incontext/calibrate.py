"""Calibrate the reader's spreads so that 90 % intervals hold 90 % of the truth in worlds of the training families.

Usage: python calibrate.py CHECKPOINT [--batches 12] [--seed 2000]

A spread becomes factor x spread^power: the power brings kinds of worlds and queries together, the factor their mean to
90 %. Both are kept in the checkpoint; evaluation and export apply them. No measured sample and no unseen family is used.
"""

import argparse
from dataclasses import fields, replace
from itertools import product
from pathlib import Path

import numpy as np
import torch

import train
from evaluate_worlds import Line, tables_of
from features import MORE, NONE, Features
from model import load

LEVEL = 0.9
POWERS = np.linspace(0.8, 2, 25)


def calibration_lines(rng: np.random.Generator) -> list[Line]:
    """Single and double knockouts in plain and rich worlds, one feature at a time, and other queries."""
    def world():
        return str(rng.choice(train.WIDE.logics)), str(rng.choice(train.WIDE.graphs))

    lines = [Line("all features" if features == MORE else "none", *world(), kind, disturbed, features=features)
             for kind, disturbed, features in product(("single", "double"), (False, True), (NONE, MORE))]
    lines += [Line(f.name, *world(), "single", True, features=replace(NONE, **{f.name: True})) for f in fields(Features)]
    return lines + [Line("all features", *world(), kind, True, features=MORE)
                    for kind in ("half", "down", "up", "cut", "clamp", "outside")]


@torch.no_grad()
def answers(model, line: Line, batches: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Sizes of errors, and log spreads, of all answers that count."""
    errors, spreads = [], []
    for t, _ in tables_of(line, batches, seed):
        mean, spread = model(t)
        counts = t.asked[:, t.context:] > 0
        errors.append((mean - t.value[:, t.context:]).abs()[counts].numpy())
        spreads.append(spread[counts].numpy())
    return np.concatenate(errors), np.concatenate(spreads)


def coverage(found: list[tuple[np.ndarray, np.ndarray]], factor: float, power: float) -> np.ndarray:
    """Of each line, the share of errors inside 90 % intervals."""
    return np.array([(error <= train.REACH * factor * np.exp(power * spread)).mean() for error, spread in found])


def calibrated(found: list[tuple[np.ndarray, np.ndarray]]) -> tuple[float, float]:
    """Factor and power with which lines, counted alike however many answers they have, differ least."""
    def factor_for(power: float) -> float:
        needed = [np.quantile(error / (train.REACH * np.exp(power * spread)), LEVEL) for error, spread in found]
        grid = np.geomspace(min(needed), max(needed), 200)
        return float(grid[np.argmin([abs(coverage(found, factor, power).mean() - LEVEL) for factor in grid])])

    pairs = [(factor_for(power), float(power)) for power in POWERS]
    return min(pairs, key=lambda pair: coverage(found, *pair).std())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--batches", type=int, default=12)
    parser.add_argument("--seed", type=int, default=2000)
    options = parser.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.checkpoint, weights_only=False)
    torch.save(state | {"spread": (1.0, 1.0)}, options.checkpoint)
    model = load(options.checkpoint)
    lines = calibration_lines(np.random.default_rng(options.seed))
    found = [answers(model, line, options.batches, options.seed + k) for k, line in enumerate(lines)]
    factor, power = calibrated(found)
    torch.save(state | {"spread": (factor, power)}, options.checkpoint)
    print(f"spread = {factor:.3f} spread^{power:.2f}")
    for line, before, after in zip(lines, coverage(found, 1, 1), coverage(found, factor, power)):
        print(line.title, line.logic, line.graph, line.kind, f"disturbed {line.disturbed}: {before:.3f}, now {after:.3f}")


if __name__ == "__main__":
    main()
