"""Rules over values: what makes an agreement coherent, and whether its quotes are evidence.

A rule is a plain function from an agreement to what it finds wrong. Rules stand in the order of the table in the
file format; each says the code that it gives.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from vaekstaftale._glance import is_coherent_at_a_glance
from vaekstaftale._nearly import differing
from vaekstaftale.dates import can_follow
from vaekstaftale.errors import Finding, did_you_mean, shown, shown_at_length
from vaekstaftale.forms import slug
from vaekstaftale.model import CHAIN, Agreement, Entity, Party, Quote
from vaekstaftale.names import fold_all, near
from vaekstaftale.paths import actors_of, commitments_of, every_quote, quote_holders
from vaekstaftale.quotes import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from vaekstaftale.errors import Path

    Rule = Callable[[Agreement], Iterator[Finding]]
    RuleAcross = Callable[[Sequence[Agreement]], Iterator[tuple[int, Finding]]]


# --- Coherence --------------------------------------------------------------------------------------------


def duplicate_id(agreement: Agreement) -> Iterator[Finding]:
    """`duplicate-id`: parties and entities share one space; initiatives, commitments and sources have one each."""
    spaces: dict[str, list[tuple[Path, Any]]] = {
        "party or entity": actors_of(agreement),
        "initiative": [(("initiatives", i), item) for i, item in enumerate(agreement.initiatives)],
        "commitment": commitments_of(agreement),
        "source": [(("sources", i), source) for i, source in enumerate(agreement.sources)],
    }
    for thing, holders in spaces.items():
        for id_, indices in _repeated([holder.id for _, holder in holders]):
            message = f"{shown(id_)} is already the id of another {thing}"
            yield Finding(code="duplicate-id", message=message, among=tuple((*holders[i][0], "id") for i in indices))


def duplicate_value(agreement: Agreement) -> Iterator[Finding]:
    """`duplicate-value`: the same value twice in a list of ids, names or topics; an other name equal to the name."""
    for path, actor in actors_of(agreement):
        if actor.other_names:
            for name, indices in _repeated(fold_all(_names(actor)), _names(actor)):
                yield _twice(name, "a name here", [(*path, *_place_of_name(index)) for index in indices])
    for path, ids in _references(agreement):
        for id_, indices in _repeated(ids) if len(set(ids)) < len(ids) else ():
            yield _twice(id_, _REFERENCES[path[-1]], [(*path, index) for index in indices])
    for path, commitment in commitments_of(agreement):
        if len(commitment.topics) > 1:
            for topic, indices in _repeated(fold_all(commitment.topics), commitment.topics):
                yield _twice(topic, "a topic", [(*path, "topics", index) for index in indices])


def ambiguous_name(agreement: Agreement) -> Iterator[Finding]:
    """`ambiguous-name`: a name or other name that two parties or entities share."""
    actors = actors_of(agreement)
    places = [(path, actor, index) for path, actor in actors for index in range(1 + len(actor.other_names))]
    names = [name for _, actor in actors for name in _names(actor)]
    for name, indices in _repeated(fold_all(names), names):
        owners: dict[Path, tuple[str, int]] = {}
        for path, actor, index in map(places.__getitem__, indices):
            owners.setdefault(path, (actor.id, index))
        if len(owners) > 1:
            ids = " and ".join(shown(id_) for id_, _ in islice(owners.values(), 3))
            among = tuple((*path, *_place_of_name(index)) for path, (_, index) in owners.items())
            yield Finding(code="ambiguous-name", message=f"{shown(name)} is a name of {ids}", among=among)


def unknown_id(agreement: Agreement) -> Iterator[Finding]:
    """`unknown-id`: a reference that names nothing."""
    actors = actors_of(agreement)
    ids = dict.fromkeys(actor.id for _, actor in actors)

    @cache
    def by_name() -> dict[str | None, str]:
        # Who writes a name where an id belongs is first told the id that would be made of the name.
        return {slug(name): actor.id for _, actor in actors for name in (*actor.other_names, actor.name)}

    def actor_meant(id_: str) -> str | None:
        return by_name().get(id_) or near(id_, ids)

    known = set(ids)
    references = (
        ((*path, index), id_)
        for path, some in _references(agreement)
        if not known.issuperset(some)
        for index, id_ in enumerate(some)
    )
    yield from _unknown(references, ids, "neither a party nor an entity", actor_meant)

    sources = dict.fromkeys(source.id for source in agreement.sources)
    named = (
        ((*path, "quotes", index, "source"), quote.source)
        for path, quotes in quote_holders(agreement)
        for index, quote in enumerate(quotes)
        if quote.source is not None
    )
    yield from _unknown(named, sources, "no source", lambda id_: near(id_, sources))


def nested_group(agreement: Agreement) -> Iterator[Finding]:
    """`nested-group`: members with members of their own, and oneself. A party with members may be in an entity."""
    actors = actors_of(agreement)
    groups = {actor.id: actor for _, actor in actors if actor.members}
    for path, actor in actors:
        for index, member in enumerate(actor.members):
            place = (*path, "members", index)
            if member == actor.id:
                yield Finding(code="nested-group", message=f"{shown(member)} is a member of itself", path=place)
            elif member in groups and (isinstance(actor, Party) or isinstance(groups[member], Entity)):
                message = f"{shown(member)} has members of its own, so it cannot be a member here"
                yield Finding(code="nested-group", message=message, path=place)


def end_before_start(agreement: Agreement) -> Iterator[Finding]:
    """`end-before-start`: no day of the end is on or after a day of the start."""
    period = agreement.validity
    if period is not None and not can_follow(period.end, period.start):
        message = f"the end {period.end} is before the start {period.start}"
        yield Finding(code="end-before-start", message=message, path=("validity", "end"))


def end_of_open_ended(agreement: Agreement) -> Iterator[Finding]:
    """`end-of-open-ended`: until further notice, and an end all the same."""
    period = agreement.validity
    if period is not None and period.open_ended and period.end is not None:
        message = f"the period is open-ended and ends on {period.end} all the same"
        yield Finding(code="end-of-open-ended", message=message, path=("validity", "end"))


def ended_before_signed(agreement: Agreement) -> Iterator[Finding]:
    """`ended-before-signed`: no day of the end is on or after a day of the signing."""
    period = agreement.validity
    if period is not None and not can_follow(period.end, agreement.signed_on):
        message = f"the end {period.end} is before the signing {agreement.signed_on}"
        yield Finding(code="ended-before-signed", message=message, path=("validity", "end"))


def relation_to_itself(agreement: Agreement) -> Iterator[Finding]:
    """`relation-to-itself`."""
    for index, relation in enumerate(agreement.relations):
        if relation.agreement == agreement.id:
            message = f"{shown(agreement.id)} is this agreement itself"
            yield Finding(code="relation-to-itself", message=message, path=("relations", index, "agreement"))


def translation_into_own_language(agreement: Agreement) -> Iterator[Finding]:
    """`translation-into-own-language`: a translation into the language that the record is written in."""
    own = agreement.language.lower()
    holders: list[tuple[Path, Any]] = [((), agreement), *actors_of(agreement), *commitments_of(agreement)]
    holders += [(("initiatives", i), initiative) for i, initiative in enumerate(agreement.initiatives)]
    for path, holder in holders:
        for translation in holder.translations:
            if translation.language.lower() == own:
                yield own_language(translation.language, (*path, "translations", translation.language))


def is_own_language(language: object, agreement: Agreement) -> bool:
    """Tell whether a tag is that of the record's own language, whatever the case."""
    return str(language).lower() == agreement.language.lower()


