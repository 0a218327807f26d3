"""CSV files as people have them: any separator, gzip, byte-order marks, comment lines."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

from .wrong import Wrong, some

MISSING = {"", "na", "n/a", "nan", "null", "none", "#n/a"}


@dataclass(frozen=True)
class Table:
    """Text cells under a header; every row as long as it."""

    file: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]  # of each row in the file


def read(path: Path) -> Table:
    text = _text(path)
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        raise Wrong(f"{path}: the file is empty", "a table has a header line and one line for each entry")
    separator = _separator(lines[0][1])
    parsed = list(csv.reader((line for _, line in lines), delimiter=separator))
    header = [cell.strip() for cell in parsed[0]]
    if len(header) == 1:
        raise Wrong(f"{path}: one column only: '{header[0][:60]}'", "columns are separated by comma, tab or semicolon")
    rows = []
    for (line, _), cells in zip(lines[1:], parsed[1:]):
        if len(cells) == len(header) + 1 and not rows and header[0]:
            header = ["", *header]  # as R writes tables: no name over the row names
        if len(cells) != len(header):
            raise Wrong(f"{path}, line {line}: {len(cells)} cells under {len(header)} column names",
                        "a name that holds a comma stands in double quotes")
        rows.append([cell.strip() for cell in cells])
    if not rows:
        raise Wrong(f"{path}: a header and no rows")
    twice = _repeated([h for h in header if h])
    if twice:
        raise Wrong(f"{path}: column name{'s' if len(twice) > 1 else ''} there more than once: {some(twice)}",
                    "give every column a name of its own; replicates are told by the perturbation table")
    if separator == ";":
        rows = [[_decimal_comma(cell) for cell in row] for row in rows]
    return Table(str(path), header, rows, [n for n, _ in lines[1:]])


def _text(path: Path) -> str:
    if not path.is_file():
        raise Wrong(f"{path}: no such file")
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if data[:2] == b"PK":
        raise Wrong(f"{path}: a spreadsheet or zip archive, not text", "save it as CSV")
    if b"\x00" in data[:4096]:
        raise Wrong(f"{path}: not text", "save it as CSV in UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _separator(line: str) -> str:
    return max("\t;,", key=line.count) if any(c in line for c in "\t;,") else ","


def _decimal_comma(cell: str) -> str:
    left, comma, right = cell.partition(",")
    return f"{left}.{right}" if comma and right.isdigit() and left.lstrip("-").isdigit() else cell


def _repeated(names: list[str]) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(n for n in names if n in seen or seen.add(n)))


def repeated(names: list[str]) -> list[str]:
    """Names that are there more than once, each once."""
    return _repeated(names)


def number(cell: str) -> float | None:
    """A finite number; nan where the cell says that it is missing; None where it is something else."""
    if cell.lower() in MISSING:
        return float("nan")
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if abs(value) < 1e300 else None
