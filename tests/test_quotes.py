"""Where quotes occur in sources."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaekstaftale import Agreement, Party, Place, Quote, Source, find, unquoted, validate
from vaekstaftale.matching import normalized
from vaekstaftale.model.paths import quotes_of
from vaekstaftale.model.strings import has_visible
from vaekstaftale.quotes.folding import FoldedText
from vaekstaftale.quotes.search import Search

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def quoting(quotes: Sequence[Quote], *texts: str | None, excerpt: bool = False) -> Agreement:
    """Build an agreement with some quotes and one source for each text, with the ids a, b, …."""
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
        """Letters, case and punctuation must match; white space and Unicode composition need not."""
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
        """The prefix and the suffix must be directly next to the quote, apart from a space."""
        text = "ja,nejja og ja".replace("nejja", "nej\xa0 ja")
        quote = Quote(exact="ja", prefix=prefix, suffix=suffix)
        in_order = {0: 0, 4: 8, 10: 14}

        assert [in_order[number] for number in expected] == [start for _, start, _ in spans(quote, text)]

    def test_no_space_between(self) -> None:
        """There need not be a space between a quote and its prefix and suffix."""
        assert spans(Quote(exact="ja", prefix="(", suffix=")"), "(ja) ja") == [("a", 1, 3)]

    def test_sources(self) -> None:
        """A quote without a named source is searched for in every source that has text, in order."""
        quote = Quote(exact="ja")

        assert spans(quote, "ja", "nej ja") == [("a", 0, 2), ("b", 4, 6)]

    def test_named_source(self) -> None:
        """A quote with a named source is searched for in that source only; an unknown source has no places."""
        agreement = quoting([], "ja", "nej ja", None)

        assert (Place("b", 4, 6, "nej ja"),) == find(Quote(exact="ja", source="b"), agreement)
        assert find(Quote(exact="ja", source="c"), agreement) == ()
        assert find(Quote(exact="ja", source="d"), agreement) == ()

    def test_part_of_a_word(self) -> None:
        """Each letter of a word that is not in normal form is found at its own position."""
        assert spans(Quote(exact="a"), "ae\u0301i") == [("a", 0, 1)]
        assert spans(Quote(exact="é"), "ae\u0301i") == [("a", 1, 3)]
        assert spans(Quote(exact="i"), "ae\u0301i") == [("a", 3, 4)]

    def test_bundled(self, agreement: Agreement) -> None:
        """Every quote of the bundled agreement occurs exactly once in its source."""
        counts = {path: len(find(quote, agreement)) for path, quote in quotes_of(agreement)}

        assert set(counts.values()) == {1}
        assert len(counts) == 21


_LETTERS = st.text(
    st.sampled_from("aeA\u0301\u0308\u0323 \xa0\n\u1100\u1161\u11a8\u212b\u0f73\u0f71\u0344ø\u09c7\u09be.,"),
    max_size=15,
)


@given(_LETTERS)
def test_original_positions(text: str) -> None:
    """Every stretch of a folded text comes from a stretch of the original that folds to it or to more."""
    folded = FoldedText(text)
    for start in range(len(folded.folded)):
        first, last = folded.original(start, len(folded.folded))

        assert normalized(folded.folded[start:]) in normalized(text[first:last])
        assert 0 <= first < last <= len(text)


@given(_LETTERS, _LETTERS.filter(lambda exact: exact.strip() != ""), _LETTERS)
def test_inserted_words_are_found(before: str, exact: str, after: str) -> None:
    """Words that are inserted between spaces in a source are found there."""
    text = f"{before} {exact} {after}"
    places = find(Quote(exact=exact), quoting([], text))

    assert any(normalized(text[place.start : place.end]) == normalized(exact) for place in places)
    assert all(unicodedata.is_normalized("NFC", normalized(text[place.start : place.end])) for place in places)


@given(
    st.lists(st.text("ab \n", max_size=25), min_size=1, max_size=3), st.text("ab ", min_size=1, max_size=4), st.data()
)
def test_some_places(texts: list[str], exact: str, data: st.DataObject) -> None:
    """The first places of a quote are the first ones in each source."""
    if not exact.strip():
        exact += "a"
    contexts = st.one_of(st.none(), st.text("ab", min_size=1, max_size=2))
    quote = Quote(exact=exact, prefix=data.draw(contexts), suffix=data.draw(contexts))
    agreement = quoting([quote], *(text + "." for text in texts))
    search = Search(agreement)
    places = find(quote, agreement)

    assert list(search.places(quote, 100)) == list(places)
    for id_ in "abc":
        in_source = [place for place in places if place.source == id_]
        first_in_source = [place for place in search.places(quote, 2) if place.source == id_]
        assert first_in_source[:2] == in_source[:2]
        assert set(first_in_source) <= set(in_source)


_WORDS = st.text("ab", min_size=1, max_size=3)
_QUOTES = st.builds(
    Quote,
    exact=_WORDS,
    prefix=st.none() | _WORDS,
    suffix=st.none() | _WORDS,
    source=st.sampled_from([None, None, "a", "b", "c"]),
)


@example(["a b", "b aa"], [Quote(exact="b"), Quote(exact="a"), Quote(exact="ba"), Quote(exact="b", source="b")])
@given(
    st.lists(st.none() | st.text("ab \n", max_size=25).filter(str.strip), min_size=1, max_size=3),
    st.lists(_QUOTES, max_size=6),
)
def test_counts(texts: list[str | None], quotes: list[Quote]) -> None:
    """The number of occurrences in one source, up to two, is the same whichever way the sources are searched."""
    agreement = quoting(quotes, *texts)
    most = [max(Counter(place.source for place in find(quote, agreement)).values(), default=0) for quote in quotes]
    with pytest.MonkeyPatch.context() as patch:
        for limit in (-1, math.inf):
            patch.setattr("vaekstaftale.quotes.search.MAX_PLAIN_SEARCH", limit)
            search = Search(agreement)

            assert [search.look_up(quote).most for quote in quotes] == [min(count, 2) for count in most]
            assert ["find" in vars(texts) for texts in search._texts.values()] == [limit < 0] * len(search._texts)


@given(
    st.lists(st.none() | st.text("abc. \n\xad", max_size=25).filter(has_visible), min_size=1, max_size=3),
    st.lists(_QUOTES, max_size=6),
)
def test_unquoted(texts: list[str | None], quotes: list[Quote]) -> None:
    """What is not quoted are the runs of characters that are in no place of any quote, if one is a letter."""
    agreement = quoting(quotes, *texts)
    quoted = {(one.source, i) for quote in quotes for one in find(quote, agreement) for i in range(one.start, one.end)}
    expected = []
    for source in agreement.sources:
        text = (source.text or "").replace("\0", " ")
        left = "".join("\0" if (source.id, i) in quoted else character for i, character in enumerate(text))
        runs = [run.strip(" \n\xad") for run in left.split("\0")]
        expected += [(source.id, run) for run in runs if any(map(str.isalnum, run))]

    assert [(place.source, place.text) for place in unquoted(agreement)] == expected


def test_first_places() -> None:
    """The first places are the first ones in each source, or only in the named source if there is one."""
    texts = ["aaa", "baa", "aab"]

    def first(quote: Quote, most: int) -> list[tuple[str, int]]:
        found = Search(quoting([quote], *texts)).places(quote, most)
        return [(place.source, place.start) for place in found]

    assert first(Quote(exact="a"), 1) == [("a", 0), ("b", 1), ("c", 0)]
    assert first(Quote(exact="a"), 9) == [("a", 0), ("a", 1), ("a", 2), ("b", 1), ("b", 2), ("c", 0), ("c", 1)]
    assert first(Quote(exact="a", source="b"), 9) == [("b", 1), ("b", 2)]


def words(places: Iterable[Place]) -> list[str]:
    return [place.text for place in places]


class TestUnquoted:
    def test_gaps(self) -> None:
        """Text without a quote is returned without white space around it, with its position."""
        agreement = quoting([Quote(exact="og"), Quote(exact="til sidst")], "først og  så, til  sidst.")
        stretches = [(stretch.source, stretch.start, stretch.end, stretch.text) for stretch in unquoted(agreement)]

        assert stretches == [("a", 0, 5, "først"), ("a", 10, 13, "så,")]

    def test_prefix_accounts_for_nothing(self) -> None:
        """Only the words in `exact` count as quoted."""
        agreement = quoting([Quote(exact="ja", prefix="nej")], "nej ja")

        assert [stretch.text for stretch in unquoted(agreement)] == ["nej"]

    def test_all_places_count(self) -> None:
        """The words of a quote count as quoted wherever they occur, and quotes may overlap."""
        agreement = quoting([Quote(exact="ab"), Quote(exact="bc")], "abc ab", None, "ab")

        assert unquoted(agreement) == ()

    def test_nothing_quoted(self) -> None:
        """If nothing is quoted, all text that contains a letter or digit is returned."""
        assert [stretch.text for stretch in unquoted(quoting([], "\n a b ", "- – -\n*"))] == ["a b"]

    def test_bundled(self, agreement: Agreement) -> None:
        """Only the menu and the footer of the 2017 page are not quoted, and the record skips them."""
        [source] = agreement.sources
        everything_sought = attrs.evolve(agreement, sources=[attrs.evolve(source, skipped=())])

        assert unquoted(agreement) == ()
        assert [stretch.text.split("\n")[0] for stretch in unquoted(everything_sought)] == [
            "Gå til indhold",
            "Sidst opdateret den 05-09-2017.Vækstforum",
        ]

    def test_skipped(self) -> None:
        """Words that a source skips are its own, unless they name another source."""
        agreement = quoting([], "menu ja", "menu nej")
        first, second = agreement.sources
        own = attrs.evolve(first, skipped=[Quote(exact="menu")])
        other = attrs.evolve(first, skipped=[Quote(exact="menu", source="b")])

        assert words(unquoted(attrs.evolve(agreement, sources=[own, second]))) == ["ja", "menu nej"]
        assert words(unquoted(attrs.evolve(agreement, sources=[other, second]))) == ["menu ja", "nej"]

    def test_skipped_is_checked(self) -> None:
        """Skipped words that do not occur in their own source are a problem there, even if another source has them."""
        agreement = quoting([], "ja", "menu")
        first, second = agreement.sources
        agreement = attrs.evolve(agreement, sources=[attrs.evolve(first, skipped=[Quote(exact="menu")]), second])

        assert [(one.code, one.path) for one in validate(agreement)] == [
            ("quote-not-found", "/sources/0/skipped/0/exact")
        ]


def codes_and_hints(agreement: Agreement) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.hint) for problem in validate(agreement)]


class TestProblems:
    def test_one_place_in_each_of_two_sources(self) -> None:
        """Words that occur once in each of two sources are not ambiguous, whatever their position."""
        assert codes_and_hints(quoting([Quote(exact="ord")], "x ord", "ord y")) == []
        assert codes_and_hints(quoting([Quote(exact="ord")], "ord", "ord")) == []
        assert [code for code, _ in codes_and_hints(quoting([Quote(exact="ord")], "x ord", "ord y ord"))] == [
            "quote-ambiguous"
        ]

    def test_named_source(self) -> None:
        """Words in a source other than the named one are neither found nor suggested."""
        quote = Quote(exact="de samme ord står her", source="a")

        assert codes_and_hints(quoting([quote], "noget helt andet", "de samme ord står her")) == [
            ("quote-not-found", None)
        ]
        assert codes_and_hints(quoting([quote], "noget helt andet", "de samme ord står der")) == [
            ("quote-not-found", None)
        ]

    @pytest.mark.parametrize(
        ("exact", "text", "found"),
        [
            ("de vil støtte det", "x, de vil støtte dem, y", "de vil støtte dem"),
            ("vil støtte det", "x (vil støtte dem) y", "vil støtte dem"),
            ("de støtter", '"støtter" x', "støtter"),
            # A letter whose lower case is longer.
            ("de vil støtte det", "İ de vil støtte dem", "de vil støtte dem"),
            # Of equal matches, the first one is suggested.
            ("ja " * 30 + "nej", "ja " * 200, ("ja " * 31).strip()),
        ],
    )
    def test_closest_match(self, exact: str, text: str, found: str | None) -> None:
        """The hint is the closest match in the source, without punctuation around it."""
        [(code, hint)] = codes_and_hints(quoting([Quote(exact=exact)], text))

        assert code == "quote-not-found"
        assert hint == (found and f"did you mean {found!r} in line 1 of the text of 'a'?")

    @pytest.mark.parametrize(
        ("exact", "text", "hint"),
        [
            (
                "vil støtte 12 klynger",
                "vil støtte 13 klynger",
                "'vil støtte 13 klynger' in line 1 of the text of 'a'? NUMBERS",
            ),
            ("i det år", "i det 2. år", "'i det 2. år' in line 1 of the text of 'a'? NUMBERS"),
            (
                "til indsatsen og vækst",
                "til indsatsen1 og vækst",
                "'til indsatsen1 og vækst' in line 1 of the text of 'a'?",
            ),
            ("støttet i 2017", "støttet i2017", "'støttet i2017' in line 1 of the text of 'a'?"),
            ("10 mio. kr.", "110 mio. kr.", "'110 mio. kr.'? NUMBERS"),
            *(
                (exact, text, f"'{text}' in line 1 of the text of 'a'? They differ in {named}: check which are right")
                for exact, text, named in (
                    ("de vil støtte det", "de vil ikke støtte det", "'ikke'"),
                    ("de er helt enige", "de er helt uenige", "'enige', 'uenige'"),
                    ("Staten støtter det", "Regionen støtter det", "'Staten', 'Regionen'"),
                    ("det skal de støtte", "det kan de støtte", "'skal', 'kan'"),
                    ("til Region Nordsjælland", "til Region Nordjylland", "'Nordsjælland', 'Nordjylland'"),
                )
            ),
            (
                "Region Øst støtter det",
                "Region Nord støtter det. Region Vest støtter det.",
                "'Region Vest støtter det' in line 1 of the text of 'a'? They differ in 'Øst', 'Vest': RIGHT",
            ),
            (
                "Region Sjælland støtter det",
                "Region Nord støtter det. Region Syd støtter det.",
                "'Region Nord støtter det' in line 1 of the text of 'a', or other words that are as close? WHICH",
            ),
            (
                "Regionen støter det",
                "Regionen støtter det. Regionen støtter det.",
                "'Regionen støtter det' in line 1 of the text of 'a'?",
            ),
        ],
    )
    def test_doubt(self, exact: str, text: str, hint: str) -> None:
        """The hint says so if other numbers, names or negations are in the words, or if other words are as close."""
        [problem] = validate(quoting([Quote(exact=exact)], text))

        assert problem.hint == "did you mean " + (
            hint.replace("NUMBERS", "The numbers differ: RIGHT")
            .replace("WHICH", "They differ in 'Sjælland', 'Nord': RIGHT")
            .replace("RIGHT", "check which are right")
        )

    def test_doubt_in_several_sources(self) -> None:
        """Other words of another source are as close, but the same words are not others."""
        quote = Quote(exact="Region Sjælland støtter det")
        nord, syd = "Region Nord støtter det", "Region Syd støtter det"
        hints = [codes_and_hints(quoting([quote], nord, other))[0][1] for other in (nord, syd)]

        assert hints == [
            f"did you mean 'Region Nord støtter det' in line 1 of the text of 'a'{others}? "
            "They differ in 'Sjælland', 'Nord': check which are right"
            for others in ("", ", or other words that are as close")
        ]

    def test_closest_match_on_two_lines(self) -> None:
        """The hint names the line where the closest match begins."""
        [(_, hint)] = codes_and_hints(quoting([Quote(exact="de vil støtte det")], "x\nde  vil\n støtte dem"))

        assert hint == "did you mean 'de vil støtte dem' in line 2 of the text of 'a'?"

    @pytest.mark.parametrize(
        ("text", "line"), [("her står det", 1), ("\nher står det", 2), ("x\r\nher står det\nher står det", 2)]
    )
    def test_only_the_prefix_differs(self, text: str, line: int) -> None:
        """If only the prefix does not match, the hint names the first line where the quote itself occurs."""
        [(code, hint)] = codes_and_hints(quoting([Quote(exact="her står", prefix="netop ")], text))

        assert code == "quote-not-found"
        assert hint == f"the words occur in line {line} of the text of 'a', but prefix or suffix do not match there"


class TestPlace:
    def test_text_and_line(self) -> None:
        """A place has the source's own words, and the line on which they begin."""
        agreement = quoting([], "a\nb  c\nd")
        [place] = find(Quote(exact="b c d"), agreement)

        assert (place.text, place.line) == ("b  c\nd", 2)
        assert place == Place("a", 2, 8, source_text="another text")

    @pytest.mark.parametrize(
        ("width", "expected"),
        [(0, ("", "")), (2, (" ", " ")), (3, ("to ", " ")), (5, (" to ", " fire")), (60, ("en to ", " fire"))],
    )
    def test_context(self, width: int, expected: tuple[str, str]) -> None:
        """The words around are at most as long as asked for, and cut at word boundaries."""
        agreement = quoting([], "en to tre fire")
        [place] = find(Quote(exact="tre"), agreement)

        assert place.context(width) == expected

    def test_context_at_the_beginning(self) -> None:
        """Near the beginning of a long text, all words before are there."""
        [place] = find(Quote(exact="tre"), quoting([], "en to tre " + "fire " * 50))

        assert place.context(20) == ("en to ", " fire fire fire fire")

    def test_misuse(self) -> None:
        """Anything but a quote and an agreement is a TypeError that names what was expected."""
        agreement = quoting([], "ja")
        with pytest.raises(TypeError, match="quote must be a Quote, not 'ja'"):
            find("ja", agreement)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="agreement must be an Agreement, not 5"):
            unquoted(5)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="width must be an int, not Agreement"):
            find(Quote(exact="ja"), agreement)[0].context(agreement)  # type: ignore[arg-type]


