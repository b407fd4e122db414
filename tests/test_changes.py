"""Changes between two agreements."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from conftest import FAMILY
from hypothesis import given, settings

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Change,
    ChangeKind,
    Commitment,
    Initiative,
    Party,
    Quote,
    Relation,
    Strength,
    ValidityPeriod,
    diff,
)
from vaekstaftale.testing import agreements


def lines(old: Agreement, new: Agreement) -> list[str]:
    return [str(change) for change in diff(old, new)]


@pytest.fixture
def initiatives() -> tuple[Initiative, Initiative]:
    """Return two initiatives with two commitments each."""
    first, second, third, fourth = (Commitment(id=id_, text=id_.upper()) for id_ in ("one", "two", "three", "four"))
    return Initiative(id="a", title="A", commitments=[first, second]), Initiative(
        id="b", title="B", commitments=[third, fourth]
    )


class TestDiff:
    def test_fields(self, agreement: Agreement) -> None:
        """A changed field is reported as a whole, at a path made of ids."""
        commitment = attrs.evolve(agreement.commitment("dialog"), text="Tale sammen.", strength="support")
        initiative = attrs.evolve(agreement.initiatives[0], commitments=[agreement.commitment("opbakning"), commitment])
        new = attrs.evolve(
            agreement, initiatives=[initiative, *agreement.initiatives[1:]], signed_on="2017-09", validity=None
        )

        assert (
            Change(
                path="/signed_on",
                kind=ChangeKind.CHANGED,
                before=agreement.signed_on,
                after=vaekstaftale.PartialDate("2017-09"),
            ),
            Change(path="/validity", kind=ChangeKind.CHANGED, before=agreement.validity, after=None),
            Change(
                path="/initiatives/energi/commitments/dialog/text",
                kind=ChangeKind.CHANGED,
                before=agreement.commitment("dialog").text,
                after="Tale sammen.",
            ),
            Change(
                path="/initiatives/energi/commitments/dialog/strength",
                kind=ChangeKind.CHANGED,
                before=Strength.DISCUSS,
                after=Strength.SUPPORT,
            ),
        ) == diff(agreement, new)

    def test_moved(self, agreement: Agreement, initiatives: tuple[Initiative, Initiative]) -> None:
        """A commitment that moved is reported at its new path, with `/initiative` as the changed field."""
        old = attrs.evolve(agreement, initiatives=initiatives, general_commitments=[])
        first, second = initiatives[0].commitments
        new = attrs.evolve(
            old,
            initiatives=[
                attrs.evolve(initiatives[0], commitments=[]),
                attrs.evolve(initiatives[1], commitments=[*initiatives[1].commitments, first]),
            ],
            general_commitments=[attrs.evolve(second, text="Nu")],
        )

        assert lines(old, new) == [
            "changed /initiatives/b/commitments/one/initiative: 'a' -> 'b'",
            "changed /general_commitments/two/initiative: 'a' -> nothing",
            "changed /general_commitments/two/text: 'TWO' -> 'Nu'",
        ]

    def test_added_and_removed(self, agreement: Agreement, initiatives: tuple[Initiative, Initiative]) -> None:
        """The commitments of an added or removed initiative are reported as well."""
        old, new = (attrs.evolve(agreement, initiatives=[initiative]) for initiative in initiatives)

        assert [(change.path, change.kind) for change in diff(old, new)] == [
            ("/initiatives/a", ChangeKind.REMOVED),
            ("/initiatives/b", ChangeKind.ADDED),
            ("/initiatives/a/commitments/one", ChangeKind.REMOVED),
            ("/initiatives/a/commitments/two", ChangeKind.REMOVED),
            ("/initiatives/b/commitments/three", ChangeKind.ADDED),
            ("/initiatives/b/commitments/four", ChangeKind.ADDED),
        ]

    def test_order(self, agreement: Agreement, initiatives: tuple[Initiative, Initiative]) -> None:
        """A changed order is reported at the list, and an insertion does not count as a changed order."""
        old = attrs.evolve(agreement, initiatives=initiatives)
        reordered = attrs.evolve(initiatives[0], commitments=reversed(initiatives[0].commitments))
        extended = attrs.evolve(
            initiatives[1],
            commitments=[
                initiatives[1].commitments[0],
                Commitment(id="new", text="New"),
                initiatives[1].commitments[1],
            ],
        )

        assert lines(old, attrs.evolve(old, initiatives=reversed(initiatives))) == [
            "changed /initiatives: ['a', 'b'] -> ['b', 'a']"
        ]
        assert lines(old, attrs.evolve(old, initiatives=[reordered, initiatives[1]])) == [
            "changed /initiatives/a/commitments: ['one', 'two'] -> ['two', 'one']"
        ]
        assert lines(old, attrs.evolve(old, initiatives=[initiatives[0], extended])) == [
            "added /initiatives/b/commitments/new: Commitment(id='new', text='New')"
        ]

    @pytest.mark.parametrize("length", [10, 100, 1_000])
    def test_what_differs_is_shown(self, agreement: Agreement, length: int) -> None:
        """However long two values are, the line shows where they differ."""
        long = "ord " * length
        old, new = (
            attrs.evolve(agreement, validity=ValidityPeriod(quotes=[Quote(exact=f"{long}{word} {long}")]))
            for word in ("måske", "sikkert")
        )
        [line] = lines(old, new)
        before, _, after = line.partition(" -> ")

        assert "måske" in before
        assert "sikkert" in after
        assert len(line) < 600

    def test_values_are_shown_as_in_a_file(self, agreement: Agreement) -> None:
        """Dates and enum members are shown as in a file."""
        new = attrs.evolve(agreement, relations=[Relation(kind="renews", agreement="x")], validity=None)

        assert lines(agreement, new) == [
            (
                "changed /validity: ValidityPeriod(end=2018-06-30, quotes=[Quote(exact="
                "'Vækstpartnerskabsaftalen gælder frem til 30. juni 2018.')]) -> nothing"
            ),
            "changed /relations: [] -> [Relation(kind=renews, agreement='x')]",
        ]

    def test_parties(self, agreement: Agreement) -> None:
        """Parties are matched by id."""
        new = attrs.evolve(
            agreement, parties=[Party(id="ny", name="Ny"), attrs.evolve(agreement.parties[0], name="Staten i dag")]
        )

        assert [change.path for change in diff(agreement, new)] == [
            "/parties/syddansk-vaekstforum",
            "/parties/ny",
            "/parties/regeringen/name",
        ]

    @pytest.mark.parametrize("path", FAMILY, ids=lambda path: path.stem)
    def test_family(self, path: Any, agreement: Agreement) -> None:
        """Any two agreements can be compared, and every change is printable."""
        other_agreement = vaekstaftale.load(path)

        assert all(line.isprintable() for line in lines(agreement, other_agreement))
        assert len(lines(agreement, other_agreement)) > 10


@given(agreements())
def test_nothing_changed(agreement: Agreement) -> None:
    """There are no changes between an agreement and itself."""
    assert diff(agreement, agreement) == ()


@settings(max_examples=40)
@given(agreements(), agreements())
def test_empty_exactly_if_equal(old: Agreement, new: Agreement) -> None:
    """There are changes exactly if two agreements differ, and swapping the agreements inverts the changes."""
    forward, backward = diff(old, new), diff(new, old)

    assert (old == new) is (not forward)
    assert len(forward) == len(backward)
    inverse = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    expected = {(change.kind, repr(change.before), repr(change.after)) for change in forward}
    assert expected == {
        (inverse.get(change.kind, change.kind), repr(change.after), repr(change.before)) for change in backward
    }


@settings(max_examples=40)
@given(agreements(), agreements())
def test_no_change_is_missed(old: Agreement, new: Agreement) -> None:
    """Every field and commitment that differs is among the changes."""
    changes = {change.path: change for change in diff(old, new)}
    for field in ("id", "title", "signed_on", "validity", "complete", "relations", "quotes", "translations", "note"):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            assert (before, after) == (changes[f"/{field}"].before, changes[f"/{field}"].after)
    for commitment in new.commitments:
        previous = {commitment_before.id: commitment_before for commitment_before in old.commitments}.get(commitment.id)
        mentioned = [change for path, change in changes.items() if f"commitments/{commitment.id}" in path]
        if previous is None:
            assert any(change.kind is ChangeKind.ADDED and change.after == commitment for change in mentioned)
        elif previous != commitment:
            assert any(change.kind is ChangeKind.CHANGED for change in mentioned)
