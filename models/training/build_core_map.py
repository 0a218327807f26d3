"""Write networks/ecoli-core-map.json: a metabolic map of the E. coli core model that ships, in Escher's format.

The layout is written down here, in grid units: where the main metabolites lie, which two (or more) each reaction leads
from and to, and on which side its cofactors leave. Stoichiometry comes from sbml/ecoli-core.xml. Protons and water inside
the cell are left out, and so are protons outside but where they are transported alone.

Usage: python build_core_map.py
"""

import json
import math
import xml.etree.ElementTree as ElementTree

from paths import ROOT

GRID = 118
LEFT_OUT = {"h_c", "h2o_c", "h_e"}
SBML = "{http://www.sbml.org/sbml/level3/version1/core}"

# Main metabolites: key (the id, with `#n` for a further copy) -> x, y, side of the label.
NODES = {
    # uptake and glycolysis
    "glc__D_e": (6, 0, "R"), "g6p_c": (6, 2, "L"), "fru_e": (2.6, 2.9, "T"), "f6p_c": (6, 4, "BR"), "fdp_c": (6, 6, "L"),
    "dhap_c": (3.8, 8, "L"), "g3p_c": (6, 8, "R"), "13dpg_c": (6, 10, "L"), "3pg_c": (6, 12, "L"), "2pg_c": (6, 14, "L"),
    "pep_c": (6, 16, "TR"), "pyr_c": (6, 18.4, "TL"), "accoa_c": (6, 21.4, "TL"), "pyr_e": (2.6, 18.4, "T"),
    # pentose phosphates
    "6pgl_c": (9, 2, "T"), "6pgc_c": (12, 2, "T"), "ru5p__D_c": (15, 2, "T"), "r5p_c": (13.5, 4, "L"),
    "xu5p__D_c": (16.5, 4, "R"), "s7p_c": (13.5, 7, "L"), "g3p_c#2": (16.5, 7, "R"), "e4p_c": (13.5, 10, "L"),
    "f6p_c#2": (16.5, 10, "R"), "f6p_c#3": (13.5, 12.6, "L"),
    # fermentation
    "lac__D_c": (9.4, 17.2, "T"), "lac__D_e": (12.4, 17.2, "T"), "for_c": (9.4, 19.3, "T"), "for_e": (12.4, 19.3, "T"),
    "actp_c": (9.4, 21.4, "T"), "ac_c": (12.4, 21.4, "T"), "ac_e": (15.4, 21.4, "T"), "acald_c": (9.4, 23.4, "BL"),
    "etoh_c": (12.4, 23.4, "T"), "etoh_e": (15.4, 23.4, "T"), "acald_e": (12.4, 25.2, "B"),
    # citric acid cycle and glyoxylate shunt
    "oaa_c": (3.2, 26.5, "BL"), "cit_c": (8.8, 26.5, "R"), "acon_C_c": (10.6, 28.6, "R"), "icit_c": (10.6, 31, "R"),
    "akg_c": (8.8, 33.4, "BL"), "succoa_c": (6, 34.6, "B"), "succ_c": (3.2, 33.4, "L"), "fum_c": (1.4, 31, "L"),
    "mal__L_c": (1.4, 28.6, "TL"), "glx_c": (6, 30, "T"), "pyr_c#2": (-1.8, 25.8, "L"), "pyr_c#3": (-1.8, 27.4, "L"),
    "mal__L_e": (-1.8, 29.2, "T"), "fum_e": (-1.8, 31, "T"), "succ_e": (3.2, 36.4, "L"), "akg_e": (8.8, 36.4, "L"),
    # glutamate and glutamine
    "glu__L_c": (12.6, 33.4, "BR"), "gln__L_c": (16.4, 33.4, "R"), "glu__L_e": (12.6, 36.4, "L"), "gln__L_e": (16.4, 36.4, "L"),
    # respiration, cofactors
    "q8_c": (20.4, 14.2, "L"), "q8h2_c": (24, 14.2, "R"), "nadh_c": (20.4, 18.6, "L"), "nadph_c": (24, 18.6, "R"),
    "adp_c": (20.4, 22.4, "L"), "atp_c": (24, 22.4, "R"), "amp_c": (20.4, 25.8, "L"), "adp_c#2": (24, 25.8, "R"),
    # gases, salts
    "o2_e": (21, 1.6, "T"), "o2_c": (24, 1.6, "R"), "co2_e": (21, 3.2, "T"), "co2_c": (24, 3.2, "R"),
    "h2o_e": (21, 4.8, "T"), "h2o_c": (24, 4.8, "R"), "nh4_e": (21, 6.4, "T"), "nh4_c": (24, 6.4, "R"),
    "pi_e": (21, 8, "T"), "pi_c": (24, 8, "R"), "h_e": (21, 9.6, "R"),
}

