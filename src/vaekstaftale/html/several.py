"""The overview of several agreements: one timeline for all of them, with those that renew one another together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element, said
from vaekstaftale.html.overview import relation
from vaekstaftale.html.record import Record
from vaekstaftale.html.timeline import Row, timeline
from vaekstaftale.model.agreement import CHAIN_KINDS
from vaekstaftale.model.dates import ordinals_of


def overview_of_several(records: Sequence[Record], on: date) -> list[Element]:
    """Return all agreements on one timeline, those of a chain next to one another."""
    by_id = {record.agreement.id: record for record in reversed(records)}
    rows = [
        Row(
            label=_label(record, by_id),
            days=[] if record.agreement.signed_on is None else [record.agreement.signed_on],
            period=record.agreement.effective_period,
            joined=position > 0,
        )
        for chain in _chains(records, by_id)
        for position, record in enumerate(chain)
    ]
    return [
        element("header", element("h1", wording.count(len(records), "agreement"))),
        element("figure", element("figcaption", "When"), timeline(rows, on), class_="when all")
        if rows
        else element("p", "There is nothing to show."),
    ]


def _label(record: Record, by_id: dict[str, Record]) -> Sequence[Child]:
    agreement = record.agreement
    promised = wording.count(len(agreement.commitments), "promise")
    return [
        said("a", agreement.title, agreement.language, href=record.link(())),
        element("p", f"{promised}, {wording.STATUS[agreement.status_on(record.on)]}"),
        [element("p", relation(record, one, by_id.get(one.agreement or ""))) for one in agreement.relations],
        element("p", record.how_many_problems, class_="wrong") if record.problems else None,
    ]


def _chains(records: Sequence[Record], by_id: dict[str, Record]) -> list[list[Record]]:
    """Return the agreements grouped into chains of renewals, amendments and replacements, oldest first."""
    chains: dict[int, list[Record]] = {id(record): [record] for record in records}
    for record in records:
        for one in record.agreement.relations:
            if one.kind in CHAIN_KINDS and one.agreement in by_id:
                mine, other = sorted((chains[id(record)], chains[id(by_id[one.agreement])]), key=len, reverse=True)
                if mine is not other:
                    mine += other
                    chains.update((id(member), mine) for member in other)
    unique = {id(chain): chain for chain in chains.values()}
    return sorted((sorted(chain, key=_begins) for chain in unique.values()), key=lambda chain: _begins(chain[0]))


def _begins(record: Record) -> tuple[int, int]:
    """Return the sort key: the first day that is known; agreements without one come last."""
    period = record.agreement.effective_period
    known = period.start or period.end
    return (1, 0) if known is None else (0, ordinals_of(known)[0])
