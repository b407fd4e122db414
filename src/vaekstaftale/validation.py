"""Everything that is wrong with agreements, and with the files that should hold them: never an exception for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaekstaftale._sure import MAX_BYTES, an_agreement, typed
from vaekstaftale.explain import ALL, Reading, check, check_across, read, read_file
from vaekstaftale.model import Agreement

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from vaekstaftale.errors import Problem


def validate_text(text: str | bytes, *, max_bytes: int = MAX_BYTES) -> tuple[Problem, ...]:
    """Tell every problem of a JSON text, evidence included. Never raises for what the text holds."""
    return read(typed(text), max_bytes, ALL).problems()


def validate_file(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> tuple[Problem, ...]:
    """Tell every problem of a file, evidence included. Never raises for what the file is or holds."""
    return read_file(path, max_bytes, ALL).problems()


def validate_files(
    files: Iterable[str | tuple[str, bytes]], *, max_bytes: int = MAX_BYTES
) -> tuple[tuple[Problem, ...], ...]:
    """Tell the problems of each of several files, those between the files included.

    A file is a path, or what to call it and the bytes that it holds.
    """
    readings = []
    for file in files:
        if isinstance(file, str):
            readings.append(read_file(file, max_bytes, ALL))
        else:
            readings.append(read(file[1], max_bytes, ALL, file=file[0]))
    check_across(readings)
    return tuple(reading.problems() for reading in readings)


def validate(agreements: Agreement | Iterable[Agreement]) -> tuple[Problem, ...]:
    """Tell every problem of coherence and evidence in one agreement or several, and between several.

    The problems have no lines; of several agreements, `file` is the id of the one that the problem is in.
    """
    if isinstance(agreements, Agreement):
        return Reading(agreement=agreements, findings=check(agreements, ALL)).problems()
    readings = [
        Reading(agreement=agreement, findings=check(agreement, ALL), file=agreement.id)
        for agreement in map(an_agreement, agreements)
    ]
    check_across(readings)
    return tuple(problem for reading in readings for problem in reading.problems())
