"""The words of pages and of `vaekstaftale show`, in the languages in which the library has them.

`data/words.da.json` and `data/words.en.json` have the words; no other module has any. To add a language, add its file,
and name it in `LANGUAGES`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from vaekstaftale.files.disk import packaged
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.commitments import Initiative

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

#: The languages of pages.
LANGUAGES = ("da", "en")
#: The language of a page about agreements in no such language, or in several.
DEFAULT = "en"

#: Numbers up to this one are written as words in sentences.
_MOST_IN_WORDS = 12


class Words:
    """The words of one language, and how it writes numbers, dates and lists."""

    def __init__(self, tag: str) -> None:
        #: The language, as a BCP 47 tag.
        self.tag = tag
        self._data: dict[str, Any] = json.loads(packaged(f"words.{tag}.json"))
        self.locale = str(self._data["locale"])
        #: What begins and ends a quote.
        self.quotation_marks: tuple[str, str] = tuple(self._data["quotation_marks"])

    def label(self, key: str, number: int | None = None, /, **values: object) -> str:
        """Return a label, with values filled in. One with several forms has one for each number of things, at most."""
        form = self.form(key, number)
        return form.format(**values) if values else form

    def form(self, key: str, number: int | None = None) -> str:
        """Return the form of a label for a number of things, with nothing filled in."""
        forms = self._data["labels"][key]
        return str(forms if number is None else forms[min(max(number, 1), len(forms)) - 1])

    def named(self, group: str, member: Enum | str, form: int | None = None) -> str:
        """Return the word for a value of an enum, in one of its forms."""
        word = self._data[group][member if isinstance(member, str) else member.value]
        return str(word if form is None else word[form])

    # Numbers.

    def digits(self, number: int) -> str:
        """Return a number in digits: `1.900`."""
        return f"{number:,}".replace(",", self._data["thousands"])

    def number(self, number: int, noun: str | None = None) -> str:
        """Return a number as sentences have it: up to twelve in words, in the gender of a noun."""
        if number > _MOST_IN_WORDS:
            return self.digits(number)
        if number == 1 and noun is not None and self._data["nouns"][noun][2]:
            return str(self._data["one_neuter"])
        return str(self._data["numbers"][number])

    def count(self, number: int, noun: str, *, in_digits: bool = False) -> str:
        """Return a number of things: `ni løfter`."""
        written = self.digits(number) if in_digits else self.number(number, noun)
        return f"{written} {self._data['nouns'][noun][number != 1]}"

    def share(self, percent: int) -> str:
        """Return a share in percent."""
        return str(self._data["share"]).format(share=percent)

    # Dates.

    def day(self, value: object) -> str:
        """Return a date or a partial date: `5. september 2017`, `september 2017`, `2017`."""
        year, *more = map(int, str(value).split("-"))
        month = self._data["months"][more[0] - 1] if more else ""
        if len(more) > 1:
            return str(self._data["day"]).format(day=more[1], month=month, year=year)
        return f"{month} {year}".strip()

    def length(self, value: relativedelta) -> str:
        """Return a calendar length: `9 måneder 26 dage`."""
        parts = ((value.years, "year"), (value.months, "month"), (value.days, "day"))
        return " ".join(self.count(number, unit, in_digits=True) for number, unit in parts if number)

    # Lists.

    @property
    def conjunction(self) -> str:
        """The word before the last item of a list."""
        return f" {self._data['and']} "

    def listed(self, items: Sequence[str]) -> str:
        """Return a list in words: `A, B og C`."""
        return self.conjunction.join(filter(None, (", ".join(items[:-1]), *items[-1:])))


@cache
def words_of(tag: str) -> Words:
    """Return the words of a language. Raises `ValueError` for one that the library has no words of."""
    if tag not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(map(repr, LANGUAGES))}, not {tag!r}")
    return Words(tag)


def language_of(agreements: Iterable[Agreement]) -> str:
    """Return the language of a page: that of all agreements if it is one that the library has words of."""
    tags = {primary(agreement.language) for agreement in agreements}
    tag = tags.pop() if len(tags) == 1 else DEFAULT
    return tag if tag in LANGUAGES else DEFAULT


def primary(tag: str) -> str:
    """Return the language of a tag without region and script: `da` for `da-DK`."""
    return tag.lower().partition("-")[0]


def capitalized(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


# --- What is the same in all languages --------------------------------------------------------------------


def count(number: int, thing: str) -> str:
    """Return a number of things in English, for messages: `1 file`, `9 files`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def numbered(initiative: Initiative) -> str:
    """Return how the source numbers an initiative, with a space after it, or an empty string: `§ 2 `, `2. `."""
    if initiative.label is not None:
        return f"{initiative.label} "
    return "" if initiative.number is None else f"{initiative.number}. "


def split(template: str, values: Mapping[str, Any]) -> list[Any]:
    """Return a label in pieces, with elements in the places of its `{keys}`."""
    pieces = re.split(r"\{(\w+)\}", template)
    return [values[piece] if index % 2 else piece for index, piece in enumerate(pieces)]
