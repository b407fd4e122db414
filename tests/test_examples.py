"""Wrong files, and to the letter what is told of them: through the library and the command line alike.

`<code>-<what>.json` is a wrong file, `<code>-<what>/` a folder of files that are wrong together, and
`<code>-<what>.problems.txt` what is told. With `WRITE_PROBLEMS=1` in the environment the test writes what is told, to
be read and judged before it is committed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import EXAMPLES

import vaekstaftale
from vaekstaftale import InvalidAgreement, cli
from vaekstaftale._sure import MAX_BYTES
from vaekstaftale.errors import CODES
from vaekstaftale.validation import validate_files

INVALID = EXAMPLES / "invalid"
EXPECTED = sorted(INVALID.glob("*.problems.txt"))
NAMES = sorted({path.name.partition(".")[0] for path in INVALID.iterdir()})


def code_of(name: str) -> str:
    """Give the code that a case is named after."""
    codes = [code for codes in CODES.values() for code in codes if name.startswith(f"{code}-")]
    return max(codes, key=len)


def test_every_code_has_a_case() -> None:
    """Every code has a case, and every case a code."""
    assert {code for codes in CODES.values() for code in codes} == {code_of(name) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_problems(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each wrong file gets exactly the lines that are written down for it."""
    monkeypatch.chdir(INVALID)
    folder = Path(name)
    file = str(folder) if folder.is_dir() else f"{name}.json"
    limit = 500 if code_of(name) == "file-too-large" else MAX_BYTES
    status = cli.main(["validate", file, "--max-bytes", str(limit)])
    told = capsys.readouterr().out
    expected = Path(f"{name}.problems.txt")
    if os.environ.get("WRITE_PROBLEMS"):
        expected.write_text(told, "utf-8")

    assert expected.read_text("utf-8") == told
    assert f"[{code_of(name)}]" in told
    assert status == (2 if code_of(name) == "unreadable-file" else int(": error[" in told))
    files = [str(path) for path in sorted(folder.glob("*.json"))] if folder.is_dir() else [file]
    problems = [problem for one in validate_files(files, max_bytes=limit) for problem in one]
    assert told.splitlines() == [str(problem) for problem in problems]
    if not folder.is_dir():
        assert told.splitlines() == [str(one) for one in vaekstaftale.validate_file(file, max_bytes=limit)]


@pytest.mark.parametrize("name", [name for name in NAMES if (INVALID / f"{name}.json").exists()])
def test_loading_agrees(name: str) -> None:
    """What does not load raises the same problems, evidence aside."""
    data = (INVALID / f"{name}.json").read_bytes()
    limit = 500 if code_of(name) == "file-too-large" else MAX_BYTES
    expected = [
        problem
        for problem in vaekstaftale.validate_text(data, max_bytes=limit)
        if problem.code not in CODES["evidence"]
    ]
    if not expected:
        vaekstaftale.loads(data, max_bytes=limit)
        return
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.loads(data, max_bytes=limit)

    assert expected == list(caught.value.problems)
