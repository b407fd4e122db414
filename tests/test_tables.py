"""Flat tables of agreements and their parts."""

from __future__ import annotations

import json

import pytest
from conftest import FAMILY

import vaekstaftale
from vaekstaftale import Agreement, Agreements
from vaekstaftale.tables import TABLES


@pytest.fixture(scope="module")
def family() -> Agreements:
    """Return midt-2014, nord-2015, syd-2012, syd-2014 and syd-2016, in this order."""
    return vaekstaftale.load_all(FAMILY)


def test_every_row_has_every_key(family: Agreements) -> None:
    """Every row has every key, and its values are None, numbers, strings or lists of strings."""
    tables = vaekstaftale.rows(family)

    kept = ("agreements", "parties", "initiatives", "commitments")
    assert [len(tables[name]) for name in kept] == [5, 10, 5, 9]
    assert list(tables) == list(TABLES)
    for table in tables.values():
        assert len({tuple(row) for row in table}) == 1
        for row in table:
            for value in row.values():
                assert value is None or type(value) in (str, int, bool, list)
                assert type(value) is not list or all(type(item) is str for item in value)
    json.dumps(tables)


def test_values(family: Agreements) -> None:
    """Rows contain the values of the agreement."""
    tables = vaekstaftale.rows(family.get("syd-2014"))

    assert {
        "id": "syd-2014",
        "signed_on": "2014-05-20",
        "validity_start": None,
        "validity_end": "2015-12-31",
    }.items() <= tables["agreements"][0].items()
    assert tables["agreements"][0]["relations"] == ["renews syd-2012"]
    assert {
        "agreement": "syd-2014",
        "initiative": "foedevarer",
        "id": "analyse",
        "actors": ["vestdanske-vaekstfora"],
        "strength": "carry-out",
        "due_on": None,
    }.items() <= tables["commitments"][1].items()


def test_parts(agreement: Agreement) -> None:
    """Entities, quotes, sources and translations have tables; quotes have the first place where they occur."""
    tables = vaekstaftale.rows(agreement)
    source = agreement.source("webside")
    quote = next(row for row in tables["quotes"] if row["holder"] == "/initiatives/digitalisering/commitments/design")

    assert quote["found"] is True
    assert quote["found_in"] == "webside"
    assert (source.text or "")[quote["start"] : quote["end"]] == quote["exact"]
    assert quote["exact"] in (source.text or "").split("\n")[quote["line"] - 1]
    assert {row["holder"] for row in tables["quotes"]} >= {"", "/validity", "/initiatives/energi"}
    assert [row["id"] for row in tables["entities"]] == [entity.id for entity in agreement.entities]
    assert tables["sources"][0]["characters"] == len(source.text or "")
    assert "text" not in tables["sources"][0]
    assert {
        "agreement": agreement.id,
        "holder": "/parties/regeringen",
        "language": "en",
        "text": "The Danish Government",
    } in (tables["translations"])
