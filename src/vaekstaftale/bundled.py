"""The agreements that are part of the library."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from vaekstaftale.files.disk import packaged
from vaekstaftale.files.reading import loads
from vaekstaftale.matching import unknown_name
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.strings import ID


def names() -> tuple[str, ...]:
    """Return the ids of the bundled agreements, sorted."""
    from importlib.resources import files  # noqa: PLC0415 - slow to import

    folder = files("vaekstaftale") / "data" / "agreements"
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json")))


def load(name: str) -> Agreement:
    """Return a bundled agreement by its id. Raises `UnknownName` with a suggestion."""
    return loads(read(name))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an agreement's file."""
    found: dict[str, Any] = json.loads(read_schema())
    return found


def read_schema() -> str:
    """Return the content of the file that contains the JSON Schema."""
    return packaged("agreement.schema.json").decode()


def read(name: str) -> bytes:
    """Return the content of a bundled agreement's file. Raises `UnknownName` with a suggestion."""
    if ID.accepts(name):  # so that no name leads out of the folder
        with suppress(FileNotFoundError):
            return packaged(f"agreements/{name}.json")
    raise unknown_name(name, "bundled agreement", names())
