"""Agreements from text and files, and back: text, structure and rules, one path for reading and for validating."""

from __future__ import annotations

import copy
import json
import os
from itertools import count
from typing import TYPE_CHECKING, Any

from attrs import define, evolve
from cattrs.errors import BaseValidationError

from vaekstaftale._json import Document, Text, TextError, parse
from vaekstaftale._write import replace_file
from vaekstaftale.errors import WARNINGS, Finding, InvalidAgreement, Problem, shown
from vaekstaftale.model import Agreement
from vaekstaftale.query import Agreements
from vaekstaftale.report import MOST_PROBLEMS, Report
from vaekstaftale.rules import ACROSS, COHERENCE, EVIDENCE, is_own_language, own_language
from vaekstaftale.serialization import make_converter
from vaekstaftale.structure import VERSION, structural_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from vaekstaftale.rules import Rule

#: The largest text that is read or written, in bytes of UTF-8, unless the caller sets another limit.
MAX_BYTES = 1_000_000

_CONVERTER = make_converter()


# --- Reading ----------------------------------------------------------------------------------------------


def loads(text: str | bytes, *, max_bytes: int = MAX_BYTES) -> Agreement:
    """Read an agreement from JSON text.

    Checks text, structure and coherence, and raises `InvalidAgreement` with all the problems of the first of these
    that has any. Whether the quotes stand in their sources is for the `validate` functions.
    """
    return _read(_typed(text), COHERENCE, max_bytes=max_bytes).sound()


