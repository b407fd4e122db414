"""What a single value may be: each form told once.

A form is an attrs validator, so no value can be built that breaks it. The reader of files asks the same form
for the code and the words of its problem, and the JSON Schema takes its keywords from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar
from unicodedata import normalize

from attrs import field, frozen

from vaekstaftale.errors import shortened

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum

#: What `str.isspace` calls white space, as a regular-expression class that every dialect reads alike
#: (`\\s` is another set in ECMAScript). A test holds it to `str.isspace`.
WHITE_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

_LEAP_YEAR = "(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)"

_DATE = (
    "[1-9][0-9]{3}"
    "(?:-(?:0[1-9]|1[0-2]))?"
    "|[1-9][0-9]{3}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP_YEAR}-02-29"
)

# RFC 5646, section 2.1, with the irregular grandfathered tags; the regular ones match the first branch.
_LANGUAGE = (
    "(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"
    "(?:-[A-Za-z]{4})?"
    "(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    "(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    "(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*"
    "(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?"
    "|[Xx](?:-[A-Za-z0-9]{1,8})+"
    "|[Ee][Nn]-[Gg][Bb]-[Oo][Ee][Dd]"
    "|[Ii]-(?:[Aa][Mm][Ii]|[Bb][Nn][Nn]|[Dd][Ee][Ff][Aa][Uu][Ll][Tt]|[Ee][Nn][Oo][Cc][Hh][Ii][Aa][Nn]|[Hh][Aa][Kk]"
    "|[Kk][Ll][Ii][Nn][Gg][Oo][Nn]|[Ll][Uu][Xx]|[Mm][Ii][Nn][Gg][Oo]|[Nn][Aa][Vv][Aa][Jj][Oo]|[Pp][Ww][Nn]"
    "|[Tt][Aa][Oo]|[Tt][Aa][Yy]|[Tt][Ss][Uu])"
    "|[Ss][Gg][Nn]-(?:[Bb][Ee]-(?:[Ff][Rr]|[Nn][Ll])|[Cc][Hh]-[Dd][Ee])"
)

_URL = (
    "[Hh][Tt][Tt][Pp][Ss]?://"
    f"(?:[^{WHITE_SPACE}/?#]*@)?"
    f"[^{WHITE_SPACE}/?#:@]+(?::[^{WHITE_SPACE}/?#@]*)?"
    f"(?:[/?#][^{WHITE_SPACE}]*)?"
)


class Form:
    """What a field's value must be. The field's default is always let through."""

    #: The form in words, completing "must be …".
    expected: str
    #: The type of a value that may only be outside the form, not of another kind.
    value_type: ClassVar[type | None] = None

    def accepts(self, value: object) -> bool:
        """Tell whether the value has this form."""
        raise NotImplementedError

    def __call__(self, instance: object, attribute: Any, value: Any) -> None:
        if value is not attribute.default and not self.accepts(value):
            self.refuse(f"{type(instance).__name__}.{attribute.name}", value)

    def refuse(self, name: str, value: object) -> None:
        """Raise the error that names field and value: `ValueError`, or `TypeError` for another kind of value."""
        error = ValueError if type(value) is self.value_type else TypeError
        raise error(f"{name} must be {self.expected}, not {as_python(value)}")


@frozen(eq=False)
class StringForm(Form):
    """A string that a regular expression matches."""

    value_type = str

    #: The code of the problem that a string outside the form gives.
    code: str
    expected: str
    #: In the common part of Python's and ECMAScript's regular expressions, without anchors.
    pattern: str
    #: Whether the pattern must match all of the string, or only some part of it.
    whole: bool = True
    max_length: int | None = None
    #: The pattern's own method: fast, and blind to length and surrogates.
    match: Callable[[str], re.Match[str] | None] = field(init=False, repr=False, eq=False)

    @match.default
    def _compile(self) -> Any:
        compiled = re.compile(self.pattern)
        return compiled.fullmatch if self.whole else compiled.search

    def accepts(self, value: object) -> bool:
        return type(value) is str and self.matches(value) and is_unicode(value)

    def matches(self, value: str) -> bool:
        """Tell whether the string matches; whether it can be written as UTF-8 is another question."""
        return (self.max_length is None or len(value) <= self.max_length) and self.match(value) is not None

    def refuse(self, name: str, value: object) -> None:
        if type(value) is str and not is_unicode(value):
            raise ValueError(f"{name} holds a lone surrogate, which no UTF-8 file can hold: {as_python(value)}")
        super().refuse(name, value)


MAX_ID_LENGTH = 100

ID = StringForm(
    code="bad-id",
    expected="an id: small letters a to z and digits, in parts joined by single hyphens, 100 characters at most",
    pattern="[a-z0-9]+(?:-[a-z0-9]+)*",
    max_length=MAX_ID_LENGTH,
)
TEXT = StringForm(code="empty-text", expected="a text that is not empty", pattern=f"[^{WHITE_SPACE}]", whole=False)
DATE = StringForm(
    code="bad-date",
    expected="a date of the calendar, written YYYY, YYYY-MM or YYYY-MM-DD (years 1000 to 9999)",
    pattern=_DATE,
)
LANGUAGE = StringForm(
    code="bad-language", expected="a language tag such as 'da' or 'en-GB' (BCP 47)", pattern=_LANGUAGE
)
URL = StringForm(
    code="bad-url", expected="a web address with http or https and a host, without white space", pattern=_URL
)
SHA256 = StringForm(
    code="bad-sha256", expected="a SHA-256 in 64 hexadecimal digits, small letters", pattern="[0-9a-f]{64}"
)


@frozen(eq=False)
class NumberForm(Form):
    """An integer between two bounds, both included. `True` is none."""

    value_type = int

    minimum: int
    maximum: int
    code: str = "out-of-range"
    expected: str = field(init=False)

    @expected.default
    def _expected(self) -> str:
        return f"an integer from {self.minimum} to {self.maximum}"

    def accepts(self, value: object) -> bool:
        return type(value) is int and self.minimum <= value <= self.maximum


@frozen(eq=False)
class FlagForm(Form):
    """A `bool`."""

    expected: str = "True or False"

    def accepts(self, value: object) -> bool:
        return type(value) is bool


FLAG = FlagForm()


@frozen(eq=False)
class InstanceForm(Form):
    """A value of one of the library's own classes."""

    cls: type[Any]
    expected: str = field(init=False)

    @expected.default
    def _expected(self) -> str:
        return f"of type {self.cls.__name__}"

    def accepts(self, value: object) -> bool:
        return isinstance(value, self.cls)


