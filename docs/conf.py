from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version as version_of
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.addnodes import pending_xref

import vaekstaftale

sys.path.insert(0, str(Path(__file__).parent))
from generate import public_names

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.domains.python import PythonDomain
    from sphinx.environment import BuildEnvironment

project = "vaekstaftale"
author = "the vaekstaftale contributors"
copyright = author  # noqa: A001 - Sphinx' own name for it
version = release = version_of("vaekstaftale")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton", "sphinx_design"]
exclude_patterns = ["_build", "examples"]
nitpicky = True
# Types of the standard library, attrs, cattrs and dateutil. Their documentation is elsewhere, and the build needs no
# network.
nitpick_ignore_regex = [
    (
        "py:.*",
        r"(datetime|dateutil|cattrs|enum|os|collections|typing|Converter|relativedelta|Callable|Iterable|date$).*|.*ConverterT|.*\.[TK]|.*\.DefaultT|.*StrPath|.*Input|.*Text|.*OwnRules|.*Readable|_[A-Z]\w+s|.*SearchStrategy",
    )
]

html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["wrap.css"]
html_title = f"vaekstaftale {release}"
html_copy_source = False

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
add_module_names = False
default_role = "literal"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

#: Where the names of the library are documented, by how prose writes them.
NAMES = public_names()


def trim_code(document: nodes.document) -> None:
    """Remove the empty line that ends an example: only the tests need it."""
    for block in document.findall(nodes.literal_block):
        # Sphinx highlights a block only if its text is its source.
        block.rawsource = block.astext().rstrip("\n")
        block[:] = [nodes.Text(block.rawsource)]


def link_names(document: nodes.document) -> None:
    """Make a link of every public name of the library that prose and docstrings mention."""
    for literal in list(document.findall(nodes.literal)):
        target = NAMES.get(literal.astext())
        if target is None or isinstance(literal.parent, (nodes.reference, nodes.title, pending_xref)):
            continue
        link = pending_xref(
            "", refdomain="py", reftype="obj", reftarget=target, refexplicit=True, refwarn=True, refdoc=_name(document)
        )
        literal.replace_self(link)
        link += literal


def _name(document: nodes.document) -> str:
    return str(cast("Any", document.settings).env.docname)


def prepare(_app: Sphinx, document: nodes.document) -> None:
    trim_code(document)
    link_names(document)


def resolve_private(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Element
) -> nodes.reference | None:
    """Resolve the name of a class where it is defined, as annotations have it, to its public name."""
    public = NAMES.get(node["reftarget"].rpartition(".")[2])
    if node.get("refdomain") != "py" or public is None or not public.startswith("vaekstaftale."):
        return None
    domain = cast("PythonDomain", env.get_domain("py"))
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", public, node, content)


def forget_private(_app: Sphinx, env: BuildEnvironment) -> None:
    """Leave the places where classes are defined out of the inventory: others link to the public names."""
    objects = cast("PythonDomain", env.get_domain("py")).objects
    for name in [name for name, entry in objects.items() if entry.aliased]:
        del objects[name]


def list_fields(_app: Sphinx, _what: str, _name: str, value: Any, _options: Any, lines: list[str]) -> None:
    """Write the fields and values of a class, which `help` shows one on each line, as a list."""
    if inspect.isclass(value):
        lines[:] = _with_lists(lines)


def _with_lists(lines: list[str]) -> Iterator[str]:
    inside = False
    for line in lines:
        if line in ("Fields:", "Values:"):
            inside = True
            yield from (f"**{line}**", "")
        elif inside and (found := re.fullmatch(r"\s+(\S+): (.*)", line)):
            yield f"- ``{found[1]}``: {found[2]}"
        else:
            yield line


def write_page(app: Sphinx, error: Exception | None) -> None:
    """Write the page of the bundled agreement, which the documentation links to."""
    if error is None and app.builder.format == "html":
        agreement = vaekstaftale.bundled.load("syddanmark-2017")
        page = vaekstaftale.to_html(agreement, on=date(2018, 1, 1))
        (Path(app.outdir) / "syddanmark-2017.html").write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("doctree-read", prepare)
    app.connect("env-updated", forget_private)
    app.connect("missing-reference", resolve_private)
    app.connect("autodoc-process-docstring", list_fields)
    app.connect("build-finished", write_page)
