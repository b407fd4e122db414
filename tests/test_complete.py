"""Nothing is half done: a new field, form or rule is known everywhere, or a sentence states which file to edit."""

from __future__ import annotations

import json
import re
from datetime import date
from enum import Enum
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import Phase, example, find, given, settings
from hypothesis import strategies as st

import vaekstaftale
from vaekstaftale import Agreement, PartialDate, Severity, advice, testing
from vaekstaftale.cli.summary import summary
from vaekstaftale.matching import normalized, without_invisible
from vaekstaftale.model.base import Value, meanings_of, stated
from vaekstaftale.model.dates import PartialDateForm
from vaekstaftale.model.forms import EnumForm, Form, InstanceForm, TupleForm, forms_of
from vaekstaftale.model.numbers import BoolForm, IntegerForm
from vaekstaftale.model.paths import parts_of
from vaekstaftale.model.strings import TEXT, PatternForm
from vaekstaftale.model.translations import Translation, TranslationsForm
from vaekstaftale.quotes.folding import FoldedText
from vaekstaftale.serialization.shapes import FORMS, SHAPES
from vaekstaftale.validation.codes import STAGES

TESTS = Path(__file__).parent
DOCS = TESTS.parent / "docs"
DAY = date(2018, 1, 1)

FIELDS = [(cls, attribute.name) for cls in SHAPES for attribute in attrs.fields(cls)]  # type: ignore[arg-type]


# --- An agreement in which every field has a value --------------------------------------------------------


@cache
def sample(form: Form) -> Any:
    """Return a value that is not the default of any field."""
    match form:
        case TranslationsForm():
            return (Translation(language="en", text="text"),)
        case TupleForm():
            return (sample(form.items),)
        case InstanceForm():
            return form.cls(**{name: sample(inner) for name, inner in forms_of(form.cls).items()})
        case EnumForm():
            return next(iter(form.enum))
        case IntegerForm():
            return form.minimum
        case BoolForm():
            return True
        case PartialDateForm():
            return PartialDate("2017-09-05")
        case PatternForm() if not form.matches("text"):
            pattern = st.from_regex(form.pattern, fullmatch=True)
            return find(pattern, form.accepts, settings=settings(database=None, phases=[Phase.generate]))
    return "text" if isinstance(form, PatternForm) else "Some text"


def full() -> Agreement:
    """Return an agreement in which every field of every class differs from its default."""
    agreement: Agreement = attrs.evolve(sample(_AGREEMENT), complete=False, language="da")
    return agreement


_AGREEMENT = InstanceForm(Agreement)


def without(value: Any, cls: type, name: str) -> Any:
    """Return a value in which a field of each instance of a class has its default, or if it has none, another value."""
    if isinstance(value, tuple):
        return tuple(without(item, cls, name) for item in value)
    if not attrs.has(type(value)) or isinstance(value, PartialDate):
        return value
    changes = {one.name: without(getattr(value, one.name), cls, name) for one in attrs.fields(type(value))}
    if type(value) is cls:
        default = getattr(attrs.fields(cls), name).default
        changes[name] = other(changes[name]) if default is attrs.NOTHING else default
    return attrs.evolve(value, **changes)


def other(value: Any) -> Any:
    """Return another value of the same form."""
    if isinstance(value, Enum):
        return list(type(value))[1]
    return (value[0], value[0]) if isinstance(value, tuple) else f"{value}-other" if value != "da" else "en"


def shown_as_text(agreement: Agreement) -> str:
    """Return what `vaekstaftale show` prints."""
    return summary(agreement, DAY)


def left_out(reason: str, *fields: str) -> dict[str, str]:
    """Return fields that are left out, with the reason."""
    return dict.fromkeys(fields, reason)


