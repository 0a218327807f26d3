"""Facts about regulators that the TRN table doesn't hold: who encodes them, who senses what.

Each row carries its literature source. Signs: "+" activates, "-" inhibits, "+-" both.
"""

KOLB = "Kolb et al. 1993, doi:10.1146/annurev.bi.62.070193.003533"
DEUTSCHER = "Deutscher et al. 2006, doi:10.1128/MMBR.00024-06"
KOTTE = "Kotte et al. 2010, doi:10.1038/msb.2010.10"
KOCHANOWSKI = "Kochanowski et al. 2013, doi:10.1073/pnas.1202582110"
KHOROSHILOVA = "Khoroshilova et al. 1997, doi:10.1073/pnas.94.12.6087"
GEORGELLIS = "Georgellis et al. 2001, doi:10.1126/science.1059361"
LORCA = "Lorca et al. 2007, doi:10.1074/jbc.M610838200"
QUAIL = "Quail and Guest 1995, Mol Microbiol 15:519"
TANAKA = "Tanaka et al. 2000, doi:10.1093/emboj/19.20.5344"
STEWART = "Stewart 1993, Mol Microbiol 9:425"
NINFA = "Ninfa and Jiang 2005, doi:10.1016/j.mib.2005.02.011"
WANNER = "Wanner 1993, J Cell Biochem 51:47"
BAGG = "Bagg and Neilands 1987, doi:10.1021/bi00391a039"
CALVO = "Calvo and Matthews 1994, Microbiol Rev 58:466"
ZIENTZ = "Zientz et al. 1998, J Bacteriol 180:5421"
ROSSMANN = "Rossmann et al. 1991, Mol Microbiol 5:2807"
POTRYKUS = "Potrykus and Cashel 2008, doi:10.1146/annurev.micro.62.081307.162903"
PHOSPHORELAY = "Stock et al. 2000, doi:10.1146/annurev.biochem.69.1.183"

# Regulators whose gene isn't their name in lower case.
ENCODED_BY = {
    "FlhDC": ["flhD", "flhC"],
    "GlaR": ["csiR"],
    "H-NS": ["hns"],
    "IHF": ["ihfA", "ihfB"],
    "NtrC": ["glnG"],
    "RcsAB": ["rcsA", "rcsB"],
}

SIGMAS = {"RpoD", "RpoS", "RpoN", "RpoH", "RpoE", "FliA", "FecI"}

# Histidine kinase gene -> response regulator (transfers phosphate, hence "+").
SENSORS = {
    "arcB": "ArcA", "narX": "NarL", "narQ": "NarP", "phoR": "PhoB", "dcuS": "DcuR",
    "dpiB": "DpiA", "creC": "CreB", "btsS": "BtsR", "glnL": "NtrC", "kdpD": "KdpE",
    "envZ": "OmpR", "cpxA": "CpxR", "baeS": "BaeR", "basS": "BasR", "qseC": "QseB",
    "glrK": "GlrR", "rcsC": "RcsAB", "zraS": "ZraR", "atoS": "AtoC",
}

# id -> (type, name, synonyms)
EFFECTORS = {
    "camp": ("metabolite", "cyclic AMP", ["cAMP"]),
    "fbp": ("metabolite", "fructose 1,6-bisphosphate", ["fdp"]),
    "f1p": ("metabolite", "fructose 1-phosphate", []),
    "pyr": ("metabolite", "pyruvate", []),
    "pep": ("metabolite", "phosphoenolpyruvate", []),
    "glx": ("metabolite", "glyoxylate", []),
    "g6p": ("metabolite", "glucose 6-phosphate", []),
    "accoa": ("metabolite", "acetyl-CoA", []),
    "akg": ("metabolite", "2-oxoglutarate", []),
    "gln": ("metabolite", "L-glutamine", ["gln__L"]),
    "leu": ("metabolite", "L-leucine", ["leu__L"]),
    "arg": ("metabolite", "L-arginine", ["arg__L"]),
    "glyc3p": ("metabolite", "glycerol 3-phosphate", []),
    "acgam6p": ("metabolite", "N-acetylglucosamine 6-phosphate", []),
    "glyclt": ("metabolite", "glycolate", []),
    "lac": ("metabolite", "lactate", ["lac__L", "lac__D"]),
    "fum": ("metabolite", "fumarate", []),
    "cit": ("metabolite", "citrate", []),
    "for": ("metabolite", "formate", []),
    "no3": ("metabolite", "nitrate", []),
    "no": ("metabolite", "nitric oxide", []),
    "o2": ("metabolite", "oxygen", []),
    "pi": ("metabolite", "orthophosphate", []),
    "fe2": ("metabolite", "ferrous iron", []),
    "ppgpp": ("metabolite", "guanosine tetraphosphate", ["ppGpp"]),
    "glc__D": ("metabolite", "D-glucose", []),
    "q8h2": ("signal", "reduced share of the quinone pool", ["redox"]),
    "superoxide": ("signal", "redox-cycling agents and superoxide", ["o2s"]),
    "eiia_p": ("signal", "phosphorylated share of EIIA(Glc)", ["EIIA-P"]),
}

