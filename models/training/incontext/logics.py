"""Logics: how fast each variable is made, given the amounts of its regulators."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from worlds import Worlds

# Rate at which nothing but the background switches a signalling protein off.
OFF = 0.5
# Added to amounts before their logarithm is taken, and the most that a rate can be without saturation.
TRACE, MOST = 0.04, 8.0


@dataclass(frozen=True)
class Seen:
    """What production depends on; [B, E, N] or [B, E, N, P], worlds broadcast over experiments."""

    amount: torch.Tensor  # of each regulator, as far as it is active
    sign: torch.Tensor
    threshold: torch.Tensor
    steepness: torch.Tensor
    strength: torch.Tensor
    basal: torch.Tensor
    active: torch.Tensor  # [B, E, N] of the variable itself
    shield: torch.Tensor
    weight: torch.Tensor  # [B, N, P, UNITS]
    reading: torch.Tensor

    def level(self) -> torch.Tensor:
        return (self.amount / self.threshold).clamp_min(1e-6) ** self.steepness

    def logarithm(self) -> torch.Tensor:
        return torch.log((self.amount + TRACE) / (self.threshold + TRACE))

    def over(self, values: torch.Tensor, sign: int) -> torch.Tensor:
        """Sum over the regulators of a sign."""
        return (self.strength * values * (self.sign * sign > 0)).sum(-1)


def switched(on: torch.Tensor, off: torch.Tensor, k_on: torch.Tensor, k_off: torch.Tensor) -> torch.Tensor:
    """Share switched on by opposed saturable enzymes (doi:10.1073/pnas.78.11.6840), constants in units of the total."""
    b = off - on + off * k_on + on * k_off
    return 2 * on * k_off / (b + (b**2 - 4 * (off - on) * on * k_off).clamp_min(0).sqrt()).clamp_min(1e-6)


def additive(s: Seen) -> torch.Tensor:
    return torch.sigmoid(2 * (s.sign * s.strength * (s.amount - 0.5)).sum(-1) + torch.logit(s.basal))


def log_linear(s: Seen) -> torch.Tensor:
    step = torch.tanh(torch.log((s.amount + 0.02) / s.threshold)) * s.sign * s.strength
    return torch.exp((step.sum(-1) + torch.log(s.basal)).clamp(-4, 0.4))


def signalling(s: Seen) -> torch.Tensor:
    on, off = s.basal + s.over(s.amount, 1), OFF + s.over(s.amount, -1)
    return switched(on, off * (1 - s.shield * (1 - s.active)), s.threshold[..., 0], s.threshold[..., 1])


def thermodynamic(s: Seen) -> torch.Tensor:
    level = s.level()
    push, pull = s.over(level, 1), s.over(level, -1)
    return (s.basal + push) / (1 + s.basal + push + pull)


def bound(s: Seen) -> torch.Tensor:
    level = s.level()
    return torch.where(s.sign > 0, level / (1 + level), 1 / (1 + level))


def any_of(s: Seen) -> torch.Tensor:
    there = s.sign != 0
    free = torch.where(there, 1 - bound(s), 1.0).prod(-1)
    return torch.where(there.any(-1), s.basal + (1 - s.basal) * (1 - free), s.basal)


def all_of(s: Seen) -> torch.Tensor:
    there = s.sign != 0
    both = torch.where(there, bound(s), 1.0).prod(-1)
    return torch.where(there.any(-1), s.basal + (1 - s.basal) * both, s.basal)


def power(s: Seen) -> torch.Tensor:
    """Product of powers, at most twelve times more or less."""
    return torch.exp(2.5 * torch.tanh((s.sign * s.strength * s.logarithm()).sum(-1) / 5))


def linear(s: Seen) -> torch.Tensor:
    """Activators add up without saturation, repressors divide."""
    return ((s.basal + 0.5 * s.over(s.amount, 1)) / (1 + s.over(s.amount, -1))).clamp_max(MOST)


def concerted(s: Seen) -> torch.Tensor:
    """Two states whose balance regulators shift, at several sites each (doi:10.1016/S0022-2836(65)80285-6)."""
    ratio = s.amount / s.threshold
    shift = s.sign * s.steepness * torch.log((1 + ratio) / (1 + 0.1 * ratio))
    return torch.sigmoid(torch.logit(s.basal) + shift.sum(-1))


def switch(s: Seen) -> torch.Tensor:
    """Off or on, by a weighted sum."""
    return s.basal + (1 - s.basal) * torch.sigmoid(4 * (s.sign * s.strength * (s.amount - s.threshold)).sum(-1))


def net(s: Seen) -> torch.Tensor:
    """A small network of any weights that respects most signs."""
    units = torch.tanh(torch.einsum("benp,bnpu->benu", s.sign * torch.tanh(s.logarithm()), s.weight))
    return torch.exp((1.2 * (units * s.reading).sum(-1) + torch.log(s.basal) + 0.7).clamp(-4, 2))


BY_NAME: dict[str, Callable[[Seen], torch.Tensor]] = {
    "and": all_of, "or": any_of, "thermodynamic": thermodynamic, "additive": additive, "log-linear": log_linear,
    "signalling": signalling, "power": power, "linear": linear, "concerted": concerted, "switch": switch, "net": net,
}


def production(w: "Worlds", x: torch.Tensor, active: torch.Tensor) -> torch.Tensor:
    """F of dx/dt = F - x before interventions on production, [B, E, N]; `active` scales what each variable does."""
    if "+" in w.logic:
        first, second = (production(replace(w, logic=logic), x, active) for logic in w.logic.split("+"))
        return torch.where(w.first[:, None], first, second)
    batch, experiments, n = x.shape
    width = w.parents.shape[-1]
    index = w.parents.reshape(batch, 1, n * width).expand(-1, experiments, -1)
    amount = torch.gather(x * active, 2, index).view(batch, experiments, n, width)
    seen = Seen(amount, w.sign[:, None], w.threshold[:, None], w.steepness[:, None], w.strength[:, None], w.basal[:, None],
                active, w.shield[:, None], w.weight, w.reading[:, None])
    return BY_NAME[w.logic](seen)
