"""What the rules of one agreement look at, collected once.

Nearly all agreements are coherent, so the index has what is needed to see that quickly: plain lists and folded names,
without paths. A rule that finds something wrong looks again, with paths.
"""

from __future__ import annotations

from typing import NamedTuple

from vaekstaftale.matching import fold_all
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.parties import Entity, Party
from vaekstaftale.model.sources import Quote
from vaekstaftale.model.translations import Translation


class Index(NamedTuple):
    """What the rules of one agreement look at."""

    agreement: Agreement
    #: The parties and then the entities.
    actors: tuple[Party | Entity, ...]
    #: First the commitments of the initiatives, in order, then the general ones.
    commitments: list[Commitment]
    #: The name and other names of all actors, folded.
    names: list[str]
    #: The topics of each commitment, folded.
    topics: list[list[str]]
    #: The non-empty lists of ids that refer to parties and entities: members, actors, mentions.
    references: list[tuple[str, ...]]
    #: All translations.
    translations: list[Translation]
    #: All quotes, in no particular order.
    quotes: list[Quote]


def index_of(agreement: Agreement) -> Index:
    """Collect what the rules look at."""
    actors = agreement.parties + agreement.entities
    names: list[str] = []
    references: list[tuple[str, ...]] = []
    translations = [*agreement.translations]
    quotes = [*agreement.quotes]
    for actor in actors:
        names.append(actor.name)
        names += actor.other_names
        translations += actor.translations
        if actor.members:
            references.append(actor.members)
    commitments: list[Commitment] = []
    for initiative in agreement.initiatives:
        commitments += initiative.commitments
        translations += initiative.translations
        quotes += initiative.quotes
    commitments += agreement.general_commitments
    topics: list[str] = []
    for commitment in commitments:
        topics += commitment.topics
        translations += commitment.translations
        quotes += commitment.quotes
        if commitment.actors:
            references.append(commitment.actors)
        if commitment.mentions:
            references.append(commitment.mentions)
    for relation in agreement.relations:
        quotes += relation.quotes
    if agreement.validity is not None:
        quotes += agreement.validity.quotes
    folded = fold_all(names + topics)
    topics_of_each, end = [], len(names)
    for commitment in commitments:
        start, end = end, end + len(commitment.topics)
        topics_of_each.append(folded[start:end])
    return Index(
        agreement,
        actors,
        commitments,
        folded[: len(names)],
        topics_of_each,
        references,
        translations,
        quotes,
    )
