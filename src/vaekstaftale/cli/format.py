"""`vaekstaftale format`: agreement files in canonical form."""

from __future__ import annotations

import argparse

from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.formats import print_text
from vaekstaftale.cli.inputs import INVALID, VALID
from vaekstaftale.cli.validate import finish
from vaekstaftale.display import printable
from vaekstaftale.files.writing import format_file
from vaekstaftale.problems import InvalidAgreement, Problem
from vaekstaftale.wording import count


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser("format", help="write agreement files in canonical form")
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, or a folder with *.json")
    command.add_argument("--check", action="store_true", help="write nothing, only report what is not canonical")
    inputs.add_max_bytes(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
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
    return finish(problems, complaints, closing_line) or (INVALID if options.check and different else VALID)
