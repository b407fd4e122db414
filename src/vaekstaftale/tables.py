"""Flat tables of agreements and their parts, for data frames and databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from operator import attrgetter
from typing import Any, NamedTuple

from vaekstaftale.model.agreement import Agreement, require_agreements
from vaekstaftale.model.base import Value
from vaekstaftale.model.commitments import Commitment, Initiative
from vaekstaftale.model.dates import PartialDate, PartialDateForm
from vaekstaftale.model.forms import EnumForm, Form, TupleForm, forms_of
from vaekstaftale.model.numbers import BoolForm, IntegerForm
from vaekstaftale.model.parties import Entity, Party, representative_line
from vaekstaftale.model.paths import path_by_ids, quote_lists_of, translations_by_part
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.model.strings import StringForm
from vaekstaftale.model.translations import Translation
from vaekstaftale.query import entries
from vaekstaftale.quotes.search import Search


class Kind(Enum):
    """What a column contains."""

    TEXT = "string"
    TEXTS = "list of strings"
    DATE = "partial date"
    NUMBER = "number"
    FLAG = "true or false"


class Column(NamedTuple):
    """A column that is worked out from a part."""

    kind: Kind
    get: Callable[[Any], object]


class Table(NamedTuple):
    """A table: the class that its rows are about, and columns that come from where the part is.

    The columns of the class follow from its fields. A field without a kind of column, such as a list of parts, has the
    columns of `_WORKED_OUT`, or none.
    """

    cls: type[Value]
    before: Mapping[str, Kind] = {}
    after: Mapping[str, Kind] = {}


#: The tables by name. All but `agreements` begin with the id of the agreement.
TABLES: Mapping[str, Table] = {
    "agreements": Table(Agreement),
    "parties": Table(Party, before={"agreement": Kind.TEXT}),
    "entities": Table(Entity, before={"agreement": Kind.TEXT}),
    "initiatives": Table(Initiative, before={"agreement": Kind.TEXT}),
    "commitments": Table(Commitment, before={"agreement": Kind.TEXT, "initiative": Kind.TEXT}),
    "quotes": Table(
        Quote,
        before={"agreement": Kind.TEXT, "holder": Kind.TEXT},
        after={
            "skipped": Kind.FLAG,
            "found": Kind.FLAG,
            "found_in": Kind.TEXT,
            "start": Kind.NUMBER,
            "end": Kind.NUMBER,
            "line": Kind.NUMBER,
        },
    ),
    "sources": Table(Source, before={"agreement": Kind.TEXT}),
    "translations": Table(Translation, before={"agreement": Kind.TEXT, "holder": Kind.TEXT}),
}


def _relations(agreement: Agreement) -> list[str]:
    return [f"{relation.kind.value} {relation.agreement or relation.title}" for relation in agreement.relations]


#: The columns for fields that are not one value or a list of strings.
_WORKED_OUT: Mapping[tuple[type[Value], str], Mapping[str, Column]] = {
    (Agreement, "validity"): {
        "validity_start": Column(Kind.DATE, lambda agreement: agreement.validity and agreement.validity.start),
        "validity_end": Column(Kind.DATE, lambda agreement: agreement.validity and agreement.validity.end),
        "open_ended": Column(Kind.FLAG, lambda agreement: bool(agreement.validity and agreement.validity.open_ended)),
    },
    (Agreement, "parties"): {"parties": Column(Kind.TEXTS, lambda agreement: [one.id for one in agreement.parties])},
    (Agreement, "relations"): {"relations": Column(Kind.TEXTS, _relations)},
    (Party, "representatives"): {
        "representatives": Column(Kind.TEXTS, lambda party: list(map(representative_line, party.representatives)))
    },
    (Commitment, "quotes"): {
        "quotes": Column(Kind.TEXTS, lambda commitment: [quote.exact for quote in commitment.quotes])
    },
    (Source, "text"): {
        "characters": Column(Kind.NUMBER, lambda source: None if source.text is None else len(source.text))
    },
}


def _kind_of(form: Form) -> Kind | None:
    """Return what the column of a field contains, or `None` if its value does not fit into one."""
    match form:
        case PartialDateForm():
            return Kind.DATE
        case StringForm() | EnumForm():
            return Kind.TEXT
        case IntegerForm():
            return Kind.NUMBER
        case BoolForm():
            return Kind.FLAG
        case TupleForm() if isinstance(form.items, StringForm):
            return Kind.TEXTS
    return None


def _columns_of(cls: type[Value]) -> dict[str, Column]:
    """Return the columns of a class, in the order of its fields."""
    columns: dict[str, Column] = {}
    for name, form in forms_of(cls).items():
        kind = _kind_of(form)
        if kind is not None:
            columns[name] = Column(kind, attrgetter(name))
        columns |= _WORKED_OUT.get((cls, name), {})
    return columns


_COLUMNS = {name: _columns_of(table.cls) for name, table in TABLES.items()}


def kinds_of(table: str) -> dict[str, Kind]:
    """Return what the columns of a table contain, in order."""
    own = {name: column.kind for name, column in _COLUMNS[table].items()}
    return {**TABLES[table].before, **own, **TABLES[table].after}


def rows(agreements: Agreement | Iterable[Agreement]) -> dict[str, list[dict[str, Any]]]:
    """Return flat tables of agreements and their parts, ready for data frames.

    The tables are `agreements`, `parties`, `entities`, `initiatives`, `commitments`, `quotes`, `sources` and
    `translations`. Every row has every key of its table. Dates are strings as in a file, lists are lists of strings,
    and what is not stated is `None`. Each row of a part has the id of its `agreement`, each commitment that of its
    `initiative`, and each quote and translation the path of its `holder` by ids, as in `Change.path`. For a quote,
    `found_in`, `start`, `end` and `line` are its first place.
    """
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for agreement in require_agreements(agreements):
        for name, part, before, after in _parts(agreement):
            own = {key: _plain(column.get(part)) for key, column in _COLUMNS[name].items()}
            tables[name].append({**before, **own, **after})
    return tables


def _parts(agreement: Agreement) -> Iterator[tuple[str, Value, dict[str, Any], dict[str, Any]]]:
    """Yield the parts that rows are about: each with the name of its table, and the values before and after its own."""
    yield "agreements", agreement, {}, {}
    inside = {"agreement": agreement.id}
    for name in ("parties", "entities", "initiatives", "sources"):
        for part in getattr(agreement, name):
            yield name, part, inside, {}
    for entry in entries([agreement]):
        yield "commitments", entry.commitment, {**inside, "initiative": entry.initiative and entry.initiative.id}, {}
    search = Search(agreement)
    for quotes in quote_lists_of(agreement):
        holder = path_by_ids(agreement, quotes.part)
        skipped = quotes.skipped_by is not None
        for quote in quotes.quotes:
            place = next(search.places(quotes.as_searched(quote), 1), None)
            after = {key: place and getattr(place, key) for key in ("start", "end", "line")}
            found = {"skipped": skipped, "found": place is not None, "found_in": place and place.source}
            yield "quotes", quote, {**inside, "holder": holder}, {**found, **after}
    for path, translations in translations_by_part(agreement):
        holder = path_by_ids(agreement, path)
        for translation in translations:
            yield "translations", translation, {**inside, "holder": holder}, {}


def _plain(value: object) -> object:
    """Return a value as a string, an integer, a `bool`, a list of strings, or `None`."""
    match value:
        case Enum():
            return value.value
        case PartialDate():
            return str(value)
        case tuple():
            return list(value)
    return value


def to_arrow(agreements: Agreement | Iterable[Agreement]) -> dict[str, Any]:
    """Return the tables of `rows` as values of type `pyarrow.Table`, whose schema does not depend on the data.

    Beside each partial date `x` there are the columns `x_earliest` and `x_latest` of type `date32`. Lists are
    `list<string>`. Raises `ImportError` without pyarrow, which the extra `tables` installs.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise ImportError("to_arrow needs pyarrow: pip install 'vaekstaftale[tables]'") from None
    types = {
        Kind.TEXT: pa.string(),
        Kind.TEXTS: pa.list_(pa.string()),
        Kind.DATE: pa.string(),
        Kind.NUMBER: pa.int64(),
        Kind.FLAG: pa.bool_(),
    }
    tables = {}
    for name, found in rows(agreements).items():
        fields = []
        for key, kind in kinds_of(name).items():
            fields.append((key, types[kind]))
            if kind is Kind.DATE:
                fields += [(f"{key}_earliest", pa.date32()), (f"{key}_latest", pa.date32())]
                for row in found:
                    day = row[key] and PartialDate(row[key])
                    row[f"{key}_earliest"], row[f"{key}_latest"] = day and day.earliest, day and day.latest
        tables[name] = pa.Table.from_pylist(found, schema=pa.schema(fields))
    return tables


__all__ = ["rows", "to_arrow"]


def __dir__() -> list[str]:
    return __all__
