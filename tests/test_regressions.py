"""Behaviour that was once wrong, one test for each bug."""

from __future__ import annotations

import gc
import inspect
import io
import json
import linecache
import pickle
from collections import OrderedDict, UserString
from datetime import date
from typing import Any

import attrs
import cattrs
import pytest
from conftest import minimal

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Finding,
    Initiative,
    InvalidAgreement,
    PartialDate,
    Quote,
    Severity,
    Source,
    cli,
    validate,
)
from vaekstaftale.files.writing import format_file
from vaekstaftale.matching import slug
from vaekstaftale.model.danish_dates import iso_date
from vaekstaftale.serialization.reader import default_reader


def problems_of(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(**changes))
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_only_warnings_are_left_out(agreement: Agreement) -> None:
    """If all errors are reported and only warnings are left out, the last problem is a warning too."""
    quotes = [Quote(exact=f"zz{number}") for number in range(100)] + [Quote(exact="a") for _ in range(5)]
    value = attrs.evolve(agreement, quotes=quotes)

    assert Severity.WARNING is validate(value)[-1].severity
    assert validate(value)[-1].message == "5 more warnings were found"


def test_open_file_to_validate() -> None:
    """Validating an open file raises a TypeError with advice."""
    with pytest.raises(TypeError, match=r"loads\(file\.read\(\)\)"):
        vaekstaftale.validate_file(io.StringIO())  # type: ignore[arg-type]


def test_own_language_twice() -> None:
    """A second translation into the agreement's own language is a problem of structure, which comes first."""
    assert problems_of(translations={"da": "x", "DA": "y"}) == [("duplicate-value", "/translations/DA")]


