"""`vaekstaftale format`: agreement files in canonical form."""

from __future__ import annotations

import argparse

from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.formats import print_text
from vaekstaftale.cli.inputs import INVALID, VALID
from vaekstaftale.cli.validate import exit_status
from vaekstaftale.display import printable
from vaekstaftale.files.writing import canonical_form, format_file
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
            if options.check:
                is_different = not canonical_form(file, max_bytes=options.max_bytes).is_canonical
            else:
                is_different = format_file(file, max_bytes=options.max_bytes)
        except InvalidAgreement as invalid:
            problems += invalid.problems
        except OSError as error:
            complaints.append(f"{printable(file)}: cannot be written: {error.strerror}")
        else:
            different += [file] if is_different else []
    print_text(problems)
    if options.check:
        for file in different:
            streams.write(f"{printable(file)}: not in canonical form")
    streams.flush()
    for complaint in complaints:
        streams.complain(complaint)
    streams.write_note(f"{count(len(different), 'file')} {'to be written' if options.check else 'written'}")
    return exit_status(problems, complaints) or (INVALID if options.check and different else VALID)
