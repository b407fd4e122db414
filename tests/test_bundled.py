"""The agreement of 2017, as it was made and as it is recorded."""

from __future__ import annotations

import hashlib

import pytest

from vaekstaftale import Agreement, EntityKind, PartialDate, Status, Strength, UnknownName, bundled, validate

BOTH = ("regeringen", "syddansk-vaekstforum")


def test_names() -> None:
    """The bundled agreements are named by their ids."""
    assert bundled.names() == ("syddanmark-2017",)
    assert all(name == bundled.load(name).id for name in bundled.names())


def test_unknown_name() -> None:
    """An unknown name is told with what comes near, and reads no other file."""
    with pytest.raises(UnknownName, match="did you mean 'syddanmark-2017'"):
        bundled.load("syddanmark-2018")
    with pytest.raises(UnknownName):
        bundled.load("../agreements/syddanmark-2017")


def test_nothing_is_wrong(agreement: Agreement) -> None:
    """The record is coherent, and all of its quotes stand in the source."""
    assert validate(agreement) == ()


def test_source(agreement: Agreement) -> None:
    """The source is the page as it was, byte for byte, its typing errors and no-break spaces included."""
    source = agreement.source("webside")

    assert source.text is not None
    data = source.text.encode()
    assert (len(source.text), len(data)) == (2564, 2629)
    assert hashlib.sha256(data).hexdigest() == source.sha256
    assert source.sha256 == "436b8db551ae939dbea041c03a678674604a7be99258fa713f93617c06ed8aec"
    assert source.text.count("\xa0") == 7
    assert "en er regional" in source.text
    assert "i forbindelse regeringens" in source.text
    assert source.text.count("\u2019") == 2
    assert not source.text.endswith("\n")
    assert PartialDate("2017-09-05") == source.updated_on
    assert source.contact is not None
    assert source.contact in source.text


def test_frame(agreement: Agreement) -> None:
    """Two parties, three numbered initiatives, and an end without an invented start."""
    assert tuple(party.id for party in agreement.parties) == BOTH
    assert agreement.party("Staten").note is not None
    assert [initiative.number for initiative in agreement.initiatives] == [1, 2, 3]
    assert agreement.validity is not None
    assert (None, PartialDate("2018-06-30")) == (agreement.validity.start, agreement.validity.end)
    assert PartialDate("2017-09-05") == agreement.effective_period.start
    assert agreement.general_commitments == ()


def test_group(agreement: Agreement) -> None:
    """The growth forums of Western Denmark act without being a party; one member is known."""
    group = agreement.entity("De vestdanske vækstfora")

    assert (group.kind, group.members) == (EntityKind.GROUP, ("syddansk-vaekstforum",))


@pytest.mark.parametrize(
    ("id_", "actors", "strength"),
    [
        ("opbakning", BOTH, Strength.SUPPORT),
        ("dialog", BOTH, Strength.DISCUSS),
        ("klynger", BOTH, Strength.SUPPORT),
        ("markedsfoering", BOTH, Strength.DISCUSS),
        ("teknologipagt", BOTH, Strength.DISCUSS),
        ("strategier", BOTH, Strength.DISCUSS),
        ("design", BOTH, Strength.WORK_TOWARDS),
        ("analyse", ("vestdanske-vaekstfora",), Strength.CARRY_OUT),
        ("opfoelgning", ("regeringen",), Strength.FOLLOW),
    ],
)
def test_reading(agreement: Agreement, id_: str, actors: tuple[str, ...], strength: Strength) -> None:
    """Who is bound, and how far, follows from the words."""
    commitment = agreement.commitment(id_)

    assert (actors, strength) == (commitment.actors, commitment.strength)
    assert commitment.text_in("en")
    assert commitment.quotes
    assert commitment.topics


def test_nine_promises(agreement: Agreement) -> None:
    """There are nine promises, and the first rests on the sentence that it stands in."""
    first = agreement.initiatives[0].commitments[0].quotes[0].exact

    assert len(agreement.commitments) == 9
    assert first.startswith("Parterne vil bakke op om ’Center for Industriel Elektronik’")
    assert Status.IN_FORCE is agreement.status_on(PartialDate("2018-01-01").earliest)
