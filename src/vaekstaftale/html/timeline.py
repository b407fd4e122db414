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
    #: Days or ranges of days, such as a signing.
    days: Sequence[PartialDate] = ()
    period: ValidityPeriod | None = None
    #: Whether the row belongs to the one above it.
    joined: bool = False


class _Scale:
    """Converts days to percentages of the width."""

    def __init__(self, rows: Sequence[Row], on: date) -> None:
        known = [number for row in rows for day in _known(row) for number in ordinals_of(day)] or [ordinal_of(on)]
        years = date.fromordinal(min(known)).year, date.fromordinal(max(known)).year
        # A year on either side makes room for what is not stated.
        self.years = range(max(years[0] - 1, date.min.year), min(years[1] + 1, date.max.year) + 1)
        self._first = date(self.years[0], 1, 1).toordinal()
        self._days = date(self.years[-1], 12, 31).toordinal() + 1 - self._first

    def __call__(self, number: int) -> float:
        """Return where a day begins; days outside are at the nearer end."""
        return 100 * min(max((number - self._first) / self._days, 0), 1)

    def side(self, day: date) -> int:
        """Return whether a day is before (-1), within (0) or after (1) what is drawn."""
        return (day.year > self.years[-1]) - (day.year < self.years[0])


def _known(row: Row) -> Iterator[PartialDate]:
    yield from row.days
    if row.period is not None:
        yield from filter(None, (row.period.start, row.period.end))


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
    grid = [
        element("line", x1=_percent(x), x2=_percent(x), y1=0, y2="100%", class_="year")
        for x in (scale(date(year, 1, 1).toordinal()) for year in _named(scale.years))
    ]
    x = _percent(scale(ordinal_of(on)))
    today = None if scale.side(on) else element("line", x1=x, x2=x, y1=0, y2="100%", class_="today")
    return element("svg", grid, shapes, today, width="100%", height=2 * _MIDDLE, aria_hidden="true")


def _axis(scale: _Scale) -> Element:
    names = [
        element("text", str(year), x=_percent(scale(date(year, 1, 1).toordinal())), dx=4, y=14)
        for year in _named(scale.years)
    ]
    return element("svg", names, width="100%", height=18, class_="axis", aria_hidden="true")


def _named(years: range) -> range:
    """Return the years that are named: every one, every second, fifth or tenth, and so on."""
    step = next(
        unit * 10**power for power in range(5) for unit in (1, 2, 5) if len(years) <= _MOST_YEARS * unit * 10**power
    )
    return range(-(-years[0] // step) * step, years[-1] + 1, step)


def _shapes(scale: _Scale, row: Row) -> Iterator[Element]:
    if row.period is not None:
        yield from _bars(scale, row.period)
    for day in row.days:
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
    middle = (
        "certain" if known.latest_start <= known.earliest_end else max(begins, ends, key=["unstated", "possible"].index)
    )
    yield from _stretch(scale, known.earliest_start, first - 1, begins)
    yield from _stretch(scale, last + 1, known.latest_end, ends)
    yield from _stretch(scale, first, last, middle)
    if period.open_ended:
        yield _at(100, element("path", d=f"M-{_MIDDLE},-{_MIDDLE} L0,0 L-{_MIDDLE},{_MIDDLE} z", class_="arrow"))


def _stretch(scale: _Scale, first: int, last: int, kind: str) -> Iterator[Element]:
    if first > last:
        return
    if kind == "unstated":
        yield element(
            "line", x1=_percent(scale(first)), x2=_percent(scale(last + 1)), y1=_MIDDLE, y2=_MIDDLE, class_=kind
        )
    else:
        yield _bar(scale, first, last, kind)


def _bar(scale: _Scale, first: int, last: int, kind: str) -> Element:
    left, right = scale(first), scale(last + 1)
    width = _percent(max(right - left, 0.5))  # a single day is seen too
    return element("rect", x=_percent(left), y=_MIDDLE - _HALF, width=width, height=2 * _HALF, rx=2, class_=kind)


def _point(x: float) -> Element:
    size = _HALF + 2
    return _at(x, element("path", d=f"M0,-{size} L{size},0 L0,{size} L-{size},0 z", class_="point"))


def _at(x: float, shape: Element) -> Element:
    return element("svg", shape, x=_percent(x), y=_MIDDLE, overflow="visible")


def _percent(x: float) -> str:
    return f"{x:.2f}%"
