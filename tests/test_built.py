"""The built documentation looks like what its source says.

`pytest -m docs` builds it, with the extra `docs`. The environment variable `DOCS_HTML` names a folder in which it is
built already.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import vaekstaftale

pytestmark = pytest.mark.docs
DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the documentation as HTML; a warning is an error."""
    if given := os.environ.get("DOCS_HTML"):
        return Path(given)
    out = tmp_path_factory.mktemp("html")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", str(DOCS), str(out)]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
    return out


def _read(built: Path, name: str) -> str:
    return (built / name).read_text("utf-8")


def test_code(built: Path) -> None:
    """Code is highlighted, and long lines are wrapped."""
    pages = {page.name: page.read_text("utf-8") for page in built.glob("*.html")}

    assert 'class="highlight-python' in pages["tutorial.html"]
    assert [name for name, page in pages.items() if 'class="literal-block"' in page] == []
    assert "pre-wrap" in (built / "_static" / "wrap.css").read_text("utf-8")


def test_links(built: Path) -> None:
    """Public names in prose, docstrings and signatures are links."""
    link = r'<a class="reference internal" href="{}"[^>]*>'

    assert re.search(link.format(r"api-reading\.html#vaekstaftale\.from_dict"), _read(built, "other-data.html"))
    assert re.search(link.format(r"#vaekstaftale\.InvalidAgreement"), _read(built, "api-reading.html"))
    assert re.search(link.format(r"api-values\.html#vaekstaftale\.Agreement"), _read(built, "api-reading.html"))


def test_inventory(built: Path) -> None:
    """The inventory, by which other projects link to names, has the public names and no others."""
    from sphinx.util.inventory import InventoryFile

    with (built / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, path: base + path)
    names = {name for kind in dict(inventory) if kind.startswith("py:") for name in dict(inventory)[kind]}
    public = {f"vaekstaftale.{name}" for name in vaekstaftale.__all__}

    assert public <= names
    assert [name for name in names if not name.startswith((*public, "vaekstaftale.testing"))] == []


def test_fields(built: Path) -> None:
    """The fields of a class are a list, not one paragraph."""
    page = _read(built, "api-values.html")

    assert "<strong>Fields:</strong></p>\n<ul" in page
    assert len(re.findall(r"<li><p><code[^>]*><span class=\"pre\">signed_on</span></code>", page)) == 1


def test_sidebar(built: Path) -> None:
    """The pages are in groups."""
    captions = re.findall(r'class="caption-text">([^<]*)<', _read(built, "index.html"))

    assert captions == ["Start", "How to", "Reference", "Explanation", "Project"]


def test_copy_buttons(built: Path) -> None:
    """A copied example has no prompts."""
    assert ">>> |" in _read(built, "_static/copybutton.js")
