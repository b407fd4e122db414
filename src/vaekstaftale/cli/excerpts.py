"""The lines of a file that a problem is about, with marks under them, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from vaekstaftale.display import printable
from vaekstaftale.problems import Problem, Related
from vaekstaftale.serialization.decoded_text import DecodedText

_TAB = "    "


class Excerpt(NamedTuple):
    """One line of a file, or the part of it that fits, and the marks under what a problem is about."""

    number: int
    text: str
    marks: str


def excerpt(text: DecodedText, place: Problem | Related, width: int) -> Excerpt | None:
    """Return the line on which a place begins, cut to a width in columns of a terminal; `None` if it has no line.

    What goes over several lines is marked to the end of the first one.
    """
    line = None if place.line is None else text.line(place.line)
    if line is None or place.line is None or place.column is None:
        return None
    start = min(place.column - 1, len(line))
    end = place.end_column - 1 if place.end_line == place.line and place.end_column is not None else len(line)
    # No more characters than columns are looked at, because a line may have a million of them.
    before = list(map(_shown, line[max(start - width, 0) : start]))
    after = list(map(_shown, line[start : start + width]))
    left = right = ""
    if start > width or start + width < len(line) or _columns(before) + _columns(after) > width:
        kept = _fitting(before[::-1], width // 3)[::-1]
        left = "…" if len(kept) < start else ""
        before = kept
        after = _fitting(after, width - _columns(before) - 2)
        right = "…" if start + len(after) < len(line) else ""
    marks = "^" * max(_columns(after[: max(end - start, 0)]), 1)
    before.insert(0, left)
    return Excerpt(place.line, f"{''.join(before)}{''.join(after)}{right}", " " * _columns(before) + marks)


def _shown(character: str) -> str:
    return _TAB if character == "\t" else printable(character)


def _columns(shown: list[str]) -> int:
    return sum(map(_width, shown))


def _width(shown: str) -> int:
    """Return how many columns of a terminal some characters take: East Asian wide ones two, combining marks none."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in shown)


def _fitting(shown: Sequence[str], room: int) -> list[str]:
    """Return the first characters, as they are shown, that fit into some columns."""
    totals = accumulate(map(_width, shown))
    return [character for character, total in zip(shown, totals, strict=True) if total <= room]
