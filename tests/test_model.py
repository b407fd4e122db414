"""Agreements as values: building them, invalid values, and looking things up."""

from __future__ import annotations

import copy
import pickle
import pydoc
import subprocess
import sys
from datetime import date
from types import ModuleType
from typing import Any

import attrs
import pytest
from conftest import minimal
from hypothesis import given

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Commitment,
    Entity,
    EntityKind,
    Initiative,
    PartialDate,
    Party,
    Quote,
    Relation,
    Representative,
    Source,
    Status,
    Strength,
    Translation,
    UnknownName,
    ValidityPeriod,
)
from vaekstaftale.model.base import meaning, meanings_of
from vaekstaftale.model.numbers import IntegerForm
from vaekstaftale.testing import agreements

CLASSES = [
    Agreement,
    Commitment,
    Entity,
    Initiative,
    Party,
    Quote,
    Relation,
    Representative,
    Source,
    Translation,
    ValidityPeriod,
]


def small(**changes: Any) -> Agreement:
    """Build a small agreement with two parties, and with some fields changed."""
    fields = {
        "id": "lille-2017",
        "title": "En lille aftale",
        "language": "da",
        "parties": [Party(id="staten", name="Staten"), Party(id="regionen", name="Regionen", other_names=["Øst"])],
        "sources": [Source(id="web", kind="web-page")],
    }
    return Agreement(**{**fields, **changes})


class TestClasses:
    @pytest.mark.parametrize("cls", CLASSES)
    def test_frozen_slotted_keyword_only(self, cls: type) -> None:
        """Every class is frozen, slotted and keyword-only, and every field states its meaning."""
        fields = attrs.fields(cls)

        assert all("__slots__" in vars(base) for base in cls.__mro__[:-1])
        assert all(field.kw_only for field in fields)
        assert all(meanings_of(cls)[field.name].endswith(".") for field in fields)
        with pytest.raises(TypeError):
            cls("a")

    def test_frozen(self, agreement: Agreement) -> None:
        """Fields of an agreement cannot be assigned."""
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            agreement.title = "x"  # type: ignore[misc]

    def test_tuples(self) -> None:
        """Any iterable is converted to a tuple."""
        value = small(parties=iter([Party(id="staten", name="Staten")]))

        assert (Party(id="staten", name="Staten"),) == value.parties

    def test_dates_and_enums(self) -> None:
        """A date field accepts a date or a string, and an enum field the string used in a file."""
        value = Commitment(id="a", text="b", strength="support", due_on=date(2018, 6, 30))

        assert (Strength.SUPPORT, PartialDate("2018-06-30")) == (value.strength, value.due_on)

    def test_translations_sorted(self) -> None:
        """Translations are sorted by language."""
        value = small(translations=[Translation(language="en", text="x"), Translation(language="de", text="y")])

        assert [translation.language for translation in value.translations] == ["de", "en"]


