"""The section on promises: who is bound, how firmly, until when, and the words that each promise is based on."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element, said
from vaekstaftale.html.parts import actor, day, facts, listed, note, quotes, translations, unstated
from vaekstaftale.html.record import Record
from vaekstaftale.model.commitments import Commitment, Initiative, Strength
from vaekstaftale.problems import Path


def promises_section(record: Record) -> Element:
    """Return the section that shows every promise, initiative by initiative."""
    agreement = record.agreement
    level = record.level + 1
    return element(
        "section",
        element(f"h{level}", wording.count(len(agreement.commitments), "promise")),
        [_initiative(record, index, initiative) for index, initiative in enumerate(agreement.initiatives)],
        _outside(record) if agreement.general_commitments else None,
        class_="promises",
        id=record.section("initiatives"),
    )


def _outside(record: Record) -> Element:
    general = enumerate(record.agreement.general_commitments)
    return element(
        "section",
        element(f"h{record.level + 2}", "Outside the initiatives"),
        [_promise(record, ("general_commitments", index), commitment) for index, commitment in general],
    )


def _initiative(record: Record, index: int, initiative: Initiative) -> Element:
    path: Path = ("initiatives", index)
    own = record.agreement.language
    numbered = None if initiative.number is None else f"{initiative.number}. "
    return element(
        "section",
        element(f"h{record.level + 2}", numbered, said("span", initiative.title, own)),
        translations(initiative.translations),
        note(record, initiative.note),
        [
            _promise(record, (*path, "commitments", number), commitment)
            for number, commitment in enumerate(initiative.commitments)
        ],
        None if initiative.commitments else element("p", "No promise is recorded here.", class_="unstated"),
        quotes(record, path, "Heading and background in the source"),
        class_="initiative",
        id=record.fragments[path],
    )


def _promise(record: Record, path: Path, commitment: Commitment) -> Element:
    due = day(commitment.due_on)
    return element(
        "article",
        element(
            "div",
            element(
                f"h{record.level + 3}",
                element("a", str(record.numbers[path]), class_="number", href=record.link(path)),
                said("span", commitment.text, record.agreement.language),
            ),
            translations(commitment.translations),
            class_="side-by-side",
        ),
        facts(
            ("Who", listed(actor(record, id_) for id_ in commitment.actors) or unstated("the words name nobody")),
            ("How firmly", _firmness(commitment.strength)),
            ("Due", [element("span", "by "), due] if commitment.due_on else due),
            ("Concerns", listed(actor(record, id_) for id_ in commitment.mentions)),
            ("Topics", listed(said("span", topic, record.agreement.language) for topic in commitment.topics)),
        ),
        quotes(record, path),
        None if commitment.quotes else element("p", "No words of a source are quoted for it.", class_="unstated"),
        note(record, commitment.note),
        class_="promise",
        id=record.fragments[path],
    )


def _firmness(strength: Strength | None) -> Child:
    if strength is None:
        return unstated()
    steps = [element("i", class_="on" if step <= strength else None) for step in Strength]
    return [element("span", steps, class_="meter", aria_hidden="true"), wording.word(strength)]
