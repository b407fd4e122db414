"""What a single value may be: each kind of value, called a form, is one class, defined once and completely.

A form is an attrs validator, so no value can be built that breaks it. The same form reports what is wrong with the
data of a file, builds the value from the data and the data from the value, and states its JSON Schema and its name in
the documentation. The kinds of string are in `strings`; `PartialDate`, translations and the lines of a source have a
form beside their class.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, ClassVar, Protocol

import attrs
from attrs import frozen

from vaekstaftale.display import did_you_mean, shown, shown_in_python
from vaekstaftale.matching import closest
from vaekstaftale.model.values import stated
from vaekstaftale.problems import Path, Violation


class ObjectReporter(Protocol):
    """Reports what is wrong with an object of a file.

    It is passed in, because the model does not know the file format's own keys.
    """

    def object_violations(self, data: dict[Any, Any], cls: type[Any], path: Path) -> Iterator[Violation]:
        """Yield everything that is wrong with the data of a class's object."""


class Form:
    """What a value must be: the value of a field, and the data in a file that it is made from.

    In the subclasses, a name with an annotation is a field of the form, and one without is the same for all.
    """

    #: The form in words, after "must be" or "is not".
    expected: str
    #: The JSON type of the data in words, completing "expected …, found …".
    json_type: str
    #: The Python type of the data.
    data_type: ClassVar[type[Any]]
    #: The code of the problem if data of the right type does not have the form, apart from its parts; `None` if that is
    #: impossible.
    code: str | None = None
    #: The name of the form's definition in the JSON Schema, if it has one of its own.
    name: str | None = None

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
        error = ValueError if type(value) is self.data_type else TypeError
        raise error(f"{name} must be {self.expected}, not {shown_in_python(value)}")

    # The data of a file.

    def violations(self, data: object, path: Path, objects: ObjectReporter) -> Iterator[Violation]:  # noqa: ARG002 - for overrides
        """Yield everything that is wrong with the data at a path, in the order of the data."""
        if type(data) is not self.data_type:
            yield self.wrong_type(data, path)
        elif not self.accepts_data(data):
            yield self.wrong_value(data, path)

    def accepts_data(self, data: Any) -> bool:  # noqa: ARG002 - for the forms that override it
        """Return whether data of the right type has this form.

        Only `Form.violations` calls it, so forms that replace that method leave this one as it is.
        """
        return True

    def wrong_type(self, data: object, path: Path) -> Violation:
        """Return the violation for data of another type."""
        message = f"expected {self.json_type}, found {shown(data)}"
        hint = (lambda: self.wrong_type_hint(data)) if path else None  # a whole file cannot be left out
        return Violation("wrong-type", message, path, hint)

    def wrong_type_hint(self, data: Any) -> str | None:
        """Return how data of another type is written, where that is clear."""
        return "leave it out: what is not known is not written" if data is None else None

    def wrong_value(self, data: Any, path: Path) -> Violation:
        """Return the violation for data of the right type that does not have this form."""
        return Violation(self.code or "", f"{shown(data)} is not {self.expected}", path, lambda: self.hint(data))

    def hint(self, data: Any) -> str | None:  # noqa: ARG002 - for the forms that override it
        """Return what was probably meant by data of the right type that does not have this form."""
        return None

    def repeated_keys(self, data: Any, path: Path) -> Iterator[Path]:  # noqa: ARG002 - for the forms that override it
        """Yield the paths of keys that mean the same as an earlier key of their object, such as "en" and "EN".

        The data must have no violations. A value is built without these keys, because it cannot hold both. The stage of
        coherence reports them.
        """
        return iter(())

    def from_data(self, data: Any) -> Any:
        """Build the value from data without violations and repeated keys."""
        return data

    def to_data(self, value: Any) -> Any:
        """Return the data for a value."""
        return value

    # The file format.

    @property
    def label(self) -> str:
        """The form as the tables of the documentation name it."""
        raise NotImplementedError

    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the data: the definition, or a reference to it if it has a name."""
        return self.definition() if self.name is None else {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> dict[str, Any]:
        """Return the JSON Schema of the data, written out."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple[Form, ...]:
        """The forms inside this one."""
        return ()


