"""Queries over agreements and their commitments: who promised what, how firmly, until when, and what is still in force.

Every filter returns the same type, so filters can be chained; the order is kept. Filters and slices remember all
agreements of the collection with which they began, because an agreement may be prolonged, replaced or ended by one that
a filter leaves out. A date filter keeps what is certain;
with `possible=True` also what may be. A name is compared with ids, names and other names; a name that nobody has
matches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NoReturn, Self, TypeVar, overload

from attrs import frozen

from vaekstaftale.display import require, shown_in_python
from vaekstaftale.matching import fold, unknown_name
from vaekstaftale.model.agreement import (
    CHAIN_KINDS,
    Agreement,
    actors_by_name,
    parties_by_name,
    require_agreements,
)
from vaekstaftale.model.commitments import STRENGTH, Commitment, Initiative, Strength
from vaekstaftale.model.dates import ordinal_of, ordinals_of, span
from vaekstaftale.model.parties import Entity, Party, names_of
from vaekstaftale.model.paths import commitments_of
from vaekstaftale.model.statuses import Statuses
from vaekstaftale.model.translations import DefaultT, same_language
from vaekstaftale.model.validity import Status
from vaekstaftale.problems import pointer

T = TypeVar("T")
K = TypeVar("K")


@frozen
class Entry:
    """A commitment with the agreement and the initiative that it belongs to."""

    agreement: Agreement
    #: The initiative that it belongs to; `None` for a general commitment.
    initiative: Initiative | None
    commitment: Commitment
    #: JSON Pointer of the commitment in the data of the agreement.
    path: str

    @property
    def actors(self) -> tuple[Party | Entity, ...]:
        """The parties and entities that are bound, for the ids of the commitment."""
        return tuple(map(self.agreement.actor, self.commitment.actors))

    @property
    def mentions(self) -> tuple[Party | Entity, ...]:
        """The parties and entities that the commitment mentions, for its ids."""
        return tuple(map(self.agreement.actor, self.commitment.mentions))

    @overload
    def text_in(self, language: str) -> str | None: ...
    @overload
    def text_in(self, language: str, default: DefaultT) -> str | DefaultT: ...
    def text_in(self, language: str, default: Any = None) -> Any:
        """Return the text of the commitment in a language, which may be the agreement's own, or `default`."""
        require(language, str, "language")
        if same_language(language, self.agreement.language):
            return self.commitment.text
        return self.commitment.text_in(language, default)


