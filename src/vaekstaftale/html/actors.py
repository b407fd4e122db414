"""The parties and everybody else: who they are, which promises bind them, and which only mention them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from vaekstaftale.html.markup import Child, element
from vaekstaftale.html.parts import (
    actor,
    fill,
    in_page_language,
    joined,
    kind_of,
    more,
    own_text,
    promise_link,
    remark,
    shown_text,
)
from vaekstaftale.html.record import Record
from vaekstaftale.limits import MAX_LISTED
from vaekstaftale.model.parties import Entity, Party, representative_line
from vaekstaftale.model.paths import actors_of, commitments_of
from vaekstaftale.problems import Path


def actors_section(record: Record) -> Element:
    """Return the parties, the entities that are bound, and, closed, the others."""
    bound, mentioned = _promises(record)
    everyone = actors_of(record.agreement)
    first = [found for found in everyone if isinstance(found[1], Party) or bound.get(found[1].id)]
    others = [found for found in everyone if not (isinstance(found[1], Party) or bound.get(found[1].id))]

    def items(some: Sequence[tuple[Path, Party | Entity]]) -> list[Element]:
        return [_item(record, path, part, bound, mentioned) for path, part in some]

    label = record.words.label("other_entities", number=record.words.digits(len(others)))
    closed = element("details", element("summary", label), element("ul", items(others), class_="actors"))
    return element(
        "section",
        element(f"h{record.level + 1}", record.words.label("actors")),
        element("ul", items(first), class_="actors"),
        closed if others else None,
        id=record.fragments["parties",],
    )


def _promises(record: Record) -> tuple[Mapping[str, list[Path]], Mapping[str, list[Path]]]:
    """Return the promises that bind each party and entity, and those that mention it, by id."""
    bound: dict[str, list[Path]] = defaultdict(list)
    mentioned: dict[str, list[Path]] = defaultdict(list)
    for path, commitment in commitments_of(record.agreement):
        for id_ in dict.fromkeys(commitment.actors):
            bound[id_].append(path)
        for id_ in dict.fromkeys(commitment.mentions):
            mentioned[id_].append(path)
    return bound, mentioned


def _item(
    record: Record,
    path: Path,
    part: Party | Entity,
    bound: Mapping[str, list[Path]],
    mentioned: Mapping[str, list[Path]],
) -> Element:
    # Of equal ids, the first one has the lists.
    is_first = record.actors[part.id][0] == path
    begin, end = record.words.quotation_marks
    names = [own_text(record, "span", f"{begin}{name}{end}") for name in part.other_names]
    people = [own_text(record, "span", representative_line(person)) for person in getattr(part, "representatives", ())]
    _, _, is_translated = in_page_language(record, part.name, part)
    lines = [
        is_translated and [own_text(record, "span", part.name)],
        names and fill(record, "other_names", names=joined(record, names)),
        part.members and fill(record, "members", len(part.members), names=_members(record, part.members)),
        people and fill(record, "representatives", names=joined(record, people)),
        is_first and _numbers(record, "bound_by", bound.get(part.id, [])),
        is_first and _numbers(record, "mentioned_in", mentioned.get(part.id, [])),
    ]
    return element(
        "li",
        element(
            "p", shown_text(record, "b", part.name, part), element("span", f" · {kind_of(record, part)}", class_="soft")
        ),
        [more(line, class_="small") for line in lines if line],
        remark(record, part.note),
        id=record.fragments[path],
    )


def _members(record: Record, ids: Sequence[str]) -> list[Child]:
    if record.page.references <= 0:
        return [record.words.digits(len(ids))]
    named = ids[:MAX_LISTED]
    record.page.references -= len(named)
    others = len(ids) - len(named)
    rest = record.words.label("and_others", others, number=record.words.digits(others)) if others else None
    return [joined(record, [actor(record, id_) for id_ in named], conjunction=not others), rest and f" {rest}"]


def _numbers(record: Record, key: str, paths: Sequence[Path]) -> list[Child]:
    if not paths:
        return []
    language = record.words
    named = [promise_link(record, path) for path in paths[:MAX_LISTED]]
    others = len(paths) - len(named)
    rest = language.label("and_other_promises", others, number=language.digits(others)) if others else None
    conjunction = key == "mentioned_in" and not others
    numbers: list[Child] = [joined(record, named, conjunction=conjunction), rest and f" {rest}"]
    return fill(record, key, len(paths), numbers=numbers, count=language.number(len(paths), "promise"))
