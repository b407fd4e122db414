"""An agreement and its parts, as values. Knows no file format and no input or output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from functools import cached_property, total_ordering
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

import attrs
from attrs import field, frozen

from vaekstaftale.dates import PARTIAL_DATE, PartialDate, Status, status_on, to_partial_date
from vaekstaftale.errors import shown
from vaekstaftale.forms import (
    FLAG,
    ID,
    LANGUAGE,
    SHA256,
    TEXT,
    URL,
    ChoiceForm,
    InstanceForm,
    NumberForm,
    StringForm,
    TupleForm,
)
from vaekstaftale.names import fold, unknown

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


@total_ordering
class Strength(Enum):
    """How far the words of a commitment bind, weakest first: `Strength.SUPPORT > Strength.DISCUSS`.

    The verb that the actor is bound by decides, not what it governs; of verbs side by side the strongest counts.
    """

    #: Discuss, enter into dialogue: *drøfte, gå i dialog*.
    DISCUSS = "discuss"
    #: Follow, monitor: *følge, overvåge*.
    FOLLOW = "follow"
    #: Work towards: *arbejde for*.
    WORK_TOWARDS = "work-towards"
    #: Back, support, contribute: *bakke op om, understøtte, bidrage til*.
    SUPPORT = "support"
    #: Carry out: *igangsætte, iværksætte, etablere, udarbejde*.
    CARRY_OUT = "carry-out"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Strength):
            return NotImplemented
        order = list(Strength)
        return order.index(self) < order.index(other)


class EntityKind(Enum):
    """What an entity is."""

    #: A body of its own: an authority, a company, a university.
    ORGANISATION = "organisation"
    #: Several together, whether or not the sources say who they are.
    GROUP = "group"
    #: A plan, a strategy or an agreement that is referred to.
    PLAN = "plan"
    #: Anything else.
    OTHER = "other"


class SourceKind(Enum):
    """What a source is."""

    #: The document that the parties concluded, on paper or as a file.
    AGREEMENT = "agreement"
    #: A page about the agreement, also one that gives its words.
    WEB_PAGE = "web-page"
    #: A press release.
    PRESS_RELEASE = "press-release"
    #: The minutes of a meeting.
    MINUTES = "minutes"
    #: A list in which the agreement is one entry of many.
    LISTING = "listing"
    #: Anything else.
    OTHER = "other"


class RelationKind(Enum):
    """How an agreement relates to another one. Only the first three make a chain."""

    #: It goes on where the earlier one ends.
    RENEWS = "renews"
    #: It changes parts of the earlier one, which goes on.
    AMENDS = "amends"
    #: It stands in the place of the earlier one.
    REPLACES = "replaces"
    #: It takes up the earlier one, and neither ends nor changes it.
    BUILDS_ON = "builds-on"
    #: Both were concluded in the same round, with different parties.
    SAME_ROUND = "same-round"


#: The kinds of relation that make a chain of agreements.
CHAIN = frozenset({RelationKind.RENEWS, RelationKind.AMENDS, RelationKind.REPLACES})


T = TypeVar("T")

_STRENGTH = ChoiceForm(Strength)
_ENTITY_KIND = ChoiceForm(EntityKind)
_SOURCE_KIND = ChoiceForm(SourceKind)
_RELATION_KIND = ChoiceForm(RelationKind)

_IDS = TupleForm(ID)
_TEXTS = TupleForm(TEXT)

# Converters. What cannot be converted is handed on as it is, and the field's validator refuses it by name. There
# is one function a type because mypy learns what a field takes from nothing but a named function.


def _tuple(value: Iterable[T]) -> tuple[T, ...]:
    if isinstance(value, (str, bytes)) or not isinstance(cast("object", value), Iterable):
        return cast("tuple[T, ...]", value)
    return tuple(value)


def _strings(value: Iterable[str]) -> tuple[str, ...]:
    return _tuple(value)


def _strength(value: Strength | str | None) -> Strength | None:
    return cast("Strength | None", _STRENGTH.member(value))


def _entity_kind(value: EntityKind | str) -> EntityKind:
    return cast("EntityKind", _ENTITY_KIND.member(value))


def _source_kind(value: SourceKind | str) -> SourceKind:
    return cast("SourceKind", _SOURCE_KIND.member(value))


def _relation_kind(value: RelationKind | str) -> RelationKind:
    return cast("RelationKind", _RELATION_KIND.member(value))


def _means(meaning: str) -> dict[str, str]:
    """Keep a field's meaning beside the field, where the JSON Schema and the documentation read it."""
    return {"meaning": meaning}


