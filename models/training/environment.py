"""Environment features of a PRECISE-1K sample: what the medium and the vessel are.

Values are absolute here; the model reads target minus reference.
"""

import re

import numpy as np
import pandas as pd

CARBON = [
    "glucose", "acetate", "glycerol", "pyruvate", "fructose", "xylose", "fumarate", "tartrate",
    "galactose", "gluconate", "sorbitol", "ribose",
]
SUPPLEMENTS = {
    "paraquat": r"paraquat|PQ \(", "hydrogen_peroxide": r"H2O2", "ethanol": r"Ethanol", "lithium": r"LiCl",
    "acetoacetate": r"Acetoacetate", "zinc": r"ZnCl2", "copper": r"CuSO4", "sodium_chloride": r"NaCl \(",
    "lactate": r"lactic", "citrate": r"citrate", "thiamine": r"thiamine", "tryptophan": r"tryptophan",
    "arginine": r"arginine", "leucine": r"leucine", "methionine": r"methionine", "tyrosine": r"tyrosine",
    "phenylalanine": r"phenylalanine", "glycine": r"glycine", "glutamate": r"glutamate",
    "threonine": r"threonine", "adenine": r"adenine|adenosine", "cytidine": r"cytidine", "uracil": r"uracil",
    "glutathione": r"glutathione", "salicylate": r"salicylate", "dibucaine": r"dibucaine",
    "beta_lactam": r"meropenem|ceftriaxone", "trimethoprim": r"trimethoprim", "ciprofloxacin": r"ciprofloxacin",
}

# name, unit, meaning; the order is the ONNX input's.
FEATURES = (
    [(f"carbon:{c}", "1", f"share of the carbon source that is {c}: 1 sole source, 0 absent") for c in CARBON]
    + [
        ("carbon:other", "1", "any other single sugar, sugar acid or amino sugar: 1 sole source"),
        ("oxygen", "1", "1 aerobic (or not stated), 0 anaerobic"),
        ("nitrate", "1", "1 with 20 mM nitrate, 0 without"),
        ("ammonium", "1", "1 ammonium is the nitrogen source, 0 another or starved"),
        ("nitrogen:glutamine", "1", "1 glutamine is the nitrogen source"),
        ("nitrogen:pyrimidine", "1", "1 cytosine, cytidine or uridine is the nitrogen source"),
        ("temperature", "10 K", "(degrees C - 37) / 10"),
        ("ph", "pH", "pH - 7"),
        ("medium:lb", "1", "LB: 1; ten-fold diluted: 0.5"),
        ("medium:medium_c", "1", "Medium C (rich bioreactor medium, pH 6.5, 30 degrees C)"),
        ("medium:rpmi", "1", "RPMI with 10 % LB"),
        ("medium:camhb", "1", "cation-adjusted Mueller-Hinton broth"),
        ("medium:w2", "1", "W2 minimal medium"),
        ("phosphate", "1", "0 in phosphate-rich media, -1 phosphate limited (M9P)"),
        ("potassium", "1", "0 in potassium-rich media, -1 with 0.1 mM K (TMA)"),
        ("iron", "1", "0 standard, 1 iron added, -1 chelated (dipyridyl) or starved"),
        ("osmotic_stress", "1", "1 with 0.3 M NaCl or stated osmotic stress"),
        ("culture:fed_batch", "1", "1 in a fed-batch bioreactor"),
        ("culture:chemostat", "1", "1 in a chemostat"),
        ("culture:late", "log2(h/6)", "log2 of hours since start over 6 h where the project states hours, else 0"),
    ]
    + [(f"supplement:{s}", "1", f"1 with {s.replace('_', ' ')} added") for s in SUPPLEMENTS]
    + [
        ("history:evolved", "1", "1 after adaptive evolution; leave 0"),
        ("history:expression_host", "1", "1 with an induced foreign protein; leave 0"),
        ("history:bw25113", "1", "1 strain BW25113; leave 0 for MG1655"),
        ("history:w3110", "1", "1 strain W3110; leave 0"),
        ("history:reduced_genome", "1", "1 strain DGF-298; leave 0"),
    ]
)
NAMES = [name for name, _, _ in FEATURES]


