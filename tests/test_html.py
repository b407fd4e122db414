"""Agreements as HTML pages: valid, linked, with verbatim sources, and safe whatever a file contains."""

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
from vaekstaftale.model.strings import has_visible
from vaekstaftale.testing import agreements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
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
    assert {str(element.tag) for element in root.iter()}.isdisjoint({"script", "img", "link", "iframe", "form", "base"})
    return root


class TestBundled:
    def test_valid(self, agreement: Agreement) -> None:
        """The page is valid and states that the record has no problems."""
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))

        assert text_of(by_class(root, "evidence")[0]) == "Quotes that occur in their source word for word: all of 18."
        assert by_class(root, "problems") == []
        assert text_of(by_class(root, "status")[0]) == "On 1 January 2018: in force"

    def test_analysis(self, agreement: Agreement) -> None:
        """The page shows who promised the analysis, how firmly and in which words."""
        root = parse(vaekstaftale.to_html(agreement, on=DAY))
        promise = by_id(root, "promise-analyse")
        facts = dict(zip(map(text_of, promise.iter("dt")), map(text_of, promise.iter("dd")), strict=True))

        assert facts["Who"] == "De vestdanske vækstfora"
        assert facts["How firmly"] == "carry out"
        assert facts["Due"] == "not stated"
        assert [text_of(quote) for quote in promise.iter("q")] == [agreement.commitment("analyse").quotes[0].exact]
        assert "group, not a party" in text_of(by_id(root, "actor-vestdanske-vaekstfora"))

    def test_table(self, agreement: Agreement) -> None:
        """The table lists the promises of each actor by strength."""
        root = parse(vaekstaftale.to_html(agreement, on=DAY))
        [table] = root.iter("table")
        rows = [[text_of(cell) for cell in row] for row in table.iter("tr")]

        assert rows == [
            ["", "discuss", "follow", "work towards", "support", "carry out"],
            ["Regeringen", "2 4 5 6", "9", "7", "1 3", ""],
            ["Syddansk Vækstforum", "2 4 5 6", "", "7", "1 3", ""],
            ["De vestdanske vækstfora", "", "", "", "", "8"],
        ]

    def test_source(self, agreement: Agreement) -> None:
        """The source is verbatim, with quotes marked and linked in both directions, and with unquoted text marked."""
        root = parse(vaekstaftale.to_html(agreement, on=DAY))
        [shown] = by_class(root, "text")
        marks = [text_of(mark) for mark in shown.iter("mark")]
        promise = by_id(root, "promise-klynger")
        [link] = [element for element in promise.iter("a") if (element.get("href") or "").startswith("#quote-")]

        assert verbatim(shown) == agreement.source("webside").text
        assert agreement.commitment("klynger").quotes[0].exact in marks
        assert by_id(root, (link.get("href") or "")[1:]) in list(shown.iter("span"))
        assert [element.get("href") for element in shown.iter("a") if text_of(element) == "3"] == ["#promise-klynger"]
        assert by_class(shown, "unquoted") == []
        assert "100 % of its letters and digits are quoted or skipped." in text_of(by_class(root, "share")[0])

    def test_languages(self, agreement: Agreement) -> None:
        """Danish text, its translations and the text of the page itself are marked with their languages."""
        root = parse(vaekstaftale.to_html(agreement, on=DAY))
        languages = dict(texts_and_languages(root, root.get("lang")))

        assert languages["Følge analysearbejdet og drøfte, hvordan der følges op på det."] == "da"
        assert languages["Follow the analysis and discuss how it is to be followed up."] == "en"
        assert languages["Staten vil følge arbejdet, og drøfte opfølgningen på analysen."] == "da"
        assert languages["De vestdanske vækstfora handler her uden selv at være part i aftalen."] == "da"
        assert languages["How firmly"] == "en"

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


def verbatim(shown: Element) -> str:
    """Return the text of a source as it was, without the links and with the invisible characters."""
    return "".join(_verbatim_parts(shown))


