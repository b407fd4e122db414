"""The rules that make an agreement coherent: ids and names are unique, references lead somewhere, dates are in order.

A rule takes an `Index` and yields violations. It first makes sure, cheaply, that there is something to find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any

from vaekstaftale.display import did_you_mean, shown
from vaekstaftale.matching import closest, fold_all, slug
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.dates import can_follow
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.paths import actors_of, commitments_of, quotes_of, translation_holders
from vaekstaftale.model.translations import same_language
from vaekstaftale.problems import Path, Violation
from vaekstaftale.validation.index import Index
from vaekstaftale.validation.registry import Stage, rule


@rule(Stage.COHERENCE, "duplicate-id")
def duplicate_id(index: Index) -> Iterator[Violation]:
    """Parties and entities share one namespace; initiatives, commitments and sources have one each."""
    agreement = index.agreement
    if not _all_differ([actor.id for actor in index.actors]):
        yield from _duplicate_ids("party or entity", actors_of(agreement))
    if not _all_differ([initiative.id for initiative in agreement.initiatives]):
        yield from _duplicate_ids("initiative", _numbered("initiatives", agreement.initiatives))
    if not _all_differ([commitment.id for commitment in index.commitments]):
        yield from _duplicate_ids("commitment", commitments_of(agreement))
    if not _all_differ([source.id for source in agreement.sources]):
        yield from _duplicate_ids("source", _numbered("sources", agreement.sources))


def _duplicate_ids(thing: str, parts: Sequence[tuple[Path, Any]]) -> Iterator[Violation]:
    for id_, indices in _repeated([part.id for _, part in parts]):
        message = f"{shown(id_)} is already the id of another {thing}"
        yield Violation("duplicate-id", message, among=tuple((*parts[i][0], "id") for i in indices))


def _numbered(key: str, parts: Sequence[Any]) -> list[tuple[Path, Any]]:
    return [((key, i), part) for i, part in enumerate(parts)]


@rule(Stage.COHERENCE, "duplicate-value")
def duplicate_value(index: Index) -> Iterator[Violation]:
    """No value occurs twice in a list of ids, names or topics, and no other name is equal to the name."""
    if not _all_differ(index.names):
        for path, actor in actors_of(index.agreement):
            for name, indices in _repeated(fold_all(_names(actor)), _names(actor)):
                yield _repeated_value(name, "a name here", [(*path, *_path_of_name(i)) for i in indices])
    if any(len({*ids}) < len(ids) for ids in index.references):
        for path, ids in _references(index.agreement):
            for id_, indices in _repeated(ids):
                yield _repeated_value(id_, _REFERENCES[path[-1]], [(*path, i) for i in indices])
    if any(len({*topics}) < len(topics) for topics in index.topics):
        for topics, (path, commitment) in zip(index.topics, commitments_of(index.agreement), strict=True):
            for topic, indices in _repeated(topics, commitment.topics):
                yield _repeated_value(topic, "a topic", [(*path, "topics", i) for i in indices])


def _repeated_value(value: str, thing: str, paths: Iterable[Path]) -> Violation:
    return Violation("duplicate-value", f"{shown(value)} is repeated as {thing}", among=tuple(paths))


@rule(Stage.COHERENCE, "ambiguous-name")
def ambiguous_name(index: Index) -> Iterator[Violation]:
    """No name or other name belongs to two parties or entities."""
    if _all_differ(index.names):
        return
    actors = actors_of(index.agreement)
    places = [(path, actor, position) for path, actor in actors for position in range(1 + len(actor.other_names))]
    written = [name for _, actor in actors for name in _names(actor)]
    for name, indices in _repeated(index.names, written):
        owners: dict[Path, tuple[str, int]] = {}
        for path, actor, position in map(places.__getitem__, indices):
            owners.setdefault(path, (actor.id, position))
        if len(owners) > 1:
            # Of very many, three show what is meant.
            ids = " and ".join(shown(id_) for id_, _ in islice(owners.values(), 3))
            among = tuple((*path, *_path_of_name(position)) for path, (_, position) in owners.items())
            yield Violation("ambiguous-name", f"{shown(name)} is a name of {ids}", among=among)


@rule(Stage.COHERENCE, "unknown-id")
def unknown_id(index: Index) -> Iterator[Violation]:
    """Every reference to a party, an entity or a source is the id of one."""
    if not {actor.id for actor in index.actors}.issuperset(chain.from_iterable(index.references)):
        actors = dict.fromkeys(actor.id for actor in index.actors)
        references = (
            ((*path, i), id_)
            for path, ids in _references(index.agreement)
            if not actors.keys() >= {*ids}
            for i, id_ in enumerate(ids)
        )
        yield from _unknown(references, actors, "neither a party nor an entity", _meant_actor(index, actors))
    if not {None, *[source.id for source in index.agreement.sources]}.issuperset([one.source for one in index.quotes]):
        sources = dict.fromkeys(source.id for source in index.agreement.sources)
        named = (
            ((*path, "source"), quote.source) for path, quote in quotes_of(index.agreement) if quote.source is not None
        )
        yield from _unknown(named, sources, "not a source", lambda id_: closest(id_, sources))


def _meant_actor(index: Index, ids: Collection[str]) -> Callable[[str], str | None]:
    # An unknown id may be the slug of a name: where a name is written instead of an id, `bad-id` suggests its slug.
    # This leads from the slug to the id.
    @cache
    def by_name() -> dict[str | None, str]:
        return {slug(name): actor.id for actor in index.actors for name in (*actor.other_names, actor.name)}

    return lambda id_: by_name().get(id_) or closest(id_, ids)


def _unknown(
    references: Iterable[tuple[Path, str]],
    known: Collection[str],
    what: str,
    meant: Callable[[str], str | None],
) -> Iterator[Violation]:
    @cache
    def hint_for(id_: str) -> Callable[[], str | None]:
        return cache(lambda: did_you_mean(meant(id_)))

    for path, id_ in references:
        if id_ not in known:
            yield Violation("unknown-id", f"{shown(id_)} is {what}", path, hint_for(id_))


@rule(Stage.COHERENCE, "nested-group")
def nested_group(index: Index) -> Iterator[Violation]:
    """No member has members itself, except a coalition (a party with members) that is a member of an entity.

    Nothing is a member of itself.
    """
    groups = {actor.id: actor for actor in index.actors if actor.members}
    if groups.keys().isdisjoint(chain.from_iterable([actor.members for actor in groups.values()])):
        return
    for path, actor in actors_of(index.agreement):
        for i, member in enumerate(actor.members):
            place = (*path, "members", i)
            if member == actor.id:
                yield Violation("nested-group", f"{shown(member)} is a member of itself", place)
            elif member in groups and (isinstance(actor, Party) or isinstance(groups[member], Entity)):
                message = f"{shown(member)} has members of its own, so it cannot be a member here"
                yield Violation("nested-group", message, place)


@rule(Stage.COHERENCE, "end-before-start")
def end_before_start(index: Index) -> Iterator[Violation]:
    """The end is not certainly before the start."""
    period = index.agreement.validity
    if period is not None and not can_follow(period.end, period.start):
        message = f"the end {period.end} is before the start {period.start}"
        yield Violation("end-before-start", message, ("validity", "end"))


@rule(Stage.COHERENCE, "end-of-open-ended")
def end_of_open_ended(index: Index) -> Iterator[Violation]:
    """A period that is open-ended has no end."""
    period = index.agreement.validity
    if period is not None and period.open_ended and period.end is not None:
        message = f"the period is open-ended, but also ends on {period.end}"
        yield Violation("end-of-open-ended", message, ("validity", "end"))


@rule(Stage.COHERENCE, "ended-before-signed")
def ended_before_signed(index: Index) -> Iterator[Violation]:
    """The end is not certainly before the signing."""
    period = index.agreement.validity
    if period is not None and not can_follow(period.end, index.agreement.signed_on):
        message = f"the end {period.end} is before the signing {index.agreement.signed_on}"
        yield Violation("ended-before-signed", message, ("validity", "end"))


@rule(Stage.COHERENCE, "relation-to-itself")
def relation_to_itself(index: Index) -> Iterator[Violation]:
    """No agreement relates to itself."""
    for i, relation in enumerate(index.agreement.relations):
        if relation.agreement == index.agreement.id:
            message = f"{shown(index.agreement.id)} is this agreement itself"
            yield Violation("relation-to-itself", message, ("relations", i, "agreement"))


@rule(Stage.COHERENCE, "translation-into-own-language")
def translation_into_own_language(index: Index) -> Iterator[Violation]:
    """No translation is into the language of the record itself."""
    own = index.agreement.language
    if not any(same_language(language, own) for language in {one.language for one in index.translations}):
        return
    for path, translations in translation_holders(index.agreement):
        for translation in translations:
            if same_language(translation.language, own):
                yield own_language_violation(translation.language, (*path, "translations", translation.language))


def own_language_violation(language: str, path: Path) -> Violation:
    """Return the violation for a translation into the record's own language."""
    message = f"{shown(language)} is the agreement's own language"
    return Violation("translation-into-own-language", message, path, at_key=True)


