"""Changing one value in the text of a file, so that everything else stays as it is."""

from __future__ import annotations

import json
import re
from typing import Any

from vaekstaftale.problems import Path, RawEdit
from vaekstaftale.serialization.decoded_text import DecodedText, edited
from vaekstaftale.serialization.json_text import Document


class Patched:
    """The text of a file whose values can be changed. Raises `TextError` for text that is not JSON."""

    def __init__(self, data: bytes) -> None:
        self._whole = data.decode()
        self._read(DecodedText(self._whole).text)

    def _read(self, text: str) -> None:
        self._text = DecodedText(text)
        self._document = Document(text)

    def bytes(self) -> bytes:
        """Return the text as it is now."""
        mark = "\ufeff" if self._whole.startswith("\ufeff") else ""
        return (mark + self._text.text).encode()

    def set(self, path: Path, key: str, value: Any, after: str) -> None:
        """Set the value of a key of an object. A new key follows another one, which the object has."""
        offset = self._document.offset
        holder = self._value(path)
        if key in holder:
            start = offset((*path, key))
            edit = RawEdit(start, self._text.end(start), self._json(value, offset((*path, key), at_key=True)))
        else:
            place = offset((*path, after), at_key=True)
            end = self._text.end(offset((*path, after)))
            name = json.dumps(key) + (": " if self._is_spaced(place) else ":")
            edit = RawEdit(end, end, f",{self._before(place)}{name}{self._json(value, place)}")
        self._read(edited(self._text.text, [edit]))

    def append(self, path: Path, key: str, item: Any, after: str) -> None:
        """Add an item to the list of a key of an object. Without items, the list is written as `set` does."""
        items = self._value(path).get(key)
        if not items:
            self.set(path, key, [item], after)
            return
        last = self._document.offset((*path, key, len(items) - 1))
        end = self._text.end(last)
        edit = RawEdit(end, end, f",{self._before(last)}{self._json(item, last)}")
        self._read(edited(self._text.text, [edit]))

    def _value(self, path: Path) -> Any:
        value = self._document.value
        for step in path:
            value = value[step]
        return value

    def _before(self, start: int) -> str:
        """Return the white space before an offset: that before another key or item."""
        before = self._text.text[:start]
        return before[len(before.rstrip(" \t\r\n")) :] or (" " if self._is_spaced(start) else "")

    def _is_spaced(self, start: int) -> bool:
        """Return whether a space follows the colon of the first key."""
        return re.search(r'":\s', self._text.text[: start + 1_000]) is not None

    def _json(self, value: Any, start: int) -> str:
        """Return a value as JSON, with the indentation of the line on which an offset is, if it has one."""
        indentation = self._before(start).rpartition("\n")
        if not indentation[1]:
            return json.dumps(value, ensure_ascii=False, separators=None if self._is_spaced(start) else (",", ":"))
        unit = self._unit()
        written = json.dumps(value, ensure_ascii=False, indent=unit)
        line_end = "\r\n" if "\r\n" in self._text.text else "\n"
        return written.replace("\n", f"{line_end}{indentation[2]}")

    def _unit(self) -> str:
        """Return the indentation of the first key of the file."""
        found = re.match(r"\s*\{[ \t\r\n]*\n([ \t]+)", self._text.text)
        return found[1] if found else "  "
