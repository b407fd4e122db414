"""From the document of a source to a file: the commands `draft` and `source`."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from typing import NamedTuple

from vaekstaftale.cli import inputs, streams
from vaekstaftale.cli.arguments import VALID
from vaekstaftale.cli.inputs import UsageError
from vaekstaftale.display import printable, shown
from vaekstaftale.files import documents, drafts
from vaekstaftale.files.disk import bytes_of, replace_file
from vaekstaftale.files.fixing import replace_content
from vaekstaftale.files.patching import Patched
from vaekstaftale.files.reading import loads
from vaekstaftale.limits import MAX_DOCUMENT_BYTES
from vaekstaftale.model.strings import is_encodable
from vaekstaftale.serialization.decoded_text import DecodedText
from vaekstaftale.serialization.json_text import Document

# --- draft -----------------------------------------------------------------------------------------------


def draft(options: argparse.Namespace) -> int:
    """Write the beginnings of a file."""
    if options.output and not options.force and os.path.lexists(options.output):
        raise UsageError(f"{printable(options.output)}: exists already; --force replaces it")
    for name in ("title", "id", "language", "url"):
        if not is_encodable(getattr(options, name) or ""):
            raise UsageError(f"--{name}: it is not UTF-8")
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


# --- source ----------------------------------------------------------------------------------------------


def source(options: argparse.Namespace) -> int:
    """Write the text of a document as that of a source in a file."""
    data = bytes_of(options.file, options.max_bytes)
    index = _index_of_source(data, options)
    document = _document(options)
    made = drafts.text_and_checksum(document.text)
    patched = Patched(data)
    patched.set(("sources", index), "text", made["text"], after="kind")
    patched.set(("sources", index), "sha256", made["sha256"], after="text")
    replace_content(options.file, data, patched.bytes(), max_bytes=options.max_bytes)
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