def _verbatim_parts(found: Element) -> Iterator[str]:
    yield found.text or ""
    for child in found:
        if child.get("class") == "unseen":
            yield chr(int((child.text or "").removeprefix("U+"), 16))
        elif child.tag != "sup":
            yield from _verbatim_parts(child)
        yield child.tail or ""


def texts_and_languages(found: Element, language: str | None) -> Iterator[tuple[str, str | None]]:
    """Yield every text with the language that it is marked with."""
    language = found.get("lang", language)
    yield (found.text or "").strip(), language
    for child in found:
        yield from texts_and_languages(child, language)
        yield (child.tail or "").strip(), language


@pytest.mark.parametrize("path", [*VALID, *FAMILY], ids=lambda path: path.stem)
def test_examples(path: Path) -> None:
    """The page of every example is valid."""
    check_page(vaekstaftale.to_html(vaekstaftale.load(path), on=DAY))


@given(agreements())
@pytest.mark.slow
def test_any_agreement(agreement: Agreement) -> None:
    """The page of any agreement is valid and shows every source verbatim."""
    root = check_page(vaekstaftale.to_html(agreement, on=DAY))
    shown = iter(by_class(root, "text"))
    for source in agreement.sources:
        if source.text:
            assert verbatim(next(shown)) == source.text


# --- Problems ---------------------------------------------------------------------------------------------


