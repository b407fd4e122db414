"""The rules about several agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vaekstaftale.display import shown
from vaekstaftale.model.agreement import CHAIN_KINDS, Agreement
from vaekstaftale.problems import RawFinding, Severity
from vaekstaftale.validation.rule import AcrossRule, Rule


def duplicate_agreement_id(agreements: Sequence[Agreement]) -> Iterator[tuple[int, RawFinding]]:
    """No two agreements have the same id."""
    seen: set[str] = set()
    for number, agreement in enumerate(agreements):
        if agreement.id in seen:
            message = f"{shown(agreement.id)} is already the id of another agreement"
            yield number, RawFinding("duplicate-agreement-id", message, ("id",))
        seen.add(agreement.id)


def relation_cycle(agreements: Sequence[Agreement]) -> Iterator[tuple[int, RawFinding]]:
    """No agreement renews, amends or replaces itself through others; reported at the first agreement of the cycle."""
    numbers = {agreement.id: index for index, agreement in reversed(list(enumerate(agreements)))}
    older_by_relation = [
        {
            number: numbers[relation.agreement]
            for number, relation in enumerate(agreement.relations)
            if relation.kind in CHAIN_KINDS and relation.agreement in numbers and relation.agreement != agreement.id
        }
        for agreement in agreements
    ]
    for first, members in _cycles([set(targets.values()) for targets in older_by_relation]):
        for number, second in older_by_relation[first].items():
            if second in members:
                message = f"{shown(agreements[first].id)} follows itself in a cycle of relations"
                yield first, RawFinding("relation-cycle", message, ("relations", number, "agreement"))


def _cycles(targets: Sequence[set[int]]) -> Iterator[tuple[int, set[int]]]:
    """For each node, yield the later nodes that can reach it through later nodes only.

    An edge from the node to one of these closes a cycle. Nodes that were looked at are left out of later paths, so a
    cycle is found once, at its first node.
    """
    origins: list[set[int]] = [set() for _ in targets]
    for index, reached in enumerate(targets):
        for target in reached:
            origins[target].add(index)
    left = set(range(len(targets)))
    _drop_ends(left, targets, origins, left.copy())
    for first in range(len(targets)):
        if first in left:
            yield first, _reachable(first, origins, left) - {first}  # backwards, along the edges that lead to it
            left.remove(first)
            _drop_ends(left, targets, origins, targets[first] | origins[first])


def _drop_ends(
    left: set[int], targets: Sequence[set[int]], origins: Sequence[set[int]], candidates: Iterable[int]
) -> None:
    """Remove from `left`, again and again, the nodes without an edge in or out: no cycle goes through them.

    Without this, a chain of thousands of agreements takes quadratic time.
    """
    remaining = [*candidates]
    while remaining:
        node = remaining.pop()
        if node in left and (left.isdisjoint(targets[node]) or left.isdisjoint(origins[node])):
            left.remove(node)
            remaining += targets[node] | origins[node]


def _reachable(start: int, targets: Sequence[set[int]], allowed: set[int]) -> set[int]:
    """Return all nodes to which a path through allowed nodes leads."""
    reached, remaining = {start}, [start]
    while remaining:
        new = (targets[remaining.pop()] & allowed) - reached
        reached |= new
        remaining += new
    return reached


#: The rules of this stage.
RULES: tuple[AcrossRule, ...] = (
    Rule(duplicate_agreement_id, {"duplicate-agreement-id": Severity.ERROR}),
    Rule(relation_cycle, {"relation-cycle": Severity.ERROR}),
)
