"""Where quotes stand in sources."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaekstaftale import Agreement, Party, Place, Quote, Source, find, unquoted, validate
from vaekstaftale.model.paths import quotes_of
from vaekstaftale.quotes.folding import FoldedText, fold_text
from vaekstaftale.quotes.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def quoting(quotes: Sequence[Quote], *texts: str | None, excerpt: bool = False) -> Agreement:
    """Build an agreement with some quotes and one source a text, called a, b, …."""
    return Agreement(
        id="x",
        title="x",
        language="da",
        parties=[Party(id="p", name="P")],
        quotes=quotes,
        sources=[Source(id="abc"[index], kind="other", text=text, excerpt=excerpt) for index, text in enumerate(texts)],
    )


def spans(quote: Quote, *texts: str) -> list[tuple[str, int, int]]:
    return [(place.source, place.start, place.end) for place in find(quote, quoting([quote], *texts))]


class TestFind:
    @pytest.mark.parametrize(
        ("exact", "text", "expected"),
        [
            ("frem til", "gælder frem til juni", [("a", 7, 15)]),
            ("frem til", "gælder frem\xa0\n til juni", [("a", 7, 17)]),
            ("  frem\ttil ", "gælder frem til juni", [("a", 7, 15)]),
            ("frem til", "gælder Frem til juni", []),
            ("frem til", "gælder frem, til juni", []),
            ("fremtil", "gælder frem til juni", []),
            ("aa", "aaa", [("a", 0, 2), ("a", 1, 3)]),
            ("Å", "Region A\u030a!", [("a", 7, 9)]),
            ("A\u030a", "Region Å!", [("a", 7, 8)]),
            ("\u212b", "Å", [("a", 0, 1)]),
            ("e", "e\u0301", []),
            ("b", "a\u0323\u0307 b", [("a", 4, 5)]),
            ("한", "\u1112\u1161\u11ab", [("a", 0, 3)]),
            ("x", "\ufeffx", [("a", 1, 2)]),
        ],
    )
    def test_exact(self, exact: str, text: str, expected: list[tuple[str, int, int]]) -> None:
        """Letters, case and punctuation must match; white space and composition do not count."""
        assert expected == spans(Quote(exact=exact), text)

    @pytest.mark.parametrize(
        ("prefix", "suffix", "expected"),
        [
            ("nej", None, [4]),
            ("og", None, [10]),
            (None, "og", [4]),
            (None, ", nej", []),
            (None, ",", [0]),
            ("nej", "og", [4]),
            ("nej", "nej", []),
            (" nej\n", None, [4]),
            ("ej", None, [4]),
            (",nej", "og ja", [4]),
        ],
    )
    def test_prefix_and_suffix(self, prefix: str | None, suffix: str | None, expected: list[int]) -> None:
        """The words around must stand directly there, a space at the joints aside."""
        text = "ja,nejja og ja".replace("nejja", "nej\xa0 ja")
        quote = Quote(exact="ja", prefix=prefix, suffix=suffix)
        in_order = {0: 0, 4: 8, 10: 14}

        assert [in_order[number] for number in expected] == [start for _, start, _ in spans(quote, text)]

    def test_joint_without_space(self) -> None:
        """Prefix and suffix may stand so close that no space is between."""
        assert spans(Quote(exact="ja", prefix="(", suffix=")"), "(ja) ja") == [("a", 1, 3)]

    def test_sources(self) -> None:
        """Without a named source, the words may come from every source that carries text, in order."""
        quote = Quote(exact="ja")

        assert spans(quote, "ja", "nej ja") == [("a", 0, 2), ("b", 4, 6)]

    def test_named_source(self) -> None:
        """A named source is the only one that counts; an unknown one has no places."""
        agreement = quoting([], "ja", "nej ja", None)

        assert (Place(source="b", start=4, end=6),) == find(Quote(exact="ja", source="b"), agreement)
        assert find(Quote(exact="ja", source="c"), agreement) == ()
        assert find(Quote(exact="ja", source="d"), agreement) == ()

    def test_part_of_a_word(self) -> None:
        """Letters of a word that is not in normal form are found each in its own place."""
        assert spans(Quote(exact="a"), "ae\u0301i") == [("a", 0, 1)]
        assert spans(Quote(exact="é"), "ae\u0301i") == [("a", 1, 3)]
        assert spans(Quote(exact="i"), "ae\u0301i") == [("a", 3, 4)]

    def test_bundled(self, agreement: Agreement) -> None:
        """Every quote of the bundled agreement stands in its source exactly once."""
        counts = {path: len(find(quote, agreement)) for path, quote in quotes_of(agreement)}

        assert set(counts.values()) == {1}
        assert len(counts) == 18


_LETTERS = st.text(
    st.sampled_from("aeA\u0301\u0308\u0323 \xa0\n\u1100\u1161\u11a8\u212b\u0f73\u0f71\u0344ø\u09c7\u09be.,"),
    max_size=15,
)


@given(_LETTERS)
def test_way_back(text: str) -> None:
    """Every stretch of a folded text comes from a stretch of the original that folds to it or to more."""
    folded = FoldedText(text)
    for start in range(len(folded.folded)):
        first, last = folded.original(start, len(folded.folded))

        assert fold_text(folded.folded[start:]) in fold_text(text[first:last])
        assert 0 <= first < last <= len(text)


@given(_LETTERS, _LETTERS.filter(lambda exact: exact.strip() != ""), _LETTERS)
def test_found_where_put(before: str, exact: str, after: str) -> None:
    """Words that are put between spaces in a source are found there."""
    text = f"{before} {exact} {after}"
    places = find(Quote(exact=exact), quoting([], text))

    assert any(fold_text(text[place.start : place.end]) == fold_text(exact) for place in places)
    assert all(unicodedata.is_normalized("NFC", fold_text(text[place.start : place.end])) for place in places)


@given(
    st.lists(st.text("ab \n", max_size=25), min_size=1, max_size=3), st.text("ab ", min_size=1, max_size=4), st.data()
)
def test_what_is_covered(texts: list[str], exact: str, data: st.DataObject) -> None:
    """What a quote covers is what its places cover, and its first places are the first of each source."""
    if not exact.strip():
        exact += "a"
    around = st.one_of(st.none(), st.text("ab", min_size=1, max_size=2))
    quote = Quote(exact=exact, prefix=data.draw(around), suffix=data.draw(around))
    agreement = quoting([quote], *(text + "." for text in texts))
    search = Search(agreement)
    places = find(quote, agreement)

    def letters(found: Iterable[Place]) -> set[tuple[str, int]]:
        return {(place.source, index) for place in found for index in range(place.start, place.end)}

    assert letters(search.covered(quote)) == letters(places)
    assert list(search.first_places(quote, 100)) == list(places)
    for id_ in "abc":
        here = [place for place in places if place.source == id_]
        first = [place for place in search.first_places(quote, 2) if place.source == id_]
        assert first[:2] == here[:2]
        assert set(first) <= set(here)


def test_first_places() -> None:
    """The first places are the first of each source, of the named one alone where one is named."""
    texts = ["aaa", "baa", "aab"]

    def first(quote: Quote, most: int) -> list[tuple[str, int]]:
        found = Search(quoting([quote], *texts)).first_places(quote, most)
        return [(place.source, place.start) for place in found]

    assert first(Quote(exact="a"), 1) == [("a", 0), ("b", 1), ("c", 0)]
    assert first(Quote(exact="a"), 9) == [("a", 0), ("a", 1), ("a", 2), ("b", 1), ("b", 2), ("c", 0), ("c", 1)]
    assert first(Quote(exact="a", source="b"), 9) == [("b", 1), ("b", 2)]
    quote = Quote(exact="a", source="b")
    assert [place.source for place in Search(quoting([quote], *texts)).covered(quote)] == ["b"]


class TestUnquoted:
    def test_gaps(self) -> None:
        """What no quote accounts for is told, trimmed, with its place."""
        agreement = quoting([Quote(exact="og"), Quote(exact="til sidst")], "først og  så, til  sidst.")
        stretches = [(s.source, s.start, s.end, s.text) for s in unquoted(agreement)]

        assert stretches == [("a", 0, 5, "først"), ("a", 10, 13, "så,")]

    def test_prefix_accounts_for_nothing(self) -> None:
        """Only `exact` accounts for words."""
        agreement = quoting([Quote(exact="ja", prefix="nej")], "nej ja")

        assert [stretch.text for stretch in unquoted(agreement)] == ["nej"]

    def test_all_places_count(self) -> None:
        """A quote accounts for its words wherever they stand, and quotes may overlap."""
        agreement = quoting([Quote(exact="ab"), Quote(exact="bc")], "abc ab", None, "ab")

        assert unquoted(agreement) == ()

    def test_nothing_quoted(self) -> None:
        """Where nothing is quoted, all is told; what has no letter or digit is not."""
        assert [stretch.text for stretch in unquoted(quoting([], "\n a b ", "- – -\n*"))] == ["a b"]

    def test_bundled(self, agreement: Agreement) -> None:
        """Only the furniture of the page is left of the source of 2017."""
        source = agreement.source("webside").text
        stretches = unquoted(agreement)

        assert source is not None
        assert all(stretch.text == source[stretch.start : stretch.end] for stretch in stretches)
        assert [stretch.text.split("\n")[0] for stretch in stretches] == [
            "Gå til indhold",
            "1.",
            "2.",
            "3.",
            "Sidst opdateret den 05-09-2017.Vækstforum",
        ]


def told(agreement: Agreement) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.hint) for problem in validate(agreement)]


class TestProblems:
    def test_one_place_in_each_of_two_sources(self) -> None:
        """Words that stand once in each of two sources are not ambiguous, also where the texts meet."""
        assert told(quoting([Quote(exact="ord")], "x ord", "ord y")) == []
        assert told(quoting([Quote(exact="ord")], "ord", "ord")) == []
        assert [code for code, _ in told(quoting([Quote(exact="ord")], "x ord", "ord y ord"))] == ["quote-ambiguous"]

    def test_the_source_that_is_named(self) -> None:
        """Words that stand in another source than the one that is named are not found, and nothing there is near."""
        quote = Quote(exact="de samme ord står her", source="a")

        assert told(quoting([quote], "noget helt andet", "de samme ord står her")) == [("quote-not-found", None)]
        assert told(quoting([quote], "noget helt andet", "de samme ord står der")) == [("quote-not-found", None)]

    @pytest.mark.parametrize(
        ("exact", "text", "found"),
        [
            ("de vil støtte det", "x, de vil støtte dem, y", "de vil støtte dem"),
            ("vil støtte det", "x (vil støtte dem) y", "vil støtte dem"),
            ("vil støtter", '"støtter" x', "støtter"),
            # A letter that grows when it is made small.
            ("de vil støtte det", "İ de vil støtte dem", "de vil støtte dem"),
            # Where all words are the same, none is nearer than another.
            ("ja " * 300 + "nej", "ja " * 2_000, None),
        ],
    )
    def test_words_nearly_there(self, exact: str, text: str, found: str | None) -> None:
        """The hint gives the words of the source, as bare of punctuation as those that are looked for."""
        [(code, hint)] = told(quoting([Quote(exact=exact)], text))

        assert code == "quote-not-found"
        assert hint == (found and f"did you mean {found!r} in line 1 of the text of 'a'?")

    def test_words_nearly_there_on_two_lines(self) -> None:
        """The hint names the line where the words begin."""
        [(_, hint)] = told(quoting([Quote(exact="de vil støtte det")], "x\nde  vil\n støtte dem"))

        assert hint == "did you mean 'de vil støtte dem' in line 2 of the text of 'a'?"

    @pytest.mark.parametrize(
        ("text", "line"), [("her står det", 1), ("\nher står det", 2), ("x\r\nher står det\nher står det", 2)]
    )
    def test_only_the_words_around_differ(self, text: str, line: int) -> None:
        """Where only the prefix does not fit, the hint names the first line where the words stand."""
        [(code, hint)] = told(quoting([Quote(exact="her står", prefix="netop ")], text))

        assert code == "quote-not-found"
        assert hint == f"the words occur in line {line} of the text of 'a', but prefix or suffix do not match there"
