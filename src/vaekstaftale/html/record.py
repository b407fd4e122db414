"""What a page needs to know about an agreement in addition to its content: problems, places of quotes, and links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial
from typing import NamedTuple, TypeVar

import attrs
from attrs import frozen

from vaekstaftale import wording
from vaekstaftale.limits import MAX_CHECKED_OCCURRENCES, MAX_MARKED_PLACES, MAX_MARKS, MAX_REFERENCES, MAX_UNSEEN
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.paths import actors_of, commitments_of, quotes_by_part, translations_by_part
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.model.statuses import Statuses
from vaekstaftale.model.validity import Status
from vaekstaftale.problems import Path, Problem, pointer
from vaekstaftale.query import Agreements
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.search import Search
from vaekstaftale.validation.checking import COHERENCE_AND_EVIDENCE, check_across, check_agreement, problems_of
from vaekstaftale.validation.result import Result
from vaekstaftale.wording import Words

Part = TypeVar("Part", bound="Party | Entity | Source")


@frozen(eq=False)
class CheckedQuote:
    """A quote of the agreement, and what became of it."""

    quote: Quote
    #: The path of the part that has the quote.
    holder: Path
    #: The code of what is wrong with it, if anything is.
    verdict: str | None
    #: What was probably meant, if that is among the problems that are shown.
    hint: str | None
    #: Where it occurs.
    places: tuple[Place, ...]
    #: The fragment of the quote where it is cited, and that of its first place in the text of a source.
    cited: str
    fragment: str


class Page:
    """What all records of one page share: its language, its day, and how much may still be written of some things."""

    def __init__(self, language: str, on: date, *, several: bool) -> None:
        self.words = wording.words_of(language)
        self.on = on
        #: Whether it is a page of several agreements.
        self.several = several
        self.references = MAX_REFERENCES
        self.unseen = MAX_UNSEEN
        #: How many places and invisible characters were left out.
        self.not_marked = self.not_shown = 0
        #: Whether more places may have been left out, because not all were counted.
        self.may_have_more = False


@frozen(eq=False, kw_only=True)
class Record:
    """One agreement as a page shows it on a day."""

    page: Page
    agreement: Agreement
    #: What is certain about the day, among all agreements of the page.
    status: Status
    #: The level of the agreement's own heading, from 1.
    level: int
    #: What is wrong with it, evidence included; at most a hundred problems.
    problems: tuple[Problem, ...]
    #: All quotes in the order of the file, by the paths of the parts that have them.
    quotes: Mapping[Path, Sequence[CheckedQuote]]
    #: The words of the sources that are neither quoted nor skipped.
    unquoted: tuple[Place, ...]
    #: The fragment of each part, by the part's path.
    fragments: Mapping[Path, str]
    #: The numbers of the promises, in the order of the file, by their paths.
    numbers: Mapping[Path, int]
    #: The parties and entities with their paths, by their ids.
    actors: Mapping[str, tuple[Path, Party | Entity]]
    #: The sources with their paths, by their ids.
    sources: Mapping[str, tuple[Path, Source]]

    @property
    def words(self) -> Words:
        """The words of the page."""
        return self.page.words

    @property
    def has_several_sources(self) -> bool:
        """Whether there are several sources."""
        return len(self.sources) > 1

    def link(self, path: Path) -> str:
        """Return a link to a part, or to the nearest part that contains the path."""
        while path not in self.fragments:
            path = path[:-1]
        return f"#{self.fragments[path]}"

    def lines(self, places: Iterable[Place]) -> Mapping[str, list[int]]:
        """Return the 1-based lines in which places begin, by their sources."""
        lines: dict[str, dict[int, None]] = defaultdict(dict)
        for place in places:
            lines[place.source][bisect_left(self._line_ends[place.source], place.start) + 1] = None
        return {source: list(numbers) for source, numbers in lines.items()}

    def language_of(self, source: str | None) -> str:
        """Return the language of the source with an id, or that of the record if none is stated."""
        found = self.sources.get(source or "")
        return (found and found[1].language) or self.agreement.language

    @cached_property
    def _line_ends(self) -> Mapping[str, list[int]]:
        sources = (source for _, source in self.sources.values())
        return {one.id: [end.start() for end in re.finditer("\n", one.text or "")] for one in sources}


def records(agreements: Sequence[Agreement], page: Page) -> list[Record]:
    """Return the records of agreements, which are checked each by itself and all together."""
    alone = [check_agreement(agreement, COHERENCE_AND_EVIDENCE) for agreement in agreements]
    checked = [
        _Checked(_verdicts(one), problems_of(result)) for one, result in zip(alone, check_across(alone), strict=True)
    ]
    taken: set[str] = set()
    statuses = Statuses(Agreements(agreements), page.on)
    return [
        _record(agreement, statuses.of(agreement), found, page, taken)
        for agreement, found in zip(agreements, checked, strict=True)
    ]


class _Checked(NamedTuple):
    """What was found in an agreement: the verdicts on its quotes, and its problems, of which a hundred are listed."""

    verdicts: Mapping[int, str]
    problems: tuple[Problem, ...]


def _verdicts(result: Result) -> Mapping[int, str]:
    """Return the code of the first finding about each part, by the part's `id()`."""
    return {id(finding.part): finding.code for finding in reversed(result.findings)}


