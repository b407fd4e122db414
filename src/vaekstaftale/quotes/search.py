"""Searching for quotes in the sources of an agreement."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import accumulate, islice, pairwise
from typing import NamedTuple, cast

from attrs import field, frozen

from vaekstaftale.limits import MAX_CLOSEST_SOURCES, MAX_COMPARED_OCCURRENCES, MAX_PLAIN_SEARCH
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.paths import quotes_of
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.quotes.closest import closest_span
from vaekstaftale.quotes.counting import count_many, count_one, occurrences
from vaekstaftale.quotes.folding import FoldedText, fold_text


@frozen
class Place:
    """An occurrence of a quote in a source."""

    #: Id of the source.
    source: str
    #: Index of the first code point in `Source.text`.
    start: int
    #: Index after the last code point.
    end: int
    _source_text: str = field(default="", eq=False, repr=False, kw_only=True)

    @property
    def text(self) -> str:
        """The source's own words."""
        return self._source_text[self.start : self.end]

    @property
    def line(self) -> int:
        """The 1-based line of `Source.text` on which the words begin."""
        return self._source_text.count("\n", 0, self.start) + 1

    def context(self, agreement: Agreement, width: int = 60) -> tuple[str, str]:
        """Return the words before and after, at most `width` code points on each side, cut at word boundaries."""
        if not isinstance(cast("object", agreement), Agreement):
            raise TypeError(f"expected the Agreement that has the source, not {type(agreement).__name__}")
        text = agreement.source(self.source).text or ""
        before, after = text[max(self.start - width, 0) : self.start], text[self.end : self.end + width]
        if self.start > width and not text[self.start - width - 1].isspace():
            before = before[_first_space(before) :]
        if self.end + width < len(text) and not text[self.end + width].isspace():
            after = after[: len(after) - _first_space(after[::-1])]
        return before, after


def _first_space(text: str) -> int:
    """Return the index of the first white space, or the length."""
    return next((index for index, character in enumerate(text) if character.isspace()), len(text))


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
    """Return every occurrence of a quote in the agreement's sources, in the order of the sources and of the text.

    Letters, case and punctuation must match, after Unicode NFC and with one space for each run of white space.
    `prefix` and `suffix`, if given, must be directly before and after. Occurrences may overlap. The words may come from
    the source that the quote names, or else from every source that has text. The file format, "Quote", states these
    rules.
    """
    if not isinstance(cast("object", quote), Quote) or not isinstance(cast("object", agreement), Agreement):
        raise TypeError(f"expected a Quote and an Agreement, not {type(quote).__name__} and {type(agreement).__name__}")
    return tuple(Search(agreement).places(quote))


def unquoted(agreement: Agreement) -> tuple[Stretch, ...]:
    """Return the words of the sources that no quote accounts for, at any of its occurrences.

    Only `exact` accounts for words. Stretches are trimmed; those without a letter or a digit are left out.
    """
    return Search(agreement).unquoted()


class ClosestMatch(NamedTuple):
    """Where the words of a source come closest to a quote that does not occur."""

    source: str
    #: 1-based line of the source's text.
    line: int
    #: The words there; `None` if `exact` itself occurs there, and only prefix or suffix differ.
    text: str | None


class _Texts:
    """The folded texts of some sources, joined by line feeds: no folded text has one, so no match spans two texts."""

    def __init__(self, texts: Sequence[tuple[Source, FoldedText]]) -> None:
        self.texts = texts
        self.joined = "\n".join([text.folded for _, text in texts])
        #: The index at which the next text begins, for each text.
        self._ends = list(accumulate([len(text.folded) + 1 for _, text in texts]))

    def index(self, start: int) -> int:
        """Return the index of the text in which a position is."""
        return bisect_right(self._ends, start)

    def place(self, start: int, end: int) -> Place:
        """Return the place in its source for a span of one of the texts."""
        index = self.index(start)
        source, text = self.texts[index]
        begin = self._ends[index - 1] if index else 0
        first, last = text.original(start - begin, end - begin)
        return Place(source=source.id, start=first, end=last, source_text=text.text)

    def first_in_each(self, needle: str, most: int) -> Iterator[int]:
        """Yield the first `most` positions at which a needle occurs in each of the texts."""
        current, count = -1, 0
        start = self.joined.find(needle)
        while start >= 0:
            index = self.index(start)
            current, count = index, count + 1 if index == current else 1
            if count > most:
                start = self.joined.find(needle, self._ends[index])
            else:
                yield start
                start = self.joined.find(needle, start + 1)


