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
    {"_glance", "compare", "query", "quotes", "shapes"},
    {"_straight", "rules", "schema", "structure"},
    {"_fast", "serialization"},
    {"_sure", "summary"},
    {"explain"},
    {"files", "validation"},
    {"bundled"},
    {"__init__"},
    {"cli"},
    {"__main__"},
]
FLOOR_OF = {module: number for number, floor in enumerate(FLOORS) for module in floor}


def imports(path: Path) -> set[str]:
    """Name the modules of the library that a module imports anywhere, inside functions and for types too."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "vaekstaftale":
            names |= {alias.name if alias.name in FLOOR_OF else "__init__" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("vaekstaftale."):
            names.add((node.module or "").split(".")[1])
    return names


def test_every_module_has_a_floor() -> None:
    """Every module stands on a floor."""
    assert set(FLOOR_OF) == {path.stem for path in SOURCE.glob("*.py")}


def test_imports_point_down() -> None:
    """No module imports from its own floor or from one above."""
    upward = [
        f"{path.stem} imports {name}"
        for path in SOURCE.glob("*.py")
        for name in imports(path)
        if FLOOR_OF[name] >= FLOOR_OF[path.stem]
    ]

    assert upward == []


def test_only_the_command_line_prints() -> None:
    """Nothing but the command line writes to the terminal."""
    printing = {path.stem for path in SOURCE.glob("*.py") if re.search(r"\bprint\(", path.read_text("utf-8"))}

    assert {"cli"} == printing
