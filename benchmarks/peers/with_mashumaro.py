"""mashumaro dataclasses: frozen, unknown keys forbidden, defaults left out. It knows neither patterns nor bounds."""

from dataclasses import dataclass, field
from typing import Literal

from mashumaro import field_options
from mashumaro.config import BaseConfig
from mashumaro.mixins.json import DataClassJSONMixin

from peers.choices import EntityKind, RelationKind, SourceKind, Strength


class Strict(BaseConfig):
    forbid_extra_keys = True
    omit_default = True
    serialize_by_alias = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    exact: str
    prefix: str | None = None
    suffix: str | None = None
    source: str | None = None

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidityPeriod:
    start: str | None = None
    end: str | None = None
    open_ended: bool = False
    quotes: tuple[Quote, ...] = ()

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    name: str | None = None
    office: str | None = None

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    id: str
    name: str
    other_names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    representatives: tuple[Representative, ...] = ()
    translations: dict[str, str] = field(default_factory=dict)
    note: str | None = None

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    id: str
    name: str
    kind: EntityKind
    other_names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    translations: dict[str, str] = field(default_factory=dict)
    note: str | None = None

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    id: str
    text: str
    actors: tuple[str, ...] = ()
    strength: Strength | None = None
    mentions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    due_on: str | None = None
    common_id: str | None = None
    quotes: tuple[Quote, ...] = ()
    translations: dict[str, str] = field(default_factory=dict)
    note: str | None = None

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    id: str
    title: str
    number: int | None = None
    commitments: tuple[Commitment, ...] = ()
    common_id: str | None = None
    quotes: tuple[Quote, ...] = ()
    translations: dict[str, str] = field(default_factory=dict)
    note: str | None = None

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    kind: RelationKind
    agreement: str | None = None
    title: str | None = None
    quotes: tuple[Quote, ...] = ()

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    kind: SourceKind
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    contact: str | None = None
    published_on: str | None = None
    updated_on: str | None = None
    retrieved_on: str | None = None
    language: str | None = None
    text: list[str] | None = None
    excerpt: bool = False
    sha256: str | None = None
    note: str | None = None

    class Config(Strict):
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(DataClassJSONMixin):
    format_version: Literal["1.0"]
    schema_: str | None = field(default=None, metadata=field_options(alias="$schema"))
    id: str
    title: str
    language: str
    signed_on: str | None = None
    validity: ValidityPeriod | None = None
    parties: tuple[Party, ...]
    entities: tuple[Entity, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    general_commitments: tuple[Commitment, ...] = ()
    complete: bool = True
    relations: tuple[Relation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sources: tuple[Source, ...]
    translations: dict[str, str] = field(default_factory=dict)
    note: str | None = None

    class Config(Strict):
        pass
