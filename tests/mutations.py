"""Invalid agreement data and JSON texts for the tests, derived from valid ones."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

from conftest import EXAMPLES, minimal
from hypothesis import strategies as st

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Commitment,
    Entity,
    Initiative,
    Party,
    Quote,
    Relation,
    Representative,
    Source,
    ValidityPeriod,
)
from vaekstaftale.serialization.shapes import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator

GOOD = [
    vaekstaftale.to_dict(vaekstaftale.bundled.load("syddanmark-2017")),
    *(json.loads(path.read_text("utf-8")) for path in sorted((EXAMPLES / "valid").glob("*.json"))),
]

STRINGS = [
    "",
    " ",
    "\xa0\u2028",
    "\x1c",
    "x",
    "a-b",
    "a--b",
    "A",
    "a\n",
    "æ",
    "a" * 100,
    "a" * 101,
    "2017",
    "2017-02-29",
    "2016-02-29",
    "1900-02-29",
    "2000-02-29",
    "2017-04-31",
    "2017-09",
    "2017-13",
    "0999",
    "2017\n",
    "5. september 2017",
    "da",
    "DA",
    "en",
    "EN",
    "en-GB-oed",
    "x-a",
    "i-klingon",
    "zh-cmn-Hans-CN",
    "a-DE",
    "de-419-DE",
    "en\n",
    "http://a",
    "HTTPS://a.dk:80/b?c#d",
    "http://",
    "http://:80",
    "http://a b",
    "http://u@",
    "http://a\n",
    "ftp://a",
    "0" * 64,
    "0" * 63,
    "F" * 64,
    "support",
    "Support",
    "renews",
    "organisation",
    "web-page",
    "1.0",
    "1.1",
    "syddansk-vaekstforum",
    "regeringen",
    "webside",
]
NOT_STRINGS: list[Any] = [
    *(None, True, False, 0, 1, -1, 9999, 10000, 1.0, 1.5, 1e300),
    *([], {}, [[]], [{}], [""], ["", "a"], [" ", ""], ["a", "a"], ["a", 1], [None]),
]
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(STRINGS),
    st.sampled_from(NOT_STRINGS),
    st.sampled_from(STRINGS).map(lambda text: [text]),
    st.sampled_from(STRINGS).map(lambda text: {"en": text}),
    st.sampled_from(STRINGS).map(lambda text: {text: "x"}),
)
KEYS = st.sampled_from(
    ["id", "name", "nmae", "title", "titel", "note", "quotes", "text", "translations", "members", "$schema", "end", "x"]
)


def every_key_and_value() -> Iterator[dict[str, Any]]:
    """Yield the smallest agreement with one key set to one value, for every key of every class and every value."""
    values = [*STRINGS, *NOT_STRINGS, *([text] for text in STRINGS), *({text: "x"} for text in STRINGS), {"en": ""}]
    wrappers: dict[type, Any] = {
        Agreement: lambda item: item,
        ValidityPeriod: lambda item: {"validity": item},
        Party: lambda item: {"parties": [{"id": "p", "name": "P", **item}]},
        Representative: lambda item: {"parties": [{"id": "p", "name": "P", "representatives": [item]}]},
        Entity: lambda item: {"entities": [{"id": "e", "name": "E", "kind": "plan", **item}]},
        Initiative: lambda item: {"initiatives": [{"id": "i", "title": "I", **item}]},
        Commitment: lambda item: {"general_commitments": [{"id": "c", "text": "C", **item}]},
        Quote: lambda item: {"quotes": [{"exact": "x", **item}]},
        Source: lambda item: {"sources": [{"id": "s", "kind": "other", **item}]},
        Relation: lambda item: {"relations": [{"kind": "renews", "title": "T", **item}]},
    }
    for cls, wrap in wrappers.items():
        for key in SHAPES[cls].forms:
            for value in values:
                yield {**minimal(), **wrap({key: value})}


@st.composite
def wrong(draw: Any) -> Any:
    """Draw the data of a valid file with one to four random changes, which may leave it valid."""
    data = copy.deepcopy(draw(st.sampled_from(GOOD)))
    for _ in range(draw(st.integers(1, 4))):
        locations = list(_locations(data))
        container, key = draw(st.sampled_from(locations))
        if key not in container if isinstance(container, dict) else key >= len(container):
            continue
        match draw(st.sampled_from(["replace", "replace", "delete", "add", "rename", "repeat", "move"])):
            case "replace":
                container[key] = copy.deepcopy(draw(VALUES))
            case "delete":
                del container[key]
            case "add" if isinstance(container, dict):
                container[draw(KEYS)] = copy.deepcopy(draw(VALUES))
            case "rename" if isinstance(container, dict):
                container[draw(KEYS)] = container.pop(key)
            case "repeat" if isinstance(container, list):
                container.append(copy.deepcopy(container[key]))
            case "move":
                target, index = draw(st.sampled_from(locations))
                if isinstance(target, list):
                    target.insert(index, copy.deepcopy(container[key]))
    return data


def _locations(data: Any) -> Any:
    keys = range(len(data)) if isinstance(data, list) else list(data)
    for key in keys:
        yield data, key
        if isinstance(data[key], (list, dict)):
            yield from _locations(data[key])


@st.composite
def damaged(draw: Any) -> str:
    """Draw the JSON text of a valid file with a few characters changed."""
    text = json.dumps(
        draw(st.sampled_from(GOOD)), ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1]))
    )
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 1, 2, 20, 2000])))
        replacements = st.sampled_from(
            [
                "",
                "",
                ",",
                '"',
                "}",
                "]",
                "{",
                "[",
                ":",
                "\n",
                "\r",
                "\\",
                "\\ud800",
                "\x00",
                "é",
                "\ufeff",
                "1e999",
                "NaN",
                "'",
                "//",
                "null",
                "\ud800",
            ]
        )
        text = text[:start] + draw(replacements) + text[end:]
    return text
