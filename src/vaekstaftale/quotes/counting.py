"""Counting needles in a text: one with `str.find`, or very many in a time that does not grow with their product."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import islice

#: The positions of a text are sorted by this many characters, and longer needles are looked up in parts.
_PART = 32


def occurrences(needle: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield every index at which a needle occurs in a text, or in a part of it; occurrences may overlap."""
    while (start := text.find(needle, start, end)) >= 0:
        yield start
        start += 1


def count_one(needle: str, text: str) -> int:
    """Return the number of occurrences of a needle in a text: 0, 1, or 2 for two and more."""
    first = text.find(needle)
    if first < 0:
        return 0
    return 1 if text.find(needle, first + 1) < 0 else 2


def counter(text: str) -> Callable[[str], int]:
    """Return a function that counts very many needles as `count_one` does. No needle may be empty.

    The positions are sorted by the characters that follow, so all positions of a part of a needle are side by side.
    """
    positions = sorted(range(len(text)), key=lambda start: text[start : start + _PART])

    def indices(part: str) -> range:
        """Return where in `positions` those are at which a part of a needle occurs."""

        def beginning(start: int) -> str:
            return text[start : start + len(part)]

        first = bisect_left(positions, part, key=beginning)
        return range(first, bisect_right(positions, part, lo=first, key=beginning))

    def count(needle: str) -> int:
        offsets = (*range(0, len(needle) - _PART, _PART), max(len(needle) - _PART, 0))
        parts = [(indices(needle[offset : offset + _PART]), offset) for offset in offsets]
        rarest, offset = min(parts, key=lambda part: len(part[0]))
        if len(rarest) > len(text) // 64:  # then a search from end to end is as quick
            return count_one(needle, text)
        starts = (positions[index] - offset for index in rarest)
        # A negative start leaves too little of the text's end to match.
        return sum(1 for _ in islice((start for start in starts if text.startswith(needle, start)), 2))

    return count
