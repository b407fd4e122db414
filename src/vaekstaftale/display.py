"""Showing strings and values in messages: escaped, shortened, on one line."""

from __future__ import annotations

import json
import re


def printable(text: str) -> str:
    """Return a text with everything that a terminal would not show as itself escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def inert(text: str) -> str:
    """Return a text without commands to GitHub's runner: no line begins with `::`, and `##[` is nowhere."""
    return re.sub(r"(?m)^(\s*):(?=:)", r"\1\\x3a", text).replace("##[", r"#\x23[")


def shortened(text: str, length: int) -> str:
    """Return a text with the middle cut out if it is longer than `length` characters."""
    if len(text) <= length:
        return text
    return f"{text[: length * 2 // 3]}…{text[len(text) - length // 3 :]}"


def shown(value: object) -> str:
    """Return a value of a file as a message shows it: in the terms of JSON, escaped and shortened."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(shortened(value, 60))
        case dict() if type(value) is dict:
            return "an object"
        case list() if type(value) is list:
            return "a list"
        case int() if _is_long(value):
            return "a long number"
        case int() | float():
            return shortened(repr(value), 60)
        case _:
            return f"a Python {type(value).__name__}"


def escaped_for_json(text: str) -> str:
    """Return a string with JSON's own escapes, so that it can be pasted into a string of a file."""
    escaped = json.dumps(text, ensure_ascii=False)[1:-1]
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in escaped)


def shown_in_python(value: object) -> str:
    """Return a value as shown in a `TypeError` or `ValueError`: its type and a shortened `repr`."""
    if isinstance(value, int) and _is_long(value):
        return "a long number"
    if value is None or type(value) in (str, bool, int, float):
        return shortened(repr(value), 80)
    name, text = type(value).__name__, shortened(repr(value), 60)
    return text if text.startswith((name, f"<{name}")) else f"{name} {text}"


def require(value: object, kind: type | tuple[type, ...], name: str, instead: str = "") -> None:
    """Raise `TypeError` unless a value is of a type. The message names the argument and what to do instead."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        names = [each.__name__ for each in (kind if isinstance(kind, tuple) else (kind,))]
        kinds = " or ".join(f"{'an' if name[0] in 'AEIOUi' else 'a'} {name}" for name in names)
        raise TypeError(f"{name} must be {kinds}, not {shown_in_python(value)}{instead}")


def _is_long(number: int) -> bool:
    """Return whether an integer is too long to be shown. Python refuses to write thousands of digits."""
    return number.bit_length() > 300
