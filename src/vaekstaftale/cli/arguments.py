"""What all commands have in common: the parser of their arguments, and their exit statuses."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn, TypeAlias

from vaekstaftale.cli import inputs
from vaekstaftale.display import printable
from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.matching import closest
from vaekstaftale.problems import Problem, Severity, did_you_mean

#: Exit statuses: everything is valid, equal or canonical; something is not; wrong usage.
VALID, INVALID, WRONG_USAGE = 0, 1, 2

#: What the files of agreements in a folder end with.
ENDINGS = (".json", ".jsonl")

#: A command, and an example of it.
Added = tuple[argparse.ArgumentParser, str]


class Parser(argparse.ArgumentParser):
    """A parser that escapes what it repeats in an error, and suggests what was probably meant."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        unknown = re.search(r"invalid choice: '(.*)' \(choose from (.*)\)|unrecognized arguments: (\S+)", message)
        hint = None
        if unknown and unknown[1] is not None:
            choices = [choice.strip(" '") for choice in unknown[2].split(",")]
            message = message.partition(" (choose")[0]
            hint = did_you_mean(closest(unknown[1], choices))
        elif unknown:
            options = [option for action in self._actions for option in action.option_strings]
            hint = did_you_mean(closest(unknown[3].partition("=")[0], options))
        super().error(printable(message) + (f"; {hint}" if hint else ""))


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"  # noqa: SLF001 - it has no public name


def add_max_bytes(command: argparse.ArgumentParser) -> None:
    help_ = "the largest file to read; default %(default)s"
    command.add_argument("--max-bytes", type=inputs.limit, default=MAX_BYTES, metavar="N", help=help_)


def status(problems: Sequence[Problem], complaints: Sequence[str]) -> int:
    if complaints or any(problem.code == "unreadable-file" for problem in problems):
        return WRONG_USAGE
    return INVALID if any(problem.severity is Severity.ERROR for problem in problems) else VALID
