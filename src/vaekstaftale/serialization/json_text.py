"""The stage of text: JSON with the positions of all values (RFC 8259).

Reads the texts that the reader refuses, and finds positions for problems. It reports the first thing that is not
JSON, or else finds all duplicate keys, which are a problem of structure. The positions of the standard library differ
between versions of Python.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from math import inf, isinf, nextafter
from typing import Any, cast

from vaekstaftale.display import shown
from vaekstaftale.limits import MAX_DEPTH, MAX_NUMBER_LENGTH
from vaekstaftale.model.strings import LONE_SURROGATE
from vaekstaftale.problems import (
    COLON,
    COMMA,
    REMOVE_REPEATED_KEY,
    Hint,
    Path,
    RawEdit,
    RawFinding,
    RawFix,
    RawRelated,
    Spot,
)
from vaekstaftale.serialization.decoded_text import edited
from vaekstaftale.serialization.mistakes import UTF_16, Mistake, mistake_at

#: The codes of this stage. The duplicate keys are reported with the stage of structure.
CODES = ("json-encoding", "json-syntax", "json-number", "json-too-deep")

_SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')
_PLAIN_STRING = re.compile(rf'"({_PLAIN.pattern})"')
_PLAIN_KEY = re.compile(rf"{_PLAIN_STRING.pattern}{COLON.pattern}")
_ESCAPE = re.compile(r'\\(?:["\\/bfnrt]|u([0-9A-Fa-f]{4}))')
_LOW_SURROGATE = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"true|false|null")
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class TextError(ValueError):
    """The text is not JSON; `finding` states what is wrong where."""

    def __init__(self, finding: RawFinding) -> None:
        self.finding = finding


class Document:
    """A parsed JSON text: its value, its duplicate keys, and the positions of all values and keys.

    Raises `TextError` for the first thing that is not JSON.
    """

    def __init__(self, text: str) -> None:
        #: One finding for each key that its object already has. The first value is kept.
        self.duplicate_keys: list[RawFinding] = []
        self._text = text
        self._path: list[str | int] = []
        # Maps the `id()` of each list or object to the list or object, so that the id is not reused, and to the offsets
        # of the items of a list, or those of the keys and values of an object.
        self._offsets: dict[int, tuple[object, Any]] = {}
        self._start = self._space(0)
        self.value, end = self._value(self._start)
        # Findings often follow one another in one list or object, so the last one is remembered.
        self._last_container: tuple[Path, tuple[Any, int]] = (), self._container(())
        end = self._space(end)
        if end < len(text):
            raise self._unexpected(end, "the end of the text")

    def offset(self, path: Path, *, at_key: bool = False) -> int:
        """Return the offset of the value at a path, or of its key; or else of the nearest enclosing value."""
        if not path:
            return self._start
        if path[:-1] != self._last_container[0]:
            self._last_container = path[:-1], self._container(path[:-1])
        offsets, offset = self._last_container[1]
        try:
            inside = offsets[path[-1]]
        except (LookupError, TypeError):
            return offset
        if isinstance(inside, tuple):
            inside = inside[0] if at_key else inside[1]
        return cast("int", inside)

    def _container(self, path: Path) -> tuple[Any, int]:
        """Return the offsets inside the value at a path, and the offset of it or of the nearest enclosing value."""
        value, offset = self.value, self._start
        for step in path:
            _, offsets = self._offsets.get(id(value), (None, {}))
            try:
                inside, value = offsets[step], value[step]
            except (LookupError, TypeError):
                return {}, offset
            offset = inside[1] if isinstance(inside, tuple) else inside
        return self._offsets.get(id(value), (None, {}))[1], offset

    # Each of these methods takes the offset where its part of the text begins, and returns the value and the offset
    # after it. They call one another, never deeper than MAX_DEPTH.

    def _value(self, start: int) -> tuple[Any, int]:
        if plain := _PLAIN_STRING.match(self._text, start):
            return plain[1], plain.end()
        character = self._at(start)
        if character == '"':
            return self._string(start)
        if character in ("{", "["):
            if len(self._path) == MAX_DEPTH:
                raise self._error("json-too-deep", start, f"more than {MAX_DEPTH} brackets are open here")
            return self._object(start) if character == "{" else self._list(start)
        if number := _NUMBER.match(self._text, start):
            return self._number(number), number.end()
        if word := _WORD.match(self._text, start):
            return _WORDS[word.group()], word.end()
        raise self._unexpected(start, "a value")

    def _object(self, start: int) -> tuple[dict[str, Any], int]:
        value: dict[str, Any] = {}
        offsets: dict[str, tuple[int, int]] = {}
        found_before, repeated = len(self.duplicate_keys), 0
        position = self._space(start + 1)
        if self._at(position) == "}":
            return value, position + 1
        self._offsets[id(value)] = value, offsets
        while True:
            key_start = position
            key, position = self._key(key_start)
            self._path.append(key)
            item, end = self._value(position)
            if key in value:
                # A value from which a repeated key was left out is not known to be equal.
                is_whole = len(self.duplicate_keys) == found_before + repeated
                repeated += 1
                equal = is_whole and _are_equal(value[key], item)
                self.duplicate_keys.append(self._duplicate_key(key, key_start, offsets[key][0], equal=equal))
            else:
                value[key] = item
                offsets[key] = key_start, position
            self._path.pop()
            position, is_last = self._after_item(end, "}")
            if is_last:
                return value, position

    def _key(self, start: int) -> tuple[str, int]:
        """Return a key, and the offset of its value."""
        if plain := _PLAIN_KEY.match(self._text, start):
            return plain[1], plain.end()
        if self._at(start) != '"':
            raise self._unexpected(start, "a key in double quotes")
        key, position = self._string(start)
        colon = COLON.match(self._text, position)
        if colon is None:
            raise self._unexpected(self._space(position), "':'")
        return key, colon.end()

    def _list(self, start: int) -> tuple[list[Any], int]:
        value: list[Any] = []
        offsets: list[int] = []
        position = self._space(start + 1)
        if self._at(position) == "]":
            return value, position + 1
        self._offsets[id(value)] = value, offsets
        while True:
            self._path.append(len(value))
            item, end = self._value(position)
            self._path.pop()
            value.append(item)
            offsets.append(position)
            position, is_last = self._after_item(end, "]")
            if is_last:
                return value, position

    def _after_item(self, end: int, bracket: str) -> tuple[int, bool]:
        """Return the offset after the comma or closing bracket that follows an item, and whether it is the bracket."""
        if comma := COMMA.match(self._text, end):
            return comma.end(), False
        end = self._space(end)
        if self._at(end) != bracket:
            raise self._unexpected(end, f"',' or {bracket!r}")
        return end + 1, True

    def _string(self, start: int) -> tuple[str, int]:
        parts: list[str] = []
        position = start + 1
        while True:
            plain = cast("re.Match[str]", _PLAIN.match(self._text, position))  # it matches the empty string too
            parts.append(plain.group())
            position = plain.end()
            character = self._at(position)
            if character == '"':
                return "".join(parts), position + 1
            if character == "":
                raise self._error("json-syntax", start, "this string has no closing quote")
            if character == "\\":
                part, position = self._escape(position)
                parts.append(part)
            elif character < " ":
                message = f"the control character {shown(character)} is inside a string"
                raise self._error("json-syntax", position, message, self._control_character_hint(position))
            else:
                raise self._surrogate(position)

    def _control_character_hint(self, position: int) -> str:
        if self._at(position) not in ("\r", "\n"):
            return "write it as an escape"
        if self._at(self._space(position)) in ("", *'"{}[],'):
            return "is a closing quote missing on this line?"
        return "a string cannot go over several lines: write it on one line"

    def _escape(self, start: int) -> tuple[str, int]:
        escape = _ESCAPE.match(self._text, start)
        if escape is None:
            unfinished = self._at(start + 1) == "u"
            hint = "an escape is \\u and four hexadecimal digits" if unfinished else "write a backslash as \\\\"
            raise self._error("json-syntax", start, "this backslash does not begin an escape that JSON knows", hint)
        if escape[1] is None:
            letter = escape.group()[1]
            return _ESCAPED.get(letter, letter), escape.end()
        code = int(escape[1], 16)
        if 0xD800 <= code < 0xDC00 and (low := _LOW_SURROGATE.match(self._text, escape.end())):
            return chr(0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00), low.end()
        if 0xD800 <= code < 0xE000:
            raise self._surrogate(start)
        return chr(code), escape.end()

    def _number(self, number: re.Match[str]) -> int | float:
        digits = number.group()
        if len(digits) > MAX_NUMBER_LENGTH:
            message = f"the number has {len(digits):,} characters; at most {MAX_NUMBER_LENGTH} are allowed"
            raise self._error("json-number", number.start(), message)
        if number[1] is None and number[2] is None:
            return int(digits)
        value = _nearest_float(digits)
        if isinf(value):
            raise self._error("json-number", number.start(), f"the number {shown(digits)} is too large")
        return value

    def _at(self, position: int) -> str:
        return self._text[position : position + 1]

    def _space(self, position: int) -> int:
        space = cast("re.Match[str]", _SPACE.match(self._text, position))  # it matches the empty string too
        return space.end()

    # Findings.

    def _duplicate_key(self, key: str, offset: int, first: int, *, equal: bool) -> RawFinding:
        path = tuple(self._path)
        return RawFinding(
            code="json-duplicate-key",
            message=f"the key {shown(key)} is already in this object",
            path=path,
            offset=offset,
            related=(RawRelated("the first one", path, None, first),),
            rest=", with an equal value: remove one" if equal else ", with another value: keep the right one",
            fix=REMOVE_REPEATED_KEY if equal else None,
        )

    def _error(self, code: str, offset: int, message: str, hint: Hint | str | None = None) -> TextError:
        return TextError(RawFinding(code=code, message=message, hint=hint, offset=offset))

    def _surrogate(self, offset: int) -> TextError:
        character = self._text[offset]
        if "\udc80" <= character <= "\udcff":
            message = f"the byte 0x{ord(character) - 0xDC00:02X} is not UTF-8"
            return self._error("json-encoding", offset, message, _encoding_hint(self._text))
        return self._error("json-encoding", offset, LONE_SURROGATE)

    def _unexpected(self, offset: int, expected: str) -> TextError:
        character = self._at(offset)
        if character == "":
            verb = "ends" if self._text.strip() else "is empty"
            return self._error("json-syntax", offset, f"expected {expected}, but the text {verb}")
        if "\ud800" <= character <= "\udfff":
            return self._surrogate(offset)
        rest = self._text[offset : offset + 40]
        on_this_line = self._text[max(offset - 40, 0) : offset].rpartition("\n")[2].rstrip(" ")
        if expected.startswith("','") and on_this_line.endswith('"') and re.match(_AFTER_INNER_QUOTE, rest):
            hint: Hint | str | None = _ESCAPE_QUOTES
        elif not self._text[offset:].strip("\0"):
            hint = "these are null characters at the end of the file: remove them"
        elif offset == self._start and re.fullmatch(r"[^\n{}\[\]\"]{1,500}[.]jsonl?\s*", self._text):
            hint = "this looks like the name of a file, not its content"
        elif offset == self._start and re.match(r"---|[A-Za-z_]+:(?:\s|$)", rest):
            hint = "this looks like YAML; an agreement file is JSON"
        else:
            mistake = mistake_at(offset, self._text, expected)
            hint = None if mistake is None else _hint(mistake)
        token = cast("re.Match[str]", _TOKEN.match(self._text, offset))  # there is a character
        return self._error("json-syntax", offset, f"expected {expected}, found {shown(token.group())}", hint)


def _are_equal(one: Any, other: Any) -> bool:
    """Return whether two values are equal in JSON, where true is not 1."""
    return one == other and repr(one) == repr(other)


def _nearest_float(digits: str) -> float:
    """Return the nearest float, but never an integer for a number that is not one, such as 1.0000000000000000001."""
    value = float(digits)
    if not value.is_integer():
        return value
    # `Decimal` refuses extreme exponents. Here, only numbers that round to zero have them; their digits are enough.
    exact = Decimal(digits if value else digits.lower().partition("e")[0])
    return value if exact == Decimal(value) else nextafter(value, inf if exact > Decimal(value) else -inf)


_ESCAPE_QUOTES = 'write a quotation mark inside a string as \\"'
#: What follows a quotation mark that was meant to be inside a string: a word, or another quotation mark at once.
_AFTER_INNER_QUOTE = r"(?!(?:true|false|null)\b)\w"
_TOKEN = re.compile(r"\w{1,40}|.", re.DOTALL)


def _hint(mistake: Mistake) -> Hint:
    """Return the hint for a mistake. After its fix, the first thing that is not JSON must be behind it."""
    if not mistake.edits:
        return Hint(mistake.hint, None)
    fix = RawFix(mistake.title, mistake.is_safe, mistake.edits)
    return Hint(mistake.hint, None, fix.unless(lambda spot: not _lead_on(mistake.edits, spot)))


def _lead_on(edits: Sequence[RawEdit], spot: Spot) -> bool:
    """Return whether, after edits, the first thing that is not JSON is behind all of them and behind a spot."""
    end = max(edits[-1].end, spot.start) + sum(len(edit.text) - (edit.end - edit.start) for edit in edits)
    try:
        Document(edited(spot.text, edits))
    except TextError as error:
        return cast("int", error.finding.offset) > end
    return True


def _encoding_hint(text: str) -> str:
    if text.startswith(("\udcff\udcfe", "\udcfe\udcff")):
        return UTF_16
    return "this looks like Latin-1 or Windows-1252: save the file as UTF-8"
