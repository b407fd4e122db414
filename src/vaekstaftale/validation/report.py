"""Findings to problems: with line, column and hint, sorted by position, and no more than a person would read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from itertools import accumulate, islice
from typing import Any, NamedTuple, cast

from attrs import evolve

from vaekstaftale.limits import MAX_EDITS, MAX_FIXED_INSIDE, MAX_PATH_CHARACTERS, MAX_PROBLEMS
from vaekstaftale.model.paths import CanonicalOrder, parts_of
from vaekstaftale.problems import (
    Edit,
    Fix,
    Hint,
    Path,
    Problem,
    RawFinding,
    RawFix,
    RawRelated,
    Related,
    Severity,
    Spot,
    overlap,
    pointer,
)
from vaekstaftale.serialization.decoded_text import DecodedText
from vaekstaftale.serialization.json_text import Document
from vaekstaftale.serialization.shapes import ids_in
from vaekstaftale.serialization.writer import to_data
from vaekstaftale.validation.codes import severity_of
from vaekstaftale.validation.result import Result


class _Placed(NamedTuple):
    """A finding with its whole path, and what it is sorted by."""

    finding: RawFinding
    path: Path
    #: The offset in the text; for an agreement without a text, where canonical form has the value.
    position: Any
    severity: Severity
    hint: Hint | str | None = None
    value: str | int | float | None = None
    #: The other places that it is about, each with its whole path and, if there is a text, its offset.
    related: tuple[RawRelated, ...] = ()
    #: What to write instead, with its edits.
    fix: RawFix | None = None


def report(result: Result) -> tuple[Problem, ...]:
    """Return the problems for what was found. If there are too many, errors are kept before warnings."""
    text = None if result.text is None else DecodedText(result.text)
    kept, more_errors, more_warnings = _most_important(result, text)
    problems = [_problem(item, text, result) for item in kept]
    if left_out := more_errors + more_warnings:
        problems.append(_more_problems(left_out, result.file, only_warnings=not more_errors))
    return tuple(problems)


def reduced(result: Result) -> Result:
    """Return a result with the findings that would be reported, and the number of all others.

    Its parsed text is left out. More findings may be added to it.
    """
    text = None if result.text is None else DecodedText(result.text)
    kept, more_errors, more_warnings = _most_important(result, text)
    findings = [
        item.finding._replace(
            path=item.path,
            part=None,
            group=None,
            hint=item.hint,  # a function would keep all that it looks at
            offset=None if text is None else item.position,
            value=item.value,
            related=item.related,
            fix=item.fix,
        )
        for item in kept
    ]
    return evolve(
        result, findings=findings, more_errors=more_errors, more_warnings=more_warnings, document=None, data=None
    )


def _most_important(result: Result, text: DecodedText | None) -> tuple[list[_Placed], int, int]:
    """Return the findings that are reported, in order and complete, and how many other errors and warnings are."""
    places = _Places(result, text)
    firsts: dict[object, _Placed] = {}
    for item in map(places.place, (finding for finding in result.findings if finding.group is not None)):
        first = firsts.setdefault(item.finding.group, item)
        if item.position < first.position:
            firsts[item.finding.group] = item
    counts: Counter[Severity] = Counter()
    places.start_again()

    def others() -> Iterator[_Placed]:
        """Yield everything but the finding of each group that comes first in the file."""
        for finding in result.findings:
            item = places.place(finding)
            if finding.group is None or firsts[finding.group].finding is not finding:
                counts[item.severity] += 1
                yield item

    # Not a list of all, because a hostile file causes half a million.
    kept = _kept(nsmallest(MAX_PROBLEMS, others(), key=lambda item: (item.severity is Severity.WARNING, item.position)))
    kept_counts = Counter(item.severity for item in kept)
    complete = [_completed(item, firsts.get(item.finding.group), places, text, result) for item in kept]
    return (
        complete,
        result.more_errors + counts[Severity.ERROR] - kept_counts[Severity.ERROR],
        result.more_warnings + counts[Severity.WARNING] - kept_counts[Severity.WARNING],
    )


def _completed(
    item: _Placed, first: _Placed | None, places: _Places, text: DecodedText | None, result: Result
) -> _Placed:
    """Return what is reported with its hint, its value and the other places. The hint names the line of its place."""
    hint = _hint(item, first, text)
    related = places.related(item.finding, first, hint)
    if isinstance(hint, Hint) and hint.place:
        line, *_ = _span(related[-1].offset, text, result)
        where = "" if line is None else f" (line {line} of the file)"
        hint = Hint(f"{hint.text}{where}{hint.rest}", hint.suggestion, hint.fix)
    fix = places.fix(item.finding, hint, item.path)
    hint = hint._replace(fix=None) if isinstance(hint, Hint) else hint
    return item._replace(hint=hint, value=places.value(item), related=related, fix=fix)


def _hint(item: _Placed, first: _Placed | None, text: DecodedText | None) -> Hint | str | None:
    """Return the hint of a finding; without one, where the first of the equal values is that it is about."""
    hint = item.finding.hint
    if hint is not None or first is None:
        return hint() if callable(hint) else hint
    if text is None:
        return f"the first one is at {pointer(first.path)}"
    line, first_line = (text.line_and_column(one.position)[0] for one in (item, first))
    return None if line == first_line else f"the first one is in line {first_line}"


class _Places:
    """Finds where findings are.

    An agreement that was built in Python may contain one part in several places. Then a rule names it once for each
    place, in canonical order.
    """

    def __init__(self, result: Result, text: DecodedText | None) -> None:
        self._agreement = result.agreement
        self._order = None if result.agreement is None else CanonicalOrder(result.agreement)
        self._text = text
        self._document = result.document
        self._given = result.data
        self._places: dict[int, list[Path]] = defaultdict(list)
        self._lines: dict[Path, bool] = {}
        for path, part in parts_of(result.agreement) if result.agreement is not None else ():
            self._places[id(part)].append(path)
        self.start_again()

    def start_again(self) -> None:
        """Prepare for placing the findings again."""
        self._used: Counter[tuple[str, int, Path]] = Counter()

    def place(self, finding: RawFinding) -> _Placed:
        """Return a finding with its whole path and its position."""
        path = finding.path if finding.part is None else self._path(finding)
        return _Placed(finding, path, self._position(finding, path), severity_of(finding))

    def value(self, item: _Placed) -> str | int | float | None:
        """Return the string or number that a finding is about, or the key; `None` if it is about no single one."""
        if item.finding.at_key:
            return str(item.path[-1])
        if item.finding.offset is not None:
            return item.finding.value
        value = self._at(item.path)
        return value if type(value) in (str, int, float) else None

    def _at(self, path: Path) -> Any:
        """Return the data at a path, or `None`."""
        value = self._data
        for step in path:
            try:
                value = value[step]
            except (LookupError, TypeError):
                return None
        return value

    def related(self, finding: RawFinding, first: _Placed | None, hint: Hint | str | None) -> tuple[RawRelated, ...]:
        """Return the other places that a finding is about, the first of the equal values, and the place of a hint."""
        related = [
            one._replace(path=path, part=None, offset=self._offset(path) if one.offset is None else one.offset)
            for one in finding.related
            for path in [one.path if one.part is None else self._places[id(one.part)][0] + one.path]
        ]
        if first is not None:
            offset = None if self._text is None else first.position
            related.append(RawRelated("the first one", first.path, offset=offset))
        if isinstance(hint, Hint) and hint.place:
            path = hint.place if self._has_line_on_each(hint.place[:-1]) else hint.place[:-1]
            start, end = self._words(path, hint.words if path == hint.place else None)
            related.append(RawRelated("the closest words", path, offset=start, end=end))
        return tuple(related)

    def _words(self, path: Path, words: slice | None) -> tuple[int | None, int | None]:
        """Return the offset of some words of a string, and the offset after them; without them, that of the string."""
        offset = self._offset(path)
        if offset is None or self._text is None or words is None:
            return offset, None
        before = self._text.text[offset : offset + 1 + words.stop]
        # In a string with escapes, the words are further on.
        return (offset, None) if "\\" in before else (offset + 1 + words.start, offset + 1 + words.stop)

    def fix(self, finding: RawFinding, hint: Hint | str | None, path: Path) -> RawFix | None:
        """Return the fix of a finding with its edits, or `None` if it has no fix."""
        fix = (hint.fix if isinstance(hint, Hint) else None) or finding.fix
        if fix is None or self._text is None:
            return None
        if not callable(fix.edits):
            return fix
        start = cast("int", self._position(finding, path))
        is_in_object = bool(path) and isinstance(path[-1], str) and finding.offset is None
        entry = self._offset(path, at_key=True) if is_in_object else start
        spot = Spot(
            text=self._text.text,
            path=path,
            start=start,
            end=self._text.end(start),
            entry=start if entry is None else entry,
            end_of=self._text.end,
            value_at=self._at,
            spans_of_id=self._spans_of_id,
        )
        edits = set(fix.edits(spot))
        inside = list(islice(fix.inside(), MAX_FIXED_INSIDE + 1)) if fix.inside and edits else []
        also = [self.fix(one, one.hint() if callable(one.hint) else one.hint, one.path) for one in inside]
        for other in also:
            edits.update(other.edits if other is not None and not callable(other.edits) else ())
        in_order = sorted(edits)
        if not edits or None in also or len(inside) > MAX_FIXED_INSIDE or len(edits) > MAX_EDITS or overlap(in_order):
            return None
        title = f"{fix.title}, and fix what is inside" if also else fix.title
        return RawFix(title, all(one is not None and one.safe for one in (fix, *also)), tuple(in_order))

    def _spans_of_id(self, id_: str) -> Sequence[tuple[int, int]]:
        """Return where a string is written as an id. Of more than some, only the one that is reported is of use."""
        paths = self._paths_by_id.get(id_, ())
        if self._text is None or len(paths) > MAX_EDITS:
            return ()
        starts = sorted(cast("int", self._offset(path)) for path in paths)
        return [(start, self._text.end(start)) for start in starts]

    @cached_property
    def _paths_by_id(self) -> Mapping[str, Sequence[Path]]:
        paths: dict[str, list[Path]] = defaultdict(list)
        for path, id_ in ids_in(self._data):
            paths[id_].append(path)
        return paths

    def _has_line_on_each(self, path: Path) -> bool:
        """Return whether each string of a source's text is one line. If so, its lines are numbered as the strings."""
        if path not in self._lines:
            lines = self._at(path)
            self._lines[path] = type(lines) is list and not any("\n" in line for line in lines)
        return self._lines[path]

    def _offset(self, path: Path, *, at_key: bool = False) -> int | None:
        if self._text is None:
            return None
        return cast("int", self._position(RawFinding("", "", path, at_key=at_key), path))

    @cached_property
    def _data(self) -> Any:
        if self._document is not None:
            return self._document.value
        return self._given if self._agreement is None else to_data(self._agreement)

    def _path(self, finding: RawFinding) -> Path:
        places = self._places[id(finding.part)]
        if len(places) == 1:
            return places[0] + finding.path
        key = finding.code, id(finding.part), finding.path
        number = min(self._used[key], len(places) - 1)
        self._used[key] += 1
        return places[number] + finding.path

    def _position(self, finding: RawFinding, path: Path) -> Any:
        if finding.offset is not None:
            return finding.offset
        if self._text is None:
            return () if self._order is None else self._order.position(path)
        if self._document is None and self._agreement is not None:
            self._document = Document(self._text.text)
        return 0 if self._document is None else self._document.offset(path, at_key=finding.at_key)


