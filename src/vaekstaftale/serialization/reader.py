"""Building agreements from data whose structure is valid.

A reader returns a value or raises one of the exceptions in `REFUSALS`, and reports nothing: `structure` reports what is
wrong with the data that it refuses. The only valid input that it refuses is a text that must be parsed exactly.

No type check is needed where a string method or a pattern is applied: it raises for every other JSON type.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, singledispatch
from operator import attrgetter
from typing import Any, cast

import attrs

from vaekstaftale.limits import MAX_REMEMBERED
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.base import Value
from vaekstaftale.model.dates import PARTIAL_DATE, PartialDate, PartialDateForm
from vaekstaftale.model.forms import EnumForm, Form, InstanceForm, TupleForm
from vaekstaftale.model.numbers import IntegerForm
from vaekstaftale.model.sources import LinesForm
from vaekstaftale.model.strings import ID, LANGUAGE, TEXT, is_encodable
from vaekstaftale.model.translations import Translation, TranslationsForm, repeated_languages
from vaekstaftale.serialization import json_library
from vaekstaftale.serialization.generating import FunctionSource, NotCertain, mutable
from vaekstaftale.serialization.shapes import SHAPES, has_too_many

#: Builds a value from data.
Reader = Callable[[Any, "Context"], Any]


#: What readers raise for data that may be invalid: a missing key or unknown choice is a `KeyError`, a value of another
#: type a `TypeError` or `AttributeError`.
REFUSALS = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Context:
    """What is counted while one agreement is read."""

    __slots__ = ("has_float", "strings")

    def __init__(self) -> None:
        #: How many strings were read, keys included.
        self.strings = 0
        #: Whether a number was read that has a decimal point or an exponent.
        self.has_float = False


def agreement_in_text(text: str | bytes) -> Agreement | None:
    """Return the agreement in a JSON text whose structure is certainly valid, or `None`."""
    context = Context()
    try:
        agreement: Agreement = default_reader(Agreement)(json_library.decode(text), context)
    except REFUSALS:
        return None
    # A decoder may round a number to an integer. Of duplicate keys it keeps the last one only; then the text has more
    # strings than were read.
    if context.has_float or context.strings != _strings_in(text) or has_too_many(agreement, context.strings):
        return None
    return agreement


def agreement_in_data(data: Any) -> Agreement | None:
    """Return the agreement in plain data whose structure is certainly valid, or `None`."""
    try:
        agreement: Agreement = read_plain(default_reader(Agreement), data)
    except REFUSALS:
        return None
    return agreement


def read_plain(read: Reader, data: Any) -> Any:
    """Return the value for plain data. Raises one of `REFUSALS` unless the structure of the data is certainly valid."""
    context = Context()
    value = read(data, context)
    if isinstance(value, Agreement) and has_too_many(value, context.strings):
        raise NotCertain
    _require_plain(data)
    return value


def build(data: Any) -> Agreement:
    """Return the agreement in data whose structure is valid."""
    agreement: Agreement = default_reader(Agreement)(data, Context())
    return agreement


def _require_plain(data: object) -> None:
    """Raise `NotCertain` unless all strings in data, keys aside, are of type `str` itself and can be encoded in UTF-8.

    A decoded text contains no others; data from elsewhere may. Of keys, only the language tags of translations are
    kept, and these are checked where they are read.
    """
    remaining: list[Any] = [data]
    for item in remaining:  # more are added meanwhile
        kind = type(item)
        if kind is str:
            if not item.isascii() and not is_encodable(item):
                raise NotCertain
        elif kind is list:
            remaining += item
        elif kind is dict:
            remaining += item.values()
        elif hasattr(item, "isspace"):  # what behaves like a string would be read as one
            raise NotCertain


def _strings_in(text: str | bytes) -> int:
    """Return the number of strings in a JSON text, keys included."""
    if isinstance(text, bytes):
        if b"\\" in text:
            text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
        return text.count(b'"') // 2
    return _strings_in(text.encode()) if "\\" in text else text.count('"') // 2


# --- Generated functions ----------------------------------------------------------------------------------


@cache
def default_reader(cls: type[Value]) -> Reader:
    """Return the function that reads a class's values, without the hooks of a cattrs converter."""
    return generate_reader(cls, lambda inner: default_reader(inner) if issubclass(inner, Value) else None)


