"""Words for the values of an agreement, the same on a terminal, on a page and in tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaekstaftale.model.agreement import RelationKind
from vaekstaftale.model.commitments import Initiative, Strength
from vaekstaftale.model.parties import Representative
from vaekstaftale.model.sources import SourceKind
from vaekstaftale.model.validity import Status

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


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
    """Return a date or a partial date in words: `5 September 2017`, `September 2017`, `2017`."""
    year, *more = map(int, str(value).split("-"))
    return " ".join([*map(str, more[1:]), *(_MONTHS[month - 1] for month in more[:1]), str(year)])


def length(value: relativedelta) -> str:
    """Return a calendar length in words: `9 months 26 days`."""
    parts = ((value.years, "year"), (value.months, "month"), (value.days, "day"))
    return " ".join(count(number, unit) for number, unit in parts if number)


def count(number: int, thing: str) -> str:
    """Return a number of things in words: `1 promise`, `9 promises`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def word(member: Strength | SourceKind | RelationKind) -> str:
    """Return a word of the file format as prose: `work towards`."""
    return str(member.value).replace("-", " ")


def numbered(initiative: Initiative) -> str:
    """Return how the source numbers an initiative, with a space after it, or an empty string: `§ 2 `, `2. `."""
    if initiative.label is not None:
        return f"{initiative.label} "
    return "" if initiative.number is None else f"{initiative.number}. "


def representative(person: Representative) -> str:
    """Return who spoke for a party in words: the name, the office, or both."""
    return ", ".join(filter(None, (person.name, person.office)))
