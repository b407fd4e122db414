"""The foot of a page: where the record and its words come from, what was left out, and the record's translations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element, marked_text, words
from vaekstaftale.html.parts import day, facts, fill, marked_language, own_text
from vaekstaftale.html.record import Page, Record
from vaekstaftale.model.paths import actors_of, commitments_of
from vaekstaftale.model.sources import Source
from vaekstaftale.model.translations import Translation
from vaekstaftale.problems import InvalidAgreement
from vaekstaftale.serialization import json_library
from vaekstaftale.serialization.shapes import FORMAT_VERSION
from vaekstaftale.serialization.writer import to_data
from vaekstaftale.validation.checking import require_coherent


def foot(records: Sequence[Record], page: Page, version: str) -> Element:
    """Return what is known of the records and their sources, and what the page does not claim."""
    language = page.words
    many = page.several and len(records) != 1
    sources = [(record, source) for record in records for source in record.agreement.sources]
    prepared = wording.split(
        language.form("prepared_value"),
        {"day": element("time", language.day(page.on), datetime=str(page.on)), "version": version},
    )
    not_marked = "not_marked_at_least" if page.may_have_more else "not_marked"
    left_out = [
        (_left_out(page, key, number))
        for key, number in ((not_marked, page.not_marked), ("not_shown", page.not_shown))
        if number
    ]
    return element(
        "div",
        element("h2", language.label("about")),
        facts(
            (language.label("record"), [element("div", _identity(record)) for record in records]),
            (language.label("prepared"), prepared),
            (language.label("foot_source"), [element("div", _origin(record, source)) for record, source in sources]),
            (
                language.label("text_checksum", len(sources)),
                [_checksum(_sum_of(source)) for _, source in sources if _sum_of(source)],
            ),
            (language.label("record_checksum", len(records)), list(_record_checksums(records))),
        ),
        element("p", language.label("claims_several" if many else "claims"), class_="soft"),
        element("p", " ".join(left_out), class_="soft") if left_out else None,
        [translations_part(record, tag, fragment) for record in records for tag, fragment in translated(record)],
        class_="in",
        id="about",
    )


def _left_out(page: Page, key: str, number: int) -> str:
    forms = None if key == "not_marked_at_least" else number
    return page.words.label(key, forms, number=page.words.digits(number))


def _identity(record: Record) -> list[Child]:
    return fill(record, "record_value", id=record.agreement.id, version=FORMAT_VERSION)


def _origin(record: Record, source: Source) -> list[Child]:
    """Return what is known of a source on one line."""
    language = record.words
    date, key = source.updated_on, "updated"
    if date is None:
        date, key = source.published_on, "published"
    parts: list[Child] = [own_text(record, "span", source.title or source.id)]
    if source.publisher:
        parts.append(own_text(record, "span", source.publisher))
    if source.url:
        parts.append(element("a", words(source.url), href=source.url, rel="noopener noreferrer", target="_blank"))
    for label, value in ((key, date), ("retrieved", source.retrieved_on)):
        if value is not None:
            parts.append([f"{language.label(label).lower()} ", day(record, value)])
    return [[" · " if index else None, part] for index, part in enumerate(parts)]


def _sum_of(source: Source) -> str | None:
    if source.sha256 is not None or source.text is None:
        return source.sha256
    return hashlib.sha256(source.text.encode()).hexdigest()


def _checksum(digest: str | None) -> Element:
    return element("div", "SHA-256 ", element("code", digest))


def _record_checksums(records: Sequence[Record]) -> Iterator[Element]:
    """Yield the checksums of the records, as `dumps` writes them; one that cannot be written has none."""
    for record in records:
        try:
            require_coherent(record.agreement)
        except InvalidAgreement:
            continue
        text = json_library.encode(to_data(record.agreement), 2)
        yield _checksum(hashlib.sha256(text.encode()).hexdigest())


# --- Translations -----------------------------------------------------------------------------------------


def translated(record: Record) -> list[tuple[str, str]]:
    """Return the languages into which the record is translated, other than the page's, each with its fragment."""
    fragments = [
        (str(path[1]), fragment) for path, fragment in record.fragments.items() if path[:1] == ("translations",)
    ]
    return [(tag, fragment) for tag, fragment in fragments if wording.primary(tag) != record.words.tag]


def translation_label(record: Record, tag: str) -> Element:
    """Return the name of the translations into a language, in that language if the library knows it."""
    known = f"translation_{wording.primary(tag)}"
    key = known if wording.primary(tag) in wording.LANGUAGES else "translation_other"
    language = tag if key == known else None
    return marked_text("span", record.words.label(key, language=tag), language)


def translations_part(record: Record, tag: str, fragment: str) -> Element:
    """Return, closed, all translations into one language, each with a link to its part."""
    agreement = record.agreement
    title = _into(agreement.translations, tag)
    names = [
        element("li", element("a", words(text), href=record.link(path)))
        for path, actor in actors_of(agreement)
        if (text := _into(actor.translations, tag))
    ]
    items: list[Element] = []
    for index, initiative in enumerate(agreement.initiatives):
        if text := _into(initiative.translations, tag):
            number = wording.numbered(initiative)
            link = element("a", words(f"{number}{text}"), href=record.link(("initiatives", index)))
            items.append(element("li", element("b", link)))
        items += _promises(record, tag, ("initiatives", index))
    items += _promises(record, tag, ("general_commitments",))
    return element(
        "details",
        element("summary", translation_label(record, tag)),
        element(
            "div",
            title and element("p", element("b", words(title))),
            names and element("ul", names),
            items and element("ul", items),
            lang=marked_language(record, tag),
        ),
        class_="translation",
        id=fragment,
    )


def _promises(record: Record, tag: str, inside: tuple[str | int, ...]) -> list[Element]:
    language = wording.words_of(wording.primary(tag)) if wording.primary(tag) in wording.LANGUAGES else record.words
    items = []
    for path, commitment in commitments_of(record.agreement):
        text = _into(commitment.translations, tag)
        if text and path[: len(inside)] == inside:
            number = language.digits(record.numbers[path])
            name = language.label("promise_number", number=number)
            link = element("a", number, href=record.link(path), aria_label=name)
            items.append(element("li", link, " ", words(text)))
    return items


def _into(translations: Sequence[Translation], tag: str) -> str | None:
    return next((translation.text for translation in translations if translation.language == tag), None)
