"""The rules of coherence: ids and names are unique, references lead to something, and dates are in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import cache, partial
from itertools import islice
from typing import Any

from attrs import evolve

from vaekstaftale.display import shown
from vaekstaftale.matching import closest, misspelt, slug
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.dates import can_follow
from vaekstaftale.model.parties import Entity, Party, names_of, path_of_name
from vaekstaftale.model.paths import namespaces_of
from vaekstaftale.model.sources import Quote
from vaekstaftale.model.translations import folded_tag
from vaekstaftale.model.validity import ValidityPeriod
from vaekstaftale.problems import REMOVE_ITEM, Hint, Path, RawFinding, RawRelated, Severity, Spot, did_you_mean, write
from vaekstaftale.quotes.search import Search
from vaekstaftale.serialization.shapes import too_many_findings
from vaekstaftale.validation.rule import AgreementRule, Index, Rule, repeated


def too_many(index: Index) -> Iterator[RawFinding]:
    """The agreement has no more quotes and commitments than it may have. For files, this is a problem of structure."""
    return too_many_findings({Quote: len(index.quotes), Commitment: len(index.commitments)})


def duplicate_id(index: Index) -> Iterator[RawFinding]:
    """Parties and entities share one namespace; initiatives, commitments and sources have one each."""
    for thing, parts in namespaces_of(index.agreement).items():
        for positions in repeated([part.id for part in parts]):
            group = object()
            for part in map(parts.__getitem__, positions):
                message = f"{shown(part.id)} is already the id of another {thing}"
                yield RawFinding("duplicate-id", message, ("id",), part=part, group=group)


def duplicate_value(index: Index) -> Iterator[RawFinding]:
    """No value occurs twice in a list of ids, names or topics, and no entry of `other_names` repeats the name."""
    for places_by_actor in _repeated_names(index):
        for number, places in places_by_actor.items():
            actor = index.actors[number]
            thing = f"already a name of this {type(actor).__name__.lower()}"
            yield from _repeated_values(thing, actor, places if len(places) > 1 else ())
    for part, key, ids in index.references:
        for positions in repeated(ids):
            yield from _repeated_values(f"repeated as {_REFERENCES[key]}", part, [(key, i) for i in positions])
    for commitment, topics in zip(index.commitments, index.topics, strict=True):
        for positions in repeated(topics):
            yield from _repeated_values("repeated as a topic", commitment, [("topics", i) for i in positions])


#: What an id is under each key that refers to parties and entities.
_REFERENCES = {"members": "a member", "actors": "an actor", "mentions": "a mention"}


def _repeated_values(what: str, part: Any, places: Collection[Path]) -> Iterator[RawFinding]:
    group = object()
    messages: dict[str, str] = {}  # equal values share their message, as in `unknown_id`
    for path in places:
        value = _value_at(part, path)
        if value not in messages:
            messages[value] = f"{shown(value)} is {what}"
        fix = REMOVE_ITEM if len(path) > 1 else None  # a name must stay
        yield RawFinding("duplicate-value", messages[value], path, part=part, group=group, fix=fix)


def _repeated_names(index: Index) -> Iterator[dict[int, list[Path]]]:
    """For each name that occurs more than once, yield its places: paths by the number of the actor that has it."""
    groups = repeated(index.names)
    named: list[tuple[int, Path]] = []
    for number, actor in enumerate(index.actors) if groups else ():
        named += [(number, path_of_name(position)) for position in range(len(names_of(actor)))]
    for positions in groups:
        places: dict[int, list[Path]] = defaultdict(list)
        for number, path in map(named.__getitem__, positions):
            places[number].append(path)
        yield places


def _value_at(part: Any, path: Path) -> Any:
    return getattr(part, str(path[0])) if len(path) == 1 else getattr(part, str(path[0]))[path[1]]


def ambiguous_name(index: Index) -> Iterator[RawFinding]:
    """No name or other name belongs to two parties or entities."""
    for places_by_actor in _repeated_names(index):
        # Three are enough as examples.
        ids = " and ".join(shown(index.actors[number].id) for number in islice(places_by_actor, 3))
        group = object()
        for number, places in places_by_actor.items() if len(places_by_actor) > 1 else ():
            actor = index.actors[number]
            message = f"{shown(_value_at(actor, places[0]))} is a name of {ids}"
            yield RawFinding("ambiguous-name", message, places[0], part=actor, group=group)


def unknown_id(index: Index) -> Iterator[RawFinding]:
    """Every reference to a party, an entity or a source is the id of one."""
    actors = {actor.id for actor in index.actors}
    references = index.references
    unknown = [(part, key, i, id_) for part, key, ids in references for i, id_ in enumerate(ids) if id_ not in actors]
    if unknown:
        intended = _intended_actor(index)
        # Equal ids share their message and hint, because a hostile file has a quarter of a million of them.
        texts = {
            id_: (f"{shown(id_)} is neither a party nor an entity", partial(_actor_hint, intended, id_, index))
            for _, _, _, id_ in unknown
        }
        for part, key, i, id_ in unknown:
            yield RawFinding("unknown-id", texts[id_][0], (key, i), texts[id_][1], part=part)
    sources = dict.fromkeys(source.id for source in index.agreement.sources)
    search = cache(lambda: Search(index.agreement))
    for quote in index.quotes:
        if quote.source is not None and quote.source not in sources:
            message = f"{shown(quote.source)} is not a source"
            hint = partial(_source_hint, sources, quote, search)
            yield RawFinding("unknown-id", message, ("source",), hint, part=quote)


def _intended_actor(index: Index) -> Callable[[str], str | None]:
    """Return a function from an unknown id to the id that was probably meant."""

    # An author who wrote a name has been offered its slug by `bad-id`. Map that slug to the id.
    @cache
    def by_slug() -> dict[str | None, str]:
        return {slug(name): actor.id for actor in index.actors for name in reversed(names_of(actor))}

    def intended(unknown: str) -> str | None:
        return by_slug().get(unknown) or misspelt(unknown, dict.fromkeys(actor.id for actor in index.actors))

    return intended


_UNKNOWN = "add it to '{}', or write an id that is there"


def _actor_hint(intended: Callable[[str], str | None], unknown: str, index: Index) -> Hint | str | None:
    """Return the hint that suggests the id that was meant, or else to add a party or an entity."""
    meant = intended(unknown)
    if meant is None:
        return _UNKNOWN.format("entities")
    groups = {actor.id for actor in index.actors if actor.members}

    def is_wrong(spot: Spot) -> bool:
        """Whether the list would have the id twice, or a member that it cannot have."""
        *holder, key, _ = spot.path
        is_nested = key == "members" and (meant in groups or meant == spot.value_at((*holder, "id")))
        return meant in spot.value_at((*holder, key)) or is_nested

    return did_you_mean(meant, write(meant, safe=False).unless(is_wrong))


def _source_hint(sources: Collection[str], quote: Quote, search: Callable[[], Search]) -> Hint | str | None:
    """Return the hint that suggests the source that was meant, or else to add one. There, the quote must occur once."""
    meant = closest(str(quote.source), sources)
    if meant is None:
        return _UNKNOWN.format("sources")
    fix = write(meant, safe=False).unless(lambda _: not search().is_once_in_whole_words(evolve(quote, source=meant)))
    return did_you_mean(meant, fix)


def nested_group(index: Index) -> Iterator[RawFinding]:
    """No member has members itself, except a coalition (a party with members) that is a member of an entity.

    Nothing is a member of itself.
    """
    groups = {actor.id: actor for actor in index.actors if actor.members}
    for actor in index.actors:
        for i, member in enumerate(actor.members):
            if member == actor.id:
                message = f"{shown(member)} is a member of itself"
                yield RawFinding("nested-group", message, ("members", i), part=actor)
            elif member in groups and (isinstance(actor, Party) or isinstance(groups[member], Entity)):
                message = f"{shown(member)} has members of its own, so it cannot be a member here"
                yield RawFinding("nested-group", message, ("members", i), part=actor)


def end_before_start(index: Index) -> Iterator[RawFinding]:
    """The end is not certainly before the start."""
    period = index.agreement.validity
    if period is not None and not can_follow(period.end, period.start):
        message = f"the end {period.end} is before the start {period.start}"
        yield _contradiction("end-before-start", message, period, RawRelated("the start", ("start",), period))


def end_of_open_ended(index: Index) -> Iterator[RawFinding]:
    """A period that is open-ended has no end."""
    period = index.agreement.validity
    if period is not None and period.open_ended and period.end is not None:
        message = f"the period is open-ended, but also ends on {period.end}"
        yield _contradiction("end-of-open-ended", message, period, RawRelated("open_ended", ("open_ended",), period))


def ended_before_signed(index: Index) -> Iterator[RawFinding]:
    """The end is not certainly before the signing."""
    period = index.agreement.validity
    if period is not None and not can_follow(period.end, index.agreement.signed_on):
        message = f"the end {period.end} is before the signing {index.agreement.signed_on}"
        yield _contradiction("ended-before-signed", message, period, RawRelated("the signing", ("signed_on",)))


def _contradiction(code: str, message: str, period: ValidityPeriod, other: RawRelated) -> RawFinding:
    """Return the finding for an end that something else contradicts."""
    return RawFinding(code, message, ("end",), part=period, related=(other,), rest=": one of the two is wrong")


def relation_to_itself(index: Index) -> Iterator[RawFinding]:
    """No agreement relates to itself."""
    for relation in index.agreement.relations:
        if relation.agreement == index.agreement.id:
            message = f"{shown(relation.agreement)} is this agreement itself"
            hint = "write the id of the other agreement, or remove the relation"
            yield RawFinding("relation-to-itself", message, ("agreement",), hint, part=relation)


def translation_into_own_language(index: Index) -> Iterator[RawFinding]:
    """No translation is into the language of the record itself."""
    own = folded_tag(index.agreement.language)
    for part in index.translated:
        for translation in part.translations:
            if folded_tag(translation.language) == own:
                message = f"{shown(translation.language)} is the agreement's own language"
                path = ("translations", translation.language)
                yield RawFinding("translation-into-own-language", message, path, part=part, at_key=True)


#: The rules of this stage. `too-many` belongs to the stage of structure.
RULES: tuple[AgreementRule, ...] = (
    Rule(too_many, {}),
    Rule(duplicate_id, {"duplicate-id": Severity.ERROR}),
    Rule(duplicate_value, {"duplicate-value": Severity.ERROR}),
    Rule(ambiguous_name, {"ambiguous-name": Severity.ERROR}),
    Rule(unknown_id, {"unknown-id": Severity.ERROR}),
    Rule(nested_group, {"nested-group": Severity.ERROR}),
    Rule(end_before_start, {"end-before-start": Severity.ERROR}),
    Rule(end_of_open_ended, {"end-of-open-ended": Severity.ERROR}),
    Rule(ended_before_signed, {"ended-before-signed": Severity.ERROR}),
    Rule(relation_to_itself, {"relation-to-itself": Severity.ERROR}),
    Rule(translation_into_own_language, {"translation-into-own-language": Severity.ERROR}),
)
