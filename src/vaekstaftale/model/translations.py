"""Translations of an agreement's own words, and how the one for a language is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from attrs import field, frozen

from vaekstaftale.display import shown
from vaekstaftale.model.forms import Form, InstanceForm, ObjectReporter, TupleForm
from vaekstaftale.model.strings import LANGUAGE, TEXT
from vaekstaftale.model.values import Value, to_tuple
from vaekstaftale.problems import Path, Violation


@frozen(kw_only=True, repr=False)
class Translation(Value):
    """The translation of one text into one language."""

    language: str = field(validator=LANGUAGE)
    """Language of the translation, a BCP 47 tag."""
    text: str = field(validator=TEXT)
    """The translated text."""


def same_language(tag: str, other: str) -> bool:
    """Return whether two language tags are equal; case does not matter."""
    return tag.lower() == other.lower()


DefaultT = TypeVar("DefaultT")


def translated(translations: Sequence[Translation], language: str, default: DefaultT) -> str | DefaultT:
    """Return the text in a language: with exactly this tag, or else with the first tag that extends it (RFC 4647)."""
    for translation in translations:
        if same_language(translation.language, language):
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
        return super().accepts(value) and not any(_repeated(one.language for one in cast("Any", value)))

    def refuse(self, name: str, value: object) -> None:
        if super().accepts(value):
            repeated = next(_repeated(translation.language for translation in cast("Any", value)))
            raise ValueError(f"{name} has two translations into {repeated!r}")
        super().refuse(name, value)

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
                wrong = LANGUAGE.wrong_value if type(language) is str else LANGUAGE.wrong_type
                yield wrong(language, place)._replace(at_key=True)
            yield from TEXT.violations(text, place, objects)

    def repeated_keys(self, data: Any, path: Path) -> Iterator[Path]:
        return ((*path, language) for language in _repeated(data))

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


def _repeated(languages: Iterable[str]) -> Iterator[str]:
    """Yield the languages that are equal to an earlier one."""
    seen: set[str] = set()
    for language in languages:
        if language.lower() in seen:
            yield language
        seen.add(language.lower())


def repeated_language_violation(language: str, path: Path) -> Violation:
    """Return the violation for a second translation into a language, at the path of its key."""
    return Violation("duplicate-value", f"a second translation into {shown(language)}", path, at_key=True)


TRANSLATIONS = TranslationsForm(InstanceForm(Translation))


def to_translations(value: Iterable[Translation]) -> tuple[Translation, ...]:
    """Convert an iterable of translations to a tuple sorted by language."""
    return TRANSLATIONS.convert(value)
