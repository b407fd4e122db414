"""A decoded text: its lines, the ends of what is in it, and edits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from vaekstaftale.problems import RawEdit
from vaekstaftale.serialization.mistakes import STRING

_LINE_END = re.compile(r"\r\n|\r|\n")
_STRING_OR_BRACKET = re.compile(rf"{STRING}|[\[\]{{}}]", re.DOTALL)
#: A string, or what is left of the line if it has no closing quote; an escape; a number or word; or else a character.
_WHOLE_TOKEN = re.compile(rf'{STRING}|"[^\r\n]*|\\u?|[-+.\w]+|.', re.DOTALL)


class DecodedText:
    """A decoded text and its lines."""

    def __init__(self, text: str | bytes) -> None:
        if isinstance(text, bytes):
            # Each byte that is not UTF-8 becomes a lone surrogate, at which the parser stops.
            text = text.decode(errors="surrogateescape")
        self.text = text.removeprefix("\ufeff")
        self._ends: dict[int, int] = {}

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset, in code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a 1-based line and column."""
        return self._line_starts[line - 1] + column - 1

    def line(self, number: int) -> str | None:
        """Return the line with a 1-based number, without its line end, or `None` if the text has fewer lines."""
        starts = [*self._line_starts[number - 1 : number + 1], len(self.text)]
        return self.text[starts[0] : starts[1]].rstrip("\r\n") if 1 <= number <= len(self._line_starts) else None

    def end(self, offset: int) -> int:
        """Return the offset after the value, key or token that begins at an offset."""
        if offset not in self._ends:
            self._ends[offset] = _end(self.text, offset)
        return self._ends[offset]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]


def _end(text: str, start: int) -> int:
    """Return the offset after the value, key or token at an offset. The text need not be JSON."""
    if text[start : start + 1] in ("[", "{"):
        depth = 0
        for found in _STRING_OR_BRACKET.finditer(text, start):
            depth += (found.group() in "[{") - (found.group() in "]}")
            if depth == 0:
                return found.end()
        return start + 1  # no bracket closes it
    token = _WHOLE_TOKEN.match(text, start)
    return start if token is None else token.end()


def edited(text: str, edits: Iterable[RawEdit]) -> str:
    """Return a text with edits made, which are in order and do not overlap."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join((*parts, text[position:]))