def generate_reader(cls: type[Value], reader_of: Callable[[Any], Reader | None]) -> Reader:
    """Generate the function that reads an object.

    `reader_of` returns those for the classes inside it; for an enum or `PartialDate`, `None` selects the default.
    """
    shape = SHAPES[cls]
    defaults = {attribute.name: attribute.default for attribute in attrs.fields(cast("Any", cls))}
    code = FunctionSource("read", cls, "data, context", reader_of)
    code.reject_if("type(data) is not dict")
    # Each key is a string, and so is its value; `extra` corrects this for values that are not exactly one string.
    code.add(f"new = {code.bind(mutable(cls), 'Mutable')}()", f"keys, extra = {len(shape.required)}, 0")
    for key, form in shape.forms.items():
        if key not in shape.required:
            code.add(f"if {key!r} in data:")
            code.depth = 2
            code.add("keys += 1")
        code.add(f"value = data[{key!r}]")
        target = f"new.{key} = " if key in defaults else ""
        code.add(f"{target}{_read(form, code)}")
        code.depth = 1
        if target and key not in shape.required:
            code.add("else:", f"    {target}{defaults[key]!r}")
    if shape.at_least_one_of:
        code.reject_if(" is ".join([*(f"new.{key}" for key in shape.at_least_one_of), "None"]))
    code.reject_if("len(data) != keys")
    code.add("context.strings += 2 * keys + extra", f"new.__class__ = {code.bind(cls, cls.__name__)}", "return new")
    reader: Reader = code.compile()
    return reader


#: Equal ids, dates and language tags occur again and again: each is checked once and kept once. A string that is
#: refused is not remembered.
_REMEMBERED: dict[Form, Callable[[Any], Any]] = {
    form: lru_cache(MAX_REMEMBERED)(form.read) for form in (ID, PARTIAL_DATE, LANGUAGE)
}


def _function_of(form: Form, code: FunctionSource) -> str:
    """Return the name of the function that reads the data of a form without parts."""
    name = f"read_{form.name or type(form).__name__}".replace("-", "_")
    return code.bind(_REMEMBERED.get(form, form.read), name)


@singledispatch
def _read(form: Form, code: FunctionSource) -> str:
    """Add the lines that prepare reading `value`, and return the expression for the field."""
    if form.data_type is not str:
        code.add("extra -= 1")
    return f"{_function_of(form, code)}(value)"


@_read.register
def _(form: LinesForm, code: FunctionSource) -> str:
    code.add("extra += len(value) - 1")
    return f"{_function_of(form, code)}(value)"


@_read.register
def _(form: IntegerForm, code: FunctionSource) -> str:
    code.add("extra -= 1", "if type(value) is float: context.has_float = True")
    return f"{_function_of(form, code)}(value)"


@_read.register
def _(form: PartialDateForm, code: FunctionSource) -> str:
    read = code.function(PartialDate)
    return f"{read}(value, context)" if read else f"{_function_of(form, code)}(value)"


@_read.register
def _(form: EnumForm, code: FunctionSource) -> str:
    read = code.function(form.enum)
    # A dictionary is faster than the method that looks into it.
    return f"{read}(value, context)" if read else f"{code.bind(form.members, f'{form.enum.__name__}_of')}[value]"


@_read.register
def _(form: InstanceForm, code: FunctionSource) -> str:
    code.add("extra -= 1")
    return f"{code.function(form.cls)}(value, context)"


@_read.register
def _(_form: TranslationsForm, code: FunctionSource) -> str:
    code.add("extra -= 1")
    return f"{code.bind(_read_translations, 'read_translations')}(value, context)"


@_read.register
def _(form: TupleForm, code: FunctionSource) -> str:
    code.reject_if(f"type(value) is not list or not {form.min_items} <= len(value) <= {form.max_items}")
    if isinstance(form.items, InstanceForm):
        # In Python 3.11, a comprehension is a function that is created and called for each list.
        read = code.function(form.items.cls)
        code.add("extra -= 1", "items = []", f"for item in value: items.append({read}(item, context))")
        return "tuple(items)"
    if form.items.data_type is not str:
        raise NotImplementedError(f"write in {__name__} how many strings a list of {form.items.label} has")
    code.add("extra += len(value) - 1")
    return f"tuple(map({_function_of(form.items, code)}, value))"


def _read_translations(value: Any, context: Context) -> tuple[Translation, ...]:
    if type(value) is not dict:
        raise NotCertain
    translations = []
    for language, text in value.items():
        if type(language) is not str:
            raise NotCertain
        new: Any = _MutableTranslation()
        new.language = _read_language(language)
        new.text = _read_text(text)
        new.__class__ = Translation
        translations.append(new)
    if len(translations) > 1:
        if any(repeated_languages(value)):
            raise NotCertain
        translations.sort(key=attrgetter("language"))
    context.strings += 2 * len(translations)
    return tuple(translations)


_MutableTranslation: Any = mutable(Translation)
_read_language, _read_text = _REMEMBERED[LANGUAGE], TEXT.read
