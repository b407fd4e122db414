"""The process that reads the text of HTML and PDF: bytes on standard input, one JSON object a line on standard output.

`documents` starts it. The libraries are those of the extra `draft`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

from vaekstaftale.limits import MAX_DOCUMENT_MEMORY

if TYPE_CHECKING:
    from pypdf import PdfReader
    from selectolax.lexbor import LexborNode


class _Refused(ValueError):  # noqa: N818 - it states what is wrong
    """The document cannot be read; the message says why."""


def main() -> None:
    """Print the number of pages and then the text of each page, or why that is not possible."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MAX_DOCUMENT_MEMORY, MAX_DOCUMENT_MEMORY))
    name = sys.argv[1].upper()
    try:
        data = sys.stdin.buffer.read()
        if name == "PDF":
            _report_pages(data)
        else:
            text, heading = _text_of_html(data)
            _report({"pages": 1, "heading": heading})
            _report({"text": text})
    except ImportError:
        _report({"error": f'to read {name}, install the extra: pip install "vaekstaftale[draft]"'})
    except MemoryError:
        _report({"error": "reading it takes too much memory"})
    except _Refused as refused:
        _report({"error": str(refused)})
    except Exception as error:  # noqa: BLE001 - a broken file may raise anything
        reason = " ".join(str(error).split()) or type(error).__name__
        _report({"error": f"it cannot be read as {name}: {reason}"})


def _report(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


# --- PDF --------------------------------------------------------------------------------------------------


def _report_pages(data: bytes) -> None:
    from pypdf import PdfReader  # noqa: PLC0415 - an optional extra

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not _opens_without_password(reader):
        raise _Refused("it is encrypted: save a copy without a password")
    _report({"pages": len(reader.pages)})
    for page in reader.pages:
        _report({"text": page.extract_text()})


def _opens_without_password(reader: PdfReader) -> bool:
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 - such as a missing library for the cipher
        return False


# --- HTML -------------------------------------------------------------------------------------------------

#: Elements that nobody reads as part of the text.
_LEFT_OUT = re.compile("script|style|nav|template|noscript|head|iframe|object|svg|select|button|dialog")
#: Elements inside a line. All others begin a line.
_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|meter|output|q|rp|rt|ruby|s|"
    "samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)


def _text_of_html(data: bytes) -> tuple[str, str | None]:
    """Return what a reader sees of HTML, one line for each block, and its first heading."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415 - an optional extra

    page = LexborHTMLParser(data.decode())
    for name in ("main", "article", "body"):
        roots = _outermost(page.css(name))
        text = "\n".join(line for root in roots for line in _lines(root) if line)
        if text:
            heading = next(filter(None, (root.css_first(f"h{level}") for level in range(1, 7) for root in roots)), None)
            return text, None if heading is None else " ".join(_lines(heading)).strip() or None
    return "", None


def _outermost(elements: list[LexborNode]) -> list[LexborNode]:
    """Return the elements that are in none of the others."""
    return [element for element in elements if not _is_inside(element, str(element.tag))]


def _is_inside(element: LexborNode, tag: str) -> bool:
    parent = element.parent
    while parent is not None:
        if parent.tag == tag:
            return True
        parent = parent.parent
    return False


def _lines(root: LexborNode) -> Iterator[str]:
    """Yield the lines of an element. It is walked without recursion, because elements may be nested deeply."""
    parts: list[str] = []
    remaining: list[LexborNode | None] = [root]  # `None` is the end of a block
    while remaining:
        node = remaining.pop()
        tag = "" if node is None else str(node.tag)
        if node is not None and tag == "-text":
            parts.append(node.text_content or "")
        elif node is not None and (_LEFT_OUT.fullmatch(tag) or tag.startswith("-") or _is_hidden(node)):
            continue
        elif tag in ("td", "th"):
            parts.append(" ")
        elif not _INLINE.fullmatch(tag):
            yield _line(parts)
            parts = []
            if node is not None:
                remaining.append(None)
        children: list[LexborNode | None] = []
        child = None if node is None else node.child
        while child is not None:
            children.append(child)
            child = child.next
        remaining += reversed(children)
    yield _line(parts)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "")


def _line(parts: list[str]) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", "".join(parts)).strip(" ")


if __name__ == "__main__":
    main()
