"""The stage of structure: everything that is wrong with the structure of some data, or the agreement in it."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any

from attrs import frozen

from vaekstaftale.display import did_you_mean, shown
from vaekstaftale.limits import MAX_KEY_SUGGESTIONS, MAX_PROBLEMS
from vaekstaftale.matching import closest
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.forms import Form, InstanceForm
from vaekstaftale.model.values import Value
from vaekstaftale.problems import Path, Violation
from vaekstaftale.serialization.shapes import FORMAT_VERSION, FORMS, SHAPES, VERSION, Shape

#: The codes of this stage, except `json-encoding`, which belongs to the stage of text and is reported here for data
#: without a text. Those of the forms follow from the forms in use.
CODES: tuple[str, ...] = (
    "json-duplicate-key",
    VERSION.code,
    "wrong-type",
    "missing-key",
    "unknown-key",
    *dict.fromkeys(form.code for form in FORMS if form.code and form is not VERSION),
)


@frozen
class Structure:
    """The result of the stage of structure."""

    #: The agreement, if nothing is wrong with the structure.
    agreement: Agreement | None = None
    #: What is wrong: duplicate keys, and then everything else in the order of the data, as far as the limit allows.
    violations: tuple[Violation, ...] = ()
    #: How many more violations there are.
    more: int = 0
    #: The paths of keys that repeat the language of another translation. The agreement is built without them.
    repeated_keys: tuple[Path, ...] = ()


def check_structure(data: Any, duplicate_keys: Iterable[Violation] = ()) -> Structure:
    """Check plain data. `duplicate_keys` are the violations for keys that the parser of its text left out."""
    version = data.get("format_version") if type(data) is dict else None
    if type(version) is str and version != FORMAT_VERSION:
        # Reported alone, because other editions have other keys.
        return Structure(violations=(VERSION.wrong_value(version, ("format_version",)),))
    wrong = structural_violations(data)
    first = tuple(islice(wrong, MAX_PROBLEMS))
    violations = (*duplicate_keys, *first)
    if violations:
        return Structure(violations=violations, more=sum(1 for _ in wrong))
    form = InstanceForm(Agreement)
    repeated = tuple(form.repeated_keys(data, ()))
    agreement = form.from_data(_without(data, repeated) if repeated else data)
    return Structure(agreement, repeated_keys=repeated)


def _without(data: Any, paths: Iterable[Path]) -> Any:
    """Return a copy of data without the keys at some paths."""
    data = copy.deepcopy(data)
    for path in paths:
        holder = data
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
    return data


def structural_violations(
    data: object, cls: type[Value] = Agreement, leave_out: Collection[Form] = ()
) -> Iterator[Violation]:
    """Yield everything that is wrong with the structure of an object of a class, in the order of the data.

    Values of the forms in `leave_out` are not looked at.
    """
    return InstanceForm(cls).violations(data, (), _StructureChecker(leave_out))


class _StructureChecker:
    """Reports what is wrong with the objects of some data, with a limit on suggestions for unknown keys."""

    def __init__(self, leave_out: Collection[Form]) -> None:
        self._leave_out = leave_out
        self._suggestions_left = MAX_KEY_SUGGESTIONS

    def object_violations(self, data: dict[Any, Any], cls: type[Any], path: Path) -> Iterator[Violation]:
        """Yield everything that is wrong with the data of a class's object."""
        shape = SHAPES[cls]
        meant = self._meant_keys(data, shape)
        # A key that an unknown key was probably meant to be is not reported as missing too.
        yield from _missing_keys(data.keys() | set(meant.values()), shape, path)
        for key, item in data.items():
            form = shape.forms.get(key)
            if form is None:
                message = f"the key {shown(key)} is not known here"
                hint = did_you_mean(meant.get(key))
                yield Violation("unknown-key", message, (*path, str(key)), hint, at_key=True)
            elif form in self._leave_out:
                continue
            elif item is None and key in shape.required:
                for violation in form.violations(item, (*path, key), self):
                    yield violation._replace(hint="it must have a value")
            else:
                yield from form.violations(item, (*path, key), self)

    def _meant_keys(self, data: dict[Any, Any], shape: Shape) -> dict[str, str]:
        """Return the closest known key for each unknown one. A missing key is suggested for one unknown key only."""
        choices = dict.fromkeys(shape.forms)
        meant = {}
        for key in data:
            if key not in shape.forms and type(key) is str and self._suggestions_left:
                self._suggestions_left -= 1
                match = closest(key, choices)
                if match is not None:
                    meant[key] = match
                    if match not in data:
                        del choices[match]
        return meant


def _missing_keys(present: set[Any], shape: Shape, path: Path) -> Iterator[Violation]:
    for key in shape.required:
        if key not in present:
            hint = f'write "format_version": "{FORMAT_VERSION}"' if key == "format_version" else None
            yield Violation("missing-key", f"the key {key!r} is missing", path, hint)
    if shape.at_least_one_of and present.isdisjoint(shape.at_least_one_of):
        keys = " or ".join(map(repr, shape.at_least_one_of))
        yield Violation("missing-key", f"the key {keys} is missing, at least one is needed", path)
