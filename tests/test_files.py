"""Reading and writing strings and files: paths, limits, and replacing a file in one step."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from conftest import FAMILY, minimal

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Commitment,
    Initiative,
    InvalidAgreement,
    Party,
    Quote,
    Relation,
    Severity,
)
from vaekstaftale.files import disk, reading
from vaekstaftale.files.writing import format_file
from vaekstaftale.problems import RawFinding
from vaekstaftale.validation import across, checking
from vaekstaftale.validation.rule import Rule, Several

if TYPE_CHECKING:
    from collections.abc import Iterator


def codes(error: pytest.ExceptionInfo[InvalidAgreement]) -> list[str]:
    return [problem.code for problem in error.value.problems]


class TestLoads:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("", "json-syntax"),
            ("{", "json-syntax"),
            ('{"a": 1, "a": 2}', "json-duplicate-key"),
            ("[NaN]", "json-syntax"),
            ("1e999", "json-number"),
            ("[" * 100_000, "json-too-deep"),
            (b"\xff", "json-encoding"),
            ('"\\ud800"', "json-encoding"),
            ("[]", "wrong-type"),
            (" " * 1_000_001, "file-too-large"),
        ],
    )
    def test_refused(self, text: str | bytes, code: str) -> None:
        """Text that is not an agreement raises InvalidAgreement with the code of the problem."""
        with pytest.raises(InvalidAgreement) as caught:
            vaekstaftale.loads(text)

        assert code in codes(caught)

    def test_byte_order_mark(self, agreement: Agreement) -> None:
        """A byte order mark is ignored, in bytes and in a string."""
        text = "\ufeff" + vaekstaftale.dumps(agreement)

        assert agreement == vaekstaftale.loads(text) == vaekstaftale.loads(text.encode())

    @pytest.mark.parametrize(
        ("value", "instead"),
        [
            (None, ""),
            (3, ""),
            ({}, r"from_dict\(data\)"),
            (io.StringIO("{}"), r"loads\(file\.read\(\)\)"),
            (Path("a.json"), r"load\(path\)"),
        ],
    )
    def test_type(self, value: Any, instead: str) -> None:
        """A value that is neither a string nor bytes raises a TypeError that says what to call instead."""
        with pytest.raises(TypeError, match=f"^text must be a str or bytes, not .*{instead}"):
            vaekstaftale.loads(value)

    @pytest.mark.parametrize("kind", [bytearray, memoryview])
    def test_other_types_of_bytes(self, kind: Any, agreement: Agreement) -> None:
        """Bytes of any type are read."""
        assert agreement == vaekstaftale.loads(kind(vaekstaftale.dumps(agreement).encode()))

    def test_file_of_a_text(self) -> None:
        """The problems of a text state the name that the caller gives it."""
        reading = vaekstaftale.read_text("{", file="a.json")
        problems = [
            *vaekstaftale.validate_text("{", file="a.json"),
            *reading.problems,
        ]
        with pytest.raises(InvalidAgreement) as caught:
            vaekstaftale.loads("{", file="a.json")

        assert [problem.file for problem in (*problems, *caught.value.problems)] == ["a.json"] * 3
        assert reading.file == "a.json"

    def test_limit(self, agreement: Agreement) -> None:
        """The limit is a number of bytes, for reading and for writing."""
        text = vaekstaftale.dumps(agreement)
        size = len(text.encode())

        assert agreement == vaekstaftale.loads(text, max_bytes=size)
        assert text == vaekstaftale.dumps(agreement, max_bytes=size)
        for action in (lambda: vaekstaftale.loads(text, max_bytes=size - 1),
                       lambda: vaekstaftale.dumps(agreement, max_bytes=size - 1)):  # fmt: skip
            with pytest.raises(InvalidAgreement) as caught:
                action()

            assert codes(caught) == ["file-too-large"]


class TestLoad:
    def test_path(self, agreement: Agreement, tmp_path: Path) -> None:
        """A path is a string or an os.PathLike."""
        vaekstaftale.dump(agreement, tmp_path / "a.json")

        assert agreement == vaekstaftale.load(tmp_path / "a.json") == vaekstaftale.load(str(tmp_path / "a.json"))

    def test_missing(self, tmp_path: Path) -> None:
        """A path that cannot be opened raises what `open` raises."""
        with pytest.raises(FileNotFoundError):
            vaekstaftale.load(tmp_path / "a.json")
        with pytest.raises(IsADirectoryError):
            vaekstaftale.load(tmp_path)

    def test_problems_name_the_file(self, tmp_path: Path) -> None:
        """Problems name their file by the path that was given."""
        path = tmp_path / "a.json"
        path.write_text("{}")
        with pytest.raises(InvalidAgreement) as caught:
            vaekstaftale.load(path)

        assert {str(path)} == {problem.file for problem in caught.value.problems}
        assert str(caught.value).startswith(f"{path}:1:1: error[missing-key]: the key 'format_version' is missing")

    @pytest.mark.parametrize("file", [io.StringIO("{}"), io.BytesIO(b"{}")])
    def test_open_file(self, file: Any) -> None:
        """An open file raises a TypeError with advice."""
        with pytest.raises(TypeError, match=r"loads\(file\.read\(\)\)"):
            vaekstaftale.load(file)


class TestDump:
    def test_incoherent(self, agreement: Agreement, tmp_path: Path) -> None:
        """An agreement that could not be read again is not written, and the old file is unchanged."""
        path = tmp_path / "a.json"
        path.write_text("old")
        wrong = attrs.evolve(agreement, parties=[Party(id="nobody", name="Ingen")])
        with pytest.raises(InvalidAgreement) as caught:
            vaekstaftale.dump(wrong, path)

        assert {"unknown-id"} == set(codes(caught))
        assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.json", "old")]

    def test_wrong_types(self, agreement: Agreement, tmp_path: Path) -> None:
        """Only agreements are written, and only to paths."""
        with pytest.raises(TypeError, match="agreement must be an Agreement, not dict"):
            vaekstaftale.dumps({})  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="agreement must be an Agreement"):
            vaekstaftale.to_dict(None)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"file\.write\(dumps\(agreement\)\)"):
            vaekstaftale.dump(agreement, io.StringIO())  # type: ignore[arg-type]
        assert list(tmp_path.iterdir()) == []

    def test_bytes(self, agreement: Agreement, tmp_path: Path) -> None:
        """The file is in UTF-8, byte for byte in canonical form, or the same data on one line."""
        path = tmp_path / "a.json"
        vaekstaftale.dump(agreement, path)

        assert vaekstaftale.dumps(agreement).encode() == path.read_bytes()
        vaekstaftale.dump(agreement, path, indent=None)
        assert json.dumps(vaekstaftale.to_dict(agreement), ensure_ascii=False, separators=(",", ":")) == path.read_text(
            "utf-8"
        )

    def test_permissions(self, agreement: Agreement, tmp_path: Path) -> None:
        """A new file has the permissions of any new file, and an existing file keeps its own."""
        new, old, plain = tmp_path / "new.json", tmp_path / "old.json", tmp_path / "plain"
        plain.write_text("x")
        old.write_text("x")
        old.chmod(0o640)
        vaekstaftale.dump(agreement, new)
        vaekstaftale.dump(agreement, old)

        assert stat.S_IMODE(plain.stat().st_mode) == stat.S_IMODE(new.stat().st_mode)
        assert stat.S_IMODE(old.stat().st_mode) == 0o640

    def test_symbolic_link(self, agreement: Agreement, tmp_path: Path) -> None:
        """Writing to a symbolic link writes its target and keeps the link."""
        link, target = tmp_path / "link.json", tmp_path / "target.json"
        link.symlink_to(target)
        vaekstaftale.dump(agreement, link)

        assert link.is_symlink()
        assert agreement == vaekstaftale.load(target)

    def test_folder(self, agreement: Agreement, tmp_path: Path) -> None:
        """A folder is not overwritten, and a missing folder is not created."""
        with pytest.raises(IsADirectoryError):
            vaekstaftale.dump(agreement, tmp_path)
        with pytest.raises(FileNotFoundError):
            vaekstaftale.dump(agreement, tmp_path / "no" / "a.json")

    def test_missing_folder(self, agreement: Agreement, tmp_path: Path) -> None:
        """The error for a missing folder names the file that was asked for."""
        path = tmp_path / "no" / "a.json"
        with pytest.raises(FileNotFoundError) as caught:
            vaekstaftale.dump(agreement, path)

        assert caught.value.filename == str(path)

    @pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
    def test_failure(self, call: str, agreement: Agreement, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whichever call fails, the old file is unchanged and no other file is left."""
        path = tmp_path / "a.json"
        path.write_text("old")

        def full(*_args: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, call, full)
        with pytest.raises(OSError, match="No space left"):
            vaekstaftale.dump(agreement, path)

        assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.json", "old")]

    def test_failure_in_the_content(self, tmp_path: Path) -> None:
        """A failure while the content is generated leaves no file."""
        path = tmp_path / "a.json"

        def chunks() -> Any:
            yield b"new"
            raise RuntimeError("broken")

        with pytest.raises(RuntimeError, match="broken"):
            disk.replace_file(path, chunks())

        assert list(tmp_path.iterdir()) == []


