"""Reading without raising, and rules of one's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import attrs
import invalid
import pytest
from conftest import FAMILY, minimal

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Commitment,
    Entity,
    Finding,
    Initiative,
    Quote,
    Severity,
    Source,
    ValidityPeriod,
    advice,
    cli,
    read_file,
    read_files,
    read_text,
    validate,
)


class TestReading:
    @pytest.mark.parametrize(
        ("text", "unreached"),
        [
            ("{", ("structure", "coherence", "evidence")),
            (json.dumps(minimal(title="")), ("coherence", "evidence")),
            (json.dumps(minimal(validity={"start": "2019", "end": "2018"})), ()),
            (json.dumps(minimal()), ()),
        ],
    )
    def test_unreached(self, text: str, unreached: tuple[str, ...]) -> None:
        """The stages after the first one with problems are not reached; coherence and evidence are one pass."""
        reading = read_text(text)

        assert reading.unreached == unreached
        assert (reading.agreement is None) == bool(unreached)
        assert reading.is_valid == (not reading.problems)
        assert reading.file is None

    @pytest.mark.parametrize("name", [name for name, case in invalid.CASES.items() if isinstance(case, bytes)])
    def test_validate_is_the_same(self, name: str, tmp_path: Path) -> None:
        """Validating returns the problems of reading, for text and for files."""
        path = tmp_path / invalid.write(name, tmp_path)
        data = Path(path).read_bytes()

        assert vaekstaftale.validate_text(data) == read_text(data).problems
        assert vaekstaftale.validate_file(path) == read_file(path).problems == read_files([path])[0].problems
        assert read_file(path).file == str(path)

    def test_warnings_are_valid(self) -> None:
        """A file with warnings only is valid, and keeps its agreement."""
        reading = read_text(json.dumps(minimal(quotes=[{"exact": "x"}])))

        assert [problem.severity for problem in reading.problems] == [Severity.WARNING]
        assert reading.is_valid
        assert isinstance(reading.agreement, Agreement)

    def test_one_path(self) -> None:
        """A single path is a TypeError, which names the function for one file."""
        with pytest.raises(TypeError, match=r"read_file\(path\)"):
            read_files("a.json")

    def test_across(self) -> None:
        """Files are checked across, in the order of the paths."""
        readings = read_files(["missing.json", *FAMILY, FAMILY[0]])[1:]

        assert [len(reading.problems) for reading in readings] == [0] * len(FAMILY) + [1]
        assert readings[-1].problems[0].code == "duplicate-agreement-id"
        assert readings[-1].agreement == readings[0].agreement

    def test_many_files(self, tmp_path: Path) -> None:
        """Of a thousand files, broken ones do not hide others."""
        paths = []
        for number in range(1_000 - len(list(invalid.files()))):
            path = tmp_path / f"{number:04}.json"
            path.write_text(json.dumps(minimal(id=f"x-{number}")))
            paths.append(path)
        for number, (_, data) in enumerate(invalid.files()):
            path = tmp_path / f"broken-{number}.json"
            path.write_bytes(data)
            paths.append(path)
        readings = read_files(paths)

        assert len(readings) == 1_000
        assert [reading.file for reading in readings] == [str(path) for path in paths]
        assert all(reading.is_valid for reading in readings if "broken" not in str(reading.file))

    def test_plain_data(self, agreement: Agreement) -> None:
        """A reading is converted to plain JSON data by the converter."""
        reading = read_text(vaekstaftale.dumps(agreement))
        data = json.loads(json.dumps(vaekstaftale.make_converter().unstructure(reading)))

        assert data == {"agreement": vaekstaftale.to_dict(agreement), "problems": [], "unreached": [], "file": None}


def titles_are_long(agreement: Agreement) -> Iterator[Finding]:
    if len(agreement.title) < 10:
        yield Finding("acme/short-title", "the title is short", path="/title", hint="write more")


class TestOwnRules:
    def test_position(self, tmp_path: Path) -> None:
        """A problem of one's own has file, line and column, and is sorted among the others."""
        text = json.dumps(minimal(validity={"start": "2019", "end": "2018"}, note="x"), indent=1)
        path = tmp_path / "a.json"
        path.write_text(text)
        problems = read_file(path, rules=[titles_are_long]).problems

        assert [(problem.code, problem.line, problem.column) for problem in problems] == [
            ("acme/short-title", 4, 11),
            ("end-before-start", 20, 10),
        ]
        assert str(problems[0]) == f"{path}:4:11: error[acme/short-title] at /title: the title is short; write more"

    @pytest.mark.parametrize(
        ("path", "line"), [("/nothing", 1), ("/parties/9", 6), ("/parties/0/members/0", 7), ("", 1), ("/a~1b", 1)]
    )
    def test_pointer_to_nothing(self, path: str, line: int) -> None:
        """A pointer to something that the file leaves out is reported at the nearest enclosing value."""

        def rule(_: Agreement) -> list[Finding]:
            return [Finding("acme/x", "x", path=path)]

        [problem] = read_text(json.dumps(minimal(), indent=1), rules=[rule]).problems

        assert (problem.path, problem.line) == (path, line)

    def test_path_by_ids(self, agreement: Agreement) -> None:
        """A step into a list may be an id; the path of the problem has the index."""

        def rule(_: Agreement) -> list[Finding]:
            return [Finding("acme/x", "x", path="/initiatives/energi/commitments/dialog/text")]

        [problem] = validate(agreement, rules=[rule])
        [in_text] = read_text(vaekstaftale.dumps(agreement), rules=[rule]).problems

        assert problem.path == in_text.path == "/initiatives/0/commitments/1/text"
        assert in_text.line is not None

    def test_ten_thousand(self) -> None:
        """Errors are kept before warnings, and at most a hundred problems are reported."""

        def rule(_: Agreement) -> Iterator[Finding]:
            for number in range(10_000):
                severity = "error" if number % 1_000 == 0 else "warning"
                yield Finding("acme/x", str(number), path="/id", severity=severity)

        problems = read_text(json.dumps(minimal()), rules=[rule]).problems

        assert len(problems) == 101
        assert sum(problem.severity is Severity.ERROR for problem in problems) == 10
        assert problems[-1].message == "9900 more warnings were found"

    def test_runs_where_the_structure_is_valid(self) -> None:
        """A rule runs with problems of coherence, and not with problems of structure."""
        seen = []

        def rule(agreement: Agreement) -> list[Finding]:
            seen.append(agreement)
            return []

        for data in (minimal(title=""), minimal(translations={"da": "x"})):
            read_text(json.dumps(data), rules=[rule])

        assert len(seen) == 1

    def test_exceptions(self) -> None:
        """What a rule raises is not caught."""

        def rule(_: Agreement) -> list[Finding]:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            read_text(json.dumps(minimal()), rules=[rule])

    def test_validate(self, agreement: Agreement) -> None:
        """Agreements are validated with rules of one's own too, one or several."""
        short = attrs.evolve(agreement, title="kort")

        assert [problem.file for problem in validate(short, rules=[titles_are_long])] == [None]
        assert [problem.file for problem in validate([short], rules=[titles_are_long])] == [agreement.id]

    @pytest.mark.parametrize(
        ("error", "build"),
        [
            (ValueError, lambda: Finding("short-title", "x")),
            (ValueError, lambda: Finding("acme/x", "x", path="title")),
            (ValueError, lambda: Finding("acme/x", "x", severity="fatal")),
            (TypeError, lambda: read_text("{}", rules=cast("Any", titles_are_long))),
            (TypeError, lambda: read_text("{}", rules=cast("Any", ["x"]))),
            (TypeError, lambda: read_text(json.dumps(minimal()), rules=[lambda _: cast("Any", ["x"])])),
        ],
    )
    def test_misuse(self, error: type[Exception], build: Any) -> None:
        """A code without a prefix, a path that is no pointer, and anything but functions are refused."""
        with pytest.raises(error):
            build()


