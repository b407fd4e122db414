"""The file format as a user of pydantic, msgspec or mashumaro would write it, generated from the library's own classes.

`source_of` returns the source of a module that stands alone: it imports nothing from vaekstaftale, so that a process
which imports it takes the time of the other library and nothing else. The module has a class for each object of a file,
and a function `read` for the JSON text of an agreement. Keys, patterns, choices and bounds are those of
`vaekstaftale.serialization.shapes`: a new field needs no change here, and only a new kind of form needs a function. To
look at a module: `python benchmarks/peers.py pydantic`.
"""

from __future__ import annotations

import sys
from functools import cache, singledispatch
from types import ModuleType
from typing import TYPE_CHECKING, Any, cast

import attrs

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.forms import EnumForm, Form, InstanceForm, TupleForm
from vaekstaftale.model.numbers import BoolForm, IntegerForm
from vaekstaftale.model.sources import LinesForm
from vaekstaftale.model.strings import LANGUAGE, TEXT, VISIBLE, PatternForm, StringForm
from vaekstaftale.model.translations import TranslationsForm
from vaekstaftale.serialization.shapes import FORMAT_VERSION, SHAPES, VersionForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# --- What differs between the libraries -------------------------------------------------------------------


class Library:
    """How classes are written for a library."""

    #: The imports, and what all classes have in common.
    head: str
    #: The expression for the function that reads JSON text.
    read: str
    #: The lines that begin and end a class.
    begin: str
    end: str = ""

    def bounded(self, annotation: str, bounds: Mapping[str, object]) -> str:
        """Return the annotation of a value within bounds."""
        raise NotImplementedError

    def renamed(self, key: str) -> str:
        """Return the default of an optional field whose key in a file is not its name."""
        raise NotImplementedError

    def default(self, value: object) -> str:
        """Return the default of an optional field."""
        return repr(value)


class Pydantic(Library):
    """Models: frozen, strict, unknown keys forbidden."""

    head = """\
from enum import Enum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

class Model(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")
"""
    read = "Agreement.model_validate_json"
    begin = "class {name}(Model):"

    def bounded(self, annotation: str, bounds: Mapping[str, object]) -> str:
        return f"Annotated[{annotation}, Field({_arguments(bounds)})]"

    def renamed(self, key: str) -> str:
        return f"Field(default=None, alias={key!r})"


class CheckedPydantic(Pydantic):
    """The same models, which also refuse what vaekstaftale refuses: pydantic doing the same work.

    Equal keys and null are refused where the text is decoded, and a validator of the agreement checks what is between
    its parts: ids, names, references, groups, dates, relations and translations.
    """

    head = (
        Pydantic.head
        + """
import json
from collections.abc import Iterable
from unicodedata import normalize


def only_once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs) or None in found.values():
        raise ValueError("a key is repeated, or a value is null")
    return found


def require_different(values: Iterable[str], what: str) -> None:
    seen = list(values)
    if len(set(seen)) < len(seen):
        raise ValueError(f"{what} is repeated")


def fold(name: str) -> str:
    return normalize("NFC", name).casefold()


def latest(date: str) -> str:
    return date + "-99"


def check(agreement) -> None:
    actors = agreement.parties + agreement.entities
    inside = [commitment for initiative in agreement.initiatives for commitment in initiative.commitments]
    commitments = [*inside, *agreement.general_commitments]
    for parts in (actors, agreement.initiatives, commitments, agreement.sources):
        require_different((part.id for part in parts), "an id")
    require_different((fold(name) for actor in actors for name in (actor.name, *actor.other_names)), "a name")
    ids = {actor.id for actor in actors}
    groups = {actor.id: actor for actor in actors if actor.members}
    quotes = [*agreement.quotes, *(agreement.validity.quotes if agreement.validity else ())]
    for part in (*commitments, *agreement.initiatives, *agreement.relations):
        quotes += part.quotes
    if len(quotes) > 2_000 or len(commitments) > 2_000:
        raise ValueError("too many quotes or commitments")
    sources = {source.id for source in agreement.sources}
    for quote in quotes:
        if quote.source is not None and quote.source not in sources:
            raise ValueError("an unknown source")
    for actor in actors:
        require_different(actor.members, "a member")
        for member in actor.members:
            if member not in ids or member == actor.id:
                raise ValueError("an unknown member")
            if member in groups and (isinstance(actor, Party) or isinstance(groups[member], Entity)):
                raise ValueError("a group in a group")
    for commitment in commitments:
        require_different(commitment.actors, "an actor")
        require_different(commitment.mentions, "a mention")
        require_different(map(fold, commitment.topics), "a topic")
        for id in (*commitment.actors, *commitment.mentions):
            if id not in ids:
                raise ValueError("an unknown actor")
    for relation in agreement.relations:
        if relation.agreement == agreement.id:
            raise ValueError("a relation to itself")
        if relation.agreement is None and relation.title is None:
            raise ValueError("a relation to nothing")
    for part in (agreement, *actors, *agreement.initiatives, *commitments):
        if part.translations:
            languages = [language.lower() for language in part.translations]
            require_different(languages, "a language")
            if agreement.language.lower() in languages:
                raise ValueError("a translation into the own language")
    period = agreement.validity
    if period is not None and period.end is not None:
        starts = [date for date in (period.start, agreement.signed_on) if date is not None]
        if period.open_ended or any(latest(period.end) < start for start in starts):
            raise ValueError("a wrong end")


def read_text(text: bytes):
    json.loads(text, object_pairs_hook=only_once)
    agreement = Agreement.model_validate_json(text)
    check(agreement)
    return agreement
"""
    )
    read = "read_text"