class TestSeveral:
    def test_dump_into_a_pipe(self, agreement: Agreement, tmp_path: Path) -> None:
        """A named pipe is written to and not replaced by a file."""
        path = tmp_path / "pipe"
        os.mkfifo(path)
        with ThreadPoolExecutor() as pool:
            reading = pool.submit(path.read_text, "utf-8")
            vaekstaftale.dump(agreement, path)

        assert reading.result() == vaekstaftale.dumps(agreement)
        assert path.is_fifo()

    @pytest.mark.parametrize("paths", ["a.json", FAMILY[0]])
    def test_load_all_of_one_path(self, paths: Any) -> None:
        """A single path instead of several raises TypeError, although a string is iterable."""
        with pytest.raises(TypeError, match=r"use load\(path\)"):
            vaekstaftale.load_all(paths)

    def test_load_all(self, tmp_path: Path) -> None:
        """Every bad file is reported, and none hides another."""
        (tmp_path / "a.json").write_text("[]")
        (tmp_path / "b.json").write_text("{")
        with pytest.raises(InvalidAgreement) as caught:
            vaekstaftale.load_all([*sorted(tmp_path.glob("*.json")), tmp_path / "c.json", *FAMILY])

        assert [(os.path.basename(problem.file or ""), problem.code) for problem in caught.value.problems] == [
            ("a.json", "wrong-type"),
            ("b.json", "json-syntax"),
            ("c.json", "unreadable-file"),
        ]

    def test_across(self) -> None:
        """The files are checked against one another."""
        with pytest.raises(InvalidAgreement) as caught:
            vaekstaftale.load_all([FAMILY[0], FAMILY[0]])

        assert codes(caught) == ["duplicate-agreement-id"]

    def test_at_most_a_hundred_a_file(self, tmp_path: Path) -> None:
        """The number of problems is limited for each file, so that no file hides the problems of another."""
        for name in ("a.json", "b.json"):
            (tmp_path / name).write_text(json.dumps({str(number): 0 for number in range(200)}))
        with pytest.raises(InvalidAgreement) as caught:
            vaekstaftale.load_all(sorted(tmp_path.glob("*.json")))

        assert len(caught.value.problems) == 202
        assert [caught.value.problems[index].code for index in (100, 201)] == ["more-problems"] * 2

    def test_quotes_are_for_validate(self, tmp_path: Path, agreement: Agreement) -> None:
        """Loading does not check whether quotes occur in their sources."""
        wrong = attrs.evolve(agreement, quotes=[vaekstaftale.Quote(exact="står her ikke")])
        vaekstaftale.dump(wrong, tmp_path / "a.json")

        assert [wrong] == list(vaekstaftale.load_all([tmp_path / "a.json"]))


