"""Finding needles in a text: one with `str.find`, or very many in a time that does not grow with their product."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

#: The positions of a text are sorted by this many characters, and longer needles are looked up in parts.
_PART = 32


def occurrences(needle: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield every index at which a needle occurs in a text, or in a part of it; occurrences may overlap."""
    while (start := text.find(needle, start, end)) >= 0:
        yield start
        start += 1


def finder(text: str) -> Callable[[str], Iterator[int]]:
    """Return a function that yields every index at which a needle occurs, in any order. No needle may be empty.

    The positions are sorted by the characters that follow, so all positions of a part of a needle are side by side.
    """
    positions = sorted(range(len(text)), key=lambda start: text[start : start + _PART])

    def indices(part: str) -> range:
        """Return where in `positions` those are at which a part of a needle occurs."""

        def beginning(start: int) -> str:
            return text[start : start + len(part)]

        first = bisect_left(positions, part, key=beginning)
        return range(first, bisect_right(positions, part, lo=first, key=beginning))

    def find(needle: str) -> Iterator[int]:
        offsets = (*range(0, len(needle) - _PART, _PART), max(len(needle) - _PART, 0))
        parts = [(indices(needle[offset : offset + _PART]), offset) for offset in offsets]
        rarest, offset = min(parts, key=lambda part: len(part[0]))
        if len(rarest) > len(text) // 64:  # then a search from end to end is as quick
            return occurrences(needle, text)
        starts = (positions[index] - offset for index in rarest)
        # A negative start leaves too little of the text's end to match.
        return (start for start in starts if text.startswith(needle, start))

    return find
