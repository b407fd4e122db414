"""Parties, who concluded the agreement, and entities, which the record refers to and which are not parties.

They share most keys. Each class lists all of its own, because inherited fields would come first in a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal, cast

from attrs import field, frozen

from vaekstaftale.model.base import Choice, Value, meaning, to_strings, to_tuple
from vaekstaftale.model.forms import EnumForm, InstanceForm, TupleForm
from vaekstaftale.model.strings import ID, IDS, NAME, NAMES, TEXT
from vaekstaftale.model.translations import TRANSLATIONS, Translation, to_translations, translation_in
from vaekstaftale.problems import Path


@frozen(kw_only=True, repr=False)
class Representative(Value):
    """Who signed or spoke for a party: a name, an office, or both."""

    at_least_one_of: ClassVar[tuple[str, ...]] = ("name", "office")

    name: str | None = field(default=None, validator=NAME, metadata=meaning("The person's name."))
    office: str | None = field(
        default=None, validator=NAME, metadata=meaning("The post or institution, such as a minister's or a ministry.")
    )


def representative_line(person: Representative) -> str:
    """Return who spoke for a party: the name, the office, or both."""
    return ", ".join(filter(None, (person.name, person.office)))


_REPRESENTATIVES = TupleForm(InstanceForm(Representative))


def _representatives(value: Iterable[Representative]) -> tuple[Representative, ...]:
    return to_tuple(value)


def to_ids(value: Iterable[str | Party | Entity]) -> tuple[str, ...]:
    """Convert an iterable of ids, and of parties and entities, which stand for theirs, to a tuple."""
    items: object = to_tuple(value)
    if isinstance(items, tuple):
        items = tuple(item.id if isinstance(item, (Party, Entity)) else item for item in items)
    return cast("tuple[str, ...]", items)


@frozen(kw_only=True, repr=False)
class Party(Value):
    """One of those who concluded the agreement."""

    id: str = field(validator=ID, metadata=meaning("Unique among parties and entities."))
    name: str = field(validator=NAME, metadata=meaning("The name, unique among the names of parties and entities."))
    other_names: tuple[str, ...] = field(
        default=(),
        converter=to_strings,
        validator=NAMES,
        metadata=meaning("Further names of the same party, in the reading of the record's author."),
    )
    members: tuple[str, ...] = field(
        default=(),
        converter=to_ids,
        validator=IDS,
        metadata=meaning(
            "For a coalition, the ids of its members: parties or entities that have no members themselves."
        ),
    )
    representatives: tuple[Representative, ...] = field(
        default=(),
        converter=_representatives,
        validator=_REPRESENTATIVES,
        metadata=meaning("Who signed or spoke for the party."),
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=to_translations, validator=TRANSLATIONS, metadata=meaning("Translations of the name.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=meaning("A remark by the record's author."))

    name_in = translation_in


def names_of(actor: Party | Entity) -> tuple[str, ...]:
    """Return the name of a party or entity, and then its other names."""
    return (actor.name, *actor.other_names)


def path_of_name(position: int) -> Path:
    """Return the steps to one of the names that `names_of` returns."""
    return ("other_names", position - 1) if position else ("name",)


class EntityKind(Choice):
    """What an entity is."""

    ORGANISATION = "organisation", "A body of its own: an authority, a company, a university."
    GROUP = "group", "Several bodies together, whether or not the sources say which."
    PLAN = "plan", "A plan, a strategy or an agreement that is referred to."
    OTHER = "other", "Anything else."


_ENTITY_KIND = EnumForm(EntityKind)


_EntityKinds = Literal["organisation", "group", "plan", "other"]


def _entity_kind(value: EntityKind | _EntityKinds) -> EntityKind:
    return cast("EntityKind", _ENTITY_KIND.convert(value))


@frozen(kw_only=True, repr=False)
class Entity(Value):
    """A body, group or plan that the record refers to and that is not a party."""

    id: str = field(validator=ID, metadata=meaning("Unique among parties and entities."))
    name: str = field(validator=NAME, metadata=meaning("The name, unique among the names of parties and entities."))
    kind: EntityKind = field(converter=_entity_kind, validator=_ENTITY_KIND, metadata=meaning("What the entity is."))
    other_names: tuple[str, ...] = field(
        default=(),
        converter=to_strings,
        validator=NAMES,
        metadata=meaning("Further names of the same entity, in the reading of the record's author."),
    )
    members: tuple[str, ...] = field(
        default=(),
        converter=to_ids,
        validator=IDS,
        metadata=meaning("Ids of the known members: parties, or entities that have no members. There may be others."),
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=to_translations, validator=TRANSLATIONS, metadata=meaning("Translations of the name.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=meaning("A remark by the record's author."))

    name_in = translation_in
