"""Flat tables of agreements and their parts."""

from __future__ import annotations

import json
import sys
from datetime import date

import attrs
import duckdb
import polars as pl
import pytest
from conftest import FAMILY, minimal

import vaekstaftale
from vaekstaftale import Agreement, Agreements, tables
from vaekstaftale.tables import TABLES


@pytest.fixture(scope="module")
def family() -> Agreements:
    """Return midt-2014, nord-2015, syd-2012, syd-2014 and syd-2016, in this order."""
    return vaekstaftale.load_all(FAMILY)


def test_every_row_has_every_key(family: Agreements) -> None:
    """Every row has every key, and its values are None, numbers, strings or lists of strings."""
    found = vaekstaftale.rows(family)

    kept = ("agreements", "parties", "initiatives", "commitments")
    assert [len(found[name]) for name in kept] == [5, 10, 5, 9]
    assert list(found) == list(TABLES)
    for table in found.values():
        assert len({tuple(row) for row in table}) == 1
        for row in table:
            for value in row.values():
                assert value is None or type(value) in (str, int, bool, list)
                assert type(value) is not list or all(type(item) is str for item in value)
    json.dumps(found)


def test_values(family: Agreements) -> None:
    """Rows contain the values of the agreement."""
    found = vaekstaftale.rows(family.get("syd-2014"))

    assert {
        "id": "syd-2014",
        "signed_on": "2014-05-20",
        "validity_start": None,
        "validity_end": "2015-12-31",
    }.items() <= found["agreements"][0].items()
    assert found["agreements"][0]["relations"] == ["renews syd-2012"]
    assert {
        "agreement": "syd-2014",
        "initiative": "foedevarer",
        "id": "analyse",
        "actors": ["vestdanske-vaekstfora"],
        "strength": "carry-out",
        "due_on": None,
    }.items() <= found["commitments"][1].items()


def test_parts(agreement: Agreement) -> None:
    """Entities, quotes, sources and translations have tables; quotes have the first place where they occur."""
    found = vaekstaftale.rows(agreement)
    source = agreement.source("webside")
    quote = next(row for row in found["quotes"] if row["holder"] == "/initiatives/digitalisering/commitments/design")

    assert quote["found"] is True
    assert quote["found_in"] == "webside"
    assert (source.text or "")[quote["start"] : quote["end"]] == quote["exact"]
    assert quote["exact"] in (source.text or "").split("\n")[quote["line"] - 1]
    assert {row["holder"] for row in found["quotes"]} >= {"", "/validity", "/initiatives/energi"}
    assert [row["id"] for row in found["entities"]] == [entity.id for entity in agreement.entities]
    assert found["sources"][0]["characters"] == len(source.text or "")
    assert "text" not in found["sources"][0]
    assert {
        "agreement": agreement.id,
        "holder": "/parties/regeringen",
        "language": "en",
        "text": "The Danish Government",
    } in (found["translations"])


class TestArrow:
    def test_schema_is_fixed(self, agreement: Agreement) -> None:
        """The schema is the same for no agreement, for one, and if optional columns first occur in the last of 300."""
        empty = tables.to_arrow([])
        bare = [vaekstaftale.from_dict(minimal(id=f"x-{number}")) for number in range(299)]

        for agreements in ([], bare, [*bare, agreement], agreement):
            found = tables.to_arrow(agreements)
            assert {name: table.schema for name, table in found.items()} == {
                name: table.schema for name, table in empty.items()
            }
        assert tables.to_arrow([*bare, agreement])["commitments"].num_rows == len(agreement.commitments)

    def test_dates_and_lists(self, agreement: Agreement) -> None:
        """A partial date has its bounds beside it, and a list is a list of strings."""
        [row] = tables.to_arrow(attrs.evolve(agreement, signed_on="2017-09"))["agreements"].to_pylist()

        assert (row["signed_on"], row["signed_on_earliest"], row["signed_on_latest"]) == (
            "2017-09",
            date(2017, 9, 1),
            date(2017, 9, 30),
        )
        assert row["validity_start_earliest"] is None
        assert row["parties"] == ["regeringen", "syddansk-vaekstforum"]

    def test_same_values(self, family: Agreements) -> None:
        """The tables contain the values of the rows, and pandas, Polars and DuckDB read them."""
        rows, found = vaekstaftale.rows(family), tables.to_arrow(family)

        for name, table in found.items():
            assert [{key: row[key] for key in rows[name][0]} for row in table.to_pylist()] == rows[name]
        commitments = found["commitments"]
        assert len(commitments.to_pandas()) == len(pl.from_arrow(commitments)) == 9
        [count] = duckdb.execute("SELECT count(*) FROM commitments WHERE due_on_latest IS NULL").fetchall()
        assert count == (6,)

    def test_without_pyarrow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without pyarrow, the error names the extra."""
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(ImportError, match=r"vaekstaftale\[tables\]"):
            tables.to_arrow([])
