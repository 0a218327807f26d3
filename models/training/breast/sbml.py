"""sbml/growth-factor-signalling.xml from mechanism.py: `python -m breast.sbml`, run in models/training."""

import ast
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from .mechanism import DRUGS, LIGANDS, SIGNALS, SPECIES
from .numeric import nothing_added, settle, signals_at
from .parameters import PARAMETERS
from .sites import SITES

FILE = Path(__file__).parents[3] / "sbml" / "growth-factor-signalling.xml"
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
MATHML = 'xmlns="http://www.w3.org/1998/Math/MathML"'
OPERATORS = {ast.Add: "plus", ast.Sub: "minus", ast.Mult: "times", ast.Div: "divide"}

NOTES = [
    "Growth factor signalling from seven receptor families through Ras, Raf, MEK and ERK and through PI3K, AKT and mTORC1, "
    "with the feedbacks from ERK (SOS, Raf, phosphatases) and from p70S6K (IRS-1), and four inhibitors that bind. Written "
    "for Cellweave after published mechanism; each reaction names its source.",
    "Every species is a fraction of its protein between 0 and 1: dx/dt = on (1 - x) - off x. Time in minutes. Ligands "
    "(EGF, NRG1, FGF1, HGF, IGF1, Insulin, Serum) relative to the dose of the experiments, drugs in nmol/L.",
    "An ATP-competitive inhibitor takes away AKT's activity and shields T308 and S473 from phosphatases (Okuzumi et al. "
    "2009, doi:10.1038/nchembio.183; Lin et al. 2012, doi:10.1126/scisignal.2002618), so AKT is phosphorylated more while "
    "bound and the share that is free at any moment is more active than before. An allosteric inhibitor keeps AKT from "
    "being phosphorylated at all.",
    "Parameters of this file are prior medians; breast.cell.yaml of a line in models/breast holds its estimates. An "
    "antibody's signal relative to the untreated start is floor + (1 - floor) x / rest, with x the phosphorylated species, "
    "or kinase / (kinase + half) for a substrate. A floor of 1 means: not measured in this line.",
]


def main() -> None:
    """Writes the file."""
    FILE.write_text(model())
    print(f"{FILE}: {len(SPECIES)} species, {2 * len(SPECIES)} reactions, {len(SITES)} observables")


def model() -> str:
    """The SBML text."""
    base = nothing_added({p.id: p.value for p in PARAMETERS})
    rest = signals_at(base, settle(base))
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2">',
        '  <model id="growth_factor_signalling" metaid="growth_factor_signalling" name="Growth factor signalling of '
        'breast cancer lines" timeUnits="minute" substanceUnits="dimensionless" volumeUnits="dimensionless" '
        'extentUnits="dimensionless">',
        f"    <notes>{''.join(f'<p {XHTML}>{escape(text)}</p>' for text in NOTES)}</notes>",
        units(),
        '    <listOfCompartments><compartment id="cell" size="1" units="dimensionless" constant="true"/></listOfCompartments>',
        "    <listOfSpecies>", *(species(s) for s in SPECIES), "    </listOfSpecies>",
        "    <listOfParameters>", *parameters(rest), "    </listOfParameters>",
        "    <listOfInitialAssignments>",
        *(f'      <initialAssignment symbol="{s.id}">{math(f"{s.id}_0")}</initialAssignment>' for s in SPECIES),
        "    </listOfInitialAssignments>",
        "    <listOfRules>", *(rule(s.id, s.formula) for s in SIGNALS), *(rule(s.id, observable(s)) for s in SITES),
        "    </listOfRules>",
        "    <listOfReactions>", *(text for s in SPECIES for text in reactions(s)), "    </listOfReactions>",
        "  </model>", "</sbml>", "",
    ]
    return "\n".join(parts)


def units() -> str:
    """Minutes, per minute and nmol/L."""
    def definition(name: str, *parts: str) -> str:
        return f'<unitDefinition id="{name}"><listOfUnits>{"".join(parts)}</listOfUnits></unitDefinition>'

    minute = '<unit kind="second" exponent="{}" scale="0" multiplier="60"/>'
    nanomolar = ('<unit kind="mole" exponent="1" scale="-9" multiplier="1"/>'
                 '<unit kind="litre" exponent="-1" scale="0" multiplier="1"/>')
    return "    <listOfUnitDefinitions>" + "".join([
        definition("minute", minute.format(1)), definition("per_minute", minute.format(-1)),
        definition("nanomolar", nanomolar)]) + "</listOfUnitDefinitions>"


def species(s) -> str:
    """A fraction in the compartment of size 1."""
    head = (f'      <species id="{s.id}" metaid="{s.id}" name={quoteattr(s.name)} compartment="cell" '
            'substanceUnits="dimensionless" hasOnlySubstanceUnits="false" boundaryCondition="false" constant="false"')
    return head + (f">{described(s.id, s.doi)}</species>" if s.doi else "/>")


