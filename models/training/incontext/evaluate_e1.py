"""Table E1 of the benchmarks with the other knockouts as context: leave one genotype out, nothing trained on E. coli.

Usage: python evaluate_e1.py CHECKPOINT
"""

import sys
from pathlib import Path

import numpy as np
import torch

sys.path.append(str(Path(__file__).resolve().parents[1]))

import plain  # noqa: E402
import plain_rows  # noqa: E402
import samples as sample_table  # noqa: E402
from experiments import Tables  # noqa: E402
from metrics import scores  # noqa: E402
from model import load  # noqa: E402
from worlds import CHANNELS, OUTSIDE  # noqa: E402


def table(t: plain.Tables, rows: np.ndarray, asked: np.ndarray) -> tuple[Tables, torch.Tensor]:
    """Context `rows`, queries `asked`, and the spread that turns answers into activities."""
    order, context = np.concatenate([rows, asked]), len(rows)
    lift = lambda a: torch.as_tensor(a[order], dtype=torch.float32)[None]  # noqa: E731
    change, state = lift(t.pairs.change), lift(t.pairs.wild_type / t.scale)
    state = state - state[:, :context].mean(1, keepdim=True)
    known = torch.ones_like(change)
    known[:, context:] = 0
    do = torch.zeros(*change.shape, CHANNELS)
    do[..., OUTSIDE] = -lift(np.where(t.own > 0, np.where(t.mode != 0, t.mode, 0.5), 0)) - 0.5 * lift(np.clip(-t.second, -1, 1))
    spread, _ = plain_rows.spreads(change, torch.zeros_like(change), known, context)
    value = change / spread
    perturbed = torch.ones(1, len(order))
    given = {"value": value, "state": state, "known": known, "do": do, "perturbed": perturbed}
    parts = plain_rows.plain_parts(**given, away=torch.zeros_like(value), context=context)
    found = Tables(**given, **parts, graph=torch.zeros(1, change.shape[2], change.shape[2]), asked=1 - known,
                   context=context, kind=np.array([]))
    return found, spread[0]


@torch.no_grad()
def main() -> None:
    torch.set_num_threads(1)
    model = load(sys.argv[1])
    samples = sample_table.load()
    pairs = sample_table.load_pairs(samples)
    t = plain.tables(samples, pairs)
    read, base = np.zeros_like(pairs.change), np.zeros_like(pairs.change)
    for genotype in t.genotypes:
        out = pairs.genotype == genotype
        found, spread = table(t, np.flatnonzero(~out), np.flatnonzero(out))
        mean, _ = model(found)
        read[out] = (mean[0] * spread).numpy()
        base[out] = (found.added[0, found.context:] * spread).numpy()
    print("process", scores(base, pairs))
    print("reader", scores(read, pairs))
    for share in (0.25, 0.5, 0.75):
        print(share, scores(share * read + (1 - share) * base, pairs))


if __name__ == "__main__":
    main()
