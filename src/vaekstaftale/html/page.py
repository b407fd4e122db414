"""The page as a whole: one agreement, or an overview of several and then each of them."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element

from vaekstaftale.display import printable
from vaekstaftale.files.disk import packaged
from vaekstaftale.files.reading import an_agreement
from vaekstaftale.html.actors import actors_section
from vaekstaftale.html.markup import element, written
from vaekstaftale.html.overview import overview
from vaekstaftale.html.promises import promises_section
from vaekstaftale.html.record import Record, records
from vaekstaftale.html.several import overview_of_several
from vaekstaftale.html.sources import sources_section
from vaekstaftale.model.agreement import Agreement
from vaekstaftale.wording import count


def page(agreements: Agreement | Iterable[Agreement], on: date, *, base: str | None = None) -> str:
    """Return the page of one agreement or several on a day; its links are relative to a base, or to the page itself."""
    if isinstance(agreements, Agreement):
        [record] = records([agreements], on)
        return _written(agreements.title, agreements.language, element("main", _agreement(record)), base)
    several = [an_agreement(agreement) for agreement in agreements]
    shown = records(several, on, level=2)
    return _written(
        count(len(several), "agreement"),
        "en",
        element("main", overview_of_several(shown, on), map(_agreement, shown)),
        base,
    )


def _agreement(record: Record) -> Element:
    parts = (overview(record), promises_section(record), actors_section(record), sources_section(record))
    return element("article", parts, class_="agreement", id=record.fragments[()])


def _written(title: str, language: str, main: Element, base: str | None) -> str:
    style = packaged("page.css").decode()
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    root = element(
        "html",
        element(
            "head",
            element("meta", charset="utf-8"),
            # A second defence behind the escaping: the browser accepts nothing but this one style sheet.
            element(
                "meta",
                http_equiv="Content-Security-Policy",
                content=f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'",
            ),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            None if base is None else element("base", href=base),
            element("title", printable(title), lang=language),
            element("style", style),
        ),
        element("body", main),
        lang="en",
    )
    return f"<!DOCTYPE html>\n{written(root)}\n"
