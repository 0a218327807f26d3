"""The metrics of table E1."""

import numpy as np

from samples import Pairs


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    """Correlation; 0 where one of them is constant."""
    return float(np.corrcoef(a, b)[0, 1]) if a.std() > 0 and b.std() > 0 else 0.0


def scores(predicted: np.ndarray, pairs: Pairs) -> dict[str, float]:
    """Mean squared error, r per condition, r on the own regulon (pooled over pairs)."""
    y = pairs.change
    return {
        "mse": float(((predicted - y) ** 2).mean()),
        "pearson": float(np.mean([pearson(p, t) for p, t in zip(predicted, y)])),
        "own_regulon": pearson(predicted[pairs.own], y[pairs.own]),
    }
