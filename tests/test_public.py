"""What the public names promise to programs that use them: types, wrong arguments, and what is easily lost."""

from __future__ import annotations

import inspect
import io
import json
import os
import typing
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import attrs
import cattrs
import pytest
from conftest import FAMILY, minimal

import vaekstaftale
from vaekstaftale import (
    CODES,
    Agreement,
    Agreements,
    Commitment,
    Commitments,
    Entity,
    Finding,
    InvalidAgreement,
    Party,
    Quote,
    Relation,
    Severity,
    Source,
    Translation,
    UnknownName,
    ValidityPeriod,
    advice,
    bundled,
    edit,
    matching,
    tables,
    testing,
)
from vaekstaftale.bundled import explanation
from vaekstaftale.model import agreement as agreement_module
from vaekstaftale.model import commitments as commitments_module
from vaekstaftale.model import parties as parties_module
from vaekstaftale.model import sources as sources_module

ROOT = Path(__file__).parent.parent
AGREEMENT = bundled.load("syddanmark-2017")
SEVERAL = Agreements([AGREEMENT])
PARTY = AGREEMENT.parties[0]
DAY = date(2018, 1, 1)
PATH = "does-not-exist/a.json"

# --- Wrong arguments --------------------------------------------------------------------------------------

#: Each call is right but for the argument that is named.
CALLS: dict[str, Callable[[Any], object]] = {
    "loads(text)": vaekstaftale.loads,
    "loads(max_bytes)": lambda x: vaekstaftale.loads("{}", max_bytes=x),
    "loads(file)": lambda x: vaekstaftale.loads("{}", file=x),
    "read_text(text)": vaekstaftale.read_text,
    "read_text(max_bytes)": lambda x: vaekstaftale.read_text("{}", max_bytes=x),
    "read_text(rules)": lambda x: vaekstaftale.read_text("{}", rules=x),
    "validate_text(text)": vaekstaftale.validate_text,
    "load(path)": vaekstaftale.load,
    "load(max_bytes)": lambda x: vaekstaftale.load(PATH, max_bytes=x),
    "read_file(path)": vaekstaftale.read_file,
    "read_file(max_bytes)": lambda x: vaekstaftale.read_file(PATH, max_bytes=x),
    "validate_file(path)": vaekstaftale.validate_file,
    "load_all(paths)": vaekstaftale.load_all,
    "read_files(paths)": vaekstaftale.read_files,
    "read_files(rules)": lambda x: vaekstaftale.read_files([], rules=x),
    "validate_files(paths)": vaekstaftale.validate_files,
    "load_lines(path)": vaekstaftale.load_lines,
    "read_lines(path)": vaekstaftale.read_lines,
    "read_lines(max_bytes)": lambda x: list(vaekstaftale.read_lines(FAMILY[0], max_bytes=x)),
    "validate(agreements)": vaekstaftale.validate,
    "validate(rules)": lambda x: vaekstaftale.validate(AGREEMENT, rules=x),
    "dumps(agreement)": vaekstaftale.dumps,
    "dumps(indent)": lambda x: vaekstaftale.dumps(AGREEMENT, indent=x),
    "dumps(max_bytes)": lambda x: vaekstaftale.dumps(AGREEMENT, max_bytes=x),
    "dumps(schema)": lambda x: vaekstaftale.dumps(AGREEMENT, schema=x),
    "dump(agreement)": lambda x: vaekstaftale.dump(x, os.devnull),
    "dump(path)": lambda x: vaekstaftale.dump(AGREEMENT, x),
    "dump_lines(agreements)": lambda x: vaekstaftale.dump_lines(x, os.devnull),
    "dump_lines(path)": lambda x: vaekstaftale.dump_lines([AGREEMENT], x),
    "to_dict(agreement)": vaekstaftale.to_dict,
    "to_html(agreements)": vaekstaftale.to_html,
    "to_html(on)": lambda x: vaekstaftale.to_html(AGREEMENT, on=x),
    "rows(agreements)": vaekstaftale.rows,
    "to_arrow(agreements)": tables.to_arrow,
    "diff(old)": lambda x: vaekstaftale.diff(x, AGREEMENT),
    "diff(new)": lambda x: vaekstaftale.diff(AGREEMENT, x),
    "find(quote)": lambda x: vaekstaftale.find(x, AGREEMENT),
    "find(agreement)": lambda x: vaekstaftale.find(Quote(exact="x"), x),
    "unquoted(agreement)": vaekstaftale.unquoted,
    "commitments(agreements)": vaekstaftale.commitments,
    "Agreements(agreements)": Agreements,
    "Commitments(items)": Commitments,
    "configure_converter(converter)": vaekstaftale.configure_converter,
    "get(id)": SEVERAL.get,
    "status_on(agreement)": lambda x: SEVERAL.status_on(x, DAY),
    "status_on(day)": lambda x: SEVERAL.status_on(AGREEMENT, x),
    "in_force_on(day)": SEVERAL.in_force_on,
    "signed_between(first)": lambda x: SEVERAL.signed_between(x, DAY),
    "ending_between(last)": lambda x: SEVERAL.ending_between(DAY, x),
    "with_party(name)": SEVERAL.with_party,
    "earlier(id)": SEVERAL.earlier,
    "where(condition)": SEVERAL.where,
    "group_by(key)": SEVERAL.commitments.group_by,
    "by(name)": SEVERAL.commitments.by,
    "mentioning(name)": SEVERAL.commitments.mentioning,
    "about(topic)": SEVERAL.commitments.about,
    "at_least(strength)": SEVERAL.commitments.at_least,
    "containing(words)": SEVERAL.commitments.containing,
    "due_by(day)": SEVERAL.commitments.due_by,
    "party(name)": AGREEMENT.party,
    "actor(name)": AGREEMENT.actor,
    "commitment(id)": AGREEMENT.commitment,
    "source(id)": AGREEMENT.source,
    "title_in(language)": AGREEMENT.title_in,
    "text_in(language)": SEVERAL.commitments[0].text_in,
    "edit.replace(agreement)": lambda x: edit.replace(x, "", title="X"),
    "edit.replace(path)": lambda x: edit.replace(AGREEMENT, x, title="X"),
    "edit.rename_id(path)": lambda x: edit.rename_id(AGREEMENT, x, "x"),
    "edit.rename_id(new)": lambda x: edit.rename_id(AGREEMENT, "/parties/0", x),
    "matching.fold(name)": matching.fold,
    "matching.slug(name)": matching.slug,
    "bundled.load(name)": bundled.load,
    "bundled.schema_components(ref_template)": bundled.schema_components,
    "Finding(code)": lambda x: Finding(x, "m"),
    "Finding(message)": lambda x: Finding("a/b", x),
    "Finding(path)": lambda x: Finding("a/b", "m", path=x),
    "Finding(hint)": lambda x: Finding("a/b", "m", hint=x),
    "Finding(severity)": lambda x: Finding("a/b", "m", severity=x),
}
#: Values that some of these arguments may have.
ALLOWED: dict[str, tuple[object, ...]] = {
    "None": ("file", "on", "hint", "indent", "schema", "suggestion"),
    "5": ("max_bytes", "indent"),
}


