"""The registry of rules. The lists of codes, the severities and the parameters of tests are derived from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from vaekstaftale.problems import Severity


class Stage(Enum):
    """When a rule is applied. The stages of text and structure come before and have no rules."""

    #: When an agreement is read, written or validated.
    COHERENCE = "coherence"
    #: When several agreements are read or validated together; a part of coherence.
    ACROSS = "across"
    #: When an agreement is validated, and by the functions `read_…`.
    EVIDENCE = "evidence"


class Rule(NamedTuple):
    """A rule: a function that yields violations, and what is known about them."""

    #: Called with an `Index`, or in the stage `ACROSS` with a sequence of agreements.
    check: Callable[[Any], Any]
    stage: Stage
    #: The codes that the rule reports, with their severities.
    codes: Mapping[str, Severity]


_rules: list[Rule] = []

Check = TypeVar("Check", bound="Callable[[Any], Any]")


def rule(stage: Stage, *error_codes: str, warning_codes: Sequence[str] = ()) -> Callable[[Check], Check]:
    """Register a function as a rule of a stage that reports these codes."""
    codes = dict.fromkeys(error_codes, Severity.ERROR) | dict.fromkeys(warning_codes, Severity.WARNING)

    def register(check: Check) -> Check:
        _rules.append(Rule(check, stage, codes))
        return check

    return register


def rules_of(stage: Stage) -> tuple[Rule, ...]:
    """Return the rules of a stage, in the order in which they were registered."""
    return tuple(one for one in _rules if one.stage is stage)
