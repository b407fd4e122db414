"""Agreements as the result of a notebook cell."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING

from IPython.core.formatters import DisplayFormatter
from test_html import check_page, parse

import vaekstaftale
from vaekstaftale import notebook

if TYPE_CHECKING:
    from vaekstaftale import Agreement


def test_frame(agreement: Agreement) -> None:
    """With the extension, agreements are shown as a page in a frame; after unloading it, they are shown as before."""
    shell = SimpleNamespace(display_formatter=DisplayFormatter())
    values = {"Vækstpartnerskabsaftale": agreement, "Én aftale": vaekstaftale.Agreements([agreement])}
    before = [shell.display_formatter.format(value)[0] for value in values.values()]
    notebook.load_ipython_extension(shell)

    for words, value in values.items():
        shown = shell.display_formatter.format(value)[0]["text/html"]
        [frame] = parse(f"<!DOCTYPE html>{shown}").iter("iframe")
        page = frame.get("srcdoc") or ""
        assert frame.get("sandbox") == "allow-popups allow-popups-to-escape-sandbox"
        assert words in page
        # A link within the page stays in the frame.
        assert '<base href="about:srcdoc">' in page
        check_page(re.sub("<base [^>]*>", "", page))

    notebook.unload_ipython_extension(shell)
    assert before == [shell.display_formatter.format(value)[0] for value in values.values()]
    assert "text/html" not in before[0]


def test_unload_first() -> None:
    """Unloading the extension before it was loaded is not an error."""
    notebook.unload_ipython_extension(SimpleNamespace(display_formatter=DisplayFormatter()))
