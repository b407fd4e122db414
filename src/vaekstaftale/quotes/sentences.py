"""Sentences of a source, as far as a program can tell where one ends.

A library is not used, because the numbers of the work list must not depend on what is installed. Two sentences that are
not split are no loss: nothing is left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.search import Search

#: Danish abbreviations, without their last full stop, after which a sentence goes on.
_ABBREVIATIONS = re.compile(
    r"adr|afd|afs|afsn|alm|apr|art|aug|bek|bl[.]a|ca|cf|cirk|dec|div|dr|ds|dvs|eft|eks|ekskl|el|etc|evt|f|feb|f[.]eks|"
    r"fhv|fig|fm|forb|forv|fr|gl|gnsn|henh|hhv|hr|i[.]e|if|ift|iht|inkl|jan|jf|jr|jul|jun|jvf|kap|kgl|kl|kr|ltr|"
    r"m[.]a[.]o|m[.]fl|m[.]h[.]p|m[.]h[.]t|m[.]m|m[.]v|mar|maks|max|mdr|mht|mia|mill|min|mio|nov|nr|o[.]a|o[.]l|okt|"
    r"omr|p[.]a|p[.]g[.]a|pct|pga|pkt|prof|pt|red|ref|resp|s|sek|sen|sep|sept|skr|st|stk|str|tlf|tr|udg|vedr|vejl|vha"
)
#: The end of a sentence, perhaps, and the first character of the next one, with the quotation marks around.
_STOP = re.compile(
    r"""(?P<word>[^\s("“”»]{0,20})(?P<stop>[.!?…])["'“”»«’)\]]*(?P<space>\s+)"""
    r"""(?=(?P<next>["'“”„»«‘’(\[]*\w))"""
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_ITEM = re.compile(r"[-•*▪◦–—]\s|(?:\d{1,2}|[a-z])[.)]\s")
_PAGE_NUMBER = re.compile(r"(?i)\s*(?:side|page|s[.])?\s*-?\s*\d{1,4}\s*(?:(?:af|of|/)\s*\d{1,4})?\s*-?\s*")
#: How many lines must be equal, digits aside, to be the header or footer of pages, and how long they may be.
_FEWEST_PAGES, _LONGEST_HEADER = 3, 120


def work_list(search: Search) -> tuple[Place, ...]:
    """Return what no quote accounts for, sentence by sentence. Of one that is partly quoted, the rest is an item."""
    ends_of = cache(_ends)  # a text has many parts that are not quoted
    left: list[Place] = []
    for run in search.unquoted():
        for begin, end in _split(run.start, run.end, ends_of(run.source_text)):
            words = run.source_text[begin:end]
            if any(map(str.isalnum, words)):
                start = begin + len(words) - len(words.lstrip())
                left.append(Place(run.source, start, start + len(words.strip()), run.source_text))
    return tuple(left)


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences in a part of a text, in order."""
    return _split(start, len(text) if end is None else end, _ends(text))


def _split(start: int, end: int, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    return pairwise([start, *ends[bisect_right(ends, start) : bisect_left(ends, end)], end])


def _ends(text: str) -> list[int]:
    """Return where sentences end, in order."""
    return sorted({*(found.start() for found in _BLANK_LINE.finditer(text)), *_stops(text), *_line_ends(text)})


def _stops(text: str) -> Iterator[int]:
    """Yield where a full stop or another mark ends a sentence."""
    for found in _STOP.finditer(text):
        following = found["next"][-1]
        word = found["word"].lower().rstrip(".")
        is_number = found["stop"] == "." and re.fullmatch(r"[(]?\d{1,2}|[a-z]|[ivx]+", word)
        is_short = found["stop"] == "." and (_ABBREVIATIONS.fullmatch(word) or is_number)
        if not following.islower() and not is_short:
            yield found.start("space")


def _line_ends(text: str) -> Iterator[int]:
    """Yield the line ends that end a sentence without a mark: those around headings, items, headers and footers."""
    lines = text.split("\n")
    shapes = Counter(map(_shape, lines))
    longest = _longest_of_block(lines)
    offset = 0
    begins = True  # whether the line begins a sentence
    for number, (line, following) in enumerate(pairwise(lines)):
        offset += len(line)
        words, next_words = line.strip(), following.strip()
        is_short = 0 < 4 * len(words) < 3 * longest[number]
        is_heading = begins and is_short and words[-1] not in "-," and next_words != ""
        is_edge = any(
            _PAGE_NUMBER.fullmatch(one) or (shapes[_shape(one)] >= _FEWEST_PAGES and 0 < len(one) <= _LONGEST_HEADER)
            for one in (words, next_words)
        )
        ends = is_edge or bool(_ITEM.match(next_words)) or (is_heading and not next_words[:1].islower())
        if ends:
            yield offset
        begins = (ends or words[-1:] in ("", ".", "!", "?", ":")) and not next_words[:1].islower()
        offset += 1


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line.strip())


def _longest_of_block(lines: list[str]) -> list[int]:
    """Return, for each line, the length of the longest line between the blank lines around it."""
    longest: list[int] = []
    block: list[int] = []
    for line in [*lines, ""]:
        block.append(len(line.strip()))
        if not line.strip():
            longest += [max(block)] * len(block)
            block = []
    return longest
