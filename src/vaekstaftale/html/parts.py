"""What several sections of a page share: names, dates, remarks, and quotes with their places in the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import UNSEEN, Child, element, marked_text, words
from vaekstaftale.html.record import CheckedQuote, Record
from vaekstaftale.limits import MAX_REFERENCE_LENGTH
from vaekstaftale.model.agreement import Agreement, Relation
from vaekstaftale.model.commitments import Initiative
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.translations import translation_in
from vaekstaftale.problems import Path

#: What lies between two quotes of one promise if it is more than white space and punctuation.
_GAP = "[…]"


# --- Texts ------------------------------------------------------------------------------------------------


def fill(record: Record, key: str, number: int | None = None, /, **values: Child) -> list[Child]:
    """Return a label of the page with elements or strings filled in."""
    return wording.split(record.words.form(key, number), values)


def in_page_language(record: Record, own: str, part: object) -> tuple[str, str | None, bool]:
    """Return a text in the page's language if it is translated, its `lang`, and whether it is a translation."""
    tag = record.words.tag
    if wording.primary(record.agreement.language) == tag:
        return own, marked_language(record, record.agreement.language), False
    translated = translation_in(part, tag)
    return (
        (own, marked_language(record, record.agreement.language), False)
        if translated is None
        else (translated, None, True)
    )


def marked_language(record: Record, language: str) -> str | None:
    """Return the `lang` of an element in a language: `None` if that is the page's."""
    return None if language == record.words.tag else language


def own_text(record: Record, tag: str, text: str, **attributes: object) -> Element:
    """Return an element with words of the record."""
    return marked_text(tag, text, marked_language(record, record.agreement.language), **attributes)


def shown_text(record: Record, tag: str, own: str, part: object, **attributes: object) -> Element:
    """Return an element with a text of the record, in the page's language if it is translated."""
    text, language, _ = in_page_language(record, own, part)
    return marked_text(tag, text, language, **attributes)


def own_words_below(record: Record, own: str, part: object) -> Element | None:
    """Return the record's own words in small, if a translation is shown above them."""
    return own_text(record, "p", own, class_="own") if in_page_language(record, own, part)[2] else None


def shortened(text: str) -> str:
    """Return a name or title in a reference: at most 60 characters as they are shown."""
    size = 0
    for index, character in enumerate(text):
        size += len(f"U+{ord(character):04X}") if UNSEEN.match(character) else 1
        if size > MAX_REFERENCE_LENGTH:
            return f"{text[: max(index - 1, 1)].rstrip()}…"
    return text


def day(record: Record, value: PartialDate | date) -> Element:
    """Return a date or a partial date."""
    return element("time", record.words.day(value), datetime=str(value))


def known_day(record: Record, value: PartialDate | None) -> Element | None:
    """Return a date, if it is stated."""
    return None if value is None else day(record, value)


def joined(record: Record, items: Sequence[Child], *, conjunction: bool = True) -> list[Child]:
    """Return a list in words: `A, B og C`."""
    last = record.words.conjunction if conjunction else ", "
    out: list[Child] = []
    for index, item in enumerate(items):
        if index:
            out.append(last if index == len(items) - 1 else ", ")
        out.append(item)
    return out


def more(*children: Child, class_: str = "more") -> Element:
    """Return a small line below a heading."""
    return element("p", children, class_=class_)


def remark(record: Record, text: str | None) -> Element | None:
    """Return the author's remark, if there is one."""
    if text is None:
        return None
    return more(fill(record, "note", text=own_text(record, "span", text)), class_="more note")


def facts(*rows: tuple[str, Child]) -> Element:
    """Return a list of facts; what is not known has no row."""
    known = [(label, value) for label, value in rows if value not in (None, "", [])]
    return element("dl", [[element("dt", label), element("dd", value)] for label, value in known], class_="meta")


# --- Parties, entities and agreements ---------------------------------------------------------------------


def actor(record: Record, id_: str) -> Child:
    """Return the name of a party or entity as a link to its entry; its id if nothing has it."""
    found = record.actors.get(id_)
    if found is None:
        return element("code", words(shortened(id_)))
    path, part = found
    name, language, _ = in_page_language(record, part.name, part)
    return marked_text("a", shortened(name), language, href=record.link(path))


def is_party(record: Record, id_: str) -> bool:
    """Return whether an id is that of a party."""
    found = record.actors.get(id_)
    return found is not None and isinstance(found[1], Party)


def kind_of(record: Record, part: Party | Entity) -> str:
    """Return whether somebody is a party, or else what they are."""
    return record.words.label("party") if isinstance(part, Party) else record.words.named("entity_kinds", part.kind)


