"""The rules of evidence: quotes occur in their sources, and checksums match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from unicodedata import normalize

from attrs import evolve

from vaekstaftale.display import escaped_for_json, shortened, shown
from vaekstaftale.matching import normalized
from vaekstaftale.model.sources import Quote
from vaekstaftale.problems import Hint, RawFinding, RawFix, Severity, write
from vaekstaftale.quotes.ambiguous import places_hint
from vaekstaftale.quotes.closest import are_near, differing
from vaekstaftale.quotes.place import Place
from vaekstaftale.quotes.search import ClosestMatch, Occurrences, Search
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
    caution = _caution(quote, words)
    return Hint(
        f"did you mean '{escaped_for_json(words)}'?{caution}", words, _replacement(quote, words, caution, search)
    )


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
    words = escaped_for_json(shortened(differing(match.exact, normalized(quote.exact), _LONG), _LONG))
    around = ""
    if (quote.prefix or quote.suffix) and not search.look_up(evolve(quote, exact=match.exact)).most:
        around = " without prefix and suffix"
    others = ", or other words that are as close" if match.is_tied else ""
    caution = _caution(quote, match.exact)
    rest = f"{others}?{caution or _difference(quote, match)}"
    is_clear = not match.is_tied and search.has_whole_text(quote.source)
    fix = _replacement(quote, match.exact, caution, search) if is_clear else None
    return Hint(f"did you mean '{words}'{around} {place}", match.exact, fix, path, rest, _in_line(match.place))


def _replacement(quote: Quote, words: str, caution: str, search: Search) -> RawFix | None:
    """Return the fix that writes words of a source instead of those of a quote, if they are near and uncut."""
    is_near = are_near(normalized(quote.exact), words, search.budget_of_fixes)
    if not is_near or not search.is_once_in_whole_words(evolve(quote, exact=words)):
        return None
    fix = write(words, safe=False)
    return fix._replace(title=f"{fix.title}.{caution}") if caution else fix


def _in_line(place: Place) -> slice:
    """Return where in their line the words of a place are; of words on several lines, those on the first."""
    begin = place.source_text.rfind("\n", 0, place.start) + 1
    end = place.source_text.find("\n", place.start, place.end)
    return slice(place.start - begin, (place.end if end < 0 else end) - begin)


#: Digits, with and without marks of footnotes ("indsatsen1") and numbers from which a space is missing ("i2017").
_DIGITS = r"\d", r"(?<![^\W\d_])\d+"


def _caution(quote: Quote, words: str) -> str:
    """Return what to check before the words of a source replace those of a quote: its numbers, if they differ."""
    exact = normalized(quote.exact)
    if any(re.findall(pattern, exact) == re.findall(pattern, words) for pattern in _DIGITS):
        return ""
    return " The numbers differ: check which are right"


#: What a reader may not see that two texts differ in: how each is made equal, and how it is called.
_UNSEEN: tuple[tuple[Callable[[str], str], str], ...] = (
    (lambda words: re.sub("[\"'“”„‟«»‘’‚‛´`]", "'", words), "Only the quotation marks differ"),
    (lambda words: re.sub("[\u2010-\u2015\u2212]", "-", words), "Only hyphens or dashes differ"),
    (lambda words: normalize("NFKC", words), "A ligature or another compatible character differs"),
)


def _difference(quote: Quote, match: ClosestMatch) -> str:
    """Return what differs between a quote and the closest words of a source, if it is hard to see."""
    exact, words = normalized(quote.exact), match.exact or ""
    for equalized, difference in _UNSEEN:
        if equalized(exact) == equalized(words):
            return f" {difference}"
    if re.sub("[-\u2010\u2011] ", "", words) == exact:
        return " The source splits a word at the end of a line: quote it as it is there"
    left_out = _left_out(exact.split(), words.split())
    if left_out:
        return f" The quote leaves out {shown(left_out)}: a quote keeps every word of the source, mistakes too"
    return ""


def _left_out(words: list[str], source: list[str]) -> str:
    """Return the words in a row that a quote leaves out, if that is all in which it differs from those of a source."""
    number = len(source) - len(words)
    start = next((i for i, (one, other) in enumerate(zip(words, source, strict=False)) if one != other), len(words))
    is_all = number > 0 and words == source[:start] + source[start + number :]
    return " ".join(source[start : start + number]) if is_all else ""


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
