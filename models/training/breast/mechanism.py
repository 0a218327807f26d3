"""Growth factor signalling as conversions of fractions: dx/dt = on (1 - x) - off x. Minutes; drugs in nmol/L.

One table serves the fit (NumPy), the SBML file and its annotations, so that they can't disagree. Rates are written in
terms of parameters, signals and species of this file.
"""

from dataclasses import dataclass

RECEPTORS = {
    # receptor: (ligand, what it is, DOI)
    "EGFR": ("EGF", "EGFR (ErbB1) homodimers", "10.1038/35052073"),
    "HER3": ("NRG1", "HER2/HER3 and HER2/HER4 dimers", "10.1038/35052073"),
    "FGFR": ("FGF1", "FGF receptors 1-4", "10.1038/nrc2780"),
    "MET": ("HGF", "c-Met", "10.1038/nrm1261"),
    "IGF1R": ("IGF1", "IGF-1 receptor", "10.1038/nrm1837"),
    "INSR": ("Insulin", "insulin receptor", "10.1038/nrm1837"),
    "SERUMR": ("Serum", "receptors for what serum holds (LPA, PDGF and others), lumped", ""),
}
GENES = {"EGFR": "EGFR", "HER3": "ERBB3", "FGFR": "FGFR1", "MET": "MET", "IGF1R": "IGF1R", "INSR": "INSR"}
"""Gene of a receptor; its level relative to the line's own is the parameter level_<receptor>."""
LIGANDS = [ligand for ligand, _, _ in RECEPTORS.values()]

DRUGS = {
    # species: (pool, Kd nmol/L, kon 1/(nmol/L)/min, what it is, DOI)
    "AKT_atp": ("GSK690693", 10.0, 5e-2, "AKT bound to an ATP-competitive inhibitor", "10.1021/jm8004527"),
    "AKT_allo": ("MK2206", 10.0, 2e-3, "AKT bound to an allosteric inhibitor", "10.1158/1535-7163.MCT-09-1012"),
    "MEK_allo": ("GSK1120212", 1.0, 2e-2, "MEK bound to an allosteric inhibitor", "10.1158/1078-0432.CCR-10-2200"),
    "FGFR_atp": ("PD173074", 25.0, 1e-3, "FGFR bound to an ATP-competitive inhibitor", "10.1093/emboj/17.20.5896"),
}


@dataclass(frozen=True)
class Species:
    """A fraction between 0 and 1 and the rates (1/min) at which it is made and lost."""

    id: str
    name: str
    on: str
    off: str
    doi: str


@dataclass(frozen=True)
class Signal:
    """A function of the present state."""

    id: str
    name: str
    formula: str


def _sum(prefix: str, receptors: list[str]) -> str:
    return " + ".join(f"{prefix}_{r} * active_{r}" for r in receptors)


_INSULIN_LIKE = ["IGF1R", "INSR"]
_OTHERS = [r for r in RECEPTORS if r not in _INSULIN_LIKE]

SIGNALS = [
    *(Signal(f"bound_{r}", f"share of {r} with ligand", f"{ligand} / ({ligand} + K_ligand)")
      for r, (ligand, _, _) in RECEPTORS.items()),
    *(Signal(f"active_{r}", f"active {r}", f"level_{r} * bound_{r} * surface_{r}") for r in RECEPTORS if r != "FGFR"),
    Signal("active_FGFR", "active FGFR", "level_FGFR * (basal_FGFR + bound_FGFR * surface_FGFR) * (1 - FGFR_atp)"),
    Signal("drive_RAS", "guanine nucleotide exchange on Ras",
           f"(basal_RAS + {_sum('ras', list(RECEPTORS))}) / (1 + feedback_SOS * RSK)"),
    Signal("drive_PI3K", "PI3-kinase activity",
           f"basal_PI3K + {_sum('pi3k', _OTHERS)} + ({_sum('pi3k', _INSULIN_LIKE)}) / (1 + feedback_IRS * IRS_off)"),
    Signal("active_AKT", "AKT kinase activity",
           "AKT_T308 * (partial_AKT + (1 - partial_AKT) * AKT_S473) * (1 - AKT_atp - AKT_allo)"),
    Signal("active_MTORC1", "mTORC1 activity", "basal_MTORC1 + TSC_off"),
    Signal("AKT_phosphatase", "dephosphorylation of AKT relative to free AKT", "1 - (1 - protected_AKT) * AKT_atp"),
]

