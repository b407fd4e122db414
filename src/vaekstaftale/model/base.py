"""What all parts of an agreement have in common: a docstring with the meanings of the fields, a `repr`, converters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from inspect import cleandoc  # attrs imports it anyway
from typing import Any, ClassVar, Self, TypeVar, cast

import attrs

from vaekstaftale.display import shown

T = TypeVar("T")


def meaning(text: str) -> dict[str, str]:
    """Return the metadata of a field that states its meaning, for `help`, the JSON Schema and the documentation."""
    return {"meaning": text}


def meanings_of(cls: type[Any]) -> dict[str, str]:
    """Return the meanings of a class's fields by name. Raises `LookupError` for a field that states none."""
    meanings = {attribute.name: attribute.metadata.get("meaning", "") for attribute in attrs.fields(cls)}
    for name, text in meanings.items():
        if not text:
            raise LookupError(f'write metadata=meaning("…") for {cls.__name__}.{name} in model/')
    return meanings


class Choice(Enum):
    """One of the values that the file format has for a key. Each states its meaning."""

    _value_: str
    meaning: str

    def __new__(cls, value: Any, meaning: str = "") -> Self:
        """Create a member for its string in a file and its meaning."""
        if not meaning:
            raise LookupError(f"state the meaning of {value!r} beside it in {cls.__name__}, in model/")
        member = object.__new__(cls)
        member._value_ = value
        member.__doc__ = member.meaning = meaning
        return member

    def __init_subclass__(cls) -> None:
        values = [f"    {member.value}: {member.meaning}" for member in cls]
        cls.__doc__ = "\n".join([cleandoc(cls.__doc__ or ""), "", "Values:", *values, ""])


class Value:
    """A part of an agreement, with a `repr` that shows what is stated and stays short."""

    # Declared here so that attrs does not add it to every subclass.
    __slots__ = ("__weakref__",)

    #: Of these fields, at least one must be given.
    at_least_one_of: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __attrs_init_subclass__(cls) -> None:
        fields = [
            f"    {attribute.name}: {attribute.metadata.get('meaning', '')}"
            for attribute in attrs.fields(cast("Any", cls))
        ]
        cls.__doc__ = "\n".join([cleandoc(cls.__doc__ or ""), "", "Fields:", *fields, ""])

    def __attrs_post_init__(self) -> None:
        if self.at_least_one_of and all(getattr(self, name) is None for name in self.at_least_one_of):
            raise ValueError(f"{type(self).__name__} must have {' or '.join(self.at_least_one_of)}")

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={_brief(value)}' for name, value in stated(self))})"


def stated(value: Value) -> Iterator[tuple[str, Any]]:
    """Yield the name and value of each field that does not have its default."""
    for attribute in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        field_value = getattr(value, attribute.name)
        if field_value != attribute.default:
            yield attribute.name, field_value


#: The most strings of a list that a `repr` shows.
_MOST_STRINGS = 10


def _brief(value: object) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, tuple) and (len(value) > _MOST_STRINGS or not all(isinstance(item, str) for item in value)):
        return f"<{len(value)} {type(value[0]).__name__}>"
    return repr(value)


# Converters return what they cannot convert unchanged, so that the field's validator names the field in its error. The
# modules that use them have one function for each type, because mypy accepts neither a generic function as a converter
# nor one that another function returns.


def to_tuple(value: Iterable[T]) -> tuple[T, ...]:
    """Convert any iterable to a tuple, but not a string, and neither a set, which has no order, nor a `dict`."""
    if isinstance(value, (str, bytes, set, frozenset, dict)) or not isinstance(cast("object", value), Iterable):
        return cast("tuple[T, ...]", value)
    return tuple(value)


def to_strings(value: Iterable[str]) -> tuple[str, ...]:
    """Convert an iterable of strings to a tuple."""
    return to_tuple(value)