class TestWords:
    @pytest.mark.parametrize(
        ("exact", "text", "cut"),
        [
            ("10 mio. kr.", "Der afsættes 110 mio. kr. i 2018.", True),
            ("5 procent", "en vækst på 2,5 procent", True),
            ("2", "en vækst på 2,5 procent", True),
            ("2,", "en vækst på 2,5 procent", True),
            ("2,5 procent", "en vækst på 2,5 procent", False),
            ("turisme", "turismeerhvervet", True),
            ("erhvervet", "turismeerhvervet", True),
            ("turisme", "turisme-erhvervet", False),
            ("e\u0323", "e\u0323\u0301", True),
            ("x\u0323", "x\u0323", False),
            ("x\u0323", "x\u0323y", True),
            ("y", "x\u0323y", True),
            ("den 5.", "den 5. september", False),
            ("den 5", "den 5. september", False),
            ("på", "(på)", False),
            ("over\u00advåge", "overvåge alt", False),
            ("over", "over\u00advåge alt", True),
            ("a", "ba a", False),
            ("a", "ba ba", True),
        ],
    )
    def test_cut(self, exact: str, text: str, cut: bool) -> None:  # noqa: FBT001
        """A quote cuts a word if each of its occurrences begins or ends inside a word or a number."""
        problems = validate(quoting([Quote(exact=exact)], text))

        assert ("quote-cuts-word" in {problem.code for problem in problems}) == cut
        assert not {problem.code for problem in problems} - {"quote-cuts-word", "quote-ambiguous"}

    def test_hint(self) -> None:
        """The hint is the quote with whole words, and following it leaves nothing to report."""
        text = "Der afsættes 110 mio. kr. til turismeerhvervet i 2018."
        [problem] = validate(quoting([Quote(exact="mio. kr. til turisme")], text))

        assert problem.hint == "did you mean 'mio. kr. til turismeerhvervet'?"
        assert validate(quoting([Quote(exact="110 mio. kr. til turismeerhvervet")], text)) == ()

    def test_with_a_prefix(self) -> None:
        """Only the ends of `exact` count, not those of prefix and suffix."""
        text = "de vil turismeerhvervet og vil turisme her"

        assert validate(quoting([Quote(exact="turisme", prefix="g vil", suffix="he")], text)) == ()
        [problem] = validate(quoting([Quote(exact="turisme", prefix="de vil")], text))
        assert problem.code == "quote-cuts-word"


