"""Straight-line code that reads and writes values, made from their forms.

One function a class, with every check of every key written out, as attrs and cattrs make theirs: a hook a key and a
validator a field would be called a thousand times for one agreement, and take several times as long.

What is read is right, or `Doubt` is raised; telling what is wrong is for `structure`. So a value need not be checked
again when it is built, and its class's `__init__` is not called: a frozen value takes its attributes several times
slower than any other. It is made as a twin, which has the same slots and is not frozen, and turned into the value once
it is whole.
"""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

import attrs

from vaekstaftale.dates import PartialDate, PartialDateForm
from vaekstaftale.forms import ID, LANGUAGE, TEXT, ChoiceForm, FlagForm, InstanceForm, NumberForm, StringForm, TupleForm
from vaekstaftale.model import Agreement, LinesForm, Translation, TranslationsForm, Value
from vaekstaftale.shapes import FORMAT_VERSION, SHAPES

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum

    from vaekstaftale.forms import Form

    #: Makes a value of data, and keeps account of it.
    Reader = Callable[[Any, "Account"], Any]
    #: Makes data of a value.
    Writer = Callable[[Any], Any]


class Doubt(ValueError):  # noqa: N818 - it is no error yet
    """The data may be wrong."""


class Account:
    """What is kept account of while one agreement is read."""

    __slots__ = ("ids", "strings")

    def __init__(self) -> None:
        #: How many strings were taken, keys included.
        self.strings = 0
        #: Every id, so that one that stands in many places is looked at once and kept once.
        self.ids: dict[str, str] = {}


def twin(cls: type) -> type:
    """Make a class with the slots of a frozen one, so that its instances can be turned into instances of that."""
    slots = cast("Any", cls).__slots__
    return type(cls.__name__, cls.__bases__, {"__slots__": [name for name in slots if name != "__weakref__"]})


def attribute(key: str) -> str:
    """Give the Python name for a key of a file."""
    return key.replace("$", "_")


class _Code:
    """A function's source, line by line, and the names that it uses."""

    def __init__(self, head: str) -> None:
        self._lines = [head]
        self._names: dict[str, Any] = {"Doubt": Doubt}

    def add(self, depth: int, *lines: str) -> None:
        """Add lines, so many steps in."""
        self._lines += ["    " * depth + line for line in lines]

    def name(self, value: object, name: str) -> str:
        """Give a name for a value, which no other value has."""
        while self._names.setdefault(name, value) is not value:
            name += "_"
        return name

    def function(self, name: str) -> Any:
        """Compile the function."""
        exec("\n".join(self._lines), self._names)  # noqa: S102 - all of it is made here, and nothing comes from a file
        return self._names[name]


# --- Reading ----------------------------------------------------------------------------------------------


@cache
def own_reader(cls: Any) -> Reader:
    """Give the function that reads a class's values from plain data, where no hook of others has a part in it."""
    if issubclass(cls, Value):
        return reader(cls, own_reader)
    return _read_date if cls is PartialDate else _choice_reader(cls)


def reader(cls: type[Value], reader_of: Callable[[type], Reader], *, typed: bool = False) -> Reader:
    """Make the function that reads an object of a file; `reader_of` gives those for the classes inside it.

    With `typed` it takes no dict but what has the keys as attributes, whose types are certainly right, words that are
    members of their enum already, and the class's defaults where a key is absent.
    """
    return _ReaderCode(cls, reader_of, typed=typed).read


