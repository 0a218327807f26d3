"""The regulators: a ridge in closed form, and a graph-biased transformer as its gated residual."""

from dataclasses import asdict, dataclass

import numpy as np
import torch
from torch import Tensor, nn

from effectors import LIMIT
from graph import TokenGraph


@dataclass(frozen=True)
class Shape:
    """Hyperparameters of the transformer."""

    width: int = 64
    layers: int = 2
    heads: int = 4
    graph_heads: int = 2
    hidden: int = 128
    dropout: float = 0.1

    def as_dict(self) -> dict:
        return asdict(self)


class Ridge(nn.Module):
    """Linear in environment, effectors and perturbations; zero in, zero out.

    change = environment E + (effector * known) F + perturbation P
             + dose * (own_offset + own_slope * reference) + any * any_slope * reference
    with dose = clip(perturbation own, -1, 4) and any = min(1, sum |perturbation|).
    """

    WEIGHTS = ("environment", "effector", "perturbation", "own", "own_offset", "own_slope", "any_slope")

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        super().__init__()
        for name in self.WEIGHTS:
            self.register_buffer(name, torch.as_tensor(np.asarray(weights[name]), dtype=torch.float32))

    def forward(self, reference, environment, effector, known, perturbation) -> Tensor:
        level = effector.clamp(-LIMIT, LIMIT) * known
        linear = environment @ self.environment + level @ self.effector + perturbation @ self.perturbation
        dose = (perturbation @ self.own).clamp(-1, 4)
        any_change = perturbation.abs().sum(1, keepdim=True).clamp(max=1)
        own = dose * (self.own_offset + self.own_slope * reference)
        return linear + own + any_change * self.any_slope * reference


class Attention(nn.Module):
    """Multi-head attention; the graph's relations bias the first heads, the others are free."""

    def __init__(self, shape: Shape, relations: int) -> None:
        super().__init__()
        self.shape = shape
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.strength = nn.Parameter(0.5 * torch.ones(shape.graph_heads, relations))

    def forward(self, x: Tensor, relations: Tensor) -> Tensor:
        batch, tokens, width = x.shape
        heads = self.shape.heads
        q, k, v = self.qkv(x).reshape(batch, tokens, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        graph = torch.einsum("hr,rij->hij", self.strength, relations)
        free = torch.zeros(heads - self.shape.graph_heads, *graph.shape[1:], dtype=x.dtype, device=x.device)
        score = q @ k.transpose(-1, -2) * (width // heads) ** -0.5 + torch.cat([graph, free])
        mixed = (score.softmax(-1) @ v).permute(0, 2, 1, 3).reshape(batch, tokens, width)
        return self.out(mixed)


class Block(nn.Module):
    def __init__(self, shape: Shape, relations: int) -> None:
        super().__init__()
        self.attention_norm, self.hidden_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.attention = Attention(shape, relations)
        self.hidden = nn.Sequential(
            nn.Linear(shape.width, shape.hidden), nn.GELU(), nn.Linear(shape.hidden, shape.width)
        )
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, relations: Tensor) -> Tensor:
        x = x + self.dropout(self.attention(self.attention_norm(x), relations))
        return x + self.dropout(self.hidden(self.hidden_norm(x)))


def constant(module: nn.Module, name: str, value: np.ndarray) -> None:
    module.register_buffer(name, torch.as_tensor(value, dtype=torch.float32))


class Regulator(nn.Module):
    """activity_change = ridge + gate * present * transformer; the gate starts at zero.

    `present` is 0 without any perturbation or change of environment, so the reference state stays put.
    """

    def __init__(self, ridge: Ridge, graph: TokenGraph, scale: np.ndarray, shape: Shape) -> None:
        super().__init__()
        self.ridge, self.shape = ridge, shape
        for name in ("membership", "readout", "encodes", "sensors", "environment_group", "relations"):
            constant(self, f"graph_{name}", getattr(graph, name))
        constant(self, "scale", scale)
        regulators, imodulons = graph.membership.shape
        genes, features = graph.encodes.shape[0], graph.environment_group.shape[1]
        effectors = graph.tokens - regulators - graph.environment_group.shape[0] - 1
        width = shape.width
        self.identity = nn.Parameter(0.02 * torch.randn(graph.tokens, width))
        self.activity = nn.Parameter(0.3 * torch.randn(imodulons, width) / width**0.5)
        self.dose = nn.Parameter(0.3 * torch.randn(2, width))
        self.feature = nn.Parameter(0.3 * torch.randn(features, width))
        self.effector = nn.Parameter(0.1 * torch.randn(effectors, width))
        self.masked = nn.Parameter(torch.zeros(effectors, width))
        self.gene = nn.Parameter(0.1 * torch.randn(genes, width))
        self.blocks = nn.ModuleList([Block(shape, graph.relations.shape[0]) for _ in range(shape.layers)])
        self.norm = nn.LayerNorm(width)
        self.local = nn.Parameter(0.02 * torch.randn(imodulons, width))
        self.pooled = nn.Linear(width, imodulons)
        self.gate = nn.Parameter(torch.zeros(imodulons))

    def tokens(self, reference, environment, effector, known, perturbation) -> Tensor:
        scaled = reference / self.scale
        own = torch.einsum("bi,ri,iw->brw", scaled, self.graph_membership, self.activity)
        dose = torch.stack([perturbation @ self.graph_encodes, perturbation @ self.graph_sensors], -1)
        regulators = own + dose.clamp(-1, 4) @ self.dose
        surroundings = torch.einsum("bf,gf,fw->bgw", environment, self.graph_environment_group, self.feature)
        level = (effector.clamp(-LIMIT, LIMIT) / 3 * known).unsqueeze(-1)
        signals = level * self.effector + (1 - known).unsqueeze(-1) * self.masked
        other = (perturbation @ self.gene).unsqueeze(1)
        return torch.cat([regulators, surroundings, signals, other], 1) + self.identity

    def residual(self, reference, environment, effector, known, perturbation) -> Tensor:
        x = self.tokens(reference, environment, effector, known, perturbation)
        for block in self.blocks:
            x = block(x, self.graph_relations)
        x = self.norm(x)
        regulators = x[:, : self.graph_membership.shape[0]]
        local = (torch.einsum("ir,brw->biw", self.graph_readout, regulators) * self.local).sum(-1)
        return (local + self.pooled(x.mean(1))) * self.scale

    def correction(self, reference, environment, effector, known, perturbation) -> Tensor:
        """What the transformer adds to its baseline; 0 where nothing changed."""
        level = effector.clamp(-LIMIT, LIMIT) * known
        size = environment.square().sum(1) + level.square().sum(1) + perturbation.square().sum(1)
        present = (size / (size + 0.1)).unsqueeze(1)
        return self.gate * present * self.residual(reference, environment, effector, known, perturbation)

    def forward(self, reference, environment, effector, known, perturbation) -> Tensor:
        inputs = (reference, environment, effector, known, perturbation)
        return self.ridge(*inputs) + self.correction(*inputs)


class Exported(nn.Module):
    """What the ONNX file holds: the regulator and the expression that follows from it."""

    def __init__(self, regulator: nn.Module, gene_weights: np.ndarray) -> None:
        super().__init__()
        self.regulator = regulator
        constant(self, "gene_weights", gene_weights)

    def forward(self, reference_activity, environment, effector, effector_known, perturbation):
        change = self.regulator(reference_activity, environment, effector, effector_known, perturbation)
        return change, change @ self.gene_weights
