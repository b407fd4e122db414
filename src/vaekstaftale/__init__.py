"""Danish growth partnership agreements as values: who promised what, how firmly, until when, and in which words."""

from vaekstaftale import advice, bundled, edit, matching, tables
from vaekstaftale.bundled import CODES, Code
from vaekstaftale.changes import Change, ChangeKind, diff
from vaekstaftale.files.drafts import draft
from vaekstaftale.files.fixing import fix_text
from vaekstaftale.files.reading import (
    Reading,
    from_dict,
    load,
    load_all,
    load_lines,
    loads,
    read_dict,
    read_file,
    read_files,
    read_lines,
    read_text,
    validate,
    validate_file,
    validate_files,
    validate_text,
)
from vaekstaftale.files.writing import dump, dump_lines, dumps, to_dict
from vaekstaftale.html import to_html
from vaekstaftale.model.agreement import Agreement, Relation, RelationKind
from vaekstaftale.model.commitments import Commitment, Initiative, Strength
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.parties import Entity, EntityKind, Party, Representative
from vaekstaftale.model.sources import Quote, Source, SourceKind
from vaekstaftale.model.translations import Translation
from vaekstaftale.model.validity import Status, ValidityPeriod
from vaekstaftale.problems import Edit, Finding, Fix, InvalidAgreement, Problem, Related, Severity, UnknownName
from vaekstaftale.query import Agreements, Commitments, Entry, commitments
from vaekstaftale.quotes.place import Place, Stretch
from vaekstaftale.quotes.quoting import QuoteNotFound, quote
from vaekstaftale.quotes.search import find, unquoted
from vaekstaftale.serialization.converter import configure_converter, make_converter
from vaekstaftale.tables import rows

__version__ = "0.1.0"

__all__ = [
    "CODES",
    "Agreement",
    "Agreements",
    "Change",
    "ChangeKind",
    "Code",
    "Commitment",
    "Commitments",
    "Edit",
    "Entity",
    "EntityKind",
    "Entry",
    "Finding",
    "Fix",
    "Initiative",
    "InvalidAgreement",
    "PartialDate",
    "Party",
    "Place",
    "Problem",
    "Quote",
    "QuoteNotFound",
    "Reading",
    "Related",
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
    "advice",
    "bundled",
    "commitments",
    "configure_converter",
    "diff",
    "draft",
    "dump",
    "dump_lines",
    "dumps",
    "edit",
    "find",
    "fix_text",
    "from_dict",
    "load",
    "load_all",
    "load_lines",
    "loads",
    "make_converter",
    "matching",
    "quote",
    "read_dict",
    "read_file",
    "read_files",
    "read_lines",
    "read_text",
    "rows",
    "tables",
    "to_dict",
    "to_html",
    "unquoted",
    "validate",
    "validate_file",
    "validate_files",
    "validate_text",
]


def __dir__() -> list[str]:
    return sorted((*__all__, "__version__"))
