"""Write effectors.csv: effector levels per carbon source and oxygen, log2 relative to glucose with oxygen.

Acetate: steady state of Kotte et al. 2010 (BIOMD0000000244) in its acetate phase over its glucose phase,
simulated with libroadrunner (pip install libroadrunner; not needed for training, the table is committed).
Other rows: estimates in the order found by the cited papers, marked as such.
"""

import csv
from pathlib import Path

import numpy as np

from paths import DATA

KOTTE = {
    "camp": "cAMP", "fbp": "FBP", "pep": "PEP", "pyr": "PYR", "glx": "GLX", "accoa": "ACoA",
    "g6p": "G6P", "akg": "AKG", "eiia_p": "EIIA_P",
}
LIMIT = 6.0  # the model clips effector inputs to +-6
BETTENBROCK = "estimate, order of Bettenbrock et al. 2007, doi:10.1128/JB.00819-07"
FLUX = "estimate, FBP follows glycolytic flux: Kochanowski et al. 2013, doi:10.1073/pnas.1202582110"
REDOX = "estimate, quinol share rises without oxygen: Georgellis et al. 2001, doi:10.1126/science.1059361"
ABSENT = "defined: the oxygen or nitrate of the medium, absent or present is the limit"

ESTIMATES = {
    "glycerol": {"camp": (2.0, BETTENBROCK), "eiia_p": (3.5, BETTENBROCK), "fbp": (-1.5, FLUX), "pyr": (-1.5, FLUX)},
    "fructose": {"camp": (1.0, BETTENBROCK), "eiia_p": (1.0, BETTENBROCK), "fbp": (-0.3, FLUX)},
    "sorbitol": {"camp": (1.5, BETTENBROCK), "eiia_p": (1.5, BETTENBROCK), "fbp": (-0.7, FLUX)},
    "xylose": {"camp": (1.7, BETTENBROCK), "eiia_p": (3.0, BETTENBROCK), "fbp": (-1.0, FLUX)},
    "ribose": {"camp": (1.7, BETTENBROCK), "eiia_p": (3.0, BETTENBROCK), "fbp": (-1.2, FLUX)},
    "galactose": {"camp": (2.0, BETTENBROCK), "eiia_p": (3.0, BETTENBROCK), "fbp": (-1.5, FLUX)},
    "gluconate": {"camp": (0.7, BETTENBROCK), "eiia_p": (2.0, BETTENBROCK), "fbp": (-1.5, FLUX)},
    "pyruvate": {"camp": (3.0, BETTENBROCK), "eiia_p": (3.0, BETTENBROCK), "fbp": (-3.5, FLUX)},
    "fumarate": {"camp": (3.5, BETTENBROCK), "eiia_p": (4.0, BETTENBROCK), "fbp": (-4.0, FLUX)},
    "tartrate": {"camp": (3.5, BETTENBROCK), "eiia_p": (4.0, BETTENBROCK), "fbp": (-4.0, FLUX)},
}


def acetate() -> dict[str, float]:
    """log2 (acetate phase at 25 h / glucose phase at 5 h), clipped."""
    import roadrunner

    model = roadrunner.RoadRunner(str(DATA / "biomodels/BIOMD0000000244.xml"))
    model.setIntegratorSetting("cvode", "relative_tolerance", 1e-8)
    run = np.asarray(model.simulate(0, 99000, 2000, ["time", *KOTTE.values()]))
    glucose, acetate = (run[np.argmin(abs(run[:, 0] - t)), 1:] for t in (18000, 90000))
    change = np.clip(np.log2((acetate + 1e-12) / (glucose + 1e-12)), -LIMIT, LIMIT)
    return dict(zip(KOTTE, change))


def rows():
    source = "simulated, Kotte et al. 2010, doi:10.1038/msb.2010.10 (BIOMD0000000244, 25 h over 5 h)"
    for name, value in acetate().items():
        yield "acetate", 1, name, round(float(value), 2), source
    for carbon, levels in ESTIMATES.items():
        for name, (value, why) in levels.items():
            yield carbon, 1, name, value, why
    for name in [*KOTTE, "o2", "q8h2", "no3"]:
        yield "glucose", 1, name, 0.0, "reference"
    yield "*", 1, "o2", 0.0, ABSENT
    yield "*", 1, "q8h2", 0.0, REDOX
    yield "*", 0, "o2", -LIMIT, ABSENT
    yield "*", 0, "q8h2", 3.0, REDOX
    yield "*", "nitrate", "o2", -LIMIT, ABSENT
    yield "*", "nitrate", "q8h2", 1.5, REDOX
    yield "*", "nitrate", "no3", LIMIT, ABSENT


def main() -> None:
    path = Path(__file__).with_name("effectors.csv")
    with path.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["carbon", "oxygen", "effector", "log2_change", "source"])
        out.writerows(rows())


if __name__ == "__main__":
    main()
