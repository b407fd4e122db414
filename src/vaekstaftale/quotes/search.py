"""Searching for quotes in the sources of an agreement."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from heapq import merge
from itertools import accumulate, groupby, islice
from typing import NamedTuple

from vaekstaftale.display import require
from vaekstaftale.limits import (
    MAX_CHECKED_IN_ALL,
    MAX_CHECKED_OCCURRENCES,
    MAX_CLOSEST_SOURCES,
    MAX_PLAIN_SEARCH,
    MAX_WORD_LENGTH,
)
from vaekstaftale.matching import normalized
from vaekstaftale.model.agreement import Agreement, require_agreement
from vaekstaftale.model.paths import quotes_by_part, quotes_of
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.quotes.closest import Budget, Words, closest_match
from vaekstaftale.quotes.finding import finder, occurrences
from vaekstaftale.quotes.folding import FoldedText, is_inside_word
from vaekstaftale.quotes.place import Place


def find(quote: Quote, agreement: Agreement) -> tuple[Place, ...]:
    """Return every occurrence of a quote in the agreement's sources, in the order of the sources and of the text.

    Letters, case and punctuation must match, after Unicode NFC and with one space for each run of white space.
    `prefix` and `suffix`, if given, must be directly before and after. Occurrences may overlap. The words may come from
    the source that the quote names, or else from every source that has text. The file format, "Quote", states these
    rules.
    """
    require(quote, Quote, "quote", "; for words, use Quote(exact=words)")
    require_agreement(agreement)
    return tuple(Search(agreement).places(quote))


def unquoted(agreement: Agreement) -> tuple[Place, ...]:
    """Return the words of the sources that are neither quoted nor skipped, at any occurrence of a quote.

    Only the `exact` words of a quote count, not `prefix` and `suffix`. The places are trimmed; those without a letter
    or a digit are left out.
    """
    return Search(require_agreement(agreement)).unquoted()


def count_found(agreement: Agreement) -> tuple[int, int]:
    """Return how many quotes occur in a source, and how many there are. Skipped words are not counted."""
    return Search(agreement).count_found()


#: A number of occurrences that stands for all numbers above one.
_SEVERAL = 2
#: So many occurrences of a quote are looked at first, and after `MAX_CHECKED_IN_ALL` only these.
_MANY = 10


class Occurrences(NamedTuple):
    """What is known about the occurrences of a quote."""

    #: The most of them that are in one source: 0, 1, or 2 for two and more.
    most: int
    #: Whether all of them begin or end inside a word. False if the quote does not occur.
    cut_words: bool


class ClosestMatch(NamedTuple):
    """Where the words of a source come closest to a quote that does not occur."""

    place: Place
    #: The words there, in the form in which they are compared; `None` if `exact` itself occurs there, and only prefix
    #: or suffix differ.
    exact: str | None
    #: Whether other words elsewhere are as close.
    is_tied: bool = False


class _Texts:
    """The folded texts of some sources, joined by line feeds: no folded text has one, so no match spans two texts."""

    def __init__(self, texts: Sequence[tuple[Source, FoldedText]]) -> None:
        self.texts = texts
        self.joined = "\n".join([text.folded for _, text in texts])

    @cached_property
    def find(self) -> Callable[[str], Iterator[int]]:
        """Finds needles in the joined texts, quickly for very many."""
        return finder(self.joined)

    def spans(self, source: str | None) -> Iterator[tuple[int, int]]:
        """Yield where the texts begin and end that a quote may come from: those of a source, or all as one."""
        if source is None:
            yield 0, len(self.joined)
        for index, (one, text) in enumerate(self.texts):
            if one.id == source:
                begin = self._ends[index - 1] if index else 0
                yield begin, begin + len(text.folded)

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

    def starts(self, needle: str, most: int) -> Iterator[int]:
        """Yield the indices of a needle, in order: in each text the first `most`."""
        end = 0
        while (first := self.joined.find(needle, end)) >= 0:
            end = self._ends[self.index(first)]
            yield from islice(occurrences(needle, self.joined, first, end), most)

    def indices(self, starts: Iterable[int]) -> set[int]:
        """Return the indices of the texts in which some positions are."""
        return set(map(partial(bisect_right, self._ends), starts))

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
        #: How much of quotes may be compared with the words that may replace them.
        self.budget_of_fixes = Budget()
        self._found: dict[Quote, bool] = {}
        #: The characters of texts in which needles were counted, and the occurrences that were looked at.
        self._searched = self._checked = 0
        self._candidates: dict[str | None, list[Source]] = defaultdict(list)
        for source in agreement.sources:
            self._candidates[source.id].append(source)
            if source.text is not None:
                self._candidates[None].append(source)

    def candidates(self, source: str | None) -> list[Source]:
        """Return the candidate sources of a quote: the one that it names, or else all that have text."""
        return self._candidates.get(source, [])

    def folded_texts(self, source: str | None) -> Sequence[tuple[Source, FoldedText]]:
        """Return the candidate sources that have text, each with its folded text."""
        return self._of(source).texts

    def has_whole_text(self, source: str | None) -> bool:
        """Return whether there are candidate sources of a quote, each with its whole text."""
        candidates = self.candidates(source)
        return bool(candidates) and all(one.text is not None and not one.excerpt for one in candidates)

    def look_up(self, quote: Quote, source: str | None = None) -> Occurrences:
        """Return how often a quote occurs in one source, and whether it is ever there in whole words.

        `source` is the id of the source in which a quote is searched that names none.
        """
        texts = self._of(quote.source or source)
        exact = quote.exact
        if quote.prefix is None and quote.suffix is None and exact.isprintable() and exact[0] != " " != exact[-1]:
            # Words that occur in a folded text as they are, are folded. Nearly every quote occurs like this, once.
            text = texts.joined
            self._searched += len(text)
            start = text.find(exact) if self._searched <= MAX_PLAIN_SEARCH else -1
            if start >= 0 and text.find(exact, start + 1) < 0:
                return Occurrences(1, is_inside_word(text, start) or is_inside_word(text, start + len(exact)))
        return self._count(_needles(quote), len(normalized(exact)), texts)

    def is_once_in_whole_words(self, quote: Quote) -> bool:
        """Return whether a quote occurs in one place of each source that it may come from, and cuts no word there."""
        return self.look_up(quote) == Occurrences(1, cut_words=False)

    def _count(self, needles: Iterable[tuple[str, int]], length: int, texts: _Texts) -> Occurrences:
        found = (
            start + offset
            for needle, offset in needles
            for start in islice(self._find(needle, texts), MAX_CHECKED_OCCURRENCES)
        )
        starts = list(islice(found, _MANY))
        occurrences = self._occurrences(starts, length, texts)
        if len(starts) < _MANY or (occurrences.most == _SEVERAL and not occurrences.cut_words):
            return occurrences
        return self._occurrences([*starts, *found], length, texts)

    def _occurrences(self, starts: Sequence[int], length: int, texts: _Texts) -> Occurrences:
        if not starts:
            return Occurrences(0, cut_words=False)
        most = 1 if len(starts) == 1 or len(texts.indices(starts)) == len(starts) else _SEVERAL
        text = texts.joined
        checked = starts if self._checked <= MAX_CHECKED_IN_ALL else starts[:_MANY]
        cut_words = all(is_inside_word(text, start) or is_inside_word(text, start + length) for start in checked)
        self._checked += len(checked) if cut_words else 1
        return Occurrences(most, cut_words)

    def _find(self, needle: str, texts: _Texts) -> Iterator[int]:
        self._searched += len(texts.joined)
        return occurrences(needle, texts.joined) if self._searched <= MAX_PLAIN_SEARCH else texts.find(needle)

    def places(self, quote: Quote, most: int = sys.maxsize) -> Iterator[Place]:
        """Yield the places of a quote in the order of the sources and of the text.

        If a source has more than `most`, the first `most` are yielded, and perhaps a few more.
        """
        texts = self._of(quote.source)
        length = len(normalized(quote.exact))
        for start in merge(*(self._starts(needle, offset, texts, most) for needle, offset in _needles(quote))):
            yield texts.place(start, start + length)

    def first_places(self, quote: Quote, most: int) -> tuple[tuple[Place, ...], int]:
        """Return the first places of a quote, at most `most`, and the number of all places.

        The number is at most one above `MAX_CHECKED_OCCURRENCES`.
        """
        texts, length = self._of(quote.source), len(normalized(quote.exact))
        starts: set[int] = set()
        for needle, offset in _needles(quote):
            few = self._few(needle, texts)
            if few is None:
                self._found[quote] = True
                return tuple(islice(self.places(quote, most), most)), MAX_CHECKED_OCCURRENCES + 1
            starts.update(start + offset for start in few)
        self._found[quote] = bool(starts)
        first = sorted(starts)[:most]
        return tuple(texts.place(start, start + length) for start in first), len(starts)

    def _starts(self, needle: str, offset: int, texts: _Texts, most: int) -> Iterator[int]:
        """Yield the indices of a needle, in order, plus an offset: in each text the first `most`, or a few more."""
        few = self._few(needle, texts)
        if few is None:
            return (start + offset for start in texts.starts(needle, most))
        groups = groupby(few, key=texts.index)
        return (start + offset for _, group in groups for start in islice(group, most))

    def _few(self, needle: str, texts: _Texts) -> list[int] | None:
        """Return all indices of a needle, in order; `None` if there are many."""
        found = list(islice(self._find(needle, texts), MAX_CHECKED_OCCURRENCES))
        return sorted(found) if len(found) < MAX_CHECKED_OCCURRENCES else None

    def count_found(self) -> tuple[int, int]:
        """Return how many quotes occur, and how many there are, skipped ones aside."""
        quotes = [quote for _, some in quotes_by_part(self._agreement) for quote in some]
        return sum(map(self._is_found, quotes)), len(quotes)

    def _is_found(self, quote: Quote) -> bool:
        """Return whether a quote occurs. Remembers the answer."""
        if quote not in self._found:
            self._found[quote] = self.look_up(quote).most > 0
        return self._found[quote]

    def unquoted(self) -> tuple[Place, ...]:
        """Return the words of the sources that are neither quoted nor skipped."""
        texts = self._of(None)
        left = bytearray(texts.joined.translate(_MARKS).encode())
        # Quotes without prefix and suffix first, and long ones before short ones: they leave little for the others.
        quotes = dict.fromkeys(quote for _, quote in quotes_of(self._agreement))
        for quote in sorted(quotes, key=lambda quote: (bool(quote.prefix or quote.suffix), -len(quote.exact))):
            if self._is_found(quote):
                self._account_for(quote, texts, left)
        runs = (run.span() for run in re.finditer(_RUN_OF_LEFT, left))
        return tuple(texts.place(*run) for run in runs if any(map(str.isalnum, texts.joined[slice(*run)])))

    def _account_for(self, quote: Quote, texts: _Texts, left: bytearray) -> None:
        """Remove from `left` the words of all occurrences of a quote."""
        length = len(normalized(quote.exact))
        for needle, offset in _needles(quote):
            few = self._few(needle, texts)
            for begin, end in texts.spans(quote.source):
                if few is None:
                    _account_for_many(needle, range(offset, offset + length), texts.joined, left, (begin, end))
                for first in few or ():
                    if begin <= first < end:
                        left[first + offset : first + offset + length] = bytes(length)

    def whole_words(self, quote: Quote) -> str | None:
        """Return the first occurrence of a quote with the whole of the words that it cuts, as texts are compared.

        `None` for words that are longer than any word of a language.
        """
        texts = self._of(quote.source)
        joined = texts.joined
        first = min(start + offset for needle, offset in _needles(quote) for start in texts.starts(needle, 1))
        last = first + len(normalized(quote.exact))
        start = next((i for i in range(first, first - MAX_WORD_LENGTH, -1) if not is_inside_word(joined, i)), None)
        end = next((i for i in range(last, last + MAX_WORD_LENGTH) if not is_inside_word(joined, i)), None)
        return None if start is None or end is None else joined[start:end]

    def closest(self, quote: Quote) -> ClosestMatch | None:
        """Return the closest match of a quote that does not occur, in the source that has the closest."""
        exact = normalized(quote.exact)
        matches: list[tuple[int, ClosestMatch]] = []
        for source, text in islice(self._of(quote.source).texts, MAX_CLOSEST_SOURCES):
            start = text.folded.find(exact)
            if start >= 0:
                place = Place(source.id, *text.original(start, start + len(exact)), text.text)
                return ClosestMatch(place, None)
            match = closest_match(exact, self._words_of(text), self._budget)
            if match is not None:
                place = Place(source.id, *text.original(match.start, match.end), text.text)
                words = text.folded[match.start : match.end]
                matches.append((match.cost, ClosestMatch(place, words, match.is_tied)))
        if not matches:
            return None
        least = min(cost for cost, _ in matches)
        first, *others = (match for cost, match in matches if cost == least)
        is_tied = first.is_tied or any(other.is_tied or other.exact != first.exact for other in others)
        return first._replace(is_tied=is_tied)

    def path_of_line(self, place: Place) -> tuple[str | int, ...]:
        """Return the steps to the line of a source's text on which a place begins; `()` if two sources have its id."""
        indices = [index for index, source in enumerate(self._agreement.sources) if source.id == place.source]
        return ("sources", indices[0], "text", place.line - 1) if len(indices) == 1 else ()

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


