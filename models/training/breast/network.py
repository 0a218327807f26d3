"""networks/growth-factor-signalling.json: `python -m breast.network`, run in models/training.

Signed, directed, each edge with its source. Ligands are signals; receptors, kinases and phosphorylated sites proteins.
"""

import json
from pathlib import Path

from .mechanism import GENES, RECEPTORS
from .names import parts
from .sites import SITES

FILE = Path(__file__).parents[3] / "networks" / "growth-factor-signalling.json"

_RTK, _ERBB, _MET, _FGF, _INS = ("10.1016/S0092-8674(00)00114-8", "10.1038/35052073", "10.1038/nrm1261", "10.1038/nrc2780",
                                 "10.1038/nrm1837")
RECEPTOR_SOURCE = {"EGFR": _ERBB, "HER3": _ERBB, "FGFR": _FGF, "MET": _MET, "IGF1R": _INS, "INSR": _INS, "SERUMR": _RTK}
_LAKE, _CANTLEY, _TOR = "10.1007/s00018-016-2297-8", "10.1126/science.296.5573.1655", "10.1016/j.cell.2006.01.016"

KINASES = [
    # source, target, sign, DOI
    *((r, target, "+", RECEPTOR_SOURCE[r]) for r in RECEPTORS for target in ("RAS", "PI3K")),
    ("RAS", "RAF", "+", "10.1016/j.cell.2007.05.018"),
    ("RAF", "MEK", "+", "10.1073/pnas.93.19.10078"),
    ("MEK", "ERK", "+", "10.1073/pnas.93.19.10078"),
    ("ERK", "RSK", "+", "10.1038/nrm2509"),
    ("ERK", "RAF", "-", "10.1016/j.molcel.2004.11.055"),
    ("ERK", "RAS", "-", _LAKE),
    ("ERK", "DUSP", "+", "10.1038/sj.onc.1210412"),
    ("DUSP", "ERK", "-", "10.1038/sj.onc.1210412"),
    ("PI3K", "PIP3", "+", _CANTLEY),
    ("PIP3", "PDK1", "+", _CANTLEY),
    ("PIP3", "MTORC2", "+", "10.1126/science.1106148"),
    ("PDK1", "AKT", "+", _CANTLEY),
    ("MTORC2", "AKT", "+", "10.1126/science.1106148"),
    ("AKT", "TSC2", "-", "10.1038/ncb839"),
    ("RSK", "TSC2", "-", "10.1073/pnas.0405659101"),
    ("TSC2", "MTORC1", "-", _TOR),
    ("MTORC1", "S6K", "+", _TOR),
    ("MTORC1", "4EBP1", "+", _TOR),
    ("S6K", "IRS1", "-", "10.1083/jcb.200403069"),
    ("IRS1", "PI3K", "+", _INS),
    ("IGF1R", "IRS1", "+", _INS),
    ("INSR", "IRS1", "+", _INS),
    ("MTORC2", "SGK1", "+", "10.1042/BJ20081668"),
    ("AKT", "IKK", "+", "10.1038/43466"),
    ("RAS", "PAK", "+", "10.1038/24184"),
    ("RAS", "JNK", "+", "10.1016/S0092-8674(00)00116-1"),
    ("RAS", "P38", "+", "10.1042/BJ20100323"),
    ("ERK", "CYCLIND", "+", "10.1074/jbc.271.34.20608"),
    ("EGFR", "SRC", "+", "10.1038/nrc1366"),
    ("HER3", "SRC", "+", "10.1038/nrc1366"),
    ("LKB1", "AMPK", "+", "10.1038/nrm3311"),
    ("AKT", "AMPK", "-", "10.1042/BJ20131344"),
    *((drug, target, "-", doi) for drug, target, doi in (
        ("GSK690693", "AKT", "10.1021/jm8004527"), ("MK2206", "AKT", "10.1158/1535-7163.MCT-09-1012"),
        ("GSK1120212", "MEK", "10.1158/1078-0432.CCR-10-2200"), ("PD173074", "FGFR", "10.1093/emboj/17.20.5896"))),
]

