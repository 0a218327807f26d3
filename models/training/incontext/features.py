"""What sets measured tables apart from regulation and noise alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Features:
    """What measured tables have beside regulation and noise; each in some tables only."""

    hidden: bool = False  # regulators that are not in the table
    courses: bool = False  # looked at before they are steady
    doses: bool = False  # amounts that are nominal, partial losses of what is asked, rows with two interventions
    selves: bool = False  # variables that regulate themselves
    kinship: bool = False  # environments that are alike, and many of them
    uneven: bool = False  # noise that differs between variables, replicated controls, other floors
    signs: bool = False  # graphs and regulons without signs or strengths


NONE, ALL = Features(), Features(*[True] * 7)
