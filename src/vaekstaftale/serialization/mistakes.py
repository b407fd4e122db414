"""What people often write instead of JSON: the hint for each mistake, and the fix where it is clear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vaekstaftale.problems import RawEdit

#: A string as JSON writes it, as part of a pattern.
STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
UTF_16 = "this looks like UTF-16: save the file as UTF-8"
_WHITE_SPACE = " \t\r\n"


class Mistake(NamedTuple):
    """What someone wrote instead of JSON."""

    hint: str
    #: What the fix does, as a phrase.
    title: str = ""
    #: In order; empty if there is no fix.
    edits: Sequence[RawEdit] = ()
    is_safe: bool = False


def mistake_at(offset: int, text: str, expected: str) -> Mistake | None:
    """Return the mistake at an offset where something else was expected, or `None` if it is not known."""
    rest = text[offset : offset + 40]
    before = len(text[:offset].rstrip(_WHITE_SPACE))
    if rest.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return Mistake("this is the mark of a merge: keep one of the versions, and remove the marks")
    if rest[0] in "}]" and text[before - 1 : before] == ",":
        return Mistake(
            "remove the comma before it", "remove the comma", [RawEdit(before - 1, before, "")], is_safe=True
        )
    if rest[0] in _QUOTES:
        hint = 'strings are written in straight double quotes: "'
        return Mistake(hint, "write straight double quotes", _straight_quotes(text, offset))
    if rest.startswith(("//", "/*", "#")):
        hint = "JSON has no comments: put the remark into a note, or remove it"
        return Mistake(hint, "remove the comment", _comment_removal(text, offset))
    if word := re.match(r"(?:True|False)\b", rest):
        hint = f"write {word.group().lower()}"
        return Mistake(hint, hint, [RawEdit(offset, offset + word.end(), word.group().lower())], is_safe=True)
    if re.match(r"None\b", rest):
        return Mistake("remove the key and its value")
    if re.match(r"[-+]?(?:NaN|Infinity|nan|inf)", rest):
        return Mistake("JSON has no such number")
    if rest[0] == "\x00":
        return Mistake(UTF_16)
    if rest[0].isspace():
        return Mistake("outside strings, only spaces, tabs and line ends are white space: use a space")
    if rest[0] in '"{[' and expected.startswith("','"):
        is_item = before < offset and (
            expected.endswith("']'") or re.match(rf"{STRING}\s*:", text[offset : offset + 200])
        )
        return Mistake(
            "is a comma missing before it?", "write a comma", [RawEdit(before, before, ",")] if is_item else []
        )
    return None


#: Quotation marks with which people begin and end strings. Fonts show some of them alike.
_QUOTES = "'‘’“”„‚«»´`"
_CLOSING = re.compile(rf'[{_QUOTES}"](?=\s*(?:[:,\]}}]|$))')


def _straight_quotes(text: str, start: int) -> list[RawEdit]:
    """Return the edits that write straight double quotes around a string, and escape those inside it."""
    line = re.compile(r"[^\r\n]*").match(text, start)
    closing = line and _CLOSING.search(text, start + 1, line.end())
    if not closing:
        return []
    end = closing.start()
    inside = re.compile(r'\\.|(")').finditer(text, start + 1, end)
    escapes = [RawEdit(*quote.span(), r"\"") for quote in inside if quote[1]]
    return [RawEdit(start, start + 1, '"'), *escapes, RawEdit(end, end + 1, '"')]


_COMMENT = re.compile(r"(?://|#)[^\r\n]*|/\*.*?\*/", re.DOTALL)


def _comment_removal(text: str, start: int) -> list[RawEdit]:
    """Return the edit that removes a comment, with its line if nothing else is on it."""
    comment = _COMMENT.match(text, start)
    if comment is None:
        return []
    end = comment.end()
    line_end = re.compile(r"\r\n|\r|\n|\Z").match(text, end)
    if line_end is None:  # something follows on the line
        return [RawEdit(start, end, "")]
    before = len(text[:start].rstrip(" \t"))
    is_whole_line = text[before - 1 : before] in ("\r", "\n")
    return [RawEdit(before, line_end.end() if is_whole_line else end, "")]
