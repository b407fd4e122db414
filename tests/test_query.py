"""Questions over a family of agreements, with answers worked out on paper; and every filter against its definition."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from conftest import FAMILY, minimal
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import agreements as any_agreement
from strategies import days

import vaekstaftale
from vaekstaftale import Agreement, Agreements, Commitments, Entity, Entry, Party, Status, Strength, UnknownName
from vaekstaftale.matching import fold

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def family() -> Agreements:
    """Give midt-2014, nord-2015, syd-2012, syd-2014, syd-2016, in this order."""
    return vaekstaftale.load_all(FAMILY)


def ids(found: Agreements) -> str:
    return " ".join(agreement.id for agreement in found)


def entries(found: Commitments) -> str:
    return " ".join(f"{entry.agreement.id}/{entry.commitment.id}" for entry in found)


ALL = (
    "midt-2014/analyse nord-2015/turisme syd-2012/testcenter syd-2012/dialog syd-2014/testcenter syd-2014/analyse "
    "syd-2016/robotter syd-2016/kampagne syd-2016/opfoelgning"
)


class TestAgreements:
    @pytest.mark.parametrize(
        ("day", "certain", "possible"),
        [
            (date(2011, 12, 31), "", "nord-2015"),
            (date(2012, 1, 1), "", "nord-2015 syd-2012"),
            (date(2012, 12, 31), "syd-2012", "nord-2015 syd-2012"),
            (date(2013, 1, 1), "syd-2012", "nord-2015 syd-2012"),
            (date(2014, 5, 20), "syd-2014", "nord-2015 syd-2014"),
            (date(2014, 6, 1), "midt-2014 syd-2014", "midt-2014 nord-2015 syd-2014"),
            (date(2016, 1, 15), "midt-2014", "midt-2014 nord-2015"),
            (date(2017, 12, 31), "midt-2014 syd-2016", "midt-2014 nord-2015 syd-2016"),
        ],
    )
    def test_in_force_on(self, day: date, certain: str, possible: str, family: Agreements) -> None:
        """What is in force for certain, and what may be."""
        assert (certain, possible) == (ids(family.in_force_on(day)), ids(family.in_force_on(day, possible=True)))

    @pytest.mark.parametrize(
        ("first", "last", "certain", "possible"),
        [
            (date(2012, 6, 1), date(2012, 6, 30), "syd-2012", "nord-2015 syd-2012"),
            (date(2012, 6, 2), date(2012, 6, 30), "", "nord-2015 syd-2012"),
            (date(2014, 5, 20), date(2014, 6, 1), "midt-2014 syd-2014", "midt-2014 nord-2015 syd-2014"),
            (date(2014, 5, 21), date(2014, 5, 31), "", "nord-2015"),
        ],
    )
    def test_signed_between(self, first: date, last: date, certain: str, possible: str, family: Agreements) -> None:
        """Both days are included; a month is certain only if all of it is."""
        assert certain == ids(family.signed_between(first, last))
        assert possible == ids(family.signed_between(first, last, possible=True))

    @pytest.mark.parametrize(
        ("first", "last", "certain", "possible"),
        [
            (date(2013, 1, 1), date(2013, 12, 31), "syd-2012", "nord-2015 syd-2012"),
            (date(2013, 6, 1), date(2015, 12, 31), "syd-2014", "nord-2015 syd-2012 syd-2014"),
            (date(2015, 12, 31), date(2015, 12, 31), "syd-2014", "nord-2015 syd-2014"),
            (date(2018, 1, 1), date(9999, 12, 31), "", "nord-2015"),
        ],
    )
    def test_ending_between(self, first: date, last: date, certain: str, possible: str, family: Agreements) -> None:
        """What is open-ended never ends; what has no end may end any day."""
        assert certain == ids(family.ending_between(first, last))
        assert possible == ids(family.ending_between(first, last, possible=True))

    def test_end_after_start(self) -> None:
        """An end of which only the year is known is not before the start."""
        value = Agreements([example(validity={"start": "2017-09-05", "end": "2017"})])

        assert len(value.ending_between(date(2017, 9, 5), date(2017, 12, 31))) == 1
        assert len(value.ending_between(date(2017, 1, 1), date(2017, 9, 4), possible=True)) == 0

    def test_with_party(self, family: Agreements) -> None:
        """A party is found by any name; an entity is no party; nobody is found by an unknown name."""
        assert len(family.with_party("STATEN")) == 5
        assert ids(family.with_party("syd")) == "syd-2012 syd-2014 syd-2016"
        assert "" == ids(family.with_party("De vestdanske vækstfora")) == ids(family.with_party("x"))

    def test_get(self, family: Agreements) -> None:
        """One agreement is found by id, or told with what comes near."""
        assert family.get("syd-2014").id == "syd-2014"
        with pytest.raises(UnknownName, match=r"no agreement goes by 'syd-2015', did you mean 'syd-201[246]'"):
            family.get("syd-2015")

    def test_earlier(self, family: Agreements) -> None:
        """The chain of renewals, nearest first; what has no record is left out."""
        assert ids(family.earlier("syd-2016")) == "syd-2014 syd-2012"
        assert ids(family.earlier("syd-2012")) == ""
        assert ids(family.where(lambda one: one.id != "syd-2014").earlier("syd-2016")) == ""

    def test_earlier_in_a_circle(self) -> None:
        """A circle ends."""
        one, two = (
            example(id=this, relations=[{"kind": "amends", "agreement": other}])
            for this, other in (("a", "b"), ("b", "a"))
        )

        assert ids(Agreements([one, two]).earlier("a")) == "b"

    def test_common_ids(self, family: Agreements) -> None:
        """Agreements share initiatives and commitments by a common id."""
        shared = family.commitments.group_by(lambda entry: entry.commitment.common_id)

        assert entries(shared["foedevareanalyse"]) == "midt-2014/analyse syd-2014/analyse"

    def test_only_agreements(self) -> None:
        """Agreements holds nothing else."""
        with pytest.raises(TypeError, match="not str"):
            Agreements(["x"])  # type: ignore[list-item]


def example(**changes: Any) -> Agreement:
    """Build the smallest agreement, with some keys changed."""
    return vaekstaftale.from_dict(minimal(**changes))


class TestCommitments:
    def test_all(self, family: Agreements) -> None:
        """All commitments, in the order of the agreements; the same for agreements at hand."""
        assert ALL == entries(family.commitments) == entries(vaekstaftale.commitments(*family))
        assert entries(vaekstaftale.commitments(family.get("syd-2012"))) == "syd-2012/testcenter syd-2012/dialog"

    @pytest.mark.parametrize(
        ("ask", "expected"),
        [
            (lambda found: found.by("Vækstforum Midtjylland"), "midt-2014/analyse"),
            (lambda found: found.by("midt", through_groups=False), ""),
            (lambda found: found.by("De vestdanske vækstfora"), "midt-2014/analyse syd-2014/analyse"),
            (lambda found: found.by("syd").about("FØDEVARER"), "syd-2014/analyse"),
            (lambda found: found.by("ingen"), ""),
            (lambda found: found.at_least("carry-out"), "midt-2014/analyse syd-2014/testcenter syd-2014/analyse"),
            (lambda found: found.about("digitalisering").at_least(Strength.DISCUSS), "syd-2016/robotter"),
            (lambda found: found.mentioning("fødevareklyngen"), "syd-2014/analyse"),
            (lambda found: found.mentioning("syd"), ""),
            (lambda found: found.containing("WIND TURBINES"), "syd-2012/testcenter"),
            (lambda found: found.containing("der gennemføres"), "syd-2016/kampagne"),
            (lambda found: found.due_by(date(2015, 12, 30)), "syd-2012/testcenter"),
            (lambda found: found.due_by(date(2015, 12, 31)), "syd-2012/testcenter syd-2014/testcenter"),
            (lambda found: found.in_force_on(date(2016, 2, 1)).by("syd"), "syd-2016/robotter syd-2016/opfoelgning"),
            (
                lambda found: found.where(lambda entry: entry.initiative is None),
                "nord-2015/turisme syd-2016/opfoelgning",
            ),
            (lambda found: found.where(lambda entry: not entry.actors), "syd-2016/kampagne"),
            (lambda found: found[1:3], "nord-2015/turisme syd-2012/testcenter"),
        ],
    )  # fmt: skip
    def test_filters(self, ask: Callable[[Commitments], Commitments], expected: str, family: Agreements) -> None:
        """Filters read like sentences, chain, and keep the order."""
        assert expected == entries(ask(family.commitments))

    def test_due_possibly(self, family: Agreements) -> None:
        """What has no due date may be due any day."""
        certain = {(entry.agreement.id, entry.commitment.id) for entry in family.commitments.due_by(date(2015, 1, 1))}
        possible = family.commitments.due_by(date(2015, 1, 1), possible=True)

        assert {("syd-2012", "testcenter")} == certain
        assert ALL.replace(" syd-2016/robotter", "") == entries(possible)

    def test_group_in_a_group(self) -> None:
        """A group of groups binds the members of its members."""
        value = example(
            parties=[{"id": "p", "name": "P"}, {"id": "k", "name": "Koalition", "members": ["m"]}],
            entities=[
                {"id": "m", "name": "M", "kind": "organisation"},
                {"id": "alle", "name": "Alle", "kind": "group", "members": ["k", "p"]},
            ],
            general_commitments=[{"id": "c", "text": "C", "actors": ["alle"]}],
        )

        assert len(vaekstaftale.commitments(value).by("M")) == 1
        assert len(vaekstaftale.commitments(value).by("M", through_groups=False)) == 0

    def test_group_by(self, family: Agreements) -> None:
        """Groups come in the order in which their keys first come up."""
        groups = family.commitments.group_by(lambda entry: entry.commitment.strength)

        assert list(groups) == [
            Strength.CARRY_OUT,
            Strength.SUPPORT,
            Strength.DISCUSS,
            Strength.WORK_TOWARDS,
            None,
            Strength.FOLLOW,
        ]
        assert entries(groups[Strength.SUPPORT]) == "nord-2015/turisme syd-2012/testcenter"

    def test_unknown_strength(self, family: Agreements) -> None:
        """A word that is no strength is a mistake of the caller."""
        with pytest.raises(ValueError, match="suport"):
            family.commitments.at_least("suport")

    def test_immutable_sequence(self, family: Agreements) -> None:
        """They are sequences that compare and hash by what they hold."""
        found = family.commitments

        assert found == vaekstaftale.commitments(*family)
        assert hash(found) == hash(vaekstaftale.commitments(*family))
        assert isinstance(found[0], Entry)
        assert found[0] in found
        assert repr(found) == "<Commitments: 9>"
        assert Commitments() != Agreements()


# Every filter against the plain comprehension that it stands for.

_SOME = st.lists(any_agreement(), max_size=3).map(Agreements)


def names_of(actor: Party | Entity) -> set[str]:
    return {fold(name) for name in (actor.id, actor.name, *actor.other_names)}


@settings(max_examples=30)
@given(_SOME, days, days, st.booleans())
def test_date_filters(some: Agreements, one: date, other: date, possible: bool) -> None:  # noqa: FBT001
    """Date filters keep what is certain, or what may be."""
    first, last = min(one, other), max(one, other)
    wanted = {Status.IN_FORCE, Status.NOT_STATED} if possible else {Status.IN_FORCE}

    assert [value for value in some if value.status_on(one) in wanted] == list(some.in_force_on(one, possible=possible))
    signed = [
        value
        for value in some
        if (value.signed_on is None and possible)
        or (
            value.signed_on is not None
            and (
                (value.signed_on.earliest <= last and first <= value.signed_on.latest)
                if possible
                else (first <= value.signed_on.earliest and value.signed_on.latest <= last)
            )
        )
    ]
    assert signed == list(some.signed_between(first, last, possible=possible))
    due = [
        entry
        for entry in some.commitments
        if (entry.commitment.due_on is None and possible)
        or (
            entry.commitment.due_on is not None
            and (entry.commitment.due_on.earliest if possible else entry.commitment.due_on.latest) <= one
        )
    ]
    assert due == list(some.commitments.due_by(one, possible=possible))


@settings(max_examples=30)
@given(_SOME, st.data())
def test_name_filters(some: Agreements, data: st.DataObject) -> None:
    """Name filters keep what has somebody of the name; an id wins over a name."""
    everyone: list[Party | Entity] = []
    for value in some:
        everyone += [*value.parties, *value.entities]
    name = data.draw(st.sampled_from([name for actor in everyone for name in (actor.id, actor.name)] or ["x"]))
    chosen = {id(value): value.actors_by_name.get(fold(name)) for value in some}

    def acts(entry: Entry) -> bool:
        actor = chosen[id(entry.agreement)]
        return actor is not None and actor.id in entry.commitment.actors

    assert [value for value in some if any(fold(name) in names_of(party) for party in value.parties)] == list(
        some.with_party(name)
    )
    assert [entry for entry in some.commitments if acts(entry)] == list(some.commitments.by(name, through_groups=False))


@settings(max_examples=30)
@given(_SOME, st.sampled_from(Strength), st.text(max_size=2))
def test_word_filters(some: Agreements, strength: Strength, words: str) -> None:
    """Filters of strength, topic and words."""
    found = some.commitments

    assert [
        entry for entry in found if entry.commitment.strength is not None and entry.commitment.strength >= strength
    ] == list(found.at_least(strength))
    assert [entry for entry in found if fold(words) in map(fold, entry.commitment.topics)] == list(found.about(words))
    texts = [
        (
            entry,
            [
                entry.commitment.text,
                *(q.exact for q in entry.commitment.quotes),
                *(t.text for t in entry.commitment.translations),
            ],
        )
        for entry in found
    ]
    assert [entry for entry, some in texts if any(fold(words) in fold(text) for text in some)] == list(
        found.containing(words)
    )


class TestRows:
    def test_every_row_has_every_key(self, family: Agreements) -> None:
        """Tables are flat: every row has every key, dates are texts, lists are lists of texts."""
        tables = vaekstaftale.rows(family)

        assert [len(table) for table in tables.values()] == [5, 10, 5, 9]
        for table in tables.values():
            assert len({tuple(row) for row in table}) == 1
            for row in table:
                for value in row.values():
                    assert value is None or type(value) in (str, int, bool, list)
                    assert type(value) is not list or all(type(item) is str for item in value)
        json.dumps(tables)

    def test_values(self, family: Agreements) -> None:
        """Rows say what the values say."""
        tables = vaekstaftale.rows(family.get("syd-2014"))

        assert {
            "id": "syd-2014",
            "signed_on": "2014-05-20",
            "validity_start": None,
            "validity_end": "2015-12-31",
        }.items() <= tables["agreements"][0].items()
        assert tables["agreements"][0]["relations"] == ["renews syd-2012"]
        assert {
            "agreement": "syd-2014",
            "initiative": "foedevarer",
            "id": "analyse",
            "actors": ["vestdanske-vaekstfora"],
            "strength": "carry-out",
            "due_on": None,
        }.items() <= tables["commitments"][1].items()
