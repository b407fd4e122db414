"""orjson and the standard library: the same files are accepted, with the same values and the same bytes."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import invalid
import pytest
from conftest import EXAMPLES, minimal
from hypothesis import given, settings
from hypothesis import strategies as st
from mutations import damaged, every_key_and_value, wrong

import vaekstaftale
from vaekstaftale import Agreement
from vaekstaftale.limits import MAX_BYTES
from vaekstaftale.serialization import json_library
from vaekstaftale.serialization.reader import agreement_in_text
from vaekstaftale.testing import agreements
from vaekstaftale.validation.checking import check_text

if TYPE_CHECKING:
    from collections.abc import Iterator

#: At least 1,000 examples for each test; `nox -s properties` runs more.
MANY = settings(max_examples=max(1_000, settings().max_examples))


@contextmanager
def without_orjson() -> Iterator[None]:
    with patch.object(json_library, "ORJSON", None):
        yield


def check_both(text: str | bytes) -> None:
    """Check that both libraries lead to the same problems, and to the same agreement if orjson accepts the text."""
    with_orjson, problems = agreement_in_text(text), vaekstaftale.validate_text(text)
    with without_orjson():
        assert problems == vaekstaftale.validate_text(text)
        assert with_orjson is None or with_orjson == check_text(text, (), max_bytes=MAX_BYTES).agreement


def test_orjson_is_used() -> None:
    """orjson is used if it is installed, and the tests require it."""
    assert json_library.ORJSON is not None


def test_every_key_and_value() -> None:
    """For every key and every kind of value, the standard library reads what orjson reads."""
    for data in every_key_and_value():
        text = json.dumps(data)
        with_orjson = agreement_in_text(text)
        with without_orjson():
            assert with_orjson is None or with_orjson == agreement_in_text(text), text


@pytest.mark.parametrize(
    "escape",
    ["\\ud83d\\ude00", "\\uD83D\\uDE00", "\\ud83d", "\\ude00\\ud83d", "\\ud83d\\ud83d\\ude00", "\\u00e6", "\\u0000"],
)
def test_escapes(escape: str) -> None:
    """Both libraries decode a surrogate pair to one character and reject lone surrogates."""
    check_both(json.dumps(minimal(title="X")).replace('"X"', f'"X{escape}"'))


@pytest.mark.slow
@MANY
@given(wrong(), st.booleans(), st.sampled_from([None, 0, 2]))
def test_wrong_data(data: Any, ascii_only: bool, indent: int | None) -> None:  # noqa: FBT001
    """Both libraries report the same problems for changed data."""
    check_both(json.dumps(data, ensure_ascii=ascii_only, indent=indent))


@pytest.mark.slow
@MANY
@given(damaged())
def test_damaged_text(text: str) -> None:
    """Both libraries report the same problems for damaged text."""
    check_both(text)
    check_both(text.encode(errors="surrogatepass"))


FILES = {path.name: path.read_bytes() for path in sorted(EXAMPLES.glob("**/*.json"))} | dict(invalid.files())


@pytest.mark.parametrize("name", FILES)
def test_examples(name: str) -> None:
    """Both libraries give the same results for all examples, valid and invalid."""
    check_both(FILES[name])


@pytest.mark.slow
@MANY
@given(agreements(), st.sampled_from([None, -1, 0, 1, 2, 4]))
def test_bytes(agreement: Agreement, indent: int | None) -> None:
    """Both libraries write the same bytes, indented or on one line."""
    text = vaekstaftale.dumps(agreement, indent=indent)

    assert agreement_in_text(text) == agreement
    with without_orjson():
        assert text == vaekstaftale.dumps(agreement, indent=indent)


@given(st.text())
def test_strings(text: str) -> None:
    """Both libraries escape the same characters in the same way."""
    data = {"text": text, "empty": {}, "none": []}
    encoded = [json_library.encode(data, indent) for indent in (None, 2)]
    with without_orjson():
        assert encoded == [json_library.encode(data, indent) for indent in (None, 2)]
