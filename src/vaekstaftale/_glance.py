"""One look at an agreement, which shows nearly always that no rule of coherence can find anything.

The rules keep at hand where everything stands, which an agreement without problems spares them: the look takes a third
of their time. It may miss that an agreement is coherent; it must never miss that one is not, and a test looks for one.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from vaekstaftale.dates import can_follow
from vaekstaftale.names import fold_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaekstaftale.model import Agreement, Commitment, Quote, Translation


def is_coherent_at_a_glance(agreement: Agreement) -> bool:
    """Tell whether an agreement is certainly coherent; `False` only means that the rules must look."""
    commitments = [*agreement.general_commitments]
    quotes = [*agreement.quotes]
    translations = [*agreement.translations]
    for initiative in agreement.initiatives:
        commitments += initiative.commitments
        quotes += initiative.quotes
        translations += initiative.translations
    for commitment in commitments:
        quotes += commitment.quotes
        translations += commitment.translations
    return (
        _are_actors_right(agreement, commitments, translations)
        and _all_differ([initiative.id for initiative in agreement.initiatives])
        and _all_differ([commitment.id for commitment in commitments])
        and _are_topics_right(commitments)
        and _are_sources_right(agreement, quotes)
        and _is_period_right(agreement)
        and all(relation.agreement != agreement.id for relation in agreement.relations)
        and agreement.language.lower() not in map(str.lower, {one.language for one in translations})
    )


def _are_actors_right(agreement: Agreement, commitments: list[Commitment], translations: list[Translation]) -> bool:
    """Look at all parties and entities, and at the references to them; add their translations to the others."""
    actors = agreement.parties + agreement.entities
    ids = {actor.id for actor in actors}
    names = []
    groups = []
    references = []
    for actor in actors:
        names.append(actor.name)
        names += actor.other_names
        translations += actor.translations
        if actor.members:
            groups.append(actor.id)
            references.append(actor.members)
    for commitment in commitments:
        references += commitment.actors, commitment.mentions
    return (
        len(ids) == len(actors)
        and _all_differ(fold_all(names))
        and ids.issuperset(chain.from_iterable(references))
        and all(len(some) == len(set(some)) for some in references if len(some) > 1)
        and (not groups or set(groups).isdisjoint(chain.from_iterable(actor.members for actor in actors)))
    )


def _are_topics_right(commitments: list[Commitment]) -> bool:
    topics: list[str] = []
    for commitment in commitments:
        topics += commitment.topics
    folded = fold_all(topics)
    end = 0
    for commitment in commitments:
        start, end = end, end + len(commitment.topics)
        if not _all_differ(folded[start:end]):
            return False
    return True


def _are_sources_right(agreement: Agreement, quotes: list[Quote]) -> bool:
    for relation in agreement.relations:
        quotes += relation.quotes
    if agreement.validity is not None:
        quotes += agreement.validity.quotes
    ids = {source.id for source in agreement.sources}
    return len(ids) == len(agreement.sources) and {None, *ids}.issuperset({quote.source for quote in quotes})


def _is_period_right(agreement: Agreement) -> bool:
    period = agreement.validity
    if period is None or period.end is None:
        return True
    return (
        not period.open_ended and can_follow(period.end, period.start) and can_follow(period.end, agreement.signed_on)
    )


def _all_differ(values: Sequence[object]) -> bool:
    return len(set(values)) == len(values)