class TestProblems:
    @pytest.mark.parametrize(
        ("quote", "source", "words"),
        [
            (Quote(exact="vil støtte dem"), {}, "This quote does not occur in the source, did you mean"),
            (Quote(exact="helt andre ord"), {}, "This quote does not occur in the source"),
            (
                Quote(exact="er"),
                {"text": "er er"},
                'This quote occurs in several places of the same source, add "',
            ),
            (Quote(exact="nej"), {"excerpt": True}, "This quote cannot be checked"),
            (Quote(exact="vil", source="z"), {}, "This quote names a source that is not here"),
        ],
    )
    def test_quotes(self, quote: Quote, source: dict[str, Any], words: str) -> None:
        """A quote with a problem is marked beside its promise, and the problem is listed at the top."""
        agreement = small(general_commitments=[Commitment(id="c", text="Støtte det", quotes=[quote])])
        agreement = attrs.evolve(agreement, sources=[attrs.evolve(agreement.sources[0], **source)])
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))
        [shown] = by_class(root, "quote")
        [problem] = vaekstaftale.validate(agreement)

        assert "found" not in (shown.get("class") or "").split()
        assert text_of(shown).startswith(f"{quote.exact} {words}")
        assert [text_of(element).split()[0] for element in by_class(root, "problems")[0].iter("li")] == [problem.code]
        assert by_class(root, "problems")[0].find("ul/li/a").get("href") == "#promise-c"  # type: ignore[union-attr]
        assert "word for word: 0 of 1; 1" in text_of(by_class(root, "evidence")[0])

    def test_many_problems(self) -> None:
        """At most a hundred problems are listed, but every quote is marked with its own."""
        agreement = small(quotes=[Quote(exact=f"ikke her {number}") for number in range(300)])
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))

        assert text_of(by_class(root, "problems")[0]).startswith("More than 100 problems in this record")
        assert len(by_class(root, "quote-not-found")) == 300
        assert "word for word: 0 of 300; 300 not found" in text_of(by_class(root, "evidence")[0])

    def test_incoherent(self) -> None:
        """An agreement that is not coherent also has a page, even with unknown and duplicate ids."""
        commitment = Commitment(id="c", text="Støtte", actors=["ingen", "p"], quotes=[Quote(exact="støtte")])
        agreement = small(
            general_commitments=[commitment, commitment],
            parties=[Party(id="p", name="Parten", members=["q"]), Party(id="p", name="En anden")],
            validity=ValidityPeriod(start="2018", end="2017"),
        )
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))
        listed = [text_of(element).split()[0] for element in by_class(root, "problems")[0].iter("li")]

        assert listed == [problem.code for problem in vaekstaftale.validate(agreement)]
        assert "ingen (an id that nobody has)" in text_of(by_id(root, "promise-c"))

    @pytest.mark.parametrize(("exact", "marks", "share"), [("nej", ["nej"], "60 %"), ("tak", [], "0 %")])
    def test_sources_with_the_same_id(self, exact: str, marks: list[str], share: str) -> None:
        """Of two sources with the same id, both are shown, and quotes are marked in the first one only."""
        sources = [Source(id="s", kind="other", text="ja nej"), Source(id="s", kind="other", text="nej tak")]
        root = check_page(vaekstaftale.to_html(small(sources=sources, quotes=[Quote(exact=exact)]), on=DAY))
        first, second = by_class(root, "text")

        assert (verbatim(first), verbatim(second)) == ("ja nej", "nej tak")
        assert [text_of(mark) for mark in first.iter("mark")] == marks
        assert list(second.iter("mark")) == []
        assert f"{share} of its letters and digits are quoted or skipped." in text_of(by_class(root, "share")[0])

    def test_a_quote_in_several_sources(self) -> None:
        """A quote that occurs in several sources is marked in each of them, and its places are listed."""
        sources = [Source(id=f"s{number}", kind="other", text="x\n" * number + "vil støtte") for number in range(25)]
        agreement = small(sources=sources, quotes=[Quote(exact="vil støtte")])
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))

        assert vaekstaftale.validate(agreement) == ()
        assert len(list(root.iter("mark"))) == 25
        assert "s3, line 4, s4, line 5," in text_of(by_class(root, "quote")[0])

    def test_a_language_called_quotes(self) -> None:
        """A translation into a language called `quotes` does not count as a quote."""
        agreement = small(language="quotes", translations=[Translation(language="quotes", text="x")])
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))

        assert text_of(by_class(root, "evidence")[0]) == "No words of a source are quoted."

    def test_several_places(self) -> None:
        """At most twenty places of a quote are marked."""
        agreement = small(quotes=[Quote(exact="x")], sources=[Source(id="s", kind="other", text="x " * 5_000)])
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))

        assert len(list(root.iter("mark"))) == 20

    def test_overlapping_quotes(self) -> None:
        """Quotes that overlap are each marked from beginning to end."""
        text = "Parten vil støtte det. Og mere."
        commitment = Commitment(id="c", text="Støtte", quotes=[Quote(exact="vil støtte det")])
        agreement = small(quotes=[Quote(exact="Parten vil støtte")], general_commitments=[commitment])
        root = check_page(vaekstaftale.to_html(agreement, on=DAY))
        [shown] = by_class(root, "text")

        assert verbatim(shown) == text
        assert [(text_of(mark), mark.get("class")) for mark in shown.iter("mark")] == [
            ("Parten", None),
            ("vil støtte", "promised"),
            ("det", "promised"),
        ]
        assert [text_of(element) for element in shown.iter("sup")] == ["agreement", "1"]
        assert [text_of(element) for element in by_class(shown, "unquoted")] == [". Og mere."]

    @pytest.mark.parametrize("value", ["x", None, 1, [None]])
    def test_not_an_agreement(self, value: Any) -> None:
        """A page of anything but agreements raises TypeError."""
        with pytest.raises(TypeError):
            vaekstaftale.to_html(value)

    def test_not_a_day(self, agreement: Agreement) -> None:
        """A `datetime` instead of a day raises TypeError."""
        with pytest.raises(TypeError, match="datetime"):
            vaekstaftale.to_html(agreement, on=datetime(2018, 1, 1, 12))  # noqa: DTZ001


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


# --- Timelines --------------------------------------------------------------------------------------------


