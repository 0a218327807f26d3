"""Write breast/known.json, what lines tell about others, from the training rows of their tables.

    python breast_known.py MD-MCF7.csv MD-BT20.csv MD-BT549.csv

Weights come from the folders in models/breast without a centre of their own, so that lines don't lean on each other twice.
"""

import argparse
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from breast.fit import Problem, problem_of
from breast.folder import examples_of
from breast.known import signals_of, weights_of, write
from breast.learned import plain_answers
from breast.midas import Training, read_training

CELLS = Path(__file__).parents[1] / "breast"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="+", help="MIDAS tables of lines that have a folder in models/breast")
    trainings = [read_training(table) for table in parser.parse_args().tables]
    write({t.line: {"signals": signals_of(t), "weights": weights_of(t.observables, own_weights(t))} for t in trainings})


def own_weights(training: Training) -> np.ndarray:
    """Weights that the line's own rows give, shape [effectors, antibodies]."""
    problem = problem_of(training)
    examples = examples_of(problem, fitted_theta(problem))
    return plain_answers(replace(examples, centre=np.zeros_like(examples.centre)))["kinases"]


def fitted_theta(problem: Problem) -> np.ndarray:
    """The estimates of a line that has a folder in models/breast."""
    fit = json.loads((CELLS / problem.training.line / "fit.json").read_text())["parameters"]
    return np.array([fit[name]["ln"] for name in problem.names])


if __name__ == "__main__":
    main()
