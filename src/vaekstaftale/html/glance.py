"""At a glance: what was agreed, by whom, until when, who promised how much, and whether the record is right."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from vaekstaftale import wording
from vaekstaftale.errors import Severity, shortened
from vaekstaftale.html.markup import element, said, words
from vaekstaftale.html.parts import (
    MOST_OF_A_NAME,
    NOT_STATED,
    actor,
    day,
    facts,
    listed,
    note,
    quotes,
    translations,
    unstated,
)
from vaekstaftale.html.timeline import Row, timeline
from vaekstaftale.model import Strength
from vaekstaftale.paths import commitments_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from vaekstaftale.errors import Path
    from vaekstaftale.html.markup import Child
    from vaekstaftale.html.record import Record
    from vaekstaftale.model import Agreement, Relation


def glance(record: Record) -> list[Element | None]:
    """Show title, status and the main facts, each drawn where it can be."""
    agreement = record.agreement
    return [
        element(
            "header",
            said(f"h{record.level}", agreement.title, agreement.language),
            translations(agreement.translations),
            status(record),
            _evidence(record),
        ),
        _problems(record),
        element(
            "section",
            element(f"h{record.level + 1}", "At a glance"),
            facts(
                ("Parties", listed(actor(record, party.id) for party in agreement.parties)),
                ("Signed", day(agreement.signed_on)),
                ("In force", list(_period(agreement))),
                ("Relations", [element("div", relation(record, one)) for one in agreement.relations]),
                ("Complete", None if agreement.complete else "no, the sources give only a part of the agreement"),
                ("Record", element("code", agreement.id)),
            ),
            note(record, agreement.note),
            element("div", _drawn(record), _firmness(record), class_="figures"),
            quotes(record, ("validity",), agreement.validity.quotes, "The validity in the source")
            if agreement.validity
            else None,
            quotes(record, (), agreement.quotes, "Title, preamble and signing in the source"),
            [
                quotes(record, ("relations", index), one.quotes, "The relation in the source")
                for index, one in enumerate(agreement.relations)
            ],
            class_="glance",
            id=record.fragments["validity",],
        ),
    ]


def status(record: Record) -> Element:
    """Say what is certain about the day."""
    found = record.agreement.status_on(record.on)
    on = element("time", wording.day(record.on), datetime=record.on)
    return element("p", "On ", on, ": ", element("strong", wording.STATUS[found]), class_=f"status {found.value}")


def _evidence(record: Record) -> Element:
    """Sum up in a sentence what became of the quotes."""
    verdicts = Counter(record.verdicts.values())
    counted = len(record.places.keys() | record.verdicts.keys())
    wrong = [
        f"{verdicts[code]} {words}"
        for code, words in (
            ("quote-not-found", "not found"),
            ("quote-ambiguous", "found in several places"),
            ("quote-unchecked", "that cannot be checked"),
            ("unknown-id", "of an unknown source"),
        )
        if verdicts[code]
    ]
    unquoted = sum(not one.quotes for one in record.agreement.commitments)
    if unquoted:
        wrong.append(f"{wording.count(unquoted, 'promise')} without a quote")
    if not counted:
        return element("p", "No words of a source are quoted.", class_="evidence")
    right = counted - sum(verdicts.values())
    told = f"Quotes that stand in their source word for word: {'all' if right == counted else right} of {counted}"
    return element("p", "; ".join([told, *wrong]), ".", class_="evidence")


def _problems(record: Record) -> Element | None:
    if not record.problems:
        return None
    return element(
        "section",
        element(f"h{record.level + 1}", f"{record.how_many_problems} in this record"),
        element(
            "ul",
            [
                element(
                    "li",
                    element("a", problem.code, href=record.link_to(problem)),
                    " ",
                    words(problem.message),
                    None if problem.hint is None else [": ", words(problem.hint)],
                    class_=problem.severity.value,
                )
                for problem in record.problems
            ],
        ),
        class_="problems" if any(one.severity is Severity.ERROR for one in record.problems) else "problems warnings",
    )


def _period(agreement: Agreement) -> Iterator[Child]:
    """Word from when to when it holds."""
    period = agreement.effective_period
    by_signing = period.start is not None and (agreement.validity is None or agreement.validity.start is None)
    if period.start is None and period.end is None and not period.open_ended:
        yield unstated()
        return
    yield ["from ", day(period.start), ", the signing," if by_signing else None]
    yield " until further notice" if period.open_ended else [" to ", day(period.end)]
    if period.length is not None:
        yield f" ({wording.length(period.length)})"


def relation(record: Record, one: Relation, other: Record | None = None) -> list[Child]:
    """Word how the agreement relates to another one, and link to that if it is on the page."""
    if other is not None:
        title = shortened(other.agreement.title, MOST_OF_A_NAME)
        name = said("a", title, other.agreement.language, href=other.link(()))
    else:
        name = said("cite", one.title or one.agreement or "", record.agreement.language)
    return [wording.word(one.kind), " ", name]


# --- Drawings ---------------------------------------------------------------------------------------------


def _drawn(record: Record) -> Element:
    agreement = record.agreement
    due = [
        Row(
            label=[
                "Due: ",
                element("a", f"promise {record.numbers[path]}", href=record.link(path)),
                ", ",
                day(one.due_on),
            ],
            days=[one.due_on],
        )
        for path, one in commitments_of(agreement)
        if one.due_on is not None
    ]
    signed = [] if agreement.signed_on is None else [agreement.signed_on]
    rows = [
        Row(label="Signed" if signed else ["Signed: ", unstated()], days=signed),
        Row(label="In force", period=agreement.effective_period),
        *due,
    ]
    return element("figure", element("figcaption", "When"), timeline(rows, record.on), class_="when")


def _firmness(record: Record) -> Element | None:
    """Show who promised how much, how firmly: a numbered mark for each promise."""
    cells: dict[str | None, dict[Strength | None, list[Element]]] = {}
    for path, commitment in commitments_of(record.agreement):
        for id_ in dict.fromkeys(commitment.actors) or (None,):
            mark = _mark(record, path, commitment.strength)
            cells.setdefault(id_, {}).setdefault(commitment.strength, []).append(mark)
    if not cells:
        return None
    columns: list[Strength | None] = [*Strength]
    if any(None in found for found in cells.values()):
        columns.append(None)
    order = {id_: position for position, id_ in enumerate(record.actors)}
    rows = sorted(cells, key=lambda id_: (id_ is None, order.get(id_ or "", len(order))))
    return element(
        "figure",
        element("figcaption", "Who promised how much, how firmly"),
        element(
            "p", "Each number is that of a promise below. How firmly is the record maker’s reading.", class_="remark"
        ),
        element(
            "table",
            element("thead", element("tr", element("td"), [_head(strength) for strength in columns])),
            element("tbody", [_row(record, id_, [cells[id_].get(one, []) for one in columns]) for id_ in rows]),
        ),
        class_="firmness",
    )


def _mark(record: Record, path: Path, strength: Strength | None) -> Element:
    number = record.numbers[path]
    kind = f"mark {strength.value}" if strength else "mark"
    return element("a", str(number), href=record.link(path), class_=kind, aria_label=f"promise {number}")


def _head(strength: Strength | None) -> Element:
    return element("th", wording.word(strength) if strength else NOT_STATED, scope="col")


def _row(record: Record, id_: str | None, marks: list[list[Element]]) -> Element:
    who = unstated("nobody is named") if id_ is None else actor(record, id_)
    return element("tr", element("th", who, scope="row"), [element("td", some) for some in marks])
