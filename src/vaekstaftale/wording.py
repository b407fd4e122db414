"""How the library words what an agreement says, alike on a terminal and on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaekstaftale.dates import Status

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

    from vaekstaftale.model import RelationKind, Representative, SourceKind, Strength

STATUS = {
    Status.NOT_YET: "not yet in force",
    Status.IN_FORCE: "in force",
    Status.ENDED: "ended",
    Status.NOT_STATED: "not stated by the sources",
}

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(value: object) -> str:
    """Word a date or a partial date: `5 September 2017`, `September 2017`, `2017`."""
    year, *more = map(int, str(value).split("-"))
    return " ".join([*map(str, more[1:]), *(_MONTHS[month - 1] for month in more[:1]), str(year)])


def length(value: relativedelta) -> str:
    """Word a calendar length: `9 months 26 days`."""
    parts = ((value.years, "year"), (value.months, "month"), (value.days, "day"))
    return " ".join(count(number, unit) for number, unit in parts if number)


def count(number: int, thing: str) -> str:
    """Word a number of things: `1 promise`, `9 promises`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def word(one: Strength | SourceKind | RelationKind) -> str:
    """Word one of the words of a file: `work towards`."""
    return str(one.value).replace("-", " ")


def representative(one: Representative) -> str:
    """Word who spoke for a party: the name, the office, or both."""
    return ", ".join(filter(None, (one.name, one.office)))
