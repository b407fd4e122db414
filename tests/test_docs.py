"""The documentation says what the code does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Any

import vaekstaftale

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_tables_of_keys() -> None:
    """The tables in the file format are those that the classes give."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    tables: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)

    assert tables.page() == (DOCS / "file-format.md").read_text("utf-8")
    assert tables.page().count("| key | value | meaning |") == 10


def test_every_public_name() -> None:
    """Every public name is on the page of the API."""
    page = (DOCS / "api.md").read_text("utf-8")
    missing = {name for name in vaekstaftale.__all__ if not re.search(rf"\b{name}\b", page)}

    assert set() == missing


def test_first_file() -> None:
    """The first agreement file of the tutorial is the file that the examples use, and canonical."""
    [text] = re.findall(r"```json\n(.*?)```", (DOCS / "tutorial.md").read_text("utf-8"), re.DOTALL)

    assert text == (DOCS / "examples" / "min-region.json").read_text("utf-8")
    assert text == vaekstaftale.dumps(vaekstaftale.loads(text))


def test_second_command() -> None:
    """The README has exactly one line that installs what the tests need and runs them."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()

    assert len([line for line in lines if re.fullmatch("pip install -e .*pytest", line)]) == 1