class _Values(Sequence[T]):
    """An immutable sequence, whose filters return the same type."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items: tuple[T, ...]
        vars(self)["_items"] = tuple(items)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> T | Self:
        return self._derived(self._items[index]) if isinstance(index, slice) else self._items[index]

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
        """Keep the items for which a function of your own is true."""
        _require_function(condition, "condition")
        return self._derived(filter(condition, self._items))

    def group_by(self, key: Callable[[T], K]) -> dict[K, Self]:
        """Group by what a function of your own returns, in the order in which its results first occur."""
        _require_function(key, "key")
        groups: dict[K, list[T]] = {}
        for item in self._items:
            groups.setdefault(key(item), []).append(item)
        return {result: self._derived(items) for result, items in groups.items()}

    def _derived(self, items: Iterable[T]) -> Self:
        """Return some of the items as a collection of the same type."""
        raise NotImplementedError


class Agreements(_Values[Agreement]):
    """Several agreements, in the order in which they were given."""

    def __init__(self, agreements: Iterable[Agreement] = ()) -> None:
        if isinstance(agreements, Agreement):
            raise TypeError("agreements must be several; for one, use Agreements([agreement])")
        super().__init__(require_agreements(agreements))
        #: The agreements with which the filters began.
        self._all: Agreements
        vars(self)["_all"] = self

    def _derived(self, items: Iterable[Agreement]) -> Agreements:
        derived = Agreements(items)
        vars(derived)["_all"] = self._all
        return derived

    @overload
    def __getitem__(self, index: int | str) -> Agreement: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice | str) -> Agreement | Self:
        """Return the agreement at an index or with an id, or those of a slice. Raises `UnknownName` for an id."""
        return self.get(index) if isinstance(index, str) else super().__getitem__(index)

    def __contains__(self, value: object) -> bool:
        """Return whether an agreement, or one with an id, is among these."""
        return value in self._by_id if isinstance(value, str) else value in self._items

    def get(self, id: str) -> Agreement:  # noqa: A002 - the field's own name
        """Return the agreement with this id. Raises `UnknownName` with a suggestion."""
        require(id, str, "id")
        found = self._by_id.get(id)
        if found is None:
            raise unknown_name(id, "agreement", self._by_id)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Agreement]:
        return {agreement.id: agreement for agreement in reversed(self._items)}

    @cached_property
    def commitments(self) -> Commitments:
        """All commitments of all agreements, each with its agreement and initiative."""
        return Commitments(entries(self), self._all)

    def status_on(self, agreement: Agreement | str, day: date) -> Status:
        """Return what is certain about a day for one of these agreements, given as a value or by its id.

        `Agreement.status_on` looks at one record alone. Here, agreements that prolong, replace or end it count too: an
        agreement that others prolong has their status when its own period is over or not stated, and one that is
        replaced or ended has ended from the start of the other one's effective period. All agreements of the collection
        with which the filters began are looked at. Raises `UnknownName` for an agreement that is not among them, and
        `TypeError` for a `datetime`.
        """
        everything = self._all
        require(agreement, (Agreement, str), "agreement")
        if isinstance(agreement, str):
            agreement = everything.get(agreement)
        elif agreement not in everything:
            raise unknown_name(agreement.id, "agreement with these fields", ())
        return Statuses(everything, day).of(agreement)

    def in_force_on(self, day: date, *, possible: bool = False) -> Agreements:
        """Keep the agreements in force on a day; with `possible`, also those for which it is not stated.

        Agreements that prolong, replace or end another one count, as in `status_on`.
        """
        wanted, statuses = _STATUSES[bool(possible)], Statuses(self._all, day)
        return self.where(lambda agreement: statuses.of(agreement) in wanted)

    def with_party(self, name: str | Party | Entity, *, strict: bool = False) -> Agreements:
        """Keep the agreements that a party with this id or name concluded.

        With `strict`, raises `UnknownName` for a name that no party of these agreements has.
        """
        folded = _folded(name, self._items if strict else (), "party", parties_by_name)
        return self.where(lambda agreement: folded in parties_by_name(agreement))

    def signed_between(self, first: date, last: date, *, possible: bool = False) -> Agreements:
        """Keep the agreements signed on a day from `first` to `last`, both inclusive."""
        days = ordinal_of(first, "first"), ordinal_of(last, "last")
        return self.where(lambda agreement: _falls(ordinals_of(agreement.signed_on), days, possible=possible))

    def ending_between(self, first: date, last: date, *, possible: bool = False) -> Agreements:
        """Keep the agreements whose last day is from `first` to `last`, both inclusive. Open-ended ones never end."""
        days = ordinal_of(first, "first"), ordinal_of(last, "last")
        return self.where(lambda agreement: _falls(_end_of(agreement), days, possible=possible))

    def earlier(self, id: str) -> Agreements:  # noqa: A002 - the field's own name
        """Return the chain of agreements that one renews, amends, replaces, prolongs or ends, nearest first.

        Agreements that are not in this sequence are left out. In a cycle, the chain ends. Raises `UnknownName` for an
        unknown id.
        """
        chain = {id: self.get(id)}
        remaining = [chain[id]]
        for newer in remaining:  # more are added meanwhile
            for relation in newer.relations:
                older = self._by_id.get(relation.agreement or "")
                if relation.kind in CHAIN_KINDS and older is not None and older.id not in chain:
                    chain[older.id] = older
                    remaining.append(older)
        return self._derived(remaining[1:])


class Commitments(_Values[Entry]):
    """Several commitments, each with its agreement and initiative."""

    def __init__(self, items: Iterable[Entry] = (), agreements: Agreements | None = None) -> None:
        require(items, Iterable, "items")
        super().__init__(items)
        for item in self._items:
            require(item, Entry, "each of the items", "; for agreements, use commitments(agreements)")
        #: The agreements with which the filters began; by default, those of the commitments.
        self._all: Agreements
        vars(self)["_all"] = Agreements(self._agreements) if agreements is None else agreements

    def _derived(self, items: Iterable[Entry]) -> Commitments:
        return Commitments(items, self._all)

    def by(self, name: str | Party | Entity, *, through_groups: bool = True, strict: bool = False) -> Commitments:
        """Keep the commitments that bind a party or entity with this id or name.

        Includes those of groups that list it as a member, directly or through other groups; with
        `through_groups=False`, only its own. With `strict`, raises `UnknownName` for a name that nothing has.
        """
        ids = self._ids_of(name, through_groups=through_groups, strict=strict)
        return self.where(lambda entry: not ids[id(entry.agreement)].isdisjoint(entry.commitment.actors))

    def mentioning(self, name: str | Party | Entity, *, strict: bool = False) -> Commitments:
        """Keep the commitments that mention a party or entity with this id or name.

        With `strict`, raises `UnknownName` for a name that nothing has.
        """
        ids = self._ids_of(name, through_groups=False, strict=strict)
        return self.where(lambda entry: not ids[id(entry.agreement)].isdisjoint(entry.commitment.mentions))

    def about(self, topic: str) -> Commitments:
        """Keep the commitments with a topic; topics are compared as names are."""
        require(topic, str, "topic")
        folded = fold(topic)
        return self.where(lambda entry: folded in map(fold, entry.commitment.topics))

    def at_least(self, strength: Strength | str) -> Commitments:
        """Keep the commitments that bind at least this firmly. One without a strength never matches.

        Raises `ValueError` for a word that is not a strength.
        """
        least = STRENGTH.convert(strength)
        if not isinstance(least, Strength):
            STRENGTH.refuse("strength", strength)
        strong = {member for member in Strength if member >= least}
        return self.where(lambda entry: entry.commitment.strength in strong)

    def conditional(self) -> Commitments:
        """Keep the commitments that bind only on a condition."""
        return self.where(lambda entry: entry.commitment.condition is not None)

    def containing(self, words: str) -> Commitments:
        """Keep the commitments with these words in text, quotes or translations, after NFC and case folding."""
        require(words, str, "words")
        folded = fold(words)
        return self.where(lambda entry: any(folded in fold(text) for text in _texts(entry.commitment)))

    def due_by(self, day: date, *, possible: bool = False) -> Commitments:
        """Keep the commitments that are due on or before a day; with `possible`, also those that may be due by then.

        A commitment without a due date may be due on any day, so `possible` keeps it too.
        """
        days = 0, ordinal_of(day)  # 0 is before all days
        return self.where(lambda entry: _falls(ordinals_of(entry.commitment.due_on), days, possible=possible))

    def in_force_on(self, day: date, *, possible: bool = False) -> Commitments:
        """Keep the commitments of agreements in force on a day; with `possible`, also where that is not stated.

        Agreements that prolong, replace or end another one count, as in `Agreements.status_on`.
        """
        wanted, statuses = _STATUSES[bool(possible)], Statuses(self._all, day)
        kept = {id(agreement) for agreement in self._agreements if statuses.of(agreement) in wanted}
        return self.where(lambda entry: id(entry.agreement) in kept)

    # Each agreement is looked at once. Agreements are distinguished by identity, because hashing them is slow.

    @property
    def _agreements(self) -> list[Agreement]:
        return list({id(entry.agreement): entry.agreement for entry in self._items}.values())

    def _ids_of(self, name: str | Party | Entity, *, through_groups: bool, strict: bool) -> dict[int, set[str]]:
        """Return the ids under which a party or entity acts in each agreement."""
        agreements = self._agreements
        folded = _folded(name, agreements if strict else (), "party or entity", actors_by_name)
        return {
            id(agreement): _acting_ids(agreement, folded, through_groups=through_groups) for agreement in agreements
        }


def commitments(*agreements: Agreement | Iterable[Agreement]) -> Commitments:
    """Return all commitments of one agreement or more, each with its agreement and initiative."""
    return Agreements(each for several in agreements for each in require_agreements(several)).commitments


def entries(agreements: Iterable[Agreement]) -> Iterator[Entry]:
    """Yield the commitments of agreements: first those of the initiatives, in order, then the general ones."""
    for agreement in agreements:
        for path, commitment in commitments_of(agreement):
            initiative = agreement.initiatives[int(path[1])] if path[0] == "initiatives" else None
            yield Entry(agreement, initiative, commitment, pointer(path))


def _folded(
    name: str | Party | Entity,
    agreements: Iterable[Agreement],
    wanted: str,
    known: Callable[[Agreement], Mapping[str, Party | Entity]],
) -> str:
    """Return the folded name. Raises `UnknownName` if there are agreements, and nothing in them has the name."""
    require(name, (str, Party, Entity), "name")
    if isinstance(name, (Party, Entity)):
        name = name.id
    folded, several = fold(name), list(agreements)
    if several and not any(folded in known(agreement) for agreement in several):
        actors = [actor for agreement in several for actor in known(agreement).values()]
        raise unknown_name(name, wanted, (choice for actor in actors for choice in (actor.id, *names_of(actor))))
    return folded


def _require_function(function: object, name: str) -> None:
    if not callable(function):
        raise TypeError(f"{name} must be a function, not {shown_in_python(function)}")


_STATUSES = {False: {Status.IN_FORCE}, True: {Status.IN_FORCE, Status.NOT_STATED}}


def _falls(date_range: tuple[int, int] | None, days: tuple[int, int], *, possible: bool) -> bool:
    """Return whether a date, given as the first and last day that it may be, falls within a range of days."""
    if date_range is None:
        return False
    if possible:
        return date_range[0] <= days[1] and days[0] <= date_range[1]
    return days[0] <= date_range[0] and date_range[1] <= days[1]


def _end_of(agreement: Agreement) -> tuple[int, int] | None:
    period = agreement.effective_period
    known = None if period.open_ended else span(period.start, period.end, open_ended=False)
    return known and (known.earliest_end, known.latest_end)


def _acting_ids(agreement: Agreement, folded: str, *, through_groups: bool) -> set[str]:
    """Return the ids under which a party or entity acts: its own, and those of groups of which it is a member."""
    actor = actors_by_name(agreement).get(folded)
    acting = set() if actor is None else {actor.id}
    everyone: list[Party | Entity] = [*agreement.parties, *agreement.entities]
    groups = [actor for actor in everyone if actor.members] if through_groups else []
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
