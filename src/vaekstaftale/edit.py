"""Changing a value deep inside an agreement, which returns a new agreement.

A path leads to a part by ids, as in `Change.path`: `/initiatives/havvind/commitments/center`. Parts without an id have
their index: `/relations/0`. The path of the agreement itself is empty.
"""

from __future__ import annotations

from typing import Any, cast

import attrs

from vaekstaftale.matching import unknown
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.commitments import Commitment, Initiative
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.sources import Source
from vaekstaftale.model.strings import ID
from vaekstaftale.model.values import Value


def replace(agreement: Agreement, path: str, **changes: Any) -> Agreement:
    """Return a new agreement in which the value at a path is evolved, as by `attrs.evolve`.

    Raises `UnknownName` for an id, index or field that does not exist.
    """
    part, steps = _found(agreement, path)
    changed = attrs.evolve(part, **changes)
    for value, name, index in reversed(steps):
        held = getattr(value, name)
        items = changed if index is None else (*held[:index], changed, *held[index + 1 :])
        changed = attrs.evolve(value, **{name: items})
    return cast("Agreement", changed)


def rename_id(agreement: Agreement, path: str, new: str) -> Agreement:
    """Return a new agreement in which the id at a path, and every reference to it, is `new`.

    Raises `ValueError` if `new` is not an id or belongs to another part, and `UnknownName` like `replace`.
    """
    if not ID.accepts(new):
        raise ValueError(f"{new!r} is not {ID.expected}")
    part, _ = _found(agreement, path)
    if not hasattr(part, "id"):
        raise ValueError(f"the {type(part).__name__} at {path!r} has no id")
    beside, keys = _namespace(agreement, part)
    if new != part.id and any(one.id == new for one in beside):
        raise ValueError(f"{new!r} is already the id of another part")
    return cast("Agreement", _with_references(replace(agreement, path, id=new), part.id, new, keys))


def _namespace(agreement: Agreement, part: Any) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """Return the parts whose ids differ from that of a part, and the keys under which these ids are referred to."""
    match part:
        case Party() | Entity():
            return (*agreement.parties, *agreement.entities), ("actors", "mentions", "members")
        case Source():
            return agreement.sources, ("source",)
        case Initiative():
            return agreement.initiatives, ()
        case Commitment():
            return agreement.commitments, ()
    return (agreement,), ()


def _with_references(held: Any, old: str, new: str, keys: tuple[str, ...], key: str = "") -> Any:
    """Return what is held under a key, in which the references under some keys lead to a new id."""
    if isinstance(held, tuple):
        return tuple(_with_references(item, old, new, keys, key) for item in held)
    if isinstance(held, Value):
        names = [one.name for one in attrs.fields(cast("Any", type(held)))]
        changes = {name: _with_references(getattr(held, name), old, new, keys, name) for name in names}
        return attrs.evolve(cast("Any", held), **changes)
    return new if key in keys and held == old else held


def _found(agreement: Agreement, path: str) -> tuple[Any, list[tuple[Any, str, int | None]]]:
    """Return the value at a path, and the steps to it: each a value, one of its fields, and an index in a list."""
    value: Any = agreement
    steps: list[tuple[Any, str, int | None]] = []
    while path:
        if not path.startswith("/"):
            raise ValueError(f"a path begins with '/', unlike {path!r}")
        name, _, rest = path[1:].partition("/")
        fields = [one.name for one in attrs.fields(cast("Any", type(value)))] if isinstance(value, Value) else []
        if name not in fields or getattr(value, name) is None:
            raise unknown(name, f"part of {type(value).__name__}", fields)
        held, index = getattr(value, name), None
        if isinstance(held, tuple):
            key, _, rest = rest.partition("/")
            keys = [getattr(item, "id", str(position)) for position, item in enumerate(held)]
            if key not in keys:
                raise unknown(key, f"id in {name}", keys)
            index = keys.index(key)
        steps.append((value, name, index))
        value = held if index is None else held[index]
        path = rest and f"/{rest}"
    return value, steps
