from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings

import vaekstaftale
from vaekstaftale.files.reading import read_inputs
from vaekstaftale.limits import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES = Path(__file__).parent / "examples"
FAMILY = sorted((Path(__file__).parent.parent / "docs" / "examples" / "family").glob("*.json"))

# No test is timed: a slow machine makes no failure. `nox -s properties` looks longer.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2_000)
# Few examples, always the same: a mutant is seen by the tests or not, and never by luck.
settings.register_profile(
    "mutants",
    settings.get_profile("default"),
    max_examples=30,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),  # the same tests run again and again in one process
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def validate_files(
    files: Iterable[str | tuple[str, bytes]], max_bytes: int = MAX_BYTES
) -> tuple[tuple[vaekstaftale.Problem, ...], ...]:
    """Return the problems of each file; a file is a path, or a name and content."""
    return tuple(reading.problems for reading in read_inputs(files, max_bytes=max_bytes))


def minimal(**changes: Any) -> dict[str, Any]:
    """Give the data of the smallest agreement, with some keys changed."""
    data = {
        "format_version": "1.0",
        "id": "x",
        "title": "X",
        "language": "da",
        "parties": [{"id": "p", "name": "P"}],
        "sources": [{"id": "s", "kind": "other"}],
    }
    return {**data, **changes}


@pytest.fixture
def agreement() -> vaekstaftale.Agreement:
    """Give the agreement that comes with the library."""
    return vaekstaftale.bundled.load("syddanmark-2017")
