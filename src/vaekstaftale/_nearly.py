"""Where in a text some words nearly stand: the slip of a careful author, a typing error mended or a word left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from difflib import SequenceMatcher
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NamedTuple

from vaekstaftale._search import occurrences
from vaekstaftale.names import LONGEST_WORD

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Of longer words than these characters, the beginning decides.
_LONGEST = 1_000
#: In a text of more characters, fewer pieces and fewer places are looked at.
_LARGE = 50_000
#: Half of the words alike will do.
_LEAST_LIKENESS = 0.499

#: Longer words are told by what differs in them, with so many words around it.
_LONG, _CONTEXT = 120, 4

#: Where every word stands so often on the average, words say nothing, and comparing them would be slow.
_MOST_PAIRS = 20

_WORD = re.compile(r"\S+")


def nearly(words: str, text: str) -> tuple[int, int] | None:
    """Find where the words nearly stand: start and end in the text, at least half of the words alike; or `None`.

    Both are folded texts. Pieces of the words that stand in the text tell about where to look; there, the words are
    compared one by one, case and punctuation aside.
    """
    words = words[:_LONGEST]
    text_lower = text.lower()
    if len(text_lower) != len(text):
        text_lower = text  # a rare letter grows when it is made small, and the offsets would not fit
    slack = len(words) // 4 + 20
    wanted = [_bare(word) for word in words.split()]
    best = _Run(_LEAST_LIKENESS, 0, 0)
    for shift in _shifts(words.lower(), text_lower):
        start = _word_start(text, max(shift - slack, 0))
        found = list(_WORD.finditer(text, start, min(shift + len(words) + slack, len(text))))
        best = max(best, _best_run(wanted, found), key=lambda run: run.likeness)
    return _as_bare_as(words, text, best.start, best.end) if best.end else None


class _Run(NamedTuple):
    """A run of words in the text, and how far it is what is looked for, from 0 to 1."""

    likeness: float
    start: int
    end: int


def _shifts(words: str, text: str) -> list[int]:
    """Tell how far into the text the words may begin, by where most of their pieces stand: the likeliest few."""
    size = max(3, min(16, len(words) // 4))
    count, most_places = (24, 8) if len(text) < _LARGE else (6, 3)
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


def _word_start(text: str, index: int) -> int:
    return text.rfind(" ", 0, index + 1) + 1


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).lower() or word


def _best_run(wanted: Sequence[str], found: Sequence[re.Match[str]]) -> _Run:
    """Choose the run of found words that the wanted ones stand for."""
    words = [_bare(word.group()) for word in found]
    if len(wanted) == 1:
        [letters] = wanted
        alike = (
            (SequenceMatcher(None, letters, word).ratio(), *place.span())
            for place, word in zip(found, words, strict=True)
            if max(len(letters), len(word)) <= LONGEST_WORD
        )
        return max((_Run(*one) for one in alike), default=_Run(0, 0, 0))
    frequency = Counter(words)
    if sum(frequency[word] for word in wanted) > _MOST_PAIRS * len(wanted):
        return _Run(0, 0, 0)
    matcher = SequenceMatcher(None, wanted, words, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return _Run(0, 0, 0)
    first, last = blocks[0], blocks[-1]
    start = max(first.b - first.a, 0)
    end = min(last.b + len(wanted) - last.a, len(found))
    matched = sum(block.size for block in blocks)
    return _Run(matched / max(len(wanted), end - start), found[start].start(), found[end - 1].end())


def _as_bare_as(words: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out punctuation at the ends where the words that are looked for have none."""
    while words[-1].isalnum() and not text[end - 1].isalnum() and end - start > 1:
        end -= 1
    while words[0].isalnum() and not text[start].isalnum() and end - start > 1:
        start += 1
    return start, end


def differing(words: str, others: str) -> str:
    """Cut from long words what they have in common with others, at both ends, but for some words of context."""
    mine, theirs = words.split(), others.split()
    first = max(_alike(mine, theirs) - _CONTEXT, 0)
    last = min(len(mine) - _alike(mine[::-1], theirs[::-1]) + _CONTEXT, len(mine))
    if len(words) <= _LONG or first >= last:
        return words
    return ("… " if first else "") + " ".join(mine[first:last]) + (" …" if last < len(mine) else "")


def _alike(some: Sequence[str], others: Sequence[str]) -> int:
    """Count the words that are the same from the first one on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))
