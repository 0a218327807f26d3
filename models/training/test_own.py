"""Anybody's tables: what is accepted, what is refused and how, and one small training run."""

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import train_own

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def tables(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    subprocess.run([sys.executable, HERE / "simulate_own.py", folder, "--genes", "24", "--regulators", "6", "--projects", "3"],
                   check=True)
    return folder


def rows(path: Path) -> list[list[str]]:
    with path.open() as file:
        return list(csv.reader(file))


def write(path: Path, lines: list[list[str]], separator: str = ",") -> Path:
    path.write_text("\n".join(separator.join(line) for line in lines) + "\n")
    return path


def options(tables: Path, folder: Path, *more: str, **changed: list[list[str]]) -> list[str]:
    """Options with some tables changed."""
    files = {n: str(write(folder / f"{n}.csv", changed[n]) if n in changed else tables / f"{n}.csv")
             for n in ("samples", "perturbations", "graph")}
    return [*(w for n, f in files.items() for w in (f"--{n}", f)), *more]


def change(lines, at, value):
    out = [list(line) for line in lines]
    out[at[0]][at[1]] = value
    return out


def spoiled(name: str, tables: Path) -> dict:
    s, p, g = (rows(tables / f"{n}.csv") for n in ("samples", "perturbations", "graph"))
    return {
        "no such column": lambda: {"perturbations": change(p, (0, 0), "culture")},
        "no perturbation": lambda: {"perturbations": [[line[0], line[3]] for line in p]},
        "sample twice": lambda: {"perturbations": [*p, p[1]]},
        "ids differ": lambda: {"samples": [[s[0][0], *(f"x{h}" for h in s[0][1:])], *s[1:]]},
        "sample missing": lambda: {"perturbations": [*p, ["lab9-wt-1", "", "", "lab1", "0"]]},
        "word among numbers": lambda: {"samples": change(s, (3, 4), "high")},
        "short row": lambda: {"samples": [*s[:5], s[5][:-1], *s[6:]]},
        "no control": lambda: {"perturbations": [line for line in p if "lab2-wt" not in line[0]]},
        "unknown control": lambda: {"perturbations": [[*line, c] for line, c in zip(p, ["control", *["lab1-vt-1"] * len(p)])]},
        "bad level": lambda: {"perturbations": change(p, (5, 1), "regA:low")},
        "gene twice": lambda: {"perturbations": change(change(p, (5, 1), "regA"), (5, 2), "regA")},
        "few genotypes": lambda: {"perturbations": [line for line in p if line[1] + line[2] in ("knockoutknockdown", "", p[5][1] + p[5][2])]},
        "text column": lambda: {"perturbations": [[*line, f"tube {i}" if i else "tube"] for i, line in enumerate(p)]},
        "hole in the medium": lambda: {"perturbations": change(p, (6, 4), "")},
        "graph of strangers": lambda: {"graph": [["source", "target"], ["tfX", "yyyA"], ["tfX", "yyyB"]]},
        "bad sign": lambda: {"graph": change(g, (2, 2), "perhaps")},
        "graph without columns": lambda: {"graph": [["a", "b"], ["regA", "gene9"]]},
        "variable twice": lambda: {"samples": [*s, s[-1]]},
        "negative counts": lambda: {"more": ["--unit", "counts"]},
        "unknown unit": lambda: {"more": ["--unit", "log3"]},
        "unknown ignore": lambda: {"more": ["--ignore", "oxigen"]},
        "unknown reference": lambda: {"more": ["--reference", "lab1-wt-9"]},
    }[name]()


WRONG = {
    "no such column": "no column 'sample'", "no perturbation": "no column says what was perturbed",
    "sample twice": "more than once", "ids differ": "none of the perturbation table's", "sample missing": "lab9-wt-1",
    "word among numbers": "'high' is no number", "short row": "line 6", "no control": "has no control",
    "unknown control": "did you mean 'lab1-wt-1'", "bad level": "'regA:low'", "gene twice": "perturbed twice",
    "few genotypes": "at least 4", "text column": "--ignore 'tube'", "hole in the medium": "'oxygen' is missing",
    "graph of strangers": "no edge leads to a variable", "bad sign": "sign 'perhaps'", "graph without columns": "source and target",
    "variable twice": "variable there more than once", "negative counts": "log2", "unknown unit": "log10",
    "unknown ignore": "did you mean 'oxygen'", "unknown reference": "did you mean 'lab1-wt-",
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_tables_are_refused_by_name(name, tables, tmp_path, capsys):
    changed = spoiled(name, tables)
    code = train_own.main(options(tables, tmp_path, "--check", *changed.pop("more", []), **changed))
    said = capsys.readouterr().err
    assert code == 2 and "error: " in said and WRONG[name] in said, said


def understood(tables: Path, folder: Path, *more: str, **changed):
    return train_own.checked(train_own.parse(options(tables, folder, *more, **changed)))


def test_tables_may_lie_as_they_do(tables, tmp_path):
    plain = understood(tables, tmp_path)
    s, p = rows(tables / "samples.csv"), rows(tables / "perturbations.csv")
    turned = understood(tables, tmp_path, samples=[list(c) for c in zip(*s)])
    assert turned.measured.variables == plain.measured.variables
    assert np.array_equal(turned.pairs.change, plain.pairs.change)
    packed = tmp_path / "s.tsv.gz"
    packed.write_bytes(gzip.compress("\ufeff".encode() + "\n".join("\t".join(line) for line in s).encode()))
    semicolons = write(tmp_path / "p.csv", [["Sample ID", "KO", "CRISPRi", "Batch", "oxygen"], *p[1:]], ";")
    other = train_own.checked(train_own.parse(["--samples", str(packed), "--perturbations", str(semicolons),
                                               "--graph", str(tables / "graph.csv")]))
    assert np.array_equal(other.pairs.change, plain.pairs.change)


def test_what_says_nothing_is_left_out_and_named(tables, tmp_path):
    s, g = rows(tables / "samples.csv"), rows(tables / "graph.csv")
    task = understood(tables, tmp_path, samples=[*s, ["still", *["1.5"] * (len(s[0]) - 1)]], graph=[*g, ["regA", "", "+"]])
    assert "still" in task.left_out and "still" not in task.measured.variables
    assert any("the same in every condition" in note for note in task.measured.notes)
    assert all(e.target for e in task.graph.edges)


def test_linear_values_are_taken_to_logarithms(tables, tmp_path):
    s = rows(tables / "samples.csv")
    linear = [s[0], *([line[0], *(f"{100 * 2 ** float(v):.3f}" for v in line[1:])] for line in s[1:])]
    task = understood(tables, tmp_path, samples=linear)
    assert np.abs(task.pairs.change - understood(tables, tmp_path).pairs.change).max() < 0.2
    assert any("log2(value + 1)" in note for note in task.measured.notes)


def test_names_may_differ_in_case_but_a_module_is_no_gene(tables, tmp_path):
    upper = lambda name: [[c.upper() if c.lower().startswith(("reg", "gene")) else c for c in line] for line in rows(tables / name)]  # noqa: E731
    task = understood(tables, tmp_path, graph=[["regulator", "gene", "sign"], *upper("graph.csv")[1:]])
    assert task.reach.own.sum() == understood(tables, tmp_path).reach.own.sum() > 0
    from own.network import spelling

    assert spelling(["cra", "arcA", "fnr"], ["Cra", "NO3", "Fur-1"]) == {}


def test_a_perturbed_gene_is_not_scored_and_levels_are_kept(tables, tmp_path):
    task = understood(tables, tmp_path)
    for i in range(len(task.pairs)):
        gene = np.flatnonzero(task.pairs.dose[i])[0]
        assert not task.pairs.scored[i, task.measured.variables.index(task.genes[gene])]
    assert set(np.round(np.unique(task.pairs.dose), 6)) == {-1.0, -0.7, 0.0}


def test_a_fold_never_sees_a_held_out_gene(tables, tmp_path):
    from own.rows import Board, folds, unseen

    board = Board(understood(tables, tmp_path), understood(tables, tmp_path).pairs)
    everyone = np.arange(len(board.pairs))
    for held in folds(board, everyone):
        train = unseen(board, everyone, held)
        assert not ((board.pairs.dose[held] != 0).any(0) & (board.pairs.dose[train] != 0).any(0)).any()


def test_a_small_run_hands_back_everything_and_goes_on_where_it_was(tables, tmp_path, capsys):
    out = tmp_path / "mine"
    words = options(tables, tmp_path, "--out", str(out), "--steps", "4", "--tune", "2", "--folds", "2")
    assert train_own.main(words) == 0
    card, plain = json.loads((out / "regulator.card.json").read_text()), json.loads((out / "plain.json").read_text())
    assert card["default"] in {"transformer", "ridge", *plain["rows"]}
    assert len(card["intervals"]["half_width"]["90"]) == len(card["reference"]["activity"]) == 24
    table = json.loads((out / "evaluation/table.json").read_text())
    errors = {r["name"]: r["mse"] for r in table[0]["rows"]}
    assert errors["regulon propagation on the graph"] < 0.6 * errors["no change"]
    assert [t["split"] for t in table] == ["leave-genotype-out", "leave-project-out"]
    before = (out / "regulator.onnx").read_bytes(), (out / "evaluation/table.json").read_bytes()
    capsys.readouterr()
    assert train_own.main(words) == 0
    assert "kept from before" in capsys.readouterr().err
    assert ((out / "regulator.onnx").read_bytes(), (out / "evaluation/table.json").read_bytes()) == before
