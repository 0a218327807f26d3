"""The perturbation table: what was done to each sample, and what it is compared with."""

import re
from dataclasses import dataclass
from pathlib import Path

from .tables import Table, number, read, repeated
from .wrong import Wrong, nearest, say, some

KNOCKDOWN, OVEREXPRESSION = 0.3, 4.0
ROLES = {
    "sample": "sample sampleid sampleids id name run experiment library",
    "control": "control controls controlsample controlsamples reference referencesample wildtype wtsample wtsamples iscontrol",
    "knockout": "knockout knockouts ko kos deleted deletion deletions knockedout knockedoutgenes geneko perturbation"
                " perturbedgene genotype",
    "knockdown": "knockdown knockdowns kd knockeddown knockeddowngenes crispri repression",
    "overexpression": "overexpression overexpressed oe overexpressedgenes induced crispra",
    "project": "project projects batch study series lab laboratory dataset",
    "condition": "condition conditions group replicategroup",
    "ignored": "replicate replicates rep comment comments note notes description",
}
ROLE_OF = {word: role for role, words in ROLES.items() for word in words.split()}
WILD = {"", "wt", "wildtype", "none", "control", "ctrl", "-", "na", "n/a", "nan", "no", "ntc", "nontargeting", "mock", "wild"}
YES, NO = {"yes", "true", "1", "control", "y", "ctrl"}, {"no", "false", "0", "n"}


@dataclass(frozen=True)
class Sample:
    """One row: genes by level relative to the wild type (0 knocked out), the environment as numbers."""

    id: str
    line: int
    levels: dict[str, float]
    environment: tuple[float, ...]
    project: str
    condition: str
    control: list[str]
    is_control: bool


@dataclass(frozen=True)
class Perturbed:
    samples: list[Sample]
    features: list[str]  # names of the environment's columns
    notes: list[str]


def perturbed(path: Path, ignore: list[str]) -> Perturbed:
    table = read(path)
    notes: list[str] = []
    roles = _roles(table, ignore)
    if "sample" not in roles:
        if table.header[0]:
            raise Wrong(f"{path}: no column 'sample' among {some(table.header, 8)}{nearest('sample', table.header)}",
                        "the table has a row for each sample, its id in the column 'sample'")
        roles["sample"] = 0
    if not {"knockout", "knockdown", "overexpression"} & set(roles):
        raise Wrong(f"{path}: no column says what was perturbed; columns are {some(table.header, 8)}",
                    "name one 'knockout', 'knockdown' or 'overexpression': genes of a sample separated by +, empty for wild types")
    ids = [row[roles["sample"]] for row in table.rows]
    if "" in ids:
        raise Wrong(f"{path}, line {table.lines[ids.index('')]}: a row without a sample id")
    twice = repeated(ids)
    if twice:
        raise Wrong(f"{path}: sample there more than once: {some(twice)}",
                    "one row a sample; several genes of one sample stand in one cell, separated by +")
    features, environments = _environment(table, roles, ignore, notes)
    cell = lambda row, role: row[roles[role]] if role in roles else ""  # noqa: E731
    samples = []
    for row, line, surroundings in zip(table.rows, table.lines, environments):
        where = f"{path}, line {line}"
        levels = _levels(cell(row, "knockout"), 0.0, where)
        for role, level in (("knockdown", KNOCKDOWN), ("overexpression", OVEREXPRESSION)):
            for gene, value in _levels(cell(row, role), level, where).items():
                if gene in levels:
                    raise Wrong(f"{where}: gene '{gene}' is perturbed twice in sample '{row[roles['sample']]}'")
                levels[gene] = value
        said = cell(row, "control")
        flag = said.lower() in YES
        control = [] if flag or said.lower() in NO | WILD else _names(said, set(ids))
        samples.append(Sample(row[roles["sample"]], line, levels, surroundings, cell(row, "project") or "-",
                              cell(row, "condition"), control, flag))
    return Perturbed(samples, features, notes)


def _roles(table: Table, ignore: list[str]) -> dict[str, int]:
    unknown = [i for i in ignore if i not in table.header]
    if unknown:
        raise Wrong(f"--ignore: no column '{unknown[0]}' in {table.file}{nearest(unknown[0], table.header)}",
                    f"its columns are {some(table.header, 12)}")
    roles: dict[str, int] = {}
    for i, name in enumerate(table.header):
        role = ROLE_OF.get(re.sub(r"[^a-z]", "", name.lower()))
        if role is None or role == "ignored" or name in ignore:
            continue
        if role in roles:
            raise Wrong(f"{table.file}: columns '{table.header[roles[role]]}' and '{name}' both read as '{role}'",
                        f"leave one out with --ignore {name!r}")
        roles[role] = i
    return roles


def _names(cell: str, known: set[str]) -> list[str]:
    if cell in known:
        return [cell]
    return [n for n in re.split(r"[;|,+\s]+", cell) if n]


def _levels(cell: str, default: float, where: str) -> dict[str, float]:
    """`arcA+crp:0.5` -> {arcA: default, crp: 0.5}."""
    if cell.lower().replace(" ", "").replace("-", "") in {w.replace("-", "") for w in WILD}:
        return {}
    found: dict[str, float] = {}
    for part in re.split(r"[;|,+/\s]+", cell.strip()):
        name, _, level = part.partition(":")
        name = re.sub(r"^(Δ|∆|del_|delta_?)", "", name)
        if not name:
            continue
        value = number(level) if level else default
        if value is None or not value >= 0:
            raise Wrong(f"{where}: '{part}' has no level that can be read",
                        "GENE:LEVEL, relative to the wild type: 0 knocked out, 0.3 knocked down, 4 fourfold")
        if name in found:
            raise Wrong(f"{where}: gene '{name}' stands twice in '{cell}'")
        found[name] = value
    return found


def _environment(table: Table, roles, ignore, notes) -> tuple[list[str], list[tuple[float, ...]]]:
    """Numbers as they are over their spread; words as one column each."""
    skipped = {i for i, h in enumerate(table.header) if h in ignore or ROLE_OF.get(re.sub(r"[^a-z]", "", h.lower())) == "ignored"}
    features: list[str] = []
    columns: list[list[float]] = []
    for i, name in enumerate(table.header):
        if i in roles.values() or i in skipped:
            continue
        cells = [row[i] for row in table.rows]
        numbers = [number(c) for c in cells]
        if len(set(cells)) == 1:
            notes.append(f"column '{name}' is the same everywhere and is left out")
        elif None not in numbers:
            if any(n != n for n in numbers):
                line = table.lines[[n != n for n in numbers].index(True)]
                raise Wrong(f"{table.file}, line {line}: '{name}' is missing", f"fill it in, or leave the column out with --ignore {name!r}")
            mean = sum(numbers) / len(numbers)
            spread = (sum((n - mean) ** 2 for n in numbers) / len(numbers)) ** 0.5
            features.append(name)
            columns.append([(n - mean) / spread for n in numbers])
        else:
            kinds = sorted(set(cells))
            if len(kinds) > max(12, len(cells) // 5):
                raise Wrong(f"{table.file}: column '{name}' has {len(kinds)} different words in {len(cells)} rows;"
                            " as part of the environment that is too many",
                            f"leave it out with --ignore {name!r}, or name it project, condition or replicate")
            features += [f"{name}={kind or 'none'}" for kind in kinds]
            columns += [[float(c == kind) for c in cells] for kind in kinds]
    if features:
        say(f"environment: {some(features, 12)}")
    return features, [tuple(row) for row in zip(*columns)] if columns else [()] * len(table.rows)
