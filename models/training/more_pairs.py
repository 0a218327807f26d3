"""Write more_pairs.csv: deletions of PRECISE-1K that ko_pairs.csv does not have, each with its own reference.

Usage: python more_pairs.py

Conditions of one project, environments alike: the one lacks genes that the other has, and lacks no fewer. Evolved strains
are left out, whose other mutations count for more than the deletion. No row of table E1 was chosen on these pairs.
"""

import csv
import re
from pathlib import Path

import numpy as np

import examples
import samples as sample_table

OUT = Path(__file__).parent / "more_pairs.csv"
EVOLVED = re.compile(r"ale\d|_A\d+_F\d")


def pairs(samples: sample_table.Samples) -> list[tuple[str, str, str, str, str]]:
    """Rows of the table; a reference is every condition with the fewest deletions."""
    c = examples.conditions(samples, np.ones(len(samples.ids), bool))
    known = {frozenset(rows) for rows in sample_table.load_pairs(samples).ko_rows}
    ids = lambda rows: " ".join(samples.ids[r] for r in rows)  # noqa: E731
    out = []
    for j, rows in enumerate(c.rows):
        condition = samples.condition[rows[0]]
        if not c.deleted[j] or frozenset(rows) in known or EVOLVED.search(condition):
            continue
        alike = (c.project == c.project[j]) & (np.abs(c.environment - c.environment[j]).max(1) < 1e-6)
        references = [i for i in np.flatnonzero(alike) if c.deleted[i] < c.deleted[j]]
        if not references:
            continue
        least = min(len(c.deleted[i]) for i in references)
        references = [i for i in references if len(c.deleted[i]) == least]
        genotype = "+".join(sorted(c.deleted[j] - c.deleted[references[0]]))
        reference = [r for i in references for r in c.rows[i]]
        out.append((genotype, condition, c.project[j], ids(rows), ids(reference)))
    return sorted(out, key=lambda row: (row[2], row[0]))


def main() -> None:
    with OUT.open("w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["genotype", "condition", "project", "ko_samples", "wt_samples"])
        out.writerows(pairs(sample_table.load()))


if __name__ == "__main__":
    main()
