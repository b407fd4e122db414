"""The JSON Schema (2020-12) of an agreement's file, from the classes.

It states the structure of a file. Coherence and evidence cannot be expressed in a schema.
"""

from __future__ import annotations

import json
from typing import Any

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.base import Value, meanings_of
from vaekstaftale.model.forms import EnumForm, Form, InstanceForm
from vaekstaftale.model.strings import StringForm
from vaekstaftale.serialization.shapes import FORMAT_VERSION, FORMS, SHAPES


def schema(*, for_editors: bool = False) -> dict[str, Any]:
    """Build the JSON Schema, for editors with keywords that Visual Studio Code reads in addition."""
    named = {form.name: form for form in FORMS if form.name and not isinstance(form, InstanceForm)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:vaekstaftale:agreement:{FORMAT_VERSION}",
        "title": "Growth partnership agreement",
        **_object_schema(Agreement, for_editors=for_editors),
        **({"defaultSnippets": [_SNIPPET]} if for_editors else {}),
        "$defs": {
            **{name: {**form.definition(), **(_message(form) if for_editors else {})} for name, form in named.items()},
            **{cls.__name__: _object_schema(cls, for_editors=for_editors) for cls in SHAPES if cls is not Agreement},
        },
    }


def _message(form: Form) -> dict[str, Any]:
    """Return what an editor shows for a string that does not match the pattern of a form."""
    return {"patternErrorMessage": f"This must be {form.expected}."} if isinstance(form, StringForm) else {}


def _meanings(form: Form) -> dict[str, Any]:
    """Return what an editor shows for each value of an enum."""
    return {"enumDescriptions": [member.meaning for member in form.enum]} if isinstance(form, EnumForm) else {}


#: What an editor inserts into an empty file. `$1` is where the author writes first.
_SNIPPET = {
    "label": "agreement",
    "description": "The smallest record of an agreement",
    "body": {
        "format_version": FORMAT_VERSION,
        "id": "$1",
        "title": "$2",
        "language": "da",
        "parties": [{"id": "$3", "name": "$4"}],
        "sources": [{"id": "$5", "kind": "${6:web-page}", "text": ["$7"]}],
    },
}


def schema_text(*, for_editors: bool = False) -> str:
    """Return the JSON Schema as a text: in ASCII, because its patterns contain invisible white space."""
    return json.dumps(schema(for_editors=for_editors), indent=2) + "\n"


_FILE_MEANINGS = {
    "format_version": "The edition of the file format that the file follows.",
    "$schema": "For editors: the address of the JSON Schema. Not part of the agreement.",
}


def key_meanings_of(cls: type[Value]) -> dict[str, str]:
    """Return the meanings of the keys of a class's object."""
    return (_FILE_MEANINGS if cls is Agreement else {}) | meanings_of(cls)


def _object_schema(cls: type[Value], *, for_editors: bool) -> dict[str, Any]:
    shape = SHAPES[cls]
    meanings = key_meanings_of(cls)
    absent: dict[str, Any] = {key: {"not": {}} for key in shape.at_least_one_of}
    properties = {
        key: {"description": meanings[key], **form.json_schema(), **(_meanings(form) if for_editors else {})}
        for key, form in shape.forms.items()
    }
    return {
        "description": (cls.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": list(shape.required),
        "additionalProperties": False,
        # Programs that generate types from the schema ignore `not`, so the type is one object.
        **({"not": {"properties": absent}} if absent else {}),
    }
