"""Agreements as pages: whole, linked, verbatim, and closed to whatever a file says."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64encode
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import attrs
import html5lib
import pytest
from conftest import EXAMPLES, FAMILY
from hypothesis import given
from hypothesis import strategies as st
from strategies import agreements

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Commitment,
    Entity,
    Initiative,
    PartialDate,
    Party,
    Quote,
    Relation,
    Representative,
    Source,
    Translation,
    ValidityPeriod,
)
from vaekstaftale.html.timeline import Row, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

DAY = date(2018, 1, 1)
VALID = sorted((EXAMPLES / "valid").glob("*.json"))


def parsed(page: str) -> Element:
    """Parse a page as a browser does, and let nothing pass that a browser would have to mend."""
    page = re.sub("<style>.*?</style>", "<style></style>", page, count=1, flags=re.DOTALL)  # the parser is slow
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root


def text_of(found: Element) -> str:
    """Give the text of an element, its parts side by side."""
    return re.sub(" (?=[,:;.])", "", " ".join(" ".join(found.itertext()).split()))


def by_class(root: Element, name: str) -> list[Element]:
    return [one for one in root.iter() if name in (one.get("class") or "").split()]


def by_id(root: Element, name: str) -> Element:
    [found] = [one for one in root.iter() if one.get("id") == name]
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


def assert_whole(page: str) -> Element:
    """Check what every page must be: one of its kind for each id, links that lead somewhere, headings in order."""
    root = parsed(page)
    ids = Counter(one.get("id") for one in root.iter() if one.get("id"))
    links = [one.get("href") or "" for one in root.iter("a")]
    levels = [int(one.tag[1]) for one in root.iter() if re.fullmatch(r"h[1-6]", str(one.tag))]

    assert [name for name, number in ids.items() if number > 1] == []
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(re.match(r"#|https?://", link) for link in links)
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert {str(one.tag) for one in root.iter()}.isdisjoint({"script", "img", "link", "iframe", "form", "base"})
    return root


class TestBundled:
    def test_whole(self, agreement: Agreement) -> None:
        """The page is whole, and says so of the record."""
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))

        assert text_of(by_class(root, "evidence")[0]) == "Quotes that occur in their source word for word: all of 18."
        assert by_class(root, "problems") == []
        assert text_of(by_class(root, "status")[0]) == "On 1 January 2018: in force"

    def test_analysis(self, agreement: Agreement) -> None:
        """Who has only the page can say who promised the analysis, how firmly, and in which words."""
        root = parsed(vaekstaftale.to_html(agreement, on=DAY))
        promise = by_id(root, "promise-analyse")
        facts = dict(zip(map(text_of, promise.iter("dt")), map(text_of, promise.iter("dd")), strict=True))

        assert facts["Who"] == "De vestdanske vækstfora"
        assert facts["How firmly"] == "carry out"
        assert facts["Due"] == "not stated"
        assert [text_of(quote) for quote in promise.iter("q")] == [agreement.commitment("analyse").quotes[0].exact]
        assert "group, not a party" in text_of(by_id(root, "actor-vestdanske-vaekstfora"))

    def test_table(self, agreement: Agreement) -> None:
        """The small picture counts each promise of each actor under its strength."""
        root = parsed(vaekstaftale.to_html(agreement, on=DAY))
        [table] = root.iter("table")
        rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]

        assert rows == [
            ["", "discuss", "follow", "work towards", "support", "carry out"],
            ["Regeringen", "2 4 5 6", "9", "7", "1 3", ""],
            ["Syddansk Vækstforum", "2 4 5 6", "", "7", "1 3", ""],
            ["De vestdanske vækstfora", "", "", "", "", "8"],
        ]

    def test_source(self, agreement: Agreement) -> None:
        """The source is shown verbatim, its quotes marked and linked both ways, the rest shown, with the share."""
        root = parsed(vaekstaftale.to_html(agreement, on=DAY))
        [shown] = by_class(root, "text")
        marks = [text_of(mark) for mark in shown.iter("mark")]
        promise = by_id(root, "promise-klynger")
        [link] = [one for one in promise.iter("a") if (one.get("href") or "").startswith("#quote-")]

        assert verbatim(shown) == agreement.source("webside").text
        assert agreement.commitment("klynger").quotes[0].exact in marks
        assert by_id(root, (link.get("href") or "")[1:]) in list(shown.iter("span"))
        assert [one.get("href") for one in shown.iter("a") if text_of(one) == "3"] == ["#promise-klynger"]
        assert [text_of(one) for one in by_class(shown, "unquoted")][:3] == [
            "Gå til indhold Syddansk Vækstforum Til forsiden",
            "1.",
            "2.",
        ]
        assert "Quotes account for 92 % of its letters and digits." in text_of(by_class(root, "share")[0])

    def test_languages(self, agreement: Agreement) -> None:
        """Danish is said to be Danish, its translations English, and so is all that the page itself says."""
        root = parsed(vaekstaftale.to_html(agreement, on=DAY))
        languages = dict(said(root, root.get("lang")))

        assert languages["Følge analysearbejdet og drøfte, hvordan der følges op på det."] == "da"
        assert languages["Follow the analysis and discuss how it is to be followed up."] == "en"
        assert languages["Staten vil følge arbejdet, og drøfte opfølgningen på analysen."] == "da"
        assert languages["De vestdanske vækstfora handler her uden selv at være part i aftalen."] == "da"
        assert languages["How firmly"] == "en"

    def test_nothing_is_fetched(self, agreement: Agreement) -> None:
        """The one style sheet is inside, and a policy forbids all else."""
        page = vaekstaftale.to_html(agreement)
        root = parsed(page)
        [style] = re.findall("<style>(.*?)</style>", page, flags=re.DOTALL)
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        [policy] = [one for one in root.iter("meta") if one.get("http-equiv")]

        assert f"default-src 'none'; style-src 'sha256-{digest}'" in str(policy.get("content"))
        assert not re.search(r"url\(|@import|//|<", style)
        assert [
            one for one in root.iter() if any(name.startswith("on") or name == "style" for name in one.attrib)
        ] == []


def verbatim(shown: Element) -> str:
    """Take the links out of a marked text, and put what was named back in."""
    return "".join(spoken(shown))


def spoken(found: Element) -> Iterator[str]:
    yield found.text or ""
    for child in found:
        if child.get("class") == "unseen":
            yield chr(int((child.text or "").removeprefix("U+"), 16))
        elif child.tag != "sup":
            yield from spoken(child)
        yield child.tail or ""


def said(found: Element, language: str | None) -> Iterator[tuple[str, str | None]]:
    """Give every text with the language that it is said to be in."""
    language = found.get("lang", language)
    yield (found.text or "").strip(), language
    for child in found:
        yield from said(child, language)
        yield (child.tail or "").strip(), language


@pytest.mark.parametrize("path", [*VALID, *FAMILY], ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    """The page of every example is whole."""
    assert_whole(vaekstaftale.to_html(vaekstaftale.load(path), on=DAY))


@given(agreements())
def test_any_agreement(agreement: Agreement) -> None:
    """The page of any agreement is whole, and shows every source verbatim."""
    root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))
    shown = iter(by_class(root, "text"))
    for source in agreement.sources:
        if source.text:
            assert verbatim(next(shown)) == source.text


# --- What is wrong ----------------------------------------------------------------------------------------


class TestWrong:
    @pytest.mark.parametrize(
        ("quote", "source", "words"),
        [
            (Quote(exact="vil støtte dem"), {}, "This quote does not occur in the source, did you mean"),
            (Quote(exact="helt andre ord"), {}, "This quote does not occur in the source"),
            (
                Quote(exact="er"),
                {"text": "er er"},
                "This quote occurs in several places of the same source, add the words",
            ),
            (Quote(exact="nej"), {"excerpt": True}, "This quote cannot be checked"),
            (Quote(exact="vil", source="z"), {}, "This quote names a source that is not here"),
        ],
    )
    def test_quotes(self, quote: Quote, source: dict[str, Any], words: str) -> None:
        """A quote that does not stand as it should is shown as such, beside its promise and at the top."""
        agreement = small(general_commitments=[Commitment(id="c", text="Støtte det", quotes=[quote])])
        agreement = attrs.evolve(agreement, sources=[attrs.evolve(agreement.sources[0], **source)])
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))
        [shown] = by_class(root, "quote")
        [problem] = vaekstaftale.validate(agreement)

        assert "found" not in (shown.get("class") or "").split()
        assert text_of(shown).startswith(f"{quote.exact} {words}")
        assert [text_of(one).split()[0] for one in by_class(root, "problems")[0].iter("li")] == [problem.code]
        assert by_class(root, "problems")[0].find("ul/li/a").get("href") == "#promise-c"  # type: ignore[union-attr]
        assert "word for word: 0 of 1; 1" in text_of(by_class(root, "evidence")[0])

    def test_many_problems(self) -> None:
        """Of hundreds of problems a hundred are told, and every quote still says what is wrong with it."""
        agreement = small(quotes=[Quote(exact=f"ikke her {number}") for number in range(300)])
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))

        assert text_of(by_class(root, "problems")[0]).startswith("More than 100 problems in this record")
        assert len(by_class(root, "quote-not-found")) == 300
        assert "word for word: 0 of 300; 300 not found" in text_of(by_class(root, "evidence")[0])

    def test_incoherent(self) -> None:
        """An agreement that is not coherent has its page too: with ids that nobody has, and equal ones."""
        promise = Commitment(id="c", text="Støtte", actors=["ingen", "p"], quotes=[Quote(exact="støtte")])
        agreement = small(
            general_commitments=[promise, promise],
            parties=[Party(id="p", name="Parten", members=["q"]), Party(id="p", name="En anden")],
            validity=ValidityPeriod(start="2018", end="2017"),
        )
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))
        listed = [text_of(one).split()[0] for one in by_class(root, "problems")[0].iter("li")]

        assert listed == [problem.code for problem in vaekstaftale.validate(agreement)]
        assert "ingen (an id that nobody has)" in text_of(by_id(root, "promise-c"))

    @pytest.mark.parametrize(("exact", "marks", "share"), [("nej", ["nej"], "60 %"), ("tak", [], "0 %")])
    def test_sources_with_one_id(self, exact: str, marks: list[str], share: str) -> None:
        """Of two sources with one id, both texts are shown, and only the first one is looked at."""
        sources = [Source(id="s", kind="other", text="ja nej"), Source(id="s", kind="other", text="nej tak")]
        root = assert_whole(vaekstaftale.to_html(small(sources=sources, quotes=[Quote(exact=exact)]), on=DAY))
        first, second = by_class(root, "text")

        assert (verbatim(first), verbatim(second)) == ("ja nej", "nej tak")
        assert [text_of(mark) for mark in first.iter("mark")] == marks
        assert list(second.iter("mark")) == []
        assert f"Quotes account for {share}" in text_of(by_class(root, "share")[0])

    def test_a_quote_in_several_sources(self) -> None:
        """A quote that stands in many sources is marked in each, and says where."""
        sources = [Source(id=f"s{number}", kind="other", text="x\n" * number + "vil støtte") for number in range(25)]
        agreement = small(sources=sources, quotes=[Quote(exact="vil støtte")])
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))

        assert vaekstaftale.validate(agreement) == ()
        assert len(list(root.iter("mark"))) == 25
        assert "s3, line 4, s4, line 5," in text_of(by_class(root, "quote")[0])

    def test_a_language_called_quotes(self) -> None:
        """A strange language is no quote."""
        agreement = small(language="quotes", translations=[Translation(language="quotes", text="x")])
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))

        assert text_of(by_class(root, "evidence")[0]) == "No words of a source are quoted."

    def test_strange_address(self) -> None:
        """In an address too, the unseen is named."""
        root = parsed(
            vaekstaftale.to_html(
                small(sources=[Source(id="s", kind="other", url="https://a.example/\u202egro.doog")]), on=DAY
            )
        )

        assert [text_of(one) for one in by_class(root, "unseen")] == ["U+202E"]

    def test_several_places(self) -> None:
        """Every place of a quote is marked, but of thousands only the first few."""
        agreement = small(quotes=[Quote(exact="x")], sources=[Source(id="s", kind="other", text="x " * 5_000)])
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))

        assert len(list(root.iter("mark"))) == 20

    def test_overlapping_quotes(self) -> None:
        """Quotes that overlap are marked each from its beginning to its end."""
        text = "Parten vil støtte det. Og mere."
        promise = Commitment(id="c", text="Støtte", quotes=[Quote(exact="vil støtte det")])
        agreement = small(quotes=[Quote(exact="Parten vil støtte")], general_commitments=[promise])
        root = assert_whole(vaekstaftale.to_html(agreement, on=DAY))
        [shown] = by_class(root, "text")

        assert verbatim(shown) == text
        assert [(text_of(mark), mark.get("class")) for mark in shown.iter("mark")] == [
            ("Parten", None),
            ("vil støtte", "promised"),
            ("det", "promised"),
        ]
        assert [text_of(one) for one in shown.iter("sup")] == ["agreement", "1"]
        assert [text_of(one) for one in by_class(shown, "unquoted")] == [". Og mere."]

    @pytest.mark.parametrize("value", ["x", None, 1, [None]])
    def test_no_agreement(self, value: Any) -> None:
        """What is no agreement has no page."""
        with pytest.raises(TypeError):
            vaekstaftale.to_html(value)

    def test_no_day(self, agreement: Agreement) -> None:
        """A moment is no day."""
        with pytest.raises(TypeError, match="datetime"):
            vaekstaftale.to_html(agreement, on=datetime(2018, 1, 1, 12))  # noqa: DTZ001


# --- Whole pages ------------------------------------------------------------------------------------------

PAGES = EXAMPLES / "pages"


def everything() -> Agreement:
    """Give an agreement with everything that a page shows, right and wrong."""
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
    """Give agreements of which one renews another, and that differ in how much of their time is known."""
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
    """A whole page is what is written down for it; `WRITE_PAGES=1 pytest tests/test_html.py` writes it anew."""
    page = vaekstaftale.to_html(everything() if name == "one" else renewals(), on=DAY)
    assert_whole(page)
    page = re.sub("<style>.*</style>", "<style></style>", page, flags=re.DOTALL)
    page = re.sub("sha256-[^']*", "", page).replace("><", ">\n<")
    expected = PAGES / f"{name}.html"
    if os.environ.get("WRITE_PAGES"):
        expected.write_text(page, "utf-8")

    assert expected.read_text("utf-8") == page


# --- Hostile words ----------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    "\"><img src=x onerror=alert(1)>' onclick='x",
    "&lt;b&gt; &amp; <!-- --> ]]> <![CDATA[",
    "\u202egnorw \u200f\u2066 \u0000\u0007\u001b[31m \ufdd0 \U0010ffff",
    "x" * 100_000,
    "javascript:alert(1)",
    "{{ 7*7 }} ${x} %s {0}",
]


def skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Give the elements of a page and the names of their attributes, but not what names the unseen."""
    return [(str(one.tag), tuple(sorted(one.attrib))) for one in parsed(page).iter() if one.get("class") != "unseen"]


