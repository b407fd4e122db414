"""The promises: all of them in one table, and each with the words of the source that it is based on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from vaekstaftale.html.header import STRENGTHS, strength_class, strength_name
from vaekstaftale.html.markup import Child, element, words
from vaekstaftale.html.parts import (
    actor,
    day,
    fill,
    in_page_language,
    initiative_title,
    is_party,
    joined,
    more,
    own_text,
    own_words_below,
    quote_figures,
    remark,
    shown_text,
)
from vaekstaftale.html.record import Record
from vaekstaftale.limits import MAX_IN_LIST, MAX_LISTED
from vaekstaftale.model.commitments import Commitment, Strength
from vaekstaftale.model.parties import Entity, EntityKind
from vaekstaftale.model.paths import commitments_of
from vaekstaftale.problems import Path
from vaekstaftale.wording import capitalized

#: The most names of one promise in the list.
_MOST_NAMED = 3


class Promise(NamedTuple):
    """A commitment and its path."""

    path: Path
    commitment: Commitment


def promise_list(record: Record) -> Element | None:
    """Return all promises in words, the strongest first, each with who is bound."""
    promises = [Promise(*found) for found in commitments_of(record.agreement)]
    if not promises:
        return None
    by_strength: dict[Strength | None, list[Promise]] = defaultdict(list)
    for promise in promises:
        by_strength[promise.commitment.strength].append(promise)
    language = record.words
    columns = [language.label(key) for key in ("column_strength", "column_promise", "column_who")]
    head = element("tr", [element("th", column, scope="col") for column in columns])
    bodies = [
        element("tbody", _rows(record, strength, by_strength[strength]), class_=strength_class(strength))
        for strength in STRENGTHS
        if strength in by_strength
    ]
    return element(
        "section",
        element(f"h{record.level + 1}", capitalized(language.count(len(promises), "promise"))),
        element("p", _intro(record, promises), class_="intro"),
        element("table", element("thead", head), bodies, class_="list"),
        id=record.fragments["promises",],
    )


def _intro(record: Record, promises: Sequence[Promise]) -> str:
    language = record.words
    number = len(promises)
    due = sum(promise.commitment.due_on is not None for promise in promises)
    sentences = [] if number == 1 else [language.label("strongest_first")]
    if not due:
        sentences.append(language.label("no_deadline", number))
    elif number > 1 and due == number:
        sentences.append(language.label("all_deadlines", number, number=language.number(number, "promise")))
    elif number > 1:
        written = capitalized(language.number(due, "promise"))
        sentences.append(language.label("some_deadlines", due, number=written))
    return " ".join(sentences)


def _rows(record: Record, strength: Strength | None, promises: Sequence[Promise]) -> Iterator[Element]:
    name = f"{strength_name(record.words, strength)} ({record.words.digits(len(promises))})"
    first: Child = element(
        "th",
        element("i", class_=strength_class(strength), aria_hidden="true"),
        name,
        scope="rowgroup",
        rowspan=len(promises) if len(promises) > 1 else None,
        class_="how",
    )
    for promise in promises:
        text, language, _ = in_page_language(record, promise.commitment.text, promise.commitment)
        if len(text) > MAX_IN_LIST:
            text = text[:MAX_IN_LIST].rstrip() + "…"
        link = element("a", words(text), href=record.link(promise.path), lang=language)
        yield element(
            "tr", first, element("td", link, class_="what"), element("td", _who(record, promise), class_="who")
        )
        first = None


def _who(record: Record, promise: Promise) -> list[Child]:
    commitment = promise.commitment
    lines: list[Child] = [_bound(record, commitment)]
    if commitment.condition is not None:
        lines.append(record.words.label("conditional"))
    if commitment.due_on is not None:
        lines.append(_deadline(record, commitment))
    return [lines[0], [element("span", line, class_="line") for line in lines[1:]]]


def _bound(record: Record, commitment: Commitment) -> Child:
    language, actors = record.words, list(dict.fromkeys(commitment.actors))
    parties = {party.id for party in record.agreement.parties}
    if not actors:
        return language.label("nobody")
    if len(parties) > 1 and set(actors) == parties:
        return language.label("all_parties", len(parties) - 1, number=language.number(len(parties), "party"))
    if record.page.references <= 0:
        return language.digits(len(actors))
    names: list[Child] = []
    for id_ in actors[:_MOST_NAMED]:
        record.page.references -= 1
        outside = not is_party(record, id_)
        names.append([_plain(record, id_), f" {language.label('not_a_party')}" if outside else None])
    others = len(actors) - len(names)
    if others:
        rest = language.label("and_others", others, number=language.digits(others))
        return [joined(record, names, conjunction=False), f" {rest}"]
    return joined(record, names)


def _plain(record: Record, id_: str) -> Child:
    """Return a name without a link: the row already leads to the promise, where the name is one."""
    name = actor(record, id_)
    if isinstance(name, Element) and name.tag == "a":
        name.tag = "span"
        del name.attrib["href"]
    return name


def _deadline(record: Record, commitment: Commitment) -> list[Child]:
    due = commitment.due_on
    assert due is not None  # noqa: S101 - the callers know
    key = "deadline"
    if due.latest < record.page.on:
        key = "deadline_passed"
    elif due.earliest < record.page.on:
        key = "deadline_may_have_passed"
    return fill(record, key, date=day(record, due))


# --- Promise by promise -----------------------------------------------------------------------------------


def cards(record: Record) -> Element | None:
    """Return every promise by itself, by initiative, with the words that it is based on."""
    agreement, language = record.agreement, record.words
    if not agreement.initiatives and not agreement.commitments:
        return None
    number = len(agreement.initiatives)
    title = language.label("cards_alone")
    if number:
        title = capitalized(language.label("cards", initiatives=language.count(number, "initiative")))
    key = "cards_intro_several" if record.has_several_sources else "cards_intro"
    level = record.level + 2
    sections = [_initiative(record, index, level) for index in range(number)]
    general = [
        _card(record, Promise(("general_commitments", index), commitment), level + bool(number))
        for index, commitment in enumerate(agreement.general_commitments)
    ]
    if general and number:
        outside = element(f"h{level}", language.label("outside"))
        sections.append(element("section", outside, general, class_="initiative"))
    return element(
        "section",
        element(f"h{record.level + 1}", title),
        element("p", language.label(key), class_="intro"),
        sections,
        None if number else general,
        id=record.fragments["initiatives",],
    )


def _initiative(record: Record, index: int, level: int) -> Element:
    initiative = record.agreement.initiatives[index]
    path = ("initiatives", index)
    promises = [
        Promise((*path, "commitments", number), commitment) for number, commitment in enumerate(initiative.commitments)
    ]
    quotes = record.quotes.get(path, ())
    label = record.words.label("initiative_quotes", number=record.words.digits(len(quotes)))
    none = element("p", record.words.label("no_promises_here"), class_="more")
    return element(
        "section",
        element(f"h{level}", initiative_title(record, initiative)),
        own_words_below(record, initiative.title, initiative),
        remark(record, initiative.note),
        [_card(record, promise, level + 1) for promise in promises] or none,
        element("details", element("summary", label), quote_figures(record, quotes)) if quotes else None,
        class_="initiative",
        id=record.fragments[path],
    )


def _card(record: Record, promise: Promise, level: int) -> Element:
    language, commitment = record.words, promise.commitment
    number = language.digits(record.numbers[promise.path])
    link = record.link(promise.path)
    title = element(
        f"h{level}",
        element("span", number, class_="no"),
        " ",
        shown_text(record, "span", commitment.text, commitment),
        element("a", "#", class_="perma", href=link, aria_label=language.label("permalink", number=number)),
    )
    condition = commitment.condition
    details = [
        commitment.due_on and _deadline(record, commitment),
        commitment.mentions and fill(record, "mentions", names=_names(record, commitment.mentions)),
        commitment.topics and fill(record, "topics", text=own_text(record, "span", ", ".join(commitment.topics))),
        commitment.label and fill(record, "label", text=own_text(record, "span", commitment.label)),
    ]
    quotes = record.quotes.get(promise.path, ())
    return element(
        "article",
        element(
            "div",
            title,
            own_words_below(record, commitment.text, commitment),
            _sentence(record, commitment),
            condition and more(fill(record, "condition", text=own_text(record, "span", condition)), class_="bound"),
            [more(detail) for detail in details if detail],
            remark(record, commitment.note),
        ),
        element("div", quote_figures(record, quotes) or element("p", language.label("no_quote"), class_="more")),
        class_="promise",
        id=record.fragments[promise.path],
    )


def _names(record: Record, ids: Sequence[str]) -> list[Child]:
    """Return names as links: at most a hundred, and none after the limit on all references."""
    if record.page.references <= 0:
        return [record.words.digits(len(ids))]
    named = [actor(record, id_) for id_ in ids[:MAX_LISTED]]
    record.page.references -= len(named)
    others = len(ids) - len(named)
    if not others:
        return joined(record, named)
    rest = record.words.label("and_others", others, number=record.words.digits(others))
    return [joined(record, named, conjunction=False), f" {rest}"]


def _sentence(record: Record, commitment: Commitment) -> Element:
    """Return who is bound, and how firmly, as one sentence."""
    language, strength = record.words, commitment.strength
    verb: Child = None
    if strength is not None:
        steps = list(Strength).index(strength) + 1
        meter = [element("i", class_="on" if step < steps else None) for step in range(len(Strength))]
        verb = element(
            "span",
            element("b", language.named("strengths", strength, 1)),
            element("span", meter, class_="steps", aria_hidden="true"),
            class_="nb",
        )
    if not commitment.actors:
        key = "nobody_bound_unassessed" if strength is None else "nobody_bound"
        return element("p", fill(record, key, strength=verb), class_="bound")
    key = "bound_unassessed" if strength is None else "bound"
    names = _names(record, list(dict.fromkeys(commitment.actors)))
    return element("p", fill(record, key, _grammatical(record, commitment), names=names, strength=verb), class_="bound")


def _grammatical(record: Record, commitment: Commitment) -> int:
    """Return the number of a verb: one, or several for a group too."""
    if len(set(commitment.actors)) > 1:
        return 2
    found = record.actors.get(commitment.actors[0])
    part = found and found[1]
    return 2 if isinstance(part, Entity) and part.kind is EntityKind.GROUP else 1


# --- Other wording ----------------------------------------------------------------------------------------


def other_wording(record: Record) -> Element | None:
    """Return the quotes of the validity, the agreement and the relations."""
    groups = [
        ("validity", record.quotes.get(("validity",), ())),
        ("agreement_quotes", record.quotes.get((), ())),
        (
            "relation_quotes",
            [
                quote
                for index in range(len(record.agreement.relations))
                for quote in record.quotes.get(("relations", index), ())
            ],
        ),
    ]
    parts = [
        element("div", element(f"h{record.level + 2}", record.words.label(key)), quote_figures(record, quotes))
        for key, quotes in groups
        if quotes
    ]
    if not parts:
        return None
    return element(
        "section",
        element(f"h{record.level + 1}", record.words.label("other_wording")),
        element("div", parts, class_="words"),
        id=record.fragments["quotes",],
    )
