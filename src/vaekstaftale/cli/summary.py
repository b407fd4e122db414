"""An agreement as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from vaekstaftale import wording
from vaekstaftale.display import printable, shortened
from vaekstaftale.model.agreement import Agreement, Relation
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.parties import Party
from vaekstaftale.model.paths import actors_of
from vaekstaftale.model.validity import ValidityPeriod
from vaekstaftale.quotes.search import count_found, unquoted

WIDTH = 80
_LABEL = 11
#: The most characters of a name where it is repeated.
_MOST_OF_A_NAME = 80


def summary(agreement: Agreement, on: date) -> str:
    """Return what an agreement states, and its status on a day, in lines of at most 80 characters."""
    return "\n".join(line.rstrip() for line in _lines(agreement, on)) + "\n"


def _lines(agreement: Agreement, on: date) -> Iterator[str]:
    title = _wrapped(agreement.title)
    yield from title
    yield "=" * max(map(len, title))
    yield ""
    yield from _facts(agreement, on)
    # Cut, because a promise may name a thousand of them.
    names = {actor.id: shortened(printable(actor.name), _MOST_OF_A_NAME) for _, actor in reversed(actors_of(agreement))}
    for initiative in agreement.initiatives:
        yield ""
        number = printable(wording.numbered(initiative))
        yield from _wrapped(number + initiative.title, hanging=" " * min(len(number), WIDTH // 2))
        yield from _promises(names, initiative.commitments)
    if agreement.general_commitments:
        yield ""
        yield "General"
        yield from _promises(names, agreement.general_commitments)
    yield ""
    yield from _unquoted(agreement)


def _facts(agreement: Agreement, on: date) -> Iterator[str]:
    yield from _fact("Id", [agreement.id])
    yield from _fact("Parties", map(_party, agreement.parties))
    yield from _fact("Signed", [str(agreement.signed_on or "not stated")])
    yield from _fact("Validity", _validity(agreement.validity))
    length = agreement.effective_period.length
    if length is not None:
        start = " from the signing" if agreement.validity is None or agreement.validity.start is None else ""
        yield from _fact("Length", [wording.length(length) + start])
    yield from _fact("Status", [f"{wording.STATUS[agreement.status_on(on)]} (on {on})"])
    found, quotes = count_found(agreement)
    yield from _fact("Quotes", [f"{found} of {wording.count(quotes, 'quote')} found"])
    yield from _fact("Relations", map(_relation, agreement.relations))
    if not agreement.complete:
        yield from _fact("Complete", ["no, the sources contain only a part"])
    if agreement.note is not None:
        yield from _fact("Note", [agreement.note])


def _fact(label: str, values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from _wrapped(value, first=label.ljust(_LABEL), hanging=" " * _LABEL)
        label = ""


def _party(party: Party) -> str:
    names = f" (also {', '.join(party.other_names)})" if party.other_names else ""
    people = "; ".join(map(wording.representative, party.representatives))
    return f"{party.name}{names}" + (f": {people}" if people else "")


def _validity(period: ValidityPeriod | None) -> Iterator[str]:
    if period is None or (period.start is None and period.end is None and not period.open_ended):
        yield "not stated"
    else:
        start = "" if period.start is None else f"from {period.start} "
        end = "until further notice" if period.open_ended else f"to {period.end or 'a day that is not stated'}"
        yield start + end
    for quote in () if period is None else period.quotes:
        yield f"»{quote.exact}«"


def _relation(relation: Relation) -> str:
    other = " – ".join(filter(None, (relation.agreement, relation.title)))
    return f"{wording.word(relation.kind)} {other}"


def _promises(names: Mapping[str, str], commitments: Sequence[Commitment]) -> Iterator[str]:
    for commitment in commitments:
        yield ""
        label = f"{commitment.label} " if commitment.label else ""
        yield from _wrapped(label + commitment.text, first=" * ", hanging="   ")
        actors = ", ".join(names.get(actor, actor) for actor in commitment.actors) or "nobody is named"
        strength = wording.word(commitment.strength) if commitment.strength else "strength not stated"
        due = f", by {commitment.due_on}" if commitment.due_on else ""
        unquoted = "" if commitment.quotes else ", no quote"
        yield from _wrapped(f"{actors} [{strength}{due}{unquoted}]", first="   -- ", hanging="      ")
        if commitment.condition is not None:
            yield from _wrapped(f"on condition: {commitment.condition}", first="   -- ", hanging="      ")


def _unquoted(agreement: Agreement) -> Iterator[str]:
    """Yield the words of the sources that are neither quoted nor skipped: what the author may have overlooked."""
    stretches = unquoted(agreement)
    if not any(source.text for source in agreement.sources):
        yield "No source has its text here, so no quote can be checked."
    elif not stretches:
        yield "All words of the sources are quoted or skipped."
    else:
        yield "Words of the sources that are neither quoted nor skipped:"
        for stretch in stretches:
            yield f"   {stretch.source}: {shortened(printable(' '.join(stretch.text.split())), 60)}"


def _wrapped(text: str, first: str = "", hanging: str = "") -> list[str]:
    line = printable(" ".join(text.split()))
    return textwrap.wrap(line, WIDTH, initial_indent=first, subsequent_indent=hanging, break_on_hyphens=False)
