"""`vaekstaftale list` and `vaekstaftale schema`: what is bundled."""

from __future__ import annotations

import argparse

from vaekstaftale import bundled
from vaekstaftale.cli.inputs import VALID
from vaekstaftale.cli.streams import write


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    listing = commands.add_parser("list", help="list the bundled agreements")
    listing.set_defaults(run=run_list)
    schema = commands.add_parser("schema", help="print the JSON Schema of agreement files, for editors")
    schema.set_defaults(run=run_schema)


def run_list(_options: argparse.Namespace) -> int:
    """Run the command `list`."""
    for name in bundled.names():
        write(name)
    return VALID


def run_schema(_options: argparse.Namespace) -> int:
    """Run the command `schema`."""
    write(bundled.read_schema(), end="")
    return VALID
