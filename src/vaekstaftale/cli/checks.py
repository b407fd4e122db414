"""The commands that check files: `validate` and `format`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, redirect_stdout, suppress
from functools import partial
from importlib import import_module
from pathlib import Path

from vaekstaftale import advice
from vaekstaftale.cli import fixing, inputs, streams
from vaekstaftale.cli.arguments import ENDINGS, INVALID, VALID, Added, Commands, add_max_bytes, status
from vaekstaftale.cli.formats import FORMATS, print_text, usual_format
from vaekstaftale.display import printable
from vaekstaftale.files.disk import bytes_of
from vaekstaftale.files.reading import Content, Reading, read_inputs
from vaekstaftale.files.writing import canonical_text, format_file
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import Finding, InvalidAgreement, Problem, Severity
from vaekstaftale.quotes.search import count_found
from vaekstaftale.serialization.decoded_text import DecodedText
from vaekstaftale.validation.checking import COHERENCE_AND_EVIDENCE, check_text
from vaekstaftale.wording import count

# --- validate ---------------------------------------------------------------------------------------------


def add_validate(commands: Commands) -> Added:
    command = commands.add_parser("validate", help="report every problem of agreement files")
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a file, a folder with *.json and *.jsonl (one agreement on each line), or - for standard input",
    )
    command.add_argument("-q", "--quiet", action="store_true", help="print problems only, no closing line")
    command.add_argument("--recursive", action="store_true", help="enter subfolders, except hidden ones and links")
    help_ = "the output format; default full on a terminal, otherwise text"
    command.add_argument("--format", choices=FORMATS, help=help_)
    command.add_argument("--fix", action="store_true", help="fix files in place, then report what is left")
    help_ = "print what --fix would change as a unified diff, and write nothing"
    command.add_argument("--diff", action="store_true", help=help_)
    help_ = "with --fix or --diff: also make fixes that are guesses, and that a person should look at"
    command.add_argument("--unsafe-fixes", action="store_true", help=help_)
    command.add_argument("--advice", action="store_true", help="also apply the optional rules")
    command.add_argument(
        "--rule",
        action="append",
        default=[],
        dest="rules",
        metavar="MODULE:FUNCTION",
        type=_rule,
        help="a rule of your own, imported from the current folder or what is installed; may be repeated",
    )
    add_max_bytes(command)
    command.set_defaults(run=_validate)
    return command, "vaekstaftale validate aftaler"


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
    found = inputs.files(options.files, endings=ENDINGS, recursive=options.recursive)
    fixed = _fixed(options, found)
    given = dict(fixed.contents)  # and standard input, which cannot be read again
    files = streams.with_progress(found.files, "file")
    contents = _kept(inputs.contents(files, options.max_bytes, fixed.contents), given)
    rules = [*options.rules, *(advice.RULES if options.advice else ())]
    readings = read_inputs(contents, max_bytes=options.max_bytes, rules=rules)
    problems = [problem for reading in readings for problem in reading.problems]
    # Where standard output has a diff or a fixed text, problems go to standard error.
    with redirect_stdout(sys.stderr) if fixed.contents else nullcontext():
        FORMATS[options.format or usual_format()](problems, partial(_text_of, given, options.max_bytes))
    about_fixes = _about_fixes(options, fixed, problems)
    closing_line = None if options.quiet else _closing_line(found, readings, problems, about_fixes)
    exit_status = _finish(problems, [*found.complaints, *fixed.complaints], closing_line)
    return exit_status or (INVALID if options.diff and fixed.number else VALID)


def _fixed(options: argparse.Namespace, found: inputs.Files) -> fixing.Fixed:
    """Fix the files if it is asked for, and return what was fixed."""
    if not options.fix and not options.diff:
        if options.unsafe_fixes:
            options.parser.error("--unsafe-fixes is only possible with --fix or --diff")
        return fixing.Fixed(0, [], {})
    if inputs.STDIN in found.files and len(found.files) > 1:
        raise inputs.UsageError("- is only possible alone with --fix or --diff")
    files = streams.with_progress(found.files, "file")
    return fixing.fix(files, unsafe=options.unsafe_fixes, is_diff=options.diff, max_bytes=options.max_bytes)


def _about_fixes(options: argparse.Namespace, fixed: fixing.Fixed, problems: Sequence[Problem]) -> str:
    """Return how many problems were fixed, and how many can be, for the closing line."""
    fixes = [problem.fix for problem in problems if problem.fix is not None]
    safe = sum(fix.safe for fix in fixes)
    unsafe = len(fixes) - safe
    parts = []
    if options.fix or options.diff:
        parts.append(f"{fixed.number} {'would be fixed' if options.diff else 'fixed'}")
    elif safe:
        parts.append(f"{safe} can be fixed with --fix")
    if unsafe and not options.unsafe_fixes:
        option = "--unsafe-fixes" if options.fix or options.diff else "--fix --unsafe-fixes"
        parts.append(f"{unsafe} {'more' if parts else 'can be fixed'} with {option}")
    return f"; {', '.join(parts)}" if parts else ""


def _kept(contents: Iterable[str | Content], given: dict[str | None, bytes]) -> Iterator[str | Content]:
    """Yield contents, and keep that of standard input."""
    for content in contents:
        if isinstance(content, Content) and content.file == inputs.STDIN:
            given[content.file] = content.data
        yield content


def _text_of(given: Mapping[str | None, bytes], max_bytes: int, file: str | None) -> DecodedText | None:
    """Return the text of a file that was read, to show its lines; `None` if it cannot be read again."""
    data = given.get(file)
    if data is None and file is not None and Path(file).is_file():  # a pipe can be read only once
        is_lines = file.endswith(".jsonl")  # the limit applies to each line, and only line feeds end lines
        with suppress(OSError, ValueError):
            data = Path(file).read_bytes() if is_lines else bytes_of(file, max_bytes)
            data = data.replace(b"\r", b" ") if is_lines else data
    return None if data is None else DecodedText(data)


def _closing_line(
    found: inputs.Files, readings: Sequence[Reading], problems: Sequence[Problem], about_fixes: str
) -> str:
    """Return what was checked, and with which result."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    valid = sum(reading.is_valid for reading in readings)
    what = count(len(found.files), "file")
    if any(file.endswith(".jsonl") for file in found.files):
        what += f", {count(len(readings), 'agreement')}"
    if readings and valid == len(readings):
        agreements = [reading.agreement for reading in readings if reading.agreement is not None]
        commitments = sum(len(agreement.commitments) for agreement in agreements)
        counts = list(map(count_found, agreements))
        quotes = f"{sum(some for some, _ in counts)} of {count(sum(all_ for _, all_ in counts), 'quote')} found"
        warned = f" ({count(warnings, 'warning')})" if warnings else ""
        line = f"{what}: valid{warned}; {count(commitments, 'commitment')}, {quotes}"
    else:
        line = f"{what}: {valid} valid, {len(readings) - valid} invalid"
        line += f" ({count(errors, 'error')}, {count(warnings, 'warning')})"
    line += about_fixes
    if any(reading.unreached and reading.problems[0].code != "unreadable-file" for reading in readings):
        line += "; names, references, quotes and the order of dates are checked once these are fixed"
    if found.not_entered:
        line += f"; {count(found.not_entered, 'subfolder')} not entered (see --recursive)"
    return line


