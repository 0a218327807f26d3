"""Write networks/ecoli-core-trn.json: what regulates the genes of the E. coli core model.

Usage: python build_network.py        (reads CELLWEAVE_DATA, default ../../../shared/data)
"""

import gzip
import json
import re
from collections import defaultdict

import pandas as pd

from network_facts import (
    EFFECTORS, ENCODED_BY, GENE_ALIASES, PHOSPHORELAY, SENSORS, SIGMAS, SIGN_FROM_LITERATURE, SIGNALS, SYNONYMS,
)
from paths import DATA, ROOT
from regulons import reach, regulator_mode, regulons

CATEGORIES_LEFT_OUT = {"Genetic Alterations", "Single Gene", "ALE Effects"}
EVIDENCE = {0.0: "weak", 1.0: "strong", 2.0: "confirmed"}


def core_genes() -> dict[str, str]:
    """b-number -> gene name of the core model's 137 genes, in file order."""
    text = gzip.open(DATA / "bigg/e_coli_core.xml.gz", "rt").read()
    tags = re.findall(r"<fbc:geneProduct [^>]*>", text)
    label = [re.search(r'fbc:label="(?:G_)?([^"]*)"', tag).group(1) for tag in tags]
    name = [re.search(r'fbc:name="([^"]*)"', tag).group(1) for tag in tags]
    return dict(zip(label, name))


def merged_sign(effects: list[str]) -> str:
    seen = {e for e in effects if e in ("+", "-")}
    if len(seen) == 2:
        return "+-"
    return seen.pop() if seen else "?"


def strongest(evidence: list[float]) -> str:
    known = [e for e in evidence if e == e]
    return EVIDENCE[max(known)] if known else "not graded"


class Builder:
    """Collects nodes and edges; each node once, each (source, target, type) once."""

    def __init__(self) -> None:
        info = pd.read_csv(DATA / "ecoli/precise1k/gene_info.csv", index_col=0)
        self.locus = {name: locus for locus, name in info.gene_name.items()}
        self.name = info.gene_name.to_dict()
        self.trn = pd.read_csv(DATA / "ecoli/precise1k/TRN.csv")
        self.trn_regulators = set(self.trn.regulator)
        self.nodes: dict[str, dict] = {}
        self.edges: dict[tuple, dict] = {}

    def gene(self, name: str) -> str:
        if name not in self.nodes:
            locus = self.locus.get(name, name)
            self.nodes[name] = {"id": name, "type": "gene", "name": name, "locus": locus}
            if name in SYNONYMS:
                self.nodes[name]["synonyms"] = SYNONYMS[name]
        return name

    def genes_of(self, regulator: str) -> list[str]:
        named = ENCODED_BY.get(regulator, [regulator[0].lower() + regulator[1:]])
        return [g for g in named if g in self.locus]

    def regulator(self, name: str) -> str:
        """The regulator's node with its encoding genes; ppGpp is an effector."""
        if name == "ppGpp":
            return self.effector("ppgpp")
        if name not in self.nodes:
            kind = "sigma" if name in SIGMAS else "tf"
            self.nodes[name] = {"id": name, "type": kind, "name": name}
            for gene in self.genes_of(name):
                self.edge(self.gene(gene), name, "+", "encodes", "strong", "gene_info.csv of PRECISE-1K")
        return name

    def effector(self, name: str) -> str:
        if name not in self.nodes:
            kind, title, synonyms = EFFECTORS[name]
            self.nodes[name] = {"id": name, "type": kind, "name": title}
            if synonyms:
                self.nodes[name]["synonyms"] = synonyms
        return name

    def edge(self, source, target, sign, kind, evidence, origin) -> None:
        self.edges.setdefault((source, target, kind), {
            "source": source, "target": target, "sign": sign, "type": kind,
            "evidence": evidence, "origin": origin,
        })

    def regulate(self, rows: pd.DataFrame) -> None:
        for (regulator, locus), group in rows.groupby(["regulator", "gene_id"], sort=True):
            target = self.gene(self.name[locus])
            sign, origin = merged_sign(list(group.effect)), "; ".join(sorted(set(group.source)))
            known = SIGN_FROM_LITERATURE.get((regulator, target))
            if sign == "?" and known:
                sign, origin = known[0], f"{origin}; sign: {known[1]}"
            self.edge(self.regulator(regulator), target, sign, "regulates",
                      strongest(list(group.evidence)), origin)

    def small_rna(self, name: str) -> bool:
        """Small and transfer RNAs are no transcription factors; the network leaves them out."""
        protein = self.genes_of(name) or name in ENCODED_BY or name == "ppGpp"
        return not protein or not name[0].isupper() or name in ("Hfq", "AcnB")


