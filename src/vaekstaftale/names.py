"""How names and words are compared: as equal, and as near."""

from __future__ import annotations

from itertools import accumulate, groupby, takewhile
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from vaekstaftale.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Longer words are no slips of the hand, and comparing them would be slow.
LONGEST_WORD = 100
#: So many pairs of letters are compared for one word, which takes some milliseconds.
MOST_WORK = 80_000


def nfc(text: str) -> str:
    """Put a text in Unicode NFC, in a time that grows with its length.

    The standard library orders the marks on one letter in quadratic time, which a hundred thousand marks would make
    half a minute. Marks that are in order already cost it nothing.
    """
    if len(text) > _FEW_MARKS and not text.isascii():
        runs = groupby(text.translate(_MARKS_IN_DISGUISE), key=lambda character: combining(character) > 0)
        text = "".join(
            "".join(sorted(characters, key=combining) if are_marks else characters) for are_marks, characters in runs
        )
    return normalize("NFC", text)


_FEW_MARKS = 1_000

#: The characters that look like letters to the ordering of marks, and decompose into marks only.
_MARKS_IN_DISGUISE = {0x0F73: "\u0f71\u0f72", 0x0F75: "\u0f71\u0f74", 0x0F81: "\u0f71\u0f80"}


def fold(name: str) -> str:
    """Reduce a name to what counts when names are compared: Unicode NFC, case folded."""
    return nfc(name).casefold()


def fold_all(names: Sequence[str]) -> list[str]:
    """Fold several names, all at once: that is faster than one by one."""
    folded = fold("\n".join(names)).split("\n")  # nothing joins with a line feed, so each is folded by itself
    return folded if len(folded) == len(names) else [fold(name) for name in names]


def near(word: str, choices: Iterable[str]) -> str | None:
    """Find the choice that `word` was probably meant to be, or `None`.

    "Near" is `difflib.get_close_matches` with its cutoff of 0.6, on case-folded words.
    """
    if len(word) > LONGEST_WORD:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - only needed where something is wrong

    spellings: dict[str, str] = {}
    for choice in choices:
        if len(choice) <= LONGEST_WORD:
            spellings.setdefault(choice.casefold(), choice)
    found = get_close_matches(word.casefold(), _bounded(word.casefold(), list(spellings)), n=1, cutoff=0.6)
    return spellings[found[0]] if found else None


def unknown(name: str, wanted: str, choices: Iterable[str]) -> UnknownName:
    """Make the error that nothing goes by a name, with the choice that comes near, if there is one."""
    suggestion = near(name, choices)
    return UnknownName(name, wanted=wanted, suggestions=() if suggestion is None else (suggestion,))


def _bounded(word: str, choices: list[str]) -> list[str]:
    """Leave as many choices as can be compared with little work, those first that begin like the word."""
    most = MOST_WORK // max(len(word), 1)
    if sum(map(len, choices)) <= most:
        return choices
    likely_first = sorted(choices, key=lambda choice: choice[:2] != word[:2])
    lengths = accumulate(map(len, likely_first))
    return [choice for choice, _ in zip(likely_first, takewhile(lambda length: length <= most, lengths), strict=False)]
