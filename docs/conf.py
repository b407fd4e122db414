from __future__ import annotations

from datetime import date
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

import vaekstaftale

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
        r"(datetime|dateutil|cattrs|enum|os|collections|typing|Converter|relativedelta|Callable|Iterable|date$).*|.*ConverterT|.*query\.[TK]|.*\.DefaultT",
    )
]

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["wrap.css"]
html_title = f"vaekstaftale {release}"

myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]
add_module_names = False
default_role = "literal"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"


def trim_code(_app: Sphinx, document: nodes.document) -> None:
    """Remove the empty line that ends an example: only the tests need it."""
    for block in document.findall(nodes.literal_block):
        # Sphinx highlights a block only if its text is its source.
        block.rawsource = block.astext().rstrip("\n")
        block[:] = [nodes.Text(block.rawsource)]


def write_page(app: Sphinx, error: Exception | None) -> None:
    """Write the page of the bundled agreement, which the documentation links to."""
    if error is None and app.builder.format == "html":
        agreement = vaekstaftale.bundled.load("syddanmark-2017")
        page = vaekstaftale.to_html(agreement, on=date(2018, 1, 1))
        (Path(app.outdir) / "syddanmark-2017.html").write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", trim_code)
    app.connect("build-finished", write_page)
