"""Hints: what to do, or what was probably meant."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from conftest import minimal

import vaekstaftale
from vaekstaftale import Agreement, InvalidAgreement, Quote, validate
from vaekstaftale.model.danish_dates import iso_date


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"format_version": 1}, 'write "1.0" in quotes'),
        ({"format_version": "v1"}, "did you mean '1.0'?"),
        ({"format_version": "2.0"}, "a newer version of vaekstaftale may read it"),
        ({"format_version": "to"}, None),
        ({"signed_on": 20170905}, 'write "2017-09-05" in quotes'),
        ({"signed_on": 2017}, 'write "2017" in quotes'),
        ({"signed_on": 17}, None),
        ({"sources": [{"id": "s", "kind": 3}]}, None),
        ({"language": 1}, None),
        ({"title": 10**120}, None),
        ({"title": None}, "it must have a value"),
        ({"note": None}, "omit the key if the value is not known"),
        ({"initiatives": [{"id": "i", "title": "I", "number": "99999"}]}, None),
        ({"initiatives": [{"id": "i", "title": "I", "number": "7"}]}, "write 7 without quotes"),
        ({"parties": {"id": "p", "name": "P"}}, "write it in square brackets, as a list of one"),
        ({"complete": "true"}, "write true without quotes"),
        ({"id": "Straße Æ"}, "did you mean 'strasse-ae'?"),
        ({"language": "da_DK"}, "did you mean 'da-DK'?"),
        ({"sources": [{"id": "s", "kind": "other", "url": "www.a.dk"}]}, "did you mean 'https://www.a.dk'?"),
        ({"general_commitments": [{"id": "c", "text": "t", "actors": ["q"]}]}, None),
    ],
)
def test_hints_that_help(changes: dict[str, Any], hint: str | None) -> None:
    """A hint is given only if following it fixes the problem."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(**changes))

    assert [hint] == [problem.hint for problem in caught.value.problems]


def test_name_where_an_id_belongs(agreement: Agreement) -> None:
    """A name in the place of an id is reported with the id as a suggestion."""
    commitment = attrs.evolve(agreement.commitments[0], id="ny", actors=["staten"])
    [problem] = validate(attrs.evolve(agreement, general_commitments=[commitment]))

    assert problem.hint == "did you mean 'regeringen'?"


def test_long_quote_shows_what_differs(agreement: Agreement) -> None:
    """For a long quote, the hint shows the words that differ, with a few words around them."""
    exact = agreement.commitment("opbakning").quotes[0].exact
    changed = exact.replace("energieffektive teknologier", "energieffektiv teknologi")
    longer = attrs.evolve(agreement.sources[0], text=f"{'Før det. ' * 30}{exact} {'Efter det. ' * 30}")
    quotes = [Quote(exact=f"{'Før det. ' * 20}{changed} {'Efter det. ' * 20}".strip())]
    [problem] = [
        problem
        for problem in validate(attrs.evolve(agreement, sources=[longer], quotes=quotes))
        if problem.path == "/quotes/0/exact"
    ]

    assert problem.hint is not None
    assert "virksomheder inden for energieffektive teknologier øget adgang" in problem.hint
    assert problem.hint.startswith("did you mean '… ")
    assert len(problem.hint) < 300


def test_date_with_a_full_stop_after_the_month() -> None:
    """A date whose day is followed by a space and whose month by a full stop is suggested with its own year."""
    [problem] = vaekstaftale.validate_text(json.dumps(minimal(signed_on="5. 9.2017")))

    assert problem.hint == "did you mean '2017-09-05'?"


@pytest.mark.parametrize(
    ("text", "hint"), [("{}\n{}", None), ('{"a" "b"}', None), ('{"a": 1 "b": 2}', "is a comma missing before it?")]
)
def test_missing_comma(text: str, hint: str | None) -> None:
    """A missing comma is suggested only where a comma could be."""
    [problem] = vaekstaftale.validate_text(text)

    assert (problem.code, problem.hint) == ("json-syntax", hint)


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("www.regionsyddanmark.dk/aftale", "did you mean 'https://www.regionsyddanmark.dk/aftale'?"),
        ("ftp://example.com", None),
        ("mailto:x@example.com", None),
        ("regionen", None),
    ],
)
def test_hint_for_an_address(address: str, hint: str | None) -> None:
    """The scheme is suggested only for what looks like an address without one."""
    [problem] = vaekstaftale.validate_text(json.dumps(minimal(sources=[{"id": "s", "kind": "other", "url": address}])))

    assert (problem.code, problem.hint) == ("bad-url", hint)


def test_weekday_in_capitals() -> None:
    """A date in capitals is suggested like any other, with letters outside ASCII."""
    assert iso_date("LØRDAG DEN 2. SEPTEMBER 2017") == "2017-09-02"
