"""Conditions, and pairs of a perturbed condition with its control."""

from dataclasses import dataclass

import numpy as np

from .measured import Measured
from .network import Network, Reach, reach, spelling
from .perturbed import Perturbed, Sample
from .wrong import Wrong, nearest, say, some

FEWEST_GENOTYPES = 4
MOST_EXAMPLES = 3000


@dataclass(frozen=True)
class Condition:
    """Replicates of one condition."""

    name: str
    project: str
    levels: dict[str, float]
    environment: np.ndarray
    rows: list[int]  # of the samples
    control: list[int]


@dataclass(frozen=True)
class Pairs:
    """Perturbed conditions beside their controls; a row each."""

    genotype: np.ndarray
    condition: np.ndarray
    project: np.ndarray
    dose: np.ndarray  # [pairs, genes], level minus the control's
    environment: np.ndarray  # [pairs, features], minus the control's
    wild_type: np.ndarray  # [pairs, variables]
    change: np.ndarray  # [pairs, variables]; 0 for a perturbed gene itself
    scored: np.ndarray  # [pairs, variables], False for a perturbed gene itself
    rows: list[list[int]]
    controls: list[list[int]]

    def take(self, keep: np.ndarray) -> "Pairs":
        pick = lambda v: [v[i] for i in keep] if isinstance(v, list) else v[keep]  # noqa: E731
        return Pairs(**{f: pick(getattr(self, f)) for f in self.__dataclass_fields__})

    def __len__(self) -> int:
        return len(self.genotype)


@dataclass(frozen=True)
class Task:
    measured: Measured
    genes: list[str]
    features: list[str]
    graph: Network
    reach: Reach
    scale: np.ndarray  # standard deviation of each variable over samples
    pairs: Pairs
    conditions: list[Condition]
    reference: int  # the condition a cell starts from
    left_out: list[str]  # variables beyond the limit

    def state(self, rows: list[int]) -> np.ndarray:
        return self.measured.values[rows].mean(0)

    def shared_genes(self) -> np.ndarray:
        """[pairs, pairs]: True where two pairs perturb a gene in common."""
        hit = self.pairs.dose != 0
        return hit.astype(int) @ hit.T.astype(int) > 0


def genotype(levels: dict[str, float]) -> str:
    """`arcA+crp`; levels other than a knockout's in brackets."""
    return "+".join(g if v == 0 else f"{g}({v:g}x)" for g, v in sorted(levels.items()))


def task(data: Measured, table: Perturbed, read_graph, most: int, reference: str | None = None) -> Task:
    """@param read_graph (variables, genes) -> Network"""
    index = {s: i for i, s in enumerate(data.samples)}
    missing = [s.id for s in table.samples if s.id not in index]
    if missing:
        raise Wrong(f"{len(missing)} samples of the perturbation table aren't among the samples: {some(missing)}"
                    f"{nearest(missing[0], data.samples)}", "take their rows out, or add their values")
    spelled = _spelled(table.samples, data.variables)
    conditions = _conditions(spelled, index)
    found = [c for c in conditions if c.control]
    data, left_out = _fewer(data, conditions, found, most)
    genes = sorted({g for c in conditions for g in c.levels})
    strangers = [g for g in genes if g not in set(data.variables)]
    if len(strangers) == len(genes):
        say(f"no perturbed gene is a variable of the samples ({some(genes, 3)}; variables {some(data.variables, 3)}):"
            " right where variables are modules, wrong where they are genes under other names")
    graph = read_graph(data.variables, genes)
    genes = sorted(set(genes) | set(graph.regulators))
    pairs = _pairs(found, conditions, data, genes)
    names = sorted(set(pairs.genotype))
    if len(names) < FEWEST_GENOTYPES:
        raise Wrong(f"{len(names)} different genotypes with a control ({some(names)}); at least {FEWEST_GENOTYPES} are needed"
                    " to hold some out and learn from the others", "is the column of perturbed genes filled in?")
    scale = data.values.std(0)
    return Task(data, genes, table.features, graph, reach(graph, genes, data.variables), scale, pairs, conditions,
                _reference(conditions, data, reference), left_out)


def _spelled(samples: list[Sample], variables: list[str]) -> list[Sample]:
    """Genes as the variables are spelled, where but for the case most of them are variables."""
    genes = sorted({g for s in samples for g in s.levels})
    name = spelling(genes, variables)
    return [Sample(**{**s.__dict__, "levels": {name.get(g, g): v for g, v in s.levels.items()}}) for s in samples]


