"""What tables call antibodies, ligands and drugs: models/breast/names.json, which the command line reads too."""

import json
import re
from pathlib import Path

FILE = Path(__file__).parents[2] / "breast" / "names.json"
NAMES = json.loads(FILE.read_text())


def _key(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.upper())


def _canonical(table: dict[str, list[str]]) -> dict[str, str]:
    return {_key(spelling): name for name, others in table.items() for spelling in (name, *others)}


_PROTEINS = _canonical(NAMES["proteins"])
_LIGANDS = _canonical(NAMES["ligands"])
_DRUGS = _canonical({name: drug["names"] for name, drug in NAMES["drugs"].items()})
_ALIKE = {_key(other): name for name, drug in NAMES["drugs"].items() for other in drug["alike"]}
DOSES = {name: float(drug["dose"]) for name, drug in NAMES["drugs"].items()}
"""nmol/L, assumed."""
TRAINING_INHIBITOR = NAMES["trainingInhibitor"]

_LETTERS = {"SER": "S", "THR": "T", "TYR": "Y"}
_START = re.compile(r"[^A-Z0-9]+p?(?=[STY][0-9])(?!S6(?![0-9]))|(?<=[a-zA-Z0-9])(?-i:p)(?=(?-i:[STY])[0-9]{2})", re.IGNORECASE)


def parts(antibody: str) -> tuple[str, set[str]]:
    """Protein by its one name and the residues: `p-ERK1/2(Thr202/Tyr204)` is MAPK with T202 and Y204."""
    text = re.sub(r"(Ser|Thr|Tyr)[- ]?(?=[0-9])", lambda m: _LETTERS[m[1].upper()], antibody, flags=re.IGNORECASE)
    text = re.sub(r"^p(hospho)?[^A-Z0-9]+", "", text, flags=re.IGNORECASE)
    start = _START.search(text)
    head, tail = (text, "") if start is None else (text[: start.start()], text[start.start():].upper())
    residues = {f"{m[1]}{number}" for m in re.finditer(r"([STY])([0-9]+(?:/[0-9]+)*)", tail) for number in m[2].split("/")}
    return protein_of(head), residues


def protein_of(name: str) -> str:
    """The one name of a protein; unknown ones are as they are, upper case, letters and digits alone."""
    key = _key(name)
    shorter = key[1:] if key.startswith("P") else key
    return _PROTEINS.get(key) or _PROTEINS.get(shorter, key)


def site_key(antibody: str) -> str:
    """Protein and residues in order: what an antibody is called across tables."""
    protein, residues = parts(antibody)
    return " ".join([protein, *sorted(residues, key=lambda r: int(r[1:]))])


def ligand_of(name: str) -> str | None:
    """The mechanism's ligand; None where it has no receptor for it."""
    return _LIGANDS.get(_key(name))


def is_vehicle(name: str) -> bool:
    """Whether nothing is added under this name."""
    return _key(name) in NAMES["vehicle"]


def _drug_in(table: dict[str, str], name: str) -> str | None:
    """A drug by its spelling, with or without the i of an inhibitor."""
    key = _key(name)
    return table.get(key) or table.get(key.removesuffix("I"))


def drug_of(name: str) -> str:
    """The drug by its one name, or the drug of the same target that stands for it; unknown ones are as they are."""
    return _drug_in(_DRUGS, name) or _drug_in(_ALIKE, name) or name


def has_stand_in(name: str) -> bool:
    """Whether `drug_of` gives another drug that stands for this one."""
    return _drug_in(_DRUGS, name) is None and _drug_in(_ALIKE, name) is not None
