"""Reading what is certainly right, and writing: the way of all good files, as fast as there are means.

Whatever this doubts goes to the way that explains, so it can be no stricter than that; it must never be laxer. With
msgspec installed it reads and writes the JSON, without it the standard library.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from vaekstaftale._straight import Account, Doubt, own_reader, own_writer
from vaekstaftale.errors import shown
from vaekstaftale.forms import is_unicode_throughout
from vaekstaftale.model import Agreement

if TYPE_CHECKING:
    from types import ModuleType


def _fast() -> ModuleType | None:
    try:
        from vaekstaftale import _fast as module  # noqa: PLC0415 - it may be missing
    except ImportError:  # without msgspec
        return None
    return module


#: The way through msgspec, or `None` without it.
FAST = _fast()

#: The largest text that is read or written, in bytes of UTF-8, unless the caller sets another limit.
MAX_BYTES = 1_000_000


def typed(text: str | bytes) -> str | bytes:
    """Give a text as it is; `TypeError` for what is none."""
    if type(text) not in (str, bytes):
        raise TypeError(f"expected a str or bytes, not {type(text).__name__}; for an open file, use loads(file.read())")
    return text


def an_agreement(value: Agreement) -> Agreement:
    """Give an agreement as it is; `TypeError` for what is none."""
    if not isinstance(value, Agreement):
        raise TypeError(f"expected an Agreement, not {type(value).__name__} {shown(value)}")
    return value


def is_larger(text: str | bytes, max_bytes: int) -> bool:
    """Tell whether a text is larger than a limit, as UTF-8."""
    if len(text) > max_bytes or isinstance(text, bytes):
        return len(text) > max_bytes
    return len(text) * 4 > max_bytes and len(text.encode(errors="surrogatepass")) > max_bytes


def read(text: str | bytes, max_bytes: int = MAX_BYTES) -> Agreement | None:
    """Read an agreement of JSON text that is not too large and whose structure is certainly right."""
    if is_larger(text, max_bytes):
        return None
    try:
        encoded = text.encode() if isinstance(text, str) else text
        account = Account()
        agreement = (FAST.read if FAST else _read)(encoded, account)
    except (*_DOUBTS, RecursionError):
        return None
    # Of equal keys all parsers that are fast take the last one. But then not all strings of the text were taken.
    return agreement if account.strings == _strings_in(encoded) else None


def build(data: Any) -> Agreement | None:
    """Build an agreement of plain data whose structure is certainly right."""
    try:
        agreement: Agreement = own_reader(Agreement)(data, Account())
    except _DOUBTS:
        return None
    return agreement if is_unicode_throughout(data) else None


def to_dict(agreement: Agreement) -> dict[str, Any]:
    """Give an agreement as plain data."""
    data: dict[str, Any] = own_writer(Agreement)(an_agreement(agreement))
    return data


def encode(data: dict[str, Any], indent: int | None) -> str:
    """Write plain data as JSON text: with an indentation, or on one line with no spaces."""
    if FAST and (indent is None or indent > 0):
        return str(FAST.encode(data, indent))
    if indent is None:
        return _ENCODER.encode(data)
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


#: What straight-line code raises at wrong data: itself, for a key that is missing, for a word that is no string.
_DOUBTS = (ValueError, KeyError, TypeError)


def _read(text: bytes, account: Account) -> Agreement:
    decoded = text.decode()
    if "\\" in decoded and _SURROGATE.search(decoded):
        raise Doubt
    agreement: Agreement = own_reader(Agreement)(_DECODER.decode(decoded.removeprefix("\ufeff")), account)
    return agreement


def _strings_in(text: bytes) -> int:
    """Count the strings of a JSON text, keys included."""
    if b"\\" in text:
        text = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    return text.count(b'"') // 2


def _doubt(_: str) -> Any:
    raise Doubt


_SURROGATE = re.compile(r"\\u[Dd][89A-Fa-f]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_float=_doubt, parse_constant=_doubt)