def _kept(most_important: Sequence[_Placed]) -> list[_Placed]:
    """Return what is reported, in order: no more than the limit on the length of paths allows."""
    lengths = accumulate(sum(len(str(step)) for step in item.path) for item in most_important)
    count = max(1, sum(1 for length in lengths if length <= MAX_PATH_CHARACTERS))
    return sorted(most_important[:count], key=lambda item: item.position)


def _problem(placed: _Placed, text: DecodedText | None, result: Result) -> Problem:
    finding, hint = placed.finding, placed.hint
    position = placed.position if text is not None else None
    line, column, end_line, end_column = _span(position, text, result, is_bracket=finding.code == "missing-key")
    related = tuple(
        Related(
            message=one.message,
            path=pointer(one.path),
            **dict(zip(_SPAN, _span(one.offset, text, result, end=one.end), strict=True)),
        )
        for one in placed.related
    )
    message = finding.message
    if finding.rest is not None:
        message += (f" (line {related[0].line})" if related and related[0].line is not None else "") + finding.rest
    return Problem(
        code=finding.code,
        severity=placed.severity,
        path=pointer(placed.path),
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        message=message,
        hint=None if hint is None else str(hint),
        suggestion=hint.suggestion if isinstance(hint, Hint) else None,
        value=placed.value,
        file=result.file,
        related=related,
        fix=_fix(placed.fix, text, result),
    )


