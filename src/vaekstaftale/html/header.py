"""The first screen: when, what, by whom and how firmly, and whether the record is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from xml.etree.ElementTree import Element

from vaekstaftale.html.markup import Child, element, words
from vaekstaftale.html.parts import (
    actor,
    day,
    fill,
    joined,
    known_day,
    own_words_below,
    relation_line,
    shown_text,
)
from vaekstaftale.html.record import Record
from vaekstaftale.model.commitments import Commitment, Strength
from vaekstaftale.model.paths import path_to
from vaekstaftale.problems import Severity, steps_of
from vaekstaftale.wording import Words, capitalized

#: The strengths, the strongest first, and `None` for a promise without one.
STRENGTHS: tuple[Strength | None, ...] = (*reversed(Strength), None)
#: The most parties that are named in a sentence.
_MOST_NAMED = 3


def kicker(record: Record) -> Element:
    """Return when the agreement was concluded, how long it is in force, and its status, on one line."""
    parts = [part for part in (_signed(record), _period(record), _status(record)) if part]
    return element("p", [[" · " if index else None, part] for index, part in enumerate(parts)], class_="kicker")


def _signed(record: Record) -> list[Child]:
    signed = record.agreement.signed_on
    return [] if signed is None else fill(record, "signed", date=day(record, signed))


def _period(record: Record) -> list[Child]:
    period = record.agreement.validity
    if period is None:
        return []
    start, end = known_day(record, period.start), known_day(record, period.end)
    if period.open_ended:
        return fill(record, "open_ended_from" if start is not None else "open_ended", start=start)
    if start is not None and end is not None:
        return fill(record, "from_to", start=start, end=end)
    if end is not None:
        return fill(record, "to", end=end)
    return [] if start is None else fill(record, "from", start=start)


def _status(record: Record) -> list[Child]:
    status = element("b", record.words.named("statuses", record.status, 0))
    return fill(record, "status", day=day(record, record.page.on), status=status)


def heading(record: Record) -> list[Child]:
    """Return the title, and below a translation of it the record's own words."""
    agreement = record.agreement
    return [
        shown_text(record, f"h{record.level}", agreement.title, agreement),
        own_words_below(record, agreement.title, agreement),
    ]


def lead(record: Record) -> Element:
    """Return what was agreed by whom as one sentence, which follows from counts."""
    agreement = record.agreement
    if len(agreement.parties) <= _MOST_NAMED:
        parties: list[Child] = joined(record, [actor(record, party.id) for party in agreement.parties])
    else:
        parties = [capitalized(record.words.count(len(agreement.parties), "party"))]
    if agreement.commitments:
        promises = promises_in_words(record.words, agreement.commitments)
        sentence = fill(record, "lead", parties=parties, promises=promises)
    else:
        sentence = fill(record, "lead_none", parties=parties)
    more = None if agreement.complete else f" {record.words.label('incomplete', len(agreement.sources))}"
    return element("p", sentence, more, class_="lead")


def promises_in_words(language: Words, commitments: Sequence[Commitment]) -> str:
    """Return the number of promises by their strengths: `to løfter: ét om at udføre og ét om at drøfte`."""
    numbers = Counter(commitment.strength for commitment in commitments)
    promises = language.count(len(commitments), "promise")
    if len(numbers) == 1:
        [strength] = numbers
        if strength is None:
            return language.label("promises_unassessed", promises=promises)
        verb = language.named("strengths", strength, 1)
        return language.label("promises_all", len(commitments), promises=promises, strength=verb)
    parts = []
    for strength in STRENGTHS:
        if numbers[strength]:
            number = language.number(numbers[strength], "promise")
            if strength is None:
                parts.append(language.label("part_unassessed", number=number))
            else:
                verb = language.named("strengths", strength, 1)
                parts.append(language.label("part", number=number, strength=verb))
    return language.label("promises_several", promises=promises, parts=language.listed(parts))


def bar(language: Words, commitments: Sequence[Commitment]) -> Element | None:
    """Return one bar with a part for each strength, and below it the strengths in words with their numbers."""
    numbers = Counter(commitment.strength for commitment in commitments)
    if not commitments:
        return None
    present = [strength for strength in STRENGTHS if numbers[strength]]
    drawing, position = [], 0.0
    for strength in present:
        width = 100 * numbers[strength] / len(commitments)
        drawing.append(
            element(
                "rect",
                x=f"{position:.2f}%",
                width=f"{width:.2f}%",
                height="100%",
                class_=f"f-{strength_class(strength)}",
            )
        )
        position += width
    keys = [
        element(
            "li",
            element("i", class_=strength_class(strength), aria_hidden="true"),
            f"{strength_name(language, strength)} ",
            element("b", language.digits(numbers[strength])),
        )
        for strength in present
    ]
    return element(
        "figure",
        element("figcaption", language.label("bar", len(commitments))),
        element("svg", drawing, class_="strip", width="100%", aria_hidden="true"),
        element("ul", keys, class_="keys"),
        class_="firm",
    )


