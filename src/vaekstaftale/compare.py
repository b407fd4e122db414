"""What changed between two agreements: by ids, not by positions."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, cast

import attrs
from attrs import frozen

from vaekstaftale._nearly import differing
from vaekstaftale.dates import PartialDate
from vaekstaftale.errors import printable, shortened, shown
from vaekstaftale.model import Commitment, stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from vaekstaftale.model import Agreement, Value


class ChangeKind(Enum):
    """What happened."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@frozen
class Change:
    """One difference between an older and a newer agreement."""

    #: Where, by ids: `/initiatives/energi/commitments/dialog/text`. Where the newer agreement has it, if it does.
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
    """Tell what changed from an older agreement to a newer one; nothing exactly if they are equal.

    Parties, entities, initiatives, commitments and sources are matched by id, wherever they stand; everything else is
    compared as one value. A commitment that moved is changed at its path and `/initiative`: the ids of its initiatives,
    `None` among the general ones. Things that both have in another order are changed at their list, as tuples of ids.
    The commitments of an initiative that is added or removed are told by themselves too.
    """
    return tuple(_changes(old, new))


#: More characters of a value are not shown.
_MOST = 200

#: Lists whose things have ids and hold none but themselves.
_LISTS = ("parties", "entities", "initiatives", "sources")


def _changes(old: Agreement, new: Agreement) -> Iterator[Change]:
    yield from _fields("", old, new, leave_out={*_LISTS, "general_commitments"})
    for name in _LISTS:
        yield from _things(f"/{name}", getattr(old, name), getattr(new, name))
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


def _things(path: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Tell what changed in a list of things that have ids; commitments inside initiatives are told elsewhere."""
    before, after = {thing.id: thing for thing in old}, {thing.id: thing for thing in new}
    for id_, thing in before.items():
        if id_ not in after:
            yield Change(path=f"{path}/{id_}", kind=ChangeKind.REMOVED, before=thing)
    for id_, thing in after.items():
        if id_ not in before:
            yield Change(path=f"{path}/{id_}", kind=ChangeKind.ADDED, after=thing)
        else:
            yield from _fields(f"{path}/{id_}", before[id_], thing, leave_out={"commitments"})
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
    """Give all commitments by id, each with the id of its initiative or `None`."""
    found: _Placed = {}
    for initiative in agreement.initiatives:
        found |= {commitment.id: (initiative.id, commitment) for commitment in initiative.commitments}
    return found | {commitment.id: (None, commitment) for commitment in agreement.general_commitments}


def _list(initiative: str | None) -> str:
    return "/general_commitments" if initiative is None else f"/initiatives/{initiative}/commitments"


def _ids_at(commitments: _Placed, initiative: str | None) -> tuple[str, ...]:
    return tuple(id_ for id_, (place, _) in commitments.items() if place == initiative)


def _sides(before: object, after: object) -> tuple[str, str]:
    """Show two values, each in one line; where that would leave out what differs, only what differs."""
    short = _words(before), _words(after)
    if short[0] != short[1]:
        return short
    old, new = _words(before, at_length=True), _words(after, at_length=True)
    return shortened(differing(old, new), _MOST), shortened(differing(new, old), _MOST)


def _words(value: object, *, at_length: bool = False) -> str:
    """Show a value in one line."""
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
            fields = stated(cast("Value", value))  # what else is compared is one of ours
            parts = [f"{name}={_words(held, at_length=at_length)}" for name, held in fields]
            words = f"{type(value).__name__}({', '.join(parts)})"
            return words if at_length else shortened(words, _MOST)
