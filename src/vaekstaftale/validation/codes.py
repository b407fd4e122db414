"""All codes of problems, by stage, and their severities. `docs/rules.md` explains each.

A code never changes its meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vaekstaftale.problems import RawFinding, Severity
from vaekstaftale.serialization import json_text, structure
from vaekstaftale.validation import across, coherence, evidence
from vaekstaftale.validation.rule import Rule


def _codes_of(*rules: Rule[Any]) -> tuple[str, ...]:
    return tuple(code for rule in rules for code in rule.codes)


#: The codes by the name of the stage that they belong to; "limit" is for the number of problems.
STAGES: Mapping[str, tuple[str, ...]] = {
    "text": ("unreadable-file", "file-too-large", *json_text.CODES),
    "structure": structure.CODES,
    "coherence": _codes_of(*coherence.RULES, *across.RULES),
    "evidence": _codes_of(*evidence.RULES),
    "limit": ("more-problems",),
}

_ALL: Iterable[Rule[Any]] = (*coherence.RULES, *across.RULES, *evidence.RULES)
#: The codes of text and structure are errors.
_SEVERITIES: Mapping[str, Severity] = {
    **dict.fromkeys(STAGES["text"] + STAGES["structure"], Severity.ERROR),
    **{code: severity for rule in _ALL for code, severity in rule.codes.items()},
}


def severity_of(finding: RawFinding) -> Severity:
    """Return the severity of a finding. Raises `KeyError` for a code that no stage lists."""
    return finding.severity or _SEVERITIES[finding.code]


def severity_of_code(code: str) -> Severity | None:
    """Return the severity of a code; `None` if it has two. The codes that no stage lists are those of advice."""
    return None if code in STAGES["limit"] else _SEVERITIES.get(code, Severity.WARNING)
