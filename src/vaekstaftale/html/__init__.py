"""An agreement as a self-contained page: what was promised, and whether the record of it is valid.

From the bottom: `markup` (elements), `record` (what a page needs to know), `parts` (what sections share), `timeline`,
the sections `header`, `promises`, `actors`, `sources`, `foot` and `several` (of a page of several agreements), and
`page`. Every word of a page comes from `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from vaekstaftale import wording
from vaekstaftale.display import require
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.model.dates import ordinal_of


def to_html(
    agreements: Agreement | Iterable[Agreement],
    *,
    on: date | None = None,
    language: Literal["da", "en"] | None = None,
) -> str:
    """Return one self-contained page for one agreement or several, with the status on a day, or today.

    The page is in Danish or English: by default in the agreements' own language, or in English for another one, and for
    several languages. Problems are in English. It needs no script and no network, and what an agreement contains only
    becomes text in it. It shows every promise with its quotes, every source with its quoted words marked, and all
    problems that `validate` finds: an agreement need not be coherent to be shown.

    Raises `TypeError` for anything but agreements, and for a `datetime`, and `ValueError` for another language.
    """
    from vaekstaftale.html.page import page  # noqa: PLC0415 - slow to import

    if on is not None:
        ordinal_of(on, "on")  # refuses a datetime
    if language is not None:
        require(language, str, "language")
        wording.words_of(language)
    return page(agreements, on or date.today(), language=language)  # noqa: DTZ011 - the day where the reader is
