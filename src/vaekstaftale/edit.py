"""Changing a value deep inside an agreement, which returns a new agreement.

A path leads to a part by ids, as in `Change.path`: `/initiatives/havvind/commitments/center`. Parts without an id have
their index: `/relations/0`. The path of the agreement itself is empty.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import attrs

from vaekstaftale.matching import unknown
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.sources import Quote, Source
from vaekstaftale.model.strings import ID
from vaekstaftale.model.values import Value

Change = Callable[[Any], Any]


def replace(agreement: Agreement, path: str, **changes: Any) -> Agreement:
    """Return a new agreement in which the value at a path is evolved, as by `attrs.evolve`.

    Raises `UnknownName` for an id, index or field that does not exist.
    """
    return cast("Agreement", _changed(agreement, path, lambda value: attrs.evolve(value, **changes)))


def rename_id(agreement: Agreement, path: str, new: str) -> Agreement:
    """Return a new agreement in which the id at a path, and every reference to it, is `new`.

    Raises `ValueError` if `new` is not an id or belongs to another part, and `UnknownName` like `replace`.
    """
    if not ID.accepts(new):
        raise ValueError(f"{new!r} is not {ID.expected}")
    part = _part(agreement, path)
    if not hasattr(part, "id"):
        raise ValueError(f"the {type(part).__name__} at {path!r} has no id")
    if new in _ids_beside(agreement, part) - {part.id}:
        raise ValueError(f"{new!r} is already the id of another part")
    old, renamed = part.id, replace(agreement, path, id=new)
    if isinstance(part, (Party, Entity)):
        return cast("Agreement", _with_references(renamed, old, new, ("actors", "mentions", "members")))
    return cast("Agreement", _with_references(renamed, old, new, ("source",))) if isinstance(part, Source) else renamed


def _ids_beside(agreement: Agreement, part: Any) -> set[str]:
    """Return the ids of the namespace of a part."""
    namespaces: dict[type, tuple[Any, ...]] = {
        Party: (*agreement.parties, *agreement.entities),
        Entity: (*agreement.parties, *agreement.entities),
        Source: agreement.sources,
        Agreement: (agreement,),
    }
    parts = namespaces.get(
        type(part), agreement.initiatives if part in agreement.initiatives else agreement.commitments
    )
    return {one.id for one in parts}


def _with_references(value: Value, old: str, new: str, keys: tuple[str, ...]) -> Value:
    """Return a value in which the references under some keys lead to a new id."""
    changes: dict[str, Any] = {}
    for attribute in attrs.fields(cast("Any", type(value))):
        held = getattr(value, attribute.name)
        if attribute.name in keys and isinstance(held, tuple):
            changes[attribute.name] = [new if id_ == old else id_ for id_ in held]
        elif attribute.name in keys and isinstance(value, Quote):
            changes[attribute.name] = new if held == old else held
        elif isinstance(held, tuple):
            changes[attribute.name] = [
                _with_references(item, old, new, keys) if isinstance(item, Value) else item for item in held
            ]
        elif isinstance(held, Value):
            changes[attribute.name] = _with_references(held, old, new, keys)
    return cast("Value", attrs.evolve(cast("Any", value), **changes))


def _part(agreement: Agreement, path: str) -> Any:
    """Return the value at a path."""
    found: list[Any] = []

    def keep(value: Any) -> Any:
        found.append(value)
        return value

    _changed(agreement, path, keep)
    return found[0]


def _changed(value: Any, path: str, change: Change) -> Any:
    """Return a value in which the value at a path is changed."""
    if not path:
        return change(value)
    if not path.startswith("/"):
        raise ValueError(f"a path begins with '/', unlike {path!r}")
    name, _, rest = path[1:].partition("/")
    fields = (
        [attribute.name for attribute in attrs.fields(cast("Any", type(value)))] if isinstance(value, Value) else []
    )
    if name not in fields or getattr(value, name) is None:
        raise unknown(name, f"part of {type(value).__name__}", fields)
    held = getattr(value, name)
    if not isinstance(held, tuple):
        return attrs.evolve(value, **{name: _changed(held, f"/{rest}" if rest else "", change)})
    key, _, rest = rest.partition("/")
    keys = [getattr(item, "id", str(index)) for index, item in enumerate(held)]
    if key not in keys:
        raise unknown(key, f"id in {name}", keys)
    index = keys.index(key)
    items = [*held[:index], _changed(held[index], f"/{rest}" if rest else "", change), *held[index + 1 :]]
    return attrs.evolve(value, **{name: items})
