"""Hypothesis strategies for agreements that hold together, and for the parts of them."""

from __future__ import annotations

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

Draw = Any

characters = st.characters(codec="utf-8")
texts = st.text(characters, min_size=1, max_size=20).filter(lambda text: not text.isspace())
ids = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)
languages = st.sampled_from(["en", "en-GB", "de", "kl", "fo", "sv-FI", "x-eget", "zh-Hant-TW"])
days = st.dates(min_value=PartialDate("1000").earliest)


@st.composite
def partial_dates(draw: Draw) -> PartialDate:
    day = draw(days).isoformat()
    return PartialDate(day[: draw(st.sampled_from([4, 7, 10]))])


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


translations = st.lists(
    st.builds(Translation, language=languages, text=texts), max_size=2, unique_by=lambda one: one.language
)
names = st.lists(texts, max_size=2, unique_by=fold)


def quotes(sources: list[str]) -> st.SearchStrategy[list[Quote]]:
    source = optional(st.sampled_from(sources))
    return st.lists(
        st.builds(Quote, exact=texts, prefix=optional(texts), suffix=optional(texts), source=source), max_size=2
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
    """Build agreements that load: ids unique, references known, names unambiguous, dates in order."""
    party_ids = draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    entity_ids = [id_ for id_ in draw(st.lists(ids, max_size=3, unique=True)) if id_ not in party_ids]
    actor_ids = party_ids + entity_ids
    own_names = draw(st.lists(texts, min_size=len(actor_ids), max_size=len(actor_ids), unique_by=fold))
    source_ids = draw(st.lists(ids, min_size=1, max_size=2, unique=True))
    commitment_ids = draw(st.lists(ids, max_size=4, unique=True))
    some_actors = st.lists(st.sampled_from(actor_ids), max_size=3, unique=True)
    some_quotes = quotes(source_ids)
    validity = draw(optional(periods))
    id_ = draw(ids)

    def commitments(chosen: list[str]) -> list[Commitment]:
        return [
            Commitment(
                id=one,
                text=draw(texts),
                actors=draw(some_actors),
                strength=draw(optional(st.sampled_from(Strength))),
                mentions=draw(some_actors),
                topics=draw(names),
                due_on=draw(optional(partial_dates())),
                common_id=draw(optional(ids)),
                quotes=draw(some_quotes),
                translations=draw(translations),
                note=draw(optional(texts)),
            )
            for one in chosen
        ]

    initiative_ids = draw(st.lists(ids, max_size=2, unique=True))
    signed_on = draw(optional(partial_dates())) if validity is None or validity.end is None else None
    return Agreement(
        id=id_,
        title=draw(texts),
        language="da",
        signed_on=signed_on,
        validity=validity and ValidityPeriod(**{**_fields(validity), "quotes": draw(some_quotes)}),
        parties=[
            Party(
                id=one,
                name=name,
                representatives=draw(st.lists(representatives, max_size=2)),
                members=draw(st.lists(st.sampled_from(entity_ids), max_size=2, unique=True)) if entity_ids else (),
                translations=draw(translations),
                note=draw(optional(texts)),
            )
            for one, name in zip(party_ids, own_names, strict=False)
        ],
        entities=[
            Entity(id=one, name=name, kind=draw(st.sampled_from(EntityKind)), translations=draw(translations))
            for one, name in zip(entity_ids, own_names[len(party_ids) :], strict=True)
        ],
        initiatives=[
            Initiative(
                id=one,
                title=draw(texts),
                number=draw(optional(st.integers(1, 9999))),
                commitments=commitments(commitment_ids[index :: len(initiative_ids) + 1]),
                common_id=draw(optional(ids)),
                quotes=draw(some_quotes),
                translations=draw(translations),
                note=draw(optional(texts)),
            )
            for index, one in enumerate(initiative_ids)
        ],
        general_commitments=commitments(commitment_ids[len(initiative_ids) :: len(initiative_ids) + 1]),
        complete=draw(st.booleans()),
        relations=draw(
            st.lists(
                st.builds(
                    Relation,
                    kind=st.sampled_from(RelationKind),
                    agreement=optional(ids.filter(lambda other: other != id_)),
                    title=texts,
                    quotes=some_quotes,
                ),
                max_size=2,
            )
        ),
        quotes=draw(some_quotes),
        sources=[
            Source(
                id=one,
                kind=draw(st.sampled_from(SourceKind)),
                title=draw(optional(texts)),
                url=draw(optional(st.just("https://example.org/aftale?id=1#a"))),
                updated_on=draw(optional(partial_dates())),
                language=draw(optional(languages)),
                text=draw(optional(texts)),
                excerpt=draw(st.booleans()),
                sha256=draw(optional(st.just("0" * 64))),
            )
            for one in source_ids
        ],
        translations=draw(translations),
        note=draw(optional(texts)),
    )


def _fields(period: ValidityPeriod) -> dict[str, Any]:
    return {"start": period.start, "end": period.end, "open_ended": period.open_ended}
