"""Elements of a page. Strings of a file only become text or the value of an attribute, which are escaped.

The standard library's `ElementTree` writes the elements, so no markup is ever concatenated from strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, tostring

Child = Element | str | None | Iterable["Child"]

_NO_CHARACTERS = "".join(chr(plane * 0x10000 + 0xFFFE + last) for plane in range(17) for last in (0, 1))

#: Characters that no reader sees: controls, marks that change the direction of other characters, characters without
#: width, and code points that are not characters. Line feeds, tabs and spaces are seen; joiners belong to some scripts.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufdd0-\ufdef\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    f"\U000e0000-\U000e0fff{_NO_CHARACTERS}]"
)


def element(tag: str, *children: Child, **attributes: object) -> Element:
    """Return an element. `None` adds no child or attribute; `class_` is `class`, and `aria_label` is `aria-label`."""
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(name.removesuffix("_").replace("_", "-"), str(value))
    _append(made, children)
    return made


def _append(parent: Element, children: Iterable[Child]) -> None:
    for child in children:
        if isinstance(child, Element):
            parent.append(child)
        elif isinstance(child, str) and len(parent):
            parent[-1].tail = (parent[-1].tail or "") + child
        elif isinstance(child, str):
            parent.text = (parent.text or "") + child
        elif child is not None:
            _append(parent, child)


def words(text: str) -> Iterator[Element | str]:
    """Yield text from a file, with unseen characters as code points: nothing is hidden, and nothing reorders a page."""
    position = 0
    for found in UNSEEN.finditer(text):
        yield text[position : found.start()]
        yield unseen(found.group())
        position = found.end()
    yield text[position:]


def unseen(character: str) -> Element:
    """Return a character that no reader sees as its code point."""
    name = unicodedata.name(character, "a control character")
    return element("span", f"U+{ord(character):04X}", class_="unseen", title=name)


def marked_text(tag: str, text: str, language: str | None, **attributes: object) -> Element:
    """Return an element that contains text from a file, marked with its language."""
    return element(tag, words(text), lang=language, **attributes)


def written(root: Element) -> str:
    """Return an element and everything in it as HTML."""
    return tostring(root, encoding="unicode", method="html")
