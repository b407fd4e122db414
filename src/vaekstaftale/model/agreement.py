"""The agreement as a whole, and its relations to other agreements."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar, Literal, TypeVar, cast

import attrs
from attrs import field, frozen

from vaekstaftale.display import require, shown_in_python
from vaekstaftale.matching import fold, unknown_name
from vaekstaftale.model.base import Choice, Value, meaning, to_tuple
from vaekstaftale.model.commitments import COMMITMENTS, Commitment, Initiative, to_commitments
from vaekstaftale.model.dates import PARTIAL_DATE, PartialDate, to_partial_date
from vaekstaftale.model.forms import EnumForm, InstanceForm, TupleForm
from vaekstaftale.model.numbers import BOOL
from vaekstaftale.model.parties import Entity, Party, names_of
from vaekstaftale.model.sources import QUOTES, Quote, Source, to_quotes
from vaekstaftale.model.strings import ID, LANGUAGE, NAME, TEXT
from vaekstaftale.model.translations import TRANSLATIONS, Translation, to_translations, translation_in
from vaekstaftale.model.validity import Status, ValidityPeriod

T = TypeVar("T")


class RelationKind(Choice):
    """How an agreement relates to another one."""

    RENEWS = "renews", "It continues where the earlier one ends."
    AMENDS = "amends", "It changes parts of the earlier one, which continues."
    REPLACES = "replaces", "It takes the place of the earlier one."
    BUILDS_ON = "builds-on", "It takes up the earlier one, and neither ends nor changes it."
    PROLONGS = "prolongs", "The earlier one continues until the end of this one."
    ENDS = "ends", "The earlier one ends when this one takes effect: a termination."
    SAME_ROUND = "same-round", "Both were concluded in the same round, with different parties."


#: The kinds of relation that lead from an agreement to the one before it.
CHAIN_KINDS = frozenset(RelationKind) - {RelationKind.BUILDS_ON, RelationKind.SAME_ROUND}

_RELATION_KIND = EnumForm(RelationKind)
_INITIATIVES = TupleForm(InstanceForm(Initiative))


_RelationKinds = Literal["renews", "amends", "replaces", "builds-on", "prolongs", "ends", "same-round"]


def _relation_kind(value: RelationKind | _RelationKinds) -> RelationKind:
    return cast("RelationKind", _RELATION_KIND.convert(value))


@frozen(kw_only=True, repr=False)
class Relation(Value):
    """How the agreement relates to another one. Of the two, the newer one states the relation."""

    at_least_one_of: ClassVar[tuple[str, ...]] = ("agreement", "title")

    kind: RelationKind = field(
        converter=_relation_kind, validator=_RELATION_KIND, metadata=meaning("What it does to the other agreement.")
    )
    agreement: str | None = field(default=None, validator=ID, metadata=meaning("Id of the other agreement."))
    title: str | None = field(
        default=None, validator=NAME, metadata=meaning("Title of the other agreement, where it has no record yet.")
    )
    quotes: tuple[Quote, ...] = field(
        default=(), converter=to_quotes, validator=QUOTES, metadata=meaning("The words that state the relation.")
    )


_RELATIONS = TupleForm(InstanceForm(Relation))


def _parties(value: Iterable[Party]) -> tuple[Party, ...]:
    return to_tuple(value)


def _entities(value: Iterable[Entity]) -> tuple[Entity, ...]:
    return to_tuple(value)


def _initiatives(value: Iterable[Initiative]) -> tuple[Initiative, ...]:
    return to_tuple(value)


def _relations(value: Iterable[Relation]) -> tuple[Relation, ...]:
    return to_tuple(value)


def _sources(value: Iterable[Source]) -> tuple[Source, ...]:
    return to_tuple(value)


@frozen(kw_only=True, repr=False)
class Agreement(Value):
    """A partnership agreement: who promised what, how firmly, until when, and in which words.

    The look-ups compare ids and names after Unicode NFC and case folding. An id takes precedence over a name. They
    raise `UnknownName`, with a suggestion if one is close.
    """

    id: str = field(validator=ID, metadata=meaning("The agreement's own id, such as syddanmark-2017."))
    title: str = field(validator=NAME, metadata=meaning("The title, in the words of the record's author."))
    language: str = field(validator=LANGUAGE, metadata=meaning("Language of the record's own words, a BCP 47 tag."))
    signed_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=meaning("When the parties concluded the agreement."),
    )
    validity: ValidityPeriod | None = field(
        default=None, validator=InstanceForm(ValidityPeriod), metadata=meaning("The validity, as stated.")
    )
    parties: tuple[Party, ...] = field(
        converter=_parties,
        validator=TupleForm(InstanceForm(Party), min_items=1),
        metadata=meaning("Who concluded it, in the source's order; at least one."),
    )
    entities: tuple[Entity, ...] = field(
        default=(),
        converter=_entities,
        validator=TupleForm(InstanceForm(Entity)),
        metadata=meaning("Bodies, groups and plans, other than the parties, that the record refers to."),
    )
    initiatives: tuple[Initiative, ...] = field(
        default=(),
        converter=_initiatives,
        validator=_INITIATIVES,
        metadata=meaning("Areas of joint effort, in the source's order."),
    )
    general_commitments: tuple[Commitment, ...] = field(
        default=(),
        converter=to_commitments,
        validator=COMMITMENTS,
        metadata=meaning("Commitments that belong to no initiative: frame and follow-up clauses."),
    )
    complete: bool = field(
        default=True,
        validator=BOOL,
        metadata=meaning("False if the sources give only part of the agreement. Default: true."),
    )
    relations: tuple[Relation, ...] = field(
        default=(),
        converter=_relations,
        validator=_RELATIONS,
        metadata=meaning("Relations to other agreements, older than this one or of the same round."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(),
        converter=to_quotes,
        validator=QUOTES,
        metadata=meaning("The words of the title, the preamble and the signing."),
    )
    sources: tuple[Source, ...] = field(
        converter=_sources,
        validator=TupleForm(InstanceForm(Source), min_items=1),
        metadata=meaning("Where the words come from; at least one."),
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=to_translations, validator=TRANSLATIONS, metadata=meaning("Translations of the title.")
    )
    note: str | None = field(
        default=None,
        validator=TEXT,
        metadata=meaning("A remark by the record's author, such as on sources that disagree."),
    )

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """All commitments: first those of the initiatives, in order, then the general ones."""
        inside = (commitment for initiative in self.initiatives for commitment in initiative.commitments)
        return (*inside, *self.general_commitments)

    @property
    def effective_period(self) -> ValidityPeriod:
        """The validity, starting at the signing if no start is stated. Empty if nothing is known."""
        period = self.validity or ValidityPeriod()
        return attrs.evolve(period, start=self.signed_on) if period.start is None else period

    def status_on(self, day: date) -> Status:
        """Return what is certain about a day in the effective period. Raises `TypeError` for a `datetime`."""
        return self.effective_period.status_on(day)

    title_in = translation_in

    def party(self, name: str) -> Party:
        """Return the party with this id or name."""
        return _look_up(name, self._parties_by_name, "party")

    def entity(self, name: str) -> Entity:
        """Return the entity with this id or name."""
        return _look_up(name, self._entities_by_name, "entity")

    def actor(self, name: str) -> Party | Entity:
        """Return the party or entity with this id or name."""
        return _look_up(name, self._actors_by_name, "party or entity")

    def initiative(self, id: str) -> Initiative:  # noqa: A002 - the field's own name
        """Return the initiative with this id."""
        return _look_up(id, self._initiatives_by_id, "initiative")

    def commitment(self, id: str) -> Commitment:  # noqa: A002 - the field's own name
        """Return the commitment with this id, from an initiative or from the general ones."""
        return _look_up(id, self._commitments_by_id, "commitment")

    def source(self, id: str) -> Source:  # noqa: A002 - the field's own name
        """Return the source with this id."""
        return _look_up(id, self._sources_by_id, "source")

    # Built at the first look-up and kept, so that the next ones do not scan.

    @cached_property
    def _parties_by_name(self) -> Mapping[str, Party]:
        return _by_name(self.parties)

    @cached_property
    def _entities_by_name(self) -> Mapping[str, Entity]:
        return _by_name(self.entities)

    @cached_property
    def _actors_by_name(self) -> Mapping[str, Party | Entity]:
        return _by_name((*self.parties, *self.entities))

    @cached_property
    def _initiatives_by_id(self) -> Mapping[str, Initiative]:
        return _by_id(self.initiatives)

    @cached_property
    def _commitments_by_id(self) -> Mapping[str, Commitment]:
        return _by_id(self.commitments)

    @cached_property
    def _sources_by_id(self) -> Mapping[str, Source]:
        return _by_id(self.sources)


ActorT = TypeVar("ActorT", bound="Party | Entity")


def _by_id(parts: Sequence[T]) -> Mapping[str, T]:
    # Of equal ids, the first one counts.
    return MappingProxyType({cast("Any", part).id: part for part in reversed(parts)})


def _by_name(actors: Sequence[ActorT]) -> Mapping[str, ActorT]:
    names = {fold(name): actor for actor in reversed(actors) for name in reversed(names_of(actor))}
    return MappingProxyType({**names, **_by_id(actors)})


def parties_by_name(agreement: Agreement) -> Mapping[str, Party]:
    """Return the parties of an agreement by their ids and folded names."""
    return agreement._parties_by_name  # noqa: SLF001 - kept by the agreement, not part of its public names


def actors_by_name(agreement: Agreement) -> Mapping[str, Party | Entity]:
    """Return the parties and entities of an agreement by their ids and folded names."""
    return agreement._actors_by_name  # noqa: SLF001 - as above


def _look_up(name: str, parts: Mapping[str, T], wanted: str) -> T:
    require(name, str, f"the id or name of the {wanted}")
    part = parts.get(fold(name))
    if part is None:
        raise unknown_name(name, wanted, (choice for part in parts.values() for choice in _names(part)))
    return part


def _names(part: Any) -> tuple[str, ...]:
    """Return the id and all names of a part, as they are written."""
    return (part.id, *names_of(part)) if isinstance(part, (Party, Entity)) else (part.id,)


def require_agreement(value: object, name: str = "agreement") -> Agreement:
    """Return an agreement. Raises `TypeError` for anything else, which names the argument and what to call first."""
    if type(value) is Agreement:
        return value
    raise TypeError(f"{name} must be an Agreement, not {shown_in_python(value)}{_instead(value)}")


def require_agreements(value: object, name: str = "agreements") -> list[Agreement]:
    """Return one agreement or several as a list. Raises `TypeError` like `require_agreement`."""
    if isinstance(value, Agreement):
        return [require_agreement(value, name)]
    require_iterable(value, name)
    return [require_agreement(item, f"{name}[{index}]") for index, item in enumerate(cast("Iterable[object]", value))]


def require_iterable(value: object, name: str) -> None:
    """Raise `TypeError` for what is certainly no iterable of agreements, such as a path."""
    if isinstance(value, (str, bytes, os.PathLike, Mapping)) or not isinstance(value, Iterable):
        expected = "an Agreement or an iterable of them"
        raise TypeError(f"{name} must be {expected}, not {shown_in_python(value)}{_instead(value)}")


def _instead(value: object) -> str:
    match value:
        case Agreement():
            return f"; {type(value).__name__} is a subclass: keep data of your own beside the agreement, by id"
        case Mapping():
            return "; for a dict, use from_dict(data)"
        case str() | bytes() | os.PathLike():
            return "; for files, use load(path), load_all(paths) or read_files(paths)"
    return ""
