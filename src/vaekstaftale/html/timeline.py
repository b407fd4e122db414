"""Timelines, drawn as far as dates are known: dark where certain, light where possible, dotted where not stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element

from vaekstaftale.html.markup import element
from vaekstaftale.model.dates import PartialDate, ordinal_of, ordinals_of, span
from vaekstaftale.model.validity import ValidityPeriod

#: About this many years are named along the line.
_MOST_YEARS = 8
#: The middle of a row's drawing, and half of the height of a bar, in pixels.
_MIDDLE, _HALF = 14, 6


#: How much of the width the name of the day takes, and a year before it, in percent.
_WIDTH_OF_DAY = 30


class Row(NamedTuple):
    """What is drawn in one row: when an agreement was signed, and its effective period."""

    signed_on: PartialDate | None
    period: ValidityPeriod


class Scale:
    """Converts days to percentages of the width: from the first known year to the last one."""

    def __init__(self, rows: Sequence[Row], on: date, *, with_day: bool) -> None:
        days = [day for row in rows for day in (row.signed_on, row.period.start, row.period.end) if day is not None]
        known = [number for day in days for number in ordinals_of(day)]
        if with_day:
            known.append(ordinal_of(on))
        first, last = date.fromordinal(min(known)).year, date.fromordinal(max(known)).year
        self._first = date(first, 1, 1).toordinal()
        self._days = date(last, 12, 31).toordinal() + 1 - self._first
        self._on = ordinal_of(on)
        #: Whether the day is drawn.
        self.has_day = self._first <= self._on < self._first + self._days
        #: The years that are named, each with where it begins.
        self.years = [(year, self(date(year, 1, 1).toordinal())) for year in _named(range(first, last + 1))]

    def __call__(self, number: int) -> str:
        """Return where a day begins."""
        return f"{self.share(number):.2f}%"

    def share(self, number: int) -> float:
        """Return how far along the width a day begins, in percent; days outside are at the nearer end."""
        return 100 * min(max((number - self._first) / self._days, 0), 1)

    @property
    def today(self) -> str:
        """Where the day is."""
        return f"{self.share(self._on):.2f}%"

    def axis(self, day: str) -> Element:
        """Return the names of the years, and the day."""
        # No name is written below that of the day.
        limit = self.share(self._on) - _WIDTH_OF_DAY if self.has_day else 100
        named = [(year, x) for year, x in self.years if float(x.rstrip("%")) < limit or not self.has_day]
        names = [element("text", str(year), x=x, y=14) for year, x in named]
        now = element("text", day, x=self.today, y=14, text_anchor="end", class_="now") if self.has_day else None
        return element("svg", names, now, width="100%", height=18, class_="axis", aria_hidden="true")


def drawing(scale: Scale, row: Row) -> Element:
    """Return one row. What it says is said in words beside it."""
    grid = [element("line", x1=x, x2=x, y1=0, y2="100%", class_="year") for _, x in scale.years]
    today = element("line", x1=scale.today, x2=scale.today, y1=0, y2="100%", class_="today") if scale.has_day else None
    return element("svg", grid, _shapes(scale, row), today, width="100%", height=2 * _MIDDLE, aria_hidden="true")


def kinds_of(row: Row) -> set[str]:
    """Return what occurs in the drawing of a row: "certain", "possible", "unstated"."""
    return {kind for _, _, kind in _stretches(row.period)}


def _named(years: range) -> range:
    """Return the years that are named: every one, every second, fifth or tenth, and so on."""
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
    step = next(step for step in steps if len(years) <= _MOST_YEARS * step)
    return range(-(-years[0] // step) * step, years[-1] + 1, step)


def _stretches(period: ValidityPeriod) -> Iterator[tuple[int, int, str]]:
    """Yield ranges of days, both inclusive, each with what is certain about them."""
    known = span(period.start, period.end, open_ended=period.open_ended)
    if known is None:
        return
    begins = "possible" if period.start else "unstated"
    ends = "possible" if period.end or period.open_ended else "unstated"
    # If no day is certain, the first day on which it surely is in force would be after the last one.
    first, last = sorted(known[1:3])
    possible = "possible" if "possible" in (begins, ends) else "unstated"
    middle = "certain" if known.latest_start <= known.earliest_end else possible
    for begin, end, kind in (
        (known.earliest_start, first - 1, begins),
        (last + 1, known.latest_end, ends),
        (first, last, middle),
    ):
        if begin <= end:
            yield begin, end, kind


def _shapes(scale: Scale, row: Row) -> Iterator[Element]:
    for begin, end, kind in _stretches(row.period):
        if kind == "unstated":
            yield element("line", x1=scale(begin), x2=scale(end + 1), y1=_MIDDLE, y2=_MIDDLE, class_=kind)
        else:
            width = f"{max(scale.share(end + 1) - scale.share(begin), 0.5):.2f}%"  # a single day is seen too
            yield element("rect", x=scale(begin), y=_MIDDLE - _HALF, width=width, height=2 * _HALF, rx=2, class_=kind)
    if row.period.open_ended:
        yield _at("100.00%", f"M-{_MIDDLE},-{_MIDDLE} L0,0 L-{_MIDDLE},{_MIDDLE} z", "arrow")
    if row.signed_on is not None and row.signed_on.is_day:
        size = _HALF + 2
        shape = f"M0,-{size} L{size},0 L0,{size} L-{size},0 z"
        yield _at(scale(row.signed_on.earliest.toordinal()), shape, "sign")


def _at(x: str, path: str, class_: str) -> Element:
    return element("svg", element("path", d=path, class_=class_), x=x, y=_MIDDLE, overflow="visible")