def _calls() -> Iterator[Any]:
    for call in CALLS:
        argument = call.partition("(")[2].rstrip(")")
        for wrong in (None, 5, 1.5, b"\xff", object(), {"a": 1}, [5]):
            shown = (
                type(wrong).__name__ if isinstance(wrong, (dict, list, bytes)) or type(wrong) is object else str(wrong)
            )
            allowed = argument in ALLOWED.get(str(wrong), ())
            is_text = argument == "text" and isinstance(wrong, bytes)
            is_mapping_of_paths = argument == "paths" and isinstance(wrong, dict)
            if not allowed and not is_text and not is_mapping_of_paths:
                yield pytest.param(call, argument, wrong, id=f"{call}-{shown}")


@pytest.mark.parametrize(("call", "argument", "wrong"), list(_calls()))
def test_wrong_type(call: str, argument: str, wrong: object) -> None:
    """An argument of a wrong type is a TypeError or ValueError of one sentence that names the argument."""
    with pytest.raises((TypeError, ValueError)) as caught:
        CALLS[call](wrong)

    message = str(caught.value)
    assert type(caught.value) in (TypeError, ValueError), repr(caught.value)
    assert argument in message or (argument[:-1] in message and argument in ("paths", "agreements")), message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: AGREEMENT.status_on(AGREEMENT.signed_on), r"\.earliest or \.latest"),  # type: ignore[arg-type]
        (lambda: AGREEMENT.status_on(datetime(2018, 1, 1)), r"pass its \.date\(\)"),  # noqa: DTZ001
        (lambda: vaekstaftale.validate({"id": "x"}), r"use from_dict\(data\)"),  # type: ignore[dict-item]
        (lambda: vaekstaftale.validate(Path("x")), r"read_files\(paths\)"),  # type: ignore[arg-type]
        (lambda: vaekstaftale.to_html("x.json"), r"use load\(path\)"),  # type: ignore[arg-type]
        (lambda: vaekstaftale.loads(io.StringIO("{}")), r"use loads\(file\.read\(\)\)"),  # type: ignore[arg-type]
        (lambda: Commitments([AGREEMENT]), r"use commitments\(agreements\)"),  # type: ignore[list-item]
        (
            lambda: SEVERAL.commitments.at_least("supports"),
            "'discuss', 'follow', 'work-towards', 'support', 'carry-out'",
        ),
        (lambda: edit.rename_id(AGREEMENT, "regeringen", "staten"), "did you mean '/parties/regeringen'?"),
        (lambda: edit.replace(AGREEMENT, "/parties/0", nam="X"), "did you mean 'name'?"),
        (lambda: edit.replace(AGREEMENT, "/parties/0", id="x"), "use edit.rename_id"),
        (lambda: Commitment(id="c", text="t", actors="regeringen"), "put it in a list"),
        (lambda: Commitment(id="c", text="t", due_on="5. september 2017"), "did you mean '2017-09-05'?"),
        (lambda: Commitment(id="c", text="t", strength="bakke op om"), "did you mean 'support'?"),  # type: ignore[arg-type]
        (lambda: Commitment(id="c d", text="t"), "did you mean 'c-d'?"),
        (lambda: Source(id="s", kind="webside"), "did you mean 'web-page'?"),  # type: ignore[arg-type]
        (lambda: vaekstaftale.load("syddanmark-2017"), r"use bundled\.load\('syddanmark-2017'\)"),
    ],
)
def test_what_to_do_instead(call: Callable[[], object], message: str) -> None:
    """The message of an exception says what to do instead."""
    with pytest.raises((TypeError, ValueError, UnknownName, OSError), match=message.replace("?", r"\?")):
        call()


