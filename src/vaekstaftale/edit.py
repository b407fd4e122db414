"""Changing a value deep inside an agreement, which returns a new agreement.

A path leads to a part: `/initiatives/havvind/commitments/center`. A step into a list is the id of an item, as in
`Change.path`, or its index, as in `Problem.path` and `Entry.path`; an id takes precedence. The path of the agreement
itself is empty. Instead of a path, an `Entry` may be given, for its commitment.
"""

from __future__ import annotations

from typing import Any, cast

import attrs

from vaekstaftale.display import require, shown
from vaekstaftale.matching import unknown_name
from vaekstaftale.model.agreement import Agreement, require_agreement
from vaekstaftale.model.base import Value
from vaekstaftale.model.paths import REFERENCES, child_of, namespaces_of, parts_of, path_by_ids, path_to
from vaekstaftale.model.strings import ID
from vaekstaftale.problems import Path, pointer, steps_of
from vaekstaftale.query import Entry


def replace(agreement: Agreement, path: str | Entry, /, **changes: Any) -> Agreement:
    """Return a new agreement in which the part at a path is evolved, as by `attrs.evolve`.

    Raises `UnknownName` for an id, index or field that does not exist, and `ValueError` for a path to a field that is
    not a part, and for a new `id` while something refers to the old one: use `rename_id`.
    """
    part, steps = _part_at(require_agreement(agreement), path)
    unknown_fields = changes.keys() - _fields_of(part)
    for name in sorted(unknown_fields):
        raise unknown_name(name, f"field of {type(part).__name__}", _fields_of(part))
    if "id" in changes and changes["id"] != part.id:
        _, keys = _namespace(agreement, part)
        if part.id in _references(agreement, keys):
            raise ValueError(f"other parts refer to the id {part.id!r}: use edit.rename_id, which changes them too")
    return cast("Agreement", _with_part(agreement, steps, attrs.evolve(part, **changes)))


def rename_id(agreement: Agreement, path: str | Entry, new: str, /) -> Agreement:
    """Return a new agreement in which the id at a path, and every reference to it, is `new`.

    Raises `ValueError` if `new` is not an id or belongs to another part, and `UnknownName` like `replace`.
    """
    part, steps = _part_at(require_agreement(agreement), path)
    if not ID.accepts(new):
        ID.refuse("new", new)
    if not hasattr(part, "id"):
        raise ValueError(f"the {type(part).__name__} at {path!r} has no id")
    beside, keys = _namespace(agreement, part)
    if new != part.id and any(other.id == new for other in beside):
        raise ValueError(f"{new!r} is already the id of another part")
    renamed = _with_part(agreement, steps, attrs.evolve(part, id=new))
    return cast("Agreement", _with_references(renamed, part.id, new, keys))


def _namespace(agreement: Agreement, part: Any) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """Return the parts that share the namespace of a part's id, and the keys whose values refer to these ids."""
    for name, parts in namespaces_of(agreement).items():
        if any(part is other for other in parts):
            return parts, REFERENCES.get(name, ())
    return (agreement,), ()


def _with_references(value: Any, old: str, new: str, keys: tuple[str, ...], key: str = "") -> Any:
    """Return the value of a field, in which the references under some keys lead to a new id."""
    if isinstance(value, tuple):
        return tuple(_with_references(item, old, new, keys, key) for item in value)
    if isinstance(value, Value):
        changes = {name: _with_references(getattr(value, name), old, new, keys, name) for name in _fields_of(value)}
        return attrs.evolve(cast("Any", value), **changes)
    return new if key in keys and value == old else value


def _references(value: Any, keys: tuple[str, ...]) -> set[str]:
    """Return the ids under some keys of a part and of the parts inside it."""
    found: set[str] = set()
    for _, part in parts_of(value):
        for key in keys:
            ids = getattr(part, key, None)
            found.update([ids] if isinstance(ids, str) else ids or ())
    return found


def _fields_of(value: Any) -> list[str]:
    return [attribute.name for attribute in attrs.fields(type(value))]


def _part_at(agreement: Agreement, path: str | Entry) -> tuple[Any, Path]:
    """Return the part at a path, and the steps to it."""
    written = path.path if isinstance(path, Entry) else path
    require(written, (str, Entry), "path")
    if written and not written.startswith("/"):
        likely = [
            path_by_ids(agreement, steps)
            for steps, part in parts_of(agreement)
            if steps and getattr(part, "id", None) == written
        ]
        hint = f"; did you mean {likely[0]!r}?" if len(likely) == 1 else ""
        raise ValueError(f"path must begin with '/', unlike {shown(written)}{hint}")
    steps = path_to(agreement, steps_of(written))
    value: Any = agreement
    for number, step in enumerate(steps):
        child = child_of(value, step)
        if child is None:
            raise _nothing_at(value, steps[:number], step)
        value = child
    if isinstance(value, Value):
        return value, steps
    holder = pointer(steps[:-1])
    raise ValueError(f"{written!r} is not a part: name the part that has it, {holder!r}, or one of its items")


def _nothing_at(value: Any, before: Path, step: str | int) -> Exception:
    if isinstance(value, Value):
        return unknown_name(str(step), f"part of {type(value).__name__}", _fields_of(value))
    if isinstance(value, tuple):
        ids = [getattr(item, "id", str(index)) for index, item in enumerate(value)]
        return unknown_name(str(step), f"id in {before[-1]}", ids)
    return unknown_name(str(step), f"part of {pointer(before)}", ())


def _with_part(value: Any, steps: Path, part: Any) -> Any:
    """Return a value in which the part at the end of some steps is another one."""
    if not steps:
        return part
    first, rest = steps[0], steps[1:]
    changed = _with_part(child_of(value, first), rest, part)
    if isinstance(first, int):
        return (*value[:first], changed, *value[first + 1 :])
    return attrs.evolve(value, **{first: changed})


__all__ = ["rename_id", "replace"]


def __dir__() -> list[str]:
    return __all__
