"""The result of every stage: what was read, and what was found wrong with it so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from vaekstaftale.model.agreement import Agreement
from vaekstaftale.problems import RawFinding

if TYPE_CHECKING:
    from vaekstaftale.serialization.json_text import Document


@frozen(kw_only=True)
class Result:
    """What was read, and what was found wrong with it so far. Each stage adds to it."""

    #: The agreement, if text and structure are valid.
    agreement: Agreement | None = None
    findings: Sequence[RawFinding] = ()
    #: How many more errors and warnings were found than there are findings.
    more_errors: int = 0
    more_warnings: int = 0
    #: The stages that were not reached.
    unreached: tuple[str, ...] = ()
    #: What was read, if it was a text.
    text: str | bytes | None = None
    #: The parsed text, if it had to be parsed to find what is wrong.
    document: Document | None = None
    #: The data, if it was no text and has a wrong structure.
    data: Any = None
    #: The name of what was read, if it has one.
    file: str | None = None
    #: The line of the file on which the text is, if it is one line of JSON Lines.
    line: int | None = None
