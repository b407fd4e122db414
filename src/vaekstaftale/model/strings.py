"""The kinds of string: texts and names, and strings with a regular expression.

To add a kind, add a form here and use it for a field. The JSON Schema, the list of codes and the tables of the
documentation follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from attrs import field, frozen

from vaekstaftale.display import shown, shown_in_python
from vaekstaftale.limits import (
    MAX_ID_LENGTH,
    MAX_LANGUAGE_LENGTH,
    MAX_NAME_LENGTH,
    MAX_TEXT_LENGTH,
    MAX_URL_LENGTH,
)
from vaekstaftale.matching import INVISIBLE, slug
from vaekstaftale.model.forms import Form, ObjectCheck, TupleForm
from vaekstaftale.model.words import usual_tag
from vaekstaftale.problems import Hint, Path, RawFinding, RawFix, did_you_mean, in_quotes, write, write_id

#: Returns a correction of a string, or `None`. It is suggested only if it has the form.
Correction = Callable[[str], str | None]


class StringForm(Form):
    """A string of at most `max_length` characters."""

    json_type = "a string"
    data_type = str

    @property
    def max_length(self) -> int | None:
        """The most characters, or `None` if the form itself limits the length."""
        raise NotImplementedError

    @property
    def safe_corrections(self) -> tuple[Correction, ...]:
        """The corrections of mistakes after which nothing else can have been meant."""
        return ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections of other common mistakes, the likeliest first."""
        return ()

    def accepts(self, value: object) -> bool:
        return type(value) is str and self.is_right(value) and is_encodable(value)

    def refuse(self, name: str, value: object) -> None:
        if type(value) is str and not is_encodable(value):
            raise ValueError(f"{name} contains {LONE_SURROGATE}: {shown_in_python(value)}")
        if type(value) is str and self.is_too_long(value):
            raise ValueError(f"{name}: {_too_long(value, self.max_length)}")
        super().refuse(name, value)

    def is_too_long(self, string: str) -> bool:
        """Return whether a string has more characters than this form allows."""
        return self.max_length is not None and len(string) > self.max_length

    def findings(self, data: object, path: Path, check_object: ObjectCheck) -> Iterator[RawFinding]:
        if type(data) is str and self.is_right(data) and not is_encodable(data):
            yield surrogate_finding(path)
        else:
            yield from super().findings(data, path, check_object)

    def wrong_value(self, data: Any, path: Path) -> RawFinding:
        if "too-long" in self.codes and self.is_too_long(data):
            return RawFinding("too-long", _too_long(data, self.max_length), path)
        return super().wrong_value(data, path)

    def hint(self, data: Any) -> Hint | str | None:
        for correct in (*self.safe_corrections, *self.corrections):
            correction = correct(data)
            if correction is not None and self.is_right(correction):
                return did_you_mean(correction, self.fix(correction, safe=correct in self.safe_corrections))
        return None

    def fix(self, correction: str, *, safe: bool) -> RawFix:
        """Return the fix that makes a correction."""
        return write(correction, safe=safe)

    def wrong_type_hint(self, data: Any) -> Hint | str | None:
        digits = shown(data)
        if type(data) is int and digits.isdigit() and self.is_right(digits):
            return in_quotes(digits)
        return super().wrong_type_hint(data)


def _too_long(string: str, limit: int | None) -> str:
    return f"the string has {len(string):,} characters; at most {limit:,} are allowed"


@frozen(eq=False)
class TextForm(StringForm):
    """A string with at least one visible character."""

    name: str
    max_length: int
    #: A function, not a method, because it is called for most strings of a file: reading takes 5 percent less time.
    read: Callable[[Any], str] = field(init=False)

    codes = ("empty-text", "too-long")
    expected = "a string with at least one visible character"

    @read.default
    def _read(self) -> Callable[[Any], str]:
        max_length, not_visible = self.max_length, NOT_VISIBLE

        def read(data: Any) -> str:
            if len(data) > max_length or not data.strip(not_visible):
                raise ValueError(data)
            return data  # type: ignore[no-any-return]  # only strings get this far

        return read

    @property
    def label(self) -> str:
        return self.name

    def wrong_value(self, data: Any, path: Path) -> RawFinding:
        finding = super().wrong_value(data, path)
        return finding if finding.code == "too-long" else RawFinding("empty-text", NOTHING_VISIBLE, path)

    def definition(self) -> dict[str, Any]:
        return {"type": "string", "pattern": VISIBLE, "maxLength": self.max_length}


