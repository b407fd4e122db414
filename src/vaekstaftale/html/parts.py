"""What several sections show: facts, dates, names, notes, translations and quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element, marked_text, words
from vaekstaftale.html.record import CheckedQuote, Record
from vaekstaftale.limits import MAX_MARKED_PLACES
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.translations import Translation
from vaekstaftale.problems import Path

#: What is wrong with a quote, by the code of the problem: in a sentence, and after the number of such quotes.
VERDICTS = {
    "quote-not-found": ("does not occur in the source", "not found"),
    "quote-ambiguous": ("occurs in several places of the same source", "found in several places"),
    "quote-unchecked": (
        "cannot be checked: the source’s text is not here, or only a part of it",
        "that cannot be checked",
    ),
    "quote-cuts-word": ("begins or ends inside a word of the source", "that begin or end inside a word"),
    "unknown-id": ("names a source that is not here", "of an unknown source"),
}


def facts(*pairs: tuple[str, Child]) -> Element | None:
    """Return what is known, name by name; what is empty is left out."""
    known = [(name, value) for name, value in pairs if value not in (None, [])]
    if not known:
        return None
    return element("dl", [element("div", element("dt", name), element("dd", value)) for name, value in known])


def listed(items: Iterable[Element]) -> Sequence[Child]:
    """Return elements separated by commas."""
    return [part for item in items for part in (", ", item)][1:]


def unstated(what: str = "not stated") -> Element:
    """Return the words for what the sources do not state."""
    return element("span", what, class_="unstated")


def day(value: PartialDate | None) -> Element:
    """Return a date as far as it is known."""
    return unstated() if value is None else element("time", wording.day(value), datetime=value)


def translations(values: Sequence[Translation]) -> list[Element]:
    """Return translations, each marked with its language."""
    return [marked_text("p", one.text, one.language, class_="translation") for one in values]


def note(record: Record, text: str | None) -> Element | None:
    """Return a remark by the record's author."""
    if text is None:
        return None
    return element("p", element("b", "Note: "), marked_text("span", text, record.agreement.language), class_="note")


def actor(record: Record, id_: str) -> Element:
    """Return the name of a party or entity, linked to its entry. An id that nobody has is shown as it is."""
    if id_ not in record.actors:
        return element("strong", id_, " (an id that nobody has)", class_="wrong")
    path, found = record.actors[id_]
    return marked_text("a", found.name, record.agreement.language, href=record.link(path))


def quotes(record: Record, holder: Path, title: str | None = None) -> Element | None:
    """Return the quotes of a part, each with whether and where it occurs in a source."""
    values = record.quotes.get(holder, ())
    shown = [_quote(record, value) for value in values]
    if not shown:
        return None
    if title is None:
        return element("div", shown, class_="quotes")
    wrong = any(value.verdict for value in values)
    return element("details", element("summary", title), shown, class_="quotes", open="open" if wrong else None)


def _quote(record: Record, value: CheckedQuote) -> Element:
    quote, places = value.quote, value.places
    language = record.language_of(places[0].source if places else quote.source)
    before, after = (text and element("span", words(text)) for text in (quote.prefix, quote.suffix))
    quoted = element("p", before, " ", element("q", words(quote.exact)), " ", after)
    return element(
        "figure",
        element("blockquote", quoted, lang=language),
        element("figcaption", _verdict(record, value), quote.locator and [" (", words(quote.locator), ")"]),
        class_=f"quote {value.verdict or 'found'}",
    )


def _verdict(record: Record, value: CheckedQuote) -> Iterator[Child]:
    if value.verdict:
        yield element("strong", f"This quote {VERDICTS[value.verdict][0]}", value.hint and [", ", words(value.hint)])
    if value.places:
        yield element("a", " (see the source" if value.verdict else "Occurs in the source", href=f"#{value.fragment}")
        for source, lines in record.lines(value.places).items():
            if len(record.agreement.sources) > 1:
                yield [", ", source_name(record, source)]
            yield f", line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
        if value.verdict:
            yield " and more)" if len(value.places) >= MAX_MARKED_PLACES else ")"


def source_name(record: Record, id_: str) -> Element:
    """Return the name of a source, linked to it."""
    path, source = record.sources[id_]
    return marked_text("a", source.title or source.id, record.language_of(id_), href=record.link(path))
