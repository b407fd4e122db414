"""Questions over agreements and their commitments: who promised what, how firmly, until when, does it still hold.

Every filter gives the same type again, so filters chain; order is kept and nothing is copied. A date filter keeps what
is certain; with `possible=True` also what may be. A name is matched against ids, names and other names; a name that
nobody has gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from attrs import frozen

from vaekstaftale import wording
from vaekstaftale.dates import Status, day_number, end_range, range_of
from vaekstaftale.model import CHAIN, Agreement, Commitment, Initiative, Strength, ValidityPeriod
from vaekstaftale.names import fold, unknown

if TYPE_CHECKING:
    from datetime import date

    from vaekstaftale.dates import PartialDate
    from vaekstaftale.model import Entity, Party

T = TypeVar("T")
K = TypeVar("K")


@frozen
class Entry:
    """A commitment where it stands."""

    agreement: Agreement
    #: The initiative that it belongs to; `None` for a general commitment.
    initiative: Initiative | None
    commitment: Commitment

    @property
    def actors(self) -> tuple[Party | Entity, ...]:
        """Who is bound: the parties and entities behind the ids."""
        return tuple(map(self.agreement.actor, self.commitment.actors))


class _Values(Sequence[T]):
    """An immutable sequence that filters give again."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items: tuple[T, ...] = tuple(items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> T | Self:
        return type(self)(self._items[index]) if isinstance(index, slice) else self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)}>"

    def where(self, condition: Callable[[T], bool]) -> Self:
        """Keep those for which a function of your own is true."""
        return type(self)(filter(condition, self._items))

    def group_by(self, key: Callable[[T], K]) -> dict[K, Self]:
        """Group by what a function of your own gives, in the order in which its results first come up."""
        groups: dict[K, list[T]] = {}
        for item in self._items:
            groups.setdefault(key(item), []).append(item)
        return {found: type(self)(items) for found, items in groups.items()}


class Agreements(_Values[Agreement]):
    """Several agreements, in the order in which they were given."""

    def __init__(self, agreements: Iterable[Agreement] = ()) -> None:
        super().__init__(agreements)
        for item in self._items:
            if not isinstance(item, Agreement):
                raise TypeError(f"Agreements holds values of type Agreement, not {type(item).__name__}")

    def get(self, id: str) -> Agreement:  # noqa: A002 - the field's own name
        """Find an agreement by its id. Raises `UnknownName` with a suggestion."""
        found = self._by_id.get(id)
        if found is None:
            raise unknown(id, "agreement", self._by_id)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Agreement]:
        return {agreement.id: agreement for agreement in reversed(self._items)}

    @cached_property
    def commitments(self) -> Commitments:
        """All commitments of all agreements, with where they stand."""
        return commitments(self)

    def in_force_on(self, day: date, *, possible: bool = False) -> Agreements:
        """Keep those that are in force on a day; with `possible`, also those for which it is not stated."""
        wanted = _STATUSES[possible]
        return Agreements(item for item in self._items if item.status_on(day) in wanted)

    def with_party(self, name: str) -> Agreements:
        """Keep those that a party of this id or name concluded."""
        folded = fold(name)
        return Agreements(item for item in self._items if folded in item.parties_by_name)

    def signed_between(self, first: date, last: date, *, possible: bool = False) -> Agreements:
        """Keep those signed on a day from `first` to `last`, both included."""
        days = day_number(first), day_number(last)
        return Agreements(item for item in self._items if _falls(range_of(item.signed_on), days, possible=possible))

    def ending_between(self, first: date, last: date, *, possible: bool = False) -> Agreements:
        """Keep those whose last day is one from `first` to `last`, both included. What is open-ended never ends."""
        days = day_number(first), day_number(last)
        return Agreements(item for item in self._items if _falls(_end_of(item), days, possible=possible))

    def earlier(self, id: str) -> Agreements:  # noqa: A002 - the field's own name
        """Give the chain of agreements that one renews, amends or replaces, nearest first.

        What is not among these agreements is left out, and a circle ends. Raises `UnknownName` for an unknown id.
        """
        chain = {id: self.get(id)}
        waiting = [chain[id]]
        for newer in waiting:  # grows as it is read
            for relation in newer.relations:
                older = self._by_id.get(relation.agreement or "")
                if relation.kind in CHAIN and older is not None and older.id not in chain:
                    chain[older.id] = older
                    waiting.append(older)
        return Agreements(waiting[1:])