def everywhere(words: str) -> Agreement:
    """Put words wherever a text may be."""
    translations = [Translation(language="en", text=words)]
    quotes = [Quote(exact=words)]
    return Agreement(
        id="x",
        title=words,
        language="da",
        parties=[
            Party(
                id="p",
                name=words,
                other_names=[words + "!"],
                representatives=[Representative(name=words, office=words)],
                translations=translations,
                note=words,
            )
        ],
        entities=[Entity(id="e", name=words + "?", kind="plan", note=words)],
        initiatives=[
            Initiative(
                id="i",
                title=words,
                quotes=quotes,
                commitments=[
                    Commitment(
                        id="c", text=words, actors=["p"], topics=[words], quotes=quotes, translations=translations
                    )
                ],
                translations=translations,
                note=words,
            )
        ],
        relations=[Relation(kind="renews", title=words)],
        quotes=[Quote(exact=words, prefix=words, suffix=words)],
        sources=[Source(id="s", kind="other", title=words, publisher=words, contact=words, text=words, note=words)],
        translations=translations,
        note=words,
    )


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("several", [False, True])
def test_hostile_words(words: str, several: bool) -> None:  # noqa: FBT001
    """Whatever the words are, they are words: the page has the same elements as with harmless ones."""
    hostile, harmless = everywhere(words), everywhere("ord")
    root = assert_whole(vaekstaftale.to_html([hostile] if several else hostile, on=DAY))

    assert skeleton(vaekstaftale.to_html(hostile, on=DAY)) == skeleton(vaekstaftale.to_html(harmless, on=DAY))
    assert text_of(by_class(root, "text")[0]).count("alert(1)") == words.count("alert(1)")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_words(words: str) -> None:
    """No words of any kind change the page around them."""
    assert skeleton(vaekstaftale.to_html(small(title=words), on=DAY)) == skeleton(vaekstaftale.to_html(small(), on=DAY))


