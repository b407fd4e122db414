"""Dates in Danish words, read for one purpose: to suggest how a file should write them."""

from __future__ import annotations

import re  # patterns are compiled at their first use, because most files need none of them
from typing import Any, cast

_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MONTHS: tuple[tuple[str, ...], ...] = (
    ("jan", "januar"),
    ("feb", "februar"),
    ("mar", "marts"),
    ("apr", "april"),
    ("maj",),
    ("jun", "juni"),
    ("jul", "juli"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("okt", "oktober"),
    ("nov", "november"),
    ("dec", "december"),
)

_MONTH_NAME = "|".join(name for names in _MONTHS for name in reversed(names))
_DANISH = (
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+)?(?:den\s+)?"
    rf"(?:(?P<day>[0-9]{{1,2}})(?:\.\s*|\s+|[-/]))?(?P<month>(?:{_MONTH_NAME})\b\.?|[0-9]{{1,2}})(?:\s+|[-/.])"
    r"(?P<year>[0-9]{4})"
)
_NUMBERS = r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?:[T ][0-9:.Z+]*)?"


def iso_date(wording: str) -> str | None:
    """Return a date as a file writes it, or `None` where that would be a guess.

    Reads "5. september 2017", "tirsdag den 5. september 2017", "1. okt. 2017", "september 2017", "05-09-2017" (day
    first) and "20170905". Returns `None` for a weekday that does not fit. Whether the day exists is not checked for
    digits alone.

    The pattern decides what is read at all, and dateutil, which is given the Danish names, decides which day it is:
    alone, it would take missing parts from today's date and accept a wrong weekday.
    """
    words = wording.strip()[:60]
    if numbers := re.fullmatch(_NUMBERS, words):
        return "-".join(part.zfill(2) for part in numbers.groups() if part)
    parts = re.fullmatch(_DANISH, words, re.IGNORECASE | re.ASCII)
    if parts is None or (parts["day"] is None and parts["month"][0].isdigit()):
        return None

    from dateutil.parser import ParserError, parse, parserinfo  # noqa: PLC0415 - takes 30 ms to import

    class Danish(parserinfo):
        MONTHS = cast("Any", list(_MONTHS))
        WEEKDAYS = [(name[:3], name) for name in _WEEKDAYS]  # noqa: RUF012
        JUMP = [" ", ".", ",", "-", "/", "den"]  # noqa: RUF012

    try:
        day = parse(words if parts["day"] else f"1. {words}", parserinfo=Danish(dayfirst=True)).date()
    except (ParserError, OverflowError):
        return None
    if day.day != int(parts["day"] or 1):
        return None  # month first: either of the two could be meant
    if parts["weekday"] and _WEEKDAYS[day.weekday()] != parts["weekday"].lower():
        return None
    return day.isoformat() if parts["day"] else day.isoformat()[: len("YYYY-MM")]
