"""What an agreement's file must look like, read off the classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from attrs import frozen

from vaekstaftale.forms import TEXT, Form, StringForm
from vaekstaftale.model import (
    Agreement,
    Commitment,
    Entity,
    Initiative,
    Party,
    Quote,
    Relation,
    Representative,
    Source,
    ValidityPeriod,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT_VERSION = "1.0"

VERSION = StringForm(
    code="unsupported-format-version",
    expected=f"{FORMAT_VERSION!r}, the edition of the format that this version reads",
    pattern=FORMAT_VERSION.replace(".", "[.]"),
)

#: Keys of an agreement's file that are no part of the agreement: what they must be, and what they mean.
FILE_KEYS: Mapping[str, Form] = {"format_version": VERSION, "$schema": TEXT}
_FILE_MEANINGS = {
    "format_version": "Which edition of the file format the file follows.",
    "$schema": "For editors: where the JSON Schema is. No part of the agreement.",
}


@frozen(eq=False)
class Shape:
    """What an object of a file may hold: one class, as the reader of files sees it."""

    #: What the values must be, by key, in the order of the file.
    forms: Mapping[str, Form]
    #: What the values mean, by key.
    meanings: Mapping[str, str]
    #: The keys that must be there.
    required: tuple[str, ...]
    #: Keys of which at least one must be there.
    at_least_one_of: tuple[str, ...]


def _shape_of(cls: Any) -> Shape:
    fields = attrs.fields(cls)
    forms: dict[str, Form] = {field.name: field.validator for field in fields}
    meanings = {field.name: field.metadata["meaning"] for field in fields}
    required = tuple(field.name for field in fields if field.default is attrs.NOTHING)
    if cls is Agreement:
        forms = {**FILE_KEYS, **forms}
        meanings = {**_FILE_MEANINGS, **meanings}
        required = ("format_version", *required)
    return Shape(forms, meanings, required, cls.at_least_one_of)


#: The shape of every class that is an object in a file.
SHAPES: Mapping[type[Value], Shape] = {
    cls: _shape_of(cls)
    for cls in (
        Agreement,
        ValidityPeriod,
        Party,
        Representative,
        Entity,
        Initiative,
        Commitment,
        Quote,
        Source,
        Relation,
    )
}