def test_hint_for_text_that_is_a_path() -> None:
    """A text that looks like the name of a file is recognized."""
    [problem] = vaekstaftale.validate_text("aftaler/syd.json")

    assert problem.hint == "this looks like the name of a file, not its content"


def test_rule_that_returns_nothing() -> None:
    """A rule that returns no iterable is named in the error."""

    def forgetful(_agreement: Agreement) -> None: ...

    with pytest.raises(TypeError, match=r"^the rule forgetful must return or yield values of type Finding, not None$"):
        vaekstaftale.validate(AGREEMENT, rules=[forgetful])  # type: ignore[list-item]


# --- Types ------------------------------------------------------------------------------------------------

MODULES: list[ModuleType] = [vaekstaftale, advice, bundled, edit, matching, tables, testing]


def _public() -> Iterator[Any]:
    for module in MODULES:
        for name in dir(module):
            value = getattr(module, name)
            if inspect.isfunction(value) or inspect.isclass(value):
                yield pytest.param(value, id=f"{module.__name__}.{name}")


#: What is imported late: cattrs' `Converter`.
LATE = {"make_converter", "configure_converter"}


@pytest.mark.parametrize("public", list(_public()))
def test_annotations(public: Any) -> None:
    """The annotations of every public function, class and method can be resolved."""
    members = [
        member.fget if isinstance(member, property) else member
        for name, member in (vars(public).items() if inspect.isclass(public) else ())
        if not name.startswith("_")
    ]
    for member in (public, *filter(inspect.isfunction, members)):
        if member.__name__ not in {*LATE, "length"}:
            typing.get_type_hints(member)


