"""The output formats of problems (text, JSON, annotations on GitHub) and of tables (CSV, JSON, JSON Lines).

To add one, write a function that prints, and name it in `FORMATS` or `TABLE_FORMATS`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import attrs

from vaekstaftale.cli.streams import has_colours, write, write_command
from vaekstaftale.display import printable
from vaekstaftale.problems import Problem, Severity

# --- Problems ---------------------------------------------------------------------------------------------


def print_text(problems: Sequence[Problem]) -> None:
    """Print one problem on each line, in colours on a terminal."""
    for problem in problems:
        write(_coloured(problem) if has_colours() else problem)


#: Escape sequences (ECMA-48) for bold and red, bold and yellow, bold, and for none.
_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def _coloured(problem: Problem) -> str:
    """Return a problem with its file in bold, and its severity and code in a colour."""
    kind = f"{problem.severity.value}[{printable(problem.code)}]"
    place, _, rest = str(problem).partition(kind)
    file, colon, position = place.partition(":")
    return f"{_BOLD}{file}{_PLAIN}{colon}{position}{_COLOURS[problem.severity]}{kind}{_PLAIN}{rest}"


def print_json(problems: Sequence[Problem]) -> None:
    """Print one list of objects; in ASCII, so that it is JSON whatever the stream's encoding."""
    write(_json([{**attrs.asdict(problem), "severity": problem.severity.value} for problem in problems], indent=2))


def print_github(problems: Sequence[Problem]) -> None:
    """Print workflow commands, which GitHub shows as annotations; the content of a file cannot add one."""
    for problem in problems:
        place = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.code}
        given = {
            key: printable(str(value)).translate(_IN_PROPERTIES) for key, value in place.items() if value is not None
        }
        properties = ",".join(f"{key}={value}" for key, value in given.items())
        text = str(attrs.evolve(problem, file=None, line=None, column=None)).translate(_IN_DATA)
        write_command(f"::{problem.severity.value} {properties}::{text}")


_IN_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES = _IN_DATA | str.maketrans({":": "%3A", ",": "%2C"})


# --- Tables -----------------------------------------------------------------------------------------------


def print_csv(keys: Sequence[str], rows: Iterable[Mapping[str, Any]], *, excel: bool) -> None:
    """Print rows as CSV; lists are joined by "; ".

    For Excel, the text begins with a byte order mark, and a cell that it would read as a formula with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (dict(zip(keys, keys, strict=True)), *rows):
        cells = [_cell(row[key]) for key in keys]
        writer.writerow([f"'{cell}" if excel and cell.startswith(_FORMULA) else cell for cell in cells])
    write(("\ufeff" if excel else "") + text.getvalue(), end="")


#: What begins a formula, also after Excel has removed white space.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def print_json_rows(_keys: Sequence[str], rows: Iterable[Mapping[str, Any]], *, excel: bool) -> None:  # noqa: ARG001 - as `print_csv`
    """Print rows as one list of objects."""
    write(_json(list(rows), indent=2))


def print_json_lines(_keys: Sequence[str], rows: Iterable[Mapping[str, Any]], *, excel: bool) -> None:  # noqa: ARG001 - as `print_csv`
    """Print each row as an object on a line of its own."""
    for row in rows:
        write(_json(row, indent=None))


def _json(data: object, indent: int | None) -> str:
    """Return data as JSON: in ASCII, whatever the encoding of the stream, and without commands to GitHub's runner."""
    return json.dumps(data, indent=indent).replace("##[", r"\u0023#[")


#: The output formats of tables by name.
TABLE_FORMATS: Mapping[str, Callable[..., None]] = {
    "csv": print_csv,
    "json": print_json_rows,
    "jsonl": print_json_lines,
}

# --- Problems, by name ------------------------------------------------------------------------------------

#: The output formats of problems by name.
FORMATS: Mapping[str, Callable[[Sequence[Problem]], None]] = {
    "text": print_text,
    "json": print_json,
    "github": print_github,
}
