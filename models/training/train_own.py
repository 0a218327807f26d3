"""Train and judge regulators on your own data.

Usage: python train_own.py --samples S.csv --perturbations P.csv [--graph G.csv] --out FOLDER

S   values of variables (expression of genes, activities) in samples; either way round, the first column names the rows
P   a row a sample: sample, knockout (knockdown, overexpression: genes joined by +), control, project; any other column
    is part of the environment. Where control is empty, unperturbed samples of the project are it
G   edges: source, target, sign (CSV), or a network as in networks/*.json

FOLDER gets regulator.onnx with its card, ridge.json, plain.json, a cell that runs, the evaluation table and README.md.
Seeded; a run that is stopped goes on where it was. --check reads the tables, says what it understood, and stops.
"""

import argparse
import os
import shlex
import sys
import time
from pathlib import Path

os.environ.setdefault("CELLWEAVE_DATA", "")

from own.wrong import Wrong, say, some  # noqa: E402


def parse(args: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--perturbations", type=Path, required=True)
    parser.add_argument("--graph", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--unit", default="auto", help="of the samples: log2, ln, log10, linear, counts; default: by their looks")
    parser.add_argument("--ignore", action="append", default=[], metavar="COLUMN", help="of the perturbation table; repeatable")
    parser.add_argument("--variables", type=int, default=400, help="at most so many, those that move most; default 400")
    parser.add_argument("--reference", help="sample or condition that a cell starts from; default: the most used control")
    parser.add_argument("--steps", type=int, default=300, help="of training on all pairs of conditions; default 300")
    parser.add_argument("--tune", type=int, default=60, help="of training on the matched pairs; default 60")
    parser.add_argument("--folds", type=int, default=5, help="of genotypes, and of projects, for the transformer; default 5")
    parser.add_argument("--no-transformer", action="store_true", help="plain rows and ridge alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true", help="read and check the tables, then stop")
    return parser.parse_args(args)


def checked(options: argparse.Namespace):
    """The task, every table read."""
    from own.measured import UNITS, measured
    from own.network import network
    from own.perturbed import perturbed
    from own.task import task

    if options.unit not in UNITS:
        raise Wrong(f"--unit {options.unit}", f"one of {', '.join(sorted(UNITS))}")
    for name, least in (("variables", 3), ("steps", 1), ("tune", 0), ("folds", 2)):
        if getattr(options, name) < least:
            raise Wrong(f"--{name} {getattr(options, name)}", f"at least {least}")
    table = perturbed(options.perturbations, options.ignore)
    data = measured(options.samples, [s.id for s in table.samples], options.unit)
    for note in [*table.notes, *data.notes]:
        say(note)
    read = lambda variables, genes: network(options.graph, variables, genes)  # noqa: E731
    found = task(data, table, read, options.variables, options.reference)
    for note in [*found.measured.notes[len(data.notes):], *found.graph.notes]:
        say(note)
    return found


def main(args: list[str]) -> int:
    options = parse(args)
    try:
        task = checked(options)
        from own.report import describe

        for line in describe(task):
            say(line)
        if options.check:
            p = task.pairs
            say(f"first pairs: {some((f'{g} in {c}' for g, c in zip(p.genotype, p.condition)), 4)}")
            print("the tables can be trained on")
            return 0
        if options.out is None:
            raise Wrong("--out is missing", "name the folder that the regulators are written to")
        if options.out.exists() and not options.out.is_dir():
            raise Wrong(f"--out {options.out} is a file", "name a folder")
        from own.pipeline import run

        started = time.process_time()
        run(task, options, shlex.join(["python", "train_own.py", *args]))
        say(f"done in {time.process_time() - started:.0f} s of processor time: {options.out}/README.md")
        return 0
    except Wrong as wrong:
        print(f"error: {wrong}", file=sys.stderr)
        if wrong.hint:
            print(f"  {wrong.hint}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as missing:
        print(f"error: this Python has no '{missing.name}'", file=sys.stderr)
        print(f"  {sys.executable} -m pip install -r {Path(__file__).with_name('requirements.txt')}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
