"""Violations to problems: with line, column and hint, sorted by position, and not more than a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from vaekstaftale.limits import MAX_PATH_CHARACTERS, MAX_PROBLEMS
from vaekstaftale.problems import Path, Problem, Severity, Violation, pointer
from vaekstaftale.serialization.json_text import DecodedText, Document
from vaekstaftale.validation.codes import WARNINGS


class _Positioned(NamedTuple):
    """A violation with its path, and the offset of the path in the text."""

    offset: int
    path: Path
    violation: Violation

    @property
    def severity(self) -> Severity:
        registered = Severity.WARNING if self.violation.code in WARNINGS else Severity.ERROR
        return self.violation.severity or registered

    @property
    def is_warning(self) -> bool:
        return self.severity is Severity.WARNING


def report(
    violations: Iterable[Violation],
    *,
    more: int = 0,
    text: DecodedText | None = None,
    document: Document | None = None,
    file: str | None = None,
) -> tuple[Problem, ...]:
    """Return the problems for violations, and for `more` errors after them that were only counted.

    Without `text`, problems have no lines, and `document` only gives their order. If there are too many, errors are
    kept before warnings.
    """
    found = sorted(_positioned(violations, document), key=lambda one: (one.is_warning, one.offset))
    kept = found[: _count_to_keep(found)]
    left_out = found[len(kept) :]
    problems = [_problem(one, text, file) for one in sorted(kept, key=lambda one: one.offset)]
    if more or left_out:
        only_warnings = not more and all(one.is_warning for one in left_out)
        problems.append(_more_problems(more + len(left_out), file, only_warnings=only_warnings))
    return tuple(problems)


def _positioned(violations: Iterable[Violation], document: Document | None) -> Iterator[_Positioned]:
    def at(path: Path, violation: Violation) -> _Positioned:
        if violation.offset is not None:
            return _Positioned(violation.offset, path, violation)
        return _Positioned(document.offset(path, at_key=violation.at_key) if document else 0, path, violation)

    for violation in violations:
        if violation.among:
            yield from sorted((at(path, violation) for path in violation.among), key=lambda one: one.offset)[1:]
        else:
            yield at(violation.path, violation)


def _count_to_keep(found: Sequence[_Positioned]) -> int:
    lengths = accumulate(sum(len(str(step)) for step in one.path) for one in found[:MAX_PROBLEMS])
    return max(1, sum(1 for length in lengths if length <= MAX_PATH_CHARACTERS))


def _problem(positioned: _Positioned, text: DecodedText | None, file: str | None) -> Problem:
    offset, path, violation = positioned
    line, column = text.line_and_column(offset) if text is not None else (None, None)
    return Problem(
        code=violation.code,
        severity=positioned.severity,
        path=pointer(path),
        line=line,
        column=column,
        message=violation.message,
        hint=violation.hint() if callable(violation.hint) else violation.hint,
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
