"""Reads files up to a limit, replaces files atomically, and finds the package's own files."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import cast

StrPath = str | os.PathLike[str]

#: How long a named pipe that nobody has opened for writing is waited for, in milliseconds.
_PIPE_TIMEOUT = 2_000
#: How much is read at once, in bytes.
_PIECE = 1_000_000


def path_of(path: StrPath, instead: str) -> str:
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


def bytes_of(path: StrPath, most: int) -> bytes:
    """Return at most `most + 1` bytes of a file; the last shows that it is too large. Raises `OSError` as `open` does.

    A named pipe that nobody writes to is an `OSError` too; `open` would wait for ever.
    """
    name, most = path_of(path, "loads(file.read())"), max(most, 0)
    # Without O_NONBLOCK, opening a named pipe waits for a writer.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor, pipe = os.open(name, flags), None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISFIFO(status.st_mode):
            import select  # noqa: PLC0415 - only pipes need it

            pipe = select.poll()
            pipe.register(descriptor, select.POLLIN)
            pipe.poll(_PIPE_TIMEOUT)
        os.set_blocking(descriptor, True)
        data = read_at_most(partial(os.read, descriptor), most + 1)
        has_writer = data or pipe is None or pipe.poll(0)  # a writer that has closed the pipe counts as gone
    except OSError as error:
        error.filename = name
        raise
    finally:
        os.close(descriptor)
    if not has_writer:
        raise OSError(errno.ENXIO, "nobody writes to this named pipe", name)
    return data


def read_at_most(read: Callable[[int], bytes], most: int) -> bytes:
    """Return at most `most` bytes, read in pieces with a function. `most` may be more than fits into memory."""
    pieces, left = [], most
    while left > 0 and (piece := read(min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def replace_file(path: StrPath, chunks: Iterable[bytes]) -> None:
    """Write chunks of bytes to a temporary file beside `path`, then replace `path` with it.

    A process that reads the file meanwhile sees all of the old bytes or all of the new ones. If anything fails, also
    while the chunks are produced, `path` is unchanged and the temporary file is removed. A symbolic link is followed.
    An existing file keeps its permissions and, where the system allows it, its owner; other attributes and further hard
    links are lost. The temporary file is never more readable than the file. A pipe or a device cannot be replaced and
    is written to. Raises `OSError` as `open` does.
    """
    name = os.fspath(path)
    old = _status_of(name)
    if old is not None and stat.S_ISDIR(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, "Is a directory", name)
    if old is not None and not stat.S_ISREG(old.st_mode):
        with open(name, "wb") as device:
            device.writelines(chunks)
        return
    target = os.path.realpath(name)
    if old is not None and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "Permission denied", name)
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f".{os.path.basename(target)[:50]}.{os.urandom(8).hex()}.tmp")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(temporary, flags, 0o666 if old is None else 0o600), "wb") as file:
            file.writelines(chunks)
            file.flush()
            if old is not None:
                with suppress(OSError, AttributeError):  # only the superuser may; Windows has no owner
                    os.chown(temporary, old.st_uid, old.st_gid)
                os.chmod(temporary, stat.S_IMODE(old.st_mode))
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException as error:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        if isinstance(error, OSError) and error.filename == temporary:
            error.filename, error.filename2 = name, None  # the caller does not know the temporary file
        raise
    _sync_folder(folder)


def _status_of(path: str) -> os.stat_result | None:
    with suppress(FileNotFoundError):
        return os.stat(path)
    return None


def _sync_folder(folder: str) -> None:
    """Make the new name survive a power failure, where the system can (Windows cannot)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