def own_language(language: str, path: Path) -> Finding:
    """Tell of a translation into the record's own language."""
    message = f"{shown(language)} is the agreement's own language"
    return Finding(code="translation-into-own-language", message=message, path=path, at_key=True)


COHERENCE: tuple[Rule, ...] = (
    duplicate_id,
    duplicate_value,
    ambiguous_name,
    unknown_id,
    nested_group,
    end_before_start,
    end_of_open_ended,
    ended_before_signed,
    relation_to_itself,
    translation_into_own_language,
)


def coherence(agreement: Agreement) -> Iterator[Finding]:
    """Follow all rules of coherence, unless one look shows that none of them can find anything."""
    if not is_coherent_at_a_glance(agreement):
        for rule in COHERENCE:
            yield from rule(agreement)


# --- Evidence ---------------------------------------------------------------------------------------------


def quotes_stand(agreement: Agreement) -> Iterator[Finding]:
    """`quote-not-found`, `quote-ambiguous`, `quote-unchecked`: whether the words stand in a source, in one place."""
    search = Search(agreement)
    known = {None, *(source.id for source in agreement.sources)}
    quotes = [(path, quote) for path, quote in every_quote(agreement) if quote.source in known]
    counts = search.count_to_two(quote for _, quote in quotes)

    @cache
    def is_whole(source: str | None) -> bool:
        candidates = search.candidates(source)
        return bool(candidates) and all(one.text is not None and not one.excerpt for one in candidates)

    for path, quote in quotes:
        place, words = (*path, "exact"), shown(quote.exact)
        if counts[quote] > 1:
            message = f"{words} stands in several places of the same source"
            hint = "add the words before it as prefix, or those after it as suffix"
            yield Finding(code="quote-ambiguous", message=message, path=place, hint=hint)
        elif not counts[quote] and is_whole(quote.source):
            message = f"{words} does not stand in the source"
            yield Finding(code="quote-not-found", message=message, path=place, hint=partial(_nearly, quote, search))
        elif not counts[quote]:
            message = f"{words} cannot be checked: the source's text is not here, or only a part of it"
            yield Finding(code="quote-unchecked", message=message, path=place)


