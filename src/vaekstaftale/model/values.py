"""What all parts of an agreement have in common: a `repr`, and converters for their fields."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from inspect import cleandoc, getsource  # attrs imports it anyway
from itertools import pairwise
from textwrap import dedent
from typing import Any, ClassVar, TypeVar, cast

import attrs

from vaekstaftale.display import shown

T = TypeVar("T")


class Value:
    """A part of an agreement, with a `repr` that shows what is stated and stays short."""

    # Here, so that attrs adds it to no subclass: the fast reader's `mutable` needs equal slots.
    __slots__ = ("__weakref__",)

    #: Of these fields, at least one must be given.
    at_least_one_of: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.__doc__ = cast("str", _Docstring(vars(cls).get("__doc__")))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={_brief(value)}' for name, value in stated(self))})"


class _Docstring:
    """The docstring of a class, to which those of its fields are added when somebody asks for it, such as `help`.

    Python does not keep the docstrings of fields. They are read from the source, which takes too long for an import.
    """

    def __init__(self, docstring: Any) -> None:
        # attrs creates a class with slots a second time, from the attributes of the first.
        self.own: str | None = docstring.own if isinstance(docstring, _Docstring) else docstring

    def __get__(self, _instance: object, cls: type) -> str | None:
        try:
            lines = [f"    {name}: {meaning}" for name, meaning in field_docstrings(cls).items()]
        except (OSError, TypeError):  # there is no source
            lines = []
        return "\n".join([cleandoc(self.own or ""), "", "Fields:", *lines, ""]) if lines else self.own


def field_docstrings(cls: type) -> dict[str, str]:
    """Return the docstrings below the fields of a class, read from its source. Raises `OSError` without a source."""
    [definition] = ast.parse(dedent(getsource(cls))).body
    return {
        cast("ast.Name", field.target).id: ast.literal_eval(docstring.value)
        for field, docstring in pairwise(cast("ast.ClassDef", definition).body)
        if isinstance(field, ast.AnnAssign) and isinstance(docstring, ast.Expr)
    }


def stated(value: Value) -> Iterator[tuple[str, Any]]:
    """Yield the name and value of each field that does not have its default."""
    for attribute in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
        field_value = getattr(value, attribute.name)
        if field_value != attribute.default:
            yield attribute.name, field_value


def _brief(value: object) -> str:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, tuple) and not all(isinstance(item, str) for item in value):
        return f"<{len(value)} {type(value[0]).__name__}>"
    return repr(value)


def require_one_of(value: Value) -> None:
    """Raise `ValueError` if none of the fields in `at_least_one_of` is given."""
    if all(getattr(value, name) is None for name in value.at_least_one_of):
        names = " or ".join(value.at_least_one_of)
        raise ValueError(f"{type(value).__name__} must have {names}")


# Converters return what they cannot convert unchanged, so that the field's validator names the field in its error. The
# modules that use them have one function for each type, because mypy accepts neither a generic function as a converter
# nor one that another function returns.


def to_tuple(value: Iterable[T]) -> tuple[T, ...]:
    """Convert any iterable but a string to a tuple."""
    if isinstance(value, (str, bytes)) or not isinstance(cast("object", value), Iterable):
        return cast("tuple[T, ...]", value)
    return tuple(value)


def to_strings(value: Iterable[str]) -> tuple[str, ...]:
    """Convert an iterable of strings to a tuple."""
    return to_tuple(value)
