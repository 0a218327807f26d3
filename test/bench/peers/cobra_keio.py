"""Predicted against measured growth of the Keio collection's deletion mutants (doi:10.1038/msb4100050).

Usage: cellweave knockout ../shared/data/bigg/iML1515.xml.gz --csv singles.csv
       python cobra_keio.py ../shared/data/ecoli/keio_growth_baba2006.xls singles.csv     (pip install pandas xlrd)

Measured: OD600 after 24 h in MOPS glucose, below 0.1 is no growth. Predicted: below 1 % of the wild type is no growth.
"""

import math
import sys

import pandas as pd

sheet = pd.read_excel(sys.argv[1], header=None, skiprows=4)
densities = pd.to_numeric(sheet[18], errors="coerce")
measured = {str(b).strip(): od for b, od in zip(sheet[8], densities) if not math.isnan(od)}
singles = pd.read_csv(sys.argv[2])

counts = {(p, o): 0 for p in (True, False) for o in (True, False)}
for gene, share in zip(singles.deleted, singles.of_wild_type):
    od = measured.get(gene, math.nan)
    if not math.isnan(od):
        counts[bool(share > 0.01), bool(od >= 0.1)] += 1

tp, fp, fn, tn = counts[True, True], counts[True, False], counts[False, True], counts[False, False]
total = tp + fp + fn + tn
mcc = (tp * tn - fp * fn) / math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
print(f"{total} genes: accuracy {(tp + tn) / total:.3f}, MCC {mcc:.3f}; grow {tp}, don't {tn}, missed {fn}, wrongly grow {fp}")
