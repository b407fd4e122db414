"""Writes what is made from the classes: `python docs/generate.py`.

That is the JSON Schema, and the tables of keys in file-format.md. A test holds both to the classes.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

from vaekstaftale.dates import PartialDateForm
from vaekstaftale.forms import ChoiceForm, FlagForm, Form, InstanceForm, NumberForm, StringForm, TupleForm
from vaekstaftale.model import EntityKind, LinesForm, RelationKind, SourceKind, Strength, TranslationsForm, Value
from vaekstaftale.schema import schema_text
from vaekstaftale.shapes import SHAPES

if TYPE_CHECKING:
    from enum import Enum

PAGE = Path(__file__).parent / "file-format.md"
SCHEMA = Path(__file__).parent.parent / "src" / "vaekstaftale" / "data" / "agreement.schema.json"

_STRINGS = {
    "bad-id": "id",
    "bad-language": "language tag",
    "bad-sha256": "64 hexadecimal digits",
    "bad-url": "web address",
    "empty-text": "text",
}


def page() -> str:
    """Give the page with its tables as the classes have them now."""
    tables = {f"keys: {cls.__name__}": table(cls) for cls in SHAPES}
    tables |= {f"words: {enum.__name__}": words(enum) for enum in (EntityKind, SourceKind, RelationKind, Strength)}
    return re.sub(
        r"(<!-- (\w+: \w+) -->\n).*?(<!-- end -->)",
        lambda match: f"{match[1]}{tables[match[2]]}\n{match[3]}",
        PAGE.read_text("utf-8"),
        flags=re.DOTALL,
    )


def words(enum: type[Enum]) -> str:
    """Give the table of an enum's words, with what the comments beside them say."""
    found = re.findall(r'((?:    #: .*\n)+)    \w+ = "(.*)"', inspect.getsource(enum))
    meanings = {word: re.sub(r"\s*#: ", " ", comment).strip() for comment, word in found}
    return "\n".join(
        ["| word | meaning |", "| --- | --- |", *(f"| `{one.value}` | {meanings[one.value]} |" for one in enum)]
    )


def table(cls: type[Value]) -> str:
    """Give the table of a class's keys: required ones in bold, with what they hold and mean."""
    shape = SHAPES[cls]
    rows = ["| key | value | meaning |", "| --- | --- | --- |"]
    for key, form in shape.forms.items():
        name = f"**`{key}`**" if key in shape.required else f"`{key}`"
        value = '`"1.0"`' if key == "format_version" else kind(form)
        rows.append(f"| {name} | {value} | {shape.meanings[key]} |")
    return "\n".join(rows)


def kind(form: Form) -> str:
    """Say in a word or two what a value is."""
    match form:
        case PartialDateForm():
            return "partial date"
        case ChoiceForm():
            return ", ".join(f"`{word}`" for word in form.words)
        case FlagForm():
            return "true or false"
        case NumberForm():
            return f"integer {form.minimum} to {form.maximum}"
        case LinesForm():
            return "list of lines"
        case TranslationsForm():
            return "object from language tag to text"
        case TupleForm():
            return f"list of {kind(form.items)}{', at least one' if form.required else ''}"
        case InstanceForm(cls=cls):
            return f"[{cls.__name__}](#{cls.__name__.lower()})"
        case StringForm():
            return _STRINGS[form.code]
    raise TypeError(form)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    SCHEMA.write_text(schema_text(), "utf-8")