class TestPipes:
    def test_without_writer(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A named pipe that nobody writes to cannot be read, and is not waited for."""
        monkeypatch.setattr(disk, "_PIPE_TIMEOUT", 10)
        path = tmp_path / "pipe"
        os.mkfifo(path)
        [problem] = vaekstaftale.validate_file(path)

        assert (problem.code, problem.message) == (
            "unreadable-file",
            "cannot be read: nobody writes to this named pipe",
        )
        with pytest.raises(OSError, match="nobody writes"):
            vaekstaftale.load(path)

    @pytest.mark.parametrize("chunks", [[b""], [b"{", b"}"], [b" " * 100_000, b"{}"]])
    def test_with_writer(self, chunks: list[bytes], tmp_path: Path) -> None:
        """What is written to a named pipe is read to its end, also if it comes slowly."""
        path = tmp_path / "pipe"
        os.mkfifo(path)

        def write() -> None:
            with open(path, "wb", buffering=0) as pipe:
                for chunk in chunks:
                    time.sleep(0.02)
                    pipe.write(chunk)

        with ThreadPoolExecutor() as pool:
            writing = pool.submit(write)
            problems = vaekstaftale.validate_file(path)
            writing.result()

        assert [attrs.evolve(problem, file=None) for problem in problems] == list(
            vaekstaftale.validate_text(b"".join(chunks))
        )


class TestLines:
    def test_round_trip(self, tmp_path: Path) -> None:
        """Agreements are written one on each line, and read back unchanged."""
        family = vaekstaftale.load_all(FAMILY)
        path = tmp_path / "family.jsonl"
        vaekstaftale.dump_lines(iter(family), path)

        assert len(family) == path.read_bytes().count(b"\n")
        assert list(family) == list(vaekstaftale.load_lines(path))

    def test_empty_lines(self, tmp_path: Path, agreement: Agreement) -> None:
        """Empty lines are skipped, either line ending is accepted, and the last line needs none."""
        line = vaekstaftale.dumps(agreement, indent=None)
        path = tmp_path / "a.jsonl"
        path.write_bytes(f"\ufeff{line}\r\n\n  \n{line}".encode())

        assert [agreement, agreement] == list(vaekstaftale.load_lines(path))

    def test_bad_line(self, tmp_path: Path, agreement: Agreement) -> None:
        """An invalid line is reported with its number and ends the reading, after the agreements before it."""
        line = vaekstaftale.dumps(agreement, indent=None)
        path = tmp_path / "a.jsonl"
        path.write_text(f'{line}\n\n{{"a": 1}}\n{line}\n', "utf-8")
        lines = vaekstaftale.load_lines(path)

        assert agreement == next(lines)
        with pytest.raises(InvalidAgreement) as caught:
            next(lines)
        assert {(3, str(path))} == {(problem.line, problem.file) for problem in caught.value.problems}
        assert list(lines) == []

    def test_limit(self, tmp_path: Path, agreement: Agreement) -> None:
        """The size limit applies to each line separately."""
        line = vaekstaftale.dumps(agreement, indent=None)
        size = len(line.encode())
        path = tmp_path / "a.jsonl"
        path.write_text(f"{line}\n{line}\n", "utf-8")

        assert len(list(vaekstaftale.load_lines(path, max_bytes=size))) == 2
        with pytest.raises(InvalidAgreement) as caught:
            list(vaekstaftale.load_lines(path, max_bytes=size - 1))
        assert [(problem.code, problem.line) for problem in caught.value.problems] == [("file-too-large", 1)]

    def test_incoherent(self, tmp_path: Path, agreement: Agreement) -> None:
        """A file of lines is written completely or not at all."""
        path = tmp_path / "a.jsonl"
        path.write_text("old")
        wrong = attrs.evolve(agreement, parties=[Party(id="nobody", name="Ingen")])
        with pytest.raises(InvalidAgreement):
            vaekstaftale.dump_lines([agreement, wrong], path)

        assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("a.jsonl", "old")]

    def test_not_a_path(self) -> None:
        """An open file raises TypeError immediately, not when the first line is read."""
        with pytest.raises(TypeError, match="path must be a str or a path-like object, not StringIO"):
            vaekstaftale.load_lines(io.StringIO())  # type: ignore[arg-type]


def test_open_file_to_validate() -> None:
    """Validating an open file raises a TypeError with advice."""
    with pytest.raises(TypeError, match=r"loads\(file\.read\(\)\)"):
        vaekstaftale.validate_file(io.StringIO())  # type: ignore[arg-type]


def test_canonical_form_too_large(tmp_path: Any) -> None:
    """A file that is too large only in canonical form is reported and left unchanged."""
    path = tmp_path / "a.json"
    text = vaekstaftale.dumps(vaekstaftale.from_dict(minimal()), indent=None)
    path.write_text(text)
    with pytest.raises(InvalidAgreement, match="the canonical form would be larger than"):
        format_file(path, max_bytes=len(text))

    assert text == path.read_text()


def test_incoherent_agreement(agreement: Agreement) -> None:
    """An agreement that is not coherent is refused each time it is written, and one that is changed later too."""
    incoherent = attrs.evolve(agreement, general_commitments=[Commitment(id="c", text="C", actors=["nobody"])])
    for _ in range(2):
        with pytest.raises(InvalidAgreement, match="unknown-id"):
            vaekstaftale.dumps(incoherent)

    vaekstaftale.dumps(agreement)
    with pytest.raises(InvalidAgreement, match="relation-to-itself"):
        vaekstaftale.dumps(attrs.evolve(agreement, relations=[Relation(kind="renews", agreement=agreement.id)]))


@pytest.mark.parametrize("character", ["a", "ø", "€", "💡"])
def test_size_of_a_str(character: str) -> None:
    """The size of a text is its size in UTF-8, however many bytes a character takes."""
    text = json.dumps(minimal(note=character * 100), ensure_ascii=False)
    size = len(text.encode())

    assert vaekstaftale.loads(text, max_bytes=size).note == character * 100
    for too_large in (text, text.encode()):
        with pytest.raises(InvalidAgreement, match="file-too-large"):
            vaekstaftale.loads(too_large, max_bytes=size - 1)


def test_too_many_in_all() -> None:
    """An agreement with more than 2,000 quotes can be built and validated, but neither written nor read."""
    quotes = [Quote(exact="x")] * 1_000
    commitments = [Commitment(id=f"c{number}", text="C", quotes=quotes) for number in range(3)]
    agreement = attrs.evolve(vaekstaftale.from_dict(minimal()), general_commitments=commitments)

    problems = {problem.code: problem.path for problem in vaekstaftale.validate(agreement)}
    assert problems["too-many"] == ""
    with pytest.raises(InvalidAgreement, match="the agreement has 3,000 quotes; at most 2,000 are allowed"):
        vaekstaftale.dumps(agreement)
    read = vaekstaftale.read_text(json.dumps(vaekstaftale.to_dict(agreement)))
    assert [problem.code for problem in read.problems] == ["too-many"]
    assert (read.agreement, read.unreached) == (None, ("coherence", "evidence"))


def test_most_in_all() -> None:
    """An agreement with exactly 2,000 quotes and 2,000 commitments is read and written."""
    groups = [
        Initiative(
            id=f"i{number}",
            title="I",
            commitments=[Commitment(id=f"c{number}-{i}", text="C", quotes=[Quote(exact="x")]) for i in range(1_000)],
        )
        for number in range(2)
    ]
    agreement = attrs.evolve(vaekstaftale.from_dict(minimal()), initiatives=groups)

    assert vaekstaftale.loads(vaekstaftale.dumps(agreement)) == agreement


def test_warnings_across_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that only warns makes nothing raise, in whatever stage it is."""

    def warn(several: Several) -> Iterator[tuple[int, RawFinding]]:
        for number in range(len(several.agreements)):
            yield number, RawFinding("acme/warning", "a warning", severity=Severity.WARNING)

    path = tmp_path / "a.json"
    path.write_text(json.dumps(minimal()))
    monkeypatch.setattr(across, "RULES", (Rule(warn, {}),))
    rules = [Rule(lambda index: [finding for _, finding in warn(Several([index.agreement], [None]))], {})]
    monkeypatch.setattr(checking, "COHERENCE", rules)
    monkeypatch.setattr(reading, "COHERENCE", rules)

    assert [problem.severity for problem in vaekstaftale.read_files([path])[0].problems] == [Severity.WARNING]
    assert len(vaekstaftale.load_all([path])) == 1
    assert vaekstaftale.load(path) == vaekstaftale.from_dict(minimal())


# --- Files that are replaced ------------------------------------------------------------------------------


def test_temporary_file_is_private(tmp_path: Path) -> None:
    """While a file is written, the temporary file is no more readable than the file."""
    path = tmp_path / "hemmelig.jsonl"
    path.write_text("")
    path.chmod(0o640)
    modes: list[int] = []

    def agreements() -> Iterator[Agreement]:
        yield vaekstaftale.from_dict(minimal())
        modes.extend(stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir() if file != path)

    vaekstaftale.dump_lines(agreements(), path)

    assert modes == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_owner_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is replaced keeps its owner, or the new one if the system does not allow that."""
    path = tmp_path / "a.json"
    path.write_text("")
    owners = []

    def chown(_file: str, user: int, group: int) -> None:
        owners.append((user, group))
        raise PermissionError

    monkeypatch.setattr(os, "chown", chown)
    vaekstaftale.dump(vaekstaftale.from_dict(minimal()), path)

    assert owners == [(path.stat().st_uid, path.stat().st_gid)]
    assert vaekstaftale.load(path).id == "x"


def test_write_protection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be written is not replaced."""
    path = tmp_path / "a.json"
    path.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(PermissionError) as caught:
        vaekstaftale.dump(vaekstaftale.from_dict(minimal()), path)

    assert caught.value.filename == str(path)
    assert path.read_text() == "old"


def test_errors_name_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error while the file is replaced names the file, not the temporary one."""

    def replace(source: str, target: str) -> None:
        raise PermissionError(13, "Permission denied", source, None, target)

    path = tmp_path / "a.json"
    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(PermissionError) as caught:
        vaekstaftale.dump(vaekstaftale.from_dict(minimal()), path)

    assert (caught.value.filename, caught.value.filename2) == (str(path), None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("max_bytes", [2**36, sys.maxsize, 10**30])
def test_any_limit(max_bytes: int, tmp_path: Path) -> None:
    """A limit may be larger than the memory."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(minimal()))

    assert vaekstaftale.load(path, max_bytes=max_bytes).id == "x"
    assert vaekstaftale.validate_file(path, max_bytes=max_bytes) == ()
    assert [one.id for one in vaekstaftale.load_lines(path, max_bytes=max_bytes)] == ["x"]


def test_without_validators() -> None:
    """Reading checks the same if a program has switched off the validators of attrs."""
    attrs.validators.set_disabled(True)
    try:
        problems = vaekstaftale.validate_text(json.dumps(minimal(signed_on="2017-99-05")))
    finally:
        attrs.validators.set_disabled(False)

    assert [problem.code for problem in problems] == ["bad-date"]


def test_many_problems_across_files(tmp_path: Path) -> None:
    """A file with very many problems keeps those across files, and all others are counted."""
    wrong = [{"id": f"c{number}", "text": "T", "actors": ["q"]} for number in range(150)]
    for name, commitments in (("a", []), ("b", wrong)):
        (tmp_path / f"{name}.json").write_text(json.dumps(minimal(general_commitments=commitments)))
    paths = [tmp_path / "a.json", tmp_path / "b.json"]
    first, second = vaekstaftale.read_files(paths)

    assert first.problems == ()
    assert [problem.code for problem in second.problems[:2]] == ["duplicate-agreement-id", "unknown-id"]
    assert second.problems[-1].message == "51 more problems were found"
    assert second.problems[1:-1] == vaekstaftale.validate_file(paths[1])[:99]