def test_values_have_no_lines(agreement: Agreement) -> None:
    """The problem of an agreement that is too large to be written has no line."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.dumps(agreement, max_bytes=10)

    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(None, None)]


def test_canonical_form_too_large(tmp_path: Any) -> None:
    """A file that is too large only in canonical form is reported and left unchanged."""
    path = tmp_path / "a.json"
    text = vaekstaftale.dumps(vaekstaftale.from_dict(minimal()), indent=None)
    path.write_text(text)
    with pytest.raises(InvalidAgreement, match="the canonical form would be larger than"):
        format_file(path, max_bytes=len(text))

    assert text == path.read_text()


def test_surrogate_in_a_line() -> None:
    """A lone surrogate in the text of a source is reported with the index of its line."""
    assert problems_of(sources=[{"id": "s", "kind": "other", "text": ["a", "\ud800"]}]) == [
        ("json-encoding", "/sources/0/text/1")
    ]


@pytest.mark.parametrize("number", ["1.00000000000000000001", "0.99999999999999999999"])
def test_close_to_an_integer(number: str) -> None:
    """A number that is close to an integer is not rounded to one."""
    text = vaekstaftale.dumps(vaekstaftale.from_dict(minimal(initiatives=[{"id": "i", "title": "I", "number": 77}])))
    [problem] = vaekstaftale.validate_text(text.replace("77", number))

    assert problem.code == "wrong-type"


def test_very_long_number() -> None:
    """A number that Python does not convert to a string is rejected with the name of its field."""
    with pytest.raises(ValueError, match=r"Initiative\.number must be .*, not a long number"):
        Initiative(id="a", title="b", number=10**5_000)


def test_early_dates() -> None:
    """A date before the year 1000 is rejected with the name of its field."""
    with pytest.raises(ValueError, match=r"Source\.updated_on must be a date of the calendar"):
        Source(id="a", kind="other", updated_on=date(500, 1, 1))


def test_partial_date_of_a_partial_date() -> None:
    """A partial date can be built from a partial date."""
    assert PartialDate("2017") == PartialDate(PartialDate("2017"))


def test_other_mappings() -> None:
    """A mapping other than a dict is reported by the name of its type."""
    with pytest.raises(InvalidAgreement, match="expected an object, found a Python OrderedDict"):
        vaekstaftale.from_dict(OrderedDict(minimal()))


def test_date_by_itself() -> None:
    """The hook for dates reports the value that it found."""
    with pytest.raises(ValueError, match="expected a string, found 2017"):
        vaekstaftale.make_converter().structure(2017, PartialDate)


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
    [problem] = validate(attrs.evolve(agreement, quotes=[Quote(exact=changed)]))

    assert problem.hint is not None
    assert "'… med at give virksomheder inden for energieffektive teknologier øget adgang" in problem.hint or (
        "energieffektive teknologier" in problem.hint
    )
    assert len(problem.hint) < 200


def test_pickled_exception() -> None:
    """An exception keeps its problems when it is pickled."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.loads("{")

    assert caught.value.problems == pickle.loads(pickle.dumps(caught.value)).problems  # noqa: S301


def test_hidden_files(tmp_path: Any) -> None:
    """The hidden files of a folder are skipped, as a shell pattern skips them."""
    (tmp_path / ".hidden.json").write_text("{")

    assert cli.main(["validate", str(tmp_path)]) == 2


def test_date_with_a_full_stop_after_the_month() -> None:
    """A date whose day is followed by a space and whose month by a full stop is suggested with its own year."""
    [problem] = vaekstaftale.validate_text(json.dumps(minimal(signed_on="5. 9.2017")))

    assert problem.hint == "did you mean '2017-09-05'?"


def test_language_that_is_no_string() -> None:
    """A key of translations that is not a string is reported, together with its hint."""
    assert problems_of(translations={5: "x"}) == [("wrong-type", "/translations/5")]


@pytest.mark.parametrize("changes", [{"validity": {}}, {"quotes": [{}]}])
def test_dict_for_a_part(changes: Any) -> None:
    """Plain data where a part of an agreement belongs is a value of another type."""
    with pytest.raises(TypeError, match="must be of type"):
        attrs.evolve(vaekstaftale.from_dict(minimal()), **changes)


@pytest.mark.parametrize(
    ("text", "hint"), [("{}\n{}", None), ('{"a" "b"}', None), ('{"a": 1 "b": 2}', "is a comma missing before it?")]
)
def test_missing_comma(text: str, hint: str | None) -> None:
    """A missing comma is suggested only where a comma could be."""
    [problem] = vaekstaftale.validate_text(text)

    assert (problem.code, problem.hint) == ("json-syntax", hint)


@pytest.mark.parametrize("number", ["1e-99999999999999999999", "-1.0e-99999999999999999999", "0e99999999999999999999"])
def test_extreme_exponents(number: str) -> None:
    """A number with an exponent that no float and no Decimal can have is reported like any other."""
    text = json.dumps(minimal(initiatives=[{"id": "i", "title": "I", "number": 0}])).replace("0}", f"{number}}}")

    assert [problem.code for problem in vaekstaftale.validate_text(text)] == [
        "out-of-range" if number[0] == "0" else "wrong-type"
    ]


@pytest.mark.parametrize("detailed", [True, False])
def test_repeated_language_in_a_converter(*, detailed: bool) -> None:
    """A converter explains two translations into one language, which no value can hold."""
    converter = vaekstaftale.configure_converter(cattrs.Converter(detailed_validation=detailed))

    with pytest.raises((cattrs.ClassValidationError, ValueError)) as caught:
        converter.structure(minimal(translations={"en": "a", "EN": "b"}), Agreement)
    shown = cattrs.transform_error(caught.value) if detailed else [str(caught.value)]
    assert "'EN' has a second translation" in shown[0]


def test_string_like() -> None:
    """A value that only behaves like a string is not a text."""
    assert problems_of(title=UserString("x")) == [("wrong-type", "/title")]


def test_decomposed_letter_in_an_id() -> None:
    """An id is suggested for a name in either normal form of Unicode."""
    assert slug("A\u030arhus") == slug("\u00c5rhus") == "aarhus"


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


@pytest.mark.parametrize("path", ["/~2", "/a~", "x"])
def test_finding_with_an_invalid_pointer(path: str) -> None:
    """A finding's path must be a JSON Pointer."""
    with pytest.raises(ValueError, match="JSON Pointer"):
        Finding("acme/x", "x", path=path)


def test_finding_with_a_huge_index(agreement: Agreement) -> None:
    """An index that no list has is reported where the rule found it."""
    path = f"/parties/{'1' * 5_000}"
    problems = validate(agreement, rules=[lambda _: [Finding("acme/x", "x", path=path)]])

    assert [problem.path for problem in problems] == [path]


@pytest.mark.parametrize("value", [date(2017, 9, 5), PartialDate("2017")])
def test_date_in_data(value: object) -> None:
    """A date that is not a text is refused in plain data, by `from_dict` and by a converter."""
    data = minimal(signed_on=value)

    assert problems_of(signed_on=value) == [("wrong-type", "/signed_on")]
    with pytest.raises(cattrs.ClassValidationError):
        vaekstaftale.make_converter().structure(data, Agreement)


def test_only_problems_beside_a_hook() -> None:
    """What a hook of the user's own reads is no problem if something else is wrong."""
    converter = vaekstaftale.make_converter()
    converter.register_structure_hook(PartialDate, lambda value, _: PartialDate(value))
    data = minimal(signed_on=date(2017, 9, 5), titel="X")

    with pytest.raises(cattrs.ClassValidationError) as caught:
        converter.structure(data, Agreement)
    assert cattrs.transform_error(caught.value) == ["invalid type (the key 'titel' is not known here) @ $.titel"]


def test_source_of_two_converters() -> None:
    """The functions that are generated for a converter do not replace the source of others."""
    read = default_reader(Agreement)
    before = inspect.getsource(read)
    converter = vaekstaftale.make_converter()
    converter.register_structure_hook(PartialDate, lambda value, _: PartialDate(value))
    converter.structure(minimal(), Agreement)
    linecache.checkcache()

    assert inspect.getsource(read) == before


def test_sources_of_a_converter_are_dropped() -> None:
    """The sources of a converter's functions are not kept after the converter."""
    read = default_reader(Agreement)
    kept = {name for name in linecache.cache if "vaekstaftale" in name}
    vaekstaftale.make_converter().structure(minimal(), Agreement)
    gc.collect()

    assert {name for name in linecache.cache if "generated by vaekstaftale" in name} <= kept
    assert inspect.getsource(read)


def test_subclass_of_str_as_a_date() -> None:
    """A subclass of `str` is a value of another type, as it is for texts."""
    with pytest.raises(TypeError, match="must be a PartialDate"):
        PartialDate(UserText("2017"))


class UserText(str):
    """A subclass of `str`."""

    __slots__ = ()


def test_surrogate_beside_another_type() -> None:
    """All lines of a source that are wrong are reported."""
    assert problems_of(sources=[{"id": "s", "kind": "other", "text": ["\ud800", 5]}]) == [
        ("json-encoding", "/sources/0/text/0"),
        ("wrong-type", "/sources/0/text/1"),
    ]


def test_weekday_in_capitals() -> None:
    """A date in capitals is suggested like any other, with letters outside ASCII."""
    assert iso_date("LØRDAG DEN 2. SEPTEMBER 2017") == "2017-09-02"


def test_one_more_problem() -> None:
    """One problem that is left out is counted in the singular."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(**{f"k{number}": 0 for number in range(101)}))

    assert caught.value.problems[-1].message == "1 more problem was found"
