"""JSON through orjson, if it is installed (the extra `fast`), or else through the standard library.

Both encode to the same bytes, and decode the same values, except integers of more than 64 bits. Each may refuse some
valid JSON. Invalid JSON raises `ValueError` or `RecursionError`, except that the standard library accepts `NaN` and
`Infinity`, which no form accepts. `json_text` reports what is wrong.
"""

from __future__ import annotations

import json
import re
from types import ModuleType
from typing import Any


def _import_orjson() -> ModuleType | None:
    try:
        import orjson  # noqa: PLC0415 - an optional extra
    except ImportError:
        return None
    return orjson


#: The module orjson, or `None` without it.
ORJSON: Any = _import_orjson()


def decode(text: str | bytes) -> Any:
    """Return the data of a JSON text. Raises `ValueError` or `RecursionError` for nearly everything else.

    May also raise for valid JSON, such as a text with a byte order mark. Of duplicate keys, the last one counts. A
    number with a decimal point or an exponent may be rounded, and so may an integer of more than 64 bits; each is then
    a `float`.
    """
    if ORJSON:
        return ORJSON.loads(text)
    if isinstance(text, str):
        text.encode()  # raises for a lone surrogate
    decoded = text.decode() if isinstance(text, bytes) else text
    if "\\" in decoded and re.search(r"\\u[Dd][89A-Fa-f]", decoded):
        raise ValueError("possibly a lone surrogate")
    return json.loads(decoded)


def encode(data: Any, indent: int | None) -> str:
    """Return data as JSON text: indented and with a line feed at the end, or, if `indent` is `None`, on one line."""
    if indent is None:
        return str(ORJSON.dumps(data).decode()) if ORJSON else _ONE_LINE.encode(data)
    if ORJSON and indent == ORJSON_INDENT:
        return f"{ORJSON.dumps(data, option=ORJSON.OPT_INDENT_2).decode()}\n"
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


#: The only indentation that orjson can write.
ORJSON_INDENT = 2
_ONE_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
