"""Agreements as HTML pages: valid, linked, with verbatim sources, and safe whatever a file contains."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64encode
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import html5lib
import pytest
from conftest import EXAMPLES, FAMILY
from hypothesis import given
from hypothesis import strategies as st

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Commitment,
    Entity,
    Initiative,
    Party,
    Quote,
    Relation,
    Representative,
    Source,
    Translation,
    ValidityPeriod,
)
from vaekstaftale.html.timeline import Row, Scale, drawing
from vaekstaftale.model.strings import has_visible
from vaekstaftale.testing import agreements
from vaekstaftale.wording import LANGUAGES, Words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

DAY = date(2018, 1, 1)
VALID = sorted((EXAMPLES / "valid").glob("*.json"))


def parse(page: str) -> Element:
    """Parse a page as a browser does, but raise an exception for anything that a browser would have to correct."""
    page = re.sub("<style>.*?</style>", "<style></style>", page, count=1, flags=re.DOTALL)  # the parser is slow
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root


def text_of(found: Element) -> str:
    """Return the text of an element, with single spaces between its parts."""
    return re.sub(" (?=[,:;.])", "", " ".join(" ".join(found.itertext()).split()))


def by_class(root: Element, name: str) -> list[Element]:
    return [element for element in root.iter() if name in (element.get("class") or "").split()]


def by_id(root: Element, name: str) -> Element:
    [found] = [element for element in root.iter() if element.get("id") == name]
    return found


def small(**changes: Any) -> Agreement:
    values: dict[str, Any] = {
        "id": "x",
        "title": "En aftale",
        "language": "da",
        "parties": [Party(id="p", name="Parten")],
        "sources": [Source(id="s", kind="other", text="Parten vil støtte det. Og mere.")],
    }
    return Agreement(**values | changes)


def check_page(page: str) -> Element:
    """Check that ids are unique, links have targets, headings are in order and nothing is active; return the root."""
    root = parse(page)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    links = [element.get("href") or "" for element in root.iter("a")]
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]

    assert [name for name, number in ids.items() if number > 1] == []
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(re.match(r"#|https?://", link) for link in links)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [element.get("id") for element in root.iter("main")] == ["main"]
    assert {str(element.tag) for element in root.iter()}.isdisjoint({"script", "img", "link", "iframe", "form", "base"})
    return root


def page_of(agreement: Agreement, language: str = "en", on: date = DAY) -> Element:
    """Return the checked page of an agreement."""
    return check_page(vaekstaftale.to_html(agreement, on=on, language=language))  # type: ignore[arg-type]


def lead_of(agreement: Agreement, language: str) -> str:
    return text_of(by_class(page_of(agreement, language), "lead")[0])


class TestBundled:
    def test_first_screen(self, agreement: Agreement) -> None:
        """The first screen says when, what, by whom, how firmly and whether the quotes were found, in Danish."""
        root = check_page(vaekstaftale.to_html(agreement, on=date(2026, 11, 25)))

        assert root.get("lang") == "da"
        assert text_of(by_class(root, "kicker")[0]) == (
            "Indgået 5. september 2017 · Gælder til og med 30. juni 2018 · Status pr. 25. november 2026: udløbet"
        )
        assert text_of(by_class(root, "lead")[0]) == (
            "Regeringen og Syddansk Vækstforum har indgået aftalen, der indeholder ni løfter: ét om at udføre, to om "
            "at støtte, ét om at arbejde for, ét om at følge og fire om at drøfte."
        )
        assert [text_of(key) for key in by_class(root, "keys")[0]] == [
            "Udføre 1",
            "Støtte 2",
            "Arbejde for 1",
            "Følge 1",
            "Drøfte 4",
        ]
        assert text_of(by_class(root, "check")[0]) == (
            "✓ Alle 18 citater står ordret i kilden. Styrken er registreringens vurdering ud fra aftalens verber. "
            "Om løfterne er holdt, fremgår ikke af registreringen."
        )
        assert by_class(root, "problems") == []

    def test_head(self, agreement: Agreement) -> None:
        """The head describes the page for those who share it."""
        root = check_page(vaekstaftale.to_html(agreement, on=date(2026, 11, 25)))
        said = {
            element.get("name") or element.get("property"): element.get("content")
            for element in root.iter("meta")
            if element.get("name") or element.get("property")
        }

        assert said["og:title"] == agreement.title
        assert said["og:locale"] == "da_DK"
        assert str(said["description"]).endswith(
            "fire om at drøfte. Gælder til og med 30. juni 2018. Status pr. 25. november 2026: udløbet."
        )
        assert said["description"] == said["og:description"]
        assert said["generator"] == f"vaekstaftale {vaekstaftale.__version__}"

    def test_list(self, agreement: Agreement) -> None:
        """All promises are listed in words, the strongest first, with who is bound."""
        root = page_of(agreement, "da")
        section = by_id(root, "promises")
        rows = [[text_of(cell) for cell in row] for row in section.iter("tr")]

        assert text_of(section[0]) == "Ni løfter"
        assert text_of(section[1]) == "De stærkeste først. Ingen af løfterne har en frist."
        assert [row[0] for row in rows if len(row) == 3] == [
            "Styrke",
            "Udføre (1)",
            "Støtte (2)",
            "Arbejde for (1)",
            "Følge (1)",
            "Drøfte (4)",
        ]
        assert rows[1][2] == "De vestdanske vækstfora (ikke part)"
        assert rows[2][2] == "Begge parter"
        assert rows[5][2] == "Regeringen"

    def test_card(self, agreement: Agreement) -> None:
        """A card says who is bound, how firmly and in which words, and leads to them in the source and back."""
        root = page_of(agreement, "da")
        card = by_id(root, "promise-analyse")
        [quote] = by_class(card, "quote")
        [link] = quote.iter("a")
        [place] = [element for element in root.iter("mark") if f"#{element.get('id')}" == link.get("href")]
        [back] = [element for element in root.iter("a") if element.get("href") == f"#{quote.get('id')}"]

        assert text_of(by_class(card, "bound")[0]) == "De vestdanske vækstfora forpligter sig til at udføre"
        assert len(by_class(card, "on")) == 5
        assert text_of(quote) == f"»{agreement.commitment('analyse').quotes[0].exact}« Kilden, linje 26"
        assert text_of(place) == agreement.commitment("analyse").quotes[0].exact
        assert (back.get("data-label"), back.get("aria-label")) == ("8", "Til løfte 8")
        assert back.text is None

    def test_source(self, agreement: Agreement) -> None:
        """The source has nothing but its own characters, on its own lines."""
        root = page_of(agreement, "da")
        [shown] = by_class(root, "text")
        text = agreement.source("webside").text or ""

        assert lines_of(shown) == {number: line for number, line in enumerate(text.split("\n"), 1) if has_visible(line)}
        assert [text_of(item) for item in by_class(root, "legend")[0]] == [
            "Løfte med nummer",
            "Andet citat",
            "Grå tekst er ikke citeret",
            "Hele teksten er citeret eller bevidst udeladt",
        ]

    def test_actors(self, agreement: Agreement) -> None:
        """Parties and those that are bound come first; what binds them is apart from what mentions them."""
        root = page_of(agreement, "da")
        forum = by_id(root, "actor-syddansk-vaekstforum")
        group = by_id(root, "actor-vestdanske-vaekstfora")

        assert "Bundet af syv løfter: 1, 2, 3, 4, 5, 6, 7" in text_of(forum)
        assert "Nævnt i løfte 5" in text_of(forum)
        assert "gruppe, ikke part" in text_of(group)
        assert "Kendt medlem: Syddansk Vækstforum" in text_of(group)
        assert "Organisationer og planer, som aftalen nævner (8)" in text_of(by_id(root, "actors"))

    def test_foot(self, agreement: Agreement) -> None:
        """The foot says where record and words come from, and its checksum is that of the file."""
        root = page_of(agreement, "da", date(2026, 11, 25))
        about = text_of(by_id(root, "about"))

        assert "syddanmark-2017, filformat 1.0" in about
        assert f"25. november 2026 med vaekstaftale {vaekstaftale.__version__}" in about
        assert hashlib.sha256(vaekstaftale.dumps(agreement).encode()).hexdigest() in about
        assert str(agreement.source("webside").sha256) in about
        assert "English translation (from the record)" in about
        assert text_of(by_id(root, "translation-en")).count("Discuss") == 3

    def test_no_english_words(self, agreement: Agreement) -> None:
        """On the Danish page, everything in English is marked as such."""
        languages = dict(texts_and_languages(page_of(agreement, "da"), "da"))

        assert languages["Discuss how the Growth Forum of Southern Denmark can take part in a technology pact."] == "en"
        assert {
            text for text, language in languages.items() if language == "da" and re.search(r"\bthe\b", text)
        } == set()

    def test_english(self, agreement: Agreement) -> None:
        """On the English page, translations are shown, and the record's own words below them and marked."""
        root = page_of(agreement, "en")
        languages = dict(texts_and_languages(root, "en"))

        assert text_of(next(root.iter("h1"))) == agreement.title_in("en")
        assert languages[agreement.title] == "da"
        assert languages["Følge analysearbejdet og drøfte, hvordan der følges op på det."] == "da"
        assert languages["Follow the analysis and discuss how it is to be followed up."] == "en"
        assert languages["Staten vil følge arbejdet, og drøfte opfølgningen på analysen."] == "da"
        assert (
            text_of(by_class(by_id(root, "promise-opfoelgning"), "bound")[0])
            == "The Danish Government commits to follow"
        )
        assert "Dansk oversættelse" not in text_of(root)

    def test_nothing_is_fetched(self, agreement: Agreement) -> None:
        """The page contains its only style sheet, and its policy forbids everything else."""
        page = vaekstaftale.to_html(agreement)
        root = parse(page)
        [style] = re.findall("<style>(.*?)</style>", page, flags=re.DOTALL)
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        [policy] = [element for element in root.iter("meta") if element.get("http-equiv")]

        assert f"default-src 'none'; style-src 'sha256-{digest}'" in str(policy.get("content"))
        assert not re.search(r"url\(|@import|//|<", style)
        assert [
            element
            for element in root.iter()
            if any(name.startswith("on") or name == "style" for name in element.attrib)
        ] == []