# Reaction: from, to, side of the cofactors as seen walking from -> to (R or L), bend in grid units (+ is right).
PATHS = {
    "GLCpts": ("glc__D_e", "g6p_c", "L", 0), "PGI": ("g6p_c", "f6p_c", "L", 0), "PFK": ("f6p_c", "fdp_c", "L", 0),
    "FBP": ("fdp_c", "f6p_c", "L", -1.1), "FBA": ("fdp_c", "g3p_c", "R", 0), "GAPD": ("g3p_c", "13dpg_c", "L", 0),
    "PGK": ("13dpg_c", "3pg_c", "L", 0), "PGM": ("3pg_c", "2pg_c", "L", 0), "ENO": ("2pg_c", "pep_c", "L", 0),
    "PYK": ("pep_c", "pyr_c", "L", 0), "PPS": ("pyr_c", "pep_c", "L", -1.2), "PDH": ("pyr_c", "accoa_c", "R", 0),
    "TPI": ("dhap_c", "g3p_c", "R", 0), "FRUpts2": ("fru_e", "f6p_c", "L", 0), "PYRt2": ("pyr_e", "pyr_c", "L", 0),
    "G6PDH2r": ("g6p_c", "6pgl_c", "R", 0), "PGL": ("6pgl_c", "6pgc_c", "L", 0), "GND": ("6pgc_c", "ru5p__D_c", "L", 0),
    "RPI": ("ru5p__D_c", "r5p_c", "L", 0), "RPE": ("ru5p__D_c", "xu5p__D_c", "R", 0),
    "TKT1": (("r5p_c", "xu5p__D_c"), ("s7p_c", "g3p_c#2"), "R", 0),
    "TALA": (("s7p_c", "g3p_c#2"), ("e4p_c", "f6p_c#2"), "R", 0), "TKT2": ("e4p_c", "f6p_c#3", "L", 0),
    "LDH_D": ("pyr_c", "lac__D_c", "L", 0), "D_LACt2": ("lac__D_c", "lac__D_e", "L", 0),
    "PFL": ("pyr_c", ("accoa_c", "for_c"), "L", 0), "FORt": ("for_c", "for_e", "L", 0),
    "FORt2": ("for_e", "for_c", "L", -0.9), "PTAr": ("accoa_c", "actp_c", "L", 0), "ACKr": ("actp_c", "ac_c", "L", 0),
    "ACt2r": ("ac_c", "ac_e", "L", 0), "ACALD": ("accoa_c", "acald_c", "R", 0), "ALCD2x": ("acald_c", "etoh_c", "L", 0),
    "ETOHt2r": ("etoh_c", "etoh_e", "L", 0), "ACALDt": ("acald_c", "acald_e", "R", 0),
    "CS": (("oaa_c", "accoa_c"), "cit_c", "L", 0), "ACONTa": ("cit_c", "acon_C_c", "L", 0),
    "ACONTb": ("acon_C_c", "icit_c", "L", 0), "ICDHyr": ("icit_c", "akg_c", "R", 0), "AKGDH": ("akg_c", "succoa_c", "R", 0),
    "SUCOAS": ("succoa_c", "succ_c", "R", 0), "SUCDi": ("succ_c", "fum_c", "L", 0), "FRD7": ("fum_c", "succ_c", "L", -1.0),
    "FUM": ("fum_c", "mal__L_c", "R", 0), "MDH": ("mal__L_c", "oaa_c", "R", 0), "ICL": ("icit_c", "glx_c", "R", 0),
    "MALS": ("glx_c", "mal__L_c", "R", 0), "PPC": ("pep_c", "oaa_c", "R", 2.3), "PPCK": ("oaa_c", "pep_c", "L", -3.9),
    "ME1": ("mal__L_c", "pyr_c#2", "R", 0), "ME2": ("mal__L_c", "pyr_c#3", "L", 0),
    "MALt2_2": ("mal__L_e", "mal__L_c", "L", 0), "FUMt2_2": ("fum_e", "fum_c", "R", 0),
    "SUCCt3": ("succ_c", "succ_e", "L", 0), "SUCCt2_2": ("succ_e", "succ_c", "R", 0.9), "AKGt2r": ("akg_c", "akg_e", "R", 0),
    "GLUDy": ("akg_c", "glu__L_c", "L", 0), "GLUSy": ("akg_c", "glu__L_c", "R", 1.1), "GLNS": ("glu__L_c", "gln__L_c", "L", -0.9),
    "GLUN": ("gln__L_c", "glu__L_c", "L", -0.5), "GLUt2r": ("glu__L_c", "glu__L_e", "R", 0), "GLNabc": ("gln__L_e", "gln__L_c", "R", 0),
    "NADH16": ("q8_c", "q8h2_c", "L", 0), "CYTBD": ("q8h2_c", "q8_c", "L", -1.1), "THD2": ("nadh_c", "nadph_c", "L", 0),
    "NADTRHD": ("nadph_c", "nadh_c", "L", -1.1), "ATPS4r": ("adp_c", "atp_c", "L", 0), "ATPM": ("atp_c", "adp_c", "L", -1.1),
    "ADK1": ("amp_c", "adp_c#2", "L", 0),
    "O2t": ("o2_e", "o2_c", "L", 0), "CO2t": ("co2_e", "co2_c", "L", 0), "H2Ot": ("h2o_e", "h2o_c", "L", 0),
    "NH4t": ("nh4_e", "nh4_c", "L", 0), "PIt2r": ("pi_e", "pi_c", "L", 0),
}

