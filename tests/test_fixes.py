"""Fixes: what is written instead of what is wrong, and nothing else."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from conftest import minimal
from hypothesis import given
from hypothesis import strategies as st
from mutations import damaged, wrong

import vaekstaftale
from vaekstaftale import CODES, Problem, bundled, fix_text, validate_text

if TYPE_CHECKING:
    from collections.abc import Iterable

BUNDLED = bundled.read("syddanmark-2017").decode()
STAGES = ["text", "structure", "coherence", "evidence"]


class Breakage(NamedTuple):
    """A change of the bundled file that a fix undoes, to the byte."""

    right: str
    wrong: str
    #: The title of the fix.
    title: str | None = None


SAFE = [
    Breakage('"Staten"\n      ]', '"Staten",\n      ]', "remove the comma"),
    Breakage('"en": "The Danish Government"\n', '"en": "The Danish Government",\n', "remove the comma"),
    Breakage('"format_version": "1.0"', '"format_version": 1', 'write "1.0"'),
    Breakage('"format_version": "1.0"', '"format_version": "1"', 'write "1.0"'),
    Breakage('"number": 1,', '"number": "1",', "write 1"),
    Breakage('"language": "da"', '"language": " da"', 'write "da"'),
    Breakage('"2017-09-05"', '"5. september 2017"', 'write "2017-09-05"'),
    Breakage('"2017-09-05"', "20170905", 'write "2017-09-05"'),
    Breakage('"2018-06-30"', '"30-06-2018"', 'write "2018-06-30"'),
    Breakage('"2018-06-30"', '"20180630"', 'write "2018-06-30"'),
    Breakage('"strength": "carry-out"', '"strength": "Carry_out "', 'write "carry-out"'),
    Breakage('  "signed_on"', '  "note": null,\n  "signed_on"', "remove the key and its value"),
    Breakage('"end": "2018-06-30"', '"start": null, "end": "2018-06-30"', "remove the key and its value"),
    Breakage(
        '"title": "Vækstpartnerskabsaftale mellem Syddansk Vækstforum og regeringen",\n',
        '"title": "Vækstpartnerskabsaftale mellem Syddansk Vækstforum og regeringen",\n  "id": "syddanmark-2017",\n',
        "remove the key and its value",
    ),
    Breakage(
        '"syddansk-vaekstforum"\n      ],\n      "translations"',
        '"syddansk-vaekstforum",\n        "syddansk-vaekstforum"\n      ],\n      "translations"',
        "remove it from the list",
    ),
    Breakage('"Staten"\n', '"Staten",\n        "staten"\n', "remove it from the list"),
    Breakage('"arbejdskraft",\n', '"arbejdskraft",\n            "Elektronik",\n', "remove it from the list"),
    Breakage('"sha256": "', '"sha256": "sha256:', "write it in lower-case letters, with nothing before it"),
]

UNSAFE = [
    Breakage('"language": "da",\n', '"language": "da"\n', "write a comma"),
    Breakage('"id": "syddanmark-2017"', "'id': \"syddanmark-2017\"", "write straight double quotes"),
    Breakage('"language": "da"', '"language": “da”', "write straight double quotes"),
    Breakage('  "signed_on"', '  // underskrevet i Aabenraa\n  "signed_on"', "remove the comment"),
    Breakage('"2017-09-05",', '"2017-09-05", # underskrevet', "remove the comment"),
    Breakage('"2017-09-05"', '"05-09-2017"', 'write "2017-09-05"'),
    Breakage('"2017-09-05"', '"2017-09-05T12:00"', 'write "2017-09-05"'),
    Breakage('"strength": "carry-out"', '"strength": "carryout"', 'write "carry-out"'),
    Breakage('"signed_on"', '"signed_at"', 'write "signed_on"'),
    Breakage('"validity": {', '"gyldighed": {', 'write "validity"'),
    Breakage('"id": "teknologipagt"', '"id": "Teknologipagt"', 'write "teknologipagt"'),
    Breakage('"sdu-soenderborg"\n', '"sdu-soenderbrog"\n', 'write "sdu-soenderborg"'),
    Breakage(
        '"center-for-industriel-elektronik",\n            ', '"Center for Industriel Elektronik",\n            ', None
    ),
    Breakage("gælder frem til 30. juni", "gælder indtil 30. juni", None),
]


def broken(breakages: Iterable[Breakage]) -> str:
    """Return the bundled file, broken in some ways, each at the first place where it is possible."""
    text = BUNDLED
    for breakage in breakages:
        assert breakage.right in text, breakage
        text = text.replace(breakage.right, breakage.wrong, 1)
    return text


@pytest.mark.parametrize("breakage", SAFE, ids=lambda breakage: breakage.wrong)
def test_safe(breakage: Breakage) -> None:
    """A safe fix gives the file back to the byte, as text and as bytes, with other line ends and a byte order mark."""
    text = broken([breakage])
    problems = validate_text(text)

    assert problems
    assert all(problem.fix is not None and problem.fix.safe for problem in problems)
    assert breakage.title in {None, *(problem.fix.title for problem in problems if problem.fix)}
    assert fix_text(text) == BUNDLED
    marked = ("\ufeff" + text).replace("\n", "\r\n").encode()
    assert fix_text(marked) == ("\ufeff" + BUNDLED).replace("\n", "\r\n").encode()


@pytest.mark.parametrize("breakage", UNSAFE, ids=lambda breakage: breakage.wrong)
def test_unsafe(breakage: Breakage) -> None:
    """An unsafe fix gives the file back to the byte, and is only made if it is asked for."""
    text = broken([breakage])
    [problem, *_] = validate_text(text)

    assert problem.fix is not None
    assert not problem.fix.safe
    assert problem.fix.title == (breakage.title or problem.fix.title)
    assert fix_text(text) == text
    assert fix_text(text, unsafe=True) == BUNDLED


#: Changes of the smallest agreement, and what they are after all fixes, the unsafe ones if `safe` is false.
DATA: list[tuple[dict[str, Any], dict[str, Any] | None, bool]] = [
    ({"format_version": "v1"}, {}, False),
    ({"language": "da_DK"}, {"language": "da-DK"}, True),
    ({"language": "dk_DK"}, {"language": "da-DK"}, False),
    ({"parties": {"id": "p", "name": "P"}}, {}, True),
    ({"parties": {"id": "P", "name": "P"}}, {"parties": [{"id": "p", "name": "P"}]}, False),
    ({"parties": {"id": "p", "name": 5}}, {"parties": [{"id": "p", "name": "5"}]}, True),
    ({"parties": {"id": "p"}}, None, False),
    ({"parties": {"id": "p", "nmae": 5}}, {"parties": [{"id": "p", "name": "5"}]}, False),
    ({"complete": "true"}, {"complete": True}, True),
    ({"complete": "Ja"}, {"complete": True}, False),
    ({"topics": "turisme"}, None, False),
    ({"note": None, "noet": "N"}, {"note": "N"}, True),
    ({"noet": "N"}, {"note": "N"}, False),
    ({"noet": "N", "note": "M"}, None, False),
    ({"noet": ""}, None, False),
    ({"noet": None}, None, False),
    ({"relations": [{"kind": "renews", "title": None}]}, None, False),
    ({"relations": [{"kind": "renews", "title": None, "agreement": None}]}, None, False),
    (
        {"relations": [{"kind": "renews", "title": None, "agreement": "y"}]},
        {"relations": [{"kind": "renews", "agreement": "y"}]},
        True,
    ),
    ({"translations": {"en": None}}, {"translations": {}}, True),
    ({"translations": {"en_GB": "X"}}, {"translations": {"en-GB": "X"}}, True),
    ({"translations": {"en_GB": "X", "en-GB": "Y"}}, None, False),
    ({"sources": [{"id": "s", "kind": "Other"}]}, {}, True),
    ({"sources": [{"id": "s", "kind": "andet"}]}, {}, False),
    ({"sources": [{"id": "s", "kind": "pdf"}]}, None, False),
    ({"signed_on": "05.05.2017"}, {"signed_on": "2017-05-05"}, True),
    ({"signed_on": "2017-30-09"}, {"signed_on": "2017-09-30"}, True),
    ({"signed_on": "2017-09-31"}, None, False),
    ({"signed_on": "2017/18"}, None, False),
    ({"signed_on": "20112012"}, None, False),
    ({"signed_on": 31122012}, None, False),
]


@pytest.mark.parametrize(("wrong_keys", "right_keys", "safe"), DATA)
def test_data(wrong_keys: dict[str, Any], right_keys: dict[str, Any] | None, safe: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """A value becomes what was meant; if that is not clear, or would be wrong too, it stays as it is."""
    text = json.dumps(minimal(**wrong_keys))
    fixed = json.loads(fix_text(text, unsafe=True))

    assert fixed == minimal(**(wrong_keys if right_keys is None else right_keys))
    assert (fix_text(text) == text) == (not safe)


SOURCE = {"id": "s", "kind": "other", "text": ["Parterne mødes i maj.", "Parterne mødes i juni."]}


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ({"exact": "parterne mødes i  MAJ"}, {"exact": "Parterne mødes i maj"}),
        ({"exact": "arterne mødes i maj"}, {"exact": "Parterne mødes i maj"}),
        ({"exact": "parterne mødes"}, None),  # in two places
        ({"exact": "Parterne mødes i uni"}, {"exact": "Parterne mødes i juni"}),
        ({"exact": "Parterne holder møde om turisme"}, None),
        ({"exact": "Parterne mødes turisme"}, None),
        ({"exact": "mødes i maj", "prefix": "Vi"}, None),
        ({"exact": "mødes i maj", "source": "ss"}, {"exact": "mødes i maj", "source": "s"}),
        ({"exact": "mødes i marts", "source": "ss"}, None),  # first the quote
    ],
)
def test_quotes(quote: dict[str, Any], right: dict[str, Any] | None) -> None:
    """A quote becomes whole words that occur once, and a source is only written if the quote occurs in it."""
    text = json.dumps(minimal(sources=[SOURCE], quotes=[quote]), ensure_ascii=False)
    fixed = fix_text(text, unsafe=True)

    assert json.loads(fixed)["quotes"] == [right or quote]
    assert fix_text(text) == text
    assert (validate_text(fixed) == ()) == (right is not None)


@pytest.mark.parametrize(
    ("commitment", "right"),
    [
        ({"actors": ["pp"]}, {"actors": ["p"]}),
        ({"actors": ["p", "pp"]}, None),
        ({"actors": ["pp", "ppp"]}, {"actors": ["p", "ppp"]}),
        ({"actors": ["P Party"]}, {"actors": ["p"]}),
    ],
)
def test_unknown_ids(commitment: dict[str, Any], right: dict[str, Any] | None) -> None:
    """An id is not written into a list that has it. A name becomes the id that belongs to it."""
    parties = [{"id": "p", "name": "P Party", "other_names": ["pp", "ppp"]}]
    made = {"id": "c", "text": "C"}
    text = json.dumps(minimal(parties=parties, general_commitments=[{**made, **commitment}]))

    assert json.loads(fix_text(text, unsafe=True))["general_commitments"] == [{**made, **(right or commitment)}]


def test_one_id_everywhere() -> None:
    """The fix of one id writes it wherever the file has the string as an id, and not where it is a name."""
    data = minimal(
        parties=[{"id": "Region", "name": "Region"}],
        general_commitments=[{"id": "c", "text": "C", "actors": ["Region"], "mentions": ["Region"]}],
    )
    text = json.dumps(data)
    problems = validate_text(text)

    assert len(problems) == 3
    assert all(
        after(text, problem) == text.replace('"Region"', '"region"').replace('"name": "region"', '"name": "Region"')
        for problem in problems
    )


def test_positions() -> None:
    """Positions are those of the text as it was given; in JSON Lines, of the file."""
    [problem] = validate_text('\ufeff{"a":\r\n1,}')

    assert problem.fix == vaekstaftale.Fix("remove the comma", (vaekstaftale.Edit(2, 2, 2, 3, ""),), safe=True)


def test_without_text() -> None:
    """What has no text has no fix."""
    [problem] = vaekstaftale.read_dict(minimal(note=None)).problems

    assert problem.fix is None


def test_no_text_at_all() -> None:
    """Anything but a text is a TypeError. A text over the limit, and one that would be, is not changed."""
    text = json.dumps(minimal(title=5))

    with pytest.raises(TypeError, match="text must be a str or a bytes"):
        fix_text(json.loads(text))
    assert fix_text(text, max_bytes=len(text) - 1) == text
    assert fix_text(text, max_bytes=len(text)) == text
    assert fix_text(text, max_bytes=len(text) + 2) == json.dumps(minimal(title="5"))


def test_many_text_problems() -> None:
    """Problems of the stage of text are found one by one, and all are fixed."""
    text = json.dumps(minimal(general_commitments=[{"id": f"c{number}", "text": "C"} for number in range(50)]))

    assert fix_text(text.replace("}", ",}")) == text


def test_documented() -> None:
    """The page about problems says of every problem that has fixes whether they are safe."""
    seen: dict[str, set[str]] = {code: set() for code in CODES}
    texts = [broken([breakage]) for breakage in (*SAFE, *UNSAFE)]
    texts += [json.dumps(minimal(**wrong_keys)) for wrong_keys, *_ in DATA]
    texts += [broken([Breakage("Parterne vil bakke op", "arterne vil bakke op")])]
    texts += [
        json.dumps(minimal(sources=[{"id": "s", "kind": "other", "url": url}]))
        for url in ("www.example.org", " https://example.org")
    ]
    for problem in (problem for text in texts for problem in validate_text(text)):
        if problem.fix is not None:
            seen[problem.code].add("safe" if problem.fix.safe else "unsafe")
    stated = {code: set(re.findall(r"Fix \((\w+)\)", bundled.explanation(code))) for code in CODES}

    assert stated == seen
    assert all("o fix" in bundled.explanation(code) for code, kinds in stated.items() if not kinds)


def test_twenty_ways() -> None:
    """The bundled file, broken in twenty ways at once, becomes valid with the fixes and two decisions of a person."""
    text, made = BUNDLED, 0
    for way in {way.right: way for way in (*SAFE, *UNSAFE) if way.right != '"language": "da"'}.values():
        made += way.right in text
        text = text.replace(way.right, way.wrong, 1)
    title = '      "title": "Sundheds- og velfærdsteknologi",\n'
    text = text.replace(title, "").replace('"healthcare-denmark",\n            "v', '"noget-andet",\n            "v')
    fixed = fix_text(text, unsafe=True)

    assert made >= 20
    assert [problem.code for problem in validate_text(fixed)] == ["missing-key"]
    fixed = fix_text(fixed.replace('"id": "sundhed",\n', '"id": "sundhed",\n' + title), unsafe=True)
    assert [(problem.code, problem.fix) for problem in validate_text(fixed)] == [("unknown-id", None)]
    assert fixed.replace("noget-andet", "healthcare-denmark") == BUNDLED


@given(st.lists(st.sampled_from([*SAFE, *UNSAFE]), unique_by=lambda breakage: breakage.right, max_size=8))
def test_several(breakages: list[Breakage]) -> None:
    """Several mistakes at once are fixed together, and nothing else is changed."""
    text = BUNDLED
    for breakage in breakages:
        text = text.replace(breakage.right, breakage.wrong, 1)

    assert fix_text(text, unsafe=True) == BUNDLED


def stage_of(problem: Problem) -> int:
    """Return the number of the stage of a problem. Coherence and evidence are one."""
    return min(["text", "structure", "coherence", "evidence"].index(CODES[problem.code].stage), 2)


def offset_of(text: str, line: int, column: int) -> int:
    """Return the offset of a line and column of a text without carriage returns."""
    return sum(len(before) + 1 for before in text.split("\n")[: line - 1]) + column - 1


def after(text: str, problem: Problem) -> str:
    """Return a text after the fix of one problem."""
    assert problem.fix is not None
    for edit in reversed(problem.fix.edits):
        start, end = offset_of(text, edit.line, edit.column), offset_of(text, edit.end_line, edit.end_column)
        text = text[:start] + edit.text + text[end:]
    return text


def left_to_read(text: str, problem: Problem) -> int:
    """Return how many characters follow the position of a problem."""
    return len(text) - offset_of(text, problem.line or 1, problem.column or 1)


def check(text: str) -> None:
    """Check what holds for the fixes of every text."""
    problems = validate_text(text)
    for problem in problems:
        if problem.fix is None or "\r" in text or problem.code == "unsupported-format-version":
            continue
        fixed = after(text, problem)
        left = validate_text(fixed)
        assert all(stage_of(other) >= stage_of(problem) for other in left), problem.fix
        same = [other for other in left if stage_of(other) == stage_of(problem)]
        if problem.code == "json-syntax":
            assert all(left_to_read(fixed, other) < left_to_read(text, problem) for other in same), problem.fix
        else:
            assert len(same) < len(problems), problem.fix
            assert {other.code for other in same} <= {other.code for other in problems}, problem.fix
    for unsafe in (False, True):
        fixed = fix_text(text, unsafe=unsafe)
        assert fix_text(fixed, unsafe=unsafe) == fixed
        assert fix_text(text.encode(errors="surrogatepass"), unsafe=unsafe) == fixed.encode(errors="surrogatepass")
        fixable = [problem for problem in problems if problem.fix and (problem.fix.safe or unsafe)]
        assert bool(fixable) == (fixed != text)
        if problems:
            least = min(map(stage_of, problems))
            also_left = [problem for problem in validate_text(fixed) if stage_of(problem) <= least]
            assert least == 0 or len(also_left) <= len(problems) - bool(fixable)


@given(wrong(), st.sampled_from([None, 1]))
def test_wrong_data(data: Any, indent: int | None) -> None:
    """Fixing ends, never raises, adds no problem of the same stage, and is the same again."""
    check(json.dumps(data, ensure_ascii=False, indent=indent))


@given(damaged())
def test_damaged_text(text: str) -> None:
    """The same for texts that may not be JSON."""
    check(text)


def test_contradicting_value() -> None:
    """A repeated key is only removed if nothing inside either value was left out."""
    period = '"validity": {"end": "2018"}'
    text = json.dumps(minimal())[:-1] + f', {period}, {period[:-1]}, "end": "2019"}}}}'

    assert '"2019"' in fix_text(text, unsafe=True)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("region-nordjylland", "region-nordsjaelland"),
        ("vaekstforum-sydsjaelland", "vaekstforum-sydjylland"),
        ("vestjylland", "vestsjaelland"),
        ("frederiksborg", "fredensborg"),
        ("vejle", "vejen"),
        ("fanoe", "faroe"),
    ],
)
def test_other_bodies(written: str, meant: str) -> None:
    """An id that is near another one, but may be that of another body, has neither a suggestion nor a fix."""
    text = json.dumps(minimal(parties=[{"id": meant, "name": "P"}], entities=[member_of(written)]))
    [problem] = [problem for problem in validate_text(text) if problem.code == "unknown-id"]

    assert (problem.suggestion, problem.fix) == (None, None)


def member_of(id_: str) -> dict[str, Any]:
    return {"id": "e", "name": "E", "kind": "group", "members": [id_]}


@pytest.mark.parametrize(
    "keys",
    [
        {"validity": {"not_open_ended": True}},
        {"validity": {"closed_ended": True}},
        {"incomplete": True},
        {"sources": [{"id": "s", "kind": "other", "text": "a", "not_excerpt": True}]},
        {"sources": [{"id": "s", "kind": "other", "text": "a", "revised_on": "2017"}]},
        {"sources": [{"id": "s", "kind": "other", "text": "a", "published_until": "2017"}]},
        {"relations": [{"kind": "replaced", "agreement": "a-2016"}]},
        {"relations": [{"kind": "prolonged", "agreement": "a-2016"}]},
    ],
)
def test_opposites(keys: dict[str, Any]) -> None:
    """A key or a choice that may say the opposite of a near one has neither a suggestion nor a fix."""
    problems = validate_text(json.dumps(minimal(**keys)))
    [problem] = [problem for problem in problems if problem.code in ("unknown-key", "not-a-choice")]

    assert (problem.suggestion, problem.fix) == (None, None)
