"""What is not quoted yet, and the source's own words: the commands `unquoted` and `quote`."""

from __future__ import annotations

import argparse
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from vaekstaftale import bundled
from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.arguments import INVALID, VALID
from vaekstaftale.cli.inputs import UsageError
from vaekstaftale.display import printable
from vaekstaftale.files import drafts
from vaekstaftale.files.disk import bytes_of
from vaekstaftale.files.fixing import replace_content
from vaekstaftale.files.patching import Patched
from vaekstaftale.files.reading import read_text
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import InvalidAgreement
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.quoting import QuoteNotFound, quote, quote_of
from vaekstaftale.quotes.search import Search
from vaekstaftale.quotes.sentences import work_list
from vaekstaftale.serialization.decoded_text import DecodedText
from vaekstaftale.serialization.json_text import Document
from vaekstaftale.wording import count

# --- unquoted --------------------------------------------------------------------------------------------


class _Item(NamedTuple):
    """A sentence that no quote accounts for, with its line in the file."""

    place: Place
    #: The line of the source's text, and that of the file.
    source_line: int
    line: int
    #: The number of its source.
    number: int


def unquoted(options: argparse.Namespace) -> int:
    """List what no quote accounts for, or add some of it to the skipped words."""
    if options.skip:
        _skip(options)
    left = words_left = words = 0
    for name in options.files:
        data = inputs.data_of(name, options.max_bytes)
        agreement = _agreement(data, name, options.max_bytes)
        search = Search(agreement)
        items = _items(agreement, search, data)
        for item in items:
            _print_item(name, item, search, is_json=options.format == "json")
        left += len(items)
        words_left += sum(_words_in(item.place.text) for item in items)
        words += sum(_words_in(source.text or "") for source in agreement.sources)
    streams.flush()
    if not words:
        streams.write_note("no source has a text")
        return INVALID
    done = words - words_left
    about_words = f"{done} of {count(words, 'word')} accounted for ({done * 100 // words} percent)"
    streams.write_note(f"{count(left, 'sentence')} left; {about_words}")
    return INVALID if left else VALID


def _agreement(data: bytes, name: str, max_bytes: int) -> Agreement:
    """Return the agreement in a file that is being written: it may have problems of coherence and evidence.

    Raises `InvalidAgreement` for others.
    """
    reading = read_text(data, file=name, max_bytes=max_bytes)
    if reading.agreement is None:
        raise InvalidAgreement(reading.problems)
    return reading.agreement


def _items(agreement: Agreement, search: Search, data: bytes) -> list[_Item]:
    text = DecodedText(data)
    document = Document(text.text)
    lines = [list(_lines_in_file(number, text, document)) for number in range(len(agreement.sources))]
    numbers = {(source.id, source.text): number for number, source in enumerate(agreement.sources)}
    # The property `Place.line` counts from the beginning, which takes minutes for a hundred thousand places.
    starts = [[0, *(found.end() for found in re.finditer("\n", source.text or ""))] for source in agreement.sources]
    items = []
    for place in work_list(search):
        number = numbers[place.source, place.source_text]
        source_line = bisect_right(starts[number], place.start)
        items.append(_Item(place, source_line, lines[number][source_line - 1], number))
    return items


def _lines_in_file(number: int, text: DecodedText, document: Document) -> Iterator[int]:
    """Yield the line of the file in which each line of the text of a source is."""
    for index, string in enumerate(document.value["sources"][number].get("text", ())):
        line, _ = text.line_and_column(document.offset(("sources", number, "text", index)))
        yield from repeat(line, string.count("\n") + 1)


def _print_item(name: str, item: _Item, search: Search, *, is_json: bool) -> None:
    place = item.place
    if is_json:
        made = {
            "file": name,
            "line": item.line,
            "source": place.source,
            "source_line": item.source_line,
            "quote": _quote(place, search),
        }
        streams.write(json.dumps(made, ensure_ascii=False))
        return
    words = printable(" ".join(place.text.split()))
    streams.write(f"{printable(name)}:{item.line}: {printable(place.source)} line {item.source_line}: {words}")


def _quote(place: Place, search: Search) -> dict[str, str]:
    """Return the quote of a sentence as data; only its words if nothing near distinguishes it, or if it is too long."""
    try:
        return drafts.data_of(quote_of(place, search))
    except ValueError:
        return {"exact": " ".join(place.text.split())}


def _words_in(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _skip(options: argparse.Namespace) -> None:
    """Add sentences of the list to the skipped words of their sources."""
    if len(options.files) != 1 or options.files[0] == inputs.STDIN or options.files[0] in bundled.names():
        raise UsageError("--skip is only possible with one file")
    [name] = options.files
    data = bytes_of(name, options.max_bytes)
    agreement = _agreement(data, name, options.max_bytes)
    search = Search(agreement)
    items = _items(agreement, search, data)
    patched = Patched(data)
    for number in dict.fromkeys(options.skip):
        if not 0 < number <= len(items):
            raise UsageError(f"--skip {number}: the list has {count(len(items), 'sentence')}")
        item = items[number - 1]
        try:
            found = drafts.data_of(quote_of(item.place, search))
        except ValueError:
            reason = "no words near it distinguish it, or it is too long: write it into 'skipped' by hand"
            raise UsageError(f"--skip {number}: {reason}") from None
        added = {key: words for key, words in found.items() if key != "source"}
        patched.append(("sources", item.number), "skipped", added, after="text")
    replace_content(name, data, patched.bytes(), max_bytes=options.max_bytes)


# --- quote -----------------------------------------------------------------------------------------------


def print_quote(options: argparse.Namespace) -> int:
    """Print the source's own words for some words, as a quote."""
    data = inputs.data_of(options.file, options.max_bytes)
    agreement = _agreement(data, options.file, options.max_bytes)
    try:
        found = quote(options.words, agreement, source=options.source)
    except QuoteNotFound as error:
        streams.complain(error)
        return INVALID
    except ValueError as error:
        raise UsageError(error) from None
    streams.write(json.dumps(drafts.data_of(found), ensure_ascii=False))
    return VALID
