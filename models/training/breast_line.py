"""Fit one line from its untreated and FGFR-inhibited rows, and write its cell.

    python breast_line.py --data FILE.csv --out FOLDER [--starts 6] [--seed 1]

FILE is a MIDAS table; rows with any other inhibitor are counted and not looked at. FOLDER gets breast.cell.yaml,
plain.onnx, transformer.onnx and random-graph.onnx (a control) with their cards, and fit.json, which `cellweave evaluate
breast-inhibitors --data FILE --cell FOLDER` scores and any scenario can name as its cell. Half a minute of one core; the
same seed gives the same folder. Files are moved into place when all are written: stopped before, nothing is changed.
"""

import argparse
import logging
import warnings
from pathlib import Path

import numpy as np
import torch

from breast.fit import fit, problem_of
from breast.folder import examples_of, write
from breast.known import unit_notes
from breast.learned import PROXIES, fit_regulator, proxy_columns
from breast.midas import read_training
from breast.ridge import EFFECTORS


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="MIDAS table of one line")
    parser.add_argument("--out", required=True, type=Path, help="folder that is written")
    parser.add_argument("--starts", type=int, default=6, help="starts of the fit (default 6)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.starts < 1:
        parser.error(f"--starts: expected 1 or more, got {given.starts}")
    if given.out.exists() and not given.out.is_dir():
        parser.error(f"--out: {given.out} is not a folder")
    torch.set_num_threads(1)
    for exporter in ("torch.onnx", "onnxscript"):
        logging.getLogger(exporter).setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module=r"torch|copyreg|onnxscript")
    training = read_training(given.data)
    problem = problem_of(training)
    said(training, problem)
    fitted = fit(problem, given.starts, given.seed)
    print("regulators", flush=True)
    examples = examples_of(problem, fitted.theta)
    models, report = fit_regulator(examples, given.seed)
    for name, errors in report["left_out"].items():
        print(f"  left out, {name}: mean squared error {errors['plain']:.4f}, with transformer {errors['with_transformer']:.4f}")
    columns = proxy_columns(examples)
    for kinase in PROXIES:
        if list(EFFECTORS).index(kinase) not in columns:
            print(f"  note: no antibody stands for {kinase}: in the learned arm a drug that blocks it takes nothing there")
    write(given.out, problem, fitted, models, report, given.seed)
    print(f"wrote {given.out}")


def said(training, problem) -> None:
    """What was found in the table, in words."""
    missing = [a for a, rest in zip(training.observables, np.isfinite(training.level).any((0, 1, 2))) if not rest]
    print(f"{training.line}: {len(training.observables)} antibodies; {len(problem.columns)} follow the mechanism: "
          f"{', '.join(training.observables[c] for c in problem.columns)}")
    print(f"  {', '.join(training.stimuli)} at {', '.join(f'{t:g}' for t in training.times)} min; "
          f"{training.left_out} rows of other inhibitors left alone")
    for note in [*training.notes, *([f"never measured: {', '.join(missing)}"] if missing else []),
                 *unit_notes(training)]:
        print(f"  note: {note}")
    if not problem.columns:
        raise SystemExit("no antibody of the table is one that the mechanism knows: spellings are in models/breast/names.json")


if __name__ == "__main__":
    main()
