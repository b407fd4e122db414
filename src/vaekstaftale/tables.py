"""Flat tables of agreements and their parts, as data frames take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vaekstaftale import wording
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.commitments import Initiative
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.paths import path_by_ids, quote_holders, translation_holders
from vaekstaftale.model.sources import Source
from vaekstaftale.model.validity import ValidityPeriod
from vaekstaftale.query import Entry, entries
from vaekstaftale.quotes.search import Search


def rows(agreements: Agreement | Iterable[Agreement]) -> dict[str, list[dict[str, Any]]]:
    """Return flat tables of agreements and their parts, as data frames take them.

    The tables are `agreements`, `parties`, `entities`, `initiatives`, `commitments`, `quotes`, `sources` and
    `translations`. Every row has every key of its table. Dates are texts as in a file, lists are lists of texts, and
    what is not stated is `None`. Each row of a part has the id of its `agreement`, each commitment that of its
    `initiative`, and each quote and translation the path of its `holder` by ids, as in `Change.path`.
    """
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for agreement in [agreements] if isinstance(agreements, Agreement) else agreements:
        inside = {"agreement": agreement.id}
        tables["agreements"].append(_agreement_row(agreement))
        tables["parties"] += [inside | _party_row(party) for party in agreement.parties]
        tables["entities"] += [inside | _entity_row(entity) for entity in agreement.entities]
        tables["initiatives"] += [inside | _initiative_row(initiative) for initiative in agreement.initiatives]
        tables["commitments"] += [inside | _commitment_row(entry) for entry in entries([agreement])]
        tables["quotes"] += [inside | row for row in _quote_rows(agreement)]
        tables["sources"] += [inside | _source_row(source) for source in agreement.sources]
        tables["translations"] += [inside | row for row in _translation_rows(agreement)]
    return tables


#: The names of the tables.
TABLES = ("agreements", "parties", "entities", "initiatives", "commitments", "quotes", "sources", "translations")


def _agreement_row(agreement: Agreement) -> dict[str, Any]:
    period = agreement.validity or ValidityPeriod()
    return {
        "id": agreement.id,
        "title": agreement.title,
        "language": agreement.language,
        "signed_on": _text(agreement.signed_on),
        "validity_start": _text(period.start),
        "validity_end": _text(period.end),
        "open_ended": period.open_ended,
        "complete": agreement.complete,
        "parties": [party.id for party in agreement.parties],
        "relations": [f"{one.kind.value} {one.agreement or one.title}" for one in agreement.relations],
        "note": agreement.note,
    }


def _party_row(party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "name": party.name,
        "other_names": list(party.other_names),
        "members": list(party.members),
        "representatives": list(map(wording.representative, party.representatives)),
        "note": party.note,
    }


def _entity_row(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind.value,
        "other_names": list(entity.other_names),
        "members": list(entity.members),
        "note": entity.note,
    }


def _initiative_row(initiative: Initiative) -> dict[str, Any]:
    return {
        "id": initiative.id,
        "title": initiative.title,
        "number": initiative.number,
        "common_id": initiative.common_id,
        "note": initiative.note,
    }


def _commitment_row(entry: Entry) -> dict[str, Any]:
    commitment = entry.commitment
    return {
        "initiative": None if entry.initiative is None else entry.initiative.id,
        "id": commitment.id,
        "text": commitment.text,
        "actors": list(commitment.actors),
        "strength": None if commitment.strength is None else commitment.strength.value,
        "mentions": list(commitment.mentions),
        "topics": list(commitment.topics),
        "due_on": _text(commitment.due_on),
        "common_id": commitment.common_id,
        "quotes": [quote.exact for quote in commitment.quotes],
        "note": commitment.note,
    }


def _quote_rows(agreement: Agreement) -> Iterator[dict[str, Any]]:
    """Yield the quotes, each with the first of its places."""
    search = Search(agreement)
    for path, quotes in quote_holders(agreement):
        for quote in quotes:
            place = next(search.first_places(quote, 1), None)
            yield {
                "holder": path_by_ids(agreement, path),
                "exact": quote.exact,
                "prefix": quote.prefix,
                "suffix": quote.suffix,
                "source": quote.source,
                "found": place is not None,
                "found_in": place and place.source,
                "start": place and place.start,
                "end": place and place.end,
                "line": place and place.line,
            }


def _source_row(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "kind": source.kind.value,
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "contact": source.contact,
        "published_on": _text(source.published_on),
        "updated_on": _text(source.updated_on),
        "retrieved_on": _text(source.retrieved_on),
        "language": source.language,
        "excerpt": source.excerpt,
        "sha256": source.sha256,
        "note": source.note,
        "characters": None if source.text is None else len(source.text),
    }


def _translation_rows(agreement: Agreement) -> Iterator[dict[str, Any]]:
    for path, translations in translation_holders(agreement):
        for translation in translations:
            holder = path_by_ids(agreement, path)
            yield {"holder": holder, "language": translation.language, "text": translation.text}


def _text(value: PartialDate | None) -> str | None:
    return None if value is None else str(value)
