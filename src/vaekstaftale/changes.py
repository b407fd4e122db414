"""What changed between two agreements, matched by ids and not by positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any, cast

import attrs
from attrs import frozen

from vaekstaftale.display import printable, shortened, shown
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.values import Value, stated
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
        path = printable(self.path)
        match self.kind:
            case ChangeKind.ADDED:
                return f"added {path}: {_words(self.after)}"
            case ChangeKind.REMOVED:
                return f"removed {path}: {_words(self.before)}"
            case _:
                before, after = _sides(self.before, self.after)
                return f"changed {path}: {before} -> {after}"


def diff(old: Agreement, new: Agreement) -> tuple[Change, ...]:
    """Return what changed from an older agreement to a newer one. The result is empty exactly if they are equal.

    Parties, entities, initiatives, commitments and sources are matched by id, wherever they are; everything else is
    compared as one value. A commitment that moved is reported as changed at its path and `/initiative`, with the ids of
    its initiatives, or `None` for a general commitment. A different order is reported as changed at the list, with
    tuples of ids. The commitments of an initiative that was added or removed are reported by themselves too.
    """
    return tuple(_changes(old, new))


#: The most characters of a value that are shown.
_MOST = 200

#: Lists whose parts have ids.
_LISTS = ("parties", "entities", "initiatives", "sources")


def _changes(old: Agreement, new: Agreement) -> Iterator[Change]:
    yield from _fields("", old, new, leave_out={*_LISTS, "general_commitments"})
    for name in _LISTS:
        yield from _parts(f"/{name}", getattr(old, name), getattr(new, name))
    before, after = _commitments(old), _commitments(new)
    for id_, (place, commitment) in before.items():
        if id_ not in after:
            yield Change(path=f"{_list(place)}/{id_}", kind=ChangeKind.REMOVED, before=commitment)
    for id_, (place, commitment) in after.items():
        path = f"{_list(place)}/{id_}"
        if id_ not in before:
            yield Change(path=path, kind=ChangeKind.ADDED, after=commitment)
            continue
        old_place, old_commitment = before[id_]
        if old_place != place:
            yield Change(path=f"{path}/initiative", kind=ChangeKind.CHANGED, before=old_place, after=place)
        yield from _fields(path, old_commitment, commitment)
    for place in dict.fromkeys(place for place, _ in after.values()):
        yield from _order(_list(place), _ids_at(before, place), _ids_at(after, place))


def _parts(path: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Yield what changed in a list of parts that have ids, except in the commitments of initiatives."""
    before, after = {part.id: part for part in old}, {part.id: part for part in new}
    for id_, part in before.items():
        if id_ not in after:
            yield Change(path=f"{path}/{id_}", kind=ChangeKind.REMOVED, before=part)
    for id_, part in after.items():
        if id_ not in before:
            yield Change(path=f"{path}/{id_}", kind=ChangeKind.ADDED, after=part)
        else:
            yield from _fields(f"{path}/{id_}", before[id_], part, leave_out={"commitments"})
    yield from _order(path, tuple(before), tuple(after))


def _fields(path: str, old: Any, new: Any, leave_out: AbstractSet[str] = frozenset()) -> Iterator[Change]:
    for field in attrs.fields(type(old)):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after and field.name not in leave_out:
            yield Change(path=f"{path}/{field.name}", kind=ChangeKind.CHANGED, before=before, after=after)


def _order(path: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    if [id_ for id_ in old if id_ in new] != [id_ for id_ in new if id_ in old]:
        yield Change(path=path, kind=ChangeKind.CHANGED, before=old, after=new)


_Placed = dict[str, tuple["str | None", Commitment]]


def _commitments(agreement: Agreement) -> _Placed:
    """Return all commitments by id, each with the id of its initiative or `None`."""
    found: _Placed = {}
    for initiative in agreement.initiatives:
        found |= {commitment.id: (initiative.id, commitment) for commitment in initiative.commitments}
    return found | {commitment.id: (None, commitment) for commitment in agreement.general_commitments}


def _list(initiative: str | None) -> str:
    return "/general_commitments" if initiative is None else f"/initiatives/{initiative}/commitments"


def _ids_at(commitments: _Placed, initiative: str | None) -> tuple[str, ...]:
    return tuple(id_ for id_, (place, _) in commitments.items() if place == initiative)


def _sides(before: object, after: object) -> tuple[str, str]:
    """Return two values, each on one line; if the difference would be cut out, only the parts that differ."""
    short = _words(before), _words(after)
    if short[0] != short[1]:
        return short
    old, new = _words(before, at_length=True), _words(after, at_length=True)
    return shortened(differing(old, new), _MOST), shortened(differing(new, old), _MOST)


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
