"""Dates in Danish words, read for one purpose: to suggest how a file should write them."""

from __future__ import annotations

import re
from datetime import date

from vaekstaftale.limits import MAX_WORD_LENGTH

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

# The patterns are compiled at their first use, because most files need none of them.
_MONTH_NAME = "|".join(name for names in _MONTHS for name in names)
_DANISH = (
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+)?(?:den\s+)?"
    rf"(?:(?P<day>[0-9]{{1,2}})(?:\.\s*|\s+|[-/]))?(?P<month>(?:{_MONTH_NAME})\b\.?|[0-9]{{1,2}})(?:\s+|[-/.])"
    r"(?P<year>[0-9]{4})"
)
_NUMBERS = r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{2})([0-9]{2}))(?:[T ][0-9:.Z+]*)?"


def iso_date(wording: str) -> str | None:
    """Return the date in the file format, or `None` where that would be a guess.

    Reads "5. september 2017", "tirsdag den 5. september 2017", "1. okt. 2017", "september 2017", "05-09-2017" (day
    first) and "20170905". Returns `None` for a weekday that does not fit.

    Without a day, the result has only year and month. A date in digits, year first, is only rearranged: the caller must
    check that the day exists.
    """
    words = wording.strip()
    if len(words) > MAX_WORD_LENGTH:
        return None
    if numbers := re.fullmatch(_NUMBERS, words):
        return "-".join(part.zfill(2) for part in numbers.groups() if part)
    parts = re.fullmatch(_DANISH, words.lower(), re.ASCII)
    if parts is None or (parts["day"] is None and (parts["month"][0].isdigit() or parts["weekday"])):
        return None

    name = parts["month"].rstrip(".")
    month = int(name) if name.isdigit() else next(i for i, names in enumerate(_MONTHS, start=1) if name in names)
    try:
        day = date(int(parts["year"]), month, int(parts["day"] or 1))
    except ValueError:
        return None
    if parts["weekday"] and _WEEKDAYS[day.weekday()] != parts["weekday"]:
        return None
    return day.isoformat() if parts["day"] else day.isoformat()[: len("YYYY-MM")]