def test_the_unseen_is_named(agreement: Agreement) -> None:
    """What no reader would see, and what turns the direction of letters, is named."""
    root = parsed(vaekstaftale.to_html(attrs.evolve(agreement, title="a\u202eb\x00c\u00add\u200d\n\t"), on=DAY))
    [title] = root.iter("h1")

    assert text_of(next(root.iter("title"))) == "a\\u202eb\\x00c\\xadd\\u200d\\n\\t"
    assert text_of(title) == "a U+202E b U+0000 c U+00AD d\u200d"
    assert [one.get("title") for one in by_class(title, "unseen")] == [
        "RIGHT-TO-LEFT OVERRIDE",
        "a control character",
        "SOFT HYPHEN",
    ]


# --- Time -------------------------------------------------------------------------------------------------


def shapes(period: ValidityPeriod, *days: str, on: date = DAY) -> list[tuple[str, float, float]]:
    """Give what is drawn, each from where to where, in years from the beginning of the drawing."""
    drawn = timeline([Row(label="x", days=[PartialDate(day) for day in days], period=period)], on)
    [names] = [one for one in drawn.iter("svg") if one.get("class") == "axis"]
    years = [int(one.text or "") for one in names.iter("text")]
    [drawing] = [one for one in drawn.iter("svg") if one.get("height") == "28"]
    found = []
    for one in drawing:
        kind = one.get("class") or ("arrow" if one.find("path[@class='arrow']") is not None else "day")
        start = float((one.get("x") or one.get("x1") or "").rstrip("%"))
        end = (
            start + float(one.get("width", "0").rstrip("%"))
            if one.get("x")
            else float((one.get("x2") or "").rstrip("%"))
        )
        if kind != "year":
            found.append((kind, start, end))
    scale = 100 / (years[-1] + 1 - years[0])
    return [(kind, round(years[0] + start / scale, 1), round(years[0] + end / scale, 1)) for kind, start, end in found]


