"""Parameters of the mechanism with priors: normal in the natural logarithm, round numbers from literature or order of magnitude.

No inhibited row of any line has a part in them. `fixed` ones can't be seen in untreated and FGFR-inhibited rows.
"""

from dataclasses import dataclass
from math import log

from .mechanism import RECEPTORS


@dataclass(frozen=True)
class Parameter:
    """One positive number; `spread` is the prior's standard deviation of ln, 0 where fixed."""

    id: str
    value: float
    spread: float
    unit: str
    why: str

    @property
    def location(self) -> float:
        return log(self.value)


PER_MIN = "per_minute"
ONE = "dimensionless"


def _of_receptors() -> list[Parameter]:
    found = []
    for receptor in RECEPTORS:
        found += [
            Parameter(f"level_{receptor}", 1.0, 0.0, ONE, "relative to the line's own"),
            Parameter(f"endocytosis_{receptor}", 0.03, 1.0, PER_MIN, "internalised within tens of minutes"),
            Parameter(f"ras_{receptor}", 0.1, 2.0, ONE, "differs between lines by orders of magnitude"),
            Parameter(f"pi3k_{receptor}", 0.1, 2.0, ONE, "differs between lines by orders of magnitude"),
        ]
    return found


PARAMETERS = [
    Parameter("K_ligand", 0.1, 0.0, ONE, "ligands were given near saturation: the dose of the experiment is 1"),
    Parameter("recycling", 0.02, 0.5, PER_MIN, "receptors return within an hour"),
    *_of_receptors(),
    Parameter("basal_FGFR", 0.02, 2.0, ONE, "autocrine or constitutive FGFR"),
    Parameter("basal_RAS", 0.05, 2.0, ONE, "starved cells"),
    Parameter("basal_PI3K", 0.05, 2.0, ONE, "starved cells; PIK3CA or PTEN mutants more"),
    Parameter("feedback_SOS", 2.0, 0.7, ONE, "ERK and RSK phosphorylate SOS"),
    Parameter("feedback_RAF", 5.0, 0.7, ONE, "ERK phosphorylates Raf"),
    Parameter("feedback_DUSP", 3.0, 0.7, ONE, "dual specificity phosphatases"),
    Parameter("feedback_IRS", 2.0, 0.7, ONE, "p70S6K phosphorylates IRS-1"),
    Parameter("gain_RAF", 2.0, 0.7, ONE, "near half activation by full Ras"),
    Parameter("gain_MEK", 3.0, 2.0, ONE, "amplification along the cascade"),
    Parameter("gain_ERK", 3.0, 2.0, ONE, "amplification along the cascade"),
    Parameter("gain_RSK", 2.0, 2.0, ONE, ""),
    Parameter("gain_T308", 2.0, 2.0, ONE, ""),
    Parameter("ratio_S473", 1.0, 0.5, ONE, "both sites follow PIP3: gain at S473 relative to T308"),
    Parameter("tsc_AKT", 2.0, 1.0, ONE, "AKT and RSK inactivate TSC2"),
    Parameter("tsc_RSK", 1.0, 1.0, ONE, "AKT and RSK inactivate TSC2"),
    Parameter("basal_MTORC1", 0.15, 0.7, ONE, "amino acids alone: doi:10.1126/science.1157535"),
    Parameter("gain_S6K", 1.0, 2.0, ONE, ""),
    Parameter("gain_EBP", 2.0, 1.0, ONE, ""),
    Parameter("s6_S6K", 2.0, 2.0, ONE, "main kinase of S6"),
    Parameter("s6_RSK", 0.5, 2.0, ONE, "S235/S236 alone"),
    Parameter("s6_240", 2.0, 2.0, ONE, ""),
    Parameter("k_RAS", 0.5, 0.5, PER_MIN, "minutes"),
    Parameter("k_RAF", 0.5, 0.0, PER_MIN, "minutes"),
    Parameter("k_MEK", 0.7, 0.0, PER_MIN, "minutes"),
    Parameter("k_ERK", 0.7, 0.0, PER_MIN, "minutes"),
    Parameter("k_DUSP", 0.03, 0.5, PER_MIN, "transcription, translation: tens of minutes"),
    Parameter("k_RSK", 0.15, 0.5, PER_MIN, "minutes"),
    Parameter("k_PIP3", 0.5, 0.5, PER_MIN, "minutes"),
    Parameter("k_AKT", 0.5, 0.0, PER_MIN, "minutes"),
    Parameter("k_TSC", 0.15, 0.5, PER_MIN, "minutes"),
    Parameter("k_S6K", 0.15, 0.5, PER_MIN, "minutes"),
    Parameter("k_EBP", 0.15, 0.5, PER_MIN, "minutes"),
    Parameter("k_S6", 0.07, 0.5, PER_MIN, "S6 follows p70S6K in 10 to 30 min"),
    Parameter("k_IRS", 0.03, 0.5, PER_MIN, "tens of minutes"),
    Parameter("partial_AKT", 0.2, 0.0, ONE, "activity of AKT phosphorylated at T308 alone"),
    Parameter("protected_AKT", 0.1, 0.0, ONE,
              "rate of dephosphorylation left to AKT with its ATP site filled: doi:10.1126/scisignal.2002618"),
    Parameter("blocked_MEK", 0.2, 0.0, ONE,
              "share of MEK's phosphorylation by Raf that the allosteric inhibitor takes: doi:10.1158/1078-0432.CCR-10-2200"),
]
