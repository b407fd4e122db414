"""The closest match of some words in a text.

It shows what was meant by an author who fixed a typing error or left out a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from vaekstaftale.limits import LARGE_TEXT, MAX_CLOSEST_LENGTH, MAX_EQUAL_WORDS, MAX_WORD_LENGTH
from vaekstaftale.quotes.counting import occurrences

#: A match must be more similar than this: half of the words must be equal.
_MIN_SIMILARITY = 0.499

#: Of longer texts, in characters, only what differs is shown, with this many words around it.
_LONG, _CONTEXT = 120, 4

_WORD = re.compile(r"\S+")


def closest_span(words: str, text: str) -> tuple[int, int] | None:
    """Return start and end of the closest match of some words in a text, or `None` if less than half is equal.

    Both are folded texts. Where pieces of the words occur in the text decides where to look. There, the words are
    compared one by one, ignoring case and punctuation.
    """
    words = words[:MAX_CLOSEST_LENGTH]
    text_lower = text.lower()
    if len(text_lower) != len(text):
        text_lower = text  # the lower case of a rare letter is longer, and the offsets would not match
    slack = len(words) // 4 + 20
    wanted = [_bare(word) for word in words.split()]
    best = _Run(_MIN_SIMILARITY, 0, 0)
    for shift in _shifts(words.lower(), text_lower):
        start = text.rfind(" ", 0, max(shift - slack, 0) + 1) + 1  # where a word begins
        found = list(_WORD.finditer(text, start, shift + len(words) + slack))
        best = max(best, _best_run(wanted, found), key=lambda run: run.similarity)
    return _without_punctuation(words, text, best.start, best.end) if best.end else None


class _Run(NamedTuple):
    """A run of words in the text, and how similar it is to the words looked for, from 0 to 1."""

    similarity: float
    start: int
    end: int


def _shifts(words: str, text: str) -> list[int]:
    """Return the likeliest positions in the text at which the words begin: where most of their pieces occur."""
    size = max(3, min(16, len(words) // 4))
    count, most_places = (24, 8) if len(text) < LARGE_TEXT else (6, 3)
    step = max(1, (len(words) - size) // count)
    shifts = [
        place - offset
        for offset in range(0, len(words) - size + 1, step)
        for place in islice(occurrences(words[offset : offset + size], text), most_places)
    ]
    shifts.sort()
    near = len(words) // 4 + 10
    votes = {shift: bisect_right(shifts, shift + near) - bisect_left(shifts, shift - near) for shift in shifts}
    likeliest: list[int] = []
    for shift in sorted(votes, key=votes.__getitem__, reverse=True):
        if len(likeliest) < most_places and all(abs(shift - other) > near for other in likeliest):
            likeliest.append(shift)
    return likeliest


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).lower() or word


def _best_run(wanted: Sequence[str], found: Sequence[re.Match[str]]) -> _Run:
    """Return the run of found words that is most similar to the wanted ones."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only needed where something is wrong

    words = [_bare(word.group()) for word in found]
    if len(wanted) == 1:
        [letters] = wanted
        similar = (
            (SequenceMatcher(None, letters, word).ratio(), *place.span())
            for place, word in zip(found, words, strict=True)
            if max(len(letters), len(word)) <= MAX_WORD_LENGTH
        )
        return max((_Run(*one) for one in similar), default=_Run(0, 0, 0))
    frequency = Counter(words)
    if sum(frequency[word] for word in wanted) > MAX_EQUAL_WORDS * len(wanted):
        return _Run(0, 0, 0)
    *blocks, _ = SequenceMatcher(None, wanted, words, autojunk=False).get_matching_blocks()  # the last one is empty
    if not blocks:
        return _Run(0, 0, 0)
    first, last = blocks[0], blocks[-1]
    start = max(first.b - first.a, 0)
    end = min(last.b + len(wanted) - last.a, len(found))
    matched = sum(block.size for block in blocks)
    return _Run(matched / max(len(wanted), end - start), found[start].start(), found[end - 1].end())


def _without_punctuation(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without punctuation at those ends where the words looked for have none."""
    while words[-1].isalnum() and not text[end - 1].isalnum() and end - start > 1:
        end -= 1
    while words[0].isalnum() and not text[start].isalnum() and end - start > 1:
        start += 1
    return start, end


def differing(words: str, others: str) -> str:
    """Return the words. From long ones, cut what both ends share with `others`, except a few words of context."""
    mine, theirs = words.split(), others.split()
    first = max(_equal(mine, theirs) - _CONTEXT, 0)
    last = min(len(mine) - _equal(mine[::-1], theirs[::-1]) + _CONTEXT, len(mine))
    if len(words) <= _LONG or first >= last:
        return words
    return ("… " if first else "") + " ".join(mine[first:last]) + (" …" if last < len(mine) else "")


def _equal(some: Sequence[str], others: Sequence[str]) -> int:
    """Return the number of words that are equal from the first one on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))