class TestAdvice:
    def test_bundled(self, agreement: Agreement) -> None:
        """The bundled agreement follows all advice."""
        assert validate(agreement, rules=advice.RULES) == ()

    def test_every_rule(self, agreement: Agreement) -> None:
        """Every optional rule reports its code as a warning, at the value that it is about."""
        changed = attrs.evolve(
            agreement,
            signed_on="2017",
            language="dansk",
            validity=ValidityPeriod(end="2018"),
            entities=[*agreement.entities, Entity(id="ubrugt", name="Ubrugt", kind="other")],
            initiatives=[
                *agreement.initiatives,
                Initiative(id="to", title="To", number=2, commitments=[Commitment(id="c", text="C", due_on="2019")]),
            ],
            general_commitments=[
                *agreement.general_commitments,
                Commitment(id="d", text="D", due_on="2016-12", quotes=agreement.quotes[:1]),
            ],
            sources=[
                *agreement.sources,
                Source(
                    id="uddrag", kind="other", text="nej", excerpt=True, published_on="2017", retrieved_on="2016-12-31"
                ),
            ],
            quotes=[Quote(exact="ja", source="uddrag")],
        )
        found = {
            problem.code: problem
            for problem in validate(changed, rules=advice.RULES)
            if problem.code.startswith("advice/")
        }

        assert {code: problem.path for code, problem in found.items()} == {
            "advice/unquoted-commitment": "/initiatives/3/commitments/0",
            "advice/due-after-end": "/initiatives/3/commitments/0/due_on",
            "advice/due-before-signing": "/general_commitments/0/due_on",
            "advice/retrieved-before-published": "/sources/1/retrieved_on",
            "advice/unquoted-validity": "/validity",
            "advice/unusual-language": "/language",
            "advice/unused-entity": "/entities/9",
            "advice/number-out-of-order": "/initiatives/3/number",
            "advice/quote-outside-excerpt": "/quotes/0/exact",
        }
        assert {problem.severity for problem in found.values()} == {Severity.WARNING}
        assert len(advice.RULES) == len(found)

    @pytest.mark.parametrize(
        ("tag", "hint"),
        [
            ("da", None),
            ("da-DK", None),
            ("en-GB-oed", None),
            ("uk", None),
            ("Dansk", "did you mean 'da'?"),
            ("dk-DK", "did you mean 'da-DK'?"),
            ("en-uk", "did you mean 'en-GB'?"),
            ("engelsk", "did you mean 'en'?"),
        ],
    )
    def test_unusual_language(self, tag: str, hint: str | None) -> None:
        """A tag that is not registered, but that people write, is reported with the usual one."""
        data = minimal(translations={tag: "X"}, language="sv")
        found = read_text(json.dumps(data), rules=[advice.unusual_language]).problems

        assert [(problem.path, problem.hint) for problem in found] == ([(f"/translations/{tag}", hint)] if hint else [])


