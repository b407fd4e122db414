"""The overview: what was agreed, by whom, until when, who promised what how firmly, and whether the record is valid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element, marked_text, words
from vaekstaftale.html.parts import VERDICTS, actor, day, facts, listed, note, quotes, translations, unstated
from vaekstaftale.html.record import Record
from vaekstaftale.html.timeline import Row, timeline
from vaekstaftale.model.agreement import Agreement, Relation
from vaekstaftale.model.commitments import Strength
from vaekstaftale.model.paths import commitments_of, path_to
from vaekstaftale.problems import Path, Severity, steps_of


def overview(record: Record) -> list[Element | None]:
    """Return title, status and the main facts, as drawings where possible."""
    agreement = record.agreement
    return [
        element(
            "header",
            marked_text(f"h{record.level}", agreement.title, agreement.language),
            translations(agreement.translations),
            status(record),
            _evidence(record),
        ),
        _problems(record),
        element(
            "section",
            element(f"h{record.level + 1}", "Overview"),
            facts(
                ("Parties", listed(actor(record, party.id) for party in agreement.parties)),
                ("Signed", day(agreement.signed_on)),
                ("In force", list(_period(agreement))),
                ("Relations", [element("div", relation(record, one)) for one in agreement.relations]),
                ("Complete", None if agreement.complete else "no, the sources contain only a part of the agreement"),
                ("Record", element("code", agreement.id)),
            ),
            note(record, agreement.note),
            element("div", _drawn(record), _firmness(record), class_="figures"),
            quotes(record, ("validity",), "The validity in the source"),
            quotes(record, (), "Title, preamble and signing in the source"),
            [quotes(record, ("relations", i), "The relation in the source") for i in range(len(agreement.relations))],
            class_="overview",
            id=record.fragments[("validity",)],
        ),
    ]


def status(record: Record) -> Element:
    """Return what is certain about the day."""
    found = record.agreement.status_on(record.on)
    on = element("time", wording.day(record.on), datetime=record.on)
    return element("p", "On ", on, ": ", element("strong", wording.STATUS[found]), class_=f"status {found.value}")


def _evidence(record: Record) -> Element:
    """Return a sentence on what became of the quotes."""
    quoted = list(chain.from_iterable(record.quotes.values()))
    if not quoted:
        return element("p", "No words of a source are quoted.", class_="evidence")
    verdicts = Counter(quote.verdict for quote in quoted)
    found = "all" if verdicts[None] == len(quoted) else verdicts[None]
    parts = [f"Quotes that occur in their source word for word: {found} of {len(quoted)}"]
    parts += [f"{verdicts[code]} {several}" for code, (_, several) in VERDICTS.items() if verdicts[code]]
    unquoted = sum(not one.quotes for one in record.agreement.commitments)
    if unquoted:
        parts.append(f"{wording.count(unquoted, 'promise')} without a quote")
    return element("p", "; ".join(parts), ".", class_="evidence")


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
                    element("a", problem.code, href=record.link(path_to(record.agreement, steps_of(problem.path)))),
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
    """Yield from when to when it is in force, in words."""
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
    """Return how the agreement relates to another one, in words; linked if that is on the page."""
    if other is not None:
        name = marked_text("a", other.agreement.title, other.agreement.language, href=other.link(()))
    else:
        name = marked_text("cite", one.title or one.agreement or "", record.agreement.language)
    return [wording.word(one.kind), " ", name]


def _drawn(record: Record) -> Element:
    agreement = record.agreement
    signed = agreement.signed_on
    rows = [
        Row(label="Signed" if signed else ["Signed: ", unstated()], days=[signed]),
        Row(label="In force", period=agreement.effective_period),
    ]
    for path, commitment in commitments_of(agreement):
        if commitment.due_on is not None:
            promise = element("a", f"promise {record.numbers[path]}", href=record.link(path))
            rows.append(Row(label=["Due: ", promise, ", ", day(commitment.due_on)], days=[commitment.due_on]))
    return element("figure", element("figcaption", "When"), timeline(rows, record.on), class_="when")


def _firmness(record: Record) -> Element | None:
    """Return the table of who promised what, how firmly: a numbered mark for each promise."""
    cells: dict[str | None, dict[Strength | None, list[Element]]] = defaultdict(lambda: defaultdict(list))
    for path, commitment in commitments_of(record.agreement):
        for id_ in dict.fromkeys(commitment.actors) or (None,):
            cells[id_][commitment.strength].append(_mark(record, path, commitment.strength))
    if not cells:
        return None
    columns: list[Strength | None] = [*Strength]
    if any(None in found for found in cells.values()):
        columns.append(None)
    order = {id_: position for position, id_ in enumerate(record.actors)}
    rows = sorted(cells, key=lambda id_: (id_ is None, order.get(id_ or "", len(order))))
    remark = "Each number is that of a promise below. The strength is the reading of the record’s author."
    heads = [element("th", wording.word(one) if one else "not stated", scope="col") for one in columns]
    return element(
        "figure",
        element("figcaption", "Promises by actor and strength"),
        element("p", remark, class_="remark"),
        element(
            "table",
            element("thead", element("tr", element("td"), heads)),
            element("tbody", [_row(record, id_, [cells[id_][one] for one in columns]) for id_ in rows]),
        ),
        class_="firmness",
    )


def _mark(record: Record, path: Path, strength: Strength | None) -> Element:
    number = record.numbers[path]
    kind = f"mark {strength.value}" if strength else "mark"
    return element("a", str(number), href=record.link(path), class_=kind, aria_label=f"promise {number}")


def _row(record: Record, id_: str | None, marks: list[list[Element]]) -> Element:
    who = unstated("nobody is named") if id_ is None else actor(record, id_)
    return element("tr", element("th", who, scope="row"), [element("td", some) for some in marks])
