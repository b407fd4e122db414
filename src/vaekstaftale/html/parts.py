"""What many parts of the page are made of: facts, dates, names, notes, translations and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaekstaftale import wording
from vaekstaftale.errors import shortened
from vaekstaftale.html.markup import element, said, words
from vaekstaftale.html.record import MOST_PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from vaekstaftale.dates import PartialDate
    from vaekstaftale.errors import Path
    from vaekstaftale.html.markup import Child
    from vaekstaftale.html.record import Record
    from vaekstaftale.model import Quote, Translation

NOT_STATED = "not stated"

#: More characters of a name are told only where the name is at home: a hostile one may be named ten thousand times.
MOST_OF_A_NAME = 300

_VERDICTS = {
    "quote-not-found": "does not stand in the source",
    "quote-ambiguous": "stands in several places of the same source",
    "quote-unchecked": "cannot be checked: the source’s text is not here, or only a part of it",
    "unknown-id": "names a source that is not here",
}


def facts(*pairs: tuple[str, Child]) -> Element | None:
    """Show what is known, name by name; what has nothing is left out."""
    known = [(name, value) for name, value in pairs if value not in (None, [])]
    if not known:
        return None
    return element("dl", [element("div", element("dt", name), element("dd", value)) for name, value in known])


def listed(items: Iterable[Element]) -> Sequence[Child]:
    """Put commas between elements."""
    return [part for item in items for part in (", ", item)][1:]


def unstated(what: str = NOT_STATED) -> Element:
    """Say that the sources do not say it."""
    return element("span", what, class_="unstated")


def day(value: PartialDate | None) -> Element:
    """Show a date as far as it is known."""
    return unstated() if value is None else element("time", wording.day(value), datetime=value)


def translations(values: Sequence[Translation]) -> list[Element]:
    """Show the translations of something, each in its language."""
    return [said("p", one.text, one.language, class_="translation") for one in values]


def note(record: Record, text: str | None) -> Element | None:
    """Show a remark by the record's maker."""
    if text is None:
        return None
    return element("p", element("b", "Note: "), said("span", text, record.agreement.language), class_="note")


def actor(record: Record, id_: str) -> Element:
    """Name a party or an entity, with a link to what is known of it. An id that nobody has is shown as it is."""
    if id_ not in record.actors:
        return element("strong", id_, " (an id that nobody has)", class_="wrong")
    path, found = record.actors[id_]
    return said("a", shortened(found.name, MOST_OF_A_NAME), record.agreement.language, href=record.link(path))


def quotes(record: Record, holder: Path, values: Sequence[Quote], title: str | None = None) -> Element | None:
    """Show quotes, each with whether and where it stands in a source."""
    shown = [_quote(record, (*holder, "quotes", index), quote) for index, quote in enumerate(values)]
    if not shown:
        return None
    if title is None:
        return element("div", shown, class_="quotes")
    wrong = any((*holder, "quotes", index) in record.verdicts for index in range(len(values)))
    return element("details", element("summary", title), shown, class_="quotes", open="open" if wrong else None)


def _quote(record: Record, path: Path, quote: Quote) -> Element:
    verdict = record.verdicts.get(path)
    places = record.places.get(path, ())
    language = record.language_of(record.source(places[0].source if places else quote.source))
    around = [None if text is None else element("span", words(text)) for text in (quote.prefix, quote.suffix)]
    return element(
        "figure",
        element(
            "blockquote",
            element("p", around[0], " ", element("q", words(quote.exact)), " ", around[1]),
            lang=language,
        ),
        element("figcaption", _verdict(record, path, verdict)),
        class_=f"quote {verdict or 'found'}",
    )


def _verdict(record: Record, path: Path, verdict: str | None) -> Iterator[Child]:
    places = record.places.get(path, ())
    if verdict is not None:
        hint = record.hint_at((*path, "exact"))
        yield element("strong", f"This quote {_VERDICTS[verdict]}", None if hint is None else [", ", words(hint)])
    if places:
        yield element(
            "a", "Stands in the source" if verdict is None else " (see the source", href=f"#{record.marks[path]}"
        )
        for source, lines in record.lines(places).items():
            if len(record.agreement.sources) > 1:
                yield [", ", source_name(record, source)]
            yield f", line{'s' if len(lines) > 1 else ''} {', '.join(map(str, lines))}"
        if verdict is not None:
            yield " and more)" if len(places) >= MOST_PLACES else ")"


def source_name(record: Record, id_: str) -> Element:
    """Name a source, with a link to it."""
    index = record.source_indices[id_]
    source = record.agreement.sources[index]
    title = shortened(source.title or source.id, MOST_OF_A_NAME)
    return said("a", title, record.language_of(source), href=record.link(("sources", index)))
