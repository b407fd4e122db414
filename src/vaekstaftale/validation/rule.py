"""What a rule is, and what the rules of one agreement look at.

A rule is a function that yields findings. It states its condition once, and names the part of the agreement that it is
about and the steps from there; the report finds where that is in a file. The rules are listed at the end of the module
that defines them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Generic, NamedTuple, TypeVar, cast

from attrs import frozen

from vaekstaftale.display import shown, shown_in_python
from vaekstaftale.matching import fold_all
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.commitments import Commitment, Initiative
from vaekstaftale.model.parties import Entity, Party, names_of
from vaekstaftale.model.paths import QuoteList, path_to, quote_lists_of
from vaekstaftale.model.sources import Quote
from vaekstaftale.problems import Finding, Hint, RawFinding, Severity, steps_of

#: A function from what a rule looks at to its findings.
CheckT = TypeVar("CheckT")


@frozen
class Rule(Generic[CheckT]):
    """A rule, and the codes with their severities that belong to its stage. A rule of the user's own lists none."""

    check: CheckT
    codes: Mapping[str, Severity]


#: A rule about one agreement.
AgreementRule = Rule["Callable[[Index], Iterable[RawFinding]]"]
#: A rule about several agreements. Each finding comes with the number of its agreement.
AcrossRule = Rule["Callable[[Several], Iterable[tuple[int, RawFinding]]]"]


class Several(NamedTuple):
    """Several agreements, each with the file that it comes from, if it comes from one."""

    agreements: Sequence[Agreement]
    files: Sequence[str | None]


class Index(NamedTuple):
    """What the rules of one agreement look at, collected once."""

    agreement: Agreement
    #: The parties and then the entities.
    actors: tuple[Party | Entity, ...]
    #: First the commitments of the initiatives, in order, then the general ones.
    commitments: tuple[Commitment, ...]
    #: The name and other names of all actors, folded.
    names: list[str]
    #: The topics of each commitment, folded.
    topics: list[list[str]]
    #: The non-empty lists of ids that refer to parties and entities: the part that has the list, its key, the ids.
    references: list[tuple[Party | Entity | Commitment, str, tuple[str, ...]]]
    #: The parts that can have translations.
    translated: tuple[Agreement | Party | Entity | Initiative | Commitment, ...]
    #: All quotes, in canonical order.
    quotes: list[Quote]
    #: The lists in which they are.
    quote_lists: list[QuoteList]


def index_of(agreement: Agreement) -> Index:
    """Collect what the rules look at."""
    actors = agreement.parties + agreement.entities
    quote_lists = list(quote_lists_of(agreement))
    commitments = agreement.commitments
    references: list[tuple[Party | Entity | Commitment, str, tuple[str, ...]]] = []
    names: list[str] = []
    for actor in actors:
        names += names_of(actor)
        if actor.members:
            references.append((actor, "members", actor.members))
    topics: list[str] = []
    for commitment in commitments:
        topics += commitment.topics
        if commitment.actors:
            references.append((commitment, "actors", commitment.actors))
        if commitment.mentions:
            references.append((commitment, "mentions", commitment.mentions))
    folded = fold_all(names + topics)
    topics_of_each, end = [], len(names)
    for commitment in commitments:
        start, end = end, end + len(commitment.topics)
        topics_of_each.append(folded[start:end])
    return Index(
        agreement=agreement,
        actors=actors,
        commitments=commitments,
        names=folded[: len(names)],
        topics=topics_of_each,
        references=references,
        translated=(agreement, *actors, *agreement.initiatives, *commitments),
        quotes=[quote for some in quote_lists for quote in some.quotes],
        quote_lists=quote_lists,
    )


def repeated(values: Sequence[Hashable]) -> Iterable[list[int]]:
    """Return the positions of each value that occurs more than once."""
    if len(values) < 2 or len(set(values)) == len(values):
        return ()
    positions: dict[Hashable, list[int]] = defaultdict(list)
    for position, value in enumerate(values):
        positions[value].append(position)
    return [group for group in positions.values() if len(group) > 1]


def own_rules(functions: Iterable[Callable[[Agreement], Iterable[object]]]) -> tuple[AgreementRule, ...]:
    """Return functions of the user's own, from an agreement to values of type `Finding`, as rules."""
    return tuple(Rule(partial(_own_findings, function), {}) for function in functions)


def _own_findings(function: Callable[[Agreement], Iterable[object]], index: Index) -> Iterator[RawFinding]:
    findings = function(index.agreement)
    if not isinstance(cast("object", findings), Iterable):
        name = getattr(function, "__name__", shown_in_python(function))
        expected = "return or yield values of type Finding"
        raise TypeError(f"the rule {name} must {expected}, not {shown_in_python(findings)}")
    for finding in findings:
        if not isinstance(finding, Finding):
            raise TypeError(f"a rule must yield values of type Finding, not {type(finding).__name__}")
        path = path_to(index.agreement, steps_of(finding.path))
        hint: Hint | str | None = finding.hint
        if finding.suggestion is not None:
            hint = Hint(finding.hint or f"did you mean {shown(finding.suggestion)}?", finding.suggestion)
        yield RawFinding(finding.code, finding.message, path, hint, severity=finding.severity)
