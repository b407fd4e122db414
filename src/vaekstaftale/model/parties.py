"""Parties, who concluded the agreement, and entities, which the record refers to and which are not parties.

They share most keys. Each class lists all of its own, because inherited fields would come first in a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, ClassVar, cast, overload

from attrs import field, frozen

from vaekstaftale.model.forms import EnumForm, InstanceForm, TupleForm
from vaekstaftale.model.strings import ID, IDS, TEXT, TEXTS
from vaekstaftale.model.translations import TRANSLATIONS, DefaultT, Translation, to_translations, translated
from vaekstaftale.model.values import Value, require_one_of, to_strings, to_tuple


@frozen(kw_only=True, repr=False)
class Representative(Value):
    """Who signed or spoke for a party: a name, an office, or both."""

    at_least_one_of: ClassVar[tuple[str, ...]] = ("name", "office")

    name: str | None = field(default=None, validator=TEXT)
    """The person's name."""
    office: str | None = field(default=None, validator=TEXT)
    """The post or institution, such as a minister's or a ministry."""

    def __attrs_post_init__(self) -> None:
        require_one_of(self)


_REPRESENTATIVES = TupleForm(InstanceForm(Representative))


def _representatives(value: Iterable[Representative]) -> tuple[Representative, ...]:
    return to_tuple(value)


@frozen(kw_only=True, repr=False)
class Party(Value):
    """One of those who concluded the agreement."""

    id: str = field(validator=ID)
    """Unique among parties and entities."""
    name: str = field(validator=TEXT)
    """The name, unique among the names of parties and entities."""
    other_names: tuple[str, ...] = field(default=(), converter=to_strings, validator=TEXTS)
    """Further names of the same party, in the reading of the record's author."""
    members: tuple[str, ...] = field(default=(), converter=to_strings, validator=IDS)
    """For a coalition, the ids of its members: parties or entities that have no members themselves."""
    representatives: tuple[Representative, ...] = field(
        default=(), converter=_representatives, validator=_REPRESENTATIVES
    )
    """Who signed or spoke for the party."""
    translations: tuple[Translation, ...] = field(default=(), converter=to_translations, validator=TRANSLATIONS)
    """Translations of the name."""
    note: str | None = field(default=None, validator=TEXT)
    """A remark by the record's author."""

    @overload
    def name_in(self, language: str) -> str | None: ...
    @overload
    def name_in(self, language: str, default: DefaultT) -> str | DefaultT: ...
    def name_in(self, language: str, default: Any = None) -> Any:
        """Return the translation of the name, or `default`; `"en"` also finds `"en-GB"`."""
        return translated(self.translations, language, default)


class EntityKind(Enum):
    """What an entity is."""

    #: A body of its own: an authority, a company, a university.
    ORGANISATION = "organisation"
    #: Several bodies together, whether or not the sources say which.
    GROUP = "group"
    #: A plan, a strategy or an agreement that is referred to.
    PLAN = "plan"
    #: Anything else.
    OTHER = "other"


_ENTITY_KIND = EnumForm(EntityKind)


def _entity_kind(value: EntityKind | str) -> EntityKind:
    return cast("EntityKind", _ENTITY_KIND.convert(value))


@frozen(kw_only=True, repr=False)
class Entity(Value):
    """A body, group or plan that the record refers to and that is not a party."""

    id: str = field(validator=ID)
    """Unique among parties and entities."""
    name: str = field(validator=TEXT)
    """The name, unique among the names of parties and entities."""
    kind: EntityKind = field(converter=_entity_kind, validator=_ENTITY_KIND)
    """What the entity is."""
    other_names: tuple[str, ...] = field(default=(), converter=to_strings, validator=TEXTS)
    """Further names of the same entity, in the reading of the record's author."""
    members: tuple[str, ...] = field(default=(), converter=to_strings, validator=IDS)
    """Ids of the known members: parties, or entities that have no members. There may be others."""
    translations: tuple[Translation, ...] = field(default=(), converter=to_translations, validator=TRANSLATIONS)
    """Translations of the name."""
    note: str | None = field(default=None, validator=TEXT)
    """A remark by the record's author."""

    @overload
    def name_in(self, language: str) -> str | None: ...
    @overload
    def name_in(self, language: str, default: DefaultT) -> str | DefaultT: ...
    def name_in(self, language: str, default: Any = None) -> Any:
        """Return the translation of the name, or `default`; `"en"` also finds `"en-GB"`."""
        return translated(self.translations, language, default)
