"""Reads files up to a limit, replaces files atomically, and finds the package's own files."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import BinaryIO, Protocol, cast, runtime_checkable

from vaekstaftale.display import require, shown_in_python

StrPath = str | os.PathLike[str]


@runtime_checkable
class Readable(Protocol):
    """What has `read_bytes()`, such as `zipfile.Path` and the files of `importlib.resources`."""

    def read_bytes(self) -> bytes: ...


#: What can be read: a path, or what has `read_bytes()`.
Input = StrPath | Readable

#: How long a named pipe that nobody has opened for writing is waited for, in milliseconds.
_PIPE_TIMEOUT = 2_000
#: How much is read at once, in bytes.
_PIECE = 1_000_000


def path_of(path: StrPath, instead: str) -> str:
    """Return a path as a string. Raises `TypeError` for anything else, which names what to call instead."""
    name = os.fspath(path) if isinstance(path, os.PathLike) else path
    if isinstance(name, str):
        return name
    if isinstance(name, bytes):
        raise TypeError(f"path must be a str or a path-like object with a str, not {shown_in_python(name)}")
    is_file = f"; for an open file, use {instead}" if hasattr(path, "read") or hasattr(path, "write") else ""
    raise TypeError(f"path must be a str or a path-like object, not {shown_in_python(path)}{is_file}")


def is_packaged(path: str) -> bool:
    """Return whether a file is in the package's folder `data`."""
    try:
        return bool(packaged(path))
    except (OSError, ValueError):
        return False


def name_of(source: Input) -> str:
    """Return the name of what can be read, for messages. Raises `TypeError` like `path_of`."""
    if isinstance(source, Readable) and not isinstance(source, os.PathLike):
        return str(source)
    return path_of(source, "loads(file.read())")


def packaged(path: str) -> bytes:
    """Return the content of a file in the package's folder `data`. Raises `FileNotFoundError`."""
    # `importlib.resources` does the same, and takes as long to import as the rest of the library.
    from pkgutil import get_data  # noqa: PLC0415 - only needed for bundled files

    return cast("bytes", get_data("vaekstaftale", f"data/{path}"))


def bytes_of(source: Input, most: int) -> bytes:
    """Return at most `most + 1` bytes of a file; the last shows that it is too large. Raises `OSError` as `open` does.

    A named pipe that nobody writes to is an `OSError` too; `open` would wait for ever. What has `read_bytes()` returns
    all of its bytes, and any exception of that method is raised as an `OSError`.
    """
    require(most, int, "max_bytes")
    name, most = name_of(source), max(most, 0)
    if isinstance(source, Readable) and not isinstance(source, os.PathLike):
        try:
            return source.read_bytes()
        except OSError:
            raise
        except Exception as error:  # such as those of a damaged archive
            raise OSError(errno.EIO, f"{type(error).__name__}: {error}", name) from error
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


def lines_of(path: str, most: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not empty, with their 1-based numbers and without their ends.

    Of a line with more than `most` bytes, the first `most + 1` are yielded. Raises `OSError` as `open` does.
    """
    require(most, int, "max_bytes")
    with open(path, "rb") as file:
        yield from lines_in(file, most)


def lines_in(file: BinaryIO, most: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of an open file as `lines_of` does."""
    size = min(max(most, 0) + 2, sys.maxsize)  # with the line feed, and one byte more to see that a line is too long
    for number, line in enumerate(iter(partial(file.readline, size), b""), start=1):
        rest = line
        while len(rest) == size and not rest.endswith(b"\n"):
            rest = file.readline(size)
        # A byte order mark may begin the file.
        if len(line) == size or line.removeprefix(b"\xef\xbb\xbf" if number == 1 else b"").strip():
            yield number, line.removesuffix(b"\n")


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
