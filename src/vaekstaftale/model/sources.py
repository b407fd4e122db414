"""Sources, and the verbatim words that are quoted from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, cast

from attrs import field, frozen

from vaekstaftale.display import shown_in_python
from vaekstaftale.model.base import Choice, Value, meaning, to_tuple
from vaekstaftale.model.dates import PARTIAL_DATE, PartialDate, to_partial_date
from vaekstaftale.model.forms import EnumForm, Form, InstanceForm, ObjectCheck, TupleForm
from vaekstaftale.model.numbers import BOOL
from vaekstaftale.model.strings import (
    ID,
    LANGUAGE,
    NAME,
    NOTHING_VISIBLE,
    SHA256,
    TEXT,
    URL,
    VISIBLE,
    has_visible,
    is_encodable,
    surrogate_finding,
)
from vaekstaftale.problems import Hint, Path, RawFinding, in_brackets


@frozen(kw_only=True, repr=False)
class Quote(Value):
    """Verbatim words of a source, as in the TextQuoteSelector of the W3C Web Annotation model."""

    exact: str = field(validator=TEXT, metadata=meaning("The words as the source has them, typing errors included."))
    prefix: str | None = field(
        default=None, validator=TEXT, metadata=meaning("The words directly before, if the quote alone is ambiguous.")
    )
    suffix: str | None = field(
        default=None, validator=TEXT, metadata=meaning("The words directly after, if the quote alone is ambiguous.")
    )
    source: str | None = field(
        default=None,
        validator=ID,
        metadata=meaning("Id of the source that the words come from. Default: any source that has text."),
    )
    locator: str | None = field(
        default=None,
        validator=NAME,
        metadata=meaning("Where the words are, as readers of the source would say it: s. 4, § 2, 12:30. Not checked."),
    )


QUOTES = TupleForm(InstanceForm(Quote))


def to_quotes(value: Iterable[Quote]) -> tuple[Quote, ...]:
    """Convert an iterable of quotes to a tuple."""
    return to_tuple(value)


class SourceKind(Choice):
    """What a source is."""

    AGREEMENT = "agreement", "The document that the parties concluded, on paper or as a file."
    WEB_PAGE = "web-page", "A page about the agreement, also one that contains its text."
    PRESS_RELEASE = "press-release", "A press release."
    MINUTES = "minutes", "The minutes of a meeting."
    LISTING = "listing", "A list in which the agreement is one entry of many."
    OTHER = "other", "Anything else."


_SOURCE_KIND = EnumForm(SourceKind)


_SourceKinds = Literal["agreement", "web-page", "press-release", "minutes", "listing", "other"]


def _source_kind(value: SourceKind | _SourceKinds) -> SourceKind:
    return cast("SourceKind", _SOURCE_KIND.convert(value))


class LinesForm(Form):
    """A text of several lines that has a visible character; in a file, the list of its lines.

    An empty list means that there is no text.
    """

    expected = TEXT.expected
    json_type = "a list of strings, one for each line"
    data_type = list
    codes = ("empty-text",)
    label = "list of lines"

    def accepts(self, value: object) -> bool:
        return type(value) is str and has_visible(value) and is_encodable(value)

    def refuse(self, name: str, value: object) -> None:
        if type(value) is str and is_encodable(value):
            raise ValueError(f"{name} must be {self.expected}, not {shown_in_python(value)}")
        TEXT.refuse(name, value)

    def read(self, data: Any) -> str | None:
        if type(data) is not list:
            raise TypeError(data)
        text = "\n".join(data)
        if data and not has_visible(text):
            raise ValueError(data)
        return text or None

    def findings(self, data: object, path: Path, check_object: ObjectCheck) -> Iterator[RawFinding]:  # noqa: ARG002 - as in `Form`
        if type(data) is not list:
            finding = self.wrong_type(data, path)
            is_text = type(data) is str and self.is_right([data])
            yield finding._replace(fix=in_brackets(safe=False)) if is_text else finding
            return
        for index, line in enumerate(data):
            if type(line) is not str:
                yield TEXT.wrong_type(line, (*path, index))
            elif not is_encodable(line):
                yield surrogate_finding((*path, index))
        if all(type(line) is str for line in data) and not self.is_right(data):
            yield RawFinding("empty-text", NOTHING_VISIBLE, path)

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        if type(data) is str and has_visible(data):
            return "write it in square brackets, each line as a string of its own"
        return super().wrong_type_hint(data)

    def definition(self) -> dict[str, Any]:
        # Unless there is no line at all, some line must have a visible character. Programs that generate types from the
        # schema ignore `not`, so the type is a list of strings.
        nothing_visible = {"minItems": 1, "items": {"type": "string", "not": {"pattern": VISIBLE}}}
        return {"type": "array", "items": {"type": "string"}, "not": nothing_visible}


def _joined(value: str | Iterable[str] | None) -> str | None:
    """Join the lines of a text."""
    if isinstance(value, (list, tuple)) and all(type(line) is str for line in value):
        return "\n".join(value) or None
    return cast("str | None", value)


@frozen(kw_only=True, repr=False)
class Source(Value):
    """Where the words come from, with the verbatim text if it is available."""

    id: str = field(validator=ID, metadata=meaning("Unique among the agreement's sources."))
    kind: SourceKind = field(converter=_source_kind, validator=_SOURCE_KIND, metadata=meaning("What the source is."))
    title: str | None = field(default=None, validator=NAME, metadata=meaning("The source's title."))
    url: str | None = field(
        default=None, validator=URL, metadata=meaning("Address: http or https with a host, without white space.")
    )
    publisher: str | None = field(default=None, validator=NAME, metadata=meaning("Who published the source."))
    contact: str | None = field(
        default=None, validator=NAME, metadata=meaning("How to reach the publisher, as the source states it.")
    )
    published_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=meaning("When the source was published."),
    )
    updated_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=meaning("When the source was last updated, as it states itself."),
    )
    retrieved_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=meaning("When the record's author read the source."),
    )
    language: str | None = field(
        default=None, validator=LANGUAGE, metadata=meaning("Language of the source, a BCP 47 tag.")
    )
    text: str | None = field(
        default=None,
        converter=_joined,
        validator=LinesForm(),
        metadata=meaning("The verbatim text; in a file, the list of its lines."),
    )
    skipped: tuple[Quote, ...] = field(
        default=(),
        converter=to_quotes,
        validator=QUOTES,
        metadata=meaning(
            "Words of this source that state nothing about the agreement, such as a menu, a page number or a footer."
        ),
    )
    excerpt: bool = field(
        default=False, validator=BOOL, metadata=meaning("True: the text is only a part of the source. Default: false.")
    )
    sha256: str | None = field(
        default=None,
        validator=SHA256,
        metadata=meaning("SHA-256 of the text as UTF-8, its lines joined by line feeds. Checked if there is text."),
    )
    note: str | None = field(default=None, validator=TEXT, metadata=meaning("A remark by the record's author."))
