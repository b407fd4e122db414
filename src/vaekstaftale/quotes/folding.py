"""The form in which sources and quotes are compared, and the way back to the original text.

The file format, "Quote", states the rule: Unicode NFC, and one space for each run of white space.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, decomposition, normalize

from vaekstaftale.matching import nfc


def fold_text(text: str) -> str:
    """Return a text in the form in which it is compared: NFC, one space for each run of white space, ends trimmed."""
    return " ".join(nfc(text).split())


class _Piece(NamedTuple):
    """A span of a folded text and the span of the original that it comes from."""

    start: int
    original_start: int
    original_end: int
    #: Whether the two spans are equal, character by character.
    same: bool


class FoldedText:
    """A source's text in the form in which it is searched, with the way back to the original.

    `folded` is worked out at once, the way back when it is first needed. The two must agree: whoever changes
    `fold_text` must change `_pieces` too, and a test compares them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold_text(text)

    def line(self, start: int) -> int:
        """Return the 1-based line of the original in which an index of the folded text is."""
        return self.text.count("\n", 0, self.original(start, start + 1)[0]) + 1

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original for a span of the folded text that is not empty."""
        first, last = self._piece(start), self._piece(end - 1)
        original_start = first.original_start + (start - first.start if first.same else 0)
        original_end = last.original_start + (end - last.start) if last.same else last.original_end
        return original_start, original_end

    def _piece(self, index: int) -> _Piece:
        return self._pieces[bisect_right(self._starts, index) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self._pieces]

    @cached_property
    def _pieces(self) -> list[_Piece]:
        pieces: list[_Piece] = []
        position = 0
        for word in re.finditer(r"\S+", self.text):
            if pieces:
                pieces.append(_Piece(position, pieces[-1].original_end, word.start(), same=False))
                position += 1
            bounds = [word.start(), word.end()]
            if nfc(word.group()) != word.group():  # split where the NFC of the whole is that of the parts
                bounds[1:1] = [index for index in range(bounds[0] + 1, bounds[1]) if _is_boundary(self.text[index])]
            for start, end in pairwise(bounds):
                segment = self.text[start:end]
                composed = nfc(segment)
                pieces.append(_Piece(position, start, end, same=composed == segment))
                position += len(composed)
        return pieces


@cache
def _is_boundary(character: str) -> bool:
    """Return whether a character never composes with the one before it (UAX 15, section 9.1)."""
    first = normalize("NFD", character)[0]
    return combining(first) == 0 and first not in _second_halves()


@cache
def _second_halves() -> frozenset[str]:
    """Return every character that can be the second half of a composed one."""
    hangul = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    pairs = (decomposition(chr(code)).split() for code in range(0xC0, 0x20000))
    return frozenset(hangul | {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"})
