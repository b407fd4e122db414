"""The reader accepts every valid file that the library writes, and no invalid file."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys
from typing import Any

import attrs
import pytest
from conftest import minimal
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import every_key_and_value, wrong

import vaekstaftale
from vaekstaftale import Agreement
from vaekstaftale.model.forms import InstanceForm, TupleForm, forms_of
from vaekstaftale.model.strings import VISIBLE, has_visible
from vaekstaftale.model.translations import Translation, TranslationsForm
from vaekstaftale.serialization.json_text import Document
from vaekstaftale.serialization.reader import agreement_in_data, agreement_in_text, build
from vaekstaftale.serialization.structure import structural_findings
from vaekstaftale.serialization.writer import to_data
from vaekstaftale.testing import agreements


class TestReading:
    @given(agreements(), st.sampled_from([None, 2]))
    def test_accepts_what_the_library_writes(self, agreement: Agreement, indent: int | None) -> None:
        """What the library has written is accepted, so it is never read twice."""
        text = vaekstaftale.dumps(agreement, indent=indent)

        assert agreement == agreement_in_text(text) == agreement_in_text(text.encode())

    @settings(max_examples=300)
    @given(wrong())
    def test_data(self, data: Any) -> None:
        """Data are accepted exactly when nothing is wrong with their structure."""
        assert (agreement_in_data(data) is not None) == (not list(structural_findings(data)))

    def test_every_key_and_value(self) -> None:
        """Under every key of every class, a value of every kind is accepted exactly when nothing is wrong with it."""
        count = 0
        for data in every_key_and_value():
            right = not list(structural_findings(data))
            assert (agreement_in_data(data) is not None) == right, data
            text = json.dumps(data)
            assert (agreement_in_text(text) is None) >= (not right), data
            count += 1

        assert count > 10_000

    @settings(max_examples=300)
    @given(wrong(), st.booleans())
    def test_text(self, data: Any, ascii_only: bool) -> None:  # noqa: FBT001
        """A text that is accepted has the same agreement as the data that are parsed exactly."""
        text = json.dumps(data, ensure_ascii=ascii_only)
        agreement = agreement_in_text(text)

        assert agreement is None or agreement == agreement_in_data(Document(text).value)

    @pytest.mark.parametrize(
        "text",
        [
            '{"id": "x", "id": "x"}',
            '{"id": "x", "i\\u0064": "x"}',
            '{"title": "a\\\\", "title": "\\"b\\": \\\\\\""}',
            '{"complete": true, "complete": true}',
            '{"note": "\\u0022:\\u0022", "note": "y"}',
        ],
    )
    def test_equal_keys(self, text: str) -> None:
        """A duplicate key is detected, whatever is escaped, and wherever it is."""
        first, rest = text.removeprefix("{").removesuffix("}"), json.dumps(minimal()).removeprefix("{")
        inside = json.dumps(minimal(general_commitments=[{"id": "c", "text": "C"}])).replace(
            '"text": "C"', '"text": "C", "text": "C"'
        )

        assert agreement_in_text("{" + first + ", " + rest) is None
        assert agreement_in_text(inside) is None

    @pytest.mark.parametrize("words", ['"', "\\", '\\"', '\\\\"', '":"', "a\\", "\n\t\x00", "💡", "\\u0022"])
    def test_escapes(self, words: str) -> None:
        """Quotation marks and backslashes in texts are accepted."""
        text = json.dumps(minimal(title=words, note=words + "x"), ensure_ascii=False)
        agreement = agreement_in_text(text)

        assert agreement is not None
        assert agreement.title == words


class TestGeneratedFunctions:
    @given(agreements())
    def test_values_are_like_others(self, agreement: Agreement) -> None:
        """A value that was read is like any other: frozen, equal, hashable, and it can be pickled and copied."""
        read = vaekstaftale.from_dict(vaekstaftale.to_dict(agreement))

        assert type(read) is Agreement
        assert hash(agreement) == hash(read)
        assert agreement == pickle.loads(pickle.dumps(read)) == copy.deepcopy(read)  # noqa: S301
        assert agreement.commitments == read.commitments
        assert repr(agreement) == repr(read)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            read.sources[0].id = "other"  # type: ignore[misc]

    @given(st.one_of(st.text(), st.text(st.sampled_from(" \t\xa0\u2028\xad\u200bx"))))
    def test_visible(self, text: str) -> None:
        """What the reader calls visible is what the JSON Schema calls visible."""
        assert has_visible(text) == (re.search(VISIBLE, text) is not None)

    @given(agreements())
    def test_built_without_init(self, agreement: Agreement) -> None:
        """The generated readers build what `__init__`, with converters and validators, builds from the same data."""
        data = to_data(agreement)

        assert build(data) == built_by_init(InstanceForm(Agreement), data) == agreement


def built_by_init(form: Any, data: Any) -> Any:
    """Return the value for data, built by the classes themselves."""
    match form:
        case TranslationsForm():
            return [Translation(language=language, text=text) for language, text in data.items()]
        case TupleForm():
            return [built_by_init(form.items, item) for item in data]
        case InstanceForm():
            forms = forms_of(form.cls)
            return form.cls(**{key: built_by_init(forms[key], item) for key, item in data.items() if key in forms})
    return "\n".join(data) if isinstance(data, list) else data


def loaded_by(code: str) -> set[str]:
    """Name the modules that some code makes a new Python load."""
    program = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*sys.modules.keys() - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


#: What takes long to import, and only some functions need.
SLOW = {"cattrs", "dateutil", "difflib", "hashlib", "importlib.resources", "xml", "argparse", "vaekstaftale.html.page"}


class TestStart:
    def test_import(self) -> None:
        """Importing the library imports nothing that is slow to import and that only some functions need."""
        assert loaded_by("import vaekstaftale").isdisjoint(SLOW)

    def test_valid_file(self) -> None:
        """Reading, writing and validating a valid file imports none of it either, except for the checksum."""
        loaded = loaded_by(
            "import vaekstaftale as v; a = v.bundled.load('syddanmark-2017'); v.validate_text(v.dumps(a))"
        )

        assert loaded & SLOW <= {"hashlib"}
