"""Timelines, drawn as far as dates are known: full where certain, pale where possible, dotted where not stated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element

from vaekstaftale import wording
from vaekstaftale.html.markup import Child, element
from vaekstaftale.model.dates import PartialDate, ordinal_of, ordinals_of, span
from vaekstaftale.model.validity import ValidityPeriod

#: About this many years are named along the line.
_MOST_YEARS = 6
#: The middle of a row's drawing, and half of the height of a bar, in pixels.
_MIDDLE, _HALF = 14, 6


class Row(NamedTuple):
    """One row of a timeline: its label, and what is drawn."""

    label: Child
    #: Days or ranges of days, such as a signing, as far as they are known.
    days: Sequence[PartialDate | None] = ()
    period: ValidityPeriod | None = None
    #: Whether the row belongs to the one above it.
    joined: bool = False


class _Scale:
    """Converts days to percentages of the width."""

    def __init__(self, rows: Sequence[Row], on: date) -> None:
        periods = [row.period for row in rows if row.period is not None]
        days = [*(day for row in rows for day in row.days), *(day for one in periods for day in (one.start, one.end))]
        known = [number for day in days if day is not None for number in ordinals_of(day)] or [ordinal_of(on)]
        first, last = date.fromordinal(min(known)).year, date.fromordinal(max(known)).year
        # A year on either side makes room for what is not stated.
        self._years = range(max(first - 1, date.min.year), min(last + 1, date.max.year) + 1)
        self._first = date(self._years[0], 1, 1).toordinal()
        self._days = date(self._years[-1], 12, 31).toordinal() + 1 - self._first
        #: The years that are named, each with where it begins.
        self.years = [(year, self(date(year, 1, 1).toordinal())) for year in _named(self._years)]

    def __call__(self, number: int) -> str:
        """Return where a day begins."""
        return f"{self.share(number):.2f}%"

    def share(self, number: int) -> float:
        """Return how far along the width a day begins, in percent; days outside are at the nearer end."""
        return 100 * min(max((number - self._first) / self._days, 0), 1)

    def side(self, day: date) -> int:
        """Return -1, 0 or 1 for a day before, within or after what is drawn."""
        return (day.year > self._years[-1]) - (day.year < self._years[0])


def timeline(rows: Sequence[Row], on: date) -> Element:
    """Return rows drawn under a line of years, with a mark at a day. The labels state in words what is drawn."""
    scale = _Scale(rows, on)
    lines = [
        element(
            "li",
            element("div", row.label, class_="label"),
            _drawing(scale, on, _shapes(scale, row)),
            class_="joined" if row.joined else None,
        )
        for row in rows
    ]
    return element("div", _axis(scale), element("ol", lines), _legend(scale, on), class_="timeline")


def _legend(scale: _Scale, on: date) -> Element:
    """Return what the drawings mean, and where the day is if it is not drawn."""
    outside = {-1: ", left of the drawing", 0: "", 1: ", right of the drawing"}[scale.side(on)]
    return element(
        "p",
        element("span", "certain", class_="key certain"),
        element("span", "possible", class_="key possible"),
        element("span", "not stated", class_="key unstated"),
        element("span", wording.day(on), outside, class_="key today"),
        class_="legend",
        aria_hidden="true",
    )


def _drawing(scale: _Scale, on: date, shapes: Iterable[Element]) -> Element:
    grid = [element("line", x1=x, x2=x, y1=0, y2="100%", class_="year") for _, x in scale.years]
    x = scale(ordinal_of(on))
    today = None if scale.side(on) else element("line", x1=x, x2=x, y1=0, y2="100%", class_="today")
    return element("svg", grid, shapes, today, width="100%", height=2 * _MIDDLE, aria_hidden="true")


def _axis(scale: _Scale) -> Element:
    names = [element("text", str(year), x=x, dx=4, y=14) for year, x in scale.years]
    return element("svg", names, width="100%", height=18, class_="axis", aria_hidden="true")


def _named(years: range) -> range:
    """Return the years that are named: every one, every second, fifth or tenth, and so on."""
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
    step = next(step for step in steps if len(years) <= _MOST_YEARS * step)
    return range(-(-years[0] // step) * step, years[-1] + 1, step)


def _shapes(scale: _Scale, row: Row) -> Iterator[Element]:
    if row.period is not None:
        yield from _bars(scale, row.period)
    for day in filter(None, row.days):
        first, last = ordinals_of(day)
        yield _point(scale(first)) if first == last else _bar(scale, first, last, "point possible")


def _bars(scale: _Scale, period: ValidityPeriod) -> Iterator[Element]:
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
        if begin > end:
            continue
        if kind == "unstated":
            yield element("line", x1=scale(begin), x2=scale(end + 1), y1=_MIDDLE, y2=_MIDDLE, class_=kind)
        else:
            yield _bar(scale, begin, end, kind)
    if period.open_ended:
        yield _at("100.00%", element("path", d=f"M-{_MIDDLE},-{_MIDDLE} L0,0 L-{_MIDDLE},{_MIDDLE} z", class_="arrow"))


def _bar(scale: _Scale, first: int, last: int, kind: str) -> Element:
    width = f"{max(scale.share(last + 1) - scale.share(first), 0.5):.2f}%"  # a single day is seen too
    return element("rect", x=scale(first), y=_MIDDLE - _HALF, width=width, height=2 * _HALF, rx=2, class_=kind)


def _point(x: str) -> Element:
    size = _HALF + 2
    return _at(x, element("path", d=f"M0,-{size} L{size},0 L0,{size} L-{size},0 z", class_="point"))


def _at(x: str, shape: Element) -> Element:
    return element("svg", shape, x=x, y=_MIDDLE, overflow="visible")
