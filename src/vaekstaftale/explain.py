"""The way that explains: everything that is wrong with what was read, text, structure, coherence and evidence."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from attrs import define

from vaekstaftale import _sure
from vaekstaftale._disk import bytes_of, path_of
from vaekstaftale._json import Document, Text, TextError
from vaekstaftale.errors import Finding, InvalidAgreement, Problem
from vaekstaftale.report import MOST_PROBLEMS, Report
from vaekstaftale.rules import ACROSS, coherence, evidence, is_own_language, own_language
from vaekstaftale.shapes import VERSION
from vaekstaftale.structure import structural_findings

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from vaekstaftale.model import Agreement
    from vaekstaftale.rules import Rule

#: What readers and writers check.
SOUND: Sequence[Rule] = (coherence,)
#: What `validate` checks.
ALL: Sequence[Rule] = (coherence, evidence)


@define(kw_only=True)
class Reading:
    """What came of reading something: an agreement or none, and what was found wrong."""

    agreement: Agreement | None = None
    findings: list[Finding]
    #: How many more errors there are, all of them after those that were found.
    more: int = 0
    #: What was read, if it was a text.
    original: str | bytes | None = None
    document: Document | None = None
    file: str | None = None

    def sound(self) -> Agreement:
        """Give the agreement; raise `InvalidAgreement` if anything was found wrong."""
        if self.agreement is None or self.findings:
            raise InvalidAgreement(self.problems())
        return self.agreement

    def problems(self) -> tuple[Problem, ...]:
        """Make problems of the findings. Only now are places worth looking up."""
        if not self.findings:
            return ()
        text = None if self.original is None else Text(self.original)
        document = self.document
        if document is None and self.agreement is not None:
            document = Document(text.text if text else _sure.encode(_sure.to_dict(self.agreement), None))
        return Report(text=text, document=document, file=self.file).problems(self.findings, more=self.more)


def read_file(path: str | os.PathLike[str], max_bytes: int, rules: Sequence[Rule]) -> Reading:
    """Read a file; one that cannot be read is a finding too."""
    file = path_of(path, "loads(file.read())")
    try:
        data = bytes_of(path, max_bytes)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        return Reading(findings=[Finding(code="unreadable-file", message=f"cannot be read: {reason}")], file=file)
    return read(data, max_bytes, rules, file=file)


def read(text: str | bytes, max_bytes: int, rules: Sequence[Rule], *, file: str | None = None) -> Reading:
    """Read text the sure way; at any doubt, read it again and explain."""
    return judge(text, _sure.read(text, max_bytes), max_bytes, rules, file=file)


def judge(
    text: str | bytes, agreement: Agreement | None, max_bytes: int, rules: Sequence[Rule], *, file: str | None = None
) -> Reading:
    """Check what the sure way read; where it gave `None`, read the text again and explain."""
    if agreement is not None:
        return Reading(agreement=agreement, findings=check(agreement, rules), original=text, file=file)
    if _sure.is_larger(text, max_bytes):
        return Reading(findings=[too_large(max_bytes)], original="", file=file)
    try:
        document = Document(Text(text).text)
    except TextError as error:
        return Reading(findings=[error.finding], original=text, file=file)
    reading = build(document.value, rules, repeated=document.repeated)
    reading.original, reading.document, reading.file = text, document, file
    return reading


def build(data: Any, rules: Sequence[Rule], repeated: Sequence[Finding] = ()) -> Reading:
    """Build an agreement from data and check it, or tell what is wrong with the data's structure."""
    found: list[Finding] = []
    unsound: list[Finding] = []
    more = 0
    agreement = _sure.build(data)
    for finding in structural_findings(data) if agreement is None else ():
        if finding.code == "duplicate-value":
            found.append(finding)
        elif len(unsound) < MOST_PROBLEMS:  # they come in the order of the data, so no later one would be kept
            unsound.append(finding)
        else:
            more += 1
    if [finding.code for finding in unsound] == [VERSION.code]:
        return Reading(findings=unsound)  # alone: other editions have other keys
    if unsound or repeated:
        return Reading(findings=[*repeated, *unsound], more=more)
    if found:  # sound but for a translation that stands twice, which no value can hold
        agreement = _sure.build(_without(data, found))
    if agreement is None:
        raise RuntimeError("a doubt that nothing explains: this is a bug in vaekstaftale")
    found += [own_language(str(one.path[-1]), one.path) for one in found if is_own_language(one.path[-1], agreement)]
    return Reading(agreement=agreement, findings=found + check(agreement, rules))


def _without(data: Any, findings: list[Finding]) -> Any:
    data = copy.deepcopy(data)
    for finding in findings:
        holder = data
        for step in finding.path[:-1]:
            holder = holder[step]
        del holder[finding.path[-1]]
    return data


def check(agreement: Agreement, rules: Sequence[Rule]) -> list[Finding]:
    """Give all that some rules find."""
    return [finding for rule in rules for finding in rule(agreement)]


def check_across(readings: Sequence[Reading]) -> None:
    """Add to readings what the rules across several agreements find."""
    known = [(reading, reading.agreement) for reading in readings if reading.agreement is not None]
    agreements = [agreement for _, agreement in known]
    for rule in ACROSS:
        for index, finding in rule(agreements):
            known[index][0].findings.append(finding)


def refuse_to_write(agreement: Agreement, text: str, max_bytes: int) -> None:
    """Raise `InvalidAgreement` for an agreement that is not coherent, or whose text could not be read again."""
    reading = Reading(agreement=agreement, findings=check(agreement, SOUND))
    if not reading.findings and _sure.is_larger(text, max_bytes):
        reading = Reading(findings=[too_large(max_bytes)])
    reading.sound()


def too_large(max_bytes: int, what: str = "larger") -> Finding:
    """Tell of a text over the limit."""
    return Finding(code="file-too-large", message=f"{what} than {max_bytes:,} bytes, the most that is allowed")
