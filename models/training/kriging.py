"""Kriging of table E1 as src/regulation/baselines/regulon-kriging.ts has it, and what its parts are worth.

Usage: python kriging.py [--split project] [choice | controls | mechanism]

  choice     constants chosen without the genotype (or project) that is predicted, by leaving out the others in turn
  controls   parts left out; regulons dealt to other genotypes, series dealt to other cultures of their project
  mechanism  flux balance (fluxes.csv) and effectors as further kernels and effects

For a pair with wild type W, iModulon m of standard deviation sd_m:

  change_m = [O, O W, W, M, S sd, (S != 0) W, R sd]_m . b + f_m + s_m W_m / sd_m
  f_m ~ sd_m N(0, common + near x (state + kin x K) + series x same series), noise, s_m ~ sd_m N(0, slope)

O, M, S as in plain.py; R: what the loss does to the iModulon's genes, own regulon excepted; K: cosine of regulons; near = exp(-d2 / (2 length^2)).
"""

import argparse
import itertools
import json
import re
from dataclasses import dataclass, replace

import numpy as np

import effectors
import fluxes
import plain
import samples as sample_table
from metrics import scores
from paths import NETWORK
from regulons import regulons

DRAWS = 2000


@dataclass(frozen=True)
class Constants:
    common: float = 0.05
    state: float = 0.5
    kin: float = 0.6
    series: float = 0.2
    noise: float = 0.35
    slope: float = 0.05
    length: float = 0.4
    reach: bool = True

    def __str__(self) -> str:
        return f"length {self.length} kin {self.kin} series {self.series} noise {self.noise} reach {self.reach}"


class Regulons:
    """The network file: who is lost with a gene, and what regulators act on."""

    def __init__(self) -> None:
        network = json.loads(NETWORK.read_text())
        self.nodes = {n["id"]: n for n in network["nodes"]}
        self.edges: dict[tuple[str, str], list[str]] = {}
        for e in network["edges"]:
            self.edges.setdefault((e["type"], e["source"]), []).append(e["target"])
        self.encoding: dict[str, int] = {}
        for (kind, _), targets in self.edges.items():
            for target in targets if kind == "encodes" else []:
                self.encoding[target] = self.encoding.get(target, 0) + 1
        self.named = {k: n["id"] for n in network["nodes"] if n["type"] == "gene" for k in [n["id"], *n.get("synonyms", [])]}

    def lost(self, genotype: str) -> set[str]:
        genes = [self.named.get(g, g) for g in genotype.split("+")]
        return {r for g in genes for kind in ("encodes", "phosphorylates") for r in self.edges.get((kind, g), [])}

    def regulon(self, regulator: str) -> list[str]:
        return self.nodes[regulator].get("regulon", self.edges.get(("regulates", regulator), []))

    def profile(self, genotype: str) -> dict[str, float]:
        lost, found = self.lost(genotype), {}
        for regulator in lost:
            for gene in self.regulon(regulator):
                found[gene] = found.get(gene, 0) + 1
                for other in set(self.edges.get(("encodes", gene), [])) - lost:
                    for after in self.regulon(other):
                        found[after] = found.get(after, 0) + 0.5 / self.encoding[other]
        return found

    def kinship(self, genotypes: np.ndarray) -> np.ndarray:
        profiles = [self.profile(g) for g in genotypes]
        columns = {gene: i for i, gene in enumerate(sorted({gene for p in profiles for gene in p}))}
        matrix = np.zeros((len(profiles), len(columns)))
        for row, profile in zip(matrix, profiles):
            row[[columns[g] for g in profile]] = list(profile.values())
        matrix /= np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
        return matrix @ matrix.T

    def reach(self, genotypes: np.ndarray, imodulons: list[str]) -> np.ndarray:
        rows = [[self.nodes[r].get("reach", {}) for r in self.lost(g)] for g in genotypes]
        return -np.array([[sum(shares.get(m, 0) for shares in row) for m in imodulons] for row in rows])


def series(pairs: sample_table.Pairs) -> np.ndarray:
    first = [c.split("_")[0] for c in pairs.condition]
    return np.array([f"{p} {f}" if re.search(r"\d", f) else p for p, f in zip(pairs.project, first)])


@dataclass(frozen=True)
class Data:
    pairs: sample_table.Pairs
    scale: np.ndarray
    distance: np.ndarray  # [pairs, pairs], d2 of table E1
    kinship: np.ndarray
    together: np.ndarray
    effects: np.ndarray  # [pairs, imodulons, 6], reach apart
    reach: np.ndarray  # [pairs, imodulons]