class Commitments(_Values[Entry]):
    """Several commitments, each with its agreement and initiative."""

    def by(self, name: str, *, through_groups: bool = True) -> Commitments:
        """Keep those that bind a party or entity of this id or name, itself or as a member of a group.

        A group counts in whose members it is, and so does a group of groups. Where the words bind nobody, nobody is
        found.
        """
        folded = fold(name)
        acting = _remembered(lambda agreement: _acting(agreement, folded, through_groups=through_groups))
        return Commitments(
            entry for entry in self._items if not acting(entry.agreement).isdisjoint(entry.commitment.actors)
        )

    def mentioning(self, name: str) -> Commitments:
        """Keep those that mention a party or entity of this id or name."""
        folded = fold(name)
        named = _remembered(lambda agreement: _acting(agreement, folded, through_groups=False))
        return Commitments(
            entry for entry in self._items if not named(entry.agreement).isdisjoint(entry.commitment.mentions)
        )

    def about(self, topic: str) -> Commitments:
        """Keep those with a topic; topics are compared as names are."""
        folded = fold(topic)
        return Commitments(entry for entry in self._items if folded in map(fold, entry.commitment.topics))

    def at_least(self, strength: Strength | str) -> Commitments:
        """Keep those that bind at least so firmly; what has no strength never does. `ValueError` for another word."""
        least = Strength(strength)
        strong = {one for one in Strength if one >= least}
        return Commitments(entry for entry in self._items if entry.commitment.strength in strong)

    def containing(self, words: str) -> Commitments:
        """Keep those with words in text, quotes or translations, whatever the case."""
        folded = fold(words)
        return Commitments(
            entry for entry in self._items if any(folded in fold(text) for text in _texts(entry.commitment))
        )

    def due_by(self, day: date, *, possible: bool = False) -> Commitments:
        """Keep those whose last day in time is on or before a day; with `possible`, also those that may be due by then.

        What has no due date may be due on any day, so `possible` keeps it too.
        """
        day_number(day)  # refuses a datetime
        if possible:
            return self.where(lambda entry: (due := entry.commitment.due_on) is None or due.earliest <= day)
        return Commitments([one for one in self._items if (due := one.commitment.due_on) and due.latest <= day])

    def in_force_on(self, day: date, *, possible: bool = False) -> Commitments:
        """Keep those of agreements that are in force on a day; with `possible`, also where it is not stated."""
        wanted = _STATUSES[possible]
        is_wanted = _remembered(lambda agreement: agreement.status_on(day) in wanted)
        return Commitments(entry for entry in self._items if is_wanted(entry.agreement))


def commitments(*agreements: Agreement | Iterable[Agreement]) -> Commitments:
    """Give all commitments of one agreement or more, with where they stand."""
    return Commitments(
        entry for some in agreements for entry in _entries([some] if isinstance(some, Agreement) else some)
    )


def _entries(agreements: Iterable[Agreement]) -> Iterator[Entry]:
    for agreement in agreements:
        for initiative in agreement.initiatives:
            for commitment in initiative.commitments:
                yield Entry(agreement=agreement, initiative=initiative, commitment=commitment)
        for commitment in agreement.general_commitments:
            yield Entry(agreement=agreement, initiative=None, commitment=commitment)


_STATUSES = {False: {Status.IN_FORCE}, True: {Status.IN_FORCE, Status.NOT_STATED}}


def _falls(date_range: tuple[int, int] | None, days: tuple[int, int], *, possible: bool) -> bool:
    """Tell whether a date, of which the first and last day that it may be are given, falls on certain days."""
    if date_range is None:
        return False
    if possible:
        return date_range[0] <= days[1] and days[0] <= date_range[1]
    return days[0] <= date_range[0] and date_range[1] <= days[1]


