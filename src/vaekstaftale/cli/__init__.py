"""The command line: reads arguments, calls the library, prints.

`commands` has the commands and their arguments, `formats` the output formats of problems, and `inputs` finds the
agreements and files that arguments name. Only `streams` prints.
"""

from __future__ import annotations

from collections.abc import Sequence

from vaekstaftale.cli import commands, streams
from vaekstaftale.cli.inputs import UsageError
from vaekstaftale.display import printable
from vaekstaftale.problems import InvalidAgreement

#: The exit status of a program that Ctrl-C ended, as shells have it.
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, and return the exit status.

    The status is 0 if everything is valid, equal or canonical, 1 if something is not, and 2 for wrong usage.
    """
    streams.open_streams()
    options = commands.parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        streams.flush()
    except InvalidAgreement as invalid:
        streams.write_note(invalid)
        return commands.INVALID
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
    return commands.WRONG_USAGE
