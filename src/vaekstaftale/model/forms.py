"""What a single value may be: each kind of value, called a form, is one class, defined once and completely.

A form is an attrs validator, so a value that breaks it cannot be built. The same form reads the data of a file or
reports what is wrong with them, and states its JSON Schema and its name in the documentation. The kinds of string are
in `strings`; `PartialDate`, translations and the lines of a source have a form beside their class.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

import attrs
from attrs import frozen

from vaekstaftale.display import shown, shown_in_python
from vaekstaftale.limits import MAX_ITEMS, MAX_WORD_LENGTH
from vaekstaftale.matching import fold, misspelt
from vaekstaftale.model.base import Choice
from vaekstaftale.model.words import CHOICES, FILE_FORMATS
from vaekstaftale.problems import REMOVE_KEY, Hint, Path, RawFinding, did_you_mean, in_brackets, write

#: Yields what is wrong with the data of an object. It is called with the data, the class that they become, and their
#: path, and is passed to the forms, because the model does not know the keys that only a file has.
ObjectCheck = Callable[[object, type[Any], Path], Iterator[RawFinding]]


_NULL = Hint("remove the key and its value if the value is not known", None, REMOVE_KEY)
_NULL_IN_A_LIST = "remove it from the list"


class Form:
    """What a value must be: the value of a field, and the data in a file that it is made from.

    A form whose data have no parts states what is right once, in `read`. A form with parts states it in its fields,
    such as the bounds of a list.
    """

    @property
    def expected(self) -> str:
        """The form in words, after "must be" or "is not"."""
        raise NotImplementedError

    @property
    def json_type(self) -> str:
        """The JSON type of the data in words, completing "expected …, found …"."""
        raise NotImplementedError

    @property
    def data_type(self) -> type[Any]:
        """The Python type of the data."""
        raise NotImplementedError

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the problems for data of the right type, not counting those of its parts."""
        return ()

    @property
    def name(self) -> str | None:
        """The name of the form's definition in the JSON Schema, if it has one of its own."""
        return None

    @property
    def label(self) -> str:
        """The form as the tables of the documentation name it."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple[Form, ...]:
        """The forms inside this one."""
        return ()

    #: Returns the value that data stand for. Raises `ValueError`, `KeyError`, `TypeError` or `AttributeError` for data
    #: that do not have this form.
    read: Callable[[Any], Any]

    # The value of a field.

    def accepts(self, value: object) -> bool:
        """Return whether a value has this form."""
        raise NotImplementedError

    def __call__(self, instance: object, attribute: Any, value: Any) -> None:
        """Raise `ValueError` or `TypeError` unless a value has this form: the validator of a field.

        The field's default is always accepted.
        """
        if value is not attribute.default and not self.accepts(value):
            self.refuse(f"{type(instance).__name__}.{attribute.name}", value)

    def refuse(self, name: str, value: object) -> None:
        """Raise the error that names field and value: `ValueError`, or `TypeError` for a value of another type."""
        is_of_type = type(value) is self.data_type
        hint = self.hint(value) if is_of_type else self.wrong_type_hint(value)
        message = f"{name} must be {self.expected}, not {shown_in_python(value)}{f'; {hint}' if hint else ''}"
        raise ValueError(message) if is_of_type else TypeError(message)

    # The data of a file.

    def is_right(self, data: Any) -> bool:
        """Return whether data of the right type have this form."""
        try:
            self.read(data)
        except (ValueError, KeyError):
            return False
        return True

    def findings(self, data: object, path: Path, check_object: ObjectCheck) -> Iterator[RawFinding]:  # noqa: ARG002 - for overrides
        """Yield everything that is wrong with the data at a path, in the order of the data."""
        if type(data) is not self.data_type:
            yield self.wrong_type(data, path)
        elif not self.is_right(data):
            yield self.wrong_value(data, path)

    def wrong_type(self, data: object, path: Path) -> RawFinding:
        """Return the finding for data of another type."""
        message = f"expected {self.json_type}, found {shown(data)}"
        if data is None and path:  # a whole file cannot be left out
            is_item = isinstance(path[-1], int)
            return RawFinding("wrong-type", message, path, _NULL_IN_A_LIST if is_item else _NULL)
        return RawFinding("wrong-type", message, path, lambda: self.wrong_type_hint(data))

    def wrong_type_hint(self, data: Any) -> Hint | str | None:  # noqa: ARG002 - for the forms that override it
        """Return how data of another type are written, where that is clear."""
        return None

    def wrong_value(self, data: Any, path: Path) -> RawFinding:
        """Return the finding for data of the right type that do not have this form."""
        return RawFinding(self.codes[0], f"{shown(data)} is not {self.expected}", path, lambda: self.hint(data))

    def hint(self, data: Any) -> Hint | str | None:  # noqa: ARG002 - for the forms that override it
        """Return what was probably meant by data of the right type that do not have this form."""
        return None

    # The file format.

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the data: the definition, or a reference to it if it has a name."""
        return self.definition() if self.name is None else {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> dict[str, Any]:
        """Return the JSON Schema of the data, written out."""
        raise NotImplementedError


@frozen(eq=False)
class EnumForm(Form):
    """A member of an enum; in a file, its value."""

    enum: type[Choice]

    json_type = "a string"
    data_type = str
    codes = ("not-a-choice",)

    @cached_property
    def members(self) -> Mapping[str, Choice]:
        """The members by the strings that a file may contain, in the order of the enum."""
        return {member.value: member for member in self.enum}

    @property
    def expected(self) -> str:
        return f"one of {', '.join(map(repr, self.members))}"

    @property
    def label(self) -> str:
        return ", ".join(f"`{choice}`" for choice in self.members)

    def accepts(self, value: object) -> bool:
        return isinstance(value, self.enum)

    def read(self, data: Any) -> Choice:
        return self.members[data]

    def hint(self, data: Any) -> Hint | str | None:
        if fold(data) in FILE_FORMATS:
            return "state what the document is, not its file format"
        written = re.sub(r"[\s_]+", "-", data.strip().casefold())
        if written in self.members:
            return did_you_mean(written, write(written, safe=True))
        meant = CHOICES.get(fold(data))
        if meant not in self.members:
            # "replaced-by" is near "replaces" in spelling, and says the opposite.
            meant = misspelt(written, self.members)
        return did_you_mean(meant, None if meant is None else write(meant, safe=False)) or "; ".join(
            f"{member.value}: {member.meaning.replace('*', '').rstrip('.')}" for member in self.enum
        )

    def convert(self, value: object) -> Any:
        """Return the member for its string, and anything else unchanged: the converter of a field."""
        return self.members.get(value, value) if type(value) is str else value

    def definition(self) -> dict[str, Any]:
        return {"enum": list(self.members)}


#: The most keys of an object that a hint shows.
_MOST_OUTLINED = 3


@frozen(eq=False)
class InstanceForm(Form):
    """A value of one of the library's own classes; in a file, an object.

    A subclass is not accepted: what it adds would be lost in a file.
    """

    cls: type[Any]

    json_type = "an object"
    data_type = dict

    @property
    def expected(self) -> str:
        return f"of type {self.cls.__name__}"

    @property
    def name(self) -> str:
        return str(self.cls.__name__)

    @property
    def label(self) -> str:
        return self.name

    @property
    def parts(self) -> tuple[Form, ...]:
        return tuple(forms_of(self.cls).values())

    def accepts(self, value: object) -> bool:
        return type(value) is self.cls

    def findings(self, data: object, path: Path, check_object: ObjectCheck) -> Iterator[RawFinding]:
        return check_object(data, self.cls, path)

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        return f"write {self.outline}" if type(data) is str and self.outline else super().wrong_type_hint(data)

    @property
    def outline(self) -> str | None:
        """The object as a file has it, with its required keys only; `None` if these are many, or none."""
        fields = attrs.fields(self.cls)
        keys = [attribute.name for attribute in fields if attribute.default is attrs.NOTHING]
        keys += self.cls.at_least_one_of[:1]
        if not 0 < len(keys) <= _MOST_OUTLINED:
            return None
        return "{" + ", ".join(f'"{key}": "…"' for key in keys) + "}"

    def refuse(self, name: str, value: object) -> None:
        where = ""
        if isinstance(value, self.cls):
            where = f"; {type(value).__name__} is a subclass: keep data of your own beside the agreement, by id"
        raise TypeError(f"{name} must be {self.expected}, not {shown_in_python(value)}{where}")


@frozen(eq=False)
class TupleForm(Form):
    """A tuple of values of one form; in a file, a list. The bounds of its length are inclusive."""

    items: Form
    min_items: int = 0
    max_items: int = MAX_ITEMS

    json_type = "a list"

    @property
    def data_type(self) -> type[Any]:
        return list

    @property
    def expected(self) -> str:
        return "an iterable of items"

    @property
    def codes(self) -> tuple[str, ...]:
        return ("empty-list", "too-many") if self.min_items else ("too-many",)

    @property
    def label(self) -> str:
        return f"list of {self.items.label}{', at least one' if self.min_items else ''}"

    @property
    def parts(self) -> tuple[Form, ...]:
        return (self.items,)

    def accepts(self, value: object) -> bool:
        return type(value) is tuple and not self._wrong_length(len(value)) and all(map(self.items.accepts, value))

    def refuse(self, name: str, value: object) -> None:
        if isinstance(value, (set, frozenset)):
            raise TypeError(f"{name} must have an order, which a set has not: pass a list")
        if type(value) is not tuple:
            instead = "; put it in a list" if isinstance(value, (str, self.items.data_type)) else ""
            raise TypeError(f"{name} must be {self.expected}, not {shown_in_python(value)}{instead}")
        if wrong_length := self._wrong_length(len(value)):
            raise ValueError(f"{name}: {wrong_length.message}")
        for index, item in enumerate(value):
            if not self.items.accepts(item):
                self.items.refuse(f"{name}[{index}]", item)

    def findings(self, data: object, path: Path, check_object: ObjectCheck) -> Iterator[RawFinding]:
        if type(data) is not list:
            finding = self.wrong_type(data, path)
            if type(data) is self.items.data_type and not _several_or_one(data):
                # An object is not another one in a list. A string may be several, separated in some way.
                fix = in_brackets(safe=type(data) is dict)
                items = partial(self.items.findings, data, path, check_object)
                finding = finding._replace(fix=fix._replace(inside=items))
            yield finding
            return
        if wrong_length := self._wrong_length(len(data)):
            yield wrong_length._replace(path=path)
        for index, item in enumerate(data):
            yield from self.items.findings(item, (*path, index), check_object)

    def _wrong_length(self, length: int) -> RawFinding | None:
        if length < self.min_items:
            return RawFinding("empty-list", "the list is empty; at least one item is needed")
        if length > self.max_items:
            return RawFinding("too-many", f"the list has {length:,} items; at most {self.max_items:,} are allowed")
        return None

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        if type(data) is self.items.data_type:
            return _several_or_one(data) or "write it in square brackets, as a list of one"
        if type(data) is str and isinstance(self.items, InstanceForm) and self.items.outline:
            return f"write [{self.items.outline}]"
        return super().wrong_type_hint(data)

    def definition(self) -> dict[str, Any]:
        bounds = {"minItems": self.min_items} if self.min_items else {}
        return {"type": "array", "items": self.items.json_schema(), **bounds, "maxItems": self.max_items}


def _several_or_one(data: Any) -> str | None:
    """Return how a string is written that may be several, separated by commas or semicolons, or one with a comma."""
    parts = re.split(r"\s*[,;]\s*", data.strip()) if type(data) is str and len(data) <= MAX_WORD_LENGTH else []
    if len(parts) < 2 or not all(parts):
        return None
    several, one = (json.dumps(strings, ensure_ascii=False) for strings in (parts, [data]))
    return f"write {several}, or {one} if it is one"


def forms_of(cls: type[Any]) -> dict[str, Form]:
    """Return the forms of a class's fields, which are their validators, by the fields' names."""
    return {attribute.name: attribute.validator for attribute in attrs.fields(cls)}
