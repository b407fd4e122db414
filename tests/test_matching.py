"""Fast string functions have the same results as simple ones."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaekstaftale.matching import closest, fold, fold_all, nfc, slug
from vaekstaftale.quotes.finding import finder, occurrences

_NEEDLES = st.text(st.sampled_from("ab "), min_size=1, max_size=40)


@given(st.lists(_NEEDLES, max_size=12), st.text(st.sampled_from("abcdefgh "), min_size=80, max_size=300), st.data())
def test_many_needles(needles: list[str], text: str, data: st.DataObject) -> None:
    """Finding many needles in a sorted text gives the same places as finding each alone, whether they occur or not."""
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(text) - 2))
        needles.append(text[start : data.draw(st.integers(start + 1, len(text)))])
    text += data.draw(st.sampled_from(["", text, text[:40]]))
    find = finder(text)

    for needle in needles:
        assert sorted(find(needle)) == list(occurrences(needle, text))


def test_long_needle() -> None:
    """A needle is found by its rarest part, wherever in the needle that is."""
    text = f"{'a' * 32}c" * 20 + f"{'a' * 32}bcdefgh"

    needles = (f"{'a' * 32}bcdefgh", f"{'a' * 32}bcdefgx", f"{'a' * 32}cab")
    assert [len(list(finder(text)(needle))) for needle in needles] == [1, 0, 0]


@given(st.text(st.sampled_from("aeA\u0301\u0308\u0323\u0327\u0345\u0344\u0f71\u0f73\u0f75\u0f81\u0f72å"), max_size=40))
def test_nfc(text: str) -> None:
    """Sorting long runs of combining marks first does not change the result."""
    for padding in ("a", "\u0301", " "):
        long = text + padding * 1_000 + text

        assert normalize("NFC", long) == nfc(long)


class TestClosest:
    @pytest.mark.parametrize(
        ("word", "choices", "expected"),
        [
            ("nmae", ["id", "name", "note"], "name"),
            ("NAME", ["name"], "name"),
            ("xyz", ["name"], None),
            ("name", [], None),
            ("x" * 101, ["x" * 101], None),
            ("name", ["x" * 101, "nmae"], "nmae"),
            ("regeringn", ["Regeringen"], "Regeringen"),
        ],
    )
    def test_closest(self, word: str, choices: list[str], expected: str | None) -> None:
        """The closest choice is returned, regardless of case, or None if no choice is close."""
        assert expected == closest(word, choices)

    def test_many_choices(self) -> None:
        """Of very many choices, those that begin like the word are compared first."""
        choices = [f"{letter}egering-{number}" for letter in "abcdefghijklmnopqrs" for number in range(500)]

        assert closest("regering-499x", choices) == "regering-499"


def test_decomposed_letter_in_an_id() -> None:
    """An id is suggested for a name in either normal form of Unicode."""
    assert slug("A\u030arhus") == slug("\u00c5rhus") == "aarhus"


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Region\u00a0Syd", "region  syd "),
        ("over\u00advågning", "OVERVÅGNING"),
        ("\ufeffVækstforum\u200b", "vækstforum"),
        ("Straße", "STRASSE"),
        ("A\u030arhus", "århus"),
        ("a\n b", "a b"),
    ],
)
def test_fold(name: str, other: str) -> None:
    """Names are equal without regard to case, composition, white space and invisible characters."""
    assert fold(name) == fold(other)
    assert fold_all([name, "x", other]) == [fold(name), "x", fold(name)]


@given(st.lists(st.text(st.sampled_from("aÅ\u030a \n\0\xad\u2060ß")), min_size=1))
def test_fold_all(names: list[str]) -> None:
    """Several names are folded at once as each is by itself."""
    assert fold_all(names) == [fold(name) for name in names]
