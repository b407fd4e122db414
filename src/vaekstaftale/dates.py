"""Dates as far as they are known, and what is certain about a period of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple, NoReturn, cast

from attrs import field, frozen

from vaekstaftale.forms import DATE, Form, as_python


class Status(Enum):
    """What the sources settle about an agreement on one day."""

    #: The day is certainly before the agreement begins.
    NOT_YET = "not-yet"
    #: The agreement certainly holds on the day.
    IN_FORCE = "in-force"
    #: The day is certainly after the agreement's end.
    ENDED = "ended"
    #: The sources do not settle it.
    NOT_STATED = "not-stated"


def _text_of(value: str | date | PartialDate) -> str:
    """Write a `date` as the text of a full day; what is neither is left for the validator to refuse."""
    if isinstance(value, PartialDate):
        return value.value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return cast("str", value)


def _refuse(name: str, value: object) -> NoReturn:
    if isinstance(value, datetime):
        raise TypeError(f"{name} must be a date, not the datetime {value.isoformat()}: pass its .date()")
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a PartialDate, a str or a date, not {as_python(value)}")
    raise ValueError(f"{name} must be {DATE.expected}, not {as_python(value)}")


@frozen
class PartialDate:
    """A year, a month or a day, as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Takes a text (ISO 8601-2 / EDTF level 0, years 1000 to 9999) or a `datetime.date`. There is no `<`, because
    2017 is neither before nor after 2017-09: sort by `earliest` or by `latest`.

    >>> PartialDate("2017-09").latest
    datetime.date(2017, 9, 30)

    Raises `ValueError` for a text of another form or a day that does not exist, and `TypeError` for other types,
    a `datetime` among them.
    """

    #: The text, as it stands in a file.
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
        """Whether the very day is known, not only its year or month."""
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
    """Convert what a date field takes; what is no date is left for `PARTIAL_DATE` to refuse by the field's name."""
    if isinstance(value, (str, date)):
        text = _text_of(value)
        return PartialDate(text) if DATE.accepts(text) else cast("PartialDate", text)
    return value


class PartialDateForm(Form):
    """A `PartialDate`. In a file: its text."""

    expected = DATE.expected

    def accepts(self, value: object) -> bool:
        return type(value) is PartialDate

    def refuse(self, name: str, value: object) -> NoReturn:
        _refuse(name, value)


PARTIAL_DATE = PartialDateForm()

# Days are counted by their ordinal, so that "before every day" and "after every day" are numbers too.
_BEFORE_ALL_DAYS = 0
_AFTER_ALL_DAYS = date.max.toordinal() + 1


def day_number(day: date) -> int:
    """Give the ordinal of a day; `TypeError` for a `datetime`, which says more than a day."""
    if not isinstance(cast("object", day), date) or isinstance(day, datetime):
        raise TypeError(f"a day must be a datetime.date, not {as_python(day)}")
    return day.toordinal()


def range_of(value: PartialDate | None) -> tuple[int, int]:
    """Give the ordinals of the first and the last day that a date may be; an absent one may be any."""
    if value is None:
        return _BEFORE_ALL_DAYS, _AFTER_ALL_DAYS
    return value.earliest.toordinal(), value.latest.toordinal()


def can_follow(later: PartialDate | None, earlier: PartialDate | None) -> bool:
    """Tell whether the later date may be on or after the earlier one."""
    return later is None or earlier is None or later.latest >= earlier.earliest


def end_range(start: PartialDate | None, end: PartialDate | None) -> tuple[int, int] | None:
    """Give the ordinals of the first and the last day that the end may be, after the start; `None` if there is none."""
    first_start, (first_end, last_end) = range_of(start)[0], range_of(end)
    return (max(first_start, first_end), last_end) if first_start <= last_end else None


class Span(NamedTuple):
    """What is certain about a period, as ordinals of days: four of them decide."""

    #: Before this day it has certainly not begun.
    first: int
    #: From this day to the next one, both included, it certainly holds; where they are in that order.
    surely_from: int
    surely_to: int
    #: After this day it has certainly ended.
    last: int


def span(start: PartialDate | None, end: PartialDate | None, *, open_ended: bool) -> Span | None:
    """Tell what is certain about a period of which both end days are part; `None` if it ends before it starts.

    Only pairs of a start and an end with start ≤ end count. Over all of them, the start runs from its earliest
    day to its latest one but no later than the last end, and the end likewise.
    """
    first_start, last_start = range_of(start)
    first_end, last_end = (_AFTER_ALL_DAYS, _AFTER_ALL_DAYS) if open_ended else range_of(end)
    if first_start > last_end:
        return None
    return Span(first_start, min(last_start, last_end), max(first_end, first_start), last_end)


def status_on(day: date, start: PartialDate | None, end: PartialDate | None, *, open_ended: bool) -> Status:
    """Tell what is certain about a day and a period of which both end days are part."""
    number = day_number(day)
    decisive = span(start, end, open_ended=open_ended)
    if decisive is None:
        return Status.NOT_STATED
    if number < decisive.first:
        return Status.NOT_YET
    if number > decisive.last:
        return Status.ENDED
    return Status.IN_FORCE if decisive.surely_from <= number <= decisive.surely_to else Status.NOT_STATED