@pytest.mark.parametrize(
    ("error", "names", "build"),
    [
        (ValueError, "Agreement.title", lambda: small(title=" \n")),
        (ValueError, "Agreement.parties", lambda: small(parties=[])),
        (ValueError, "Agreement.sources", lambda: small(sources=[])),
        (ValueError, "Agreement.language", lambda: small(language="dansk sprog")),
        (TypeError, "Agreement.title", lambda: small(title=None)),
        (TypeError, "Agreement.title", lambda: small(title=b"x")),
        (TypeError, "Agreement.complete", lambda: small(complete=1)),
        (TypeError, "Agreement.complete", lambda: small(complete=None)),
        (TypeError, "Agreement.parties", lambda: small(parties="staten")),
        (TypeError, r"Agreement.parties\[0\]", lambda: small(parties=["staten"])),
        (TypeError, "Agreement.validity", lambda: small(validity="2018")),
        (TypeError, "Agreement.quotes", lambda: small(quotes=Quote(exact="x"))),
        (ValueError, "Agreement.translations has two translations into 'en'", lambda: small(
            translations=[Translation(language="en", text="x"), Translation(language="EN", text="y")])),
        (TypeError, "Translation.text", lambda: small(translations={"en": 1})),
        (ValueError, "Party.id", lambda: Party(id="Staten", name="x")),
        (ValueError, "Party.id", lambda: Party(id="a" * 101, name="x")),
        (ValueError, "Party.id", lambda: Party(id="a--b", name="x")),
        (ValueError, "Party.id", lambda: Party(id="a\n", name="x")),
        (ValueError, r"Party.members\[1\]", lambda: Party(id="a", name="x", members=["b", "C"])),
        (TypeError, "Party.other_names", lambda: Party(id="a", name="x", other_names="Staten")),
        (ValueError, "Entity.kind", lambda: Entity(id="a", name="x", kind="body")),  # type: ignore[arg-type]
        (TypeError, "Entity.kind", lambda: Entity(id="a", name="x", kind=Strength.SUPPORT)),  # type: ignore[arg-type]
        (TypeError, "Initiative.number", lambda: Initiative(id="a", title="b", number=1.0)),  # type: ignore[arg-type]
        (TypeError, "Initiative.number", lambda: Initiative(id="a", title="b", number=True)),
        (ValueError, "Initiative.number", lambda: Initiative(id="a", title="b", number=0)),
        (ValueError, "Initiative.number", lambda: Initiative(id="a", title="b", number=10000)),
        (ValueError, "Commitment.due_on", lambda: Commitment(id="a", text="b", due_on="2017-02-30")),
        (TypeError, "Commitment.due_on", lambda: Commitment(id="a", text="b", due_on=2017)),  # type: ignore[arg-type]
        (ValueError, "name or office", Representative),
        (ValueError, "agreement or title", lambda: Relation(kind="renews")),
        (ValueError, "Quote.exact.*surrogate", lambda: Quote(exact="a\ud800")),
        (ValueError, "Source.url", lambda: Source(id="a", kind="other", url="www.example.org")),
        (ValueError, "Source.sha256", lambda: Source(id="a", kind="other", sha256="A" * 64)),
        (ValueError, "Source.text", lambda: Source(id="a", kind="other", text="\n \n")),
        (ValueError, "Translation.language", lambda: Translation(language="e", text="b")),
        (ValueError, "Translation.text", lambda: Translation(language="en", text="")),
    ],
)  # fmt: skip
def test_refused(error: type[Exception], names: str, build: Any) -> None:
    """An invalid value raises an error that names the field."""
    with pytest.raises(error, match=names):
        build()


def test_refused_by_evolve(agreement: Agreement) -> None:
    """`attrs.evolve` validates a changed value like a new one."""
    with pytest.raises(ValueError, match=r"Agreement\.id"):
        attrs.evolve(agreement, id="Syddanmark 2017")


class TestLookUp:
    def test_by_name(self, agreement: Agreement) -> None:
        """Parties and entities are found by id and by any of their names, regardless of case."""
        assert "regeringen" == agreement.party("Staten").id == agreement.party("REGERINGEN").id
        assert agreement.entity("healthcare denmark").id == "healthcare-denmark"
        assert agreement.actor("vestdanske-vaekstfora").id == "vestdanske-vaekstfora"

    def test_composed(self, agreement: Agreement) -> None:
        """Names match regardless of how their letters are composed."""
        value = small(parties=[Party(id="a", name="Region Å")])

        assert value.party("region a\u030a").id == "a"
        assert agreement.party("Syddansk Vækstforum").id == "syddansk-vaekstforum"

    def test_id_wins(self) -> None:
        """An id takes precedence over a name."""
        value = small(parties=[Party(id="b", name="A"), Party(id="a", name="B")])

        assert value.party("A").id == "a"

    def test_kinds(self, agreement: Agreement) -> None:
        """A party is not found as an entity, nor an entity as a party."""
        with pytest.raises(UnknownName):
            agreement.entity("Staten")
        with pytest.raises(UnknownName):
            agreement.party("Healthcare Denmark")

    def test_by_id(self, agreement: Agreement) -> None:
        """Initiatives, commitments and sources are found by id."""
        assert agreement.initiative("digitalisering").number == 3
        assert Strength.WORK_TOWARDS is agreement.commitment("design").strength
        assert PartialDate("2017-09-05") == agreement.source("webside").updated_on

    def test_unknown(self, agreement: Agreement) -> None:
        """An unknown name raises a KeyError that suggests the closest match and can be pickled."""
        with pytest.raises(UnknownName) as caught:
            agreement.party("Regeringn")

        error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
        assert isinstance(error, UnknownName)
        assert isinstance(error, KeyError)
        assert (error.name, error.suggestions) == ("Regeringn", ("regeringen",))
        assert str(error) == "there is no party 'Regeringn'; did you mean 'regeringen'?"

    def test_unknown_without_suggestion(self, agreement: Agreement) -> None:
        """If no name is close, nothing is suggested."""
        with pytest.raises(UnknownName, match=r"^there is no commitment 'xyz'$"):
            agreement.commitment("xyz")


