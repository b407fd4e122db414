"""Dates in Danish words, read for one purpose: to suggest how a file should write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

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

_DECEMBER = 12

# The patterns are compiled at their first use, because most files need none of them.
_MONTH_NAME = "|".join(name for names in _MONTHS for name in names)
_DANISH = (
    rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)}),?\s+)?(?:den\s+|d\.\s*)?"
    rf"(?:(?P<day>[0-9]{{1,2}})(?:\.\s*|\s+|[-/]))?(?P<month>(?:{_MONTH_NAME})\b\.?|[0-9]{{1,2}})(?:,?\s+|[-/.])"
    r"(?P<year>[0-9]{4})"
)
_NUMBERS = r"([0-9]{4})(?:[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})|([0-9]{2})([0-9]{2}))([T ][0-9:.]*)?"


def is_period(wording: str) -> bool:
    """Return whether a wording names a period, such as "2017/18", "2015-2018" or "1.1. til 31.12.2019"."""
    words = wording.strip()
    if years := re.fullmatch(r"([0-9]{2})([0-9]{2})[-/]([0-9]{2})", words):
        return int(years[3]) == (int(years[2]) + 1) % 100
    sides = re.split(r"\s*[–—]\s*|\s+(?:-|til|to)\s+|(?<=[0-9]{4})[-/](?=[0-9]{4})", words)
    return len(words) <= MAX_WORD_LENGTH and len(sides) == 2 and all(re.search("[0-9]", side) for side in sides)


def iso_date(wording: str) -> str | None:
    """Return the date in the file format, or `None` where that would be a guess.

    Reads "5. september 2017", "tirsdag d. 5. september 2017", "1. okt. 2017", "september 2017", "05-09-2017" (day
    first), "20170905", and "2017-30-09", where only one order is possible. Returns `None` for a weekday that does not
    fit, and for a time with a time zone, because the day may be another one elsewhere.

    Without a day, the result has only year and month. A date in digits, year first, is only rearranged: the caller must
    check that the day exists.
    """
    reading = _reading(wording)
    return None if reading is None else reading.date


def only_reading(wording: str) -> str | None:
    """Return the date as `iso_date` does, or `None` if it could be read in another way, such as "05-09-2017"."""
    reading = _reading(wording)
    return None if reading is None or not reading.is_only_one else reading.date


class _Reading(NamedTuple):
    date: str
    #: Whether no other date can have been meant, and nothing else, such as a time.
    is_only_one: bool


def _reading(wording: str) -> _Reading | None:
    words = re.sub("[\u2010-\u2015]", "-", wording.strip())  # hyphens and dashes that look alike
    if len(words) > MAX_WORD_LENGTH:
        return None
    if numbers := re.fullmatch(_NUMBERS, words):
        *digits, time = numbers.groups()
        year, month, day = (part.zfill(2) for part in digits if part)
        is_day_first = int(month) > _DECEMBER
        if is_day_first and words[:8].isdigit():  # "20112012" is more likely the 20th of November 2012
            return None
        return _Reading(f"{year}-{day}-{month}" if is_day_first else f"{year}-{month}-{day}", time is None)
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
    has_other_order = name.isdigit() and day.day <= _DECEMBER and day.day != month
    return _Reading(day.isoformat() if parts["day"] else day.isoformat()[: len("YYYY-MM")], not has_other_order)


def dates_in(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the days in a text: where each is, its words, and the date in the file format."""
    for found in re.finditer(_DAY_IN_TEXT, text, re.IGNORECASE | re.ASCII):
        day = iso_date(found.group())
        if day is not None and len(day) == len("YYYY-MM-DD"):
            yield found.start(), " ".join(found.group().split()), day


_DAY_IN_TEXT = (
    rf"(?<![\w.-])(?:\d{{1,2}}\.?\s+(?:{_MONTH_NAME})\b\.?,?\s+\d{{4}}|\d{{1,2}}[-./]\d{{1,2}}[-./]\d{{4}}"
    r"|\d{4}-\d{2}-\d{2})(?![\w-])"
)
