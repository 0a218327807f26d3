"""Where the repository and the data lie."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = (ROOT / os.environ.get("CELLWEAVE_DATA", "../shared/data")).resolve()
PRECISE = DATA / "ecoli/precise1k"
MODELS = ROOT / "models/ecoli"
NETWORK = ROOT / "networks/ecoli-core-trn.json"
