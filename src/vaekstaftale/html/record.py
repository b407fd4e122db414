"""What a page knows of an agreement beside what that says: what is wrong, where quotes stand, how to link to a part."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from vaekstaftale import wording
from vaekstaftale.errors import pointer
from vaekstaftale.explain import ALL, Reading, check, check_across
from vaekstaftale.paths import actors_of, commitments_of, every_quote
from vaekstaftale.quotes import Search, unquoted_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from vaekstaftale.errors import Path, Problem
    from vaekstaftale.model import Agreement, Entity, Party, Source
    from vaekstaftale.quotes import Place, Stretch

#: About so many places of one quote are marked in each source: with more than one it is ambiguous, and a hostile one
#: may have a million.
MOST_PLACES = 20
#: So many places are marked in all. Then only the first of each quote is.
_MOST_MARKS = 100_000


@frozen(eq=False, kw_only=True)
class Record:
    """One agreement as a page shows it on a day."""

    agreement: Agreement
    on: date
    #: The level of the agreement's own heading, from 1.
    level: int
    #: What is wrong with it, evidence included; at most a hundred problems.
    problems: tuple[Problem, ...]
    #: What is wrong with each quote that is not as it should be: a code, by the quote's path.
    verdicts: Mapping[Path, str]
    #: Where each quote stands, by the quote's path.
    places: Mapping[Path, tuple[Place, ...]]
    #: The words of the sources that no quote accounts for.
    unread: tuple[Stretch, ...]
    #: The fragment that each part is found under, by the part's path.
    fragments: Mapping[Path, str]
    #: The fragment of each quote's first place in the text of a source, by the quote's path.
    marks: Mapping[Path, str]
    #: The numbers of the promises, in the order of the file, by their paths.
    numbers: Mapping[Path, int]
    #: The parties and entities with their paths, by their ids.
    actors: Mapping[str, tuple[Path, Party | Entity]]

    @property
    def how_many_problems(self) -> str:
        """Count the problems, of which a hundred are told."""
        if self.problems and self.problems[-1].code == "more-problems":
            return f"More than {wording.count(len(self.problems) - 1, 'problem')}"
        return wording.count(len(self.problems), "problem")

    def link(self, path: Path) -> str:
        """Give a link to a part, or to the nearest part that holds it."""
        while path not in self.fragments:
            path = path[:-1]
        return f"#{self.fragments[path]}"

    def link_to(self, problem: Problem) -> str:
        """Give a link to the part that a problem is in."""
        path = problem.path
        while path not in self._parts:
            path = path.rpartition("/")[0]
        return self.link(self._parts[path])

    def hint_at(self, path: Path) -> str | None:
        """Give the hint of the first problem at a place, if it is among those that are told."""
        return self._hints.get(pointer(path))

    def lines(self, places: Iterable[Place]) -> Mapping[str, list[int]]:
        """Tell in which lines, 1-based, places begin, by their sources."""
        lines: dict[str, dict[int, None]] = defaultdict(dict)
        for place in places:
            lines[place.source][bisect_left(self._line_ends[place.source], place.start) + 1] = None
        return {source: list(numbers) for source, numbers in lines.items()}

    def source(self, id_: str | None) -> Source | None:
        """Give a source by its id."""
        index = self.source_indices.get(id_ or "")
        return None if index is None else self.agreement.sources[index]

    def language_of(self, source: Source | None) -> str:
        """Give the language of a source's words, or where it says none, that of the record."""
        return (source and source.language) or self.agreement.language

    @cached_property
    def _parts(self) -> Mapping[str, Path]:
        return {pointer(path): path for path in self.fragments}

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
    """Look at agreements, each by itself and all of them together."""
    readings = [Reading(agreement=agreement, findings=check(agreement, ALL)) for agreement in agreements]
    check_across(readings)
    taken: set[str] = set()
    return [
        _record(agreement, reading, on, level, taken) for agreement, reading in zip(agreements, readings, strict=True)
    ]


def _record(agreement: Agreement, reading: Reading, on: date, level: int, taken: set[str]) -> Record:
    verdicts = {found.path[:-1]: found.code for found in reading.findings if found.path[-3:-2] == ("quotes",)}
    # Of sources with one id, which is a problem, places say nothing but the id; so only the first is looked at.
    first = {one.id: one for one in reversed(agreement.sources)}
    searched = attrs.evolve(agreement, sources=[one for one in agreement.sources if first[one.id] is one])
    search = Search(searched)
    prefix = f"{agreement.id}." if level > 1 else ""
    found = cache(lambda quote: tuple(search.first_places(quote, MOST_PLACES)))
    places: dict[Path, tuple[Place, ...]] = {}
    left = _MOST_MARKS
    for path, quote in every_quote(agreement):
        if verdicts.get(path) in (None, "quote-ambiguous"):
            places[path] = found(quote) if left > 0 else found(quote)[:1]
            left -= len(places[path])
    return Record(
        agreement=agreement,
        on=on,
        level=level,
        problems=reading.problems(),
        verdicts=verdicts,
        places=places,
        unread=unquoted_by(search, searched),
        fragments={path: _free(prefix + name, taken) for path, name in _parts(agreement)},
        marks={path: _free(f"{prefix}quote-{number}", taken) for number, path in enumerate(places, start=1)},
        numbers={path: number for number, (path, _) in enumerate(commitments_of(agreement), start=1)},
        actors=_by_id(agreement),
    )


def _free(name: str, taken: set[str]) -> str:
    """Give a name that nothing else on the page has: equal ids are a problem of the record, not of the page."""
    free = name if name not in taken else f"{name}.{len(taken)}"
    taken.add(free)
    return free


def _by_id(agreement: Agreement) -> dict[str, tuple[Path, Party | Entity]]:
    by_id: dict[str, tuple[Path, Party | Entity]] = {}
    for path, actor in actors_of(agreement):
        by_id.setdefault(actor.id, (path, actor))
    return by_id


def _parts(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    yield (), f"agreement-{agreement.id}"
    yield ("validity",), "at-a-glance"
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
