"""Searching for quotes in the sources of an agreement."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from heapq import merge
from itertools import accumulate, islice
from typing import NamedTuple, cast

from attrs import field, frozen

from vaekstaftale.limits import MAX_CHECKED_OCCURRENCES, MAX_CLOSEST_SOURCES, MAX_PLAIN_SEARCH
from vaekstaftale.matching import normalized
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.paths import quotes_of
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.quotes.closest import Budget, Words, closest_match
from vaekstaftale.quotes.finding import finder, occurrences
from vaekstaftale.quotes.folding import FoldedText, is_inside_word


@frozen
class Place:
    """A stretch of a source's text, such as an occurrence of a quote, or words that are neither quoted nor skipped."""

    #: Id of the source.
    source: str
    #: Index of the first code point in `Source.text`.
    start: int
    #: Index after the last code point.
    end: int
    #: The whole text of the source.
    source_text: str = field(eq=False, repr=False)

    @property
    def text(self) -> str:
        """The source's own words: `Source.text[start:end]`."""
        return self.source_text[self.start : self.end]

    @property
    def line(self) -> int:
        """The 1-based line of `Source.text` on which the words begin."""
        return self.source_text.count("\n", 0, self.start) + 1

    def context(self, width: int = 60) -> tuple[str, str]:
        """Return the words before and after, at most `width` code points on each side, cut at word boundaries."""
        if type(width) is not int:
            raise TypeError(f"width must be a number of characters, not {type(width).__name__}")
        text = self.source_text
        # One more code point than asked for shows whether a word is cut. It is left out, with the rest of such a word.
        before, after = text[max(self.start - width - 1, 0) : self.start], text[self.end : self.end + width + 1]
        if self.start > width:
            before = re.sub(r"^(\s|\S+)", "", before)
        if self.end + width < len(text):
            after = re.sub(r"^(\s|\S+)", "", after[::-1])[::-1]
        return before, after


#: Another name of `Place`, for the results of `unquoted`.
Stretch = Place


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


def unquoted(agreement: Agreement) -> tuple[Place, ...]:
    """Return the words of the sources that are neither quoted nor skipped, at any occurrence of a quote.

    Only the `exact` words of a quote count, not `prefix` and `suffix`. The places are trimmed; those without a letter
    or a digit are left out.
    """
    if not isinstance(cast("object", agreement), Agreement):
        raise TypeError(f"expected an Agreement, not {type(agreement).__name__}")
    return Search(agreement).unquoted()


#: A number of occurrences that stands for all numbers above one.
_SEVERAL = 2


class Occurrences(NamedTuple):
    """What is known about the occurrences of a quote."""

    #: The most of them that are in one source: 0, 1, or 2 for two and more.
    most: int
    #: Whether every one of them begins or ends inside a word. False if there is none.
    cut_words: bool


class ClosestMatch(NamedTuple):
    """Where the words of a source come closest to a quote that does not occur."""

    place: Place
    #: The words there, in the form in which they are compared; `None` if `exact` itself occurs there, and only prefix
    #: or suffix differ.
    exact: str | None


class _Texts:
    """The folded texts of some sources, joined by line feeds: no folded text has one, so no match spans two texts."""

    def __init__(self, texts: Sequence[tuple[Source, FoldedText]]) -> None:
        self.texts = texts
        self.joined = "\n".join([text.folded for _, text in texts])

    @cached_property
    def find(self) -> Callable[[str], Iterator[int]]:
        """Finds needles in the joined texts, quickly for very many."""
        return finder(self.joined)

    @cached_property
    def _ends(self) -> list[int]:
        """The index at which the next text begins, for each text."""
        return list(accumulate([len(text.folded) + 1 for _, text in self.texts]))

    def place(self, start: int, end: int) -> Place:
        """Return the place in its source for a span of one of the texts."""
        index = self.index(start)
        source, text = self.texts[index]
        begin = self._ends[index - 1] if index else 0
        first, last = text.original(start - begin, end - begin)
        return Place(source.id, first, last, text.text)

    def starts(self, quote: Quote, most: int) -> Iterator[int]:
        """Yield where the words of a quote begin, in order: in each text the first `most`, and perhaps a few more."""
        return merge(*(self._starts(needle, offset, most) for needle, offset in _needles(quote)))

    def _starts(self, needle: str, offset: int, most: int) -> Iterator[int]:
        end = 0
        while (first := self.joined.find(needle, end)) >= 0:
            end = self._ends[self.index(first)]
            for start in islice(occurrences(needle, self.joined, first, end), most):
                yield start + offset

    def index(self, start: int) -> int:
        """Return the index of the text in which a position is."""
        return bisect_right(self._ends, start)