def shapes(period: ValidityPeriod, *days: str, on: date = DAY) -> list[tuple[str, float, float]]:
    """Return the kind, start and end of each shape of a timeline, in years."""
    drawn = timeline([Row(label="x", days=[PartialDate(day) for day in days], period=period)], on)
    [names] = [element for element in drawn.iter("svg") if element.get("class") == "axis"]
    years = [int(element.text or "") for element in names.iter("text")]
    [drawing] = [element for element in drawn.iter("svg") if element.get("height") == "28"]
    found = []
    for element in drawing:
        kind = element.get("class") or ("arrow" if element.find("path[@class='arrow']") is not None else "day")
        start = float((element.get("x") or element.get("x1") or "").rstrip("%"))
        end = (
            start + float(element.get("width", "0").rstrip("%"))
            if element.get("x")
            else float((element.get("x2") or "").rstrip("%"))
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
def test_certain_and_possible_times(
    period: tuple[str | None, str | None], drawn: list[tuple[str, float, float]]
) -> None:
    """Certain, possible and unknown times are drawn differently, each with its own extent."""
    start, end = period
    found = [shape for shape in shapes(ValidityPeriod(start=start, end=end)) if shape[0] != "today"]

    assert found == drawn


def test_open_ended() -> None:
    """An open-ended period ends in an arrow."""
    assert shapes(ValidityPeriod(start="2017", open_ended=True)) == [
        ("possible", 2017.0, 2018.0),
        ("certain", 2018.0, 2019.0),
        ("arrow", 2019.0, 2019.0),
        ("today", 2018.0, 2018.0),
    ]


def test_days() -> None:
    """A day is drawn as a point and a year as a range, and the day of the status only if the timeline includes it."""
    assert shapes(ValidityPeriod(), "2017-07-02", "2018", on=date(2030, 1, 1)) == [
        ("unstated", 2016.0, 2020.0),
        ("day", 2017.5, 2017.5),
        ("point possible", 2018.0, 2019.0),
    ]


def test_last_year() -> None:
    """The last year of the calendar is drawn."""
    assert shapes(ValidityPeriod(start="9999-01-01", end="9999-12-31"), on=date(9999, 1, 1)) == [
        ("certain", 9999.0, 10_000.0),
        ("today", 9999.0, 9999.0),
    ]


@pytest.mark.parametrize(
    ("start", "end"), [("1000-01-01", "9999-12-31"), ("9999", None), (None, "1000"), ("1500", "2500")]
)
def test_first_and_last_years(start: str | None, end: str | None) -> None:
    """Years at both ends of the calendar are drawn."""
    for on in (date.min, date.max, DAY):
        check_page(vaekstaftale.to_html(small(validity=ValidityPeriod(start=start, end=end)), on=on))


@pytest.mark.parametrize(
    ("start", "end", "labels"),
    [
        ("2017", "2018", [2016, 2017, 2018, 2019]),
        ("2013", "2018", [2012, 2014, 2016, 2018]),
        ("1990", "2017", [1990, 1995, 2000, 2005, 2010, 2015]),
        ("1500", "2500", [1600, 1800, 2000, 2200, 2400]),
        ("1000", "9999", [2000, 4000, 6000, 8000]),
    ],
)
def test_labelled_years(start: str, end: str, labels: list[int]) -> None:
    """Only a few years are labelled, and these are round numbers."""
    drawn = timeline([Row(label="x", period=ValidityPeriod(start=start, end=end))], DAY)

    assert [int(element.text or "") for element in drawn.iter("text")] == labels


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2015, 12, 31), "left of the drawing"),
        (date(2016, 1, 1), ""),
        (date(2018, 12, 31), ""),
        (date(2019, 1, 1), "right of the drawing"),
    ],
)
def test_day_outside(on: date, expected: str) -> None:
    """A day of the status that is outside the timeline is described as such."""
    drawn = timeline([Row(label="x", days=[PartialDate("2017")])], on)
    [key] = [element for element in drawn.iter("span") if element.get("class") == "key today"]

    assert text_of(key).partition(", ")[2] == expected


def test_length_in_words() -> None:
    """The length of a period is written in years, months and days."""
    agreement = small(validity=ValidityPeriod(start="2015-01-01", end="2017-02-01"))

    assert "(2 years 1 month 1 day)" in vaekstaftale.to_html(agreement, on=DAY)


