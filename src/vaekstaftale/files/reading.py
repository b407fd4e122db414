"""Reading agreements, and everything that is wrong with them.

`read…` return what was read together with its problems, `load…` raise `InvalidAgreement`, `validate…` return the
problems alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import NoneType
from typing import Any, NamedTuple, cast

from attrs import frozen

from vaekstaftale.display import require, shown_in_python
from vaekstaftale.files.disk import Input, Readable, StrPath, bytes_of, is_packaged, lines_of, name_of, path_of
from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.model.agreement import Agreement, require_agreement, require_agreements
from vaekstaftale.problems import Finding, InvalidAgreement, Problem, Severity
from vaekstaftale.query import Agreements
from vaekstaftale.validation.checking import (
    COHERENCE,
    COHERENCE_AND_EVIDENCE,
    agreement_or_raise,
    check_across,
    check_agreement,
    check_data,
    check_text,
    problems_of,
    unreadable,
)
from vaekstaftale.validation.result import Result
from vaekstaftale.validation.rule import AgreementRule, own_rules

#: A text in any of the types that hold one.
Text = str | bytes | bytearray | memoryview

#: Rules of the user's own: functions from an agreement to what is wrong with it.
OwnRules = Iterable[Callable[[Agreement], Iterable[Finding]]]


def _text(text: Text) -> str | bytes:
    """Return a text as `str` or `bytes`. Raises `TypeError` for anything else."""
    if isinstance(text, (bytearray, memoryview)):
        return bytes(text)
    if type(cast("object", text)) in (str, bytes):
        return text
    match cast("object", text):
        case os.PathLike():
            instead = "; for a file, use load(path) or read_file(path)"
        case dict():
            instead = "; for a dict, use from_dict(data) or read_dict(data)"
        case _:
            instead = "; for an open file, use loads(file.read())" if hasattr(text, "read") else ""
    raise TypeError(f"text must be a str or bytes, not {shown_in_python(text)}{instead}")


def _name(file: str | None) -> str | None:
    require(file, (str, NoneType), "file")
    return file


# --- Reading without raising ------------------------------------------------------------------------------


@frozen(kw_only=True)
class Reading:
    """What was read, together with what is wrong with it."""

    #: The agreement, if text and structure are valid; also if problems of coherence or evidence were found.
    agreement: Agreement | None
    problems: tuple[Problem, ...]
    #: The stages that were not reached because of problems in an earlier one: of "structure", "coherence", "evidence".
    unreached: tuple[str, ...]
    #: The path as given, or `None` for text.
    file: str | None

    @property
    def is_valid(self) -> bool:
        """Whether no problem is an error."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def read_text(text: Text, *, file: str | None = None, max_bytes: int = MAX_BYTES, rules: OwnRules = ()) -> Reading:
    """Read an agreement from JSON text, with all its problems, evidence included.

    `file` is the name that the problems state. Rules of your own run where text and structure are valid; what they
    raise is not caught. Never raises because of what the text contains.
    """
    return _reading(check_text(_text(text), _all_rules(rules), max_bytes=max_bytes, file=_name(file)))


def read_dict(data: object, *, rules: OwnRules = ()) -> Reading:
    """Read an agreement from plain data, such as `json.loads` returns, as `read_text` does. Problems have no lines.

    Never raises because of the data: what is no plain data is a problem too.
    """
    return _reading(check_data(data, _all_rules(rules)))


def read_file(path: Input, *, max_bytes: int = MAX_BYTES, rules: OwnRules = ()) -> Reading:
    """Read an agreement from a file, with all its problems, evidence included.

    Never raises because of what the file is or contains; a file that cannot be read is `unreadable-file`. Instead of a
    path, everything that has `read_bytes()` is accepted, such as `zipfile.Path`; all of its bytes are then in memory
    before the limit applies.
    """
    return _reading(check_file(path, _all_rules(rules), max_bytes=max_bytes))


def read_files(paths: Iterable[Input], *, max_bytes: int = MAX_BYTES, rules: OwnRules = ()) -> tuple[Reading, ...]:
    """Read agreements from several files as `read_file` does, with the problems across them, in the order of `paths`.

    Raises `TypeError` for a single path.
    """
    return read_inputs(_several(paths, "read_file(path)"), max_bytes=max_bytes, rules=rules)


