"""The source's own words for words that someone wrote, as a quote that occurs once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from attrs import evolve

from vaekstaftale.display import require, shown
from vaekstaftale.limits import MAX_CHECKED_OCCURRENCES, MAX_COMPARED_PLACES, MAX_END_LETTERS
from vaekstaftale.matching import normalized
from vaekstaftale.model.agreement import Agreement, require_agreement
from vaekstaftale.model.sources import Quote
from vaekstaftale.quotes.ambiguous import distinction
from vaekstaftale.quotes.differences import caution
from vaekstaftale.quotes.finding import occurrences
from vaekstaftale.quotes.folding import DASHES, QUOTATION_MARKS, is_inside_word
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.search import Search

#: How often more words around a quote are tried before it counts as ambiguous.
_MOST_ROUNDS = 10
#: The ratio of `difflib.SequenceMatcher` from which on words of a source may be those that were meant.
_NEAR = 0.9


class QuoteNotFound(ValueError):  # noqa: N818 - the public name states what is wrong
    """No words of a source are near enough to those that were given, or nothing distinguishes their places.

    `closest` are the closest words, or `None`. `to_check` says what to check before they are used; it may be empty.
    """

    def __init__(self, words: str, closest: str | None = None, *, to_check: str = "") -> None:
        self.words = words
        self.closest = closest
        self.to_check = to_check
        super().__init__(words, closest)

    def __str__(self) -> str:
        if self.closest == self.words:
            return f"{shown(self.words)} occurs in several places that nothing near distinguishes: give more words"
        hint = f"; did you mean {shown(self.closest)}?{self.to_check}" if self.closest else ""
        return f"{shown(self.words)} does not occur in a source{hint}"


def quote(words: str, agreement: Agreement, *, source: str | None = None) -> Quote:
    """Return the quote whose `exact` are the source's own words for some words.

    These are the words of the source that are equal, apart from white space, case, quotation marks and dashes, or else
    the closest match, if the ratio of `difflib.SequenceMatcher` is at least 0.9, and numbers, names and negations are
    equal. "…" or "..." stands for any words: `"kampagnen skal … affaldsplan."` is the shortest stretch that begins and
    ends so.

    `exact` begins and ends where words of the source do. If it occurs in several places, it is the first one, and
    `prefix` or `suffix`, whichever is shorter, distinguishes it. `source` limits the search to one source, and is set
    where several have text.

    Raises `QuoteNotFound` if there are no such words, and `ValueError` if there is no such source with a text.
    """
    require(words, str, "words")
    require_agreement(agreement)
    search = Search(agreement)
    texts = [one.id for one in search.candidates(source) if one.text is not None]
    if not texts:
        wanted = "source" if source is None else f"source {shown(source)}"
        raise ValueError(f"there is no {wanted} with a text")
    if not normalized(words):
        raise QuoteNotFound(words)
    return quote_in(words, search, source)


def quote_in(words: str, search: Search, source: str | None) -> Quote:
    """Return the quote for some words, as `quote` does, in sources that have been searched before."""
    for place in _equal(words, search, source):
        return quote_of(place, search)
    wanted = Quote(exact=normalized(words), source=source)
    closest = search.closest(wanted)
    if closest is None:
        raise QuoteNotFound(words)
    exact, place = closest.exact, closest.place
    if exact is None:  # the words begin or end inside a word
        exact = search.whole_words(wanted)
        place = next(_equal(exact or "", search, source), place)
    to_check = "" if exact is None else caution(wanted.exact, exact)
    if exact is None or to_check or _ratio(_folded(wanted.exact), _folded(exact)) < _NEAR:
        raise QuoteNotFound(words, exact, to_check=to_check)
    return quote_of(place, search)


def quote_of(place: Place, search: Search) -> Quote:
    """Return the quote of the words at a place, with what makes it unambiguous.

    Raises `QuoteNotFound` if nothing near the place does.
    """
    source = place.source if len([one for one in search.candidates(None) if one.text is not None]) > 1 else None
    exact = normalized(place.text)
    found = Quote(exact=exact, source=source)
    others: list[Place] = []
    for _ in range(_MOST_ROUNDS):
        if search.look_up(found, place.source).most == 1:
            break
        # Words that distinguish the place from some of the others may not do so from the rest.
        inside = evolve(found, source=place.source)
        others += islice(search.places(inside, MAX_COMPARED_PLACES), MAX_COMPARED_PLACES)
        around = distinction(place, others)
        if around is None:
            break
        found = Quote(exact=exact, source=source, **dict([around]))
    if not search.is_once_in_whole_words(found):
        raise QuoteNotFound(exact, exact)
    return found


#: Characters that are as good as equal for someone who writes words from a page.
_ALIKE = str.maketrans(dict.fromkeys(QUOTATION_MARKS, "'") | dict.fromkeys(DASHES, "-"))


def _folded(text: str) -> str:
    """Return a text without regard to case, quotation marks and dashes, with as many characters as before."""
    text = text.translate(_ALIKE)
    lower = text.casefold()
    if len(lower) == len(text):
        return lower
    return "".join(lower if len(lower := one.casefold()) == 1 else one for one in text)


def _equal(words: str, search: Search, source: str | None) -> Iterator[Place]:
    """Yield the first place in each source where words are equal; for an ellipsis, the shortest stretch."""
    whole = _folded(normalized(words))
    parts = list(filter(None, (_folded(normalized(part)) for part in re.split(r"…|[.]{3,}", words))))
    for needles in ([whole], parts if len(parts) > 1 else []):
        for one, text in search.folded_texts(source) if needles else ():
            folded = text.folded
            span = min(_stretches(needles, _folded(folded), folded), key=lambda span: span[1] - span[0], default=None)
            if span is not None:
                yield Place(one.id, *text.original(*span), text.text)


def _stretches(needles: list[str], text: str, words: str) -> Iterable[tuple[int, int]]:
    """Yield the spans of whole words that begin with the first needle and end with the last one, all in order."""
    first, *others = needles
    starts = (start for start in occurrences(first, text) if not is_inside_word(words, start))
    for start in islice(starts, MAX_CHECKED_OCCURRENCES):
        end: int | None = start + len(first)
        for other in others:
            end = _end(other, text, words, end or 0)
            if end is None:
                return
        if end is not None and not is_inside_word(words, end):
            yield start, end


def _end(needle: str, text: str, words: str, begin: int) -> int | None:
    """Return the end of the first occurrence of a needle, in whole words, after a position; `None` without one."""
    for start in islice(occurrences(needle, text, begin), MAX_CHECKED_OCCURRENCES):
        if not is_inside_word(words, start + len(needle)) and not is_inside_word(words, start):
            return start + len(needle)
    return None


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher  # noqa: PLC0415 - only needed where something differs

    is_long = max(len(one), len(other)) > 4 * MAX_END_LETTERS
    some, others = (one.split(), other.split()) if is_long else (one, other)
    return SequenceMatcher(None, some, others, autojunk=False).ratio()
