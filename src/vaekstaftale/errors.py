"""What can be wrong with an agreement, as values: problems, and the exceptions that hold them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: A step list into a file: keys and list indices, outermost first.
Path = tuple["str | int", ...]

#: Every code a problem can carry, by the stage that finds it. A code never changes its meaning.
CODES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "unreadable-file",
        "file-too-large",
        "json-encoding",
        "json-syntax",
        "json-number",
        "json-too-deep",
    ),
    "structure": (
        "json-duplicate-key",
        "unsupported-format-version",
        "wrong-type",
        "missing-key",
        "unknown-key",
        "empty-text",
        "bad-id",
        "bad-date",
        "bad-language",
        "bad-url",
        "bad-sha256",
        "out-of-range",
        "empty-list",
        "not-a-choice",
    ),
    "coherence": (
        "duplicate-id",
        "duplicate-value",
        "ambiguous-name",
        "unknown-id",
        "nested-group",
        "end-before-start",
        "end-of-open-ended",
        "ended-before-signed",
        "relation-to-itself",
        "translation-into-own-language",
        "duplicate-agreement-id",
        "relation-cycle",
    ),
    "evidence": (
        "quote-not-found",
        "sha256-mismatch",
        "quote-ambiguous",
        "quote-unchecked",
    ),
    "limit": ("more-problems",),
}

#: The codes of problems that do not make a file invalid.
WARNINGS = frozenset({"quote-ambiguous", "quote-unchecked"})


class Severity(Enum):
    """How much a problem weighs: errors make a file invalid, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong, where it stands, and what was probably meant."""

    #: What is wrong, as one of a fixed set of words: the page on problems has one heading for each.
    code: str
    #: Whether it makes the file invalid.
    severity: Severity = Severity.ERROR
    #: JSON Pointer (RFC 6901) to the place; `""` is the whole file.
    path: str = ""
    #: 1-based line, or `None` where there is no text or no place in it.
    line: int | None = None
    #: 1-based column, in code points, or `None` as for `line`.
    column: int | None = None
    #: What is wrong, as a clause without a full stop.
    message: str
    #: What to do or what was probably meant, as a phrase, or `None`.
    hint: str | None = None
    #: The file as given; `None` for text or a value; the agreement's id where several values are checked.
    file: str | None = None

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        where = f"{printable(place)}: " if place else ""
        at = f" at {shortened(printable(self.path), 200)}" if self.path else ""
        hint = f", {self.hint}" if self.hint else ""
        return f"{where}{self.severity.value}[{self.code}]{at}: {self.message}{hint}"


class InvalidAgreement(ValueError):  # noqa: N818 - the public name says what is the matter
    """An agreement, or a file that should hold one, has problems: `problems` lists them all."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UnknownName(KeyError):  # noqa: N818 - the public name says what is the matter
    """Nothing goes by this name: `name` is what was asked for, `suggestions` what comes near."""

    def __init__(self, name: str, *, wanted: str, suggestions: Sequence[str] = ()) -> None:
        self.name = name
        #: What was looked for, such as "party".
        self.wanted = wanted
        self.suggestions = tuple(suggestions)
        super().__init__(name)

    def __reduce__(self) -> tuple[object, ...]:
        return _unknown_name, (self.name, self.wanted, self.suggestions)

    def __str__(self) -> str:
        hints = [f", {did_you_mean(word)}" for word in self.suggestions[:1]]
        return f"no {self.wanted} goes by {shown(self.name)}{''.join(hints)}"


def _unknown_name(name: str, wanted: str, suggestions: tuple[str, ...]) -> UnknownName:
    return UnknownName(name, wanted=wanted, suggestions=suggestions)


class Finding(NamedTuple):
    """A problem before anyone has looked up where in the text it stands.

    A named tuple, because a hostile file makes half a million of them.
    """

    code: str
    message: str
    path: Path = ()
    #: The hint, or how to work it out: only what is reported is worth the work.
    hint: str | Callable[[], str | None] | None = None
    #: Instead of `path`: equal things, of which all but the first in the text are told.
    among: tuple[Path, ...] = ()
    #: Placed at the key rather than at the value that the path names.
    at_key: bool = False
    #: Where it stands in the text, if the finder knows better than the path does.
    offset: int | None = None


def pointer(path: Path) -> str:
    """Write a path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def printable(text: str) -> str:
    """Escape what a terminal would not show as itself, so that no file can write to it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shortened(text: str, length: int) -> str:
    """Cut the middle out of what is longer than `length` characters."""
    if len(text) <= length:
        return text
    return f"{text[: length * 2 // 3]}…{text[len(text) - length // 3 :]}"


def shown(value: object) -> str:
    """Show a value of a file inside a message: JSON's words, escaped, and cut where it is long."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(shortened(value, 60))
        case dict() if type(value) is dict:
            return "an object"
        case list() if type(value) is list:
            return "a list"
        case int() if value.bit_length() > 300:
            return "a long number"  # str() refuses integers of more than 4,300 digits
        case int() | float():
            return shortened(repr(value), 60)
        case _:
            return f"a Python {type(value).__name__}"


def shown_at_length(text: str) -> str:
    """Show words of a source that are worth reading in full."""
    return repr(shortened(" ".join(text.split()), 300))


def did_you_mean(word: str | None) -> str | None:
    """Word the suggestion of a near word, if there is one."""
    return None if word is None else f"did you mean {shown(word)}?"
