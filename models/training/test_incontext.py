"""Simulated worlds and the reader's training: `python -m pytest test_incontext.py`."""

import sys
from dataclasses import fields, replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).parent / "incontext"))
# Both folders have a train.py and a model.py.
for name in ("train", "model", "export"):
    sys.modules.pop(name, None)

import ablate  # noqa: E402
import calibrate  # noqa: E402
import experiments  # noqa: E402
import logics  # noqa: E402
import train  # noqa: E402
import worlds  # noqa: E402
from features import MORE, NONE, Features  # noqa: E402
from kinship import kin_process, touched_by  # noqa: E402
from model import Reader, Shape, deepened  # noqa: E402
from stress import DIRECTIONS, Stress  # noqa: E402


@pytest.mark.parametrize("logic,family", list(product([*worlds.LOGICS, *worlds.MORE_LOGICS, "power+or"], worlds.GRAPHS)))
def test_tables_are_finite_and_ask_what_is_not_shown(logic, family):
    for style in ("screen", "outside", "panel"):
        t = experiments.tables(np.random.default_rng(1), logic, family, 2, 12, 10, ["single", "double", "half", "cut", "up"], style, features=MORE)
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


def test_two_logics_share_a_world():
    w = replace(pair("and"), first=torch.arange(N)[None] < 3)
    x, active = torch.rand(1, 2, N), torch.ones(1, 2, N)
    both, first, second = (logics.production(replace(w, logic=name), x, active) for name in ("power+or", "power", "or"))
    assert torch.equal(both[..., :3], first[..., :3]) and torch.equal(both[..., 3:], second[..., 3:])


@pytest.mark.parametrize("logic", [*worlds.LOGICS, *worlds.MORE_LOGICS])
def test_signs_are_signs(logic):
    """More of an activator makes more, more of a repressor less."""
    w = replace(pair(logic), reading=torch.ones(1, N, worlds.UNITS))
    x = torch.full((1, 2, N), 0.5)
    x[0, 1, :2] = 0.8
    made = logics.production(w, x, torch.ones(1, 2, N))
    assert made[0, 1, 1] > made[0, 0, 1] and made[0, 1, 0] < made[0, 0, 0]


def test_stress_moves_cultures_along_directions_that_environments_share():
    stress = Stress(np.random.default_rng(5), 40, 6, 30)
    group = np.arange(40 * 12).reshape(40, 12) % 6
    moved = stress.treated(np.zeros((40, 12, 30), bool), group).log()
    both = torch.cat([stress.environment().log(), moved], 1)
    within = both[both.abs().amax((1, 2)) < 1.99]
    assert len(within) > 10 and (torch.linalg.matrix_rank(within, rtol=1e-3) <= DIRECTIONS).all()
    assert (moved.abs().amax((1, 2)) > 0).float().mean() > 0.4


def test_courses_start_where_they_are_told():
    w, none = pair("and"), torch.zeros(1, 2, N, worlds.CHANNELS)
    start = torch.full((1, 2, N), 0.7)
    x, _ = worlds.settle(w, none, none[..., 0], torch.ones(1, 2, N), start, torch.tensor([[0, 90]]))
    steady, _ = worlds.settle(w, none, none[..., 0], torch.ones(1, 2, N))
    assert torch.equal(x[0, 0], start[0, 0]) and not torch.allclose(x[0, 1], start[0, 1])
    assert (x[0, 1] - steady[0, 1]).abs().max() < 0.1


def test_an_untrained_reader_answers_with_the_first_plain_row():
    t = train.batch(np.random.default_rng(4), train.WIDE, 9)
    model = Reader(Shape())
    with torch.no_grad():
        model.head.weight.zero_()
        mean, _ = model(t)
    assert torch.allclose(mean, t.added[:, t.context:])


def test_spreads_learn_where_nine_of_ten_errors_end():
    t = train.batch(np.random.default_rng(6), train.WIDE, 9)
    stage, truth = train.STAGES[-1], t.value[:, t.context:]
    error = torch.as_tensor(np.random.default_rng(7).standard_t(2, truth.shape), dtype=torch.float32)
    widths = torch.linspace(-1, 2, 61)
    costs = [float(train.loss_of(truth + error, torch.full_like(truth, float(w)), t, stage)) for w in widths]
    inside = (error.abs() <= train.REACH * widths[int(np.argmin(costs))].exp())[t.asked[:, t.context:] > 0]
    assert 0.87 < inside.float().mean() < 0.93


def test_calibration_brings_lines_together():
    rng = np.random.default_rng(5)
    found = []
    for size in (0.1, 0.5, 2.0):
        spread = np.log(size) + rng.normal(0, 0.2, 4000)
        # Errors of half the size that a spread of the square root claims.
        found.append((0.5 * np.exp(spread) * np.abs(rng.standard_normal(4000)), 0.5 * spread))
    factor, power = calibrate.calibrated(found)
    assert factor == pytest.approx(0.5, rel=0.06) and power == pytest.approx(2, abs=0.06)
    assert np.abs(calibrate.coverage(found, factor, power) - calibrate.LEVEL).max() < 0.015