#: How an agreement is shown, and the fields that are left out there, with the reason.
OUTPUTS: dict[str, tuple[Any, dict[str, str]]] = {
    "rows in tables.py": (
        lambda agreement: json.dumps(vaekstaftale.rows(agreement)),
        left_out("the id of the other agreement is enough, if there is one", "Relation.title"),
    ),
    "the page in html/": (
        lambda agreement: vaekstaftale.to_html(agreement, on=DAY),
        {
            **left_out("ids are for programs", "Commitment.common_id", "Initiative.common_id"),
            **left_out("the label is shown instead, if there is one", "Initiative.number"),
        },
    ),
    "show in cli/summary.py": (
        shown_as_text,
        {
            **left_out(
                "who is bound is shown, nothing else about parties and entities",
                "Agreement.entities",
                "Commitment.mentions",
                "Commitment.topics",
                "Entity.kind",
                "Entity.members",
                "Entity.name",
                "Entity.note",
                "Entity.other_names",
                "Party.members",
            ),
            **left_out(
                "the text is in the language of the record",
                "Agreement.language",
                "Agreement.translations",
                "Commitment.translations",
                "Entity.translations",
                "Initiative.translations",
                "Party.translations",
            ),
            **left_out(
                "quotes are shown on the page",
                "Quote.locator",
                "Quote.prefix",
                "Quote.source",
                "Quote.suffix",
            ),
            **left_out(
                "ids are for programs",
                "Commitment.common_id",
                "Commitment.id",
                "Entity.id",
                "Initiative.common_id",
                "Initiative.id",
                "Party.id",
            ),
            **left_out("notes on parts are shown on the page", "Commitment.note", "Initiative.note", "Party.note"),
            **left_out(
                "sources are shown on the page",
                "Source.contact",
                "Source.excerpt",
                "Source.kind",
                "Source.language",
                "Source.note",
                "Source.published_on",
                "Source.publisher",
                "Source.retrieved_on",
                "Source.sha256",
                "Source.title",
                "Source.updated_on",
                "Source.url",
            ),
            **left_out("a period that is open-ended has no end", "ValidityPeriod.end"),
            **left_out("the label is shown instead, if there is one", "Initiative.number"),
            **left_out("here, the same words are quoted too", "Source.skipped"),
        },
    ),
}


@pytest.mark.parametrize("output", OUTPUTS)
def test_fields_are_shown(output: str) -> None:
    """Every field of every class is shown, or is left out for a reason."""
    show, reasons = OUTPUTS[output]
    agreement = full()
    before = show(agreement)
    hidden = {f"{cls.__name__}.{name}" for cls, name in FIELDS if show(without(agreement, cls, name)) == before}

    assert hidden - set(reasons) == set(), (
        f"show these fields in {output}, or name them and a reason in OUTPUTS in tests/test_complete.py"
    )
    assert set(reasons) - hidden == set(), f"{output} shows these fields: remove them from OUTPUTS"


def test_fields_are_drawn() -> None:
    """The strategies draw every field of every class, and agreements whose quotes occur."""
    drawn: set[tuple[str, str]] = set()

    @settings(max_examples=300, derandomize=True, database=None)
    @given(testing.agreements())
    def collect(agreement: vaekstaftale.Agreement) -> None:
        assert not [problem for problem in vaekstaftale.validate(agreement) if problem.severity is Severity.ERROR]
        for _, part in parts_of(agreement):
            drawn.update((type(part).__name__, name) for name, _ in stated(part))

    collect()
    missing = {f"{cls.__name__}.{name}" for cls, name in FIELDS if (cls.__name__, name) not in drawn}

    assert missing == set(), "draw these fields in src/vaekstaftale/testing.py"


@pytest.mark.parametrize("name", testing.__all__)
def test_strategies(name: str) -> None:
    """Every strategy draws values of its own class."""
    cls = {"partial_dates": vaekstaftale.PartialDate}.get(name) or next(
        cls for cls in SHAPES if cls.__name__ == {"entities": "Entity", "parties": "Party"}.get(name, name[:-1].title())
    )

    @settings(max_examples=20, derandomize=True, database=None)
    @given(getattr(testing, name)())
    def check(value: object) -> None:
        assert type(value) is cls

    check()