def _nearly(quote: Quote, search: Search) -> str | None:
    """Tell where in a source the words nearly stand, or that only the words around them differ."""
    near = search.nearly(quote)
    if near is None:
        return None
    place = f"in line {near.line} of the text of {shown(near.source)}"
    if near.text is None:
        return f"the words stand {place}, but prefix or suffix do not fit there"
    return f"did you mean {shown_at_length(differing(near.text, quote.exact))} {place}?"


def sha256_mismatch(agreement: Agreement) -> Iterator[Finding]:
    """`sha256-mismatch`: the text is not the one that the checksum was made of."""
    for index, source in enumerate(agreement.sources):
        if source.sha256 is not None and source.text is not None:
            actual = hashlib.sha256(source.text.encode()).hexdigest()
            if actual != source.sha256:
                yield Finding(
                    code="sha256-mismatch",
                    message="the text has another SHA-256",
                    path=("sources", index, "sha256"),
                    hint=f"it is {actual}",
                )


EVIDENCE: tuple[Rule, ...] = (quotes_stand, sha256_mismatch)


def evidence(agreement: Agreement) -> Iterator[Finding]:
    """Follow all rules of evidence."""
    for rule in EVIDENCE:
        yield from rule(agreement)


# --- Across several agreements ----------------------------------------------------------------------------
#
# These rules take several agreements, and tell with each finding the index of the agreement that it is in.


def duplicate_agreement_id(agreements: Sequence[Agreement]) -> Iterator[tuple[int, Finding]]:
    """`duplicate-agreement-id`: two agreements with the same id."""
    seen: set[str] = set()
    for index, agreement in enumerate(agreements):
        if agreement.id in seen:
            message = f"{shown(agreement.id)} is already the id of another agreement"
            yield index, Finding(code="duplicate-agreement-id", message=message, path=("id",))
        seen.add(agreement.id)