@frozen(eq=False)
class ChoiceForm(Form):
    """A member of an enum; its value is the word that a file holds."""

    value_type = str

    enum: type[Enum]
    code: str = "not-a-choice"
    expected: str = field(init=False)

    @expected.default
    def _expected(self) -> str:
        return f"one of {', '.join(map(repr, self.words))}"

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a file may hold, in the enum's order."""
        return tuple(member.value for member in self.enum)

    def accepts(self, value: object) -> bool:
        return isinstance(value, self.enum)

    def member(self, value: object) -> Any:
        """Give the member that a word stands for, and anything else as it is."""
        return self.enum._value2member_map_.get(value, value) if type(value) is str else value


@frozen(eq=False)
class TupleForm(Form):
    """A tuple of values that all have one form."""

    items: Form
    #: Whether there must be at least one.
    required: bool = False
    expected: str = field(init=False)

    @expected.default
    def _expected(self) -> str:
        return f"{'at least one item' if self.required else 'items'}, each {self.items.expected}"

    def accepts(self, value: object) -> bool:
        return type(value) is tuple and all(map(self.items.accepts, value)) and (not self.required or value != ())

    def refuse(self, name: str, value: object) -> None:
        if type(value) is tuple:
            for index, item in enumerate(value):
                if not self.items.accepts(item):
                    self.items.refuse(f"{name}[{index}]", item)
            raise ValueError(f"{name} must hold at least one item")
        raise TypeError(f"{name} must be an iterable of items, and no str, not {as_python(value)}")


def is_unicode(text: str) -> bool:
    """Tell whether UTF-8 can hold the text, that is, whether it has no lone surrogate."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_unicode_throughout(data: object) -> bool:
    """Tell whether UTF-8 can hold every string in some data."""
    waiting = [data]
    for item in waiting:  # grows as it is read
        if type(item) is str and not is_unicode(item):
            return False
        if type(item) is list:
            waiting += item
        elif type(item) is dict:
            waiting += item.values()
    return True


def as_python(value: object) -> str:
    """Show a value in an error about Python code: what it is, and cut where it is long."""
    if isinstance(value, int) and value.bit_length() > 300:
        return "a long number"  # Python writes no integer of more than 4,300 digits
    if value is None or type(value) in (str, bool, int, float):
        return shortened(repr(value), 80)
    return f"{type(value).__name__} {shortened(repr(value), 60)}"


def slug(name: str) -> str | None:
    """Make an id of a name, the Danish way (æ to ae, ø to oe, å to aa), or `None` if nothing is left."""
    plain = name.casefold().translate({ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa"})
    letters = normalize("NFKD", plain[: 2 * MAX_ID_LENGTH]).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", letters))[:MAX_ID_LENGTH].rstrip("-") or None
