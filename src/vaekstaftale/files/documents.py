"""Reading the text of a source from a document: plain text, HTML and PDF."""

from __future__ import annotations

import codecs
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from threading import Timer
from typing import Any, BinaryIO, NamedTuple, cast

from vaekstaftale.files.disk import bytes_of
from vaekstaftale.limits import MAX_BYTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_SECONDS
from vaekstaftale.model.strings import has_visible

#: What shows the progress over the pages of a PDF: it takes their numbers, and yields them.
Progress = Callable[[Sequence[int]], Iterable[int]]


class UnreadableDocument(ValueError):  # noqa: N818 - it states what is wrong
    """A document cannot be read as what it is; the message says why."""


class DocumentText(NamedTuple):
    """The text of a document."""

    text: str
    #: The kind of source that it is, as far as its format tells.
    kind: str
    #: What the reader should know, such as another encoding.
    remarks: tuple[str, ...] = ()
    #: Its first heading, if its format has headings.
    heading: str | None = None


def read_document(path: str, progress: Progress = lambda numbers: numbers) -> DocumentText:
    """Read the text of a file: of HTML by its name (`.html`, `.htm`), of PDF by its content, of all others as it is.

    Raises `UnreadableDocument`, and `OSError` as `open` does.
    """
    data = bytes_of(path, MAX_DOCUMENT_BYTES)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise UnreadableDocument(f"it is larger than {MAX_DOCUMENT_BYTES:,} bytes")
    if data.lstrip().startswith(b"%PDF") or path.lower().endswith(".pdf"):
        text, _ = _extracted(data, "pdf", progress)
        if not text.strip():
            raise UnreadableDocument("it has no text: it may be a scan, whose text must be typed or recognised first")
        return DocumentText(_fitting(text), "other")
    if path.lower().endswith((".html", ".htm", ".xhtml")):
        text, remarks = decoded(data, _declared(data))
        text, heading = _extracted(text.encode(), "html", progress)
        return DocumentText(_fitting(text), "web-page", remarks, heading)
    return plain(data)


def plain(data: bytes) -> DocumentText:
    """Return plain text as it is. Raises `UnreadableDocument` for what is not text."""
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument("it is a document of a word processor: save it as text, HTML or PDF")
    text, remarks = decoded(data)
    if "\0" in text:
        raise UnreadableDocument("it is no text")
    return DocumentText(_fitting(text), "other", remarks)


#: Codecs that give ASCII characters another meaning. No page is written in them.
_NOT_FOR_PAGES = frozenset({"unicode-escape", "raw-unicode-escape", "punycode", "idna", "utf-7"})


def decoded(data: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return bytes as text, without a byte order mark, and what the reader should know about the encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), ()
    for encoding in ("utf-8-sig", declared):
        try:
            if encoding is not None and codecs.lookup(encoding).name not in _NOT_FOR_PAGES:
                text = data.decode(encoding)
                text.encode()  # raises for lone surrogates
                return text, ()
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace"), ("it is not UTF-8, and was read as Windows-1252: check æ, ø and å",)


def _declared(data: bytes) -> str | None:
    """Return the encoding that HTML declares."""
    found = re.search(rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})""", data[:4096])
    return None if found is None else found[1].decode("ascii", errors="ignore")


def _fitting(text: str) -> str:
    """Return a text with line feeds at the ends of lines and without blank lines around it.

    Raises `UnreadableDocument` for one that is too large or empty.
    """
    text = re.sub(r"\r\n?|[\f\v\x1c-\x1e\x85\u2028\u2029]", "\n", text).strip("\n")
    if len(text.encode(errors="replace")) > MAX_BYTES:
        raise UnreadableDocument(
            f"its text is larger than {MAX_BYTES:,} bytes, the most that an agreement file may have"
        )
    if not has_visible(text):
        raise UnreadableDocument("it has no text")
    return text


# --- The process that reads HTML and PDF ------------------------------------------------------------------


def _extracted(data: bytes, kind: str, progress: Progress) -> tuple[str, str | None]:
    """Return the text of an HTML or PDF document, and its first heading.

    It is read in a process of its own, with limits on time and memory, because a small file may unpack to any size, or
    take any time. Raises `UnreadableDocument`.
    """
    # Without `-P`, a module of the current folder would be imported instead of that of a library.
    command = [sys.executable, "-P", "-m", "vaekstaftale.files.extraction", kind]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as child:  # noqa: S603 - our own module
        timer = Timer(MAX_DOCUMENT_SECONDS, child.kill)
        timer.start()
        try:
            given, reported = cast("BinaryIO", child.stdin), cast("BinaryIO", child.stdout)
            with suppress(BrokenPipeError):  # then it reports why
                given.write(data)
                given.close()
            first = _message(reported.readline())
            pages = [str(_message(reported.readline())["text"]).strip("\n") for _ in progress(range(first["pages"]))]
        finally:
            timer.cancel()
            child.kill()
    return "\n\n".join(pages), first.get("heading")


def _message(line: bytes) -> dict[str, Any]:
    """Return what the process reports. Raises `UnreadableDocument` for an error, and if it was stopped."""
    if not line:
        raise UnreadableDocument(f"reading it takes more than {MAX_DOCUMENT_SECONDS} seconds, or too much memory")
    message: dict[str, Any] = json.loads(line)
    if "error" in message:
        raise UnreadableDocument(str(message["error"]))
    return message
