"""The output formats of problems (full, text, JSON, annotations on GitHub) and of tables (CSV, JSON, JSON Lines).

To add one, write a function that prints, and name it in `FORMATS` or `TABLE_FORMATS`.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from shutil import get_terminal_size
from typing import Any

import attrs

from vaekstaftale.cli.excerpts import excerpt
from vaekstaftale.cli.streams import has_colours, write, write_command
from vaekstaftale.display import printable
from vaekstaftale.problems import Problem, Related, Severity
from vaekstaftale.serialization.decoded_text import DecodedText
from vaekstaftale.wording import count

#: Returns the text of a file that was read, or `None` if it cannot be read again.
TextOf = Callable[["str | None"], DecodedText | None]

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


#: The widest terminal whose width is used: nobody reads longer lines.
_MOST_COLUMNS = 200


def print_full(problems: Sequence[Problem], text_of: TextOf) -> None:
    """Print each problem, and below it the lines of its file that it is about. Excerpts fit the terminal's width.

    Quotes that cannot be checked for want of a source's text are printed once for each file, with their number.
    """
    width = min(get_terminal_size().columns, _MOST_COLUMNS)
    for file, group in groupby(problems, key=attrgetter("file")):
        of_file = list(group)
        text = text_of(file)
        unchecked = list(filter(_is_only_unchecked, of_file))
        for problem in of_file:
            is_unchecked = _is_only_unchecked(problem)
            if is_unchecked and problem is not unchecked[0]:
                continue
            if problem is not problems[0]:
                write("")
            print_text([problem])
            for line in () if text is None else _excerpts(problem, text, width):
                write(line)
            if is_unchecked and len(unchecked) > 1:
                write(f"and {count(len(unchecked) - 1, 'more quote')} that cannot be checked")
            if problem.fix is not None:
                write(f"{'fix' if problem.fix.safe else 'unsafe fix'}: {problem.fix.title}")


def _is_only_unchecked(problem: Problem) -> bool:
    return problem.code == "quote-unchecked" and problem.hint is None


def _excerpts(problem: Problem, text: DecodedText, width: int) -> Iterator[str]:
    """Yield the line that a problem is about, and those of the places that it names, with marks under each."""
    places: list[tuple[Problem | Related, str]] = [
        (problem, ""),
        *((related, f" {related.message}") for related in problem.related),
    ]
    gutter = max(len(str(place.line)) for place, _ in places) + 3
    colour = _COLOURS[problem.severity] if has_colours() else ""
    for place, message in places:
        found = excerpt(text, place, width - gutter - len(message))
        if found is not None:
            yield f"{found.number:>{gutter - 3}} | {found.text}".rstrip()
            yield f"{'':>{gutter - 3}} | {colour}{found.marks}{message}{_PLAIN if colour else ''}"


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

#: The output formats of problems by name. Each function is called with the problems and what returns a file's text.
FORMATS: Mapping[str, Callable[[Sequence[Problem], TextOf], None]] = {
    "full": print_full,
    "text": lambda problems, _: print_text(problems),
    "json": lambda problems, _: print_json(problems),
    "github": lambda problems, _: print_github(problems),
}


def usual_format() -> str:
    """Return the output format of problems that is used if none is asked for."""
    return "full" if sys.stdout.isatty() else "text"