class Content(NamedTuple):
    """What was read before: the content of a file, or one line of it."""

    file: str
    data: bytes
    line: int | None = None


def read_inputs(
    inputs: Iterable[Input | Content], *, max_bytes: int = MAX_BYTES, rules: OwnRules = ()
) -> tuple[Reading, ...]:
    """Read agreements as `read_files` does. An input may also be a content."""
    all_rules = _all_rules(rules)
    results = (
        check_text(given.data, all_rules, max_bytes=max_bytes, file=given.file, line=given.line)
        if isinstance(given, Content)
        else check_file(given, all_rules, max_bytes=max_bytes)
        for given in inputs
    )
    return tuple(map(_reading, check_across(results)))


def _all_rules(rules: OwnRules) -> Sequence[AgreementRule]:
    """Return the built-in rules and then the user's own. Raises `TypeError` for anything but functions."""
    functions = tuple(rules) if isinstance(cast("object", rules), Iterable) else ()
    if callable(rules) or not all(map(callable, functions)) or not isinstance(cast("object", rules), Iterable):
        raise TypeError("rules must be a list of functions from an agreement to values of type Finding")
    return (*COHERENCE_AND_EVIDENCE, *own_rules(functions))


def _reading(result: Result) -> Reading:
    return Reading(
        agreement=result.agreement, problems=problems_of(result), unreached=result.unreached, file=result.file
    )


def _several(paths: Iterable[Input], instead: str) -> Iterable[Input]:
    if isinstance(paths, (str, bytes, os.PathLike, Readable)):
        raise TypeError(f"paths must be several paths, not {shown_in_python(paths)}; for one file, use {instead}")
    require(paths, Iterable, "paths")
    return paths


def check_file(path: Input, rules: Sequence[AgreementRule], *, max_bytes: int = MAX_BYTES) -> Result:
    """Read a file and apply rules to the agreement in it. A file that cannot be read is a finding too."""
    file = name_of(path)
    try:
        data = bytes_of(path, max_bytes)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        return unreadable(_reason(error), file)
    return check_text(data, rules, max_bytes=max_bytes, file=file)


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


# --- Loading ----------------------------------------------------------------------------------------------


def loads(text: Text, *, file: str | None = None, max_bytes: int = MAX_BYTES) -> Agreement:
    """Read an agreement from JSON text.

    Checks text, structure and coherence, and raises `InvalidAgreement` with all problems of the first of these stages
    that has any. `file` is the name that the problems state. Whether the quotes occur in their sources is checked by
    the `validate` functions.
    """
    return agreement_or_raise(check_text(_text(text), COHERENCE, max_bytes=max_bytes, file=_name(file)))


def load(path: Input, *, max_bytes: int = MAX_BYTES) -> Agreement:
    """Read an agreement from a JSON file. Raises `InvalidAgreement` as `loads` does, and `OSError` as `open` does.

    Instead of a path, everything that has `read_bytes()` is accepted, such as `zipfile.Path`; all of its bytes are then
    in memory before the limit applies.
    """
    try:
        data = bytes_of(path, max_bytes)
    except FileNotFoundError as error:
        if is_packaged(f"agreements/{path}.json"):
            error.strerror = f"{error.strerror}; for the bundled agreement, use bundled.load({path!r})"
        raise
    return agreement_or_raise(check_text(data, COHERENCE, max_bytes=max_bytes, file=name_of(path)))


def from_dict(data: dict[str, Any]) -> Agreement:
    """Build an agreement from plain data such as `to_dict` and `json.loads` return.

    Checks structure and coherence, and raises `InvalidAgreement` as `loads` does; the problems have no lines.
    """
    return agreement_or_raise(check_data(data, COHERENCE))


