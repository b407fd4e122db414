"""Translations of an agreement's own words, and how the one for a language is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from attrs import field, frozen

from vaekstaftale.display import shown
from vaekstaftale.model.forms import Form, InstanceForm, ObjectReporter, TupleForm
from vaekstaftale.model.strings import LANGUAGE, TEXT
from vaekstaftale.model.values import Value, to_tuple
from vaekstaftale.problems import Path, Violation


@frozen(kw_only=True, repr=False)
class Translation(Value):
    """One text of the record in another language."""

    language: str = field(validator=LANGUAGE)
    """Language of the translation, a BCP 47 tag."""
    text: str = field(validator=TEXT)
    """The translated text."""


def is_language(tag: str, other: str) -> bool:
    """Return whether two language tags are equal; case does not matter."""
    return tag.lower() == other.lower()


Default = TypeVar("Default")


def translated(translations: Sequence[Translation], language: str, default: Default) -> str | Default:
    """Return the text in a language: with exactly this tag, or else with the first tag that extends it (RFC 4647)."""
    for translation in translations:
        if is_language(translation.language, language):
            return translation.text
    for translation in translations:
        if translation.language.lower().startswith(language.lower() + "-"):
            return translation.text
    return default


class TranslationsForm(TupleForm):
    """Translations into languages that all differ; in a file, an object from language to text."""

    name = "translations"
    json_type = "an object from language to text"
    data_type = dict
    label = "object from language tag to text"

    def accepts(self, value: object) -> bool:
        return super().accepts(value) and self._repeated(value) is None

    def refuse(self, name: str, value: object) -> None:
        if super().accepts(value):
            raise ValueError(f"{name} has two translations into {self._repeated(value)!r}")
        super().refuse(name, value)

    @staticmethod
    def _repeated(value: Any) -> str | None:
        languages: set[str] = set()
        for translation in value:
            language: str = translation.language
            if language.lower() in languages:
                return language
            languages.add(language.lower())
        return None

    def convert(self, value: Iterable[Translation]) -> tuple[Translation, ...]:
        """Return translations as a tuple sorted by language; anything else for the validator to refuse."""
        translations = to_tuple(value)
        if super().accepts(translations):
            return tuple(sorted(translations, key=lambda translation: translation.language))
        return translations

    def violations(self, data: object, path: Path, objects: ObjectReporter) -> Iterator[Violation]:
        if type(data) is not dict:
            yield self.wrong_type(data, path)
            return
        for language, text in data.items():
            place = (*path, str(language))
            if type(language) is not str or not LANGUAGE.matches(language):
                yield LANGUAGE.outside(language, place)._replace(at_key=True)
            yield from TEXT.violations(text, place, objects)

    def repeated_keys(self, data: Any, path: Path) -> Iterator[Path]:
        languages: set[str] = set()
        for language in data:
            if language.lower() in languages:
                yield (*path, language)
            languages.add(language.lower())

    def from_data(self, data: Any) -> tuple[Translation, ...]:
        return self.convert(Translation(language=language, text=text) for language, text in data.items())

    def to_data(self, value: Any) -> Any:
        return {translation.language: translation.text for translation in value}

    @property
    def parts(self) -> tuple[Form, ...]:
        return LANGUAGE, TEXT

    def definition(self) -> dict[str, Any]:
        languages, texts = LANGUAGE.json_schema(), TEXT.json_schema()
        return {"type": "object", "propertyNames": languages, "additionalProperties": texts}


def repeated_language(language: str, path: Path) -> Violation:
    """Return the violation for a second translation into a language, at the path of its key."""
    return Violation("duplicate-value", f"a second translation into {shown(language)}", path, at_key=True)


TRANSLATIONS = TranslationsForm(InstanceForm(Translation))


def to_translations(value: Iterable[Translation]) -> tuple[Translation, ...]:
    """Convert an iterable of translations to a tuple sorted by language."""
    return TRANSLATIONS.convert(value)