def test_order_of_actors() -> None:
    """Actors are in the order of the record, followed by unknown ids and by commitments without actors."""
    commitments = [Commitment(id="a", text="A"), *(Commitment(id=id_, text="C", actors=[id_]) for id_ in "zeqp")]
    parties = [Party(id=id_, name=id_.upper()) for id_ in "pq"]
    agreement = small(
        parties=parties, entities=[Entity(id="e", name="E", kind="plan")], general_commitments=commitments
    )
    root = parse(vaekstaftale.to_html(agreement, on=DAY))
    [body] = root.iter("tbody")

    assert [text_of(element) for element in body.iter("th")] == [
        "P",
        "Q",
        "E",
        "z (an id that nobody has)",
        "nobody is named",
    ]


def test_marks_of_initiatives() -> None:
    """Quotes of commitments are marked as promised, and quotes of their initiatives are not."""
    commitment = Commitment(id="c", text="Støtte", quotes=[Quote(exact="vil støtte")])
    initiative = Initiative(id="i", title="I", commitments=[commitment], quotes=[Quote(exact="mere")])
    root = parse(vaekstaftale.to_html(small(initiatives=[initiative]), on=DAY))

    assert [(text_of(element), element.get("class")) for element in root.iter("mark")] == [
        ("vil støtte", "promised"),
        ("mere", None),
    ]


def test_only_warnings() -> None:
    """If there are only warnings, the page shows them as warnings."""
    agreement = small(sources=[Source(id="s", kind="other", text="er\ner")], quotes=[Quote(exact="er")])
    root = parse(vaekstaftale.to_html(agreement, on=DAY))

    assert [element.get("class") for element in by_class(root, "problems")] == ["problems warnings"]
    assert "(see the source, lines 1, 2)" in text_of(by_class(root, "quote")[0])


def test_due() -> None:
    """A due date is drawn on the timeline and stated with its promise."""
    root = parse(
        vaekstaftale.to_html(small(general_commitments=[Commitment(id="c", text="C", due_on="2018-12")]), on=DAY)
    )

    assert "Due: promise 1, December 2018" in [text_of(element) for element in by_class(root, "label")]
    assert "Due by December 2018" in text_of(by_id(root, "promise-c"))
    assert "the words name nobody" in text_of(by_id(root, "promise-c"))


# --- Several agreements -----------------------------------------------------------------------------------


class TestSeveral:
    def test_chains(self) -> None:
        """All agreements share one timeline, with renewals next to each other, oldest first, and named."""
        family = vaekstaftale.load_all(FAMILY)
        root = check_page(vaekstaftale.to_html(family, on=DAY))
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
        assert [text_of(element) for element in root.iter("h1")] == ["5 agreements"]
        assert [text_of(element) for element in root.iter("h2")] == [agreement.title for agreement in family]

    def test_cycle(self) -> None:
        """Agreements that renew one another in a cycle are next to each other, and the cycle is reported."""
        cycle = [small(id=id_, relations=[Relation(kind="renews", agreement=renewed)]) for id_, renewed in ("ab", "ba")]
        root = check_page(vaekstaftale.to_html([small(id="c"), *cycle], on=DAY))
        rows = [(next(row.iter("a")).get("href"), row.get("class")) for row in by_class(root, "timeline")[0].iter("li")]

        assert sorted(rows, key=str) == [
            ("#a.agreement-a", None),
            ("#b.agreement-b", "joined"),
            ("#c.agreement-c", None),
        ]
        assert [text_of(element).split()[0] for element in by_class(root, "problems")[0].iter("li")] == [
            "relation-cycle"
        ]

    def test_duplicate_ids(self, agreement: Agreement) -> None:
        """Two agreements with the same id are both shown, and the duplicate id is reported."""
        root = check_page(vaekstaftale.to_html([agreement, agreement], on=DAY))

        assert [text_of(element).split()[0] for element in by_class(root, "problems")[0].iter("li")] == [
            "duplicate-agreement-id"
        ]

    @pytest.mark.parametrize("value", [[], vaekstaftale.Agreements(), iter(())])
    def test_no_agreements(self, value: Any) -> None:
        """Without agreements, the page states that there is nothing to show."""
        assert "There is nothing to show." in text_of(check_page(vaekstaftale.to_html(value, on=DAY)))
