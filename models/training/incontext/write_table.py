"""Write a simulated world as the tables `cellweave predict` reads, and what the knockouts left out really do.

Usage: python write_table.py FOLDER [--variables 12] [--logic thermodynamic] [--family modular] [--seed 5]
"""

import argparse
import csv
from pathlib import Path

import numpy as np
import torch

import worlds
from worlds import CHANNELS, LOSS

NOISE = 0.05


def world(rng: np.random.Generator, options: argparse.Namespace) -> tuple[worlds.Worlds, np.ndarray]:
    """One world that settles, and its steady states: untouched first, then each single knockout. [1 + N, N]"""
    n = options.variables
    for _ in range(100):
        w = worlds.draw(rng, options.logic, options.family, 1, n)
        do = torch.zeros(1, n + 1, n, CHANNELS)
        do[0, torch.arange(1, n + 1), torch.arange(n), LOSS] = 1
        x, settled = worlds.settle(w, do, torch.zeros(1, n + 1, n), torch.ones(1, n + 1, n))
        if bool(settled.all()):
            return w, x[0].numpy()
    raise SystemExit("no world settled")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--variables", type=int, default=12)
    parser.add_argument("--logic", choices=worlds.LOGICS, default="thermodynamic")
    parser.add_argument("--family", choices=worlds.GRAPHS, default="modular")
    parser.add_argument("--left-out", type=int, default=3)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    w, x = world(rng, options)
    n = options.variables
    names = [f"G{i + 1}" for i in range(n)]
    held = set(rng.choice(n, options.left_out, replace=False))
    options.folder.mkdir(parents=True, exist_ok=True)
    measure = lambda row: np.round(row * np.exp(NOISE * rng.standard_normal(n)), 4)  # noqa: E731
    with (options.folder / "experiments.csv").open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["experiment", "knockout", *names])
        for replicate in range(3):
            out.writerow([f"control-{replicate + 1}", "", *measure(x[0])])
        for i in range(n):
            if i not in held:
                out.writerow([f"{names[i]}-lost", names[i], *measure(x[i + 1])])
    with (options.folder / "truth.csv").open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["knockout", *names])
        for i in sorted(held):
            out.writerow([names[i], *np.round(x[i + 1], 4)])
    with (options.folder / "graph.csv").open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["source", "target", "sign"])
        for i, row in enumerate(worlds.adjacency(w.parents.numpy(), w.sign.numpy())[0]):
            for j in np.flatnonzero(row):
                out.writerow([names[j], names[i], "+" if row[j] > 0 else "-"])


if __name__ == "__main__":
    main()
