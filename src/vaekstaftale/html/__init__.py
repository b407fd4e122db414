"""An agreement as a page: what was promised, and whether the record of it is right."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from vaekstaftale.dates import day_number
from vaekstaftale.html.page import page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaekstaftale.model import Agreement


def to_html(agreements: Agreement | Iterable[Agreement], *, on: date | None = None) -> str:
    """Give one self-contained page for one agreement or several, with the status on a day, or today.

    The page needs no script and no network, and nothing that an agreement says can become a part of it other than as
    text. It shows every promise with its quotes, every source with what is quoted marked in it, and all that `validate`
    finds: an agreement need not be coherent to be shown.

    Raises `TypeError` for what is no agreement, and for a `datetime`.
    """
    if on is not None:
        day_number(on)  # refuses a datetime
    return page(agreements, on or date.today())  # noqa: DTZ011 - the day where the reader is
