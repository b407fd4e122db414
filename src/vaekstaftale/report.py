"""Findings to problems: sorted by place, no more than a person reads, with line, column and hint."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from vaekstaftale.errors import WARNINGS, Finding, Problem, Severity, pointer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaekstaftale._json import Document, Text
    from vaekstaftale.errors import Path

#: Where more were found, one more problem tells how many were left out.
MOST_PROBLEMS = 100

#: So many characters of paths are told; a key may be as long as a file.
_MOST_PATHS = 5_000_000


class _Placed(NamedTuple):
    offset: int
    path: Path
    finding: Finding


@frozen(kw_only=True)
class Report:
    """What findings are about, and so where they are placed."""

    #: The text that was read, or `None` for a value built in code, which has no lines.
    text: Text | None = None
    #: What the text holds. For a value, what its canonical text holds: it then only gives the order.
    document: Document | None = None
    file: str | None = None

    def problems(self, findings: Iterable[Finding], more: int = 0) -> tuple[Problem, ...]:
        """Make problems of findings, and of `more` that were only counted.

        Where there are too many, errors are kept before warnings.
        """
        found = sorted(self._placed(findings), key=lambda placed: (_is_warning(placed), placed.offset))
        kept = found[: _how_many(found)]
        left_out = found[len(kept) :]
        problems = [self._problem(placed) for placed in sorted(kept, key=_by_offset)]
        if more or left_out:
            only_warnings = not more and all(map(_is_warning, left_out))
            problems.append(self._more(more + len(left_out), only_warnings=only_warnings))
        return tuple(problems)

    def _placed(self, findings: Iterable[Finding]) -> Iterator[_Placed]:
        for finding in findings:
            if finding.among:
                places = [_Placed(self._offset(path, finding), path, finding) for path in finding.among]
                yield from sorted(places, key=_by_offset)[1:]
            else:
                yield _Placed(self._offset(finding.path, finding), finding.path, finding)

    def _offset(self, path: Path, finding: Finding) -> int:
        if finding.offset is not None:
            return finding.offset
        return self.document.offset(path, at_key=finding.at_key) if self.document is not None else 0

    def _problem(self, placed: _Placed) -> Problem:
        offset, path, finding = placed
        line, column = self.text.line_and_column(offset) if self.text is not None else (None, None)
        return Problem(
            code=finding.code,
            severity=Severity.WARNING if finding.code in WARNINGS else Severity.ERROR,
            path=pointer(path),
            line=line,
            column=column,
            message=finding.message,
            hint=finding.hint() if callable(finding.hint) else finding.hint,
            file=self.file,
        )

    def _more(self, count: int, *, only_warnings: bool) -> Problem:
        return Problem(
            code="more-problems",
            severity=Severity.WARNING if only_warnings else Severity.ERROR,
            message=f"{count} more {'warnings' if only_warnings else 'problems'} were found",
            hint="mend these first",
            file=self.file,
        )


def _how_many(found: Sequence[_Placed]) -> int:
    """Tell how many to keep: a hundred, or fewer if their paths alone would fill megabytes."""
    lengths = accumulate(sum(len(str(step)) for step in placed.path) for placed in found[:MOST_PROBLEMS])
    return max(1, sum(1 for length in lengths if length <= _MOST_PATHS))


def _by_offset(placed: _Placed) -> int:
    return placed.offset


def _is_warning(placed: _Placed) -> bool:
    return placed.finding.code in WARNINGS
