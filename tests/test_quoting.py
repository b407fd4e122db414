"""Quoting: the source's own words for words that someone wrote, and the list of what is not quoted yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FAMILY, minimal
from hypothesis import assume, given
from hypothesis import strategies as st

import vaekstaftale
from vaekstaftale import Agreement, QuoteNotFound, bundled, quote
from vaekstaftale.cli import main
from vaekstaftale.quotes.search import Occurrences, Search
from vaekstaftale.quotes.sentences import sentences, work_list

if TYPE_CHECKING:
    from pathlib import Path

AGREEMENTS = [bundled.load("syddanmark-2017"), *map(vaekstaftale.load, FAMILY)]


def quoting(*texts: str) -> Agreement:
    """Return an agreement whose sources have some texts."""
    sources = [{"id": f"s{n}", "kind": "other", "text": text.split("\n")} for n, text in enumerate(texts)]
    return vaekstaftale.from_dict(minimal(sources=sources))


def found(words: str, *texts: str, source: str | None = None) -> dict[str, Any]:
    """Return the quote of some words as a file has it."""
    made = quote(words, quoting(*texts), source=source)
    return {key: getattr(made, key) for key in ("exact", "prefix", "suffix", "source") if getattr(made, key)}


TEXT = "Parterne vil mødes i »maj« – og følge op.\nKampagnen skal vise Kommunens affaldsplan. Parterne vil rejse."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('parterne  vil MØDES i "maj" - og', {"exact": "Parterne vil mødes i »maj« – og"}),
        ("følge op. kampagnen", {"exact": "følge op. Kampagnen"}),
        ("kampagnen … affaldsplan.", {"exact": "Kampagnen skal vise Kommunens affaldsplan."}),
        ("parterne ... op", {"exact": "Parterne vil mødes i »maj« – og følge op"}),
        ("parterne vil", {"exact": "Parterne vil", "suffix": "mødes"}),
        ("Parterne vil mødes i maj og følge op", {"exact": "Parterne vil mødes i »maj« – og følge op"}),
        ("ommunens affaldsplan", {"exact": "Kommunens affaldsplan"}),
    ],
)
def test_own_words(words: str, expected: dict[str, Any]) -> None:
    """The source's own words are found in spite of case, white space, quotation marks, dashes, and an ellipsis."""
    assert found(words, TEXT) == expected
    assert found(words, TEXT, "Andet.") == {**expected, "source": "s0"}


def test_shortest_stretch() -> None:
    """Of several stretches that begin and end as the words do, it is the shortest."""
    assert found("a … c", "a b b c. a x c.") == {"exact": "a x c"}
    assert found("a … b … c", "a c b a c b c") == {"exact": "a c b c"}


def test_source() -> None:
    """Words that several sources have are those of the first one, or of the one that is named."""
    assert found("vi mødes", "Vi mødes.", "Vi mødes") == {"exact": "Vi mødes", "source": "s0"}
    assert found("vi mødes", "Vi mødes.", "Vi mødes", source="s1") == {"exact": "Vi mødes", "source": "s1"}
    with pytest.raises(ValueError, match="there is no source 's9' with a text"):
        found("vi", "Vi", source="s9")
    with pytest.raises(ValueError, match="there is no source with a text"):
        quote("vi", vaekstaftale.from_dict(minimal()))


@pytest.mark.parametrize(
    ("words", "closest"),
    [("", None), ("noget helt andet", None), ("Parterne vil mødes i marts og aftale", "Parterne vil mødes i »maj«")],
)
def test_not_found(words: str, closest: str | None) -> None:
    """Words that are not near enough to those of a source are not found; the closest are named."""
    with pytest.raises(QuoteNotFound) as caught:
        found(words, TEXT)

    assert (caught.value.closest or "").startswith(closest or "")
    assert str(caught.value).startswith(f"{words!r} does not occur in a source")
    with pytest.raises(QuoteNotFound):
        found("a", " ".join(["a b"] * 200))  # nothing near distinguishes the places
    with pytest.raises(TypeError, match="words must be a str"):
        quote(b"x", AGREEMENTS[0])  # type: ignore[arg-type]  # what is checked


