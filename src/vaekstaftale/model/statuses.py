"""The status of an agreement among others, which may prolong, replace or end it."""

from __future__ import annotations

from collections import ChainMap, defaultdict
from collections.abc import Iterable
from datetime import date

from vaekstaftale.model.agreement import Agreement, RelationKind
from vaekstaftale.model.dates import ordinal_of, ordinals_of
from vaekstaftale.model.validity import Status


class Statuses:
    """The statuses of agreements on a day, among a collection of agreements. Each is worked out once."""

    def __init__(self, agreements: Iterable[Agreement], day: date) -> None:
        self._day = day
        self._known: dict[int, Status] = {}
        self._related: dict[str, list[tuple[RelationKind, Agreement]]] = defaultdict(list)
        for agreement in agreements:
            for relation in agreement.relations:
                if relation.agreement is not None and relation.agreement != agreement.id:
                    self._related[relation.agreement].append((relation.kind, agreement))

    def of(self, agreement: Agreement) -> Status:
        """Return the status of an agreement among these.

        In a cycle of relations, an agreement that is reached again counts with its own status.
        """
        known: ChainMap[int, Status] = ChainMap({}, self._known)
        entered: set[int] = set()
        cycle = False
        remaining = [agreement]
        while remaining:  # not recursive, because a chain may be long
            one = remaining[-1]
            prolonging = self._prolonging(one)
            if id(one) not in entered:
                entered.add(id(one))
                cycle = cycle or any(id(other) in entered and id(other) not in known for other in prolonging)
                remaining += [other for other in prolonging if id(other) not in entered and id(other) not in known]
            if remaining[-1] is one:
                remaining.pop()
                if id(one) not in known:
                    known[id(one)] = self._among(
                        one, {known.get(id(other)) or self._own(other) for other in prolonging}
                    )
        if not cycle:  # in a cycle, what is found depends on where one begins
            self._known |= known.maps[0]
        return known[id(agreement)]

    def _own(self, agreement: Agreement) -> Status:
        return agreement.status_on(self._day)

    def _prolonging(self, agreement: Agreement) -> list[Agreement]:
        """Return the agreements that prolong one, if it has ended or may have ended by its own record."""
        prolonging = [one for kind, one in self._related.get(agreement.id, ()) if kind is RelationKind.PROLONGS]
        return prolonging if prolonging and self._own(agreement) in {Status.ENDED, Status.NOT_STATED} else []

    def _among(self, agreement: Agreement, prolonged: set[Status]) -> Status:
        """Return the status of an agreement, given the statuses of those that prolong it."""
        status = self._own(agreement)
        for prolonging in (Status.IN_FORCE, Status.NOT_STATED, Status.ENDED):
            if prolonging in prolonged:
                status = prolonging
                break
        for kind, other in self._related.get(agreement.id, ()):
            if kind in {RelationKind.REPLACES, RelationKind.ENDS}:
                earliest, latest = ordinals_of(other.effective_period.start)
                if ordinal_of(self._day) >= latest:
                    return Status.ENDED
                if ordinal_of(self._day) >= earliest and status is Status.IN_FORCE:
                    status = Status.NOT_STATED
        return status