@pytest.mark.parametrize(
    ("literal", "enum"),
    [
        (agreement_module._RelationKinds, vaekstaftale.RelationKind),
        (commitments_module._Strengths, vaekstaftale.Strength),
        (parties_module._EntityKinds, vaekstaftale.EntityKind),
        (sources_module._SourceKinds, vaekstaftale.SourceKind),
    ],
)
def test_literals(literal: Any, enum: Any) -> None:
    """The strings that type checkers accept for an enum are its values."""
    assert list(get_args(literal)) == [member.value for member in enum]


# --- Constructors -----------------------------------------------------------------------------------------


def test_constructors_take_what_a_file_has() -> None:
    """Translations can be a dict, a text a list of lines, and a party stands for its id."""
    entity = Entity(id="e", name="E", kind="group", members=[PARTY])
    commitment = Commitment(id="c", text="t", actors=[PARTY, entity], mentions=[entity, "x"], translations={"en": "T"})

    assert (entity.members, commitment.actors, commitment.mentions) == (
        ("regeringen",),
        ("regeringen", "e"),
        ("e", "x"),
    )
    assert commitment.translations == (Translation(language="en", text="T"),)
    assert Source(id="s", kind="other", text=["a", "", "b"]).text == "a\n\nb"
    assert Source(id="s", kind="other", text=[]).text is None


@pytest.mark.parametrize(
    "build",
    [
        lambda: Party(id="a", name="A", members={"b", "c"}),
        lambda: Party(id="a", name="A", other_names=frozenset({"B"})),
        lambda: Commitment(id="a", text="A", quotes={Quote(exact="x")}),
        lambda: Source(id="a", kind="other", text={"x"}),
        lambda: Commitment(id="a", text="A", actors=[Quote(exact="x")]),  # type: ignore[list-item]
        lambda: Source(id="a", kind="other", text=["x", 5]),  # type: ignore[list-item]
        lambda: Source(id="a", kind="other", text=["", " "]),
        lambda: Commitment(id="a", text="A", translations={"en": "x", "EN": "y"}),
    ],
)
def test_constructors_refuse(build: Callable[[], Any]) -> None:
    """A set has no order, and nothing of another type is converted."""
    with pytest.raises((TypeError, ValueError), match=r"(Party|Commitment|Source)\."):
        build()


# --- Reading ----------------------------------------------------------------------------------------------


def test_read_dict() -> None:
    """Parsed data are read with evidence, and without lines."""
    data = minimal(quotes=[{"exact": "nej"}], sources=[{"id": "s", "kind": "other", "text": ["ja"]}])
    reading = vaekstaftale.read_dict(data)

    assert [(problem.code, problem.line) for problem in reading.problems] == [("quote-not-found", None)]
    assert reading.agreement is not None
    assert vaekstaftale.read_dict(minimal()).is_valid
    assert not vaekstaftale.read_dict({}).is_valid


def _loop() -> dict[str, Any]:
    data = minimal()
    data["parties"].append(data)
    data["quotes"] = data["parties"]
    return data


def _deep() -> dict[str, Any]:
    value: Any = []
    for _ in range(100_000):
        value = [value]
    return minimal(note=value, parties=value)


@pytest.mark.parametrize(
    "data",
    [
        None,
        5,
        "{}",
        b"{}",
        [],
        object(),
        minimal(note=object()),
        minimal(note={1, 2}),
        {5: 5},
        minimal(id="\ud800"),
        _loop(),
        _deep(),
        minimal(parties=[{"id": "p", "name": float("nan")}]),
        minimal(title=10**5_000),
    ],
    ids=lambda data: type(data).__name__,
)
def test_read_dict_never_raises(data: Any) -> None:
    """Whatever the data are, what is wrong with them is a problem."""
    reading = vaekstaftale.read_dict(data)

    assert reading.agreement is None
    assert reading.problems
    assert all(str(problem) for problem in reading.problems)


