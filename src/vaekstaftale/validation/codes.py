"""All codes of problems, by stage, and their severities. A code never changes its meaning."""

from __future__ import annotations

from collections.abc import Mapping

from vaekstaftale.problems import Severity
from vaekstaftale.serialization import json_text, structure
from vaekstaftale.validation import across, coherence, evidence  # noqa: F401 - importing them registers the rules
from vaekstaftale.validation.registry import Stage, rules_of


def _codes_of(*stages: Stage) -> tuple[str, ...]:
    return tuple(code for stage in stages for rule in rules_of(stage) for code in rule.codes)


#: The codes by the name of the stage that they belong to; "limit" is for the number of problems.
CODES: Mapping[str, tuple[str, ...]] = {
    "text": ("unreadable-file", "file-too-large", *json_text.CODES),
    "structure": structure.CODES,
    "coherence": _codes_of(Stage.COHERENCE, Stage.ACROSS),
    "evidence": _codes_of(Stage.EVIDENCE),
    "limit": ("more-problems",),
}

#: The codes of problems that do not make a file invalid.
WARNINGS = frozenset(
    code
    for stage in Stage
    for rule in rules_of(stage)
    for code, severity in rule.codes.items()
    if severity is Severity.WARNING
)
