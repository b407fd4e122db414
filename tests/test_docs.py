"""The documentation states what the code does."""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar, cast

import pytest
from conftest import validate_files
from fastapi.testclient import TestClient
from test_architecture import LAYERS

import vaekstaftale
from vaekstaftale import advice, limits
from vaekstaftale.cli import parser
from vaekstaftale.cli.formats import FORMATS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_tables_of_keys() -> None:
    """The tables in the file format are those that the classes generate."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    tables: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)

    assert tables.page() == (DOCS / "file-format.md").read_text("utf-8"), "run python docs/generate.py"
    assert tables.page().count("| key | value | meaning |") == 10


def test_every_public_name() -> None:
    """Every public name is on a page of the API."""
    page = "".join(page.read_text("utf-8") for page in DOCS.glob("api*.md"))
    missing = {name for name in vaekstaftale.__all__ if not re.search(rf"\b{name}\b", page)}

    assert missing == set(), "document these public names in docs/api-….md"


def test_options() -> None:
    """Every option of every command is documented."""
    pages = "".join(page.read_text("utf-8") for page in DOCS.glob("*.md"))
    [commands] = [action for action in parser()._actions if isinstance(action.choices, dict)]
    for command, arguments in dict(cast("Any", commands.choices)).items():
        for action in arguments._actions:
            for option in set(action.option_strings) - {"-h", "--help"}:
                assert re.search(rf"`[^`]*{option}\b|vaekstaftale {command}.* {option}\b", pages), (
                    f"document {option} of `vaekstaftale {command}` in docs/checking.md"
                )


def test_limits() -> None:
    """The limits of the file format are stated as they are in the code."""
    block = (Path(vaekstaftale.__file__).parent / "limits.py").read_text("utf-8").partition("# --- Reading")[0]
    for name in re.findall(r"^(MAX_\w+) =", block, re.MULTILINE):
        number = f"{getattr(limits, name):,}"
        page = DOCS.joinpath("file-format.md").read_text("utf-8").partition("## Limits")[2]
        assert re.search(rf"\| {number}\b", page), f"state {name}, which is {number}, in docs/file-format.md, Limits"
    security = (ROOT / "SECURITY.md").read_text("utf-8")
    rules = (DOCS / "rules.md").read_text("utf-8")
    for stated in (limits.MAX_COMPARED_LETTERS, limits.MAX_END_LETTERS):
        assert re.search(rf"\b{stated:,}\b", rules), f"state the limit {stated:,} in docs/rules.md"
    for stated in (limits.MAX_BYTES, limits.MAX_DEPTH, limits.MAX_NUMBER_LENGTH, limits.MAX_PROBLEMS):
        assert re.search(rf"\b{stated:,}\b", security), f"state the limit {stated:,} in SECURITY.md"


def test_strengths() -> None:
    """Every strength has a row in the glossary and a colour on the page."""
    glossary = (DOCS / "glossary.md").read_text("utf-8")
    style = (Path(vaekstaftale.__file__).parent / "data" / "page.css").read_text("utf-8")
    for strength in vaekstaftale.Strength:
        row = f"| `{strength.name}` | `{strength.value}` |"
        assert row in glossary, f"add a row with {row} to docs/glossary.md"
        for rule in (f".{strength.value} ", f".f-{strength.value} "):
            assert rule in style, f"add {rule}to data/page.css"


def test_layers() -> None:
    """CONTRIBUTING states the layers that the test of the architecture checks."""
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = re.findall(r"^\| ([1-8]) \| (.*) \|$", page, re.MULTILINE)
    stated = {int(number): set(re.findall(r"`(\w+)`", names)) for number, names in table}
    private = {"__init__", "__main__"}

    assert stated == {number: layer - private for number, layer in enumerate(LAYERS, start=1)}, (
        "the table of layers in CONTRIBUTING.md differs from LAYERS in tests/test_architecture.py"
    )


def test_first_file() -> None:
    """The whole agreement file of the page about writing is the file that the examples use, and canonical."""
    [text] = re.findall(r"```json\n(\{.*?)```", (DOCS / "write-a-record.md").read_text("utf-8"), re.DOTALL)

    assert text == (DOCS / "examples" / "min-region.json").read_text("utf-8")
    assert text == vaekstaftale.dumps(vaekstaftale.loads(text))


def test_second_command() -> None:
    """The README has exactly one line that installs what the tests need and runs them."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()

    assert len([line for line in lines if re.fullmatch("pip install -e .*pytest", line)]) == 1


PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])


def prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as the hosting platform and the documentation build them."""
    headings = re.findall(r"^#{1,4} (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links(page: Path) -> None:
    """Every link to a page, a heading or a file of ours has a target."""
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, anchor = target.partition("#")
        if not re.match("https?:", target):
            file = page.parent / path if path else page
            if not file.exists() or (anchor and anchor not in anchors(file)):
                broken.append(target)

    assert broken == []


def test_index() -> None:
    """The index links to every page, and to what people look for first."""
    index = (DOCS / "index.md").read_text("utf-8")

    listed = index + (DOCS / "api.md").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        assert page.name == "index.md" or re.search(rf"^{page.stem}$", listed, re.MULTILINE), page
    for wish in ("Use it in a program", "Write a record", "Understand a problem"):
        assert wish in index


@pytest.mark.parametrize("file", ["docs/checking.md", "tests/test_cli.py"])
def test_output_formats(file: str) -> None:
    """Every output format except the default has an example and a test."""
    used = set(re.findall(r'--format"?,? "?(\w+)', (ROOT / file).read_text("utf-8")))

    assert set(FORMATS) - {"text"} - used == set(), f"use these values of --format in {file}"


class TestRules:
    BASE: ClassVar[dict[str, Any]] = {
        "format_version": "1.0",
        "id": "x",
        "title": "X",
        "language": "da",
        "parties": [{"id": "regeringen", "name": "Regeringen"}, {"id": "region", "name": "Region"}],
        "sources": [{"id": "s", "kind": "other"}],
    }
    PAGE = (DOCS / "rules.md").read_text("utf-8")
    SECTIONS: ClassVar[dict[str, str]] = dict(
        re.findall(r"^### `([a-z0-9/-]+)`\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    )

    def test_one_heading_a_code(self) -> None:
        """Every heading of the third level is a code, once; `test_complete` compares them with what is reported."""
        assert len(self.SECTIONS) == self.PAGE.count("\n### "), "each ### heading in docs/rules.md must be one `code`"

    @pytest.mark.parametrize("code", SECTIONS)
    def test_examples(self, code: str) -> None:
        """A wrong example has a problem with its code only, and a right one has no problem."""
        examples = re.findall(
            r"^(Wrong|Right):\n\n((?:```\w+\n.*?```\n+)+)", self.SECTIONS[code], re.DOTALL | re.MULTILINE
        )
        for verdict, blocks in examples:
            files = [
                ("x", text.encode() if kind == "text" else json.dumps({**self.BASE, **json.loads(text)}).encode())
                for kind, text in re.findall(r"```(\w+)\n(.*?)\n```", blocks, re.DOTALL)
            ]
            rules = advice.RULES if code.startswith("advice/") else ()
            found = {problem.code for problems in validate_files(files, rules=rules) for problem in problems}
            if rules:  # the examples are short, so other advice applies too
                found &= {code}

            # A text example is not a whole agreement, so keys are missing too.
            assert ({code} if verdict == "Wrong" else set()) == found - {"missing-key"} | (found & {code}), blocks
        executed = "```console" in self.SECTIONS[code] or "```python" in self.SECTIONS[code]
        assert executed or "Wrong" in dict(examples)


@pytest.mark.slow
def test_generated_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that is generated from the document of the web service sends an agreement, and reads the answers."""
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / "web-service.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    source = "\n".join(line[4:] for line in blocks[0].splitlines() if line[:4] in (">>> ", "... "))
    exec(compile(source, "web-service.md", "exec", dont_inherit=True), names)  # noqa: S102 - our own example
    (tmp_path / "openapi.json").write_text(json.dumps(names["app"].openapi()), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "openapi-python-client"), "generate", "--meta", "none"]
    options = ["--path", "openapi.json", "--output-path", "client"]
    subprocess.run([*command, *options], check=True, cwd=tmp_path, capture_output=True)
    monkeypatch.syspath_prepend(tmp_path)
    models = importlib.import_module("client.models")
    agreement = vaekstaftale.bundled.load("syddanmark-2017")
    sent = models.Agreement.from_dict(vaekstaftale.to_dict(agreement)).to_dict()
    service = TestClient(names["app"])
    added = service.post("/agreements", json=sent)
    refused = service.post("/agreements", json={**sent, "titel": "X"})

    assert vaekstaftale.from_dict(sent) == agreement
    assert models.Added.from_dict(added.json()).id == agreement.id
    assert models.Report.from_dict(refused.json()).problems[0].code == "unknown-key"


def test_generated_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of the command line, and the copy of the page about problems, are as they are generated."""
    monkeypatch.syspath_prepend(DOCS)
    generate = importlib.import_module("generate")

    assert (DOCS / "command-line.md").read_text("utf-8") == generate.command_page(), "run python docs/generate.py"
    assert generate.PACKAGED_RULES.read_text("utf-8") == (DOCS / "rules.md").read_text("utf-8")
