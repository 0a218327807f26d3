"""Which antibodies the mechanism answers for: by protein and phosphorylated residue, whatever the spelling."""

from dataclasses import dataclass

from .names import parts


@dataclass(frozen=True)
class Site:
    """What an antibody's signal follows.

    A protein's own site is a species of the mechanism; a substrate's follows kinase / (kinase + half). `floor` is the
    prior median of the share of the unstimulated signal that does not follow: background, other kinases.
    """

    protein: str
    residues: str
    signal: str
    substrate: bool
    floor: float
    doi: str

    @property
    def id(self) -> str:
        """Name in the SBML file and, after `phospho:`, in the cell."""
        return "_".join([self.protein if self.protein[0].isalpha() else f"p{self.protein}", *self.residues.split()])


_AKT_REVIEW = "10.1016/j.cell.2017.04.001"
_TOR_REVIEW = "10.1016/j.cell.2006.01.016"
_S6 = "10.1074/jbc.M700906200"

SITES = [
    Site("AKT", "T308", "AKT_T308", False, 0.2, "10.1126/scisignal.2002618"),
    Site("AKT", "S473", "AKT_S473", False, 0.2, "10.1126/science.1106148"),
    Site("MEK", "S217 S221", "MEK", False, 0.2, "10.1073/pnas.93.19.10078"),
    Site("MAPK", "T202 Y204", "ERK", False, 0.2, "10.1073/pnas.93.19.10078"),
    Site("RSK", "T359 S363", "RSK", False, 0.7, "10.1038/nrm2509"),
    Site("RSK", "S380", "RSK", False, 0.7, "10.1038/nrm2509"),
    Site("P70S6K", "T389", "S6K", False, 0.2, _TOR_REVIEW),
    Site("S6", "S235 S236", "S6_235", False, 0.2, _S6),
    Site("S6", "S240 S244", "S6_240", False, 0.2, _S6),
    Site("4EBP1", "S65", "EBP", False, 0.7, _TOR_REVIEW),
    Site("4EBP1", "T37 T46", "EBP", False, 0.7, _TOR_REVIEW),
    Site("4EBP1", "T70", "EBP", False, 0.7, _TOR_REVIEW),
    Site("PRAS40", "T246", "active_AKT", True, 0.7, _AKT_REVIEW),
    Site("GSK3", "S21 S9", "active_AKT", True, 0.7, _AKT_REVIEW),
    Site("GSK3", "S9", "active_AKT", True, 0.7, _AKT_REVIEW),
    Site("TSC2", "T1462", "active_AKT", True, 0.7, "10.1038/ncb839"),
    Site("MTOR", "S2448", "S6K", True, 0.7, "10.1074/jbc.M501707200"),
    Site("RICTOR", "T1135", "S6K", True, 0.7, "10.1128/MCB.00735-09"),
    Site("BAD", "S112", "RSK", True, 0.7, "10.1038/nrm2509"),
]

def site_of(antibody: str) -> Site | None:
    """The mechanism's site for an antibody: the one that shares most residues with it and names fewest others."""
    protein, residues = parts(antibody)
    shared = [(len(residues & set(s.residues.split())), -len(s.residues.split()), s) for s in SITES if s.protein == protein]
    found = max((entry for entry in shared if entry[0] > 0), key=lambda entry: entry[:2], default=None)
    return None if found is None else found[2]
