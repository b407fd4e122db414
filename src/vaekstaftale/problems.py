"""What can be wrong with an agreement, as values: problems, the findings that become problems, and exceptions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple, cast

from attrs import field, frozen
from attrs.validators import optional

from vaekstaftale.display import printable, require, shortened, shown, shown_in_python

#: The steps that lead from a value to a value inside it: keys of objects and indices of lists.
Path = tuple["str | int", ...]


class Severity(Enum):
    """How serious a problem is: errors make a file invalid, warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@frozen(kw_only=True)
class Related:
    """Another place that a problem is about. Its positions are like those of `Problem`."""

    #: What is there, as a phrase, such as "the start".
    message: str
    #: JSON Pointer (RFC 6901) to the value.
    path: str = ""
    line: int | None = None
    column: int | None = None
    #: The position just after the value.
    end_line: int | None = None
    end_column: int | None = None


@frozen
class Edit:
    """A stretch of a text, and what is written instead. Its positions are like those of `Problem`."""

    line: int
    column: int
    #: The position just after the stretch. It is empty if something is only inserted.
    end_line: int
    end_column: int
    text: str


@frozen
class Fix:
    """What to write instead, so that a problem is gone. `fix_text` does it."""

    #: What is done, as a phrase, such as `write "2017-09-05"`.
    title: str
    #: What is changed in the text as it was given. Edits do not overlap.
    edits: tuple[Edit, ...]
    #: Whether nothing else can have been meant, and no statement changes. Every other fix is a guess, which a person
    #: should look at.
    safe: bool


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong: what it is, where it is, and what was probably meant."""

    #: What is wrong: one of the library's codes, whose meaning never changes, or one of your own, with a `/`.
    code: str
    #: Whether the problem makes the file invalid.
    severity: Severity = Severity.ERROR
    #: JSON Pointer (RFC 6901) to the value; `""` is the whole file.
    path: str = ""
    #: 1-based line, or `None` where there is no text or no position in it.
    line: int | None = None
    #: 1-based column, in code points, or `None` like `line`.
    column: int | None = None
    #: The position just after what the problem is about: a value, a key with its quotes, or the opening bracket of an
    #: object in which something is missing. 1-based like `line` and `column`, and `None` where `line` is.
    end_line: int | None = None
    end_column: int | None = None
    #: What is wrong, as a clause without a full stop.
    message: str
    #: What to do or what was probably meant, as a phrase, or `None`.
    hint: str | None = None
    #: The value that the hint suggests (`"2017-09-05"`, `2`), whole, or `None` if it suggests none.
    suggestion: str | int | None = None
    #: The string or number that is wrong, whole; the key if the problem is about a key. `None` if the problem is about
    #: no single one.
    value: str | int | float | None = None
    #: The file as given; `None` for text or a value; the agreement's id where several agreements are validated.
    file: str | None = None
    #: The other places that the problem is about, such as the first of two equal ids.
    related: tuple[Related, ...] = ()
    #: What to write instead. `None` where only a person can say it, where it would cause another problem, and where
    #: there is no text.
    fix: Fix | None = None

    def __str__(self) -> str:
        position = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        where = f"{printable(position)}: " if position else ""
        at = f" at {shortened(printable(self.path), 200)}" if self.path else ""
        hint = f"; {self.hint}" if self.hint else ""
        # Rules of the user's own may put the words of a file into a message.
        return f"{where}{self.severity.value}[{printable(self.code)}]{at}: {printable(self.message + hint)}"


# --- Fixes before their positions are known ---------------------------------------------------------------


class RawEdit(NamedTuple):
    """A stretch of a text, as offsets, and what is written instead."""

    start: int
    end: int
    text: str


def overlap(edits: Sequence[RawEdit]) -> bool:
    """Return whether two of some edits, which are in order, are about the same characters."""
    return any(edit.end > other.start or edit[:2] == other[:2] for edit, other in pairwise(edits))


class Spot(NamedTuple):
    """Where in a text a problem is, for its fix."""

    text: str
    #: The steps to the value.
    path: Path
    #: The offsets of the value, key or token that is wrong, and after it.
    start: int
    end: int
    #: The offset of the key of the value; of an item of a list, its own.
    entry: int
    #: Returns the offset after the value that begins at one.
    end_of: Callable[[int], int]
    #: Returns the data at a path, or `None`.
    value_at: Callable[[Path], Any]
    #: Returns where in the text a string is written as an id.
    spans_of_id: Callable[[str], Sequence[tuple[int, int]]]


class RawFix(NamedTuple):
    """What to write instead. Only problems that are reported get their edits. Without edits, there is no fix."""

    title: str
    safe: bool
    edits: Sequence[RawEdit] | Callable[[Spot], Sequence[RawEdit]]
    #: Returns what is wrong inside the value, if that only comes to light with the fix. It is fixed too, so that the
    #: fix causes no other problem.
    inside: Callable[[], Iterable[RawFinding]] | None = None

    def unless(self, is_wrong: Callable[[Spot], bool]) -> RawFix:
        """Return the fix with a condition under which it would cause another problem."""

        def edits(spot: Spot) -> Sequence[RawEdit]:
            return () if is_wrong(spot) else self.at(spot)

        return self._replace(edits=edits)

    def at(self, spot: Spot) -> Sequence[RawEdit]:
        """Return the edits for a problem at a spot."""
        return self.edits(spot) if callable(self.edits) else self.edits


def write(value: str | float, *, safe: bool) -> RawFix:
    """Return the fix that writes a string, number or boolean instead of a value, or a string instead of a key."""
    text = json.dumps(value, ensure_ascii=False)
    return RawFix(f"write {shortened(printable(text), 200)}", safe, lambda spot: [RawEdit(spot.start, spot.end, text)])


def write_id(id_: str) -> RawFix:
    """Return the fix that writes an id instead of a string, wherever the file has this string as an id."""
    fix = write(id_, safe=False)
    text = json.dumps(id_)

    def edits(spot: Spot) -> Sequence[RawEdit]:
        spans = spot.spans_of_id(spot.value_at(spot.path))
        return [RawEdit(*span, text) for span in spans] or fix.at(spot)

    return fix._replace(edits=edits)


def in_brackets(*, safe: bool) -> RawFix:
    """Return the fix that writes square brackets around a value."""
    title = "write it in square brackets"
    return RawFix(title, safe, lambda spot: [RawEdit(spot.start, spot.start, "["), RawEdit(spot.end, spot.end, "]")])


#: The separators of JSON, with the white space around them.
COLON = re.compile(r"[ \t\n\r]*:[ \t\n\r]*")
COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
_WHITE_SPACE = " \t\n\r"


def _removal(start: int, end: int, text: str) -> list[RawEdit]:
    """Return the edit that removes an item of a list or object, with one comma. A key is part of its item."""
    before = start
    while before > 0 and text[before - 1] in _WHITE_SPACE:
        before -= 1
    if text[before - 1 : before] == ",":
        return [RawEdit(before - 1, end, "")]
    if comma := COMMA.match(text, end):
        return [RawEdit(start, comma.end(), "")]
    return [RawEdit(before, len(text) - len(text[end:].lstrip(_WHITE_SPACE)), "")]  # it is alone


def _removal_at_value(spot: Spot) -> list[RawEdit]:
    return _removal(spot.entry, spot.end, spot.text)


def _removal_at_key(spot: Spot) -> list[RawEdit]:
    colon = cast("re.Match[str]", COLON.match(spot.text, spot.end))  # it is a key
    return _removal(spot.start, spot.end_of(colon.end()), spot.text)


#: The fixes that remove what cannot mean anything. A repeated key is not at its path, where the first one is.
REMOVE_KEY = RawFix("remove the key and its value", safe=True, edits=_removal_at_value)
REMOVE_REPEATED_KEY = REMOVE_KEY._replace(edits=_removal_at_key)
REMOVE_ITEM = RawFix("remove it from the list", safe=True, edits=_removal_at_value)


class Hint(NamedTuple):
    """What to do, as a phrase, and the value that it suggests, if it suggests one."""

    text: str
    suggestion: str | int | None
    fix: RawFix | None = None
    #: The steps to the place in the file that the hint is about. Its line is named between `text` and `rest`.
    place: Path = ()
    rest: str = ""
    #: Where in the string at the place the words are that it is about.
    words: slice | None = None

    def __str__(self) -> str:
        return self.text + self.rest


def did_you_mean(word: str | None, fix: RawFix | None = None) -> Hint | None:
    """Return the hint that suggests a word, or `None` without one."""
    return None if word is None else Hint(f"did you mean {shown(word)}?", word, fix)


def without_quotes(value: int, *, safe: bool) -> Hint:
    """Return the hint that a value must not be a string."""
    return Hint(f"write {shown(value)} without quotes", value, write(value, safe=safe))


def in_quotes(text: str) -> Hint:
    """Return the hint that a value must be a string."""
    return Hint(f'write "{text}" in quotes', None, write(text, safe=True))


class InvalidAgreement(ValueError):  # noqa: N818 - the public name states what is wrong
    """An agreement, or a file that should contain one, has problems.

    `problems` contains the problems of the first stage that has any (text, structure, or coherence): at most 100, then
    one that counts the rest. Where several files are read, it contains those of each.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


