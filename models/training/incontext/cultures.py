"""Where experiments are done: environments, how cultures differ, and the states that worlds reach in them."""

from dataclasses import dataclass, replace

import numpy as np
import torch

import worlds as sim
from features import Features
from stress import Stress
from worlds import CHANNELS, CUT, GAIN, LOSS

# Environments of a panel, and of other tables at most.
PANEL_GROUPS, GROUPS, MANY_GROUPS = 8, 8, 24
# Share of batches looked at before they are steady.
COURSES = 0.2


def groups_of(rng: np.random.Generator, batch: int, total: int, style: str, many: bool) -> np.ndarray:
    """The environment (with a control of its own) of each experiment, [B, E]."""
    if style == "panel":
        return np.repeat((np.arange(total) % PANEL_GROUPS)[None], batch, 0)
    most = min(MANY_GROUPS, total) if many else GROUPS
    count = np.where(rng.random(batch) < 0.4, 1, rng.integers(2, most + 1, batch))
    crowding = rng.choice([1, 2]) if many else 1
    return (rng.random((batch, total)) ** crowding * count[:, None]).astype(np.int64)


def gather(table: torch.Tensor, group: torch.Tensor) -> torch.Tensor:
    """[B, groups, N] at each experiment's group, [B, E, N]."""
    return torch.gather(table, 1, group[..., None].expand(-1, -1, table.shape[-1]))


class Culture:
    """Log-normal factors on production: of environments, of handling in each, and of every single culture."""

    def __init__(self, rng: np.random.Generator, batch: int, groups: int, n: int, disturbed: bool, features: Features) -> None:
        self.rng, self.batch, self.n, self.disturbed = rng, batch, n, disturbed
        self.share = rng.uniform(0.1, 0.7, (batch, 1, 1))
        kin = rng.uniform(0, 1, (batch, 1, 1)) * features.kinship
        clan = rng.integers(0, 1 + groups // 3, (batch, groups))[..., None].repeat(n, 2)

        def related(width: np.ndarray) -> torch.Tensor:
            common = np.take_along_axis(self.logs(groups, 1.0), clan, 1)
            mixed = np.sqrt(kin) * common + np.sqrt(1 - kin) * self.logs(groups, 1.0)
            return torch.as_tensor(np.exp(width * mixed), dtype=torch.float32)

        self.environment = related(self.width(0.2, 0.9, 0))
        # What all treated cultures of an environment share against its control.
        self.handling = related(self.width(0.1, 0.6, 0.5))
        self.stress = Stress(rng, batch, groups, n) if features.stress and disturbed else None
        if self.stress is not None:
            self.environment = self.environment * self.stress.environment()

    def each(self, rows: int) -> torch.Tensor:
        """What every culture has for itself, [B, rows, N]."""
        return torch.as_tensor(np.exp(self.logs(rows, self.width(0.05, 0.5, 0.4))), dtype=torch.float32)

    def logs(self, rows: int, width: float | np.ndarray) -> np.ndarray:
        size = (self.batch, rows, self.n)
        return width * self.rng.standard_normal(size) * (self.rng.random(size) < self.share)

    def width(self, low: float, high: float, never: float) -> np.ndarray:
        drawn = self.rng.uniform(low, high, (self.batch, 1, 1)) * (self.rng.random((self.batch, 1, 1)) >= never)
        return drawn if self.disturbed or never == 0 else 0 * drawn


@dataclass(frozen=True)
class States:
    """True states of experiments, and what they are compared with."""

    value: torch.Tensor  # [B, E, N]
    expected: torch.Tensor | None  # the same had cultures differed by nothing but environment and intervention
    control: torch.Tensor  # [B, groups, N] of environments
    clamp: torch.Tensor  # [B, E, N] values at which clamped variables are held
    steady: torch.Tensor  # [B, E] False where no steady state was reached

    def measured(self, index: torch.Tensor) -> "States":
        """The same of some variables only."""
        expected = None if self.expected is None else self.expected[..., index]
        return replace(self, value=self.value[..., index], expected=expected, control=self.control[..., index], clamp=self.clamp[..., index])


def states(rng: np.random.Generator, w: sim.Worlds, do: torch.Tensor, group: torch.Tensor, place: Culture,
           perturbed: torch.Tensor, features: Features, expect: bool) -> States:
    batch, total, n = do.shape[:3]
    groups = place.environment.shape[1]
    moved = gather(place.handling, group)
    if place.stress is not None:
        moved = moved * place.stress.treated((do.abs().amax(-1) > 0).numpy(), group.numpy())
    treated = torch.where(perturbed[..., None] > 0, moved, 1.0) * place.each(total)
    none = torch.zeros(batch, groups, n, CHANNELS)
    course = Course(rng, w, place, groups) if features.courses and rng.random() < COURSES else None
    at = {} if course is None else course.of_controls(groups)
    control, calm = sim.settle(w, none, none[..., 0], place.environment, **at)
    reach = rng.uniform(-3, 1, (batch, total, n)) * rng.choice([-1, 1], (batch, total, n))
    clamp = (gather(control, group) * torch.as_tensor(np.exp(reach), dtype=torch.float32)).clamp(0, 3)
    real = effective(rng, do) if features.doses else do
    calm = torch.gather(calm, 1, group)
    if course is not None:
        at, ready = course.of_experiments(rng, real, clamp, treated, group)
        calm = calm & ready
    rate = gather(place.environment, group)
    x, settled = sim.settle(w, real, clamp, rate * treated, **at)
    expected = sim.settle(w, real, clamp, rate, **at)[0] if expect else None
    return States(x, expected, control, clamp, settled & calm)


class Course:
    """A table looked at before it is steady: its environments are stimuli, each group is one of them at one time."""

    def __init__(self, rng: np.random.Generator, w: sim.Worlds, place: Culture, groups: int) -> None:
        batch, n = place.batch, place.n
        none = torch.zeros(batch, 1, n, CHANNELS)
        self.world = w
        self.before, self.calm = sim.settle(w, none, none[..., 0], torch.ones(batch, 1, n))
        times = int(rng.integers(1, groups + 1))
        self.steps = torch.as_tensor(rng.integers(1, 40, times))[torch.arange(groups) % times].expand(batch, -1)
        place.environment = place.environment[:, torch.arange(groups) // times]

    def of_controls(self, groups: int) -> dict[str, torch.Tensor]:
        return {"start": self.before.expand(-1, groups, -1), "steps": self.steps}

    def of_experiments(self, rng: np.random.Generator, do: torch.Tensor, clamp: torch.Tensor, treated: torch.Tensor, group: torch.Tensor):
        """Where experiments start and for how long they run, and which are ready then."""
        start, ready = self.before.expand(-1, group.shape[1], -1), self.calm
        if rng.random() < 0.5:  # interventions long before the stimulus
            start, settled = sim.settle(self.world, do, clamp, treated)
            ready = ready & settled
        return {"start": start, "steps": torch.gather(self.steps, 1, group)}, ready


def effective(rng: np.random.Generator, do: torch.Tensor) -> torch.Tensor:
    """What partial losses, gains and cuts really come to: in half the tables less than their nominal amounts."""
    batch, _, n, _ = do.shape
    share = torch.as_tensor(np.where(rng.random((batch, 1, 1)) < 0.5, 1, rng.uniform(0.4, 1, (batch, 1, n))), dtype=torch.float32)
    real = do.clone()
    real[..., CUT] *= share
    real[..., GAIN] *= share
    real[..., LOSS] *= torch.where(do[..., LOSS] < 1, share, 1.0)
    return real