# Exchange of each compound outside: where its line ends, relative to the compound.
EXCHANGES = {
    "glc__D_e": (0, -1.5), "fru_e": (-2, 0), "pyr_e": (-2, 0), "lac__D_e": (2.2, 0), "for_e": (2.2, 0), "ac_e": (2.2, 0),
    "etoh_e": (2.2, 0), "acald_e": (2.2, 0), "mal__L_e": (-2, 0), "fum_e": (-2, 0), "succ_e": (0, 1.6), "akg_e": (0, 1.6),
    "glu__L_e": (0, 1.6), "gln__L_e": (0, 1.6), "o2_e": (-2.4, 0), "co2_e": (-2.4, 0), "h2o_e": (-2.4, 0),
    "nh4_e": (-2.4, 0), "pi_e": (-2.4, 0), "h_e": (-2.4, 0),
}

TEXTS = {
    "Glycolysis": (8.4, 7.0), "Pentose phosphates": (9.6, 0.1), "Fermentation": (13.2, 15.8), "Citric acid cycle": (4.3, 32.2),
    "Glutamate": (13.4, 30.3), "Respiration": (20.4, 12.4), "Cofactors": (20.4, 17.2), "Gases and salts": (20.4, 0.1),
    "Biomass": (20.4, 28.0),
}

BIOMASS = "BIOMASS_Ecoli_core_w_GAM"
BIOMASS_AT = (22.2, 29.2, 37.2)  # x of its line, y of its ends


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
