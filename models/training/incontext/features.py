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
    stress: bool = False  # directions that cultures of all environments share
    spans: bool = False  # weak and strong regulation, more noise in some tables


NONE, ALL, MORE = Features(), Features(*[True] * 7), Features(*[True] * 9)
