"""The parts of an agreement with their paths in a file, and paths with their places in an agreement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple, cast

import attrs

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.base import Value
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.model.translations import Translation
from vaekstaftale.problems import Path


def actors_of(agreement: Agreement) -> list[tuple[Path, Party | Entity]]:
    """Return the parties and then the entities, with their paths."""
    parties: list[tuple[Path, Party | Entity]] = [(("parties", i), party) for i, party in enumerate(agreement.parties)]
    return parties + [(("entities", i), entity) for i, entity in enumerate(agreement.entities)]


def namespaces_of(agreement: Agreement) -> dict[str, tuple[Any, ...]]:
    """Return the parts with ids, by what they are: within one of these, ids differ."""
    return {
        "party or entity": (*agreement.parties, *agreement.entities),
        "initiative": agreement.initiatives,
        "commitment": agreement.commitments,
        "source": agreement.sources,
    }


#: The keys that refer to the ids of a namespace.
REFERENCES = {"party or entity": ("members", "actors", "mentions"), "source": ("source",)}


def commitments_of(agreement: Agreement) -> list[tuple[Path, Commitment]]:
    """Return all commitments with their paths: first those of the initiatives, in order, then the general ones."""
    inside: list[tuple[Path, Commitment]] = [
        (("initiatives", i, "commitments", j), commitment)
        for i, initiative in enumerate(agreement.initiatives)
        for j, commitment in enumerate(initiative.commitments)
    ]
    general = agreement.general_commitments
    return inside + [(("general_commitments", i), commitment) for i, commitment in enumerate(general)]


class QuoteList(NamedTuple):
    """The quotes of a part."""

    #: The path of the part.
    part: Path
    quotes: tuple[Quote, ...]
    #: The source that leaves these words out; `None` for the quotes that a part is based on.
    skipped_by: Source | None = None

    @property
    def key(self) -> str:
        """The key of the list."""
        return "quotes" if self.skipped_by is None else "skipped"

    def as_searched(self, quote: Quote) -> Quote:
        """Return a quote of the list with the source in which it is searched.

        Words that a source skips are its own, unless they name another source.
        """
        if self.skipped_by is None or quote.source is not None:
            return quote
        return attrs.evolve(quote, source=self.skipped_by.id)


def quotes_of(agreement: Agreement) -> Iterator[tuple[Path, Quote]]:
    """Yield all quotes with their paths, as they are searched, in canonical order, that of the fields."""
    for quotes in quote_lists_of(agreement):
        for index, quote in enumerate(quotes.quotes):
            yield (*quotes.part, quotes.key, index), quotes.as_searched(quote)


def quote_lists_of(agreement: Agreement) -> Iterator[QuoteList]:
    """Yield the lists of quotes of an agreement in canonical order."""
    for path, quotes in quotes_by_part(agreement):
        yield QuoteList(path, quotes)
    for i, source in enumerate(agreement.sources):
        if source.skipped:
            yield QuoteList(("sources", i), source.skipped, source)


def quotes_by_part(agreement: Agreement) -> Iterator[tuple[Path, tuple[Quote, ...]]]:
    """Yield the quotes that each part is based on, with the path of the part, in canonical order."""
    if agreement.validity is not None:
        yield ("validity",), agreement.validity.quotes
    for i, initiative in enumerate(agreement.initiatives):
        for j, commitment in enumerate(initiative.commitments):
            yield ("initiatives", i, "commitments", j), commitment.quotes
        yield ("initiatives", i), initiative.quotes
    for i, commitment in enumerate(agreement.general_commitments):
        yield ("general_commitments", i), commitment.quotes
    for i, relation in enumerate(agreement.relations):
        yield ("relations", i), relation.quotes
    yield (), agreement.quotes


def translations_by_part(agreement: Agreement) -> Iterator[tuple[Path, tuple[Translation, ...]]]:
    """Yield the translations of each part that can have translations, with the path of the part."""
    yield (), agreement.translations
    for path, actor in actors_of(agreement):
        yield path, actor.translations
    for i, initiative in enumerate(agreement.initiatives):
        yield ("initiatives", i), initiative.translations
    for path, commitment in commitments_of(agreement):
        yield path, commitment.translations


def parts_of(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield a part and all parts inside it, with their paths, in canonical order."""
    yield path, value
    for attribute in attrs.fields(type(value)):
        inner = getattr(value, attribute.name)
        if isinstance(inner, Value):
            yield from parts_of(inner, (*path, attribute.name))
        elif type(inner) is tuple:
            for i, item in enumerate(inner):
                if isinstance(item, Value):
                    yield from parts_of(item, (*path, attribute.name, i))


# --- Paths that people write ------------------------------------------------------------------------------


def path_by_ids(agreement: Agreement, path: Path) -> str:
    """Return the path of a part as in `Change.path`: with ids instead of indices, where parts have ids."""
    value: Any = agreement
    steps = []
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
        steps.append(getattr(value, "id", str(step)))
    return "".join(f"/{step}" for step in steps)


def path_to(agreement: Agreement, steps: Iterable[str]) -> Path:
    """Return the path for steps that name the items of lists by id or by index. An id takes precedence.

    Steps that lead nowhere are kept, but digits become an index, because no key is a number.
    """
    path: list[str | int] = []
    value: Any = agreement
    for step in steps:
        index = int(step) if re.fullmatch("0|[1-9][0-9]{0,8}", step) else None
        if isinstance(value, tuple):
            ids = [getattr(item, "id", None) for item in value]
            index = ids.index(step) if step in ids else index
        path.append(step if index is None else index)
        value = child_of(value, path[-1])
    return tuple(path)


def child_of(value: Any, step: str | int) -> Any:
    """Return the field or item of a value to which a step leads, or `None` if there is none."""
    if isinstance(value, Value) and isinstance(step, str):
        return getattr(value, step, None) if step in _names_of(cast("Any", type(value))) else None
    if isinstance(value, tuple) and isinstance(step, int):
        return value[step] if step < len(value) else None
    return None


class CanonicalOrder:
    """The order of canonical form, by which the paths of an agreement are sorted."""

    def __init__(self, agreement: Agreement) -> None:
        # The positions of lists and parts are remembered: findings are often in the same list.
        self._known: dict[Path, tuple[tuple[int, ...], Any]] = {(): ((), agreement)}

    def position(self, path: Path) -> tuple[int, ...]:
        """Return the key of a path. One to something that is not there has that of the nearest enclosing value."""
        return self._look_up(path)[0]

    def _look_up(self, path: Path) -> tuple[tuple[int, ...], Any]:
        """Return the key of a path and the value there, or `None`."""
        if not path:
            return self._known[()]
        position, value = self._known.get(path[:-1]) or self._known.setdefault(path[:-1], self._look_up(path[:-1]))
        step = path[-1]
        if isinstance(value, tuple) and isinstance(step, str):  # a language tag
            languages = [getattr(item, "language", None) for item in value]
            return ((*position, languages.index(step)) if step in languages else position), None
        child = child_of(value, step)
        if child in (None, ()):
            return position, None
        return (*position, step if isinstance(step, int) else _names_of(cast("Any", type(value))).index(step)), child


@cache
def _names_of(cls: Any) -> list[str]:
    return [attribute.name for attribute in attrs.fields(cls)]
