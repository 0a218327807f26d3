"""Fit one line from its untreated and FGFR-inhibited rows, and write its cell.

    python breast_line.py --data FILE.csv --out FOLDER [--starts 6] [--seed 1]

FILE is a MIDAS table; rows with any other inhibitor are counted and not looked at. FOLDER gets breast.cell.yaml,
plain.onnx and transformer.onnx with their cards, and fit.json, which `cellweave evaluate breast-inhibitors --data FILE --cell FOLDER`
scores and any scenario can name as its cell.
"""

import argparse
from pathlib import Path

import torch

from breast.fit import fit, problem_of
from breast.folder import examples_of, write
from breast.learned import fit_regulator
from breast.midas import read_training


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="MIDAS table of one line")
    parser.add_argument("--out", required=True, type=Path, help="folder that is written")
    parser.add_argument("--starts", type=int, default=6, help="starts of the fit (default 6)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    torch.set_num_threads(1)
    training = read_training(given.data)
    problem = problem_of(training)
    owned = len(problem.columns)
    print(f"{training.line}: {len(training.observables)} antibodies, {owned} of them the mechanism's; "
          f"{training.left_out} rows of other inhibitors left alone")
    fitted = fit(problem, given.starts, given.seed)
    plain, gated, report = fit_regulator(examples_of(problem, fitted.theta), given.seed)
    for name, errors in report["left_out"].items():
        print(f"  left out, {name}: {errors}")
    write(given.out, problem, fitted, {"plain": plain, "transformer": gated}, report, given.seed)
    print(f"wrote {given.out}")


if __name__ == "__main__":
    main()