def test_read_lines(tmp_path: Path) -> None:
    """Bad lines are read on, with their numbers, and a line over the limit is one problem."""
    good = vaekstaftale.dumps(AGREEMENT, indent=None).encode()
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf\n" + good + b"\r\n \t\n{\n" + b" " * 2_000_000 + good + b"\n" + b'{"id": 1}')
    readings = list(vaekstaftale.read_lines(path))

    assert [reading.is_valid for reading in readings] == [True, False, False, False]
    assert [reading.problems[0].code for reading in readings[1:]] == ["json-syntax", "file-too-large", "missing-key"]
    assert [{problem.line for problem in reading.problems} for reading in readings] == [set(), {4}, {5}, {6}]
    assert {problem.file for reading in readings for problem in reading.problems} == {str(path)}
    assert next(vaekstaftale.load_lines(path)) == AGREEMENT


def test_read_lines_of_no_file(tmp_path: Path) -> None:
    """A file that cannot be read is one reading."""
    [reading] = vaekstaftale.read_lines(tmp_path / "a.jsonl")

    assert [problem.code for problem in reading.problems] == ["unreadable-file"]


def test_files_in_an_archive(tmp_path: Path) -> None:
    """Everything that has `read_bytes()` is read, and one that cannot be read is a problem."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.json", vaekstaftale.dumps(AGREEMENT))
        archive.writestr("b.json", "{")
    inside = zipfile.Path(tmp_path / "a.zip")
    problems = vaekstaftale.validate_files([inside / "a.json", inside / "b.json", inside / "c.json"])

    assert vaekstaftale.load(inside / "a.json") == AGREEMENT == vaekstaftale.read_file(inside / "a.json").agreement
    assert [(problem.code, problem.file) for problem in problems] == [
        ("json-syntax", f"{tmp_path}/a.zip/b.json"),
        ("unreadable-file", f"{tmp_path}/a.zip/c.json"),
    ]
    with pytest.raises(OSError, match=r"c\.json"):
        vaekstaftale.load(inside / "c.json")


def test_validate_files(tmp_path: Path) -> None:
    """The problems of several files are those that `read_files` returns, those across them included."""
    for name in ("a.json", "b.json"):
        vaekstaftale.dump(AGREEMENT, tmp_path / name)
    paths = sorted(tmp_path.glob("*.json"))
    problems = vaekstaftale.validate_files(paths)

    assert [problem.code for problem in problems] == ["duplicate-agreement-id"]
    assert problems == tuple(problem for reading in vaekstaftale.read_files(paths) for problem in reading.problems)


# --- Several agreements -----------------------------------------------------------------------------------


def test_agreements_by_id() -> None:
    """Agreements are found by id, as in a mapping, and by index, as in a sequence."""
    family = vaekstaftale.load_all(FAMILY)

    assert family["syd-2014"] is family.get("syd-2014")
    assert "syd-2014" in family  # type: ignore[comparison-overlap]
    assert "syd-2015" not in family  # type: ignore[comparison-overlap]
    assert family[0] in family
    assert list(family[1:]) == list(family)[1:]
    with pytest.raises(KeyError, match="did you mean 'syd-2016'"):
        family["syd-2015"]


# --- Writing ----------------------------------------------------------------------------------------------


def test_schema_key(tmp_path: Path) -> None:
    """`$schema` is written first, and is not part of the agreement."""
    text = vaekstaftale.dumps(AGREEMENT, schema="agreement.schema.json")
    vaekstaftale.dump(AGREEMENT, tmp_path / "a.json", schema="agreement.schema.json")

    assert next(iter(json.loads(text))) == "$schema"
    assert (tmp_path / "a.json").read_text("utf-8") == text
    assert vaekstaftale.loads(text) == AGREEMENT
    with pytest.raises(ValueError, match="schema must be"):
        vaekstaftale.dumps(AGREEMENT, schema=" ")


def test_unstructure_results() -> None:
    """What the library returns becomes plain data."""
    converter = vaekstaftale.make_converter()
    changed = attrs.evolve(AGREEMENT, title="X", quotes=(), validity=ValidityPeriod(end="2019"), relations=[])
    [place, *_] = vaekstaftale.find(AGREEMENT.quotes[0], AGREEMENT)
    entry = SEVERAL.commitments[0]
    results = [
        vaekstaftale.read_text(vaekstaftale.dumps(AGREEMENT)),
        vaekstaftale.validate_text("{"),
        vaekstaftale.diff(AGREEMENT, changed),
        SEVERAL,
        SEVERAL.commitments,
    ]

    assert all(json.dumps(converter.unstructure(result)) for result in results)
    assert converter.unstructure(SEVERAL) == [vaekstaftale.to_dict(AGREEMENT)]
    assert converter.unstructure(place) == {"source": place.source, "start": place.start, "end": place.end}
    assert converter.unstructure(SEVERAL.commitments)[0] == {
        "agreement": "syddanmark-2017",
        "initiative": entry.initiative and entry.initiative.id,
        "path": entry.path,
        "commitment": converter.unstructure(entry.commitment),
    }
    assert cattrs.Converter().unstructure(1) == 1


# --- Codes and the schema ---------------------------------------------------------------------------------


def test_codes() -> None:
    """Every code has its severity, its stage and one sentence, which are those of the documentation."""
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")

    assert (ROOT / "src/vaekstaftale/data/rules.md").read_text("utf-8") == page, "run python docs/generate.py"
    assert CODES["more-problems"].severity is None
    assert (CODES["quote-cuts-word"].severity, CODES["quote-cuts-word"].stage) == (Severity.WARNING, "evidence")
    assert CODES["advice/unused-entity"].stage == "advice"
    assert CODES["json-encoding"].stage == "text"
    for code, what in CODES.items():
        assert page.partition(f"### `{code}`\n")[2].lstrip().startswith(what.summary), code
        assert what.summary.endswith("."), code
        assert len(what.summary) < 200, code
        assert explanation(code).startswith(what.summary)
    with pytest.raises(UnknownName, match="did you mean 'bad-date'"):
        explanation("bad-dat")
    with pytest.raises(TypeError):
        CODES["x"] = CODES["bad-date"]  # type: ignore[index]


def test_schema_components() -> None:
    """The definitions of an OpenAPI document refer to one another only."""
    components = bundled.schema_components()
    references = set(_references(components))

    assert "Agreement" in components
    assert references <= {f"#/components/schemas/{name}" for name in components}
    assert not any(key in components["Agreement"] for key in ("$id", "$schema", "$defs"))
    assert set(_references(bundled.schema_components("#/x/{name}"))) <= {f"#/x/{name}" for name in components}
    with pytest.raises(ValueError, match="ref_template must contain"):
        bundled.schema_components("#/x")


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref":
                yield item
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


# --- Nothing is lost --------------------------------------------------------------------------------------


def test_subclasses_are_refused() -> None:
    """A subclass, whose own fields a file cannot have, is refused as an agreement and as a part of one."""

    @attrs.frozen(kw_only=True, repr=False)
    class Case(Agreement):
        number: int = 7

    case = Case(**{name: getattr(AGREEMENT, name) for name in (field.name for field in attrs.fields(Agreement))})
    for call in (vaekstaftale.dumps, vaekstaftale.to_dict, vaekstaftale.validate, vaekstaftale.rows):
        with pytest.raises(TypeError, match="subclass"):
            call(case)
    with pytest.raises(InvalidAgreement):
        vaekstaftale.from_dict({})
    with pytest.raises(TypeError, match="subclass"):
        vaekstaftale.diff(AGREEMENT, case)


def test_relation_without_anything() -> None:
    """A relation names the other agreement."""
    with pytest.raises(ValueError, match="agreement or title"):
        Relation(kind="renews")
