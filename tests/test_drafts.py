"""From a source to a record: reading documents, drafts, and changing the source of a file."""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import minimal

import vaekstaftale
from vaekstaftale import bundled, draft, validate_text
from vaekstaftale.cli import main
from vaekstaftale.files import documents
from vaekstaftale.files.documents import UnreadableDocument, decoded, read_document
from vaekstaftale.files.drafts import joins, remarks, with_initiatives, with_joined_words

if TYPE_CHECKING:
    from collections.abc import Sequence

BUNDLED = json.loads(bundled.read("syddanmark-2017"))
LINES: list[str] = BUNDLED["sources"][0]["text"]
TEXT = "\n".join(LINES)
HTML = (
    "<!doctype html><html><head><title>x</title><style>p {}</style></head><body><nav>Menu</nav><main>"
    + "".join(f"<p>{line}</p>\n" if len(line) > 80 else f"<h2>{line}</h2>\n" for line in LINES if line.strip())
    + "<script>x</script></main><footer>Bund</footer></body></html>"
)


def pdf(pages: Sequence[Sequence[str]], *, stream: bytes | None = None, trailer: bytes = b"") -> bytes:
    """Return a PDF with some lines of text on each page."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in pages:
        escaped = [line.encode("cp1252", "replace") for line in lines]
        shown = b"".join(
            b"(" + line.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b") Tj T*\n"
            for line in escaped
        )
        content = b"BT /F1 10 Tf 12 TL 50 780 Td\n" + shown + b"ET" if stream is None else stream
        packed = zlib.compress(content)
        objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
        resources = b"<</Font<</F1 3 0 R>>>>"
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources%s/Contents %d 0 R>>" % (resources, len(objects))
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    out, offsets = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (
        out,
        size,
        table,
        size,
        trailer,
        len(out),
    )


def wrapped(text: str, width: int = 90) -> list[str]:
    """Return the words of a text in lines."""
    lines: list[str] = []
    for line in text.split("\n"):
        words = line.split(" ")
        current = words[0]
        for word in words[1:]:
            if len(current) + len(word) > width:
                lines.append(current)
                current = word
            else:
                current += f" {word}"
        lines.append(current)
    return [line for line in lines if line.strip()]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the command line, and return its status and what it prints."""
    status = main(list(map(str, arguments)))
    return status, *capsys.readouterr()


def refused(path: Path) -> str:
    """Return why a document cannot be read."""
    with pytest.raises(UnreadableDocument) as caught:
        read_document(str(path))
    return str(caught.value)