class TestCommand:
    def test_rule(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """A rule is imported from the current folder."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.syspath_prepend(tmp_path)
        (tmp_path / "acme_rules.py").write_text(
            "import vaekstaftale\n"
            "def rule(agreement):\n"
            "    yield vaekstaftale.Finding('acme/x', 'found', path='/title', severity='warning')\n"
        )
        (tmp_path / "a.json").write_text(json.dumps(minimal()))

        assert cli.main(["validate", "--rule", "acme_rules:rule", "--rule", "acme_rules:rule", "a.json"]) == 0
        assert capsys.readouterr().out.count("warning[acme/x] at /title: found") == 2

    @pytest.mark.parametrize(
        "name", ["no_such_module:rule", "json:no_such_function", "json:__name__", "json", ":x", "a b"]
    )
    def test_rule_that_is_missing(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A rule that cannot be imported is wrong usage."""
        with pytest.raises(SystemExit) as caught:
            cli.main(["validate", "--rule", name, "a.json"])

        assert caught.value.code == 2
        assert repr(name) in capsys.readouterr().err.splitlines()[-1]

    def test_closing_line(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The closing line states what was not checked, if the content of a file is why."""
        for name, text, expected in (("a", "{}", True), ("b", json.dumps(minimal()), False)):
            path = tmp_path / f"{name}.json"
            path.write_text(text)
            cli.main(["validate", str(path)])
            assert ("checked once these are fixed" in capsys.readouterr().err) is expected
        cli.main(["validate", str(tmp_path / "missing.json")])
        assert "checked once" not in capsys.readouterr().err
