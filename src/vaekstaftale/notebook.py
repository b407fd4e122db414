"""Shows agreements as pages in a notebook: `%load_ext vaekstaftale.notebook`."""

from __future__ import annotations

from datetime import date
from typing import Any

from vaekstaftale.html.markup import element, written
from vaekstaftale.html.page import page
from vaekstaftale.model import Agreement
from vaekstaftale.query import Agreements

_SHOWN = (Agreement, Agreements)


def load_ipython_extension(ipython: Any) -> None:
    """Show an agreement, or several, that are the value of a cell; IPython calls this."""
    for cls in _SHOWN:
        _formatter(ipython).for_type(cls, _frame)


def unload_ipython_extension(ipython: Any) -> None:
    """Show them as any other value again; IPython calls this."""
    for cls in _SHOWN:
        _formatter(ipython).pop(cls, None)


def _formatter(ipython: Any) -> Any:
    return ipython.display_formatter.formatters["text/html"]


def _frame(value: Agreement | Agreements) -> str:
    """Put the page in a frame of its own, so that neither its style nor the notebook's reaches the other."""
    # Without the base, a link inside the page would lead to the notebook.
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