def load_all(paths: Iterable[Input], *, max_bytes: int = MAX_BYTES) -> Agreements:
    """Read agreements from several files, and check across them: their ids differ, and relations form no cycle.

    Raises one `InvalidAgreement` for everything that is wrong in any of them: at most 100 problems for each file, then
    one that counts the rest. It is raised for a file that cannot be read too, and never for warnings alone. A single
    path is a `TypeError`.
    """
    files = (check_file(path, COHERENCE, max_bytes=max_bytes) for path in _several(paths, "load(path)"))
    agreements: list[Agreement] = []
    problems: list[Problem] = []
    for result in check_across(files):
        try:
            agreements.append(agreement_or_raise(result))
        except InvalidAgreement as invalid:
            problems += invalid.problems
    if problems:
        raise InvalidAgreement(problems)
    return Agreements(agreements)


def load_lines(path: StrPath, *, max_bytes: int = MAX_BYTES) -> Iterator[Agreement]:
    """Read agreements from a file of JSON Lines, one on each line, incrementally: memory does not grow with the file.

    Empty lines are skipped. A bad line raises `InvalidAgreement`, whose problems have its number as their line, and
    ends the reading; `read_lines` goes on. The limit applies to each line. There are no rules across lines: pass the
    agreements that you keep to `validate` for that.
    """
    return _load_lines(path_of(path, "loads(line) for each line"), max_bytes)


def _load_lines(path: str, max_bytes: int) -> Iterator[Agreement]:
    for number, line in lines_of(path, max_bytes):
        yield agreement_or_raise(check_text(line, COHERENCE, max_bytes=max_bytes, file=path, line=number))


def read_lines(path: StrPath, *, max_bytes: int = MAX_BYTES, rules: OwnRules = ()) -> Iterator[Reading]:
    """Read agreements from a file of JSON Lines as `read_text` does, incrementally: memory does not grow with the file.

    Yields a `Reading` for each line that is not empty, bad ones too, whose problems have its number as their line. The
    limit applies to each line: a longer one is one problem, and reading goes on. A file that cannot be read is one
    `Reading`. There are no rules across lines.
    """
    return _read_lines(path_of(path, "read_text(line) for each line"), max_bytes, _all_rules(rules))


def _read_lines(path: str, max_bytes: int, rules: Sequence[AgreementRule]) -> Iterator[Reading]:
    try:
        for number, line in lines_of(path, max_bytes):
            yield _reading(check_text(line, rules, max_bytes=max_bytes, file=path, line=number))
    except (OSError, ValueError) as error:
        yield _reading(unreadable(_reason(error), path))


# --- Validating -------------------------------------------------------------------------------------------


def validate(agreements: Agreement | Iterable[Agreement], *, rules: OwnRules = ()) -> tuple[Problem, ...]:
    """Return every problem of coherence and evidence in one agreement or several, and across several.

    The problems have no lines. For several agreements, `file` is the id of the agreement that has the problem.
    """
    all_rules = _all_rules(rules)
    if isinstance(agreements, Agreement):
        return problems_of(check_agreement(require_agreement(agreements, "agreements"), all_rules))
    results = (check_agreement(each, all_rules, file=each.id) for each in require_agreements(agreements))
    return tuple(problem for result in check_across(results) for problem in problems_of(result))


def validate_text(
    text: Text, *, file: str | None = None, max_bytes: int = MAX_BYTES, rules: OwnRules = ()
) -> tuple[Problem, ...]:
    """Return every problem of a JSON text, evidence included. Never raises because of what the text contains.

    `file` is the name that the problems state.
    """
    return read_text(text, file=file, max_bytes=max_bytes, rules=rules).problems


def validate_file(path: Input, *, max_bytes: int = MAX_BYTES, rules: OwnRules = ()) -> tuple[Problem, ...]:
    """Return every problem of a file, evidence included. Never raises because of what the file is or contains."""
    return read_file(path, max_bytes=max_bytes, rules=rules).problems


def validate_files(paths: Iterable[Input], *, max_bytes: int = MAX_BYTES, rules: OwnRules = ()) -> tuple[Problem, ...]:
    """Return every problem of several files and across them, evidence included, in the order of `paths`.

    Never raises because of what the files are or contain.
    """
    readings = read_files(paths, max_bytes=max_bytes, rules=rules)
    return tuple(problem for reading in readings for problem in reading.problems)