# --- Documents --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.pdf"])
def test_the_bundled_record_is_valid_with_a_draft(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the source of a draft, from text, HTML or PDF, the bundled record is valid without a word changed."""
    path = tmp_path / name
    lines = wrapped(TEXT)
    contents = {"a.txt": TEXT.encode(), "a.html": HTML.encode(), "a.pdf": pdf([lines[:20], lines[20:]])}
    path.write_bytes(contents[name])
    status, out, _ = run(capsys, "draft", path)
    data = json.loads(out)
    [source], [recorded] = data["sources"], BUNDLED["sources"]
    record = {**BUNDLED, "sources": [{**recorded, "text": source["text"], "sha256": source["sha256"]}]}
    [problem] = validate_text(out)

    assert status == 0
    assert validate_text(json.dumps(record)) == ()
    assert (problem.code, problem.path) == ("empty-list", "/parties")


def test_what_a_reader_sees(tmp_path: Path) -> None:
    """Of HTML, the main part is read in order, a line for each block, without what nobody reads."""
    path = tmp_path / "a.html"
    path.write_text(
        "<body>x<main><nav>Menu</nav><h1>Om <b>aft</b>alen</h1>\n<p>Et\n  afsnit<br>med&nbsp;linjer<p hidden>skjult<p>"
        "<span style='display: none'>skjult</span><ul><li>A<li>B</ul><table><tr><td>1<td>2</table><!-- x -->"
        "<pre> y </pre><form>felt<button>Send</button></form><div>D<div>E</div>F</div></main>",
        "utf-8",
    )
    read = read_document(str(path))

    lines = ["Om aftalen", "Et afsnit", "med\xa0linjer", "A", "B", "1 2", "y", "felt", "D", "E", "F"]
    assert read.text.split("\n") == lines
    assert (read.kind, read.heading) == ("web-page", "Om aftalen")


@pytest.mark.parametrize(
    ("data", "declared", "text", "is_told"),
    [
        ("æø".encode(), None, "æø", False),
        (b"\xef\xbb\xbfx", None, "x", False),
        ("æø".encode("utf-16"), None, "æø", False),
        ("æø".encode("iso-8859-1"), "iso-8859-1", "æø", False),
        ("’æ".encode("cp1252"), None, "’æ", True),
        ("’æ".encode("cp1252"), "no-such-encoding", "’æ", True),
        ("’æ".encode("cp1252"), "undefined", "’æ", True),
    ],
)
def test_encodings(data: bytes, declared: str | None, text: str, is_told: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """UTF-8, then what HTML declares, then Windows-1252, which is said."""
    assert decoded(data, declared)[0] == text
    assert bool(decoded(data, declared)[1]) == is_told


def test_declared_encoding(tmp_path: Path) -> None:
    """The encoding that HTML declares is used if the file is not UTF-8."""
    path = tmp_path / "a.htm"
    path.write_bytes(b"<meta charset='iso-8859-1'><p>\xe6")

    assert read_document(str(path)).text == "æ"


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read as what it is, is reported as what it is."""
    cases = {
        "broken.pdf": b"%PDF-1.4\nx",
        "none.pdf": b"",
        "scan.pdf": pdf([[]]),
        "locked.pdf": pdf(
            [["x"]], trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P 0>>/ID[(a)(a)]" % (b"o" * 32, b"u" * 32)
        ),
        "word.txt": b"PK\x03\x04",
        "binary.txt": b"a\0b",
        "empty.txt": b" \n ",
        "empty.html": b"<script>x</script>",
        "long.txt": b"x" * 1_000_001,
    }
    reasons = {}
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
        reasons[name] = refused(tmp_path / name)

    assert reasons.pop("broken.pdf").startswith("it cannot be read as PDF: ")
    assert reasons.pop("none.pdf").startswith("it cannot be read as PDF: ")
    assert reasons == {
        "scan.pdf": "it has no text: it may be a scan, whose text must be typed or recognised first",
        "locked.pdf": "it is encrypted: save a copy without a password",
        "word.txt": "it is a document of a word processor: save it as text, HTML or PDF",
        "binary.txt": "it is no text",
        "empty.txt": "it has no text",
        "empty.html": "it has no text",
        "long.txt": "its text is larger than 1,000,000 bytes, the most that an agreement file may have",
    }
    monkeypatch.setattr(documents, "MAX_DOCUMENT_BYTES", 10)
    assert refused(tmp_path / "long.txt") == "it is larger than 10 bytes"


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the libraries of the extra, HTML and PDF say what to install."""
    for name in ("pypdf", "selectolax"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    for name, kind in (("a.html", "HTML"), ("a.pdf", "PDF")):
        (tmp_path / name).write_text("<p>x")
        assert refused(tmp_path / name) == f'to read {kind}, install the extra: pip install "vaekstaftale[draft]"'


def test_no_module_of_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module of the current folder does not replace a library that reads documents."""
    monkeypatch.chdir(tmp_path)
    for name in ("selectolax", "json", "vaekstaftale"):
        (tmp_path / f"{name}.py").write_text("raise ImportError")
    (tmp_path / "a.html").write_text("<p>x")

    assert read_document("a.html").text == "x"


@pytest.mark.slow
def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to any size, or takes any time, ends in a clear error."""
    monkeypatch.setattr(documents, "MAX_DOCUMENT_SECONDS", 5)
    bombs = {
        "nested.html": b"<body>" + b"<div>" * 1_000_000,
        "text.pdf": pdf([[]], stream=b"BT /F1 1 Tf " + b"(x) Tj " * 10_000_000),
        "zeros.pdf": pdf([[]], stream=b"\0" * 500_000_000),
    }
    for name, data in bombs.items():
        (tmp_path / name).write_bytes(data)
        assert refused(tmp_path / name).startswith(("reading it takes", "it has no text", "it cannot be read"))


def test_many_pages(tmp_path: Path) -> None:
    """The pages of a PDF are in order, with a blank line between them; the progress is over their numbers."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([[f"side {number}"] for number in range(200)]))
    seen: list[int] = []

    def progress(numbers: Sequence[int]) -> list[int]:
        seen.extend(numbers)
        return list(numbers)

    assert read_document(str(path), progress).text == "\n\n".join(f"side {number}" for number in range(200))
    assert seen == list(range(200))


# --- Drafts -----------------------------------------------------------------------------------------------


def test_draft() -> None:
    """A draft has the title, the id and the source. Nothing else is guessed."""
    data = draft("\n\n# Aftale om vækst\r\nParterne mødes.\n", url="https://example.org", kind="web-page")

    assert data == {
        "format_version": "1.0",
        "id": "aftale-om-vaekst",
        "title": "Aftale om vækst",
        "language": "da",
        "parties": [],
        "sources": [
            {
                "id": "kilde",
                "kind": "web-page",
                "url": "https://example.org",
                "retrieved_on": date.today().isoformat(),  # noqa: DTZ011 - the day where the reader is
                "text": ["# Aftale om vækst", "Parterne mødes."],
                "sha256": hashlib.sha256("# Aftale om vækst\nParterne mødes.".encode()).hexdigest(),
            }
        ],
    }
    assert draft("x", title="T", id="i", language="en")["id"] == "i"
    assert draft("Ж")["id"] == ""  # `validate` reports it
    with pytest.raises(ValueError, match="the text is empty"):
        draft(" \n\xad")


def test_initiatives() -> None:
    """Numbered headings become initiatives. A table of contents, a list in a sentence and a date do not."""
    contents = "Indhold\n1. Energi\n2. Sundhed\n\n"
    body = "5. september 2017\n1. Energi:\nDe vil mødes.\n2. Sundhed\nSe\n3. punkt er uklart.\n4 Turisme\n\n1) Energi"
    data = with_initiatives(draft(contents + body))
    made = [(one["id"], one["number"], one["title"], one["quotes"]) for one in data["initiatives"]]

    assert list(data)[-2:] == ["initiatives", "sources"]
    assert made == [("energi", 1, "Energi", made[0][3]), ("sundhed", 2, "Sundhed", made[1][3])]
    record = {**data, "parties": [{"id": "p", "name": "P"}]}
    assert validate_text(json.dumps(record)) == ()
    assert "initiatives" not in with_initiatives(draft("Ingen"))


@pytest.mark.parametrize(
    ("text", "joined", "report"),
    [
        ("Hver Kom-\nmune skal", "Hver Kommune\nskal", ["line 1: Kom- mune → Kommune"]),
        ("Hver kom\xad\n  mune", "Hver kommune\n", ["line 1: kom- mune → kommune"]),
        ("CO2-\nudledningen", "CO2-udledningen\n", ["line 1: CO2- udledningen → CO2-udledningen"]),
        ("Midt-\nJylland", "Midt-Jylland\n", ["line 1: Midt- Jylland → Midt-Jylland"]),
        ("vækst-\nog erhverv", "vækst-\nog erhverv", []),
        ("it-støtte og it-\nstøtte", "it-støtte og it-støtte\n", ["line 1: it- støtte → it-støtte"]),
        ("a - \nb", "a - \nb", []),
        ("isoleret re- duceret", "isoleret re- duceret", []),
    ],
)
def test_joins(text: str, joined: str, report: list[str]) -> None:
    """Words that are split at the ends of lines are joined. Hyphens that belong to the word stay."""
    assert with_joined_words(text) == joined
    assert list(map(str, joins(text))) == report


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command writes a file, never over another one, and says on standard error what it found and what is next."""
    source, out = tmp_path / "a.txt", tmp_path / "a.json"
    source.write_text("Aftale\n\nHver kom-\nmune mødes den 5. september 2017.\u200b\n1. Energi\n", "utf-8")
    plain = run(capsys, "draft", source)
    status, printed, err = run(
        capsys, "draft", source, "--join-hyphens", "--initiatives", "-o", out, "--title", "T", "--kind", "minutes"
    )
    data = json.loads(out.read_text("utf-8"))

    assert "1 word is split at the ends of lines: --join-hyphens joins them\n" in plain[2]
    assert (status, printed) == (0, "")
    assert err.splitlines()[:3] == [
        "line 3: kom- mune → kommune",
        'line 4: 5. september 2017 is written "2017-09-05"',
        "1 invisible characters: they are ignored where quotes are compared",
    ]
    assert f"  vaekstaftale unquoted {out}\n" in err
    assert (data["title"], data["id"], data["sources"][0]["kind"]) == ("T", "t", "minutes")
    assert data["sources"][0]["note"] == "Ord, der var delt ved linjeskift, er samlet."
    assert data["initiatives"][0]["title"] == "Energi"
    assert run(capsys, "draft", source, "-o", out)[0] == 2
    assert "exists already; --force replaces it" in run(capsys, "draft", source, "-o", out)[2]
    assert run(capsys, "draft", source, "-o", out, "--force")[0] == 0
    assert run(capsys, "draft", tmp_path / "missing.txt")[0] == 2


def test_days() -> None:
    """Each day is listed once, where it is first, and no more than anybody reads."""
    days = [f"{day}. maj {year}" for year in (2017, 2018) for day in range(1, 14)]
    found = list(remarks("\n".join([*days, *days, "2017-05-01"])))

    assert found[0] == 'line 1: 1. maj 2017 is written "2017-05-01"'
    assert len(found) == 21
    assert found[-1] == "7 more days are in the text"


def test_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`source` puts a text and its checksum into a source, and changes nothing else of the file."""
    path, text = tmp_path / "a.json", tmp_path / "a.txt"
    original = bundled.read("syddanmark-2017").replace(b"\n", b"\r\n")
    path.write_bytes(original)
    text.write_text(TEXT.replace("Staten", "Regeringen"), "utf-8")
    first = run(capsys, "source", path, "webside", text)
    changed = path.read_bytes()
    text.write_text(TEXT, "utf-8")
    run(capsys, "source", path, "webside", text)

    assert first[:2] == (0, "")
    assert changed.count(b"\r\n") == changed.count(b"\n") == original.count(b"\n")
    assert sum(one != other for one, other in zip(changed.split(b"\n"), original.split(b"\n"), strict=True)) == 2
    assert path.read_bytes() == original


@pytest.mark.parametrize("indent", [None, 1, 4, "\t"])
def test_source_without_text(indent: int | str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The keys are added if they are missing, as the file is written."""
    path, text = tmp_path / "a.json", tmp_path / "a.txt"
    path.write_text(json.dumps(minimal(parties=[]), indent=indent), "utf-8")
    text.write_text("A\nB", "utf-8")
    made = {"text": ["A", "B"], "sha256": hashlib.sha256(b"A\nB").hexdigest()}
    expected = minimal(parties=[], sources=[{"id": "s", "kind": "other", **made}])

    assert run(capsys, "source", path, "s", text)[0] == 0
    assert path.read_text("utf-8") == json.dumps(expected, indent=indent)
    assert run(capsys, "source", path, "t", text)[0] == 2
    path.write_text("{")
    assert run(capsys, "source", path, "s", text)[0] == 1


def test_the_example_in_the_documentation() -> None:
    """The files of the page "Write a record" have the text of its source, and the last one has nine promises."""
    folder = Path(__file__).parent.parent / "docs" / "examples" / "record"
    read = read_document(str(folder / "kilde.html"))
    made = with_initiatives(draft(read.text, title=read.heading, kind=read.kind))
    begun, finished = (json.loads((folder / name).read_text("utf-8")) for name in ("begyndt.json", "aftale.json"))

    assert {key: begun[key] for key in ("id", "title", "initiatives")} == {
        key: made[key] for key in ("id", "title", "initiatives")
    }
    for data in (begun, finished):
        assert made["sources"][0].items() <= data["sources"][0].items()
    assert len(vaekstaftale.from_dict(finished).commitments) == 9


def test_start_is_fast() -> None:
    """The libraries of the extra are only imported where a document is read."""
    assert not {"pypdf", "selectolax"} & set(sys.modules)
    assert vaekstaftale.draft is draft


def test_joins_keep_the_rest() -> None:
    """A mark of punctuation stays at its word, other lines keep their indentation, and parts of words are no words."""
    assert with_joined_words("  a\n  kom-\n  mune, b\n    c") == "  a\n  kommune,\nb\n    c"
    assert joins("vækst-\nsåvel som børne-\nhhv. unge-") == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<article>a</article><article>b<article>c</article></article>", "a\nb\nc"),
        ("<main></main><article>a</article>", "a"),
        ("<main></main>a", "a"),
        ("<form><main><p>a</main></form>", "a"),
        ("<body><form><p>a<input></form>", "a"),
    ],
)
def test_no_text_of_html_is_lost(html: str, text: str, tmp_path: Path) -> None:
    """All articles count, an empty element does not hide the rest, and a form around the page is no form field."""
    path = tmp_path / "a.html"
    path.write_text(html, "utf-8")

    assert read_document(str(path)).text == text


def test_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes in an option that are not UTF-8 are refused, and a declared codec that no page has is ignored."""
    path = tmp_path / "a.html"
    for charset in ("unicode_escape", "base64", "utf-7", "rot13", "punycode"):
        path.write_bytes(b"<meta charset=%s><p>\xe6 \\ud800 +AGE-" % charset.encode())
        assert read_document(str(path)).text == "æ \\ud800 +AGE-"
    assert run(capsys, "draft", path, "--title", "\udce6")[0::2] == (2, "vaekstaftale: --title: it is not UTF-8\n")
