"""`vaekstaftale validate`: every problem of agreement files."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module

from vaekstaftale import advice
from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.formats import FORMATS
from vaekstaftale.cli.inputs import INVALID, VALID, WRONG_USAGE
from vaekstaftale.display import printable
from vaekstaftale.files.reading import read_inputs
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import Finding, Problem, Severity
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
    command.add_argument(
        "--rule",
        action="append",
        default=[],
        dest="rules",
        metavar="MODULE:FUNCTION",
        type=_rule,
        help="a rule of your own, imported from the current folder or what is installed; may be repeated",
    )
    command.add_argument("--advice", action="store_true", help="also apply the optional rules")
    inputs.add_max_bytes(command)
    command.set_defaults(run=run)


def _rule(name: str) -> Callable[[Agreement], Iterable[Finding]]:
    """Return the rule that an argument names."""
    module, _, function = name.partition(":")
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    try:
        rule: Callable[[Agreement], Iterable[Finding]] = getattr(import_module(module), function)
    except Exception as error:  # noqa: BLE001 - a module may raise anything
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise argparse.ArgumentTypeError(f"{name!r} cannot be imported: {printable(reason)}") from None
    if not callable(rule):
        raise argparse.ArgumentTypeError(f"{name!r} is not a function")
    return rule


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    files, complaints = inputs.files(options.files)
    contents = (inputs.content(file, options.max_bytes) for file in _with_progress(files))
    rules = [*options.rules, *(advice.RULES if options.advice else ())]
    readings = read_inputs(contents, max_bytes=options.max_bytes, rules=rules)
    problems = [problem for reading in readings for problem in reading.problems]
    FORMATS[options.format](problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    valid = sum(reading.is_valid for reading in readings)
    unreached = any(reading.unreached and reading.problems[0].code != "unreadable-file" for reading in readings)
    closing_line = (
        f"{count(len(readings), 'file')}: {valid} valid, {len(readings) - valid} invalid"
        f" ({count(errors, 'error')}, {count(len(problems) - errors, 'warning')})"
        f"{'; dates, names, ids and quotes are checked once these are fixed' if unreached else ''}"
    )
    return finish(problems, complaints, closing_line)


def finish(problems: Sequence[Problem], complaints: Sequence[str], closing_line: str) -> int:
    """Print what could not be done and a closing line, and return the exit status for these and what was found."""
    streams.flush()
    for complaint in complaints:
        streams.complain(complaint)
    streams.write_note(closing_line)
    if complaints or any(problem.code == "unreadable-file" for problem in problems):
        return WRONG_USAGE
    return INVALID if any(problem.severity is Severity.ERROR for problem in problems) else VALID


def _with_progress(files: Sequence[str]) -> Iterable[str]:
    """Return files, with a progress bar for many files on a terminal if the extra `progress` is installed."""
    if len(files) >= _MANY_FILES and sys.stderr.isatty():
        with suppress(ImportError):
            from tqdm import tqdm  # noqa: PLC0415 - an optional extra

            return tqdm(files, unit="file", leave=False, file=sys.stderr)
    return files