def test_fields_have_a_meaning() -> None:
    """Every field states its meaning, which `help`, the JSON Schema and the documentation show."""
    for cls in SHAPES:
        assert all(meanings_of(cls).values())


def test_field_without_a_meaning() -> None:
    """A field that states no meaning is named, with what to do."""

    @attrs.frozen(kw_only=True, repr=False)
    class Unclear(Value):
        text: str = attrs.field(validator=TEXT)

    with pytest.raises(LookupError, match=r'^write metadata=meaning\("…"\) for Unclear\.text in model/$'):
        meanings_of(Unclear)


# --- Codes, forms and rules -------------------------------------------------------------------------------


def test_codes_are_documented() -> None:
    """Every code has a heading on the page about problems, in the order of the stages."""
    headings = re.findall(r"^### `([a-z0-9/-]+)`$", (DOCS / "rules.md").read_text("utf-8"), re.MULTILINE)
    codes = [code for stage in STAGES.values() for code in stage]
    codes += [(rule.__doc__ or "").split("`")[1] for rule in advice.RULES]

    assert set(codes) - set(headings) == set(), "add a heading (### `code`) with examples for these to docs/rules.md"
    assert set(headings) - set(codes) == set(), "docs/rules.md has headings for codes that nothing reports"
    assert headings == codes, (
        "bring the headings of docs/rules.md into the order of vaekstaftale.validation.codes.STAGES"
    )


def test_codes_are_unique() -> None:
    """A code belongs to one stage, and one rule or form."""
    codes = [code for stage in STAGES.values() for code in stage]

    assert len(codes) == len(set(codes)), "two rules or forms report the same code"


def test_forms_are_named_once() -> None:
    """Forms with the same name in the JSON Schema have the same definition there."""
    definitions: dict[str, Any] = {}
    for form in FORMS:
        if form.name and not isinstance(form, InstanceForm):
            assert definitions.setdefault(form.name, form.definition()) == form.definition(), form.name


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name or type(form).__name__)
def test_forms_are_complete(form: Form) -> None:
    """Every form states everything about itself."""
    assert form.expected
    assert form.json_type
    assert form.label
    assert isinstance(form.json_schema(), dict)
    assert form.definition() if not isinstance(form, InstanceForm) else form.name in form.json_schema()["$ref"]
    value = sample(form)
    assert form.accepts(value)


# --- Folding ----------------------------------------------------------------------------------------------


#: What a change of folding may treat differently: white space, invisible and compatibility characters, dashes, case.
_SPECIAL = (
    " \n\xa0\x1c\x85\u2028\u3000\x00\xad\u200b\u200c\u200d\u2060\ufeff\ufe0f\u0301\u030a\u0323"
    "\ufb00\ufb01½Ⅳ»«“”’'\"-\u2010\u2011–—…AÅßİ"
)


@example("a".join(_SPECIAL))
@example("frem  til\xa0\n juni ")
@example("Re\u0301gion A\u030a: A\u030a\u0323b e\u0301\u0323")
@example("\u1100\u1161\u11a8 \u0f73\u0f71 \u0344")
@given(st.text() | st.text(st.sampled_from(_SPECIAL)))
def test_folding_and_the_way_back_agree(text: str) -> None:
    """A folded text, and the pieces of the original that lead back from it, are folded in the same way."""
    folded = FoldedText(text)
    visible = without_invisible(text)
    pieces = [normalized(visible[piece.original_start : piece.original_end]) or " " for piece in folded._pieces]
    starts = list(accumulate(map(len, pieces), initial=0))[:-1]
    sentence = (
        "normalized in matching.py and FoldedText._pieces in quotes/folding.py differ: change both in the same way"
    )

    assert "".join(pieces) == folded.folded == normalized(text), sentence
    assert [one.start for one in folded._pieces] == starts, sentence
