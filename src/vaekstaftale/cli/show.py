"""`vaekstaftale show`: what an agreement states, as text or as a page."""

from __future__ import annotations

import argparse
import os
from datetime import date

from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.inputs import VALID, UsageError
from vaekstaftale.display import printable
from vaekstaftale.files.disk import replace_file
from vaekstaftale.html import to_html
from vaekstaftale.summary import summary


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
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
    inputs.add_max_bytes(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
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
        streams.write_bytes(page.encode())
        return
    try:
        replace_file(path, [page.encode()])
    except OSError as error:
        raise UsageError(f"{printable(path)}: cannot be written: {error.strerror or error}") from None
    streams.write_note(f"{printable(path)} written")
