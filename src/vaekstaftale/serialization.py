"""Agreements to plain data and back, strictly, through cattrs.

The hooks take what is right and raise at the first doubt; what is wrong is then told by `structure`.
"""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs
from cattrs import BaseConverter, Converter
from cattrs.errors import AttributeValidationNote, BaseValidationError, ClassValidationError

from vaekstaftale.dates import PartialDate, PartialDateForm
from vaekstaftale.errors import shown
from vaekstaftale.forms import ChoiceForm, FlagForm, Form, InstanceForm, NumberForm, StringForm, TupleForm
from vaekstaftale.model import (
    Agreement,
    EntityKind,
    LinesForm,
    RelationKind,
    SourceKind,
    Strength,
    Translation,
    TranslationsForm,
    Value,
)
from vaekstaftale.structure import FILE_KEYS, FORMAT_VERSION, SHAPES, structural_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

    from vaekstaftale.errors import Finding

_ENUMS: tuple[type[Enum], ...] = (Strength, EntityKind, SourceKind, RelationKind)

AnyConverter = TypeVar("AnyConverter", bound=BaseConverter)

#: cattrs' exception holds no more problems than these.
_MOST_EXCEPTIONS = 100


class StructureError(ValueError):
    """One thing that is wrong with the structure of some data; part of what cattrs raises."""


def make_converter() -> Converter:
    """Make a cattrs converter that knows agreements and takes nothing that the format does not allow."""
    return configure_converter(Converter())


def configure_converter(converter: AnyConverter) -> AnyConverter:
    """Teach a cattrs converter to structure and unstructure agreements and their parts; give it back.

    Made to be used like its namesakes in `cattrs.preconf`, and after them: a converter for YAML or MessagePack can be
    configured, and classes of your own can hold agreements. It touches the library's own classes only. Hooks that are
    registered afterwards for `PartialDate` or an enum are used inside agreements too.

    Structure alone is checked, and wrong data raises what cattrs raises, `ClassValidationError`.
    """
    converter.register_structure_hook_factory(_is_shape, _structure_hook)
    converter.register_unstructure_hook_factory(_is_shape, _unstructure_hook)
    for cls in (PartialDate, *_ENUMS):
        converter.register_structure_hook(cls, _structure_word)
    for enum in _ENUMS:
        converter.register_unstructure_hook(enum, _value_of)
    converter.register_unstructure_hook(PartialDate, str)
    return converter


def _is_shape(cls: Any) -> bool:
    return cls in SHAPES


def _value_of(member: Enum) -> Any:
    return member.value


def _structure_word(value: object, cls: Callable[[str], Any]) -> Any:
    if type(value) is not str:
        raise StructureError(f"expected a text, found {shown(value)}")
    return cls(value)


def _structure_hook(cls: type[Value], converter: BaseConverter) -> Callable[[Any, Any], Any]:
    build = _builder(cls, converter)

    def structure(data: Any, _type: Any) -> Value:
        try:
            return build(data)
        except (ValueError, TypeError, KeyError, BaseValidationError):
            findings = islice(structural_findings(data, cls), _MOST_EXCEPTIONS)
            errors = [_structure_error(finding, cls) for finding in findings]
            if not errors:
                raise  # what cannot be explained is a bug, and no problem of the data
            if not converter.detailed_validation:
                raise errors[0] from None
            raise ClassValidationError(f"While structuring {cls.__name__}", errors, cls) from None

    return structure


def _builder(cls: type[Value], converter: BaseConverter) -> Callable[[Any], Value]:
    """Give the function that builds a value of right data, and raises at any doubt."""
    readers = {key: _reader(form, converter) for key, form in SHAPES[cls].forms.items()}
    if cls is Agreement:
        readers |= {key: partial(_accepted, form) for key, form in FILE_KEYS.items()}

    def build(data: Any) -> Value:
        if type(data) is not dict:
            raise StructureError
        arguments = {}
        for key, item in data.items():
            arguments[key] = readers[key](item)  # KeyError where it is unknown
        if cls is Agreement:
            del arguments["format_version"]  # KeyError where it is missing
            arguments.pop("$schema", None)
        return cls(**arguments)

    return build


