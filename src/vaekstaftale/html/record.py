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
from vaekstaftale.limits import MAX_MARKED_PLACES, MAX_MARKS
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.paths import actors_of, commitments_of, quotes_by_part
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.problems import Path, Problem, pointer
from vaekstaftale.quotes.search import Place, Search
from vaekstaftale.validation.checking import COHERENCE_AND_EVIDENCE, check_across, check_agreement, problems_of
from vaekstaftale.validation.result import Result

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
    def how_many_problems(self) -> str:
        """The number of problems in words; at most a hundred are shown."""
        if self.problems and self.problems[-1].code == "more-problems":
            return f"More than {wording.count(len(self.problems) - 1, 'problem')}"
        return wording.count(len(self.problems), "problem")

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


def records(agreements: Sequence[Agreement], on: date, *, level: int = 1) -> list[Record]:
    """Return the records of agreements, which are checked each by itself and all together."""
    alone = [check_agreement(agreement, COHERENCE_AND_EVIDENCE) for agreement in agreements]
    checked = [
        _Checked(_verdicts(one), problems_of(result)) for one, result in zip(alone, check_across(alone), strict=True)
    ]
    taken: set[str] = set()
    return [_record(agreement, found, on, level, taken) for agreement, found in zip(agreements, checked, strict=True)]


class _Checked(NamedTuple):
    """What was found in an agreement: the verdicts on its quotes, and its problems, of which a hundred are listed."""

    verdicts: Mapping[int, str]
    problems: tuple[Problem, ...]


def _verdicts(result: Result) -> Mapping[int, str]:
    """Return the code of the first finding about each part, by the part's `id()`."""
    return {id(finding.part): finding.code for finding in reversed(result.findings)}


def _record(
    agreement: Agreement,
    checked: _Checked,
    on: date,
    level: int,
    taken: set[str],
) -> Record:
    sources = _by_id([(("sources", index), source) for index, source in enumerate(agreement.sources)])
    # If sources share an id (a problem of its own), only the first is searched.
    search = Search(attrs.evolve(agreement, sources=[source for _, source in sources.values()]))
    hints = {problem.path: problem.hint for problem in reversed(checked.problems)}
    free = partial(_free, f"{agreement.id}." if level > 1 else "", taken)
    return Record(
        agreement=agreement,
        on=on,
        level=level,
        problems=checked.problems,
        quotes=_quotes(agreement, checked.verdicts, hints, search, free),
        unquoted=search.unquoted(),
        fragments={path: free(name) for path, name in _parts(agreement)},
        numbers={path: number for number, (path, _) in enumerate(commitments_of(agreement), start=1)},
        actors=_by_id(actors_of(agreement)),
        sources=sources,
    )


def _quotes(
    agreement: Agreement,
    verdicts: Mapping[int, str],
    hints: Mapping[str, str | None],
    search: Search,
    free: Callable[[str], str],
) -> Mapping[Path, Sequence[CheckedQuote]]:
    found: dict[Path, list[CheckedQuote]] = defaultdict(list)
    first_places = cache(lambda quote: tuple(search.places(quote, MAX_MARKED_PLACES)))
    left, number = MAX_MARKS, 0
    for holder, quotes in quotes_by_part(agreement):
        for index, quote in enumerate(quotes):
            path = (*holder, "quotes", index)
            verdict = verdicts.get(id(quote))
            places: tuple[Place, ...] = ()
            fragment = ""
            if verdict in (None, "quote-ambiguous", "quote-cuts-word"):
                places = first_places(quote) if left > 0 else first_places(quote)[:1]
                left -= len(places)
                number += 1
                fragment = free(f"quote-{number}")
            hint = hints.get(pointer((*path, "exact")))
            found[holder].append(CheckedQuote(quote, holder, verdict, hint, places, fragment))
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