class TestAgreement:
    def test_commitments(self) -> None:
        """The commitments of an agreement are those of its initiatives, in order, and then the general ones."""
        first, second, third = (Commitment(id=id_, text="x") for id_ in ("one", "two", "three"))
        value = small(
            initiatives=[
                Initiative(id="a", title="A", commitments=[second]),
                Initiative(id="b", title="B", commitments=[first]),
            ],
            general_commitments=[third],
        )

        assert (second, first, third) == value.commitments

    def test_effective_period(self) -> None:
        """The effective period starts on the day of signing if no start is stated, and only then."""
        stated = ValidityPeriod(start="2018", end="2019")

        assert ValidityPeriod() == small().effective_period
        assert ValidityPeriod(start="2017-09-05") == small(signed_on="2017-09-05").effective_period
        assert stated == small(signed_on="2017-09-05", validity=stated).effective_period
        assert Status.IN_FORCE is small(signed_on="2017-09-05").status_on(date(2017, 9, 5))

    def test_translation(self) -> None:
        """A translation is found by its exact language tag, or else by a more specific one."""
        value = small(translations=[Translation(language=tag, text=tag) for tag in ("en-US", "en-GB", "de", "enm")])

        assert tuple(map(value.title_in, ("en", "EN-gb", "de", "da"))) == ("en-GB", "en-GB", "de", None)
        assert (value.title_in("e"), value.title_in("en-G")) == (None, None)

    def test_translations_of_parts(self) -> None:
        """Names, titles and texts of parts are found by language in the same way."""
        english = [Translation(language="en-GB", text="in English")]

        assert Party(id="p", name="P", translations=english).name_in("en") == "in English"
        assert Entity(id="e", name="E", kind="plan", translations=english).name_in("en") == "in English"
        assert Initiative(id="i", title="I", translations=english).title_in("en") == "in English"
        assert Commitment(id="c", text="C", translations=english).text_in("da") is None

    def test_strength_is_ordered(self) -> None:
        """Strengths are ordered from the weakest to the strongest."""
        assert list(Strength) == sorted(Strength, reverse=False)
        assert Strength.DISCUSS < Strength.FOLLOW < Strength.WORK_TOWARDS < Strength.SUPPORT <= Strength.CARRY_OUT
        with pytest.raises(TypeError):
            assert Strength.DISCUSS < "follow"  # type: ignore[operator]

    def test_repr(self, agreement: Agreement) -> None:
        """The `repr` of an agreement is short, and that of a small value shows every field that is stated."""
        assert len(repr(agreement)) < 500
        assert repr(Quote(exact="x", source="web")) == "Quote(exact='x', source='web')"
        assert repr(PartialDate("2017-09")) == "PartialDate('2017-09')"
        assert (
            repr(Entity(id="a", name="A", kind=EntityKind.PLAN, members=["b"]))
            == "Entity(id='a', name='A', kind=<EntityKind.PLAN: 'plan'>, members=('b',))"
        )


