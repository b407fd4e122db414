"""The kinds of string: each with a regular expression, the code of its problem, and corrections of common mistakes.

To add a kind, add a `StringForm` here and use it for a field. The JSON Schema, the list of codes and the tables of the
documentation follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from attrs import frozen

from vaekstaftale.display import did_you_mean, shown, shown_in_python
from vaekstaftale.limits import MAX_ID_LENGTH
from vaekstaftale.matching import slug
from vaekstaftale.model.forms import Form, ObjectReporter, TupleForm
from vaekstaftale.problems import Path, Violation

#: Returns a correction of a string, or `None`. It is suggested only if it has the form.
Correction = Callable[[str], str | None]


@frozen(eq=False)
class StringForm(Form):
    """A string that a regular expression matches."""

    json_type = "a text"
    data_type = str

    #: The name of the definition in the JSON Schema, or `None` to write the schema out.
    name: str | None
    code: str
    #: The form as the tables of the documentation name it.
    label: str
    expected: str
    #: In the common part of Python's and ECMAScript's regular expressions, without anchors.
    pattern: str
    #: Whether the pattern must match all of the string, or only some part of it.
    whole: bool = True
    max_length: int | None = None
    #: The message for a string outside the form, if it is not "… is not …".
    message: str | None = None
    corrections: tuple[Correction, ...] = ()

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        """The method of the compiled pattern. Ignores the length, and lone surrogates.

        Raises `TypeError` for anything but a `str`, as the fast reader expects.
        """
        compiled = re.compile(self.pattern)
        return compiled.fullmatch if self.whole else compiled.search

    def matches(self, value: str) -> bool:
        """Return whether a string has the form, without looking for lone surrogates."""
        return self.match(value) is not None and (self.max_length is None or len(value) <= self.max_length)

    def accepts_data(self, data: Any) -> bool:
        return self.matches(data)

    def accepts(self, value: object) -> bool:
        return type(value) is str and self.matches(value) and is_unicode(value)

    def refuse(self, name: str, value: object) -> None:
        if type(value) is str and not is_unicode(value):
            raise ValueError(f"{name} contains a lone surrogate, which UTF-8 cannot encode: {shown_in_python(value)}")
        super().refuse(name, value)

    def violations(self, data: object, path: Path, objects: ObjectReporter) -> Iterator[Violation]:
        if type(data) is str and self.matches(data) and not is_unicode(data):
            yield surrogate_violation(path)
        else:
            yield from super().violations(data, path, objects)

    def wrong_value(self, data: Any, path: Path) -> Violation:
        violation = super().wrong_value(data, path)
        return violation if self.message is None else violation._replace(message=self.message)

    def hint(self, data: Any) -> str | None:
        for correct in self.corrections:
            word = correct(data)
            if word is not None and self.matches(word):
                return did_you_mean(word)
        return None

    def wrong_type_hint(self, data: Any) -> str | None:
        text = shown(data)
        if type(data) is int and text.isdigit() and self.matches(text):
            return f'write "{text}" in quotes'
        return super().wrong_type_hint(data)

    def definition(self) -> dict[str, Any]:
        if not self.whole:
            return {"type": "string", "pattern": unescaped(self.pattern)}
        schema: dict[str, Any] = {"type": "string", "pattern": unescaped(f"^(?:{self.pattern})$")}
        if self.max_length is not None:
            schema["maxLength"] = self.max_length
        # Python's `$` also matches before a line feed at the end, and no valid string contains one.
        return {**schema, "not": {"pattern": "\n"}}


def unescaped(pattern: str) -> str:
    r"""Replace escapes such as \u2000 by the characters, because not every dialect of regular expressions has them."""
    return pattern.encode("ascii").decode("unicode_escape")


def is_unicode(text: str) -> bool:
    """Return whether UTF-8 can encode a text, that is, whether it has no lone surrogate."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def surrogate_violation(path: Path) -> Violation:
    """Return the violation for a string that UTF-8 cannot encode."""
    return Violation("json-encoding", "a lone surrogate, which UTF-8 cannot encode", path)


# --- The kinds --------------------------------------------------------------------------------------------

#: What `str.isspace` defines as white space, as the inside of a character class. Once `unescaped`, every dialect of
#: regular expressions reads it alike (`\\s` is another set in ECMAScript). A test compares it with `str.isspace`.
WHITE_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

TEXT = StringForm(
    name="text",
    code="empty-text",
    label="text",
    expected="a text with more than white space",
    pattern=f"[^{WHITE_SPACE}]",
    whole=False,
    message="the text is empty or only white space",
)

ID = StringForm(
    name="id",
    code="bad-id",
    label="id",
    expected=(
        f"an id: small letters a to z and digits, in parts joined by single hyphens, {MAX_ID_LENGTH} characters at most"
    ),
    pattern="[a-z0-9]+(?:-[a-z0-9]+)*",
    max_length=MAX_ID_LENGTH,
    corrections=(lambda name: slug(name) if len(name) <= MAX_ID_LENGTH else None,),  # a longer name would be cut
)

# RFC 5646, section 2.1, with the irregular grandfathered tags; the regular ones match the first branch.
LANGUAGE = StringForm(
    name="language",
    code="bad-language",
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
    corrections=(lambda tag: tag.strip().replace("_", "-"),),
)

URL = StringForm(
    name="url",
    code="bad-url",
    label="web address",
    expected="a web address with http or https and a host, without white space",
    pattern=(
        "[Hh][Tt][Tt][Pp][Ss]?://"
        f"(?:[^{WHITE_SPACE}/?#]*@)?"
        f"[^{WHITE_SPACE}/?#:@]+(?::[^{WHITE_SPACE}/?#@]*)?"
        f"(?:[/?#][^{WHITE_SPACE}]*)?"
    ),
    corrections=(str.strip, lambda text: f"https://{text.strip()}" if "." in text and ":" not in text else None),
)

SHA256 = StringForm(
    name="sha256",
    code="bad-sha256",
    label="64 hexadecimal digits",
    expected="a SHA-256 in 64 hexadecimal digits, small letters",
    pattern="[0-9a-f]{64}",
    corrections=(lambda digits: digits.strip().lower().removeprefix("sha256:"),),
)

IDS = TupleForm(ID)
TEXTS = TupleForm(TEXT)