# --- Helpers ----------------------------------------------------------------------------------------------

#: The keys whose values are ids of parties and entities, and what each of the ids is there.
_REFERENCES: Mapping[str | int, str] = {"members": "a member", "actors": "an actor", "mentions": "a mention"}


def _references(agreement: Agreement) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the lists of ids that refer to parties and entities, with their paths."""
    for path, actor in actors_of(agreement):
        yield (*path, "members"), actor.members
    for path, commitment in commitments_of(agreement):
        yield (*path, "actors"), commitment.actors
        yield (*path, "mentions"), commitment.mentions


def _names(actor: Party | Entity) -> tuple[str, ...]:
    return (actor.name, *actor.other_names)


def _path_of_name(position: int) -> Path:
    """Return the path of one of the names of `_names`."""
    return ("other_names", position - 1) if position else ("name",)


def _all_differ(values: Collection[str]) -> bool:
    return len(set(values)) == len(values)


def _repeated(values: Sequence[str], written: Sequence[str] | None = None) -> Iterator[tuple[str, list[int]]]:
    """Yield each value that occurs more than once, with the indices where it occurs.

    The value is in its last spelling, because the first occurrence is usually not reported.
    """
    if _all_differ(values):
        return
    indices: dict[str, list[int]] = defaultdict(list)
    for i, value in enumerate(values):
        indices[value].append(i)
    for found in indices.values():
        if len(found) > 1:
            yield (written or values)[found[-1]], found