def load() -> Data:
    samples = sample_table.load()
    pairs = sample_table.load_pairs(samples)
    t = plain.tables(samples, pairs)
    known, label, w = Regulons(), series(pairs), pairs.wild_type
    return Data(
        pairs=pairs, scale=t.scale, distance=plain.square_distance(w / t.scale) / len(t.scale),
        kinship=known.kinship(pairs.genotype), together=(label[:, None] == label[None]).astype(float),
        effects=np.stack([t.own, t.own * w, w, t.mode * t.scale, t.second * t.scale, (t.second != 0) * w], -1),
        reach=np.where(pairs.own, 0, known.reach(pairs.genotype, samples.imodulons)) * t.scale,
    )


def fit(d: Data, c: Constants, train: np.ndarray, groups: np.ndarray, also=None, more=None):
    """Predictions for all pairs, and for the training pairs with their own group left out (b as it is).

    also: added to the covariance [pairs, pairs]; more: further effects [pairs, imodulons, n].
    """
    near = np.exp(-d.distance / (2 * c.length**2))
    covariance = c.common + near * (c.state + c.kin * d.kinship) + c.series * d.together
    covariance = covariance if also is None else covariance + also
    x = np.concatenate([d.effects] + [d.reach[..., None]] * c.reach + ([] if more is None else [more]), -1)
    w = d.pairs.wild_type / d.scale
    leaning = c.slope * np.einsum("im,jm->mij", w, w[train])
    own = covariance[np.ix_(train, train)] + c.noise * np.eye(len(train)) + leaning[:, train]
    inverse = np.linalg.inv(own)
    xt, yt = x[train].transpose(1, 0, 2), d.pairs.change[train].T[..., None]
    weighed = inverse @ xt / d.scale[:, None, None]
    gram = np.einsum("mif,mig->fg", xt, weighed) + 1e-3 * np.eye(x.shape[-1])
    b = np.linalg.solve(gram, np.einsum("mif,mi->f", weighed, yt[..., 0]))
    held = (inverse @ (yt - (xt @ b)[..., None]))[..., 0]
    predicted = x @ b + np.einsum("mij,mj->im", covariance[None, :, train] + leaning, held)
    left = np.zeros((len(train), len(d.scale)))
    for group in set(groups[train]):
        r = np.flatnonzero(groups[train] == group)
        left[r] = np.linalg.solve(inverse[:, r[:, None], r[None]], held[:, r][..., None])[..., 0].T
    return predicted, d.pairs.change[train] - left


def leave_out(d: Data, groups: np.ndarray, c: Constants, also=None, more=None) -> tuple[np.ndarray, dict[str, float]]:
    """Held-out predictions, and for each held-out group the error of leaving the others out in turn."""
    out, inner = np.zeros_like(d.pairs.change), {}
    for group in sorted(set(groups)):
        train = np.flatnonzero(groups != group)
        predicted, inside = fit(d, c, train, groups, also, more)
        out[groups == group] = predicted[groups == group]
        inner[group] = float(((inside - d.pairs.change[train]) ** 2).mean())
    return out, inner


def show(d: Data, name: str, predicted: np.ndarray, reference: np.ndarray | None = None) -> None:
    s, text = scores(predicted, d.pairs), ""
    if reference is not None:
        gain = ((predicted - d.pairs.change) ** 2).mean(1) - ((reference - d.pairs.change) ** 2).mean(1)
        genotypes = sorted(set(d.pairs.genotype))
        total = np.array([gain[d.pairs.genotype == g].sum() for g in genotypes])
        count = np.array([(d.pairs.genotype == g).sum() for g in genotypes])
        draws = np.random.default_rng(1).integers(len(genotypes), size=(DRAWS, len(genotypes)))
        low, high = np.quantile(total[draws].sum(1) / count[draws].sum(1), [0.025, 0.975])
        text = f"   {gain.mean():+.3f} ({low:+.3f} to {high:+.3f})"
    print(f"{name:64s} {s['mse']:.3f} / {s['pearson']:.3f} / {s['own_regulon']:.3f}{text}", flush=True)


def choice(d: Data, groups: np.ndarray) -> None:
    grid = itertools.product((0.3, 0.4, 0.6), (0.0, 0.3, 0.6), (0.0, 0.2), (0.35, 0.5), (False, True))
    found = []
    for length, kin, run, noise, reach in grid:
        c = Constants(length=length, kin=kin, series=run, noise=noise, reach=reach)
        found.append((c, *leave_out(d, groups, c)))
    for name, keep in (
        ("all", lambda c: True), ("without series", lambda c: c.series == 0),
        ("without series and reach", lambda c: c.series == 0 and not c.reach),
        ("without series, reach and kin", lambda c: c.series == 0 and not c.reach and c.kin == 0),
    ):
        among = [f for f in found if keep(f[0])]
        out, picked = np.zeros_like(d.pairs.change), {}
        for group in sorted(set(groups)):
            best = min(among, key=lambda f: f[2][group])
            out[groups == group] = best[1][groups == group]
            picked[str(best[0])] = picked.get(str(best[0]), 0) + 1
        show(d, f"chosen inside, {name}, of {len(among)}", out)
        print("   ", sorted(picked.items(), key=lambda kv: -kv[1])[:3])


