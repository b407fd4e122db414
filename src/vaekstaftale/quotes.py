"""Where the words of a quote stand in a source, and which words of a source no quote accounts for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cache, cached_property, partial
from heapq import merge
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import combining, decomposition, normalize

from attrs import frozen

from vaekstaftale._nearly import nearly
from vaekstaftale._search import count_to_two, occurrences
from vaekstaftale.names import nfc
from vaekstaftale.paths import every_quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from vaekstaftale.model import Agreement, Quote, Source


@frozen
class Place:
    """Where the words of a quote stand in a source."""

    #: Id of the source.
    source: str
    #: Index of the first code point in `Source.text`.
    start: int
    #: Index after the last code point.
    end: int


@frozen
class Stretch:
    """Words of a source that no quote accounts for."""

    #: Id of the source.
    source: str
    #: Index of the first code point in `Source.text`.
    start: int
    #: Index after the last code point.
    end: int
    #: The words: `Source.text[start:end]`.
    text: str


def find(quote: Quote, agreement: Agreement) -> tuple[Place, ...]:
    """Find every place where a quote stands in the agreement's sources.

    Letters, case and punctuation must match, after Unicode NFC and with every run of white space as one space.
    `prefix` and `suffix`, if given, must stand directly before and after. Places may overlap; they come in the
    order of the sources and of the text. The words may come from the source that the quote names, or else from
    every source that carries text.
    """
    return tuple(Search(agreement).places(quote))


def unquoted(agreement: Agreement) -> tuple[Stretch, ...]:
    """Tell which words of the sources no quote accounts for, neither at its only place nor at any of several.

    Only `exact` accounts for words. Stretches are trimmed; those without a letter or a digit are left out.
    """
    return unquoted_by(Search(agreement), agreement)


def unquoted_by(search: Search, agreement: Agreement) -> tuple[Stretch, ...]:
    """Do what `unquoted` does, with a search through the sources of the agreement that is at hand."""
    quotes = dict.fromkeys(quote for _, quote in every_quote(agreement))
    counts = search.count_to_two(quotes)
    covered: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for quote in quotes:
        for place in search.covered(quote) if counts[quote] else ():
            covered[place.source].add((place.start, place.end))
    return tuple(
        stretch
        for source in agreement.sources
        if source.text is not None
        for stretch in _gaps(source.id, source.text, sorted(covered[source.id]))
    )


def _gaps(source: str, text: str, covered: list[tuple[int, int]]) -> Iterator[Stretch]:
    position = 0
    for start, end in (*covered, (len(text), len(text))):
        gap = text[position:start]
        if any(map(str.isalnum, gap)):
            first = position + len(gap) - len(gap.lstrip())
            words = gap.strip()
            yield Stretch(source=source, start=first, end=first + len(words), text=words)
        position = max(position, end)


class NearPlace(NamedTuple):
    """Where words stand that are nearly those of a quote."""

    source: str
    #: 1-based line of the source's text.
    line: int
    #: The words there; `None` if `exact` itself stands there, and only the words around it differ.
    text: str | None


class _Joined:
    """Folded texts, one after the other. They have no line feeds, so nothing is found across two of them."""

    def __init__(self, texts: Sequence[tuple[str, FoldedText]]) -> None:
        self._texts = texts
        self.text = "\n".join(text.folded for _, text in texts)
        #: Where in the whole the next text begins.
        self.ends = list(accumulate(len(text.folded) + 1 for _, text in texts))

    def place(self, start: int, end: int) -> Place:
        """Turn a stretch of one of the texts into the place in its source."""
        index = bisect_right(self.ends, start)
        source, text = self._texts[index]
        begin = self.ends[index - 1] if index else 0
        first, last = text.original(start - begin, end - begin)
        return Place(source=source, start=first, end=last)

    def first_in_each(self, needle: str, most: int) -> Iterator[int]:
        """Give the first few indices at which a needle stands in each of the texts."""
        current, count = -1, 0
        start = self.text.find(needle)
        while start >= 0:
            index = bisect_right(self.ends, start)
            current, count = index, count + 1 if index == current else 1
            if count > most:
                start = self.text.find(needle, self.ends[index])
            else:
                yield start
                start = self.text.find(needle, start + 1)


class Search:
    """A search through the sources of one agreement, each of them prepared once."""

    def __init__(self, agreement: Agreement) -> None:
        self._texts: dict[str, FoldedText] = {}
        self._all: dict[str | None, _Joined] = {}
        self._candidates: dict[str | None, list[Source]] = defaultdict(list)
        for source in agreement.sources:
            self._candidates[source.id].append(source)
            if source.text is not None:
                self._candidates[None].append(source)

    def candidates(self, source: str | None) -> list[Source]:
        """Give the sources that words may come from: the one that the quote names, or else all that carry text."""
        return self._candidates.get(source, [])

    def places(self, quote: Quote) -> Iterator[Place]:
        """Give every place of a quote, in the order of the sources and of the text."""
        joined = self._joined(quote.source)
        length = len(fold_text(quote.exact))
        for start in _starts(quote, joined.text):
            yield joined.place(start, start + length)

    def first_places(self, quote: Quote, most: int) -> Iterator[Place]:
        """Give at least the first few places of a quote in each source, if it has so many, and few more."""
        joined = self._joined(quote.source)
        length = len(fold_text(quote.exact))
        for start in _merged(quote, partial(joined.first_in_each, most=most)):
            yield joined.place(start, start + length)

    def covered(self, quote: Quote) -> Iterator[Place]:
        """Give all words that the places of a quote cover; places that touch one another are given as one.

        In a text of half a million equal letters, there would be as many places.
        """
        joined = self._joined(quote.source)
        length = len(fold_text(quote.exact))
        for needle, offset in needles(quote):
            for first, last in _touching(needle, joined.text, length):
                yield joined.place(first + offset, last + offset + length)

    def _joined(self, source: str | None) -> _Joined:
        if source not in self._all:
            self._all[source] = _Joined([(candidate.id, text) for candidate, text in self._folded(source)])
        return self._all[source]

    def count_to_two(self, quotes: Iterable[Quote]) -> dict[Quote, int]:
        """Count the places of each quote in the source where it has most: 0, 1, or 2 for two and more."""
        by_source: dict[str | None, dict[Quote, list[str]]] = defaultdict(dict)
        for quote in quotes:
            by_source[quote.source][quote] = [needle for needle, _ in needles(quote)]
        counts = {}
        for named, some in by_source.items():
            # A folded text has no line feeds, so nothing is found across two texts.
            texts = list(dict.fromkeys(text.folded for _, text in self._folded(named)))
            joined = "\n".join(texts)
            ends = list(accumulate(len(text) + 1 for text in texts))
            found = count_to_two({needle for forms in some.values() for needle in forms}, joined)
            for quote, forms in some.items():
                count = sum(found[needle] for needle in forms)
                several = count > 1 and (len(texts) == 1 or _twice_in_one(_starts(quote, joined), ends))
                counts[quote] = 2 if several else min(count, 1)
        return counts

    def nearly(self, quote: Quote) -> NearPlace | None:
        """Find where the words of a quote that has no place nearly stand, in the first source where they do."""
        exact = fold_text(quote.exact)
        for source, text in islice(self._folded(quote.source), 5):
            start = text.folded.find(exact)
            if start >= 0:
                return NearPlace(source.id, text.line(start), text=None)
            if found := nearly(exact, text.folded):
                first, last = text.original(*found)
                return NearPlace(source.id, text.line(found[0]), text.text[first:last])
        return None

    def _folded(self, source: str | None) -> Iterator[tuple[Source, FoldedText]]:
        for candidate in self.candidates(source):
            if candidate.text is not None:
                yield candidate, self.folded(candidate.text)

    def folded(self, text: str) -> FoldedText:
        """Give a source's text, ready to be searched."""
        if text not in self._texts:
            self._texts[text] = FoldedText(text)
        return self._texts[text]


