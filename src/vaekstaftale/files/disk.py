"""Bytes from files, no more than are wanted, and into files in one step; and the package's own files."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from typing import cast

#: How long a named pipe that nobody has opened for writing is waited for, in milliseconds.
_PIPE_TIMEOUT = 2_000


def path_of(path: str | os.PathLike[str], instead: str) -> str:
    """Return a path as a string. Raises `TypeError` for an open file, which names what to call instead."""
    if isinstance(path, str):
        return path
    if isinstance(path, os.PathLike):
        return os.fspath(path)
    raise TypeError(f"expected a path, not {type(path).__name__}; for an open file, use {instead}")


def packaged(path: str) -> bytes:
    """Return the content of a file in the package's folder `data`. Raises `FileNotFoundError`."""
    # `importlib.resources` does the same, and takes as long to import as the rest of the library.
    from pkgutil import get_data  # noqa: PLC0415 - only needed for bundled files

    return cast("bytes", get_data("vaekstaftale", f"data/{path}"))


def bytes_of(path: str | os.PathLike[str], most: int) -> bytes:
    """Return the bytes of a file; of a file with more than `most`, one more. Raises `OSError` as `open` does.

    A named pipe that nobody writes to is an `OSError` too; `open` would wait for ever.
    """
    name, most = path_of(path, "loads(file.read())"), max(most, 0)
    # Without O_NONBLOCK, opening a named pipe waits for a writer.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(name, flags)
    try:
        status = os.fstat(descriptor)
        if stat.S_ISFIFO(status.st_mode):
            data = _first_of_pipe(descriptor, most + 1)
        else:
            # The size is a guess: the file may be growing, and files of the system have none.
            data = os.read(descriptor, min(status.st_size, most) + 1)
        os.set_blocking(descriptor, True)
        while data and len(data) <= most and (more := os.read(descriptor, most + 1 - len(data))):
            data += more
    except OSError as error:
        error.filename = name
        raise
    finally:
        os.close(descriptor)
    return data


def _first_of_pipe(descriptor: int, most: int) -> bytes:
    """Return the first bytes of a named pipe. Raises `OSError` if nobody opens it for writing."""
    import select  # noqa: PLC0415 - only pipes need it

    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    poll.poll(_PIPE_TIMEOUT)
    try:
        data = os.read(descriptor, most)
    except BlockingIOError:  # somebody has opened it and writes later
        os.set_blocking(descriptor, True)
        return os.read(descriptor, most)
    if not data and not poll.poll(0):  # a writer that is done would be reported
        raise OSError(errno.ENXIO, "nobody writes to this named pipe")
    return data


def replace_file(path: str | os.PathLike[str], chunks: Iterable[bytes]) -> None:
    """Write chunks of bytes to a temporary file beside `path`, then put it in the place of `path`.

    A process that reads the file meanwhile sees all of the old bytes or all of the new ones. Whatever fails, also while
    the chunks are produced, `path` stays as it was and nothing is left beside it. A symbolic link is followed, and an
    existing file keeps its permissions. A pipe or a device cannot be replaced and is written to. Raises `OSError` as
    `open` does.
    """
    target = os.path.realpath(path)
    if os.path.isdir(target):
        raise IsADirectoryError(errno.EISDIR, "Is a directory", os.fspath(path))
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "wb") as device:
            device.writelines(chunks)
        return
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f".{os.path.basename(target)[:50]}.{os.urandom(8).hex()}.tmp")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(temporary, flags, 0o666)
    except OSError as error:
        error.filename = os.fspath(path)  # not the temporary file, of which the caller knows nothing
        raise
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
    """Make the new name survive a power failure, where the system can (Windows cannot)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
