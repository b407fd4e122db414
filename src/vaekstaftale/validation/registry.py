"""The registry of rules. Lists of codes and stages, severities and the tests' lists follow from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeVar

from vaekstaftale.problems import Severity


class Stage(Enum):
    """When a rule is applied. The stages of text and structure have no rules; they come first."""

    #: By all functions that read or write an agreement.
    COHERENCE = "coherence"
    #: To several agreements; reported as part of coherence.
    ACROSS = "across"
    #: By the `validate` functions only.
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


def rule(stage: Stage, *errors: str, warnings: Sequence[str] = ()) -> Callable[[Check], Check]:
    """Register a function as a rule of a stage that reports these codes, as errors or as warnings."""
    codes = dict.fromkeys(errors, Severity.ERROR) | dict.fromkeys(warnings, Severity.WARNING)

    def register(check: Check) -> Check:
        _rules.append(Rule(check, stage, codes))
        return check

    return register


def rules_of(stage: Stage) -> tuple[Rule, ...]:
    """Return the rules of a stage, in the order in which they were registered."""
    return tuple(one for one in _rules if one.stage is stage)
