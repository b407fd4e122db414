"""A source's text in the form in which it is searched, with the way back to the original, and where its words are.

The file format, "Quote", states the rules. `vaekstaftale.matching.normalized` is the form in which texts are compared.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple
from unicodedata import category, combining, decomposition, normalize

from vaekstaftale.matching import INVISIBLE, nfc, normalized, without_invisible


class _Piece(NamedTuple):
    """A span of a folded text and the span of the visible original that it comes from."""

    start: int
    original_start: int
    original_end: int
    #: Whether the two spans are equal, character by character.
    same: bool


class FoldedText:
    """A source's text in the form in which it is searched, with the way back to the original.

    `folded` is worked out at once, the way back when it is first needed. The two must agree: whoever changes
    `normalized` in `matching.py` must change `_pieces` too, and a test compares them.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = normalized(text)

    def line(self, start: int) -> int:
        """Return the 1-based line of the original in which an index of the folded text is."""
        return self.text.count("\n", 0, self.original(start, start + 1)[0]) + 1

    def is_line_end(self, index: int) -> bool:
        """Return whether a space of the folded text is the end of a line in the original."""
        start, end = self.original(index, index + 1)
        return "\n" in self.text[start:end]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original for a span of the folded text that is not empty."""
        first, last = self._piece(start), self._piece(end - 1)
        original_start = first.original_start + (start - first.start if first.same else 0)
        original_end = last.original_start + (end - last.start) if last.same else last.original_end
        return self._with_invisible(original_start), self._with_invisible(original_end - 1) + 1

    def _with_invisible(self, index: int) -> int:
        """Return the index in the original for an index in the original without its invisible characters."""
        return index + bisect_right(self._invisible, index)

    @cached_property
    def _invisible(self) -> list[int]:
        """How many visible characters are before each invisible one."""
        return [found.start() - i for i, found in enumerate(re.finditer(f"[{INVISIBLE}]", self.text))]

    def _piece(self, index: int) -> _Piece:
        return self._pieces[bisect_right(self._starts, index) - 1]

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self._pieces]

    @cached_property
    def _pieces(self) -> list[_Piece]:
        text = without_invisible(self.text)
        pieces: list[_Piece] = []
        position = 0
        for word in re.finditer(r"\S+", text):
            if pieces:
                pieces.append(_Piece(position, pieces[-1].original_end, word.start(), same=False))
                position += 1
            bounds = [word.start(), word.end()]
            if nfc(word.group()) != word.group():  # split where the NFC of the whole is that of the parts
                bounds[1:1] = [index for index in range(bounds[0] + 1, bounds[1]) if _is_boundary(text[index])]
            for start, end in pairwise(bounds):
                segment = text[start:end]
                composed = nfc(segment)
                pieces.append(_Piece(position, start, end, same=composed == segment))
                position += len(composed)
        return pieces


#: Quotation marks and dashes that are hard to tell apart, in an order that a class of a pattern may have.
QUOTATION_MARKS = "\"'“”„‟«»‘’‚‛´`"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


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


def is_inside_word(text: str, index: int) -> bool:
    """Return whether an index of a folded text is inside a word or a number: no quote should begin or end there.

    The file format, "Occurrences", states the rule: letters or digits are on both sides, or a mark follows its letter,
    or the index is beside the decimal separator of a number.
    """
    if not 0 < index < len(text):
        return False
    before, after = text[index - 1], text[index]
    if before.isspace() or after.isspace():
        return False
    if _is_mark(after):
        return True
    if before in ".," or after in ".,":
        start = index - 2 if before in ".," else index - 1
        number = text[max(start, 0) : start + 3]
        return start >= 0 and len(number) == 3 and number[0].isdigit() and number[1] in ".," and number[2].isdigit()
    while _is_mark(before) and index > 1:
        index -= 1
        before = text[index - 1]
    return before.isalnum() and after.isalnum()


def _is_mark(character: str) -> bool:
    """Return whether a character belongs to the letter before it."""
    return not character.isascii() and category(character)[0] == "M"