def test_contexts_of_few_experiments_are_common_in_the_last_stage():
    sizes = [train.batch(np.random.default_rng([8, k]), replace(train.WIDE, cells=500), 20).context for k in range(30)]
    assert 10 <= sum(size <= train.FEW for size in sizes) <= 25


def kin_of(t: experiments.Tables, group: torch.Tensor, rows: list[int], context: int) -> torch.Tensor:
    """The kin process of some rows of a table, of which the first are the context."""
    pick = [a[:, rows].double() for a in (t.value, t.state, t.state, t.known, t.do, t.perturbed)]
    return kin_process(*pick, t.graph.double(), group[:, rows], context)


def test_a_row_of_the_context_is_predicted_as_if_it_were_not_there():
    t = train.batch(np.random.default_rng(5), train.WIDE, size=12)
    group = torch.arange(t.value.shape[1])[None].expand(t.value.shape[0], -1) % 3
    kept = list(range(t.context))
    own = kin_of(t, group, kept, t.context)
    for row in (0, t.context - 1):
        others = [r for r in kept if r != row]
        alone = kin_of(t, group, [*others, row], t.context - 1)[:, -1]
        torch.testing.assert_close(own[:, row], alone, rtol=1e-4, atol=1e-6)


def test_what_an_intervention_holds_says_nothing_of_others():
    t = train.batch(np.random.default_rng(6), train.WIDE, size=12)
    group = torch.zeros(t.value.shape[:2])
    held = touched_by(t.do)
    held[:, t.context:] = False
    rows = list(range(t.value.shape[1]))
    before = kin_of(t, group, rows, t.context)
    there = t.perturbed.bool()[..., None] & ~touched_by(t.do) & (torch.arange(len(rows)) >= t.context)[None, :, None]
    moved = replace(t, value=torch.where(held, 2 * t.value.sign() + t.value, t.value), graph=torch.zeros_like(t.graph))
    calm = replace(t, graph=torch.zeros_like(t.graph))
    assert before.isfinite().all()
    same = kin_of(moved, group, rows, t.context) - kin_of(calm, group, rows, t.context)
    # How strong an intervention is may tell which are kin; their own values count no further.
    assert same[there].abs().max() < 0.2


def test_stages_follow_one_another():
    stages = [train.Stage(1, train.PLAIN, 1e-3, 0.1), train.Stage(2, train.RICH, 1e-3, 0.1)]
    assert [train.stage_at(stages, s) for s in (30, 90, 180)] == [(stages[0], 0.5), (stages[1], 0.25), None]
    assert [stages[0].rate_at(share) for share in (0, 1)] == pytest.approx([1e-3, 1e-4])


def test_a_deepened_reader_answers_the_same_and_can_learn_more():
    t = train.batch(np.random.default_rng(4), train.WIDE, 9)
    model = Reader(Shape(width=16, layers=2, hidden=16))
    deep = deepened(model, 3)
    assert torch.equal(deep(t)[0], model(t)[0]) and torch.equal(deep(t)[1], model(t)[1])
    with torch.no_grad():
        deep.gate.fill_(1)
    deep(t)[0].square().sum().backward()
    assert all(layer.variables.out.weight.grad.abs().max() > 0 for layer in deep.layers)


def test_tables_of_many_variables_ask_more_in_the_last_stage():
    few, many = (train.batch(np.random.default_rng(4), train.STAGES[-1].diet, n) for n in (10, 60))
    assert (len(few.kind), len(many.kind)) == (8, 20)


def test_sound_graphs_are_shown_as_they_are():
    def shown(sound):
        rng = np.random.default_rng(3)
        return experiments.tables(rng, "or", "scale-free", 4, 9, 6, ["single"], disturbed=False, sound=sound).graph
    true = shown(True)
    assert set(true.unique().tolist()) <= {-1, 0, 1} and true.any() and not torch.equal(true, shown(False))


def test_ablations_change_one_thing_each():
    changes = ablate.changes()
    assert {name for name in changes if name.startswith("no ")} >= {f"no {f.name}" for f in fields(Features)}
    assert len({repr(change) for change in changes.values()}) == len(changes)


def test_an_unaided_reader_starts_from_nothing():
    t = train.batch(np.random.default_rng(4), train.WIDE, 9)
    model = ablate.Unaided(Shape(width=16, layers=1, hidden=16))
    with torch.no_grad():
        model.head.bias.zero_()
        model.head.weight.zero_()
        assert not model(t)[0].any()


def test_training_resumes(tmp_path):
    stage = replace(train.STAGES[-1], diet=replace(train.PLAIN, variables=(5, 8), most_context=6))
    first = train.Training(Shape(width=16, layers=1, hidden=16), 1, tmp_path)
    first.learn(stage, 0.5, "true")
    first.save()
    again = train.Training(Shape(width=16, layers=1, hidden=16), 2, tmp_path)
    assert again.step == 1
    assert all(torch.equal(a, b) for a, b in zip(first.average.module.parameters(), again.average.module.parameters()))
