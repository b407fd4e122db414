"""The commands that help to write a file: `draft`, `source`, `unquoted` and `quote`."""

from __future__ import annotations

import argparse
import json
import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import NamedTuple

from vaekstaftale import bundled
from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.arguments import INVALID, VALID, Added, Commands, add_max_bytes
from vaekstaftale.cli.inputs import UsageError
from vaekstaftale.display import printable, shown
from vaekstaftale.files import documents, drafts
from vaekstaftale.files.disk import bytes_of, replace_file
from vaekstaftale.files.patching import Patched
from vaekstaftale.files.reading import loads, read_text
from vaekstaftale.limits import MAX_DOCUMENT_BYTES
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.sources import SourceKind
from vaekstaftale.problems import InvalidAgreement
from vaekstaftale.problems import Path as Steps
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.quoting import QuoteNotFound, quote, quote_of
from vaekstaftale.quotes.search import Search
from vaekstaftale.quotes.sentences import work_list
from vaekstaftale.serialization.json_text import DecodedText, Document
from vaekstaftale.wording import count

# --- draft ------------------------------------------------------------------------------------------------


def add_draft(commands: Commands) -> Added:
    command = commands.add_parser("draft", help="write the beginnings of an agreement file from its source")
    _add_document(command)
    command.add_argument("-o", "--output", metavar="FILE", help="write to this file; default standard output")
    command.add_argument("--force", action="store_true", help="replace FILE if it exists")
    command.add_argument("--url", help="the address of the source, which was read today")
    command.add_argument("--language", default="da", metavar="TAG", help="the language; default %(default)s")
    command.add_argument("--id", help="the id; default from the title")
    command.add_argument("--title", help="the title; default the first heading, or the first line")
    command.add_argument("--kind", choices=[kind.value for kind in SourceKind], help="what the source is")
    command.add_argument("--initiatives", action="store_true", help="add an initiative for each numbered heading")
    command.set_defaults(run=_draft)
    return command, "vaekstaftale draft aftale.html --url https://example.org/aftale -o aftale.json"


def _add_document(command: argparse.ArgumentParser) -> None:
    help_ = "the text, HTML or PDF of the source, or - for plain text on standard input"
    command.add_argument("document", metavar="SOURCE", help=help_)
    help_ = "join words that are split at the ends of lines, and report each"
    command.add_argument("--join-hyphens", action="store_true", help=help_)


def _draft(options: argparse.Namespace) -> int:
    if options.output and not options.force and os.path.lexists(options.output):
        raise UsageError(f"{printable(options.output)}: exists already; --force replaces it")
    document = _document(options)
    data = drafts.draft(
        document.text,
        title=options.title or document.heading,
        id=options.id,
        language=options.language,
        kind=options.kind or document.kind,
        url=options.url,
    )
    if options.join_hyphens and document.joins:
        data["sources"][0]["note"] = _JOINED.get(options.language.partition("-")[0].lower(), _JOINED["en"])
    if options.initiatives:
        data = drafts.with_initiatives(data)
    written = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    name = options.output or "FILE"
    if options.output:
        replace_file(options.output, [written.encode()])
    else:
        streams.write_bytes(written.encode())
    for remark in (*document.remarks, *drafts.remarks(document.text)):
        streams.write_note(printable(remark))
    streams.write_note("next: write the parties and what was promised; what is still missing is reported by")
    streams.write_note(f"  vaekstaftale validate {printable(name)}")
    streams.write_note("and what no quote accounts for yet by")
    streams.write_note(f"  vaekstaftale unquoted {printable(name)}")
    return VALID


#: What the note of a source says after `--join-hyphens`.
_JOINED = {
    "da": "Ord, der var delt ved linjeskift, er samlet.",
    "en": "Words that were split at the ends of lines are joined.",
}


class _Document(NamedTuple):
    """The text of a source, as it is to be recorded."""

    text: str
    kind: str
    heading: str | None
    joins: Sequence[drafts.Join]
    #: What the author should know.
    remarks: Sequence[str]


def _document(options: argparse.Namespace) -> _Document:
    """Return the text of the source that an argument names. Raises `UsageError` if it cannot be read as what it is."""
    name = options.document
    try:
        if name == inputs.STDIN:
            read = documents.plain(inputs.standard_input(MAX_DOCUMENT_BYTES))
        else:
            read = documents.read_document(name, lambda pages: streams.with_progress(pages, "page"))
    except documents.UnreadableDocument as error:
        raise UsageError(f"{printable(name)}: {error}") from None
    joins = drafts.joins(read.text)
    remarks = list(read.remarks)
    if options.join_hyphens:
        remarks += map(str, joins)
    elif joins:
        are = "word is" if len(joins) == 1 else "words are"
        remarks.append(f"{len(joins)} {are} split at the ends of lines: --join-hyphens joins them")
    text = drafts.with_joined_words(read.text) if options.join_hyphens else read.text
    return _Document(text, read.kind, read.heading, joins, remarks)


# --- source -----------------------------------------------------------------------------------------------