def lines_of(shown: Element) -> dict[int, str]:
    """Return the lines of a source as they were, by their numbers."""
    return {
        int(re.sub(r"\D", "", line.get("data-line") or "")): "".join(_verbatim_parts(line)) for line in shown.iter("p")
    }


def _verbatim_parts(found: Element) -> Iterator[str]:
    yield found.text or ""
    for child in found:
        if child.get("class") == "unseen":
            yield chr(int((child.text or "").removeprefix("U+"), 16))
        else:
            yield from _verbatim_parts(child)
        yield child.tail or ""


def texts_and_languages(found: Element, language: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield every text with the language that it is marked with."""
    language = found.get("lang", language)
    yield (found.text or "").strip(" »«“”"), language
    for child in found:
        yield from texts_and_languages(child, language)
        yield (child.tail or "").strip(" »«“”"), language


@pytest.mark.parametrize("path", [*VALID, *FAMILY], ids=lambda path: path.stem)
@pytest.mark.parametrize("language", LANGUAGES)
def test_examples(path: Path, language: str) -> None:
    """The page of every example is valid."""
    page_of(vaekstaftale.load(path), language)


@given(agreements())
@pytest.mark.slow
def test_any_agreement(agreement: Agreement) -> None:
    """The page of any agreement is valid and shows every line of every source."""
    root = check_page(vaekstaftale.to_html(agreement, on=DAY))
    shown = iter(by_class(root, "text"))
    for source in agreement.sources:
        if source.text:
            lines = {number: line for number, line in enumerate(source.text.split("\n"), 1) if has_visible(line)}
            assert {number: line.replace("\r", "\n") for number, line in lines_of(next(shown)).items()} == {
                number: line.replace("\r", "\n") for number, line in lines.items()
            }


# --- Words ------------------------------------------------------------------------------------------------


class TestWords:
    def test_same_keys(self) -> None:
        """All languages have the same words, with the same gaps and the same numbers of forms."""

        def keys(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: keys(item) for key, item in value.items()}
            if isinstance(value, list):
                return [keys(item) for item in value]
            return sorted(re.findall(r"\{\w+\}", str(value)))

        first, *others = [keys(words_of(tag)._data["labels"]) for tag in LANGUAGES]
        for other in others:
            assert first.keys() == other.keys()
            different = {key for key in first if key != "nouns" and first[key] != other[key]}
            assert different <= {"all_one", "found_1_of_some"}

    def test_all_are_used(self) -> None:
        """Every label occurs in the code, and no other module has a word of a page."""
        source = Path(vaekstaftale.__file__).parent
        code = "".join(path.read_text("utf-8") for path in (*source.glob("html/*.py"), source / "cli" / "summary.py"))
        unused = {key for key in words_of("en")._data["labels"] if not re.search(rf"""["']{key}["']""", code)}

        assert unused <= {"legend_certain", "legend_possible", "legend_unstated", "translation_da", "translation_en"}

    @pytest.mark.parametrize(
        ("tag", "number", "expected"),
        [
            ("da", 0, "ingen løfter"),
            ("da", 1, "ét løfte"),
            ("da", 12, "tolv løfter"),
            ("da", 1900, "1.900 løfter"),
            ("en", 0, "no promises"),
            ("en", 1, "one promise"),
            ("en", 1900, "1,900 promises"),
        ],
    )
    def test_count(self, tag: str, number: int, expected: str) -> None:
        """Numbers up to twelve are written as words, in the gender of the noun."""
        assert words_of(tag).count(number, "promise") == expected

    @pytest.mark.parametrize(
        ("tag", "value", "expected"),
        [
            ("da", "2017-09-05", "5. september 2017"),
            ("da", "2017-09", "september 2017"),
            ("en", "2017-09-05", "5 September 2017"),
            ("en", "2017", "2017"),
        ],
    )
    def test_day(self, tag: str, value: str, expected: str) -> None:
        """Dates are written as each language writes them, as far as they are known."""
        assert words_of(tag).day(value) == expected

    def test_lists(self) -> None:
        """The last item of a list follows a conjunction, without a comma."""
        assert Words("da").listed(["A", "B", "C"]) == "A, B og C"
        assert Words("en").listed(["A"]) == "A"

    def test_unknown_language(self, agreement: Agreement) -> None:
        """A language that the library has no words of is a ValueError that names the others."""
        with pytest.raises(ValueError, match="language must be one of 'da', 'en', not 'de'"):
            vaekstaftale.to_html(agreement, language="de")  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("tags", "expected"),
        [(["da"], "da"), (["da-DK", "da"], "da"), (["de"], "en"), (["da", "en"], "en"), ([], "en"), (["en-GB"], "en")],
    )
    def test_default(self, tags: list[str], expected: str) -> None:
        """The page is in the common language of the agreements, or in English."""
        page = vaekstaftale.to_html([small(id=f"a{i}", language=tag) for i, tag in enumerate(tags)], on=DAY)

        assert check_page(page).get("lang") == expected


# --- Sentences --------------------------------------------------------------------------------------------


def with_strengths(*strengths: str | None, **changes: Any) -> Agreement:
    commitments = [
        Commitment(id=f"c{i}", text=f"Løfte {i}", actors=["p"], strength=strength)  # type: ignore[arg-type]
        for i, strength in enumerate(strengths)
    ]
    return small(general_commitments=commitments, **changes)


PARTIES = [Party(id=id_, name=id_.upper()) for id_ in "pqrs"]


@pytest.mark.parametrize(
    ("agreement", "danish", "english"),
    [
        (
            small(),
            "Parten har indgået aftalen. Registreringen indeholder ingen løfter.",
            "Parten concluded the agreement. The record contains no promises.",
        ),
        (
            with_strengths("carry-out"),
            "Parten har indgået aftalen, der indeholder ét løfte om at udføre.",
            "Parten concluded the agreement, which contains one promise to carry out.",
        ),
        (
            with_strengths("discuss", "discuss", parties=PARTIES[:2]),
            "P og Q har indgået aftalen, der indeholder to løfter, begge om at drøfte.",
            "P and Q concluded the agreement, which contains two promises, both to discuss.",
        ),
        (
            with_strengths("discuss", "discuss", "discuss", parties=PARTIES[:3]),
            "P, Q og R har indgået aftalen, der indeholder tre løfter, alle om at drøfte.",
            "P, Q and R concluded the agreement, which contains three promises, all to discuss.",
        ),
        (
            with_strengths("follow", None, "support", parties=PARTIES, complete=False),
            (
                "Fire parter har indgået aftalen, der indeholder tre løfter: ét om at støtte, ét om at følge og ét, "
                "hvis styrke ikke er vurderet. Kilden gengiver kun en del af aftalen."
            ),
            (
                "Four parties concluded the agreement, which contains three promises: one to support, one to follow "
                "and one whose strength is not assessed. The source gives only part of the agreement."
            ),
        ),
        (
            with_strengths(None, None),
            "Parten har indgået aftalen, der indeholder to løfter, hvis styrke ikke er vurderet.",
            "Parten concluded the agreement, which contains two promises whose strength is not assessed.",
        ),
    ],
)
def test_lead(agreement: Agreement, danish: str, english: str) -> None:
    """The lead is one sentence that follows from counts."""
    assert (lead_of(agreement, "da"), lead_of(agreement, "en")) == (danish, english)


@pytest.mark.parametrize(
    ("signed_on", "validity", "danish", "english"),
    [
        ("2017-09-05", None, "Indgået 5. september 2017", "Concluded 5 September 2017"),
        (
            None,
            {"start": "2013-01-01", "end": "2014-12-31"},
            "Gælder fra 1. januar 2013 til og med 31. december 2014",
            "In force from 1 January 2013 until 31 December 2014 inclusive",
        ),
        (None, {"end": "2018"}, "Gælder til og med 2018", "In force until 2018 inclusive"),
        (None, {"start": "2013-01"}, "Gælder fra januar 2013", "In force from January 2013"),
        (None, {"open_ended": True}, "Gælder indtil videre", "In force until further notice"),
        (
            None,
            {"start": "2014-06-01", "open_ended": True},
            "Gælder fra 1. juni 2014 indtil videre",
            "In force from 1 June 2014 until further notice",
        ),
        (None, {}, "", ""),
    ],
)
def test_kicker(signed_on: str | None, validity: dict[str, Any] | None, danish: str, english: str) -> None:
    """The line above the title says what is stated, and leaves out what is not."""
    period = None if validity is None else ValidityPeriod(**validity)
    agreement = small(signed_on=signed_on, validity=period)
    found = [text_of(by_class(page_of(agreement, tag), "kicker")[0]) for tag in ("da", "en")]

    assert [kicker.rpartition(" · ")[0] for kicker in found] == [danish, english]


@pytest.mark.parametrize(
    ("due", "danish", "english"),
    [
        ("2017-06-30", "Frist: 30. juni 2017 (udløbet)", "Deadline: 30 June 2017 (passed)"),
        ("2018", "Frist: 2018", "Deadline: 2018"),
        ("2017", "Frist: 2017 (udløbet)", "Deadline: 2017 (passed)"),
    ],
)
def test_deadline(due: str, danish: str, english: str) -> None:
    """A deadline says whether it has passed, and never whether the promise was kept."""
    agreement = small(general_commitments=[Commitment(id="c", text="C", actors=["p"], due_on=due, condition="hvis X")])
    for tag, expected, conditional in (("da", danish, "Betinget"), ("en", english, "Conditional")):
        root = page_of(agreement, tag)
        assert expected in text_of(by_id(root, "promise-c"))
        assert f"Parten {conditional} {expected}" in text_of(by_id(root, "promises"))


def test_deadline_that_may_have_passed() -> None:
    """A year within which the day lies may have passed."""
    agreement = small(general_commitments=[Commitment(id="c", text="C", due_on="2018")])
    root = page_of(agreement, "da", date(2018, 6, 1))

    assert "Frist: 2018 (kan være udløbet)" in text_of(by_id(root, "promise-c"))
    assert "Ordlyden nævner ikke, hvem der forpligter sig." in text_of(by_id(root, "promise-c"))
    assert "Ingen er nævnt" in text_of(by_id(root, "promises"))


def test_who_is_bound() -> None:
    """At most three names are in the list, and a group is several."""
    entities = [Entity(id="g", name="Gruppen", kind="group"), Entity(id="e", name="E", kind="plan")]
    commitments = [
        Commitment(id="a", text="A", actors=["p", "q", "r", "g", "e"], strength="support"),
        Commitment(id="b", text="B", actors=["g"], strength="support"),
        Commitment(id="c", text="C", actors=["p", "q", "r", "s"]),
    ]
    root = page_of(small(parties=PARTIES, entities=entities, general_commitments=commitments), "en")
    who = [text_of(cell) for cell in by_class(root, "who") if cell.tag == "td"]

    assert who == ["P, Q, R and 2 others", "Gruppen (not a party)", "All four parties"]
    assert text_of(by_class(by_id(root, "promise-b"), "bound")[0]) == "Gruppen commit to support"
    assert text_of(by_class(by_id(root, "promise-c"), "bound")[0]).endswith(
        "make a commitment; its strength is not assessed"
    )


# --- Problems ---------------------------------------------------------------------------------------------


class TestProblems:
    @pytest.mark.parametrize(
        ("quote", "source", "words"),
        [
            (Quote(exact="vil støtte dem"), {}, "The quote is not in the source. did you mean"),
            (Quote(exact="helt andre ord"), {}, "The quote is not in the source."),
            (
                Quote(exact="er"),
                {"text": "er\n\ner"},
                "The source, line 1 The quote is in the source more than once: lines 1 and 3.",
            ),
            (Quote(exact="nej"), {"excerpt": True}, "The quote cannot be checked"),
            (Quote(exact="vil", source="z"), {}, "The quote’s source is not in the record."),
            (Quote(exact="støt"), {}, "The source, line 1 The quote begins or ends in the middle of a word."),
        ],
    )
    def test_quotes(self, quote: Quote, source: dict[str, Any], words: str) -> None:
        """A quote with a problem says so below it, and the problem is listed at the top."""
        agreement = small(general_commitments=[Commitment(id="c", text="Støtte det", quotes=[quote])])
        agreement = attrs.evolve(agreement, sources=[attrs.evolve(agreement.sources[0], **source)])
        root = page_of(agreement)
        [shown] = by_class(root, "quote")
        [problem] = vaekstaftale.validate(agreement)
        [item] = by_class(root, "problems")[0].iter("li")

        assert by_class(shown, "found") == []
        assert text_of(shown).startswith(f"“{quote.exact}” {words}")
        assert text_of(item).split()[:2] == [problem.severity.value, f"{problem.code}:"]
        assert next(item.iter("a")).get("href") == "#promise-c"

    def test_in_danish(self) -> None:
        """Problems are in English, and marked as such; how serious they are is in the page's language."""
        root = page_of(small(quotes=[Quote(exact="nej")]), "da")
        [section] = by_class(root, "problems")

        assert text_of(section[0]) == "Ét problem i registreringen"
        assert section[1].get("lang") == "en"
        assert text_of(next(section.iter("b"))) == "fejl"
        assert "Citatet står ikke i kilden." in text_of(by_class(root, "quote")[0])
        assert "0 af 1 citat står ordret i kilden." in text_of(by_class(root, "check")[0])

    def test_many_problems(self) -> None:
        """At most a hundred problems are listed, but every quote is marked with its own."""
        root = page_of(small(quotes=[Quote(exact=f"ikke her {number}") for number in range(300)]))

        assert text_of(by_class(root, "problems")[0]).startswith("More than 100 problems in the record")
        assert len(by_class(root, "wrong")) == 300
        assert "0 of 300 quotes appear word for word" in text_of(by_class(root, "check")[0])

    def test_incoherent(self) -> None:
        """An agreement that is not coherent also has a page, even with unknown and duplicate ids."""
        commitment = Commitment(id="c", text="Støtte", actors=["ingen", "p"], quotes=[Quote(exact="støtte")])
        agreement = small(
            general_commitments=[commitment, commitment],
            parties=[Party(id="p", name="Parten", members=["q"]), Party(id="p", name="En anden")],
            validity=ValidityPeriod(start="2018", end="2017"),
        )
        root = page_of(agreement)
        listed = [text_of(element).split()[1].rstrip(":") for element in by_class(root, "problems")[0].iter("li")]

        assert listed == [problem.code for problem in vaekstaftale.validate(agreement)]
        assert "ingen and Parten commit" not in text_of(root)
        assert "ingen and Parten make a commitment" in text_of(by_id(root, "promise-c"))

    @pytest.mark.parametrize(("exact", "marks", "share"), [("nej", ["nej"], "60%"), ("tak", [], None)])
    def test_sources_with_the_same_id(self, exact: str, marks: list[str], share: str | None) -> None:
        """Of two sources with the same id, both are shown, and quotes are marked in the first one only."""
        sources = [Source(id="s", kind="other", text="ja nej"), Source(id="s", kind="other", text="nej tak")]
        root = page_of(small(sources=sources, quotes=[Quote(exact=exact)]))
        first, second = by_class(root, "text")

        assert (lines_of(first), lines_of(second)) == ({1: "ja nej"}, {1: "nej tak"})
        assert [text_of(mark) for mark in first.iter("mark")] == marks
        assert list(second.iter("mark")) == []
        assert share is None or f"{share} of the text is quoted" in text_of(by_class(root, "legend")[0])

    def test_a_quote_in_several_sources(self) -> None:
        """A quote that occurs in several sources is marked in each of them, up to the limit; the rest is counted."""
        sources = [Source(id=f"s{number}", kind="other", text="x\n" * number + "vil støtte") for number in range(25)]
        agreement = small(sources=sources, quotes=[Quote(exact="vil støtte")])
        root = page_of(agreement)

        assert vaekstaftale.validate(agreement) == ()
        assert len([mark for text in by_class(root, "text") for mark in text.iter("mark")]) == 20
        assert "5 places in the sources are not marked." in text_of(by_id(root, "about"))

    def test_several_places(self) -> None:
        """At most twenty places of a quote are marked."""
        root = page_of(small(quotes=[Quote(exact="x")], sources=[Source(id="s", kind="other", text="x " * 5_000)]))

        assert len(list(by_class(root, "text")[0].iter("mark"))) == 20

    def test_overlapping_quotes(self) -> None:
        """Quotes that overlap are each marked from beginning to end, also over lines."""
        text = "Parten vil støtte\ndet. Og mere."
        commitment = Commitment(id="c", text="Støtte", quotes=[Quote(exact="vil støtte det")])
        agreement = small(
            quotes=[Quote(exact="Parten vil støtte")],
            general_commitments=[commitment],
            sources=[Source(id="s", kind="other", text=text)],
        )
        [shown] = by_class(page_of(agreement), "text")

        assert lines_of(shown) == {1: "Parten vil støtte", 2: "det. Og mere."}
        assert [(text_of(mark), mark.get("class")) for mark in shown.iter("mark")] == [
            ("Parten", None),
            ("vil støtte", "promised"),
            ("det", "promised"),
        ]
        assert [link.get("data-label") for link in by_class(shown, "ref")] == ["preamble", "1"]

    def test_around(self) -> None:
        """What is before and after a quote is outside of the quotation marks."""
        root = page_of(small(quotes=[Quote(exact="støtte", prefix="vil", suffix="det")]))

        assert text_of(next(root.iter("blockquote"))) == "vil “støtte” det"
        assert next(root.iter("blockquote"))[0].tail == " “støtte” "

    def test_gap(self) -> None:
        """Between two quotes of one promise, it is shown that words of the source are left out."""
        quotes = [Quote(exact="Parten vil"), Quote(exact="Og mere")]
        root = page_of(small(general_commitments=[Commitment(id="c", text="C", quotes=quotes)]))

        assert [text_of(gap) for gap in by_class(root, "gap")] == ["[…]"]

    @pytest.mark.parametrize("value", ["x", None, 1, [None]])
    def test_not_an_agreement(self, value: Any) -> None:
        """A page of anything but agreements raises TypeError."""
        with pytest.raises(TypeError):
            vaekstaftale.to_html(value)

    def test_not_a_day(self, agreement: Agreement) -> None:
        """A `datetime` instead of a day raises TypeError."""
        with pytest.raises(TypeError, match="datetime"):
            vaekstaftale.to_html(agreement, on=datetime(2018, 1, 1, 12))  # noqa: DTZ001


# --- Limits -----------------------------------------------------------------------------------------------


def test_long_names() -> None:
    """A name in a reference has at most 60 characters, and its own entry all of it."""
    name = "Region " + "x" * 100
    commitment = Commitment(id="c", text="y" * 1_000, actors=["p"], strength="support")
    root = page_of(small(parties=[Party(id="p", name=name)], general_commitments=[commitment]))

    assert text_of(by_class(root, "lead")[0]).startswith(name[:59] + "… concluded")
    assert text_of(by_id(root, "actor-p")).startswith(name)
    assert text_of(by_class(root, "what")[0]) == "y" * 300 + "…"
    assert "y" * 1_000 in text_of(by_id(root, "promise-c"))


def test_many_references() -> None:
    """After the limit on references, they are counted; a promise lists at most a hundred names."""
    parties = [Party(id=f"p{number}", name=f"P{number}") for number in range(150)]
    ids = [party.id for party in parties]
    commitments = [Commitment(id=f"c{i}", text="C", actors=ids, strength="support") for i in range(200)]
    root = page_of(small(parties=parties, general_commitments=commitments), "en")

    assert text_of(by_class(by_id(root, "promise-c0"), "bound")[0]).endswith("P99 and 50 others commit to support")
    assert text_of(by_class(by_id(root, "promise-c199"), "bound")[0]) == "150 commit to support"
    assert text_of(by_id(root, "actor-p0")).endswith("100 and 100 others")


# --- Complete pages ---------------------------------------------------------------------------------------

PAGES = EXAMPLES / "pages"


def everything() -> Agreement:
    """Return an agreement with everything that a page can show, valid and invalid."""
    english = [Translation(language="en", text="In English")]
    return Agreement(
        id="alt",
        title="En aftale om alt",
        language="da",
        signed_on="2017-09",
        validity=ValidityPeriod(start="2017-09-05", end="2018", quotes=[Quote(exact="gælder til og med 2018")]),
        complete=False,
        parties=[
            Party(
                id="staten",
                name="Staten",
                other_names=["Regeringen", "Danmark"],
                representatives=[Representative(name="Bo Holm", office="minister"), Representative(office="formand")],
                translations=english,
                note="En note.",
            ),
            Party(id="syd", name="Syd", members=["staten", "ukendt"]),
        ],
        entities=[Entity(id="planen", name="Planen", kind="plan")],
        initiatives=[
            Initiative(
                id="energi",
                title="Energi",
                number=1,
                translations=english,
                note="En note.",
                quotes=[Quote(exact="Energi"), Quote(exact="Ikke her")],
                commitments=[
                    Commitment(
                        id="moeller",
                        text="Støtte møller.",
                        actors=["staten", "syd"],
                        mentions=["planen", "ukendt"],
                        strength="support",
                        topics=["vind", "møller"],
                        due_on="2018-03",
                        quotes=[Quote(exact="støtte", prefix="vil", suffix="møller", source="web")],
                        translations=english,
                        note="En note.",
                    ),
                    Commitment(id="drift", text="Drøfte drift.", actors=["staten"], strength="discuss"),
                ],
            ),
            Initiative(id="tom", title="Tom"),
        ],
        general_commitments=[
            Commitment(
                id="moeller",
                text="Følge op.",
                quotes=[
                    Quote(exact="vil"),
                    Quote(exact="følge ap", source="web"),
                    Quote(exact="x", source="ingen"),
                    Quote(exact="y", source="trykt"),
                    Quote(exact="støtte møller. De vil følge op"),
                ],
            )
        ],
        relations=[Relation(kind="builds-on", title="En tidligere aftale", quotes=[Quote(exact="bygger på")])],
        quotes=[Quote(exact="En aftale om alt")],
        sources=[
            Source(
                id="web",
                kind="web-page",
                title="Siden",
                url="https://example.org/?a=1&b=2",
                publisher="Udgiveren",
                contact="Kontakt",
                published_on="2017",
                updated_on="2017-09",
                retrieved_on="2018-01-02",
                language="da-DK",
                text="En aftale om alt\nSyd bygger på.\nEnergi\nDe vil støtte møller. De vil følge op.\n"
                "Den gælder til og med 2018.\u200b",
                note="En note.",
            ),
            Source(id="trykt", kind="other"),
            Source(id="uddrag", kind="minutes", text="Et uddrag.", excerpt=True),
        ],
        translations=english,
        note="En note.",
    )


def renewals() -> list[Agreement]:
    """Return agreements that renew or amend one another, some of them with unknown dates."""
    first = small(id="et", title="Et", signed_on="2012", validity=ValidityPeriod(end="2013-12-31"))
    second = small(
        id="to",
        title="To",
        signed_on="2014-01-01",
        validity=ValidityPeriod(open_ended=True),
        relations=[Relation(kind="renews", agreement="et"), Relation(kind="amends", agreement="vaek")],
        general_commitments=[Commitment(id="c", text="Støtte", actors=["q"])],
    )
    return [
        second,
        small(id="tre", title="Tre"),
        first,
        small(id="fire", title="Fire", validity=ValidityPeriod(end="2011")),
    ]


@pytest.mark.parametrize("name", ["one", "several"])
def test_pages(name: str) -> None:
    """A page is exactly the expected one, which `WRITE_PAGES=1 pytest tests/test_html.py` writes."""
    page = vaekstaftale.to_html(everything() if name == "one" else renewals(), on=DAY)
    check_page(page)
    page = re.sub("<style>.*</style>", "<style></style>", page, flags=re.DOTALL)
    page = re.sub("sha256-[^']*", "", page).replace("><", ">\n<")
    expected = PAGES / f"{name}.html"
    if os.environ.get("WRITE_PAGES"):
        expected.write_text(page, "utf-8")

    assert expected.read_text("utf-8") == page, "run `WRITE_PAGES=1 pytest tests/test_html.py`, and read the difference"


# --- Hostile text -----------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "\"><img src=x onerror=alert(1)>' onclick='x",
    "&lt;b&gt; &amp; <!-- --> ]]> <![CDATA[",
    "\u202egnorw \u200f\u2066 \u0000\u0007\u001b[31m \ufdd0 \U0010ffff",
    "x" * 499,
    "javascript:alert(1)",
    "{{ 7*7 }} ${x} %s {0}",
]


