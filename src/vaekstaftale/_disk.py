"""Bytes from files, no more than are wanted, and into files in one step; and those of the package's own files."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable


def path_of(path: str | os.PathLike[str], instead: str) -> str:
    """Give a path as text; `TypeError` for an open file, which names what to call instead."""
    if isinstance(path, str):
        return path
    if isinstance(path, os.PathLike):
        return os.fspath(path)
    raise TypeError(f"expected a path, not {type(path).__name__}; for an open file, use {instead}")


def packaged(path: str) -> bytes:
    """Read a file of the package's own folder of data. Raises `FileNotFoundError`."""
    # `importlib.resources` does the same, and takes as long to import as the rest of the library.
    from pkgutil import get_data  # noqa: PLC0415 - only used for what comes along

    return cast("bytes", get_data("vaekstaftale", f"data/{path}"))


def bytes_of(path: str | os.PathLike[str], most: int) -> bytes:
    """Read the bytes of a file, and of a file with more than `most`, one more. Raises `OSError` as `open` does."""
    with open(path_of(path, "loads(file.read())"), "rb") as file:
        return file.read(max(most, 0) + 1)


def replace_file(path: str | os.PathLike[str], chunks: Iterable[bytes]) -> None:
    """Write chunks of bytes to a temporary file beside `path`, then put it in `path`'s place.

    Whoever reads the file meanwhile sees all of the old bytes or all of the new ones. Whatever fails, also while the
    chunks are made, `path` stays as it was and nothing is left beside it. A symbolic link is followed, and an existing
    file keeps its permissions. A pipe or a device is no file that could be replaced, and is written to. Raises
    `OSError` as `open` does.

    The standard library has the parts of this but not the whole; the packages that have it are no longer kept.
    """
    target = os.path.realpath(path)
    if os.path.isdir(target):
        raise IsADirectoryError(f"{os.fspath(path)!r} is a folder")
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as device:
            device.writelines(chunks)
        return
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f".{os.path.basename(target)[:50]}.{os.urandom(8).hex()}.tmp")
    descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(descriptor, "wb") as file:
            file.writelines(chunks)
            file.flush()
            with suppress(FileNotFoundError):
                os.chmod(temporary, os.stat(target).st_mode & 0o7777)
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _sync_folder(folder: str) -> None:
    """Make the new name last through a power failure, where the system can (Windows cannot)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
