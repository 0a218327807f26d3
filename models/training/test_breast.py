"""Checks of the breast lines' training, without its data: `python -m pytest test_breast.py`."""

import dataclasses
import json

import numpy as np
import pytest

from breast.known import FILE, centre_for, ceilings_for, units_of
from breast.midas import read_training
from breast.names import NAMES, site_key
from breast.network import edges, site_node
from breast.numeric import course, nothing_added, settle, signals_at
from breast.parameters import PARAMETERS
from breast.ridge import expected, fit_ridge, influence, most_probable, shuffled
from breast.sites import site_of

TABLE = """TR:X:CellLine,TR:EGF,TR:PBS,TR:GSK690693i,TR:PD173074i,DA:ALL,DV:AKT_pS473,DV:MAPK_pT202_Y204
1,1,0,0,0,0,1,2
1,1,0,0,1,0,2,2
1,1,0,1,0,0,{held},{held}
1,0,1,0,0,0,4,
"""


def table(tmp_path, text):
    file = tmp_path / "line.csv"
    file.write_text(text)
    return str(file)


def test_rows_of_other_inhibitors_are_not_read(tmp_path):
    def training(held):
        file = tmp_path / f"{held}.csv"
        file.write_text(TABLE.format(held=held))
        return read_training(str(file))

    one, other = training(1), training(999)
    assert one.left_out == other.left_out == 1
    np.testing.assert_array_equal(one.level, other.level)
    assert one.level[one.stimuli.index("EGF"), 1, 0, 0] == 1


def test_antibodies_are_known_in_other_spellings():
    for name in ("AKT_pS473", "Akt-pS473", "AKT1_S473"):
        assert site_of(name).id == "AKT_S473"
    assert site_of("ERK1/2_pT202_pY204").id == "MAPK_T202_Y204"
    assert site_of("GSK3-alpha-beta_pS9").id == "GSK3_S9"
    assert site_of("GSK3-alpha-beta_pS21_S9").id == "GSK3_S21_S9"
    assert {antibody: site_key(antibody) for antibody in NAMES["examples"]} == NAMES["examples"]
    assert site_of("STAT3_pY705") is None
    assert site_node("STAT3_pY705") == "STAT3_Y705"


def test_every_edge_has_a_source():
    assert all(doi.startswith("10.") and sign in "+-" for _, _, sign, doi in edges())


def test_the_mechanism_rests_and_an_allosteric_inhibitor_empties_akt():
    values = nothing_added({p.id: np.array([p.value]) for p in PARAMETERS})
    rest = settle(values)
    later = course(values, rest, [60.0])[-1]
    np.testing.assert_allclose(later, rest, atol=1e-5)
    drugged = signals_at(values, settle(values | {"MK2206": np.array([1000.0])}, rest))
    assert drugged["AKT_S473"][0] < 0.2 * signals_at(values, rest)["AKT_S473"][0]
    assert 0 <= later.min() and later.max() <= 1


def test_unknown_ligands_and_gaps_are_said(tmp_path):
    training = read_training(table(tmp_path, """TR:X:CellLine,TR:HRG,TR:TGFa,TR:AZD8055i,DA:ALL,DV:AKT_pS473,DV:STAT3_pY705
1,0,0,0,0,2,NA
1,1,0,0,7,8,3
1,1,1,0,7,9,3
1,1,0,1,7,9,3
"""))
    assert training.stimuli == ["NRG1", "PBS"]
    assert training.times == [0, 7]
    assert training.left_out == 1
    np.testing.assert_array_equal(training.start, [1, np.nan])
    assert [note.split(",")[0].split(":")[0] for note in training.notes] == [
        "1 rows under TGFa", "no row under PD173074", "not measured before the stimulus"]


@pytest.mark.parametrize("text, words", [
    ("a,b\n1,2\n", "no column starts with TR: or DA: or DV:"),
    (TABLE.format(held=1).replace("TR:EGF,TR:PBS", "TR:TGFa,TR:PBS").replace("1,0,1", "1,1,1"), "no receptor"),
    (TABLE.format(held=1).replace("2,2", "2,-2"), ":3: column 'DV:MAPK_pT202_Y204': expected a signal >= 0"),
    (TABLE.format(held=1).replace("2,2", "2"), ":3: expected 8 cells, got 7"),
    (TABLE.format(held=1).replace("MAPK_pT202_Y204", "AKT_pS473"), "there twice: AKT_pS473"),
])
def test_what_is_wrong_is_named_with_its_place(tmp_path, text, words):
    with pytest.raises(SystemExit, match=words.replace("(", "\\(")):
        read_training(table(tmp_path, text))


