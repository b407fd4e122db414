"""No text makes the library raise an unexpected exception, and every problem has a position inside the text."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from conftest import minimal
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import damaged, wrong

import vaekstaftale
from vaekstaftale import InvalidAgreement, Problem, Severity
from vaekstaftale.serialization.decoded_text import DecodedText
from vaekstaftale.serialization.json_text import Document, TextError
from vaekstaftale.validation.codes import STAGES


def check_positions(text: str, problems: tuple[Problem, ...]) -> None:
    """Check that every problem has a known code and a position inside the text, and that they are in order."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    all_codes = {code for codes in STAGES.values() for code in codes}
    positions = [(problem.line, problem.column) for problem in problems if problem.code != "more-problems"]
    assert positions == sorted(positions)
    for problem in problems:
        assert problem.code in all_codes
        assert str(problem).isprintable()
        if problem.code != "more-problems":
            assert problem.line is not None
            assert problem.column is not None
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def check_pointer(data: Any, problem: Problem) -> None:
    """Check that the path of a problem leads to something in the data."""
    for step in problem.path.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        data = data[int(key)] if isinstance(data, list) else data[key]


@settings(max_examples=300)
@given(wrong(), st.sampled_from([None, 0, 2]))
def test_wrong_data(data: Any, indent: int | None) -> None:
    """Loading and validating report the same problems for changed data, with positions and paths that exist."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    problems = vaekstaftale.validate_text(text)
    check_positions(text, problems)
    for problem in problems:
        check_pointer(data, problem)
    errors = [problem for problem in problems if problem.code not in STAGES["evidence"]]
    found: list[Problem] = []
    try:
        vaekstaftale.loads(text)
    except InvalidAgreement as invalid:
        found += invalid.problems

    assert errors == found


@settings(max_examples=300)
@given(damaged())
def test_damaged_text(text: str) -> None:
    """Damaged text never raises, and both JSON parsers agree about it."""
    check_positions(text, vaekstaftale.validate_text(text))
    vaekstaftale.validate_text(text.encode(errors="surrogatepass"))
    check_parsers_agree(text)


@given(st.text(st.sampled_from('{}[]",:\\ \n\r\tu0123456789abcdefDd8eE+-.truefalsn/\ufeff\ud800\udc00æ'), max_size=20))
def test_any_text(text: str) -> None:
    """No text raises an exception."""
    check_positions(text, vaekstaftale.validate_text(text))
    check_parsers_agree(text)


@given(st.binary(max_size=30))
def test_any_bytes(data: bytes) -> None:
    """No bytes raise an exception, and a sequence this short always has errors."""
    assert any(problem.severity is Severity.ERROR for problem in vaekstaftale.validate_text(data))


def check_parsers_agree(text: str) -> None:
    """Check that `Document` gives the value of the standard library, or a problem that only `Document` reports."""
    try:
        value = json.loads(text.removeprefix("\ufeff"), parse_float=refuse, parse_constant=refuse)
    except (ValueError, RecursionError):
        return
    try:
        document = Document(DecodedText(text).text)
    except TextError as error:
        code: str | None = error.finding.code
    else:
        code = "json-duplicate-key" if document.duplicate_keys else None if document.value == value else "another value"

    assert code in (None, "json-duplicate-key", "json-encoding", "json-too-deep", "json-number")


def refuse(number: str) -> None:
    raise ValueError(number)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "json-syntax", 1, 1),
        (" \n", "json-syntax", 2, 1),
        ('{"a": 1,}', "json-syntax", 1, 9),
        ('{"a": 1,\n }', "json-syntax", 2, 2),
        ("[1,]", "json-syntax", 1, 4),
        ("[1 2]", "json-syntax", 1, 4),
        ('{"a" 1}', "json-syntax", 1, 6),
        ("{a: 1}", "json-syntax", 1, 2),
        ("{'a': 1}", "json-syntax", 1, 2),
        ('{"a": tru}', "json-syntax", 1, 7),
        ('{"a": True}', "json-syntax", 1, 7),
        ('{"a": NaN}', "json-syntax", 1, 7),
        ('{"a": -Infinity}', "json-syntax", 1, 7),
        ("[01]", "json-syntax", 1, 3),
        ("[+1]", "json-syntax", 1, 2),
        ("[.5]", "json-syntax", 1, 2),
        ('["abc', "json-syntax", 1, 2),
        ('["a\tb"]', "json-syntax", 1, 4),
        ('["a\nb"]', "json-syntax", 1, 4),
        ('["a\\qb"]', "json-syntax", 1, 4),
        ('["\\u12"]', "json-syntax", 1, 3),
        ("[] []", "json-syntax", 1, 4),
        ("[1", "json-syntax", 1, 3),
        ('{"a":', "json-syntax", 1, 6),
        ("// a\n{}", "json-syntax", 1, 1),
        ('{\r\n"a": 1,\r"b": ]', "json-syntax", 3, 6),
        ('{\u2028"a": 1}', "json-syntax", 1, 2),
        ('"\\ud800"', "json-encoding", 1, 2),
        ('"\\udc00\\ud800"', "json-encoding", 1, 2),
        ('"x\ud800"', "json-encoding", 1, 3),
        (b'{"a":\n"\xe6"}', "json-encoding", 2, 2),
        (b"\xff\xfe{\0}\0", "json-encoding", 1, 1),
        (b'\xef\xbb\xbf"\xe6"', "json-encoding", 1, 2),
        ("[1e999]", "json-number", 1, 2),
        ("[-1e999]", "json-number", 1, 2),
        ("[" + "1" * 401 + "]", "json-number", 1, 2),
        ("[" * 65, "json-too-deep", 1, 65),
        ('{"a":' * 65, "json-too-deep", 1, 64 * 5 + 1),
        ("x" * 1_000_001, "file-too-large", 1, 1),
        ("æ" * 500_001, "file-too-large", 1, 1),
        # Only the earliest problem is reported.
        (b'[1,]\n"\xe6', "json-syntax", 1, 4),
        (b'["\xe6", 1,]', "json-encoding", 1, 3),
    ],
)
def test_text_problems(text: str | bytes, code: str, line: int, column: int) -> None:
    """Text that is not JSON has one problem, at the first character that is not allowed."""
    [problem] = vaekstaftale.validate_text(text)

    assert (code, line, column, "") == (problem.code, problem.line, problem.column, problem.path)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('{"a": 1,}', "remove the comma before it"),
        ("{'a': 1}", 'strings are written in straight double quotes: "'),
        ("{“a”: 1}", 'strings are written in straight double quotes: "'),
        ('{"a": True}', "write true"),
        ('{"a": None}', "remove the key and its value"),
        ("# a\n{}", "JSON has no comments: put the remark into a note, or remove it"),
        ('{"a": 1 "b": 2}', "is a comma missing before it?"),
        ('{"a": "b\n}', "is a closing quote missing on this line?"),
        ('{"a": "C:\\x"}', "write a backslash as \\\\"),
        (b'{"a": "\xe6"}', "this looks like Latin-1 or Windows-1252: save the file as UTF-8"),
        ("{}".encode("utf-16"), "this looks like UTF-16: save the file as UTF-8"),
        ("{}".encode("utf-16-be"), "this looks like UTF-16: save the file as UTF-8"),
    ],
)
def test_text_hints(text: str | bytes, hint: str) -> None:
    """A common mistake is reported with a hint on how to fix it."""
    assert hint == vaekstaftale.validate_text(text)[0].hint


@pytest.mark.parametrize("text", [" " * 30 + "{}", "\ufeff{}", "1" * 400, "[" * 64 + "]" * 64, '"\\ud83d\\ude00"'])
def test_json_within_the_limits(text: str) -> None:
    """JSON that is just within the limits has no problem in its text."""
    assert not {problem.code for problem in vaekstaftale.validate_text(text)} & set(STAGES["text"])


@pytest.mark.parametrize("value", [None, 3, ["{}"]])
def test_not_text(value: Any) -> None:
    """A value that is neither a string nor bytes raises TypeError."""
    with pytest.raises(TypeError):
        vaekstaftale.validate_text(value)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (b'"\x80"', "json-encoding", "the byte 0x80 is not UTF-8"),
        (b'"\xff"', "json-encoding", "the byte 0xFF is not UTF-8"),
        ("[\ud800]", "json-encoding", "a lone surrogate, which UTF-8 cannot encode"),
        (f"[{chr(0xDFFF)}]", "json-encoding", "a lone surrogate, which UTF-8 cannot encode"),
        (r'["\x"]', "json-syntax", "this backslash does not begin an escape that JSON knows"),
        (r'["\U00e6"]', "json-syntax", "write a backslash as \\\\"),
        (r'["\u00g0"]', "json-syntax", "an escape is \\u and four hexadecimal digits"),
        (r'["u\x"]', "json-syntax", "write a backslash as \\\\"),
        (r'["\xu"]', "json-syntax", "write a backslash as \\\\"),
        ('["x', "json-syntax", "this string has no closing quote"),
        ('["x\ty"]', "json-syntax", "write it as an escape"),
        ('["x\n"]', "json-syntax", "is a closing quote missing on this line?"),
        ("[1 2]", "json-syntax", "expected ',' or ']', found '2'"),
        ('{"a": 1; "b": 2}', "json-syntax", "expected ',' or '}', found ';'"),
        ("{1: 2}", "json-syntax", "expected a key in double quotes, found '1'"),
        ('{"a" 2}', "json-syntax", "expected ':', found '2'"),
        ('{"a": }', "json-syntax", "expected a value, found '}'"),
        ("[] []", "json-syntax", "expected the end of the text, found '['"),
        ("[1,   ]", "json-syntax", "remove the comma before it"),
        ("[1 /* x */]", "json-syntax", "JSON has no comments: put the remark into a note, or remove it"),
        ("[1 # x]", "json-syntax", "JSON has no comments: put the remark into a note, or remove it"),
        ('{"a": 1 "b": 2}', "json-syntax", "is a comma missing before it?"),
        (b"\xfe\xff\x00{\x00}", "json-encoding", "this looks like UTF-16: save the file as UTF-8"),
        (b"\xff\xfe{\x00}\x00", "json-encoding", "this looks like UTF-16: save the file as UTF-8"),
    ],
)
def test_messages_and_hints(text: str | bytes, code: str, words: str) -> None:
    """A problem in the text states what was found, or its hint states what to do."""
    [problem] = vaekstaftale.validate_text(text)

    assert problem.code == code
    assert words in (problem.message, problem.hint)


@pytest.mark.parametrize("text", ["[X]", "[1,X]", "[1, §]"])
def test_no_hint(text: str) -> None:
    """There is no hint where it is unclear what was meant."""
    [problem] = vaekstaftale.validate_text(text)

    assert problem.hint is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [("1.00000000000000000001", "1.0000000000000002"), ("0.99999999999999999999", "0.9999999999999999")],
)
def test_integers_are_not_rounded(number: str, shown: str) -> None:
    """A number close to an integer is not rounded to one, neither when it is read nor in the message."""
    text = json.dumps({"initiatives": [{"id": "i", "title": "I", "number": 0}]}).replace(": 0", f": {number}")
    messages = [problem.message for problem in vaekstaftale.validate_text(text) if problem.path.endswith("number")]

    assert messages == [f"expected an integer, found {shown}"]


def two_escapes(high: int, low: int) -> str:
    return f"\\u{high:04x}\\u{low:04X}"


@pytest.mark.parametrize(
    "escapes",
    [
        *(f"\\{letter}" for letter in '"\\/bfnrt'),
        *(f"\\u{code:04X}x" for code in (0, 0x1F, 0xE6, 0xD7FF, 0xE000, 0xFFFF)),
        *(two_escapes(high, low) for high in (0xD800, 0xD801, 0xDBFF) for low in (0xDC00, 0xDC01, 0xDFFF)),
    ],
)
def test_escapes(escapes: str) -> None:
    """The parser with positions decodes every escape as the standard library does."""
    text = f'["æ{escapes}ø", "{escapes}"]'

    assert json.loads(text) == Document(text).value


@pytest.mark.parametrize(
    "surrogates",
    [
        "\\ud800",
        "\\udbff",
        "\\udc00",
        "\\udfff",
        two_escapes(0xD800, 0xD800),
        two_escapes(0xDC00, 0xDC00),
        two_escapes(0xDC00, 0xD800),
    ],
)
def test_lone_surrogates(surrogates: str) -> None:
    """A lone surrogate is reported at its position, also next to another one that does not complete it."""
    [problem] = vaekstaftale.validate_text(f'["æ{surrogates}ø"]')

    assert (problem.code, problem.column) == ("json-encoding", 4)


def test_positions_of_duplicate_keys() -> None:
    """A duplicate key is reported with its path and position, in lists and objects."""
    text = json.dumps(minimal(parties=[{"id": "p", "name": "P"}, {"id": "q", "name": "Q"}]))
    text = text.replace('"name": "Q"', '"name": "Q", "name": "R"').replace('"title"', '"title": "T", "title"')
    problems = vaekstaftale.validate_text(text)

    assert [(problem.code, problem.path) for problem in problems] == [
        ("json-duplicate-key", "/title"),
        ("json-duplicate-key", "/parties/1/name"),
    ]
    assert [text[(problem.column or 0) - 1 :][:6] for problem in problems] == ['"title', '"name"']


def test_offsets() -> None:
    """A path has the offset of its value, or of the innermost value on the path that exists, in any order of calls."""
    document = Document('{"a": [{"b": "x"}, 7, {}], "c": 1}')
    offsets: dict[tuple[str | int, ...], int] = {
        (): 0,
        ("a",): 6,
        ("a", 0): 7,
        ("a", 0, "b"): 13,
        ("a", 0, "no"): 7,
        ("a", 0, "no", "no"): 7,
        ("a", 0, "b", 0): 13,
        ("a", 0, "b", 0, "no"): 13,
        ("a", 1): 19,
        ("a", 1, "no", "no"): 19,
        ("a", 2, "no", "no"): 22,
        ("a", 9): 6,
        ("c",): 32,
        ("no", "b"): 0,
    }
    for first, second in permutations(offsets, 2):
        assert (document.offset(first), document.offset(second)) == (offsets[first], offsets[second])