class UnknownName(KeyError):  # noqa: N818 - the public name states what is wrong
    """Nothing has this id or name: `name` is what was looked up, `suggestions` the closest matches."""

    def __init__(self, name: str, *, wanted: str, suggestions: Sequence[str] = ()) -> None:
        self.name = name
        #: What kind of thing was looked for, such as "party".
        self.wanted = wanted
        self.suggestions = tuple(suggestions)
        super().__init__(name)

    def __reduce__(self) -> tuple[object, ...]:
        return partial(UnknownName, self.name, wanted=self.wanted, suggestions=self.suggestions), ()

    def __str__(self) -> str:
        hint = f"; did you mean {shown(self.suggestions[0])}?" if self.suggestions else ""
        return f"there is no {self.wanted} {shown(self.name)}{hint}"


def _to_severity(value: Severity | str) -> Severity:
    return Severity(value) if value in ("error", "warning") else cast("Severity", value)


def _is_string(_instance: object, attribute: Any, value: Any) -> None:
    require(value, str, attribute.name)


@frozen
class Finding:
    """What a rule of your own finds wrong with an agreement.

    Raises `ValueError` for a code without a `/`, which could collide with a code of the library, for a path that is not
    a JSON Pointer, and for an unknown severity.
    """

    #: What is wrong, with a prefix of your own: `acme/no-quote`.
    code: str = field()
    #: What is wrong, as a clause without a full stop.
    message: str = field(validator=_is_string)
    #: JSON Pointer (RFC 6901) into the data of the agreement, as `to_dict` returns it. A step into a list is an index,
    #: or the id of an item.
    path: str = field(default="", kw_only=True)
    #: Whether the problem makes a file invalid; also as a string.
    severity: Severity = field(default=Severity.ERROR, converter=_to_severity, kw_only=True)
    #: What to do, as a phrase, or `None`.
    hint: str | None = field(default=None, validator=optional(_is_string), kw_only=True)
    #: The value that was probably meant, or `None`. Without a hint, the hint is "did you mean …?".
    suggestion: str | int | None = field(default=None, kw_only=True)

    @code.validator
    def _check_code(self, _attribute: object, code: str) -> None:
        require(code, str, "code")
        if "/" not in code:
            raise ValueError(f"a code of your own must contain a '/', such as 'acme/{code}'")

    @severity.validator
    def _check_severity(self, _attribute: object, severity: object) -> None:
        if not isinstance(severity, Severity):
            raise ValueError(f"severity must be 'error' or 'warning', not {shown_in_python(severity)}")  # noqa: TRY004 - most are strings

    @path.validator
    def _check_path(self, _attribute: object, path: str) -> None:
        require(path, str, "path")
        if re.fullmatch(r"(?:/(?:[^~/]|~[01])*)*", path) is None:
            raise ValueError(f"path must be a JSON Pointer, such as '/parties/0', not {shown(path)}")