def load(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Agreement:
    """Read an agreement from a JSON file. Raises `InvalidAgreement` as `loads` does, and `OSError` as `open` does."""
    return _read(_bytes_of(path, max_bytes), COHERENCE, max_bytes=max_bytes, file=os.fspath(path)).sound()


def from_dict(data: dict[str, Any]) -> Agreement:
    """Build an agreement from plain data such as `to_dict` and `json.loads` give.

    Checks structure and coherence, and raises `InvalidAgreement` as `loads` does; the problems have no lines.
    """
    return _build(data, COHERENCE).sound()


def load_all(paths: Iterable[str | os.PathLike[str]], *, max_bytes: int = MAX_BYTES) -> Agreements:
    """Read agreements from several files, and check them across: ids that differ, relations without a circle.

    Raises one `InvalidAgreement` for all that is wrong in any of them, at most 100 problems a file and how many more;
    also for a file that cannot be read.
    """
    readings = [_read_file(path, max_bytes, COHERENCE) for path in paths]
    _check_across(readings)
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
    return _load_lines(_path(path, "loads(line) for each line"), max_bytes)


def _load_lines(path: str, max_bytes: int) -> Iterator[Agreement]:
    with open(path, "rb") as file:
        for number in count(1):
            line = file.readline(max_bytes + 2)  # one more for the line feed, and one to see that it is too long
            if not line:
                return
            line = line.removesuffix(b"\n")
            if line.strip():
                reading = _read(line, COHERENCE, max_bytes=max_bytes, file=path)
                if reading.findings:
                    raise InvalidAgreement(evolve(problem, line=number) for problem in reading.problems())
                yield reading.sound()


# --- Validating -------------------------------------------------------------------------------------------


def validate_text(text: str | bytes, *, max_bytes: int = MAX_BYTES) -> tuple[Problem, ...]:
    """Tell every problem of a JSON text, evidence included. Never raises for what the text holds."""
    return _read(_typed(text), (*COHERENCE, *EVIDENCE), max_bytes=max_bytes).problems()


def validate_file(path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> tuple[Problem, ...]:
    """Tell every problem of a file, evidence included. Never raises for what the file is or holds."""
    return _read_file(path, max_bytes).problems()


def validate_files(
    files: Iterable[str | tuple[str, bytes]], *, max_bytes: int = MAX_BYTES
) -> tuple[tuple[Problem, ...], ...]:
    """Tell the problems of each of several files, those between the files included.

    A file is a path, or what to call it and the bytes that it holds.
    """
    readings = []
    for file in files:
        if isinstance(file, str):
            readings.append(_read_file(file, max_bytes))
        else:
            readings.append(_read(file[1], (*COHERENCE, *EVIDENCE), max_bytes=max_bytes, file=file[0]))
    _check_across(readings)
    return tuple(reading.problems() for reading in readings)


def validate(agreements: Agreement | Iterable[Agreement]) -> tuple[Problem, ...]:
    """Tell every problem of coherence and evidence in one agreement or several, and between several.

    The problems have no lines; of several agreements, `file` is the id of the one that the problem is in.
    """
    rules = (*COHERENCE, *EVIDENCE)
    if isinstance(agreements, Agreement):
        return _Reading(agreement=agreements, findings=_check(agreements, rules)).problems()
    readings = [
        _Reading(agreement=agreement, findings=_check(agreement, rules), file=agreement.id)
        for agreement in map(_agreement, agreements)
    ]
    _check_across(readings)
    return tuple(problem for reading in readings for problem in reading.problems())


# --- Writing ----------------------------------------------------------------------------------------------


def to_dict(agreement: Agreement) -> dict[str, Any]:
    """Give an agreement as plain data, ready for `json.dumps`: its canonical form. Checks nothing more."""
    data: dict[str, Any] = _CONVERTER.unstructure(_agreement(agreement), Agreement)
    return data


def dumps(agreement: Agreement, *, indent: int | None = 2, max_bytes: int = MAX_BYTES) -> str:
    """Write an agreement as JSON text: in canonical form, or with `indent=None` on one line.

    Raises `InvalidAgreement` if the agreement is not coherent, or its text too large to be read again.
    """
    reading = _Reading(agreement=_agreement(agreement), findings=_check(agreement, COHERENCE))
    text = _as_json(to_dict(agreement), indent)
    if not reading.findings and _is_larger(text, max_bytes):
        reading = _Reading(findings=[_too_large(max_bytes)])
    reading.sound()
    return text


def dump(
    agreement: Agreement, path: str | os.PathLike[str], *, indent: int | None = 2, max_bytes: int = MAX_BYTES
) -> None:
    """Write an agreement to a JSON file, in one step: a failure leaves the old file as it was.

    Raises `InvalidAgreement` as `dumps` does, before anything is written, and `OSError` as `open` does.
    """
    text = dumps(agreement, indent=indent, max_bytes=max_bytes)
    replace_file(_path(path, "file.write(dumps(agreement))"), [text.encode()])


def dump_lines(agreements: Iterable[Agreement], path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> None:
    """Write agreements to a file of JSON Lines, one a line, in one step and as they come.

    Raises `InvalidAgreement` for one that is not coherent or too large, and leaves the old file as it was.
    """
    lines = (dumps(agreement, indent=None, max_bytes=max_bytes).encode() + b"\n" for agreement in agreements)
    replace_file(_path(path, "file.write(dumps(agreement, indent=None)) for each agreement"), lines)


def format_file(path: str | os.PathLike[str], *, write: bool = True, max_bytes: int = MAX_BYTES) -> bool:
    """Write a file in canonical form, or without `write` only look; tell whether it was in that form already.

    `$schema` is kept, as the first key. Raises `InvalidAgreement` for a file that has errors, those of evidence
    included, or cannot be read, and leaves it as it is.
    """
    reading = _read_file(path, max_bytes)
    reading.findings = [finding for finding in reading.findings if finding.code not in WARNINGS]
    agreement = reading.sound()
    schema = {key: value for key, value in parse(reading.original).items() if key == "$schema"}
    canonical = _as_json({**schema, **to_dict(agreement)}, indent=2)
    if _is_larger(canonical, max_bytes):
        finding = _too_large(max_bytes, what="the canonical form would be larger")
        _Reading(findings=[finding], file=reading.file).sound()
    if canonical.encode() == reading.original:
        return True
    if write:
        replace_file(path, [canonical.encode()])
    return False


def _as_json(data: dict[str, Any], indent: int | None) -> str:
    if indent is None:
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


# --- One path for all -------------------------------------------------------------------------------------


@define(kw_only=True)
class _Reading:
    """What came of reading something: an agreement or none, and what was found wrong."""

    agreement: Agreement | None = None
    findings: list[Finding]
    #: How many more errors there are, all of them after those that were found.
    more: int = 0
    text: Text | None = None
    document: Document | None = None
    file: str | None = None
    #: The very bytes of the file.
    original: bytes = b""

    def sound(self) -> Agreement:
        """Give the agreement; raise `InvalidAgreement` if anything was found wrong."""
        if self.agreement is None or self.findings:
            raise InvalidAgreement(self.problems())
        return self.agreement

    def problems(self) -> tuple[Problem, ...]:
        """Make problems of the findings. Only now are places worth looking up."""
        if not self.findings:
            return ()
        document = self.document
        if document is None and self.agreement is not None:
            document = Document(self.text.text if self.text else _as_json(to_dict(self.agreement), None))
        return Report(text=self.text, document=document, file=self.file).problems(self.findings, more=self.more)


def _read_file(
    path: str | os.PathLike[str], max_bytes: int, rules: Sequence[Rule] = (*COHERENCE, *EVIDENCE)
) -> _Reading:
    file = _path(path, "loads(file.read())")
    try:
        data = _bytes_of(path, max_bytes)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        return _Reading(findings=[Finding(code="unreadable-file", message=f"cannot be read: {reason}")], file=file)
    reading = _read(data, rules, max_bytes=max_bytes, file=file)
    reading.original = data
    return reading


def _read(text: str | bytes, rules: Sequence[Rule], *, max_bytes: int, file: str | None = None) -> _Reading:
    """Read text the fast way; at any doubt, read it again the way that explains."""
    if _is_larger(text, max_bytes):
        return _Reading(findings=[_too_large(max_bytes)], text=Text(""), file=file)
    try:
        agreement = _CONVERTER.structure(parse(text), Agreement)
    except (ValueError, RecursionError, BaseValidationError):
        return _explain(text, rules, file)
    return _Reading(agreement=agreement, findings=_check(agreement, rules), text=Text(text), file=file)


def _explain(text: str | bytes, rules: Sequence[Rule], file: str | None) -> _Reading:
    decoded = Text(text)
    try:
        document = Document(decoded.text)
    except TextError as error:
        return _Reading(findings=[error.finding], text=decoded, file=file)
    reading = _build(document.value, rules, repeated=document.repeated)
    reading.text, reading.document, reading.file = decoded, document, file
    return reading


def _build(data: Any, rules: Sequence[Rule], repeated: Sequence[Finding] = ()) -> _Reading:
    """Build an agreement from data and check it, or tell what is wrong with the data's structure."""
    found: list[Finding] = []
    unsound: list[Finding] = []
    more = 0
    try:
        agreement = _CONVERTER.structure(data, Agreement)
    except BaseValidationError:
        for finding in structural_findings(data):
            if finding.code == "duplicate-value":
                found.append(finding)
            elif len(unsound) < MOST_PROBLEMS:  # they come in the order of the data, so no later one would be kept
                unsound.append(finding)
            else:
                more += 1
    if [finding.code for finding in unsound] == [VERSION.code]:
        return _Reading(findings=unsound)  # alone: other editions have other keys
    if unsound or repeated:
        return _Reading(findings=[*repeated, *unsound], more=more)
    if found:  # sound but for a translation that stands twice, which no value can hold
        agreement = _CONVERTER.structure(_without(data, found), Agreement)
        found += [
            own_language(str(one.path[-1]), one.path) for one in found if is_own_language(one.path[-1], agreement)
        ]
    return _Reading(agreement=agreement, findings=found + _check(agreement, rules))


def _without(data: Any, findings: list[Finding]) -> Any:
    data = copy.deepcopy(data)
    for finding in findings:
        holder = data
        for step in finding.path[:-1]:
            holder = holder[step]
        del holder[finding.path[-1]]
    return data


def _check(agreement: Agreement, rules: Sequence[Rule]) -> list[Finding]:
    return [finding for rule in rules for finding in rule(agreement)]


def _check_across(readings: Sequence[_Reading]) -> None:
    known = [(reading, reading.agreement) for reading in readings if reading.agreement is not None]
    agreements = [agreement for _, agreement in known]
    for rule in ACROSS:
        for index, finding in rule(agreements):
            known[index][0].findings.append(finding)


def _is_larger(text: str | bytes, max_bytes: int) -> bool:
    if len(text) > max_bytes or isinstance(text, bytes):
        return len(text) > max_bytes
    return len(text) * 4 > max_bytes and len(text.encode(errors="surrogatepass")) > max_bytes


def _too_large(max_bytes: int, what: str = "larger") -> Finding:
    return Finding(code="file-too-large", message=f"{what} than {max_bytes:,} bytes, the most that is allowed")


def _bytes_of(path: str | os.PathLike[str], max_bytes: int) -> bytes:
    with open(_path(path, "loads(file.read())"), "rb") as file:
        return file.read(max(max_bytes, 0) + 1)


def _path(path: str | os.PathLike[str], instead: str) -> str:
    if isinstance(path, str):
        return path
    if isinstance(path, os.PathLike):
        return os.fspath(path)
    raise TypeError(f"expected a path, not {type(path).__name__}; for an open file, use {instead}")


def _typed(text: str | bytes) -> str | bytes:
    if type(text) not in (str, bytes):
        raise TypeError(f"expected a str or bytes, not {type(text).__name__}; for an open file, use loads(file.read())")
    return text


def _agreement(value: Agreement) -> Agreement:
    if not isinstance(value, Agreement):
        raise TypeError(f"expected an Agreement, not {type(value).__name__} {shown(value)}")
    return value
