"""Train the reader of experiments on simulated worlds.

Usage: python train.py [--minutes 60] [--seed 1] [--out FOLDER] [--graph true|none|random] [--no-residual]

Resumes from FOLDER/checkpoint.pt where there is one. The logic `thermodynamic` and the graph family `modular` are never
trained on: they test what lies outside.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch

import experiments
import worlds
from model import Reader, Shape

HELD_OUT_LOGIC, HELD_OUT_GRAPH = "thermodynamic", "modular"
LOGICS = [logic for logic in worlds.LOGICS if logic != HELD_OUT_LOGIC]
GRAPHS = [family for family in worlds.GRAPHS if family != HELD_OUT_GRAPH]
KINDS = ["single"] * 5 + ["double"] * 2 + ["clamp"] * 2 + ["cut", "outside"]
STYLES, STYLE_SHARES = ("screen", "outside", "panel"), (0.6, 0.2, 0.2)
WARM_UP, RATE, CELLS = 200, 1.5e-3, 7000
LIMIT = 3.0


def batch(rng: np.random.Generator, logics=LOGICS, families=GRAPHS, size=None):
    n = int(np.exp(rng.uniform(np.log(6), np.log(110)))) if size is None else size
    context = int(rng.integers(4, min(2 * n, 56) + 1))
    kinds = list(rng.permutation(KINDS)[: min(8, n)])
    count = max(1, CELLS // (n * (context + len(kinds))))
    style = str(rng.choice(STYLES, p=STYLE_SHARES))
    return experiments.tables(rng, str(rng.choice(logics)), str(rng.choice(families)), count, n, context, kinds, style)


def change_graph(t, how: str, rng: np.random.Generator):
    if how == "true":
        return t
    graph = torch.zeros_like(t.graph)
    if how == "random":
        order = torch.as_tensor(rng.permutation(t.graph.shape[1]))
        graph = t.graph[:, order][:, :, order]
    return experiments.Tables(**{**t.__dict__, "graph": graph})


def loss_of(mean, spread, t):
    """Huber on the mean, Gaussian likelihood on the spread."""
    truth, asked = t.value[:, t.context:], t.asked[:, t.context:]
    error = mean - truth
    size = error.abs()
    huber = torch.where(size < LIMIT, 0.5 * size**2, LIMIT * size - 0.5 * LIMIT**2)
    likelihood = 0.5 * (error.detach() / spread.exp()) ** 2 + spread
    return ((huber + 0.2 * likelihood.clamp_max(20)) * asked).sum() / asked.sum().clamp_min(1)


def rate_at(share: float, step: int) -> float:
    return RATE * min(1, step / WARM_UP) * (0.02 + 0.98 * 0.5 * (1 + np.cos(np.pi * min(1, share))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("runs/incontext"))
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--graph", choices=["true", "none", "random"], default="true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    shape = Shape(width=options.width, layers=options.layers, hidden=5 * options.width // 2)
    model = Reader(shape)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=1e-4, betas=(0.9, 0.98))
    step, spent, curve = 0, 0.0, []
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        step, spent, curve = state["step"], state["spent"], state["curve"]

    def save() -> None:
        state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "spent": spent,
                 "curve": curve, "shape": shape.as_dict(), "seed": options.seed}
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").rename(checkpoint)

    losses, plain, begun, saved = [], [], time.process_time(), time.time()
    while spent < options.minutes * 60:
        rng = np.random.default_rng([options.seed, step])
        t = change_graph(batch(rng), options.graph, rng)
        for group in optimiser.param_groups:
            group["lr"] = rate_at(spent / (options.minutes * 60), step)
        mean, spread = model(t)
        loss = loss_of(mean, spread, t)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        spent += time.process_time() - begun
        begun = time.process_time()
        with torch.no_grad():
            asked, truth = t.asked[:, t.context:], t.value[:, t.context:]
            total = asked.sum().clamp_min(1)
            losses.append(float((((mean - truth).clamp(-LIMIT, LIMIT) ** 2) * asked).sum() / total))
            plain.append(float((((t.added[:, t.context:] - truth).clamp(-LIMIT, LIMIT) ** 2) * asked).sum() / total))
        if step % 100 == 0:
            curve.append([step, round(spent), float(np.mean(losses)), float(np.mean(plain))])
            ratio = np.mean(losses) / np.mean(plain)
            print(f"{step} {spent:.0f}s model {np.mean(losses):.4f} added {np.mean(plain):.4f} ratio {ratio:.3f} gate {model.gate.item():.3f}", flush=True)
            losses, plain = [], []
        if time.time() - saved > 120:
            save()
            saved = time.time()
    save()
    (options.out / "curve.json").write_text(json.dumps(curve))


if __name__ == "__main__":
    main()