class Msgspec(Library):
    """Structs: frozen, unknown keys forbidden, defaults left out."""

    head = """\
from enum import Enum
from typing import Annotated, Literal

from msgspec import Meta, Struct, convert, field, to_builtins
from msgspec.json import Decoder, Encoder, format as indent

encode = Encoder().encode

class Model(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass
"""
    read = "Decoder(Agreement).decode"
    begin = "class {name}(Model, frozen=True, kw_only=True):"

    def bounded(self, annotation: str, bounds: Mapping[str, object]) -> str:
        return f"Annotated[{annotation}, Meta({_arguments(bounds)})]"

    def renamed(self, key: str) -> str:
        return f"field(default=None, name={key!r})"


class Mashumaro(Library):
    """Dataclasses: frozen, unknown keys forbidden, defaults left out. It has neither patterns nor bounds."""

    head = """\
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from mashumaro import field_options
from mashumaro.config import BaseConfig
from mashumaro.mixins.json import DataClassJSONMixin

class Strict(BaseConfig):
    forbid_extra_keys = True
    omit_default = True
    serialize_by_alias = True
"""
    read = "Agreement.from_json"
    begin = "@dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}{mixin}:"
    end = "    class Config(Strict):\n        pass\n"

    def bounded(self, annotation: str, bounds: Mapping[str, object]) -> str:  # noqa: ARG002
        return annotation

    def renamed(self, key: str) -> str:
        return f"field(default=None, metadata=field_options(alias={key!r}))"

    def default(self, value: object) -> str:
        return "field(default_factory=dict)" if value == {} else repr(value)


