"""Hypothesis strategies for agreements and their parts, for the tests of programs that use them.

They need Hypothesis, which the extra `testing` installs. They draw everything that an agreement may contain, unusual
characters included.
"""

from __future__ import annotations

import string
from hashlib import sha256
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from vaekstaftale.matching import fold
from vaekstaftale.model.agreement import Agreement, Relation, RelationKind
from vaekstaftale.model.commitments import Commitment, Initiative, Strength
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.parties import Entity, EntityKind, Party, Representative
from vaekstaftale.model.sources import Quote, Source, SourceKind
from vaekstaftale.model.strings import has_visible
from vaekstaftale.model.translations import Translation
from vaekstaftale.model.validity import ValidityPeriod

_Draw = Any
_Texts = list[tuple[str, list[str]]]

_texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(has_visible)
_parts_of_ids = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=5)
_ids = st.lists(_parts_of_ids, min_size=1, max_size=3).map("-".join)
_languages = st.sampled_from(["en", "en-GB", "de", "kl", "fo", "sv-FI", "x-eget", "zh-Hant-TW"])
_days = st.dates(min_value=PartialDate("1000").earliest)
_names = st.lists(_texts, max_size=2, unique_by=fold)
_translations = st.lists(
    st.builds(Translation, language=_languages, text=_texts),
    max_size=2,
    unique_by=lambda translation: translation.language,
)


