from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings

import vaekstaftale
from vaekstaftale.files.reading import Content, read_inputs
from vaekstaftale.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES = Path(__file__).parent / "examples"
FAMILY = sorted((Path(__file__).parent.parent / "docs" / "examples" / "family").glob("*.json"))

# No test has a deadline, so that none fails on a slow machine. `nox -s properties` runs more examples.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2_000)
# Few examples, and the same ones in every run: whether the tests catch a mutant must not depend on chance.
settings.register_profile(
    "mutants",
    settings.get_profile("default"),
    max_examples=30,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),  # mutmut runs the same tests many times in one process
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def validate_files(
    files: Iterable[str | tuple[str, bytes]], max_bytes: int = MAX_BYTES, rules: Iterable[Any] = ()
) -> tuple[tuple[vaekstaftale.Problem, ...], ...]:
    """Return the problems of each file; a file is a path, or a name and content."""
    inputs = (Content(*file) if isinstance(file, tuple) else file for file in files)
    return tuple(reading.problems for reading in read_inputs(inputs, max_bytes=max_bytes, rules=rules))


def minimal(**changes: Any) -> dict[str, Any]:
    """Return the data of the smallest valid agreement, with some keys changed."""
    data = {
        "format_version": "1.0",
        "id": "x",
        "title": "X",
        "language": "da",
        "parties": [{"id": "p", "name": "P"}],
        "sources": [{"id": "s", "kind": "other"}],
    }
    return {**data, **changes}


def problems_of(**changes: Any) -> list[tuple[str, str]]:
    """Return the codes and paths of the problems of the smallest valid agreement with some keys changed."""
    with pytest.raises(vaekstaftale.InvalidAgreement) as caught:
        vaekstaftale.from_dict(minimal(**changes))
    return [(problem.code, problem.path) for problem in caught.value.problems]


@pytest.fixture
def agreement() -> vaekstaftale.Agreement:
    """Return the agreement that is bundled with the library."""
    return vaekstaftale.bundled.load("syddanmark-2017")
