"""The command line: reads arguments, calls the library, prints.

`authoring`, `checks` and `commands` have the commands and their arguments, `formats` the output formats, and `inputs`
finds the agreements and files that arguments name. `summary` is an agreement as text. Only `streams` prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from vaekstaftale import __version__
from vaekstaftale.cli import authoring, checks, commands, streams
from vaekstaftale.cli.arguments import INVALID, VALID, WRONG_USAGE, Parser
from vaekstaftale.cli.inputs import UsageError
from vaekstaftale.display import printable
from vaekstaftale.problems import InvalidAgreement

#: The exit status of a program that Ctrl-C ended, as shells have it.
INTERRUPTED = 130


_STATUSES = """\
exit status:
  0  everything is valid, equal or canonical
  1  something is not
  2  wrong usage, or something could not be read or written
"""


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands. Parsed arguments have the function to call as `run`."""
    program = Parser(
        prog="vaekstaftale",
        description="Check, show and format records of growth partnership agreements.",
        usage="vaekstaftale COMMAND ...",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    version = f"vaekstaftale {__version__}"
    program.add_argument("-V", "--version", action="version", version=version)
    program.set_defaults(run=None, parser=program)
    subparsers = program.add_subparsers(title="commands", metavar="COMMAND", prog="vaekstaftale", parser_class=Parser)
    examples = []
    adders = (
        checks.add_validate,
        commands.add_show,
        checks.add_format,
        commands.add_diff,
        commands.add_table,
        authoring.add_draft,
        authoring.add_source,
        authoring.add_unquoted,
        authoring.add_quote,
        commands.add_explain,
        commands.add_list,
        commands.add_schema,
    )
    for add in adders:
        command, example = add(subparsers)
        command.set_defaults(parser=command)
        command.epilog = f"example: {example}"
        examples.append(f"  {example}\n")
    program.epilog = f"examples:\n{''.join(examples)}\n{_STATUSES}"
    return program


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse arguments. An argument that is not known is an error of the command that it was given to."""
    options, unknown = parser().parse_known_args(arguments)
    if unknown:
        options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return the exit status.

    The status is 0 if everything is valid, equal or canonical, 1 if something is not, and 2 for wrong usage.
    """
    streams.open_streams()
    options = parse(arguments)
    if options.run is None:
        options.parser.print_help()
        return VALID
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
