"""The JSON Schema (2020-12) of an agreement's file, from the classes.

It holds the structure of a file and nothing more: what coherence and evidence ask, no schema can say.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from vaekstaftale.dates import PartialDateForm
from vaekstaftale.forms import (
    DATE,
    ID,
    LANGUAGE,
    SHA256,
    TEXT,
    URL,
    ChoiceForm,
    FlagForm,
    Form,
    InstanceForm,
    NumberForm,
    StringForm,
    TupleForm,
)
from vaekstaftale.model import Agreement, LinesForm, TranslationsForm
from vaekstaftale.shapes import FORMAT_VERSION, SHAPES, VERSION

if TYPE_CHECKING:
    from vaekstaftale.model import Value

_STRINGS = {"id": ID, "text": TEXT, "partial-date": DATE, "language": LANGUAGE, "url": URL, "sha256": SHA256}
_NAMES = {form: name for name, form in _STRINGS.items()}


def schema() -> dict[str, Any]:
    """Make the JSON Schema."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:vaekstaftale:agreement:{FORMAT_VERSION}",
        "title": "Growth partnership agreement",
        **_object(Agreement),
        "$defs": {
            **{name: _string(form) for name, form in _STRINGS.items()},
            "translations": {
                "type": "object",
                "propertyNames": _reference("language"),
                "additionalProperties": _reference("text"),
            },
            **{cls.__name__: _object(cls) for cls in SHAPES if cls is not Agreement},
        },
    }


def schema_text() -> str:
    """Write the JSON Schema as it is committed. In ASCII: its patterns hold white space that nobody would see."""
    return json.dumps(schema(), indent=2) + "\n"


def _object(cls: type[Value]) -> dict[str, Any]:
    shape = SHAPES[cls]
    made: dict[str, Any] = {
        "description": (cls.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": {key: {"description": shape.meanings[key], **_value(form)} for key, form in shape.forms.items()},
        "required": list(shape.required),
        "additionalProperties": False,
    }
    if shape.at_least_one_of:
        made["anyOf"] = [{"required": [key]} for key in shape.at_least_one_of]
    return made


def _value(form: Form) -> dict[str, Any]:
    match form:
        case PartialDateForm():
            return _reference("partial-date")
        case ChoiceForm():
            return {"enum": list(form.words)}
        case FlagForm():
            return {"type": "boolean"}
        case NumberForm():
            return {"type": "integer", "minimum": form.minimum, "maximum": form.maximum}
        case TranslationsForm():
            return _reference("translations")
        case TupleForm():
            return {"type": "array", "items": _value(form.items), **({"minItems": 1} if form.required else {})}
        case InstanceForm():
            return _reference(form.cls.__name__)
        case LinesForm():
            # Not all of it white space, unless there is no line at all.
            some_text = {"contains": {"pattern": _literal(TEXT.pattern)}}
            return {"type": "array", "items": {"type": "string"}, "anyOf": [{"maxItems": 0}, some_text]}
        case StringForm() if form == VERSION:
            return {"enum": [FORMAT_VERSION]}
        case StringForm():
            return _reference(_NAMES[form])
    raise TypeError(form)


def _string(form: StringForm) -> dict[str, Any]:
    if not form.whole:
        return {"type": "string", "pattern": _literal(form.pattern)}
    made: dict[str, Any] = {"type": "string", "pattern": _literal(f"^(?:{form.pattern})$")}
    if form.max_length is not None:
        made["maxLength"] = form.max_length
    # Python's `$` also stands before a line feed at the end, and no form has one.
    return {**made, "not": {"pattern": "\n"}}


def _literal(pattern: str) -> str:
    r"""Put the characters themselves for escapes such as \u2000, which not every dialect knows."""
    return pattern.encode("ascii").decode("unicode_escape")


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}
