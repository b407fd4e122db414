"""Standard output and standard error: nothing else in the library prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TypeVar

from vaekstaftale.display import inert

ItemT = TypeVar("ItemT")


def open_streams() -> None:
    """Replace a stream that the caller closed, and let both write every character.

    Each keeps its encoding if that has æ, ø and å, and uses UTF-8 otherwise.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            try:
                "æøåÆØÅ".encode(stream.encoding)
            except UnicodeEncodeError:
                stream.reconfigure(encoding="utf-8")
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def _output() -> Iterator[None]:
    """Discard all further output after an error, so that nothing fails again when the program ends.

    If the reader of a pipe has closed it, that is not an error.
    """
    try:
        yield
    except OSError as error:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs
        if not isinstance(error, BrokenPipeError):
            error.filename = "standard output"
            raise


def has_colours() -> bool:
    """Return whether standard output is a terminal that shows colours (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def write(text: object, *, end: str = "\n") -> None:
    """Print what was asked for, so that GitHub's runner finds no command in it."""
    with _output():
        print(inert(str(text)), end=end)


def write_command(text: str) -> None:
    """Print a command to GitHub's runner."""
    with _output():
        print(text.replace("##[", r"#\x23["))


def write_bytes(data: bytes) -> None:
    """Print bytes, whatever the encoding of the stream."""
    with _output():
        sys.stdout.flush()  # what was printed before comes first
        sys.stdout.buffer.write(data)


#: A progress bar appears on a terminal for at least this many items.
_MANY = 20


def with_progress(items: Sequence[ItemT], unit: str) -> Iterable[ItemT]:
    """Return items, with a progress bar for many of them on a terminal if the extra `progress` is installed."""
    if len(items) >= _MANY and sys.stderr.isatty():
        with suppress(ImportError):
            from tqdm import tqdm  # noqa: PLC0415 - an optional extra

            return tqdm(items, unit=unit, leave=False, file=sys.stderr)
    return items


def flush() -> None:
    """Print what is still buffered."""
    with _output():
        sys.stdout.flush()


def write_note(text: object) -> None:
    """Print a summary or a complaint to standard error. If that fails, what was asked for is still done."""
    try:
        print(inert(str(text)), file=sys.stderr)
    except OSError:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs


def complain(text: object) -> None:
    """Print why something that was asked for could not be done to standard error."""
    write_note(f"vaekstaftale: {text}")