_LEFT = ord("n")
_RUN_OF_LEFT = re.compile(b"n(?:[n ]*n)?")


class _Marks(dict[int, str]):
    """What is left of each character before any quote: all but the ends of texts."""

    def __missing__(self, character: int) -> str:
        return "n"


_MARKS = _Marks({ord(" "): " ", ord("\n"): "c"})


def _account_for_many(needle: str, part: range, text: str, left: bytearray, span: tuple[int, int]) -> None:
    """Remove from `left`, in a span of a text, a part of each occurrence of a needle that occurs often.

    Only occurrences with words that are left are looked for: in a text of half a million equal letters, there would be
    as many of others.
    """
    begin, end = span
    position = begin
    while (next_left := left.find(_LEFT, position, end)) >= 0:
        # The occurrence in which the next word is, or else the first one after it.
        last = next_left - part.start
        start = text.find(needle, max(begin, last - len(part) + 1), max(begin, min(end, last + len(needle))))
        if start < 0:
            start = text.find(needle, max(begin, last + 1), end)
        if start < 0:
            break
        first = start + part.start
        left[first : first + len(part)] = bytes(len(part))
        position = max(next_left + 1, first)


def _needles(quote: Quote) -> Iterator[tuple[str, int]]:
    """Yield what occurs in a folded text where the quote does, and how far into it `exact` begins.

    A space between `prefix` and `exact`, or between `exact` and `suffix`, is ignored, so there may be one or none.
    """
    exact, prefix, suffix = (words and normalized(words) for words in (quote.exact, quote.prefix, quote.suffix))
    for before in (prefix, f"{prefix} ") if prefix else ("",):
        for after in (suffix, f" {suffix}") if suffix else ("",):
            yield f"{before}{exact}{after}", len(before)
