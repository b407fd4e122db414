"""The command line: reads arguments, calls the library, prints. Nothing else prints."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from vaekstaftale import __version__, bundled
from vaekstaftale._disk import replace_file
from vaekstaftale._sure import MAX_BYTES
from vaekstaftale.compare import diff
from vaekstaftale.errors import InvalidAgreement, Problem, Severity, UnknownName, printable
from vaekstaftale.files import format_file, load
from vaekstaftale.forms import DATE
from vaekstaftale.summary import summary
from vaekstaftale.validation import validate_files
from vaekstaftale.wording import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaekstaftale.model import Agreement

VALID, INVALID, WRONG_USAGE = 0, 1, 2  # or: equal, different, wrong usage
INTERRUPTED = 130  # as shells have it

#: A progress bar appears on a terminal where there are at least so many files.
_MANY_FILES = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. Gives the exit status: 0 all well, 1 something invalid or different, 2 wrong usage."""
    _open_streams()
    _speak_danish()
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        _flush()
    except InvalidAgreement as invalid:
        print(invalid, file=sys.stderr)
        return INVALID
    except _UsageError as complaint:
        print(f"vaekstaftale: {complaint}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # of reading and writing files, each command has told already
        _close_output()
        print(f"vaekstaftale: standard output: {error.strerror}", file=sys.stderr)
        return WRONG_USAGE
    return status


class _UsageError(Exception):
    """Something that was asked for cannot be had; the message says what."""


def _open_streams() -> None:
    """Give a stream that the caller closed somewhere to go."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the program runs


def _close_output() -> None:
    """Write to nowhere from now on, so that nothing fails again when the program ends."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs


def _tell(text: object, *, end: str = "\n") -> None:
    """Print what was asked for. Whoever closed the pipe has read enough, and gets the exit status all the same."""
    try:
        print(text, end=end)
    except BrokenPipeError:
        _close_output()


def _tell_bytes(data: bytes) -> None:
    """Print what is in UTF-8, and says so, whatever the encoding of the stream."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    except BrokenPipeError:
        _close_output()


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_output()


def _speak_danish() -> None:
    """Let both streams write every letter: in their own encoding if that has æ, ø and å, or else in UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            try:
                "æøåÆØÅ".encode(stream.encoding)
            except UnicodeEncodeError:
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="backslashreplace")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vaekstaftale", description="Show, check and format growth partnership agreements."
    )
    parser.add_argument("--version", action="version", version=f"vaekstaftale {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    show = commands.add_parser("show", help="tell what an agreement says")
    show.add_argument(
        "agreements",
        nargs="+",
        metavar="NAME-OR-FILE",
        help="a bundled agreement, or a file (./x is always a file); several share one page",
    )
    show.add_argument("--html", metavar="OUT", help="write a page instead, to a file or to - for standard output")
    show.add_argument("--on", metavar="DAY", type=_day, help="the day of the status, YYYY-MM-DD; default today")
    show.set_defaults(run=_show)

    listing = commands.add_parser("list", help="name the bundled agreements")
    listing.set_defaults(run=_list)

    changes = commands.add_parser("diff", help="tell what changed between two agreements")
    changes.add_argument("old", metavar="OLD", help="a bundled agreement, or a file")
    changes.add_argument("new", metavar="NEW", help="a bundled agreement, or a file")
    changes.set_defaults(run=_diff)

    schema = commands.add_parser("schema", help="print the JSON Schema of agreement files, for editors")
    schema.set_defaults(run=_schema)

    validate = commands.add_parser("validate", help="tell every problem of agreement files")
    validate.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder with *.json, or - for standard input"
    )
    validate.add_argument("--format", choices=_PRINTERS, default="text", help="how problems are told; default text")
    validate.set_defaults(run=_validate)

    canonical = commands.add_parser("format", help="write agreement files in canonical form")
    canonical.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder with *.json")
    canonical.add_argument("--check", action="store_true", help="write nothing, only tell what is not canonical")
    canonical.set_defaults(run=_format)

    for command in (show, changes, validate, canonical):
        command.add_argument(
            "--max-bytes",
            type=_limit,
            default=MAX_BYTES,
            metavar="N",
            help="the largest file to read; default %(default)s",
        )
    return parser


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of bytes")
    return int(text)


def _day(text: str) -> date:
    if not DATE.accepts(text) or len(text) != len("YYYY-MM-DD"):
        raise argparse.ArgumentTypeError(f"{text!r} is no day, written YYYY-MM-DD")
    return date.fromisoformat(text)


# --- Commands ---------------------------------------------------------------------------------------------


def _show(options: argparse.Namespace) -> int:
    day = options.on or date.today()  # noqa: DTZ011 - the day where the reader is
    for name in options.agreements:
        if (
            options.html
            and os.path.exists(name)
            and os.path.exists(options.html)
            and os.path.samefile(name, options.html)
        ):
            raise _UsageError(f"{printable(name)}: this file would be overwritten by its own page")
    agreements = [_named(name, options.max_bytes) for name in options.agreements]
    if options.html is None:
        _tell("\n\n".join(summary(agreement, day) for agreement in agreements), end="")
    else:
        from vaekstaftale.html import to_html  # noqa: PLC0415 - no other command needs it

        _write(to_html(agreements if len(agreements) > 1 else agreements[0], on=day), options.html)
    return VALID


def _write(page: str, path: str) -> None:
    if path == "-":
        _tell_bytes(page.encode())
        return
    try:
        replace_file(path, [page.encode()])
    except OSError as error:
        raise _UsageError(f"{printable(path)}: cannot be written: {error.strerror or error}") from None
    print(f"{printable(path)} written", file=sys.stderr)


