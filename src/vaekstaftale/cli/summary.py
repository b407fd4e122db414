"""An agreement as text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from vaekstaftale import wording
from vaekstaftale.display import printable, shortened
from vaekstaftale.model.agreement import Agreement, Relation
from vaekstaftale.model.commitments import Commitment
from vaekstaftale.model.parties import Party, representative_line
from vaekstaftale.model.paths import actors_of
from vaekstaftale.model.validity import ValidityPeriod
from vaekstaftale.quotes.search import Search
from vaekstaftale.wording import Words

WIDTH = 80
_LABEL = 11
#: The most characters of a name where it is repeated.
_MOST_OF_A_NAME = 80


def summary(agreement: Agreement, on: date, language: str = "en") -> str:
    """Return what an agreement states, and its status on a day, in lines of at most 80 characters."""
    lines = _Summary(agreement, on, wording.words_of(language)).lines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


class _Summary:
    """Writes one agreement in the words of one language."""

    def __init__(self, agreement: Agreement, on: date, words: Words) -> None:
        self._agreement = agreement
        self._on = on
        self._words = words
        self._search = Search(agreement)

    def lines(self) -> Iterator[str]:
        """Yield all lines."""
        agreement = self._agreement
        title = _wrapped(agreement.title)
        yield from title
        yield "=" * max(map(len, title))
        yield ""
        yield from self._facts()
        # Cut, because a promise may name a thousand of them.
        actors = reversed(actors_of(agreement))
        names = {actor.id: shortened(printable(actor.name), _MOST_OF_A_NAME) for _, actor in actors}
        for initiative in agreement.initiatives:
            yield ""
            number = printable(wording.numbered(initiative))
            yield from _wrapped(number + initiative.title, hanging=" " * min(len(number), WIDTH // 2))
            yield from self._promises(names, initiative.commitments)
        if agreement.general_commitments:
            yield ""
            yield self._words.label("show_general")
            yield from self._promises(names, agreement.general_commitments)
        yield ""
        yield from self._unquoted()

    def _facts(self) -> Iterator[str]:
        agreement, words = self._agreement, self._words
        yield from self._fact("show_id", [agreement.id])
        yield from self._fact("show_parties", map(self._party, agreement.parties))
        yield from self._fact("show_signed", [str(agreement.signed_on or words.label("not_stated"))])
        yield from self._fact("show_validity", self._validity(agreement.validity))
        length = agreement.effective_period.length
        if length is not None:
            from_signing = agreement.validity is None or agreement.validity.start is None
            key = "show_length_from_signing" if from_signing else "show_length_value"
            yield from self._fact("show_length", [words.label(key, length=words.length(length))])
        status = words.named("statuses", agreement.status_on(self._on), 0)
        yield from self._fact("show_status", [words.label("show_status_value", status=status, day=self._on)])
        found, number = self._search.count_found()
        yield from self._fact(
            "show_quotes", [words.label("show_quotes_value", number or 2, found=found, number=number)]
        )
        yield from self._fact("show_relations", map(self._relation, agreement.relations))
        if not agreement.complete:
            yield from self._fact("show_complete", [words.label("show_incomplete")])
        if agreement.note is not None:
            yield from self._fact("show_note", [agreement.note])

    def _fact(self, key: str, values: Iterable[str]) -> Iterator[str]:
        label = self._words.label(key)
        for value in values:
            yield from _wrapped(value, first=label.ljust(_LABEL), hanging=" " * _LABEL)
            label = ""

    def _party(self, party: Party) -> str:
        names = f" ({self._words.label('show_also')} {', '.join(party.other_names)})" if party.other_names else ""
        people = "; ".join(map(representative_line, party.representatives))
        return f"{party.name}{names}" + (f": {people}" if people else "")

    def _validity(self, period: ValidityPeriod | None) -> Iterator[str]:
        words = self._words
        if period is None or (period.start is None and period.end is None and not period.open_ended):
            yield words.label("not_stated")
        else:
            start = "" if period.start is None else words.label("show_from", start=period.start)
            end = words.label("show_open_ended")
            if not period.open_ended:
                end = words.label("show_to", end=period.end or words.label("show_unknown_end"))
            yield start + end
        for quote in () if period is None else period.quotes:
            yield f"»{quote.exact}«"

    def _relation(self, relation: Relation) -> str:
        other = " – ".join(filter(None, (relation.agreement, relation.title)))
        return f"{self._words.named('relations', relation.kind).lower()} {other}"

    def _promises(self, names: Mapping[str, str], commitments: Sequence[Commitment]) -> Iterator[str]:
        words = self._words
        for commitment in commitments:
            yield ""
            label = f"{commitment.label} " if commitment.label else ""
            yield from _wrapped(label + commitment.text, first=" * ", hanging="   ")
            nobody = words.label("nobody").lower()
            actors = ", ".join(names.get(actor, actor) for actor in commitment.actors) or nobody
            strength = words.label("show_unassessed")
            if commitment.strength is not None:
                strength = words.named("strengths", commitment.strength, 1)
            due = f", {words.label('show_due')} {commitment.due_on}" if commitment.due_on else ""
            no_quote = "" if commitment.quotes else f", {words.label('show_no_quote')}"
            yield from _wrapped(f"{actors} [{strength}{due}{no_quote}]", first="   -- ", hanging="      ")
            if commitment.condition is not None:
                condition = words.label("show_condition", text=commitment.condition)
                yield from _wrapped(condition, first="   -- ", hanging="      ")

    def _unquoted(self) -> Iterator[str]:
        """Yield the words of the sources that are neither quoted nor skipped: what the author may have overlooked."""
        stretches = self._search.unquoted()
        if not any(source.text for source in self._agreement.sources):
            yield self._words.label("show_no_text")
        elif not stretches:
            yield self._words.label("show_all_quoted")
        else:
            yield self._words.label("show_unquoted")
            for stretch in stretches:
                yield f"   {stretch.source}: {shortened(printable(' '.join(stretch.text.split())), 60)}"


def _wrapped(text: str, first: str = "", hanging: str = "") -> list[str]:
    line = printable(" ".join(text.split()))
    return textwrap.wrap(line, WIDTH, initial_indent=first, subsequent_indent=hanging, break_on_hyphens=False)
