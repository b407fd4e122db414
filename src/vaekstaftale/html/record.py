"""What a page needs to know about an agreement in addition to its content: problems, places of quotes, and links."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property

import attrs
from attrs import frozen

from vaekstaftale import wording
from vaekstaftale.limits import MAX_MARKED_PLACES, MAX_MARKS
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.paths import actors_of, commitments_of, quote_holders
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.problems import Path, Problem, pointer
from vaekstaftale.quotes.search import Place, Search, Stretch
from vaekstaftale.validation.checking import AGREEMENT_RULES, Checked, check_across, check_agreement


@frozen(eq=False, kw_only=True)
class CheckedQuote:
    """A quote of the agreement, and what became of it."""

    quote: Quote
    path: Path
    #: The path of the part that has the quote.
    holder: Path
    #: The code of what is wrong with it, if anything is.
    verdict: str | None
    #: Where it occurs.
    places: tuple[Place, ...]
    #: The fragment of its first place in the text of a source.
    fragment: str


@frozen(eq=False, kw_only=True)
class Record:
    """One agreement as a page shows it on a day."""

    agreement: Agreement
    on: date
    #: The level of the agreement's own heading, from 1.
    level: int
    #: What is wrong with it, evidence included; at most a hundred problems.
    problems: tuple[Problem, ...]
    #: All quotes in the order of the file.
    quotes: Sequence[CheckedQuote]
    #: The words of the sources that no quote accounts for.
    unquoted: tuple[Stretch, ...]
    #: The fragment of each part, by the part's path.
    fragments: Mapping[Path, str]
    #: The numbers of the promises, in the order of the file, by their paths.
    numbers: Mapping[Path, int]
    #: The parties and entities with their paths, by their ids.
    actors: Mapping[str, tuple[Path, Party | Entity]]

    @property
    def how_many_problems(self) -> str:
        """The number of problems in words; at most a hundred are shown."""
        if self.problems and self.problems[-1].code == "more-problems":
            return f"More than {wording.count(len(self.problems) - 1, 'problem')}"
        return wording.count(len(self.problems), "problem")

    def section(self, key: str) -> str:
        """Return the fragment of the section for a key of the agreement."""
        return self.fragments[(key,)]

    def link(self, path: Path) -> str:
        """Return a link to a part, or to the nearest part that contains the path."""
        while path not in self.fragments:
            path = path[:-1]
        return f"#{self.fragments[path]}"

    def link_to(self, problem: Problem) -> str:
        """Return a link to the part that has a problem."""
        path = problem.path
        while path not in self._parts:
            path = path.rpartition("/")[0]
        return self.link(self._parts[path])

    def quotes_of(self, holder: Path) -> Sequence[CheckedQuote]:
        """Return the quotes of a part."""
        return self._quotes_by_holder.get(holder, ())

    def hint(self, quote: CheckedQuote) -> str | None:
        """Return the hint of the first problem with a quote, if it is among those that are shown."""
        return self._hints.get(pointer((*quote.path, "exact")))

    def lines(self, places: Iterable[Place]) -> Mapping[str, list[int]]:
        """Return the 1-based lines in which places begin, by their sources."""
        lines: dict[str, dict[int, None]] = defaultdict(dict)
        for place in places:
            lines[place.source][bisect_left(self._line_ends[place.source], place.start) + 1] = None
        return {source: list(numbers) for source, numbers in lines.items()}

    def source(self, id_: str | None) -> Source | None:
        """Return the source with an id."""
        index = self.source_indices.get(id_ or "")
        return None if index is None else self.agreement.sources[index]

    def language_of(self, source: Source | None) -> str:
        """Return the language of a source, or that of the record if the source states none."""
        return (source and source.language) or self.agreement.language

    @cached_property
    def _parts(self) -> Mapping[str, Path]:
        return {pointer(path): path for path in self.fragments}

    @cached_property
    def _quotes_by_holder(self) -> Mapping[Path, Sequence[CheckedQuote]]:
        by_holder: dict[Path, list[CheckedQuote]] = defaultdict(list)
        for quote in self.quotes:
            by_holder[quote.holder].append(quote)
        return by_holder

    @cached_property
    def _hints(self) -> Mapping[str, str | None]:
        return {problem.path: problem.hint for problem in reversed(self.problems)}

    @cached_property
    def _line_ends(self) -> Mapping[str, list[int]]:
        return {
            source.id: [end.start() for end in re.finditer("\n", source.text or "")]
            for source in reversed(self.agreement.sources)
        }

    @cached_property
    def source_indices(self) -> Mapping[str, int]:
        """The index of each source, by its id."""
        return {source.id: index for index, source in reversed(list(enumerate(self.agreement.sources)))}


def records(agreements: Sequence[Agreement], on: date, *, level: int = 1) -> list[Record]:
    """Return the records of agreements, which are checked each by itself and all together."""
    several = check_across([check_agreement(agreement, AGREEMENT_RULES) for agreement in agreements])
    taken: set[str] = set()
    return [
        _record(agreement, checked, on, level, taken) for agreement, checked in zip(agreements, several, strict=True)
    ]


def _record(agreement: Agreement, checked: Checked, on: date, level: int, taken: set[str]) -> Record:
    # Places name their source by its id only. So of sources with one id, which is a problem, the first is searched.
    first = {one.id: one for one in reversed(agreement.sources)}
    searched = attrs.evolve(agreement, sources=[one for one in agreement.sources if first[one.id] is one])
    search = Search(searched)
    prefix = f"{agreement.id}." if level > 1 else ""
    return Record(
        agreement=agreement,
        on=on,
        level=level,
        problems=checked.problems(),
        quotes=list(_quotes(agreement, checked, search, prefix, taken)),
        unquoted=search.unquoted(),
        fragments={path: _free(prefix + name, taken) for path, name in _parts(agreement)},
        numbers={path: number for number, (path, _) in enumerate(commitments_of(agreement), start=1)},
        actors=_by_id(agreement),
    )


def _quotes(
    agreement: Agreement, checked: Checked, search: Search, prefix: str, taken: set[str]
) -> Iterator[CheckedQuote]:
    codes = {violation.path: violation.code for violation in checked.violations}
    first_places = cache(lambda quote: tuple(search.first_places(quote, MAX_MARKED_PLACES)))
    left, number = MAX_MARKS, 0
    for holder, quotes in quote_holders(agreement):
        for index, quote in enumerate(quotes):
            path = (*holder, "quotes", index)
            verdict = codes.get((*path, "exact")) or codes.get((*path, "source"))
            places: tuple[Place, ...] = ()
            fragment = ""
            if verdict in (None, "quote-ambiguous"):
                places = first_places(quote) if left > 0 else first_places(quote)[:1]
                left -= len(places)
                number += 1
                fragment = _free(f"{prefix}quote-{number}", taken)
            yield CheckedQuote(quote=quote, path=path, holder=holder, verdict=verdict, places=places, fragment=fragment)


def _free(name: str, taken: set[str]) -> str:
    """Return a name that nothing else on the page has: equal ids are a problem of the record, not of the page."""
    free = name if name not in taken else f"{name}.{len(taken)}"
    taken.add(free)
    return free


def _by_id(agreement: Agreement) -> dict[str, tuple[Path, Party | Entity]]:
    by_id: dict[str, tuple[Path, Party | Entity]] = {}
    for path, actor in actors_of(agreement):
        by_id.setdefault(actor.id, (path, actor))
    return by_id


def _parts(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    """Yield the path of each part that has a fragment, and the fragment."""
    yield (), f"agreement-{agreement.id}"
    yield ("validity",), "overview"
    yield ("initiatives",), "promises"
    yield ("entities",), "actors"
    yield ("sources",), "sources"
    for path, actor in actors_of(agreement):
        yield path, f"actor-{actor.id}"
    for i, initiative in enumerate(agreement.initiatives):
        yield ("initiatives", i), f"initiative-{initiative.id}"
    for path, commitment in commitments_of(agreement):
        yield path, f"promise-{commitment.id}"
    for i, source in enumerate(agreement.sources):
        yield ("sources", i), f"source-{source.id}"
