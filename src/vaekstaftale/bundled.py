"""The agreements that come with the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vaekstaftale._disk import packaged
from vaekstaftale.files import loads
from vaekstaftale.forms import ID
from vaekstaftale.names import unknown

if TYPE_CHECKING:
    from vaekstaftale.model import Agreement


def names() -> tuple[str, ...]:
    """Name the bundled agreements, by their ids, sorted."""
    from importlib.resources import files  # noqa: PLC0415 - slow to import

    folder = files("vaekstaftale") / "data" / "agreements"
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json")))


def load(name: str) -> Agreement:
    """Load a bundled agreement by its id. Raises `UnknownName` with a suggestion."""
    return loads(read(name))


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of an agreement's file."""
    found: dict[str, Any] = json.loads(read_schema())
    return found


def read_schema() -> str:
    """Give the file of the JSON Schema as it is."""
    return packaged("agreement.schema.json").decode()


def read(name: str) -> bytes:
    """Give the file of a bundled agreement as it is. Raises `UnknownName` with a suggestion."""
    try:
        return packaged(f"agreements/{name if ID.accepts(name) else ''}.json")
    except FileNotFoundError:
        raise unknown(name, "bundled agreement", names()) from None
