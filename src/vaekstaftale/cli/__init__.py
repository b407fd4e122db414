"""The command line: reads arguments, calls the library, prints.

Each command has a module: `show`, `diff`, `validate`, `format` and `listing` (`list` and `schema`). `formats` has the
output formats of problems, `inputs` finds the files that arguments name, and only `streams` prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from vaekstaftale import __version__
from vaekstaftale.cli import diff, listing, show, streams, validate
from vaekstaftale.cli import format as format_
from vaekstaftale.cli.inputs import INVALID, WRONG_USAGE, UsageError
from vaekstaftale.display import printable
from vaekstaftale.problems import InvalidAgreement

#: The exit status of a program that Ctrl-C ended, as shells have it.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return the exit status.

    The status is 0 if everything is valid, equal or canonical, 1 if something is not, and 2 for wrong usage.
    """
    streams.open_streams()
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        streams.flush()
    except InvalidAgreement as invalid:
        streams.write_note(invalid)
        return INVALID
    except UsageError as error:
        streams.complain(error)
    except OSError as error:
        place = f"{printable(str(error.filename))}: " if error.filename else ""
        streams.complain(f"{place}{error.strerror or error}")
    except MemoryError:
        streams.complain("not enough memory")
    except KeyboardInterrupt:
        return INTERRUPTED
    else:
        return status
    return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vaekstaftale", description="Show, check and format growth partnership agreements."
    )
    parser.add_argument("--version", action="version", version=f"vaekstaftale {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (show, listing, diff, validate, format_):
        command.add_to(commands)
    return parser
