"""What changed between two agreements, matched by ids and not by positions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, cast

import attrs
from attrs import frozen

from vaekstaftale.display import printable, shortened, shown
from vaekstaftale.model.agreement import Agreement, require_agreement
from vaekstaftale.model.base import Value, stated
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.quotes.closest import differing


class ChangeKind(Enum):
    """What kind of difference there is."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen
class Change:
    """One difference between an older and a newer agreement."""

    #: The path by ids: `/initiatives/energi/commitments/dialog/text`; that in the newer agreement, if it exists there.
    path: str
    kind: ChangeKind
    #: The older value; `None` where there is none.
    before: Any = None
    #: The newer value; `None` where there is none.
    after: Any = None

    def __str__(self) -> str:
        if self.kind is ChangeKind.CHANGED:
            words = " -> ".join(_sides(self.before, self.after))
        else:
            words = _words(self.after if self.kind is ChangeKind.ADDED else self.before)
        return f"{self.kind.value} {printable(self.path)}: {words}"


def diff(old: Agreement, new: Agreement) -> tuple[Change, ...]:
    """Return what changed from an older agreement to a newer one. The result is empty exactly if they are equal.

    Parties, entities, initiatives, commitments and sources are matched by id, wherever they are; everything else is
    compared as one value. A commitment that moved is reported as changed at its path and `/initiative`, with the ids of
    its initiatives, or `None` for a general commitment. A different order is reported as changed at the list, with
    tuples of ids. The commitments of an initiative that was added or removed are reported by themselves too.
    """
    require_agreement(old, "old")
    require_agreement(new, "new")
    changes = [*_fields("", old, new, leave_out={*_LISTS, "general_commitments"})]
    for name in _LISTS:
        changes += _parts(_placed(f"/{name}", getattr(old, name)), _placed(f"/{name}", getattr(new, name)))
    changes += _parts(_commitments(old), _commitments(new))
    return tuple(changes)


#: The most characters of a value that are shown.
_MOST = 200

#: Lists whose parts have ids.
_LISTS = ("parties", "entities", "initiatives", "sources")

#: Parts by id, each with the path of its list and the id of the initiative that has the list, if one has.
_PlacedById = dict[str, tuple[str, "str | None", Any]]


def _commitments(agreement: Agreement) -> _PlacedById:
    found: _PlacedById = {}
    for initiative in agreement.initiatives:
        found |= _placed(f"/initiatives/{initiative.id}/commitments", initiative.commitments, initiative.id)
    return found | _placed("/general_commitments", agreement.general_commitments)


def _placed(path: str, parts: Iterable[Any], initiative: str | None = None) -> _PlacedById:
    return {part.id: (path, initiative, part) for part in parts}


def _parts(old: _PlacedById, new: _PlacedById) -> Iterator[Change]:
    """Yield what changed in parts that have ids, except in the commitments of initiatives."""
    for id_, (place, _, part) in old.items():
        if id_ not in new:
            yield Change(path=f"{place}/{id_}", kind=ChangeKind.REMOVED, before=part)
    for id_, (place, initiative, part) in new.items():
        path = f"{place}/{id_}"
        if id_ not in old:
            yield Change(path=path, kind=ChangeKind.ADDED, after=part)
            continue
        _, old_initiative, old_part = old[id_]
        if old_initiative != initiative:
            yield Change(path=f"{path}/initiative", kind=ChangeKind.CHANGED, before=old_initiative, after=initiative)
        yield from _fields(path, old_part, part, leave_out={"commitments"})
    old_ids, new_ids = _ids_by_place(old), _ids_by_place(new)
    for place, after in new_ids.items():
        before = old_ids.get(place, {})
        if [id_ for id_ in before if id_ in after] != [id_ for id_ in after if id_ in before]:
            yield Change(path=place, kind=ChangeKind.CHANGED, before=tuple(before), after=tuple(after))


def _ids_by_place(parts: _PlacedById) -> dict[str, dict[str, None]]:
    """Return the ids in each list, in order."""
    ids: dict[str, dict[str, None]] = {}
    for id_, (place, _, _) in parts.items():
        ids.setdefault(place, {})[id_] = None
    return ids


def _fields(path: str, old: Any, new: Any, leave_out: AbstractSet[str]) -> Iterator[Change]:
    for field in attrs.fields(type(old)):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after and field.name not in leave_out:
            yield Change(path=f"{path}/{field.name}", kind=ChangeKind.CHANGED, before=before, after=after)


def _sides(before: object, after: object) -> tuple[str, str]:
    """Return two values, each on one line; if the difference would be cut out, only the parts that differ."""
    short = _words(before), _words(after)
    if short[0] != short[1]:
        return short
    old, new = _words(before, at_length=True), _words(after, at_length=True)
    return shortened(differing(old, new, _MOST // 2), _MOST), shortened(differing(new, old, _MOST // 2), _MOST)


def _words(value: object, *, at_length: bool = False) -> str:
    """Return a value on one line."""
    match value:
        case None:
            return "nothing"
        case str():
            return repr(value) if at_length else shown(value)
        case Enum():
            return str(value.value)
        case PartialDate() | bool() | int():
            return str(value)
        case tuple():
            words = ", ".join(_words(item, at_length=at_length) for item in value)
            return f"[{words if at_length else shortened(words, _MOST)}]"
        case _:
            fields = stated(cast("Value", value))  # everything else that is compared is a value
            parts = [f"{name}={_words(held, at_length=at_length)}" for name, held in fields]
            words = f"{type(value).__name__}({', '.join(parts)})"
            return words if at_length else shortened(words, _MOST)
