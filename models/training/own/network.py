"""The graph: signed edges from regulators to the variables and genes of the samples."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .tables import read
from .wrong import Wrong, say, some

SOURCES = {"source", "regulator", "tf", "from", "regulatorname", "regulatorgene", "sourcegene", "transcriptionfactor"}
TARGETS = {"target", "gene", "to", "targetgene", "genename", "regulated", "targetname"}
SIGN_COLUMNS = {"sign", "effect", "mode", "interaction", "regulation", "type", "weight", "function"}
SIGNS = {
    "+": "+ 1 +1 1.0 activation activates activator activate activating positive up -> stimulation stimulates induces induction",
    "-": "- -1 -1.0 − repression represses repressor repress repressing inhibition inhibits inhibitor negative down -| --|",
    "+-": "+- -+ +/- dual both +- ±",
    "?": "? 0 0.0 unknown regulates regulation na n/a nan none",
}
SIGN_OF = {word: sign for sign, words in SIGNS.items() for word in words.split()} | {"": "?"}
VALUE = {"+": 1.0, "-": -1.0, "+-": 0.0, "?": 1.0}


@dataclass(frozen=True)
class Edge:
    source: str
    target: str
    sign: str


@dataclass(frozen=True)
class Network:
    """Edges between names as the samples spell them; a target may be a variable, a gene, or both."""

    edges: list[Edge]
    notes: list[str]

    @property
    def regulators(self) -> list[str]:
        return list(dict.fromkeys(e.source for e in self.edges))


def network(path: Path | None, variables: list[str], genes: list[str]) -> Network:
    """@param genes names of perturbed genes"""
    if path is None:
        return Network([], ["no graph: what depends on one is zero, and unseen genes are told apart by nothing"])
    known = [*variables, *genes]
    found = _from_json(path) if path.suffix == ".json" else _from_table(path, {n.lower() for n in known})
    target_of = spelling(list(dict.fromkeys(t for _, t, _ in found)), known)
    source_of = spelling(list(dict.fromkeys(s for s, _, _ in found)), known)
    edges: dict[tuple[str, str], Edge] = {}
    for source, target, sign in found:
        key = source_of.get(source, source), target_of.get(target, target)
        other = edges.get(key)
        joined = sign if other is None or other.sign == sign or other.sign == "?" else other.sign if sign == "?" else "+-"
        edges[key] = Edge(*key, joined)
    hits = [e for e in edges.values() if e.target in set(known)]
    if not edges:
        raise Wrong(f"{path}: no edges")
    if not hits:
        raise Wrong(f"{path}: no edge leads to a variable of the samples; targets are {some(e.target for e in edges.values())},"
                    f" variables {some(variables)}", "the graph and the samples use the same names for genes")
    notes = []
    own = [e for e in edges.values() if e.source == e.target]
    if own:
        notes.append(f"{len(own)} edges from a gene to itself are left out")
    strangers = {e.target for e in edges.values()} - set(known)
    if strangers:
        notes.append(f"{len(strangers)} targets of the graph are no variables of the samples: {some(sorted(strangers))}")
    blind = [g for g in genes if not any(e.source == g for e in edges.values())]
    if blind:
        notes.append(f"{len(set(blind))} perturbed genes regulate nothing on the graph: {some(sorted(set(blind)))}")
    return Network([e for e in edges.values() if e.source != e.target], notes)


def spelling(names: list[str], known: list[str]) -> dict[str, str]:
    """Names -> as the known ones are spelled, where that makes twice as many of them known; else nothing.

    An iModulon `Cra` beside a gene `cra` is no other spelling of it.
    """
    ways: dict[str, set[str]] = {}
    for k in known:
        ways.setdefault(k.lower(), set()).add(k)
    folded = {n: next(iter(w)) for n in names if len(w := ways.get(n.lower(), set())) == 1}
    exact = len(set(names) & set(known))
    return folded if len(folded) > len(set(names)) / 2 and len(folded) >= 2 * exact else {}


def _sign(word: str, where: str) -> str:
    word = str(word).strip().lower()
    if word in SIGN_OF:
        return SIGN_OF[word]
    try:
        value = float(word)
    except ValueError:
        raise Wrong(f"{where}: sign '{word}'", "a sign is +, -, +- or ? (or activation, repression, dual, unknown)") from None
    return "+" if value > 0 else "-" if value < 0 else "?"


def _from_table(path: Path, names: set[str]) -> list[tuple[str, str, str]]:
    table = read(path)
    plain = [re.sub(r"[^a-z]", "", h.lower()) for h in table.header]
    column = lambda words: next((i for i, h in enumerate(plain) if h in words), None)  # noqa: E731
    source, target, sign = column(SOURCES), column(TARGETS), column(SIGN_COLUMNS)
    rows, lines = table.rows, table.lines
    if source is None or target is None:
        if not any(h.lower() in names for h in table.header[:2]):
            raise Wrong(f"{path}: no columns for source and target among {some(table.header, 8)}",
                        "an edge list has the columns source, target and sign (or regulator, gene, effect)")
        source, target, sign = 0, 1, 2 if len(table.header) > 2 else None
        rows, lines = [table.header, *rows], [1, *lines]
    found, blank = [], []
    for row, line in zip(rows, lines):
        if not row[source] or not row[target]:
            blank.append(line)
            continue
        found.append((row[source], row[target], _sign(row[sign], f"{path}, line {line}") if sign is not None else "?"))
    if len(blank) > len(rows) / 10:
        raise Wrong(f"{path}: {len(blank)} of {len(rows)} edges lack a source or a target, the first on line {blank[0]}")
    if blank:
        say(f"{path}: {len(blank)} edges without a source or a target are left out, the first on line {blank[0]}")
    return found


def _from_json(path: Path) -> list[tuple[str, str, str]]:
    """Node-link form as in networks/*.json; proteins stand for the genes that encode them."""
    if not path.is_file():
        raise Wrong(f"{path}: no such file")
    try:
        data = json.loads(path.read_text())
    except json.JSONDecodeError as error:
        raise Wrong(f"{path}: not JSON: {error}") from None
    edges = data.get("edges", data.get("links")) if isinstance(data, dict) else data
    if not isinstance(edges, list) or not all(isinstance(e, dict) and "source" in e and "target" in e for e in edges):
        raise Wrong(f"{path}: no list 'edges' of objects with source and target", "the form is that of networks/*.json")
    named = {n["id"]: n.get("name", n["id"]) for n in (data.get("nodes", []) if isinstance(data, dict) else []) if "id" in n}
    genes: dict[str, list[str]] = {}
    for e in edges:
        if e.get("type") == "encodes":
            genes.setdefault(e["target"], []).append(named.get(e["source"], e["source"]))
    out = []
    for i, e in enumerate(edges):
        if e.get("type", "regulates") != "regulates":
            continue
        target = str(e["target"]).removeprefix("imodulon:")
        for source in genes.get(e["source"], [named.get(e["source"], str(e["source"]))]):
            out.append((source, named.get(target, target), _sign(e.get("sign", "?"), f"{path}, edges[{i}]")))
    return out


@dataclass(frozen=True)
class Reach:
    """What the loss of each gene does along the graph, [genes, variables]."""

    own: np.ndarray  # 1 where the gene regulates the variable
    mode: np.ndarray  # own x (activated - repressed) / signed targets of the gene
    influence: np.ndarray  # direct and second-order influence of its loss, halved with each regulation
    second: np.ndarray  # what its loss does to other regulators, carried on with their mode; own regulon excepted


def reach(graph: Network, genes: list[str], variables: list[str]) -> Reach:
    names = list(dict.fromkeys([*genes, *variables, *graph.regulators]))
    at = {n: i for i, n in enumerate(names)}
    signed, linked = np.zeros((len(names), len(names))), np.zeros((len(names), len(names)))
    exact = np.zeros_like(signed)
    for e in graph.edges:
        if e.target in at:
            i, j = at[e.source], at[e.target]
            signed[i, j], linked[i, j] = VALUE[e.sign], 1
            exact[i, j] = {"+": 1, "-": -1}.get(e.sign, 0)
    activated, repressed = (exact > 0).sum(1), (exact < 0).sum(1)
    known = activated + repressed
    mode = np.divide(activated - repressed, known, out=np.zeros(len(names)), where=known > 0)
    rows, columns = [at[g] for g in genes], [at[v] for v in variables]
    own = linked[np.ix_(rows, columns)]
    influence = -(0.5 * signed + 0.25 * signed @ signed)[np.ix_(rows, columns)]
    modes = np.where(known > 0, mode, 1.0)
    change = -exact[rows]
    change[np.arange(len(rows)), rows] = 0
    second = change @ (modes[:, None] * linked)[:, columns] / np.maximum(linked[:, columns].sum(0), 1)
    return Reach(own, own * mode[rows][:, None], influence, np.where(own > 0, 0.0, second))