class Search:
    """A search through the sources of one agreement, whose texts are folded once."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._folded: dict[str, FoldedText] = {}
        self._texts: dict[str | None, _Texts] = {}
        self._candidates: dict[str | None, list[Source]] = defaultdict(list)
        for source in agreement.sources:
            self._candidates[source.id].append(source)
            if source.text is not None:
                self._candidates[None].append(source)

    def candidates(self, source: str | None) -> list[Source]:
        """Return the candidate sources of a quote: the one that it names, or else all that have text."""
        return self._candidates.get(source, [])

    def counts(self, quotes: Sequence[Quote]) -> list[int]:
        """Return for each quote the most occurrences in one source: 0, 1, or 2 for two and more."""
        if self._is_plain_search(quotes):
            return [self._count(quote) for quote in quotes]
        by_source: dict[str | None, list[int]] = defaultdict(list)
        for index, quote in enumerate(quotes):
            by_source[quote.source].append(index)
        counts = [0] * len(quotes)
        for source, indices in by_source.items():
            texts = self._of(source)
            needles = {index: [needle for needle, _ in _needles(quotes[index])] for index in indices}
            # Equal texts are searched once. Whether two occurrences are in one source is looked at afterwards.
            distinct = "\n".join(dict.fromkeys(text.folded for _, text in texts.texts))
            found = count_many({needle for forms in needles.values() for needle in forms}, distinct)
            for index, forms in needles.items():
                count = min(sum(found[needle] for needle in forms), 2)
                counts[index] = 1 if count == 2 and not _is_repeated(quotes[index], texts) else count
        return counts

    def _is_plain_search(self, quotes: Sequence[Quote]) -> bool:
        """Return whether searching for each quote by itself is within the limit."""
        most = 4 * len(quotes) * sum([len(source.text or "") for source in self._agreement.sources])
        if most <= MAX_PLAIN_SEARCH:
            return True
        return sum(len(self._of(quote.source).joined) * _needle_count(quote) for quote in quotes) <= MAX_PLAIN_SEARCH

    def _count(self, quote: Quote) -> int:
        texts = self._of(quote.source)
        exact, count = quote.exact, 0
        if quote.prefix is None and quote.suffix is None and exact.isprintable() and exact[0] != " " != exact[-1]:
            count = count_one(exact, texts.joined)  # words that occur in a folded text as they are, are folded
        if not count:
            count = min(sum(count_one(needle, texts.joined) for needle, _ in _needles(quote)), 2)
        return 1 if count == 2 and not _is_repeated(quote, texts) else count

    def places(self, quote: Quote) -> Iterator[Place]:
        """Yield every place of a quote, in the order of the sources and of the text."""
        texts = self._of(quote.source)
        length = len(fold_text(quote.exact))
        for start in _starts(quote, texts):
            yield texts.place(start, start + length)

    def first_places(self, quote: Quote, most: int) -> Iterator[Place]:
        """Yield at least the first `most` places of a quote in each source, if there are as many, and few more."""
        texts = self._of(quote.source)
        length = len(fold_text(quote.exact))
        for start in _merged(quote, partial(texts.first_in_each, most=most)):
            yield texts.place(start, start + length)

    def covered(self, quote: Quote) -> Iterator[Place]:
        """Yield all words that the places of a quote cover; places that touch or overlap are joined.

        In a text of half a million equal letters, there would be as many places.
        """
        texts = self._of(quote.source)
        length = len(fold_text(quote.exact))
        for needle, offset in _needles(quote):
            for first, last in _touching(needle, texts.joined, length):
                yield texts.place(first + offset, last + offset + length)

    def unquoted(self) -> tuple[Stretch, ...]:
        """Return the words of the sources that no quote of the agreement accounts for."""
        quotes = list(dict.fromkeys(quote for _, quote in quotes_of(self._agreement)))
        covered: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for quote, count in zip(quotes, self.counts(quotes), strict=True):
            for place in self.covered(quote) if count else ():
                covered[place.source].add((place.start, place.end))
        return tuple(
            stretch
            for source in self._agreement.sources
            if source.text is not None
            for stretch in _gaps(source.id, source.text, sorted(covered[source.id]))
        )

    def closest(self, quote: Quote) -> ClosestMatch | None:
        """Return the closest match of a quote that does not occur, in the first source that has one."""
        exact = fold_text(quote.exact)
        for source, text in islice(self._of(quote.source).texts, MAX_CLOSEST_SOURCES):
            start = text.folded.find(exact)
            if start >= 0:
                return ClosestMatch(source.id, text.line(start), text=None)
            if found := closest_span(exact, text.folded):
                first, last = text.original(*found)
                return ClosestMatch(source.id, text.line(found[0]), text.text[first:last])
        return None

    def _of(self, source: str | None) -> _Texts:
        """Return the folded texts of the candidate sources."""
        found = self._texts.get(source)
        if found is None:
            candidates = [(one, one.text) for one in self.candidates(source) if one.text is not None]
            found = self._texts[source] = _Texts([(one, self._fold(text)) for one, text in candidates])
        return found

    def _fold(self, text: str) -> FoldedText:
        if text not in self._folded:
            self._folded[text] = FoldedText(text)
        return self._folded[text]


def _gaps(source: str, text: str, covered: list[tuple[int, int]]) -> Iterator[Stretch]:
    position = 0
    for start, end in (*covered, (len(text), len(text))):
        gap = text[position:start]
        if any(map(str.isalnum, gap)):
            first = position + len(gap) - len(gap.lstrip())
            words = gap.strip()
            yield Stretch(source=source, start=first, end=first + len(words), text=words)
        position = max(position, end)


def _needle_count(quote: Quote) -> int:
    return (2 if quote.prefix else 1) * (2 if quote.suffix else 1)


def _needles(quote: Quote) -> Iterator[tuple[str, int]]:
    """Yield what occurs in a folded text where the quote does, and how far into it `exact` begins.

    A space between `prefix` and `exact`, or between `exact` and `suffix`, is ignored, so there may be one or none.
    """
    exact, prefix, suffix = (words and fold_text(words) for words in (quote.exact, quote.prefix, quote.suffix))
    for before in (prefix, f"{prefix} ") if prefix else ("",):
        for after in (suffix, f" {suffix}") if suffix else ("",):
            yield f"{before}{exact}{after}", len(before)


def _starts(quote: Quote, texts: _Texts) -> Iterator[int]:
    """Yield where `exact` begins at each occurrence of a quote in some texts, in order."""
    return _merged(quote, partial(occurrences, text=texts.joined))


def _merged(quote: Quote, search: Callable[[str], Iterator[int]]) -> Iterator[int]:
    """Yield where `exact` begins wherever a search finds one of the needles of a quote, in order."""

    def starts(needle: str, offset: int) -> Iterator[int]:
        return (start + offset for start in search(needle))

    return merge(*(starts(needle, offset) for needle, offset in _needles(quote)))


def _is_repeated(quote: Quote, texts: _Texts) -> bool:
    """Return whether two of the first occurrences of a quote are in one source."""
    if len(texts.texts) == 1:
        return True
    first = islice(_starts(quote, texts), MAX_COMPARED_OCCURRENCES)
    return any(one == other for one, other in pairwise(map(texts.index, first)))


def _touching(needle: str, text: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of each run of occurrences that each begin within `length` of the one before."""
    first = text.find(needle)
    while first >= 0:
        last, following = first, first
        while following >= 0:
            last = following
            following = text.rfind(needle, last + 1, last + length + len(needle))
        yield first, last
        first = text.find(needle, last + 1)
