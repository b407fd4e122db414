"""Danish growth partnership agreements as values: who promised what, how firmly, until when, and in which words."""

from vaekstaftale import bundled
from vaekstaftale.dates import PartialDate, Status
from vaekstaftale.errors import InvalidAgreement, Problem, Severity, UnknownName
from vaekstaftale.files import (
    dump,
    dumps,
    from_dict,
    load,
    loads,
    to_dict,
    validate,
    validate_file,
    validate_text,
)
from vaekstaftale.model import (
    Agreement,
    Commitment,
    Entity,
    EntityKind,
    Initiative,
    Party,
    Quote,
    Relation,
    RelationKind,
    Representative,
    Source,
    SourceKind,
    Strength,
    Translation,
    ValidityPeriod,
)
from vaekstaftale.quotes import Place, Stretch, find, unquoted
from vaekstaftale.serialization import configure_converter, make_converter

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "Commitment",
    "Entity",
    "EntityKind",
    "Initiative",
    "InvalidAgreement",
    "PartialDate",
    "Party",
    "Place",
    "Problem",
    "Quote",
    "Relation",
    "RelationKind",
    "Representative",
    "Severity",
    "Source",
    "SourceKind",
    "Status",
    "Strength",
    "Stretch",
    "Translation",
    "UnknownName",
    "ValidityPeriod",
    "bundled",
    "configure_converter",
    "dump",
    "dumps",
    "find",
    "from_dict",
    "load",
    "loads",
    "make_converter",
    "to_dict",
    "unquoted",
    "validate",
    "validate_file",
    "validate_text",
]
