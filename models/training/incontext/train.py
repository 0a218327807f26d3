"""Train the reader of experiments on simulated worlds.

Usage: python train.py [--seed 1] [--out FOLDER] [--last MINUTES] [--graph true|none|random]

One stage after another (STAGES), by processor time of one thread; resumes from FOLDER/checkpoint.pt where there is one.
The logic `thermodynamic` and the graph family `modular` are never trained on: they test what lies outside.
"""

import argparse
import json
import math
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

import experiments
import worlds
from features import ALL, MORE, NONE, Features
from model import Reader, Shape, deepened

HELD_OUT_LOGIC, HELD_OUT_GRAPH = "thermodynamic", "modular"
LOGICS = [logic for logic in worlds.LOGICS if logic != HELD_OUT_LOGIC]
GRAPHS = [family for family in worlds.GRAPHS if family != HELD_OUT_GRAPH]
WARM_UP, CELLS = 200, 7000
# Experiments, controls among them, where there are few.
FEW = 12
LIMIT = 3.0
# Spreads within which nine of ten errors lie.
REACH = 1.645
# Of the weights' running mean, which is what is used.
DECAY = 0.999


@dataclass(frozen=True)
class Diet:
    """What a stage of training draws its tables from."""

    logics: list[str]
    graphs: list[str]
    kinds: list[str]
    styles: dict[str, float]
    features: Features
    variables: tuple[int, int]
    most_context: int
    few: float = 0.0  # share of batches with a dozen experiments at most
    mixed: float = 0.0  # share of batches whose worlds have two logics
    disturbed: bool = True
    environments: bool = True
    cells: int = CELLS  # values of a batch, about
    queries: int = 8  # of a table, at most

    def logic(self, rng: np.random.Generator) -> str:
        if self.mixed and rng.random() < self.mixed:
            return "+".join(rng.choice(self.logics, 2, replace=False))
        return str(rng.choice(self.logics))


PLAIN = Diet(LOGICS[:4], GRAPHS[:3], ["single"] * 5 + ["double"] * 2 + ["clamp"] * 2 + ["cut", "outside"],
               {"screen": 0.6, "outside": 0.2, "panel": 0.2}, NONE, (6, 110), 56)
RICH = Diet(LOGICS, GRAPHS, ["single"] * 6 + ["double"] * 3 + ["half", "clamp", "clamp", "down", "up", "cut", "outside"],
              {"screen": 0.55, "outside": 0.27, "panel": 0.18}, ALL, (5, 150), 72)
WIDE = replace(RICH, logics=[*LOGICS, *worlds.MORE_LOGICS], features=MORE, few=0.4, mixed=0.4,
               styles={"screen": 0.6, "outside": 0.25, "panel": 0.15})
ASKED = replace(WIDE, queries=20)
DIETS, NAMES = (PLAIN, RICH, WIDE, ASKED), ("plain", "rich", "wide", "wide, more queries a table")


@dataclass(frozen=True)
class Stage:
    """A learning rate that falls as a cosine from `rate` to `rate` times `end`."""

    minutes: float
    diet: Diet
    rate: float
    end: float
    precision: torch.dtype = torch.bfloat16
    limit: float = LIMIT  # spreads beyond which an error counts linearly
    tails: bool = False  # spreads by the errors' 90th percentile instead of their squares
    kin: bool = False  # starts from a plain prediction that knows kin interventions
    layers: int = 4
    warm: float = 0.0  # share in which the rate rises

    def rate_at(self, share: float) -> float:
        rise = min(1.0, share / self.warm) if self.warm else 1.0
        return rise * self.rate * (self.end + (1 - self.end) * 0.5 * (1 + float(np.cos(np.pi * min(1, share)))))


STAGES = [
    Stage(36, PLAIN, 1.5e-3, 0.02, torch.float32),
    Stage(9, PLAIN, 1.2e-3, 1),
    Stage(62, RICH, 1.2e-3, 0.01),
    Stage(48.5, WIDE, 1.0e-3, 0.0, limit=6.0, tails=True),
    Stage(50, WIDE, 8e-4, 0.0, limit=6.0, tails=True, kin=True),
    Stage(90, ASKED, 1.0e-3, 0.0, limit=6.0, tails=True, kin=True, layers=6, warm=0.02),
]


