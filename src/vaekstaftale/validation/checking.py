"""From text, data or an agreement to everything that is wrong with it, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from weakref import WeakValueDictionary

from attrs import evolve

from vaekstaftale.display import require
from vaekstaftale.limits import MAX_BYTES, MAX_PROBLEMS
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import InvalidAgreement, Problem, RawFinding, Severity
from vaekstaftale.serialization.reader import agreement_in_data, agreement_in_text, build
from vaekstaftale.validation import across, coherence, evidence
from vaekstaftale.validation.codes import severity_of
from vaekstaftale.validation.result import Result
from vaekstaftale.validation.rule import AgreementRule, Several, index_of

# What only invalid files need is imported inside functions.

#: The rules that `load…`, `from_dict` and `dump…` apply.
COHERENCE: Sequence[AgreementRule] = coherence.RULES
#: The rules that `validate…` and `read…` apply.
COHERENCE_AND_EVIDENCE: Sequence[AgreementRule] = (*coherence.RULES, *evidence.RULES)

_AFTER_TEXT = ("structure", "coherence", "evidence")
_AFTER_STRUCTURE = ("coherence", "evidence")


def check_text(
    text: str | bytes,
    rules: Sequence[AgreementRule],
    *,
    max_bytes: int = MAX_BYTES,
    file: str | None = None,
    line: int | None = None,
) -> Result:
    """Read a text, which may be one line of a file, and apply rules to the agreement in it."""
    if is_larger(text, max_bytes):
        # The text is not kept. An empty one gives the problem its position, the beginning of the file.
        return Result(findings=[too_large_finding(max_bytes)], unreached=_AFTER_TEXT, text="", file=file, line=line)
    agreement = agreement_in_text(text)
    if agreement is not None:
        return Result(agreement=agreement, findings=findings_of(agreement, rules), text=text, file=file, line=line)
    from vaekstaftale.serialization.decoded_text import DecodedText
    from vaekstaftale.serialization.json_text import Document, TextError

    try:
        document = Document(DecodedText(text).text)
    except TextError as error:
        return Result(findings=[error.finding], unreached=_AFTER_TEXT, text=text, file=file, line=line)
    result = _check_structure(document.value, document.duplicate_keys, rules)
    return evolve(result, text=text, document=document, file=file, line=line)


def check_data(data: Any, rules: Sequence[AgreementRule]) -> Result:
    """Read plain data, such as `json.loads` returns, and apply rules to the agreement in them."""
    agreement = agreement_in_data(data)
    return _check_structure(data, (), rules) if agreement is None else check_agreement(agreement, rules)


def check_agreement(agreement: Agreement, rules: Sequence[AgreementRule], *, file: str | None = None) -> Result:
    """Apply rules to an agreement."""
    return Result(agreement=agreement, findings=findings_of(agreement, rules), file=file)


def unreadable(reason: str, file: str) -> Result:
    """Return the result for a file that cannot be read."""
    finding = RawFinding("unreadable-file", f"cannot be read: {reason}")
    return Result(findings=[finding], unreached=_AFTER_TEXT, file=file)


def _check_structure(data: Any, duplicate_keys: Iterable[RawFinding], rules: Sequence[AgreementRule]) -> Result:
    """Check data that the reader refused. `duplicate_keys` are the findings for keys that the parser left out."""
    from vaekstaftale.serialization.structure import structural_findings

    wrong = structural_findings(data)
    first = [*duplicate_keys, *islice(wrong, MAX_PROBLEMS)]
    if first:
        return Result(findings=first, more_errors=sum(1 for _ in wrong), unreached=_AFTER_STRUCTURE, data=data)
    return check_agreement(build(data), rules)


def check_across(several_results: Iterable[Result]) -> list[Result]:
    """Return results, each with what the rules about several agreements find in its agreement added."""
    results = [_small(result) for result in several_results]
    with_agreement = [number for number, result in enumerate(results) if result.agreement is not None]
    several = Several(
        agreements=[result.agreement for result in results if result.agreement is not None],
        files=[result.file for result in results if result.agreement is not None],
    )
    findings: dict[int, list[RawFinding]] = defaultdict(list)
    for rule in across.RULES:
        for number, finding in rule.check(several):
            findings[with_agreement[number]].append(finding)
    return [
        evolve(result, findings=[*result.findings, *findings[number]]) if number in findings else result
        for number, result in enumerate(results)
    ]


def _small(result: Result) -> Result:
    """Return a result that needs little memory until all others are there."""
    if not result.findings:
        return result
    from vaekstaftale.validation.report import reduced

    return reduced(result)


def findings_of(agreement: Agreement, rules: Sequence[AgreementRule]) -> list[RawFinding]:
    """Return everything that some rules find."""
    index = index_of(agreement)
    findings: list[RawFinding] = []
    for rule in rules:
        findings += rule.check(index)
    return findings


# --- What was found ---------------------------------------------------------------------------------------


def problems_of(result: Result) -> tuple[Problem, ...]:
    """Return the problems for what was found. Only now, positions are looked up."""
    if not result.findings:
        return ()
    from vaekstaftale.validation.report import report

    return report(result)


def agreement_or_raise(result: Result) -> Agreement:
    """Return the agreement, which was checked for coherence at least.

    Raises `InvalidAgreement` with everything that was found, if any of it is an error.
    """
    if result.agreement is None or result.more_errors or _has_error(result.findings):
        raise InvalidAgreement(problems_of(result))
    _coherent[id(result.agreement)] = result.agreement
    return result.agreement


def _has_error(findings: Sequence[RawFinding]) -> bool:
    return any(severity_of(finding) is Severity.ERROR for finding in findings)


#: The agreements that were found coherent, by their `id()`, while they exist. An agreement never changes, so writing
#: one that was read need not check it again: with orjson, that takes twice as long. Keyed by id, because hashing
#: an agreement is slow.
_coherent: WeakValueDictionary[int, Agreement] = WeakValueDictionary()


def require_coherent(agreement: Agreement) -> None:
    """Raise `InvalidAgreement` if an agreement breaks a rule of coherence. One that does not is remembered."""
    if _coherent.get(id(agreement)) is not agreement:
        agreement_or_raise(check_agreement(agreement, COHERENCE))


# --- Size -------------------------------------------------------------------------------------------------


def is_larger(text: str | bytes, max_bytes: int) -> bool:
    """Return whether a text is larger than a limit, in bytes of UTF-8."""
    require(max_bytes, int, "max_bytes")
    if len(text) > max_bytes or isinstance(text, bytes):
        return len(text) > max_bytes
    # UTF-8 takes at most four bytes for a character.
    return len(text) * 4 > max_bytes and len(text.encode(errors="surrogatepass")) > max_bytes


def too_large_finding(max_bytes: int, message: str = "larger") -> RawFinding:
    """Return the finding for a text over the limit. The limit completes the message."""
    return RawFinding("file-too-large", f"{message} than {max_bytes:,} bytes, the most that is allowed")
