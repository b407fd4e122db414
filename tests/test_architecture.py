"""The folder listing is the architecture: imports point down, and nothing grows too large to read."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import vaekstaftale

SOURCE = Path(vaekstaftale.__file__).parent

#: The layers from the bottom. A package counts as one name.
LAYERS = [
    {"display", "limits", "matching", "problems"},
    {"model"},
    {"changes", "edit", "query", "quotes", "tables"},
    {"serialization"},
    {"validation"},
    {"advice", "files"},
    {"bundled", "html", "testing", "wording"},
    {"__init__", "__main__", "cli", "notebook"},
]
LAYER_OF = {name: number for number, layer in enumerate(LAYERS) for name in layer}

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}


def imports_of(name: str) -> set[str]:
    """Return the modules of the library that a module imports: at its top, in functions, and for types."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "vaekstaftale":
            module = (node.module or "").removeprefix("vaekstaftale").removeprefix(".")
            for alias in node.names:
                inner = f"{module}.{alias.name}".removeprefix(".")
                found.add(inner if inner in MODULES else module or "__init__")
        assert not (isinstance(node, ast.Import) and any("vaekstaftale" in alias.name for alias in node.names)), name
    return found


IMPORTS = {name: imports_of(name) for name in MODULES}


def test_every_module_has_a_layer() -> None:
    """Every module and package is in exactly one of at most eight layers."""
    names = {name.split(".")[0] for name in MODULES}

    assert names == set(LAYER_OF), "add new modules to LAYERS in tests/test_architecture.py"
    assert len(LAYERS) <= 8
    assert sum(map(len, LAYERS)) == len(LAYER_OF)


def test_imports_point_down() -> None:
    """No module imports from a layer above its own."""
    upward = [
        f"{name} imports {imported}"
        for name, imported_names in IMPORTS.items()
        for imported in imported_names
        if LAYER_OF[imported.split(".")[0]] > LAYER_OF[name.split(".")[0]]
    ]

    assert upward == []


def test_no_cycles() -> None:
    """No module imports itself through others."""
    left = {name: set(imported) for name, imported in IMPORTS.items()}
    while ends := {name for name, imported in left.items() if imported.isdisjoint(left)}:
        left = {name: imported for name, imported in left.items() if name not in ends}

    assert left == {}, "these modules import one another"


def test_no_cycles_of_packages() -> None:
    """No package imports itself through others."""
    left: dict[str, set[str]] = {}
    for name, imported in IMPORTS.items():
        package = name.split(".")[0]
        left.setdefault(package, set()).update({one.split(".")[0] for one in imported} - {package})
    while ends := {name for name, imported in left.items() if imported.isdisjoint(left)}:
        left = {name: imported for name, imported in left.items() if name not in ends}

    assert left == {}, "these packages import one another"


def test_small() -> None:
    """The package has at most 24 entries, and no module more than 400 lines."""
    entries = {path.name for path in SOURCE.iterdir() if path.name != "__pycache__"}
    long = {name for name, path in MODULES.items() if len(path.read_text("utf-8").splitlines()) > 400}

    assert len(entries) <= 24, f"put new modules into a package, the folder has 24 entries at most: {sorted(entries)}"
    assert long == set(), "split these modules, or merge what they repeat"


def test_root_only_imports() -> None:
    """The root of the package imports the public names from where they are defined, and does nothing else."""
    body = ast.parse(MODULES["__init__"].read_text("utf-8")).body
    statements = [node for node in body[1:] if not isinstance(node, ast.ImportFrom)]
    imported = {alias.name for node in body if isinstance(node, ast.ImportFrom) for alias in node.names}

    assert [ast.unparse(node).split()[0] for node in statements] == ["__version__", "__all__", "def"], (
        "nothing else is defined"
    )
    modules = {"advice", "edit", "matching", "tables"}
    unlisted = sorted(imported - set(vaekstaftale.__all__) - modules)
    assert unlisted == [], "add these names to __all__ in __init__.py, or, for a public module, to this test"
    assert sorted(set(vaekstaftale.__all__) - imported) == [], "import these names of __all__ in __init__.py"


def test_only_one_module_prints() -> None:
    """Nothing but `cli.streams` writes to the terminal."""
    printing = {name for name, path in MODULES.items() if re.search(r"\bprint\(", path.read_text("utf-8"))}

    assert {"cli.streams"} == printing
