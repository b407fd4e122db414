"""How a quote with several occurrences is made unambiguous: the lines of its places, and the words around each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from vaekstaftale.display import escaped_for_json, shown
from vaekstaftale.limits import MAX_COMPARED_PLACES
from vaekstaftale.matching import normalized
from vaekstaftale.model.sources import Quote
from vaekstaftale.quotes.folding import is_inside_word
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.search import Search

#: The most places whose lines are named, and for which a prefix or suffix is.
_NAMED = 3
#: The most characters before or after a place that are compared.
_WIDTH = 300


def places_hint(quote: Quote, search: Search) -> str:
    """Return the lines of the places of a quote, each with the shortest prefix or suffix that makes it unambiguous."""
    places = list(islice(search.places(quote, MAX_COMPARED_PLACES + 1), MAX_COMPARED_PLACES + 1))
    sources = [place.source for place in places]
    source = next(source for source in sources if sources.count(source) > 1)
    inside = [place for place in places if place.source == source]
    where = f"of the text of {shown(source)}"
    distinctions = [distinction(place, inside) for place in inside[:_NAMED]]
    if len(inside) > MAX_COMPARED_PLACES or None in distinctions:
        lines = ", ".join(str(line) for line in dict.fromkeys(place.line for place in inside[:_NAMED]))
        return f"it is in lines {lines} and others {where}: quote more words"
    named = [
        f'"{found[0]}": "{escaped_for_json(found[1])}" for line {place.line}'
        for found, place in zip(distinctions, inside, strict=False)
        if found is not None
    ]
    return f"add {' or '.join(named)} {where}{', or others for other lines' if len(inside) > _NAMED else ''}"


def distinction(place: Place, places: Sequence[Place]) -> tuple[str, str] | None:
    """Return the key and the words that distinguish a place from all others, the shorter of prefix and suffix."""
    others = [other for other in places if other != place]
    suffix = _shortest(_after(place), [_after(other) for other in others])
    prefix = _shortest(_before(place)[::-1], [_before(other)[::-1] for other in others])
    choices = [("prefix", prefix and prefix[::-1]), ("suffix", suffix)]
    enough = [(len(words), key, words) for key, words in choices if words]
    return min(enough)[1:] if enough else None


def _before(place: Place) -> str:
    return normalized(place.source_text[max(place.start - _WIDTH, 0) : place.start])


def _after(place: Place) -> str:
    return normalized(place.source_text[place.end : place.end + _WIDTH])


def _shortest(own: str, others: list[str]) -> str | None:
    """Return the shortest beginning of some words, in whole words, with which none of the others begin."""
    common = max(_equal(own, other) for other in others)
    end = common + 1
    while end < len(own) and (is_inside_word(own, end) or own[end - 1] == " " or not any(map(str.isalnum, own[:end]))):
        end += 1
    return own[:end] if end <= len(own) else None


def _equal(own: str, other: str) -> int:
    """Return the number of characters that are equal from the first one on."""
    pairs = enumerate(zip(own, other, strict=False))
    return next((i for i, (one, another) in pairs if one != another), min(len(own), len(other)))