@pytest.mark.parametrize(
    ("period", "drawn"),
    [
        (("2017-07-02", "2018-07-01"), [("certain", 2017.5, 2018.5)]),
        (("2017", "2019"), [("possible", 2017.0, 2018.0), ("possible", 2019.0, 2020.0), ("certain", 2018.0, 2019.0)]),
        (("2017", None), [("unstated", 2018.0, 2019.0), ("possible", 2017.0, 2018.0)]),
        ((None, "2017"), [("unstated", 2016.0, 2017.0), ("possible", 2017.0, 2018.0)]),
        (("2017", "2017"), [("possible", 2017.0, 2018.0)]),
        ((None, None), [("unstated", 2017.0, 2020.0)]),
        (("2018", "2017"), []),
    ],
)
def test_time_as_far_as_it_is_known(
    period: tuple[str | None, str | None], drawn: list[tuple[str, float, float]]
) -> None:
    """What is certain, what is possible and what is not stated are drawn each in its way, as far as they reach."""
    start, end = period
    found = [one for one in shapes(ValidityPeriod(start=start, end=end)) if one[0] != "today"]

    assert found == drawn


def test_open_ended() -> None:
    """Until further notice is an arrow to the end."""
    assert shapes(ValidityPeriod(start="2017", open_ended=True)) == [
        ("possible", 2017.0, 2018.0),
        ("certain", 2018.0, 2019.0),
        ("arrow", 2019.0, 2019.0),
        ("today", 2018.0, 2018.0),
    ]


