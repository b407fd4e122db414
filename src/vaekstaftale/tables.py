"""Flat tables of agreements and their parts, for data frames and databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import SimpleNamespace
from typing import Any, NamedTuple

import attrs

from vaekstaftale import wording
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.paths import path_by_ids, quote_holders, translation_holders
from vaekstaftale.query import entries
from vaekstaftale.quotes.search import Search


class Kind(Enum):
    """What a column contains."""

    TEXT = "text"
    TEXTS = "list of texts"
    DATE = "partial date"
    NUMBER = "number"
    FLAG = "true or false"


class Column(NamedTuple):
    """A column of a table."""

    kind: Kind = Kind.TEXT
    #: How the value is found in the part that the row is about, if it is not the attribute with the column's name.
    get: Callable[[Any], object] | None = None

    def value(self, name: str, part: Any) -> object:
        """Return the value for a part: a string, an integer, a `bool`, a list of strings, or `None`."""
        value = self.get(part) if self.get else getattr(part, name)
        match value:
            case Enum():
                return value.value
            case PartialDate():
                return str(value)
            case tuple():
                return list(value)
        return value


_TEXT, _TEXTS, _DATE, _NUMBER, _FLAG = (Column(kind) for kind in Kind)


def _relations(agreement: Agreement) -> list[str]:
    return [f"{relation.kind.value} {relation.agreement or relation.title}" for relation in agreement.relations]


def _of_place(name: str, kind: Kind = Kind.NUMBER) -> Column:
    return Column(kind, lambda quote: quote.place and getattr(quote.place, name))


#: The columns of each table, in order. All tables but `agreements` begin with the id of the agreement.
TABLES: Mapping[str, Mapping[str, Column]] = {
    "agreements": {
        "id": _TEXT,
        "title": _TEXT,
        "language": _TEXT,
        "signed_on": _DATE,
        "validity_start": Column(Kind.DATE, lambda agreement: agreement.validity and agreement.validity.start),
        "validity_end": Column(Kind.DATE, lambda agreement: agreement.validity and agreement.validity.end),
        "open_ended": Column(Kind.FLAG, lambda agreement: bool(agreement.validity and agreement.validity.open_ended)),
        "complete": _FLAG,
        "parties": Column(Kind.TEXTS, lambda agreement: [party.id for party in agreement.parties]),
        "relations": Column(Kind.TEXTS, _relations),
        "note": _TEXT,
    },
    "parties": {
        "id": _TEXT,
        "name": _TEXT,
        "other_names": _TEXTS,
        "members": _TEXTS,
        "representatives": Column(Kind.TEXTS, lambda party: list(map(wording.representative, party.representatives))),
        "note": _TEXT,
    },
    "entities": {"id": _TEXT, "name": _TEXT, "kind": _TEXT, "other_names": _TEXTS, "members": _TEXTS, "note": _TEXT},
    "initiatives": {"id": _TEXT, "title": _TEXT, "number": _NUMBER, "common_id": _TEXT, "note": _TEXT},
    "commitments": {
        "initiative": Column(get=lambda commitment: commitment.initiative and commitment.initiative.id),
        "id": _TEXT,
        "text": _TEXT,
        "actors": _TEXTS,
        "strength": _TEXT,
        "mentions": _TEXTS,
        "topics": _TEXTS,
        "due_on": _DATE,
        "common_id": _TEXT,
        "quotes": Column(Kind.TEXTS, lambda commitment: [quote.exact for quote in commitment.quotes]),
        "note": _TEXT,
    },
    "quotes": {
        "holder": _TEXT,
        "exact": _TEXT,
        "prefix": _TEXT,
        "suffix": _TEXT,
        "source": _TEXT,
        "found": Column(Kind.FLAG, lambda quote: quote.place is not None),
        "found_in": _of_place("source", Kind.TEXT),
        "start": _of_place("start"),
        "end": _of_place("end"),
        "line": _of_place("line"),
    },
    "sources": {
        "id": _TEXT,
        "kind": _TEXT,
        "title": _TEXT,
        "url": _TEXT,
        "publisher": _TEXT,
        "contact": _TEXT,
        "published_on": _DATE,
        "updated_on": _DATE,
        "retrieved_on": _DATE,
        "language": _TEXT,
        "excerpt": _FLAG,
        "sha256": _TEXT,
        "note": _TEXT,
        "characters": Column(Kind.NUMBER, lambda source: None if source.text is None else len(source.text)),
    },
    "translations": {"holder": _TEXT, "language": _TEXT, "text": _TEXT},
}


def rows(agreements: Agreement | Iterable[Agreement]) -> dict[str, list[dict[str, Any]]]:
    """Return flat tables of agreements and their parts, as data frames take them.

    The tables are `agreements`, `parties`, `entities`, `initiatives`, `commitments`, `quotes`, `sources` and
    `translations`. Every row has every key of its table. Dates are texts as in a file, lists are lists of texts, and
    what is not stated is `None`. Each row of a part has the id of its `agreement`, each commitment that of its
    `initiative`, and each quote and translation the path of its `holder` by ids, as in `Change.path`. For a quote,
    `found_in`, `start`, `end` and `line` are its first place.
    """
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for agreement in [agreements] if isinstance(agreements, Agreement) else agreements:
        for name, parts in _parts(agreement).items():
            inside = {} if name == "agreements" else {"agreement": agreement.id}
            columns = TABLES[name].items()
            tables[name] += [{**inside, **{key: column.value(key, part) for key, column in columns}} for part in parts]
    return tables


def _parts(agreement: Agreement) -> dict[str, Iterable[Any]]:
    """Return what the rows of each table are about."""
    search = Search(agreement)
    return {
        "agreements": [agreement],
        "parties": agreement.parties,
        "entities": agreement.entities,
        "initiatives": agreement.initiatives,
        "commitments": [_with(entry.commitment, initiative=entry.initiative) for entry in entries([agreement])],
        "quotes": [
            _with(quote, holder=path_by_ids(agreement, path), place=next(search.places(quote, 1), None))
            for path, quotes in quote_holders(agreement)
            for quote in quotes
        ],
        "sources": agreement.sources,
        "translations": [
            _with(translation, holder=path_by_ids(agreement, path))
            for path, translations in translation_holders(agreement)
            for translation in translations
        ],
    }


def _with(part: Any, **more: object) -> SimpleNamespace:
    """Return the attributes of a part, and more."""
    return SimpleNamespace(**attrs.asdict(part, recurse=False), **more)


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
        fields = [] if name == "agreements" else [("agreement", pa.string())]
        for key, column in TABLES[name].items():
            fields.append((key, types[column.kind]))
            if column.kind is Kind.DATE:
                fields += [(f"{key}_earliest", pa.date32()), (f"{key}_latest", pa.date32())]
                for row in found:
                    day = row[key] and PartialDate(row[key])
                    row[f"{key}_earliest"], row[f"{key}_latest"] = day and day.earliest, day and day.latest
        tables[name] = pa.Table.from_pylist(found, schema=pa.schema(fields))
    return tables
