"""The JSON Schema and the reader agree about the structure of any data."""

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
from vaekstaftale.validation.codes import STAGES

VALIDATOR = jsonschema.Draft202012Validator(bundled.schema())


def reader_accepts(data: Any) -> bool:
    """Return whether the reader finds no structural problem."""
    return not any(violation.code in STAGES["structure"] for violation in structural_findings(data))


def test_committed() -> None:
    """The bundled schema is the one that is generated from the classes (`python docs/generate.py` writes it)."""
    assert schema_text() == bundled.read_schema(), "run python docs/generate.py"
    assert schema() == bundled.schema()


def test_schema_is_valid() -> None:
    """The schema is a valid JSON Schema, has its own id, and describes every key."""
    jsonschema.Draft202012Validator.check_schema(bundled.schema())
    definitions = [bundled.schema(), *bundled.schema()["$defs"].values()]
    properties = [(key, value) for definition in definitions for key, value in definition.get("properties", {}).items()]

    assert bundled.schema()["$id"] == "urn:vaekstaftale:agreement:1.0"
    assert sum(len(shape.forms) for shape in SHAPES.values()) == len(properties), "run python docs/generate.py"
    assert all(value["description"].endswith(".") for _, value in properties)


def test_schema_is_a_copy() -> None:
    """Every call returns a new copy of the schema."""
    bundled.schema().clear()

    assert bundled.schema()


@pytest.mark.parametrize("data", GOOD, ids=lambda data: data["id"])
def test_valid_data(data: Any) -> None:
    """The schema and the reader both accept valid data."""
    VALIDATOR.validate(data)

    assert reader_accepts(data)


@settings(max_examples=500)
@given(wrong())
def test_agree(data: Any) -> None:
    """The schema and the reader agree about data with random changes."""
    assert VALIDATOR.is_valid(data) is reader_accepts(data)


@pytest.mark.parametrize("form", ["id", "text", "partial-date", "language", "url", "sha256"])
def test_agree_on_strings(form: str) -> None:
    """The schema and the reader agree about strings that are easily judged differently."""
    key = {"id": "id", "text": "title", "partial-date": "published_on"}.get(form, form)
    for text in STRINGS:
        source = {"id": "s", "kind": "other", key: text}
        data = {**GOOD[1], "sources": [source]}

        assert VALIDATOR.is_valid(data) is reader_accepts(data), text