def elements(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page and the names of their attributes, except those that show invisible characters."""
    return [
        (str(element.tag), tuple(sorted(element.attrib)))
        for element in parse(page).iter()
        if element.get("class") != "unseen"
    ]


def filled_with(text: str) -> Agreement:
    """Return an agreement with the same text in every field that can contain it."""
    translations = [Translation(language="en", text=text)]
    quotes = [Quote(exact=text)]
    return Agreement(
        id="x",
        title=text,
        language="da",
        parties=[
            Party(
                id="p",
                name=text,
                other_names=[text + "!"],
                representatives=[Representative(name=text, office=text)],
                translations=translations,
                note=text,
            )
        ],
        entities=[Entity(id="e", name=text + "?", kind="plan", note=text)],
        initiatives=[
            Initiative(
                id="i",
                title=text,
                label=text,
                quotes=quotes,
                commitments=[
                    Commitment(
                        id="c",
                        text=text,
                        actors=["p"],
                        topics=[text],
                        label=text,
                        condition=text,
                        quotes=quotes,
                        translations=translations,
                    )
                ],
                translations=translations,
                note=text,
            )
        ],
        relations=[Relation(kind="renews", title=text)],
        quotes=[Quote(exact=text, prefix=text, suffix=text, locator=text)],
        sources=[Source(id="s", kind="other", title=text, publisher=text, contact=text, text=text, note=text)],
        translations=translations,
        note=text,
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("several", [False, True])
def test_hostile_text(text: str, several: bool) -> None:  # noqa: FBT001
    """Hostile text is shown as text: the page has the same elements as with harmless text."""
    hostile, harmless = filled_with(text), filled_with("ord")
    root = check_page(vaekstaftale.to_html([hostile] if several else hostile, on=DAY))

    assert elements(vaekstaftale.to_html(hostile, on=DAY)) == elements(vaekstaftale.to_html(harmless, on=DAY))
    assert text_of(by_class(root, "text")[0]).count("alert(1)") == text.count("alert(1)")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(has_visible))
def test_any_text(text: str) -> None:
    """No text changes the elements of the page around it."""
    assert elements(vaekstaftale.to_html(small(title=text), on=DAY)) == elements(vaekstaftale.to_html(small(), on=DAY))


def test_invisible_characters(agreement: Agreement) -> None:
    """Invisible characters, and those that change the direction of the text, are shown by name."""
    root = parse(vaekstaftale.to_html(attrs.evolve(agreement, title="a\u202eb\x00c\u00add\u200d\n\t"), on=DAY))
    [title] = root.iter("h1")

    assert text_of(next(root.iter("title"))) == "a\\u202eb\\x00c\\xadd\\u200d\\n\\t"
    assert text_of(title) == "a U+202E b U+0000 c U+00AD d\u200d"
    assert [element.get("title") for element in by_class(title, "unseen")] == [
        "RIGHT-TO-LEFT OVERRIDE",
        "a control character",
        "SOFT HYPHEN",
    ]


# --- Several agreements -----------------------------------------------------------------------------------


def shapes(period: ValidityPeriod, on: date = DAY, *, with_day: bool = False) -> list[tuple[str, float, float]]:
    """Return the kind, start and end of each shape of a timeline, in years."""
    row = Row(None, period)
    scale = Scale([row], on, with_day=with_day)
    years = [year for year, _ in scale.years]
    found = []
    for element in drawing(scale, row):
        path = element.find("path")
        kind = (element.get("class") if path is None else path.get("class")) or ""
        start = float((element.get("x") or element.get("x1") or "").rstrip("%"))
        end = (
            start + float(element.get("width", "0").rstrip("%"))
            if element.get("x")
            else float((element.get("x2") or "").rstrip("%"))
        )
        if kind != "year":
            found.append((kind, start, end))
    unit = 100 * 365.2425 / scale._days
    return [(kind, round(years[0] + start / unit, 1), round(years[0] + end / unit, 1)) for kind, start, end in found]


@pytest.mark.parametrize(
    ("period", "drawn"),
    [
        (("2017-07-02", "2018-07-01"), [("certain", 2017.5, 2018.5), ("today", 2018.0, 2018.0)]),
        (
            ("2013", "2015"),
            [("possible", 2013.0, 2014.0), ("possible", 2015.0, 2016.0), ("certain", 2014.0, 2015.0)],
        ),
        (("2013", None), [("possible", 2013.0, 2014.0)]),
        (("2013", "2013"), [("possible", 2013.0, 2014.0)]),
        (("2014", "2013"), []),
    ],
)
def test_certain_and_possible_times(
    period: tuple[str | None, str | None], drawn: list[tuple[str, float, float]]
) -> None:
    """Certain, possible and unknown times are drawn differently, each with its own extent."""
    start, end = period
    found = [shape for shape in shapes(ValidityPeriod(start=start, end=end)) if shape[0] != "unstated"]

    assert found == drawn


@pytest.mark.parametrize(
    ("start", "end"), [("1000-01-01", "9999-12-31"), ("9999", None), (None, "1000"), ("1500", "2500")]
)
def test_first_and_last_years(start: str | None, end: str | None) -> None:
    """Years at both ends of the calendar are drawn."""
    for on in (date.min, date.max, DAY):
        check_page(vaekstaftale.to_html([small(validity=ValidityPeriod(start=start, end=end))], on=on))


class TestSeveral:
    def test_first_screen(self) -> None:
        """The first screen says how many agreements there are, their statuses, and how firmly they bind."""
        root = check_page(vaekstaftale.to_html(vaekstaftale.load_all(FAMILY), on=date(2026, 11, 25)))

        assert text_of(next(root.iter("h1"))) == "Fem aftaler, 2012–2017"
        assert text_of(by_class(root, "lead")[0]) == (
            "Pr. 25. november 2026 er én i kraft, tre udløbet og én uden oplyst status. Tilsammen indeholder aftalerne "
            "ni løfter: tre om at udføre, to om at støtte, ét om at arbejde for, ét om at følge, ét om at drøfte og "
            "ét, hvis styrke ikke er vurderet."
        )
        assert text_of(by_class(root, "check")[0]).startswith("✓ Alle ti citater står ordret i kilderne.")

    def test_timeline(self) -> None:
        """Agreements of a chain are together, the oldest first, with their dates in words."""
        root = check_page(vaekstaftale.to_html(vaekstaftale.load_all(FAMILY), on=date(2026, 11, 25)))
        rows = [[text_of(line) for line in by_class(row, "label")[0]] for row in by_id(root, "when").iter("li")]

        assert rows == [
            ["Vækstaftale for Syddanmark 2012/13", "2012 – 2013", "Udløbet · to løfter"],
            [
                "Vækstaftale for Syddanmark 2014",
                "20. maj 2014 – 31. december 2015",
                "Udløbet · to løfter",
                "Fornyer Vækstaftale for Syddanmark 2012/13",
            ],
            [
                "Vækstaftale for Syddanmark 2016",
                "1. februar 2016 – 31. december 2017",
                "Udløbet · tre løfter",
                "Fornyer Vækstaftale for Syddanmark 2014",
            ],
            ["Vækstaftale for Midtjylland", "Fra 1. juni 2014 indtil videre", "I kraft · ét løfte"],
        ]
        assert text_of(by_class(root, "undated")[0]) == "Uden oplyste datoer: Partnerskab med Nordjylland (ét løfte)."

    def test_table(self) -> None:
        """A table counts the promises of everybody who is bound, by strength."""
        root = check_page(vaekstaftale.to_html(vaekstaftale.load_all(FAMILY), on=DAY))
        rows = [[text_of(cell) for cell in row] for row in by_class(root, "sum")[0].iter("tr")]

        assert rows[0][1:] == ["Udføre", "Støtte", "Arbejde for", "Følge", "Drøfte", "Styrke ikke vurderet", "I alt"]
        assert rows[1] == ["Regeringen", "1", "2", "1", "1", "1", "", "6"]
        assert rows[-1] == ["Ingen er nævnt", "", "", "", "", "", "1", "1"]

    def test_ids(self) -> None:
        """With several agreements, ids begin with that of their agreement; articles are in the timeline's order."""
        root = check_page(vaekstaftale.to_html(vaekstaftale.load_all(FAMILY), on=DAY))

        assert [article.get("id") for article in by_class(root, "agreement")] == [
            "agreement-syd-2012",
            "agreement-syd-2014",
            "agreement-syd-2016",
            "agreement-midt-2014",
            "agreement-nord-2015",
        ]
        assert by_id(root, "syd-2014.promise-testcenter") is not None

    @pytest.mark.parametrize(
        ("statuses", "danish", "english"),
        [
            (["2017"], "Pr. 1. januar 2018 er den udløbet.", "As of 1 January 2018, it has ended."),
            (["2016", "2017"], "Pr. 1. januar 2018 er begge udløbet.", "As of 1 January 2018, both have ended."),
            (["2015"] * 3, "Pr. 1. januar 2018 er alle tre udløbet.", "As of 1 January 2018, all three have ended."),
            (
                ["2016", None],
                "Pr. 1. januar 2018 er én udløbet og én uden oplyst status.",
                "As of 1 January 2018, one has ended and one has no stated status.",
            ),
        ],
    )
    def test_lead(self, statuses: list[str | None], danish: str, english: str) -> None:
        """The lead names the statuses that occur."""
        several = [small(id=f"a{i}", validity=end and ValidityPeriod(end=end)) for i, end in enumerate(statuses)]
        leads = [
            text_of(by_class(check_page(vaekstaftale.to_html(several, on=DAY, language=tag)), "lead")[0])
            for tag in ("da", "en")
        ]

        assert leads[0].startswith(danish)
        assert leads[1].startswith(english)

    def test_cycle(self) -> None:
        """Agreements that renew one another in a cycle are next to each other, and the cycle is reported."""
        cycle = [
            small(id=id_, signed_on="2017", relations=[Relation(kind="renews", agreement=renewed)])
            for id_, renewed in ("ab", "ba")
        ]
        root = check_page(vaekstaftale.to_html([small(id="c", signed_on="2016"), *cycle], on=DAY))
        rows = [(next(row.iter("a")).get("href"), row.get("class")) for row in by_id(root, "when").iter("li")]

        assert rows[0] == ("#agreement-c", None)
        assert sorted(rows[1:], key=str) == [("#agreement-a", "chain"), ("#agreement-b", "chain")]
        assert "relation-cycle" in text_of(by_class(root, "problems")[0])

    def test_duplicate_ids(self, agreement: Agreement) -> None:
        """Two agreements with the same id are both shown, and the duplicate id is reported."""
        root = check_page(vaekstaftale.to_html([agreement, agreement], on=DAY))

        assert "duplicate-agreement-id" in text_of(by_class(root, "problems")[0])

    @pytest.mark.parametrize("value", [[], vaekstaftale.Agreements(), iter(())])
    def test_no_agreements(self, value: Any) -> None:
        """Without agreements, the page says so."""
        root = check_page(vaekstaftale.to_html(value, on=DAY))

        assert text_of(next(root.iter("h1"))) == "No agreements"
        assert by_class(root, "lead") == []
