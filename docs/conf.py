from __future__ import annotations

from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "vaekstaftale"
author = "the vaekstaftale contributors"
copyright = author  # noqa: A001 - Sphinx' own name for it
version = release = version_of("vaekstaftale")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "examples"]
nitpicky = True
# Types that other projects document.
nitpick_ignore_regex = [
    (
        "py:.*",
        r"(datetime|dateutil|cattrs|os|collections|typing|Converter|relativedelta|Callable|Iterable|date$).*|.*AnyConverter|.*query\.[TK]",
    )
]

html_theme = "furo"
html_title = f"vaekstaftale {release}"

myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]
add_module_names = False
default_role = "literal"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"


def tell_fields(_app: Sphinx, kind: str, _name: str, thing: Any, _options: object, lines: list[str]) -> None:
    """Add to a class's docstring what its fields mean: their meaning stands beside them, and nowhere else."""
    if kind == "class" and attrs.has(thing):
        fields = [field for field in attrs.fields(thing) if "meaning" in field.metadata]
        if fields:
            lines += ["", *(f":ivar {field.name}: {field.metadata['meaning']}" for field in fields), ""]


def setup(app: Sphinx) -> None:
    app.connect("autodoc-process-docstring", tell_fields)
