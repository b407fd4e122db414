"""The JSON Schema (2020-12) of an agreement's file, from the classes.

It states the structure of a file. Coherence and evidence cannot be expressed in a schema.
"""

from __future__ import annotations

import json
from typing import Any

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.base import Value, meanings_of
from vaekstaftale.model.forms import InstanceForm
from vaekstaftale.serialization.shapes import FORMAT_VERSION, FORMS, SHAPES


def schema() -> dict[str, Any]:
    """Build the JSON Schema."""
    named = {form.name: form for form in FORMS if form.name and not isinstance(form, InstanceForm)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:vaekstaftale:agreement:{FORMAT_VERSION}",
        "title": "Growth partnership agreement",
        **_object_schema(Agreement),
        "$defs": {
            **{name: form.definition() for name, form in named.items()},
            **{cls.__name__: _object_schema(cls) for cls in SHAPES if cls is not Agreement},
        },
    }


def schema_text() -> str:
    """Return the JSON Schema as it is committed: in ASCII, because its patterns contain invisible white space."""
    return json.dumps(schema(), indent=2) + "\n"


_FILE_MEANINGS = {
    "format_version": "The edition of the file format that the file follows.",
    "$schema": "For editors: the address of the JSON Schema. Not part of the agreement.",
}


def key_meanings_of(cls: type[Value]) -> dict[str, str]:
    """Return the meanings of the keys of a class's object."""
    return (_FILE_MEANINGS if cls is Agreement else {}) | meanings_of(cls)


def _object_schema(cls: type[Value]) -> dict[str, Any]:
    shape = SHAPES[cls]
    meanings = key_meanings_of(cls)
    properties = {key: {"description": meanings[key], **form.json_schema()} for key, form in shape.forms.items()}
    return {
        "description": (cls.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": list(shape.required),
        "additionalProperties": False,
        **({"anyOf": [{"required": [key]} for key in shape.at_least_one_of]} if shape.at_least_one_of else {}),
    }
