"""Findings to problems: with line, column and hint, sorted by position, and no more than a person would read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from attrs import evolve

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


def report(result: Result) -> tuple[Problem, ...]:
    """Return the problems for what was found. If there are too many, errors are kept before warnings."""
    text = None if result.text is None else DecodedText(result.text)
    kept, more_errors, more_warnings = _most_important(result, text)
    problems = [_problem(item, hint, text, result.file) for item, hint in kept]
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
            hint=hint() if callable(hint) else hint,  # a function would keep all that it looks at
            offset=None if text is None else item.position,
        )
        for item, hint in kept
    ]
    return evolve(result, findings=findings, more_errors=more_errors, more_warnings=more_warnings, document=None)


def _most_important(
    result: Result, text: DecodedText | None
) -> tuple[list[tuple[_Placed, str | Callable[[], str | None] | None]], int, int]:
    """Return the findings that are reported, in order, with their hints, and how many other errors and warnings are."""
    placed = list(_placed(result, text))
    firsts: dict[object, _Placed] = {}
    for item in placed:
        group = item.finding.group
        if group is not None and (group not in firsts or item.position < firsts[group].position):
            firsts[group] = item
    placed = [item for item in placed if firsts.get(item.finding.group) is not item]
    placed.sort(key=lambda item: item.position)
    kept = _kept(placed)
    errors, kept_errors = (sum(item.severity is Severity.ERROR for item in items) for items in (placed, kept))
    with_hints = [(item, _hint(item, firsts.get(item.finding.group), text)) for item in kept]
    return (
        with_hints,
        result.more_errors + errors - kept_errors,
        result.more_warnings + len(placed) - errors - (len(kept) - kept_errors),
    )


def _hint(item: _Placed, first: _Placed | None, text: DecodedText | None) -> str | Callable[[], str | None] | None:
    """Return the hint of a finding; without one, where the first of the equal values is that it is about."""
    if item.finding.hint is not None or first is None:
        return item.finding.hint
    if text is None:
        return f"the first one is at {pointer(first.path)}"
    line, first_line = (text.line_and_column(one.position)[0] for one in (item, first))
    return None if line == first_line else f"the first one is in line {first_line}"


def _placed(result: Result, text: DecodedText | None) -> Iterator[_Placed]:
    """Yield the findings with their paths and positions."""
    document = result.document
    if document is None and text is not None and any(finding.offset is None for finding in result.findings):
        document = Document(text.text) if result.agreement is not None else None
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


def _kept(placed: Sequence[_Placed]) -> list[_Placed]:
    """Return what is reported, in order: errors before warnings, and no more than the limits allow."""
    by_importance = sorted(placed, key=lambda item: item.severity is Severity.WARNING)[:MAX_PROBLEMS]
    lengths = accumulate(sum(len(str(step)) for step in item.path) for item in by_importance)
    count = max(1, sum(1 for length in lengths if length <= MAX_PATH_CHARACTERS))
    return sorted(by_importance[:count], key=lambda item: item.position)


def _problem(
    placed: _Placed, hint: str | Callable[[], str | None] | None, text: DecodedText | None, file: str | None
) -> Problem:
    finding = placed.finding
    line, column = (None, None) if text is None else text.line_and_column(placed.position)
    return Problem(
        code=finding.code,
        severity=placed.severity,
        path=pointer(placed.path),
        line=line,
        column=column,
        message=finding.message,
        hint=hint() if callable(hint) else hint,
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
