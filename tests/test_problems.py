"""Problems, findings and the exceptions that hold them."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest
from conftest import minimal

import vaekstaftale
from vaekstaftale import Agreement, Finding, InvalidAgreement, Quote, Relation, Severity, validate, validate_text


def test_only_warnings_are_left_out(agreement: Agreement) -> None:
    """If all errors are reported and only warnings are left out, the last problem is a warning too."""
    quotes = [Quote(exact=f"zz{number}") for number in range(100)] + [Quote(exact="a") for _ in range(5)]
    value = attrs.evolve(agreement, quotes=quotes)

    assert Severity.WARNING is validate(value)[-1].severity
    assert validate(value)[-1].message == "5 more warnings were found"


def test_values_have_no_lines(agreement: Agreement) -> None:
    """The problem of an agreement that is too large to be written has no line."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.dumps(agreement, max_bytes=10)

    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(None, None)]


def test_pickled_exception() -> None:
    """An exception keeps its problems when it is pickled."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.loads("{")

    assert caught.value.problems == pickle.loads(pickle.dumps(caught.value)).problems  # noqa: S301


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


BAD: dict[str, Any] = {
    "id": "æ" * 101,
    "language": 7,
    "signed_on": "5. september 2017",
    "titel": "X",
    "note": None,
    "complete": "ja",
    "initiatives": [{"id": "i", "title": "I", "number": "2"}],
    "parties": [{"id": "p", "name": "P"}, {"name": "Q"}],
    "translations": {"e n": "X"},
    "sources": [{"id": "s", "kind": 1.5}],
}


@pytest.mark.parametrize("as_text", [True, False])
def test_suggestion_and_value(as_text: bool) -> None:  # noqa: FBT001
    """A problem has what was written and what was probably meant as plain values, for a text and for data."""
    data = minimal(**BAD)
    problems = validate_text(json.dumps(data)) if as_text else vaekstaftale.read_dict(data).problems

    assert {problem.path: (problem.value, problem.suggestion) for problem in problems} == {
        "/id": ("æ" * 101, None),
        "/language": (7, None),
        "/signed_on": ("5. september 2017", "2017-09-05"),
        "/titel": ("titel", "title"),
        "/note": (None, None),
        "/complete": ("ja", True),
        "/initiatives/0/number": ("2", 2),
        "/parties/1": (None, None),
        "/translations/e n": ("e n", None),
        "/sources/0/kind": (1.5, None),
    }


def test_suggestion_for_values(agreement: Agreement) -> None:
    """For an agreement that is built in code, values are those of its data, and a long suggestion is whole."""
    exact = agreement.commitment("opbakning").quotes[0].exact
    commitment = attrs.evolve(
        agreement.commitments[0], id="ny", actors=["staten"], quotes=[Quote(exact=exact.replace("vil", "ville"))]
    )
    problems = validate(attrs.evolve(agreement, general_commitments=[commitment]))

    assert [(problem.value, problem.suggestion) for problem in problems] == [
        ("staten", "regeringen"),
        (exact.replace("vil", "ville"), exact),
    ]


def test_suggestions_across_files(agreement: Agreement) -> None:
    """Problems of several agreements have values and suggestions too."""
    other = attrs.evolve(agreement, id="ny-2018", relations=[Relation(kind="renews", agreement="syddanmark2017")])
    [problem] = [problem for problem in validate([agreement, other]) if problem.code == "unknown-agreement"]

    assert (problem.value, problem.suggestion) == ("syddanmark2017", "syddanmark-2017")


def test_own_suggestion(agreement: Agreement) -> None:
    """A rule of the user's own can suggest a value, and the hint follows from it unless the rule gives one."""
    rules = [lambda _: [Finding("acme/x", "x", suggestion="a"), Finding("acme/y", "y", hint="try", suggestion="b")]]
    problems = validate(agreement, rules=rules)

    assert [(problem.hint, problem.suggestion) for problem in problems] == [("did you mean 'a'?", "a"), ("try", "b")]