def batch(rng: np.random.Generator, diet: Diet, size: int | None = None, kin: bool = True) -> experiments.Tables:
    low, high = diet.variables
    n = int(np.exp(rng.uniform(np.log(low), np.log(high)))) if size is None else size
    most = FEW if diet.few and rng.random() < diet.few else diet.most_context
    context = int(rng.integers(4, min(2 * n, most) + 1))
    kinds = list(rng.permutation(diet.kinds * (1 + diet.queries // len(diet.kinds)))[: min(max(8, n // 2), diet.queries, n)])
    count = max(1, diet.cells // (n * (context + len(kinds))))
    style = str(rng.choice(list(diet.styles), p=list(diet.styles.values())))
    logic, graph = diet.logic(rng), str(rng.choice(diet.graphs))
    return experiments.tables(rng, logic, graph, count, n, context, kinds, style, diet.disturbed, diet.features,
                              environments=diet.environments, kin=kin)


def change_graph(t, how: str, rng: np.random.Generator):
    if how == "true":
        return t
    graph = torch.zeros_like(t.graph)
    if how == "random":
        order = torch.as_tensor(rng.permutation(t.graph.shape[1]))
        graph = t.graph[:, order][:, :, order]
    return experiments.Tables(**{**t.__dict__, "graph": graph})


def loss_of(mean, spread, t, stage):
    """Huber on the mean; on the spread a Gaussian likelihood, or the quantile loss of where nine of ten errors end."""
    truth, asked = t.value[:, t.context:], t.asked[:, t.context:]
    error = mean - truth
    size = error.abs()
    huber = torch.where(size < stage.limit, 0.5 * size**2, stage.limit * size - 0.5 * stage.limit**2)
    if stage.tails:
        beyond = torch.log(size.detach() + 1e-3) - spread - math.log(REACH)
        width = torch.maximum(0.9 * beyond, -0.1 * beyond)
    else:
        width = (0.5 * (error.detach() / spread.exp()) ** 2 + spread).clamp_max(20)
    return ((huber + 0.2 * width) * asked).sum() / asked.sum().clamp_min(1)


def stage_at(stages: list[Stage], spent: float) -> tuple[Stage, float] | None:
    """The stage that `spent` seconds of training lie in, and the share of it that is done."""
    for stage in stages:
        if spent < 60 * stage.minutes:
            return stage, spent / (60 * stage.minutes)
        spent -= 60 * stage.minutes
    return None


class Training:
    """A model, its optimiser and how far they are."""

    def __init__(self, shape: Shape, seed: int, folder: Path, reader: type[Reader] = Reader) -> None:
        self.seed, self.file = seed, folder / "checkpoint.pt"
        self.step, self.spent, self.curve = 0, 0.0, []
        state = torch.load(self.file, weights_only=False) if self.file.exists() else {}
        self.take(reader(Shape(**state["shape"]) if state else shape))
        if state:
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.spent, self.curve = state["step"], state["spent"], state["curve"]
            self.average.module.load_state_dict(state["average"])
            self.average.n_averaged += 1

    def take(self, model: Reader) -> None:
        self.model = model
        self.optimiser = torch.optim.AdamW(model.parameters(), weight_decay=1e-4, betas=(0.9, 0.98))
        self.average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(DECAY))

    def save(self) -> None:
        state = {"model": self.model.state_dict(), "average": self.average.module.state_dict(), "step": self.step,
                 "optimiser": self.optimiser.state_dict(), "spent": self.spent, "curve": self.curve,
                 "shape": self.model.shape.as_dict(), "seed": self.seed}
        torch.save(state, self.file.with_suffix(".part"))
        self.file.with_suffix(".part").rename(self.file)

    def learn(self, stage: Stage, share: float, how: str) -> tuple[float, float]:
        """One step on tables of its own; the model's squared error and that of effects added up, cut."""
        if len(self.model.layers) < stage.layers:
            self.take(deepened(self.average.module, stage.layers))
        rng = np.random.default_rng([self.seed, self.step])
        return self.fit(change_graph(batch(rng, stage.diet, kin=stage.kin), how, rng), stage, share)

    def fit(self, t: experiments.Tables, stage: Stage, share: float) -> tuple[float, float]:
        for group in self.optimiser.param_groups:
            group["lr"] = stage.rate_at(share) * min(1, (self.step + 1) / WARM_UP)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=stage.precision == torch.bfloat16):
            mean, spread = self.model(t)
        mean, spread = mean.float(), spread.float()
        self.optimiser.zero_grad()
        loss_of(mean, spread, t, stage).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.average.update_parameters(self.model)
        self.step += 1
        asked, truth = t.asked[:, t.context:], t.value[:, t.context:]
        error = lambda said: float(((said.detach() - truth).clamp(-LIMIT, LIMIT) ** 2 * asked).sum() / asked.sum().clamp_min(1))  # noqa: E731
        return error(mean), error(t.added[:, t.context:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("runs/incontext"))
    parser.add_argument("--last", type=float, default=STAGES[-1].minutes, help="minutes of the last stage")
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--graph", choices=["true", "none", "random"], default="true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    stages = [*STAGES[:-1], replace(STAGES[-1], minutes=options.last)]
    training = Training(Shape(width=options.width, layers=options.layers, hidden=5 * options.width // 2), options.seed, options.out)
    errors, begun, saved = [], time.process_time(), time.time()
    while (now := stage_at(stages, training.spent)) is not None:
        errors.append(training.learn(*now, options.graph))
        training.spent += time.process_time() - begun
        begun = time.process_time()
        if training.step % 100 == 0:
            mean, added = np.mean(errors, 0)
            training.curve.append([training.step, round(training.spent), float(mean), float(added)])
            print(f"{training.step} {training.spent:.0f}s model {mean:.4f} added {added:.4f} ratio {mean / added:.3f}", flush=True)
            errors = []
        if time.time() - saved > 60:
            training.save()
            saved = time.time()
    training.save()
    (options.out / "curve.json").write_text(json.dumps(training.curve))


if __name__ == "__main__":
    main()
