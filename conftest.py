"""Run every example in the documentation: the Python and console blocks of the pages, and the docstrings."""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sybil import Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

from vaekstaftale.cli import main

if TYPE_CHECKING:
    from sybil import Example

ROOT = Path(__file__).parent


class ConsoleBlockParser(CodeBlockParser):
    """Run each `$ vaekstaftale …` line of a console block in the folder of example files and compare its output."""

    language = "console"

    def evaluate(self, example: Example) -> str | None:
        expected = str(example.parsed).rstrip("\n")
        printed = []
        for line in expected.splitlines():
            if line.startswith("$ "):
                program, *arguments = shlex.split(line[2:])
                if program != "vaekstaftale":
                    return f"not a command of ours: {line}"
                printed += [line, *_run(arguments)]
        if printed != expected.splitlines():
            return "expected:\n" + expected + "\n\nprinted:\n" + "\n".join(printed)
        return None


def _run(arguments: list[str]) -> list[str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out), contextlib.suppress(SystemExit):
        main(arguments)
    return out.getvalue().splitlines()


def _enter_examples(namespace: dict[str, object]) -> None:
    """Change to a copy of the folder of example files, so that an example can write to it."""
    examples = ROOT / "docs" / "examples"
    # A new folder each time: several test processes must not share one, and only what was created here is deleted.
    folder = tempfile.mkdtemp(prefix="vaekstaftale-examples-")
    namespace["_created"], namespace["_came_from"] = folder, os.getcwd()
    for file in examples.glob("*.*"):
        if file.is_file():
            shutil.copy(file, folder)
    for name in ("family", "record"):
        shutil.copytree(examples / name, Path(folder, name))
    os.chdir(folder)


def _leave_examples(namespace: dict[str, object]) -> None:
    """Change back, and delete the folder that was created; pytest calls this after a failed set-up too."""
    if "_created" in namespace:
        os.chdir(str(namespace["_came_from"]))
        shutil.rmtree(str(namespace["_created"]))


_documents = Sybil(
    parsers=[PythonCodeBlockParser(), ConsoleBlockParser()],
    patterns=["*.md"],
    excludes=["CHANGELOG.md"],
    setup=_enter_examples,
    teardown=_leave_examples,
)
_docstrings = Sybil(parsers=[DocTestParser()], patterns=["src/**/*.py"])

pytest_collect_file = (_documents + _docstrings).pytest()
