"""Everything that is wrong with the structure of a file's data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vaekstaftale.danish import iso_form
from vaekstaftale.dates import PartialDateForm
from vaekstaftale.errors import Finding, did_you_mean, shown
from vaekstaftale.forms import (
    DATE,
    ID,
    LANGUAGE,
    MAX_ID_LENGTH,
    SHA256,
    TEXT,
    URL,
    ChoiceForm,
    FlagForm,
    Form,
    InstanceForm,
    NumberForm,
    StringForm,
    TupleForm,
    is_unicode,
    slug,
)
from vaekstaftale.model import Agreement, LinesForm, TranslationsForm, Value
from vaekstaftale.names import near
from vaekstaftale.shapes import FORMAT_VERSION, SHAPES, VERSION, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vaekstaftale.errors import Path

#: Near words are looked for this many times in one file, which no honest file comes near.
_MOST_GUESSES = 1_000


def structural_findings(data: object, cls: type[Value] = Agreement) -> Iterator[Finding]:
    """Tell everything that is wrong with the structure of some data, in the order of the data.

    A language that stands twice among translations is told too, although it is a matter of coherence: such
    translations cannot become a value.
    """
    if cls is Agreement and type(data) is dict:
        version = data.get("format_version")
        if type(version) is str and version != FORMAT_VERSION:
            yield _outside_form(VERSION, version, ("format_version",))
            return
    yield from _Walk().members(data, cls, ())


class _Walk:
    """One walk over some data, along the shapes that it should have."""

    def __init__(self) -> None:
        self._guesses = _MOST_GUESSES

    def members(self, data: object, cls: type[Value], path: Path) -> Iterator[Finding]:
        if type(data) is not dict:
            yield _wrong_type("an object", data, path)
            return
        shape = SHAPES[cls]
        meant = self._meant(data, shape)
        yield from _missing_keys(data.keys() | set(meant.values()), shape, path)
        for key, item in data.items():
            form = shape.forms.get(key)
            if form is None:
                hint = did_you_mean(meant.get(key))
                message = f"the key {shown(key)} is not known here"
                yield Finding(code="unknown-key", message=message, path=(*path, str(key)), hint=hint, at_key=True)
            else:
                findings = self._value(item, form, (*path, key))
                if item is None and key in shape.required:
                    findings = (finding._replace(hint="it must have a value") for finding in findings)
                yield from findings

    def _value(self, data: object, form: Form, path: Path) -> Iterator[Finding]:
        match form:
            case TranslationsForm():
                return _translation_findings(data, path)
            case LinesForm():
                return _line_findings(data, path)
            case TupleForm():
                return self._list(data, form, path)
            case InstanceForm(cls=cls):
                return self.members(data, cls, path)
            case _:
                return _leaf_findings(data, form, path)

    def _list(self, data: object, form: TupleForm, path: Path) -> Iterator[Finding]:
        if type(data) is not list:
            yield _wrong_type("a list", data, path, form)
            return
        if form.required and not data:
            yield Finding(code="empty-list", message="the list is empty, at least one is needed", path=path)
        for index, item in enumerate(data):
            yield from self._value(item, form.items, (*path, index))

    def _meant(self, data: dict[Any, Any], shape: Shape) -> dict[str, str]:
        """Guess for each unknown key which known one was meant; one that is absent can be meant only once."""
        choices = dict.fromkeys(shape.forms)
        meant = {}
        for key in data:
            if key not in shape.forms and type(key) is str and self._guesses:
                self._guesses -= 1
                guess = near(key, choices)
                if guess is not None:
                    meant[key] = guess
                    if guess not in data:
                        del choices[guess]
        return meant


def _missing_keys(present: set[Any], shape: Shape, path: Path) -> Iterator[Finding]:
    for key in shape.required:
        if key not in present:
            hint = f'write "format_version": "{FORMAT_VERSION}"' if key == "format_version" else None
            yield Finding(code="missing-key", message=f"the key {key!r} is missing", path=path, hint=hint)
    if shape.at_least_one_of and present.isdisjoint(shape.at_least_one_of):
        keys = " or ".join(map(repr, shape.at_least_one_of))
        yield Finding(code="missing-key", message=f"the key {keys} is missing, at least one is needed", path=path)


def _leaf_findings(data: object, form: Form, path: Path) -> Iterator[Finding]:
    match form:
        case PartialDateForm() if type(data) is str:
            form = DATE
        case NumberForm() if type(data) is float and data.is_integer():
            data = int(data)
    match form:
        case StringForm() if type(data) is str:
            accepted = form.matches(data)
        case ChoiceForm() if type(data) is str:
            accepted = data in form.words
        case NumberForm() if type(data) is int:
            accepted = form.accepts(data)
        case FlagForm() if type(data) is bool:
            accepted = True
        case _:
            yield _wrong_type(_KINDS.get(type(form), "a text"), data, path, form)
            return
    if not accepted:
        yield _outside_form(form, data, path)
    elif type(data) is str and not is_unicode(data):
        yield _surrogate(path)


_KINDS: Mapping[type[Form], str] = {NumberForm: "an integer", FlagForm: "true or false"}


def _line_findings(data: object, path: Path) -> Iterator[Finding]:
    if type(data) is not list:
        yield _wrong_type("a list of texts, one a line", data, path)
        return
    wrong = [(index, line) for index, line in enumerate(data) if type(line) is not str]
    for index, line in wrong:
        yield _wrong_type("a text", line, (*path, index))
    if not wrong and data:
        text = "\n".join(data)
        if not TEXT.matches(text):
            yield Finding(code="empty-text", message="the text holds nothing but white space", path=path)
        elif not is_unicode(text):
            yield from (_surrogate((*path, index)) for index, line in enumerate(data) if not is_unicode(line))


def _translation_findings(data: object, path: Path) -> Iterator[Finding]:
    if type(data) is not dict:
        yield _wrong_type("an object from language to text", data, path)
        return
    languages: set[str] = set()
    for language, text in data.items():
        place = (*path, str(language))
        if type(language) is not str or not LANGUAGE.matches(language):
            yield _outside_form(LANGUAGE, language, place)._replace(at_key=True)
        elif language.lower() in languages:
            message = f"a second translation into {shown(language)}"
            yield Finding(code="duplicate-value", message=message, path=place, at_key=True)
        else:
            languages.add(language.lower())
        yield from _leaf_findings(text, TEXT, place)


def _outside_form(form: Any, data: object, path: Path) -> Finding:
    message = "the text is empty" if form is TEXT else f"{shown(data)} is not {form.expected}"
    return Finding(code=form.code, message=message, path=path, hint=lambda: _form_hint(form, data))


#: What people write nearly right, and how it is mended.
_NEARLY: Mapping[Form, tuple[Callable[[str], str], ...]] = {
    LANGUAGE: (lambda tag: tag.strip().replace("_", "-"),),
    SHA256: (lambda digits: digits.strip().lower().removeprefix("sha256:"),),
    URL: (str.strip, lambda address: f"https://{address.strip()}"),
}


#: How later editions of the format will be named.
_EDITION = re.compile("[1-9][0-9]?[.][0-9]{1,2}")


def _form_hint(form: Any, data: Any) -> str | None:
    guess: str | None = None
    if isinstance(form, ChoiceForm):
        guess = near(data, form.words)
    elif form is DATE:
        guess = iso_form(data)
    elif form is ID and len(data) <= MAX_ID_LENGTH:
        guess = slug(data)
    elif form in _NEARLY:
        guess = next(filter(form.matches, (mend(data) for mend in _NEARLY[form])), None)
    elif form is VERSION and data.strip() in ("1", "v1", "1.0", "v1.0"):
        guess = FORMAT_VERSION
    elif form is VERSION and _EDITION.fullmatch(data):
        return "a newer version of vaekstaftale may read it"
    return did_you_mean(guess)


def _surrogate(path: Path) -> Finding:
    return Finding(code="json-encoding", message="a lone surrogate, which UTF-8 cannot hold", path=path)


def _wrong_type(expected: str, data: object, path: Path, form: Form | None = None) -> Finding:
    message = f"expected {expected}, found {shown(data)}"
    return Finding("wrong-type", message, path, lambda: _type_hint(data, form) if path else None)


def _type_hint(data: Any, form: Form | None) -> str | None:
    """Tell how a value of another type is written, where that would be right."""
    text = shown(data)
    match form:
        case _ if data is None:
            return "leave it out: what is not known is not written"
        case StringForm() if form is VERSION and data in (1, 1.0):
            return f'write "{FORMAT_VERSION}" in quotes'
        case StringForm() if type(data) is int and text.isdigit() and form.matches(text):
            return f'write "{text}" in quotes'
        case PartialDateForm() if type(data) is int and (day := iso_form(text) or text) and DATE.matches(day):
            return f'write "{day}" in quotes'
        case FlagForm() if data in ("true", "false"):
            return f"write {data} without quotes"
        case NumberForm() if type(data) is str and data in map(str, range(form.minimum, form.maximum + 1)):
            return f"write {data} without quotes"
        case TupleForm(items=InstanceForm()) if type(data) is dict:
            return "write it in square brackets, as a list of one"
        case TupleForm(items=StringForm()) if type(data) is str:
            return "write it in square brackets, as a list of one"
    return None