def strength_name(language: Words, strength: Strength | None) -> str:
    """Return the name of a strength, or that there is none."""
    return language.label("unassessed") if strength is None else language.named("strengths", strength, 0)


def strength_class(strength: Strength | None) -> str:
    """Return the class of the colour of a strength."""
    return "none" if strength is None else strength.value


def check(records: Sequence[Record], language: Words, *, several: bool) -> Element:
    """Return whether the quotes were found, and what the record does not say."""
    commitments = [commitment for record in records for commitment in record.agreement.commitments]
    quotes = [quote for record in records for quote in chain.from_iterable(record.quotes.values())]
    sources = sum(len(record.agreement.sources) for record in records)
    many = several and len(records) != 1
    found = sum(bool(quote.places) for quote in quotes)
    sentences = [_found(language, found, len(quotes), sources, many=many)]
    unquoted = sum(not commitment.quotes for commitment in commitments)
    if unquoted and quotes:
        number = capitalized(language.number(unquoted, "promise"))
        sentences.append(language.label("unquoted_promises", unquoted, number=number))
    if any(commitment.strength for commitment in commitments):
        sentences.append(language.label("strength_is_a_reading", 2 if many else 1))
    if commitments:
        sentences.append(language.label("kept_several" if many else "kept", len(commitments)))
    tick = element("b", "✓ ", aria_hidden="true") if quotes and found == len(quotes) else None
    return element("p", tick, " ".join(sentences), class_="check")


def _found(language: Words, found: int, number: int, sources: int, *, many: bool) -> str:
    if not number:
        return language.label("no_quotes_several" if many else "no_quotes", sources)
    if found == number:
        key = {1: "found_one", 2: "found_two"}.get(number, "found_all")
    elif number == 1:
        key = "found_some_of_one"
    else:
        key = "found_1_of_some" if found == 1 else "found_some"
    # "15 of 18" is in digits; a number alone is in words.
    written = language.number(number, "quote") if found == number else language.digits(number)
    return language.label(key, sources, found=language.digits(found), number=written)


def problems(record: Record) -> Element | None:
    """Return what is wrong with the record, each with a link to what it is about."""
    if not record.problems:
        return None
    number = len(record.problems)
    if record.problems[-1].code == "more-problems":
        title = record.words.label("more_problems", number=record.words.digits(number - 1))
    else:
        title = record.words.label("problems", number, number=capitalized(record.words.number(number, "problem")))
    items: list[Child] = []
    for problem in record.problems:
        kind = "error" if problem.severity is Severity.ERROR else "warning"
        link = record.link(path_to(record.agreement, steps_of(problem.path)))
        hint: Child = [" ", element("span", words(problem.hint), class_="hint")] if problem.hint else None
        said = element("b", record.words.named("severities", kind), lang=record.words.tag)
        code = element("a", element("code", words(problem.code)), href=link)
        items.append(element("li", said, " ", code, ": ", words(problem.message), hint, class_=kind))
    lang = None if record.words.tag == "en" else "en"
    return element(
        "section",
        element(f"h{record.level + 1}", title),
        element("ul", items, lang=lang),
        class_="problems",
        aria_label=title if record.level == 1 else None,
        id=record.fragments["problems",],
    )


def relations(record: Record, others: Mapping[str, Record]) -> list[Element]:
    """Return how the agreement relates to others, one line each."""
    return [relation_line(record, relation, dict(others)) for relation in record.agreement.relations]


def navigation(language: Words, links: Iterable[tuple[str, Child]]) -> Element:
    """Return links to the sections."""
    items = [element("li", element("a", text, href=f"#{fragment}")) for fragment, text in links]
    return element("nav", element("ul", items, class_="in"), class_="toc", aria_label=language.label("nav"))


#: The most characters of the description of a page.
_MOST_DESCRIBED = 300


def description(sentences: Sequence[str]) -> str:
    """Return sentences as the description of a page, cut at a word."""
    text = " ".join(sentences)
    return text if len(text) <= _MOST_DESCRIBED else text[: _MOST_DESCRIBED - 1].rpartition(" ")[0] + "…"