class Value:
    """What the parts of an agreement have in common: a `repr` that tells what is stated, and stays short."""

    __slots__ = ("__weakref__",)

    #: Of these fields, at least one must be given.
    at_least_one_of: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={_brief(value)}' for name, value in stated(self))})"


def stated(value: Value) -> Iterator[tuple[str, Any]]:
    """Give the fields that a value states, by their names: those that are not as they are by default."""
    for one in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        held = getattr(value, one.name)
        if held != one.default:
            yield one.name, held


def _brief(value: object) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
        return f"<{len(value)} {type(value[0]).__name__}>"
    return repr(value)


def _need_one_of(value: Value) -> None:
    if all(getattr(value, name) is None for name in value.at_least_one_of):
        names = " or ".join(value.at_least_one_of)
        raise ValueError(f"{type(value).__name__} must have {names}, both are None")


@frozen(kw_only=True, repr=False)
class Translation(Value):
    """One text of the record in another language."""

    language: str = field(validator=LANGUAGE, metadata=_means("Language of the translation, a BCP 47 tag."))
    text: str = field(validator=TEXT, metadata=_means("The translated words."))


def _translations(value: Iterable[Translation]) -> tuple[Translation, ...]:
    translations = _tuple(value)
    if _PLAIN_TRANSLATIONS.accepts(translations):
        return tuple(sorted(translations, key=lambda translation: translation.language))
    return translations


class TranslationsForm(TupleForm):
    """Translations into languages that all differ. In a file: an object from language to text."""

    def accepts(self, value: object) -> bool:
        return super().accepts(value) and self._repeated(value) is None

    def refuse(self, name: str, value: object) -> None:
        if _PLAIN_TRANSLATIONS.accepts(value):
            raise ValueError(f"{name} has two translations into {self._repeated(value)!r}")
        super().refuse(name, value)

    @staticmethod
    def _repeated(value: Any) -> str | None:
        languages: set[str] = set()
        for translation in value:
            language: str = translation.language
            if language.lower() in languages:
                return language
            languages.add(language.lower())
        return None


_PLAIN_TRANSLATIONS = TupleForm(InstanceForm(Translation))
_TRANSLATIONS = TranslationsForm(InstanceForm(Translation))


def _translated(translations: Sequence[Translation], language: str) -> str | None:
    """Find the text in a language: under the very tag, or else under the first that narrows it (RFC 4647)."""
    wanted = language.lower()
    for translation in translations:
        if translation.language.lower() == wanted:
            return translation.text
    for translation in translations:
        if translation.language.lower().startswith(wanted + "-"):
            return translation.text
    return None


@frozen(kw_only=True, repr=False)
class Quote(Value):
    """Verbatim words of a source."""

    exact: str = field(
        validator=TEXT, metadata=_means("The words as they stand in the source, typing errors included.")
    )
    prefix: str | None = field(
        default=None, validator=TEXT, metadata=_means("The words directly before, where the quote alone is ambiguous.")
    )
    suffix: str | None = field(
        default=None, validator=TEXT, metadata=_means("The words directly after, where the quote alone is ambiguous.")
    )
    source: str | None = field(
        default=None,
        validator=ID,
        metadata=_means("Id of the source that the words come from; else every source that carries text may be it."),
    )


def _quotes(value: Iterable[Quote]) -> tuple[Quote, ...]:
    return _tuple(value)


_QUOTES = TupleForm(InstanceForm(Quote))


