"""From the text of a source to the beginnings of an agreement file. What a person must decide stays open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from attrs import asdict

from vaekstaftale.display import require
from vaekstaftale.matching import INVISIBLE, slug
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.danish_dates import dates_in
from vaekstaftale.model.parties import Party
from vaekstaftale.model.sources import Quote, Source, SourceKind
from vaekstaftale.model.strings import has_visible
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.quoting import QuoteNotFound, quote_of
from vaekstaftale.quotes.search import Search
from vaekstaftale.serialization.shapes import FORMAT_VERSION

#: The id of the source of a draft.
SOURCE_ID = "kilde"


def draft(  # noqa: PLR0913 - keys of the file
    text: str,
    *,
    title: str | None = None,
    id: str | None = None,  # noqa: A002 - the key of the file
    language: str = "da",
    kind: str = "other",
    url: str | None = None,
) -> dict[str, Any]:
    """Return the beginnings of an agreement file from the text of its source, as plain data.

    The title is the first heading of Markdown, or else the first line, and the id is its slug. The parties, and an id
    for a title that has none, are left open: `validate` reports what is missing. With `url`, the source states that it
    was read today.

    Raises `ValueError` for a text without a visible character.
    """
    require(text, str, "text")
    lines = lines_of(text)
    heading = next((found[1] for line in lines if (found := re.match(r"#{1,6}\s+(.*\S)", line))), None)
    first = next(line.strip() for line in lines if has_visible(line))
    title = title or heading or first
    return {
        "format_version": FORMAT_VERSION,
        "id": (slug(title) or "") if id is None else id,
        "title": title,
        "language": language,
        "parties": [],
        "sources": [
            {
                "id": SOURCE_ID,
                "kind": kind,
                **({} if url is None else {"url": url, "retrieved_on": date.today().isoformat()}),  # noqa: DTZ011 - the day where the reader is
                **text_and_checksum(text),
            }
        ],
    }


def text_and_checksum(text: str) -> dict[str, Any]:
    """Return the keys of a source that has a text. Raises `ValueError` for one without a visible character."""
    from hashlib import sha256  # noqa: PLC0415 - slow to import, and only drafts need it here

    lines = lines_of(text)
    return {"text": lines, "sha256": sha256("\n".join(lines).encode()).hexdigest()}


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, without blank ones around it. Raises `ValueError` if no line is left."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    visible = [number for number, line in enumerate(lines) if has_visible(line)]
    if not visible:
        raise ValueError("the text is empty")
    return lines[visible[0] : visible[-1] + 1]


# --- Initiatives ------------------------------------------------------------------------------------------

# The patterns are compiled at their first use, because most programs need none of them.
_HEADING = r"\s*(?:#{1,6}\s+)?(\d{1,2})[.)]?\s+([^\W\d_].{2,150}?)\s*:?\s*"


def with_initiatives(data: dict[str, Any]) -> dict[str, Any]:
    """Return a draft with an initiative for each numbered heading: id, number, title, and the heading as a quote."""
    [source] = data["sources"]
    text = "\n".join(source["text"])
    search = Search(agreement_of(text))
    initiatives: list[dict[str, Any]] = []
    used: set[str | None] = set()
    for number, title, place in _headings(text):
        made = slug(title)
        initiative: dict[str, Any] = {
            "id": f"initiativ-{number}" if made is None or made in used else made,
            "title": title,
            "number": number,
        }
        used.add(made)
        with suppress(QuoteNotFound):
            initiative["quotes"] = [data_of(quote_of(place, search))]
        initiatives.append(initiative)
    parts = list(data.items())
    return dict([*parts[:-1], ("initiatives", initiatives), parts[-1]]) if initiatives else data


def agreement_of(text: str) -> Agreement:
    """Return an agreement of which nothing is known but the text of its source, to search in it."""
    nobody = Party(id="x", name="x")
    source = Source(id=SOURCE_ID, kind=SourceKind.OTHER, text=text)
    return Agreement(id="x", title="x", language="da", parties=[nobody], sources=[source])


def data_of(quote: Quote) -> dict[str, str]:
    """Return a quote as a file has it."""
    return {key: value for key, value in asdict(quote).items() if value is not None}


def _headings(text: str) -> Iterator[tuple[int, str, Place]]:
    """Yield the number, title and place of each numbered heading.

    Their numbers rise from 1 by one. A heading ends with no full stop, and no text goes on below it in lower case. Of
    several such lists, the last one is not a table of contents.
    """
    lists: list[list[tuple[int, str, Place]]] = []
    offset = 0
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        found = re.fullmatch(_HEADING, line)
        if found and found[2][-1] not in ".,;" and not following.lstrip()[:1].islower():
            number = int(found[1])
            place = Place(SOURCE_ID, offset + found.start(1), offset + found.end(2), text)
            if number == 1:
                lists.append([])
            if lists and number == len(lists[-1]) + 1:
                lists[-1].append((number, found[2], place))
        offset += len(line) + 1
    longest = max(map(len, lists), default=0)
    yield from next((one for one in reversed(lists) if len(one) == longest), [])


# --- Words that are split at the ends of lines ------------------------------------------------------------


class Join(NamedTuple):
    """A word that is split at the end of a line, and what it is as one."""

    #: The 1-based line on which it begins.
    line: int
    split: str
    joined: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.split} → {self.joined}"


_SPLIT = (
    r"(?P<first>\w[\w-]{0,60})(?P<hyphen>[-\xad\u2010])[^\S\n]*\n[^\S\n]*(?P<second>\w+)"
    r"(?P<rest>[^\s\xad\u2010-]*)[^\S\n]*"
)
#: What follows a hyphen that stands for a part of a word: "vækst- og erhvervspolitik".
_AND = "og|eller|samt|såvel|hhv|henholdsvis|resp|respektive|men|til|and|or|und|oder"


def joins(text: str) -> list[Join]:
    """Return the words that are split at the ends of lines."""
    found = []
    words = _words_of(text)
    for split in re.finditer(_SPLIT, text):
        joined = _joined(split, words)
        if joined is not None:
            line = text.count("\n", 0, split.start()) + 1
            found.append(Join(line, f"{split['first']}- {split['second']}", joined))
    return found


def with_joined_words(text: str) -> str:
    """Return a text in which words that are split at the ends of lines are whole, each on the line where it begins."""
    words = _words_of(text)

    def replacement(split: re.Match[str]) -> str:
        joined = _joined(split, words)
        return split.group() if joined is None else f"{joined}{split['rest']}\n"

    return re.sub(_SPLIT, replacement, text)


def _words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text))


def _joined(split: re.Match[str], words: frozenset[str]) -> str | None:
    """Return the word that is split at the end of a line, or `None` for a part of a word: "vækst- og erhvervspolitik".

    The hyphen belongs to the word beside a digit or a capital letter ("CO2-udledningen", "Midt- og Vestsjælland"), and
    where the text has it so elsewhere.
    """
    first, second = split["first"], split["second"]
    if split["hyphen"] == "\xad":
        return first + second
    if re.fullmatch(_AND, second.lower()):
        return None
    with_hyphen, without = f"{first}-{second}", first + second
    keeps = first[-1].isdigit() or first[-1].isupper() or not second[0].islower() or with_hyphen in words
    return with_hyphen if keeps else without


# --- What a text has --------------------------------------------------------------------------------------


#: The most days that are listed, each where it is first.
_MOST_DAYS = 20


def remarks(text: str) -> Iterator[str]:
    """Yield what an author should know of a text: the days in it, and characters that nobody sees."""
    first_of_each: dict[tuple[str, str], int] = {}
    for start, words, day in dates_in(text):
        first_of_each.setdefault((words, day), start)
    for (words, day), start in islice(first_of_each.items(), _MOST_DAYS):
        line = text.count("\n", 0, start) + 1
        yield f'line {line}: {words} is written "{day}"' if words != day else f"line {line}: {day}"
    if len(first_of_each) > _MOST_DAYS:
        yield f"{len(first_of_each) - _MOST_DAYS} more days are in the text"
    unseen = sum(map(text.count, INVISIBLE))
    if unseen:
        yield f"{unseen} invisible characters: they are ignored where quotes are compared"
