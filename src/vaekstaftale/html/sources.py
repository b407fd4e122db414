"""Beside the source: its whole text, with what is quoted marked and linked, and what no quote accounts for shown."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from attrs import Factory, define

from vaekstaftale import wording
from vaekstaftale.html.markup import element, said, words
from vaekstaftale.html.parts import day, facts, note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from vaekstaftale.errors import Path
    from vaekstaftale.html.markup import Child
    from vaekstaftale.html.record import Record
    from vaekstaftale.model import Source
    from vaekstaftale.quotes import Stretch


def sources_section(record: Record) -> Element:
    """Show every source with its text."""
    unread: dict[str, list[Stretch]] = defaultdict(list)
    for stretch in record.unread:
        unread[stretch.source].append(stretch)
    cuts = _cuts(record, unread)
    return element(
        "section",
        element(f"h{record.level + 1}", "Beside the source"),
        [
            # Of sources with one id, only the first is marked: a fragment stands on a page once.
            _source(record, index, source, cuts.pop(source.id, {}), unread.pop(source.id, []))
            for index, source in enumerate(record.agreement.sources)
        ],
        class_="sources",
        id=record.fragments["sources",],
    )


@define
class _Cut:
    """What begins and ends at one place of a text."""

    begins: list[Path] = Factory(list)
    ends: list[Path] = Factory(list)
    #: +1 where words begin that no quote accounts for, -1 where they end.
    unread: int = 0


def _cuts(record: Record, unread: Mapping[str, Sequence[Stretch]]) -> dict[str, dict[int, _Cut]]:
    """Tell for each source where in its text something begins and ends."""
    cuts: dict[str, dict[int, _Cut]] = defaultdict(lambda: defaultdict(_Cut))
    for path, places in record.places.items():
        for place in places:
            cuts[place.source][place.start].begins.append(path)
            cuts[place.source][place.end].ends.append(path)
    for source, stretches in unread.items():
        for stretch in stretches:
            cuts[source][stretch.start].unread += 1
            cuts[source][stretch.end].unread -= 1
    return cuts


def _source(record: Record, index: int, source: Source, cuts: dict[int, _Cut], unread: Sequence[Stretch]) -> Element:
    language = record.language_of(source)
    dates = {"Published": source.published_on, "Updated": source.updated_on, "Retrieved": source.retrieved_on}
    return element(
        "article",
        element(f"h{record.level + 2}", said("span", source.title or source.id, language)),
        facts(
            ("Kind", wording.word(source.kind)),
            ("Address", source.url and _address(source.url)),
            ("Publisher", source.publisher and said("span", source.publisher, language)),
            ("Contact", source.contact and said("span", source.contact, language)),
            *((name, day(value)) for name, value in dates.items() if value is not None),
        ),
        note(record, source.note),
        _text(record, source, cuts, unread)
        if source.text
        else element("p", "The text of this source is not in the record, so no quote can be checked against it."),
        class_="source",
        id=record.fragments["sources", index],
    )


def _address(url: str) -> Element:
    # In a tab of its own, because a notebook's frame could not show it.
    return element("a", words(url), href=url, rel="noopener noreferrer", target="_blank")


def _text(record: Record, source: Source, cuts: dict[int, _Cut], unread: Sequence[Stretch]) -> Iterator[Element]:
    text = source.text or ""
    yield element(
        "p",
        "This is only a part of the source. " if source.excerpt else None,
        _accounted(text, unread),
        " Marked words are quoted, and the number after them leads to the promise. ",
        element("span", "Words like these", class_="unread") if unread else None,
        " stand in no quote." if unread else None,
        class_="share",
    )
    yield element("div", _marked(record, source, cuts), class_="text", lang=record.language_of(source))


def _accounted(text: str, unread: Sequence[Stretch]) -> str:
    letters = sum(map(str.isalnum, text))
    left = sum(sum(map(str.isalnum, stretch.text)) for stretch in unread)
    if not letters:
        return "It has no letters and digits."
    share = 100 * (letters - left) // letters  # rounded down: 100 % is all of it
    return f"Quotes account for {share} % of its letters and digits."


def _marked(record: Record, source: Source, cuts: dict[int, _Cut]) -> Iterator[Child]:
    """Cut the text where quotes begin and end; each piece is quoted or not, also where quotes overlap."""
    text = source.text or ""
    position, promised, quoted, unread = 0, 0, 0, 0
    for place in sorted(cuts):
        yield _piece(text[position:place], promised, quoted, unread)
        cut = cuts[place]
        for path in cut.ends:
            yield _reference(record, path)
        for path in cut.begins:
            first = record.places[path][0]
            if (first.source, first.start) == (source.id, place):  # the page links to the first place
                yield element("span", id=record.marks[path], class_="place")
        promised += _promises(record, cut.begins) - _promises(record, cut.ends)
        quoted += len(cut.begins) - len(cut.ends)
        unread += cut.unread
        position = place
    yield text[position:] and element("span", words(text[position:]))


def _promises(record: Record, paths: Sequence[Path]) -> int:
    """Count the quotes that are those of a promise."""
    return sum(path[:-2] in record.numbers for path in paths)


def _piece(text: str, promised: int, quoted: int, unread: int) -> Child:
    if not text:
        return None
    if quoted:
        return element("mark", words(text), class_="promised" if promised else None)
    return element("span", words(text), class_="unread" if unread else None)


_HOLDERS: Mapping[str | int, str] = {"validity": "validity", "relations": "relation", "initiatives": "initiative"}


def _reference(record: Record, path: Path) -> Element:
    """Link from the end of a quote back to what quotes it."""
    holder = path[:-2]
    number = record.numbers.get(holder)
    what = f"promise {number}" if number else _HOLDERS[holder[0]] if holder else "agreement"
    label = str(number) if number else what
    target = record.link(holder or ("validity",))
    return element("sup", element("a", label, href=target, aria_label=f"quoted by {what}"))