@frozen(kw_only=True, repr=False)
class ValidityPeriod(Value):
    """When an agreement holds, as stated: from `start` to `end`, both days included."""

    start: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=_means("The first day on which the agreement holds."),
    )
    end: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=_means("The last day on which the agreement holds, itself included."),
    )
    open_ended: bool = field(
        default=False,
        validator=FLAG,
        metadata=_means("True: until further notice, and then there is no end; default false."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(),
        converter=_quotes,
        validator=_QUOTES,
        metadata=_means("The words that state the period, also those that no date can hold."),
    )

    def status_on(self, day: date) -> Status:
        """Tell what is certain about a day; `TypeError` for a `datetime`."""
        return status_on(day, self.start, self.end, open_ended=self.open_ended)

    @property
    def length(self) -> relativedelta | None:
        """The calendar length, both end days counted; `None` unless both are full days in this order."""
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - takes 30 ms to import

        if self.start is None or self.end is None or self.open_ended:
            return None
        if not (self.start.is_day and self.end.is_day) or self.end.earliest < self.start.earliest:
            return None
        first, last = self.start.earliest, self.end.earliest
        if last == date.max:  # there is no day after it; the calendar repeats itself every 400 years
            first, last = first.replace(year=first.year - 400), last.replace(year=last.year - 400)
        return relativedelta(last + timedelta(days=1), first)


@frozen(kw_only=True, repr=False)
class Representative(Value):
    """Who signed or spoke for a party: a name, an office, or both."""

    at_least_one_of: ClassVar[tuple[str, ...]] = ("name", "office")

    name: str | None = field(default=None, validator=TEXT, metadata=_means("The person's name."))
    office: str | None = field(default=None, validator=TEXT, metadata=_means("The office held, such as a ministry's."))

    def __attrs_post_init__(self) -> None:
        _need_one_of(self)


def _representatives(value: Iterable[Representative]) -> tuple[Representative, ...]:
    return _tuple(value)


@frozen(kw_only=True, repr=False)
class Party(Value):
    """One who concluded the agreement."""

    id: str = field(validator=ID, metadata=_means("Unique among parties and entities."))
    name: str = field(validator=TEXT, metadata=_means("The name, unique among the names of parties and entities."))
    other_names: tuple[str, ...] = field(
        default=(),
        converter=_strings,
        validator=_TEXTS,
        metadata=_means("Further names for the same party, in the record maker's reading."),
    )
    members: tuple[str, ...] = field(
        default=(),
        converter=_strings,
        validator=_IDS,
        metadata=_means("Of a coalition: ids of parties or entities that have no members of their own."),
    )
    representatives: tuple[Representative, ...] = field(
        default=(),
        converter=_representatives,
        validator=TupleForm(InstanceForm(Representative)),
        metadata=_means("Who signed or spoke for the party."),
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=_translations, validator=_TRANSLATIONS, metadata=_means("Translations of the name.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=_means("A remark by the record's maker."))

    def name_in(self, language: str) -> str | None:
        """Give the translation of the name, or `None`; `"en"` also finds `"en-GB"`."""
        return _translated(self.translations, language)


def _parties(value: Iterable[Party]) -> tuple[Party, ...]:
    return _tuple(value)


@frozen(kw_only=True, repr=False)
class Entity(Value):
    """A body, group or plan that the record refers to and that is no party."""

    id: str = field(validator=ID, metadata=_means("Unique among parties and entities."))
    name: str = field(validator=TEXT, metadata=_means("The name, unique among the names of parties and entities."))
    kind: EntityKind = field(converter=_entity_kind, validator=_ENTITY_KIND, metadata=_means("What the entity is."))
    other_names: tuple[str, ...] = field(
        default=(),
        converter=_strings,
        validator=_TEXTS,
        metadata=_means("Further names for the same entity, in the record maker's reading."),
    )
    members: tuple[str, ...] = field(
        default=(),
        converter=_strings,
        validator=_IDS,
        metadata=_means("Ids of the known members: parties, or entities that have no members. There may be others."),
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=_translations, validator=_TRANSLATIONS, metadata=_means("Translations of the name.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=_means("A remark by the record's maker."))

    def name_in(self, language: str) -> str | None:
        """Give the translation of the name, or `None`; `"en"` also finds `"en-GB"`."""
        return _translated(self.translations, language)


def _entities(value: Iterable[Entity]) -> tuple[Entity, ...]:
    return _tuple(value)


@frozen(kw_only=True, repr=False)
class Commitment(Value):
    """A promise: who is bound, to what, and how firmly."""

    id: str = field(validator=ID, metadata=_means("Unique among the agreement's commitments."))
    text: str = field(
        validator=TEXT, metadata=_means("What is promised, in the record maker's words; may be the quote's own.")
    )
    actors: tuple[str, ...] = field(
        default=(),
        converter=_strings,
        validator=_IDS,
        metadata=_means("Who is bound (obligor): ids of parties or entities. Absent: the wording names nobody."),
    )
    strength: Strength | None = field(
        default=None,
        converter=_strength,
        validator=_STRENGTH,
        metadata=_means("How far the words bind, weakest first: an editorial reading."),
    )
    mentions: tuple[str, ...] = field(
        default=(),
        converter=_strings,
        validator=_IDS,
        metadata=_means("Whom and what it concerns: ids of parties or entities."),
    )
    topics: tuple[str, ...] = field(
        default=(),
        converter=_strings,
        validator=_TEXTS,
        metadata=_means("Free subject words, compared as names are."),
    )
    due_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=_means("The last day on which it is in time, if the wording sets one."),
    )
    common_id: str | None = field(
        default=None,
        validator=ID,
        metadata=_means("An id that the same commitment carries in every agreement that shares it."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(), converter=_quotes, validator=_QUOTES, metadata=_means("The words that it rests on.")
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=_translations, validator=_TRANSLATIONS, metadata=_means("Translations of the text.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=_means("A remark by the record's maker."))

    def text_in(self, language: str) -> str | None:
        """Give the translation of the text, or `None`; `"en"` also finds `"en-GB"`."""
        return _translated(self.translations, language)


def _commitments(value: Iterable[Commitment]) -> tuple[Commitment, ...]:
    return _tuple(value)


_COMMITMENTS = TupleForm(InstanceForm(Commitment))


@frozen(kw_only=True, repr=False)
class Initiative(Value):
    """A field of joint effort, with the promises made in it."""

    id: str = field(validator=ID, metadata=_means("Unique among the agreement's initiatives."))
    title: str = field(validator=TEXT, metadata=_means("The title, in the record maker's words."))
    number: int | None = field(
        default=None,
        validator=NumberForm(1, 9999),
        metadata=_means("The number, only if the source numbers its initiatives."),
    )
    commitments: tuple[Commitment, ...] = field(
        default=(), converter=_commitments, validator=_COMMITMENTS, metadata=_means("In the source's order.")
    )
    common_id: str | None = field(
        default=None,
        validator=ID,
        metadata=_means("An id that the same initiative carries in every agreement that shares it."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(), converter=_quotes, validator=_QUOTES, metadata=_means("Heading and background.")
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=_translations, validator=_TRANSLATIONS, metadata=_means("Translations of the title.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=_means("A remark by the record's maker."))

    def title_in(self, language: str) -> str | None:
        """Give the translation of the title, or `None`; `"en"` also finds `"en-GB"`."""
        return _translated(self.translations, language)


def _initiatives(value: Iterable[Initiative]) -> tuple[Initiative, ...]:
    return _tuple(value)


@frozen(kw_only=True, repr=False)
class Relation(Value):
    """How the agreement relates to another one, seen from the newer."""

    at_least_one_of: ClassVar[tuple[str, ...]] = ("agreement", "title")

    kind: RelationKind = field(
        converter=_relation_kind,
        validator=_RELATION_KIND,
        metadata=_means("What it does to the other agreement. Only renews, amends and replaces make a chain."),
    )
    agreement: str | None = field(default=None, validator=ID, metadata=_means("Id of the other agreement."))
    title: str | None = field(
        default=None, validator=TEXT, metadata=_means("Title of the other agreement, where it has no record yet.")
    )
    quotes: tuple[Quote, ...] = field(
        default=(), converter=_quotes, validator=_QUOTES, metadata=_means("The words that tell of the relation.")
    )

    def __attrs_post_init__(self) -> None:
        _need_one_of(self)


def _relations(value: Iterable[Relation]) -> tuple[Relation, ...]:
    return _tuple(value)


class LinesForm(StringForm):
    """A text of several lines. In a file: the list of its lines."""


_LINES = LinesForm(code=TEXT.code, expected=TEXT.expected, pattern=TEXT.pattern, whole=False)


@frozen(kw_only=True, repr=False)
class Source(Value):
    """Where the words come from, with the verbatim text where it is at hand."""

    id: str = field(validator=ID, metadata=_means("Unique among the agreement's sources."))
    kind: SourceKind = field(converter=_source_kind, validator=_SOURCE_KIND, metadata=_means("What the source is."))
    title: str | None = field(default=None, validator=TEXT, metadata=_means("The source's title."))
    url: str | None = field(
        default=None, validator=URL, metadata=_means("Address, http or https with a host, without white space.")
    )
    publisher: str | None = field(default=None, validator=TEXT, metadata=_means("Who published the source."))
    contact: str | None = field(
        default=None, validator=TEXT, metadata=_means("How to reach the publisher, as the source says it.")
    )
    published_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=_means("When the source was published."),
    )
    updated_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=_means("When the source was last updated, as it says itself."),
    )
    retrieved_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=_means("When the record's maker read the source."),
    )
    language: str | None = field(
        default=None, validator=LANGUAGE, metadata=_means("Language of the source, a BCP 47 tag.")
    )
    text: str | None = field(
        default=None, validator=_LINES, metadata=_means("The verbatim text; in a file, the list of its lines.")
    )
    excerpt: bool = field(
        default=False, validator=FLAG, metadata=_means("True: the text is only a part; default false.")
    )
    sha256: str | None = field(
        default=None,
        validator=SHA256,
        metadata=_means("SHA-256 of the text as UTF-8, its lines joined by line feeds; checked where there is text."),
    )
    note: str | None = field(default=None, validator=TEXT, metadata=_means("A remark by the record's maker."))


def _sources(value: Iterable[Source]) -> tuple[Source, ...]:
    return _tuple(value)


@frozen(kw_only=True, repr=False)
class Agreement(Value):
    """A partnership agreement: who promised what, how firmly, until when, and in which words.

    The look-ups match ids and names after Unicode NFC and case folding, an id before a name, and raise
    `UnknownName` with suggestions.
    """

    id: str = field(validator=ID, metadata=_means("The agreement's own id, such as syddanmark-2017."))
    title: str = field(validator=TEXT, metadata=_means("The title, in the record maker's words."))
    language: str = field(validator=LANGUAGE, metadata=_means("Language of the record's own words, a BCP 47 tag."))
    signed_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=_means("When the parties concluded the agreement."),
    )
    validity: ValidityPeriod | None = field(
        default=None,
        validator=InstanceForm(ValidityPeriod),
        metadata=_means("When it holds, as stated."),
    )
    parties: tuple[Party, ...] = field(
        converter=_parties,
        validator=TupleForm(InstanceForm(Party), required=True),
        metadata=_means("Who concluded it, in the source's order; at least one."),
    )
    entities: tuple[Entity, ...] = field(
        default=(),
        converter=_entities,
        validator=TupleForm(InstanceForm(Entity)),
        metadata=_means("Bodies, groups and plans other than the parties that the record refers to."),
    )
    initiatives: tuple[Initiative, ...] = field(
        default=(),
        converter=_initiatives,
        validator=TupleForm(InstanceForm(Initiative)),
        metadata=_means("Fields of joint effort, in the source's order."),
    )
    general_commitments: tuple[Commitment, ...] = field(
        default=(),
        converter=_commitments,
        validator=_COMMITMENTS,
        metadata=_means("Promises that belong to no initiative: frame and follow-up clauses."),
    )
    complete: bool = field(
        default=True,
        validator=FLAG,
        metadata=_means("False where the sources give only part of the agreement; default true."),
    )
    relations: tuple[Relation, ...] = field(
        default=(),
        converter=_relations,
        validator=TupleForm(InstanceForm(Relation)),
        metadata=_means("To other agreements, from the newer to the older."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(), converter=_quotes, validator=_QUOTES, metadata=_means("Title, preamble, signing.")
    )
    sources: tuple[Source, ...] = field(
        converter=_sources,
        validator=TupleForm(InstanceForm(Source), required=True),
        metadata=_means("Where the words come from; at least one."),
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=_translations, validator=_TRANSLATIONS, metadata=_means("Translations of the title.")
    )
    note: str | None = field(
        default=None,
        validator=TEXT,
        metadata=_means("A remark by the record's maker, such as on sources that disagree."),
    )

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """All commitments: the initiatives' in order, then the general ones."""
        inside = (commitment for initiative in self.initiatives for commitment in initiative.commitments)
        return (*inside, *self.general_commitments)

    @property
    def effective_period(self) -> ValidityPeriod:
        """The validity, starting at the signing where the sources state no start. Empty if nothing is known."""
        period = self.validity or ValidityPeriod()
        return attrs.evolve(period, start=self.signed_on) if period.start is None else period

    def status_on(self, day: date) -> Status:
        """Tell what is certain about a day in the effective period; `TypeError` for a `datetime`."""
        return self.effective_period.status_on(day)

    def title_in(self, language: str) -> str | None:
        """Give the translation of the title, or `None`; `"en"` also finds `"en-GB"`."""
        return _translated(self.translations, language)

    def party(self, name: str) -> Party:
        """Find a party by its id or any of its names."""
        return _look_up(name, self.parties_by_name, "party")

    def entity(self, name: str) -> Entity:
        """Find an entity by its id or any of its names."""
        return _look_up(name, self.entities_by_name, "entity")

    def actor(self, name: str) -> Party | Entity:
        """Find a party or an entity by its id or any of its names."""
        return _look_up(name, self.actors_by_name, "party or entity")

    def initiative(self, id: str) -> Initiative:  # noqa: A002 - the field's own name
        """Find an initiative by its id."""
        return _look_up(id, self._initiatives_by_id, "initiative")

    def commitment(self, id: str) -> Commitment:  # noqa: A002 - the field's own name
        """Find a commitment by its id, inside the initiatives or among the general ones."""
        return _look_up(id, self._commitments_by_id, "commitment")

    def source(self, id: str) -> Source:  # noqa: A002 - the field's own name
        """Find a source by its id."""
        return _look_up(id, self._sources_by_id, "source")

    # Made at the first look-up and kept, so that the next ones don't scan.

    @cached_property
    def parties_by_name(self) -> Mapping[str, Party]:
        """The parties by each of their folded names and ids."""
        return _by_name(self.parties)

    @cached_property
    def entities_by_name(self) -> Mapping[str, Entity]:
        """The entities by each of their folded names and ids."""
        return _by_name(self.entities)

    @cached_property
    def actors_by_name(self) -> Mapping[str, Party | Entity]:
        """The parties and entities by each of their folded names and ids."""
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


Actor = TypeVar("Actor", bound="Party | Entity")


def _by_id(things: Sequence[T]) -> dict[str, T]:
    return {cast("Any", thing).id: thing for thing in reversed(things)}  # of equal ids, the first one counts


def _by_name(actors: Sequence[Actor]) -> dict[str, Actor]:
    names = {fold(name): actor for actor in reversed(actors) for name in (*reversed(actor.other_names), actor.name)}
    return names | _by_id(actors)


def _look_up(name: str, things: Mapping[str, T], wanted: str) -> T:
    found = things.get(fold(name))
    if found is None:
        raise unknown(name, wanted, (one for thing in things.values() for one in _names(thing)))
    return found


def _names(thing: Any) -> tuple[str, ...]:
    """Give an id and all names, as they are written."""
    return (thing.id, thing.name, *thing.other_names) if isinstance(thing, (Party, Entity)) else (thing.id,)