# source, target, sign, reference
SIGNALS = [
    ("camp", "Crp", "+", KOLB),
    ("fbp", "Cra", "-", KOCHANOWSKI),
    ("f1p", "Cra", "-", "Ramseier et al. 1993, J Mol Biol 234:28"),
    ("o2", "Fnr", "-", KHOROSHILOVA),
    ("q8h2", "arcB", "+", GEORGELLIS),
    ("o2", "q8h2", "-", GEORGELLIS),
    ("pyr", "PdhR", "-", QUAIL),
    ("pyr", "IclR", "+", LORCA),
    ("glx", "IclR", "-", LORCA),
    ("glc__D", "Mlc", "-", TANAKA),
    ("ptsG", "Mlc", "-", TANAKA),
    ("no3", "narX", "+", STEWART),
    ("no3", "narQ", "+", STEWART),
    ("no", "NsrR", "-", "Bodenmiller and Spiro 2006, J Bacteriol 188:874"),
    ("pi", "phoR", "-", WANNER),
    ("fe2", "Fur", "+", BAGG),
    ("leu", "Lrp", "+-", CALVO),
    ("arg", "ArgR", "+", "Tian et al. 1992, J Mol Biol 226:387"),
    ("akg", "glnL", "+", NINFA),
    ("gln", "glnL", "-", NINFA),
    ("glyc3p", "GlpR", "-", "Larson et al. 1987, J Biol Chem 262:15869"),
    ("acgam6p", "NagC", "-", "Plumbridge 1991, Mol Microbiol 5:2053"),
    ("glyclt", "GlcC", "+", "Pellicer et al. 1999, J Biol Chem 274:1745"),
    ("lac", "LldR", "-", "Aguilera et al. 2008, J Bacteriol 190:2997"),
    ("fum", "dcuS", "+", ZIENTZ),
    ("cit", "dpiB", "+", "Kaspar et al. 1999, Mol Microbiol 33:858"),
    ("for", "FhlA", "+", ROSSMANN),
    ("pyr", "btsS", "+", "Vilhena et al. 2018, J Bacteriol 200:e00536-17"),
    ("superoxide", "SoxR", "+", "Hidalgo and Demple 1994, EMBO J 13:138"),
    ("eiia_p", "cyaA", "+", DEUTSCHER),
    ("cyaA", "camp", "+", KOLB),
    ("crr", "eiia_p", "+", DEUTSCHER),
    ("glc__D", "eiia_p", "-", DEUTSCHER),
    ("pep", "eiia_p", "+", DEUTSCHER),
    ("pyr", "eiia_p", "-", DEUTSCHER),
    ("relA", "ppgpp", "+", POTRYKUS),
    ("spoT", "ppgpp", "+-", POTRYKUS),
    ("ppgpp", "DksA", "+", "Ross et al. 2016, doi:10.1016/j.molcel.2016.04.029"),
]

# Signs that the table leaves open and single-operon studies settle.
SINGLE_OPERON = [
    ("ArcA", "-", ["sdhC", "sdhD", "sdhA", "sdhB"], "Shen and Gunsalus 1997, Mol Microbiol 26:223"),
    ("ArcA", "-", ["sucA", "sucB", "sucC", "sucD"], "Park et al. 1997, J Bacteriol 179:4138"),
    ("Crp", "+", ["ptsH", "ptsI", "crr"], "De Reuse and Danchin 1988, J Bacteriol 170:3827"),
    ("Cra", "-", ["ptsH", "ptsI", "crr"], "Ramseier et al. 1993, J Mol Biol 234:28"),
    ("Fnr", "-", ["cydA", "cydB"], "Cotter et al. 1997, Mol Microbiol 25:605"),
]
SIGN_FROM_LITERATURE = {
    (regulator, gene): (sign, source)
    for regulator, sign, genes, source in SINGLE_OPERON
    for gene in genes
}

# Names used for deletions in PRECISE-1K -> present gene names.
GENE_ALIASES = {"qseF": "glrR", "ybaO": "decR", "ybiH": "cecR"}
SYNONYMS = {"pck": ["pckA"], "glrR": ["qseF"], "decR": ["ybaO"], "cecR": ["ybiH"], "cra": ["fruR"], "mlc": ["dgsA"]}
