"""How many of 13 projects 90 % intervals could hold within 85 to 95 %, were the predictor's account of its errors perfect.

Usage: python interval_limits.py

Errors are drawn with the shape of kriging's own on held-out genotypes: whole conditions of standardised errors (their
correlation over iModulons and their tails), signs at random, conditions and projects as in table E1, cultures of a project
correlated as much as measured. Widths are set so that 90 % are held on average over projects, over all draws.
"""

import numpy as np

import kriging

DRAWS = 4000
LEVEL = 0.9


def standardised(error: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Errors over the iModulon's and the condition's size, and the logarithm of the latter."""
    size, unit = np.ones(len(error)), np.ones(error.shape[1])
    for _ in range(20):
        unit = np.sqrt(((error / size[:, None]) ** 2).mean(0))
        size = np.sqrt(((error / unit) ** 2).mean(1))
    return error / size[:, None] / unit, np.log(size)


def spreads(log_size: np.ndarray, project: np.ndarray) -> tuple[float, float]:
    """Standard deviations of the logarithm of error sizes between projects and within them."""
    names = sorted(set(project))
    groups = [log_size[project == p] for p in names]
    freedom = len(log_size) - len(groups)
    within = sum(((g - g.mean()) ** 2).sum() for g in groups) / freedom
    between = np.var([g.mean() for g in groups], ddof=1) - within * np.mean([1 / len(g) for g in groups])
    return float(np.sqrt(max(between, 0))), float(np.sqrt(within))


def correlation(z: np.ndarray, project: np.ndarray) -> float:
    """Mean correlation of two cultures of one project, projects counted alike."""
    each = []
    for p in set(project):
        rows = z[project == p]
        if len(rows) > 1:
            gram = np.corrcoef(rows)
            each.append((gram.sum() - len(rows)) / (len(rows) * (len(rows) - 1)))
    return max(0.0, float(np.mean(each)))


def draws(z: np.ndarray, project: np.ndarray, shared: float, between: float, within: float, random):
    """[draws, conditions, iModulons] |error| in units of what is expected."""
    names = {p: i for i, p in enumerate(sorted(set(project)))}
    of = np.array([names[p] for p in project])
    for _ in range(DRAWS):
        signs = random.choice([-1, 1], size=(len(of) + len(names), 1))
        rows = z[random.integers(len(z), size=len(of) + len(names))] * signs
        error = np.sqrt(1 - shared) * rows[: len(of)] + np.sqrt(shared) * rows[len(of):][of]
        scale = np.exp(between * random.normal(size=len(names))[of] + within * random.normal(size=len(of)))
        yield np.abs(error) * scale[:, None]


def inside(z, project, shared, between, within) -> tuple[np.ndarray, np.ndarray]:
    """Number of projects within 85 to 95 %, and what the worst holds, for each draw."""
    names = sorted(set(project))
    values = np.linspace(0, 12, 2401)
    total = np.zeros(len(values))
    for error in draws(z, project, shared, between, within, np.random.default_rng(1)):
        for p in names:
            held = np.sort(error[project == p].ravel())
            total += np.searchsorted(held, values, side="right") / len(held)
    width = values[np.searchsorted(total / DRAWS / len(names), LEVEL)]
    held = np.array([
        [(error[project == p] <= width).mean() for p in names]
        for error in draws(z, project, shared, between, within, np.random.default_rng(1))
    ])
    return ((held >= 0.85) & (held <= 0.95)).sum(1), held.min(1)


def main() -> None:
    d = kriging.load()
    predicted, _ = kriging.leave_out(d, d.pairs.genotype, kriging.Constants())
    z, log_size = standardised(d.pairs.change - predicted)
    project = d.pairs.project
    between, within = spreads(log_size, project)
    shared = correlation(z, project)
    print(f"error sizes: factor exp({between:.2f}) between projects, exp({within:.2f}) within; cultures correlated {shared:.2f}")
    rows = {
        "every culture's error size known": (0.0, 0.0),
        "every project's error size known, its cultures' not": (0.0, within),
        "known on average alone": (between, within),
    }
    for name, (b, w) in rows.items():
        count, worst = inside(z, project, shared, b, w)
        low, middle, high = np.quantile(count, [0.05, 0.5, 0.95])
        print(f"{name}: {middle:.0f} of 13 ({low:.0f} to {high:.0f}); 12 or more in {(count >= 12).mean():.1%} of draws; "
              f"worst {np.median(worst):.2f}, at least 0.75 in {(worst >= 0.75).mean():.0%}")


if __name__ == "__main__":
    main()
