"""Making the fixes of problems, in a text and in files."""

from __future__ import annotations

import errno
from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, overload

from vaekstaftale.display import require
from vaekstaftale.files.disk import bytes_of, replace_file
from vaekstaftale.limits import MAX_BYTES, MAX_FIXED_CHARACTERS, MAX_ROUNDS
from vaekstaftale.problems import Problem, RawEdit, overlap
from vaekstaftale.validation.checking import COHERENCE_AND_EVIDENCE, check_text, is_larger, problems_of

if TYPE_CHECKING:
    from vaekstaftale.serialization.decoded_text import DecodedText


@overload
def fix_text(text: str, *, unsafe: bool = False, max_bytes: int = MAX_BYTES) -> str: ...
@overload
def fix_text(text: bytes, *, unsafe: bool = False, max_bytes: int = MAX_BYTES) -> bytes: ...
def fix_text(text: str | bytes, *, unsafe: bool = False, max_bytes: int = MAX_BYTES) -> str | bytes:
    """Return a JSON text with its problems fixed, as `Problem.fix` states: a `str` for a `str`, `bytes` for `bytes`.

    All safe fixes that can be made together are made, and with `unsafe=True` the others too. This is repeated, because
    problems of a later stage come to light, until no fix is left or ten rounds are over. Problems of the stage of text
    are fixed one after another in one round. Everything else in the text is kept to the byte: indentation, order, line
    ends, a byte order mark. A text without problems that can be fixed is returned unchanged.

    Look at what the unsafe fixes have changed: each of them is a guess.
    """
    require(text, (str, bytes), "text")
    if isinstance(text, bytes):
        return fixed_bytes(text, unsafe=unsafe, max_bytes=max_bytes)[0]
    return _fixed(text, unsafe=unsafe, max_bytes=max_bytes).text


def fixed_bytes(text: bytes, *, unsafe: bool, max_bytes: int) -> tuple[bytes, int]:
    """Return a text with its problems fixed, as `fix_text` does, and how many were."""
    # Each byte that is not UTF-8 becomes a lone surrogate, and is written as it was.
    after = _fixed(text.decode(errors="surrogateescape"), unsafe=unsafe, max_bytes=max_bytes)
    return after.text.encode(errors="surrogateescape") if after.number else text, after.number


class _Fixed(NamedTuple):
    """A text after fixes, and how many problems they fixed."""

    text: str
    number: int


def _fixed(text: str, *, unsafe: bool, max_bytes: int) -> _Fixed:
    number = rounds = read = 0
    while rounds < MAX_ROUNDS:
        result = check_text(text, COHERENCE_AND_EVIDENCE, max_bytes=max_bytes)
        after = _after_round(text, problems_of(result), unsafe=unsafe)
        if after.number == 0 or is_larger(after.text, max_bytes):
            break
        # Problems of the stage of text are found one by one.
        if "structure" not in result.unreached or read > MAX_FIXED_CHARACTERS:
            rounds += 1
        read += len(text)
        text, number = after.text, number + after.number
    return _Fixed(text, number)


def _after_round(text: str, problems: Iterable[Problem], *, unsafe: bool) -> _Fixed:
    """Return a text after all fixes that can be made together."""
    from vaekstaftale.serialization.decoded_text import DecodedText, edited  # noqa: PLC0415 - only invalid files need it

    together = _Together(DecodedText(text))
    number = sum(together.add(problem) for problem in problems if problem.fix and (problem.fix.safe or unsafe))
    return _Fixed(text[: len(text) - len(together.text.text)] + edited(together.text.text, together.edits), number)


class _Together:
    """The fixes of one text that can be made together."""

    def __init__(self, text: DecodedText) -> None:
        #: Without a byte order mark, as positions are.
        self.text = text
        #: In order, without overlaps.
        self.edits: list[RawEdit] = []
        self._written: set[tuple[str, str]] = set()

    def add(self, problem: Problem) -> bool:
        """Add the fix of a problem if it can be made together with those before, and return whether it is made."""
        text, fix = self.text, problem.fix
        edits = [
            RawEdit(text.offset(one.line, one.column), text.offset(one.end_line, one.end_column), one.text)
            for one in (fix.edits if fix else ())
        ]
        new = [edit for edit in edits if not self._is_made(edit)]  # one id may be wrong in several places
        # Two unknown ids of one list may both have been meant to be the same one.
        written = {(problem.path.rpartition("/")[0], edit.text) for edit in new if edit.text}
        if any(map(self._collides, new)) or not written.isdisjoint(self._written):
            return False
        self._written |= written
        for edit in new:
            insort(self.edits, edit)
        return True

    def _is_made(self, edit: RawEdit) -> bool:
        index = bisect_left(self.edits, edit)
        return self.edits[index : index + 1] == [edit]

    def _collides(self, edit: RawEdit) -> bool:
        index = bisect_left(self.edits, edit)
        return overlap([*self.edits[max(index - 1, 0) : index], edit, *self.edits[index : index + 1]])


# --- Files ------------------------------------------------------------------------------------------------


class FixedFile(NamedTuple):
    """The content of a file before and after the fixes, and how many problems they fixed."""

    before: bytes
    after: bytes
    number: int


def fixed_file(path: str, *, unsafe: bool, max_bytes: int) -> FixedFile:
    """Return the content of a file before and after the fixes; of JSON Lines, those of each line.

    Raises `OSError` as `open` does.
    """
    before = content_of(path, max_bytes)
    texts = before.split(b"\n") if path.endswith(".jsonl") else [before]
    fixed = [fixed_bytes(text, unsafe=unsafe, max_bytes=max_bytes) for text in texts]
    return FixedFile(before, b"\n".join(text for text, _ in fixed), sum(number for _, number in fixed))


def content_of(path: str, max_bytes: int) -> bytes:
    """Return the content of a file, or enough to see that it is too large. The limit applies to lines of JSON Lines."""
    if path.endswith(".jsonl"):
        with open(path, "rb") as file:
            return file.read()
    return bytes_of(path, max_bytes)


def replace_content(path: str, before: bytes, after: bytes, *, max_bytes: int) -> None:
    """Write another content into a file, in one step.

    Raises `OSError` as `open` does, and if the file has not the content that it had before.
    """
    if content_of(path, max_bytes) != before:
        raise OSError(errno.EBUSY, "it was changed meanwhile", path)
    replace_file(path, [after])
