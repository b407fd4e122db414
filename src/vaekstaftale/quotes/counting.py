"""Counting very many needles in one text, in a time that does not grow with their product.

`str.find` searches for one needle at a time. That is right for the dozens of quotes of an honest file, but ten thousand
quotes and a source of half a megabyte would take minutes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

_LONGEST_GRAM = 32


def occurrences(needle: str, text: str) -> Iterator[int]:
    """Yield every index at which a needle occurs in a text; occurrences may overlap."""
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)


def count_one(needle: str, text: str) -> int:
    """Return the number of occurrences of a needle in a text: 0, 1, or 2 for two and more."""
    first = text.find(needle)
    if first < 0:
        return 0
    return 1 if text.find(needle, first + 1) < 0 else 2


def count_many(needles: Collection[str], text: str) -> dict[str, int]:
    """Return what `count_one` returns for each of very many needles, none of which is empty."""
    by_size: dict[int, list[str]] = defaultdict(list)
    for needle in needles:
        by_size[min(1 << len(needle).bit_length() - 1, _LONGEST_GRAM)].append(needle)
    counts: dict[str, int] = {}
    for size, of_size in by_size.items():
        counts |= _count_by_grams(of_size, text, size)
    return counts


def _count_by_grams(needles: list[str], text: str, size: int) -> dict[str, int]:
    """Count needles of at least `size` characters, looking only where the rarest gram of each occurs.

    A gram is a substring of `size` characters.
    """
    frequency = Counter(text[index : index + size] for index in range(len(text) - size + 1))
    rarest = {needle: _rarest_gram(needle, frequency, size) for needle in needles}
    too_many = len(text) // 64  # then a search from end to end is as quick
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
            counts[needle] = count_one(needle, text)
        else:
            counts[needle] = _count_at(needle, text, (place - at for place in places.get(gram, ())))
    return counts


def _rarest_gram(needle: str, frequency: Counter[str], size: int) -> int:
    """Return the index of the gram of a needle that is rarest in the text."""
    return min(range(len(needle) - size + 1), key=lambda index: frequency[needle[index : index + size]])


def _count_at(needle: str, text: str, starts: Iterator[int]) -> int:
    count = 0
    for start in starts:
        if text.startswith(needle, start):  # a negative start leaves too little of the text's end to match
            count += 1
            if count == 2:
                break
    return count
