"""Write networks/ecoli-core-map.json: a metabolic map of the E. coli core model that ships, in Escher's format.

The layout is in core_map_layout.py: where the main metabolites lie, which two (or more) each reaction leads from and to,
and on which side its cofactors leave. Stoichiometry comes from sbml/ecoli-core.xml. Protons and water inside
the cell are left out, and so are protons outside but where they are transported alone.

Usage: python build_core_map.py
"""

import json
import math
import xml.etree.ElementTree as ElementTree

from core_map_layout import BIOMASS, BIOMASS_AT, EXCHANGES, NODES, PATHS, TEXTS
from paths import ROOT

GRID = 118
LEFT_OUT = {"h_c", "h2o_c", "h_e"}
SBML = "{http://www.sbml.org/sbml/level3/version1/core}"


def reactions():
    """Id -> name, reversible, {metabolite: coefficient}, in the model's order."""
    model = ElementTree.parse(ROOT / "sbml/ecoli-core.xml").getroot()
    for reaction in model.iter(f"{SBML}reaction"):
        coefficients = {}
        for side, sign in (("listOfReactants", -1), ("listOfProducts", 1)):
            for one in reaction.iterfind(f"{SBML}{side}/{SBML}speciesReference"):
                metabolite = one.get("species").removeprefix("M_")
                coefficients[metabolite] = coefficients.get(metabolite, 0) + sign * float(one.get("stoichiometry"))
        yield reaction.get("id").removeprefix("R_"), reaction.get("name"), reaction.get("reversible") == "true", coefficients


class Map:
    """Nodes and reactions by running number, as Escher keeps them."""

    def __init__(self):
        self.nodes, self.reactions, self.main, self.last = {}, {}, {}, 0

    def number(self):
        self.last += 1
        return str(self.last)

    def marker(self, point, kind="multimarker"):
        key = self.number()
        self.nodes[key] = {"node_type": kind, "x": round(point[0], 1), "y": round(point[1], 1)}
        return key

    def metabolite(self, metabolite, point, label, primary):
        key = self.number()
        x, y = point
        self.nodes[key] = {
            "node_type": "metabolite", "x": round(x, 1), "y": round(y, 1), "bigg_id": metabolite, "name": metabolite,
            "label_x": round(label[0], 1), "label_y": round(label[1], 1), "node_is_primary": primary,
        }
        return key

    def main_node(self, key):
        if key not in self.main:
            x, y, side = NODES[key]
            metabolite = key.split("#")[0]
            point = (x * GRID, y * GRID)
            self.main[key] = self.metabolite(metabolite, point, beside(point, metabolite, side, 24, 20), True)
        return self.main[key]

    def at(self, key):
        return self.nodes[key]["x"], self.nodes[key]["y"]


def beside(point, text, side, size, gap):
    """Where a label begins that stands beside a point: T, B, L, R or two of them."""
    width = 0.56 * size * len(text)
    x, y = point
    if side in ("T", "B"):
        return x - width / 2, y - gap - 4 if side == "T" else y + gap + size
    shift = -gap - width if "L" in side else gap
    lift = -gap + 2 if "T" in side else gap + 10 if "B" in side else size / 3
    return x + shift, y + lift


def along(a, b, share):
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def plus(a, b, factor=1.0):
    return a[0] + factor * b[0], a[1] + factor * b[1]


def unit(a, b):
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def point(p):
    return {"x": round(p[0], 1), "y": round(p[1], 1)}


def join(segments, map_, start, end, bends=None):
    """Adds a line between two nodes."""
    b1, b2 = (point(b) for b in bends) if bends else (None, None)
    segments[map_.number()] = {"from_node_id": start, "to_node_id": end, "b1": b1, "b2": b2}


def draw(map_, name, title, reversible, coefficients):
    """One reaction along its path, its cofactors on one side."""
    sources, targets, side, bend = PATHS[name]
    sources = (sources,) if isinstance(sources, str) else sources
    targets = (targets,) if isinstance(targets, str) else targets
    starts, ends = [map_.main_node(key) for key in sources], [map_.main_node(key) for key in targets]
    a, b = (tuple(sum(map_.at(k)[d] for k in keys) / len(keys) for d in (0, 1)) for keys in (starts, ends))
    if name in ("PFL", "CS"):  # joined by a second metabolite from afar: the line runs between the first two
        a, b = map_.at(starts[0]), map_.at(ends[0])
    if name == "PFL":
        a, b = plus(a, (1.7 * GRID, 0)), plus(b, (1.7 * GRID, 0))
    forward = unit(a, b)
    right = (-forward[1], forward[0])
    shift = bend * GRID
    middle = plus(along(a, b, 0.5), right, shift)
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    reach = min(0.1 * length, 40)
    first, last = plus(middle, forward, -reach), plus(middle, forward, reach)
    markers = [map_.marker(first), map_.marker(middle, "midmarker"), map_.marker(last)]
    segments = {}
    pull = 0.22 * length
    for start in starts:
        straight = len(starts) == 1 and bend == 0 and name != "PFL"
        bends = None if straight else (plus(map_.at(start), right, 0.7 * shift), plus(first, forward, -pull))
        join(segments, map_, start, markers[0], bends)
    join(segments, map_, markers[0], markers[1])
    join(segments, map_, markers[1], markers[2])
    for end in ends:
        straight = len(ends) == 1 and bend == 0 and name != "PFL"
        bends = None if straight else (plus(last, forward, pull), plus(map_.at(end), right, 0.7 * shift))
        join(segments, map_, markers[2], end, bends)
    hand = 1 if side == "R" else -1
    outward = (hand * right[0], hand * right[1])
    shown = {key.split("#")[0] for key in (*sources, *targets)} | LEFT_OUT
    if name in ("H2Ot",):
        shown = {"h2o_e", "h2o_c"}
    counts = {-1: 0, 1: 0}
    for metabolite, coefficient in coefficients.items():
        if metabolite in shown:
            continue
        sign = -1 if coefficient < 0 else 1
        rank = counts[sign]
        counts[sign] += 1
        anchor = first if sign < 0 else last
        spot = plus(plus(anchor, forward, sign * (34 + 30 * rank)), outward, 46 + 34 * rank)
        where = "R" if outward[0] > 0.5 else "L" if outward[0] < -0.5 else "T" if outward[1] < 0 else "B"
        node = map_.metabolite(metabolite, spot, beside(spot, metabolite, where, 18, 12), False)
        bends = (plus(spot, outward, -24), plus(anchor, forward, sign * 26))
        if sign < 0:
            join(segments, map_, node, markers[0], bends)
        else:
            join(segments, map_, markers[2], node, (bends[1], bends[0]))
    # A bent line has its label outside, between its cofactors; a straight one opposite to them.
    free = outward if bend != 0 or name == "PFL" else (-outward[0], -outward[1])
    most = max(counts.values())
    distance = 36 + 40 * most if free == outward and most > 0 and abs(free[1]) > 0.7 else 18
    where = "R" if free[0] > 0.5 else "L" if free[0] < -0.5 else "T" if free[1] < 0 else "B"
    label = beside(plus(middle, free, distance), name + (" 00.0" if where != "R" else ""), where, 30, 2)
    add(map_, name, title, reversible, coefficients, label, segments)


