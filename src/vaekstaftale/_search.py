"""Counting many needles in one text, in a time that does not grow with their product.

The standard library searches for one needle at a time, which is right for the dozens of quotes of an honest file;
ten thousand quotes and a source of half a megabyte would take it minutes. Packages that search for many needles at
once are compiled; this is only needed where somebody tries.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

#: Up to this many characters, needles times text, the standard library's search is quick enough.
_PLAIN_WORK = 50_000_000
_LONGEST_GRAM = 32


def occurrences(needle: str, text: str) -> Iterator[int]:
    """Give every index at which a needle stands in a text; occurrences may overlap."""
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)


def count_to_two(needles: Collection[str], text: str) -> dict[str, int]:
    """Count for each needle, not empty, its occurrences in a text: 0, 1, or 2 for two and more."""
    if len(needles) * len(text) <= _PLAIN_WORK:
        return {needle: _count_plainly(needle, text) for needle in needles}
    by_size: dict[int, list[str]] = defaultdict(list)
    for needle in needles:
        by_size[min(1 << len(needle).bit_length() - 1, _LONGEST_GRAM)].append(needle)
    counts: dict[str, int] = {}
    for size, some in by_size.items():
        counts |= _count_by_grams(some, text, size)
    return counts


def _count_plainly(needle: str, text: str) -> int:
    first = text.find(needle)
    if first < 0:
        return 0
    return 1 if text.find(needle, first + 1) < 0 else 2


def _count_by_grams(needles: list[str], text: str, size: int) -> dict[str, int]:
    """Count needles of at least `size` characters by looking only where their rarest gram of that size stands."""
    frequency = Counter(text[index : index + size] for index in range(len(text) - size + 1))
    rarest = {needle: _rarest_gram(needle, frequency, size) for needle in needles}
    too_many = len(text) // 64  # a search from end to end is then as quick
    wanted = {needle[at : at + size] for needle, at in rarest.items()}
    wanted = {gram for gram in wanted if 0 < frequency[gram] <= too_many}
    places: dict[str, list[int]] = defaultdict(list)
    for index in range(len(text) - size + 1):
        gram = text[index : index + size]
        if gram in wanted:
            places[gram].append(index)
    counts = {}
    for needle, at in rarest.items():
        gram = needle[at : at + size]
        if frequency[gram] > too_many:
            counts[needle] = _count_plainly(needle, text)
        else:
            counts[needle] = _count_at(needle, text, (place - at for place in places.get(gram, ())))
    return counts


def _rarest_gram(needle: str, frequency: Counter[str], size: int) -> int:
    return min(range(len(needle) - size + 1), key=lambda index: frequency[needle[index : index + size]])


def _count_at(needle: str, text: str, starts: Iterator[int]) -> int:
    count = 0
    for start in starts:
        if text.startswith(needle, start):  # before the text, a negative start leaves too little of its end to match
            count += 1
            if count == 2:
                break
    return count
