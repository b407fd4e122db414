"""Writing agreements, as text and into files."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from vaekstaftale.files.disk import path_of, replace_file
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


def dump(
    agreement: Agreement, path: str | os.PathLike[str], *, indent: int | None = 2, max_bytes: int = MAX_BYTES
) -> None:
    """Write an agreement to a JSON file in one step: a failure leaves the old file as it was.

    Raises `InvalidAgreement` as `dumps` does, before anything is written, and `OSError` as `open` does.
    """
    text = dumps(agreement, indent=indent, max_bytes=max_bytes)
    replace_file(path_of(path, "file.write(dumps(agreement))"), [text.encode()])


def dump_lines(agreements: Iterable[Agreement], path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> None:
    """Write agreements to a file of JSON Lines, one on each line, incrementally and in one step.

    Raises `InvalidAgreement` for one that is not coherent or too large, and leaves the old file as it was.
    """
    lines = (dumps(agreement, indent=None, max_bytes=max_bytes).encode() + b"\n" for agreement in agreements)
    replace_file(path_of(path, "file.write(dumps(agreement, indent=None)) for each agreement"), lines)


@frozen
class Canonical:
    """A file's content and its canonical form, in bytes."""

    content: bytes
    canonical: bytes

    @property
    def is_canonical(self) -> bool:
        """Whether the file is in canonical form."""
        return self.content == self.canonical


def canonical_form(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Canonical:
    """Return the content of a file and its canonical form. `$schema` is kept, as the first key.

    Raises `InvalidAgreement` for a file that has errors, those of evidence included, or cannot be read.
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
    return Canonical(content, canonical.encode())


def format_file(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> bool:
    """Write a file in canonical form, and return whether that changed it.

    Raises `InvalidAgreement` as `canonical_form` does and leaves such a file as it is, and `OSError` as `open` does.
    """
    form = canonical_form(path, max_bytes=max_bytes)
    if not form.is_canonical:
        replace_file(path, [form.canonical])
    return not form.is_canonical
