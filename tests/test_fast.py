"""The fast path: it accepts every valid file that the library writes, and no invalid file."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from typing import Any

import attrs
import pytest
from conftest import minimal
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import every_key_and_value, wrong
from strategies import agreements

import vaekstaftale
from vaekstaftale import Agreement
from vaekstaftale.model.forms import InstanceForm
from vaekstaftale.model.strings import TEXT
from vaekstaftale.serialization import fast
from vaekstaftale.serialization.json_text import Document
from vaekstaftale.serialization.structure import structural_violations


class TestReading:
    @given(agreements(), st.sampled_from([None, 2]))
    def test_accepts_what_the_library_writes(self, agreement: Agreement, indent: int | None) -> None:
        """What the library has written is accepted, so it is never read twice."""
        text = vaekstaftale.dumps(agreement, indent=indent)

        assert agreement == fast.read_text(text) == fast.read_text(text.encode())

    @settings(max_examples=300)
    @given(wrong())
    def test_data(self, data: Any) -> None:
        """Data are accepted exactly when nothing is wrong with their structure."""
        assert (fast.read_data(data) is not None) == (not list(structural_violations(data)))

    def test_every_key_and_value(self) -> None:
        """Under every key of every class, a value of every kind is accepted exactly when nothing is wrong with it."""
        count = 0
        for data in every_key_and_value():
            right = not list(structural_violations(data))
            assert (fast.read_data(data) is not None) == right, data
            text = json.dumps(data)
            assert (fast.read_text(text) is None) >= (not right), data
            count += 1

        assert count > 10_000

    @settings(max_examples=300)
    @given(wrong(), st.booleans())
    def test_text(self, data: Any, ascii_only: bool) -> None:  # noqa: FBT001
        """A text that is accepted has the same agreement for the slow path."""
        text = json.dumps(data, ensure_ascii=ascii_only)
        agreement = fast.read_text(text)

        assert agreement is None or agreement == fast.read_data(Document(text).value)

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

        assert fast.read_text("{" + first + ", " + rest) is None
        assert fast.read_text(inside) is None

    @pytest.mark.parametrize("words", ['"', "\\", '\\"', '\\\\"', '":"', "a\\", "\n\t\x00", "💡", "\\u0022"])
    def test_escapes(self, words: str) -> None:
        """Quotation marks and backslashes in texts are accepted."""
        text = json.dumps(minimal(title=words, note=words + "x"), ensure_ascii=False)
        agreement = fast.read_text(text)

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

    @given(st.one_of(st.text(), st.text(st.sampled_from(" \t\xa0\u2028x"))))
    def test_texts(self, text: str) -> None:
        """The methods of strings agree with the pattern of a text."""
        assert TEXT.matches(text) == (bool(text) and not text.isspace())


class TestDeletable:
    """The fast path can be deleted without changing a result."""

    @given(agreements())
    def test_forms_do_the_same(self, agreement: Agreement) -> None:
        """The forms read and write the same data, without generated code."""
        form = InstanceForm(Agreement)
        data = fast.to_data(agreement)

        assert {"format_version": "1.0", **form.to_data(agreement)} == data
        assert form.from_data(data) == agreement


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
