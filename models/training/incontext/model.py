"""A transformer over a table of experiments: attention over variables, on the graph, and over experiments, in turn.

No variable has an identity: any network fits. The answer is a mixture of two plain predictions plus a correction
whose gate starts at zero, and a spread.
"""

import math
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from torch import nn

from worlds import CHANNELS, GAIN

EDGE_FEATURES = 6


@dataclass(frozen=True)
class Shape:
    width: int = 64
    layers: int = 4
    heads: int = 4
    hidden: int = 160

    def as_dict(self) -> dict:
        return asdict(self)


def edge_features(graph: torch.Tensor) -> torch.Tensor:
    """[B, N, N, EDGE_FEATURES] of target i and source j: activates, represses, both the other way, two steps, self."""
    n = graph.shape[-1]
    up, down = graph.clamp_min(0), (-graph).clamp_min(0)
    two = torch.tanh(graph @ graph)
    eye = torch.eye(n).expand_as(graph)
    return torch.stack([up, down, up.transpose(1, 2), down.transpose(1, 2), two, eye], -1)


def normalised(graph: torch.Tensor) -> torch.Tensor:
    return graph / graph.abs().sum(-1, keepdim=True).clamp_min(1).sqrt()


class VariableAttention(nn.Module):
    """Within one experiment: softmax heads biased by the graph, and signed messages along it both ways."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.norm = nn.LayerNorm(shape.width)
        self.inputs = nn.Linear(shape.width, 3 * shape.width)
        self.message = nn.Linear(shape.width, 2 * shape.width)
        self.out = nn.Linear(3 * shape.width, shape.width)
        self.bias = nn.Parameter(0.3 * torch.randn(EDGE_FEATURES, shape.heads))

    def forward(self, h: torch.Tensor, edges: torch.Tensor, graph: torch.Tensor) -> torch.Tensor:
        b, e, n, d = h.shape
        x = self.norm(h)
        q, k, v = self.inputs(x).view(b, e, n, 3, self.heads, d // self.heads).unbind(3)
        score = torch.einsum("beihd,bejhd->behij", q, k) * (d // self.heads) ** -0.5
        score = score + (edges @ self.bias).permute(0, 3, 1, 2)[:, None]
        mixed = torch.einsum("behij,bejhd->beihd", score.softmax(-1), v).reshape(b, e, n, d)
        forth, back = self.message(x).chunk(2, -1)
        forth = torch.einsum("bij,bejd->beid", graph, forth)
        back = torch.einsum("bji,bejd->beid", graph, back)
        return h + self.out(torch.cat([mixed, forth, back], -1))


class ExperimentAttention(nn.Module):
    """For one variable, over the context's experiments."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.norm = nn.LayerNorm(shape.width)
        self.query = nn.Linear(shape.width, shape.width)
        self.memory = nn.Linear(shape.width, 2 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.bias = nn.Parameter(torch.zeros(shape.heads))

    def remember(self, context: torch.Tensor) -> torch.Tensor:
        """[B, C, N, 2 width] keys and values of the context's rows."""
        return self.memory(self.norm(context))

    def forward(self, h: torch.Tensor, memory: torch.Tensor, alike: torch.Tensor) -> torch.Tensor:
        b, e, n, d = h.shape
        q = self.query(self.norm(h)).view(b, e, n, self.heads, d // self.heads)
        k, v = memory.view(b, memory.shape[1], n, 2, self.heads, d // self.heads).unbind(3)
        score = torch.einsum("benhd,bfnhd->bnhef", q, k) * (d // self.heads) ** -0.5
        score = score + (alike[..., None] * self.bias).permute(0, 3, 1, 2)[:, None]
        mixed = torch.einsum("bnhef,bfnhd->benhd", score.softmax(-1), v).reshape(b, e, n, d)
        return h + self.out(mixed)


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.variables = VariableAttention(shape)
        self.experiments = ExperimentAttention(shape)
        self.feed = nn.Sequential(
            nn.LayerNorm(shape.width), nn.Linear(shape.width, shape.hidden), nn.GELU(), nn.Linear(shape.hidden, shape.width)
        )


class Reader(nn.Module):
    """Reads a context of experiments, then answers do-queries."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embed = nn.Sequential(nn.Linear(6 + CHANNELS, shape.width), nn.GELU(), nn.Linear(shape.width, shape.width))
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        self.head = nn.Linear(shape.width, 4)
        self.gate = nn.Parameter(torch.zeros(()))
        with torch.no_grad():
            self.head.weight.mul_(0.1)
            self.head.bias.copy_(torch.tensor([0.0, 1.0, 0.0, -0.5]))

    def tokens(self, value, state, known, do, perturbed, added, regressed):
        squash = lambda v: torch.sign(v) * torch.log1p(v.abs())  # noqa: E731
        done = perturbed[..., None].expand_as(value)
        cells = [squash(value * known), squash(state), known, done, squash(added), squash(regressed)]
        acts = torch.cat([do[..., :GAIN], squash(do[..., GAIN : GAIN + 1]), do[..., GAIN + 1 :]], -1)
        return self.embed(torch.cat([torch.stack(cells, -1), acts], -1))

    def encode(self, value, state, known, do, perturbed, added, regressed, graph, alike):
        """Memory of the context, [layers, B, C, N, 2 width]."""
        edges, signed = edge_features(graph), normalised(graph)
        h, memory = self.tokens(value, state, known, do, perturbed, added, regressed), []
        for layer in self.layers:
            h = layer.variables(h, edges, signed)
            kept = layer.experiments.remember(h)
            memory.append(kept)
            h = layer.experiments(h, kept, alike)
            h = h + layer.feed(h)
        return torch.stack(memory)

    def answer(self, memory, value, state, known, do, perturbed, added, regressed, graph, alike):
        """Mean and log spread of each query's variables, [B, Q, N] each."""
        edges, signed = edge_features(graph), normalised(graph)
        h = self.tokens(value, state, known, do, perturbed, added, regressed)
        for layer, kept in zip(self.layers, memory):
            h = layer.variables(h, edges, signed)
            h = layer.experiments(h, kept, alike)
            h = h + layer.feed(h)
        correction, share, other, spread = self.head(self.norm(h)).unbind(-1)
        return self.mean(correction, share * added + other * regressed), spread.clamp(-4, 3)

    def mean(self, correction: torch.Tensor, plain: torch.Tensor) -> torch.Tensor:
        return plain + self.gate * correction

    def forward(self, t):
        c = t.context
        given = (t.value, t.state, t.known, t.do, t.perturbed, t.added, t.regressed)
        rows = lambda part: tuple(a[:, part] for a in given)  # noqa: E731
        memory = self.encode(*rows(slice(c)), t.graph, t.alike[:, :c])
        return self.answer(memory, *rows(slice(c, None)), t.graph, t.alike[:, c:])


@torch.no_grad()
def deepened(model: Reader, layers: int) -> Reader:
    """The same answers from more layers: beside old ones stand copies of them that add nothing yet."""
    deep = Reader(replace(model.shape, layers=layers))
    state = model.state_dict()
    deep.load_state_dict({name: value for name, value in state.items() if not name.startswith("layers.")}, strict=False)
    old = len(model.layers)
    before = -1
    for k, layer in enumerate(deep.layers):
        source = k * old // layers
        layer.load_state_dict(model.layers[source].state_dict())
        if source == before:
            for last in (layer.variables.out, layer.experiments.out, layer.feed[-1]):
                last.weight.zero_()
                last.bias.zero_()
        before = source
    return deep


def load(path: str | Path) -> Reader:
    """A trained reader: the mean of its weights where the checkpoint has one, its spreads as calibrated."""
    state = torch.load(path, weights_only=False)
    model = Reader(Shape(**state["shape"]))
    model.load_state_dict(state.get("average", state["model"]))
    factor, power = state.get("spread", (1.0, 1.0))
    with torch.no_grad():
        model.head.weight[3] *= power
        model.head.bias[3] = power * model.head.bias[3] + math.log(factor)
    return model.eval()