def _structure_error(finding: Finding, cls: type[Value]) -> StructureError:
    """Make of a finding what `cattrs.transform_error` can tell with its path."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in finding.path).removeprefix(".")
    error = StructureError(finding.message)
    if path:
        error.add_note(AttributeValidationNote(f"Structuring class {cls.__name__} @ {path}", path, None))
    return error


def _reader(form: Form, converter: BaseConverter) -> Callable[[Any], Any]:
    """Give the function that reads a value of a file into what the class takes, or raises at any doubt."""
    match form:
        case PartialDateForm():
            return _with_type(PartialDate, converter)
        case ChoiceForm(enum=cls) | InstanceForm(cls=cls):
            return _with_type(cls, converter)
        case TupleForm(items=InstanceForm(cls=cls)) if type(form) is TupleForm:
            read = _with_type(cls, converter)
            return lambda value: [read(item) for item in _list(value)]
        case _:
            return _READERS[type(form)]


def _with_type(cls: type, converter: BaseConverter) -> Callable[[Any], Any]:
    hook = converter.get_structure_hook(cls)
    return lambda value: hook(value, cls)


def _string(value: object) -> str:
    if type(value) is not str:
        raise StructureError
    return value


def _accepted(form: Form, value: object) -> object:
    """Take a value that no field will judge."""
    if not form.accepts(value):
        raise StructureError
    return value


def _lines(value: object) -> str | None:
    return "\n".join(map(_string, _list(value))) if value != [] else None


def _integer(value: object) -> object:
    """Take `1.0` for the integer that JSON's readers take it for; leave the rest for the field to judge."""
    if type(value) is float and value.is_integer():
        return int(value)
    if type(value) is not int:
        raise StructureError
    return value


def _flag(value: object) -> bool:
    if type(value) is not bool:
        raise StructureError
    return value


def _list(value: object) -> list[Any]:
    if type(value) is not list:
        raise StructureError
    return value


def _translations(value: object) -> list[Translation]:
    if type(value) is not dict:
        raise StructureError
    return [Translation(language=language, text=text) for language, text in value.items()]


_READERS: Mapping[type[Form], Callable[[Any], Any]] = {
    FlagForm: _flag,
    LinesForm: _lines,
    NumberForm: _integer,
    StringForm: _string,
    TranslationsForm: _translations,
    TupleForm: _list,
}


def _unstructure_hook(cls: type[Value], converter: BaseConverter) -> Callable[[Any], dict[str, Any]]:
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", cls))
    plan = [(field.name, field.default, _writer(cast("Form", field.validator), converter)) for field in fields]
    head = {"format_version": FORMAT_VERSION} if cls is Agreement else {}

    def unstructure(value: Value) -> dict[str, Any]:
        data: dict[str, Any] = head.copy()
        for name, default, write in plan:
            item = getattr(value, name)
            if item is not default and item != default:
                data[name] = write(item)
        return data

    return unstructure


def _writer(form: Form, converter: BaseConverter) -> Callable[[Any], Any]:
    """Give the function that turns a field's value into what a file holds."""
    match form:
        case PartialDateForm():
            return converter.get_unstructure_hook(PartialDate)
        case ChoiceForm(enum=cls) | InstanceForm(cls=cls):
            return converter.get_unstructure_hook(cls)
        case LinesForm():
            return lambda text: text.split("\n")
        case TranslationsForm():
            return lambda translations: {translation.language: translation.text for translation in translations}
        case TupleForm(items=InstanceForm(cls=cls)):
            hook = converter.get_unstructure_hook(cls)
            return lambda items: [hook(item) for item in items]
        case TupleForm():
            return list
        case _:
            return lambda value: value
