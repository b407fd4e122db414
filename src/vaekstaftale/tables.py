"""Flat tables of agreements and their parts, as data frames take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaekstaftale import wording
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.validity import ValidityPeriod
from vaekstaftale.query import entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaekstaftale.model.commitments import Initiative
    from vaekstaftale.model.dates import PartialDate
    from vaekstaftale.model.parties import Party
    from vaekstaftale.query import Entry


def rows(agreements: Agreement | Iterable[Agreement]) -> dict[str, list[dict[str, Any]]]:
    """Return flat tables of agreements, parties, initiatives and commitments, as data frames take them.

    Every row has every key of its table. Dates are texts as in a file, lists are lists of texts, and what is not stated
    is `None`. Each row of a part has the id of its `agreement`, and each commitment that of its `initiative`.
    """
    tables: dict[str, list[dict[str, Any]]] = {"agreements": [], "parties": [], "initiatives": [], "commitments": []}
    for agreement in [agreements] if isinstance(agreements, Agreement) else agreements:
        inside = {"agreement": agreement.id}
        tables["agreements"].append(_agreement_row(agreement))
        tables["parties"] += [inside | _party_row(party) for party in agreement.parties]
        tables["initiatives"] += [inside | _initiative_row(initiative) for initiative in agreement.initiatives]
        tables["commitments"] += [inside | _commitment_row(entry) for entry in entries([agreement])]
    return tables


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


def _text(value: PartialDate | None) -> str | None:
    return None if value is None else str(value)
