"""Danish growth partnership agreements as values: who promised what, how firmly, until when, and in which words."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    )
    from vaekstaftale.html import to_html
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
    from vaekstaftale.validation import validate, validate_file, validate_text

__version__ = "0.1.0"

#: The homes of the public names. A name is imported where it is first used, so that nobody waits for the rest.
_HOMES = {
    "compare": ("Change", "ChangeKind", "diff"),
    "dates": ("PartialDate", "Status"),
    "errors": ("InvalidAgreement", "Problem", "Severity", "UnknownName"),
    "files": ("dump", "dump_lines", "dumps", "from_dict", "load", "load_all", "load_lines", "loads", "to_dict"),
    "html": ("to_html",),
    "model": (
        "Agreement",
        "Commitment",
        "Entity",
        "EntityKind",
        "Initiative",
        "Party",
        "Quote",
        "Relation",
        "RelationKind",
        "Representative",
        "Source",
        "SourceKind",
        "Strength",
        "Translation",
        "ValidityPeriod",
    ),
    "query": ("Agreements", "Commitments", "Entry", "commitments", "rows"),
    "quotes": ("Place", "Stretch", "find", "unquoted"),
    "serialization": ("configure_converter", "make_converter"),
    "validation": ("validate", "validate_file", "validate_text"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "bundled":
        return import_module("vaekstaftale.bundled")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'vaekstaftale' has no attribute {name!r}")
    found = getattr(import_module(f"vaekstaftale.{_HOME_OF[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


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
    "to_html",
    "unquoted",
    "validate",
    "validate_file",
    "validate_text",
]