def test_a_line_learns_from_the_others_alone(tmp_path):
    training = read_training(table(tmp_path, TABLE.format(held=1).replace("MAPK_pT202_Y204", "YB-1_pS102")))
    other, same = centre_for(training), centre_for(dataclasses.replace(training, line="BT20"))
    assert 0 < other[:, 1].sum() != same[:, 1].sum()
    assert ceilings_for(training) == {}


def test_units_a_factor_away_are_found_and_others_refused(tmp_path):
    lines = json.loads(FILE.read_text())["lines"]
    sites = {site: found[1] for site, found in lines["BT20"]["signals"].items() if "AKT" in site or "S6" in site or "P" in site}
    header = "TR:X:CellLine,TR:EGF,TR:PBS,DA:ALL," + ",".join(f"DV:{site.replace(' ', '_')}" for site in sites)

    def training(shift):
        signals = ",".join(str(2 ** (level + shift(i))) for i, level in enumerate(sites.values()))
        return read_training(table(tmp_path, f"{header}\n1,0,1,0,{signals}\n1,1,0,5,{signals}\n"))

    same, scaled = training(lambda i: 0), training(lambda i: 10)
    assert units_of(same) == 0
    assert units_of(scaled) == pytest.approx(10, abs=1)
    assert units_of(training(lambda i: (-1) ** i * 6 + 10)) is None
    assert ceilings_for(scaled)["AKT_S473"] == pytest.approx(ceilings_for(same)["AKT_S473"] + units_of(scaled))


def test_weights_go_to_the_centre_where_rows_say_nothing():
    signs, centre = np.array([[1.0], [1.0]]), np.array([[0.3], [0.2]])
    x = np.zeros((3, 5, 2))
    x[..., 0] = np.linspace(-1, 1, 5)
    found = fit_ridge(x, 0.5 * x[..., :1], signs, centre)
    assert found.weights[:, 0] == pytest.approx([0.5, 0.2], abs=0.05)
    assert fit_ridge(x[:1], 0.5 * x[:1, :, :1], signs, centre).weights[:, 0].tolist() == [0.3, 0.2]


def test_a_table_without_a_line_has_its_file_s_name(tmp_path):
    file = tmp_path / "UACC.csv"
    file.write_text(TABLE.format(held=1).replace("TR:X:CellLine", "TR:Serum"))
    assert read_training(str(file)).line == "UACC"


def test_weights_that_rows_speak_against_are_small_and_not_zero():
    random = np.random.default_rng(1)
    x = random.standard_normal((200, 2))
    y = x @ [0.5, -0.02] + 0.3 * random.standard_normal(200)
    mode, mean = (estimate(x, y, np.zeros(2), 1.0) for estimate in (most_probable, expected))
    assert mode[1] == 0 < mean[1] < 0.03
    assert mode[0] == pytest.approx(mean[0], abs=0.01)
    draws = np.maximum(mean, 0) + 0.03 * random.standard_normal((200_000, 2))
    draws = draws[(draws >= 0).all(1)]
    cost = ((y[:, None] - x @ draws.T) ** 2).sum(0) + (draws**2).sum(1)
    share = np.exp(-(cost - cost.min()) / (2 * np.mean((y - x @ mode) ** 2)))
    share *= np.exp((((draws - np.maximum(mean, 0)) / 0.03) ** 2).sum(1) / 2)
    np.testing.assert_allclose(share @ draws / share.sum(), mean, atol=0.002)


def test_a_target_s_name_stands_for_its_drug(tmp_path):
    training = read_training(table(tmp_path, TABLE.format(held=1).replace("PD173074i", "FGFRi").replace("GSK690693i", "AKTi")))
    assert training.left_out == 1
    assert training.level[training.stimuli.index("EGF"), 1, 0, 0] == 1
    assert "'FGFR' is taken as PD173074, a drug of the same target, at 1000 nmol/L" in training.notes


def test_a_random_graph_has_the_same_degrees():
    signs = influence(["YB-1_pS102", "STAT3_pY705", "Rb_pS807_S811", "FOXO3a_pS318_S321"])
    random = shuffled(signs, 1)
    np.testing.assert_array_equal(random.sum(1), signs.sum(1))
    assert sorted(abs(random).sum(0)) == sorted(abs(signs).sum(0))
