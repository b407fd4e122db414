"""The agreements that come with the library."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from vaekstaftale.files import loads
from vaekstaftale.names import unknown

if TYPE_CHECKING:
    from vaekstaftale.model import Agreement

_AGREEMENTS = files("vaekstaftale") / "data" / "agreements"


def names() -> tuple[str, ...]:
    """Name the bundled agreements, by their ids, sorted."""
    return tuple(
        sorted(file.name.removesuffix(".json") for file in _AGREEMENTS.iterdir() if file.name.endswith(".json"))
    )


def load(name: str) -> Agreement:
    """Load a bundled agreement by its id. Raises `UnknownName` with a suggestion."""
    return loads(read(name))


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of an agreement's file."""
    found: dict[str, Any] = json.loads(read_schema())
    return found


def read_schema() -> str:
    """Give the file of the JSON Schema as it is."""
    return (files("vaekstaftale") / "data" / "agreement.schema.json").read_text("utf-8")


def read(name: str) -> bytes:
    """Give the file of a bundled agreement as it is. Raises `UnknownName` with a suggestion."""
    if name not in names():
        raise unknown(name, "bundled agreement", names())
    return (_AGREEMENTS / f"{name}.json").read_bytes()
