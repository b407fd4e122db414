"""Sources, and the verbatim words that are quoted from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any, cast

from attrs import field, frozen

from vaekstaftale.model.dates import PARTIAL_DATE, PartialDate, to_partial_date
from vaekstaftale.model.forms import BOOL, EnumForm, Form, InstanceForm, ObjectReporter, TupleForm
from vaekstaftale.model.strings import ID, LANGUAGE, SHA256, TEXT, URL, is_unicode, surrogate_violation, unescaped
from vaekstaftale.model.values import Value, to_tuple
from vaekstaftale.problems import Path, Violation


@frozen(kw_only=True, repr=False)
class Quote(Value):
    """Verbatim words of a source, as in the TextQuoteSelector of the W3C Web Annotation model."""

    exact: str = field(validator=TEXT)
    """The words as the source has them, typing errors included."""
    prefix: str | None = field(default=None, validator=TEXT)
    """The words directly before, if the quote alone is ambiguous."""
    suffix: str | None = field(default=None, validator=TEXT)
    """The words directly after, if the quote alone is ambiguous."""
    source: str | None = field(default=None, validator=ID)
    """Id of the source that the words come from. Default: any source that has text."""


QUOTES = TupleForm(InstanceForm(Quote))


def to_quotes(value: Iterable[Quote]) -> tuple[Quote, ...]:
    """Convert an iterable of quotes to a tuple."""
    return to_tuple(value)


class SourceKind(Enum):
    """What a source is."""

    #: The document that the parties concluded, on paper or as a file.
    AGREEMENT = "agreement"
    #: A page about the agreement, also one that contains its text.
    WEB_PAGE = "web-page"
    #: A press release.
    PRESS_RELEASE = "press-release"
    #: The minutes of a meeting.
    MINUTES = "minutes"
    #: A list in which the agreement is one entry of many.
    LISTING = "listing"
    #: Anything else.
    OTHER = "other"


_SOURCE_KIND = EnumForm(SourceKind)


def _source_kind(value: SourceKind | str) -> SourceKind:
    return cast("SourceKind", _SOURCE_KIND.convert(value))


class LinesForm(Form):
    """A text of several lines that is not empty; in a file, the list of its lines. An empty list is `None`."""

    expected = TEXT.expected
    json_type = "a list of texts, one a line"
    data_type = list
    code = TEXT.code
    label = "list of lines"

    def accepts(self, value: object) -> bool:
        return TEXT.accepts(value)

    def refuse(self, name: str, value: object) -> None:
        TEXT.refuse(name, value)

    def violations(self, data: object, path: Path, objects: ObjectReporter) -> Iterator[Violation]:  # noqa: ARG002 - as in `Form`
        if type(data) is not list:
            yield self.wrong_type(data, path)
            return
        for index, line in enumerate(data):
            if type(line) is not str:
                yield TEXT.wrong_type(line, (*path, index))
            elif not is_unicode(line):
                yield surrogate_violation((*path, index))
        if data and all(type(line) is str and not TEXT.matches(line) for line in data):
            yield Violation(TEXT.code, "the text contains nothing but white space", path)

    def from_data(self, data: Any) -> str | None:
        return "\n".join(data) or None

    def to_data(self, value: Any) -> Any:
        return value.split("\n")

    def definition(self) -> dict[str, Any]:
        # Some line must contain more than white space, unless there is no line at all.
        some_text = {"contains": {"pattern": unescaped(TEXT.pattern)}}
        return {"type": "array", "items": {"type": "string"}, "anyOf": [{"maxItems": 0}, some_text]}


@frozen(kw_only=True, repr=False)
class Source(Value):
    """Where the words come from, with the verbatim text if it is available."""

    id: str = field(validator=ID)
    """Unique among the agreement's sources."""
    kind: SourceKind = field(converter=_source_kind, validator=_SOURCE_KIND)
    """What the source is."""
    title: str | None = field(default=None, validator=TEXT)
    """The source's title."""
    url: str | None = field(default=None, validator=URL)
    """Address, http or https with a host, without white space."""
    publisher: str | None = field(default=None, validator=TEXT)
    """Who published the source."""
    contact: str | None = field(default=None, validator=TEXT)
    """How to reach the publisher, as the source states it."""
    published_on: PartialDate | None = field(default=None, converter=to_partial_date, validator=PARTIAL_DATE)
    """When the source was published."""
    updated_on: PartialDate | None = field(default=None, converter=to_partial_date, validator=PARTIAL_DATE)
    """When the source was last updated, as it states itself."""
    retrieved_on: PartialDate | None = field(default=None, converter=to_partial_date, validator=PARTIAL_DATE)
    """When the record's author read the source."""
    language: str | None = field(default=None, validator=LANGUAGE)
    """Language of the source, a BCP 47 tag."""
    text: str | None = field(default=None, validator=LinesForm())
    """The verbatim text; in a file, the list of its lines."""
    excerpt: bool = field(default=False, validator=BOOL)
    """True: the text is only a part of the source. Default: false."""
    sha256: str | None = field(default=None, validator=SHA256)
    """SHA-256 of the text as UTF-8, its lines joined by line feeds. Checked if there is text."""
    note: str | None = field(default=None, validator=TEXT)
    """A remark by the record's author."""
