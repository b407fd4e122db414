"""The choices of `vaekstaftale.model`, written out for all peers, so that none imports us."""

from enum import Enum


class Strength(Enum):
    DISCUSS = "discuss"
    FOLLOW = "follow"
    WORK_TOWARDS = "work-towards"
    SUPPORT = "support"
    CARRY_OUT = "carry-out"


class EntityKind(Enum):
    ORGANISATION = "organisation"
    GROUP = "group"
    PLAN = "plan"
    OTHER = "other"


class SourceKind(Enum):
    AGREEMENT = "agreement"
    WEB_PAGE = "web-page"
    PRESS_RELEASE = "press-release"
    MINUTES = "minutes"
    LISTING = "listing"
    OTHER = "other"


class RelationKind(Enum):
    RENEWS = "renews"
    AMENDS = "amends"
    REPLACES = "replaces"
    BUILDS_ON = "builds-on"
    SAME_ROUND = "same-round"
