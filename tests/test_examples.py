"""Invalid files, and exactly what the library and the command line report for them.

The files are the cases of `invalid.py`. The expected output is in `examples/invalid/expected.txt`: a heading for each
case, followed by its lines. With `WRITE_PROBLEMS=1` in the environment, the tests write that file; review it before you
commit.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLES, validate_files
from invalid import BASE, CASES, changed, files_of, write

import vaekstaftale
from vaekstaftale import InvalidAgreement, cli
from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.validation.codes import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPECTED = EXAMPLES / "invalid" / "expected.txt"
WRITE_PROBLEMS = bool(os.environ.get("WRITE_PROBLEMS"))
ALL_CODES = {code for codes in STAGES.values() for code in codes}


def code_of(name: str) -> str:
    """Return the code that a case is named after, or an empty string if there is none."""
    return max((code for code in ALL_CODES if name.startswith(f"{code}-")), key=len, default="")


def max_bytes_of(name: str) -> int:
    """Return the size limit under which a case is validated."""
    return 500 if code_of(name) == "file-too-large" else MAX_BYTES


def read_expected() -> dict[str, str]:
    """Return the expected output of each case."""
    _, *parts = re.split(r"\n?^# (.+)\n", EXPECTED.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.fixture(scope="module")
def expected() -> Iterator[dict[str, str]]:
    """Yield the expected output of each case; if `WRITE_PROBLEMS` is set, write the changed output afterwards."""
    output = read_expected()
    if not WRITE_PROBLEMS:
        yield output
        return
    output = {name: output[name] for name in CASES if name in output}
    yield output
    text = "\n".join(f"# {name}\n{output[name]}" for name in CASES if name in output)
    EXPECTED.write_text(text, "utf-8", newline="\n")


def test_every_code_has_a_case() -> None:
    """Every code has a case, and every case is named after a code."""
    missing = sorted(ALL_CODES - {code_of(name) for name in CASES})
    names = " and one named ".join(f"'{code}-…'" for code in missing)
    assert not missing, (
        f"no invalid example for: {', '.join(missing)}. Add a case named {names} to CASES in tests/invalid.py"
    )
    unknown = [name for name in CASES if not code_of(name)]
    assert not unknown, (
        f"named after no code: {', '.join(unknown)}. Rename them to '<code>-<what>' in CASES in tests/invalid.py"
    )


def test_all_expected_output_is_of_a_case(expected: dict[str, str]) -> None:
    """Every heading of the expected output is the name of a case."""
    unknown = sorted(expected.keys() - CASES.keys())
    assert not unknown, (
        f"expected output, but no case: {', '.join(unknown)}. "
        "Delete it from tests/examples/invalid/expected.txt, or add the case to CASES in tests/invalid.py"
    )


def test_base_is_valid() -> None:
    """Nothing is reported for the file that the cases change."""
    assert list(vaekstaftale.validate_text(BASE)) == []


@pytest.mark.parametrize(("old", "count"), [("kyst", 5), ("nowhere", 0)])
def test_changes_occur_once(old: str, count: int) -> None:
    """A change whose old text does not occur exactly once raises ValueError."""
    with pytest.raises(ValueError, match=f"^'{old}' occurs {count} times"):
        changed((old, "new"))


@pytest.mark.parametrize("name", CASES)
def test_problems(
    name: str,
    expected: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exactly the expected lines are reported for each case."""
    monkeypatch.chdir(tmp_path)
    path = write(name, tmp_path)
    limit = max_bytes_of(name)
    status = cli.main(["validate", path, "--max-bytes", str(limit)])
    printed = capsys.readouterr().out
    if WRITE_PROBLEMS:
        expected[name] = printed

    assert name in expected, (
        f"no expected output for '{name}'. Run `WRITE_PROBLEMS=1 pytest tests/test_examples.py`, "
        "and read the lines that it adds to tests/examples/invalid/expected.txt"
    )
    assert expected[name] == printed, (
        "run `WRITE_PROBLEMS=1 pytest tests/test_examples.py`, and read the lines that change in expected.txt"
    )
    assert f"[{code_of(name)}]" in printed
    assert status == (2 if code_of(name) == "unreadable-file" else int(": error[" in printed))
    is_folder = Path(path).is_dir()
    files = [str(file) for file in sorted(Path(path).glob("*.json"))] if is_folder else [path]
    problems = [problem for file_problems in validate_files(files, max_bytes=limit) for problem in file_problems]
    assert printed.splitlines() == [str(problem) for problem in problems]
    for problem in problems:
        assert ("did you mean" in (problem.hint or "")) <= (problem.suggestion is not None), problem
    if not is_folder:
        assert printed.splitlines() == [str(problem) for problem in vaekstaftale.validate_file(path, max_bytes=limit)]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if isinstance(case, bytes)])
def test_loading_agrees(name: str) -> None:
    """Loading a file raises the problems that validation reports, except those of the evidence stage."""
    [data] = files_of(name).values()
    limit = max_bytes_of(name)
    expected = [
        problem
        for problem in vaekstaftale.validate_text(data, max_bytes=limit)
        if problem.code not in STAGES["evidence"]
    ]
    if not expected:
        vaekstaftale.loads(data, max_bytes=limit)
        return
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.loads(data, max_bytes=limit)

    assert expected == list(caught.value.problems)
