"""Problems, findings and the exceptions that hold them."""

from __future__ import annotations

import pickle

import attrs
import pytest
from conftest import minimal

import vaekstaftale
from vaekstaftale import Agreement, Finding, InvalidAgreement, Quote, Severity, validate


def test_only_warnings_are_left_out(agreement: Agreement) -> None:
    """If all errors are reported and only warnings are left out, the last problem is a warning too."""
    quotes = [Quote(exact=f"zz{number}") for number in range(100)] + [Quote(exact="a") for _ in range(5)]
    value = attrs.evolve(agreement, quotes=quotes)

    assert Severity.WARNING is validate(value)[-1].severity
    assert validate(value)[-1].message == "5 more warnings were found"


def test_values_have_no_lines(agreement: Agreement) -> None:
    """The problem of an agreement that is too large to be written has no line."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.dumps(agreement, max_bytes=10)

    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(None, None)]


def test_pickled_exception() -> None:
    """An exception keeps its problems when it is pickled."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.loads("{")

    assert caught.value.problems == pickle.loads(pickle.dumps(caught.value)).problems  # noqa: S301


@pytest.mark.parametrize("path", ["/~2", "/a~", "x"])
def test_finding_with_an_invalid_pointer(path: str) -> None:
    """A finding's path must be a JSON Pointer."""
    with pytest.raises(ValueError, match="JSON Pointer"):
        Finding("acme/x", "x", path=path)


def test_finding_with_a_huge_index(agreement: Agreement) -> None:
    """An index that no list has is reported where the rule found it."""
    path = f"/parties/{'1' * 5_000}"
    problems = validate(agreement, rules=[lambda _: [Finding("acme/x", "x", path=path)]])

    assert [problem.path for problem in problems] == [path]


def test_one_more_problem() -> None:
    """One problem that is left out is counted in the singular."""
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(**{f"k{number}": 0 for number in range(101)}))

    assert caught.value.problems[-1].message == "1 more problem was found"
