"""The closest match of some words in a text: whole words, chosen by their letters.

It shows what was meant by an author who made or fixed a typing error, left out a word, or copied from a page that
splits words at the ends of lines. The file format, "Evidence", states the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice, takewhile
from typing import NamedTuple

from vaekstaftale.limits import LARGE_TEXT, MAX_COMPARED_LETTERS, MAX_END_LETTERS
from vaekstaftale.matching import closest
from vaekstaftale.quotes.finding import occurrences
from vaekstaftale.quotes.folding import FoldedText, is_inside_word

#: The most that a whole word costs that only one of the two has, in edits.
_WORD_COST = 3

#: Where only what differs is shown, this many words around it are too.
_CONTEXT = 8

#: The ratio of equal letters or words from which on one wording may replace another.
_NEAR = 0.8

_WORD = re.compile(r"[^\W_]+")
_HYPHENS = "-\u2010\u2011"


class Words:
    """The words of a folded text: their letters in one string without regard to case, and where each word is."""

    def __init__(self, text: str, source: FoldedText | None = None) -> None:
        self.text = text
        #: Where the words are in the text.
        self.spans: list[tuple[int, int]] = []
        #: How many letters are before each word, and at last in all.
        self.starts = [0]
        letters: list[str] = []
        for found in _WORD.finditer(text):
            folded = "".join(filter(str.isalnum, found.group().casefold()))
            if self.spans and _are_joined(text, self.spans[-1][1], found.start(), source):
                self.spans[-1] = self.spans[-1][0], found.end()
                self.starts[-1] += len(folded)
            else:
                self.spans.append(found.span())
                self.starts.append(self.starts[-1] + len(folded))
            letters.append(folded)
        self.letters = "".join(letters)

    def word_at(self, letter: int) -> int:
        """Return the number of the word that has a letter."""
        return min(bisect_right(self.starts, letter) - 1, len(self.spans) - 1)

    def word(self, number: int) -> str:
        """Return the letters of a word."""
        return self.letters[self.starts[number] : self.starts[number + 1]]

    def letters_of(self, numbers: range) -> str:
        """Return the letters of some words in a row."""
        return self.letters[self.starts[numbers.start] : self.starts[numbers.stop]]

    @property
    def ends_sentence(self) -> bool:
        """Whether the text ends with the end of a sentence."""
        return bool(self.spans) and re.search(r"[.!?]", self.text[self.spans[-1][1] :]) is not None

    @cached_property
    def sentence_starts(self) -> frozenset[int]:
        """The numbers of the words with which sentences begin, and that after the last word."""
        return frozenset((*self.sentences, len(self.spans)))

    @cached_property
    def sentences(self) -> list[int]:
        """The numbers of the words with which sentences begin, in order."""
        ends = [
            number + 1
            for number, ((_, end), (start, _)) in enumerate(zip(self.spans, self.spans[1:], strict=False))
            if re.search(r"[.!?:]\W*\s|\n", self.text[end:start]) and not self.text[start].islower()
        ]
        return [0, *ends]


def _are_joined(text: str, end: int, start: int, source: FoldedText | None) -> bool:
    """Return whether two runs of letters are one word: a number, or split by a mark or by the end of a line."""
    between = text[end:start]
    if len(between) == 2 and between[0] in _HYPHENS and between[1] == " ":
        return source is not None and source.is_line_end(start - 1)
    return all(is_inside_word(text, index) for index in range(end, start + 1))


class Match(NamedTuple):
    """A stretch of whole words of the source."""

    start: int
    end: int
    #: How many edits lead from the letters of the one to those of the other.
    cost: int
    #: Whether other words elsewhere in the source are as close.
    is_tied: bool


class Budget:
    """How many letters may still be compared for the hints of one agreement."""

    def __init__(self) -> None:
        self._left = MAX_COMPARED_LETTERS

    def allows(self, letters: int) -> bool:
        """Return whether this many pairs of letters may still be compared. If so, count them."""
        if letters > self._left:
            return False
        self._left -= letters
        return True


def closest_match(quote: str, source: Words, budget: Budget) -> Match | None:
    """Return the whole words of a source that are closest to a quote, or `None` if less than half of it agrees.

    Both are folded texts. Of a long quote, the beginning and the end are looked for, and its words are compared.
    """
    words = Words(quote)
    if not words.letters or not source.letters:
        return None
    whole = range(len(words.spans))
    if len(words.letters) <= 2 * MAX_END_LETTERS:
        run = _closest_run(words, whole, source, range(len(source.spans)), budget)
        return run and _match(words, source, run)
    head = range(max(bisect_left(words.starts, MAX_END_LETTERS), 1))
    tail = range(min(words.word_at(len(words.letters) - MAX_END_LETTERS) + 1, len(words.spans) - 1), len(words.spans))
    first = _closest_run(words, head, source, range(len(source.spans)), budget)
    if first is None:
        return None
    # The end is looked for where it must be if the two are about as long.
    expected = source.starts[first.words.start] + words.starts[tail.start]
    slack = len(words.letters) // 4 + 40
    window = range(source.word_at(max(expected - slack, 0)), source.word_at(expected + slack + MAX_END_LETTERS * 2) + 1)
    last = _closest_run(words, tail, source, window, budget)
    if last is None or last.words.stop <= first.words.start:
        return None
    run = _Run(first.cost + last.cost, range(first.words.start, last.words.stop), first.is_tied)
    inside = {source.word(number) for number in run.words}
    equal = sum(len(words.word(number)) for number in whole if words.word(number) in inside)
    return _match(words, source, run) if 2 * equal >= len(words.letters) else None


class _Run(NamedTuple):
    """Some words of the source in a row, and how many edits lead to them."""

    cost: int
    words: range
    #: Whether other words elsewhere are as close.
    is_tied: bool


def _closest_run(words: Words, part: range, source: Words, within: range, budget: Budget) -> _Run | None:
    """Return the words within some words of the source that are closest to a part of the words of a quote."""
    letters = words.letters_of(part)
    best: _Run | None = None
    for window in _windows(letters, source, within):
        size = source.starts[window.stop] - source.starts[window.start]
        if not budget.allows(len(letters) * size):
            break
        run = _best_in_window(words, part, source, window)
        if run is not None and (best is None or run.cost < best.cost):
            best = run
        elif (
            run is not None
            and best is not None
            and run.cost == best.cost
            and _are_others(run.words, best.words, source)
        ):
            best = best._replace(is_tied=True)
        if best is not None and best.cost == 0:
            break
    return best


def _windows(letters: str, source: Words, within: range) -> Iterator[range]:
    """Yield where to look: all words, or if they are many, those around the likeliest beginnings, in this order."""
    slack = len(letters) // 4 + 20
    start, stop = source.starts[within.start], source.starts[within.stop]
    if stop - start <= 2 * len(letters) + 400:
        yield within
        return
    for shift in _shifts(letters, source.letters, start, stop):
        first = source.word_at(max(shift - slack, start))
        last = source.word_at(min(shift + len(letters) + slack, stop - 1))
        yield range(first, last + 1)


def _shifts(letters: str, text: str, start: int, stop: int) -> list[int]:
    """Return the likeliest positions in the text at which the letters begin: where most of their pieces occur."""
    size = max(3, min(12, len(letters) // 4))
    count, most_places = (24, 6) if stop - start < LARGE_TEXT else (8, 3)
    step = max(1, (len(letters) - size) // count)
    shifts = [
        place - offset
        for offset in range(0, len(letters) - size + 1, step)
        for place in islice(occurrences(letters[offset : offset + size], text, start, stop), most_places)
    ]
    shifts.sort()
    near = len(letters) // 4 + 10
    votes = {shift: bisect_right(shifts, shift + near) - bisect_left(shifts, shift - near) for shift in shifts}
    likeliest: list[int] = []
    for shift in sorted(votes, key=votes.__getitem__, reverse=True):
        if len(likeliest) < most_places and all(abs(shift - other) > near for other in likeliest):
            likeliest.append(shift)
    return likeliest


def _best_in_window(words: Words, part: range, source: Words, window: range) -> _Run | None:
    """Return the run of words of a window that is closest to a part of the words of a quote, if half of it agrees.

    This is edit distance between the letters, where the run may begin and end at every word. A whole word that only one
    of the two has, or has instead of another one, costs at most `_WORD_COST`. Each state is one integer, so that the
    least is the best: the cost, then how few letters are equal, then the word with which the run begins.
    """
    offset = source.starts[window.start]
    text = source.letters[offset : source.starts[window.stop]]
    begins = {source.starts[number] - offset: number for number in window}
    ends = {source.starts[number + 1] - offset: number for number in window}
    jumps = {
        source.starts[number + 1] - offset: (
            source.starts[number] - offset,
            min(_WORD_COST, source.starts[number + 1] - source.starts[number]),
        )
        for number in window
    }
    none = 1 << 62
    row = [_state(0, begins[index]) if index in begins else none for index in range(len(text) + 1)]
    for number in part:
        before = row
        for letter in words.word(number):
            row = _next_row(row, letter, text, jumps)
        cost = min(_WORD_COST, len(words.word(number))) * _EDIT
        row = [min(state, earlier + cost) for state, earlier in zip(row, before, strict=True)]
        for end, (start, _) in jumps.items():  # the word instead of another one
            row[end] = min(row[end], before[start] + _WORD_COST * _EDIT)
    # Of equally close ends, one at the end of a sentence is preferred if the quote ends a sentence.
    is_end = part.stop == len(words.spans) and words.ends_sentence
    state, _, end = min(
        ((row[index], is_end and number + 1 not in source.sentence_starts, index) for index, number in ends.items()),
        key=lambda found: (found[0] >> 20, found[1], found[2]),
        default=(none, False, 0),
    )
    cost, equal, first = state >> 40, _MOST - (state >> 20 & _MOST), state & _MOST
    run = range(first, ends[end] + 1) if end else range(0)
    length = words.starts[part.stop] - words.starts[part.start]
    size = source.starts[run.stop] - source.starts[run.start] if run else 0
    if not run or 2 * equal < max(length, size):
        return None
    as_close = (range(row[index] & _MOST, ends[index] + 1) for index in ends if row[index] >> 40 == cost)
    return _Run(cost, run, any(_are_others(words, run, source) for words in as_close))


def _are_others(some: range, words: range, source: Words) -> bool:
    """Return whether some words of a source are elsewhere than others, and neither are a part of the others."""
    if some.stop > words.start and some.start < words.stop:
        return False
    letters, other_letters = source.letters_of(some), source.letters_of(words)
    return letters not in other_letters and other_letters not in letters


_MOST = (1 << 20) - 1
_EDIT, _EQUAL = 1 << 40, 1 << 20


def _state(cost: int, first: int) -> int:
    return (cost << 40) + (_MOST << 20) + first


def _next_row(row: list[int], letter: str, text: str, jumps: dict[int, tuple[int, int]]) -> list[int]:
    """Return the states after one more letter of the quote."""
    diagonal = row[0]
    state = diagonal + _EDIT
    following = [state]
    for index, other in enumerate(text, start=1):
        above = row[index]
        state = min(diagonal - _EQUAL if letter == other else diagonal + _EDIT, above + _EDIT, state + _EDIT)
        if index in jumps:
            start, cost = jumps[index]
            state = min(state, following[start] + cost * _EDIT)
        following.append(state)
        diagonal = above
    return following


def _match(words: Words, source: Words, run: _Run) -> Match | None:
    """Return the span of a run, without neighbouring sentences, and with punctuation only where the quote has some."""
    numbers = _without_neighbours(words, source, run.words)
    # What is left may be too little to be what was meant.
    if 2 * (source.starts[numbers.stop] - source.starts[numbers.start]) < len(words.letters):
        return None
    start, end = source.spans[numbers.start][0], source.spans[numbers.stop - 1][1]
    text, quote = source.text, words.text
    before = quote[: words.spans[0][0]].strip()
    after = quote[words.spans[-1][1] :].strip()
    while before and start > 0 and _is_punctuation(text[start - 1]):
        start, before = start - 1, before[:-1]
    while after and end < len(text) and _is_punctuation(text[end]):
        end, after = end + 1, after[1:]
    while is_inside_word(text, start):
        start += 1
    while is_inside_word(text, end):
        end -= 1
    return Match(start, end, run.cost, run.is_tied) if start < end else None


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _without_neighbours(words: Words, source: Words, run: range) -> range:
    """Return a run of words without those of a neighbouring sentence, of which the quote has less than half."""
    known = {words.word(number) for number in range(len(words.spans))}
    inside = [number for number in source.sentences if run.start < number < run.stop]
    start, stop = run.start, run.stop
    while inside and not _is_known(range(inside[-1], stop), source, known, words.letters):
        stop = inside.pop()
    while inside and not _is_known(range(start, inside[0]), source, known, words.letters):
        start = inside.pop(0)
    return range(start, stop)


def _is_known(run: range, source: Words, known: set[str], letters: str) -> bool:
    """Return whether a quote has half of the words of a run, or begins or ends with something like its letters."""
    if 2 * sum(closest(source.word(number), known) is not None for number in run) >= len(run):
        return True
    expected = source.letters_of(run)
    return closest(expected, [letters[: len(expected) + 1], letters[-len(expected) - 1 :]]) is not None


def are_near(words: str, others: str, budget: Budget) -> bool:
    """Return whether most letters of two wordings are equal; of long ones, most words."""
    is_long = max(len(words), len(others)) > 2 * MAX_END_LETTERS
    one, other = (words.split(), others.split()) if is_long else (words, others)
    if not budget.allows(len(one) * len(other)):
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 - only needed where something is wrong

    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def differing(words: str, others: str, most: int) -> str:
    """Return the words. If they have more than `most` characters, cut what both ends share with `others`."""
    if len(words) <= most:
        return words
    mine, theirs = words.split(), others.split()
    first = max(_equal(mine, theirs) - _CONTEXT, 0)
    last = min(len(mine) - _equal(mine[::-1], theirs[::-1]) + _CONTEXT, len(mine))
    if first >= last:
        return words
    return ("… " if first else "") + " ".join(mine[first:last]) + (" …" if last < len(mine) else "")


def _equal(some: Sequence[str], others: Sequence[str]) -> int:
    """Return the number of words that are equal from the first one on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(some, others, strict=False)))