def relation_cycle(agreements: Sequence[Agreement]) -> Iterator[tuple[int, Finding]]:
    """`relation-cycle`: a circle of renewals, amendments and replacements, told at the first of its agreements."""
    numbers = {agreement.id: index for index, agreement in reversed(list(enumerate(agreements)))}
    earlier = [
        {
            place: numbers[relation.agreement]
            for place, relation in enumerate(agreement.relations)
            if relation.kind in CHAIN and relation.agreement in numbers and relation.agreement != agreement.id
        }
        for agreement in agreements
    ]
    for first in _in_circles(earlier):
        for place, second in earlier[first].items():
            if second > first and _leads_back(second, first, earlier):
                message = f"{shown(agreements[first].id)} comes after itself in a circle of relations"
                yield first, Finding(code="relation-cycle", message=message, path=("relations", place, "agreement"))


def _in_circles(earlier: Sequence[Mapping[int, int]]) -> list[int]:
    """Leave out, again and again, what leads nowhere; what then remains is in a circle or leads into one."""
    later = defaultdict(list)
    for index, targets in enumerate(earlier):
        for target in targets.values():
            later[target].append(index)
    left = [len(targets) for targets in earlier]
    ends = [index for index, count in enumerate(left) if count == 0]
    for end in ends:  # grows as it is read
        for index in later[end]:
            left[index] -= 1
            if left[index] == 0:
                ends.append(index)
    return [index for index, count in enumerate(left) if count]


def _leads_back(start: int, goal: int, earlier: Sequence[Mapping[int, int]]) -> bool:
    """Tell whether relations lead from one agreement to another, by none that stands before the goal."""
    seen, waiting = {start}, [start]
    while waiting:
        index = waiting.pop()
        if index == goal:
            return True
        new = {target for target in earlier[index].values() if target >= goal} - seen
        seen |= new
        waiting.extend(new)
    return False


ACROSS: tuple[RuleAcross, ...] = (duplicate_agreement_id, relation_cycle)


# --- What the rules look at -------------------------------------------------------------------------------


#: The keys under which ids of parties and entities stand, and what each of the ids is there.
_REFERENCES: Mapping[str | int, str] = {"members": "a member", "actors": "an actor", "mentions": "a mention"}


def _references(agreement: Agreement) -> list[tuple[Path, tuple[str, ...]]]:
    """Give the lists of ids of parties and entities, those that hold any."""
    lists: list[tuple[Path, tuple[str, ...]]] = [
        ((*path, "members"), actor.members) for path, actor in actors_of(agreement) if actor.members
    ]
    for path, commitment in commitments_of(agreement):
        if commitment.actors:
            lists.append(((*path, "actors"), commitment.actors))
        if commitment.mentions:
            lists.append(((*path, "mentions"), commitment.mentions))
    return lists


def _names(actor: Party | Entity) -> tuple[str, ...]:
    return (actor.name, *actor.other_names)


def _place_of_name(index: int) -> Path:
    return ("other_names", index - 1) if index else ("name",)


def _repeated(values: Sequence[str], written: Sequence[str] | None = None) -> Iterator[tuple[str, list[int]]]:
    """Give each value that stands more than once, as it is written last, with the indices where it stands."""
    if len(set(values)) == len(values):  # as nearly always
        return
    indices: dict[str, list[int]] = defaultdict(list)
    for index, value in enumerate(values):
        indices[value].append(index)
    for found in indices.values():
        if len(found) > 1:
            yield (written or values)[found[-1]], found


def _twice(value: str, thing: str, places: Iterable[Path]) -> Finding:
    message = f"{shown(value)} stands more than once as {thing}"
    return Finding(code="duplicate-value", message=message, among=tuple(places))


def _unknown(
    references: Iterable[tuple[Path, str]],
    known: Collection[str],
    what: str,
    meant: Callable[[str], str | None],
) -> Iterator[Finding]:
    @cache
    def hint_for(id_: str) -> Callable[[], str | None]:
        return lambda: did_you_mean(meant(id_))

    for path, id_ in references:
        if id_ not in known:
            yield Finding(code="unknown-id", message=f"{shown(id_)} is {what}", path=path, hint=hint_for(id_))
