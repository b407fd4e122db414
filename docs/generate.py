"""Writes what is generated: `python docs/generate.py`.

That is the JSON Schema, the tables in file-format.md, the page of the command line, and the copy of rules.md that is
part of the package. Tests compare them with what they come from.
"""

from __future__ import annotations

import argparse
import inspect
import re
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import vaekstaftale
from vaekstaftale import testing
from vaekstaftale.cli import parser
from vaekstaftale.model.forms import EnumForm
from vaekstaftale.model.strings import StringForm
from vaekstaftale.serialization.schema import key_meanings_of, schema_text
from vaekstaftale.serialization.shapes import FORMS, SHAPES

if TYPE_CHECKING:
    from vaekstaftale.model.base import Choice, Value

PAGE = Path(__file__).parent / "file-format.md"
COMMANDS = Path(__file__).parent / "command-line.md"
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


# --- The command line -------------------------------------------------------------------------------------

_COMMAND_PAGE = """\
# The command line

<!-- python docs/generate.py writes this page. -->

`vaekstaftale` without arguments prints the commands, an example of each, and the exit statuses. [Checking
files](checking.md) shows how to use them in an editor, before a commit and in CI.

{commands}
## Exit statuses

2 takes precedence over 1.

| | 0 | 1 | 2 |
| --- | --- | --- | --- |
| `validate` | all valid | a file is invalid | a file cannot be read, or the usage is wrong |
| `show` | shown | a file cannot be loaded | a file cannot be read or written |
| `format` | all are canonical now | a file is invalid (it is left untouched) | a file cannot be read or written |
| `format --check` | all are canonical | a file is invalid, or not canonical | a file cannot be read |
| `diff` | equal | different, or a file cannot be loaded | a file cannot be read |
| `table` | all valid | a file is invalid | a file cannot be read |
| `draft`, `source` | written | the file is not JSON | the document cannot be read, or the file not written |
| `unquoted` | nothing is left | a sentence is left, or a file cannot be loaded | a file cannot be read or written |
| `quote` | printed | no words of a source are near enough, or the file cannot be loaded | the file cannot be read |
| `explain`, `list`, `schema` | printed | | the code is unknown, or a file cannot be written |

The exit status is 130 if a command is stopped by Ctrl-C.
"""


def command_page() -> str:
    """Return the page of the command line."""
    [commands] = [action for action in _actions(parser()) if isinstance(action.choices, dict)]
    summaries = {action.dest: action.help for action in cast("Any", commands)._choices_actions}  # noqa: SLF001 - see below
    sections = []
    for name, command in cast("dict[str, argparse.ArgumentParser]", commands.choices).items():
        rows = [f"| {_argument(action)} | {_help(action)} |" for action in _actions(command) if action.dest != "help"]
        table = "\n".join(["| argument | meaning |", "| --- | --- |", *rows]) + "\n\n" if rows else ""
        example = str(command.epilog).removeprefix("example: ")
        summary = str(summaries[name])
        sections.append(f"## `{name}`\n\n{summary[0].upper()}{summary[1:]}.\n\n```sh\n{example}\n```\n\n{table}")
    return _COMMAND_PAGE.format(commands="".join(sections))


def _actions(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return command._actions  # noqa: SLF001 - argparse has no public name for them


def _argument(action: argparse.Action) -> str:
    metavar = str(action.metavar or "\\|".join(map(str, action.choices or ())))
    if not action.option_strings:
        return f"`{metavar}`" + (" …" if action.nargs == "+" else "")
    return ", ".join(f"`{option}{'' if action.nargs == 0 else ' ' + metavar}`" for option in action.option_strings)


def _help(action: argparse.Action) -> str:
    default = f"{action.default:,}" if isinstance(action.default, int) else ""
    return str(action.help).replace("%(default)s", default).replace("*", "\\*")


# --- Public names -----------------------------------------------------------------------------------------

#: Public names that prose uses for other things too.
_AMBIGUOUS = {"advice", "bundled", "commitments", "edit", "matching", "tables", "testing"}


def public_names() -> dict[str, str]:
    """Return the full name of everything public, by each way in which prose may write it."""
    names: dict[str, str] = {}
    for name in vaekstaftale.__all__:
        value = getattr(vaekstaftale, name)
        full = f"vaekstaftale.{name}"
        names |= {full: full, f"{full}()": full}
        if name not in _AMBIGUOUS:
            names |= {name: full, f"{name}()": full}
        if inspect.isclass(value):
            names |= {f"{name}.{member}": f"{full}.{member}" for member in _members(value)}
    modules = [value for value in vars(vaekstaftale).values() if isinstance(value, ModuleType)]
    for module in (*modules, testing):
        short = module.__name__.rpartition(".")[2]
        for name in getattr(module, "__all__", ()):
            names |= {f"{module.__name__}.{name}": f"{module.__name__}.{name}"}
            names |= {f"{short}.{name}": f"{module.__name__}.{name}"}
    # `rows` is a function of the package, too.
    return names | {"vaekstaftale.tables.rows": "vaekstaftale.rows", "tables.rows": "vaekstaftale.rows"}


def _members(cls: type) -> list[str]:
    """Return the public methods and properties of a class that have a docstring."""
    kinds = (property, cached_property)
    return [
        name
        for name, value in inspect.getmembers_static(cls)
        if not name.startswith("_") and (inspect.isfunction(value) or isinstance(value, kinds)) and value.__doc__
    ]


if __name__ == "__main__":
    COMMANDS.write_text(command_page(), "utf-8")
    PAGE.write_text(page(), "utf-8")
    SCHEMA.write_text(schema_text(), "utf-8")
    PACKAGED_RULES.write_text(RULES.read_text("utf-8"), "utf-8")
