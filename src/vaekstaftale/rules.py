"""Rules over values: what makes an agreement coherent, and whether its quotes are evidence.

A rule is a plain function from an agreement to what it finds wrong. Rules stand in the order of the table in the
file format; each says the code that it gives.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from vaekstaftale._nearly import differing
from vaekstaftale.dates import can_follow
from vaekstaftale.errors import Finding, did_you_mean, shown, shown_at_length
from vaekstaftale.forms import slug
from vaekstaftale.model import CHAIN, Agreement, Commitment, Entity, Party, Quote
from vaekstaftale.names import fold, near
from vaekstaftale.quotes import Search, every_quote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from vaekstaftale.errors import Path
    from vaekstaftale.model import Translation

    Rule = Callable[[Agreement], Iterator[Finding]]
    RuleAcross = Callable[[Sequence[Agreement]], Iterator[tuple[int, Finding]]]


# --- Coherence --------------------------------------------------------------------------------------------


def duplicate_id(agreement: Agreement) -> Iterator[Finding]:
    """`duplicate-id`: parties and entities share one space; initiatives, commitments and sources have one each."""
    spaces: dict[str, Iterable[tuple[Path, str]]] = {
        "party or entity": ((path, actor.id) for path, actor in _actors(agreement)),
        "initiative": ((("initiatives", i), item.id) for i, item in enumerate(agreement.initiatives)),
        "commitment": ((path, commitment.id) for path, commitment in _commitments(agreement)),
        "source": ((("sources", i), source.id) for i, source in enumerate(agreement.sources)),
    }
    for thing, ids in spaces.items():
        for id_, paths in _repeated((((*path, "id"), id_) for path, id_ in ids), str):
            message = f"{shown(id_)} is already the id of another {thing}"
            yield Finding(code="duplicate-id", message=message, among=paths)


def duplicate_value(agreement: Agreement) -> Iterator[Finding]:
    """`duplicate-value`: the same value twice in a list of ids, names or topics; an other name equal to the name."""
    for path, actor in _actors(agreement):
        names: list[tuple[Path, str]] = [((*path, "name"), actor.name)]
        names += _items((*path, "other_names"), actor.other_names)
        yield from _duplicates(names, "a name here", fold)
        yield from _duplicates(_items((*path, "members"), actor.members), "a member")
    for path, commitment in _commitments(agreement):
        yield from _duplicates(_items((*path, "actors"), commitment.actors), "an actor")
        yield from _duplicates(_items((*path, "mentions"), commitment.mentions), "a mention")
        yield from _duplicates(_items((*path, "topics"), commitment.topics), "a topic", fold)


def ambiguous_name(agreement: Agreement) -> Iterator[Finding]:
    """`ambiguous-name`: a name or other name that two parties or entities share."""
    shared: dict[str, dict[Path, Path]] = defaultdict(dict)
    ids: dict[Path, str] = {}
    written: dict[str, str] = {}
    for path, actor in _actors(agreement):
        ids[path] = actor.id
        shared[fold(actor.name)][path] = (*path, "name")
        for place, name in _items((*path, "other_names"), actor.other_names):
            shared[fold(name)].setdefault(path, place)
        written |= {fold(name): name for name in (actor.name, *actor.other_names)}
    for name, places in shared.items():
        if len(places) > 1:
            owners = " and ".join(shown(ids[path]) for path in islice(places, 3))
            message = f"{shown(written[name])} is a name of {owners}"
            yield Finding(code="ambiguous-name", message=message, among=tuple(places.values()))


def unknown_id(agreement: Agreement) -> Iterator[Finding]:
    """`unknown-id`: a reference that names nothing."""
    ids = dict.fromkeys(actor.id for _, actor in _actors(agreement))

    @cache
    def by_name() -> dict[str | None, str]:
        # Who writes a name where an id belongs is first told the id that would be made of the name.
        return {slug(name): actor.id for _, actor in _actors(agreement) for name in (*actor.other_names, actor.name)}

    def actor_meant(id_: str) -> str | None:
        return by_name().get(id_) or near(id_, ids)

    yield from _unknown(_actor_references(agreement), ids, "neither a party nor an entity", actor_meant)

    sources = dict.fromkeys(source.id for source in agreement.sources)
    quotes = ((path, quote.source) for path, quote in every_quote(agreement))
    references = (((*path, "source"), id_) for path, id_ in quotes if id_ is not None)
    yield from _unknown(references, sources, "no source", lambda id_: near(id_, sources))


def nested_group(agreement: Agreement) -> Iterator[Finding]:
    """`nested-group`: members with members of their own, and oneself. A party with members may be in an entity."""
    groups = {actor.id: actor for _, actor in _actors(agreement) if actor.members}
    for path, actor in _actors(agreement):
        for place, member in _items((*path, "members"), actor.members):
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
    holders: list[tuple[Path, tuple[Translation, ...]]] = [((), agreement.translations)]
    holders += [(path, actor.translations) for path, actor in _actors(agreement)]
    holders += [(("initiatives", i), item.translations) for i, item in enumerate(agreement.initiatives)]
    holders += [(path, commitment.translations) for path, commitment in _commitments(agreement)]
    for path, translations in holders:
        for translation in translations:
            if is_own_language(translation.language, agreement):
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
    if near.exact:
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


def _actors(agreement: Agreement) -> Iterator[tuple[Path, Party | Entity]]:
    for index, party in enumerate(agreement.parties):
        yield ("parties", index), party
    for index, entity in enumerate(agreement.entities):
        yield ("entities", index), entity


def _commitments(agreement: Agreement) -> Iterator[tuple[Path, Commitment]]:
    for i, initiative in enumerate(agreement.initiatives):
        for j, commitment in enumerate(initiative.commitments):
            yield ("initiatives", i, "commitments", j), commitment
    for index, commitment in enumerate(agreement.general_commitments):
        yield ("general_commitments", index), commitment


def _actor_references(agreement: Agreement) -> Iterator[tuple[Path, str]]:
    for path, actor in _actors(agreement):
        yield from _items((*path, "members"), actor.members)
    for path, commitment in _commitments(agreement):
        yield from _items((*path, "actors"), commitment.actors)
        yield from _items((*path, "mentions"), commitment.mentions)


def _items(path: Path, items: Sequence[str]) -> list[tuple[Path, str]]:
    return [((*path, index), item) for index, item in enumerate(items)]


def _repeated(values: Iterable[tuple[Path, str]], key: Callable[[str], str]) -> Iterator[tuple[str, tuple[Path, ...]]]:
    """Give each value that stands more than once, as it is written last, with all of its places."""
    places: dict[str, list[Path]] = defaultdict(list)
    written = {}
    for path, value in values:
        folded = key(value)
        places[folded].append(path)
        written[folded] = value
    return ((written[folded], tuple(paths)) for folded, paths in places.items() if len(paths) > 1)


def _duplicates(values: Sequence[tuple[Path, str]], thing: str, key: Callable[[str], str] = str) -> Iterator[Finding]:
    for value, paths in _repeated(values, key) if len(values) > 1 else ():
        message = f"{shown(value)} stands more than once as {thing}"
        yield Finding(code="duplicate-value", message=message, among=paths)


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