def _text(value) -> str:
    return value if isinstance(value, str) else ""


def _minicoli(condition: str) -> dict[str, float]:
    """The project's media are only in its condition names."""
    carbon = {"fruc": "fructose", "glyc": "glycerol", "pyr": "pyruvate", "sorb": "sorbitol"}
    tail = re.split(r"[_-]", condition)[-1]
    row: dict[str, float] = {}
    if tail == "LB":
        row["medium:lb"] = 1
    else:
        row[f"carbon:{carbon.get(tail, 'glucose')}"] = 1
    if tail in ("cyt", "urid"):
        row |= {"ammonium": 0, "nitrogen:pyrimidine": 1}
    elif "N_starve" in condition:
        row["ammonium"] = 0
    elif "Fe_starve" in condition:
        row["iron"] = -1
    elif tail == "osm":
        row["osmotic_stress"] = 1
    elif tail == "ph5":
        row["ph"] = -2
    return row


def _carbon(source: str) -> dict[str, float]:
    if not source:
        return {}
    named = next((c for c in CARBON if c in source.lower()), "other")
    return {f"carbon:{named}": 1.0}


def _medium(base: str) -> dict[str, float]:
    known = {
        "LB": {"medium:lb": 1.0}, "01xLB": {"medium:lb": 0.5}, "Medium C": {"medium:medium_c": 1.0},
        "RPMI+10%LB": {"medium:rpmi": 1.0}, "CAMHB": {"medium:camhb": 1.0}, "W2": {"medium:w2": 1.0},
        "M9P": {"phosphate": -1.0},
    }
    return known.get(base, {})


def _nitrogen(source: str) -> dict[str, float]:
    if "cyt" in source:
        return {"ammonium": 0.0, "nitrogen:pyrimidine": 1.0}
    if "glutamine" in source:
        return {"ammonium": 0.0, "nitrogen:glutamine": 1.0}
    return {}


def _iron(supplement: str) -> dict[str, float]:
    if "DPD" in supplement:
        return {"iron": -1.0}
    return {"iron": 1.0} if "FeCl" in supplement else {}


def _strain(sample: pd.Series) -> dict[str, float]:
    strain = _text(sample["Strain Description"])
    return {
        "history:evolved": float(sample["Evolved Sample"] != "No"),
        "history:expression_host": float(sample.project == "pcoli"),
        "history:bw25113": float("BW25113" in strain),
        "history:w3110": float("W3110" in strain),
        "history:reduced_genome": float("DGF-298" in strain),
    }


def features(sample: pd.Series) -> np.ndarray:
    """Feature vector of one row of metadata_qc.csv, in the order of FEATURES."""
    row = dict.fromkeys(NAMES, 0.0) | {"oxygen": 1.0, "ammonium": 1.0}
    supplement, condition = _text(sample.Supplement), _text(sample.condition)
    row |= _medium(_text(sample["Base Media"])) | _carbon(_text(sample["Carbon Source (g/L)"]))
    row |= _nitrogen(_text(sample["Nitrogen Source (g/L)"])) | _iron(supplement) | _strain(sample)
    for name, pattern in SUPPLEMENTS.items():
        row[f"supplement:{name}"] = float(bool(re.search(pattern, supplement)))
    if "KCl(0.1mM)" in supplement:
        row["potassium"] = -1.0
    row["osmotic_stress"] = row["supplement:sodium_chloride"]
    row["temperature"] = (sample["Temperature (C)"] - 37) / 10
    row["ph"] = sample.pH - 7
    if "anaero" in condition:
        row["oxygen"] = 0.0
    if "KNO3" in _text(sample["Electron Acceptor"]):
        row["nitrate"] = 1.0
    row["culture:fed_batch"] = float(sample["Culture Type"] == "Fed-batch")
    row["culture:chemostat"] = float(sample["Culture Type"] == "Chemostat")
    hours = re.search(r"_(\d+)h", condition)
    row["culture:late"] = float(np.log2(int(hours.group(1)) / 6)) if hours else 0.0
    if sample.project == "minicoli":
        row |= _minicoli(condition)
    return np.array([row[n] for n in NAMES], dtype=np.float32)
