"""The rules of evidence: quotes occur in their sources, and checksums match."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from vaekstaftale.display import shortened, shown
from vaekstaftale.model.paths import quotes_of
from vaekstaftale.model.sources import Quote
from vaekstaftale.problems import Violation
from vaekstaftale.quotes.closest import differing
from vaekstaftale.quotes.search import Search
from vaekstaftale.validation.index import Index
from vaekstaftale.validation.registry import Stage, rule


@rule(Stage.EVIDENCE, "quote-not-found", warning_codes=("quote-ambiguous", "quote-unchecked"))
def quote_occurs_once(index: Index) -> Iterator[Violation]:
    """A quote occurs in a candidate source (the one that it names, or else any with text), and there in one place.

    A quote that names an unknown source is a problem of coherence.
    """
    search = Search(index.agreement)
    known = {None, *(source.id for source in index.agreement.sources)}
    placed = [(path, quote) for path, quote in quotes_of(index.agreement) if quote.source in known]
    counts = [search.count(quote) for _, quote in placed]
    if counts == [1] * len(counts):
        return

    @cache
    def has_whole_text(source: str | None) -> bool:
        """Return whether there are candidate sources, each with its whole text."""
        candidates = search.candidates(source)
        return bool(candidates) and all(one.text is not None and not one.excerpt for one in candidates)

    for (quote_path, quote), count in zip(placed, counts, strict=True):
        if count == 1:
            continue
        path, words = (*quote_path, "exact"), shown(quote.exact)
        if count > 1:
            message = f"{words} occurs in several places of the same source"
            hint = "add the words before it as prefix, or those after it as suffix"
            yield Violation("quote-ambiguous", message, path, hint)
        elif has_whole_text(quote.source):
            message = f"{words} does not occur in the source"
            yield Violation("quote-not-found", message, path, partial(_closest_hint, quote, search))
        else:
            message = f"{words} cannot be checked: the source's text is not here, or only a part of it"
            yield Violation("quote-unchecked", message, path)


def _closest_hint(quote: Quote, search: Search) -> str | None:
    """Return where in a source the closest match is, or that only the words around the quote differ."""
    match = search.closest(quote)
    if match is None:
        return None
    place = f"in line {match.line} of the text of {shown(match.source)}"
    if match.text is None:
        return f"the words occur {place}, but prefix or suffix do not match there"
    words = shortened(" ".join(differing(match.text, quote.exact).split()), 300)
    return f"did you mean {words!r} {place}?"


@rule(Stage.EVIDENCE, "sha256-mismatch")
def sha256_matches(index: Index) -> Iterator[Violation]:
    """A checksum is the SHA-256 of the text."""
    for i, source in enumerate(index.agreement.sources):
        if source.sha256 is not None and source.text is not None:
            from hashlib import sha256  # noqa: PLC0415 - slow to import, and only validation needs it

            actual = sha256(source.text.encode()).hexdigest()
            if actual != source.sha256:
                message, path = "the text has another SHA-256", ("sources", i, "sha256")
                yield Violation("sha256-mismatch", message, path, f"it is {actual}")
