"""Dates that may be known only to the month or the year, and arithmetic on ranges of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Any, NamedTuple, NoReturn, cast

from attrs import field, frozen

from vaekstaftale.display import shown, shown_in_python
from vaekstaftale.model.forms import Form
from vaekstaftale.model.strings import DATE
from vaekstaftale.problems import Path, Violation


def _text_of(value: str | date | PartialDate) -> str:
    """Return the text of a date, and anything that is not a date unchanged for the validator to refuse."""
    if isinstance(value, PartialDate):
        return value.value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return cast("str", value)


def _refuse(name: str, value: object) -> NoReturn:
    if isinstance(value, datetime):
        raise TypeError(f"{name} must be a date, not the datetime {value.isoformat()}: pass its .date()")
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a PartialDate, a str or a date, not {shown_in_python(value)}")
    raise ValueError(f"{name} must be {DATE.expected}, not {shown_in_python(value)}")


@frozen
class PartialDate:
    """A year, a month or a day, as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Takes a text (ISO 8601-2 / EDTF level 0, years 1000 to 9999) or a `datetime.date`. There is no `<`, because
    2017 is neither before nor after 2017-09: sort by `earliest` or by `latest`.

    >>> PartialDate("2017-09").latest
    datetime.date(2017, 9, 30)

    Raises `ValueError` for a text of another form or a day that does not exist, and `TypeError` for other types,
    including `datetime`.
    """

    #: The text, as a file contains it.
    value: str = field(converter=_text_of)

    @value.validator
    def _check(self, _attribute: object, value: object) -> None:
        if not DATE.accepts(value):
            _refuse("PartialDate", value)

    def __str__(self) -> str:
        return self.value

    def __repr__(self) -> str:
        return f"PartialDate({self.value!r})"

    @property
    def is_day(self) -> bool:
        """Whether the day is known, not only its year or month."""
        return len(self.value) == len("YYYY-MM-DD")

    @property
    def earliest(self) -> date:
        """The first day that it may be."""
        return date.fromisoformat(self.value + "-01-01"[len(self.value) - len("YYYY") :])

    @property
    def latest(self) -> date:
        """The last day that it may be."""
        if self.is_day:
            return self.earliest
        year, month = int(self.value[:4]), int(self.value[5:] or 12)
        return date(year, month, monthrange(year, month)[1])


def to_partial_date(value: PartialDate | str | date | None) -> PartialDate | None:
    """Convert a text or a `date` to a `PartialDate`, and return anything else for `PARTIAL_DATE` to refuse by name."""
    if isinstance(value, (str, date)):
        text = _text_of(value)
        return PartialDate(text) if DATE.accepts(text) else cast("PartialDate", text)
    return value


class PartialDateForm(Form):
    """A `PartialDate`; in a file, its text."""

    json_type = DATE.json_type
    data_type = str
    code = DATE.code
    name = DATE.name
    label = DATE.label
    expected = DATE.expected

    def accepts(self, value: object) -> bool:
        return type(value) is PartialDate

    def refuse(self, name: str, value: object) -> NoReturn:
        _refuse(name, value)

    def accepts_data(self, data: Any) -> bool:
        return DATE.matches(data)

    def outside(self, data: Any, path: Path) -> Violation:
        return DATE.outside(data, path)

    def type_hint(self, data: Any) -> str | None:
        if type(data) is int:
            written = shown(data)
            for text in (written, *(correct(written) for correct in DATE.corrections)):
                if text is not None and DATE.matches(text):
                    return f'write "{text}" in quotes'
        return super().type_hint(data)

    def from_data(self, data: Any) -> PartialDate:
        return PartialDate(data)

    def to_data(self, value: Any) -> Any:
        return value.value

    def definition(self) -> dict[str, Any]:
        return DATE.definition()


PARTIAL_DATE = PartialDateForm()

# --- Ranges of days ---------------------------------------------------------------------------------------
#
# A day is its ordinal here, so that "before every day" and "after every day" are numbers too.

_BEFORE_ALL_DAYS = 0
_AFTER_ALL_DAYS = date.max.toordinal() + 1


def day_number(day: date) -> int:
    """Return the ordinal of a day. Raises `TypeError` for a `datetime`, which states more than a day."""
    if not isinstance(cast("object", day), date) or isinstance(day, datetime):
        raise TypeError(f"a day must be a datetime.date, not {shown_in_python(day)}")
    return day.toordinal()


def range_of(value: PartialDate | None) -> tuple[int, int]:
    """Return the ordinals of the first and the last day that a date may be; an absent date may be any day."""
    if value is None:
        return _BEFORE_ALL_DAYS, _AFTER_ALL_DAYS
    return value.earliest.toordinal(), value.latest.toordinal()


def can_follow(later: PartialDate | None, earlier: PartialDate | None) -> bool:
    """Return whether `later` may be on or after `earlier`; an absent date may be any day."""
    return later is None or earlier is None or later.latest >= earlier.earliest


def end_range(start: PartialDate | None, end: PartialDate | None) -> tuple[int, int] | None:
    """Return the ordinals of the first and last day that the end may be; `None` if all are before the start."""
    first_start, (first_end, last_end) = range_of(start)[0], range_of(end)
    return (max(first_start, first_end), last_end) if first_start <= last_end else None


class Span(NamedTuple):
    """What is certain about a period, as ordinals of days."""

    #: Before this day, the period has certainly not begun.
    first: int
    #: From this day to the next one, inclusive, it is certainly in force; if the two are in this order.
    surely_from: int
    surely_to: int
    #: After this day, it has certainly ended.
    last: int


def span(start: PartialDate | None, end: PartialDate | None, *, open_ended: bool) -> Span | None:
    """Return what is certain about a period that includes both end days; `None` if it ends before it starts.

    The file format, "Date semantics", states the rule: only pairs of a start and an end with start ≤ end count. Over
    all such pairs, the start runs from its earliest day to its latest one but not past the last end, and the end
    likewise.
    """
    first_start, last_start = range_of(start)
    first_end, last_end = (_AFTER_ALL_DAYS, _AFTER_ALL_DAYS) if open_ended else range_of(end)
    if first_start > last_end:
        return None
    return Span(first_start, min(last_start, last_end), max(first_end, first_start), last_end)
