"""The values, agreements and files that arguments name."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from vaekstaftale import bundled
from vaekstaftale.display import printable
from vaekstaftale.files.disk import bytes_of, lines_in, lines_of, read_at_most
from vaekstaftale.files.reading import Content, Reading, read_inputs
from vaekstaftale.matching import unknown_name
from vaekstaftale.model.dates import PARTIAL_DATE

#: What stands for standard input.
STDIN = "-"


class UsageError(Exception):
    """Something that was asked for cannot be done; the message states what."""


def limit(text: str) -> int:
    """Return the number of bytes for an argument."""
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of bytes")
    return int(text)


def day(text: str) -> date:
    """Return the day for an argument."""
    if not PARTIAL_DATE.is_right(text) or len(text) != len("YYYY-MM-DD"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a day, written YYYY-MM-DD")
    return date.fromisoformat(text)


# --- Agreements -------------------------------------------------------------------------------------------


def readings(name: str, max_bytes: int) -> tuple[Reading, ...]:
    """Return the bundled agreement with a name, or else what is read from a file or from standard input."""
    if name in bundled.names():
        return read_inputs([Content(name, bundled.read(name))])
    _require_name(name)
    found = read_inputs(contents([name], max_bytes), max_bytes=max_bytes)
    for reading in found:
        if reading.problems and reading.problems[0].code == "unreadable-file":
            raise UsageError(f"{printable(name)}: {reading.problems[0].message.removeprefix('cannot be read: ')}")
    return found


def data_of(name: str, max_bytes: int) -> bytes:
    """Return the content of the bundled agreement with a name, or else of a file or of standard input."""
    if name in bundled.names():
        return bundled.read(name)
    _require_name(name)
    return standard_input(max_bytes) if name == STDIN else bytes_of(name, max_bytes)


def _require_name(name: str) -> None:
    """Raise `UsageError` for what looks like the name of a bundled agreement, and is neither that nor a file."""
    is_name = Path(name).name == name and not name.endswith((".json", ".jsonl"))
    if name != STDIN and is_name and not os.path.exists(name):
        raise UsageError(f"{unknown_name(name, 'bundled agreement', bundled.names())}, and there is no such file")


# --- Files ------------------------------------------------------------------------------------------------


class Files(NamedTuple):
    """The files that some arguments name, each once."""

    files: list[str]
    #: Why some arguments name none.
    complaints: list[str]
    #: How many folders inside the named ones were not entered.
    not_entered: int


def files(names: Sequence[str], *, endings: tuple[str, ...], recursive: bool = False) -> Files:
    """Return the files that some arguments name.

    A folder means its files with one of some endings. Subfolders are only entered if it is asked for, except hidden
    ones and links. Hidden files are left out.
    """
    found: dict[object, str] = {}
    complaints = []
    not_entered = 0
    for name in names:
        status = _status_of(name)
        if status is None or not stat.S_ISDIR(status.st_mode):
            found.setdefault(name if status is None else (status.st_dev, status.st_ino), name)
            continue
        inside = []
        remaining = [name]
        for folder in remaining:  # more are added meanwhile
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                complaints.append(f"{printable(folder)}: cannot be read: {error.strerror}")
                continue
            inside += [
                (str(Path(folder, entry.name)), _identity(entry)) for entry in entries if _is_file(entry, endings)
            ]
            subfolders = [str(Path(folder, entry.name)) for entry in entries if _is_folder(entry)]
            if recursive:
                remaining += subfolders
            else:
                not_entered += len(subfolders)
        if not inside and not complaints:
            complaints.append(f"{printable(name)}: a folder without {' or '.join(f'*{ending}' for ending in endings)}")
        for path, identity in sorted(inside):
            found.setdefault(identity, path)
    return Files(list(found.values()), complaints, not_entered)


def _status_of(name: str) -> os.stat_result | None:
    """Return the status of a file, or `None` for standard input and for what cannot be read."""
    try:
        return None if name == STDIN else os.stat(name)
    except (OSError, ValueError):
        return None


def _identity(entry: os.DirEntry[str]) -> tuple[int, int]:
    status = entry.stat(follow_symlinks=False)
    return status.st_dev, status.st_ino


def _is_file(entry: os.DirEntry[str], endings: tuple[str, ...]) -> bool:
    if not entry.name.endswith(endings) or entry.name.startswith("."):
        return False
    try:
        return not entry.is_dir()
    except OSError:  # such as a link to itself: reading it will state what is wrong
        return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False)


def contents(
    names: Iterable[str], max_bytes: int, given: Mapping[str | None, bytes] = MappingProxyType({})
) -> Iterator[str | Content]:
    """Yield files as they are, each line of a file of JSON Lines, and the content of standard input.

    What is given is not read.
    """
    for name in names:
        if name == STDIN:
            yield Content(name, given[name] if name in given else standard_input(max_bytes))
        elif name.endswith(".jsonl"):
            try:
                lines = lines_in(BytesIO(given[name]), max_bytes) if name in given else lines_of(name, max_bytes)
                for number, line in lines:
                    yield Content(name, line, number)
            except (OSError, ValueError):
                yield name  # reading it will state what is wrong
        else:
            yield Content(name, given[name]) if name in given else name


def standard_input(max_bytes: int) -> bytes:
    """Return what standard input contains, and no more than is needed to see that it is too much."""
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return read_at_most(sys.stdin.buffer.read, max_bytes + 1)
