"""What is part of the library as data: agreements, the JSON Schema, and what each code of a problem means."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, cached_property
from typing import Any

from attrs import frozen

from vaekstaftale.display import require
from vaekstaftale.files.disk import packaged
from vaekstaftale.files.reading import loads
from vaekstaftale.matching import unknown_name
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.strings import ID
from vaekstaftale.problems import Severity
from vaekstaftale.validation.codes import STAGES, severity_of_code


def names() -> tuple[str, ...]:
    """Return the ids of the bundled agreements, sorted."""
    from importlib.resources import files  # noqa: PLC0415 - slow to import

    folder = files("vaekstaftale") / "data" / "agreements"
    return tuple(sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json")))


def load(name: str) -> Agreement:
    """Return a bundled agreement by its id. Raises `UnknownName` with a suggestion."""
    return loads(read(name))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an agreement's file."""
    found: dict[str, Any] = json.loads(read_schema())
    return found


def schema_components(ref_template: str = "#/components/schemas/{name}") -> dict[str, dict[str, Any]]:
    """Return the JSON Schema as separate definitions by name, for an OpenAPI document: "Agreement" and all others.

    `{name}` in the template is replaced by the name of a definition. Raises `ValueError` for a template without it.
    """
    require(ref_template, str, "ref_template")
    if "{name}" not in ref_template:
        raise ValueError(f"ref_template must contain '{{name}}', unlike {ref_template!r}")

    def with_references(value: Any) -> Any:
        if isinstance(value, list):
            return [with_references(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            key: ref_template.replace("{name}", item.rpartition("/")[2]) if key == "$ref" else with_references(item)
            for key, item in value.items()
        }

    whole = schema()
    definitions = whole.pop("$defs")
    del whole["$id"], whole["$schema"], whole["title"]  # programs that generate classes would name one by the title
    components: dict[str, dict[str, Any]] = with_references({"Agreement": whole, **definitions})
    return components


def read_schema() -> str:
    """Return the content of the file that contains the JSON Schema."""
    return packaged("agreement.schema.json").decode()


def read(name: str) -> bytes:
    """Return the content of a bundled agreement's file. Raises `UnknownName` with a suggestion."""
    require(name, str, "name")
    if ID.accepts(name):  # so that no name leads out of the folder
        with suppress(FileNotFoundError):
            return packaged(f"agreements/{name}.json")
    raise unknown_name(name, "bundled agreement", names())


# --- Codes ------------------------------------------------------------------------------------------------
#
# The page about problems is part of the package. `docs/generate.py` copies it from `docs/rules.md`.


@frozen
class Code:
    """What a code of a problem means."""

    #: Whether its problems are errors or warnings; `None` for `more-problems`, which may be either.
    severity: Severity | None
    #: The stage that finds it: "text", "structure", "coherence", "evidence", "limit" or "advice".
    stage: str
    #: When it is reported, in one sentence.
    summary: str


class _Codes(Mapping[str, Code]):
    """All codes, by stage; the page is read when they are first looked at."""

    @cached_property
    def _codes(self) -> Mapping[str, Code]:
        stages = {code: stage for stage, codes in STAGES.items() for code in codes}
        return {
            code: Code(severity_of_code(code), stages.get(code, "advice"), _first_sentence(text))
            for code, text in _sections().items()
        }

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __repr__(self) -> str:
        return f"<{len(self)} codes: {', '.join(self)}>"


#: What each code of the library means, those of the optional rules in `advice` included. A code never changes its
#: meaning.
CODES: Mapping[str, Code] = _Codes()


def explanation(code: str) -> str:
    """Return what the documentation says of a code, in Markdown. Raises `UnknownName` with a suggestion."""
    if code not in _sections():
        raise unknown_name(code, "code", _sections())
    return _sections()[code]


@cache
def _sections() -> Mapping[str, str]:
    """Return the text below the heading of each code."""
    page = packaged("rules.md").decode()
    found = re.findall(r"^### `([a-z0-9/-]+)`\n(.*?)(?=^##|\Z)", page, re.DOTALL | re.MULTILINE)
    return {code: text.strip() for code, text in found}


def _first_sentence(text: str) -> str:
    paragraph = " ".join(text.partition("\n\n")[0].split())
    return re.split(r"(?<=[.])\s", paragraph, maxsplit=1)[0]


__all__ = ["load", "names", "schema", "schema_components"]


def __dir__() -> list[str]:
    return __all__