def title_of(record: Record, agreement: Agreement, href: str | None = None) -> Element:
    """Return the title of an agreement, as a link if there is somewhere to go."""
    own = wording.primary(agreement.language) == record.words.tag
    translated = None if own else translation_in(agreement, record.words.tag)
    text = agreement.title if translated is None else translated
    language = marked_language(record, agreement.language) if translated is None else None
    return marked_text("cite" if href is None else "a", shortened(text), language, href=href)


def relation_line(record: Record, relation: Relation, others: dict[str, Record]) -> Element:
    """Return how an agreement relates to another one, which is linked if it is on the page."""
    other = others.get(relation.agreement or "")
    if other is not None and other is not record:
        title: Child = title_of(record, other.agreement, other.link(()))
    elif relation.title is not None:
        title = own_text(record, "cite", shortened(relation.title))
    else:
        title = element("code", relation.agreement or "")
    return element("p", record.words.named("relations", relation.kind), " ", title, class_="relation")


# --- Promises ---------------------------------------------------------------------------------------------


def initiative_title(record: Record, initiative: Initiative) -> list[Child]:
    """Return the number and the title of an initiative."""
    return [words(wording.numbered(initiative)), shown_text(record, "span", initiative.title, initiative)]


def promise_link(record: Record, path: Path) -> Element:
    """Return the number of a promise as a link to it."""
    return element("a", record.words.digits(record.numbers[path]), href=record.link(path))


# --- Quotes -----------------------------------------------------------------------------------------------


def quote_figures(record: Record, quotes: Iterable[CheckedQuote]) -> list[Child]:
    """Return quotes, each with the way to its place in the source, and a mark where they leave words of it out."""
    figures: list[Child] = []
    before: CheckedQuote | None = None
    for quote in quotes:
        if before is not None and _is_gap_between(before, quote):
            figures.append(element("p", _GAP, class_="gap"))
        figures.append(quote_figure(record, quote))
        before = quote
    return figures


def _is_gap_between(before: CheckedQuote, quote: CheckedQuote) -> bool:
    if not before.places or not quote.places or before.places[0].source != quote.places[0].source:
        return False
    first, second = before.places[0], quote.places[0]
    between = first.source_text[first.end : second.start]
    return first.end < second.start and re.search(r"\w", between) is not None


def quote_figure(record: Record, quote: CheckedQuote) -> Element:
    """Return a quote in quotation marks, and below it its place in the source or what is wrong with it."""
    begin, end = record.words.quotation_marks
    language = marked_language(
        record, record.language_of(quote.places[0].source if quote.places else quote.quote.source)
    )
    prefix, suffix = quote.quote.prefix, quote.quote.suffix
    blockquote = element(
        "blockquote",
        [element("span", words(prefix), class_="soft"), " "] if prefix is not None else None,
        begin,
        words(quote.quote.exact),
        end,
        [" ", element("span", words(suffix), class_="soft")] if suffix is not None else None,
        lang=language,
    )
    caption = element(
        "figcaption",
        _place(record, quote) if quote.places else _locator(record, quote),
        _verdict(record, quote),
        class_="found" if quote.verdict is None else None,
    )
    return element("figure", blockquote, caption, class_="quote", id=quote.cited)


def _place(record: Record, quote: CheckedQuote) -> Element:
    place = quote.places[0]
    _, source = record.sources[place.source]
    name: Child = record.words.label("the_source")
    if record.has_several_sources:
        name = marked_text(
            "span", shortened(source.title or source.id), marked_language(record, record.language_of(source.id))
        )
    locator = _locator(record, quote)
    line = record.words.label("line", number=record.words.digits(place.line))
    return element(
        "a",
        name,
        [", ", locator] if locator is not None else None,
        f", {line}",
        href=f"#{quote.fragment}",
    )


def _locator(record: Record, quote: CheckedQuote) -> Element | None:
    return None if quote.quote.locator is None else own_text(record, "span", quote.quote.locator)


def _verdict(record: Record, quote: CheckedQuote) -> Element | None:
    if quote.verdict is None:
        return None
    text: list[Child] = [record.words.named("verdicts", quote.verdict)]
    if quote.verdict == "quote-ambiguous":
        lines = [line for lines in record.lines(quote.places).values() for line in lines]
        written = record.words.listed([record.words.digits(line) for line in lines])
        text.append(": " + record.words.label("lines" if len(lines) > 1 else "line", numbers=written, number=written))
    hint: Child = None
    if quote.hint is not None:
        hint = [" ", marked_text("span", quote.hint, marked_language(record, "en"), class_="hint")]
    return element("p", text, ".", hint, class_="wrong")
