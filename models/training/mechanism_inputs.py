"""Do inputs that the mechanistic side computes help on carbon sources never seen?

Usage: python mechanism_inputs.py

Pairs of conditions of one project that differ in carbon source or oxygen and in no gene. One source at a time is held out
with every pair that it is part of; ridge on the medium, on effectors (effectors.csv: cAMP, sugar phosphates, PEP, pyruvate,
glyoxylate, redox, mostly simulated), on flux balance (fluxes.csv: growth, by-products and fluxes of central metabolism), and
on these beside the medium. Errors in units of each iModulon's variance, averaged over sources.
"""

import numpy as np

import environment
import examples
import fluxes
import genes as gene_table
import samples as sample_table

PENALTIES = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
DRAWS = 4000


def shifts() -> tuple[examples.Examples, dict[str, np.ndarray], np.ndarray, np.ndarray]:
    """Pairs, which of them each held-out source is part of, the spread of each iModulon, and changes by flux balance."""
    samples = sample_table.load()
    table = examples.conditions(samples, np.ones(len(samples.ids), bool))
    e, _ = examples.pairs(table, gene_table.perturbable(samples))
    columns = [i for i, n in enumerate(environment.NAMES) if n.startswith("carbon:") or n == "oxygen"]
    moved = e.environment[:, columns] != 0
    keep = (e.perturbation == 0).all(1) & moved.any(1) & (e.known.sum(1) >= 3)
    part = {environment.NAMES[c].split(":")[-1]: moved[keep, k] for k, c in enumerate(columns)}
    balance, known = fluxes.levels(table.environment)
    reference, other = np.array(examples.pair_index(table))[keep].T
    flux = (balance[other] - balance[reference]) * (known[other] & known[reference])[:, None]
    parts = {n: p for n, p in part.items() if p.any() and n != "glucose"}
    return e.take(keep), parts, samples.activity.std(0), flux / np.maximum(flux.std(0), 1e-9)


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, penalty: float) -> np.ndarray:
    return np.linalg.solve((x * w[:, None]).T @ x + penalty * np.eye(x.shape[1]), (x * w[:, None]).T @ y)


def held_out(x: np.ndarray, e: examples.Examples, part: dict[str, np.ndarray], scale: np.ndarray) -> np.ndarray:
    """Error on each source, the penalty chosen by leaving other sources out."""
    def error(train, test, penalty):
        return (((x[test] @ fit(x[train], e.change[train], e.weight[train], penalty) - e.change[test]) / scale) ** 2).mean()

    out = []
    for name, test in part.items():
        inside = {n: p & ~test for n, p in part.items() if n != name and (p & ~test).any()}
        cost = [sum(error(~test & ~p, p, penalty) for p in inside.values()) for penalty in PENALTIES]
        out.append(error(~test, test, PENALTIES[int(np.argmin(cost))]))
    return np.array(out)


def main() -> None:
    e, part, scale, flux = shifts()
    effector = e.effector * e.known / 3
    rows = {"medium": [e.environment], "effectors": [effector], "flux balance": [flux], "medium and effectors": [e.environment, effector],
            "medium and flux balance": [e.environment, flux], "all three": [e.environment, effector, flux]}
    errors = {"no change": np.array([((e.change[p] / scale) ** 2).mean() for p in part.values()])}
    errors |= {name: held_out(np.concatenate(x, 1), e, part, scale) for name, x in rows.items()}
    draws = np.random.default_rng(1).integers(len(part), size=(DRAWS, len(part)))
    print(f"{len(e.weight)} pairs, held out in turn: {', '.join(part)}")
    for name, found in errors.items():
        difference = found - errors["medium"]
        low, high = np.quantile(difference[draws].mean(1), [0.025, 0.975])
        print(f"{name}: {found.mean():.3f}; less the medium's {difference.mean():+.3f} ({low:+.3f} to {high:+.3f})")


if __name__ == "__main__":
    main()
