"""Optional rules, written as a user of the library would write rules of their own.

They report warnings, and run when they are passed as `rules=advice.RULES` or with `vaekstaftale validate --advice`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.dates import can_follow
from vaekstaftale.model.paths import actors_of, quotes_of, translations_by_part
from vaekstaftale.model.words import usual_tag
from vaekstaftale.problems import Finding, pointer
from vaekstaftale.query import commitments
from vaekstaftale.quotes.search import Search


def unquoted_commitment(agreement: Agreement) -> Iterator[Finding]:
    """`advice/unquoted-commitment`: a commitment without a quote."""
    for entry in commitments(agreement):
        if not entry.commitment.quotes:
            message = "no words of a source are quoted for this commitment"
            yield Finding("advice/unquoted-commitment", message, path=entry.path, severity="warning")


def due_after_end(agreement: Agreement) -> Iterator[Finding]:
    """`advice/due-after-end`: a commitment that is certainly due after the end of the effective period."""
    period = agreement.effective_period
    if period.end is None or period.open_ended:
        return
    for entry in commitments(agreement):
        due = entry.commitment.due_on
        if due is not None and due.earliest > period.end.latest:
            message = f"due on {due}, after the end {period.end}"
            yield Finding("advice/due-after-end", message, path=f"{entry.path}/due_on", severity="warning")


def due_before_signing(agreement: Agreement) -> Iterator[Finding]:
    """`advice/due-before-signing`: a commitment that is certainly due before the signing of the agreement."""
    signed = agreement.signed_on
    for entry in commitments(agreement) if signed is not None else ():
        due = entry.commitment.due_on
        if due is not None and not can_follow(due, signed):
            message = f"due on {due}, before the signing on {signed}"
            yield Finding("advice/due-before-signing", message, path=f"{entry.path}/due_on", severity="warning")


def retrieved_before_published(agreement: Agreement) -> Iterator[Finding]:
    """`advice/retrieved-before-published`: a source that was certainly read before it was published or updated."""
    for index, source in enumerate(agreement.sources):
        for what, day in (("published", source.published_on), ("updated", source.updated_on)):
            if not can_follow(source.retrieved_on, day):
                message = f"retrieved on {source.retrieved_on}, before it was {what} on {day}"
                path = f"/sources/{index}/retrieved_on"
                yield Finding("advice/retrieved-before-published", message, path=path, severity="warning")
                break


def unquoted_validity(agreement: Agreement) -> Iterator[Finding]:
    """`advice/unquoted-validity`: a start, an end or "until further notice", without a quote that states it."""
    period = agreement.validity
    if period is not None and (period.start or period.end or period.open_ended) and not period.quotes:
        message = "no words of a source are quoted for the validity"
        yield Finding("advice/unquoted-validity", message, path="/validity", severity="warning")


def unusual_language(agreement: Agreement) -> Iterator[Finding]:
    """`advice/unusual-language`: a tag that people write, but that no registered language has: `dansk`, `en-UK`."""
    tags = {"/language": agreement.language}
    for i, source in enumerate(agreement.sources):
        if source.language is not None:
            tags[f"/sources/{i}/language"] = source.language
    for part, translations in translations_by_part(agreement):
        for one in translations:
            tags[pointer((*part, "translations", one.language))] = one.language
    for path, tag in tags.items():
        usual = usual_tag(tag)
        if usual != tag:
            message = f"{tag!r} is no registered language"
            yield Finding("advice/unusual-language", message, path=path, suggestion=usual, severity="warning")


def unused_entity(agreement: Agreement) -> Iterator[Finding]:
    """`advice/unused-entity`: an entity that nothing refers to."""
    used = {id_ for _, actor in actors_of(agreement) for id_ in actor.members}
    for commitment in agreement.commitments:
        used.update(commitment.actors, commitment.mentions)
    for index, entity in enumerate(agreement.entities):
        if entity.id not in used:
            message = f"nothing refers to the entity {entity.id!r}"
            yield Finding("advice/unused-entity", message, path=f"/entities/{index}", severity="warning")


def number_out_of_order(agreement: Agreement) -> Iterator[Finding]:
    """`advice/number-out-of-order`: initiative numbers that do not rise."""
    numbered = [(i, one.number) for i, one in enumerate(agreement.initiatives) if one.number is not None]
    for (_, before), (index, number) in pairwise(numbered):
        if number <= before:
            message = f"the number {number} follows {before}"
            path = f"/initiatives/{index}/number"
            yield Finding("advice/number-out-of-order", message, path=path, severity="warning")


def quote_outside_excerpt(agreement: Agreement) -> Iterator[Finding]:
    """`advice/quote-outside-excerpt`: a quote that does not occur, while a candidate source is an excerpt."""
    search = Search(agreement)
    for path, quote in quotes_of(agreement):
        if not search.look_up(quote).most and any(source.excerpt for source in search.candidates(quote.source)):
            message = "these words are not in the part of the source that is recorded"
            yield Finding("advice/quote-outside-excerpt", message, path=pointer((*path, "exact")), severity="warning")


#: All optional rules.
RULES: tuple[Callable[[Agreement], Iterator[Finding]], ...] = (
    unquoted_commitment,
    due_after_end,
    due_before_signing,
    retrieved_before_published,
    unquoted_validity,
    unusual_language,
    unused_entity,
    number_out_of_order,
    quote_outside_excerpt,
)


__all__ = [
    "RULES",
    "due_after_end",
    "due_before_signing",
    "number_out_of_order",
    "quote_outside_excerpt",
    "retrieved_before_published",
    "unquoted_commitment",
    "unquoted_validity",
    "unused_entity",
    "unusual_language",
]


def __dir__() -> list[str]:
    return __all__