class _ReaderCode(_Code):
    """The source of a reader: key after key; `value` is what stands under the present one."""

    def __init__(self, cls: type[Value], reader_of: Callable[[type], Reader], *, typed: bool) -> None:
        super().__init__("def read(data, account):")
        self._reader_of = reader_of
        self._typed = typed
        self.name(cls, "Value")
        self.name(twin(cls), "Twin")
        shape = SHAPES[cls]
        self.doubt(1, "type(data) is not dict", typed=False)
        # Each key is a string, and so is its value; `more` are the strings that this counts too few.
        self.add(1, "new = Twin()", f"keys = {len(shape.required)}", "more = 0")
        defaults = {field.name: field.default for field in attrs.fields(cast("type[attrs.AttrsInstance]", cls))}
        for key, form in shape.forms.items():
            self._add_key(key, form, required=key in shape.required, default=defaults.get(key, _NO_FIELD))
        if shape.at_least_one_of:
            self.doubt(1, " is ".join([*(f"new.{key}" for key in shape.at_least_one_of), "None"]))
        self.doubt(1, "len(data) != keys", typed=False)
        self.add(1, "account.strings += 2 * keys + more", "new.__class__ = Value", "return new")
        self.read: Reader = self.function("read")

    def doubt(self, depth: int, condition: str, *, typed: bool = True) -> None:
        """Add a line that doubts the data on a condition; without `typed`, one that can't be with the right types."""
        if typed or not self._typed:
            self.add(depth, f"if {condition}: raise Doubt")

    def _add_key(self, key: str, form: Form, *, required: bool, default: object) -> None:
        depth = 1 if required else 2
        if self._typed:
            self.add(1, f"value = data.{attribute(key)}")
        if not required:
            if default is not _NO_FIELD:
                self.add(1, f"new.{key} = {default!r}")
            self.add(1, f"if {self._given(key, default)}:")
            self.add(2, "keys += 1")
        if not self._typed:
            self.add(depth, f"value = data[{key!r}]")  # KeyError where it is missing
        result = self._add_checks(form, depth)
        if default is not _NO_FIELD:
            self.add(depth, f"new.{key} = {result}")

    def _given(self, key: str, default: object) -> str:
        if not self._typed:
            return f"{key!r} in data"
        return "value" if default == () else f"value is not {None if default is _NO_FIELD else default}"

    def _add_checks(self, form: Form, depth: int) -> str:
        """Add the lines that doubt `value` where it may be outside a form; give what to put into the field."""
        match form:
            case LinesForm():
                self._add_each("type(item) is not str", depth, typed=False)
                self.add(depth, r"text = '\n'.join(value)")
                self.doubt(depth, "value and (not text or text.isspace())")
                return "text or None"
            case StringForm() if form is ID:
                self._add_id("value", depth)
                return "account.ids[value]"
            case StringForm():
                self.doubt(depth, self._outside(form, "value"))
                return "value"
            case PartialDateForm():
                return self._read_by(PartialDate)
            case ChoiceForm(enum=cls):
                return "value" if self._typed else self._read_by(cls)
            case TupleForm(items=items) if items is ID:
                self.doubt(depth, "type(value) is not list", typed=False)
                self.add(depth, "more += len(value) - 1", "items = []", "for item in value:")
                self._add_id("item", depth + 1)
                self.add(depth + 1, "items.append(account.ids[item])")
                return "tuple(items)"
            case TupleForm(items=StringForm() as items):
                self._add_each(self._outside(items, "item"), depth)
                return "value" if self._typed else "tuple(value)"
        self.add(depth, "more -= 1")
        return self._add_checks_of_others(form, depth)

    def _add_checks_of_others(self, form: Form, depth: int) -> str:
        """Do so for the forms that are no string and no list of strings."""
        match form:
            case NumberForm(minimum=minimum, maximum=maximum):
                if not self._typed:
                    self.add(depth, "if type(value) is float and value.is_integer(): value = int(value)")
                self.doubt(depth, "type(value) is not int", typed=False)
                self.doubt(depth, f"not {minimum} <= value <= {maximum}")
                return "value"
            case FlagForm():
                self.doubt(depth, "type(value) is not bool", typed=False)
                return "value"
            case TranslationsForm():
                return f"{self.name(_read_translations, 'read_translations')}(value, account)"
            case TupleForm(items=InstanceForm(cls=cls), required=required):
                self.doubt(depth, "type(value) is not list", typed=False)
                if required:
                    self.doubt(depth, "not value")
                # In Python 3.11 a comprehension is a function, made and called for each list.
                self.add(depth, "items = []", f"for item in value: items.append({self._read_by(cls, 'item')})")
                return "tuple(items)"
            case InstanceForm(cls=cls):
                return self._read_by(cls)
        raise TypeError(form)

    def _add_each(self, outside: str, depth: int, *, typed: bool = True) -> None:
        """Add the lines that doubt a list of strings if it is none or one of its items is outside a form."""
        self.doubt(depth, "type(value) is not list", typed=False)
        if typed or not self._typed:
            self.add(depth, "for item in value:")
            self.doubt(depth + 1, outside)
        self.add(depth, "more += len(value) - 1")

    def _add_id(self, name: str, depth: int) -> None:
        """Add the lines that doubt an id that was not met before."""
        self.doubt(depth, f"type({name}) is not str", typed=False)
        self.add(depth, f"if {name} not in account.ids:")
        self.doubt(depth + 1, f"{self.name(ID.match, 'match')}({name}) is None or len({name}) > {ID.max_length}")
        self.add(depth + 1, f"account.ids[{name}] = {name}")

    def _outside(self, form: StringForm, name: str) -> str:
        """Give the expression that is true of a value outside a form, but for lone surrogates."""
        wrong_type = "" if self._typed else f"type({name}) is not str or "
        if form.pattern == TEXT.pattern:  # what strings say of themselves five times as fast; a test compares the two
            return f"{wrong_type}not {name} or {name}.isspace()"
        return f"{wrong_type}{self.name(form.match, 'match')}({name}) is None"

    def _read_by(self, cls: type, name: str = "value") -> str:
        return f"{self.name(self._reader_of(cls), f'read_{cls.__name__}')}({name}, account)"


