"""Simulated worlds and the reader's training: `python -m pytest test_incontext.py`."""

import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent / "incontext"))
# Both folders have a train.py and a model.py.
for name in ("train", "model", "export"):
    sys.modules.pop(name, None)

import experiments  # noqa: E402
import train  # noqa: E402
import worlds  # noqa: E402
from features import ALL, NONE  # noqa: E402
from model import Reader, Shape  # noqa: E402


@pytest.mark.parametrize("logic,family", list(product(worlds.LOGICS, worlds.GRAPHS)))
def test_tables_are_finite_and_ask_what_is_not_shown(logic, family):
    for style in ("screen", "outside", "panel"):
        t = experiments.tables(np.random.default_rng(1), logic, family, 4, 12, 10, ["single", "double", "half", "cut", "up"], style, features=ALL)
        assert all(torch.isfinite(v).all() for v in t.__dict__.values() if torch.is_tensor(v))
        assert t.asked[:, 10:].sum() > 0 and (t.asked * t.known).sum() == 0 and t.asked[:, :10].sum() == 0


def test_queries_never_lost_alone_in_the_context():
    t = experiments.tables(np.random.default_rng(2), "or", "random", 6, 20, 16, ["single"] * 4, features=NONE)
    lost = t.do[..., worlds.LOSS] >= 1
    assert not (lost[:, :16].any(1) & lost[:, 16:].any(1)).any()


N = 6


def pair(logic: str) -> worlds.Worlds:
    """Variable 0 activates variable 1, which represses variable 0; the others have no edges."""
    w = worlds.draw(np.random.default_rng(3), logic, "random", 1, N)
    parents, sign, one = torch.zeros_like(w.parents), torch.zeros_like(w.sign), torch.ones_like(w.sign)
    parents[0, 0, 0], sign[0, 0, 0], sign[0, 1, 0] = 1, -1, 1
    return replace(w, parents=parents, sign=sign, strength=2 * one, threshold=0.3 * one, shield=0.5 * torch.ones(1, N), ceiling=torch.ones(1, N))


def test_an_inhibited_kinase_is_phosphorylated_more():
    do = torch.zeros(1, 2, N, worlds.CHANNELS)
    do[0, 1, 1, worlds.CUT] = 1
    x, settled = worlds.settle(pair("signalling"), do, torch.zeros(1, 2, N), torch.ones(1, 2, N))
    assert settled.all() and (x[0, 1, :2] > x[0, 0, :2]).all()


def test_courses_start_where_they_are_told():
    w, none = pair("and"), torch.zeros(1, 2, N, worlds.CHANNELS)
    start = torch.full((1, 2, N), 0.7)
    x, _ = worlds.settle(w, none, none[..., 0], torch.ones(1, 2, N), start, torch.tensor([[0, 90]]))
    steady, _ = worlds.settle(w, none, none[..., 0], torch.ones(1, 2, N))
    assert torch.equal(x[0, 0], start[0, 0]) and not torch.allclose(x[0, 1], start[0, 1])
    assert (x[0, 1] - steady[0, 1]).abs().max() < 0.1


def test_an_untrained_reader_answers_with_the_first_plain_row():
    t = train.batch(np.random.default_rng(4), train.RICH, 9)
    model = Reader(Shape())
    with torch.no_grad():
        model.head.weight.zero_()
        mean, _ = model(t)
    assert torch.allclose(mean, t.added[:, t.context:])


def test_stages_follow_one_another():
    stages = [train.Stage(1, train.PLAIN, 1e-3, 0.1), train.Stage(2, train.RICH, 1e-3, 0.1)]
    assert [train.stage_at(stages, s) for s in (30, 90, 180)] == [(stages[0], 0.5), (stages[1], 0.25), None]
    assert [stages[0].rate_at(share) for share in (0, 1)] == pytest.approx([1e-3, 1e-4])


def test_training_resumes(tmp_path):
    stage = replace(train.STAGES[-1], diet=replace(train.PLAIN, variables=(5, 8), most_context=6))
    first = train.Training(Shape(width=16, layers=1, hidden=16), 1, tmp_path)
    first.learn(stage, 0.5, "true")
    first.save()
    again = train.Training(Shape(width=16, layers=1, hidden=16), 2, tmp_path)
    assert again.step == 1
    assert all(torch.equal(a, b) for a, b in zip(first.average.module.parameters(), again.average.module.parameters()))
