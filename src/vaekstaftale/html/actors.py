"""The section on parties and entities: who concluded the agreement, and whom and what else the record refers to."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import element, said
from vaekstaftale.html.parts import actor, facts, listed, note, translations
from vaekstaftale.html.record import Record
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.paths import actors_of, commitments_of
from vaekstaftale.problems import Path


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
        id=record.section("entities"),
    )


def _actor(record: Record, path: Path, one: Party | Entity, named: list[Path]) -> Element:
    language = record.agreement.language
    kind = f"{one.kind.value}, not a party" if isinstance(one, Entity) else "party"
    people = () if isinstance(one, Entity) else one.representatives
    return element(
        "li",
        element("p", said("b", one.name, language), element("span", kind, class_="kind")),
        translations(one.translations),
        facts(
            ("Also called", listed(said("span", name, language) for name in one.other_names)),
            ("Members", listed(actor(record, id_) for id_ in one.members)),
            ("Spoken for by", listed(said("span", wording.representative(person), language) for person in people)),
            ("In promise", listed(element("a", str(record.numbers[one]), href=record.link(one)) for one in named)),
        ),
        note(record, one.note),
        id=record.fragments[path],
    )
