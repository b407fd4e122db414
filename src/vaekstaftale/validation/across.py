"""The rules about several agreements."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from vaekstaftale.display import shown
from vaekstaftale.limits import MAX_ACROSS_SUGGESTIONS
from vaekstaftale.matching import closest, fold_all, is_misspelt
from vaekstaftale.model.agreement import CHAIN_KINDS, Agreement, Relation
from vaekstaftale.model.dates import can_follow
from vaekstaftale.model.parties import Entity, Party, names_of, path_of_name
from vaekstaftale.problems import RawFinding, Severity, did_you_mean
from vaekstaftale.validation.rule import AcrossRule, Rule, Several


def duplicate_agreement_id(several: Several) -> Iterator[tuple[int, RawFinding]]:
    """No two agreements have the same id."""
    seen: dict[str, int] = {}
    for number, agreement in enumerate(several.agreements):
        first = seen.setdefault(agreement.id, number)
        if first != number:
            file = several.files[first]
            other = "another agreement" if file in (None, agreement.id) else f"the agreement in {shown(file)}"
            yield (
                number,
                RawFinding("duplicate-agreement-id", f"{shown(agreement.id)} is already the id of {other}", ("id",)),
            )


def shared_id(several: Several) -> Iterator[tuple[int, RawFinding]]:
    """A party or entity has a name in common with the first one of that id."""
    first_of_id: dict[str, tuple[Agreement, Party | Entity]] = {}
    for number, agreement in enumerate(several.agreements):
        for actor in _actors(agreement):
            other_agreement, other = first_of_id.setdefault(actor.id, (agreement, actor))
            if other_agreement is not agreement and set(fold_all(names_of(actor))).isdisjoint(
                fold_all(names_of(other))
            ):
                message = f"{shown(actor.id)} is the id of another party or entity in {shown(other_agreement.id)}"
                hint = f"there, it is {shown(other.name)}"
                yield number, RawFinding("shared-id", message, ("id",), hint, part=actor)


def shared_name(several: Several) -> Iterator[tuple[int, RawFinding]]:
    """A name belongs to one id. If two ids of one agreement have it, that is `ambiguous-name`."""
    ids_by_name: dict[str, dict[str, int]] = defaultdict(dict)
    pairs: set[frozenset[str]] = set()
    for number, agreement in enumerate(several.agreements):
        for actor in _actors(agreement):
            names = names_of(actor)
            for position, folded in enumerate(fold_all(names)):
                ids = ids_by_name[folded]
                if actor.id in ids:
                    continue
                # Three are enough as examples.
                for other, first in islice(ids.items(), 3):
                    pair = frozenset((actor.id, other))
                    if first != number and pair not in pairs:
                        pairs.add(pair)
                        there = several.agreements[first].id
                        message = f"{shown(names[position])} is a name of {shown(other)} in {shown(there)}"
                        hint = "if they are the same, give them the same id"
                        yield number, RawFinding("shared-name", message, path_of_name(position), hint, part=actor)
                ids[actor.id] = number


def _actors(agreement: Agreement) -> tuple[Party | Entity, ...]:
    return agreement.parties + agreement.entities


def relation_order(several: Several) -> Iterator[tuple[int, RawFinding]]:
    """An agreement that changes or continues another one was not certainly signed before it."""
    by_id = {agreement.id: agreement for agreement in reversed(several.agreements)}
    for number, agreement in enumerate(several.agreements):
        for relation in agreement.relations:
            other = by_id.get(relation.agreement or "")
            if relation.kind not in CHAIN_KINDS or other is None or other.signed_on is None:
                continue
            if not can_follow(agreement.signed_on, other.signed_on):
                message = (
                    f"this agreement was signed on {agreement.signed_on}, "
                    f"before {shown(other.id)}, which was signed on {other.signed_on}"
                )
                yield number, RawFinding("relation-order", message, ("agreement",), part=relation)


def unknown_agreement(several: Several) -> Iterator[tuple[int, RawFinding]]:
    """No relation names an agreement with a misspelt id.

    Most agreements that are not among these have no record yet. The id of another year is therefore no misspelling:
    the digits of a misspelt id are those of the id that was meant, perhaps in another order.
    """
    ids = {agreement.id for agreement in several.agreements}
    unknown: dict[str, list[tuple[int, Relation]]] = defaultdict(list)
    for number, agreement in enumerate(several.agreements):
        for relation in agreement.relations:
            if relation.agreement is not None and relation.agreement not in ids:
                unknown[relation.agreement].append((number, relation))
    ids_by_digits: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_ in sorted(ids) if unknown else ():
        ids_by_digits[_digits(id_)].append(id_)
    for id_, relations in islice(unknown.items(), MAX_ACROSS_SUGGESTIONS):
        near = closest(id_, ids_by_digits[_digits(id_)])
        # The digits have been compared already: they may be in another order.
        if near is None or not is_misspelt(re.sub(r"\d", "", id_), re.sub(r"\d", "", near)):
            continue
        message, hint = f"none of these agreements has the id {shown(id_)}", did_you_mean(near)
        for number, relation in relations:
            if several.agreements[number].id != near:
                yield number, RawFinding("unknown-agreement", message, ("agreement",), hint, part=relation)


def _digits(id_: str) -> tuple[str, ...]:
    return tuple(sorted(filter(str.isdigit, id_)))


def relation_cycle(several: Several) -> Iterator[tuple[int, RawFinding]]:
    """No agreement follows itself in a chain of relations. A cycle is reported at its first agreement."""
    agreements = several.agreements
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
    Rule(shared_id, {"shared-id": Severity.WARNING}),
    Rule(shared_name, {"shared-name": Severity.WARNING}),
    Rule(relation_order, {"relation-order": Severity.WARNING}),
    Rule(unknown_agreement, {"unknown-agreement": Severity.WARNING}),
)