def _starts(quote: Quote, folded: str) -> Iterator[int]:
    """Give where `exact` begins at each of a quote's places in a folded text, in order."""
    return _merged(quote, partial(occurrences, text=folded))


def _merged(quote: Quote, search: Callable[[str], Iterator[int]]) -> Iterator[int]:
    """Give where `exact` begins wherever a search finds one of the needles of a quote, in order."""

    def starts(needle: str, offset: int) -> Iterator[int]:
        return (start + offset for start in search(needle))

    return merge(*(starts(needle, offset) for needle, offset in needles(quote)))


def _touching(needle: str, text: str, length: int) -> Iterator[tuple[int, int]]:
    """Give the first and last index of each row of occurrences of which each begins within `length` of another."""
    first = text.find(needle)
    while first >= 0:
        last, following = first, first
        while following >= 0:
            last = following
            following = text.rfind(needle, last + 1, last + length + len(needle))
        yield first, last
        first = text.find(needle, last + 1)


def _twice_in_one(starts: Iterator[int], ends: list[int]) -> bool:
    """Tell whether two starts, in order, lie before the same end."""
    texts = (bisect_right(ends, start) for start in starts)
    return any(one == other for one, other in pairwise(texts))


def fold_text(text: str) -> str:
    """Put a text in Unicode NFC, with one space for each run of white space and none at the ends."""
    return " ".join(nfc(text).split())


