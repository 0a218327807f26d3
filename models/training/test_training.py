"""Small checks of the training code; those that need data skip without it."""

import numpy as np
import pytest
import torch

import environment
import graph
from metrics import scores
from model import Ridge
from paths import DATA
from samples import deletions, own_regulon

needs_data = pytest.mark.skipif(not (DATA / "ecoli").is_dir(), reason="no data: set CELLWEAVE_DATA")


def test_deletions_are_read_from_strain_or_lineage():
    assert deletions("Escherichia coli BW25113 del_phoB", "x") == {"phoB"}
    assert deletions("Escherichia coli K-12 MG1655 del_ndh del_cyoB", "x") == {"ndh", "cyoB"}
    assert deletions("Escherichia coli CCK_PGI.4.111.0", "pgi_ale4") == {"pgi"}
    assert deletions("Escherichia coli EEP.5.59.1", "BOP27_ndh-cyoB_A5_F59_I1_R1") == {"ndh", "cyoB"}
    assert deletions("Escherichia coli K-12 MG1655", "wt_glc") == frozenset()


def test_own_regulon_matches_whole_names():
    assert list(own_regulon("fur", [["Fur"], ["Zur"], ["Crp", "Fur"]])) == [True, False, True]


def test_rewiring_keeps_degrees_and_moves_edges():
    matrix = (np.random.default_rng(0).random((30, 40)) < 0.1).astype(float)
    rewired = graph._rewired(matrix, 1)
    assert (rewired.sum(0) == matrix.sum(0)).all() and (rewired.sum(1) == matrix.sum(1)).all()
    assert (rewired != matrix).sum() > matrix.sum()


def test_ridge_says_nothing_where_nothing_changed():
    rng = np.random.default_rng(0)
    weights = {"environment": rng.normal(size=(3, 4)), "effector": rng.normal(size=(2, 4)),
               "perturbation": rng.normal(size=(5, 4)), "own": np.ones((5, 4)), "own_offset": np.ones(4),
               "own_slope": np.ones(4), "any_slope": np.ones(4)}
    zero = [torch.zeros(1, n) for n in (3, 2, 2, 5)]
    assert Ridge(weights)(torch.randn(1, 4), *zero).abs().max() == 0


def test_feature_names_are_unique():
    assert len(set(environment.NAMES)) == len(environment.FEATURES) == 66


def test_flux_balance_knows_media_and_says_nothing_of_others():
    import fluxes

    row = np.zeros(len(environment.NAMES))
    row[[environment.NAMES.index("carbon:glucose"), environment.NAMES.index("oxygen")]] = 1
    assert (fluxes.medium_of(row), fluxes.oxygen_of(row)) == ("glucose", "1")
    assert fluxes.balance(row, "cyoB+nuoB")["growth"] < fluxes.balance(row)["growth"]
    assert fluxes.balance(row, "arcA") == {}
    values, known = fluxes.levels(np.stack([row, 0 * row]))
    assert list(known) == [True, False] and (values == 0).all()


@needs_data
def test_kriging_finds_a_genotype_through_its_kin():
    import kriging

    d = kriging.load()
    at = {g: i for i, g in enumerate(d.pairs.genotype)}
    assert d.kinship[at["qseB"], at["qseC"]] == pytest.approx(1)
    assert d.kinship[at["cpxR"], at["baeR"]] > 0.3 > d.kinship[at["cpxR"], at["mntR"]]
    assert (d.reach[d.pairs.own] == 0).all()
    found = scores(kriging.leave_out(d, d.pairs.genotype, kriging.Constants())[0], d.pairs)
    assert found["mse"] == pytest.approx(5.993, abs=5e-3)


@needs_data
def test_plain_table_rows():
    import metrics
    import plain
    import samples as sample_table

    samples = sample_table.load()
    pairs = sample_table.load_pairs(samples)
    tables = plain.tables(samples, pairs)
    assert (len(samples.imodulons), len(pairs.genotype), len(tables.genotypes)) == (145, 74, 38)
    assert metrics.scores(0 * pairs.change, pairs)["mse"] == pytest.approx(9.215, abs=5e-4)
    assert metrics.scores(plain.leave_genotype_out(tables), pairs)["mse"] < 6.7
