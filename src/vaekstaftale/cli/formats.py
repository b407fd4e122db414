"""The output formats of problems: text, JSON, and annotations on GitHub.

To add one, write a function that prints some problems, and name it in `FORMATS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

import attrs

from vaekstaftale.cli.streams import write, write_command
from vaekstaftale.display import printable
from vaekstaftale.problems import Problem


def print_text(problems: Sequence[Problem]) -> None:
    """Print one problem on each line."""
    for problem in problems:
        write(problem)


def print_json(problems: Sequence[Problem]) -> None:
    """Print one list of objects; in ASCII, so that it is JSON whatever the stream's encoding."""
    objects = [{**attrs.asdict(problem), "severity": problem.severity.value} for problem in problems]
    # An escape, so that GitHub's runner finds no command in a string.
    write(json.dumps(objects, indent=2).replace("##[", r"\u0023#["))


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


#: The output formats by name.
FORMATS: Mapping[str, Callable[[Sequence[Problem]], None]] = {
    "text": print_text,
    "json": print_json,
    "github": print_github,
}
