"""Write the tables of a made-up organism: a regulated network, its strains, media and laboratories.

Usage: python simulate_own.py FOLDER [--genes 40] [--regulators 10] [--projects 4] [--seed 3]

samples.csv (log2 levels), perturbations.csv, graph.csv: what train_own.py reads. Steady states of production that
regulators multiply by a Hill factor, against loss at rate 1; two of the regulators answer to the medium.
"""

import argparse
import csv
from pathlib import Path

import numpy as np

NOISE, HANDLING, HILL = 0.12, 0.25, 2.0


def network(rng: np.random.Generator, genes: int, regulators: int) -> np.ndarray:
    """[genes, genes] log2 strength by which the column's regulator acts on the row's gene; no loops but through one step."""
    strength = np.zeros((genes, genes))
    for target in range(genes):
        able = [r for r in range(regulators) if r != target and (target >= regulators or r < target)]
        for r in rng.choice(able, min(len(able), rng.integers(1, 4)), replace=False) if able else []:
            strength[target, r] = rng.choice([-1, 1], p=[0.35, 0.65]) * rng.uniform(0.8, 2.5)
    return strength


def steady(strength: np.ndarray, made: np.ndarray, medium: np.ndarray) -> np.ndarray:
    """log2 levels; `made` production relative to the wild type's, `medium` added to each gene's logarithm."""
    x = np.ones(len(made))
    for _ in range(200):
        felt = x**HILL / (1 + x**HILL) - 0.5
        x = 0.5 * x + 0.5 * made * 2.0 ** (strength @ felt + medium)
    return np.log2(x + 0.02)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--genes", type=int, default=40)
    parser.add_argument("--regulators", type=int, default=10)
    parser.add_argument("--projects", type=int, default=4)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    n, regulators = options.genes, options.regulators
    names = [f"reg{chr(65 + i)}" if i < regulators else f"gene{i + 1}" for i in range(n)]
    strength = network(rng, n, regulators)
    answer = np.zeros(n)
    answer[[0, 1]] = 1.5, -1.5
    samples, rows = {}, []
    for k in range(options.projects):
        handling = HANDLING * rng.standard_normal(n)
        oxygen = k % 2
        lost = ["", *rng.choice(n, 9, replace=False)]
        for gene in lost:
            level = 1.0 if gene == "" else rng.choice([0.0, 0.0, 0.3])
            made = np.ones(n)
            if gene != "":
                made[gene] = level
            state = steady(strength, made, answer * oxygen) + handling
            for replicate in (1, 2):
                name = f"lab{k + 1}-{names[gene] if gene != '' else 'wt'}-{replicate}"
                samples[name] = state + NOISE * rng.standard_normal(n)
                word = "" if gene == "" else names[gene]
                rows.append([name, word if level == 0 else "", word if level == 0.3 else "", f"lab{k + 1}", oxygen])
    options.folder.mkdir(parents=True, exist_ok=True)
    def write(file: str, lines) -> None:
        with (options.folder / file).open("w", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(lines)

    write("samples.csv", [["gene", *samples], *([g, *(f"{samples[s][i]:.4f}" for s in samples)] for i, g in enumerate(names))])
    write("perturbations.csv", [["sample", "knockout", "knockdown", "project", "oxygen"], *rows])
    write("graph.csv", [["regulator", "gene", "sign"], *([names[r], names[t], "+" if strength[t, r] > 0 else "-"]
                                                        for t, r in np.argwhere(strength))])


if __name__ == "__main__":
    main()
