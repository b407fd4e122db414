"""The section on sources: their texts, with quoted words marked and linked, and unquoted words shown as such."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from xml.etree.ElementTree import Element

from attrs import Factory, define

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element, marked_text, words
from vaekstaftale.html.parts import day, facts, note
from vaekstaftale.html.record import CheckedQuote, Record
from vaekstaftale.model.sources import Source
from vaekstaftale.quotes.search import Place


def sources_section(record: Record) -> Element:
    """Return the section that shows every source with its text."""
    unquoted: dict[str, list[Place]] = defaultdict(list)
    for stretch in record.unquoted:
        unquoted[stretch.source].append(stretch)
    cuts = _cuts(record)
    return element(
        "section",
        element(f"h{record.level + 1}", "Sources"),
        [
            # Of sources with one id, only the first is marked: a fragment occurs on a page once.
            _source(record, index, source, cuts.pop(source.id, {}), unquoted.pop(source.id, []))
            for index, source in enumerate(record.agreement.sources)
        ],
        class_="sources",
        id=record.fragments[("sources",)],
    )


@define
class _Cut:
    """What begins and ends at one position of a text."""

    begins: list[CheckedQuote] = Factory(list)
    ends: list[CheckedQuote] = Factory(list)
    #: +1 where words begin that are neither quoted nor skipped, -1 where they end.
    unquoted: int = 0


def _cuts(record: Record) -> dict[str, dict[int, _Cut]]:
    """Return for each source the positions of its text at which something begins or ends."""
    cuts: dict[str, dict[int, _Cut]] = defaultdict(lambda: defaultdict(_Cut))
    for quote in chain.from_iterable(record.quotes.values()):
        for place in quote.places:
            cuts[place.source][place.start].begins.append(quote)
            cuts[place.source][place.end].ends.append(quote)
    for stretch in record.unquoted:
        cuts[stretch.source][stretch.start].unquoted += 1
        cuts[stretch.source][stretch.end].unquoted -= 1
    return cuts


def _source(record: Record, index: int, source: Source, cuts: dict[int, _Cut], unquoted: Sequence[Place]) -> Element:
    language = source.language or record.agreement.language
    dates = {"Published": source.published_on, "Updated": source.updated_on, "Retrieved": source.retrieved_on}
    # In a new tab, because the frame in a notebook could not show it.
    address = source.url and element(
        "a", words(source.url), href=source.url, rel="noopener noreferrer", target="_blank"
    )
    return element(
        "article",
        element(f"h{record.level + 2}", marked_text("span", source.title or source.id, language)),
        facts(
            ("Kind", wording.word(source.kind)),
            ("Address", address),
            ("Publisher", source.publisher and marked_text("span", source.publisher, language)),
            ("Contact", source.contact and marked_text("span", source.contact, language)),
            *((name, day(value)) for name, value in dates.items() if value is not None),
        ),
        note(record, source.note),
        _text(record, source, cuts, unquoted)
        if source.text
        else element("p", "The text of this source is not in the record, so no quote can be checked against it."),
        class_="source",
        id=record.fragments["sources", index],
    )


def _text(record: Record, source: Source, cuts: dict[int, _Cut], unquoted: Sequence[Place]) -> Iterator[Element]:
    language = source.language or record.agreement.language
    yield element(
        "p",
        "This is only a part of the source. " if source.excerpt else None,
        _accounted(source.text or "", unquoted),
        " Marked words are quoted, and the number after them leads to the promise. ",
        [element("span", "Words like these", class_="unquoted"), " are neither."] if unquoted else None,
        class_="share",
    )
    yield element("div", _marked(record, source, cuts), class_="text", lang=language)


def _accounted(text: str, unquoted: Sequence[Place]) -> str:
    letters = sum(map(str.isalnum, text))
    left = sum(sum(map(str.isalnum, stretch.text)) for stretch in unquoted)
    if not letters:
        return "It has no letters or digits."
    share = 100 * (letters - left) // letters  # rounded down: 100 % is all of it
    return f"{share} % of its letters and digits are quoted or skipped."


def _marked(record: Record, source: Source, cuts: dict[int, _Cut]) -> Iterator[Child]:
    """Yield the pieces between the positions at which quotes begin or end; quotes may overlap."""
    text = source.text or ""
    position, promised, quoted, unquoted = 0, 0, 0, 0
    for place in sorted(cuts):
        yield _piece(text[position:place], promised, quoted, unquoted)
        cut = cuts[place]
        for quote in cut.ends:
            promised -= quote.holder in record.numbers
            yield _reference(record, quote)
        for quote in cut.begins:
            promised += quote.holder in record.numbers
            first = quote.places[0]
            if (first.source, first.start) == (source.id, place):  # the page links to the first place
                yield element("span", id=quote.fragment, class_="place")
        quoted += len(cut.begins) - len(cut.ends)
        unquoted += cut.unquoted
        position = place
    yield text[position:] and element("span", words(text[position:]))


def _piece(text: str, promised: int, quoted: int, unquoted: int) -> Child:
    if not text:
        return None
    if quoted:
        return element("mark", words(text), class_="promised" if promised else None)
    return element("span", words(text), class_="unquoted" if unquoted else None)


_HOLDERS: Mapping[str | int, str] = {"validity": "validity", "relations": "relation", "initiatives": "initiative"}


def _reference(record: Record, quote: CheckedQuote) -> Element:
    """Return the link from the end of a quote to the part that has it."""
    number = record.numbers.get(quote.holder)
    what = f"promise {number}" if number else _HOLDERS[quote.holder[0]] if quote.holder else "agreement"
    label = str(number) if number else what
    target = record.link(quote.holder or ("validity",))
    return element("sup", element("a", label, href=target, aria_label=f"quoted by {what}"))
