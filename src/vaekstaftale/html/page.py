"""The page as a whole: one agreement, or several below one timeline of all, where chains of renewals are together."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.display import printable
from vaekstaftale.files.disk import packaged
from vaekstaftale.html.markup import Child, element, marked_text, written
from vaekstaftale.html.overview import overview, relation
from vaekstaftale.html.promises import actors_section, promises_section
from vaekstaftale.html.record import Record, records
from vaekstaftale.html.sources import sources_section
from vaekstaftale.html.timeline import Row, timeline
from vaekstaftale.model.agreement import CHAIN_KINDS, Agreement, require_agreements
from vaekstaftale.model.dates import ordinals_of


def page(agreements: Agreement | Iterable[Agreement], on: date, *, base: str | None = None) -> str:
    """Return the page of one agreement or several on a day; its links are relative to a base, or to the page itself."""
    if isinstance(agreements, Agreement):
        [record] = records([agreements], on)
        return _written(agreements.title, agreements.language, element("main", _agreement(record)), base)
    several = require_agreements(agreements)
    shown = records(several, on, level=2)
    main = element("main", _overview_of_several(shown, on), map(_agreement, shown))
    return _written(wording.count(len(several), "agreement"), "en", main, base)


def _agreement(record: Record) -> Element:
    parts = (overview(record), promises_section(record), actors_section(record), sources_section(record))
    return element("article", parts, class_="agreement", id=record.fragments[()])


def _overview_of_several(records: Sequence[Record], on: date) -> list[Element]:
    """Return all agreements on one timeline, those of a chain next to one another."""
    by_id = {record.agreement.id: record for record in reversed(records)}
    rows = [
        Row(
            label=_label(record, by_id),
            days=[record.agreement.signed_on],
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
        marked_text("a", agreement.title, agreement.language, href=record.link(())),
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


def _written(title: str, language: str, main: Element, base: str | None) -> str:
    style = packaged("page.css").decode()
    # A second defence behind the escaping: the browser accepts nothing but this one style sheet.
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'"
    root = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=policy),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            None if base is None else element("base", href=base),
            element("title", printable(title), lang=language),
            element("style", style),
        ),
        element("body", main),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{written(root)}\n"