#: Instead of a field's default, for a key that has no field.
_NO_FIELD = object()


def _read_date(value: object, _account: Account) -> PartialDate:
    """Read a partial date."""
    if type(value) is not str:
        raise Doubt
    return PartialDate(value)


def _choice_reader(enum: type[Enum]) -> Reader:
    """Make the function that reads a member of an enum from its word."""
    members = {member.value: member for member in enum}

    def read(value: object, _account: Account) -> Enum:
        if type(value) is not str:
            raise Doubt
        return members[value]

    return read


def _read_translations(value: object, account: Account) -> tuple[Translation, ...]:
    if type(value) is not dict:
        raise Doubt
    translations = []
    for language, text in value.items():
        if type(language) is not str or (language not in PLAIN_TAGS and LANGUAGE.match(language) is None):
            raise Doubt
        if type(text) is not str or not text or text.isspace():
            raise Doubt
        new = _TranslationTwin()
        new.language = PLAIN_TAGS.get(language, language)
        new.text = text
        new.__class__ = Translation
        translations.append(new)
    if len(translations) > 1:
        if len({language.lower() for language in value}) < len(translations):
            raise Doubt
        translations.sort(key=attrgetter("language"))
    account.strings += 2 * len(translations)
    return tuple(translations)


#: Tags that need no look at their form, and no memory: nearly all translations are into one of these.
PLAIN_TAGS = {tag: tag for tag in ("da", "de", "en", "fo", "fr", "kl", "nb", "nn", "sv")}

_TranslationTwin: Any = twin(Translation)


# --- Writing ----------------------------------------------------------------------------------------------


@cache
def own_writer(cls: Any) -> Writer:
    """Give the function that gives a class's values as plain data, where no hook of others has a part in it."""

    def writer_of(inner: Any) -> Writer | None:
        return own_writer(inner) if issubclass(inner, Value) else None

    return writer(cls, writer_of)


def writer(cls: type[Value], writer_of: Callable[[type], Writer | None]) -> Writer:
    """Make the function that gives a value as an object of a file, defaults left out."""
    return _WriterCode(cls, writer_of).write


class _WriterCode(_Code):
    """The source of a writer. The fields that begin a class and are always there are written in one go."""

    def __init__(self, cls: type[Value], writer_of: Callable[[type], Writer | None]) -> None:
        super().__init__("def write(value):")
        self._writer_of = writer_of
        fields = attrs.fields(cast("type[attrs.AttrsInstance]", cls))
        head = list(takewhile(lambda field: field.default is attrs.NOTHING, fields))
        pairs = [f"{field.name!r}: {self._written(field.validator, f'value.{field.name}')}" for field in head]
        version = [f"'format_version': {FORMAT_VERSION!r}"] if cls is Agreement else []
        self.add(1, f"data = {{{', '.join(version + pairs)}}}")
        for field in fields[len(head) :]:
            self._add_field(field.name, field.validator, field.default)
        self.add(1, "return data")
        self.write: Writer = self.function("write")

    def _add_field(self, name: str, form: Form, default: object) -> None:
        self.add(1, f"item = value.{name}")
        depth = 1
        if default is not attrs.NOTHING:
            self.add(1, "if item:" if default == () else f"if item is not {default!r}:")
            depth = 2
        if isinstance(form, TranslationsForm):  # a comprehension would be a function call for each of them
            self.add(depth, f"data[{name!r}] = texts = {{}}", "for one in item: texts[one.language] = one.text")
        else:
            self.add(depth, f"data[{name!r}] = {self._written(form, 'item')}")

    def _written(self, form: Form, item: str) -> str:
        """Give the expression for what a file holds of an item."""
        match form:
            case LinesForm():
                return rf"{item}.split('\n')"
            case PartialDateForm():
                write = self._writer(PartialDate)
                return f"{write}({item})" if write else f"{item}.value"
            case ChoiceForm(enum=cls):
                write = self._writer(cls)
                return f"{write}({item})" if write else f"{item}._value_"  # what `.value` is, which is slower
            case InstanceForm(cls=cls):
                return f"{self._writer(cls)}({item})"
            case TupleForm(items=InstanceForm(cls=cls)):
                return f"[*map({self._writer(cls)}, {item})]"
            case TupleForm():
                return f"[*{item}]"
        return item

    def _writer(self, cls: type) -> str | None:
        write = self._writer_of(cls)
        return None if write is None else self.name(write, f"write_{cls.__name__}")
