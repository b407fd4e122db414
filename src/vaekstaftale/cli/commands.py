"""The commands that show what agreements state: each adds its arguments, calls the library, and returns a status."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from datetime import date

from vaekstaftale import bundled
from vaekstaftale.changes import diff
from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.arguments import ENDINGS, INVALID, VALID, Added, Commands, add_max_bytes, status
from vaekstaftale.cli.formats import TABLE_FORMATS
from vaekstaftale.cli.inputs import UsageError
from vaekstaftale.cli.summary import summary
from vaekstaftale.display import printable
from vaekstaftale.files.disk import replace_file
from vaekstaftale.files.reading import Reading, read_inputs
from vaekstaftale.html import to_html
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import InvalidAgreement, Severity, UnknownName
from vaekstaftale.tables import TABLES, kinds_of, rows
from vaekstaftale.validation.codes import STAGES
from vaekstaftale.wording import LANGUAGES, count, language_of

# --- show -------------------------------------------------------------------------------------------------


def add_show(commands: Commands) -> Added:
    command = commands.add_parser("show", help="show what an agreement states")
    command.add_argument(
        "agreements",
        nargs="+",
        metavar="NAME-OR-FILE",
        help="a bundled agreement, a file (./x is always a file), or - for standard input; several share one page",
    )
    command.add_argument("--html", metavar="OUT", help="write a page instead, to a file or to - for standard output")
    command.add_argument(
        "--language", choices=LANGUAGES, help="the language of labels; default that of the agreements, or English"
    )
    command.add_argument(
        "--on", metavar="DAY", type=inputs.day, help="the day of the status, YYYY-MM-DD; default today"
    )
    add_max_bytes(command)
    command.set_defaults(run=_show)
    return command, "vaekstaftale show syddanmark-2017"


def _show(options: argparse.Namespace) -> int:
    day = options.on or date.today()  # noqa: DTZ011 - the day where the reader is
    if options.html is not None:
        for name in options.agreements:
            if os.path.exists(name) and os.path.exists(options.html) and os.path.samefile(name, options.html):
                raise UsageError(f"{printable(name)}: the page would overwrite this file")
    readings = [reading for name in options.agreements for reading in inputs.readings(name, options.max_bytes)]
    problems = [problem for reading in readings for problem in reading.problems]
    agreements = _coherent(readings)
    if options.html is None:
        texts = [summary(agreement, day, options.language or language_of([agreement])) for agreement in agreements]
        streams.write("\n\n".join(texts), end="")
    else:
        shown = agreements if len(agreements) > 1 else agreements[0]
        _write_page(to_html(shown, on=day, language=options.language), options.html)
    streams.flush()
    for problem in problems:
        streams.write_note(problem)
    return VALID


def _coherent(readings: Sequence[Reading]) -> list[Agreement]:
    """Return the agreements that were read. Raises `InvalidAgreement` unless all of them are coherent."""
    for reading in readings:
        errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
        if reading.agreement is None or any(problem.code not in STAGES["evidence"] for problem in errors):
            raise InvalidAgreement(problem for each in readings for problem in each.problems)
    return [reading.agreement for reading in readings if reading.agreement is not None]


def _write_page(page: str, path: str) -> None:
    if path == "-":
        # As references, so that GitHub's runner finds no command in the page.
        inert = re.sub(r"(?m)^(\s*):(?=:)", r"\1&#58;", page).replace("##[", "&#35;#[")
        streams.write_bytes(inert.encode())
        return
    _write_file(page, path)


def _write_file(text: str, path: str) -> None:
    try:
        replace_file(path, [text.encode()])
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise UsageError(f"{printable(path) or repr(path)}: cannot be written: {reason}") from None
    streams.write_note(f"{printable(path)} written")


# --- explain, list and schema -----------------------------------------------------------------------------


def add_explain(commands: Commands) -> Added:
    command = commands.add_parser("explain", help="explain the code of a problem")
    command.add_argument("code", metavar="CODE", help="the code, as problems have it in brackets")
    command.set_defaults(run=_explain)
    return command, "vaekstaftale explain quote-not-found"


def _explain(options: argparse.Namespace) -> int:
    try:
        text = bundled.explanation(options.code)
    except UnknownName as error:
        raise UsageError(error) from None
    code = bundled.CODES[options.code]
    severity = "error or warning" if code.severity is None else code.severity.value
    links = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    streams.write(f"{options.code} ({severity}, {code.stage})\n\n{links}")
    return VALID


def add_list(commands: Commands) -> Added:
    command = commands.add_parser("list", help="list the bundled agreements")
    command.set_defaults(run=_list)
    return command, "vaekstaftale list"


def _list(_options: argparse.Namespace) -> int:
    for name in bundled.names():
        streams.write(name)
    return VALID


def add_schema(commands: Commands) -> Added:
    command = commands.add_parser("schema", help="print the JSON Schema of agreement files, for editors")
    command.add_argument("-o", "--output", metavar="OUT", help="write it to a file instead, in UTF-8")
    command.add_argument(
        "--editor", action="store_true", help="add the messages, meanings and snippets that Visual Studio Code shows"
    )
    command.set_defaults(run=_schema)
    return command, "vaekstaftale schema --editor -o agreement.schema.json"


def _schema(options: argparse.Namespace) -> int:
    text = bundled.read_schema()
    if options.editor:
        from vaekstaftale.serialization.schema import schema_text  # noqa: PLC0415 - only needed here

        text = schema_text(for_editors=True)
    if options.output is None:
        streams.write(text, end="")
    else:
        _write_file(text, options.output)
    return VALID


# --- diff -------------------------------------------------------------------------------------------------


def add_diff(commands: Commands) -> Added:
    command = commands.add_parser("diff", help="show what changed between two agreements")
    command.add_argument("old", metavar="OLD", help="a bundled agreement, a file, or - for standard input")
    command.add_argument("new", metavar="NEW", help="a bundled agreement, a file, or - for standard input")
    add_max_bytes(command)
    command.set_defaults(run=_diff)
    return command, "vaekstaftale diff syddanmark-2017 ny.json"


def _diff(options: argparse.Namespace) -> int:
    if options.old == options.new == inputs.STDIN:
        raise UsageError("standard input can only be one of the two")
    old, new = (_one(name, options.max_bytes) for name in (options.old, options.new))
    changes = diff(old, new)
    for change in changes:
        streams.write(change)
    return INVALID if changes else VALID


def _one(name: str, max_bytes: int) -> Agreement:
    agreements = _coherent(inputs.readings(name, max_bytes))
    if len(agreements) != 1:
        raise UsageError(f"{printable(name)}: has {count(len(agreements), 'agreement')}, and not one")
    return agreements[0]


# --- table ------------------------------------------------------------------------------------------------


def add_table(commands: Commands) -> Added:
    command = commands.add_parser("table", help="print a table of agreements, for spreadsheets and databases")
    command.add_argument("table", choices=TABLES, metavar="TABLE", help=f"one of {', '.join(TABLES)}")
    command.add_argument(
        "files",
        nargs="+",
        metavar="NAME-OR-FILE",
        help="a bundled agreement, a file, a folder with *.json and *.jsonl, or - for standard input",
    )
    command.add_argument("--format", choices=TABLE_FORMATS, default="csv", help="the output format; default csv")
    command.add_argument(
        "--excel",
        action="store_true",
        help="for CSV that Excel opens: begin with a byte order mark, and let no cell be read as a formula",
    )
    add_max_bytes(command)
    command.set_defaults(run=_table)
    return command, "vaekstaftale table commitments aftaler > commitments.csv"


def _table(options: argparse.Namespace) -> int:
    if options.excel and options.format != "csv":
        raise UsageError("--excel is for --format csv")
    complaints: list[str] = []
    readings: list[Reading] = []
    for name in options.files:
        if name in bundled.names():
            readings += inputs.readings(name, options.max_bytes)
        else:
            found = inputs.files([name], endings=ENDINGS)
            complaints += found.complaints
            readings += read_inputs(inputs.contents(found.files, options.max_bytes), max_bytes=options.max_bytes)
    agreements = [reading.agreement for reading in readings if reading.agreement is not None]
    kinds = list(kinds_of(options.table))
    TABLE_FORMATS[options.format](kinds, rows(agreements)[options.table], excel=options.excel)
    streams.flush()
    problems = [problem for reading in readings for problem in reading.problems]
    for problem in problems:
        streams.write_note(problem)
    for complaint in complaints:
        streams.complain(complaint)
    return status(problems, complaints)