def _optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _some_of(choices: list[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(choices), max_size=most, unique=True) if choices else st.just([])


def partial_dates() -> st.SearchStrategy[PartialDate]:
    """Draw a year, a month or a day."""
    return _partial_dates()


@st.composite
def _partial_dates(draw: _Draw) -> PartialDate:
    day = draw(_days).isoformat()
    return PartialDate(day[: draw(st.sampled_from([4, 7, 10]))])


# --- Sources and quotes -----------------------------------------------------------------------------------


def quotes() -> st.SearchStrategy[Quote]:
    """Draw a quote of any words. The quotes in `sources` and `agreements` occur in a source."""
    return st.builds(Quote, exact=_texts, prefix=_optional(_texts), suffix=_optional(_texts), locator=_optional(_texts))


@st.composite
def _occurring(draw: _Draw, texts: _Texts) -> Quote:
    """Draw a quote of whole words of one of some texts, given by id and by words."""
    source, words = draw(st.sampled_from(texts))
    bounds = sorted(draw(st.lists(st.integers(0, len(words)), min_size=4, max_size=4)))
    first = draw(st.sampled_from([i for i, word in enumerate(words) if has_visible(word)]))
    start, end = min(bounds[1], first), max(bounds[2], first + 1)
    before, exact, after = (" ".join(some) for some in (words[bounds[0] : start], words[start:end], words[end:]))
    return Quote(
        exact=exact,
        prefix=draw(_optional(st.just(before))) if has_visible(before) else None,
        suffix=draw(_optional(st.just(after))) if has_visible(after) else None,
        source=draw(_optional(st.just(source))),
        locator=draw(_optional(_texts)),
    )


def _occurring_quotes(texts: _Texts) -> st.SearchStrategy[list[Quote]]:
    return st.lists(_occurring(texts), max_size=2) if texts else st.just([])


def _words_of(sources: list[Source]) -> _Texts:
    return [(source.id, source.text.split()) for source in sources if source.text is not None]


def sources() -> st.SearchStrategy[Source]:
    """Draw a source. If it has a text and a checksum, they match."""
    return _sources()


@st.composite
def _sources(draw: _Draw) -> Source:
    text = draw(_optional(st.lists(_texts, min_size=1, max_size=4).map(" ".join)))
    source = Source(
        id=draw(_ids),
        kind=draw(st.sampled_from(SourceKind)),
        title=draw(_optional(_texts)),
        url=draw(_optional(st.just("https://example.org/aftale?id=1#a"))),
        publisher=draw(_optional(_texts)),
        contact=draw(_optional(_texts)),
        published_on=draw(_optional(partial_dates())),
        updated_on=draw(_optional(partial_dates())),
        retrieved_on=draw(_optional(partial_dates())),
        language=draw(_optional(_languages)),
        text=text,
        excerpt=draw(st.booleans()),
        sha256=draw(_optional(st.just(sha256((text or "").encode()).hexdigest()))),
        note=draw(_optional(_texts)),
    )
    return evolve(source, skipped=draw(_occurring_quotes(_words_of([source]))))


# --- Parties, entities and commitments --------------------------------------------------------------------

_representatives = st.one_of(
    st.builds(Representative, name=_texts, office=_optional(_texts)), st.builds(Representative, office=_texts)
)


def parties() -> st.SearchStrategy[Party]:
    """Draw a party without members."""
    return st.builds(
        Party,
        id=_ids,
        name=_texts,
        representatives=st.lists(_representatives, max_size=2),
        translations=_translations,
        note=_optional(_texts),
    )


def entities() -> st.SearchStrategy[Entity]:
    """Draw an entity without members."""
    return st.builds(
        Entity,
        id=_ids,
        name=_texts,
        kind=st.sampled_from(EntityKind),
        translations=_translations,
        note=_optional(_texts),
    )


def commitments() -> st.SearchStrategy[Commitment]:
    """Draw a commitment that refers to nobody and quotes nothing."""
    return st.builds(
        Commitment,
        id=_ids,
        text=_texts,
        strength=_optional(st.sampled_from(Strength)),
        topics=_names,
        label=_optional(_texts),
        condition=_optional(_texts),
        due_on=_optional(partial_dates()),
        common_id=_optional(_ids),
        translations=_translations,
        note=_optional(_texts),
    )


def initiatives() -> st.SearchStrategy[Initiative]:
    """Draw an initiative whose commitments have different ids."""
    return st.builds(
        Initiative,
        id=_ids,
        title=_texts,
        number=_optional(st.integers(1, 9999)),
        label=_optional(_texts),
        commitments=st.lists(commitments(), max_size=2, unique_by=lambda commitment: commitment.id),
        common_id=_optional(_ids),
        translations=_translations,
        note=_optional(_texts),
    )


# --- Agreements -------------------------------------------------------------------------------------------

_periods = st.one_of(
    st.builds(ValidityPeriod, start=_optional(partial_dates())),
    st.builds(ValidityPeriod, end=partial_dates()),
    st.builds(ValidityPeriod, start=_optional(partial_dates()), open_ended=st.just(value=True)),
    st.builds(lambda first, last: ValidityPeriod(start=min(first, last), end=max(first, last)), _days, _days),
)


def agreements() -> st.SearchStrategy[Agreement]:
    """Draw an agreement that is coherent, and whose quotes occur in its sources."""
    return _agreements()


@st.composite
def _agreements(draw: _Draw) -> Agreement:

    def different(strategy: st.SearchStrategy[Any], *, least: int = 0, most: int) -> list[Any]:
        items: list[Any] = draw(st.lists(strategy, min_size=least, max_size=most, unique_by=lambda item: item.id))
        return items

    all_sources = different(sources(), least=1, most=2)
    quote_lists = _occurring_quotes(_words_of(all_sources))
    all_parties = different(parties(), least=1, most=3)
    party_ids = [party.id for party in all_parties]
    all_entities = [entity for entity in different(entities(), most=3) if entity.id not in party_ids]
    entity_ids = [entity.id for entity in all_entities]
    # Names differ. Members must not have members themselves: either parties have members, or entities.
    count = len(party_ids) + len(entity_ids)
    names = iter(draw(st.lists(_texts, min_size=2 * count, max_size=2 * count, unique_by=fold)))
    are_parties_groups = draw(st.booleans())
    members = {Party: entity_ids if are_parties_groups else [], Entity: [] if are_parties_groups else party_ids}
    actors = [
        evolve(
            actor,
            name=next(names),
            other_names=draw(st.sampled_from([[], [next(names)]])),
            members=draw(_some_of(members[type(actor)], most=2)),
        )
        for actor in (*all_parties, *all_entities)
    ]

    def complete(commitment: Commitment) -> Commitment:
        return evolve(
            commitment,
            actors=draw(_some_of(party_ids + entity_ids)),
            mentions=draw(_some_of(party_ids + entity_ids)),
            quotes=draw(quote_lists),
        )

    all_commitments = list(map(complete, different(commitments(), most=4)))
    all_initiatives = different(initiatives(), most=2)
    step = len(all_initiatives) + 1
    validity = draw(_optional(_periods))
    id_ = draw(_ids)
    other_ids = _ids.filter(lambda other_id: other_id != id_)
    kinds = st.sampled_from(RelationKind)
    relations = st.builds(Relation, kind=kinds, agreement=_optional(other_ids), title=_texts, quotes=quote_lists)
    return Agreement(
        id=id_,
        title=draw(_texts),
        language="da",
        signed_on=draw(_optional(partial_dates())) if validity is None or validity.end is None else None,
        validity=validity and evolve(validity, quotes=draw(quote_lists)),
        parties=actors[: len(all_parties)],
        entities=actors[len(all_parties) :],
        initiatives=[
            evolve(initiative, commitments=all_commitments[number::step], quotes=draw(quote_lists))
            for number, initiative in enumerate(all_initiatives)
        ],
        general_commitments=all_commitments[step - 1 :: step],
        complete=draw(st.booleans()),
        relations=draw(st.lists(relations, max_size=2)),
        quotes=draw(quote_lists),
        sources=all_sources,
        translations=draw(_translations),
        note=draw(_optional(_texts)),
    )


__all__ = [
    "agreements",
    "commitments",
    "entities",
    "initiatives",
    "partial_dates",
    "parties",
    "quotes",
    "sources",
]


def __dir__() -> list[str]:
    return __all__
