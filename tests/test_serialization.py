"""Converting agreements to plain data and JSON, and back."""

from __future__ import annotations

import gc
import inspect
import json
import linecache
from collections import OrderedDict, UserString
from datetime import date
from enum import EnumMeta
from pathlib import Path
from typing import Any

import attrs
import cattrs
import msgpack
import pytest
from cattrs.preconf.msgpack import make_converter as make_msgpack_converter
from cattrs.preconf.pyyaml import make_converter as make_yaml_converter
from conftest import EXAMPLES, minimal, problems_of
from hypothesis import given

import vaekstaftale
from vaekstaftale import Agreement, InvalidAgreement, PartialDate, Quote, Status, Strength
from vaekstaftale.serialization.reader import default_reader
from vaekstaftale.testing import agreements

VALID = sorted((EXAMPLES / "valid").glob("*.json"))
BUNDLED = Path(vaekstaftale.__file__).parent / "data" / "agreements" / "syddanmark-2017.json"


def test_there_are_examples() -> None:
    """The folder of examples is found."""
    assert len(VALID) >= 5


@pytest.mark.parametrize("path", [*VALID, BUNDLED], ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    """A canonical file is read without problems and written again byte for byte."""
    text = path.read_text(encoding="utf-8")
    agreement = vaekstaftale.load(path)

    assert text == vaekstaftale.dumps(agreement)
    assert agreement == vaekstaftale.loads(text.encode()) == vaekstaftale.from_dict(json.loads(text))
    assert json.loads(text) == vaekstaftale.to_dict(agreement)
    assert vaekstaftale.validate_file(path) == ()


@given(agreements())
def test_round_trip(agreement: Agreement) -> None:
    """An agreement that the library writes, as text or as data, is read back unchanged."""
    text = vaekstaftale.dumps(agreement)

    assert agreement == vaekstaftale.loads(text)
    assert agreement == vaekstaftale.loads(vaekstaftale.dumps(agreement, indent=None))
    assert agreement == vaekstaftale.from_dict(vaekstaftale.to_dict(agreement))
    assert text == vaekstaftale.dumps(vaekstaftale.loads(text))


class TestCanonicalForm:
    def test_order_and_defaults(self) -> None:
        """Keys are in the order of the format, and defaults are left out."""
        text = """{"sources": [{"text": [], "kind": "other", "id": "s", "excerpt": false}], "complete": true,
        "translations": {"sv": "b", "de": "a"}, "parties": [{"name": "P", "id": "p", "members": []}],
        "validity": {"open_ended": false}, "language": "da", "title": "Æ\\u00f8\\u2028/\\u007f", "id": "x",
        "initiatives": [{"id": "i", "title": "I", "number": 1.0}], "format_version": "1.0", "entities": []}"""

        assert vaekstaftale.dumps(vaekstaftale.loads(text), indent=None) == (
            '{"format_version":"1.0","id":"x","title":"Æø\u2028/\x7f","language":"da","validity":{},'
            '"parties":[{"id":"p","name":"P"}],"initiatives":[{"id":"i","title":"I","number":1}],'
            '"sources":[{"id":"s","kind":"other"}],"translations":{"de":"a","sv":"b"}}'
        )

    def test_lines(self) -> None:
        """A line of a text may contain a line feed; in canonical form, the line is split there."""
        text = minimal(sources=[{"id": "s", "kind": "other", "text": ["a\nb", ""]}])
        agreement = vaekstaftale.from_dict(text)

        assert agreement.sources[0].text == "a\nb\n"
        assert vaekstaftale.to_dict(agreement)["sources"][0]["text"] == ["a", "b", ""]

    def test_schema_key(self) -> None:
        """The key `$schema` is not part of the agreement."""
        assert "$schema" not in vaekstaftale.to_dict(vaekstaftale.from_dict({"$schema": "x", **minimal()}))


WRONG: list[tuple[str, str, Any]] = [
    ("wrong-type", "/title", 123),
    ("wrong-type", "/title", None),
    ("wrong-type", "/title", ["a"]),
    ("wrong-type", "/title", True),
    ("empty-text", "/title", "\t\xa0"),
    ("wrong-type", "/complete", "nej"),
    ("wrong-type", "/complete", 0),
    ("wrong-type", "/complete", None),
    ("wrong-type", "/note", None),
    ("wrong-type", "/signed_on", 2017),
    ("bad-date", "/signed_on", "2017-W36-2"),
    ("bad-date", "/signed_on", "20170905"),
    ("bad-date", "/signed_on", "2017-02-30"),
    ("bad-date", "/signed_on", ""),
    ("wrong-type", "/parties", "abc"),
    ("wrong-type", "/parties", {"a": 1}),
    ("wrong-type", "/parties", ({"id": "p", "name": "P"},)),
    ("wrong-type", "/parties/0", []),
    ("wrong-type", "/parties/0", "x"),
    ("wrong-type", "/validity", []),
    ("wrong-type", "/validity", "x"),
    ("empty-list", "/parties", []),
    ("empty-text", "/sources/0/text", [{"id": "s", "kind": "other", "text": [""]}]),
    ("empty-text", "/sources/0/text", [{"id": "s", "kind": "other", "text": [" ", ""]}]),
    ("bad-id", "/id", "Æ"),
    ("bad-id", "/id", "a\n"),
    ("bad-language", "/language", "d"),
    ("bad-language", "/language", ""),
    ("wrong-type", "/translations", [["en", "x"]]),
    ("bad-language", "/translations/engelsk sprog", {"engelsk sprog": "x"}),
    ("empty-text", "/translations/en", {"en": ""}),
    ("json-encoding", "/title", "\ud800"),
    ("wrong-type", "/format_version", 1.0),
    ("unsupported-format-version", "/format_version", "1.1"),
    ("unsupported-format-version", "/format_version", ""),
    ("wrong-type", "/$schema", None),
    ("empty-text", "/$schema", ""),
    ("unknown-key", "/titel", "x"),
]


@pytest.mark.parametrize(("code", "path", "value"), WRONG)
def test_nothing_is_coerced(code: str, path: str, value: object) -> None:
    """An invalid value gives one problem at its path, and makes the converter raise ClassValidationError."""
    key = path.split("/")[1]
    data = minimal(**{key: [value] if path.endswith("/0") else value})
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(data)
    with pytest.raises(cattrs.ClassValidationError):
        vaekstaftale.make_converter().structure(data, Agreement)

    assert [(code, path)] == [(problem.code, problem.path) for problem in caught.value.problems]


@pytest.mark.parametrize("number", ["1.9", "true", '"1"', "null", "0", "10000", "-1", "1e5"])
def test_numbers(number: str) -> None:
    """The number of an initiative is an integer from 1 to 9999."""
    text = json.dumps(minimal(initiatives=[{"id": "i", "title": "I", "number": "N"}])).replace('"N"', number)
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.loads(text)

    assert [problem.path for problem in caught.value.problems] == ["/initiatives/0/number"]


@pytest.mark.parametrize(("number", "value"), [("1", 1), ("1.0", 1), ("1e3", 1000), ("9999", 9999)])
def test_integers_in_json(number: str, value: int) -> None:
    """A number such as `1.0` is an integer, as for other readers of JSON."""
    text = json.dumps(minimal(initiatives=[{"id": "i", "title": "I", "number": "N"}])).replace('"N"', number)

    assert value == vaekstaftale.loads(text).initiatives[0].number


def test_all_structural_problems_at_once() -> None:
    """All problems of the structure are reported at once, and nothing else."""
    data = {
        "format_version": "1.0",
        "id": "Syd Danmark",
        "titel": "x",
        "language": "da",
        "parties": [{"id": "p", "nmae": "P"}, 3, {"id": "q", "name": "Q", "members": ["p", "P"]}],
        "initiatives": [{"id": "i", "title": "I", "commitments": [{"id": "c", "text": "t", "strength": "suport"}]}],
        "relations": [{"kind": "renews"}],
        "sources": [{"kind": "web", "text": ["a", 1]}],
    }
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(data)

    assert [(problem.code, problem.path) for problem in caught.value.problems] == [
        ("bad-id", "/id"),
        ("unknown-key", "/titel"),
        ("unknown-key", "/parties/0/nmae"),
        ("wrong-type", "/parties/1"),
        ("bad-id", "/parties/2/members/1"),
        ("not-a-choice", "/initiatives/0/commitments/0/strength"),
        ("missing-key", "/relations/0"),
        ("missing-key", "/sources/0"),
        ("not-a-choice", "/sources/0/kind"),
        ("wrong-type", "/sources/0/text/1"),
    ]


def test_a_missing_key_is_suggested_once() -> None:
    """A missing key is suggested for only one of two unknown keys that resemble it."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(parties=[{"id": "p", "nmae": "P", "naem": "P"}]))

    assert [(problem.code, problem.hint) for problem in caught.value.problems] == [
        ("unknown-key", "did you mean 'name'?"),
        ("unknown-key", None),
    ]


def test_all_coherence_problems_at_once() -> None:
    """All problems of coherence are reported at once."""
    data = minimal(
        validity={"start": "2019", "end": "2018"},
        signed_on="2020",
        entities=[{"id": "p", "name": "p", "kind": "group", "members": ["p", "nobody"]}],
        translations={"en": "x", "DA": "z"},
    )
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(data)

    assert {
        ("end-before-start", "/validity/end"),
        ("ended-before-signed", "/validity/end"),
        ("duplicate-id", "/entities/0/id"),
        ("ambiguous-name", "/entities/0/name"),
        ("nested-group", "/entities/0/members/0"),
        ("unknown-id", "/entities/0/members/1"),
        ("translation-into-own-language", "/translations/DA"),
    } == {(problem.code, problem.path) for problem in caught.value.problems}


class TestConverter:
    def test_nested_in_own_class(self, agreement: Agreement) -> None:
        """A class of the user can contain agreements."""

        @attrs.frozen
        class Dossier:
            owner: str
            agreements: list[Agreement]
            strongest: Strength
            since: PartialDate

        dossier = Dossier("x", [agreement], Strength.SUPPORT, PartialDate("2017"))
        converter = vaekstaftale.make_converter()
        data = converter.unstructure(dossier)

        assert data["agreements"] == [vaekstaftale.to_dict(agreement)]
        assert (data["strongest"], data["since"]) == ("support", "2017")
        assert dossier == converter.structure(json.loads(json.dumps(data)), Dossier)

    def test_nested_problem_has_a_path(self, agreement: Agreement) -> None:
        """cattrs reports a problem in a nested agreement with its whole path."""

        @attrs.frozen
        class Dossier:
            agreement: Agreement

        data = {"agreement": vaekstaftale.to_dict(agreement)}
        data["agreement"]["parties"][1]["id"] = "Syd"
        with pytest.raises(cattrs.ClassValidationError) as caught:
            vaekstaftale.make_converter().structure(data, Dossier)

        [message] = cattrs.transform_error(caught.value)
        assert message.startswith("invalid type ('Syd' is not an id: lower-case letters a to z and digits")
        assert message.endswith(" @ $.agreement.parties[1].id")
        [inside] = caught.value.exceptions
        assert isinstance(inside, cattrs.ClassValidationError)
        assert inside.exceptions[0].__notes__ == ["Structuring class Agreement @ parties[1].id"]

    def test_first_problem_only(self) -> None:
        """Without detailed validation, only the first problem is raised."""
        converter = vaekstaftale.configure_converter(cattrs.Converter(detailed_validation=False))
        with pytest.raises(ValueError, match="'X' is not an id"):
            converter.structure(minimal(id="X"), Agreement)

    def test_version_is_required(self) -> None:
        """Data without a format version is not structured."""
        data = minimal()
        del data["format_version"]
        with pytest.raises(cattrs.ClassValidationError):
            vaekstaftale.make_converter().structure(data, Agreement)

    def test_yaml(self, agreement: Agreement) -> None:
        """The YAML converter of cattrs can be configured for agreements."""
        converter = vaekstaftale.configure_converter(make_yaml_converter())

        assert agreement == converter.loads(converter.dumps(agreement, allow_unicode=True), Agreement)

    def test_msgpack(self, agreement: Agreement) -> None:
        """The MessagePack converter of cattrs can be configured for agreements."""
        converter = vaekstaftale.configure_converter(make_msgpack_converter())
        data = converter.dumps(agreement)

        assert vaekstaftale.to_dict(agreement) == msgpack.loads(data)
        assert agreement == converter.loads(data, Agreement)

    def test_existing_hook_for_enums(self) -> None:
        """Enums of the format are written as in a file, even if the converter already has a hook for enums."""
        converter = cattrs.Converter()
        converter.register_unstructure_hook_func(lambda cls: isinstance(cls, EnumMeta), lambda member: member.name)
        vaekstaftale.configure_converter(converter)

        assert converter.unstructure(Strength.SUPPORT) == "support"
        assert converter.unstructure(Status.ENDED) == "ENDED"

    def test_own_hook_for_dates(self) -> None:
        """A hook that is registered later is used inside agreements."""
        converter = vaekstaftale.make_converter()
        converter.register_unstructure_hook(PartialDate, lambda value: value.earliest.year)

        assert converter.unstructure(vaekstaftale.from_dict(minimal(signed_on="2017-09-05")))["signed_on"] == 2017

    def test_bugs_are_not_problems(self) -> None:
        """An exception from a user's hook is not reported as a problem of the data."""
        converter = vaekstaftale.make_converter()

        def broken(value: object, _: object) -> PartialDate:
            raise ValueError(f"no {value}")

        converter.register_structure_hook(PartialDate, broken)
        with pytest.raises(ValueError, match="no 2017"):
            converter.structure(minimal(signed_on="2017"), Agreement)

    def test_hook_that_returns_another_type(self) -> None:
        """A hook that returns another type than a date raises a ValueError that shows what it returned."""
        converter = vaekstaftale.make_converter()
        converter.register_structure_hook(PartialDate, lambda value, _: value)
        with pytest.raises(ValueError, match="expected a PartialDate, the hook returned '2017'"):
            converter.structure(minimal(signed_on="2017"), Agreement)

    def test_hook_that_returns_a_date(self) -> None:
        """A hook that returns a date is used."""
        converter = vaekstaftale.make_converter()
        converter.register_structure_hook(PartialDate, lambda value, cls: cls(value + "-09"))

        assert str(converter.structure(minimal(signed_on="2017"), Agreement).signed_on) == "2017-09"

    def test_parts(self) -> None:
        """A part of an agreement can be structured by itself, with only its own problems."""
        converter = vaekstaftale.make_converter()
        with pytest.raises(cattrs.ClassValidationError) as caught:
            converter.structure({"exacct": "x"}, Quote)

        assert Quote(exact="x") == converter.structure({"exact": "x"}, Quote)
        assert caught.value.cl is Quote
        assert len(caught.value.exceptions) == 1

    def test_at_most_a_hundred(self) -> None:
        """The exception from cattrs contains at most a hundred problems."""
        with pytest.raises(cattrs.ClassValidationError) as caught:
            vaekstaftale.make_converter().structure({str(number): 0 for number in range(200)}, Agreement)

        assert len(caught.value.exceptions) == 100


def test_own_language_twice() -> None:
    """A second translation into the agreement's own language is a problem of structure, which comes first."""
    assert problems_of(translations={"da": "x", "DA": "y"}) == [("duplicate-value", "/translations/DA")]


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


def test_other_mappings() -> None:
    """A mapping other than a dict is reported by the name of its type."""
    with pytest.raises(InvalidAgreement, match="expected an object, found a Python OrderedDict"):
        vaekstaftale.from_dict(OrderedDict(minimal()))


def test_date_by_itself() -> None:
    """The hook for dates reports the value that it found."""
    with pytest.raises(ValueError, match="expected a string, found 2017"):
        vaekstaftale.make_converter().structure(2017, PartialDate)


def test_language_that_is_no_string() -> None:
    """A key of translations that is not a string is reported, together with its hint."""
    assert problems_of(translations={5: "x"}) == [("wrong-type", "/translations/5")]


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


def test_surrogate_beside_another_type() -> None:
    """All lines of a source that are wrong are reported."""
    assert problems_of(sources=[{"id": "s", "kind": "other", "text": ["\ud800", 5]}]) == [
        ("json-encoding", "/sources/0/text/0"),
        ("wrong-type", "/sources/0/text/1"),
    ]


class TestOwnHooks:
    def test_limits(self) -> None:
        """A converter refuses what has too many quotes in all, as `from_dict` does."""
        quotes = [{"exact": "x"}] * 1_000
        commitments = [{"id": f"c{number}", "text": "C", "quotes": quotes} for number in range(3)]
        with pytest.raises(cattrs.ClassValidationError) as caught:
            vaekstaftale.make_converter().structure(minimal(general_commitments=commitments), Agreement)

        assert "the agreement has 3,000 quotes" in cattrs.transform_error(caught.value)[0]

    def test_data_of_a_hook(self) -> None:
        """What a hook reads may be of any type, for a date and for a part, also beside other problems."""
        converter = vaekstaftale.make_converter()
        converter.register_structure_hook(PartialDate, lambda value, _: PartialDate(value.decode()))
        converter.register_structure_hook(Quote, lambda value, _: Quote(exact=value))
        data = minimal(signed_on=b"2017", quotes=["abc"])
        agreement = converter.structure(data, Agreement)

        assert (agreement.signed_on, agreement.quotes) == (PartialDate("2017"), (Quote(exact="abc"),))
        with pytest.raises(cattrs.ClassValidationError) as caught:
            converter.structure({**data, "titel": "X", "note": "\ud800"}, Agreement)
        assert [line.partition(" @ ")[2] for line in cattrs.transform_error(caught.value)] == ["$.titel", "$.note"]

    def test_language_of_another_type(self) -> None:
        """A language tag that only behaves like a string is refused."""

        class Tag(str):
            __slots__ = ()

        assert problems_of(translations={Tag("en"): "x"}) == [("wrong-type", "/translations/en")]


def test_null_in_a_list() -> None:
    """The hint for null in a list is to remove it: there is no key to omit."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(general_commitments=[{"id": "c", "text": "C", "actors": [None]}], note=None))

    assert [problem.hint for problem in caught.value.problems] == [
        "remove it from the list",
        "remove the key and its value if the value is not known",
    ]
