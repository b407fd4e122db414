"""Dates that may be known only to the month or the year, and arithmetic on ranges of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from attrs import field, frozen

from vaekstaftale.display import shown, shown_in_python
from vaekstaftale.model.danish_dates import is_period, iso_date, only_reading
from vaekstaftale.model.strings import PatternForm
from vaekstaftale.problems import Hint, in_quotes


def _text_of(value: str | date | PartialDate) -> str:
    """Return the string of a date, and anything that is not a date unchanged for the validator to refuse."""
    if isinstance(value, PartialDate):
        return value.value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return cast("str", value)


@frozen
class PartialDate:
    """A year, a month or a day, as far as it is known: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Takes a string (ISO 8601-2 / EDTF level 0, years 1000 to 9999) or a `datetime.date`. There is no `<`, because
    2017 is neither before nor after 2017-09: sort by `earliest` or by `latest`.

    >>> PartialDate("2017-09").latest
    datetime.date(2017, 9, 30)

    Raises `ValueError` for a string of another form or a day that does not exist, and `TypeError` for other types,
    including `datetime`.
    """

    #: The string, as a file contains it.
    value: str = field(converter=_text_of)

    @value.validator
    def _check(self, _attribute: object, value: object) -> None:
        if type(value) is not str or not PARTIAL_DATE.is_right(value):
            PARTIAL_DATE.refuse("PartialDate", value)

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
        return date.fromisoformat(self.value + "-01-01"[len(self.value) - len("YYYY") :])  # with the missing parts

    @property
    def latest(self) -> date:
        """The last day that it may be."""
        if self.is_day:
            return self.earliest
        year, month = int(self.value[:4]), int(self.value[5:] or 12)
        return date(year, month, monthrange(year, month)[1])


def to_partial_date(value: PartialDate | str | date | None) -> PartialDate | None:
    """Convert a string or a `date` to a `PartialDate`, and return anything else for the validator to refuse."""
    if isinstance(value, (str, date)):
        text = _text_of(value)
        return PartialDate(text) if type(text) is str and PARTIAL_DATE.is_right(text) else cast("PartialDate", text)
    return value


class PartialDateForm(PatternForm):
    """A `PartialDate`; in a file, its string."""

    def accepts(self, value: object) -> bool:
        return type(value) is PartialDate

    def read(self, data: Any) -> PartialDate:
        # Not left to the validator of `PartialDate`, which a program can switch off.
        if type(data) is not str or not self.matches(data):
            raise ValueError(data)
        return PartialDate(data)

    def is_right(self, data: Any) -> bool:
        return self.matches(data)

    def hint(self, data: Any) -> Hint | str | None:
        if is_period(data):
            return "this looks like a period; a date is one day, month or year"
        return super().hint(data)

    def refuse(self, name: str, value: object) -> None:
        if isinstance(value, datetime):
            raise TypeError(f"{name} must be a date, not the datetime {value.isoformat()}: pass its .date()")
        if type(value) is not str:
            raise TypeError(f"{name} must be a PartialDate, a str or a date, not {shown_in_python(value)}")
        super().refuse(name, value)

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        if type(data) is int:
            written = shown(data)
            for text in (written, only_reading(written)):
                if text is not None and self.is_right(text):
                    return in_quotes(text)
        return super().wrong_type_hint(data)


_LEAP_YEAR = "(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)"

PARTIAL_DATE = PartialDateForm(
    name="partial-date",
    codes=("bad-date",),
    label="partial date",
    expected="a date of the calendar, written YYYY, YYYY-MM or YYYY-MM-DD (years 1000 to 9999)",
    pattern=(
        "[1-9][0-9]{3}"
        "(?:-(?:0[1-9]|1[0-2]))?"
        "|[1-9][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
        "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
        "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
        f"|{_LEAP_YEAR}-02-29"
    ),
    safe_corrections=(str.strip, only_reading),
    corrections=(iso_date,),
)

# --- Ranges of days ---------------------------------------------------------------------------------------
#
# A day is its ordinal here, so that "before every day" and "after every day" are numbers too.

_BEFORE_ALL_DAYS = 0
_AFTER_ALL_DAYS = date.max.toordinal() + 1


def ordinal_of(day: date, name: str = "day") -> int:
    """Return the ordinal of a day. Raises `TypeError` for a `datetime`, which states more than a day, and non-dates."""
    if not isinstance(cast("object", day), date) or isinstance(day, datetime):
        instead = "; pass its .date()" if isinstance(day, datetime) else ""
        instead = "; pass its .earliest or .latest" if isinstance(day, PartialDate) else instead
        raise TypeError(f"{name} must be a datetime.date, not {shown_in_python(day)}{instead}")
    return day.toordinal()


def ordinals_of(value: PartialDate | None) -> tuple[int, int]:
    """Return the ordinals of the first and the last day that a date may be; an absent date may be any day."""
    if value is None:
        return _BEFORE_ALL_DAYS, _AFTER_ALL_DAYS
    return value.earliest.toordinal(), value.latest.toordinal()


def can_follow(later: PartialDate | None, earlier: PartialDate | None) -> bool:
    """Return whether `later` may be on or after `earlier`; an absent date may be any day."""
    return ordinals_of(later)[1] >= ordinals_of(earlier)[0]


class Span(NamedTuple):
    """When a period may start and end, as ordinals of days, both inclusive.

    It is certainly in force from `latest_start` to `earliest_end`, if these are in this order.
    """

    earliest_start: int
    latest_start: int
    earliest_end: int
    latest_end: int


def span(start: PartialDate | None, end: PartialDate | None, *, open_ended: bool) -> Span | None:
    """Return when a period may start and end; `None` if it certainly ends before it starts.

    The file format, "Date semantics", states the rule. Start and end may each be any of their days, as long as the
    start is not after the end. So the latest start is not after the latest end, and the earliest end is not before the
    earliest start. If the period is open-ended, `end` is ignored.
    """
    first_start, last_start = ordinals_of(start)
    first_end, last_end = (_AFTER_ALL_DAYS, _AFTER_ALL_DAYS) if open_ended else ordinals_of(end)
    if first_start > last_end:
        return None
    return Span(first_start, min(last_start, last_end), max(first_end, first_start), last_end)
