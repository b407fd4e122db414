"""The sections on promises, and on the parties and entities that make them or that they concern.

Of each promise: who is bound, how firmly, until when, and the words that it is based on.
"""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element, marked_text, words
from vaekstaftale.html.parts import actor, day, facts, listed, note, quotes, translations, unstated
from vaekstaftale.html.record import Record
from vaekstaftale.model.commitments import Commitment, Initiative, Strength
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.paths import actors_of, commitments_of
from vaekstaftale.problems import Path


def promises_section(record: Record) -> Element:
    """Return the section that shows every promise, initiative by initiative."""
    agreement = record.agreement
    general = [_promise(record, ("general_commitments", i), one) for i, one in enumerate(agreement.general_commitments)]
    return element(
        "section",
        element(f"h{record.level + 1}", wording.count(len(agreement.commitments), "promise")),
        [_initiative(record, ("initiatives", i), one) for i, one in enumerate(agreement.initiatives)],
        element("section", element(f"h{record.level + 2}", "Outside the initiatives"), general) if general else None,
        class_="promises",
        id=record.fragments[("initiatives",)],
    )


def _initiative(record: Record, path: Path, initiative: Initiative) -> Element:
    return element(
        "section",
        element(
            f"h{record.level + 2}",
            words(wording.numbered(initiative)),
            marked_text("span", initiative.title, record.agreement.language),
        ),
        translations(initiative.translations),
        note(record, initiative.note),
        [_promise(record, (*path, "commitments", i), one) for i, one in enumerate(initiative.commitments)],
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
                commitment.label and [marked_text("span", commitment.label, record.agreement.language), " "],
                marked_text("span", commitment.text, record.agreement.language),
            ),
            translations(commitment.translations),
            class_="side-by-side",
        ),
        facts(
            ("Who", listed(actor(record, id_) for id_ in commitment.actors) or unstated("the words name nobody")),
            ("How firmly", _firmness(commitment.strength)),
            (
                "On condition",
                commitment.condition and marked_text("span", commitment.condition, record.agreement.language),
            ),
            ("Due", [element("span", "by "), due] if commitment.due_on else due),
            ("Concerns", listed(actor(record, id_) for id_ in commitment.mentions)),
            ("Topics", listed(marked_text("span", topic, record.agreement.language) for topic in commitment.topics)),
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


# --- Parties and entities ---------------------------------------------------------------------------------


def actors_section(record: Record) -> Element:
    """Return the section that shows every party and entity."""
    named: dict[str, list[Path]] = defaultdict(list)
    for path, commitment in commitments_of(record.agreement):
        for id_ in {*commitment.actors, *commitment.mentions}:
            named[id_].append(path)
    return element(
        "section",
        element(f"h{record.level + 1}", "Parties and others"),
        element("ul", [_actor(record, path, one, named[one.id]) for path, one in actors_of(record.agreement)]),
        class_="actors",
        id=record.fragments[("entities",)],
    )


def _actor(record: Record, path: Path, one: Party | Entity, named: list[Path]) -> Element:
    language = record.agreement.language
    kind = f"{one.kind.value}, not a party" if isinstance(one, Entity) else "party"
    people = () if isinstance(one, Entity) else one.representatives
    return element(
        "li",
        element("p", marked_text("b", one.name, language), element("span", kind, class_="kind")),
        translations(one.translations),
        facts(
            ("Also called", listed(marked_text("span", name, language) for name in one.other_names)),
            ("Members", listed(actor(record, id_) for id_ in one.members)),
            (
                "Spoken for by",
                listed(marked_text("span", wording.representative(person), language) for person in people),
            ),
            ("In promise", listed(element("a", str(record.numbers[one]), href=record.link(one)) for one in named)),
        ),
        note(record, one.note),
        id=record.fragments[path],
    )
