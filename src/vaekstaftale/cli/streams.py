"""Standard output and standard error: nothing else in the library prints."""

from __future__ import annotations

import os
import sys


class OutputError(Exception):
    """Standard output cannot be written to; the message states why."""


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


def write(text: object, *, end: str = "\n") -> None:
    """Print what was asked for. If the reader of a pipe has closed it, that is not an error."""
    try:
        print(text, end=end)
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        raise _output_error(error) from None


def write_bytes(data: bytes) -> None:
    """Print bytes, whatever the encoding of the stream."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        raise _output_error(error) from None


def flush() -> None:
    """Print what is still buffered."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        raise _output_error(error) from None


def write_note(text: object) -> None:
    """Print a summary or a complaint to standard error."""
    print(text, file=sys.stderr)


def complain(text: object) -> None:
    """Print why something that was asked for could not be done to standard error."""
    write_note(f"vaekstaftale: {text}")


def _output_error(error: OSError) -> OutputError:
    _discard_output()
    return OutputError(error.strerror or str(error))


def _discard_output() -> None:
    """Discard all further output, so that nothing fails again when the program ends."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the program runs
