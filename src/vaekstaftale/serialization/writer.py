"""Writing values as plain data."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, singledispatch
from itertools import takewhile
from typing import Any, cast

import attrs

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.base import Value
from vaekstaftale.model.dates import PartialDate, PartialDateForm
from vaekstaftale.model.forms import EnumForm, Form, InstanceForm, TupleForm, forms_of
from vaekstaftale.model.sources import LinesForm
from vaekstaftale.model.translations import Translation, TranslationsForm
from vaekstaftale.serialization.generating import FunctionSource
from vaekstaftale.serialization.shapes import FORMAT_VERSION

#: Returns the data for a value.
Writer = Callable[[Any], Any]


def to_data(agreement: Agreement) -> dict[str, Any]:
    """Return an agreement as plain data."""
    data: dict[str, Any] = default_writer(Agreement)(agreement)
    return data


@cache
def default_writer(cls: type[Value]) -> Writer:
    """Return the function that writes a class's values as data, without the hooks of a cattrs converter."""
    return generate_writer(cls, lambda inner: default_writer(inner) if issubclass(inner, Value) else None)


def generate_writer(cls: type[Value], writer_of: Callable[[Any], Writer | None]) -> Writer:
    """Generate the function that writes a value as an object, defaults left out.

    `writer_of` returns those for the classes inside it; for an enum or `PartialDate`, `None` selects the default.
    """
    fields, forms = attrs.fields(cast("Any", cls)), forms_of(cls)
    code = FunctionSource("write", cls, "value", writer_of)
    # The fields that begin a class and are always present are written by one expression.
    head = [field.name for field in takewhile(lambda field: field.default is attrs.NOTHING, fields)]
    pairs = [f"{name!r}: {_write(forms[name], code, f'value.{name}')}" for name in head]
    version = [f"'format_version': {FORMAT_VERSION!r}"] if cls is Agreement else []
    code.add(f"data = {{{', '.join(version + pairs)}}}")
    for field in fields[len(head) :]:
        code.add(f"item = value.{field.name}")
        condition = "if item: " if field.default == () else f"if item is not {field.default!r}: "
        assignment = f"data[{field.name!r}] = {_write(forms[field.name], code, 'item')}"
        code.add(assignment if field.default is attrs.NOTHING else condition + assignment)
    code.add("return data")
    writer: Writer = code.compile()
    return writer


@singledispatch
def _write(_form: Form, _code: FunctionSource, item: str) -> str:
    """Return the expression for the data of an item: the value itself, unless a kind of form says otherwise."""
    return item


@_write.register
def _(_form: LinesForm, _code: FunctionSource, item: str) -> str:
    return rf"{item}.split('\n')"


@_write.register
def _(_form: PartialDateForm, code: FunctionSource, item: str) -> str:
    write = code.function(PartialDate)
    return f"{write}({item})" if write else f"{item}.value"


@_write.register
def _(form: EnumForm, code: FunctionSource, item: str) -> str:
    write = code.function(form.enum)
    return f"{write}({item})" if write else f"{item}._value_"  # the same as `.value`, which is slower


@_write.register
def _(form: InstanceForm, code: FunctionSource, item: str) -> str:
    return f"{code.function(form.cls)}({item})"


@_write.register
def _(_form: TranslationsForm, code: FunctionSource, item: str) -> str:
    return f"{code.bind(_texts_by_language, 'texts_by_language')}({item})"


@_write.register
def _(form: TupleForm, code: FunctionSource, item: str) -> str:
    if isinstance(form.items, InstanceForm):
        return f"[*map({code.function(form.items.cls)}, {item})]"
    each = _write(form.items, code, "each")
    return f"[*{item}]" if each == "each" else f"[{each} for each in {item}]"


def _texts_by_language(translations: tuple[Translation, ...]) -> dict[str, str]:
    texts = {}
    for translation in translations:  # in Python 3.11, a comprehension takes twice as long for the usual one or two
        texts[translation.language] = translation.text
    return texts
