"""Write models/ecoli/conditions.json: where the regulators' training conditions lie, to tell how far a cell is from them.

Usage: python conditions.py

`states`: activities of every condition, in tenths of the iModulon's standard deviation. `questions`: the distinct media
(minus the reference's) with their effector levels, divided by 3; null where no effector is known. `nearest`: how far the
conditions lie from their nearest one, 95 % of them and all of them: root mean square for states, Euclidean for questions,
`environment` without effectors.
"""

import json

import numpy as np

import cards
import effectors
import environment
import examples
import samples as sample_table
from paths import MODELS

TENTHS = 10
EFFECTOR_UNIT = 3.0


def nearest(distance: np.ndarray) -> list[float]:
    """What 95 % of the distances to the nearest other one stay below, and all of them."""
    np.fill_diagonal(distance, np.inf)
    return [round(float(v), 4) for v in np.quantile(distance.min(1), [0.95, 1.0])]


def apart(a: np.ndarray) -> np.ndarray:
    return np.sqrt(((a[:, None] - a[None]) ** 2).sum(-1))


def apart_with_effectors(surroundings: np.ndarray, level: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Effectors count where both know them."""
    both = known[:, None] * known[None]
    return np.sqrt(apart(surroundings) ** 2 + (((level[:, None] - level[None]) * both) ** 2).sum(-1))


def sparse(row: np.ndarray) -> list[list[float]]:
    return [[int(i), round(float(row[i]), 4)] for i in np.flatnonzero(row)]


def main() -> None:
    samples = sample_table.load()
    table = examples.conditions(samples, np.ones(len(samples.ids), bool))
    scale = samples.activity.std(0)
    states = np.rint(TENTHS * table.activity / scale).astype(int)
    reference = samples.environment[samples.rows(cards.REFERENCE_SAMPLES)].mean(0)
    count = len(reference)
    whole = np.concatenate([table.environment - reference, table.effector / EFFECTOR_UNIT * table.known, table.known], 1)
    questions = np.unique(whole.round(4), axis=0)
    surroundings, level, known = np.split(questions, [count, count + len(effectors.NAMES)], axis=1)
    told = known.sum(1) > 0
    body = {
        "id": "ecoli-conditions",
        "kind": "conditions",
        "activities": samples.imodulons,
        "environment": environment.NAMES,
        "effectors": effectors.NAMES,
        "scale": [round(float(v), 5) for v in scale],
        "states": states.tolist(),
        "questions": [
            {"environment": sparse(e), "effectors": [[int(i), round(float(v[i]), 4)] for i in np.flatnonzero(k)] or None}
            for e, v, k in zip(surroundings, level, known)
        ],
        "nearest": {
            "state": nearest(apart(states / TENTHS) / np.sqrt(len(scale))),
            "question": nearest(apart_with_effectors(surroundings[told], level[told], known[told])),
            "environment": nearest(apart(np.unique(surroundings, axis=0))),
        },
    }
    path = MODELS / "conditions.json"
    path.write_text(json.dumps(body, separators=(",", ":")) + "\n")
    print(f"{path}: {len(states)} states, {len(questions)} questions, nearest {body['nearest']}")


if __name__ == "__main__":
    main()