_SENTENCES = st.lists(
    st.lists(
        st.sampled_from(["vil", "styrke", "alt", "erhvervsfremme", "2,5", "indsatsen", "år", "de"]),
        min_size=2,
        max_size=7,
    ),
    min_size=1,
    max_size=4,
)


@given(_SENTENCES, st.data())
def test_following_a_hint(sentences: list[list[str]], data: st.DataObject) -> None:
    """A hint for a quote with a slip is found and cuts no word, and nothing in the source is closer."""
    text = " ".join(f"{' '.join(words).capitalize()}." for words in sentences)
    words = text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    exact = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    position = data.draw(st.integers(0, len(exact) - 1))
    slip = data.draw(st.sampled_from(["", "x", "xx", " ", "e", " på "]))
    quote = Quote(exact=exact[:position] + slip + exact[position + data.draw(st.integers(0, 2)) :] + "z")
    source = text.replace("erhvervsfremme ", "erhvervs-\nfremme ")
    [problem, *_] = validate(quoting([quote], source))
    if problem.hint is None:
        return

    hint = problem.hint.removeprefix("did you mean '").partition("' in line ")[0]
    codes = {problem.code for problem in validate(quoting([Quote(exact=hint)], source))}
    assert codes <= {"quote-ambiguous"}
    assert distance(hint, quote.exact) <= min(distance(stretch, quote.exact) for stretch in stretches(source)) + 3


