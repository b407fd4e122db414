"""The kinds of value that are neither strings nor objects: integers, and true or false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from attrs import frozen

from vaekstaftale.matching import fold
from vaekstaftale.model.forms import Form, ObjectCheck
from vaekstaftale.model.words import YES_OR_NO
from vaekstaftale.problems import Hint, Path, RawFinding, without_quotes


@frozen(eq=False)
class IntegerForm(Form):
    """An integer between two bounds, inclusive. In a file also `1.0`; a `bool` is not accepted."""

    minimum: int
    maximum: int

    json_type = "an integer"
    data_type = int
    codes = ("out-of-range",)

    @property
    def expected(self) -> str:
        return f"an integer from {self.minimum} to {self.maximum}"

    @property
    def label(self) -> str:
        return f"integer {self.minimum} to {self.maximum}"

    def accepts(self, value: object) -> bool:
        return type(value) is int and self.is_right(value)

    def read(self, data: Any) -> int:
        number = _without_fraction(data)
        if type(number) is not int or not self.minimum <= number <= self.maximum:
            raise ValueError(data)
        return number

    def findings(self, data: object, path: Path, check_object: ObjectCheck) -> Iterator[RawFinding]:
        return super().findings(_without_fraction(data), path, check_object)

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        if type(data) is str and re.fullmatch("[1-9][0-9]{0,9}", data) and self.is_right(int(data)):
            return without_quotes(int(data), safe=True)
        return super().wrong_type_hint(data)

    def definition(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


def _without_fraction(data: object) -> object:
    """Return a number such as `1.0` as the integer that it is in JSON, and everything else unchanged."""
    return int(data) if type(data) is float and data.is_integer() else data


class BoolForm(Form):
    """A `bool`."""

    expected = "True or False"
    json_type = "true or false"
    data_type = bool
    label = "true or false"

    def accepts(self, value: object) -> bool:
        return type(value) is bool

    def read(self, data: Any) -> bool:
        if type(data) is not bool:
            raise TypeError(data)
        return data

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        word = fold(data) if type(data) is str else ""
        if word not in YES_OR_NO:
            return super().wrong_type_hint(data)
        return without_quotes(YES_OR_NO[word], safe=word in ("true", "false"))

    def definition(self) -> dict[str, Any]:
        return {"type": "boolean"}


BOOL = BoolForm()