@frozen(eq=False)
class PatternForm(StringForm):
    """A string that a regular expression matches as a whole."""

    name: str | None
    label: str
    expected: str
    #: ASCII, in the common part of Python's and ECMAScript's regular expressions, without anchors. Write a full stop as
    #: `[.]`.
    pattern: str
    codes: tuple[str, ...]
    max_length: int | None = None
    safe_corrections: tuple[Correction, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def _match(self) -> Callable[[str], re.Match[str] | None]:
        return re.compile(self.pattern).fullmatch

    def matches(self, string: str) -> bool:
        """Return whether a string has the form. Raises `TypeError` for anything but a string."""
        return not self.is_too_long(string) and self._match(string) is not None

    def read(self, data: Any) -> Any:
        if not self.matches(data):
            raise ValueError(data)
        return data

    def definition(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "pattern": unescaped(f"^(?:{self.pattern})$")}
        if self.max_length is not None:
            schema["maxLength"] = self.max_length
        # Python's `$` also matches before a line feed at the end, and no valid string contains one.
        return {**schema, "not": {"pattern": "\n"}}


def unescaped(pattern: str) -> str:
    r"""Replace escapes such as \u2000 by the characters, because not every dialect of regular expressions has them."""
    return pattern.encode("ascii").decode("unicode_escape")


def is_encodable(string: str) -> bool:
    """Return whether UTF-8 can encode a string, that is, whether it has no lone surrogate."""
    if string.isascii():
        return True
    try:
        string.encode()
    except UnicodeEncodeError:
        return False
    return True


LONE_SURROGATE = "a lone surrogate, which UTF-8 cannot encode"


def surrogate_finding(path: Path) -> RawFinding:
    """Return the finding for a string that UTF-8 cannot encode."""
    return RawFinding("json-encoding", LONE_SURROGATE, path)


# --- White space ------------------------------------------------------------------------------------------

#: What `str.isspace` defines as white space, as the inside of a character class. Once `unescaped`, every dialect of
#: regular expressions reads it alike (`\\s` is another set in ECMAScript). A test compares it with `str.isspace`.
WHITE_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

#: A pattern that a string with a visible character contains.
VISIBLE = f"[^{unescaped(WHITE_SPACE)}{INVISIBLE}]"

NOTHING_VISIBLE = "the string is empty or has no visible character"

#: All characters that are not visible.
NOT_VISIBLE = "".join(filter(re.compile(f"[{unescaped(WHITE_SPACE)}{INVISIBLE}]").match, map(chr, range(0x10000))))


def has_visible(string: str) -> bool:
    """Return whether a string has at least one character that is neither white space nor invisible."""
    return bool(string.strip(NOT_VISIBLE))


# --- The kinds --------------------------------------------------------------------------------------------

TEXT = TextForm("text", MAX_TEXT_LENGTH)
NAME = TextForm("name", MAX_NAME_LENGTH)


class IdForm(PatternForm):
    """An id, perhaps in a list of ids."""

    def fix(self, correction: str, *, safe: bool) -> RawFix:  # noqa: ARG002 - as in `StringForm`
        return write_id(correction)

    def wrong_value(self, data: Any, path: Path) -> RawFinding:
        finding = super().wrong_value(data, path)
        if path[-1:] == ("agreement",) and len(data.split()) > 1:
            # The id of a record that need not exist cannot be made from the title.
            return finding._replace(hint='write a title under "title", and an id only if the agreement has a record')
        if path and isinstance(path[-1], int) and len(several := re.split(r"\s*[,;]\s*", data)) > 1:
            return finding._replace(hint=f"write each of these {len(several)} as a string of its own")
        return finding


ID = IdForm(
    name="id",
    label="id",
    expected=(
        "an id: lower-case letters a to z and digits, in parts joined by single hyphens, "
        f"at most {MAX_ID_LENGTH} characters"
    ),
    pattern="[a-z0-9]+(?:-[a-z0-9]+)*",
    codes=("bad-id",),
    max_length=MAX_ID_LENGTH,
    corrections=(lambda name: slug(name) if len(name) <= MAX_ID_LENGTH else None,),  # a longer name would be cut
)


def _with_hyphens(tag: str) -> str:
    # A longer word before the first hyphen is no language, although it is well-formed.
    return re.sub("^[A-Za-z]{4,}.*", "", tag.strip().replace("_", "-"))


# RFC 5646, section 2.1, with the irregular grandfathered tags; the regular ones match the first branch.
LANGUAGE = PatternForm(
    name="language",
    label="language tag",
    expected="a language tag such as 'da' or 'en-GB' (BCP 47)",
    pattern=(
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
    ),
    codes=("bad-language", "too-long"),
    max_length=MAX_LANGUAGE_LENGTH,
    safe_corrections=(lambda tag: _with_hyphens(tag) if usual_tag(_with_hyphens(tag)) == _with_hyphens(tag) else None,),
    corrections=(lambda tag: usual_tag(_with_hyphens(tag)),),
)

#: Control and format characters: those of the Unicode categories Cc and Cf. A test compares them with `unicodedata`.
_NOT_VISIBLE_IN_URL = (
    r"\x00-\x08\x0e-\x1b\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    r"\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_NOT_IN_URL = WHITE_SPACE + _NOT_VISIBLE_IN_URL

#: What can only be an address without its scheme: `www.region.dk`, `region.dk/aftale`, but not `aftale.pdf`.
_HOST_AND_PATH = re.compile(r"(?i)(?:www[.](?:[a-z0-9-]+[.])+[a-z]{2,}|(?:[a-z0-9-]+[.])+[a-z]{2,}(?=/))(?:[/?#]\S*)?")

URL = PatternForm(
    name="url",
    label="web address",
    expected="a web address with http or https and a host, without white space and invisible characters",
    pattern=(
        "[Hh][Tt][Tt][Pp][Ss]?://"
        f"(?:[^{_NOT_IN_URL}/?#]*@)?"
        f"[^{_NOT_IN_URL}/?#:@]+(?::[^{_NOT_IN_URL}/?#@]*)?"
        f"(?:[/?#][^{_NOT_IN_URL}]*)?"
    ),
    codes=("bad-url", "too-long"),
    max_length=MAX_URL_LENGTH,
    safe_corrections=(str.strip,),
    corrections=(
        lambda text: re.sub(f"[{_NOT_VISIBLE_IN_URL}]", "", text.strip()),
        lambda text: re.sub(r"(?i)^(?:doi:\s*)?(?=10[.][0-9]{4,9}/)", "https://doi.org/", text.strip()),
        lambda text: f"https://{text.strip()}" if _HOST_AND_PATH.fullmatch(text.strip()) else None,
    ),
)


class ChecksumForm(PatternForm):
    """A checksum, which a hint does not repeat: it must not be copied without a look at the text."""

    def hint(self, data: Any) -> Hint | str | None:
        hint = super().hint(data)
        if not isinstance(hint, Hint) or hint.fix is None:
            return None
        # The fix does not change the checksum.
        text = "write it in lower-case letters, with nothing before it"
        return Hint(text, None, hint.fix._replace(title=text))


SHA256 = ChecksumForm(
    name="sha256",
    label="64 hexadecimal digits",
    expected="a SHA-256 in 64 hexadecimal digits, lower-case letters",
    pattern="[0-9a-f]{64}",
    codes=("bad-sha256",),
    safe_corrections=(lambda digits: digits.strip().lower().removeprefix("sha256:"),),
)

IDS = TupleForm(ID)
NAMES = TupleForm(NAME)
