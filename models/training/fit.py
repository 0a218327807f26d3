"""Train the transformer on examples: weighted squared error, masked effectors, AdamW with cosine decay."""

import math
import time
from dataclasses import asdict, dataclass

import numpy as np
import torch

import environment
from examples import Examples
from model import Regulator

DRIVEN_BY_EFFECTORS = [n.startswith("carbon:") or n in ("oxygen", "nitrate") for n in environment.NAMES]


@dataclass(frozen=True)
class Schedule:
    """How long and how hard to train."""

    steps: int = 2000
    batch: int = 16
    rate: float = 1e-3
    decay: float = 0.05
    all_masked: float = 0.4
    one_masked: float = 0.3
    effectors_alone: float = 0.15
    noise: float = 0.1
    seed: int = 1

    def as_dict(self) -> dict:
        return asdict(self)


def tensors(e: Examples) -> list[torch.Tensor]:
    return [torch.as_tensor(a, dtype=torch.float32) for a in (*e.inputs(), e.change, e.weight)]


def masked(environment, known, schedule: Schedule, generator, driven) -> tuple[torch.Tensor, torch.Tensor]:
    """Hide effectors at random; where all are shown, sometimes hide the medium that sets them instead.

    `driven`: features that effectors follow from.
    """
    n = len(known)
    draw = torch.rand(n, 1, generator=generator)
    each = torch.rand(known.shape, generator=generator) >= schedule.one_masked
    alone = draw < schedule.effectors_alone
    keep = torch.where(draw >= 1 - schedule.all_masked, torch.zeros_like(each), each | alone)
    hidden = torch.tensor(driven) & alone & (known.sum(1, keepdim=True) >= 4)
    return environment * ~hidden, known * keep


def train(model: Regulator, e: Examples, schedule: Schedule, report=None, base: np.ndarray | None = None,
          driven: list[bool] = DRIVEN_BY_EFFECTORS) -> Regulator:
    """Fit in place; examples are drawn in proportion to their weight.

    The residual is on the model's own ridge, or on `base`, a baseline's predictions for the examples.
    """
    torch.manual_seed(schedule.seed)
    generator = torch.Generator().manual_seed(schedule.seed)
    reference, env, effector, known, perturbation, change, weight = tensors(e)
    fixed = None if base is None else torch.as_tensor(base, dtype=torch.float32)
    decayed = [p for p in model.parameters() if p.ndim > 1]
    free = [p for p in model.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": schedule.decay}, {"params": free, "weight_decay": 0.0}], schedule.rate
    )
    warm = max(1, schedule.steps // 20)
    curve = lambda s: min(1, (s + 1) / warm) * 0.5 * (1 + math.cos(math.pi * s / schedule.steps))  # noqa: E731
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, curve)
    unit, started, total = float((change**2).mean()), time.time(), 0.0
    model.train()
    for step in range(schedule.steps):
        rows = torch.multinomial(weight, schedule.batch, replacement=True, generator=generator)
        shown, seen = masked(env[rows], known[rows], schedule, generator, driven)
        jitter = schedule.noise * model.scale * torch.randn(reference[rows].shape, generator=generator)
        inputs = (reference[rows] + jitter, shown, effector[rows], seen, perturbation[rows])
        baseline = model.ridge(*inputs) if base is None else fixed[rows]
        predicted = baseline + model.correction(*inputs)
        loss = ((predicted - change[rows]) ** 2).mean() / unit
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        scheduler.step()
        total += loss.item()
        if report and (step + 1) % 100 == 0:
            report(f"step {step + 1} loss {total / 100:.4f} {time.time() - started:.0f} s")
            total = 0.0
    return model.eval()


@torch.no_grad()
def predict(model, e: Examples) -> np.ndarray:
    """Outputs of a module, or of its method, for all examples."""
    inputs = tensors(e)[:5]
    parts = [model(*(x[i : i + 64] for x in inputs)) for i in range(0, len(inputs[0]), 64)]
    return torch.cat(parts).numpy()
