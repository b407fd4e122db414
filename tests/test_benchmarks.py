"""The benchmarks run, with tiny sizes. Nothing here measures time.

What needs another library is skipped without it: they are in the extra `benchmark`.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from vaekstaftale import Agreement
from vaekstaftale.model.forms import Form
from vaekstaftale.serialization import json_library
from vaekstaftale.serialization.shapes import SHAPES

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import hostile
import peers
import questions
import side_by_side

pytestmark = pytest.mark.slow

if sys.platform != "linux":
    pytest.skip("the benchmarks read the memory of a process from /proc", allow_module_level=True)

DOCUMENTATION = Path(__file__).parent.parent / "docs" / "performance.md"

needs_libraries = pytest.mark.skipif(
    not all(map(find_spec, peers.LIBRARIES)), reason="the extra `benchmark` is not installed"
)


@pytest.fixture(autouse=True)
def _same_json_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what a benchmark sets."""
    monkeypatch.setattr(json_library, "ORJSON", json_library.ORJSON)


@pytest.mark.parametrize("library", peers.LIBRARIES)
def test_peer_reads_agreement(library: str) -> None:
    """The generated classes of each library read the bundled agreement, and know all keys and no others."""
    pytest.importorskip(library)
    peer = peers.load(library)

    assert peer.read(side_by_side.RAW).id == "syddanmark-2017"
    for cls, shape in SHAPES.items():
        fields = {name for name in getattr(peer, cls.__name__).__annotations__ if name != "model_config"}
        assert {key.lstrip("$") for key in shape.forms} == {name.rstrip("_") for name in fields}
    with pytest.raises(Exception, match="titel"):
        peer.read(side_by_side.RAW.replace(b'"title"', b'"titel"', 1))


@pytest.mark.parametrize("library", [*peers.LIBRARIES, peers.CHECKED])
def test_peer_stands_alone(library: str) -> None:
    """The module of a library does not import vaekstaftale, whose import would be measured with it."""
    assert "vaekstaftale" not in peers.source_of(library)


def test_unknown_form() -> None:
    """For a new kind of form, the error names the file to edit."""
    with pytest.raises(NotImplementedError, match=r"Form: register a function for it in benchmarks/peers\.py"):
        peers.annotation_of(Form(), peers.Source(peers.LIBRARIES["pydantic"]))


@needs_libraries
def test_accepted_inputs(capsys: pytest.CaptureFixture[str]) -> None:
    """The documentation lists which wrong inputs each library accepts."""
    side_by_side.check_wrong_inputs()
    lists = [line for line in capsys.readouterr().out.splitlines() if line.startswith("- ")]

    assert len(lists) == len(side_by_side.ALL) + 1
    assert set(lists) <= set(DOCUMENTATION.read_text("utf-8").splitlines())


@needs_libraries
def test_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Every comparison prints rows with all columns."""
    lines = tmp_path / "lines"
    side_by_side.write_lines(lines, 2)
    side_by_side.print_head()
    side_by_side.compare_one_agreement(1)
    side_by_side.compare_start(1)
    side_by_side.compare_lines(lines, 2, 1)
    side_by_side.compare_holding(lines, 2, 1)
    rows = [line for line in capsys.readouterr().out.splitlines() if line]

    assert {row.count("|") for row in rows} == {len(side_by_side.NAMES) + 3}
    assert len({row.split("|")[1] for row in rows}) == len(rows)


@needs_libraries
def test_same_work(capsys: pytest.CaptureFixture[str]) -> None:
    """The library is compared with pydantic that makes the same checks, and accepts no wrong input either."""
    side_by_side.compare_same_work(1)
    read = peers.load(peers.CHECKED).read

    assert [line.count("|") for line in capsys.readouterr().out.splitlines() if line] == [5] * 4
    assert read(side_by_side.RAW).id == "syddanmark-2017"
    assert not any(side_by_side.is_accepted(read, text) for text in side_by_side.wrong_inputs().values())


def test_growth(capsys: pytest.CaptureFixture[str]) -> None:
    """The table of growth has a row for each number of agreements, and leaves the JSON library as it was."""
    before = json_library.ORJSON
    side_by_side.grow([1, 2])

    assert json_library.ORJSON is before
    assert [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines()[-2:]] == ["1", "2"]


def test_command(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is compared with check-jsonschema, or a line states that this is not installed."""
    if find_spec("check_jsonschema"):
        side_by_side.compare_command(2, 1)
        assert "| 2 files through the command (first column: check-jsonschema) |" in capsys.readouterr().out
    monkeypatch.setattr(side_by_side, "find_spec", lambda _name: None)
    side_by_side.compare_command(2, 1)

    assert "2 files through the command: skipped, because check-jsonschema is not installed" in capsys.readouterr().out


@pytest.mark.parametrize("name", hostile.SHAPES)
def test_hostile_shape(name: str) -> None:
    """Every hostile shape can be built, and is as large as is accepted at most."""
    assert 0 < hostile.size_of(hostile.SHAPES[name]()) <= hostile.SIZE


def test_hostile_status(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The exit status is 1 if a shape breaks the promise."""
    monkeypatch.setattr(hostile, "FIRST", hostile.Promise(float("inf"), float("inf")))
    monkeypatch.setattr(hostile, "is_within_promise", hostile.measure)
    monkeypatch.setattr(sys, "argv", ["hostile.py", "long number"])
    assert hostile.main() == 0
    monkeypatch.setattr(hostile, "FIRST", hostile.Promise(float("inf"), 0))
    assert hostile.main() == 1

    assert [" ! " in line for line in capsys.readouterr().out.splitlines()] == [False, True]


@pytest.mark.parametrize("question", questions.QUESTIONS)
def test_question(question: str) -> None:
    """A question and the comprehension beside it have the same answer, which is not empty."""
    ours, plain = questions.QUESTIONS[question]
    agreements = questions.held(3)
    answer = ours(agreements)

    assert answer
    assert plain(agreements) == (answer if isinstance(answer, Agreement) else list(answer))
