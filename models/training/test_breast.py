"""Checks of the breast lines' training, without its data: `python -m pytest test_breast.py`."""

import numpy as np

from breast.midas import read_training
from breast.network import edges, site_node
from breast.numeric import course, nothing_added, settle, signals_at
from breast.parameters import PARAMETERS
from breast.sites import site_of

TABLE = """TR:X:CellLine,TR:EGF,TR:PBS,TR:GSK690693i,TR:PD173074i,DA:ALL,DV:AKT_pS473,DV:MAPK_pT202_Y204
1,1,0,0,0,0,1,2
1,1,0,0,1,0,2,2
1,1,0,1,0,0,{held},{held}
1,0,1,0,0,0,4,
"""


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