SPECIES = [
    *(Species(f"surface_{r}", f"{r} at the surface", "recycling", f"endocytosis_{r} * bound_{r}", "10.1038/nrm2748")
      for r in RECEPTORS),
    Species("RAS", "Ras-GTP", "k_RAS * drive_RAS", "k_RAS", "10.1016/j.cell.2007.05.018"),
    Species("RAF", "Raf active", "k_RAF * gain_RAF * RAS / (1 + feedback_RAF * ERK)", "k_RAF",
            "10.1016/j.molcel.2004.11.055"),
    Species("MEK", "MEK1/2 phosphorylated at S217/S221",
            "k_MEK * gain_MEK * RAF * (1 - blocked_MEK * MEK_allo)", "k_MEK", "10.1158/1078-0432.CCR-10-2200"),
    Species("ERK", "ERK1/2 phosphorylated at T202/Y204", "k_ERK * gain_ERK * MEK * (1 - MEK_allo)",
            "k_ERK * (1 + feedback_DUSP * DUSP)", "10.1073/pnas.93.19.10078"),
    Species("DUSP", "dual specificity phosphatases induced by ERK", "k_DUSP * ERK", "k_DUSP",
            "10.1038/sj.onc.1210412"),
    Species("RSK", "p90RSK phosphorylated at T359/S363", "k_RSK * gain_RSK * ERK", "k_RSK", "10.1038/nrm2509"),
    Species("PIP3", "PIP3", "k_PIP3 * drive_PI3K", "k_PIP3", "10.1126/science.296.5573.1655"),
    Species("AKT_T308", "AKT phosphorylated at T308 (PDK1)", "k_AKT * gain_T308 * PIP3 * (1 - AKT_allo)",
            "k_AKT * AKT_phosphatase", "10.1126/scisignal.2002618"),
    Species("AKT_S473", "AKT phosphorylated at S473 (mTORC2)", "k_AKT * gain_T308 * ratio_S473 * PIP3 * (1 - AKT_allo)",
            "k_AKT * AKT_phosphatase", "10.1126/science.1106148"),
    Species("TSC_off", "TSC1/2 inactivated by AKT and RSK", "k_TSC * (tsc_AKT * active_AKT + tsc_RSK * RSK)", "k_TSC",
            "10.1038/ncb839"),
    Species("S6K", "p70S6K phosphorylated at T389", "k_S6K * gain_S6K * active_MTORC1", "k_S6K",
            "10.1016/j.cell.2006.01.016"),
    Species("EBP", "4E-BP1 phosphorylated", "k_EBP * gain_EBP * active_MTORC1", "k_EBP", "10.1016/j.cell.2006.01.016"),
    Species("S6_235", "S6 phosphorylated at S235/S236", "k_S6 * (s6_S6K * S6K + s6_RSK * RSK)", "k_S6",
            "10.1074/jbc.M700906200"),
    Species("S6_240", "S6 phosphorylated at S240/S244", "k_S6 * s6_240 * S6K", "k_S6", "10.1074/jbc.M700906200"),
    Species("IRS_off", "IRS-1 inactivated by p70S6K", "k_IRS * S6K", "k_IRS", "10.1083/jcb.200403069"),
    *(Species(s, name, f"{kon!r} * {pool} * (1 - {rival})" if rival else f"{kon!r} * {pool}", repr(kon * kd), doi)
      for s, (pool, kd, kon, name, doi) in DRUGS.items()
      for rival in [{"AKT_atp": "AKT_allo", "AKT_allo": "AKT_atp"}.get(s)]),
]
