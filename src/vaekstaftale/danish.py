"""Danish wording of dates, read for one purpose only: to suggest what a file should say instead."""

from __future__ import annotations

import re
from typing import Any, cast

from vaekstaftale.forms import DATE

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
_DANISH = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+)?(?:den\s+)?"
    rf"(?:(?P<day>[0-9]{{1,2}})(?:\.\s*|\s+|[-/]))?(?P<month>(?:{_MONTH_NAME})\b\.?|[0-9]{{1,2}})(?:\s+|[-/.])"
    r"(?P<year>[0-9]{4})",
    re.IGNORECASE | re.ASCII,
)
_NUMBERS = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?:[T ][0-9:.Z+]*)?")


def iso_form(wording: str) -> str | None:
    """Write a date as a file must have it, or give `None` where that would be a guess.

    Reads "5. september 2017", "tirsdag den 5. september 2017", "1. okt. 2017", "september 2017", "05-09-2017" (day
    first) and "20170905". A weekday that does not fit, or a day that does not exist, gives `None`.

    The pattern decides what is read at all and dateutil, knowing the Danish names, which day it is: alone it would
    fill what is missing from today and pass a wrong weekday.
    """
    words = wording.strip()[:60]
    if numbers := _NUMBERS.fullmatch(words):
        written = "-".join(part.zfill(2) for part in numbers.groups() if part)
        return written if DATE.accepts(written) else None
    parts = _DANISH.fullmatch(words)
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
        return None  # month first: which of the two is meant is anybody's guess
    if parts["weekday"] and _WEEKDAYS[day.weekday()] != parts["weekday"].lower():
        return None
    written = day.isoformat() if parts["day"] else day.isoformat()[: len("YYYY-MM")]
    return written if DATE.accepts(written) else None