def _arguments(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


LIBRARIES: Mapping[str, Library] = {"pydantic": Pydantic(), "msgspec": Msgspec(), "mashumaro": Mashumaro()}
#: The name of pydantic with all checks, which is compared by itself.
CHECKED = "pydantic with the same checks"

# --- What all have in common ------------------------------------------------------------------------------


class Source:
    """The source of a module: its definitions by name, each before its first use."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.definitions: dict[str, str] = {}

    def define(self, name: str, definition: Callable[[], str]) -> str:
        """Return a name, defined once."""
        if name not in self.definitions:
            self.definitions[name] = definition()  # adds what it uses first
        return name

    def bounded(self, annotation: str, **bounds: object) -> str:
        """Return the annotation of a value within those bounds that are not `None`."""
        stated = {name: bound for name, bound in bounds.items() if bound is not None}
        return self.library.bounded(annotation, stated) if stated else annotation

    def class_of(self, cls: Any) -> str:
        """Return the definition of a class."""
        shape, fields = SHAPES[cls], {attribute.name: attribute for attribute in attrs.fields(cls)}
        lines = [self.library.begin.format(name=cls.__name__, mixin="(DataClassJSONMixin)" if cls is Agreement else "")]
        for key, form in shape.forms.items():
            annotation = annotation_of(form, self)
            if key in shape.required:
                lines.append(f"    {key}: {annotation}")
            elif key not in fields:  # a key of the file only, such as `$schema`
                lines.append(f"    {key.lstrip('$')}_: {annotation} | None = {self.library.renamed(key)}")
            else:
                default: object = fields[key].default
                default = {} if default == () and form.data_type is dict else default
                optional = " | None" if default is None else ""
                lines.append(f"    {key}: {annotation}{optional} = {self.library.default(default)}")
        return "\n".join(lines) + "\n" + self.library.end


@singledispatch
def annotation_of(form: Form, source: Source) -> str:
    """Return the annotation of a field whose value has a form: one function for each kind of form."""
    raise NotImplementedError(
        f"nothing is known about the form {type(form).__name__}: register a function for it in benchmarks/peers.py"
    )


@annotation_of.register
def _(form: StringForm, source: Source) -> str:
    def annotation() -> str:
        pattern = f"^(?:{form.pattern})$" if isinstance(form, PatternForm) else VISIBLE
        return source.bounded("str", pattern=pattern, max_length=form.max_length)

    if form.name is None:
        return annotation()
    name = f"{form.name.title().replace('-', '')}String"
    return source.define(name, lambda: f"{name} = {annotation()}\n")


@annotation_of.register
def _(_form: VersionForm, _source: Source) -> str:
    return f"Literal[{FORMAT_VERSION!r}]"


@annotation_of.register
def _(form: IntegerForm, source: Source) -> str:
    return source.bounded("int", ge=form.minimum, le=form.maximum)


@annotation_of.register
def _(_form: BoolForm, _source: Source) -> str:
    return "bool"


@annotation_of.register
def _(form: EnumForm, source: Source) -> str:
    members = "".join(f"    {member.name} = {member.value!r}\n" for member in form.enum)
    return source.define(form.enum.__name__, lambda: f"class {form.enum.__name__}(Enum):\n{members}")


@annotation_of.register
def _(_form: LinesForm, _source: Source) -> str:
    return "list[str]"


@annotation_of.register
def _(form: InstanceForm, source: Source) -> str:
    return source.define(form.cls.__name__, lambda: source.class_of(form.cls))


@annotation_of.register
def _(form: TupleForm, source: Source) -> str:
    annotation = f"tuple[{annotation_of(form.items, source)}, ...]"
    return source.bounded(annotation, min_length=form.min_items or None, max_length=form.max_items)


@annotation_of.register
def _(_form: TranslationsForm, source: Source) -> str:
    return f"dict[{annotation_of(LANGUAGE, source)}, {annotation_of(TEXT, source)}]"


# --- Modules ----------------------------------------------------------------------------------------------


def source_of(library: str) -> str:
    """Return the source of a library's module."""
    source = Source(CheckedPydantic() if library == CHECKED else LIBRARIES[library])
    annotation_of(cast("Form", InstanceForm(Agreement)), source)
    return "\n".join([source.library.head, *source.definitions.values(), f"read = {source.library.read}\n"])


@cache
def load(library: str) -> Any:
    """Return a library's module, executed in this process. Raises `ImportError` if the library is not installed."""
    module = ModuleType(module_name(library))
    sys.modules[module.__name__] = module  # mashumaro looks there for what annotations name
    # Without `dont_inherit`, the annotations would be strings as in this file, and not what an import makes of them.
    code = compile(source_of(library), f"<generated for {library}>", "exec", dont_inherit=True)
    exec(code, vars(module))  # noqa: S102
    return module


def module_name(library: str) -> str:
    """Return the name of a library's module."""
    return f"agreement_in_{library.replace(' ', '_')}"


if __name__ == "__main__":
    print(source_of(sys.argv[1]), end="")
