"""Reading data that are certainly valid."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, singledispatch
from operator import attrgetter
from typing import Any, cast

import attrs

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.dates import PartialDate, PartialDateForm
from vaekstaftale.model.forms import BoolForm, EnumForm, Form, InstanceForm, IntegerForm, TupleForm
from vaekstaftale.model.sources import LinesForm
from vaekstaftale.model.strings import ID, LANGUAGE, TEXT, StringForm, is_unicode
from vaekstaftale.model.translations import Translation, TranslationsForm
from vaekstaftale.model.values import Value
from vaekstaftale.serialization import json_library
from vaekstaftale.serialization.fast.generating import FunctionSource, NotCertain, mutable
from vaekstaftale.serialization.shapes import SHAPES

#: Builds a value from data.
Reader = Callable[[Any, "Context"], Any]


#: What readers raise for data that may be invalid: a missing key or unknown word is a `KeyError`, a value of another
#: type a `TypeError` or `AttributeError`.
REFUSALS = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


class Context:
    """What is remembered while one agreement is read."""

    __slots__ = ("has_float", "ids", "languages", "strings")

    def __init__(self) -> None:
        #: How many strings were read, keys included.
        self.strings = 0
        #: Whether a number was read that has a decimal point or an exponent.
        self.has_float = False
        #: The ids and language tags that were read: equal ones are checked once and kept once.
        self.ids: dict[str, str] = {}
        self.languages: dict[str, str] = {}


def read_text(text: str | bytes) -> Agreement | None:
    """Return the agreement in a JSON text whose structure is certainly valid, or `None`."""
    context = Context()
    try:
        agreement: Agreement = default_reader(Agreement)(json_library.decode(text), context)
    except REFUSALS:
        return None
    # A decoder may round a number to an integer. Of duplicate keys it keeps the last one only; then the text has more
    # strings than were read.
    return None if context.has_float or context.strings != _strings_in(text) else agreement


def read_data(data: Any) -> Agreement | None:
    """Return the agreement in plain data whose structure is certainly valid, or `None`."""
    try:
        agreement: Agreement = default_reader(Agreement)(data, Context())
        require_plain(data)
    except REFUSALS:
        return None
    return agreement


def require_plain(data: object) -> None:
    """Raise `NotCertain` unless all strings in data, keys aside, are of type `str` itself and can be encoded in UTF-8.

    A decoded text contains no others; data from elsewhere may.
    """
    waiting: list[Any] = [data]
    for item in waiting:  # grows while it is read
        kind = type(item)
        if kind is str:
            if not item.isascii() and not is_unicode(item):
                raise NotCertain
        elif kind is list:
            waiting += item
        elif kind is dict:
            waiting += item.values()
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

    `reader_of` returns those for the classes inside it; for an enum or `PartialDate`, `None` is the usual way.
    """
    shape = SHAPES[cls]
    defaults = {attribute.name: attribute.default for attribute in attrs.fields(cast("Any", cls))}
    code = FunctionSource("read", cls, "data, context", reader_of)
    code.reject_if("type(data) is not dict")
    # Each key is a string, and so is its value; `extra` corrects this for values that are not exactly one string.
    code.add(
        f"new = {code.bind(mutable(cls), 'Mutable')}()", f"ids, keys, extra = context.ids, {len(shape.required)}, 0"
    )
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


@singledispatch
def _read(form: Form, code: FunctionSource) -> str:
    """Add the lines that check `value`, and return the expression for the field."""
    raise NotImplementedError(f"write in {__name__} how {type(form).__name__} is read")


@_read.register
def _(form: StringForm, code: FunctionSource) -> str:
    code.add(*_check_string(form, "value", code))
    return "ids[value]" if form is ID else "value"


def _check_string(form: StringForm, name: str, code: FunctionSource) -> list[str]:
    """Return the lines that check a string."""
    if form is TEXT:  # a string's own method is five times as fast as the pattern; a test compares the two
        return [f"if not {name} or {name}.isspace(): raise NotCertain"]
    outside = f"{code.bind(form.match, 'match')}({name}) is None"
    if form.max_length is not None:
        outside += f" or len({name}) > {form.max_length}"
    if form is ID:  # an id is checked once and kept once
        return [f"if {name} not in ids:", f"    if {outside}: raise NotCertain", f"    ids[{name}] = {name}"]
    return [f"if {outside}: raise NotCertain"]


@_read.register
def _(_form: LinesForm, code: FunctionSource) -> str:
    code.reject_if("type(value) is not list")
    code.add(r"text = '\n'.join(value)", "extra += len(value) - 1")
    code.reject_if("value and (not text or text.isspace())")
    return "text or None"


@_read.register
def _(_form: PartialDateForm, code: FunctionSource) -> str:
    if read := code.function(PartialDate):
        return f"{read}(value, context)"
    code.reject_if("type(value) is not str")  # `PartialDate` takes dates too
    return f"{code.bind(PartialDate, 'PartialDate')}(value)"


@_read.register
def _(form: EnumForm, code: FunctionSource) -> str:
    read = code.function(form.enum)
    members = {member.value: member for member in form.enum}  # a dict is faster than the enum
    return f"{read}(value, context)" if read else f"{code.bind(members, f'{form.enum.__name__}_of')}[value]"


@_read.register
def _(form: IntegerForm, code: FunctionSource) -> str:
    code.add("if type(value) is float and value.is_integer(): value, context.has_float = int(value), True")
    code.reject_if(f"type(value) is not int or not {form.minimum} <= value <= {form.maximum}")
    code.add("extra -= 1")
    return "value"


@_read.register
def _(_form: BoolForm, code: FunctionSource) -> str:
    code.reject_if("value is not True and value is not False")
    code.add("extra -= 1")
    return "value"


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
    code.reject_if("type(value) is not list or not value" if form.non_empty else "type(value) is not list")
    return _read_items(form.items, code)


@singledispatch
def _read_items(form: Form, code: FunctionSource) -> str:
    """Add the lines that check the items of the list `value`, and return the expression for the tuple."""
    raise NotImplementedError(f"write in {__name__} how a list of {type(form).__name__} is read")


@_read_items.register
def _(form: StringForm, code: FunctionSource) -> str:
    checks = [f"    {line}" for line in _check_string(form, "item", code)]
    code.add("extra += len(value) - 1", "for item in value:", *checks)
    return "tuple(map(ids.get, value))" if form is ID else "tuple(value)"


@_read_items.register
def _(form: InstanceForm, code: FunctionSource) -> str:
    # In Python 3.11, a comprehension is a function that is created and called for each list.
    code.add("extra -= 1", "items = []", f"for item in value: items.append({code.function(form.cls)}(item, context))")
    return "tuple(items)"


def _read_translations(value: Any, context: Context) -> tuple[Translation, ...]:
    if type(value) is not dict:
        raise NotCertain
    known = context.languages
    translations = []
    for language, text in value.items():
        if language not in known:
            if type(language) is not str or not LANGUAGE.matches(language):
                raise NotCertain
            known[language] = language
        if not text or text.isspace():
            raise NotCertain
        new: Any = _MutableTranslation()
        new.language = known[language]
        new.text = text
        new.__class__ = Translation
        translations.append(new)
    if len(translations) > 1:
        if len({language.lower() for language in value}) < len(translations):
            raise NotCertain
        translations.sort(key=attrgetter("language"))
    context.strings += 2 * len(translations)
    return tuple(translations)


_MutableTranslation: Any = mutable(Translation)