@frozen(eq=False)
class IntegerForm(Form):
    """An integer between two bounds, inclusive. In a file also `1.0`; a `bool` is not accepted."""

    json_type = "an integer"
    data_type = int
    code = "out-of-range"

    minimum: int
    maximum: int

    @property
    def expected(self) -> str:  # type: ignore[override]
        return f"an integer from {self.minimum} to {self.maximum}"

    def accepts(self, value: object) -> bool:
        return type(value) is int and self.minimum <= value <= self.maximum

    def accepts_data(self, data: Any) -> bool:
        return self.accepts(data)

    def violations(self, data: object, path: Path, objects: ObjectReporter) -> Iterator[Violation]:
        is_integer = type(data) is float and data.is_integer()
        return super().violations(self.from_data(data) if is_integer else data, path, objects)

    def wrong_type_hint(self, data: Any) -> str | None:
        if type(data) is str and re.fullmatch("[1-9][0-9]{0,9}", data) and self.accepts(int(data)):
            return f"write {data} without quotes"
        return super().wrong_type_hint(data)

    def from_data(self, data: Any) -> int:
        return int(data)

    @property
    def label(self) -> str:
        return f"integer {self.minimum} to {self.maximum}"

    def definition(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


class BoolForm(Form):
    """A `bool`."""

    expected = "True or False"
    json_type = "true or false"
    data_type = bool
    label = "true or false"

    def accepts(self, value: object) -> bool:
        return type(value) is bool

    def wrong_type_hint(self, data: Any) -> str | None:
        return f"write {data} without quotes" if data in ("true", "false") else super().wrong_type_hint(data)

    def definition(self) -> dict[str, Any]:
        return {"type": "boolean"}


BOOL = BoolForm()


@frozen(eq=False)
class EnumForm(Form):
    """A member of an enum; in a file, its value."""

    json_type = "a text"
    data_type = str
    code = "not-a-choice"

    enum: type[Enum]

    @property
    def expected(self) -> str:  # type: ignore[override]
        return f"one of {', '.join(map(repr, self.words))}"

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a file may contain, in the order of the enum."""
        return tuple(member.value for member in self.enum)

    def accepts(self, value: object) -> bool:
        return isinstance(value, self.enum)

    def accepts_data(self, data: Any) -> bool:
        return data in self.words

    def hint(self, data: Any) -> str | None:
        return did_you_mean(closest(data, self.words))

    def from_data(self, data: Any) -> Any:
        return self.enum(data)

    def to_data(self, value: Any) -> Any:
        return value.value

    def convert(self, value: object) -> Any:
        """Return the member for its word, and anything else unchanged: the converter of a field."""
        return self.enum(value) if type(value) is str and value in self.words else value

    @property
    def label(self) -> str:
        return ", ".join(f"`{word}`" for word in self.words)

    def definition(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


@frozen(eq=False)
class InstanceForm(Form):
    """A value of one of the library's own classes; in a file, an object."""

    json_type = "an object"
    data_type = dict

    cls: type[Any]

    @property
    def expected(self) -> str:  # type: ignore[override]
        return f"of type {self.cls.__name__}"

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.cls.__name__

    label = name

    def accepts(self, value: object) -> bool:
        return isinstance(value, self.cls)

    def violations(self, data: object, path: Path, objects: ObjectReporter) -> Iterator[Violation]:
        if type(data) is dict:
            return objects.object_violations(data, self.cls, path)
        return super().violations(data, path, objects)

    def refuse(self, name: str, value: object) -> None:
        raise TypeError(f"{name} must be {self.expected}, not {shown_in_python(value)}")

    def repeated_keys(self, data: Any, path: Path) -> Iterator[Path]:
        for name, form in forms_of(self.cls).items():
            if name in data:
                yield from form.repeated_keys(data[name], (*path, name))

    def from_data(self, data: Any) -> Any:
        present = ((name, form) for name, form in forms_of(self.cls).items() if name in data)
        return self.cls(**{name: form.from_data(data[name]) for name, form in present})

    def to_data(self, value: Any) -> dict[str, Any]:
        forms = forms_of(self.cls)
        return {name: forms[name].to_data(held) for name, held in stated(value)}

    @property
    def parts(self) -> tuple[Form, ...]:
        return tuple(forms_of(self.cls).values())


@frozen(eq=False)
class TupleForm(Form):
    """A tuple of values of one form; in a file, a list."""

    expected = "an iterable of items"
    json_type = "a list"
    data_type: ClassVar[type[Any]] = list  # with an annotation, because a subclass has another type

    items: Form
    #: Whether there must be at least one item.
    non_empty: bool = False

    @property
    def code(self) -> str | None:  # type: ignore[override]
        return "empty-list" if self.non_empty else None

    def accepts(self, value: object) -> bool:
        return type(value) is tuple and all(map(self.items.accepts, value)) and (not self.non_empty or value != ())

    def refuse(self, name: str, value: object) -> None:
        if type(value) is tuple:
            for index, item in enumerate(value):
                if not self.items.accepts(item):
                    self.items.refuse(f"{name}[{index}]", item)
            raise ValueError(f"{name} must have at least one item")
        raise TypeError(f"{name} must be {self.expected}, not {shown_in_python(value)}")

    def violations(self, data: object, path: Path, objects: ObjectReporter) -> Iterator[Violation]:
        if type(data) is not list:
            yield self.wrong_type(data, path)
            return
        if self.non_empty and not data:
            yield Violation("empty-list", "the list is empty, at least one is needed", path)
        for index, item in enumerate(data):
            yield from self.items.violations(item, (*path, index), objects)

    def wrong_type_hint(self, data: Any) -> str | None:
        if type(data) is self.items.data_type:
            return "write it in square brackets, as a list of one"
        return super().wrong_type_hint(data)

    def repeated_keys(self, data: Any, path: Path) -> Iterator[Path]:
        for index, item in enumerate(data):
            yield from self.items.repeated_keys(item, (*path, index))

    def from_data(self, data: Any) -> tuple[Any, ...]:
        return tuple(map(self.items.from_data, data))

    def to_data(self, value: Any) -> list[Any]:
        return list(map(self.items.to_data, value))

    @property
    def label(self) -> str:
        return f"list of {self.items.label}{', at least one' if self.non_empty else ''}"

    def definition(self) -> dict[str, Any]:
        return {"type": "array", "items": self.items.json_schema(), **({"minItems": 1} if self.non_empty else {})}

    @property
    def parts(self) -> tuple[Form, ...]:
        return (self.items,)


def forms_of(cls: type[Any]) -> dict[str, Form]:
    """Return the forms of a class's fields, which are their validators, by the fields' names."""
    return {attribute.name: attribute.validator for attribute in attrs.fields(cls)}
