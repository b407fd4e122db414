"""An agreement as a self-contained page: what was promised, and whether the record of it is valid.

From the bottom: `markup` (elements), `record` (what a page needs to know) and `timeline`, `parts` (what sections
share), the sections `overview`, `promises` and `sources`, and `page`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.dates import ordinal_of


def to_html(agreements: Agreement | Iterable[Agreement], *, on: date | None = None) -> str:
    """Return one self-contained page for one agreement or several, with the status on a day, or today.

    The page needs no script and no network, and what an agreement contains only becomes text in it. It shows every
    promise with its quotes, every source with its quoted words marked, and all problems that `validate` finds: an
    agreement need not be coherent to be shown.

    Raises `TypeError` for anything but agreements, and for a `datetime`.
    """
    from vaekstaftale.html.page import page  # noqa: PLC0415 - slow to import

    if on is not None:
        ordinal_of(on, "on")  # refuses a datetime
    return page(agreements, on or date.today())  # noqa: DTZ011 - the day where the reader is
