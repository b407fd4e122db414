"""The command line: what it writes to which stream, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import threading
import types
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from conftest import EXAMPLES, FAMILY, minimal

import vaekstaftale
from vaekstaftale import CODES, cli
from vaekstaftale.cli import commands
from vaekstaftale.display import shown
from vaekstaftale.files import writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VALID = EXAMPLES / "valid"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command line and return its exit status, standard output and standard error."""
    try:
        status = cli.main([str(argument) for argument in arguments])
    except SystemExit as exit_:
        status = int(str(exit_.code))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def write(agreement: vaekstaftale.Agreement, path: Path, **changes: object) -> Path:
    """Write an agreement to a file, with some keys changed, and return the path."""
    path.write_text(json.dumps({**vaekstaftale.to_dict(agreement), **changes}), encoding="utf-8")
    return path


class TestShow:
    def test_bundled(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The summary states who promised what, how firmly and until when, in at most 80 columns."""
        status, out, err = run(capsys, "show", "syddanmark-2017", "--on", "2018-01-01", "--language", "en")

        assert (status, err) == (0, "")
        assert all(len(line) <= 80 for line in out.splitlines())
        for words in (
            "Vækstpartnerskabsaftale mellem Syddansk Vækstforum og regeringen\n=====",
            "Parties    Regeringen (also Staten)\n           Syddansk Vækstforum\n",
            "Signed     2017-09-05\n",
            "Validity   to 2018-06-30\n",
            "Length     9 months 26 days from the signing\n",
            "Status     in force (on 2018-01-01)\n",
            "\n3. Teknologipagt, digitalisering og design\n",
            "   -- De vestdanske vækstfora [carry out]\n",
            "   -- Regeringen [follow]\n",
            "All words of the sources are quoted or skipped.\n",
        ):
            assert words in out
        assert out.count("   -- ") == 9

    def test_several(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Several agreements are shown one after the other."""
        status, out, _ = run(
            capsys, "show", "syddanmark-2017", "syddanmark-2017", "--on", "2018-01-01", "--language", "en"
        )
        once = run(capsys, "show", "syddanmark-2017", "--on", "2018-01-01", "--language", "en")[1]

        assert (status, out) == (0, once + "\n\n" + once)

    def test_page(self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With `--html`, a page of one or several agreements is written instead, to a file or to standard output."""
        path, day = tmp_path / "a.html", date(2018, 1, 1)
        options = ("--on", "2018-01-01", "--html")

        assert run(capsys, "show", "syddanmark-2017", *options, path) == (0, "", f"{path} written\n")
        assert path.read_text("utf-8") == vaekstaftale.to_html(agreement, on=day)
        assert run(capsys, "show", "syddanmark-2017", *options, "-") == (0, vaekstaftale.to_html(agreement, on=day), "")
        several = vaekstaftale.to_html([agreement, agreement], on=day)
        assert run(capsys, "show", "syddanmark-2017", "syddanmark-2017", *options, "-") == (0, several, "")

    def test_page_on_any_terminal(self, agreement: vaekstaftale.Agreement) -> None:
        """The page is written in UTF-8, as it declares, whatever the encoding of the terminal."""
        arguments = [sys.executable, "-m", "vaekstaftale", "show", agreement.id, "--on", "2018-01-01", "--html", "-"]
        result = subprocess.run(
            arguments, env={**os.environ, "PYTHONIOENCODING": "cp1252"}, capture_output=True, check=True
        )

        assert result.stdout.decode() == vaekstaftale.to_html(agreement, on=date(2018, 1, 1))

    def test_page_over_its_own_file(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A page does not overwrite the file that it shows."""
        path = write(agreement, tmp_path / "a.json")
        before = path.read_bytes()
        (tmp_path / "link.html").symlink_to(path)

        for out in (path, f"{tmp_path}/./a.json", tmp_path / "link.html"):
            assert run(capsys, "show", path, "--html", out)[0] == 2
            assert path.read_bytes() == before

    def test_interrupted(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """An interrupted command ends with status 130 and without a traceback."""

        def stop(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(commands, "summary", stop)
        assert run(capsys, "show", "syddanmark-2017") == (130, "", "")

    def test_page_that_cannot_be_written(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """No page is written if the path cannot be written or an agreement is not found."""
        (tmp_path / "folder").mkdir()
        status, out, err = run(capsys, "show", "syddanmark-2017", "--html", tmp_path / "folder")

        assert (status, out) == (2, "")
        assert err.startswith(f"vaekstaftale: {tmp_path}/folder: cannot be written: ")
        assert run(capsys, "show", "syddanmark", "--html", tmp_path / "a.html")[0] == 2
        assert not (tmp_path / "a.html").exists()

    @pytest.mark.parametrize("path", sorted(VALID.glob("*.json")), ids=lambda path: path.stem)
    def test_examples(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Every valid file is shown with its title and its parties."""
        status, out, _ = run(capsys, "show", path)
        agreement = vaekstaftale.load(path)

        assert status == 0
        assert out.startswith(agreement.title)
        assert all(party.name in out for party in agreement.parties)

    def test_not_stated(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Actors, strengths and dates that are not stated are shown as such."""
        _, out, _ = run(capsys, "show", VALID / "aar-som-gyldighed.json", "--language", "en")

        assert "   -- nobody is named [strength not stated, by 2018-12-31]\n" in out
        assert "Signed     not stated\n" in out

    def test_without_text(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The summary states whether there is any text to check the quotes against."""
        path = tmp_path / "a.json"
        path.write_text(json.dumps(minimal()))

        assert run(capsys, "show", path, "--language", "en")[1].endswith(
            "No source has its text here, so no quote can be checked.\n"
        )
        path.write_text(json.dumps(minimal(sources=[{"id": "s", "kind": "other", "text": ["-"]}])))
        assert run(capsys, "show", path, "--language", "en")[1].endswith(
            "All words of the sources are quoted or skipped.\n"
        )

    def test_control_characters(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Control characters in a file are escaped before they reach the terminal."""
        path = write(agreement, tmp_path / "a.json", title="a\x1b[31mb\u202ec", id="x")
        _, out, _ = run(capsys, "show", path)

        assert out.startswith("a\\x1b[31mb\\u202ec\n")

    def test_unknown_name(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An unknown name is a usage error, reported with a suggestion."""
        status, out, err = run(capsys, "show", "syddanmark-2018")

        assert (status, out) == (2, "")
        assert "did you mean 'syddanmark-2017'?" in err

    def test_missing_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A missing file is a usage error."""
        assert run(capsys, "show", "./x") == (2, "", "vaekstaftale: ./x: No such file or directory\n")

    def test_invalid_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that does not load is reported with its problems."""
        path = tmp_path / "a.json"
        path.write_text("[]")
        status, out, err = run(capsys, "show", path)

        assert (status, out) == (1, "")
        assert "error[wrong-type]: expected an object, found a list" in err

    @pytest.mark.parametrize("day", ["2018", "20180101", "2018-02-30", "i dag"])
    def test_day(self, day: str, capsys: pytest.CaptureFixture[str]) -> None:
        """The day must be an existing date in the form YYYY-MM-DD."""
        assert run(capsys, "show", "syddanmark-2017", "--on", day)[0] == 2

    def test_bundled_name_wins(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A bundled name takes precedence over a file of that name, and a path is always a file."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "syddanmark-2017").write_text("{}")

        assert run(capsys, "show", "syddanmark-2017")[0] == 0
        assert run(capsys, "show", "./syddanmark-2017")[0] == 1

    @pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp850", "utf-8", "cp437"])
    def test_any_terminal(self, encoding: str) -> None:
        """The output uses the terminal's encoding if it can represent all characters, and UTF-8 otherwise."""
        result = subprocess.run(
            [sys.executable, "-m", "vaekstaftale", "show", "syddanmark-2017"],
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
            capture_output=True,
            check=True,
        )
        expected = encoding if encoding in ("latin-1", "cp850") else "utf-8"

        assert result.stdout.decode(expected).startswith("Vækstpartnerskabsaftale mellem Syddansk Vækstforum")


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """The bundled agreements are listed by name, one on each line."""
    assert run(capsys, "list") == (0, "syddanmark-2017\n", "")


@pytest.mark.parametrize("arguments", [["tell"], ["show"], ["validate"], ["validate", "--format", "xml", "a"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A usage error ends with status 2 and an explanation on standard error."""
    status, out, err = run(capsys, *arguments)

    assert (status, out) == (2, "")
    assert err.startswith("usage: vaekstaftale")


class TestHelp:
    def test_without_arguments(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without arguments, the help is printed: the commands in the order of daily use, with an example of each."""
        status, out, err = run(capsys)
        commands = re.findall(r"^    (\w+)  ", out, re.MULTILINE)

        assert (status, err) == (0, "")
        showing = ["validate", "show", "format", "diff", "table"]
        assert commands == [*showing, "draft", "source", "unquoted", "quote", "explain", "list", "schema"]
        assert re.findall(r"^  vaekstaftale (\w+)", out, re.MULTILINE) == commands
        assert re.findall(r"^  (\d)  ", out, re.MULTILINE) == ["0", "1", "2"]

    def test_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The version is printed for the short option too."""
        assert run(capsys, "-V") == (0, f"vaekstaftale {vaekstaftale.__version__}\n", "")

    @pytest.mark.parametrize(
        ("arguments", "usage", "hint"),
        [
            (["validte"], "vaekstaftale COMMAND", "did you mean 'validate'?"),
            (["validate", "--recursiv", "x"], "vaekstaftale validate", "did you mean '--recursive'?"),
            (["show", "--htm=x", "x"], "vaekstaftale show", "did you mean '--html'?"),
            (["validate", "--format", "jsn", "x"], "vaekstaftale validate", "did you mean 'json'?"),
            (["table", "comitments", "x"], "vaekstaftale table", "did you mean 'commitments'?"),
            (["validate", "--zzz", "x"], "vaekstaftale validate", "unrecognized arguments: --zzz\n"),
        ],
    )
    def test_unknown(self, arguments: list[str], usage: str, hint: str, capsys: pytest.CaptureFixture[str]) -> None:
        """What is not known is an error with the usage of its command, and with what was probably meant."""
        status, out, err = run(capsys, *arguments)

        assert (status, out) == (2, "")
        assert err.startswith(f"usage: {usage}")
        assert hint in err


class TestExplain:
    @pytest.mark.parametrize("code", CODES)
    def test_codes(self, code: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Every code is explained, beginning with its summary."""
        status, out, err = run(capsys, "explain", code)

        assert (status, err) == (0, "")
        assert out.splitlines()[0].startswith(f"{code} (")
        assert "](" not in out

    def test_unknown(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An unknown code is reported with the closest one."""
        expected = "vaekstaftale: there is no code 'bad-dat'; did you mean 'bad-date'?\n"
        assert run(capsys, "explain", "bad-dat") == (2, "", expected)


class TestTable:
    def test_csv(self, agreement: vaekstaftale.Agreement, capsys: pytest.CaptureFixture[str]) -> None:
        """Every row has every column; lists are joined."""
        status, out, err = run(capsys, "table", "commitments", "syddanmark-2017")
        rows = list(csv.DictReader(io.StringIO(out)))
        expected = vaekstaftale.rows(agreement)["commitments"]

        assert (status, err) == (0, "")
        assert [row["id"] for row in rows] == [row["id"] for row in expected]
        assert rows[0]["actors"] == "regeringen; syddansk-vaekstforum"
        assert list(rows[0]) == list(expected[0])

    @pytest.mark.parametrize("format_", ["json", "jsonl"])
    def test_json(self, format_: str, agreement: vaekstaftale.Agreement, capsys: pytest.CaptureFixture[str]) -> None:
        """As JSON, a table has the values of `rows`."""
        _, out, _ = run(capsys, "table", "quotes", "syddanmark-2017", "--format", format_)
        rows = json.loads(out) if format_ == "json" else list(map(json.loads, out.splitlines()))

        assert rows == vaekstaftale.rows(agreement)["quotes"]

    def test_excel(self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """For Excel, no cell is a formula, and the encoding is marked."""
        path = write(agreement, tmp_path / "a.json", title='=HYPERLINK("x")', note="-1")
        _, out, _ = run(capsys, "table", "agreements", path, "--excel")
        [row] = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))

        assert out.startswith("\ufeff")
        assert (row["title"], row["note"]) == ('\'=HYPERLINK("x")', "'-1")
        assert run(capsys, "table", "agreements", path, "--excel", "--format", "json")[0] == 2

    def test_problems(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Problems go to standard error, and no agreement is an empty table."""
        path = tmp_path / "a.json"
        path.write_text("{")
        status, out, err = run(capsys, "table", "sources", path)

        assert status == 1
        assert out.startswith("agreement,id,kind,")
        assert err.startswith(f"{path}:1:2: error[json-syntax]")
        assert run(capsys, "table", "sources", tmp_path / "none.json")[0] == 2


class TestJsonLines:
    def test_validate(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each line of a file of JSON Lines is an agreement, and they are checked across."""
        line = vaekstaftale.dumps(agreement, indent=None)
        (tmp_path / "a.jsonl").write_text(f"{line}\n\n{line}\n{{\n", encoding="utf-8")
        status, out, err = run(capsys, "validate", tmp_path)

        assert status == 1
        assert [problem.partition("[")[2].partition("]")[0] for problem in out.splitlines()] == [
            "duplicate-agreement-id",
            "json-syntax",
        ]
        assert [problem.split(":")[1] for problem in out.splitlines()] == ["3", "4"]
        assert err.startswith("1 file, 3 agreements: 1 valid, 2 invalid (2 errors, 0 warnings)")

    def test_show_and_table(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The other commands read JSON Lines too, where more than one agreement is possible."""
        path = tmp_path / "family.jsonl"
        vaekstaftale.dump_lines(vaekstaftale.load_all(FAMILY), path)

        assert len(run(capsys, "table", "agreements", path)[1].splitlines()) == 1 + len(FAMILY)
        assert run(capsys, "show", path)[1].count("Parter ") == len(FAMILY)
        assert run(capsys, "diff", path, "syddanmark-2017")[0] == 2
        assert run(capsys, "format", path)[0] == 2

    def test_unreadable(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file of JSON Lines that is not there is reported like any other."""
        status, out, _ = run(capsys, "validate", tmp_path / "a.jsonl")

        assert status == 2
        assert "error[unreadable-file]" in out


class TestStandardInput:
    def test_format(
        self, agreement: vaekstaftale.Agreement, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The canonical form is written to standard output; of an invalid text, nothing is."""
        text = vaekstaftale.dumps(agreement, indent=None)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

        assert run(capsys, "format", "-") == (0, vaekstaftale.dumps(agreement), "")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{")))
        status, out, err = run(capsys, "format", "-")
        assert (status, out) == (1, "")
        assert err.startswith("-:1:2: error[json-syntax]")

    def test_show_and_diff(
        self, agreement: vaekstaftale.Agreement, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """An agreement can be shown and compared from standard input, but not with itself."""
        for arguments, status in ((["show", "-"], 0), (["diff", "-", "syddanmark-2017"], 0), (["diff", "-", "-"], 2)):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(vaekstaftale.dumps(agreement).encode())))
            assert run(capsys, *arguments)[0] == status


class TestFolders:
    def test_recursive(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Subfolders are entered if it is asked for, except hidden ones and links; otherwise they are counted."""
        for folder in ("2016", ".git", "2017/deep"):
            (tmp_path / folder).mkdir(parents=True)
            write(agreement, tmp_path / folder / "a.json", id=f"a{len(folder)}")
        write(agreement, tmp_path / "a.json")
        (tmp_path / "link").symlink_to(tmp_path / "2016")
        expected = "1 file: valid; 9 commitments, 18 of 18 quotes found; 2 subfolders not entered (see --recursive)\n"

        assert run(capsys, "validate", tmp_path) == (0, "", expected)
        assert run(capsys, "validate", "--recursive", tmp_path)[2].startswith("3 files: valid; 27 commitments")
        assert run(capsys, "validate", "-q", "--recursive", tmp_path) == (0, "", "")


class TestColours:
    def test_on_a_terminal(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """On a terminal, file, severity and code are coloured, unless NO_COLOR is set."""
        path = tmp_path / "a.json"
        path.write_text("{")
        plain = run(capsys, "validate", path)[1]
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("TERM", "xterm")
        coloured = run(capsys, "validate", "--format", "text", path)[1]
        monkeypatch.setenv("NO_COLOR", "1")

        assert coloured != plain == re.sub(r"\x1b\[[0-9;]*m", "", coloured)
        assert coloured.startswith(f"\x1b[1m{path}\x1b[0m:1:2: \x1b[1;31merror[json-syntax]\x1b[0m: ")
        assert run(capsys, "validate", "--format", "text", path)[1] == plain


class TestFix:
    RIGHT = vaekstaftale.bundled.read("syddanmark-2017")
    WRONG = RIGHT.replace(b'"signed_on": "2017-09-05"', b'"signed_at": "5. september 2017"')

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """Return a file with one problem that has a safe fix, and one that has another."""
        path = tmp_path / "a.json"
        path.write_bytes(self.WRONG)
        return path

    def test_in_place(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Safe fixes are made in place, the others only if they are asked for; what is left is reported."""
        _, _, before = run(capsys, "validate", path)
        first = run(capsys, "validate", "--fix", path)
        content = path.read_bytes()
        second = run(capsys, "validate", "--fix", "--unsafe-fixes", path)

        assert "; 1 can be fixed with --fix --unsafe-fixes;" in before  # the date is under an unknown key
        assert first[0] == 1
        assert first[1].startswith(f"{path}:6:3: error[unknown-key]")
        assert "; 0 fixed, 1 more with --unsafe-fixes;" in first[2]
        assert content == self.WRONG
        assert second[:2] == (0, "")
        assert second[2].endswith(" quotes found; 1 fixed\n")
        assert path.read_bytes() == self.RIGHT

    def test_diff(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With `--diff`, standard output has a diff and nothing is written; the status is 1 if anything would be."""
        status, out, err = run(capsys, "validate", "--diff", "--unsafe-fixes", path)

        assert status == 1
        assert out.startswith(f"--- {path}\n+++ {path}\n@@ ")
        assert [line for line in out.splitlines() if line[0] in "+-"][2:] == [
            '-  "signed_at": "5. september 2017",',
            '+  "signed_on": "2017-09-05",',
        ]
        assert err.endswith("; 1 would be fixed\n")
        assert path.read_bytes() == self.WRONG
        assert run(capsys, "validate", "--diff", "--fix", FAMILY[0])[:2] == (0, "")

    def test_diff_of_unusual_lines(self, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        """A line ends at a line feed only, and bytes that are not UTF-8 stay as they are."""
        path = tmp_path / "a.jsonl"
        before = (json.dumps(minimal(note="a\u2028b\x85c"), ensure_ascii=False) + "\n").encode()
        path.write_bytes(before.replace(b'"1.0"', b"1.0") + b'{"note": "\xe6"}\n')
        cli.main(["validate", "--diff", str(path)])
        lines = capfdbinary.readouterr().out.split(b"\n")

        assert [line[:1] for line in lines] == [b"-", b"+", b"@", b"-", b"+", b" ", b""]
        assert lines[5] == b' {"note": "\xe6"}'

    def test_diff_of_an_invalid_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What is left goes to standard error, and a last line without a line end is marked."""
        path = tmp_path / "a.json"
        path.write_text("[1,\n2,]")
        status, out, err = run(capsys, "validate", "--diff", path)

        assert (status, out.splitlines()[-3:]) == (
            1,
            ["\\ No newline at end of file", "+2]", "\\ No newline at end of file"],
        )
        assert err.startswith(f"{path}:1:1: error[wrong-type]")

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
        """The fixed text of standard input goes to standard output, and its problems to standard error."""
        for options, text in (((), self.WRONG), (("--unsafe-fixes",), self.RIGHT)):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(self.WRONG)))
            status = cli.main(["validate", "--fix", *options, "-"])
            out, err = capsysbinary.readouterr()

            assert out == text
            assert (b"error[unknown-key]" in err) == bool(status) == (text == self.WRONG)

    def test_standard_input_alone(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Standard input is fixed alone, because its text could not be distinguished from that of another file."""
        assert run(capsys, "validate", "--fix", "-", path)[::2] == (
            2,
            "vaekstaftale: - is only possible alone with --fix or --diff\n",
        )

    def test_json_lines(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Each line of JSON Lines is fixed by itself."""
        path = tmp_path / "a.jsonl"
        right = json.dumps(minimal()), json.dumps(minimal(id="y", note="N"))
        path.write_text(f"{right[0][:-1]},}}\n\n{right[1]}\r\n", newline="")
        diff = run(capsys, "validate", "--diff", path)
        status, out, err = run(capsys, "validate", "--fix", path)

        assert diff[0] == 1
        assert diff[2] == "1 file, 2 agreements: valid; 0 commitments, 0 of 0 quotes found; 1 would be fixed\n"
        assert (status, out) == (0, "")
        assert err.endswith("; 1 fixed\n")
        assert path.read_bytes() == f"{right[0]}\n\n{right[1]}\r\n".encode()

    def test_requires(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Unsafe fixes alone are wrong usage: nobody should think that something was fixed."""
        with pytest.raises(SystemExit):
            cli.main(["validate", "--unsafe-fixes", str(path)])

        assert "--unsafe-fixes is only possible with --fix or --diff" in capsys.readouterr().err

    def test_changed_meanwhile(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A file that another program changes meanwhile is left as it is."""
        contents = iter([self.WRONG, self.WRONG + b" "])
        monkeypatch.setattr("vaekstaftale.files.fixing.content_of", lambda *_: next(contents))
        status, _, err = run(capsys, "validate", "--fix", "--unsafe-fixes", path)

        assert (status, path.read_bytes()) == (2, self.WRONG)
        assert f"vaekstaftale: {path}: cannot be fixed: it was changed meanwhile\n" in err
        assert "; 0 fixed" in err

    def test_cannot_be_written(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A file that cannot be written is reported, and the others are fixed."""
        monkeypatch.setattr("os.access", lambda name, _: not str(name).endswith("a.json"))
        other = path.with_name("b.json")
        other.write_bytes(self.WRONG)
        status, _, err = run(capsys, "validate", "--fix", "--unsafe-fixes", path, other)

        assert (status, path.read_bytes(), other.read_bytes()) == (2, self.WRONG, self.RIGHT)
        assert f"vaekstaftale: {path}: cannot be fixed: Permission denied\n" in err
        assert "; 1 fixed" in err

    def test_cannot_be_read(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A pipe cannot be fixed; a file that is missing is reported once, as without `--fix`."""
        pipe, missing = tmp_path / "pipe", tmp_path / "missing.json"
        os.mkfifo(pipe)

        assert f"{pipe}: cannot be fixed: it is not a regular file\n" in run(capsys, "validate", "--fix", pipe)[2]
        assert run(capsys, "validate", "-q", "--fix", missing) == run(capsys, "validate", "-q", missing)


class TestFull:
    @pytest.fixture(autouse=True)
    def _width(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "60")

    def test_places(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The line of a problem and those of the places that it names are shown, with marks under each."""
        path = tmp_path / "a.json"
        text = vaekstaftale.dumps(agreement).replace('"end": "2018', '"end":\t"2016')
        path.write_text(text, "utf-8")
        _, out, _ = run(capsys, "validate", "--format", "full", path)

        assert out.splitlines()[1:] == [
            '8 |     "end":    "2016-06-30",',
            "  |               ^^^^^^^^^^^^",
            '6 |   "signed_on": "2017-09-05",',
            "  |                ^^^^^^^^^^^^ the signing",
        ]

    def test_terminal(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """On a terminal it is the default; the marks have the colour of the severity."""
        path = tmp_path / "a.json"
        path.write_text("[1, }")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setenv("TERM", "xterm")

        assert run(capsys, "validate", path)[1].endswith("1 | [1, }\n  | \x1b[1;31m    ^\x1b[0m\n")

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """What came from standard input is shown too, and JSON Lines by its line."""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf{}\r\nx")))

        assert run(capsys, "validate", "--format", "full", "-")[1].endswith("2 | x\n  | ^\n")

    def test_json_lines(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Of a file of JSON Lines, the line is shown; a carriage return inside it ends no line."""
        path = tmp_path / "a.jsonl"
        path.write_bytes(b"[\r]\n\n[1,\r 2] x\n")

        assert run(capsys, "validate", "--format", "full", path)[1].endswith("3 | [1,  2] x\n  |         ^\n")

    @pytest.mark.parametrize("before", [0, 100_000])
    @pytest.mark.parametrize("after", [0, 100_000])
    @pytest.mark.parametrize("letter", ["x", "語", "\t", "\x07", "e\u0301"])
    def test_long_line(
        self, before: int, after: int, letter: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A long line is cut to the width of the terminal, with the marks under what is wrong."""
        path = tmp_path / "a.json"
        path.write_text(f"[{' ' * before}{letter * 30}{' ' * after}]", "utf-8")
        line, marks = run(capsys, "validate", "--format", "full", path)[1].splitlines()[1:]
        columns = [len(line.replace("\u0301", "")) + line.count("語"), len(marks)]

        assert max(columns) <= 60
        assert columns[0] > 20
        assert ("…" in line) >= bool(before or after)
        assert line.replace("\u0301", "").replace("語", "語語")[marks.index("^")] in f"{letter}\\ ["

    def test_unchecked(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Quotes that cannot be checked because a source has no text are shown once."""
        data = vaekstaftale.to_dict(agreement)
        for source in data["sources"]:
            for key in ("text", "sha256", "skipped"):
                source.pop(key, None)
        path = tmp_path / "a.json"
        path.write_text(json.dumps(data, indent=1), "utf-8")
        many = run(capsys, "validate", "--format", "text", path)[1].count("quote-unchecked")
        out = run(capsys, "validate", "--format", "full", path)[1]

        assert out.count("quote-unchecked") == 1
        assert out.endswith(f"and {many - 1} more quotes that cannot be checked\n")

    def test_named_pipe(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A pipe is not read again: nothing is shown instead of lines that are not there."""
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=pipe.write_bytes, args=(b"x",))
        writer.start()
        _, out, _ = run(capsys, "validate", "--format", "full", pipe)
        writer.join()

        assert out.startswith(f"{pipe}:1:1: error[json-syntax]")
        assert "|" not in out

    def test_file_that_is_gone(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that cannot be read has no lines to show."""
        assert "|" not in run(capsys, "validate", "--format", "full", tmp_path / "none.json")[1]


class TestSchema:
    def test_output(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The schema is written to a file in UTF-8."""
        out = tmp_path / "schema.json"

        assert run(capsys, "schema", "-o", out) == (0, "", f"{out} written\n")
        assert json.loads(out.read_text("utf-8")) == vaekstaftale.bundled.schema()
        assert run(capsys, "schema", "-o", tmp_path / "none" / "x")[0] == 2

    def test_for_editors(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The schema for editors has more keywords, and a snippet that is nearly an agreement."""
        schema = json.loads(run(capsys, "schema", "--editor")[1])
        [snippet] = schema.pop("defaultSnippets")
        filled = re.sub(r"\$\{\d:(.*?)\}|\$\d", lambda found: found[1] or "x", json.dumps(snippet["body"]))

        assert schema["$defs"]["partial-date"]["patternErrorMessage"].startswith("This must be a date of the calendar")
        strength = schema["$defs"]["Commitment"]["properties"]["strength"]
        assert len(strength["enumDescriptions"]) == len(strength["enum"])
        assert vaekstaftale.validate_text(filled) == ()


def test_show_states_problems(
    agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Quotes that occur are counted, and problems are printed to standard error."""
    path = write(agreement, tmp_path / "a.json", quotes=[{"exact": "nej, det er det ikke"}])
    status, out, err = run(capsys, "show", path, "--language", "en")

    assert status == 0
    assert "Quotes     14 of 15 quotes found\n" in out
    assert err.startswith(f"{path}:")
    assert "error[quote-not-found]" in err


class TestFormat:
    def test_writes(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A file is written in canonical form, with `$schema` first, and formatting it again changes nothing."""
        path = write(agreement, tmp_path / "a.json", **{"$schema": "urn:x"})

        assert run(capsys, "format", path) == (0, "", "1 file written\n")
        text = path.read_text("utf-8")
        assert text.startswith('{\n  "$schema": "urn:x",\n  "format_version": "1.0",\n')
        assert vaekstaftale.dumps(agreement) == text.replace('  "$schema": "urn:x",\n', "")
        assert run(capsys, "format", path) == (0, "", "0 files written\n")

    def test_check(self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With `--check`, files are reported and not changed."""
        path = write(agreement, tmp_path / "a.json")
        before = path.read_bytes()

        assert (1, f"{path}: not in canonical form\n", "1 file to be written\n") == run(
            capsys, "format", "--check", path
        )
        assert before == path.read_bytes()
        assert run(capsys, "format", "--check", *VALID.glob("*.json"))[0] == 0

    @pytest.mark.parametrize("changes", [{"title": ""}, {"quotes": [{"exact": "står her ikke"}]}])
    def test_invalid(
        self,
        changes: dict[str, object],
        agreement: vaekstaftale.Agreement,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """An invalid file is reported and left unchanged, and the other files are still written."""
        bad = write(agreement, tmp_path / "a.json", **changes)
        good = write(agreement, tmp_path / "b.json")
        before = bad.read_bytes()
        status, out, err = run(capsys, "format", tmp_path)

        assert (status, err) == (1, "1 file written\n")
        assert out.startswith(f"{bad}:1:")
        assert before == bad.read_bytes()
        assert vaekstaftale.dumps(agreement) == good.read_text("utf-8")

    def test_unreadable(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that does not exist is a usage error."""
        status, out, _ = run(capsys, "format", tmp_path / "a.json")

        assert status == 2
        assert "error[unreadable-file]" in out

    def test_disk_full(
        self,
        agreement: vaekstaftale.Agreement,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """A file that cannot be written is reported with the reason."""
        path = write(agreement, tmp_path / "a.json")

        def full(_path: str, _chunks: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(writing, "replace_file", full)
        status, out, err = run(capsys, "format", path)

        assert (status, out) == (2, "")
        assert err == f"vaekstaftale: {path}: cannot be written: No space left on device\n0 files written\n"


class TestValidate:
    def test_valid(self, capsys: pytest.CaptureFixture[str]) -> None:
        """If there are no problems, only the summary is printed."""
        assert run(capsys, "validate", VALID) == (0, "", "5 files: valid; 4 commitments, 9 of 9 quotes found\n")

    def test_statuses(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Warnings give status 0, errors 1 and unreadable files 2, and the highest status is returned."""
        bad = write(agreement, tmp_path / "bad.json", title=3)
        warned = write(agreement, tmp_path / "warned.json", id="y", quotes=[{"exact": "aftale"}])

        assert run(capsys, "validate", bad)[0] == 1
        assert run(capsys, "validate", warned)[0] == 0
        assert run(capsys, "validate", bad, tmp_path / "none.json")[0] == 2
        assert run(capsys, "validate", tmp_path)[0] == 1

    def test_folder_without_files(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A folder without `*.json` files is a usage error, and its subfolders are not searched."""
        (tmp_path / "deeper").mkdir()
        (tmp_path / "deeper" / "a.json").write_text("{")
        status, out, err = run(capsys, "validate", tmp_path)

        assert (status, out) == (2, "")
        assert f"vaekstaftale: {tmp_path}: a folder without *.json or *.jsonl\n" in err

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """The path `-` is standard input."""
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"a": \xe6}')))
        status, out, _ = run(capsys, "validate", "-")

        assert status == 1
        assert out.startswith("-:1:7: error[json-encoding]: the byte 0xE6 is not UTF-8")

    def test_standard_input_over_the_limit(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Standard input over the limit is too large, also if what is over it is only white space."""
        text = json.dumps(minimal()).encode()
        for content, expected in ((text, ""), (text + b" ", "-:1:1: error[file-too-large]")):
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
            _, out, _ = run(capsys, "validate", "-", "--max-bytes", str(len(text)))
            assert out.startswith(expected)
            assert bool(out) == bool(expected)

    def test_json(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """JSON output is a list with one object for each problem."""
        path = tmp_path / "a.json"
        path.write_text("{}x")
        _, out, _ = run(capsys, "validate", "--format", "json", path)

        assert [
            {
                "code": "json-syntax",
                "severity": "error",
                "path": "",
                "line": 1,
                "column": 3,
                "end_line": 1,
                "end_column": 4,
                "message": "expected the end of the text, found 'x'",
                "hint": None,
                "suggestion": None,
                "value": None,
                "file": str(path),
                "related": [],
                "fix": None,
            }
        ] == json.loads(out)
        assert run(capsys, "validate", "--format", "json", VALID)[1] == "[]\n"

    def test_github(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """GitHub output has one annotation for each problem, and a file cannot add annotations of its own."""
        path = tmp_path / "a,b%:c.json"
        path.write_text('{"format_version": "1.0", "::error::x\\n::warning::%0A": 1}')
        _, out, _ = run(capsys, "validate", "--format", "github", path)

        assert all(line.startswith("::error file=") for line in out.splitlines())
        assert (
            f"::error file={tmp_path}/a%2Cb%25%3Ac.json,line=1,col=27,title=unknown-key::error[unknown-key] at " in out
        )
        assert "/::error::x\\n::warning::%250A: the key '::error::x\\n::warning::%250A' is not known here" in out

    def test_across(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The files of one call are checked together, and a file that is named twice is checked once."""
        first, second = write(agreement, tmp_path / "1.json"), write(agreement, tmp_path / "2.json")
        status, out, _ = run(capsys, "validate", first, tmp_path)

        assert status == 1
        assert out.startswith(f"{second}:1:")
        assert "error[duplicate-agreement-id] at /id: 'syddanmark-2017'" in out
        assert run(capsys, "validate", first, first)[0] == 0


def shell(command: str, folder: Path) -> tuple[int, str]:
    """Run the command line in a shell, as `v`, and return its exit status and standard error."""
    program = f"{sys.executable} -m vaekstaftale"
    result = subprocess.run(
        ["bash", "-c", command.replace("v ", f"{program} ", 1)],
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stderr


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("set -o pipefail; v validate bad.json | true", 1),
        ("set -o pipefail; v validate none.json | true", 2),
        ("set -o pipefail; v show syddanmark-2017 | true", 0),
        ("set -o pipefail; v list | true", 0),
        ("set -o pipefail; v show syddanmark-2017 --html - | true", 0),
        ("v validate - <&-", 2),
        ("v list >&-", 0),
        ("v list >/dev/full", 2),
        ("v validate bad.json >/dev/full", 2),
        ("v validate --max-bytes -3 bad.json", 2),
        ("v show " + "x" * 5_000, 2),
        ("v validate " + "x" * 5_000, 2),
    ],
)
def test_odd_streams(command: str, status: int, tmp_path: Path) -> None:
    """Closed, full and broken streams and impossible names give the right status and never a traceback."""
    (tmp_path / "bad.json").write_text(json.dumps({str(number): 0 for number in range(2_000)}))
    returned, err = shell(command, tmp_path)

    assert "Traceback" not in err
    assert status == returned


def test_closed_standard_error(tmp_path: Path) -> None:
    """What belongs on standard error is never written to standard output."""
    (tmp_path / "bad.json").write_text("{}")
    program = f"{sys.executable} -m vaekstaftale"
    command = f"{program} validate --format json bad.json 2>&-"
    result = subprocess.run(["bash", "-c", command], cwd=tmp_path, stdout=subprocess.PIPE, check=False)

    assert result.returncode == 1
    assert json.loads(result.stdout)


class TestDiff:
    def test_equal(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing is printed for equal agreements."""
        assert run(capsys, "diff", "syddanmark-2017", "syddanmark-2017") == (0, "", "")

    def test_different(
        self, agreement: vaekstaftale.Agreement, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each change is printed on one line."""
        path = write(agreement, tmp_path / "a.json", title="Ny titel")

        assert (1, f"changed /title: {shown(agreement.title)} -> 'Ny titel'\n", "") == run(
            capsys, "diff", "syddanmark-2017", path
        )

    def test_invalid(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that does not load gives status 1, and a missing file status 2."""
        path = tmp_path / "a.json"
        path.write_text("{")

        assert run(capsys, "diff", "syddanmark-2017", path)[0] == 1
        assert run(capsys, "diff", "syddanmark-2017", tmp_path / "none.json")[0] == 2


def test_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """The printed schema is the bundled one."""
    status, out, err = run(capsys, "schema")

    assert (status, err) == (0, "")
    assert vaekstaftale.bundled.schema() == json.loads(out)


class TestProgress:
    """A progress bar needs a terminal, many files and an optional package."""

    @pytest.fixture
    def many_files(self, tmp_path: Path) -> Path:
        """Return a folder with many files."""
        for number in range(20):
            (tmp_path / f"{number}.json").write_text("{")
        return tmp_path

    def test_with_package(
        self, many_files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With the package, the progress bar receives every file, and the output stays the same."""
        module = types.ModuleType("tqdm")
        seen = []

        def tqdm(files: list[str], **_options: object) -> Iterator[str]:
            for file in files:
                seen.append(file)
                yield file

        module.tqdm = tqdm  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "tqdm", module)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        status, out, _ = run(capsys, "validate", many_files)

        assert (status, len(seen), out.count("json-syntax")) == (1, 20, 20)

    def test_without_package(
        self, many_files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without the package, the output is the same and there is no progress bar."""
        monkeypatch.setitem(sys.modules, "tqdm", None)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        status, out, err = run(capsys, "validate", many_files)

        assert (status, out.count("json-syntax")) == (1, 20)
        assert err.startswith("20 files: 0 valid, 20 invalid (20 errors, 0 warnings)")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), "vaekstaftale: not enough memory\n"),
        (
            FileNotFoundError(2, "No such file or directory", "x\x1b"),
            "vaekstaftale: x\\x1b: No such file or directory\n",
        ),
        (OSError(24, "Too many open files"), "vaekstaftale: Too many open files\n"),
    ],
)
def test_errors_of_the_system(
    error: Exception, expected: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error of the system is reported as what it is, without a traceback."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(commands, "summary", fail)
    assert run(capsys, "show", "syddanmark-2017") == (2, "", expected)


def test_hidden_files(tmp_path: Any) -> None:
    """The hidden files of a folder are skipped, as a shell pattern skips them."""
    (tmp_path / ".hidden.json").write_text("{")

    assert cli.main(["validate", str(tmp_path)]) == 2


class TestHostileOutput:
    HOSTILE = "x\x1b]0;pwned\x07\n::error::forged ##[error]forged"

    @pytest.mark.parametrize("format_", ["text", "json", "github"])
    def test_messages_of_own_rules(
        self, format_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What a rule of one's own repeats from a file is neither a control sequence nor a command."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "hostile_rule.py").write_text(
            "from vaekstaftale import Finding\n"
            "def rule(agreement):\n"
            "    yield Finding('acme/x' + agreement.title, agreement.title, hint=agreement.title)\n"
        )
        (tmp_path / "a.json").write_text(json.dumps(minimal(title=self.HOSTILE)))
        out = run(capsys, "validate", "--format", format_, "--rule", "hostile_rule:rule", "a.json")[1]

        assert out.isascii()
        assert "\x1b" not in out
        assert "##[" not in out
        assert sum(line.lstrip().startswith("::") for line in out.splitlines()) == (format_ == "github")
        if format_ == "json":
            assert self.HOSTILE in [problem["message"] for problem in json.loads(out)]

    @pytest.mark.parametrize("command", [["show"], ["show", "--html", "-"], ["validate"], ["format", "--check"]])
    def test_commands_in_files(
        self, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Neither the content of a file nor its name is a command to GitHub's runner."""
        monkeypatch.chdir(tmp_path)
        name = "::error::##[x].json"
        source = {"id": "s", "kind": "other", "text": ["x", "::error::forged", " ::error::forged", "##[error]forged"]}
        (tmp_path / name).write_text(json.dumps(minimal(title="::error::x", sources=[source], quotes=[{"exact": "y"}])))
        _, out, err = run(capsys, *command, name)

        assert (out + err).count("error") > 0
        assert not re.search(r"(?m)^\s*::|##\[", out + err)

    def test_arguments_are_escaped(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An argument that is not known is shown escaped."""
        with pytest.raises(SystemExit):
            cli.main(["validate", "-\x1b[31m"])

        assert "\x1b" not in capsys.readouterr().err

    def test_standard_error_is_full(self, tmp_path: Path) -> None:
        """If nothing can be written to standard error, the exit status is what it would be."""
        (tmp_path / "a.json").write_text(json.dumps(minimal()))
        with open("/dev/full", "w") as full:
            command = [sys.executable, "-m", "vaekstaftale", "validate", "a.json", "--format", "json"]
            done = subprocess.run(command, cwd=tmp_path, stderr=full, stdout=subprocess.PIPE, check=False)

        assert (done.returncode, done.stdout) == (0, b"[]\n")

    def test_modules_of_the_folder_come_last(self, tmp_path: Path) -> None:
        """A module of the current folder is not taken for one of the standard library."""
        (tmp_path / "difflib.py").write_text("raise SystemExit('taken')")
        (tmp_path / "a.json").write_text(json.dumps({**minimal(), "titel": 1}))
        command = [sys.executable, "-P", "-m", "vaekstaftale", "validate", "--rule", "os.path:exists", "a.json"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

        assert "did you mean 'title'?" in done.stdout

    def test_link_to_itself(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A link to itself is a file that cannot be read, and the other files are checked."""
        (tmp_path / "a.json").write_text(json.dumps(minimal()))
        (tmp_path / "b.json").symlink_to("b.json")
        status, out, err = run(capsys, "validate", str(tmp_path))

        assert status == 2
        assert "unreadable-file" in out
        assert "2 files: 1 valid, 1 invalid" in err

    def test_page_to_a_pipe(self, tmp_path: Path) -> None:
        """`/dev/stdout` may be a pipe."""
        command = [sys.executable, "-m", "vaekstaftale", "show", "syddanmark-2017", "--html", "/dev/stdout"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

        assert done.returncode == 0
        assert done.stdout.startswith(b"<!DOCTYPE html>")
