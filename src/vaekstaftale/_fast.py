"""The same reading and writing through msgspec, where it is installed.

Accepts only what is certainly right, so that whatever is refused anywhere is refused by the way that explains.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

import attrs
import msgspec

from vaekstaftale._straight import Doubt, attribute, own_reader, reader
from vaekstaftale.forms import ChoiceForm, FlagForm, InstanceForm, NumberForm, TupleForm
from vaekstaftale.model import Agreement, LinesForm, TranslationsForm, Value
from vaekstaftale.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from vaekstaftale._straight import Account, Reader
    from vaekstaftale.forms import Form


def read(text: bytes, account: Account) -> Agreement:
    """Read an agreement of JSON text, keeping account of it; raise `ValueError` at any doubt."""
    decode, build = _agreement_reader()
    try:
        data = decode(text)
    except msgspec.DecodeError as error:  # a ValueError in newer versions only
        raise Doubt from error
    agreement: Agreement = build(data, account)
    return agreement


def encode(data: dict[str, Any], indent: int | None) -> str:
    """Write plain data as JSON text, as the standard library does."""
    text = msgspec.json.encode(data)
    return text.decode() if indent is None else msgspec.json.format(text, indent=indent).decode() + "\n"


@cache
def _agreement_reader() -> tuple[Callable[[bytes], Any], Reader]:
    return msgspec.json.Decoder(_struct(Agreement)).decode, _reader(Agreement)


@cache
def _reader(cls: Any) -> Reader:
    return reader(cls, _reader, typed=True) if issubclass(cls, Value) else own_reader(cls)


@cache
def _struct(cls: Any) -> type[msgspec.Struct]:
    """Make the class of an object of a file: keys, types and choices are checked as it is read, forms are not."""
    shape = SHAPES[cls]
    defaults = {field.name: field.default for field in attrs.fields(cls)}
    fields: list[Any] = []
    for key, form in shape.forms.items():
        default = defaults.get(key)
        if key in shape.required:
            fields.append((attribute(key), _type(form)))
        else:  # null is taken for the default, but then its key is not counted among the strings that were taken
            fields.append((attribute(key), _type(form) | None if default is None else _type(form), default))
    names = {attribute(key): key for key in shape.forms}
    return msgspec.defstruct(cls.__name__, fields, forbid_unknown_fields=True, kw_only=True, gc=False, rename=names)


def _type(form: Form) -> Any:
    match form:
        case LinesForm():
            return list[str]
        case TranslationsForm():
            return dict[str, str]
        case TupleForm(items=items):
            return tuple.__class_getitem__((_type(items), ...))
        case InstanceForm():
            return _struct(cast("Any", form.cls))
        case ChoiceForm(enum=enum):
            return enum
        case NumberForm():
            return int
        case FlagForm():
            return bool
        case _:
            return str
