"""The stage of structure: everything that is wrong with the structure of some data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from functools import partial
from typing import Any

from vaekstaftale.display import shown
from vaekstaftale.limits import MAX_KEY_SUGGESTIONS
from vaekstaftale.matching import fold, misspelt
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.base import Value
from vaekstaftale.model.forms import InstanceForm
from vaekstaftale.model.words import KEYS
from vaekstaftale.problems import Path, RawFinding, RawFix, did_you_mean, write
from vaekstaftale.serialization.shapes import (
    FORMAT_VERSION,
    FORMS,
    SHAPES,
    VERSION,
    Shape,
    class_of,
    too_many_findings,
)

#: The codes of this stage, except `json-encoding`, which belongs to the stage of text and is reported here for data
#: without a text. Those of the forms follow from the forms in use.
CODES: tuple[str, ...] = (
    "json-duplicate-key",
    *VERSION.codes,
    "wrong-type",
    "missing-key",
    "unknown-key",
    *dict.fromkeys(code for form in FORMS if form is not VERSION for code in form.codes),
)


def structural_findings(
    data: Any, cls: type[Value] = Agreement, leave_out: Collection[type[Any]] = ()
) -> Iterator[RawFinding]:
    """Yield everything that is wrong with the structure of an object of a class, in the order of the data.

    The data of the classes in `leave_out` are not looked at.
    """
    version = data.get("format_version") if cls is Agreement and type(data) is dict else None
    if type(version) is str and version != FORMAT_VERSION:
        # Reported alone, because other editions have other keys.
        yield VERSION.wrong_value(version, ("format_version",))
        return
    checker = _StructureChecker(leave_out)
    yield from InstanceForm(cls).findings(data, (), checker.check_object)
    yield from too_many_findings(checker.counts)


class _StructureChecker:
    """Checks the objects of some data, with a limit on suggestions for unknown keys, and counts them by class."""

    def __init__(self, leave_out: Collection[type[Any]]) -> None:
        self.counts: Counter[type[Value]] = Counter()
        self._leave_out = leave_out
        self._suggestions_left = MAX_KEY_SUGGESTIONS

    def check_object(self, data: object, cls: type[Any], path: Path) -> Iterator[RawFinding]:
        """Yield everything that is wrong with the data of a class's object."""
        if cls in self._leave_out:
            return
        if type(data) is not dict:
            yield InstanceForm(cls).wrong_type(data, path)
            return
        self.counts[cls] += 1
        shape = SHAPES[cls]
        intended = self._intended_keys(data, shape)
        # A key that an unknown key was probably meant to be is not reported as missing too.
        yield from _missing_keys(data.keys() | set(intended.values()), shape, path)
        for key, item in data.items():
            form = shape.forms.get(key)
            if form is None:
                message = f"the key {shown(key)} is not known here"
                match = intended.get(key)
                fix = None if match is None else self._renaming(key, match, data, shape, path)
                hint = did_you_mean(match, fix)
                yield RawFinding("unknown-key", message, (*path, str(key)), hint, at_key=True)
            elif class_of(form) in self._leave_out:
                continue
            elif item is None and key in shape.required:
                for finding in form.findings(item, (*path, key), self.check_object):
                    yield finding._replace(hint="it must have a value")
            elif item is None and not _may_go(key, data, shape):
                for finding in form.findings(item, (*path, key), self.check_object):
                    yield finding._replace(hint=_NULL_OF_THE_LAST)
            else:
                for finding in form.findings(item, (*path, key), self.check_object):
                    yield _with_hint_for_empty(finding, path, key, shape)

    def _renaming(self, key: str, match: str, data: dict[Any, Any], shape: Shape, path: Path) -> RawFix | None:
        """Return the fix that writes another key instead of an unknown one, unless the object has that already."""
        if match in data:
            return None
        inside = partial(shape.forms[match].findings, data[key], (*path, key), self.check_object)
        return write(match, safe=False)._replace(inside=inside)

    def _intended_keys(self, data: dict[Any, Any], shape: Shape) -> dict[str, str]:
        """Return the closest known key for each unknown one. A missing key is suggested for one unknown key only."""
        if data.keys() <= shape.forms.keys():
            return {}
        choices = dict.fromkeys(shape.forms)
        intended = {}
        for key in data:
            if key not in shape.forms and type(key) is str and self._suggestions_left:
                self._suggestions_left -= 1
                meant = KEYS.get(fold(key))
                match = misspelt(key, choices) if meant is None else next(filter(choices.__contains__, meant), None)
                if match is not None:
                    intended[key] = match
                    if match not in data:
                        del choices[match]
        return intended


def _may_go(key: str, data: dict[Any, Any], shape: Shape) -> bool:
    """Return whether an object is complete without a key."""
    others = (other for other in shape.at_least_one_of if other != key)
    return key not in shape.at_least_one_of or any(data.get(other) is not None for other in others)


#: What to do about a value that is not known, if no other one of the keys is there of which one is needed.
_NULL_OF_THE_LAST = "remove the key and its value if the value is not known, and write another one that is needed here"


def _with_hint_for_empty(finding: RawFinding, path: Path, key: str, shape: Shape) -> RawFinding:
    """Return a finding, with what to do about a text without a visible character."""
    if finding.code != "empty-text" or finding.hint is not None:
        return finding
    if len(finding.path) > len(path) + 1:
        is_item = type(finding.path[-1]) is int
        return finding._replace(hint="write it, or remove it from the list") if is_item else finding
    is_required = key in shape.required or key in shape.at_least_one_of
    return finding._replace(hint="it must have a value" if is_required else "write it, or remove the key and its value")


def _missing_keys(present: set[Any], shape: Shape, path: Path) -> Iterator[RawFinding]:
    for key in shape.required:
        if key not in present:
            hint = f'write "format_version": "{FORMAT_VERSION}"' if key == "format_version" else None
            yield RawFinding("missing-key", f"the key {key!r} is missing", path, hint)
    if shape.at_least_one_of and present.isdisjoint(shape.at_least_one_of):
        keys = " or ".join(map(repr, shape.at_least_one_of))
        yield RawFinding("missing-key", f"the key {keys} is missing; at least one is needed", path)
