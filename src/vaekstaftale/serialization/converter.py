"""Agreements to plain data and back through cattrs, as strictly as files are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from vaekstaftale.display import require, shown
from vaekstaftale.limits import MAX_EXCEPTIONS
from vaekstaftale.model.base import Value
from vaekstaftale.model.dates import PartialDate
from vaekstaftale.model.forms import EnumForm
from vaekstaftale.problems import RawFinding
from vaekstaftale.query import Agreements, Commitments, Entry
from vaekstaftale.quotes.place import Place
from vaekstaftale.serialization.reader import Context, Reader, generate_reader, read_plain
from vaekstaftale.serialization.shapes import FORMS, SHAPES
from vaekstaftale.serialization.structure import structural_findings
from vaekstaftale.serialization.writer import Writer, generate_writer

if TYPE_CHECKING:
    from cattrs import BaseConverter, Converter


# cattrs is imported inside functions: only converters need it.

ConverterT = TypeVar("ConverterT", bound="BaseConverter")

_ENUMS: tuple[type[Enum], ...] = tuple(form.enum for form in FORMS if isinstance(form, EnumForm))
#: The classes of choices and dates, which are strings in a file.
_SCALARS: tuple[type[Any], ...] = (PartialDate, *_ENUMS)


class StructureError(ValueError):
    """Data that cannot be structured, without further detail.

    Raised for a choice or date that is not a string, for a hook that returns another class and, without detailed
    validation, for any problem.
    """


class DetailedStructureError(TypeError):
    """One thing that is wrong with the structure of some data; part of what cattrs raises.

    A `TypeError`, because `cattrs.transform_error` shows its message, after "invalid type". It drops that of a
    `ValueError`, and calls other exceptions an "unknown error".
    """


def make_converter() -> Converter:
    """Return a cattrs converter that knows agreements and accepts nothing that the file format does not allow."""
    from cattrs import Converter  # noqa: PLC0415 - see above

    return configure_converter(Converter())


def configure_converter(converter: ConverterT) -> ConverterT:
    """Configure a cattrs converter to structure and unstructure agreements and their parts, and return it.

    Use it like its namesakes in `cattrs.preconf`, and after them: a converter for YAML or MessagePack can be
    configured, and your own classes can contain agreements. Only the library's own classes are affected. Hooks that
    are registered later for `PartialDate` or an enum are used inside agreements too. What the library returns is
    unstructured too: readings, problems, changes, places, and `Agreements` as lists. An `Entry` has the id of its
    agreement and that of its initiative instead of the whole values.

    Only the structure is checked. Invalid data raise what cattrs raises, `ClassValidationError`; without detailed
    validation, or for a single choice or date, `ValueError`.
    """
    from cattrs import BaseConverter  # noqa: PLC0415 - see above

    require(converter, BaseConverter, "converter")
    converter.register_structure_hook_factory(_is_shape, _StructureHook)
    converter.register_unstructure_hook_factory(_is_shape, _unstructure_hook)
    for cls in _SCALARS:
        converter.register_structure_hook(cls, _structure_scalar)
    for enum in _ENUMS:
        converter.register_unstructure_hook(enum, _value_of)
    converter.register_unstructure_hook(PartialDate, str)
    _register_results(converter)
    return converter


def _is_shape(cls: Any) -> bool:
    return cls in SHAPES


def _value_of(member: Enum) -> Any:
    return member.value


# --- Structuring ------------------------------------------------------------------------------------------


def _structure_scalar(value: object, cls: Callable[[str], Any]) -> Any:
    if type(value) is not str:
        raise StructureError(f"expected a string, found {shown(value)}")
    return cls(value)


class _StructureHook:
    """Builds values from valid data; for invalid data, raises what cattrs raises."""

    def __init__(self, cls: type[Value], converter: BaseConverter) -> None:
        self._cls = cls
        self._converter = converter
        self.read = generate_reader(cls, lambda inner: _reader(inner, converter))

    def __call__(self, data: Any, _type: Any) -> Any:
        hooked = self._hooked_classes()
        try:
            # What a hook of the user's own reads need not be plain data. Then everything else is looked at by itself.
            value = self.read(data, Context()) if hooked else read_plain(self.read, data)
            findings = self._findings(data, hooked) if hooked else []
        except Exception:
            findings = self._findings(data, hooked)
            if not findings:
                raise  # what cannot be explained is a bug, or was raised by a hook of the user's own
        if findings:
            raise self._error(findings)
        return value

    def _findings(self, data: Any, leave_out: Collection[type[Any]]) -> list[RawFinding]:
        return list(islice(structural_findings(data, self._cls, leave_out), MAX_EXCEPTIONS))

    def _hooked_classes(self) -> list[type[Any]]:
        """Return the classes whose values hooks of the user's own read inside this one."""
        classes = [cls for cls in (*SHAPES, *_SCALARS) if cls is not self._cls]
        hooks = {cls: self._converter.get_structure_hook(cls) for cls in classes}
        return [
            cls for cls, hook in hooks.items() if not isinstance(hook, _StructureHook) and hook is not _structure_scalar
        ]

    def _error(self, findings: Sequence[RawFinding]) -> Exception:
        """Return what cattrs raises for data with findings."""
        if not self._converter.detailed_validation:
            return StructureError(findings[0].message)
        from cattrs.errors import ClassValidationError  # noqa: PLC0415 - see above

        errors = [_detailed_error(finding, self._cls) for finding in findings]
        return ClassValidationError(f"While structuring {self._cls.__name__}", errors, self._cls)


