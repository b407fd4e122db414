"""How names and words are compared: as equal, and as near."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Longer words are no slips of the hand, and comparing them would be slow.
LONGEST_WORD = 100
#: Of more choices than these, only the first are looked at.
MOST_CHOICES = 1_000


def fold(name: str) -> str:
    """Reduce a name to what counts when names are compared: Unicode NFC, case folded."""
    return normalize("NFC", name).casefold()


def near(word: str, choices: Iterable[str]) -> str | None:
    """Find the choice that `word` was probably meant to be, or `None`.

    "Near" is `difflib.get_close_matches` with its cutoff of 0.6, on case-folded words.
    """
    if len(word) > LONGEST_WORD:
        return None
    spellings: dict[str, str] = {}
    for choice in islice(choices, MOST_CHOICES):
        if len(choice) <= LONGEST_WORD:
            spellings.setdefault(choice.casefold(), choice)
    found = get_close_matches(word.casefold(), spellings, n=1, cutoff=0.6)
    return spellings[found[0]] if found else None