def _conditions(samples: list[Sample], index: dict[str, int]) -> list[Condition]:
    groups: dict[tuple, list[Sample]] = {}
    for s in samples:
        key = (s.project, tuple(sorted(s.levels.items())), s.environment, s.condition, tuple(s.control))
        groups.setdefault(key, []).append(s)
    byname: dict[str, list[Sample]] = {}
    for s in samples:
        byname.setdefault(s.condition, []).append(s)
    out, used = [], set()
    for n, ((project, _, environment, condition, _), members) in enumerate(groups.items()):
        name = condition or f"{project}-{n + 1}"
        genes = "+".join(sorted(members[0].levels))
        while (genes, name) in used:
            name += "'"
        used.add((genes, name))
        control = _control(members[0], samples, byname)
        out.append(Condition(name, project, members[0].levels, np.array(environment), [index[s.id] for s in members],
                             [index[s.id] for s in control]))
    return out


def _control(sample: Sample, samples: list[Sample], byname: dict[str, list[Sample]]) -> list[Sample]:
    """The samples named; else unperturbed ones of its project, in the nearest environment."""
    if sample.control:
        ids = {s.id: s for s in samples}
        found = [t for name in sample.control for t in ([ids[name]] if name in ids else byname.get(name, []))]
        unknown = [n for n in sample.control if n not in ids and n not in byname]
        if unknown:
            raise Wrong(f"line {sample.line} of the perturbation table: control '{unknown[0]}' of sample '{sample.id}' is"
                        f" no sample and no condition{nearest(unknown[0], [*ids, *byname])}")
        if any(s.id == sample.id for s in found):
            return []
        return found
    if not sample.levels or sample.is_control:
        return []
    flagged = [s for s in samples if s.is_control and s.project == sample.project]
    wild = flagged or [s for s in samples if not s.levels and s.project == sample.project]
    if not wild:
        raise Wrong(f"line {sample.line} of the perturbation table: sample '{sample.id}' ({genotype(sample.levels)}) has no"
                    f" control: no unperturbed sample in project '{sample.project}'",
                    "name its control's sample in the column 'control', or add a wild type to the project")
    away = [float(np.sum((np.array(s.environment) - np.array(sample.environment)) ** 2)) for s in wild]
    return [s for s, d in zip(wild, away) if d <= min(away) + 1e-12]


def _fewer(data: Measured, conditions, found, most: int) -> tuple[Measured, list[str]]:
    """At most so many variables: the perturbed genes first, then those that move most between conditions."""
    state = np.stack([data.values[c.rows].mean(0) for c in conditions])
    genes = {g for c in found for g in c.levels}
    moving = [i for i in range(len(data.variables)) if state[:, i].std() > 1e-9]
    flat = [v for i, v in enumerate(data.variables) if i not in set(moving)]
    order = sorted(moving, key=lambda i: (data.variables[i] not in genes, -state[:, i].std()))
    keep, left = sorted(order[:most]), [data.variables[i] for i in sorted(order[most:])]
    if len(keep) < 3:
        raise Wrong(f"{len(keep)} variables differ between conditions; at least 3 are needed",
                    "do the samples of different conditions have different values?")
    notes = [*data.notes]
    if flat:
        notes.append(f"{len(flat)} variables are the same in every condition and are left out: {some(flat)}")
    if left:
        notes.append(f"{len(left)} variables that move least are left out (--variables {most})")
    return Measured(data.samples, [data.variables[i] for i in keep], data.values[:, keep], notes), [*flat, *left]


def _pairs(found: list[Condition], conditions: list[Condition], data: Measured, genes: list[str]) -> Pairs:
    column = {g: i for i, g in enumerate(genes)}
    owner = {row: c for c in conditions for row in c.rows}
    rows = []
    for c in found:
        before = owner[c.control[0]]
        relative = {g: v for g, v in c.levels.items() if before.levels.get(g) != v}
        if not relative:
            continue
        dose = np.zeros(len(genes))
        for g in relative:
            dose[column[g]] = c.levels[g] - before.levels.get(g, 1.0)
        scored = np.array([v not in c.levels for v in data.variables])
        wild = data.values[c.control].mean(0)
        change = np.where(scored, data.values[c.rows].mean(0) - wild, 0.0)
        rows.append((genotype(relative), c.name, c.project, dose, c.environment - before.environment, wild, change, scored,
                     c.rows, c.control))
    if not rows:
        raise Wrong("no sample differs from its control in a gene",
                    "the column 'knockout' (or knockdown, overexpression) says which genes of a sample were perturbed")
    arrays = [list(column) for column in zip(*rows)]
    return Pairs(*(np.array(a) for a in arrays[:3]), *(np.stack(a) for a in arrays[3:8]), *arrays[8:])


def _reference(conditions: list[Condition], data: Measured, named: str | None) -> int:
    """The unperturbed condition with most samples and uses as a control, or that of the sample named."""
    if named is not None:
        for i, c in enumerate(conditions):
            if named in [data.samples[r] for r in c.rows] or named == c.name:
                return i
        raise Wrong(f"--reference: no sample or condition '{named}'{nearest(named, data.samples)}")
    used = [sum(len(set(c.rows) & set(o.control)) for o in conditions) + len(c.rows) - 1e6 * bool(c.levels) for c in conditions]
    return int(np.argmax(used))