def _reader(cls: type, converter: BaseConverter) -> Reader | None:
    """Return the function that reads a class inside others; `None` for a choice or date that no own hook reads."""
    hook = converter.get_structure_hook(cls)
    if isinstance(hook, _StructureHook):
        return hook.read
    if hook is _structure_scalar:
        return None

    def read(data: Any, _context: Context) -> Any:
        value = hook(data, cls)
        if type(value) is not cls:
            raise StructureError(f"expected a {cls.__name__}, the hook returned {shown(value)}")
        return value

    return read


def _detailed_error(finding: RawFinding, cls: type[Value]) -> DetailedStructureError:
    """Return the exception for a finding, which `cattrs.transform_error` shows with its path."""
    from cattrs.errors import AttributeValidationNote  # noqa: PLC0415 - see above

    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in finding.path).removeprefix(".")
    error = DetailedStructureError(finding.message)
    if path:
        error.add_note(AttributeValidationNote(f"Structuring class {cls.__name__} @ {path}", path, None))
    return error


# --- Unstructuring ----------------------------------------------------------------------------------------


def _register_results(converter: BaseConverter) -> None:
    """Let a converter unstructure what queries and searches return."""

    def entry(value: Entry) -> dict[str, Any]:
        return {
            "agreement": value.agreement.id,
            "initiative": value.initiative and value.initiative.id,
            "path": value.path,
            "commitment": converter.unstructure(value.commitment),
        }

    def items(values: Iterable[Any]) -> list[Any]:
        return list(map(converter.unstructure, values))

    converter.register_unstructure_hook(Place, _place)
    converter.register_unstructure_hook(Entry, entry)
    converter.register_unstructure_hook(Agreements, items)
    converter.register_unstructure_hook(Commitments, items)


def _place(place: Place) -> dict[str, Any]:
    """Return a place without the text of its source, which would be repeated in each."""
    return {"source": place.source, "start": place.start, "end": place.end}


def _unstructure_hook(cls: type[Value], converter: BaseConverter) -> Writer:
    def writer_of(inner: type) -> Writer | None:
        hook: Writer = converter.get_unstructure_hook(inner)
        return None if hook in (_value_of, str) else hook

    return generate_writer(cls, writer_of)
