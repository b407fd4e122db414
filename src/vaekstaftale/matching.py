"""Comparing names and words: the form in which they are equal, the closest match, and the id of a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby
from unicodedata import category, combining, is_normalized, normalize

from vaekstaftale.display import require
from vaekstaftale.limits import MAX_COMPARED_CHARACTERS, MAX_ID_LENGTH, MAX_UNSORTED_MARKS, MAX_WORD_LENGTH
from vaekstaftale.problems import UnknownName


def nfc(text: str) -> str:
    """Return a string in Unicode NFC, in linear time.

    The standard library sorts the combining marks on one letter in quadratic time. Sorted marks cost it
    nothing, so in a long string they are sorted first.
    """
    if is_normalized("NFC", text):
        return text
    if len(text) > MAX_UNSORTED_MARKS:
        runs = groupby(text.translate(_MARKS_OF_CLASS_ZERO), key=lambda character: combining(character) > 0)
        text = "".join(
            "".join(sorted(characters, key=combining) if are_marks else characters) for are_marks, characters in runs
        )
    return normalize("NFC", text)


#: The code points of combining class 0 that decompose into combining marks only.
_MARKS_OF_CLASS_ZERO = {0x0F73: "\u0f71\u0f72", 0x0F75: "\u0f71\u0f74", 0x0F81: "\u0f71\u0f80"}


#: The soft hyphen and characters without width, which nobody sees. The file format, "Invisible characters", lists them.
INVISIBLE = "\xad\u200b\u2060\ufeff"

_WITHOUT_INVISIBLE = dict.fromkeys(map(ord, INVISIBLE))


def without_invisible(text: str) -> str:
    """Return a string without its invisible characters."""
    return text.translate(_WITHOUT_INVISIBLE) if any(map(text.__contains__, INVISIBLE)) else text


def normalized(text: str) -> str:
    """Return the form in which quotes and sources are compared.

    That is without invisible characters, in Unicode NFC, with one space for each run of white space, and trimmed.
    """
    return " ".join(nfc(without_invisible(text)).split())


def fold(name: str) -> str:
    """Return the form in which names, topics and words are compared: as quotes are, and without regard to case."""
    require(name, str, "name")
    return nfc(normalized(name).casefold())


def fold_all(names: Sequence[str]) -> list[str]:
    """Return the folded form of several names. One call for all is faster than one for each."""
    # Nothing composes with this separator, and it is not white space, so each name is folded by itself.
    joined = fold(" \0 ".join(names))
    folded = joined.replace(" \0", "\0").replace("\0 ", "\0").split("\0")
    return folded if len(folded) == len(names) else [fold(name) for name in names]


def closest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that `word` was probably meant to be, or `None`.

    This is `difflib.get_close_matches` with its cutoff of 0.6 on case-folded words.
    """
    if len(word) > MAX_WORD_LENGTH:
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - only needed where something is wrong

    spellings: dict[str, str] = {}
    for choice in choices:
        if len(choice) <= MAX_WORD_LENGTH:
            spellings.setdefault(choice.casefold(), choice)
    found = get_close_matches(word.casefold(), _likeliest(word.casefold(), spellings), n=1, cutoff=0.6)
    return spellings[found[0]] if found else None


def _likeliest(word: str, choices: Iterable[str]) -> list[str]:
    """Return as many choices as can be compared within the limit, those that begin like the word first."""
    likely_first = sorted(choices, key=lambda choice: choice[:2] != word[:2])
    lengths = list(accumulate(map(len, likely_first)))
    return likely_first[: bisect_right(lengths, MAX_COMPARED_CHARACTERS // max(len(word), 1))]


def misspelt(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that a word can only be a misspelling of, or `None`. Case is ignored."""
    near = closest(word, choices)
    return near if near is not None and is_misspelt(word.casefold(), near) else None


def is_misspelt(written: str, meant: str) -> bool:
    """Return whether an id, a choice or a key can only be a misspelling of another one.

    "region-nordjylland" is near "region-nordsjaelland" in spelling, but it is another body, and "incomplete" is the
    opposite of "complete". The parts between hyphens or underscores correspond to one another, and each is equal or
    misspelt.
    """
    if re.sub("[-_]", "", written) == re.sub("[-_]", "", meant):
        return True
    parts, meant_parts = ([part for part in re.split("[-_]", id_) if part not in _ARTICLES] for id_ in (written, meant))
    return len(parts) == len(meant_parts) and all(map(_is_misspelt_word, parts, meant_parts))


_ARTICLES = {"de", "den", "det"}


def _is_misspelt_word(word: str, meant: str) -> bool:
    """Return whether a word has the letters of another one in another order, or one letter added, missing or replaced.

    The first letter and the digits are equal. So is the last letter, unless the end is missing or the word is long:
    "replaced" is not "replaces". A long word may lack an ending of two letters. In a short word, a replaced letter may
    make another name: Fanø, Farø.
    """
    same_digits = re.findall("[0-9]", word) == re.findall("[0-9]", meant)
    if word == meant or not same_digits or word[:1] != meant[:1]:
        return word == meant
    if sorted(word) == sorted(meant):
        return True
    from difflib import SequenceMatcher  # noqa: PLC0415 - only needed where something is wrong

    changes = SequenceMatcher(None, word, meant, autojunk=False).get_opcodes()
    number = sum(
        max(end - start, end_of_meant - start_of_meant)
        for kind, start, end, start_of_meant, end_of_meant in changes
        if kind != "equal"
    )
    is_long = len(meant) >= _LONG
    if word.startswith(meant) or meant.startswith(word):
        return number <= (2 if is_long else 1)
    if word[-1:] != meant[-1:]:
        return number == 1 and is_long
    return number == 1 and (len(meant) >= _SHORT or len(word) != len(meant))


#: A word with fewer letters than the first number is short. One with at least as many as the second is long.
_SHORT, _LONG = 6, 9


def unknown_name(name: str, wanted: str, choices: Iterable[str]) -> UnknownName:
    """Return the exception for a name that nothing has, with the closest choice as its suggestion."""
    suggestion = closest(name, choices)
    return UnknownName(name, wanted=wanted, suggestions=() if suggestion is None else (suggestion,))


#: Letters that Unicode does not decompose, or that Danish writes in another way.
_SPELLED_OUT = str.maketrans(
    {
        "æ": "ae",
        "ø": "oe",
        "å": "aa",
        "ð": "d",
        "þ": "th",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        "ı": "i",
    }
)


def slug(name: str) -> str | None:
    """Return the id for a name (æ becomes ae, ø oe, å aa), or `None` if a letter of it has no equivalent in a to z.

    Of a long name, the beginning is enough. What is neither a letter nor a digit is dropped.
    """
    require(name, str, "name")
    plain = nfc(without_invisible(name)).casefold()[: 2 * MAX_ID_LENGTH].translate(_SPELLED_OUT)
    letters = ""
    for character in plain:
        kind = category(character)
        if kind[0] == "L" or kind == "Nd":
            decomposed = normalize("NFKD", character).encode("ascii", "ignore").decode().lower()
            if not decomposed:
                return None
            letters += decomposed
        elif kind[0] != "M":
            letters += " "
    return "-".join(re.findall("[a-z0-9]+", letters))[:MAX_ID_LENGTH].rstrip("-") or None


__all__ = ["fold", "slug"]


def __dir__() -> list[str]:
    return __all__