def _fix(fix: RawFix | None, text: DecodedText | None, result: Result) -> Fix | None:
    """Return a fix with lines and columns; `None` if nothing can be written."""
    if fix is None or text is None or callable(fix.edits):
        return None
    edits = (
        Edit(*_position(edit.start, text, result), *_position(edit.end, text, result), edit.text) for edit in fix.edits
    )
    return Fix(fix.title, tuple(edits), fix.safe)


_SPAN = "line", "column", "end_line", "end_column"


def _span(
    offset: int | None, text: DecodedText | None, result: Result, *, end: int | None = None, is_bracket: bool = False
) -> tuple[int, int, int, int] | tuple[None, None, None, None]:
    """Return line and column of what is at an offset, and of where it ends."""
    if offset is None or text is None:
        return None, None, None, None
    if end is None:
        end = offset + 1 if is_bracket else text.end(offset)
    return *_position(offset, text, result), *_position(end, text, result)


def _position(offset: int, text: DecodedText, result: Result) -> tuple[int, int]:
    """Return line and column of an offset in a text, which may be one line of a file."""
    return text.line_and_column(offset) if result.line is None else (result.line, offset + 1)


def _more_problems(count: int, file: str | None, *, only_warnings: bool) -> Problem:
    return Problem(
        code="more-problems",
        severity=Severity.WARNING if only_warnings else Severity.ERROR,
        message=f"{count} more {'warning' if only_warnings else 'problem'}{' was' if count == 1 else 's were'} found",
        hint="fix these first",
        file=file,
    )
