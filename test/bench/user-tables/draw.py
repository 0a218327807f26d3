"""Tables of the training's simulator as users might bring them, for `user-tables.ts` and `stacking-rules.ts`.

Usage: python draw.py FILE [--tables 240] [--seed 77]

One JSON document a line: experiments of 3 to 40 sets of interventions with their controls, and four knockouts left out
with what they really do. Values are in spreads of changes, controls beside zero: what a table of logarithms looks like.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "models/training/incontext"))

import experiments  # noqa: E402
import train  # noqa: E402
from features import ALL, NONE  # noqa: E402
from worlds import CLAMPED, CUT, GAIN, LOSS, OUTSIDE  # noqa: E402

SIZES = ((3, 12), (5, 16), (10, 20), (20, 30), (40, 40))
HELD = 4
UNSEEN = (train.HELD_OUT_LOGIC, train.HELD_OUT_GRAPH)
# Family, logic, shape of the graph, style of the experiments, whether cultures differ, features.
FAMILIES = (
    ("plain", "or", "scale-free", "screen", False, NONE),
    ("cultures differ", "and", "layered", "screen", True, NONE),
    ("unseen worlds", *UNSEEN, "screen", False, NONE),
    ("unseen, all features", *UNSEEN, "screen", True, ALL),
    ("signalling", "signalling", "cascade", "screen", True, ALL),
    ("regulators beside", "additive", "random", "outside", True, ALL),
    ("unseen, regulators beside", *UNSEEN, "outside", True, ALL),
)


def interventions(acts: np.ndarray, change: np.ndarray, control: np.ndarray, known: np.ndarray) -> list[dict]:
    """What was done, as the table's own words; effects of regulators beside it come with them."""
    found = []
    for v in np.flatnonzero(np.abs(acts[:, :OUTSIDE]).max(-1)):
        target, (clamped, lost, gained, cut) = f"G{v}", (acts[v, c] for c in (CLAMPED, LOSS, GAIN, CUT))
        if clamped:
            found.append({"kind": "clamp", "target": target, "amount": float(control[v] + change[v])})
        if lost >= 1 and known[v]:
            found.append({"kind": "knockout", "target": target, "amount": 1})
        elif lost:
            found.append({"kind": "knockdown", "target": target, "amount": float(lost)})
        if gained:
            found.append({"kind": "overexpression", "target": target, "amount": float(gained)})
        if cut:
            found.append({"kind": "inhibition", "target": target, "amount": float(cut)})
    return found


def beside(acts: np.ndarray, row: int) -> tuple[list[dict], dict]:
    """A loss of a regulator that is no variable: named by what it acts on, or by its row where nobody knows."""
    effects = np.round(-acts[:, OUTSIDE], 4)
    name = f"R{row}" if not effects.any() else "R" + "".join(f"_{v}{effects[v]:+}" for v in np.flatnonzero(effects))
    return [{"kind": "knockout", "target": name, "amount": 1}], {name: effects.tolist()} if effects.any() else {}


def table(rng: np.random.Generator, family: tuple, sets: int, n: int) -> dict | None:
    name, logic, graph, style, disturbed, features = family
    t = experiments.tables(rng, logic, graph, 1, n, sets + 4, ["single"] * HELD, style, disturbed, features)
    value, state, known, acts, perturbed, asked = (
        x[0].numpy() for x in (t.value, t.state, t.known, t.do, t.perturbed, t.asked)
    )
    if not asked[t.context:].any(-1).all():
        return None
    # `state` is in spreads of all that was measured, squares of distance and change added: back to spreads of changes.
    share = np.minimum(0.99, (state[: t.context] ** 2).mean(0))
    control = state / np.sqrt(1 - share)
    groups = {row.tobytes(): f"P{k}" for k, row in reversed(list(enumerate((np.round(state, 5) + 0.0))))}
    outside: dict = {}
    rows, seen = [], set()
    for r, change in enumerate(value):
        did = interventions(acts[r], change, control[r], known[r])
        if perturbed[r] and (style == "outside" or not did):
            did, effects = beside(acts[r], r)
            outside |= effects
        query = r >= t.context
        if not query and perturbed[r]:
            key = json.dumps(did)
            if len(seen | {key}) > sets:
                continue
            seen.add(key)
        elif not query:
            continue
        shown = control[r] + change
        held = [f"G{v}" for v in np.flatnonzero(known[r])] if query else []
        values = [float(x) if query or k else None for x, k in zip(shown, known[r])]
        rows.append({"project": groups[(np.round(state, 5) + 0.0)[r].tobytes()], "query": query, "interventions": did, "values": values,
                     "held": held})
    for project in sorted({row["project"] for row in rows}):
        k = next(i for i, row in enumerate((np.round(state, 5) + 0.0)) if groups[row.tobytes()] == project)
        rows.append({"project": project, "query": False, "interventions": [], "values": control[k].tolist(), "held": []})
    matrix = t.graph[0].numpy()
    return {"family": name, "sets": sets, "variables": n, "rows": rows, "matrix": matrix.ravel().tolist(), "outside": list(outside.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--tables", type=int, default=210)
    parser.add_argument("--seed", type=int, default=77)
    options = parser.parse_args()
    with options.file.open("w") as file:
        made, k = 0, 0
        while made < options.tables:
            family, size = FAMILIES[made % len(FAMILIES)], SIZES[(made // len(FAMILIES)) % len(SIZES)]
            found = table(np.random.default_rng([options.seed, k]), family, *size)
            k += 1
            if found is not None:
                file.write(json.dumps(found) + "\n")
                made += 1


if __name__ == "__main__":
    main()
