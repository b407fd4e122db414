"""Pydantic models: frozen, strict, unknown keys forbidden."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from peers import patterns
from peers.choices import EntityKind, RelationKind, SourceKind, Strength

Id = Annotated[str, StringConstraints(pattern=patterns.ID, max_length=100)]
Text = Annotated[str, StringConstraints(pattern=patterns.TEXT)]
PartialDate = Annotated[str, StringConstraints(pattern=patterns.DATE)]
LanguageTag = Annotated[str, StringConstraints(pattern=patterns.LANGUAGE)]
WebAddress = Annotated[str, StringConstraints(pattern=patterns.URL)]
Sha256 = Annotated[str, StringConstraints(pattern=patterns.SHA256)]
Translations = dict[LanguageTag, Text]


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Quote(Model):
    exact: Text
    prefix: Text | None = None
    suffix: Text | None = None
    source: Id | None = None


class ValidityPeriod(Model):
    start: PartialDate | None = None
    end: PartialDate | None = None
    open_ended: bool = False
    quotes: tuple[Quote, ...] = ()


class Representative(Model):
    name: Text | None = None
    office: Text | None = None


class Party(Model):
    id: Id
    name: Text
    other_names: tuple[Text, ...] = ()
    members: tuple[Id, ...] = ()
    representatives: tuple[Representative, ...] = ()
    translations: Translations = {}
    note: Text | None = None


class Entity(Model):
    id: Id
    name: Text
    kind: EntityKind
    other_names: tuple[Text, ...] = ()
    members: tuple[Id, ...] = ()
    translations: Translations = {}
    note: Text | None = None


class Commitment(Model):
    id: Id
    text: Text
    actors: tuple[Id, ...] = ()
    strength: Strength | None = None
    mentions: tuple[Id, ...] = ()
    topics: tuple[Text, ...] = ()
    due_on: PartialDate | None = None
    common_id: Id | None = None
    quotes: tuple[Quote, ...] = ()
    translations: Translations = {}
    note: Text | None = None


class Initiative(Model):
    id: Id
    title: Text
    number: Annotated[int, Field(ge=1, le=9999)] | None = None
    commitments: tuple[Commitment, ...] = ()
    common_id: Id | None = None
    quotes: tuple[Quote, ...] = ()
    translations: Translations = {}
    note: Text | None = None


class Relation(Model):
    kind: RelationKind
    agreement: Id | None = None
    title: Text | None = None
    quotes: tuple[Quote, ...] = ()


class Source(Model):
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


class Agreement(Model):
    format_version: Literal["1.0"]
    schema_: Text | None = Field(default=None, alias="$schema")
    id: Id
    title: Text
    language: LanguageTag
    signed_on: PartialDate | None = None
    validity: ValidityPeriod | None = None
    parties: Annotated[tuple[Party, ...], Field(min_length=1)]
    entities: tuple[Entity, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    general_commitments: tuple[Commitment, ...] = ()
    complete: bool = True
    relations: tuple[Relation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    translations: Translations = {}
    note: Text | None = None
