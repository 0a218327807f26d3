"""The network as tokens and biases: which tokens there are, and which of them the graph links."""

import json
from dataclasses import dataclass

import numpy as np

import effectors
import environment
from genes import Genes
from paths import NETWORK
from samples import Samples, present_name

# Relations that bias attention; each has its own learned strength per head and layer.
RELATIONS = ["self", "activates", "represses", "regulates", "co-regulates", "signals", "senses"]

ENVIRONMENT_GROUPS = ["carbon", "respiration", "nitrogen", "physics", "medium", "supplement", "history"]
GROUP_OF = {
    "oxygen": "respiration", "nitrate": "respiration", "ammonium": "nitrogen", "temperature": "physics",
    "ph": "physics", "osmotic_stress": "physics", "phosphate": "medium", "potassium": "medium",
    "iron": "medium", "culture": "medium",
}


@dataclass(frozen=True)
class TokenGraph:
    """Tokens in order: regulators, environment groups, effectors, one for other deleted genes."""

    regulators: list[str]
    membership: np.ndarray  # [regulators, imodulons], rows sum to 1: whose activities a token reads
    readout: np.ndarray  # [imodulons, regulators], rows sum to 1: whose tokens an iModulon reads
    encodes: np.ndarray  # [genes, regulators], dose of a gene -> dose of its regulator
    sensors: np.ndarray  # [genes, regulators], dose of a sensor's gene
    environment_group: np.ndarray  # [groups, features], 0/1
    relations: np.ndarray  # [relations, tokens, tokens], 0/1: row attends to column

    @property
    def tokens(self) -> int:
        return self.relations.shape[1]


def group_of(feature: str) -> str:
    head = feature.split(":")[0]
    return GROUP_OF.get(head, head)


def _normalised(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.maximum(matrix.sum(1, keepdims=True), 1)


def build(samples: Samples, genes: Genes, rewire_seed: int | None = None) -> TokenGraph:
    """Token graph of the network; with a seed, a degree-matched random graph instead."""
    network = json.loads(NETWORK.read_text())
    nodes = {n["id"]: n for n in network["nodes"]}
    edges = network["edges"]
    regulators = [i for i, n in nodes.items() if n["type"] in ("tf", "sigma")] + ["ppgpp"]
    named = {e["source"] for e in edges if e["target"].startswith("imodulon:")}
    encoded = {e["target"]: e["source"] for e in edges if e["type"] == "encodes"}
    deleted = set(genes.names[genes.core :])
    regulators = [r for r in regulators if r in named or encoded.get(r) in deleted & _deleted_names(samples)]
    index = {r: i for i, r in enumerate(regulators)}
    unassigned = len(regulators)
    n_reg = unassigned + 1

    own = np.zeros((n_reg, len(samples.imodulons)))
    column = {name: i for i, name in enumerate(samples.imodulons)}
    for e in edges:
        if e["target"].startswith("imodulon:") and e["source"] in index:
            own[index[e["source"]], column[e["target"][len("imodulon:"):]]] = 1
    if rewire_seed is not None:
        own[:unassigned] = _rewired(own[:unassigned], rewire_seed)
    own[unassigned] = own.sum(0) == 0

    encodes, sensors = (_dose_map(edges, kind, genes, index, n_reg) for kind in ("encodes", "phosphorylates"))
    groups = np.array([[group_of(f) == g for f in environment.NAMES] for g in ENVIRONMENT_GROUPS], float)
    relations = _relations(edges, index, encoded, own, n_reg, rewire_seed)
    return TokenGraph(regulators + ["unassigned"], _normalised(own), _normalised(own.T), encodes, sensors,
                      groups, relations)


def _dose_map(edges, kind: str, genes: Genes, index: dict[str, int], regulators: int) -> np.ndarray:
    """[genes, regulators]: 1 where an edge of the kind leads from the gene to the regulator."""
    out = np.zeros((len(genes.names), regulators))
    for e in edges:
        if e["type"] == kind and e["source"] in genes.names and e["target"] in index:
            out[genes.names.index(e["source"]), index[e["target"]]] = 1
    return out


def _deleted_names(samples: Samples) -> set[str]:
    return {present_name(g) for d in samples.deleted for g in d}


def _rewired(matrix: np.ndarray, seed: int) -> np.ndarray:
    """Same row and column sums, edges swapped at random (Maslov and Sneppen 2002)."""
    rng, m = np.random.default_rng(seed), matrix.copy()
    ones = [tuple(p) for p in np.argwhere(m)]
    for _ in range(20 * len(ones)):
        i, j = rng.integers(len(ones), size=2)
        (a, b), (c, d) = ones[i], ones[j]
        if m[a, d] == 0 and m[c, b] == 0:
            m[a, b] = m[c, d] = 0
            m[a, d] = m[c, b] = 1
            ones[i], ones[j] = (a, d), (c, b)
    return m


def _relations(edges, index, encoded, own, n_reg, rewire_seed) -> np.ndarray:
    groups = len(ENVIRONMENT_GROUPS)
    total = n_reg + groups + len(effectors.NAMES) + 1
    at = dict(index)
    at |= {name: n_reg + groups + i for i, name in enumerate(effectors.NAMES)}
    gene_token = {gene: index[r] for r, gene in encoded.items() if r in index}
    out = np.zeros((len(RELATIONS), total, total))
    out[0] = np.eye(total)
    sign_row = {"+": 1, "-": 2}
    sensors = {e["source"]: index[e["target"]] for e in edges if e["type"] == "phosphorylates" and e["target"] in index}
    for e in edges:
        source, target = at.get(e["source"]), gene_token.get(e["target"])
        if e["type"] == "regulates" and source is not None and target is not None:
            out[sign_row.get(e["sign"], 3), target, source] = 1
        if e["type"] == "signals":
            source = at.get(e["source"], gene_token.get(e["source"]))
            target = at.get(e["target"], sensors.get(e["target"], gene_token.get(e["target"])))
            if source is not None and target is not None:
                out[5, target, source] = 1
    shared = own[: len(index)] @ own[: len(index)].T > 0
    out[4, : len(index), : len(index)] = shared & ~np.eye(len(index), dtype=bool)
    for name in ("o2", "q8h2", "no3"):
        out[6, at[name], n_reg + ENVIRONMENT_GROUPS.index("respiration")] = 1
    for name in ("camp", "fbp", "pyr", "pep", "glx", "eiia_p"):
        out[6, at[name], n_reg + ENVIRONMENT_GROUPS.index("carbon")] = 1
    if rewire_seed is not None:
        for k in range(1, len(RELATIONS)):
            out[k] = _rewired(out[k], rewire_seed + k)
    return out
