"""The rules of evidence: quotes occur in their sources, and checksums match."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from attrs import evolve

from vaekstaftale.display import escaped_for_json, shortened, shown
from vaekstaftale.matching import normalized
from vaekstaftale.model.sources import Quote
from vaekstaftale.problems import Hint, RawFinding, RawFix, Severity, write
from vaekstaftale.quotes.ambiguous import places_hint
from vaekstaftale.quotes.closest import are_near, differing
from vaekstaftale.quotes.differences import caution, difference
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.search import Occurrences, Search
from vaekstaftale.validation.rule import AgreementRule, Index, Rule


def quote_occurs_once(index: Index) -> Iterator[RawFinding]:
    """A quote occurs in a candidate source, there in one place, and in whole words.

    The candidate source is the one that the quote names, or else any with text. A quote that names an unknown source is
    a problem of coherence.
    """
    search = Search(index.agreement)
    known = {None, *(source.id for source in index.agreement.sources)}
    for some in index.quote_lists:
        skipped_by = None if some.skipped_by is None else some.skipped_by.id
        for quote in some.quotes:
            if quote.source in known:
                most, cut_words = search.look_up(quote, skipped_by)
                if most != 1 or cut_words:
                    yield from _findings(quote, some.as_searched(quote), Occurrences(most, cut_words), search)


def _findings(quote: Quote, searched: Quote, found: Occurrences, search: Search) -> Iterator[RawFinding]:
    """Yield what is wrong with the occurrences of a quote, which is searched with the source that it comes from."""
    if found.most != 1:
        yield _not_once(searched, found.most, search)._replace(part=quote)
    if found.cut_words:
        message = f"{shown(quote.exact)} begins or ends inside a word or number of the source"
        yield RawFinding(
            "quote-cuts-word", message, ("exact",), partial(_whole_words_hint, searched, search), part=quote
        )


def _not_once(quote: Quote, most: int, search: Search) -> RawFinding:
    """Return the finding for a quote that does not occur, or that occurs several times in one source."""
    exact, path = shown(quote.exact), ("exact",)
    if most:
        message = f"{exact} occurs in several places of the same source"
        return RawFinding("quote-ambiguous", message, path, partial(places_hint, quote, search))
    hint = partial(_closest_hint, quote, search)
    if search.has_whole_text(quote.source):
        return RawFinding("quote-not-found", f"{exact} does not occur in the source", path, hint)
    message = f"{exact} cannot be checked: the source's text is not here, or only a part of it"
    return RawFinding("quote-unchecked", message, path, hint)


def _whole_words_hint(quote: Quote, search: Search) -> Hint | None:
    words = search.whole_words(quote)
    if words is None:
        return None
    to_check = caution(normalized(quote.exact), words)
    fix = None if to_check else _replacement(quote, words, search)
    return Hint(f"did you mean '{escaped_for_json(words)}'?{to_check}", words, fix)


#: Of longer words, in characters, the hint shows what differs.
_LONG = 500


def _closest_hint(quote: Quote, search: Search) -> Hint | str | None:
    """Return where in a source the closest match is, or that only the words around the quote differ.

    Where the author may have meant something else, the hint says why, so that nobody copies the words unseen.
    """
    match = search.closest(quote)
    if match is None:
        return None
    place = f"in line {match.place.line} of the text of {shown(match.place.source)}"
    path = search.path_of_line(match.place)
    if match.exact is None:
        rest = ", but prefix or suffix do not match there"
        return Hint(f"the words occur {place}", None, None, path, rest, _in_line(match.place))
    exact = normalized(quote.exact)
    words = escaped_for_json(shortened(differing(match.exact, exact, _LONG), _LONG))
    around = ""
    if (quote.prefix or quote.suffix) and not search.look_up(evolve(quote, exact=match.exact)).most:
        around = " without prefix and suffix"
    others = ", or other words that are as close" if match.is_tied else ""
    to_check = caution(exact, match.exact)
    rest = f"{others}?{to_check or difference(exact, match.exact)}"
    is_clear = not to_check and not match.is_tied and search.has_whole_text(quote.source)
    fix = _replacement(quote, match.exact, search) if is_clear else None
    return Hint(f"did you mean '{words}'{around} {place}", match.exact, fix, path, rest, _in_line(match.place))


def _replacement(quote: Quote, words: str, search: Search) -> RawFix | None:
    """Return the fix that writes words of a source instead of those of a quote, if they are near and uncut."""
    is_near = are_near(normalized(quote.exact), words, search.budget_of_fixes)
    if not is_near or not search.is_once_in_whole_words(evolve(quote, exact=words)):
        return None
    return write(words, safe=False)


def _in_line(place: Place) -> slice:
    """Return where in their line the words of a place are; of words on several lines, those on the first."""
    begin = place.source_text.rfind("\n", 0, place.start) + 1
    end = place.source_text.find("\n", place.start, place.end)
    return slice(place.start - begin, (place.end if end < 0 else end) - begin)


def sha256_matches(index: Index) -> Iterator[RawFinding]:
    """A checksum is the SHA-256 of the text."""
    for source in index.agreement.sources:
        if source.sha256 is not None and source.text is not None:
            from hashlib import sha256  # noqa: PLC0415 - slow to import, and only validation needs it

            actual = sha256(source.text.encode()).hexdigest()
            if actual != source.sha256:
                message = "the text has another SHA-256"
                hint = f"if the text was changed, restore it; the checksum of the text that is here is {actual}"
                yield RawFinding("sha256-mismatch", message, ("sha256",), hint, part=source)


#: The rules of this stage.
RULES: tuple[AgreementRule, ...] = (
    Rule(
        quote_occurs_once,
        {
            "quote-not-found": Severity.ERROR,
            "quote-ambiguous": Severity.WARNING,
            "quote-unchecked": Severity.WARNING,
            "quote-cuts-word": Severity.WARNING,
        },
    ),
    Rule(sha256_matches, {"sha256-mismatch": Severity.ERROR}),
)
