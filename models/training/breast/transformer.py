"""A small graph-biased transformer over ligands, drugs, kinases and sites, whose answer is added to the plain one."""

import math

import torch
from torch import nn

WIDTH, HEADS, LAYERS, FEED = 16, 2, 1, 32


class Layer(nn.Module):
    """Attention with a learned strength for each relation of the graph, then a feed-forward step."""

    def __init__(self, relations: int):
        super().__init__()
        self.before, self.after = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.strength = nn.Parameter(torch.zeros(HEADS, relations))
        self.feed = nn.Sequential(nn.Linear(WIDTH, FEED), nn.GELU(), nn.Linear(FEED, WIDTH))

    def forward(self, x: torch.Tensor, relation: torch.Tensor) -> torch.Tensor:
        """x [batch, tokens, width], relation [relations, tokens, tokens]."""
        tokens = x.shape[1]
        q, k, v = self.qkv(self.before(x)).reshape(-1, tokens, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        score = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS)
        score = score + torch.einsum("hr,rst->hst", self.strength, relation)
        x = x + self.out((score.softmax(-1) @ v).transpose(1, 2).reshape(-1, tokens, WIDTH))
        return x + self.feed(self.after(x))


class Residual(nn.Module):
    """What is added to the plain answer: zero where nothing is changed, and zero altogether before training."""

    def __init__(self, inputs: int, sites: int, relation: torch.Tensor):
        super().__init__()
        self.inputs, self.sites = inputs, sites
        self.names = nn.Parameter(0.3 * torch.randn(inputs + sites, WIDTH))
        self.value = nn.Parameter(0.3 * torch.randn(inputs, WIDTH))
        self.masked = nn.Parameter(torch.zeros(inputs, WIDTH))
        self.layers = nn.ModuleList(Layer(len(relation)) for _ in range(LAYERS))
        self.read = nn.Parameter(torch.randn(sites, WIDTH) / math.sqrt(WIDTH))
        self.gate = nn.Parameter(torch.zeros(sites))
        self.register_buffer("relation", relation)

    def answer(self, value: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        """Values and masks [batch, inputs] to [batch, sites], before the gate."""
        given = value.unsqueeze(-1) * self.value * known.unsqueeze(-1) + self.masked * (1 - known).unsqueeze(-1)
        x = self.names + torch.cat([given, torch.zeros_like(given[:, :1]).expand(-1, self.sites, -1)], 1)
        for layer in self.layers:
            x = layer(x, self.relation)
        return (x[:, self.inputs:] * self.read).sum(-1)

    def forward(self, value: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
        """[batch, sites]; the answer to nothing is taken off."""
        return self.gate * (self.answer(value, known) - self.answer(torch.zeros_like(value), known))
