"""What a user knows of a simulated world: graph and interventions, incomplete and partly wrong."""

import numpy as np
import torch

from designs import Scope
from worlds import GAIN, LOSS, OUTSIDE

# What an edge of open sign counts for, as in the program.
OPEN = 0.5
# Shares of edges without a sign, and of tables whose graph is another's.
UNSIGNED, FOREIGN, ABSENT = (0, 0, 0, 0.3, 1), 0.06, 0.12
# Share of a hidden regulator's targets that is known.
KNOWN_TARGETS = 0.8


def shown_graph(rng: np.random.Generator, true: np.ndarray, rough: bool) -> np.ndarray:
    """The graph as a user has it: edges missing, made up, with a wrong or no sign, or no graph at all."""
    batch, n, _ = true.shape
    quality = rng.beta(2, 1, (batch, 1, 1))
    kept = true * (rng.random(true.shape) < 0.35 + 0.65 * quality)
    density = np.abs(true).mean((1, 2), keepdims=True)
    made = (rng.random(true.shape) < density * (1 - quality)) * rng.choice([-1.0, 1.0], true.shape)
    graph = np.where(kept != 0, kept, made)
    flip = rng.random(true.shape) < 0.2 * (1 - quality)
    graph = np.where(flip, -graph, graph)
    if rough:
        order = rng.permutation(n)
        graph = np.where(rng.random((batch, 1, 1)) < FOREIGN, graph[:, order][:, :, order], graph)
        unsigned = rng.random(true.shape) < rng.choice(UNSIGNED, (batch, 1, 1))
        graph = np.where(unsigned, OPEN * np.abs(graph), graph)
    fate = rng.random((batch, 1, 1))
    return np.where(fate < ABSENT, 0.0, graph).astype(np.float32)


def shown_interventions(rng: np.random.Generator, do: torch.Tensor, gain: torch.Tensor, edges: np.ndarray, scope: Scope,
                        rough: bool) -> torch.Tensor:
    """Interventions as a user knows them, on the table's variables: `gain` in the table's unit, regulons by edges."""
    batch = do.shape[0]
    shown = do[:, :, torch.as_tensor(scope.measured)].clone()
    shown[..., GAIN] = torch.where(shown[..., GAIN] > 0, gain, 0.0)
    if len(scope.hidden) > 0:
        regulon = edges[:, scope.measured][:, :, scope.hidden]
        regulon = torch.as_tensor(regulon * (rng.random(regulon.shape) < KNOWN_TARGETS), dtype=torch.float32)
        lost = do[:, :, torch.as_tensor(scope.hidden.copy()), LOSS]
        shown[..., OUTSIDE] -= torch.einsum("beh,bnh->ben", lost, regulon)
    outside = shown[..., OUTSIDE]
    if rough:
        nominal = torch.as_tensor(rng.choice([0, 1, 1, 2], (batch, 1, 1)))
        outside = torch.where(nominal > 0, outside.sign(), outside)
        outside = torch.where(nominal > 1, -OPEN * outside.abs(), outside)
    # Of some regulators outside the table nobody knows what they act on.
    unknown = torch.as_tensor(rng.random(outside.shape[:2])[..., None] < rng.choice([0, 0.3, 0.6], (batch, 1, 1)))
    shown[..., OUTSIDE] = torch.where(unknown, 0.0, outside)
    return shown
