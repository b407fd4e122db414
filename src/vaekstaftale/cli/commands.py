"""The commands: each adds its arguments to the parser, calls the library, and returns an exit status."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from importlib import import_module
from typing import NoReturn, TypeAlias

from vaekstaftale import __version__, advice, bundled
from vaekstaftale.changes import diff
from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.formats import FORMATS, print_text
from vaekstaftale.cli.inputs import UsageError
from vaekstaftale.cli.summary import summary
from vaekstaftale.display import printable
from vaekstaftale.files.disk import replace_file
from vaekstaftale.files.reading import read_inputs
from vaekstaftale.files.writing import format_file
from vaekstaftale.html import to_html
from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import Finding, InvalidAgreement, Problem, Severity
from vaekstaftale.wording import count

#: Exit statuses: everything is valid, equal or canonical; something is not; wrong usage.
VALID, INVALID, WRONG_USAGE = 0, 1, 2

#: A progress bar appears on a terminal for at least this many files.
_MANY_FILES = 20


class _Parser(argparse.ArgumentParser):
    """A parser that escapes what it repeats in an error."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message))


_Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"  # noqa: SLF001 - it has no public name


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands. Parsed arguments have the function to call as `run`."""
    program = _Parser(prog="vaekstaftale", description="Show, check and format growth partnership agreements.")
    program.add_argument("--version", action="version", version=f"vaekstaftale {__version__}")
    commands = program.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (_add_show, _add_list, _add_schema, _add_diff, _add_validate, _add_format):
        add(commands)
    return program


def _add_max_bytes(command: argparse.ArgumentParser) -> None:
    help_ = "the largest file to read; default %(default)s"
    command.add_argument("--max-bytes", type=inputs.limit, default=MAX_BYTES, metavar="N", help=help_)


# --- show -------------------------------------------------------------------------------------------------


def _add_show(commands: _Commands) -> None:
    command = commands.add_parser("show", help="show what an agreement states")
    command.add_argument(
        "agreements",
        nargs="+",
        metavar="NAME-OR-FILE",
        help="a bundled agreement, or a file (./x is always a file); several share one page",
    )
    command.add_argument("--html", metavar="OUT", help="write a page instead, to a file or to - for standard output")
    command.add_argument(
        "--on", metavar="DAY", type=inputs.day, help="the day of the status, YYYY-MM-DD; default today"
    )
    _add_max_bytes(command)
    command.set_defaults(run=_show)


def _show(options: argparse.Namespace) -> int:
    day = options.on or date.today()  # noqa: DTZ011 - the day where the reader is
    if options.html:
        for name in options.agreements:
            if os.path.exists(name) and os.path.exists(options.html) and os.path.samefile(name, options.html):
                raise UsageError(f"{printable(name)}: the page would overwrite this file")
    agreements = [inputs.agreement(name, options.max_bytes) for name in options.agreements]
    if options.html is None:
        streams.write("\n\n".join(summary(agreement, day) for agreement in agreements), end="")
    else:
        _write_page(to_html(agreements if len(agreements) > 1 else agreements[0], on=day), options.html)
    return VALID


def _write_page(page: str, path: str) -> None:
    if path == "-":
        # As references, so that GitHub's runner finds no command in the page.
        inert = re.sub(r"(?m)^(\s*):(?=:)", r"\1&#58;", page).replace("##[", "&#35;#[")
        streams.write_bytes(inert.encode())
        return
    try:
        replace_file(path, [page.encode()])
    except OSError as error:
        raise UsageError(f"{printable(path)}: cannot be written: {error.strerror or error}") from None
    streams.write_note(f"{printable(path)} written")


# --- list and schema --------------------------------------------------------------------------------------


def _add_list(commands: _Commands) -> None:
    commands.add_parser("list", help="list the bundled agreements").set_defaults(run=_list)


def _list(_options: argparse.Namespace) -> int:
    for name in bundled.names():
        streams.write(name)
    return VALID


def _add_schema(commands: _Commands) -> None:
    command = commands.add_parser("schema", help="print the JSON Schema of agreement files, for editors")
    command.set_defaults(run=_schema)


def _schema(_options: argparse.Namespace) -> int:
    streams.write(bundled.read_schema(), end="")
    return VALID


# --- diff -------------------------------------------------------------------------------------------------


def _add_diff(commands: _Commands) -> None:
    command = commands.add_parser("diff", help="show what changed between two agreements")
    command.add_argument("old", metavar="OLD", help="a bundled agreement, or a file")
    command.add_argument("new", metavar="NEW", help="a bundled agreement, or a file")
    _add_max_bytes(command)
    command.set_defaults(run=_diff)


def _diff(options: argparse.Namespace) -> int:
    old, new = (inputs.agreement(name, options.max_bytes) for name in (options.old, options.new))
    changes = diff(old, new)
    for change in changes:
        streams.write(change)
    return INVALID if changes else VALID


# --- validate ---------------------------------------------------------------------------------------------


def _add_validate(commands: _Commands) -> None:
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
    _add_max_bytes(command)
    command.set_defaults(run=_validate)


def _rule(name: str) -> Callable[[Agreement], Iterable[Finding]]:
    """Return the rule that an argument names."""
    module, _, function = name.partition(":")
    if os.getcwd() not in sys.path:
        sys.path.append(os.getcwd())  # last, so that no module of the folder is taken for one of the standard library
    try:
        rule: Callable[[Agreement], Iterable[Finding]] = getattr(import_module(module), function)
    except Exception as error:  # noqa: BLE001 - a module may raise anything
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise argparse.ArgumentTypeError(f"{name!r} cannot be imported: {printable(reason)}") from None
    if not callable(rule):
        raise argparse.ArgumentTypeError(f"{name!r} is not a function")
    return rule


def _validate(options: argparse.Namespace) -> int:
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
        f"{'; names, references, quotes and the order of dates are checked once these are fixed' if unreached else ''}"
    )
    return _finish(problems, complaints, closing_line)


def _with_progress(files: Sequence[str]) -> Iterable[str]:
    """Return files, with a progress bar for many files on a terminal if the extra `progress` is installed."""
    if len(files) >= _MANY_FILES and sys.stderr.isatty():
        with suppress(ImportError):
            from tqdm import tqdm  # noqa: PLC0415 - an optional extra

            return tqdm(files, unit="file", leave=False, file=sys.stderr)
    return files


# --- format -----------------------------------------------------------------------------------------------


def _add_format(commands: _Commands) -> None:
    command = commands.add_parser("format", help="write agreement files in canonical form")
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder with *.json")
    command.add_argument("--check", action="store_true", help="write nothing, only report what is not canonical")
    _add_max_bytes(command)
    command.set_defaults(run=_format)


def _format(options: argparse.Namespace) -> int:
    files, complaints = inputs.files(options.files)
    problems: list[Problem] = []
    different = []
    for file in files:
        try:
            if format_file(file, max_bytes=options.max_bytes, check=options.check):
                different.append(file)
        except InvalidAgreement as invalid:
            problems += invalid.problems
        except OSError as error:
            complaints.append(f"{printable(file)}: cannot be written: {error.strerror}")
    print_text(problems)
    if options.check:
        for file in different:
            streams.write(f"{printable(file)}: not in canonical form")
    closing_line = f"{count(len(different), 'file')} {'to be written' if options.check else 'written'}"
    return _finish(problems, complaints, closing_line) or (INVALID if options.check and different else VALID)


def _finish(problems: Sequence[Problem], complaints: Sequence[str], closing_line: str) -> int:
    """Print what could not be done and a closing line, and return the exit status for these and what was found."""
    streams.flush()
    for complaint in complaints:
        streams.complain(complaint)
    streams.write_note(closing_line)
    if complaints or any(problem.code == "unreadable-file" for problem in problems):
        return WRONG_USAGE
    return INVALID if any(problem.severity is Severity.ERROR for problem in problems) else VALID