#: A hint, with or without a suggestion, or a function that works it out, or none.
HintOrFunction = Hint | str | Callable[[], Hint | str | None] | None


class RawRelated(NamedTuple):
    """Another place that a finding is about, before its place in the file is known."""

    message: str
    #: The steps to it, as in `RawFinding`.
    path: Path = ()
    part: object = None
    offset: int | None = None
    #: The offset after it, if it is not the whole value, key or token.
    end: int | None = None


class RawFinding(NamedTuple):
    """What the parser, a form or a built-in rule finds wrong, before its place in the file is known.

    A named tuple, because a hostile file causes half a million of them.
    """

    code: str
    message: str
    #: The steps to the value that is wrong: from `part` if it is given, or else from the whole agreement.
    path: Path = ()
    #: The hint, or a function that works it out: only hints of problems that are reported are needed.
    hint: HintOrFunction = None
    #: The part of the agreement that the rule looked at. The report finds where it is.
    part: object = None
    #: Findings with the same group are about equal values. The first one in the file is not reported.
    group: object = None
    #: Whether the problem is at the key, not at the value.
    at_key: bool = False
    #: The offset in the text, if it is not the one that the path leads to.
    offset: int | None = None
    #: The severity, for rules of the user's own, whose codes are not listed.
    severity: Severity | None = None
    #: What is wrong, if it was looked up before.
    value: str | int | float | None = None
    #: The other places that this is about. The message names the line of the first one, if `rest` is given.
    related: tuple[RawRelated, ...] = ()
    #: The end of the message, after the line of the first related place.
    rest: str | None = None
    #: What to write instead, unless the hint states it.
    fix: RawFix | None = None


def pointer(path: Path) -> str:
    """Return a path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def steps_of(pointer: str) -> tuple[str, ...]:
    """Return the steps of a JSON Pointer, all of them as strings."""
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