def _record(agreement: Agreement, status: Status, checked: _Checked, page: Page, taken: set[str]) -> Record:
    sources = _by_id([(("sources", index), source) for index, source in enumerate(agreement.sources)])
    # If sources share an id (a problem of its own), only the first is searched.
    search = Search(attrs.evolve(agreement, sources=[source for _, source in sources.values()]))
    free = partial(_free, f"{agreement.id}." if page.several else "", taken)
    # The fragment of an agreement is the same on every page.
    fragments: dict[Path, str] = {(): _free("", taken, f"agreement-{agreement.id}")}
    fragments |= {path: free(name) for path, name in _parts(agreement)}
    return Record(
        page=page,
        agreement=agreement,
        status=status,
        level=2 if page.several else 1,
        problems=checked.problems,
        quotes=_quotes(agreement, checked, search, free, page),
        unquoted=search.unquoted(),
        fragments=fragments,
        numbers={path: number for number, (path, _) in enumerate(commitments_of(agreement), start=1)},
        actors=_by_id(actors_of(agreement)),
        sources=sources,
    )


def _quotes(
    agreement: Agreement, checked: _Checked, search: Search, free: Callable[[str], str], page: Page
) -> Mapping[Path, Sequence[CheckedQuote]]:
    hints = {problem.path: problem.hint for problem in reversed(checked.problems)}
    found: dict[Path, list[CheckedQuote]] = defaultdict(list)
    first_places = cache(lambda quote: search.first_places(quote, MAX_MARKED_PLACES))
    left, number = MAX_MARKS, 0
    for holder, quotes in quotes_by_part(agreement):
        for index, quote in enumerate(quotes):
            verdict = checked.verdicts.get(id(quote))
            places: tuple[Place, ...] = ()
            number += 1
            if verdict in (None, "quote-ambiguous", "quote-cuts-word"):
                first, number_of_places = first_places(quote)
                places = first if left > 0 else first[:1]
                page.may_have_more |= number_of_places > MAX_CHECKED_OCCURRENCES
                page.not_marked += number_of_places - len(places)
                left -= len(places)
            hint = hints.get(pointer((*holder, "quotes", index, "exact")))
            cited, fragment = free(f"quote-{number}"), free(f"place-{number}")
            found[holder].append(CheckedQuote(quote, holder, verdict, hint, places, cited, fragment))
    return found


def _free(prefix: str, taken: set[str], name: str) -> str:
    """Return a name that nothing else on the page has: equal ids are a problem of the record, not of the page."""
    wanted = prefix + name
    free = wanted if wanted not in taken else f"{wanted}.{len(taken)}"
    taken.add(free)
    return free


def _by_id(parts: Iterable[tuple[Path, Part]]) -> dict[str, tuple[Path, Part]]:
    """Return parts with their paths by their ids, in order. Of equal ids, the first one counts."""
    by_id: dict[str, tuple[Path, Part]] = {}
    for path, part in parts:
        by_id.setdefault(part.id, (path, part))
    return by_id


def _parts(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    """Yield the path of each part that has a fragment, and the fragment."""
    yield ("promises",), "promises"
    yield ("initiatives",), "wording"
    yield ("quotes",), "other"
    yield ("parties",), "actors"
    yield ("sources",), "sources"
    yield ("problems",), "problems"
    for tag in sorted({one.language for _, translations in translations_by_part(agreement) for one in translations}):
        yield ("translations", tag), f"translation-{tag}"
    for path, actor in actors_of(agreement):
        yield path, f"actor-{actor.id}"
    for i, initiative in enumerate(agreement.initiatives):
        yield ("initiatives", i), f"initiative-{initiative.id}"
    for path, commitment in commitments_of(agreement):
        yield path, f"promise-{commitment.id}"
    for i, source in enumerate(agreement.sources):
        yield ("sources", i), f"source-{source.id}"
