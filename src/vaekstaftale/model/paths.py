"""The parts of an agreement, each with its path in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.sources import Quote
from vaekstaftale.model.translations import Translation
from vaekstaftale.problems import Path


def actors_of(agreement: Agreement) -> list[tuple[Path, Party | Entity]]:
    """Return the parties and then the entities, with their paths."""
    parties: list[tuple[Path, Party | Entity]] = [(("parties", i), party) for i, party in enumerate(agreement.parties)]
    return parties + [(("entities", i), entity) for i, entity in enumerate(agreement.entities)]


def commitments_of(agreement: Agreement) -> list[tuple[Path, Commitment]]:
    """Return all commitments with their paths: first those of the initiatives, in order, then the general ones."""
    inside: list[tuple[Path, Commitment]] = [
        (("initiatives", i, "commitments", j), commitment)
        for i, initiative in enumerate(agreement.initiatives)
        for j, commitment in enumerate(initiative.commitments)
    ]
    return inside + [(("general_commitments", i), one) for i, one in enumerate(agreement.general_commitments)]


def quotes_of(agreement: Agreement) -> Iterator[tuple[Path, Quote]]:
    """Yield all quotes with their paths, in canonical order, that of the fields."""
    for path, quotes in quote_holders(agreement):
        for index, quote in enumerate(quotes):
            yield (*path, "quotes", index), quote


def quote_holders(agreement: Agreement) -> Iterator[tuple[Path, tuple[Quote, ...]]]:
    """Yield the quotes of each part that can have quotes, with the path of the part, in canonical order."""
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


def translation_holders(agreement: Agreement) -> Iterator[tuple[Path, tuple[Translation, ...]]]:
    """Yield the translations of each part that can have translations, with the path of the part."""
    yield (), agreement.translations
    for path, actor in actors_of(agreement):
        yield path, actor.translations
    for i, initiative in enumerate(agreement.initiatives):
        yield ("initiatives", i), initiative.translations
    for path, commitment in commitments_of(agreement):
        yield path, commitment.translations


def path_by_ids(agreement: Agreement, path: Path) -> str:
    """Return the path of a part as in `Change.path`: with ids instead of indices, where parts have ids."""
    value: Any = agreement
    steps = []
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
        steps.append(getattr(value, "id", str(step)))
    return "".join(f"/{step}" for step in steps)
