"""Judge the regulator's plain weights by training rows alone: what a change of the graph or of the fit is worth.

    python breast_judge.py MD-MCF7.csv MD-BT20.csv MD-BT549.csv

Mean squared errors over the sites that are the regulator's: levels under stimuli that were left out; effects of the FGFR
inhibitor under them; the same effects by weights fitted to untreated rows, for which the inhibitor is as new as those of the
benchmark. Mechanisms are as fitted in models/breast. No row of another inhibitor is read.
"""

import argparse

import numpy as np
import torch

from breast.fit import problem_of
from breast.folder import examples_of
from breast.learned import Examples, Regulator, chosen, plain_answers, predicted, proxy_columns
from breast.midas import read_training
from breast_known import fitted_theta


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="+", help="MIDAS tables of lines that have a folder in models/breast")
    torch.set_num_threads(1)
    print(f"{'':24}   levels  effects   unseen")
    rows = {"no answer": [], "plain": []}
    for table in parser.parse_args().tables:
        problem = problem_of(read_training(table))
        examples = examples_of(problem, fitted_theta(problem))
        theirs = [i for i in range(len(examples.observables)) if i not in problem.columns]
        for name, answer in (("no answer", None), ("plain", plain)):
            rows[name].append(judged(examples, theirs, answer))
            say(f"{problem.training.line}, {name}", rows[name][-1])
    for name, found in rows.items():
        say(f"mean, {name}", np.mean(found, 0))


def plain(part: Examples) -> Regulator:
    """The default regulator, fitted to some rows."""
    return Regulator(plain_answers(part), proxy_columns(part), part.observables, False)


def judged(examples: Examples, sites: list[int], fitted) -> list[float]:
    """Errors of levels, effects and unseen effects."""
    stimuli = list(range(len(examples.level)))
    gaps = [gap(examples, [s], fitted, [o for o in stimuli if o != s]) for s in stimuli]
    levels = [np.nanmean(g[..., sites] ** 2) for g in gaps]
    unseen = gap(examples, stimuli, fitted, stimuli, [0])
    return [float(np.mean(levels)), effects(np.concatenate(gaps), sites), effects(unseen, sites)]


def gap(examples: Examples, on: list[int], fitted, by: list[int], inhibitors: list[int] | None = None) -> np.ndarray:
    """Predicted minus measured levels of stimuli `on` after a fit to stimuli `by`."""
    rest = chosen(examples, on)
    return -rest.level if fitted is None else predicted(fitted(chosen(examples, by, inhibitors)), rest) - rest.level


def effects(gaps: np.ndarray, sites: list[int]) -> float:
    """Mean squared error of FGFR-inhibited minus untreated after the start."""
    return float(np.nanmean((gaps[:, 1, 1:] - gaps[:, 0, 1:])[..., sites] ** 2))


def say(name: str, figures) -> None:
    print(f"{name:24} " + " ".join(f"{x:8.4f}" for x in figures), flush=True)


if __name__ == "__main__":
    main()
