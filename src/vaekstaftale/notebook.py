"""An IPython extension that shows agreements as pages in a notebook: `%load_ext vaekstaftale.notebook`."""

from __future__ import annotations

from datetime import date
from typing import Any

from vaekstaftale.html.markup import element, written
from vaekstaftale.html.page import page
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.query import Agreements

_SHOWN = (Agreement, Agreements)


def load_ipython_extension(ipython: Any) -> None:
    """Show an agreement, or several, as a page if they are the value of a cell. Called by IPython."""
    for cls in _SHOWN:
        _formatter(ipython).for_type(cls, _frame)


def unload_ipython_extension(ipython: Any) -> None:
    """Show them like any other value again. Called by IPython."""
    for cls in _SHOWN:
        _formatter(ipython).pop(cls, None)


def _formatter(ipython: Any) -> Any:
    return ipython.display_formatter.formatters["text/html"]


def _frame(value: Agreement | Agreements) -> str:
    """Return the page in an `iframe`, so that its style does not affect the notebook, nor the notebook's the page."""
    # Without a base, a link inside the page would lead to the notebook.
    inside = page(value, date.today(), base="about:srcdoc")  # noqa: DTZ011 - the day where the reader is
    return written(
        element(
            "iframe",
            srcdoc=inside,
            sandbox="allow-popups allow-popups-to-escape-sandbox",
            title="agreement",
            style="border: 1px solid #ccc; height: 40rem; resize: vertical; width: 100%",
        )
    )