def test_days() -> None:
    """A day is a point, a month or a year the range that it is; the day of the status is not drawn where it is not."""
    assert shapes(ValidityPeriod(), "2017-07-02", "2018", on=date(2030, 1, 1)) == [
        ("unstated", 2016.0, 2020.0),
        ("day", 2017.5, 2017.5),
        ("point possible", 2018.0, 2019.0),
    ]


def test_the_last_year() -> None:
    """The last year of the calendar is drawn as well."""
    assert shapes(ValidityPeriod(start="9999-01-01", end="9999-12-31"), on=date(9999, 1, 1)) == [
        ("certain", 9999.0, 10_000.0),
        ("today", 9999.0, 9999.0),
    ]


@pytest.mark.parametrize(
    ("start", "end"), [("1000-01-01", "9999-12-31"), ("9999", None), (None, "1000"), ("1500", "2500")]
)
def test_far_away(start: str | None, end: str | None) -> None:
    """Years at the ends of the calendar are drawn as well."""
    for on in (date.min, date.max, DAY):
        assert_whole(vaekstaftale.to_html(small(validity=ValidityPeriod(start=start, end=end)), on=on))


@pytest.mark.parametrize(
    ("start", "end", "named"),
    [
        ("2017", "2018", [2016, 2017, 2018, 2019]),
        ("2013", "2018", [2012, 2014, 2016, 2018]),
        ("1990", "2017", [1990, 1995, 2000, 2005, 2010, 2015]),
        ("1500", "2500", [1600, 1800, 2000, 2200, 2400]),
        ("1000", "9999", [2000, 4000, 6000, 8000]),
    ],
)
def test_named_years(start: str, end: str, named: list[int]) -> None:
    """No more than a few years are named, and those are round."""
    drawn = timeline([Row(label="x", period=ValidityPeriod(start=start, end=end))], DAY)

    assert [int(one.text or "") for one in drawn.iter("text")] == named


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2015, 12, 31), "left of the drawing"),
        (date(2016, 1, 1), ""),
        (date(2018, 12, 31), ""),
        (date(2019, 1, 1), "right of the drawing"),
    ],
)
def test_day_outside(on: date, told: str) -> None:
    """A day that is not drawn is said to be outside."""
    drawn = timeline([Row(label="x", days=[PartialDate("2017")])], on)
    [key] = [one for one in drawn.iter("span") if one.get("class") == "key today"]

    assert text_of(key).partition(", ")[2] == told


