"""Commitments, how far they bind, and the initiatives that they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import total_ordering
from typing import Literal, cast

from attrs import field, frozen

from vaekstaftale.model.base import Choice, Value, meaning, to_strings, to_tuple
from vaekstaftale.model.dates import PARTIAL_DATE, PartialDate, to_partial_date
from vaekstaftale.model.forms import EnumForm, InstanceForm, TupleForm
from vaekstaftale.model.numbers import IntegerForm
from vaekstaftale.model.parties import to_ids
from vaekstaftale.model.sources import QUOTES, Quote, to_quotes
from vaekstaftale.model.strings import ID, IDS, NAME, NAMES, TEXT
from vaekstaftale.model.translations import TRANSLATIONS, Translation, to_translations, translation_in


@total_ordering
class Strength(Choice):
    """How far the words of a commitment bind, weakest first: `Strength.SUPPORT > Strength.DISCUSS`.

    The verb that binds the actor counts, not the verb that it governs. If verbs are coordinated, the strongest counts.
    """

    DISCUSS = "discuss", "Discuss, enter into dialogue: *drøfte, gå i dialog*."
    FOLLOW = "follow", "Follow, monitor: *følge, overvåge*."
    WORK_TOWARDS = "work-towards", "Work towards: *arbejde for*."
    SUPPORT = "support", "Back, support, contribute: *bakke op om, understøtte, bidrage til*."
    CARRY_OUT = "carry-out", "Carry out: *igangsætte, iværksætte, etablere, udarbejde*."

    def __lt__(self, other: Strength) -> bool:
        if not isinstance(cast("object", other), Strength):
            return NotImplemented
        order = list(Strength)
        return order.index(self) < order.index(other)


STRENGTH = EnumForm(Strength)


_Strengths = Literal["discuss", "follow", "work-towards", "support", "carry-out"]


def _strength(value: Strength | _Strengths | None) -> Strength | None:
    return cast("Strength | None", STRENGTH.convert(value))


@frozen(kw_only=True, repr=False)
class Commitment(Value):
    """A promise: who is bound, to what, and how firmly."""

    id: str = field(validator=ID, metadata=meaning("Unique among the agreement's commitments."))
    text: str = field(
        validator=TEXT,
        metadata=meaning("What is promised, in the words of the record's author. The quote's own words may be used."),
    )
    actors: tuple[str, ...] = field(
        default=(),
        converter=to_ids,
        validator=IDS,
        metadata=meaning("Who is bound (obligor): ids of parties or entities. Absent: the wording names nobody."),
    )
    strength: Strength | None = field(
        default=None,
        converter=_strength,
        validator=STRENGTH,
        metadata=meaning("How far the words bind, as the record's author reads them."),
    )
    mentions: tuple[str, ...] = field(
        default=(),
        converter=to_ids,
        validator=IDS,
        metadata=meaning("Whom and what it concerns: ids of parties or entities."),
    )
    topics: tuple[str, ...] = field(
        default=(),
        converter=to_strings,
        validator=NAMES,
        metadata=meaning("Free subject terms. Case and Unicode normalization (NFC) do not matter."),
    )
    label: str | None = field(
        default=None,
        validator=NAME,
        metadata=meaning("How the source numbers it, as written: 3.2, b)."),
    )
    condition: str | None = field(
        default=None,
        validator=TEXT,
        metadata=meaning("What must be the case for it to bind, in the words of the record's author."),
    )
    due_on: PartialDate | None = field(
        default=None,
        converter=to_partial_date,
        validator=PARTIAL_DATE,
        metadata=meaning("The deadline, inclusive, if the wording sets one."),
    )
    common_id: str | None = field(
        default=None,
        validator=ID,
        metadata=meaning("An id that the same commitment has in every agreement that shares it."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(), converter=to_quotes, validator=QUOTES, metadata=meaning("The words that it is based on.")
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=to_translations, validator=TRANSLATIONS, metadata=meaning("Translations of the text.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=meaning("A remark by the record's author."))

    text_in = translation_in


COMMITMENTS = TupleForm(InstanceForm(Commitment))


def to_commitments(value: Iterable[Commitment]) -> tuple[Commitment, ...]:
    """Convert an iterable of commitments to a tuple."""
    return to_tuple(value)


@frozen(kw_only=True, repr=False)
class Initiative(Value):
    """An area of joint effort, with the commitments made in it."""

    id: str = field(validator=ID, metadata=meaning("Unique among the agreement's initiatives."))
    title: str = field(validator=NAME, metadata=meaning("The title, in the words of the record's author."))
    number: int | None = field(
        default=None,
        validator=IntegerForm(1, 9999),
        metadata=meaning("The number, only if the source numbers its initiatives."),
    )
    label: str | None = field(
        default=None,
        validator=NAME,
        metadata=meaning("How the source numbers it, as written, if that is not a plain number: § 2, 1a, IV."),
    )
    commitments: tuple[Commitment, ...] = field(
        default=(),
        converter=to_commitments,
        validator=COMMITMENTS,
        metadata=meaning("The commitments, in the source's order."),
    )
    common_id: str | None = field(
        default=None,
        validator=ID,
        metadata=meaning("An id that the same initiative has in every agreement that shares it."),
    )
    quotes: tuple[Quote, ...] = field(
        default=(),
        converter=to_quotes,
        validator=QUOTES,
        metadata=meaning("The words of the heading and the background."),
    )
    translations: tuple[Translation, ...] = field(
        default=(), converter=to_translations, validator=TRANSLATIONS, metadata=meaning("Translations of the title.")
    )
    note: str | None = field(default=None, validator=TEXT, metadata=meaning("A remark by the record's author."))

    title_in = translation_in
