"""The values, agreements and files that arguments name."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from vaekstaftale import bundled
from vaekstaftale.display import printable
from vaekstaftale.files.disk import read_at_most
from vaekstaftale.files.reading import load
from vaekstaftale.matching import unknown_name
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.dates import PARTIAL_DATE


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


def agreement(name: str, max_bytes: int) -> Agreement:
    """Return a bundled agreement by its name, or else the agreement in a file."""
    if name in bundled.names():
        return bundled.load(name)
    if not os.path.exists(name) and Path(name).name == name and not name.endswith(".json"):
        raise UsageError(f"{unknown_name(name, 'bundled agreement', bundled.names())}, and there is no such file")
    return load(name, max_bytes=max_bytes)


def files(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return each file that is named, once, and complaints.

    A folder means its `*.json`; subfolders are not entered. Hidden files are left out.
    """
    found: dict[object, str] = {}
    complaints = []
    for name in names:
        status = _status_of(name)
        if status is None or not stat.S_ISDIR(status.st_mode):
            found.setdefault(name if status is None else (status.st_dev, status.st_ino), name)
            continue
        try:
            inside = {str(Path(name, entry.name)): entry for entry in os.scandir(name) if _is_json(entry)}
        except OSError as error:
            complaints.append(f"{printable(name)}: cannot be read: {error.strerror}")
            continue
        if not inside:
            complaints.append(f"{printable(name)}: a folder without *.json")
        for path in sorted(inside):
            found.setdefault((status.st_dev, inside[path].inode()), path)
    return list(found.values()), complaints


def _status_of(name: str) -> os.stat_result | None:
    """Return the status of a file, or `None` for standard input and for what cannot be read."""
    try:
        return None if name == "-" else os.stat(name)
    except (OSError, ValueError):
        return None


def _is_json(entry: os.DirEntry[str]) -> bool:
    if not entry.name.endswith(".json") or entry.name.startswith("."):
        return False
    try:
        return not entry.is_dir()
    except OSError:  # such as a link to itself: reading it will state what is wrong
        return True


def content(file: str, max_bytes: int) -> str | tuple[str, bytes]:
    """Return a file as it is, and for standard input its name and content."""
    if file != "-":
        return file
    if sys.stdin is None:
        raise UsageError("standard input is closed")
    return file, read_at_most(sys.stdin.buffer.read, max_bytes + 1)
