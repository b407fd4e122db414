"""The bundled agreement of 2017: the text of its source and how it is recorded."""

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
    """An unknown name is reported with the closest match, and no other file is read."""
    with pytest.raises(UnknownName, match="did you mean 'syddanmark-2017'"):
        bundled.load("syddanmark-2018")
    with pytest.raises(UnknownName):
        bundled.load("../agreements/syddanmark-2017")


def test_no_problems(agreement: Agreement) -> None:
    """The record is coherent, and every quote occurs in the source."""
    assert validate(agreement) == ()


def test_source(agreement: Agreement) -> None:
    """The source is the original page byte for byte, including its typing errors and no-break spaces."""
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


def test_parties_initiatives_and_validity(agreement: Agreement) -> None:
    """There are two parties, three numbered initiatives, and a validity with an end but no stated start."""
    assert tuple(party.id for party in agreement.parties) == BOTH
    assert agreement.party("Staten").note is not None
    assert [initiative.number for initiative in agreement.initiatives] == [1, 2, 3]
    assert agreement.validity is not None
    assert (None, PartialDate("2018-06-30")) == (agreement.validity.start, agreement.validity.end)
    assert PartialDate("2017-09-05") == agreement.effective_period.start
    assert agreement.general_commitments == ()


def test_group(agreement: Agreement) -> None:
    """The growth forums of Western Denmark are a group and not a party, and one of their members is recorded."""
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
def test_actors_and_strength(agreement: Agreement, id_: str, actors: tuple[str, ...], strength: Strength) -> None:
    """The actors and the strength of each commitment are those that its words state."""
    commitment = agreement.commitment(id_)

    assert (actors, strength) == (commitment.actors, commitment.strength)
    assert commitment.text_in("en")
    assert commitment.quotes
    assert commitment.topics


def test_nine_commitments(agreement: Agreement) -> None:
    """There are nine commitments, and the first one quotes the sentence that it is based on."""
    first = agreement.initiatives[0].commitments[0].quotes[0].exact

    assert len(agreement.commitments) == 9
    assert first.startswith("Parterne vil bakke op om ’Center for Industriel Elektronik’")
    assert Status.IN_FORCE is agreement.status_on(PartialDate("2018-01-01").earliest)
