"""From text, data or an agreement to everything that is wrong with it, stage by stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.translations import repeated_language_violation, same_language
from vaekstaftale.problems import Finding, InvalidAgreement, Path, Problem, Violation, path_of_pointer
from vaekstaftale.serialization import fast, json_library
from vaekstaftale.serialization.structure import Structure, check_structure
from vaekstaftale.validation import across, evidence  # noqa: F401 - importing them registers their rules
from vaekstaftale.validation.coherence import own_language_violation
from vaekstaftale.validation.index import index_of
from vaekstaftale.validation.registry import Rule, Stage, rules_of

if TYPE_CHECKING:
    from vaekstaftale.serialization.json_text import Document

# Functions import what only invalid files need.

#: What the functions that raise check: `load…`, `from_dict` and `dump…`.
COHERENCE_RULES = rules_of(Stage.COHERENCE)
#: What the functions that report check, such as `validate…` and `read_…`.
AGREEMENT_RULES = COHERENCE_RULES + rules_of(Stage.EVIDENCE)

_ACROSS = rules_of(Stage.ACROSS)

#: Rules of the user's own: functions from an agreement to what is wrong with it.
OwnRules = Sequence[Callable[[Agreement], Iterable[Finding]]]


@frozen(kw_only=True)
class Checked:
    """The result of checking a text, data or an agreement."""

    #: The agreement, if text and structure are valid.
    agreement: Agreement | None = None
    violations: Sequence[Violation] = ()
    #: How many more errors of structure there are.
    more: int = 0
    #: What was read, if it was a text.
    text: str | bytes | None = None
    #: The parsed text, if it had to be parsed to find what is wrong.
    document: Document | None = None
    file: str | None = None
    #: The stages that were not reached.
    unreached: tuple[str, ...] = ()

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems for the violations. Only now, positions are looked up."""
        if not self.violations:
            return ()
        from vaekstaftale.serialization.json_text import DecodedText, Document
        from vaekstaftale.validation.report import report

        text = None if self.text is None else DecodedText(self.text)
        document = self.document
        if document is None and self.agreement is not None:
            document = Document(text.text if text else json_library.encode(fast.to_data(self.agreement), None))
        return report(self.violations, more=self.more, text=text, document=document, file=self.file)

    def agreement_or_raise(self) -> Agreement:
        """Return the agreement. Raises `InvalidAgreement` if anything was found wrong."""
        if self.agreement is None or self.violations:
            raise InvalidAgreement(self.problems())
        return self.agreement


def check_text(
    text: str | bytes,
    rules: Sequence[Rule],
    *,
    own_rules: OwnRules = (),
    max_bytes: int = MAX_BYTES,
    file: str | None = None,
) -> Checked:
    """Read and check a text, also with rules of the user's own."""
    if is_larger(text, max_bytes):
        # The text is not kept. An empty one gives the problem its position, the beginning of the file.
        return Checked(violations=[too_large_violation(max_bytes)], text="", file=file, unreached=_AFTER_TEXT)
    agreement = fast.read_text(text)
    if agreement is not None:
        return Checked(agreement=agreement, violations=violations_of(agreement, rules, own_rules), text=text, file=file)
    from vaekstaftale.serialization.json_text import DecodedText, Document, TextError

    try:
        document = Document(DecodedText(text).text)
    except TextError as error:
        return Checked(violations=[error.violation], text=text, file=file, unreached=_AFTER_TEXT)
    structure = check_structure(document.value, document.duplicate_keys)
    return _check_structured(structure, rules, own_rules, text=text, document=document, file=file)


def check_data(data: Any, rules: Sequence[Rule]) -> Checked:
    """Check plain data, such as `json.loads` returns."""
    agreement = fast.read_data(data)
    if agreement is not None:
        return check_agreement(agreement, rules)
    return _check_structured(check_structure(data), rules)


def check_agreement(
    agreement: Agreement, rules: Sequence[Rule], own_rules: OwnRules = (), *, file: str | None = None
) -> Checked:
    """Check an agreement, also with rules of the user's own."""
    return Checked(agreement=agreement, violations=violations_of(agreement, rules, own_rules), file=file)


def _check_structured(structure: Structure, rules: Sequence[Rule], own_rules: OwnRules = (), **origin: Any) -> Checked:
    agreement = structure.agreement
    if agreement is None:
        return Checked(violations=structure.violations, more=structure.more, unreached=_AFTER_STRUCTURE, **origin)
    repeated = [violation for path in structure.repeated_keys for violation in _repeated_key(path, agreement)]
    return Checked(agreement=agreement, violations=repeated + violations_of(agreement, rules, own_rules), **origin)


def _repeated_key(path: Path, agreement: Agreement) -> list[Violation]:
    """Return what is wrong with a translation that the agreement does not have, because its language is repeated."""
    language = str(path[-1])
    own = [own_language_violation(language, path)] if same_language(language, agreement.language) else []
    return [repeated_language_violation(language, path), *own]


def check_across(several: Sequence[Checked]) -> list[Checked]:
    """Return the results, each with what the rules about several agreements find in its agreement added."""
    with_agreement = [index for index, one in enumerate(several) if one.agreement is not None]
    agreements = [several[index].agreement for index in with_agreement]
    found: dict[int, list[Violation]] = defaultdict(list)
    for rule in _ACROSS:
        for number, violation in rule.check(agreements):
            found[with_agreement[number]].append(violation)
    return [
        evolve(one, violations=[*one.violations, *found[index]]) if index in found else one
        for index, one in enumerate(several)
    ]


_AFTER_TEXT = ("structure", "coherence", "evidence")
_AFTER_STRUCTURE = ("coherence", "evidence")


# --- Rules ------------------------------------------------------------------------------------------------


def violations_of(agreement: Agreement, rules: Sequence[Rule], own_rules: OwnRules = ()) -> list[Violation]:
    """Return everything that some rules find."""
    index = index_of(agreement)
    found = list(chain.from_iterable([rule.check(index) for rule in rules]))
    return found + [_violation(finding) for rule in own_rules for finding in rule(agreement)] if own_rules else found


def _violation(finding: Finding) -> Violation:
    """Return the violation for what a rule of the user's own found."""
    if not isinstance(finding, Finding):
        raise TypeError(f"a rule must yield values of type Finding, not {type(finding).__name__}")
    path = path_of_pointer(finding.path)
    return Violation(finding.code, finding.message, path, finding.hint, severity=finding.severity)


def is_coherent(agreement: Agreement) -> bool:
    """Return whether an agreement breaks no rule of coherence. An answer in its slot is not worked out again."""
    return getattr(agreement, "known_coherent", False) or check_coherence(agreement)


def check_coherence(agreement: Agreement) -> bool:
    """Return whether an agreement breaks no rule of coherence. The answer `True` is kept in the agreement's slot."""
    coherent = not violations_of(agreement, COHERENCE_RULES)
    if coherent:
        object.__setattr__(agreement, "known_coherent", True)
    return coherent


# --- Size -------------------------------------------------------------------------------------------------


def is_larger(text: str | bytes, max_bytes: int) -> bool:
    """Return whether a text is larger than a limit, in bytes of UTF-8."""
    if len(text) > max_bytes or isinstance(text, bytes):
        return len(text) > max_bytes
    # UTF-8 takes at most four bytes for a character.
    return len(text) * 4 > max_bytes and len(text.encode(errors="surrogatepass")) > max_bytes


def too_large_violation(max_bytes: int, message: str = "larger") -> Violation:
    """Return the violation for a text over the limit. The limit completes the message."""
    return Violation("file-too-large", f"{message} than {max_bytes:,} bytes, the most that is allowed")
