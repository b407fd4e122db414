"""What differs between the words of a quote and those of a source, for the person who decides which are right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from unicodedata import normalize

from vaekstaftale.display import shortened, shown
from vaekstaftale.matching import is_misspelt
from vaekstaftale.quotes.folding import DASHES, QUOTATION_MARKS

#: Digits, with and without marks of footnotes ("indsatsen1") and numbers from which a space is missing ("i2017").
_DIGITS = r"\d", r"(?<![^\W\d_])\d+"
#: Words that decide what a sentence says, in Danish and English: a pattern that is compiled at its first use.
_DECISIVE = (
    "ikke|ingen|intet|aldrig|hverken|uden|kun|skal|kan|må|vil|bør|"
    "not|no|never|neither|without|only|shall|must|may|can|will|should|cannot"
)
#: Beginnings that reverse a word.
_REVERSING = "u", "in", "ikke", "un", "non", "dis"
#: How many words are named, how much of each is shown, and up to how many words are compared with one another.
_NAMED, _WIDTH, _MOST_COMPARED = 4, 40, 50


def caution(words: str, source: str) -> str:
    """Return what to check before words of a source replace others, or an empty string.

    The numbers differ; or a word that says who or whether: one with a capital letter, a negation or an auxiliary verb,
    if it is not merely misspelt.
    """
    if all(re.findall(pattern, words) != re.findall(pattern, source) for pattern in _DIGITS):
        return " The numbers differ: check which are right"
    decisive = list(dict.fromkeys(_decisive_differences(words, source)))
    if not decisive:
        return ""
    named = ", ".join(shown(shortened(word, _WIDTH)) for word in decisive[:_NAMED])
    return f" They differ in {named}: check which are right"


def _decisive_differences(words: str, source: str) -> list[str]:
    """Return the words that only one of two wordings has, and that may change who promises, or whether."""
    mine, theirs = _words_of(words), _words_of(source)
    if "".join(mine).casefold() == "".join(theirs).casefold():
        return []
    if mine and theirs:
        # A quote may begin or end inside a word of the source.
        if theirs[0].endswith(mine[0]) and not _reverses(mine[0], theirs[0]):
            mine[0] = theirs[0]
        if theirs[-1].startswith(mine[-1]):
            mine[-1] = theirs[-1]
    only_mine, only_theirs = _without(mine, theirs), _without(theirs, mine)
    if max(len(only_mine), len(only_theirs)) > _MOST_COMPARED:
        return only_mine + only_theirs
    in_both = {*mine} & {*theirs}
    return [
        one
        for some, others in ((only_mine, only_theirs), (only_theirs, only_mine))
        for one in some
        if _is_decisive(one, in_both, others) and not any(_is_same(one, other) for other in others)
    ]


def _is_decisive(word: str, in_both: Collection[str], others: Sequence[str]) -> bool:
    """Return whether a word is a negation, an auxiliary verb, perhaps a name, or the opposite of another word."""
    is_name = word[0].isupper() and word not in in_both
    return (
        is_name
        or re.fullmatch(_DECISIVE, word.casefold()) is not None
        or any(_reverses(word, other) for other in others)
    )


def _words_of(text: str) -> list[str]:
    """Return the words of a text, without digits. Those that are split at a hyphen are one."""
    return re.findall(r"[^\W\d_]+", re.sub("[-\u2010\u2011\xad]\\s*", "", text))


def _without(words: list[str], others: list[str]) -> list[str]:
    """Return the words that are not among others, or not as often, in their order. Case is ignored."""
    left = Counter(map(str.casefold, others))
    only = []
    for word in words:
        folded = word.casefold()
        if left[folded]:
            left[folded] -= 1
        else:
            only.append(word)
    return only


def _is_same(word: str, other: str) -> bool:
    """Return whether two words are the same one, misspelt in one of the two."""
    one, another = word.casefold(), other.casefold()
    return is_misspelt(one, another) or is_misspelt(another, one)


def _reverses(word: str, other: str) -> bool:
    """Return whether one of two words says the opposite of the other: "enige", "uenige"."""
    one, another = word.casefold(), other.casefold()
    return any(one == beginning + another or another == beginning + one for beginning in _REVERSING)


#: What a reader may not see that two texts differ in: how each is made equal, and what it is called.
_UNSEEN: tuple[tuple[Callable[[str], str], str], ...] = (
    (lambda words: re.sub(f"[{QUOTATION_MARKS}]", "'", words), "Only the quotation marks differ"),
    (lambda words: re.sub(f"[{DASHES}]", "-", words), "Only hyphens or dashes differ"),
    (lambda words: normalize("NFKC", words), "A ligature or another compatible character differs"),
)


def difference(words: str, source: str) -> str:
    """Return what differs between the words of a quote and those of a source, if it is hard to see."""
    for equalized, name in _UNSEEN:
        if equalized(words) == equalized(source):
            return f" {name}"
    if re.sub("[-\u2010\u2011] ", "", source) == words:
        return " The source splits a word at the end of a line: quote it as it is there"
    left_out = _left_out(words.split(), source.split())
    if left_out:
        return f" The quote leaves out {shown(left_out)}: a quote keeps every word of the source, mistakes too"
    return ""


def _left_out(words: list[str], source: list[str]) -> str:
    """Return the words in a row that a quote leaves out, if that is all in which it differs from those of a source."""
    number = len(source) - len(words)
    start = next((i for i, (one, other) in enumerate(zip(words, source, strict=False)) if one != other), len(words))
    is_all = number > 0 and words == source[:start] + source[start + number :]
    return " ".join(source[start : start + number]) if is_all else ""