@given(st.data())
def test_any_stretch(data: st.DataObject) -> None:
    """For any stretch of whole words, roughened, the quote occurs once, in whole words, and has these words."""
    agreement = data.draw(st.sampled_from(AGREEMENTS))
    source = data.draw(st.sampled_from([one for one in agreement.sources if one.text]))
    words = (source.text or "").split()
    start = data.draw(st.integers(0, len(words) - 1))
    stretch = " ".join(words[start : start + data.draw(st.integers(1, 30))])
    assume(any(map(str.isalnum, stretch)))
    case = data.draw(st.sampled_from(["upper", "lower", "title", "strip"]))
    rough: str = getattr(stretch, case)()
    for right, wrong in (("’", "'"), ("–", "-"), (" ", "\n "), ("»", '"')):
        rough = rough.replace(right, wrong) if data.draw(st.booleans()) else rough
    assume(rough.casefold().translate({39: None}) and len(rough) == len(stretch) + rough.count("\n "))
    made = quote(rough, agreement, source=source.id)

    assert Search(agreement).look_up(made) == Occurrences(1, cut_words=False)
    assert made.exact.casefold() == " ".join(stretch.split()).casefold()


# --- Sentences --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Den 5. september 2017 indgik parterne aftalen.| Staten følger op.",
        "Det koster ca. 3 mio. kr. i 2017.| Parterne drøfter bl.a. Region Syddanmarks plan, f.eks. Vækstplanen m.v.",
        "Jf. kap. 3 i lov nr. 313 af 25. Marts.| Vi mødes!| »Hvem?« spurgte han.",
        "1. Energi og klima:|\n\nParterne vil\nmødes i Region\nSyddanmark og drøfte det.",
        "Energi|\nParterne vil i de kommende år mødes og drøfte energi og klima i hele Region Syddanmark.",
        "Vi vil:|\n- mødes|\n- rejse|\n• drøfte",
        "De første parter er med.|\nSide 1 af 3|\nDe andre parter følger\nefter.",
        "Aftale 1|\nDet er en tekst, som går\nover linjer.|\nAftale 2|\nMere, som også\ner lang.|\nAftale 3|\nSlut.",
        "H. C. Andersen var her.| Så gik han.",
    ],
)
def test_sentences(text: str) -> None:
    """A sentence ends at its mark, not at an abbreviation, an ordinal, a date, a numbered heading or a line end."""
    plain = text.replace("|", "")

    assert [plain[start:end] for start, end in sentences(plain)] == text.split("|")


@given(st.text("aB1.!? \n-,:;»«(æ", max_size=60), st.integers(0, 20), st.integers(0, 20))
def test_nothing_is_lost(text: str, start: int, length: int) -> None:
    """The sentences of any part of a text are all of it."""
    part = text[start : start + length]

    assert "".join(text[begin:end] for begin, end in sentences(text, start, start + length)) == part


# --- The commands -----------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the command line, and return its status and what it prints."""
    status = main(list(map(str, arguments)))
    return status, *capsys.readouterr()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a file with one quote, whose text has lines with line feeds."""
    text = ["Vi mødes.\nSide 1", "Parterne vil mødes. Side 1", "", 'Og rejse i "maj".']
    sources = [{"id": "s", "kind": "other", "text": text}, {"id": "t", "kind": "other", "text": ["Vi mødes."]}]
    made = tmp_path / "a.json"
    made.write_text(json.dumps(minimal(sources=sources, quotes=[{"exact": "Parterne vil"}]), indent=2), "utf-8")
    return made


def test_unquoted(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list has one sentence a line, with the line of the file, and the rest of a sentence that is partly quoted."""
    status, out, err = run(capsys, "unquoted", path)

    assert status == 1
    assert out.splitlines() == [
        f"{path}:17: s line 1: Vi mødes.",
        f"{path}:17: s line 2: Side 1",
        f"{path}:18: s line 3: mødes.",
        f"{path}:18: s line 3: Side 1",
        f'{path}:20: s line 5: Og rejse i "maj".',
        f"{path}:27: t line 1: Vi mødes.",
    ]
    assert err == "6 sentences left; 2 of 15 words accounted for (13 percent)\n"


