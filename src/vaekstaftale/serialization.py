"""Agreements to plain data and back, strictly, through cattrs."""

# The hooks take what is right and raise at the first doubt; what is wrong is then told by `structure`.

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from cattrs import BaseConverter, Converter
from cattrs.errors import AttributeValidationNote, BaseValidationError, ClassValidationError

from vaekstaftale._straight import Account, Doubt, own_reader, reader, writer
from vaekstaftale.dates import PartialDate
from vaekstaftale.errors import shown
from vaekstaftale.forms import is_unicode_throughout
from vaekstaftale.model import EntityKind, RelationKind, SourceKind, Strength
from vaekstaftale.shapes import SHAPES
from vaekstaftale.structure import structural_findings

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum

    from vaekstaftale._straight import Reader, Writer
    from vaekstaftale.errors import Finding
    from vaekstaftale.model import Value

_ENUMS: tuple[type[Enum], ...] = (Strength, EntityKind, SourceKind, RelationKind)

AnyConverter = TypeVar("AnyConverter", bound=BaseConverter)

#: cattrs' exception holds no more problems than these.
_MOST_EXCEPTIONS = 100


class StructureError(ValueError):
    """One thing that is wrong with the structure of some data; part of what cattrs raises."""


def make_converter() -> Converter:
    """Make a cattrs converter that knows agreements and takes nothing that the format does not allow."""
    return configure_converter(Converter())


def configure_converter(converter: AnyConverter) -> AnyConverter:
    """Teach a cattrs converter to structure and unstructure agreements and their parts; give it back.

    Made to be used like its namesakes in `cattrs.preconf`, and after them: a converter for YAML or MessagePack can be
    configured, and classes of your own can hold agreements. It touches the library's own classes only. Hooks that are
    registered afterwards for `PartialDate` or an enum are used inside agreements too.

    Structure alone is checked, and wrong data raises what cattrs raises, `ClassValidationError`.
    """
    converter.register_structure_hook_factory(_is_shape, _StructureHook)
    converter.register_unstructure_hook_factory(_is_shape, _unstructure_hook)
    for cls in (PartialDate, *_ENUMS):
        converter.register_structure_hook(cls, _structure_word)
    for enum in _ENUMS:
        converter.register_unstructure_hook(enum, _value_of)
    converter.register_unstructure_hook(PartialDate, str)
    return converter


def _is_shape(cls: Any) -> bool:
    return cls in SHAPES


def _value_of(member: Enum) -> Any:
    return member.value


# --- Structuring ------------------------------------------------------------------------------------------


def _structure_word(value: object, cls: Callable[[str], Any]) -> Any:
    if type(value) is not str:
        raise StructureError(f"expected a text, found {shown(value)}")
    return cls(value)


class _StructureHook:
    """Builds values of right data; of wrong data, raises what cattrs raises."""

    def __init__(self, cls: type[Value], converter: BaseConverter) -> None:
        self._cls = cls
        self._converter = converter
        self.read = reader(cls, lambda inner: _reader(inner, converter))

    def __call__(self, data: Any, _type: Any) -> Any:
        try:
            value = self.read(data, Account())
            if not is_unicode_throughout(data):
                raise Doubt
        except (ValueError, TypeError, KeyError, BaseValidationError):
            errors = [
                _structure_error(finding, self._cls)
                for finding in islice(structural_findings(data, self._cls), _MOST_EXCEPTIONS)
            ]
            if not errors:
                raise  # what cannot be explained is a bug, and no problem of the data
            if not self._converter.detailed_validation:
                raise errors[0] from None
            raise ClassValidationError(f"While structuring {self._cls.__name__}", errors, self._cls) from None
        return value


def _reader(cls: type, converter: BaseConverter) -> Reader:
    """Give what reads a class inside others: the straight way, or a hook that somebody registered in its place."""
    hook = converter.get_structure_hook(cls)
    if isinstance(hook, _StructureHook):
        return hook.read
    if hook is _structure_word:
        return own_reader(cls)

    def read(data: Any, _account: Account) -> Any:
        value = hook(data, cls)
        if type(value) is not cls:
            raise StructureError(f"expected a {cls.__name__}, the hook gave {shown(value)}")
        return value

    return read


def _structure_error(finding: Finding, cls: type[Value]) -> StructureError:
    """Make of a finding what `cattrs.transform_error` can tell with its path."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in finding.path).removeprefix(".")
    error = StructureError(finding.message)
    if path:
        error.add_note(AttributeValidationNote(f"Structuring class {cls.__name__} @ {path}", path, None))
    return error


# --- Unstructuring ----------------------------------------------------------------------------------------


def _unstructure_hook(cls: type[Value], converter: BaseConverter) -> Writer:
    def writer_of(inner: type) -> Writer | None:
        hook: Writer = converter.get_unstructure_hook(inner)
        return None if hook in (_value_of, str) else hook

    return writer(cls, writer_of)
