"""The sure way: it takes every good file, and nothing that the way that explains would refuse."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from typing import Any

import attrs
import pytest
from conftest import EXAMPLES, minimal
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import every_key_and_value, wrong
from strategies import agreements

import vaekstaftale
from vaekstaftale import Agreement, _straight, _sure
from vaekstaftale._glance import is_coherent_at_a_glance
from vaekstaftale._json import Document
from vaekstaftale.errors import CODES
from vaekstaftale.forms import LANGUAGE, TEXT
from vaekstaftale.rules import COHERENCE
from vaekstaftale.structure import structural_findings

INVALID = sorted((EXAMPLES / "invalid").glob("*.json"))


class TestReading:
    @given(agreements(), st.sampled_from([None, 2]))
    def test_takes_what_the_library_writes(self, agreement: Agreement, indent: int | None) -> None:
        """What the library has written is never doubted, so it is never read twice."""
        text = vaekstaftale.dumps(agreement, indent=indent)

        assert agreement == _sure.read(text) == _sure.read(text.encode())

    @settings(max_examples=300)
    @given(wrong())
    def test_data(self, data: Any) -> None:
        """Data are taken just when nothing is wrong with their structure."""
        assert (_sure.build(data) is not None) == (not list(structural_findings(data)))

    def test_every_key_and_value(self) -> None:
        """Under every key of every class, a value of every kind is taken just when nothing is wrong with it."""
        count = 0
        for data in every_key_and_value():
            right = not list(structural_findings(data))
            assert (_sure.build(data) is not None) == right, data
            text = json.dumps(data)
            assert (_sure.read(text) is None) >= (not right), data
            count += 1

        assert count > 10_000

    @settings(max_examples=300)
    @given(wrong(), st.booleans())
    def test_text(self, data: Any, ascii_only: bool) -> None:  # noqa: FBT001
        """Of a text that is taken, the way that explains gives the same agreement."""
        text = json.dumps(data, ensure_ascii=ascii_only)
        agreement = _sure.read(text)

        assert agreement is None or agreement == _sure.build(Document(text).value)

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
        """A key that stands twice is seen, whatever is escaped, and wherever it stands."""
        first, rest = text.removeprefix("{").removesuffix("}"), json.dumps(minimal()).removeprefix("{")
        inside = json.dumps(minimal(general_commitments=[{"id": "c", "text": "C"}])).replace(
            '"text": "C"', '"text": "C", "text": "C"'
        )

        assert _sure.read("{" + first + ", " + rest) is None
        assert _sure.read(inside) is None

    @pytest.mark.parametrize("words", ['"', "\\", '\\"', '\\\\"', '":"', "a\\", "\n\t\x00", "💡", "\\u0022"])
    def test_escapes(self, words: str) -> None:
        """Quotation marks and backslashes in texts make no doubt."""
        text = json.dumps(minimal(title=words, note=words + "x"), ensure_ascii=False)
        agreement = _sure.read(text)

        assert agreement is not None
        assert agreement.title == words


class TestStraightLineCode:
    @given(agreements())
    def test_values_are_like_others(self, agreement: Agreement) -> None:
        """A value that was read is one like any other: frozen, equal, hashable; it pickles and copies."""
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
        """What strings say of themselves is what the pattern of a text says."""
        assert TEXT.matches(text) == (bool(text) and not text.isspace())

    def test_tags(self) -> None:
        """Tags that are not looked at have the form that they must have."""
        assert all(LANGUAGE.matches(tag) for tag in _straight.PLAIN_TAGS)


class TestGlance:
    @given(agreements())
    def test_good_agreements(self, agreement: Agreement) -> None:
        """What is passed at a glance passes the rules."""
        if is_coherent_at_a_glance(agreement):
            assert [finding for rule in COHERENCE for finding in rule(agreement)] == []

    def test_the_bundled_agreement(self, agreement: Agreement) -> None:
        """One look is enough for an agreement without problems."""
        assert is_coherent_at_a_glance(agreement)

    @settings(max_examples=500)
    @given(wrong())
    def test_wrong_agreements(self, data: Any) -> None:
        """What a rule finds fault with is not passed at a glance."""
        agreement = _sure.build(data)
        if agreement is not None and any(finding for rule in COHERENCE for finding in rule(agreement)):
            assert not is_coherent_at_a_glance(agreement)

    def test_examples(self) -> None:
        """Every example of an incoherent agreement is seen."""
        seen = set()
        for path in INVALID:
            data = path.read_bytes()
            codes = {problem.code for problem in vaekstaftale.validate_text(data)}
            if not codes.isdisjoint(CODES["coherence"]):
                agreement = _sure.read(data)
                assert agreement is None or not is_coherent_at_a_glance(agreement), path
                seen |= codes

        assert seen >= set(CODES["coherence"]) - {"duplicate-agreement-id", "relation-cycle"}


def loaded_by(code: str) -> set[str]:
    """Name the modules that some code makes a new Python load."""
    program = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*sys.modules.keys() - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


class TestStart:
    def test_import(self) -> None:
        """Importing the library loads nothing that is not used."""
        assert loaded_by("import vaekstaftale").isdisjoint({"attrs", "cattrs", "json", "dateutil", "msgspec"})

    def test_a_good_file(self) -> None:
        """Reading a good file loads nothing that only explains."""
        loaded = loaded_by("import vaekstaftale; vaekstaftale.bundled.load('syddanmark-2017')")

        assert loaded.isdisjoint({"cattrs", "dateutil", "difflib", "hashlib", "importlib.resources"})
        assert loaded.isdisjoint({f"vaekstaftale.{name}" for name in ("_json", "explain", "rules", "quotes", "query")})

    def test_public_names(self) -> None:
        """Every public name is where the table says that it lives, and `dir` knows them all."""
        assert set(vaekstaftale.__all__) <= set(dir(vaekstaftale))
        assert {name for name in vaekstaftale.__all__ if not hasattr(vaekstaftale, name)} == set()
        assert not hasattr(vaekstaftale, "nothing")