# --- format -----------------------------------------------------------------------------------------------


def add_format(commands: Commands) -> Added:
    command = commands.add_parser("format", help="write agreement files in canonical form")
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a file, a folder with *.json, or - for standard input, which is written to standard output",
    )
    command.add_argument("--check", action="store_true", help="write nothing, only report what is not canonical")
    add_max_bytes(command)
    command.set_defaults(run=_format)
    return command, "vaekstaftale format aftaler"


def _format(options: argparse.Namespace) -> int:
    if options.files == [inputs.STDIN] and not options.check:
        return _format_standard_input(options.max_bytes)
    found = inputs.files(options.files, endings=(".json",))
    complaints = found.complaints
    problems: list[Problem] = []
    different = []
    for file in found.files:
        try:
            if file == inputs.STDIN:
                complaints.append("- is only possible alone, and without --check")
            elif file.endswith(".jsonl"):
                complaints.append(f"{printable(file)}: JSON Lines has no canonical form")
            elif format_file(file, max_bytes=options.max_bytes, check=options.check):
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


def _format_standard_input(max_bytes: int) -> int:
    text = inputs.standard_input(max_bytes)
    result = check_text(text, COHERENCE_AND_EVIDENCE, max_bytes=max_bytes, file=inputs.STDIN)
    streams.write_bytes(canonical_text(result, max_bytes=max_bytes).encode())
    return VALID


# --- Closing ----------------------------------------------------------------------------------------------


def _finish(problems: Sequence[Problem], complaints: Sequence[str], closing_line: str | None) -> int:
    """Print what could not be done and a closing line, and return the exit status for these and what was found."""
    streams.flush()
    for complaint in complaints:
        streams.complain(complaint)
    if closing_line is not None:
        streams.write_note(closing_line)
    return status(problems, complaints)
