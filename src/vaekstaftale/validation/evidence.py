"""The rules of evidence: quotes occur in their sources, and checksums match."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from vaekstaftale.display import shortened, shown
from vaekstaftale.model.sources import Quote
from vaekstaftale.problems import RawFinding, Severity
from vaekstaftale.quotes.closest import differing
from vaekstaftale.quotes.search import Search
from vaekstaftale.validation.rule import AgreementRule, Index, Rule


def quote_occurs_once(index: Index) -> Iterator[RawFinding]:
    """A quote occurs in a candidate source (the one that it names, or else any with text), and there in one place.

    A quote that names an unknown source is a problem of coherence.
    """
    search = Search(index.agreement)
    known = {None, *(source.id for source in index.agreement.sources)}
    for quote in index.quotes:
        if quote.source not in known or (count := search.count(quote)) == 1:
            continue
        exact = shown(quote.exact)
        if count > 1:
            code, message = "quote-ambiguous", f"{exact} occurs in several places of the same source"
            hint: Any = "add the words before it as prefix, or those after it as suffix"
        elif search.has_whole_text(quote.source):
            code, message = "quote-not-found", f"{exact} does not occur in the source"
            hint = partial(_closest_hint, quote, search)
        else:
            code, hint = "quote-unchecked", None
            message = f"{exact} cannot be checked: the source's text is not here, or only a part of it"
        yield RawFinding(code, message, ("exact",), hint, part=quote)


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


def sha256_matches(index: Index) -> Iterator[RawFinding]:
    """A checksum is the SHA-256 of the text."""
    for source in index.agreement.sources:
        if source.sha256 is not None and source.text is not None:
            from hashlib import sha256  # noqa: PLC0415 - slow to import, and only validation needs it

            actual = sha256(source.text.encode()).hexdigest()
            if actual != source.sha256:
                message = "the text has another SHA-256"
                yield RawFinding("sha256-mismatch", message, ("sha256",), f"it is {actual}", part=source)


#: The rules of this stage.
RULES: tuple[AgreementRule, ...] = (
    Rule(
        quote_occurs_once,
        {
            "quote-not-found": Severity.ERROR,
            "quote-ambiguous": Severity.WARNING,
            "quote-unchecked": Severity.WARNING,
        },
    ),
    Rule(sha256_matches, {"sha256-mismatch": Severity.ERROR}),
)
