"""The page as a whole, of one agreement or of several."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.display import printable
from vaekstaftale.files.disk import packaged
from vaekstaftale.html import several
from vaekstaftale.html.actors import actors_section
from vaekstaftale.html.foot import foot, translated, translation_label
from vaekstaftale.html.header import (
    bar,
    check,
    description,
    heading,
    kicker,
    lead,
    navigation,
    problems,
    relations,
)
from vaekstaftale.html.markup import Child, element, written
from vaekstaftale.html.parts import in_page_language, remark
from vaekstaftale.html.promises import cards, other_wording, promise_list
from vaekstaftale.html.record import Page, Record, records
from vaekstaftale.html.sources import sources_section
from vaekstaftale.model.agreement import Agreement, require_agreements


def page(
    agreements: Agreement | Iterable[Agreement], on: date, *, language: str | None = None, base: str | None = None
) -> str:
    """Return the page of one agreement or several on a day; its links are relative to a base, or to the page itself."""
    are_several = not isinstance(agreements, Agreement)
    all_agreements = require_agreements(agreements)
    shown = Page(language or wording.language_of(all_agreements), on, several=are_several)
    found = records(all_agreements, shown)
    return _of_several(found, shown, base) if are_several else _of_one(found[0], shown, base)


def _of_one(record: Record, page: Page, base: str | None) -> str:
    language = page.words
    commitments = record.agreement.commitments
    title, title_language, _ = in_page_language(record, record.agreement.title, record.agreement)
    wrong = problems(record)
    sections = [promise_list(record), *_sections(record)]
    keys = {
        "promises": ("promises", language.label("nav_list", len(commitments))),
        "wording": ("initiatives", language.label("nav_cards")),
        "actors": ("parties", language.label("actors")),
        "sources": ("sources", language.label("sources", len(record.agreement.sources))),
    }
    present = {section.get("id") for section in sections if section is not None}
    links: list[tuple[str, Child]] = [
        (record.fragments[key,], text) for key, text in keys.values() if record.fragments[key,] in present
    ]
    links.append(("about", language.label("about")))
    links += [(fragment, translation_label(record, tag)) for tag, fragment in translated(record)]
    kick, sentence = kicker(record), lead(record)
    header = element(
        "header",
        element(
            "div",
            kick,
            heading(record),
            sentence,
            relations(record, {}),
            bar(language, commitments),
            check([record], language, several=False),
            remark(record, record.agreement.note),
            class_="in",
        ),
        class_="band",
        id=record.fragments[()],
    )
    sentences = [
        _text(sentence),
        *(f"{part}." for part in _text(kick).split(" · ")[bool(record.agreement.signed_on) :]),
    ]
    body = [
        header,
        element("div", wrong, class_="in") if wrong is not None else None,
        navigation(language, links),
        element("main", sections, class_="in", id="main"),
    ]
    head = _head(page, title, title_language, description(sentences), base)
    return _written(page, head, body, foot([record], page, _version()))


def _sections(record: Record) -> list[Element | None]:
    """Return the parts of one agreement that a page of several has too."""
    return [cards(record), other_wording(record), actors_section(record), sources_section(record)]


def _of_several(found: Sequence[Record], page: Page, base: str | None) -> str:
    language = page.words
    chains = several.in_order(found)
    ordered = [record for chain in chains for record in chain]
    by_id = {record.agreement.id: record for record in reversed(found)}
    title = several.title(found, page)
    sentences = several.lead_sentences(found, page)
    commitments = [commitment for record in found for commitment in record.agreement.commitments]
    timeline, table = several.when(chains, page), several.who(found, page)
    links: list[tuple[str, Child]] = []
    if timeline is not None:
        links.append(("when", language.label("when", len(found))))
    if table is not None:
        links.append(("who", language.label("who")))
    if ordered:
        links.append(("agreements", language.label("articles", len(found))))
    links.append(("about", language.label("about")))
    header = element(
        "header",
        element(
            "div",
            element("h1", title),
            element("p", [[" " if index else None, one] for index, one in enumerate(sentences)], class_="lead")
            if sentences
            else None,
            bar(language, commitments),
            check(found, language, several=True) if found else None,
            class_="in",
        ),
        class_="band",
        id="top",
    )
    articles = [_article(record, by_id) for record in ordered]
    main = element("main", timeline, table, element("div", articles, id="agreements"), class_="in", id="main")
    text = description([_text(sentence) for sentence in sentences])
    head = _head(page, title, None, text, base)
    return _written(page, head, [header, navigation(language, links), main], foot(ordered, page, _version()))


def _article(record: Record, by_id: dict[str, Record]) -> Element:
    return element(
        "article",
        kicker(record),
        heading(record),
        lead(record),
        relations(record, by_id),
        remark(record, record.agreement.note),
        problems(record),
        _sections(record),
        element("p", element("a", record.words.label("top"), href="#top"), class_="top"),
        class_="agreement",
        id=record.fragments[()],
    )


def _text(part: Child) -> str:
    """Return what a reader of an element reads."""
    if isinstance(part, Element):
        return "".join(part.itertext())
    return "".join(map(_text, part)) if isinstance(part, Iterable) and not isinstance(part, str) else part or ""


def _head(page: Page, title: str, title_language: str | None, text: str, base: str | None) -> list[Element | None]:
    style = packaged("page.css").decode()
    # A second defence behind the escaping: the browser accepts nothing but this one style sheet.
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'"
    shown, said = printable(title), printable(text)
    return [
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        None if base is None else element("base", href=base),
        element("title", shown, lang=title_language),
        element("meta", name="description", content=said),
        element("meta", property="og:type", content="article"),
        element("meta", property="og:locale", content=page.words.locale),
        element("meta", property="og:title", content=shown),
        element("meta", property="og:description", content=said),
        element("meta", name="generator", content=f"vaekstaftale {_version()}"),
        element("style", style),
    ]


def _version() -> str:
    try:
        return version_of("vaekstaftale")
    except PackageNotFoundError:  # not installed, only on the path
        return ""


def _written(page: Page, head: list[Element | None], body: Sequence[Child], foot_: Element) -> str:
    skip = element("a", page.words.label("skip"), href="#main", class_="skip")
    root = element(
        "html",
        element("head", head),
        element("body", skip, body, element("footer", foot_, class_="foot")),
        lang=page.words.tag,
    )
    return f"<!DOCTYPE html>\n{written(root)}\n"
