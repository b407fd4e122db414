"""Writing agreements, as text and into files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, cast

from vaekstaftale.display import shown_in_python
from vaekstaftale.files.disk import StrPath, path_of, replace_file
from vaekstaftale.files.reading import check_file
from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.model.agreement import Agreement, require_agreement, require_iterable
from vaekstaftale.model.strings import TEXT
from vaekstaftale.problems import InvalidAgreement, Severity
from vaekstaftale.serialization import json_library
from vaekstaftale.serialization.writer import to_data
from vaekstaftale.validation.checking import (
    COHERENCE_AND_EVIDENCE,
    is_larger,
    problems_of,
    require_coherent,
    too_large_finding,
)
from vaekstaftale.validation.result import Result


def to_dict(agreement: Agreement) -> dict[str, Any]:
    """Return an agreement as plain data in canonical form, ready for `json.dumps`. Checks nothing."""
    return to_data(require_agreement(agreement))


def dumps(
    agreement: Agreement, *, indent: int | None = 2, max_bytes: int = MAX_BYTES, schema: str | None = None
) -> str:
    """Return an agreement as JSON text: in canonical form, or with `indent=None` on one line.

    `schema` is written as `$schema`, the first key: the address of the JSON Schema, for editors. It is not part of the
    agreement, so `load` does not keep it.

    Raises `InvalidAgreement` if the agreement is not coherent, or if its text is too large to be read again.
    """
    if type(indent) is not int and indent is not None:
        raise TypeError(f"indent must be a number of spaces or None, not {shown_in_python(indent)}")
    data = to_dict(agreement)
    if schema is not None:
        if not TEXT.accepts(schema):
            TEXT.refuse("schema", schema)
        data = {"$schema": schema, **data}
    text = json_library.encode(data, indent)
    require_coherent(agreement)
    if is_larger(text, max_bytes):
        raise InvalidAgreement(problems_of(Result(findings=[too_large_finding(max_bytes)])))
    return text


def dump(
    agreement: Agreement,
    path: StrPath,
    *,
    indent: int | None = 2,
    max_bytes: int = MAX_BYTES,
    schema: str | None = None,
) -> None:
    """Write an agreement to a JSON file in one step: a failure leaves the old file as it was.

    The whole file is written anew in canonical form: the indentation, the order of keys and the `$schema` of an old
    file are not kept. `schema` is written as `$schema`.

    Raises `InvalidAgreement` as `dumps` does, before anything is written, and `OSError` as `open` does.
    """
    text = dumps(agreement, indent=indent, max_bytes=max_bytes, schema=schema)
    replace_file(path_of(path, "file.write(dumps(agreement))"), [text.encode()])


def dump_lines(agreements: Iterable[Agreement], path: StrPath, *, max_bytes: int = MAX_BYTES) -> None:
    """Write agreements to a file of JSON Lines, one on each line, incrementally and in one step.

    Raises `InvalidAgreement` for one that is not coherent or too large, and leaves the old file as it was.
    """
    if isinstance(cast("object", agreements), Agreement):
        raise TypeError("agreements must be several; for one, use dump(agreement, path)")
    require_iterable(agreements, "agreements")
    lines = (dumps(agreement, indent=None, max_bytes=max_bytes).encode() + b"\n" for agreement in agreements)
    replace_file(path_of(path, "file.write(dumps(agreement, indent=None)) for each agreement"), lines)


def canonical_text(result: Result, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the canonical form of a text that was read, `$schema` included.

    Raises `InvalidAgreement` for a text that has errors, those of evidence included, or cannot be read.
    """
    problems = [problem for problem in problems_of(result) if problem.severity is Severity.ERROR]
    if result.agreement is None or problems or not isinstance(result.text, bytes):
        raise InvalidAgreement(problems)
    schema = {key: value for key, value in json.loads(result.text).items() if key == "$schema"}
    canonical = json_library.encode({**schema, **to_data(result.agreement)}, indent=2)
    if is_larger(canonical, max_bytes):
        finding = too_large_finding(max_bytes, message="the canonical form would be larger")
        raise InvalidAgreement(problems_of(Result(findings=[finding], file=result.file)))
    return canonical


def format_file(path: StrPath, *, max_bytes: int = MAX_BYTES, check: bool = False) -> bool:
    """Write a file in canonical form, unless it is only to be checked, and return whether that changes it.

    Raises `InvalidAgreement` as `canonical_text` does, and leaves the file as it is. Raises `OSError` as `open` does.
    """
    result = check_file(path, COHERENCE_AND_EVIDENCE, max_bytes=max_bytes)
    canonical = canonical_text(result, max_bytes=max_bytes).encode()
    is_changed = result.text != canonical
    if is_changed and not check:
        replace_file(path, [canonical])
    return is_changed
