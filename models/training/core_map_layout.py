"""The layout of networks/ecoli-core-map.json, in grid units: x to the right, y down."""

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
