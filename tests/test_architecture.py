"""The folder listing is the architecture: imports point down only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import vaekstaftale

SOURCE = Path(vaekstaftale.__file__).parent

#: From the ground up. Modules on one floor do not know each other.
FLOORS = [
    {"errors"},
    {"_disk", "_json", "_search", "forms", "names"},
    {"_nearly", "danish", "dates", "report"},
    {"model"},
    {"_glance", "compare", "paths", "shapes", "wording"},
    {"_straight", "query", "quotes", "schema", "structure"},
    {"_fast", "rules", "serialization", "summary"},
    {"_sure"},
    {"explain"},
    {"files", "validation"},
    {"bundled", "html"},
    {"notebook"},
    {"__init__"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {module: number for number, floor in enumerate(FLOORS) for module in floor}

#: The rooms of the page, which is one room of the house.
PAGE = [
    {"markup"},
    {"record", "timeline"},
    {"parts"},
    {"actors", "glance", "promises", "sources"},
    {"several"},
    {"page"},
    {"__init__"},
]
PAGE_FLOOR_OF = {module: number for number, floor in enumerate(PAGE) for module in floor}


def imports(path: Path, package: str = "vaekstaftale", floors: dict[str, int] = FLOOR_OF) -> set[str]:
    """Name the modules of a package that a module imports anywhere, inside functions and for types too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            names |= {alias.name if alias.name in floors else "__init__" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{package}."):
            names.add((node.module or "").removeprefix(f"{package}.").split(".")[0])
    return names


def test_every_module_has_a_floor() -> None:
    """Every module stands on a floor."""
    assert set(FLOOR_OF) == {path.stem for path in SOURCE.glob("*.py")} | {"html"}
    assert set(PAGE_FLOOR_OF) == {path.stem for path in SOURCE.glob("html/*.py")}


def test_imports_point_down() -> None:
    """No module imports from its own floor or from one above."""
    upward = [
        f"{path.stem} imports {name}"
        for path in SOURCE.glob("*.py")
        for name in imports(path)
        if FLOOR_OF[name] >= FLOOR_OF[path.stem]
    ]
    upward += [
        f"html.{path.stem} imports {name}"
        for path in SOURCE.glob("html/*.py")
        for name in imports(path) - {"html"}
        if FLOOR_OF[name] >= FLOOR_OF["html"]
    ]
    upward += [
        f"html.{path.stem} imports html.{name}"
        for path in SOURCE.glob("html/*.py")
        for name in imports(path, "vaekstaftale.html", PAGE_FLOOR_OF)
        if PAGE_FLOOR_OF[name] >= PAGE_FLOOR_OF[path.stem]
    ]

    assert upward == []


def test_only_the_command_line_prints() -> None:
    """Nothing but the command line writes to the terminal."""
    printing = {path.stem for path in SOURCE.rglob("*.py") if re.search(r"\bprint\(", path.read_text("utf-8"))}

    assert {"cli"} == printing
