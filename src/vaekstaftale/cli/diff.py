"""`vaekstaftale diff`: what changed between two agreements."""

from __future__ import annotations

import argparse

from vaekstaftale.changes import diff
from vaekstaftale.cli import inputs
from vaekstaftale.cli.inputs import INVALID, VALID
from vaekstaftale.cli.streams import write


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    command = commands.add_parser("diff", help="show what changed between two agreements")
    command.add_argument("old", metavar="OLD", help="a bundled agreement, or a file")
    command.add_argument("new", metavar="NEW", help="a bundled agreement, or a file")
    inputs.add_max_bytes(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    old, new = (inputs.agreement(name, options.max_bytes) for name in (options.old, options.new))
    changes = diff(old, new)
    for change in changes:
        write(change)
    return INVALID if changes else VALID