@given(agreements())
@pytest.mark.slow
def test_copies(value: Agreement) -> None:
    """Copies and pickles of an agreement are equal to it and have the same hash."""
    value.commitments  # noqa: B018 - a cached look-up must make no difference
    for duplicate in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):  # noqa: S301
        assert value == duplicate
        assert hash(value) == hash(duplicate)
        assert value.commitments == duplicate.commitments


def test_public_names() -> None:
    """The public names exist, and completion offers no others, in the package and in its public modules."""
    assert set(vaekstaftale.__all__) | {"__version__"} == set(dir(vaekstaftale))
    modules = [value for value in vars(vaekstaftale).values() if isinstance(value, ModuleType)]
    for module in (vaekstaftale, *(module for module in modules if hasattr(module, "__all__"))):
        assert all(hasattr(module, name) for name in dir(module)), module
        assert set(module.__all__) <= set(dir(module))


@pytest.mark.parametrize("cls", CLASSES)
def test_help(cls: type) -> None:
    """`help` shows the meaning of every field."""
    shown = pydoc.plain(pydoc.render_doc(cls))

    assert all(f"{name}: {meaning}" in shown for name, meaning in meanings_of(cls).items() if hasattr(cls, name))
    assert (cls.__doc__ or "").count("Fields:") == 1


def test_very_long_number() -> None:
    """A number that Python does not convert to a string is rejected with the name of its field."""
    with pytest.raises(ValueError, match=r"Initiative\.number must be .*, not a long number"):
        Initiative(id="a", title="b", number=10**5_000)


@pytest.mark.parametrize("changes", [{"validity": {}}, {"quotes": [{}]}])
def test_dict_for_a_part(changes: Any) -> None:
    """Plain data where a part of an agreement belongs is a value of another type."""
    with pytest.raises(TypeError, match="must be of type"):
        attrs.evolve(vaekstaftale.from_dict(minimal()), **changes)


def test_subclass_of_a_part() -> None:
    """A part of a subclass is refused: what it adds would be lost in a file."""

    @attrs.frozen(kw_only=True)
    class Special(Commitment):
        budget: int = attrs.field(default=0, validator=IntegerForm(0, 9), metadata=meaning("An amount."))

    special = Special(id="c", text="C", budget=7)
    with pytest.raises(TypeError, match=r"general_commitments\[0\] must be of type Commitment.*keep data of your own"):
        small(general_commitments=[special])
    with pytest.raises(TypeError, match=r"Initiative\.commitments\[0\]"):
        Initiative(id="i", title="I", commitments=[special])


def test_help_without_docstrings() -> None:
    """The meanings of fields and of the values of enums are data: Python keeps them when it strips docstrings."""
    program = "import vaekstaftale; print(vaekstaftale.Commitment.__doc__, vaekstaftale.Strength.__doc__)"
    done = subprocess.run([sys.executable, "-OO", "-c", program], capture_output=True, text=True, check=True)

    assert "strength: How far the words bind" in done.stdout
    assert "carry-out: Carry out" in done.stdout


def test_blank_text_of_a_source() -> None:
    """The text of a source has no limit, and one of white space is refused as such."""
    assert Source(id="a", kind="other", text="x" * 20_000).text == "x" * 20_000
    with pytest.raises(ValueError, match=r"Source\.text must be a string with at least one visible character"):
        Source(id="a", kind="other", text=" " * 20_000)


def test_repr_of_many() -> None:
    """The `repr` of a value with many ids stays short."""
    assert len(repr(Commitment(id="c", text="C", actors=[f"a{number}" for number in range(1_000)]))) < 200


def test_sets_are_refused() -> None:
    """A set has no order, so it is refused where a list belongs."""
    with pytest.raises(TypeError, match=r"^Party\.members must have an order, which a set has not: pass a list$"):
        Party(id="p", name="P", members={"a", "b"})
    with pytest.raises(TypeError, match=r"^Party\.members must be an iterable of items, not dict"):
        Party(id="p", name="P", members={"a": 1})
