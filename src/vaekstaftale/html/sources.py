"""The sources: what is known of each, and its text line by line, with everything marked that is quoted from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from xml.etree.ElementTree import Element

from attrs import Factory, frozen

from vaekstaftale.html.markup import UNSEEN, Child, element, unseen, words
from vaekstaftale.html.parts import facts, fill, known_day, marked_language, own_text, remark
from vaekstaftale.html.record import CheckedQuote, Page, Record
from vaekstaftale.model.sources import Source
from vaekstaftale.model.strings import has_visible
from vaekstaftale.quotes.place import Place


@frozen(eq=False)
class _Cut:
    """What begins and ends at one position of a text."""

    begins: list[CheckedQuote] = Factory(list)
    ends: list[CheckedQuote] = Factory(list)


class _Kinds(NamedTuple):
    """What occurs in the text of a source, for its legend."""

    promised: bool
    quoted: bool
    grey: bool


def sources_section(record: Record) -> Element:
    """Return all sources."""
    cuts = _cuts(record)
    unquoted: dict[str, list[Place]] = defaultdict(list)
    for place in record.unquoted:
        unquoted[place.source].append(place)
    return element(
        "section",
        element(f"h{record.level + 1}", record.words.label("sources", len(record.agreement.sources))),
        [
            _source(record, index, source, cuts.get(source.id, {}), unquoted[source.id])
            for index, source in enumerate(record.agreement.sources)
        ],
        id=record.fragments["sources",],
    )


def _cuts(record: Record) -> Mapping[str, Mapping[int, _Cut]]:
    """Return where quotes begin and end in each source."""
    cuts: dict[str, dict[int, _Cut]] = defaultdict(lambda: defaultdict(_Cut))
    for quote in chain.from_iterable(record.quotes.values()):
        for place in quote.places:
            cuts[place.source][place.start].begins.append(quote)
            cuts[place.source][place.end].ends.append(quote)
    return cuts


def _source(record: Record, index: int, source: Source, cuts: Mapping[int, _Cut], unquoted: Sequence[Place]) -> Element:
    language = record.words
    is_first = record.sources[source.id][0] == ("sources", index)
    title = own_text(record, "span", source.title or source.id)
    address = source.url and element(
        # In a new tab, because the frame in a notebook could not show it.
        "a",
        words(source.url),
        href=source.url,
        rel="noopener noreferrer",
        target="_blank",
    )
    rows: list[tuple[str, Child]] = [
        (language.label("kind"), language.named("source_kinds", source.kind)),
        (language.label("address"), address),
        (language.label("publisher"), source.publisher and own_text(record, "span", source.publisher)),
        (language.label("contact"), source.contact and own_text(record, "span", source.contact)),
        (language.label("published"), known_day(record, source.published_on)),
        (language.label("updated"), known_day(record, source.updated_on)),
        (language.label("retrieved"), known_day(record, source.retrieved_on)),
    ]
    return element(
        "article",
        element(f"h{record.level + 2}", title),
        facts(*rows),
        remark(record, source.note),
        _text(record, source, cuts if is_first else {}, unquoted if is_first else ()),
        class_="source",
        id=record.fragments["sources", index],
    )


def _text(record: Record, source: Source, cuts: Mapping[int, _Cut], unquoted: Sequence[Place]) -> Iterator[Element]:
    if source.text is None:
        yield element("p", record.words.label("no_text"), class_="more")
        return
    kinds = _kinds(record, cuts, unquoted)
    yield element("p", _legend(record, source, kinds, unquoted), class_="legend")
    lines = _lines(record, source, cuts)
    yield element("div", lines, class_="text", lang=marked_language(record, record.language_of(source.id)))


def _kinds(record: Record, cuts: Mapping[int, _Cut], unquoted: Sequence[Place]) -> _Kinds:
    quotes = [quote for cut in cuts.values() for quote in cut.begins]
    promised = any(quote.holder in record.numbers for quote in quotes)
    return _Kinds(promised, any(quote.holder not in record.numbers for quote in quotes), bool(unquoted))


def _legend(record: Record, source: Source, kinds: _Kinds, unquoted: Sequence[Place]) -> Iterator[Element]:
    language = record.words
    if source.excerpt:
        yield element("span", language.label("excerpt"))
    if kinds.promised:
        mark = element("mark", language.label("legend_promise_mark"), class_="promised")
        yield element("span", fill(record, "legend_promise", mark=mark))
    if kinds.quoted:
        yield element("span", element("mark", language.label("legend_quote")))
    has_grey = kinds.grey or source.skipped
    if has_grey:
        yield element("span", language.label("legend_grey"))
    letters = sum(map(str.isalnum, source.text or ""))
    left = sum(sum(map(str.isalnum, place.text)) for place in unquoted)
    if not letters or not (kinds.promised or kinds.quoted or source.skipped):
        return
    if not left:
        yield element("span", language.label("legend_all"))
    else:  # rounded down: 100 % is all of it
        yield element("span", language.label("legend_share", share=language.share(100 * (letters - left) // letters)))


def _lines(record: Record, source: Source, cuts: Mapping[int, _Cut]) -> Iterator[Element]:
    """Yield the lines that have a visible character, with their numbers."""
    text = source.text or ""
    positions = sorted(cuts)
    index = start = promised = quoted = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line)
        children: list[Child] = []
        position = start
        while index < len(positions) and positions[index] <= end:
            cut_at = positions[index]
            children.append(_piece(record, text[position:cut_at], promised, quoted, ()))
            cut = cuts[cut_at]
            for quote in cut.ends:
                promised -= quote.holder in record.numbers
                children.append(_reference(record, quote))
            quoted += len(cut.begins) - len(cut.ends)
            promised += sum(quote.holder in record.numbers for quote in cut.begins)
            first = [quote for quote in cut.begins if _is_first_place(quote, source.id, cut_at)]
            index += 1
            position = positions[index] if index < len(positions) and positions[index] <= end else end
            children.append(_piece(record, text[cut_at:position], promised, quoted, first))
        if position < end:
            children.append(_piece(record, text[position:end], promised, quoted, ()))
        if has_visible(line):
            yield element("p", children, data_line=record.words.digits(number))
        start = end + 1


def _is_first_place(quote: CheckedQuote, source: str, start: int) -> bool:
    return (quote.places[0].source, quote.places[0].start) == (source, start)


def _piece(record: Record, text: str, promised: int, quoted: int, first: Sequence[CheckedQuote]) -> Child:
    """Return some of a line: marked if it is quoted, with the fragments of the quotes whose first place it begins."""
    others = [element("span", id=quote.fragment) for quote in first[1:]]
    if not text:
        return [element("span", id=quote.fragment) for quote in first]
    written = list(_source_words(record.page, text))
    if not quoted:
        return written
    return element(
        "mark",
        others,
        written,
        class_="promised" if promised else None,
        id=first[0].fragment if first else None,
    )


def _source_words(page: Page, text: str) -> Iterator[Child]:
    """Yield the text of a source, with unseen characters as code points, up to the limit of the page."""
    position = 0
    for found in UNSEEN.finditer(text):
        yield text[position : found.start()]
        if page.unseen > 0:
            page.unseen -= 1
            yield unseen(found.group())
        else:
            page.not_shown += 1
        position = found.end()
    yield text[position:]


def _reference(record: Record, quote: CheckedQuote) -> Element:
    """Return the link from the end of a quote in the source to where it is cited. Its label is not part of the text."""
    language = record.words
    number = record.numbers.get(quote.holder)
    if number is not None:
        label = language.digits(number)
        name = language.label("to_promise", number=label)
    else:
        label = _name_of(record, quote)
        name = language.label("to_quotes", what=label)
    return element("a", class_="ref", href=f"#{quote.cited}", data_label=label, aria_label=name)


def _name_of(record: Record, quote: CheckedQuote) -> str:
    match quote.holder:
        case ():
            return record.words.label("ref_agreement")
        case ("initiatives", int(index)):
            return record.words.label("ref_initiative", number=record.words.digits(index + 1))
        case ("relations", _):
            return record.words.label("ref_relation")
    return record.words.label("ref_validity")