def test_length_in_words() -> None:
    """A length of years, months and days is told in words."""
    agreement = small(validity=ValidityPeriod(start="2015-01-01", end="2017-02-01"))

    assert "(2 years 1 month 1 day)" in vaekstaftale.to_html(agreement, on=DAY)


def test_order_of_actors() -> None:
    """Who promised is told in the order of the record, whoever promised first; last, that nobody is named."""
    promises = [Commitment(id="a", text="A"), *(Commitment(id=id_, text="C", actors=[id_]) for id_ in "zeqp")]
    parties = [Party(id=id_, name=id_.upper()) for id_ in "pq"]
    agreement = small(parties=parties, entities=[Entity(id="e", name="E", kind="plan")], general_commitments=promises)
    root = parsed(vaekstaftale.to_html(agreement, on=DAY))
    [body] = root.iter("tbody")

    assert [text_of(one) for one in body.iter("th")] == ["P", "Q", "E", "z (an id that nobody has)", "nobody is named"]


def test_marks_of_initiatives() -> None:
    """Quotes of promises inside initiatives are marked as promised, those of the initiatives are not."""
    promise = Commitment(id="c", text="Støtte", quotes=[Quote(exact="vil støtte")])
    initiative = Initiative(id="i", title="I", commitments=[promise], quotes=[Quote(exact="mere")])
    root = parsed(vaekstaftale.to_html(small(initiatives=[initiative]), on=DAY))

    assert [(text_of(one), one.get("class")) for one in root.iter("mark")] == [
        ("vil støtte", "promised"),
        ("mere", None),
    ]


