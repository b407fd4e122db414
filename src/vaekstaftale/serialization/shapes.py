"""Which keys the objects of a file have, read from the classes, and which forms are in use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from attrs import frozen

from vaekstaftale.limits import MAX_COMMITMENTS, MAX_QUOTES
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.base import Value
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.dates import PartialDate, PartialDateForm
from vaekstaftale.model.forms import EnumForm, Form, InstanceForm, forms_of
from vaekstaftale.model.paths import quote_lists_of
from vaekstaftale.model.sources import Quote
from vaekstaftale.model.strings import ID, TEXT, PatternForm
from vaekstaftale.problems import Hint, Path, RawFinding, did_you_mean, in_quotes, write

FORMAT_VERSION = "1.0"


class VersionForm(PatternForm):
    """The edition of the file format."""

    def hint(self, data: Any) -> Hint | str | None:
        if data.strip() in ("1", "v1", "1.0", "v1.0"):
            return did_you_mean(FORMAT_VERSION, write(FORMAT_VERSION, safe="v" not in data))
        is_edition = re.fullmatch("[1-9][0-9]?[.][0-9]{1,2}", data)
        return "a newer version of vaekstaftale may read it" if is_edition else None

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        if type(data) in (int, float) and data == 1:
            return in_quotes(FORMAT_VERSION)
        return super().wrong_type_hint(data)

    def definition(self) -> dict[str, Any]:
        return {"enum": [FORMAT_VERSION]}


VERSION = VersionForm(
    name=None,
    codes=("unsupported-format-version",),
    label=f'`"{FORMAT_VERSION}"`',
    expected=f"the edition {FORMAT_VERSION!r} of the format",
    pattern=FORMAT_VERSION.replace(".", "[.]"),
)


@frozen(eq=False)
class Shape:
    """What an object of a file may contain: one class, as the file format sees it."""

    #: The forms of the values by key, in canonical order.
    forms: Mapping[str, Form]
    #: The keys that must be present.
    required: tuple[str, ...]
    #: Keys of which at least one must be present.
    at_least_one_of: tuple[str, ...]


#: The forms of the keys of a file that are not fields of `Agreement`.
FILE_KEYS: Mapping[str, Form] = {"format_version": VERSION, "$schema": TEXT}


def _shape_of(cls: Any) -> Shape:
    forms = forms_of(cls)
    required = tuple(attribute.name for attribute in attrs.fields(cls) if attribute.default is attrs.NOTHING)
    if cls is Agreement:
        forms = {**FILE_KEYS, **forms}
        required = ("format_version", *required)
    return Shape(forms, required, cls.at_least_one_of)


def class_of(form: Form) -> type[Any] | None:
    """Return the class of the values of a form, if a hook of a cattrs converter can read it."""
    match form:
        case InstanceForm():
            return form.cls
        case EnumForm():
            return form.enum
        case PartialDateForm():
            return PartialDate
    return None


def _forms_in_use() -> Iterator[Form]:
    """Yield the form of an agreement and all forms inside it, each once, in the order of their first use."""
    remaining: list[Form] = [InstanceForm(Agreement), *FILE_KEYS.values()]
    seen: set[object] = set()
    for form in remaining:  # more are added meanwhile
        identity = form.cls if isinstance(form, InstanceForm) else form
        if identity not in seen:
            seen.add(identity)
            yield form
            remaining += form.parts


#: Every form that occurs in a file, in the order of first use; each class once.
FORMS: tuple[Form, ...] = tuple(_forms_in_use())

#: The shape of each class that is an object in a file.
SHAPES: Mapping[type[Value], Shape] = {
    form.cls: _shape_of(form.cls) for form in FORMS if isinstance(form, InstanceForm)
}


#: The keys whose values are ids, or lists of them.
ID_KEYS = frozenset(
    key for shape in SHAPES.values() for key, form in shape.forms.items() if form is ID or ID in form.parts
)


def ids_in(data: Any) -> Iterator[tuple[Path, str]]:
    """Yield the strings that are ids by their keys, with their paths. The data need not have the right structure."""
    remaining: list[tuple[Path, Any]] = [((), data)]
    for path, value in remaining:  # more are added meanwhile
        key = next((step for step in reversed(path) if isinstance(step, str)), None)
        if isinstance(value, str):
            if key in ID_KEYS:
                yield path, value
        elif isinstance(value, dict):
            remaining += [((*path, inner), item) for inner, item in value.items()]
        elif isinstance(value, list):
            remaining += [((*path, number), item) for number, item in enumerate(value)]


# --- Limits on the whole agreement ------------------------------------------------------------------------

#: The classes of which an agreement has a limited number in all.
TOTALS: Mapping[type[Value], int] = {Quote: MAX_QUOTES, Commitment: MAX_COMMITMENTS}


def too_many_findings(counts: Mapping[type[Value], int]) -> Iterator[RawFinding]:
    """Yield the findings for an agreement that has more values of some class than it may have in all."""
    for cls, most in TOTALS.items():
        if counts[cls] > most:
            things = f"{cls.__name__.lower()}s"
            yield RawFinding("too-many", f"the agreement has {counts[cls]:,} {things}; at most {most:,} are allowed")


def has_too_many(agreement: Agreement, strings: int) -> bool:
    """Return whether an agreement has too many values of some class.

    `strings` is how many strings its text has, keys included.
    """
    if strings <= min(TOTALS.values()):  # each of the values has at least one string
        return False
    return any(too_many_findings(totals_of(agreement)))


def totals_of(agreement: Agreement) -> Mapping[type[Value], int]:
    """Return how many values of the classes in `TOTALS` an agreement has."""
    return {Quote: sum(len(some.quotes) for some in quote_lists_of(agreement)), Commitment: len(agreement.commitments)}