def controls(d: Data, groups: np.ndarray) -> None:
    base, c = leave_out(d, groups, Constants())[0], Constants()
    for name, other in {
        "without kinship": replace(c, kin=0), "without reach": replace(c, reach=False), "without series": replace(c, series=0),
        "without kinship, reach and series": replace(c, kin=0, reach=False, series=0),
    }.items():
        show(d, name, leave_out(d, groups, other)[0], base)
    show(d, "without any of the graph", leave_out(replace(d, effects=d.effects[..., 2:3]), groups,
         replace(c, kin=0, reach=False))[0], base)
    random, genotypes = np.random.default_rng(1), sorted(set(d.pairs.genotype))
    for seed in range(5):
        dealt = dict(zip(genotypes, random.permutation(genotypes)))
        rows = np.array([np.flatnonzero(d.pairs.genotype == dealt[g])[0] for g in d.pairs.genotype])
        shuffled = replace(d, kinship=d.kinship[np.ix_(rows, rows)], reach=d.reach[rows])
        show(d, f"regulons of other genotypes, {seed + 1}", leave_out(shuffled, groups, c)[0], base)
    label = series(d.pairs)
    for seed in range(3):
        dealt = label.copy()
        for project in set(d.pairs.project):
            rows = np.flatnonzero(d.pairs.project == project)
            dealt[rows] = random.permutation(label[rows])
        mixed = replace(d, together=(dealt[:, None] == dealt[None]).astype(float))
        show(d, f"series of other cultures of the project, {seed + 1}", leave_out(mixed, groups, c)[0], base)


def alike(features: np.ndarray) -> np.ndarray:
    features = features[:, features.std(0) > 1e-6]
    return np.exp(-plain.square_distance(features / features.std(0)) / features.shape[1] / 2)


def mechanism(d: Data, groups: np.ndarray) -> None:
    """Flux balance of the wild type's medium as a kernel, of the deletion as an effect; effectors as a kernel."""
    pairs, base = d.pairs, leave_out(d, groups, Constants())[0]
    deleted = [fluxes.balance(e, g) for e, g in zip(pairs.environment, pairs.genotype)]
    wild = [fluxes.balance(e) for e in pairs.environment]
    moved = [bool(ko) and abs(ko["growth"] - wt["growth"]) > 1e-3 for ko, wt in zip(deleted, wild)]
    print(f"{sum(map(bool, deleted))} of {len(deleted)} pairs delete genes of iML1515, in {sum(moved)} growth changes")
    levels, _ = fluxes.levels(pairs.environment)
    level, known = effectors.levels(pairs.environment)
    growth = levels[:, [fluxes.NAMES.index("growth")]]
    show(d, "kriging", base, base)
    for name, kernel in {"growth": alike(growth), "growth, by-products and fluxes": alike(levels),
                         "effectors": alike(level * known)}.items():
        for share in (0.1, 0.25):
            show(d, f"+ {share} {name}", leave_out(d, groups, Constants(), share * kernel)[0], base)
        alone = replace(Constants(), state=0, kin=0)
        show(d, f"{name} in place of the state", leave_out(d, groups, alone, 0.5 * kernel)[0], base)
    effect = flux_effect(deleted)[..., None] * d.scale[:, None]
    show(d, "+ effect: fluxes through each iModulon's enzymes", leave_out(d, groups, Constants(), more=effect)[0], base)
    for j in np.flatnonzero(moved):
        r = np.corrcoef(effect[j, :, 0], pairs.change[j])[0, 1]
        print(f"    {pairs.genotype[j]}: r of that effect with the change {r:+.3f}")


def flux_effect(deleted: list[dict[str, float]]) -> np.ndarray:
    """[pairs, imodulons] mean log2 change of flux over the genes that an iModulon's regulators act on."""
    targets = regulons()
    names = [set().union(*[targets.get(r, []) for r in rs]) for rs in sample_table.load().regulators]
    changes = [{k[5:]: v for k, v in ko.items() if k.startswith("gene:")} for ko in deleted]
    return np.array([[np.mean([ch.get(g, 0) for g in genes]) if genes and ch else 0.0 for genes in names] for ch in changes])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["choice", "controls", "mechanism"])
    parser.add_argument("--split", choices=["genotype", "project"], default="genotype")
    options = parser.parse_args()
    d = load()
    groups = d.pairs.genotype if options.split == "genotype" else d.pairs.project
    if options.what is None:
        show(d, "kriging", leave_out(d, groups, Constants())[0])
    else:
        {"choice": choice, "controls": controls, "mechanism": mechanism}[options.what](d, groups)


if __name__ == "__main__":
    main()
