"""Findings to problems: with line, column and hint, sorted by position, and no more than a person would read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from vaekstaftale.limits import MAX_PATH_CHARACTERS, MAX_PROBLEMS
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.paths import canonical_position, parts_of
from vaekstaftale.problems import Path, Problem, RawFinding, Severity, pointer
from vaekstaftale.serialization.json_text import DecodedText, Document
from vaekstaftale.validation.codes import severity_of
from vaekstaftale.validation.result import Result


class _Placed(NamedTuple):
    """A finding with its whole path, and what it is sorted by."""

    finding: RawFinding
    path: Path
    #: The offset in the text; for an agreement without a text, where canonical form has the value.
    position: Any
    severity: Severity
    #: The first one of the equal values that the finding is about.
    first: _Placed | None = None


def report(result: Result) -> tuple[Problem, ...]:
    """Return the problems for what was found. If there are too many, errors are kept before warnings."""
    text = None if result.text is None else DecodedText(result.text)
    placed = sorted(_without_first_of_groups(_placed(result, text)), key=lambda item: item.position)
    kept = _kept(placed)
    problems = [_problem(item, text, result.file) for item in kept]
    if left_out := result.more_errors + len(placed) - len(kept):
        errors = result.more_errors + sum(item.severity is Severity.ERROR for item in placed)
        kept_errors = sum(item.severity is Severity.ERROR for item in kept)
        problems.append(_more_problems(left_out, result.file, only_warnings=errors == kept_errors))
    return tuple(problems)


def _placed(result: Result, text: DecodedText | None) -> Iterator[_Placed]:
    """Yield the findings with their paths and positions."""
    document = result.document
    if document is None and text is not None and result.agreement is not None:
        document = Document(text.text)
    paths = _Paths(result.agreement) if result.agreement is not None else None
    for finding in result.findings:
        path = finding.path if finding.part is None or paths is None else paths.path(finding)
        position: Any = ()
        if finding.offset is not None:
            position = finding.offset
        elif text is not None:
            position = document.offset(path, at_key=finding.at_key) if document is not None else 0
        elif result.agreement is not None:
            position = canonical_position(result.agreement, path)
        yield _Placed(finding, path, position, severity_of(finding))


class _Paths:
    """Finds the paths of the parts that rules name.

    An agreement that was built in Python may contain one part in several places. Then a rule names it once for each
    place, in canonical order.
    """

    def __init__(self, agreement: Agreement) -> None:
        self._places: dict[int, list[Path]] = defaultdict(list)
        for path, part in parts_of(agreement):
            self._places[id(part)].append(path)
        self._used: Counter[tuple[str, int, Path]] = Counter()

    def path(self, finding: RawFinding) -> Path:
        """Return the path of what a finding is about."""
        places = self._places[id(finding.part)]
        key = finding.code, id(finding.part), finding.path
        number = min(self._used[key], len(places) - 1)
        self._used[key] += 1
        return places[number] + finding.path


def _without_first_of_groups(placed: Iterable[_Placed]) -> Iterator[_Placed]:
    """Yield everything but the finding of each group that comes first in the file."""
    groups: dict[object, list[_Placed]] = defaultdict(list)
    for item in placed:
        if item.finding.group is None:
            yield item
        else:
            groups[item.finding.group].append(item)
    for group in groups.values():
        first, *others = sorted(group, key=lambda item: item.position)
        for item in others:
            yield item._replace(first=first)


def _kept(placed: Sequence[_Placed]) -> list[_Placed]:
    """Return what is reported, in order: errors before warnings, and no more than the limits allow."""
    by_importance = sorted(placed, key=lambda item: item.severity is Severity.WARNING)[:MAX_PROBLEMS]
    lengths = accumulate(sum(len(str(step)) for step in item.path) for item in by_importance)
    count = max(1, sum(1 for length in lengths if length <= MAX_PATH_CHARACTERS))
    return sorted(by_importance[:count], key=lambda item: item.position)


def _problem(placed: _Placed, text: DecodedText | None, file: str | None) -> Problem:
    finding = placed.finding
    line, column = (None, None) if text is None else text.line_and_column(placed.position)
    hint = finding.hint() if callable(finding.hint) else finding.hint
    if hint is None and placed.first is not None:
        first_line = None if text is None else text.line_and_column(placed.first.position)[0]
        if first_line is None:
            hint = f"the first one is at {pointer(placed.first.path)}"
        elif first_line != line:
            hint = f"the first one is in line {first_line}"
    return Problem(
        code=finding.code,
        severity=placed.severity,
        path=pointer(placed.path),
        line=line,
        column=column,
        message=finding.message,
        hint=hint,
        file=file,
    )


def _more_problems(count: int, file: str | None, *, only_warnings: bool) -> Problem:
    return Problem(
        code="more-problems",
        severity=Severity.WARNING if only_warnings else Severity.ERROR,
        message=f"{count} more {'warning' if only_warnings else 'problem'}{' was' if count == 1 else 's were'} found",
        hint="fix these first",
        file=file,
    )