def test_unquoted_as_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, each sentence has a quote to paste: with all of them, everything is accounted for."""
    _, out, _ = run(capsys, "unquoted", "--format", "json", path)
    items = [json.loads(line) for line in out.splitlines()]
    data = json.loads(path.read_text("utf-8"))
    data["quotes"] += [item["quote"] for item in items]
    path.write_text(json.dumps(data), "utf-8")

    assert items[1] == {
        "file": str(path),
        "line": 17,
        "source": "s",
        "source_line": 2,
        "quote": {"exact": "Side 1", "suffix": "Parterne", "source": "s"},
    }
    assert vaekstaftale.validate_file(path) == ()
    assert run(capsys, "unquoted", path)[:2] == (0, "")


def test_skip(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--skip` adds sentences to the skipped words of their sources, and changes nothing else of the file."""
    before = json.loads(path.read_text("utf-8"))
    status, out, err = run(capsys, "unquoted", path, "--skip", 2, "--skip", 6)
    third = run(capsys, "unquoted", path, "--skip", 3)
    changed = json.loads(path.read_text("utf-8"))
    skipped = [source.pop("skipped") for source in changed["sources"]]

    assert (status, len(out.splitlines())) == (1, 4)
    assert third[1].count("Side 1") == 0
    assert err.startswith("4 sentences left")
    assert changed == before
    side = [{"exact": "Side 1", "suffix": "Parterne"}, {"exact": "Side 1", "suffix": "Og"}]
    assert skipped == [side, [{"exact": "Vi mødes."}]]
    assert vaekstaftale.validate_file(path) == ()


def test_skip_refused(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A number that is not in the list, and several files, are wrong usage; nothing is written."""
    before = path.read_bytes()

    assert run(capsys, "unquoted", path, "--skip", 7)[::2] == (
        2,
        "vaekstaftale: --skip 7: the list has 6 sentences\n",
    )
    assert run(capsys, "unquoted", path, FAMILY[0], "--skip", 1)[0] == 2
    assert run(capsys, "unquoted", "syddanmark-2017", "--skip", 1)[0] == 2
    assert path.read_bytes() == before


def test_nothing_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the bundled agreement, nothing is left. Without a text, nothing can be said."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(minimal()), "utf-8")

    assert run(capsys, "unquoted", "syddanmark-2017") == (
        0,
        "",
        "0 sentences left; 335 of 335 words accounted for (100 percent)\n",
    )
    assert run(capsys, "unquoted", path) == (1, "", "no source has a text\n")
    path.write_text("{}")
    assert run(capsys, "unquoted", path)[0] == 1
    assert work_list(Search(AGREEMENTS[0])) == ()


def test_quote_command(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`quote` prints the quote as JSON, or why it cannot."""
    assert json.loads(run(capsys, "quote", path, "og REJSE")[1]) == {"exact": "Og rejse", "source": "s"}
    assert run(capsys, "quote", path, "helt andre ord")[0] == 1
    assert run(capsys, "quote", path, "vi mødes", "--source", "u")[::2] == (
        2,
        "vaekstaftale: there is no source 'u' with a text\n",
    )


@pytest.mark.parametrize("text", ["Se mere. " * 60, "x " * 5_100])
def test_skip_only_one(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence that nothing near distinguishes, or that is too long for a quote, is not skipped with others."""
    path = tmp_path / "a.json"
    path.write_text(json.dumps(minimal(sources=[{"id": "s", "kind": "other", "text": [text]}])), "utf-8")
    before = path.read_bytes()
    listed = run(capsys, "unquoted", path)[1].count("\n")
    _, out, _ = run(capsys, "unquoted", "--format", "json", path)

    assert out.count("\n") == listed
    assert run(capsys, "unquoted", path, "--skip", (listed + 1) // 2)[0] == 2
    assert path.read_bytes() == before


def test_other_numbers_and_names() -> None:
    """Words with other numbers, names or negations are not found, however close they are."""
    text = "Parterne vil arbejde for at afsætte 17 mio. kr. til turisme i Region Nordjylland i de kommende år."
    assert found(text.replace("kommende", "komende"), text)["exact"] == text
    for right, wrong in (("17", "7"), ("Nordjylland", "Nordsjælland"), ("vil arbejde", "vil ikke arbejde")):
        with pytest.raises(QuoteNotFound, match="check which are right"):
            found(text.replace(right, wrong), text)


def test_many_places() -> None:
    """A word in more places than are compared at once is distinguished from all of them, or it is said why not."""
    text = " ".join(
        [*(f"a b{number} er" for number in range(30)), "a c er", *(f"er x{number} b" for number in range(30))]
    )
    made = quote("er", quoting(text))

    assert Search(quoting(text)).is_once_in_whole_words(made)
    with pytest.raises(QuoteNotFound, match="occurs in several places that nothing near distinguishes"):
        found("a", " ".join(["a b"] * 200))
