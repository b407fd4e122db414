"""`vaekstaftale validate`: every problem of agreement files."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence

from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.formats import FORMATS
from vaekstaftale.cli.inputs import INVALID, VALID, WRONG_USAGE
from vaekstaftale.files.reading import Reading, read_inputs
from vaekstaftale.problems import Problem, Severity
from vaekstaftale.wording import count

#: A progress bar appears on a terminal for at least this many files.
_MANY_FILES = 20


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser("validate", help="report every problem of agreement files")
    command.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder with *.json, or - for standard input"
    )
    command.add_argument("--format", choices=FORMATS, default="text", help="the output format; default text")
    inputs.add_max_bytes(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    files, complaints = inputs.files(options.files)
    contents = (inputs.content(file, options.max_bytes) for file in _with_progress(files))
    readings = read_inputs(contents, max_bytes=options.max_bytes)
    problems = [problem for reading in readings for problem in reading.problems]
    FORMATS[options.format](problems)
    streams.flush()
    for complaint in complaints:
        streams.complain(complaint)
    streams.write_note(_closing_line(readings))
    return exit_status(problems, complaints)


def _closing_line(readings: Sequence[Reading]) -> str:
    """Return how many files are valid, and how many errors and warnings were found."""
    problems = [problem for reading in readings for problem in reading.problems]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    valid = sum(reading.is_valid for reading in readings)
    return (
        f"{count(len(readings), 'file')}: {valid} valid, {len(readings) - valid} invalid"
        f" ({count(errors, 'error')}, {count(len(problems) - errors, 'warning')})"
    )


def exit_status(problems: Sequence[Problem], complaints: Sequence[str]) -> int:
    """Return the exit status for what was found and what could not be done."""
    if complaints or any(problem.code == "unreadable-file" for problem in problems):
        return WRONG_USAGE
    return INVALID if any(problem.severity is Severity.ERROR for problem in problems) else VALID


def _with_progress(files: Sequence[str]) -> Iterable[str]:
    """Return files, with a progress bar for many files on a terminal if the extra `progress` is installed."""
    if len(files) >= _MANY_FILES and sys.stderr.isatty():
        try:
            from tqdm import tqdm  # noqa: PLC0415 - an optional extra
        except ImportError:
            return files
        bar: Iterable[str] = tqdm(files, unit="file", leave=False, file=sys.stderr)
        return bar
    return files