def test_warnings_are_no_errors() -> None:
    """Where nothing but warnings was found, the page is not red."""
    agreement = small(sources=[Source(id="s", kind="other", text="er\ner")], quotes=[Quote(exact="er")])
    root = parsed(vaekstaftale.to_html(agreement, on=DAY))

    assert [one.get("class") for one in by_class(root, "problems")] == ["problems warnings"]
    assert "(see the source, lines 1, 2)" in text_of(by_class(root, "quote")[0])


def test_due() -> None:
    """What is due is drawn with the rest, and said with its promise."""
    root = parsed(
        vaekstaftale.to_html(small(general_commitments=[Commitment(id="c", text="C", due_on="2018-12")]), on=DAY)
    )

    assert "Due: promise 1, December 2018" in [text_of(one) for one in by_class(root, "label")]
    assert "Due by December 2018" in text_of(by_id(root, "promise-c"))
    assert "the words name nobody" in text_of(by_id(root, "promise-c"))


# --- Several ----------------------------------------------------------------------------------------------


class TestSeveral:
    def test_chains(self) -> None:
        """One timeline for all, those of a chain together and oldest first, with what renews what."""
        family = vaekstaftale.load_all(FAMILY)
        root = assert_whole(vaekstaftale.to_html(family, on=DAY))
        overview = by_class(root, "timeline")[0]
        rows = [(text_of(next(row.iter("a"))), row.get("class")) for row in overview.iter("li")]

        assert rows == [
            ("Vækstaftale for Syddanmark 2012/13", None),
            ("Vækstaftale for Syddanmark 2014", "joined"),
            ("Vækstaftale for Syddanmark 2016", "joined"),
            ("Vækstaftale for Midtjylland", None),
            ("Partnerskab med Nordjylland", None),
        ]
        assert "renews Vækstaftale for Syddanmark 2014" in text_of(overview)
        assert [text_of(one) for one in root.iter("h1")] == ["5 agreements"]
        assert [text_of(one) for one in root.iter("h2")] == [one.title for one in family]

    def test_circle(self) -> None:
        """Agreements that renew one another in a circle are shown together, and the page says that it is one."""
        circle = [small(id=id_, relations=[Relation(kind="renews", agreement=other)]) for id_, other in ("ab", "ba")]
        root = assert_whole(vaekstaftale.to_html([small(id="c"), *circle], on=DAY))
        rows = [(next(row.iter("a")).get("href"), row.get("class")) for row in by_class(root, "timeline")[0].iter("li")]

        assert sorted(rows, key=str) == [
            ("#a.agreement-a", None),
            ("#b.agreement-b", "joined"),
            ("#c.agreement-c", None),
        ]
        assert [text_of(one).split()[0] for one in by_class(root, "problems")[0].iter("li")] == ["relation-cycle"]

    def test_equal_ids(self, agreement: Agreement) -> None:
        """Two agreements with one id are both shown, and the page says that the ids are equal."""
        root = assert_whole(vaekstaftale.to_html([agreement, agreement], on=DAY))

        assert [text_of(one).split()[0] for one in by_class(root, "problems")[0].iter("li")] == [
            "duplicate-agreement-id"
        ]

    @pytest.mark.parametrize("value", [[], vaekstaftale.Agreements(), iter(())])
    def test_none(self, value: Any) -> None:
        """Of no agreements there is a page that says so."""
        assert "There is nothing to show." in text_of(assert_whole(vaekstaftale.to_html(value, on=DAY)))