def needles(quote: Quote) -> Iterator[tuple[str, int]]:
    """Give what stands in a folded text where a quote does, and how far into it `exact` begins.

    A space at the joints counts for nothing, so there may be one or none between `exact` and what is around it.
    """
    exact, prefix, suffix = (fold_text(words or "") for words in (quote.exact, quote.prefix, quote.suffix))
    for before in (prefix, prefix + " ") if prefix else ("",):
        for after in (suffix, " " + suffix) if suffix else ("",):
            yield before + exact + after, len(before)


class _Piece(NamedTuple):
    """A stretch of a folded text and the stretch of the original that it comes from."""

    start: int
    original_start: int
    original_end: int
    #: Whether the piece is the original, letter by letter.
    same: bool


class FoldedText:
    """A source's text as it is searched, with the way back to the original."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold_text(text)

    def line(self, start: int) -> int:
        """Tell in which line of the original, 1-based, a place of the folded text stands."""
        return self.text[: self._original_start(start)].count("\n") + 1

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Turn a stretch of the folded text, not empty, into the stretch of the original."""
        last = self._piece(end - 1)
        original_end = last.original_start + (end - last.start) if last.same else last.original_end
        return self._original_start(start), original_end

    def _original_start(self, start: int) -> int:
        first = self._piece(start)
        return first.original_start + (start - first.start if first.same else 0)

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
            for start, end in _segments(word):
                segment = self.text[start:end]
                composed = nfc(segment)
                pieces.append(_Piece(position, start, end, same=composed == segment))
                position += len(composed)
        return pieces


def _segments(word: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Split a word where the normal form of the whole is that of the parts, if it isn't in normal form."""
    text, start, stop = word.group(), word.start(), word.end()
    if nfc(text) == text:
        yield start, stop
        return
    for index in range(start + 1, stop):
        if _is_boundary(text[index - word.start()]):
            yield start, index
            start = index
    yield start, stop


@cache
def _is_boundary(character: str) -> bool:
    """Tell whether a character never joins with what stands before it (UAX 15, section 9.1)."""
    first = normalize("NFD", character)[0]
    return combining(first) == 0 and first not in _joining()


@cache
def _joining() -> frozenset[str]:
    """Give every character that can be the second half of a composed one."""
    hangul = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    pairs = (decomposition(chr(code)).split() for code in range(0xC0, 0x20000))
    return frozenset(hangul | {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"})
