"""Writes what is generated from the classes: `python docs/generate.py`.

That is the JSON Schema, the tables in file-format.md, and the copy of rules.md that is part of the package. Tests
compare them with what they come from.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from vaekstaftale.model.forms import EnumForm
from vaekstaftale.model.strings import StringForm
from vaekstaftale.serialization.schema import key_meanings_of, schema_text
from vaekstaftale.serialization.shapes import FORMS, SHAPES

if TYPE_CHECKING:
    from vaekstaftale.model.base import Choice, Value

PAGE = Path(__file__).parent / "file-format.md"
RULES = Path(__file__).parent / "rules.md"
PACKAGED_RULES = Path(__file__).parent.parent / "src" / "vaekstaftale" / "data" / "rules.md"
SCHEMA = Path(__file__).parent.parent / "src" / "vaekstaftale" / "data" / "agreement.schema.json"


def page() -> str:
    """Return the page with the tables that the classes have now."""
    tables = {f"keys: {cls.__name__}": table(cls) for cls in SHAPES}
    tables |= {f"words: {form.enum.__name__}": choices(form.enum) for form in FORMS if isinstance(form, EnumForm)}
    tables["strings: kinds"] = "\n".join(
        f"- *{form.label}*: {form.expected}{limit(form)}."
        for form in FORMS
        if form.name and isinstance(form, StringForm)
    )
    return re.sub(
        r"(<!-- (\w+: \w+) -->\n).*?(<!-- end -->)",
        lambda match: f"{match[1]}{tables[match[2]]}\n{match[3]}",
        PAGE.read_text("utf-8"),
        flags=re.DOTALL,
    )


def limit(form: StringForm) -> str:
    """Return the most characters of a kind of string in words, if that is not said already."""
    return "" if form.max_length is None or "at most" in form.expected else f", at most {form.max_length:,} characters"


def choices(enum: type[Choice]) -> str:
    """Return the table of an enum's values with their meanings."""
    rows = [f"| `{member.value}` | {member.meaning} |" for member in enum]
    return "\n".join(["| value | meaning |", "| --- | --- |", *rows])


def table(cls: type[Value]) -> str:
    """Return the table of a class's keys: required ones in bold, each with its value and meaning."""
    shape, meanings = SHAPES[cls], key_meanings_of(cls)
    rows = ["| key | value | meaning |", "| --- | --- | --- |"]
    for key, form in shape.forms.items():
        name = f"**`{key}`**" if key in shape.required else f"`{key}`"
        value = re.sub(r"\b[A-Z]\w+\b", lambda match: f"[{match[0]}](#{match[0].lower()})", form.label)
        rows.append(f"| {name} | {value} | {meanings[key]} |")
    return "\n".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    SCHEMA.write_text(schema_text(), "utf-8")
    PACKAGED_RULES.write_text(RULES.read_text("utf-8"), "utf-8")
