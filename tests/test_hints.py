"""Hints: what to do, or what was probably meant."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest
from conftest import minimal

import vaekstaftale
from vaekstaftale import Agreement, InvalidAgreement, Quote, validate
from vaekstaftale.model.base import Choice
from vaekstaftale.model.danish_dates import iso_date

ADD_IT = "add it to 'entities', or write an id that is there"


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
        ({"note": None}, "remove the key and its value if the value is not known"),
        ({"initiatives": [{"id": "i", "title": "I", "number": "99999"}]}, None),
        ({"initiatives": [{"id": "i", "title": "I", "number": "7"}]}, "write 7 without quotes"),
        ({"parties": {"id": "p", "name": "P"}}, "write it in square brackets, as a list of one"),
        (
            {"general_commitments": [{"id": "c", "text": "C", "topics": "turisme; kyst, natur"}]},
            'write ["turisme", "kyst", "natur"], or ["turisme; kyst, natur"] if it is one',
        ),
        ({"complete": "true"}, "write true without quotes"),
        ({"complete": "Ja"}, "write true without quotes"),
        ({"complete": "no"}, "write false without quotes"),
        ({"complete": "måske"}, None),
        (
            {"relations": [{"kind": "renews", "agreement": "Partnerskabsaftale 2016"}]},
            'write a title under "title", and an id only if the agreement has a record',
        ),
        ({"relations": [{"kind": "renews", "agreement": "Aftale-2016"}]}, "did you mean 'aftale-2016'?"),
        ({"id": "Straße Æ"}, "did you mean 'strasse-ae'?"),
        ({"language": "da_DK"}, "did you mean 'da-DK'?"),
        ({"language": "en_UK"}, "did you mean 'en-GB'?"),
        ({"language": "dk_DK"}, "did you mean 'da-DK'?"),
        ({"validity": "2021-2023"}, None),
        ({"sources": [{"id": "s", "kind": "other", "url": "www.a.dk"}]}, "did you mean 'https://www.a.dk'?"),
        ({"general_commitments": [{"id": "c", "text": "t", "actors": ["q"]}]}, ADD_IT),
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
    ("text", "hint"),
    [
        ("{}\n{}", None),
        ('{"a" "b"}', None),
        ('{"a": 1 "b": 2}', "is a comma missing before it?"),
        ('{"a": "x"\n "b": 2}', "is a comma missing before it?"),
    ],
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
        ("region.dk/aftale", "did you mean 'https://region.dk/aftale'?"),
        ("aftale.pdf", None),
        ("nordby/aftale.pdf", None),
        ("info@nordby.example", None),
        ("https//www.nordby.example/a", None),
        ("12.3.2021", None),
        ("10.1000/182", "did you mean 'https://doi.org/10.1000/182'?"),
        ("doi: 10.1000/182", "did you mean 'https://doi.org/10.1000/182'?"),
        ("https://a.dk/af\u200btale", "did you mean 'https://a.dk/aftale'?"),
        ("https://a.dk/\u202egro.doog", "did you mean 'https://a.dk/gro.doog'?"),
        ("https://a.dk/\x07", "did you mean 'https://a.dk/'?"),
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


ESCAPE_QUOTES = 'write a quotation mark inside a string as \\"'
MERGE = "this is the mark of a merge: keep one of the versions, and remove the marks"
YAML = "this looks like YAML; an agreement file is JSON"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{"title": "Aftale om "vækst" i Syd"}', ESCAPE_QUOTES),
        ('{"a": ["han sagde "ja""]}', ESCAPE_QUOTES),
        ('{"a": "b" true}', None),
        ('{"a": "b"\nvækst}', None),
        ('{"text": "Parterne vil\n  støtte det."}', "a string cannot go over several lines: write it on one line"),
        ('{"text": "Parterne vil,\n  "id": "x"}', "is a closing quote missing on this line?"),
        ('{"a": 1,\n<<<<<<< HEAD\n"b": 2\n=======\n"b": 3\n>>>>>>> min\n}', MERGE),
        ('{"a": 1\n=======\n}', MERGE),
        ('{\n\xa0 "a": 1}', "outside strings, only spaces, tabs and line ends are white space: use a space"),
        ("id: aftale\ntitle: Aftale\n", YAML),
        ("---\nid: aftale\n", YAML),
        ("{}\n\0\0", "these are null characters at the end of the file: remove them"),
        ("{\0}", "this looks like UTF-16: save the file as UTF-8"),
    ],
)
def test_text_that_is_not_json(text: str, hint: str | None) -> None:
    """What people and programs often leave in a file is named."""
    [problem] = vaekstaftale.validate_text(text)

    assert (problem.code, problem.hint) == ("json-syntax", hint)


def meanings(choices: type[Choice]) -> str:
    """Return the hint of a choice that is near none: what each value means, without the marks of Markdown."""
    return "; ".join(f"{choice.value}: {choice.meaning.replace('*', '').rstrip('.')}" for choice in choices)


def hints(**changes: Any) -> list[str | None]:
    return [problem.hint for problem in vaekstaftale.validate_text(json.dumps(minimal(**changes)))]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("region-nord", ADD_IT),
        ("vestjylland", ADD_IT),
        ("forum-2018", ADD_IT),
        ("oestjyland", "did you mean 'oestjylland'?"),
        ("regionsyd", "did you mean 'region-syd'?"),
        ("den-region-syd", "did you mean 'region-syd'?"),
        ("forum-2017", "did you mean 'det-forum-2017'?"),
        ("vaekstforum-syd", ADD_IT),
    ],
)
def test_unknown_id(written: str, hint: str) -> None:
    """An id is suggested only if the unknown one can only be a misspelling of it, since another body is a false one."""
    known = ["region-syd", "oestjylland", "det-forum-2017", "vaekstforum-sjaelland"]
    parties = [{"id": id_, "name": id_} for id_ in known]

    assert hints(parties=parties, general_commitments=[{"id": "c", "text": "t", "actors": [written]}]) == [hint]


def test_unknown_source() -> None:
    """A source that is not there is to be added, or its id corrected."""
    quotes = [{"exact": "x", "source": "referat"}, {"exact": "x", "source": "websd"}]

    assert hints(quotes=quotes, sources=[{"id": "web", "kind": "other"}]) == [
        "add it to 'sources', or write an id that is there",
        "did you mean 'web'?",
    ]


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"actors": ["Regeringen, Syddansk Vækstforum"]}, "write each of these 2 as a string of its own"),
        ({"quotes": "Parterne vil"}, 'write [{"exact": "…"}]'),
        ({"quotes": ["Parterne vil"]}, 'write {"exact": "…"}'),
        ({"quotes": {"exact": "x"}}, "write it in square brackets, as a list of one"),
        ({"strength": "bakke op om"}, "did you mean 'support'?"),
        ({"strength": "Støtte"}, "did you mean 'support'?"),
        ({"strength": "udarbejde"}, "did you mean 'carry-out'?"),
        ({"strength": "love"}, meanings(vaekstaftale.Strength)),
        ({"date": "2017"}, None),
        ({"due_on": " 2017"}, "did you mean '2017'?"),
        ({"due_on": "2017\u201309\u201305"}, "did you mean '2017-09-05'?"),
        ({"frist": "2018"}, "did you mean 'due_on'?"),
        ({"løfter": []}, None),
        ({"_comment": "x"}, "did you mean 'note'?"),
        ({"due_on": "2017/18"}, "this looks like a period; a date is one day, month or year"),
        ({"due_on": "2015-2018"}, "this looks like a period; a date is one day, month or year"),
        ({"due_on": "1.1. – 31.12.2019"}, "this looks like a period; a date is one day, month or year"),
        ({"due_on": "2017-09-05T22:00:00.000Z"}, None),
    ],
)
def test_hints_in_a_commitment(changes: dict[str, Any], hint: str | None) -> None:
    """Words that people write instead of those of the format are known, and a wrong type is shown as it should be."""
    assert hints(general_commitments=[{"id": "c", "text": "t"} | changes]) == [hint]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("underskrevet", "signed_on"),
        ("Løfter", "general_commitments"),
        ("promises", "general_commitments"),
        ("kommentar", "note"),
    ],
)
def test_keys_in_danish(key: str, meant: str) -> None:
    """A key in Danish is suggested where the object may have the key that it stands for."""
    assert hints(**{key: []}) == [f"did you mean {meant!r}?"]


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("webside", "did you mean 'web-page'?"),
        ("Referat", "did you mean 'minutes'?"),
        ("PDF", "state what the document is, not its file format"),
        ("fornyer", meanings(vaekstaftale.SourceKind)),
    ],
)
def test_kinds_in_danish(kind: str, hint: str | None) -> None:
    """A Danish word is suggested only for the choices of its own list."""
    assert hints(sources=[{"id": "s", "kind": kind}]) == [hint]


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("replaced-by", meanings(vaekstaftale.RelationKind)),
        ("renewed-by", meanings(vaekstaftale.RelationKind)),
        ("same", meanings(vaekstaftale.RelationKind)),
        ("replcaes", "did you mean 'replaces'?"),
        ("Same round", "did you mean 'same-round'?"),
    ],
)
def test_relation_that_says_the_opposite(kind: str, hint: str | None) -> None:
    """A kind of relation is suggested only for a misspelling of it."""
    assert hints(relations=[{"kind": kind, "agreement": "y"}]) == [hint]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Suðuroy", "suduroy"),
        ("Þórshöfn", "thorshofn"),
        ("Œuvre Łódź", "oeuvre-lodz"),
        ("Đorđe ışık", "dorde-isik"),
        ("Straße 1½", "strasse-1"),
        ("Erhvervs\xadfremme", "erhvervsfremme"),
        ("Κρήτη 2017", None),
        ("Region №5", "region-5"),
    ],
)
def test_no_letter_vanishes(name: str, id_: str | None) -> None:
    """The id that is suggested for a name has a letter for every letter of it."""
    assert hints(id=name) == [None if id_ is None else f"did you mean '{id_}'?"]


@pytest.mark.parametrize(
    ("words", "source", "difference"),
    [
        ("den 'grønne' plan", "den ”grønne” plan", "Only the quotation marks differ"),
        ("2017-2018 er planen", "2017–2018 er planen", "Only hyphens or dashes differ"),
        ("eﬀekten er planen", "effekten er planen", "A ligature or another compatible character differs"),
        ("hele kommunen er planen", "hele kom- munen er planen", "The source splits a word at the end of a line"),
        ("hele kommunens gode plan", "hele kommunens nye og gode plan", "The quote leaves out 'nye og'"),
        ("kommunen er planen", "kommunen er er planen", "The quote leaves out 'er'"),
        ("hele kommunen har planen", "hele kommunen er planen", None),
    ],
)
@pytest.mark.parametrize("start", [[], ["Plan"], ["Plan\nfor alle"]])
def test_what_differs(words: str, source: str, difference: str | None, start: list[str]) -> None:
    """The hint of a quote says what is hard to see, and names the line of the file where the words nearly occur."""
    text = [*start, *source.replace("- ", "-\n").split("\n")]
    data = minimal(sources=[{"id": "s", "kind": "other", "text": text}], quotes=[{"exact": words}])
    written = json.dumps(data, indent=1, ensure_ascii=False)
    [problem] = vaekstaftale.validate_text(written)
    [place] = problem.related

    assert problem.code == "quote-not-found"
    assert problem.hint is not None
    assert problem.hint.partition("? ")[2].startswith(difference or "")
    assert (difference is None) == problem.hint.endswith("?")
    assert f"(line {place.line} of the file)" in problem.hint
    assert place.line is not None
    line = written.splitlines()[place.line - 1]
    if "\n" in "".join(start):
        assert line.strip().startswith('"text"')
    else:
        assert place.column is not None
        assert place.end_column is not None
        assert line[place.column - 1 : place.end_column - 1] == text[len(start)]


@pytest.mark.parametrize(
    ("changes", "hint"),
    [
        ({"title": " "}, "it must have a value"),
        ({"note": ""}, "write it, or remove the key and its value"),
        ({"relations": [{"kind": "renews", "title": ""}]}, "it must have a value"),
        ({"translations": {"en": ""}}, None),
        ({"parties": [{"id": "p", "name": "P", "other_names": [""]}]}, "write it, or remove it from the list"),
    ],
)
def test_empty_text(changes: dict[str, Any], hint: str | None) -> None:
    """The hint says whether a text without words may be left out."""
    assert hints(**changes) == [hint]