def _diff(options: argparse.Namespace) -> int:
    changes = diff(_named(options.old, options.max_bytes), _named(options.new, options.max_bytes))
    for change in changes:
        _tell(change)
    return INVALID if changes else VALID


def _named(name: str, max_bytes: int) -> Agreement:
    """Load a bundled agreement, or else a file."""
    if name in bundled.names():
        return bundled.load(name)
    if not os.path.exists(name) and Path(name).name == name and not name.endswith(".json"):
        try:
            bundled.load(name)
        except UnknownName as unknown:
            raise _UsageError(f"{unknown}, and no file either") from None
    try:
        return load(name, max_bytes=max_bytes)
    except OSError as error:
        raise _UsageError(f"{printable(name)}: {error.strerror}") from None


def _list(_options: argparse.Namespace) -> int:
    for name in bundled.names():
        _tell(name)
    return VALID


def _schema(_options: argparse.Namespace) -> int:
    _tell(bundled.read_schema(), end="")
    return VALID


def _validate(options: argparse.Namespace) -> int:
    complaints: list[str] = []
    files = list(_files(options.files, complaints))
    inputs = (_input(file, options.max_bytes) for file in _with_progress(files))
    results = validate_files(inputs, max_bytes=options.max_bytes)
    problems = [problem for result in results for problem in result]
    _PRINTERS[options.format](problems)
    _complain(complaints)
    print(_tally(results), file=sys.stderr)
    return _status(problems, complaints)


def _format(options: argparse.Namespace) -> int:
    complaints: list[str] = []
    problems: list[Problem] = []
    different = []
    for file in _files(options.files, complaints):
        try:
            if not format_file(file, write=not options.check, max_bytes=options.max_bytes):
                different.append(file)
        except InvalidAgreement as invalid:
            problems += invalid.problems
        except OSError as error:
            complaints.append(f"{printable(file)}: cannot be written: {error.strerror}")
    _print_text(problems)
    if options.check:
        for file in different:
            _tell(f"{printable(file)}: not in canonical form")
    _complain(complaints)
    print(f"{count(len(different), 'file')} {'to be written' if options.check else 'written'}", file=sys.stderr)
    return _status(problems, complaints) or (INVALID if options.check and different else VALID)


# --- Telling problems -------------------------------------------------------------------------------------


def _print_text(problems: Sequence[Problem]) -> None:
    for problem in problems:
        _tell(problem)


def _print_json(problems: Sequence[Problem]) -> None:
    """Print one list of objects; in ASCII, so that it is JSON whatever the stream's encoding."""
    objects = [
        attrs.asdict(problem, value_serializer=lambda _, __, value: getattr(value, "value", value))
        for problem in problems
    ]
    _tell(json.dumps(objects, indent=2))


def _print_github(problems: Sequence[Problem]) -> None:
    """Print workflow commands, which GitHub shows as annotations; what a file holds cannot add one."""
    for problem in problems:
        place = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.code}
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value is not None)
        text = str(attrs.evolve(problem, file=None, line=None, column=None))
        _tell(f"::{problem.severity.value} {properties}::{_data(text)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_PRINTERS = {"text": _print_text, "json": _print_json, "github": _print_github}


def _tally(results: Sequence[Sequence[Problem]]) -> str:
    """Sum up in one line what was found in how many files."""
    problems = [problem for result in results for problem in result]
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    invalid = sum(any(problem.severity is Severity.ERROR for problem in result) for result in results)
    return (
        f"{count(len(results), 'file')}: {len(results) - invalid} valid, {invalid} invalid"
        f" ({count(errors, 'error')}, {count(len(problems) - errors, 'warning')})"
    )


def _status(problems: Sequence[Problem], complaints: Sequence[str]) -> int:
    if complaints or any(problem.code == "unreadable-file" for problem in problems):
        return WRONG_USAGE
    return INVALID if any(problem.severity is Severity.ERROR for problem in problems) else VALID


def _complain(complaints: Sequence[str]) -> None:
    _flush()
    for complaint in complaints:
        print(f"vaekstaftale: {complaint}", file=sys.stderr)


# --- Files ------------------------------------------------------------------------------------------------


def _files(names: Sequence[str], complaints: list[str]) -> Iterator[str]:
    """Give each file once: those named, and of a named folder its `*.json`, but none of a folder inside it."""
    seen = set()
    for name in names:
        files = [name]
        if os.path.isdir(name):
            files = sorted(str(file) for file in Path(name).glob("[!.]*.json") if not file.is_dir())
            if not files:
                complaints.append(f"{printable(name)}: a folder without *.json")
        for file in files:
            identity = file if file == "-" else os.path.realpath(file)
            if identity not in seen:
                seen.add(identity)
                yield file


def _input(file: str, max_bytes: int) -> str | tuple[str, bytes]:
    if file != "-":
        return file
    if sys.stdin is None:
        raise _UsageError("standard input is closed")
    return file, sys.stdin.buffer.read(max_bytes + 1)


def _with_progress(files: Sequence[str]) -> Iterable[str]:
    """Show a progress bar on a terminal where there are many files and the extra `progress` is installed."""
    if len(files) >= _MANY_FILES and sys.stderr.isatty():
        try:
            from tqdm import tqdm  # noqa: PLC0415 - an optional extra
        except ImportError:
            return files
        bar: Iterable[str] = tqdm(files, unit="file", leave=False, file=sys.stderr)
        return bar
    return files
