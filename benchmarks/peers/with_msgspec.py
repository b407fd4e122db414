"""msgspec Structs: frozen, unknown keys forbidden, defaults left out."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from peers import patterns
from peers.choices import EntityKind, RelationKind, SourceKind, Strength

Id = Annotated[str, Meta(pattern=patterns.ID, max_length=100)]
Text = Annotated[str, Meta(pattern=patterns.TEXT)]
PartialDate = Annotated[str, Meta(pattern=patterns.DATE)]
LanguageTag = Annotated[str, Meta(pattern=patterns.LANGUAGE)]
WebAddress = Annotated[str, Meta(pattern=patterns.URL)]
Sha256 = Annotated[str, Meta(pattern=patterns.SHA256)]
Translations = dict[LanguageTag, Text]


class Model(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Quote(Model, frozen=True, kw_only=True):
    exact: Text
    prefix: Text | None = None
    suffix: Text | None = None
    source: Id | None = None


class ValidityPeriod(Model, frozen=True, kw_only=True):
    start: PartialDate | None = None
    end: PartialDate | None = None
    open_ended: bool = False
    quotes: tuple[Quote, ...] = ()


class Representative(Model, frozen=True, kw_only=True):
    name: Text | None = None
    office: Text | None = None


class Party(Model, frozen=True, kw_only=True):
    id: Id
    name: Text
    other_names: tuple[Text, ...] = ()
    members: tuple[Id, ...] = ()
    representatives: tuple[Representative, ...] = ()
    translations: Translations = field(default_factory=dict)
    note: Text | None = None


class Entity(Model, frozen=True, kw_only=True):
    id: Id
    name: Text
    kind: EntityKind
    other_names: tuple[Text, ...] = ()
    members: tuple[Id, ...] = ()
    translations: Translations = field(default_factory=dict)
    note: Text | None = None


class Commitment(Model, frozen=True, kw_only=True):
    id: Id
    text: Text
    actors: tuple[Id, ...] = ()
    strength: Strength | None = None
    mentions: tuple[Id, ...] = ()
    topics: tuple[Text, ...] = ()
    due_on: PartialDate | None = None
    common_id: Id | None = None
    quotes: tuple[Quote, ...] = ()
    translations: Translations = field(default_factory=dict)
    note: Text | None = None


class Initiative(Model, frozen=True, kw_only=True):
    id: Id
    title: Text
    number: Annotated[int, Meta(ge=1, le=9999)] | None = None
    commitments: tuple[Commitment, ...] = ()
    common_id: Id | None = None
    quotes: tuple[Quote, ...] = ()
    translations: Translations = field(default_factory=dict)
    note: Text | None = None


class Relation(Model, frozen=True, kw_only=True):
    kind: RelationKind
    agreement: Id | None = None
    title: Text | None = None
    quotes: tuple[Quote, ...] = ()


class Source(Model, frozen=True, kw_only=True):
    id: Id
    kind: SourceKind
    title: Text | None = None
    url: WebAddress | None = None
    publisher: Text | None = None
    contact: Text | None = None
    published_on: PartialDate | None = None
    updated_on: PartialDate | None = None
    retrieved_on: PartialDate | None = None
    language: LanguageTag | None = None
    text: list[str] | None = None
    excerpt: bool = False
    sha256: Sha256 | None = None
    note: Text | None = None


class Agreement(Model, frozen=True, kw_only=True):
    format_version: Literal["1.0"]
    schema_: Text | None = field(default=None, name="$schema")
    id: Id
    title: Text
    language: LanguageTag
    signed_on: PartialDate | None = None
    validity: ValidityPeriod | None = None
    parties: Annotated[tuple[Party, ...], Meta(min_length=1)]
    entities: tuple[Entity, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    general_commitments: tuple[Commitment, ...] = ()
    complete: bool = True
    relations: tuple[Relation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sources: Annotated[tuple[Source, ...], Meta(min_length=1)]
    translations: Translations = field(default_factory=dict)
    note: Text | None = None
