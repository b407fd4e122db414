"""What changed between two agreements."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from conftest import FAMILY
from hypothesis import given, settings
from strategies import agreements

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


def told(old: Agreement, new: Agreement) -> list[str]:
    return [str(change) for change in diff(old, new)]


@pytest.fixture
def two() -> tuple[Initiative, Initiative]:
    """Give two initiatives of two commitments."""
    one, two, three, four = (Commitment(id=id_, text=id_.upper()) for id_ in ("one", "two", "three", "four"))
    return Initiative(id="a", title="A", commitments=[one, two]), Initiative(
        id="b", title="B", commitments=[three, four]
    )


class TestDiff:
    def test_fields(self, agreement: Agreement) -> None:
        """A field is compared as one value, at its path by ids."""
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

    def test_moved(self, agreement: Agreement, two: tuple[Initiative, Initiative]) -> None:
        """A commitment that moved is changed at its path and `/initiative`."""
        old = attrs.evolve(agreement, initiatives=two, general_commitments=[])
        one, second = two[0].commitments
        new = attrs.evolve(
            old,
            initiatives=[
                attrs.evolve(two[0], commitments=[]),
                attrs.evolve(two[1], commitments=[*two[1].commitments, one]),
            ],
            general_commitments=[attrs.evolve(second, text="Nu")],
        )

        assert told(old, new) == [
            "changed /initiatives/b/commitments/one/initiative: 'a' -> 'b'",
            "changed /general_commitments/two/initiative: 'a' -> nothing",
            "changed /general_commitments/two/text: 'TWO' -> 'Nu'",
        ]

    def test_added_and_removed(self, agreement: Agreement, two: tuple[Initiative, Initiative]) -> None:
        """The commitments of an initiative that comes or goes are told too."""
        old, new = (attrs.evolve(agreement, initiatives=[one]) for one in two)

        assert [(change.path, change.kind) for change in diff(old, new)] == [
            ("/initiatives/a", ChangeKind.REMOVED),
            ("/initiatives/b", ChangeKind.ADDED),
            ("/initiatives/a/commitments/one", ChangeKind.REMOVED),
            ("/initiatives/a/commitments/two", ChangeKind.REMOVED),
            ("/initiatives/b/commitments/three", ChangeKind.ADDED),
            ("/initiatives/b/commitments/four", ChangeKind.ADDED),
        ]

    def test_order(self, agreement: Agreement, two: tuple[Initiative, Initiative]) -> None:
        """Another order is changed at the list; a thing put between others is not another order."""
        old = attrs.evolve(agreement, initiatives=two)
        turned = attrs.evolve(two[0], commitments=reversed(two[0].commitments))
        between = attrs.evolve(
            two[1], commitments=[two[1].commitments[0], Commitment(id="new", text="New"), two[1].commitments[1]]
        )

        assert told(old, attrs.evolve(old, initiatives=reversed(two))) == [
            "changed /initiatives: ['a', 'b'] -> ['b', 'a']"
        ]
        assert told(old, attrs.evolve(old, initiatives=[turned, two[1]])) == [
            "changed /initiatives/a/commitments: ['one', 'two'] -> ['two', 'one']"
        ]
        assert told(old, attrs.evolve(old, initiatives=[two[0], between])) == [
            "added /initiatives/b/commitments/new: Commitment(id='new', text='New')"
        ]

    @pytest.mark.parametrize("length", [10, 100, 5_000])
    def test_what_differs_is_shown(self, agreement: Agreement, length: int) -> None:
        """However long two values are, what differs between them is in the line."""
        long = "ord " * length
        old, new = (
            attrs.evolve(agreement, validity=ValidityPeriod(quotes=[Quote(exact=f"{long}{word} {long}")]))
            for word in ("måske", "sikkert")
        )
        [line] = told(old, new)
        before, _, after = line.partition(" -> ")

        assert "måske" in before
        assert "sikkert" in after
        assert len(line) < 600

    def test_values_are_shown_as_in_a_file(self, agreement: Agreement) -> None:
        """Dates and words are shown as a file has them."""
        new = attrs.evolve(agreement, relations=[Relation(kind="renews", agreement="x")], validity=None)

        assert told(agreement, new) == [
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
        """Any two agreements can be compared, and every line can be printed."""
        other = vaekstaftale.load(path)

        assert all(line.isprintable() for line in told(agreement, other))
        assert len(told(agreement, other)) > 10


@given(agreements())
def test_nothing_changed(agreement: Agreement) -> None:
    """Nothing changed between an agreement and itself."""
    assert diff(agreement, agreement) == ()


@settings(max_examples=40)
@given(agreements(), agreements())
def test_empty_exactly_if_equal(old: Agreement, new: Agreement) -> None:
    """There are changes exactly if there is a difference, the same ones in both directions, turned around."""
    there, back = diff(old, new), diff(new, old)

    assert (old == new) is (not there)
    assert len(there) == len(back)
    turned = {ChangeKind.ADDED: ChangeKind.REMOVED, ChangeKind.REMOVED: ChangeKind.ADDED}
    same = {(change.kind, repr(change.before), repr(change.after)) for change in there}
    assert same == {(turned.get(change.kind, change.kind), repr(change.after), repr(change.before)) for change in back}


@settings(max_examples=40)
@given(agreements(), agreements())
def test_explains(old: Agreement, new: Agreement) -> None:
    """Undoing what is told makes the scalar fields and the sets of ids equal: nothing is passed over."""
    changes = {change.path: change for change in diff(old, new)}
    for field in ("id", "title", "signed_on", "validity", "complete", "relations", "quotes", "translations", "note"):
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            assert (before, after) == (changes[f"/{field}"].before, changes[f"/{field}"].after)
    for commitment in new.commitments:
        previous = {one.id: one for one in old.commitments}.get(commitment.id)
        mentioned = [change for path, change in changes.items() if f"commitments/{commitment.id}" in path]
        if previous is None:
            assert any(change.kind is ChangeKind.ADDED and change.after == commitment for change in mentioned)
        elif previous != commitment:
            assert any(change.kind is ChangeKind.CHANGED for change in mentioned)