def _end_of(agreement: Agreement) -> tuple[int, int] | None:
    period = agreement.effective_period
    return None if period.open_ended else end_range(period.start, period.end)


def _remembered(ask: Callable[[Agreement], T]) -> Callable[[Agreement], T]:
    """Ask once about each agreement; its commitments stand side by side, so the last answer is enough."""
    last: list[Any] = [None, None]

    def answer(agreement: Agreement) -> T:
        if last[0] is not agreement:
            last[:] = agreement, ask(agreement)
        found: T = last[1]
        return found

    return answer


def _acting(agreement: Agreement, folded: str, *, through_groups: bool) -> set[str]:
    """Give the ids under which a party or entity acts: its own, and those of groups that it is in."""
    actor = agreement.actors_by_name.get(folded)
    acting = set() if actor is None else {actor.id}
    everyone: list[Party | Entity] = [*agreement.parties, *agreement.entities]
    groups = [one for one in everyone if one.members] if through_groups else []
    size = -1
    while len(acting) > size:  # a group may be in a group
        size = len(acting)
        acting |= {group.id for group in groups if not acting.isdisjoint(group.members)}
    return acting


def _texts(commitment: Commitment) -> Iterator[str]:
    yield commitment.text
    for quote in commitment.quotes:
        yield quote.exact
    for translation in commitment.translations:
        yield translation.text


def rows(agreements: Agreement | Iterable[Agreement]) -> dict[str, list[dict[str, Any]]]:
    """Give flat tables of agreements, parties, initiatives and commitments, as data frames take them.

    Every row has every key of its table; dates are texts as in a file, lists are lists of texts, and what is not stated
    is `None`. Each row of a part has the id of its `agreement`, and each commitment that of its `initiative`.
    """
    tables: dict[str, list[dict[str, Any]]] = {"agreements": [], "parties": [], "initiatives": [], "commitments": []}
    for agreement in [agreements] if isinstance(agreements, Agreement) else agreements:
        inside = {"agreement": agreement.id}
        tables["agreements"].append(_agreement_row(agreement))
        tables["parties"] += [inside | _party_row(party) for party in agreement.parties]
        tables["initiatives"] += [inside | _initiative_row(initiative) for initiative in agreement.initiatives]
        tables["commitments"] += [inside | _commitment_row(entry) for entry in _entries([agreement])]
    return tables


def _agreement_row(agreement: Agreement) -> dict[str, Any]:
    period = agreement.validity or ValidityPeriod()
    return {
        "id": agreement.id,
        "title": agreement.title,
        "language": agreement.language,
        "signed_on": _text(agreement.signed_on),
        "validity_start": _text(period.start),
        "validity_end": _text(period.end),
        "open_ended": period.open_ended,
        "complete": agreement.complete,
        "parties": [party.id for party in agreement.parties],
        "relations": [f"{one.kind.value} {one.agreement or one.title}" for one in agreement.relations],
        "note": agreement.note,
    }


def _party_row(party: Party) -> dict[str, Any]:
    return {
        "id": party.id,
        "name": party.name,
        "other_names": list(party.other_names),
        "members": list(party.members),
        "representatives": list(map(wording.representative, party.representatives)),
        "note": party.note,
    }


def _initiative_row(initiative: Initiative) -> dict[str, Any]:
    return {
        "id": initiative.id,
        "title": initiative.title,
        "number": initiative.number,
        "common_id": initiative.common_id,
        "note": initiative.note,
    }


def _commitment_row(entry: Entry) -> dict[str, Any]:
    commitment = entry.commitment
    return {
        "initiative": None if entry.initiative is None else entry.initiative.id,
        "id": commitment.id,
        "text": commitment.text,
        "actors": list(commitment.actors),
        "strength": None if commitment.strength is None else commitment.strength.value,
        "mentions": list(commitment.mentions),
        "topics": list(commitment.topics),
        "due_on": _text(commitment.due_on),
        "common_id": commitment.common_id,
        "quotes": [quote.exact for quote in commitment.quotes],
        "note": commitment.note,
    }


def _text(value: PartialDate | None) -> str | None:
    return None if value is None else str(value)