def add_core(b: Builder, core: dict[str, str]) -> None:
    for locus, name in core.items():
        b.name.setdefault(locus, name)
        b.gene(b.name[locus])
        b.nodes[b.name[locus]]["locus"] = locus
        if b.name[locus] != name:
            b.nodes[b.name[locus]]["synonyms"] = [name]
    rows = b.trn[b.trn.gene_id.isin(core) & ~b.trn.regulator.map(b.small_rna)]
    b.regulate(rows)


def add_deleted(b: Builder) -> None:
    """Genes deleted in ko_pairs.csv and the regulators that they encode or phosphorylate."""
    pairs = pd.read_csv(DATA / "ecoli/ko_pairs.csv")
    regulators_of = {g: r for r in sorted(b.trn_regulators) for g in b.genes_of(r)}
    for genotype in sorted(set(pairs.genotype)):
        for gene in genotype.split("+"):
            gene = GENE_ALIASES.get(gene, gene)
            b.gene(gene)
            if gene in regulators_of:
                b.regulator(regulators_of[gene])


def add_imodulons(b: Builder) -> None:
    table = pd.read_csv(DATA / "ecoli/precise1k/imodulon_table.csv", index_col=0)
    table = table[~table.system_category.isin(CATEGORIES_LEFT_OUT)]
    for name, regulators in table.regulator.items():
        node = f"imodulon:{name}"
        b.nodes[node] = {"id": node, "type": "imodulon", "name": name}
        for regulator in sorted(set(re.split(r"[+/]", regulators))) if regulators == regulators else []:
            if regulator == "ppGpp" or (regulator in b.trn_regulators and not b.small_rna(regulator)):
                b.edge(b.regulator(regulator), node, "?", "regulates", "enrichment",
                       "imodulon_table.csv of PRECISE-1K")


def add_signals(b: Builder) -> None:
    for gene, regulator in SENSORS.items():
        if regulator in b.nodes:
            b.edge(b.gene(gene), regulator, "+", "phosphorylates", "strong", PHOSPHORELAY)
    for source, target, sign, origin in SIGNALS:
        known = [n for n in (source, target) if n not in EFFECTORS and n not in b.nodes]
        if any(n not in b.locus for n in known) or any(n[0].isupper() for n in known):
            continue
        ends = [b.effector(n) if n in EFFECTORS else n if n in b.nodes else b.gene(n) for n in (source, target)]
        b.edge(*ends, sign, "signals", "strong", origin)


def add_cross_regulation(b: Builder) -> None:
    """Regulator -> gene of a regulator or sensor already in the network."""
    genes = {n["locus"] for n in b.nodes.values() if n["type"] == "gene"}
    inside = b.trn.regulator.map(lambda r: r in b.nodes or r == "ppGpp")
    b.regulate(b.trn[inside & b.trn.gene_id.isin(genes)])


def add_modes(b: Builder) -> None:
    """Mode of each regulator: (activated - repressed) / genes with one sign, over the whole table, not the core alone."""
    mode = regulator_mode({n["id"] for n in b.nodes.values() if n["type"] in ("tf", "sigma")})
    for name, value in mode.items():
        b.nodes[name]["mode"] = round(value, 4)


def add_regulons(b: Builder) -> None:
    """Each regulator's targets in the whole genome, and what share of each iModulon's genes it acts on."""
    targets, shares = regulons(), reach()
    for name in [n["id"] for n in b.nodes.values() if n["type"] in ("tf", "sigma")]:
        inside = {m: v for m, v in shares.get(name, {}).items() if f"imodulon:{m}" in b.nodes}
        if name in targets:
            b.nodes[name]["regulon"] = targets[name]
        if inside:
            b.nodes[name]["reach"] = inside


def document(b: Builder) -> dict:
    return {
        "id": "ecoli-core-trn",
        "name": "Transcriptional regulation of the E. coli core model's genes",
        "source": [
            "TRN.csv of PRECISE-1K (RegulonDB 10, EcoCyc and others, per edge in origin), MIT",
            "imodulon_table.csv and gene_info.csv of PRECISE-1K, MIT",
            "weights of iModulons' genes: PRECISE-278, MIT",
            "e_coli_core of BiGG (gene list), doi:10.1128/ecosalplus.10.2.1",
            "effectors and sensors: literature, per edge in origin",
        ],
        "nodes": list(b.nodes.values()),
        "edges": list(b.edges.values()),
    }


def main() -> None:
    b = Builder()
    add_core(b, core_genes())
    add_deleted(b)
    add_imodulons(b)
    add_signals(b)
    add_cross_regulation(b)
    add_modes(b)
    add_regulons(b)
    out = ROOT / "networks/ecoli-core-trn.json"
    doc = document(b)
    lines = [f' "{k}": {json.dumps(doc[k], ensure_ascii=False)}' for k in ("id", "name", "source")]
    for key in ("nodes", "edges"):
        rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in doc[key])
        lines.append(f' "{key}": [\n  {rows}\n ]')
    out.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{len(doc['nodes'])} nodes, {len(doc['edges'])} edges -> {out.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