def add_source(commands: Commands) -> Added:
    command = commands.add_parser("source", help="put the text of a document into a source of an agreement file")
    command.add_argument("file", metavar="FILE", help="the agreement file, which is changed in place")
    command.add_argument("id", metavar="ID", help="the id of the source")
    _add_document(command)
    add_max_bytes(command)
    command.set_defaults(run=_source)
    return command, "vaekstaftale source aftale.json kilde aftale.pdf"


def _source(options: argparse.Namespace) -> int:
    data = bytes_of(options.file, options.max_bytes)
    index = _index_of_source(data, options)
    document = _document(options)
    made = drafts.text_and_checksum(document.text)
    patched = Patched(data)
    steps: Steps = ("sources", index)
    patched.set(steps, "text", made["text"], after="kind")
    patched.set(steps, "sha256", made["sha256"], after="text")
    _replace(options.file, data, patched)
    for remark in document.remarks:
        streams.write_note(printable(remark))
    return VALID


def _index_of_source(data: bytes, options: argparse.Namespace) -> int:
    """Return which source of a file has an id. The file may still be incomplete."""
    try:
        value = Document(DecodedText(data).text).value
    except ValueError:
        loads(data, file=options.file, max_bytes=options.max_bytes)  # raises with what is wrong
        raise
    sources = value.get("sources") if isinstance(value, dict) else None
    named = [
        number
        for number, one in enumerate(sources if isinstance(sources, list) else ())
        if isinstance(one, dict) and one.get("id") == options.id and "kind" in one
    ]
    if len(named) != 1:
        raise UsageError(f"{printable(options.file)}: there is no source {shown(options.id)} with a kind")
    return named[0]


def _replace(file: str, before: bytes, patched: Patched) -> None:
    if bytes_of(file, len(before)) != before:
        raise UsageError(f"{printable(file)}: it was changed meanwhile")
    replace_file(file, [patched.bytes()])


# --- unquoted ---------------------------------------------------------------------------------------------


def add_unquoted(commands: Commands) -> Added:
    command = commands.add_parser("unquoted", help="list what no quote accounts for, sentence by sentence")
    command.add_argument("files", nargs="+", metavar="FILE", help="a file, the name of a bundled agreement, or -")
    help_ = "text, or one JSON object a line with a quote to paste; default %(default)s"
    command.add_argument("--format", choices=("text", "json"), default="text", help=help_)
    help_ = "add sentence N of the list to the skipped words of its source, in the file; may be repeated"
    command.add_argument("--skip", action="append", type=int, default=[], metavar="N", help=help_)
    add_max_bytes(command)
    command.set_defaults(run=_unquoted)
    return command, "vaekstaftale unquoted aftale.json"


class _Item(NamedTuple):
    """A sentence that no quote accounts for, with its line in the file."""

    place: Place
    #: The line of the source's text, and that of the file.
    source_line: int
    line: int
    #: The number of its source.
    number: int


def _unquoted(options: argparse.Namespace) -> int:
    if options.skip:
        _skip(options)
    left = words_left = words = 0
    for name in options.files:
        data = _data(name, options.max_bytes)
        agreement = _agreement(data, name, options.max_bytes)
        items = _items(agreement, data)
        search = Search(agreement)
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


def _data(name: str, max_bytes: int) -> bytes:
    if name == inputs.STDIN:
        return inputs.standard_input(max_bytes)
    return bundled.read(name) if name in bundled.names() else bytes_of(name, max_bytes)


def _agreement(data: bytes, name: str, max_bytes: int) -> Agreement:
    """Return the agreement in a file that is being written: it may have problems of coherence and evidence.

    Raises `InvalidAgreement` for others.
    """
    reading = read_text(data, file=name, max_bytes=max_bytes)
    if reading.agreement is None:
        raise InvalidAgreement(reading.problems)
    return reading.agreement


def _items(agreement: Agreement, data: bytes) -> list[_Item]:
    text = DecodedText(data)
    document = Document(text.text)
    lines = [list(_lines_in_file(number, text, document)) for number in range(len(agreement.sources))]
    numbers = {(source.id, source.text): number for number, source in enumerate(agreement.sources)}
    # The property `Place.line` counts from the beginning, which takes minutes for a hundred thousand places.
    starts = [[0, *(found.end() for found in re.finditer("\n", source.text or ""))] for source in agreement.sources]
    items = []
    for place in work_list(agreement):
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
    items = _items(agreement, data)
    search = Search(agreement)
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
        steps: Steps = ("sources", item.number)
        if patched.has((*steps, "skipped", 0)):
            patched.append((*steps, "skipped"), added)
        else:
            patched.set(steps, "skipped", [added], after="text")
    _replace(name, data, patched)


# --- quote ------------------------------------------------------------------------------------------------


def add_quote(commands: Commands) -> Added:
    command = commands.add_parser("quote", help="print the source's own words for some words, as a quote")
    command.add_argument("file", metavar="FILE", help="a file, the name of a bundled agreement, or -")
    command.add_argument("words", metavar="WORDS", help="words of the source; … stands for any words in between")
    command.add_argument("--source", metavar="ID", help="search in this source only")
    add_max_bytes(command)
    command.set_defaults(run=_print_quote)
    return command, 'vaekstaftale quote aftale.json "Parterne vil … november"'


def _print_quote(options: argparse.Namespace) -> int:
    data = _data(options.file, options.max_bytes)
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
