"""Partial dates, validity periods and the status on a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from vaekstaftale import PartialDate, Source, Status, ValidityPeriod
from vaekstaftale.display import shown_in_python
from vaekstaftale.model.danish_dates import iso_date
from vaekstaftale.model.dates import PARTIAL_DATE, can_follow, span


class TestPartialDate:
    @pytest.mark.parametrize(
        ("text", "earliest", "latest"),
        [
            ("2017", date(2017, 1, 1), date(2017, 12, 31)),
            ("2017-09", date(2017, 9, 1), date(2017, 9, 30)),
            ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
            ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
            ("2017-09-05", date(2017, 9, 5), date(2017, 9, 5)),
            ("1000", date(1000, 1, 1), date(1000, 12, 31)),
            ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ],
    )
    def test_range(self, text: str, earliest: date, latest: date) -> None:
        """A partial date ranges from its earliest to its latest day."""
        value = PartialDate(text)

        assert (earliest, latest, text) == (value.earliest, value.latest, str(value))

    def test_from_date(self) -> None:
        """A `date` is converted to a partial date of one day."""
        assert PartialDate("2017-09-05") == PartialDate(date(2017, 9, 5))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "17",
            "0999",
            "10000",
            "2017-9",
            "2017-13",
            "2017-00",
            "2017-02-29",
            "2017-04-31",
            "2017-09-00",
            "20170905",
            "2017-W36-2",
            "2017-248",
            " 2017",
            "2017\n",
            "2017-09-05T00:00",
            "२०१७",
            "-2017",
            "5. september 2017",
        ],
    )
    def test_refused_text(self, text: str) -> None:
        """A string that is not a date raises ValueError."""
        with pytest.raises(ValueError, match="must be a date of the calendar"):
            PartialDate(text)

    def test_refused_date(self) -> None:
        """A date before the year 1000 raises ValueError, because it cannot be written in a file."""
        with pytest.raises(ValueError, match="0999-12-31"):
            PartialDate(date(999, 12, 31))

    def test_refused_datetime(self) -> None:
        """A `datetime` raises TypeError with the advice to pass its date."""
        with pytest.raises(TypeError, match=r"pass its \.date\(\)"):
            PartialDate(datetime(2017, 9, 5))  # noqa: DTZ001

    @pytest.mark.parametrize("value", [2017, None, 2017.0, b"2017"])
    def test_refused_type(self, value: object) -> None:
        """A value that is neither a date nor a string raises TypeError."""
        with pytest.raises(TypeError, match="must be a PartialDate, a str or a date") as caught:
            PartialDate(value)  # type: ignore[arg-type]

        assert str(caught.value).endswith(f"not {shown_in_python(value)}")

    @pytest.mark.parametrize("day", [datetime(2018, 1, 1), "2018-01-01", None])  # noqa: DTZ001
    def test_not_a_day(self, day: object) -> None:
        """Asking for the status on anything but a day raises a TypeError that shows the value."""
        with pytest.raises(TypeError) as caught:
            ValidityPeriod().status_on(day)  # type: ignore[arg-type]

        assert str(caught.value).startswith(f"day must be a datetime.date, not {shown_in_python(day)}")

    def test_unordered(self) -> None:
        """Partial dates have no order, because their ranges may overlap."""
        with pytest.raises(TypeError):
            PartialDate("2017") < PartialDate("2018")  # noqa: B015

    @given(st.dates(min_value=date(1000, 1, 1)))
    def test_every_day(self, day: date) -> None:
        """A partial date of a full day ranges over that day alone."""
        value = PartialDate(day.isoformat())

        assert (day, day, True) == (value.earliest, value.latest, value.is_day)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2017-09-05", "2017-09-05", ("2017-09-05", "2017-09-05")),
        ("2017-09-05", "2017", ("2017-09-05", "2017-12-31")),
        ("2017-09-05", "2017-09-04", None),
        ("2017", "2016", None),
    ],
)
def test_end_range(start: str, end: str, days: tuple[str, str] | None) -> None:
    """The possible days of the end are never before the start, but may include it."""
    numbers = None if days is None else tuple(date.fromisoformat(day).toordinal() for day in days)

    known = span(PartialDate(start), PartialDate(end), open_ended=False)
    assert numbers == (known and known[2:])


# The table in the section "Date semantics" of the file format, day by day, and a period that ends before it starts.
TABLE = [
    ("2017-09-05", "2018-06-30", "2017-09-04", Status.NOT_YET),
    ("2017-09-05", "2018-06-30", "2017-09-05", Status.IN_FORCE),
    ("2017-09-05", "2018-06-30", "2018-01-01", Status.IN_FORCE),
    ("2017-09-05", "2018-06-30", "2018-06-30", Status.IN_FORCE),
    ("2017-09-05", "2018-06-30", "2018-07-01", Status.ENDED),
    ("2017", "2018", "2016-12-31", Status.NOT_YET),
    ("2017", "2018", "2017-01-01", Status.NOT_STATED),
    ("2017", "2018", "2017-12-30", Status.NOT_STATED),
    ("2017", "2018", "2017-12-31", Status.IN_FORCE),
    ("2017", "2018", "2018-01-01", Status.IN_FORCE),
    ("2017", "2018", "2018-01-02", Status.NOT_STATED),
    ("2017", "2018", "2018-12-31", Status.NOT_STATED),
    ("2017", "2018", "2019-01-01", Status.ENDED),
    ("2015", "2015", "2014-12-31", Status.NOT_YET),
    ("2015", "2015", "2015-01-01", Status.NOT_STATED),
    ("2015", "2015", "2015-07-01", Status.NOT_STATED),
    ("2015", "2015", "2015-12-31", Status.NOT_STATED),
    ("2015", "2015", "2016-01-01", Status.ENDED),
    ("2017-09-05", "2017", "2017-09-04", Status.NOT_YET),
    ("2017-09-05", "2017", "2017-09-05", Status.IN_FORCE),
    ("2017-09-05", "2017", "2017-09-06", Status.NOT_STATED),
    ("2017-09-05", "2017", "2017-12-31", Status.NOT_STATED),
    ("2017-09-05", "2017", "2018-01-01", Status.ENDED),
    ("2017-09-05", None, "2017-09-04", Status.NOT_YET),
    ("2017-09-05", None, "2017-09-05", Status.IN_FORCE),
    ("2017-09-05", None, "2017-09-06", Status.NOT_STATED),
    (None, "2018-06-30", "2018-06-29", Status.NOT_STATED),
    (None, "2018-06-30", "2018-06-30", Status.IN_FORCE),
    (None, "2018-06-30", "2018-07-01", Status.ENDED),
    (None, None, "2018-07-01", Status.NOT_STATED),
    ("2018", "2017", "2017-06-01", Status.NOT_STATED),
    ("2018", "2017", "2016-06-01", Status.NOT_STATED),
]


@pytest.mark.parametrize(("start", "end", "day", "expected"), TABLE)
def test_table(start: str | None, end: str | None, day: str, expected: Status) -> None:
    """The status on each day is the one that the table states."""
    assert expected is ValidityPeriod(start=start, end=end).status_on(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2017-09-04", Status.NOT_YET), ("2017-09-05", Status.IN_FORCE), ("9999-12-31", Status.IN_FORCE)],
)
def test_open_ended(day: str, expected: Status) -> None:
    """An open-ended period never ends."""
    period = ValidityPeriod(start="2017-09-05", open_ended=True)

    assert expected is period.status_on(date.fromisoformat(day))


def test_open_ended_without_start() -> None:
    """The status of an open-ended period without a start is not stated, even on the last day of the calendar."""
    assert Status.NOT_STATED is ValidityPeriod(open_ended=True).status_on(date.max)


def test_datetime_is_not_a_day() -> None:
    """The status on a `datetime` raises TypeError."""
    with pytest.raises(TypeError, match="datetime"):
        ValidityPeriod().status_on(datetime(2017, 9, 5))  # noqa: DTZ001


# A calendar of 62 days: short enough to check every pair of a start and an end, and with partial dates in it.
_FIRST, _LAST = date(2015, 12, 5), date(2016, 2, 4)
_DAYS = [_FIRST + timedelta(days=number) for number in range((_LAST - _FIRST).days + 1)]
_PARTIAL_DATES = st.sampled_from(
    [None, "2015", "2015-12", "2016", "2016-01", *[day.isoformat() for day in _DAYS[10:50:4]]]
)


@given(_PARTIAL_DATES, _PARTIAL_DATES, st.booleans(), st.sampled_from(_DAYS))
def test_status_by_definition(start: str | None, end: str | None, open_ended: bool, day: date) -> None:  # noqa: FBT001
    """The status agrees with a check of every possible pair of a start and an end."""
    never = date.max

    def possible_days(value: str | None) -> list[date]:
        # One day before the calendar and one day after it represent all other days.
        calendar = [_FIRST - timedelta(days=1), *_DAYS, _LAST + timedelta(days=1)]
        if value is None:
            return [date.min, *calendar, never]
        partial = PartialDate(value)
        return [candidate for candidate in calendar if partial.earliest <= candidate <= partial.latest]

    ends = [never] if open_ended else possible_days(end)
    pairs = [(first, last) for first in possible_days(start) for last in ends if first <= last]
    expected = Status.NOT_STATED
    if pairs and all(day < first for first, _ in pairs):
        expected = Status.NOT_YET
    elif pairs and all(day > last for _, last in pairs):
        expected = Status.ENDED
    elif pairs and all(first <= day <= last for first, last in pairs):
        expected = Status.IN_FORCE

    assert expected is ValidityPeriod(start=start, end=end, open_ended=open_ended).status_on(day)


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("2018-06-30", "2018-06-30", True),
        ("2018-06-30", "2018-07-01", True),
        ("2018-06-30", "2018-06-29", False),
        ("2018-06", "2018-06", True),
        ("2018-06-30", "2018-06", True),
        ("2018-07-01", "2018-06", False),
        ("2018-06", "2018-06-01", True),
        ("2018-06", "2018-05-31", False),
        ("2018-12-31", "2018", True),
        ("2019-01", "2018", False),
        (None, "2018", True),
        ("2018", None, True),
    ],
)
def test_can_follow(earlier: str | None, later: str | None, *, expected: bool) -> None:
    """A date can follow another if some day of it is on or after some day of the other."""
    first, last = (None if date is None else PartialDate(date) for date in (earlier, later))

    assert can_follow(last, first) is expected


class TestLength:
    def test_both_days_count(self) -> None:
        """The length includes both the first and the last day."""
        period = ValidityPeriod(start="2017-09-05", end="2018-06-30")

        assert relativedelta(months=9, days=26) == period.length

    def test_one_day(self) -> None:
        """A period that starts and ends on the same day is one day long."""
        assert relativedelta(days=1) == ValidityPeriod(start="2017-09-05", end="2017-09-05").length

    def test_a_year(self) -> None:
        """A calendar year is one year long, even a leap year."""
        assert relativedelta(years=1) == ValidityPeriod(start="2016-01-01", end="2016-12-31").length

    def test_last_day_of_the_calendar(self) -> None:
        """A period that ends on 9999-12-31 has a length, although there is no next day."""
        assert relativedelta(months=1) == ValidityPeriod(start="9999-12-01", end="9999-12-31").length

    @pytest.mark.parametrize(
        ("start", "end"),
        [("2017", "2018-06-30"), ("2017-09-05", "2018-06"), (None, "2018-06-30"), ("2017-09-05", None)],
    )
    def test_unknown(self, start: str | None, end: str | None) -> None:
        """If the first or the last day is unknown, so is the length."""
        assert ValidityPeriod(start=start, end=end).length is None

    def test_no_length(self) -> None:
        """A period that ends before it starts or never ends has no length."""
        assert ValidityPeriod(start="2018-01-01", end="2017-01-01").length is None
        assert ValidityPeriod(start="2018-01-01", open_ended=True).length is None


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("5. september 2017", "2017-09-05"),
        ("den 30. juni 2018", "2018-06-30"),
        ("tirsdag den 5. september 2017", "2017-09-05"),
        ("Tirsdag d. 5. september 2017", "2017-09-05"),
        ("d.5. september, 2017", "2017-09-05"),
        ("2018-30-06", "2018-06-30"),
        ("2018-13-13", None),
        ("onsdag den 5. september 2017", None),
        ("1. okt. 2017", "2017-10-01"),
        ("05-09-2017", "2017-09-05"),
        ("5/9 2017", "2017-09-05"),
        ("5.9.2017", "2017-09-05"),
        ("2017-9-5", "2017-09-05"),
        ("20170905", "2017-09-05"),
        ("2017-09-05T12:00:00", "2017-09-05"),
        ("2017-09-05T22:00:00.000Z", None),
        ("2017-09-05T12:00:00+02:00", None),
        ("september 2017", "2017-09"),
        ("31-02-2017", None),
        ("09-15-2017", None),
        ("17. 10.2017", "2017-10-17"),
        ("17/10.2017", "2017-10-17"),
        ("13-13-2017", None),
        ("5. september", None),
        ("5. sæptember 2017", None),
        ("30. juni 2018 2019", None),
        ("5. september 0999", None),
        ("2017-W36-2", None),
        ("i morgen", None),
        ("", None),
    ],
)
def test_danish_wording(wording: str, expected: str | None) -> None:
    """A date in Danish is converted for a suggestion, but only if it can be read without guessing."""
    found = iso_date(wording)

    assert expected == (found if found is not None and PARTIAL_DATE.matches(found) else None)


def test_early_dates() -> None:
    """A date before the year 1000 is rejected with the name of its field."""
    with pytest.raises(ValueError, match=r"Source\.updated_on must be a date of the calendar"):
        Source(id="a", kind="other", updated_on=date(500, 1, 1))


def test_partial_date_of_a_partial_date() -> None:
    """A partial date can be built from a partial date."""
    assert PartialDate("2017") == PartialDate(PartialDate("2017"))


def test_subclass_of_str_as_a_date() -> None:
    """A subclass of `str` is a value of another type, as it is for texts."""
    with pytest.raises(TypeError, match="must be a PartialDate"):
        PartialDate(UserText("2017"))


class UserText(str):
    """A subclass of `str`."""

    __slots__ = ()