READOUTS = [
    # kinase or receptor, protein, residues (any), sign, DOI
    ("EGFR", "EGFR", "Y1068 Y1173 Y992", "+", _RTK),
    ("EGFR", "HER2", "Y1248", "+", _ERBB),
    ("HER3", "HER2", "Y1248", "+", _ERBB),
    ("HER3", "HER3", "Y1298 Y1289", "+", _ERBB),
    ("MET", "CMET", "Y1235 Y1234", "+", _MET),
    ("PAK", "CRAF", "S338", "+", "10.1038/24184"),
    ("RSK", "YB1", "S102", "+", "10.1186/bcr2202"),
    ("AKT", "YB1", "S102", "+", "10.1038/sj.onc.1208590"),
    ("AKT", "FOXO3A", "S318 S321 S253 T32", "+", "10.1016/S0092-8674(00)80595-4"),
    ("SGK1", "FOXO3A", "S318 S321 S253 T32", "+", "10.1128/MCB.21.3.952-965.2001"),
    ("SGK1", "NDRG1", "T346", "+", "10.1042/BJ20041057"),
    ("AKT", "PEA15", "S116", "+", "10.1128/MCB.23.13.4511-4521.2003"),
    ("AKT", "P27", "T157", "+", "10.1038/nm761"),
    ("AKT", "P27", "T198", "+", "10.1128/MCB.02300-07"),
    ("RSK", "P27", "T198", "+", "10.1073/pnas.0805057106"),
    ("CYCLIND", "RB", "S807 S811", "+", "10.1074/jbc.271.34.20608"),
    ("ERK", "ERALPHA", "S118", "+", "10.1126/science.270.5241.1491"),
    ("IKK", "NFKBP65", "S536", "+", "10.1074/jbc.274.43.30353"),
    ("JNK", "JNK", "T183 T185 Y185", "+", "10.1016/S0092-8674(00)00116-1"),
    ("JNK", "CJUN", "S73 S63", "+", "10.1016/S0092-8674(00)00116-1"),
    ("P38", "P38", "T180 Y182", "+", "10.1042/BJ20100323"),
    ("SRC", "SRC", "Y416", "+", "10.1038/nrc1366"),
    ("CSK", "SRC", "Y527", "+", "10.1038/nrc1366"),
    ("SRC", "STAT3", "Y705", "+", "10.1038/nrc2734"),
    ("AMPK", "AMPK", "T172", "+", "10.1038/nrm3311"),
    ("AMPK", "ACC", "S79", "+", "10.1038/nrm3311"),
    ("ATR", "CHK1", "S345", "+", "10.1016/S1535-6108(03)00110-7"),
    ("ATM", "CHK2", "T68", "+", "10.1016/S1535-6108(03)00110-7"),
    ("LATS", "YAP", "S127", "+", "10.1101/gad.1602907"),
    ("LATS", "TAZ", "S89", "+", "10.1128/MCB.01874-07"),
    ("PDK1", "PDK1", "S241", "+", "10.1042/bj3420287"),
    ("MTORC2", "PKCALPHA", "S657", "+", "10.1038/emboj.2008.119"),
    ("MTORC2", "PKCPANBETAII", "S660", "+", "10.1038/emboj.2008.119"),
    ("PDK1", "PKCDELTA", "S664", "+", "10.1042/BJ20021626"),
]
SITE_SIGNAL = {"active_AKT": "AKT", "S6_235": "S6K", "S6_240": "S6K", "EBP": "4EBP1", "AKT_T308": "PDK1",
               "AKT_S473": "MTORC2", "S6K": "MTORC1", "RSK": "ERK", "ERK": "MEK", "MEK": "RAF"}
"""What phosphorylates a site that the mechanism owns, by the signal it follows; substrates of S6K and RSK apart."""

def readout_id(protein: str, residues: str) -> str:
    """A node for a phosphorylated site."""
    return "_".join([protein, *residues.split()])


def readouts() -> list[tuple[str, str, str, str, str]]:
    """Edges to all sites: kinase, protein, residues, sign, DOI; those of the mechanism first."""
    mechanism = [(s.signal.removeprefix("active_") if s.substrate else SITE_SIGNAL[s.signal], s.protein, s.residues, "+",
                  s.doi) for s in SITES]
    also = [("RSK", "S6", "S235 S236", "+", "10.1074/jbc.M700906200")]
    return mechanism + also + READOUTS


def site_node(antibody: str) -> str | None:
    """The node of an antibody, where the network has it."""
    protein, residues = parts(antibody)
    found = [r for _, p, r, _, _ in readouts() if p == protein and (residues & set(r.split()) or not residues)]
    best = max(found, key=lambda r: (len(residues & set(r.split())), -len(r.split())), default=None)
    return None if best is None else readout_id(protein, best)


def edges() -> list[tuple[str, str, str, str]]:
    """All edges: source, target, sign, DOI."""
    ligands = [(ligand, r, "+", RECEPTOR_SOURCE[r]) for r, (ligand, _, _) in RECEPTORS.items()]
    return ligands + KINASES + [(k, readout_id(p, r), s, doi) for k, p, r, s, doi in readouts()]


def main() -> None:
    """Writes the file."""
    signals = {ligand for ligand, _, _ in RECEPTORS.values()} | {"GSK690693", "MK2206", "GSK1120212", "PD173074"}
    listed = list(dict.fromkeys(edges()))
    nodes = list(dict.fromkeys(node for s, t, _, _ in listed for node in (s, t)))
    value = {
        "id": "growth-factor-signalling",
        "name": "Growth factor signalling and the phosphorylated sites that report on it",
        "source": ["Facts from the publications named at each edge, collected for Cellweave"],
        "nodes": [{"id": f"gene {g}", "type": "gene", "name": g, "locus": g} for g in GENES.values()] + [{"id": n, "type": "signal" if n in signals else "protein", "name": n.replace("_", " ")} for n in nodes],
        "edges": [{"source": f"gene {g}", "target": r, "sign": "+", "type": "encodes", "evidence": "gene symbol",
                   "origin": "HGNC"} for r, g in GENES.items()] + [{"source": s, "target": t, "sign": sign, "type": "phosphorylates" if "_" in t else "signals",
                   "evidence": f"doi:{doi}", "origin": "literature"} for s, t, sign, doi in listed],
    }
    FILE.write_text(json.dumps(value, indent=1) + "\n")
    print(f"{FILE.name}: {len(nodes)} nodes, {len(listed)} edges")


if __name__ == "__main__":
    main()
