"""Writing agreements, as text and into files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from vaekstaftale.files.disk import StrPath, path_of, replace_file
from vaekstaftale.files.reading import an_agreement, check_file
from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import InvalidAgreement, Severity
from vaekstaftale.serialization import fast, json_library
from vaekstaftale.validation.checking import (
    AGREEMENT_RULES,
    COHERENCE_RULES,
    Checked,
    check_agreement,
    is_coherent,
    is_larger,
    too_large_violation,
)


def to_dict(agreement: Agreement) -> dict[str, Any]:
    """Return an agreement as plain data in canonical form, ready for `json.dumps`. Checks nothing."""
    return fast.to_data(an_agreement(agreement))


def dumps(agreement: Agreement, *, indent: int | None = 2, max_bytes: int = MAX_BYTES) -> str:
    """Return an agreement as JSON text: in canonical form, or with `indent=None` on one line.

    Raises `InvalidAgreement` if the agreement is not coherent, or if its text is too large to be read again.
    """
    text = json_library.encode(to_dict(agreement), indent)
    if not is_coherent(agreement):
        raise InvalidAgreement(check_agreement(agreement, COHERENCE_RULES).problems())
    if is_larger(text, max_bytes):
        raise InvalidAgreement(Checked(violations=[too_large_violation(max_bytes)]).problems())
    return text


def dump(agreement: Agreement, path: StrPath, *, indent: int | None = 2, max_bytes: int = MAX_BYTES) -> None:
    """Write an agreement to a JSON file in one step: a failure leaves the old file as it was.

    Raises `InvalidAgreement` as `dumps` does, before anything is written, and `OSError` as `open` does.
    """
    text = dumps(agreement, indent=indent, max_bytes=max_bytes)
    replace_file(path_of(path, "file.write(dumps(agreement))"), [text.encode()])


def dump_lines(agreements: Iterable[Agreement], path: StrPath, *, max_bytes: int = MAX_BYTES) -> None:
    """Write agreements to a file of JSON Lines, one on each line, incrementally and in one step.

    Raises `InvalidAgreement` for one that is not coherent or too large, and leaves the old file as it was.
    """
    lines = (dumps(agreement, indent=None, max_bytes=max_bytes).encode() + b"\n" for agreement in agreements)
    replace_file(path_of(path, "file.write(dumps(agreement, indent=None)) for each agreement"), lines)


def format_file(path: StrPath, *, max_bytes: int = MAX_BYTES, check: bool = False) -> bool:
    """Write a file in canonical form, unless it is only to be checked, and return whether that changes it.

    `$schema` is kept, as the first key. Raises `InvalidAgreement` for a file that has errors, those of evidence
    included, or cannot be read, and leaves it as it is. Raises `OSError` as `open` does.
    """
    checked = check_file(path, AGREEMENT_RULES, max_bytes)
    problems = [problem for problem in checked.problems() if problem.severity is Severity.ERROR]
    if checked.agreement is None or problems:
        raise InvalidAgreement(problems)
    content = checked.text if isinstance(checked.text, bytes) else b""
    schema = {key: value for key, value in json.loads(content).items() if key == "$schema"}
    canonical = json_library.encode({**schema, **fast.to_data(checked.agreement)}, indent=2)
    if is_larger(canonical, max_bytes):
        violation = too_large_violation(max_bytes, message="the canonical form would be larger")
        raise InvalidAgreement(Checked(violations=[violation], file=checked.file).problems())
    is_changed = content != canonical.encode()
    if is_changed and not check:
        replace_file(path, [canonical.encode()])
    return is_changed
