"""What a page of several agreements begins with: how many there are, when each is in force, and who promised what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.header import STRENGTHS, promises_in_words, strength_name
from vaekstaftale.html.markup import Child, element, marked_text
from vaekstaftale.html.parts import day, fill, joined, known_day, marked_language, relation_line, shortened, title_of
from vaekstaftale.html.record import Page, Record
from vaekstaftale.html.timeline import Row, Scale, drawing, kinds_of
from vaekstaftale.limits import MAX_ROWS
from vaekstaftale.matching import fold
from vaekstaftale.model.agreement import CHAIN_KINDS
from vaekstaftale.model.commitments import Commitment, Strength
from vaekstaftale.model.dates import PartialDate, ordinals_of
from vaekstaftale.model.translations import translation_in
from vaekstaftale.model.validity import Status
from vaekstaftale.wording import capitalized

#: The statuses in the order in which they are named.
_STATUSES = (Status.IN_FORCE, Status.NOT_YET, Status.ENDED, Status.NOT_STATED)


# --- Heading and lead -------------------------------------------------------------------------------------


def title(records: Sequence[Record], page: Page) -> str:
    """Return how many agreements there are, and the years that they are about."""
    language = page.words
    agreements = capitalized(language.count(len(records), "agreement"))
    years = sorted({year for record in records for date in _dates(record) for year in _years(date)})
    if not years:
        return language.label("several_undated", agreements=agreements)
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    return language.label("several", agreements=agreements, years=span)


def _dates(record: Record) -> list[PartialDate]:
    period = record.agreement.validity
    dates = [record.agreement.signed_on]
    if period is not None:
        dates += [period.start, period.end]
    return [date for date in dates if date is not None]


def _years(date: PartialDate) -> tuple[int, int]:
    return date.earliest.year, date.latest.year


def lead_sentences(records: Sequence[Record], page: Page) -> list[list[Child]]:
    """Return the statuses and the number of promises as sentences; none if there is no agreement."""
    if not records:
        return []
    language = page.words
    numbers = Counter(record.status for record in records)
    if len(numbers) == 1:
        [status] = numbers
        word = language.named("statuses_in_lead", status, min(len(records), 2) - 1)
        statuses = language.label(
            "all_one", len(records), status=word, number=language.number(len(records), "agreement")
        )
    else:
        statuses = language.listed(
            [
                language.label(
                    "some",
                    number=language.number(numbers[status], "agreement"),
                    status=language.named("statuses_in_lead", status, min(numbers[status], 2) - 1),
                )
                for status in _STATUSES
                if numbers[status]
            ]
        )
    sentence = wording.split(
        language.form("as_of"),
        {"day": element("time", language.day(page.on), datetime=str(page.on)), "statuses": statuses},
    )
    commitments = _commitments(records)
    if not commitments:
        return [sentence, [language.label("no_promises_several", len(records))]]
    key = "it_contains" if len(records) == 1 else "together"
    return [sentence, [language.label(key, promises=promises_in_words(language, commitments))]]


def _commitments(records: Sequence[Record]) -> list[Commitment]:
    return [commitment for record in records for commitment in record.agreement.commitments]


# --- Timeline ---------------------------------------------------------------------------------------------


def in_order(records: Sequence[Record]) -> list[list[Record]]:
    """Return the agreements by chains of relations, the oldest first; chains by their first known day."""
    by_id = {record.agreement.id: record for record in reversed(records)}
    chains: dict[int, list[Record]] = {id(record): [record] for record in records}
    for record in records:
        for relation in record.agreement.relations:
            if relation.kind in CHAIN_KINDS and relation.agreement in by_id:
                mine, other = sorted((chains[id(record)], chains[id(by_id[relation.agreement])]), key=len, reverse=True)
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


def when(chains: Sequence[Sequence[Record]], page: Page) -> Element | None:
    """Return when each agreement is in force, in words and drawn; `None` if no date is known."""
    language = page.words
    records = [record for chain in chains for record in chain]
    dated = [record for record in records if _is_dated(record)]
    undated = [record for record in records if not _is_dated(record)]
    if not dated:
        return None
    by_id = {record.agreement.id: record for record in reversed(records)}
    rows = {id(record): Row(record.agreement.signed_on, record.agreement.effective_period) for record in dated}
    in_force = any(record.status is Status.IN_FORCE for record in dated)
    scale = Scale(list(rows.values()), page.on, with_day=in_force)
    items = [
        element(
            "li",
            element("div", _label(record, by_id), class_="label"),
            drawing(scale, rows[id(record)]),
            class_="chain" if len(chain) > 1 else None,
        )
        for chain in chains
        for record in chain
        if _is_dated(record)
    ]
    none = wording.split(
        language.form("undated"), {"titles": joined(records[0], [_undated(record) for record in undated])}
    )
    return element(
        "section",
        element("h2", language.label("when", len(records))),
        element("p", _intro(list(rows.values()), scale, page, chains), class_="intro"),
        scale.axis(language.day(page.on)),
        element("ol", items),
        element("p", none, class_="undated") if undated else None,
        class_="when",
        id="when",
    )


def _is_dated(record: Record) -> bool:
    period = record.agreement.effective_period
    return any((record.agreement.signed_on, period.start, period.end))


def _intro(rows: Sequence[Row], scale: Scale, page: Page, chains: Sequence[Sequence[Record]]) -> list[Child]:
    """Return what the drawings mean, as far as it occurs."""
    language = page.words
    kinds = {kind for row in rows for kind in kinds_of(row)}
    named = [language.label(f"legend_{kind}") for kind in ("certain", "possible", "unstated") if kind in kinds]
    sentences: list[Child] = []
    if any(len(chain) > 1 for chain in chains):
        sentences += [language.label("when_intro"), " "]
    if named:
        sentences += [capitalized(f"{', '.join(named)}."), " "]
    if scale.has_day:
        moment = element("time", language.day(page.on), datetime=str(page.on))
        sentences += wording.split(language.form("legend_today"), {"day": moment})
    return sentences


def _label(record: Record, by_id: Mapping[str, Record]) -> Iterator[Element]:
    language = record.words
    yield element("p", title_of(record, record.agreement, record.link(())), class_="title")
    yield element("p", _dates_in_words(record))
    status = language.named("statuses", record.status, 1)
    promises = language.count(len(record.agreement.commitments), "promise")
    yield element("p", language.label("status_and_promises", status=status, promises=promises))
    for relation in record.agreement.relations:
        yield relation_line(record, relation, dict(by_id))


def _dates_in_words(record: Record) -> list[Child]:
    """Return the stated period, or else the signing: with a dash between start and end."""
    period = record.agreement.validity
    start, end = (period.start, period.end) if period is not None else (None, None)
    signed = record.agreement.signed_on
    if period is not None and period.open_ended:
        known = start or signed
        key = "until_further_notice_alone" if known is None else "until_further_notice"
        return fill(record, key, start=known_day(record, known))
    if start is not None and end is not None:
        return _range(record, start, end)
    if end is not None:
        return _range(record, signed, end) if signed is not None else fill(record, "only_to", end=day(record, end))
    if start is not None:
        return fill(record, "only_from", start=day(record, start))
    return [] if signed is None else fill(record, "signed_alone", date=day(record, signed))


def _range(record: Record, start: PartialDate, end: PartialDate) -> list[Child]:
    dash = "–" if len(str(start)) == len(str(end)) == len("YYYY") else " – "
    return [day(record, start), dash, day(record, end)]


def _undated(record: Record) -> list[Child]:
    promises = record.words.count(len(record.agreement.commitments), "promise")
    return fill(record, "undated_item", title=title_of(record, record.agreement, record.link(())), promises=promises)


# --- Who promised what ------------------------------------------------------------------------------------


def who(records: Sequence[Record], page: Page) -> Element | None:
    """Return a table of who is bound by how many promises of each strength."""
    language = page.words
    numbers: dict[str | None, Counter[Strength | None]] = {}
    names: dict[str | None, Child] = {}
    for record in records:
        for commitment in record.agreement.commitments:
            for key, name in _bound(record, commitment):
                names.setdefault(key, name)
                numbers.setdefault(key, Counter())[commitment.strength] += 1
    if not numbers:
        return None
    present = [strength for strength in STRENGTHS if any(found[strength] for found in numbers.values())]
    # The largest first; nobody last.
    keys = sorted(numbers, key=lambda key: (key is None, -numbers[key].total()))
    rows = [
        element(
            "tr",
            element("th", names[key], scope="row"),
            [
                element("td", language.digits(numbers[key][strength]) if numbers[key][strength] else None)
                for strength in present
            ],
            element("td", language.digits(numbers[key].total())),
        )
        for key in keys[:MAX_ROWS]
    ]
    left = len(keys) - len(rows)
    heads = [strength_name(language, strength) for strength in present] + [language.label("total")]
    head = element(
        "tr",
        element("th", language.label("column_who"), scope="col"),
        [element("th", element("span", text), scope="col") for text in heads],
    )
    return element(
        "section",
        element("h2", language.label("who")),
        element("p", language.label("who_intro", len(records)), class_="intro"),
        element("table", element("thead", head), element("tbody", rows), class_="sum"),
        element("p", language.label("more_rows", left, number=language.digits(left)), class_="more") if left else None,
        id="who",
    )


def _bound(record: Record, commitment: Commitment) -> Iterator[tuple[str | None, Child]]:
    """Yield who is bound, each with the form in which names are compared."""
    if not commitment.actors:
        yield None, record.words.label("nobody")
    for id_ in dict.fromkeys(commitment.actors):
        found = record.actors.get(id_)
        if found is None:
            yield id_, element("code", shortened(id_))
            continue
        part = found[1]
        own = wording.primary(record.agreement.language) == record.words.tag
        translated = None if own else translation_in(part, record.words.tag)
        language = marked_language(record, record.agreement.language) if translated is None else None
        yield fold(part.name), marked_text("span", shortened(translated or part.name), language)