def stretches(text: str) -> Iterator[str]:
    """Yield every stretch of whole words."""
    words = text.replace("-\n", "").split()
    for first in range(len(words)):
        for last in range(first + 1, len(words) + 1):
            yield " ".join(words[first:last])


def distance(one: str, other: str) -> int:
    """Return the edit distance between the letters and digits of two strings."""
    left, right = (list(filter(str.isalnum, text.casefold())) for text in (one, other))
    row = list(range(len(right) + 1))
    for letter in left:
        following = [row[0] + 1]
        for index, another in enumerate(right, start=1):
            following.append(min(row[index - 1] + (letter != another), row[index] + 1, following[-1] + 1))
        row = following
    return row[-1]


class TestAmbiguous:
    def test_shortest(self) -> None:
        """The hint has the shortest prefix or suffix in whole words for each place, and each is enough."""
        text = "Der mødes parterne i maj. Så mødes parterne i juni, og så mødes\nparterne i maj igen."
        [problem] = validate(quoting([Quote(exact="mødes parterne")], text))

        choices = '"prefix": "Der" for line 1 or "prefix": "Så" for line 1 or "prefix": "så" for line 1'
        assert problem.hint == f"add {choices} of the text of 'a'"
        for prefix in ("Der", "Så", "så"):
            assert validate(quoting([Quote(exact="mødes parterne", prefix=prefix)], text)) == ()

    def test_very_many(self) -> None:
        """Of very many places, some lines are named."""
        [problem] = validate(quoting([Quote(exact="ja")], "ja\n" * 100))

        assert problem.hint == "it is in lines 1, 2, 3 and others of the text of 'a': quote more words"