def test_one_more_problem() -> None:
    """One problem that is left out is counted in the singular."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(**{f"k{number}": 0 for number in range(101)}))

    assert caught.value.problems[-1].message == "1 more problem was found"


class TestSpans:
    """Where what a problem is about begins and ends, and the other places that it names."""

    @staticmethod
    def marked(text: str) -> list[str]:
        """Return what each problem of a text of one line is about."""
        return [
            text.removeprefix("\ufeff")[problem.column - 1 : problem.end_column - 1]
            for problem in vaekstaftale.validate_text(text)
            if problem.line == problem.end_line == 1 and problem.column and problem.end_column
        ]

    @pytest.mark.parametrize(
        ("text", "marked"),
        [
            ('{"format_version": "1.0"} ', ["{"] * 5),
            ('[1, {"a": "]"}] ', ['[1, {"a": "]"}]']),
            ("17", ["17"]),
            ('[1, "a', ['"a']),
            ("[1, tru]", ["tru"]),
            ("[1,]", ["]"]),
            ('["\\x"]', ["\\"]),
            ("[1e999]", ["1e999"]),
            ("", [""]),
            ("\ufeff[x]", ["x"]),  # columns do not count the byte order mark
            ("[" * 65, ["["]),
        ],
    )
    def test_text(self, text: str, marked: list[str]) -> None:
        """A problem is about a whole value, the bracket of an object that lacks a key, or a token that is not JSON."""
        assert self.marked(text) == marked

    def test_keys_and_values(self, agreement: vaekstaftale.Agreement) -> None:
        """A key has its quotes, and so has a string; the positions are those of the lines that it is on."""
        data = {**vaekstaftale.to_dict(agreement), "titel": 1, "language": "æ\n", "note": [1, [2, "]"]]}

        assert sorted(self.marked(json.dumps(data, ensure_ascii=False))) == ['"titel"', '"æ\\n"', '[1, [2, "]"]]']
        ends = [(problem.end_line, problem.end_column) for problem in vaekstaftale.validate_text('{"a":\n[1,\n2\n]}')]
        assert (1, 5) in ends

    def test_related(self, agreement: vaekstaftale.Agreement) -> None:
        """The first of two equal ids is named, with its path and position, in a text and in a value."""
        party = agreement.parties[0]
        twice = attrs.evolve(agreement, parties=(party, *agreement.parties))
        [problem] = [one for one in vaekstaftale.validate(twice) if one.code == "duplicate-id"]
        text = json.dumps(vaekstaftale.to_dict(twice), indent=1)
        [in_text] = [one for one in vaekstaftale.validate_text(text) if one.code == "duplicate-id"]
        [first] = in_text.related

        assert problem.related == (vaekstaftale.Related(message="the first one", path="/parties/0/id"),)
        assert first.path == "/parties/0/id"
        assert first.line == first.end_line
        assert first.line is not None
        assert first.column is not None
        assert first.end_column is not None
        assert text.splitlines()[first.line - 1][first.column - 1 : first.end_column - 1] == f'"{party.id}"'

    @pytest.mark.parametrize(
        ("second", "hint"), [("true", "equal value"), ("1", "another value"), ("1.0", "another value")]
    )
    def test_duplicate_keys(self, second: str, hint: str) -> None:
        """A repeated key is related to the first one, and the message says whether the values are equal."""
        [duplicate] = [
            one
            for one in vaekstaftale.validate_text(f'{{"complete": true,\n"complete": {second}}}')
            if one.code == "json-duplicate-key"
        ]
        [first] = duplicate.related

        assert hint in duplicate.message
        assert (first.line, first.column, first.end_column) == (1, 2, 12)

    def test_lines_of_json_lines(self, tmp_path: Path) -> None:
        """In a file of JSON Lines, both lines are those of the file."""
        path = tmp_path / "a.jsonl"
        path.write_text('\n{"a": 1}\n')
        [reading] = vaekstaftale.read_lines(path)

        assert {(problem.line, problem.end_line) for problem in reading.problems} == {(2, 2)}

    def test_no_text(self) -> None:
        """Without a text there are no positions."""
        assert vaekstaftale.read_dict({}).problems[0].end_line is None
