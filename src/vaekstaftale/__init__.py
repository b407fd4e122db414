"""Danish growth partnership agreements as values: who promised what, how firmly, until when, and in which words."""

from vaekstaftale import bundled
from vaekstaftale.compare import Change, ChangeKind, diff
from vaekstaftale.dates import PartialDate, Status
from vaekstaftale.errors import InvalidAgreement, Problem, Severity, UnknownName
from vaekstaftale.files import (
    dump,
    dump_lines,
    dumps,
    from_dict,
    load,
    load_all,
    load_lines,
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
from vaekstaftale.query import Agreements, Commitments, Entry, commitments, rows
from vaekstaftale.quotes import Place, Stretch, find, unquoted
from vaekstaftale.serialization import configure_converter, make_converter

__version__ = "0.1.0"

__all__ = [
    "Agreement",
    "Agreements",
    "Change",
    "ChangeKind",
    "Commitment",
    "Commitments",
    "Entity",
    "EntityKind",
    "Entry",
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
    "commitments",
    "configure_converter",
    "diff",
    "dump",
    "dump_lines",
    "dumps",
    "find",
    "from_dict",
    "load",
    "load_all",
    "load_lines",
    "loads",
    "make_converter",
    "rows",
    "to_dict",
    "unquoted",
    "validate",
    "validate_file",
    "validate_text",
]
