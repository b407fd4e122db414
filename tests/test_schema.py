"""The JSON Schema and the reader say the same of every structure."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from mutations import GOOD, STRINGS, wrong

from vaekstaftale import bundled
from vaekstaftale.serialization.schema import schema, schema_text
from vaekstaftale.serialization.shapes import SHAPES
from vaekstaftale.serialization.structure import structural_findings
from vaekstaftale.validation.codes import CODES

VALIDATOR = jsonschema.Draft202012Validator(bundled.schema())


def reader_takes(data: Any) -> bool:
    """Tell whether the reader finds no problem of structure."""
    return not any(finding.code in CODES["structure"] for finding in structural_findings(data))


def test_committed() -> None:
    """The committed schema is the one that the classes give (`python docs/generate.py` writes it)."""
    assert schema_text() == bundled.read_schema()
    assert schema() == bundled.schema()


def test_sound() -> None:
    """The schema is one, has its own name, and describes every key."""
    jsonschema.Draft202012Validator.check_schema(bundled.schema())
    definitions = [bundled.schema(), *bundled.schema()["$defs"].values()]
    properties = [(key, value) for one in definitions for key, value in one.get("properties", {}).items()]

    assert bundled.schema()["$id"] == "urn:vaekstaftale:agreement:1.0"
    assert sum(len(shape.forms) for shape in SHAPES.values()) == len(properties)
    assert all(value["description"].endswith(".") for _, value in properties)


def test_nobody_can_change_it() -> None:
    """Everyone gets a schema of their own."""
    bundled.schema().clear()

    assert bundled.schema()


@pytest.mark.parametrize("data", GOOD, ids=lambda data: data["id"])
def test_good(data: Any) -> None:
    """Good files are good to both."""
    VALIDATOR.validate(data)

    assert reader_takes(data)


@settings(max_examples=500)
@given(wrong())
def test_agree(data: Any) -> None:
    """Whatever becomes of a good file, schema and reader agree on its structure."""
    assert VALIDATOR.is_valid(data) is reader_takes(data)


@pytest.mark.parametrize("form", ["id", "text", "partial-date", "language", "url", "sha256"])
def test_agree_on_strings(form: str) -> None:
    """Schema and reader agree on the strings that are hard to judge."""
    key = {"id": "id", "text": "title", "partial-date": "published_on"}.get(form, form)
    for text in STRINGS:
        source = {"id": "s", "kind": "other", key: text}
        data = {**GOOD[1], "sources": [source]}

        assert VALIDATOR.is_valid(data) is reader_takes(data), text
