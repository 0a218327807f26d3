"""Directions that many variables share: growth, stress, batches. All cultures lie somewhere along them."""

import numpy as np
import torch

DIRECTIONS = 3


class Stress:
    """Log-normal factors on production along a few directions; in some tables none.

    Environments differ along them, so that controls show them. Treated cultures are elsewhere: where handling takes all of
    them, where what was done takes them (each target has a severity), back towards the middle, and anywhere.
    """

    def __init__(self, rng: np.random.Generator, batch: int, groups: int, n: int) -> None:
        self.rng, self.batch, self.n = rng, batch, n
        share = rng.uniform(0.3, 1, (batch, DIRECTIONS, 1))
        width = rng.uniform(0.1, 0.7, (batch, 1, 1)) * (rng.random((batch, 1, 1)) < 0.65) * np.array([1, 0.5, 0.3])[:, None]
        self.direction = width * rng.standard_normal((batch, DIRECTIONS, n)) * (rng.random((batch, DIRECTIONS, n)) < share)
        self.place = rng.uniform(0, 1.2, (batch, 1, 1)) * rng.standard_normal((batch, groups, DIRECTIONS))

    def environment(self) -> torch.Tensor:
        """[B, groups, N]"""
        return self.factor(self.place)

    def treated(self, touched: np.ndarray, group: np.ndarray) -> torch.Tensor:
        """[B, E, N] of cultures whose interventions are on `touched` [B, E, N], beside their environments'."""
        rows, width = touched.shape[1], (self.batch, 1, 1)
        place = np.take_along_axis(self.place, group[..., None], 1)
        common = self.rng.standard_normal((self.batch, 1, DIRECTIONS))
        severity = np.einsum("ben,bn->be", touched, self.rng.gamma(0.7, 0.7, (self.batch, self.n)))
        moved = self.rng.uniform(0, 1, width) * common
        moved = moved + self.rng.uniform(0, 1, width) * common * np.minimum(severity, 3)[..., None]
        moved = moved - self.rng.uniform(0, 1, width) * place
        return self.factor(moved + self.rng.uniform(0, 0.8, width) * self.rng.standard_normal((self.batch, rows, DIRECTIONS)))

    def factor(self, place: np.ndarray) -> torch.Tensor:
        return torch.as_tensor(np.exp((place @ self.direction).clip(-2, 2)), dtype=torch.float32)
