"""When an agreement is valid, and what is certain about a day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from attrs import field, frozen

from vaekstaftale.model.base import Value, meaning
from vaekstaftale.model.dates import PARTIAL_DATE, PartialDate, ordinal_of, span, to_partial_date
from vaekstaftale.model.numbers import BOOL
from vaekstaftale.model.sources import QUOTES, Quote, to_quotes

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


class Status(Enum):
    """What is certain about an agreement on one day."""

    #: The day is certainly before the agreement begins.
    NOT_YET = "not-yet"
    #: The agreement is certainly in force on the day.
    IN_FORCE = "in-force"
    #: The day is certainly after the agreement's end.
    ENDED = "ended"
    #: Neither is certain, because the sources do not state it or contradict themselves.
    NOT_STATED = "not-stated"


@frozen(kw_only=True, repr=False)
class ValidityPeriod(Value):
    """When an agreement is valid, as stated: from `start` to `end`, both days inclusive."""

    start: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=meaning("The first day on which the agreement is valid."),
    )
    end: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=meaning("The last day on which the agreement is valid."),
    )
    open_ended: bool = field(
        default=False,
        validator=BOOL,
        metadata=meaning("Whether the agreement is valid until further notice, without an end. Default: false."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(),
        converter=to_quotes,
        validator=QUOTES,
        metadata=meaning("The words that state the period, also those that no date can express."),
    )

    def status_on(self, day: date) -> Status:
        """Return what is certain about a day. Raises `TypeError` for a `datetime`."""
        number = ordinal_of(day)
        known = span(self.start, self.end, open_ended=self.open_ended)
        if known is None:
            return Status.NOT_STATED
        if number < known.earliest_start:
            return Status.NOT_YET
        if number > known.latest_end:
            return Status.ENDED
        return Status.IN_FORCE if known.latest_start <= number <= known.earliest_end else Status.NOT_STATED

    @property
    def length(self) -> relativedelta | None:
        """The calendar length, counting the first and the last day.

        `None` unless start and end are full days, in this order, and for an open-ended period.
        """
        from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - importing the library need not import dateutil

        if self.start is None or self.end is None or self.open_ended:
            return None
        if not (self.start.is_day and self.end.is_day) or self.end.earliest < self.start.earliest:
            return None
        first, last = self.start.earliest, self.end.earliest
        if last == date.max:  # there is no day after it; the calendar repeats itself every 400 years
            first, last = first.replace(year=first.year - 400), last.replace(year=last.year - 400)
        return relativedelta(last + timedelta(days=1), first)
