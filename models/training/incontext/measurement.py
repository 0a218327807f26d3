"""From amounts to a table's numbers."""

import numpy as np
import torch

# Added to amounts before their logarithm is taken.
FLOOR = 0.03


def measurement(rng: np.random.Generator, batch: int, n: int, uneven: bool, noisy: bool = False):
    """A function that measures amounts with noise, and one that sees them as they are; both in the table's unit."""
    noise = torch.as_tensor(0.3 * rng.beta(1, 2, (batch, 1, 1)), dtype=torch.float32)
    if noisy:
        noise = noise * torch.as_tensor(rng.choice([0.5, 1, 2], (batch, 1, 1)), dtype=torch.float32)
    if uneven:
        noise = noise * torch.as_tensor(np.exp(0.5 * rng.standard_normal((batch, 1, n))), dtype=torch.float32)
    floor = torch.as_tensor(10 ** rng.uniform(-2.3, -0.8, (batch, 1, 1)) if uneven else np.full((batch, 1, 1), FLOOR), dtype=torch.float32)
    logged = torch.as_tensor(rng.random((batch, 1, 1)) < 0.5)

    def normal(*shape):
        return torch.as_tensor(rng.standard_normal(shape), dtype=torch.float32)

    def see(v: torch.Tensor) -> torch.Tensor:
        return torch.where(logged, torch.log2(v.clamp_min(0) + floor), v)

    def measure(v: torch.Tensor, share: float | np.ndarray) -> torch.Tensor:
        sd = noise * torch.as_tensor(share, dtype=torch.float32)
        return see(v * torch.exp(sd * normal(*v.shape)) + 0.1 * sd * normal(*v.shape))

    return measure, see