def exchange(map_, name, title, reversible, coefficients):
    """A line from a compound outside to nowhere."""
    (metabolite,) = coefficients
    start = map_.main_node(metabolite)
    dx, dy = EXCHANGES[metabolite]
    end = plus(map_.at(start), (dx * GRID, dy * GRID))
    middle, stop = map_.marker(along(map_.at(start), end, 0.5), "midmarker"), map_.marker(end)
    segments = {}
    join(segments, map_, start, middle)
    join(segments, map_, middle, stop)
    spot = map_.at(middle)
    label = beside(spot, name + " 00.0", "B", 30, 8) if dy == 0 else beside(spot, name, "R", 30, 18)
    add(map_, name, title, reversible, coefficients, label, segments)


def biomass(map_, name, title, reversible, coefficients):
    """What biomass takes on the left of a line, what it gives back on the right."""
    x, top, bottom = (v * GRID for v in BIOMASS_AT)
    markers = [map_.marker((x, top)), map_.marker((x, (top + bottom) / 2), "midmarker"), map_.marker((x, bottom))]
    segments = {}
    join(segments, map_, markers[0], markers[1])
    join(segments, map_, markers[1], markers[2])
    sides = {-1: [], 1: []}
    for metabolite, coefficient in coefficients.items():
        if metabolite not in LEFT_OUT:
            sides[-1 if coefficient < 0 else 1].append(metabolite)
    for sign, metabolites in sides.items():
        height = (bottom - top) / max(len(metabolites), 1)
        for k, metabolite in enumerate(metabolites):
            spot = (x + sign * 1.6 * GRID, top + (k + 0.5) * height)
            node = map_.metabolite(metabolite, spot, beside(spot, metabolite, "R" if sign > 0 else "L", 18, 14), False)
            near = map_.marker((x, spot[1]))
            bends = (plus(spot, (-sign * 0.8 * GRID, 0)), (x, spot[1] - sign * 0.2 * GRID))
            if sign < 0:
                join(segments, map_, node, near, bends)
            else:
                join(segments, map_, near, node, (bends[1], bends[0]))
    add(map_, name, title, reversible, coefficients, (x - 2.2 * GRID, top - 26), segments)


def add(map_, name, title, reversible, coefficients, label, segments):
    map_.reactions[map_.number()] = {
        "name": title or name, "bigg_id": name, "reversibility": reversible,
        "label_x": round(label[0], 1), "label_y": round(label[1], 1), "gene_reaction_rule": "", "genes": [],
        "metabolites": [{"bigg_id": m, "coefficient": c} for m, c in coefficients.items()], "segments": segments,
    }


def main():
    map_ = Map()
    for name, title, reversible, coefficients in reactions():
        kind = biomass if name == BIOMASS else exchange if name.startswith("EX_") else draw
        kind(map_, name, title, reversible, coefficients)
    texts = {map_.number(): {"x": x * GRID, "y": y * GRID, "text": text} for text, (x, y) in TEXTS.items()}
    xs, ys = ([node[axis] for node in map_.nodes.values()] for axis in ("x", "y"))
    left, top = min(xs) - 130, min(ys) - 70
    header = {
        "map_name": "E. coli core, Cellweave", "map_id": "ecoli-core-cellweave",
        "map_description": "Central metabolism as in sbml/ecoli-core.xml; the layout is Cellweave's own",
        "homepage": "https://escher.github.io", "schema": "https://escher.github.io/escher/jsonschema/1-0-0#",
    }
    body = {
        "reactions": map_.reactions, "nodes": map_.nodes, "text_labels": texts,
        "canvas": {"x": left, "y": top, "width": max(xs) + 150 - left, "height": max(ys) + 60 - top},
    }
    path = ROOT / "networks/ecoli-core-map.json"
    path.write_text(json.dumps([header, body], separators=(",", ":")) + "\n")
    print(f"{path}: {len(map_.reactions)} reactions, {len(map_.nodes)} nodes")


if __name__ == "__main__":
    main()
