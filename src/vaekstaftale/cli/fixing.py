"""Fixing files for `vaekstaftale validate`: in place, or as a unified diff."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from vaekstaftale.cli import inputs, streams
from vaekstaftale.display import inert, printable
from vaekstaftale.files.fixing import FixedFile, fixed_bytes, fixed_file, replace_content


class Fixed(NamedTuple):
    """What was fixed in some files."""

    #: How many problems were fixed, or would be.
    number: int
    #: The files that could not be fixed, and why.
    complaints: list[str]
    #: The content after the fixes, of standard input and of files into which it was not written.
    contents: dict[str | None, bytes]


def fix(files: Iterable[str], *, unsafe: bool, is_diff: bool, max_bytes: int) -> Fixed:
    """Fix files in place, each in one step, or print what would change as a unified diff.

    The fixed text of standard input is printed. What cannot be read is left to the validation, which reports it.
    """
    number = 0
    complaints: list[str] = []
    contents: dict[str | None, bytes] = {}
    for file in files:
        try:
            given = _fixed(file, unsafe=unsafe, max_bytes=max_bytes)
        except (OSError, ValueError):
            continue
        if given is None:
            complaints.append(f"{printable(file)}: cannot be fixed: it is not a regular file")
        elif is_diff:
            _print_diff(file, given)
            contents[file] = given.after
            number += given.number
        elif file == inputs.STDIN:
            streams.write_bytes(given.after)
            contents[file] = given.after
            number += given.number
        elif given.number:
            try:
                replace_content(file, given.before, given.after, max_bytes=max_bytes)
                number += given.number
            except OSError as error:
                complaints.append(f"{printable(file)}: cannot be fixed: {error.strerror}")
    return Fixed(number, complaints, contents)


def _fixed(file: str, *, unsafe: bool, max_bytes: int) -> FixedFile | None:
    """Return the content of a file or of standard input with its fixes; `None` for a pipe or a device."""
    if file == inputs.STDIN:
        before = inputs.standard_input(max_bytes)
        return FixedFile(before, *fixed_bytes(before, unsafe=unsafe, max_bytes=max_bytes))
    if Path(file).exists() and not Path(file).is_file():
        return None
    return fixed_file(file, unsafe=unsafe, max_bytes=max_bytes)


def _print_diff(file: str, fixed: FixedFile) -> None:
    from difflib import unified_diff  # noqa: PLC0415 - slow to import, and only a diff needs it

    # A line ends at a line feed only, as in other diffs. Bytes that are not UTF-8 are printed as they are.
    before, after = (
        list(StringIO(text.decode(errors="surrogateescape"), newline="\n")) for text in (fixed.before, fixed.after)
    )
    for line in unified_diff(before, after, printable(file), printable(file)):
        shown = printable(line.rstrip("\r\n")) if sys.stdout.isatty() else line.removesuffix("\n")
        if any("\udc80" <= character <= "\udcff" for character in shown):
            streams.write_bytes(f"{inert(shown)}\n".encode(errors="surrogateescape"))
        else:
            streams.write(shown)
        if not line.endswith("\n"):
            streams.write("\\ No newline at end of file")
