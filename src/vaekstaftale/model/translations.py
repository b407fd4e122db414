"""Translations of an agreement's own words, and how the one for a language is found."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar, overload

from attrs import field, frozen

from vaekstaftale.display import require, shown
from vaekstaftale.model.base import Value, meaning, to_tuple
from vaekstaftale.model.forms import Form, InstanceForm, ObjectCheck, TupleForm
from vaekstaftale.model.strings import LANGUAGE, TEXT
from vaekstaftale.problems import Hint, HintOrFunction, Path, RawFinding


@frozen(kw_only=True, repr=False)
class Translation(Value):
    """The translation of one text into one language."""

    language: str = field(validator=LANGUAGE, metadata=meaning("Language of the translation, a BCP 47 tag."))
    text: str = field(validator=TEXT, metadata=meaning("The translated text."))


def folded_tag(tag: str) -> str:
    """Return the form in which language tags are compared: case does not matter."""
    return tag.lower()


def same_language(tag: str, other: str) -> bool:
    """Return whether two language tags are equal."""
    return folded_tag(tag) == folded_tag(other)


DefaultT = TypeVar("DefaultT")


@overload
def translation_in(self: Any, language: str) -> str | None: ...
@overload
def translation_in(self: Any, language: str, default: DefaultT) -> str | DefaultT: ...
def translation_in(self: Any, language: str, default: Any = None) -> Any:
    """Return the translation into a language, or `default`.

    The translation has exactly this tag, or else the first tag that extends it (RFC 4647): `"en"` also finds `"en-GB"`.
    """
    require(language, str, "language")
    for translation in self.translations:
        if same_language(translation.language, language):
            return translation.text
    for translation in self.translations:
        if folded_tag(translation.language).startswith(f"{folded_tag(language)}-"):
            return translation.text
    return default


class TranslationsForm(Form):
    """Translations into languages that all differ; in a file, an object from language to text.

    Its code for a language that is repeated, `duplicate-value`, is listed with the rule that reports most of them.
    """

    expected = "an iterable of items"
    name = "translations"
    json_type = "an object from language to text"
    data_type = dict
    label = "object from language tag to text"
    parts = (LANGUAGE, TEXT)

    _items = TupleForm(InstanceForm(Translation), max_items=sys.maxsize)

    def accepts(self, value: object) -> bool:
        return self._items.accepts(value) and not any(repeated_languages(_languages_of(value)))

    def refuse(self, name: str, value: object) -> None:
        if self._items.accepts(value):
            repeated = next(repeated_languages(_languages_of(value)))
            raise ValueError(f"{name} has two translations into {repeated!r}")
        self._items.refuse(name, value)

    def convert(self, value: Iterable[Translation] | Mapping[str, str]) -> tuple[Translation, ...]:
        """Return translations as a tuple sorted by language; anything else for the validator to refuse."""
        if isinstance(value, Mapping):
            value = [Translation(language=language, text=text) for language, text in value.items()]
        translations = to_tuple(value)
        if self._items.accepts(translations):
            return tuple(sorted(translations, key=lambda translation: translation.language))
        return translations

    def findings(self, data: object, path: Path, check_object: ObjectCheck) -> Iterator[RawFinding]:
        if type(data) is not dict:
            yield self.wrong_type(data, path)
            return
        repeated = set(repeated_languages(language for language in data if type(language) is str))
        for language, text in data.items():
            place = (*path, str(language))
            for finding in LANGUAGE.findings(language, place, check_object):
                yield finding._replace(at_key=True, hint=partial(_hint_for_language, finding.hint, data))
            if language in repeated:
                message = f"{shown(language)} has a second translation"
                yield RawFinding("duplicate-value", message, place, at_key=True)
            yield from TEXT.findings(text, place, check_object)

    def definition(self) -> dict[str, Any]:
        languages, texts = LANGUAGE.json_schema(), TEXT.json_schema()
        return {"type": "object", "propertyNames": languages, "additionalProperties": texts}


def _hint_for_language(given: HintOrFunction, data: Mapping[object, object]) -> Hint | str | None:
    """Return a hint. If the language that it suggests already has a translation, it has no fix."""
    hint = given() if callable(given) else given
    if isinstance(hint, Hint) and str(hint.suggestion).lower() in {str(language).lower() for language in data}:
        return hint._replace(fix=None)
    return hint


def repeated_languages(languages: Iterable[str]) -> Iterator[str]:
    """Yield the languages that are equal to an earlier one."""
    seen: set[str] = set()
    for language in languages:
        if folded_tag(language) in seen:
            yield language
        seen.add(folded_tag(language))


def _languages_of(translations: Any) -> Iterator[str]:
    return (translation.language for translation in translations)


TRANSLATIONS = TranslationsForm()


def to_translations(value: Iterable[Translation] | Mapping[str, str]) -> tuple[Translation, ...]:
    """Convert translations, or an object from language to text as in a file, to a tuple sorted by language."""
    return TRANSLATIONS.convert(value)