def described(metaid: str, doi: str) -> str:
    """A MIRIAM annotation."""
    return ('<annotation><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns:bqbiol="http://biomodels.net/biology-qualifiers/">'
            f'<rdf:Description rdf:about="#{metaid}"><bqbiol:isDescribedBy><rdf:Bag>'
            f'<rdf:li rdf:resource="https://identifiers.org/doi:{doi}"/></rdf:Bag></bqbiol:isDescribedBy>'
            "</rdf:Description></rdf:RDF></annotation>")


def parameters(rest: dict) -> list[str]:
    """Inputs, rate parameters, initial values, observables' parameters, then what rules set."""
    drugs = [pool for pool, *_ in DRUGS.values()]
    return [
        *(parameter(ligand, 0, "dimensionless", False, "dose relative to the experiments'") for ligand in LIGANDS),
        *(parameter(drug, 0, "nanomolar", False, "dose, nmol/L") for drug in drugs),
        *(parameter(p.id, p.value, p.unit, True, p.why) for p in PARAMETERS),
        *(parameter(f"{s.id}_0", round(float(rest[s.id][0]), 6), "dimensionless", True, "at the start") for s in SPECIES),
        *(text for s in SITES for text in site_parameters(s, rest)),
        *(parameter(s.id, None, "dimensionless", False, s.name) for s in SIGNALS),
        *(parameter(f"obs_{s.id}", None, "dimensionless", False,
                    f"{s.protein} {s.residues}, relative to the untreated start", s.doi) for s in SITES),
    ]


def site_parameters(site, rest: dict) -> list[str]:
    """Floor, value at rest and, for a substrate, half-saturation."""
    x = float(rest[site.signal][0])
    shown = x / (x + 0.3) if site.substrate else x
    half = [parameter(f"half_{site.id}", 0.3, "dimensionless", True, "")] if site.substrate else []
    return [parameter(f"floor_{site.id}", 1, "dimensionless", True, ""),
            parameter(f"rest_{site.id}", round(shown, 6), "dimensionless", True, ""), *half]


def parameter(name: str, value, unit: str, constant: bool, why: str, doi: str = "") -> str:
    """One parameter; what a rule sets has no value."""
    given = "" if value is None else f' value="{value:g}"'
    named = f" name={quoteattr(why)}" if why else ""
    head = f'      <parameter id="{name}" metaid="{name}"{named}{given} units="{unit}" constant="{str(constant).lower()}"'
    return head + (f">{described(name, doi)}</parameter>" if doi else "/>")


def observable(site) -> str:
    """The formula of an antibody's signal."""
    x = f"{site.signal} / ({site.signal} + half_{site.id})" if site.substrate else site.signal
    return f"floor_{site.id} + (1 - floor_{site.id}) * ({x}) / rest_{site.id}"


def rule(name: str, formula: str) -> str:
    """An assignment rule; observables get their prefix."""
    target = f"obs_{name}" if name in {s.id for s in SITES} else name
    return f'      <assignmentRule variable="{target}">{math(formula)}</assignmentRule>'


def reactions(s) -> list[str]:
    """On and off of one fraction."""
    return [reaction(s, "on", "product", f"({s.on}) * (1 - {s.id})"), reaction(s, "off", "reactant", f"({s.off}) * {s.id}")]


def reaction(s, way: str, role: str, law: str) -> str:
    """One reaction with the species its law reads as modifiers."""
    ids = {t.id for t in SPECIES}
    modifiers = sorted(name for name in names(law) & ids if not (name == s.id and role == "reactant"))
    listed = "".join(f'<modifierSpeciesReference species="{m}"/>' for m in modifiers if m != s.id)
    reference = f'<speciesReference species="{s.id}" stoichiometry="1" constant="true"/>'
    return (f'      <reaction id="{s.id}_{way}" reversible="false">'
            f"<listOf{role.capitalize()}s>{reference}</listOf{role.capitalize()}s>"
            + (f"<listOfModifiers>{listed}</listOfModifiers>" if listed else "")
            + f"<kineticLaw>{math(f'cell * ({law})')}</kineticLaw></reaction>")


def names(formula: str) -> set[str]:
    """Identifiers in a formula."""
    return {node.id for node in ast.walk(ast.parse(formula, mode="eval")) if isinstance(node, ast.Name)}


def math(formula: str) -> str:
    """MathML of a formula in Python's spelling."""
    return f"<math {MATHML}>{node_math(ast.parse(formula, mode='eval').body)}</math>"


def node_math(node: ast.expr) -> str:
    """MathML of one node."""
    if isinstance(node, ast.BinOp):
        return f"<apply><{OPERATORS[type(node.op)]}/>{node_math(node.left)}{node_math(node.right)}</apply>"
    if isinstance(node, ast.Name):
        return f"<ci>{node.id}</ci>"
    if isinstance(node, ast.Constant):
        return f"<cn>{node.value:.10g}</cn>"
    raise ValueError(f"no MathML for {ast.dump(node)}")


if __name__ == "__main__":
    main()
