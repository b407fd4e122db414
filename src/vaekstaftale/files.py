"""Agreements from text and files, and back."""

# What is right takes the sure way here. What is not goes to `explain`, which is imported only then.

from __future__ import annotations

import json
import os
from functools import partial
from typing import TYPE_CHECKING, Any

from attrs import evolve

from vaekstaftale import _sure
from vaekstaftale._disk import bytes_of, path_of, replace_file
from vaekstaftale._glance import is_coherent_at_a_glance
from vaekstaftale._sure import MAX_BYTES, is_larger, typed
from vaekstaftale.errors import WARNINGS, InvalidAgreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaekstaftale.model import Agreement
    from vaekstaftale.query import Agreements

# --- Reading ----------------------------------------------------------------------------------------------


def loads(text: str | bytes, *, max_bytes: int = MAX_BYTES) -> Agreement:
    """Read an agreement from JSON text.

    Checks text, structure and coherence, and raises `InvalidAgreement` with all the problems of the first of these
    that has any. Whether the quotes stand in their sources is for the `validate` functions.
    """
    return _read(typed(text), max_bytes)


def load(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Agreement:
    """Read an agreement from a JSON file. Raises `InvalidAgreement` as `loads` does, and `OSError` as `open` does."""
    return _read(bytes_of(path, max_bytes), max_bytes, file=os.fspath(path))


def from_dict(data: dict[str, Any]) -> Agreement:
    """Build an agreement from plain data such as `to_dict` and `json.loads` give.

    Checks structure and coherence, and raises `InvalidAgreement` as `loads` does; the problems have no lines.
    """
    agreement = _sure.build(data)
    if agreement is not None and is_coherent_at_a_glance(agreement):
        return agreement
    from vaekstaftale import explain

    return explain.build(data, explain.SOUND).sound()


def load_all(paths: Iterable[str | os.PathLike[str]], *, max_bytes: int = MAX_BYTES) -> Agreements:
    """Read agreements from several files, and check them across: ids that differ, relations without a circle.

    Raises one `InvalidAgreement` for all that is wrong in any of them, at most 100 problems a file and how many more;
    also for a file that cannot be read. A single path is a `TypeError`.
    """
    if isinstance(paths, (str, os.PathLike)):
        raise TypeError(f"expected several paths, not {type(paths).__name__}; for one file, use load(path)")
    from vaekstaftale import explain
    from vaekstaftale.query import Agreements

    readings = [explain.read_file(path, max_bytes, explain.SOUND) for path in paths]
    explain.check_across(readings)
    problems = [problem for reading in readings for problem in reading.problems()]
    if problems:
        raise InvalidAgreement(problems)
    return Agreements(reading.sound() for reading in readings)


def load_lines(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Iterator[Agreement]:
    """Read agreements from a file of JSON Lines, one a line, as it goes: memory does not grow with the file.

    Empty lines are skipped. A bad line raises `InvalidAgreement` whose problems have its number as their line, and ends
    the reading. The limit holds for each line. There are no rules across lines: give the agreements that you keep to
    `validate` for that.
    """
    return _load_lines(path_of(path, "loads(line) for each line"), max_bytes)


def _load_lines(path: str, max_bytes: int) -> Iterator[Agreement]:
    with open(path, "rb") as file:
        # No more than the limit, but for the line feed, and one byte to see that a line is too long.
        lines = iter(partial(file.readline, max_bytes + 2), b"")
        for number, line_and_end in enumerate(lines, start=1):
            line = line_and_end.removesuffix(b"\n")
            if line.strip():
                try:
                    agreement = _read(line, max_bytes, file=path)
                except InvalidAgreement as invalid:
                    raise InvalidAgreement(evolve(problem, line=number) for problem in invalid.problems) from None
                yield agreement


def _read(text: str | bytes, max_bytes: int, file: str | None = None) -> Agreement:
    agreement = _sure.read(text, max_bytes)
    if agreement is not None and is_coherent_at_a_glance(agreement):
        return agreement
    from vaekstaftale import explain

    return explain.judge(text, agreement, max_bytes, explain.SOUND, file=file).sound()


# --- Writing ----------------------------------------------------------------------------------------------


def to_dict(agreement: Agreement) -> dict[str, Any]:
    """Give an agreement as plain data, ready for `json.dumps`: its canonical form. Checks nothing more."""
    return _sure.to_dict(agreement)


def dumps(agreement: Agreement, *, indent: int | None = 2, max_bytes: int = MAX_BYTES) -> str:
    """Write an agreement as JSON text: in canonical form, or with `indent=None` on one line.

    Raises `InvalidAgreement` if the agreement is not coherent, or its text too large to be read again.
    """
    text = _sure.encode(_sure.to_dict(agreement), indent)
    if not is_coherent_at_a_glance(agreement) or is_larger(text, max_bytes):
        from vaekstaftale import explain

        explain.refuse_to_write(agreement, text, max_bytes)
    return text


def dump(
    agreement: Agreement, path: str | os.PathLike[str], *, indent: int | None = 2, max_bytes: int = MAX_BYTES
) -> None:
    """Write an agreement to a JSON file, in one step: a failure leaves the old file as it was.

    Raises `InvalidAgreement` as `dumps` does, before anything is written, and `OSError` as `open` does.
    """
    text = dumps(agreement, indent=indent, max_bytes=max_bytes)
    replace_file(path_of(path, "file.write(dumps(agreement))"), [text.encode()])


def dump_lines(agreements: Iterable[Agreement], path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> None:
    """Write agreements to a file of JSON Lines, one a line, in one step and as they come.

    Raises `InvalidAgreement` for one that is not coherent or too large, and leaves the old file as it was.
    """
    lines = (dumps(agreement, indent=None, max_bytes=max_bytes).encode() + b"\n" for agreement in agreements)
    replace_file(path_of(path, "file.write(dumps(agreement, indent=None)) for each agreement"), lines)


def format_file(path: str | os.PathLike[str], *, write: bool = True, max_bytes: int = MAX_BYTES) -> bool:
    """Write a file in canonical form, or without `write` only look; tell whether it was in that form already.

    `$schema` is kept, as the first key. Raises `InvalidAgreement` for a file that has errors, those of evidence
    included, or cannot be read, and leaves it as it is.
    """
    from vaekstaftale import explain

    reading = explain.read_file(path, max_bytes, explain.ALL)
    reading.findings = [finding for finding in reading.findings if finding.code not in WARNINGS]
    agreement = reading.sound()
    schema = {key: value for key, value in json.loads(reading.original or b"").items() if key == "$schema"}
    canonical = _sure.encode({**schema, **_sure.to_dict(agreement)}, indent=2)
    if is_larger(canonical, max_bytes):
        finding = explain.too_large(max_bytes, what="the canonical form would be larger")
        explain.Reading(findings=[finding], file=reading.file).sound()
    if canonical.encode() == reading.original:
        return True
    if write:
        replace_file(path, [canonical.encode()])
    return False
