"""Hypothesis strategies for coherent agreements and their parts."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from vaekstaftale import (
    Agreement,
    Commitment,
    Entity,
    EntityKind,
    Initiative,
    PartialDate,
    Party,
    Quote,
    Relation,
    RelationKind,
    Representative,
    Source,
    SourceKind,
    Strength,
    Translation,
    ValidityPeriod,
)
from vaekstaftale.matching import fold
from vaekstaftale.model.strings import has_visible

Draw = Any

characters = st.characters(codec="utf-8")
texts = st.text(characters, min_size=1, max_size=20).filter(has_visible)
ids = st.lists(st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=5), min_size=1, max_size=3).map(
    "-".join
)
languages = st.sampled_from(["en", "en-GB", "de", "kl", "fo", "sv-FI", "x-eget", "zh-Hant-TW"])
days = st.dates(min_value=PartialDate("1000").earliest)


@st.composite
def partial_dates(draw: Draw) -> PartialDate:
    day = draw(days).isoformat()
    return PartialDate(day[: draw(st.sampled_from([4, 7, 10]))])


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some_of(choices: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(choices), max_size=2, unique=True) if choices else st.just([])


translations = st.lists(
    st.builds(Translation, language=languages, text=texts),
    max_size=2,
    unique_by=lambda translation: translation.language,
)
names = st.lists(texts, max_size=2, unique_by=fold)


def quotes(sources: list[str]) -> st.SearchStrategy[list[Quote]]:
    source = optional(st.sampled_from(sources))
    return st.lists(
        st.builds(
            Quote,
            exact=texts,
            prefix=optional(texts),
            suffix=optional(texts),
            source=source,
            locator=optional(texts),
        ),
        max_size=2,
    )


periods = st.one_of(
    st.builds(ValidityPeriod, start=optional(partial_dates())),
    st.builds(ValidityPeriod, end=partial_dates()),
    st.builds(ValidityPeriod, start=optional(partial_dates()), open_ended=st.just(value=True)),
    st.builds(lambda first, last: ValidityPeriod(start=min(first, last), end=max(first, last)), days, days),
)

representatives = st.one_of(
    st.builds(Representative, name=texts, office=optional(texts)), st.builds(Representative, office=texts)
)


@st.composite
def agreements(draw: Draw) -> Agreement:
    """Draw an agreement that loads: unique ids, known references, unambiguous names, dates in order."""
    party_ids = draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    entity_ids = [id_ for id_ in draw(st.lists(ids, max_size=3, unique=True)) if id_ not in party_ids]
    actor_ids = party_ids + entity_ids
    count = len(actor_ids)
    actor_names = draw(st.lists(texts, min_size=2 * count, max_size=2 * count, unique_by=fold))
    other_names = {id_: draw(some_of([name])) for id_, name in zip(actor_ids, actor_names[count:], strict=True)}
    # A member must not have members of its own: either parties have members, or entities.
    are_parties_groups = draw(st.booleans())
    source_ids = draw(st.lists(ids, min_size=1, max_size=2, unique=True))
    commitment_ids = draw(st.lists(ids, max_size=4, unique=True))
    actor_lists = st.lists(st.sampled_from(actor_ids), max_size=3, unique=True)
    quote_lists = quotes(source_ids)
    validity = draw(optional(periods))
    id_ = draw(ids)

    def commitments(chosen_ids: list[str]) -> list[Commitment]:
        return [
            Commitment(
                id=commitment_id,
                text=draw(texts),
                actors=draw(actor_lists),
                strength=draw(optional(st.sampled_from(Strength))),
                mentions=draw(actor_lists),
                topics=draw(names),
                label=draw(optional(texts)),
                condition=draw(optional(texts)),
                due_on=draw(optional(partial_dates())),
                common_id=draw(optional(ids)),
                quotes=draw(quote_lists),
                translations=draw(translations),
                note=draw(optional(texts)),
            )
            for commitment_id in chosen_ids
        ]

    initiative_ids = draw(st.lists(ids, max_size=2, unique=True))
    signed_on = draw(optional(partial_dates())) if validity is None or validity.end is None else None
    return Agreement(
        id=id_,
        title=draw(texts),
        language="da",
        signed_on=signed_on,
        validity=validity
        and ValidityPeriod(
            start=validity.start, end=validity.end, open_ended=validity.open_ended, quotes=draw(quote_lists)
        ),
        parties=[
            Party(
                id=party_id,
                name=name,
                other_names=other_names[party_id],
                representatives=draw(st.lists(representatives, max_size=2)),
                members=draw(some_of(entity_ids)) if are_parties_groups else (),
                translations=draw(translations),
                note=draw(optional(texts)),
            )
            for party_id, name in zip(party_ids, actor_names, strict=False)
        ],
        entities=[
            Entity(
                id=entity_id,
                name=name,
                kind=draw(st.sampled_from(EntityKind)),
                other_names=other_names[entity_id],
                members=() if are_parties_groups else draw(some_of(party_ids)),
                translations=draw(translations),
                note=draw(optional(texts)),
            )
            for entity_id, name in zip(entity_ids, actor_names[len(party_ids) : count], strict=True)
        ],
        initiatives=[
            Initiative(
                id=initiative_id,
                title=draw(texts),
                number=draw(optional(st.integers(1, 9999))),
                label=draw(optional(texts)),
                commitments=commitments(commitment_ids[index :: len(initiative_ids) + 1]),
                common_id=draw(optional(ids)),
                quotes=draw(quote_lists),
                translations=draw(translations),
                note=draw(optional(texts)),
            )
            for index, initiative_id in enumerate(initiative_ids)
        ],
        general_commitments=commitments(commitment_ids[len(initiative_ids) :: len(initiative_ids) + 1]),
        complete=draw(st.booleans()),
        relations=draw(
            st.lists(
                st.builds(
                    Relation,
                    kind=st.sampled_from(RelationKind),
                    agreement=optional(ids.filter(lambda related_id: related_id != id_)),
                    title=texts,
                    quotes=quote_lists,
                ),
                max_size=2,
            )
        ),
        quotes=draw(quote_lists),
        sources=[
            Source(
                id=source_id,
                kind=draw(st.sampled_from(SourceKind)),
                title=draw(optional(texts)),
                url=draw(optional(st.just("https://example.org/aftale?id=1#a"))),
                publisher=draw(optional(texts)),
                contact=draw(optional(texts)),
                published_on=draw(optional(partial_dates())),
                updated_on=draw(optional(partial_dates())),
                retrieved_on=draw(optional(partial_dates())),
                language=draw(optional(languages)),
                text=draw(optional(texts)),
                skipped=draw(quote_lists),
                excerpt=draw(st.booleans()),
                sha256=draw(optional(st.just("0" * 64))),
                note=draw(optional(texts)),
            )
            for source_id in source_ids
        ],
        translations=draw(translations),
        note=draw(optional(texts)),
    )