class Search:
    """A search through the sources of one agreement, whose texts are folded once."""

    def __init__(self, agreement: Agreement) -> None:
        self._agreement = agreement
        self._folded: dict[str, FoldedText] = {}
        self._texts: dict[str | None, _Texts] = {}
        self._words: dict[FoldedText, Words] = {}
        self._budget = Budget()
        #: The characters of texts in which needles were counted.
        self._searched = 0
        self._candidates: dict[str | None, list[Source]] = defaultdict(list)
        for source in agreement.sources:
            self._candidates[source.id].append(source)
            if source.text is not None:
                self._candidates[None].append(source)

    def candidates(self, source: str | None) -> list[Source]:
        """Return the candidate sources of a quote: the one that it names, or else all that have text."""
        return self._candidates.get(source, [])

    def has_whole_text(self, source: str | None) -> bool:
        """Return whether there are candidate sources of a quote, each with its whole text."""
        candidates = self.candidates(source)
        return bool(candidates) and all(one.text is not None and not one.excerpt for one in candidates)

    def look_up(self, quote: Quote) -> Occurrences:
        """Return how often a quote occurs in one source, and whether it is ever there in whole words."""
        texts = self._of(quote.source)
        exact = quote.exact
        if quote.prefix is None and quote.suffix is None and exact.isprintable() and exact[0] != " " != exact[-1]:
            # Words that occur in a folded text as they are, are folded.
            occurrences = self._count([(exact, 0)], len(exact), texts)
            if occurrences.most:
                return occurrences
        return self._count(_needles(quote), len(normalized(exact)), texts)

    def _count(self, needles: Iterable[tuple[str, int]], length: int, texts: _Texts) -> Occurrences:
        most, cut_words = 0, True
        seen: set[int] = set()
        for needle, offset in needles:
            for start in islice(self._find(needle, texts), MAX_CHECKED_OCCURRENCES):
                first = start + offset
                if cut_words:
                    cut_words = is_inside_word(texts.joined, first) or is_inside_word(texts.joined, first + length)
                if most < _SEVERAL:
                    index = texts.index(first) if len(texts.texts) > 1 else 0
                    most = _SEVERAL if index in seen else 1
                    seen.add(index)
                elif not cut_words:
                    break
        return Occurrences(most, most > 0 and cut_words)

    def _find(self, needle: str, texts: _Texts) -> Iterator[int]:
        self._searched += len(texts.joined)
        return occurrences(needle, texts.joined) if self._searched <= MAX_PLAIN_SEARCH else texts.find(needle)

    def places(self, quote: Quote, most: int = sys.maxsize) -> Iterator[Place]:
        """Yield the places of a quote in the order of the sources and of the text.

        If a source has more than `most`, the first `most` are yielded, and perhaps a few more.
        """
        texts = self._of(quote.source)
        length = len(normalized(quote.exact))
        for start in texts.starts(quote, most):
            yield texts.place(start, start + length)

    def covered(self, quote: Quote) -> Iterator[Place]:
        """Yield all words that the places of a quote cover; places that touch or overlap are joined.

        In a text of half a million equal letters, there would be as many places.
        """
        texts = self._of(quote.source)
        length = len(normalized(quote.exact))
        for needle, offset in _needles(quote):
            last = -1
            while (first := texts.joined.find(needle, last + 1)) >= 0:
                last = first
                while (following := texts.joined.rfind(needle, last + 1, last + length + len(needle))) >= 0:
                    last = following
                yield texts.place(first + offset, last + offset + length)

    def unquoted(self) -> tuple[Place, ...]:
        """Return the words of the sources that are neither quoted nor skipped."""
        covered: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for quote in dict.fromkeys(quote for _, quote in quotes_of(self._agreement)):
            for place in self.covered(quote) if self.look_up(quote).most else ():
                covered[place.source].add((place.start, place.end))
        return tuple(
            gap
            for source in self._agreement.sources
            if source.text is not None
            for gap in _gaps(source.id, source.text, sorted(covered[source.id]))
        )

    def whole_words(self, quote: Quote) -> str:
        """Return the first occurrence of a quote with the whole of the words that it cuts, as texts are compared."""
        joined = self._of(quote.source).joined
        start = next(self._of(quote.source).starts(quote, 1))
        end = start + len(normalized(quote.exact))
        while is_inside_word(joined, start):
            start -= 1
        while is_inside_word(joined, end):
            end += 1
        return joined[start:end]

    def closest(self, quote: Quote) -> ClosestMatch | None:
        """Return the closest match of a quote that does not occur, in the source that has the closest."""
        exact = normalized(quote.exact)
        best: tuple[int, ClosestMatch] | None = None
        for source, text in islice(self._of(quote.source).texts, MAX_CLOSEST_SOURCES):
            start = text.folded.find(exact)
            if start >= 0:
                place = Place(source.id, *text.original(start, start + len(exact)), text.text)
                return ClosestMatch(place, None)
            match = closest_match(exact, self._words_of(text), self._budget)
            if match is not None and (best is None or match.cost < best[0]):
                place = Place(source.id, *text.original(match.start, match.end), text.text)
                best = match.cost, ClosestMatch(place, text.folded[match.start : match.end])
        return best and best[1]

    def _words_of(self, text: FoldedText) -> Words:
        if text not in self._words:
            self._words[text] = Words(text.folded, text)
        return self._words[text]

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


def _gaps(source: str, text: str, covered: list[tuple[int, int]]) -> Iterator[Place]:
    position = 0
    for start, end in (*covered, (len(text), len(text))):
        words = text[position:start].strip()
        if any(map(str.isalnum, words)):
            first = text.index(words, position)
            yield Place(source, first, first + len(words), text)
        position = max(position, end)


def _needles(quote: Quote) -> Iterator[tuple[str, int]]:
    """Yield what occurs in a folded text where the quote does, and how far into it `exact` begins.

    A space between `prefix` and `exact`, or between `exact` and `suffix`, is ignored, so there may be one or none.
    """
    exact, prefix, suffix = (words and normalized(words) for words in (quote.exact, quote.prefix, quote.suffix))
    for before in (prefix, f"{prefix} ") if prefix else ("",):
        for after in (suffix, f" {suffix}") if suffix else ("",):
            yield f"{before}{exact}{after}", len(before)
