"""Queries over a family of agreements, with results worked out by hand, and every filter against its definition."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from conftest import FAMILY, minimal
from hypothesis import given, settings
from hypothesis import strategies as st

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Agreements,
    Commitments,
    Entity,
    Entry,
    Party,
    Relation,
    Status,
    Strength,
    UnknownName,
)
from vaekstaftale.matching import fold
from vaekstaftale.model.agreement import actors_by_name
from vaekstaftale.testing import _days as days
from vaekstaftale.testing import agreements as any_agreement

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def family() -> Agreements:
    """Return midt-2014, nord-2015, syd-2012, syd-2014 and syd-2016, in this order."""
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
        """Agreements in force on a day are those that certainly are, or with `possible` those that may be."""
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
        """Both days are included, and a month is certain only if all of it is between them."""
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
        """An open-ended agreement never ends, and one without an end may end on any day."""
        assert certain == ids(family.ending_between(first, last))
        assert possible == ids(family.ending_between(first, last, possible=True))

    def test_end_after_start(self) -> None:
        """An end of which only the year is known is never before the start."""
        value = Agreements([example(validity={"start": "2017-09-05", "end": "2017"})])

        assert len(value.ending_between(date(2017, 9, 5), date(2017, 12, 31))) == 1
        assert len(value.ending_between(date(2017, 1, 1), date(2017, 9, 4), possible=True)) == 0

    def test_with_party(self, family: Agreements) -> None:
        """A party is found by any of its names, and neither an entity nor an unknown name finds anything."""
        assert len(family.with_party("STATEN")) == 5
        assert ids(family.with_party("syd")) == "syd-2012 syd-2014 syd-2016"
        assert "" == ids(family.with_party("De vestdanske vækstfora")) == ids(family.with_party("x"))

    def test_get(self, family: Agreements) -> None:
        """An agreement is found by id, and an unknown id is reported with the closest match."""
        assert family.get("syd-2014").id == "syd-2014"
        with pytest.raises(UnknownName, match=r"there is no agreement 'syd-2015'; did you mean 'syd-201[246]'"):
            family.get("syd-2015")

    def test_earlier(self, family: Agreements) -> None:
        """Renewed agreements are returned nearest first, up to the first one that is missing."""
        assert ids(family.earlier("syd-2016")) == "syd-2014 syd-2012"
        assert ids(family.earlier("syd-2012")) == ""
        assert ids(family.where(lambda agreement: agreement.id != "syd-2014").earlier("syd-2016")) == ""

    def test_earlier_in_a_cycle(self) -> None:
        """A cycle of relations is followed only once."""
        first, second = (
            example(id=id_, relations=[{"kind": "amends", "agreement": related_id}])
            for id_, related_id in (("a", "b"), ("b", "a"))
        )

        assert ids(Agreements([first, second]).earlier("a")) == "b"

    def test_the_collection_is_remembered(self) -> None:
        """Filters, slices, groups and commitments keep the agreements with which they began; equality ignores them."""
        old = example(id="old", signed_on="2015", validity={"end": "2015-12-31"}, general_commitments=[PROMISE])
        new = example(
            id="new", validity={"start": "2016", "end": "2018"}, relations=[{"kind": "prolongs", "agreement": "old"}]
        )
        both, day = Agreements([old, new]), date(2017, 1, 1)
        only_old = both.where(lambda agreement: agreement.id == "old")

        assert ids(both.in_force_on(day)) == "old new"
        for filtered in (only_old, both[:1], both.group_by(lambda agreement: agreement.id)["old"], both.earlier("new")):
            assert ids(filtered.in_force_on(day)) == "old"
            assert entries(filtered.commitments[:1].conditional().in_force_on(day)) == "old/c"
        assert entries(vaekstaftale.commitments(both).in_force_on(day)) == "old/c"
        assert (only_old, hash(only_old)) == (Agreements([old]), hash(Agreements([old])))
        assert ids(Agreements(only_old).in_force_on(day)) == ""

    @pytest.mark.parametrize(
        ("related", "day", "expected"),
        [
            # By its own record, "a" is in force from 2015-03-01 to 2016-12-31.
            ([], date(2017, 1, 1), Status.ENDED),
            ([("prolongs", "2017-01-01", "2018-12-31")], date(2018, 12, 31), Status.IN_FORCE),
            ([("prolongs", "2017-01-01", "2018-12-31")], date(2019, 1, 1), Status.ENDED),
            ([("prolongs", "2018-01-01", "2018-12-31")], date(2017, 6, 1), Status.ENDED),
            ([("prolongs", "2017", "2018-12-31")], date(2017, 6, 1), Status.NOT_STATED),
            ([("prolongs", "2017-01-01", None)], date(2017, 6, 1), Status.NOT_STATED),
            (
                [("prolongs", "2017", "2017"), ("prolongs", "2017-01-01", "2017-12-31")],
                date(2017, 6, 1),
                Status.IN_FORCE,
            ),
            ([("prolongs", "2017-01-01", "2018-12-31")], date(2015, 1, 1), Status.NOT_YET),
            ([("ends", "2016-03-01", None)], date(2016, 2, 29), Status.IN_FORCE),
            ([("ends", "2016-03-01", None)], date(2016, 3, 1), Status.ENDED),
            ([("replaces", "2016-03", None)], date(2016, 3, 30), Status.NOT_STATED),
            ([("replaces", "2016-03", None)], date(2016, 3, 31), Status.ENDED),
            ([("replaces", None, None)], date(2016, 3, 1), Status.NOT_STATED),
            ([("replaces", None, None)], date(2017, 3, 1), Status.ENDED),
            ([("amends", "2016-03-01", None), ("renews", "2016-03-01", None)], date(2016, 4, 1), Status.IN_FORCE),
            (
                [("prolongs", "2017-01-01", "2018-12-31"), ("ends", "2018-01-01", None)],
                date(2018, 1, 1),
                Status.ENDED,
            ),
        ],
    )
    def test_status_on(self, related: list[tuple[str, str | None, str | None]], day: date, expected: Status) -> None:
        """Agreements that prolong, replace or end another one change its status among them, and nothing else does."""
        agreement = example(id="a", validity={"start": "2015-03-01", "end": "2016-12-31"})
        others = [
            example(
                id=f"b{number}",
                validity={key: value for key, value in (("start", start), ("end", end)) if value},
                relations=[{"kind": kind, "agreement": "a"}],
            )
            for number, (kind, start, end) in enumerate(related)
        ]
        everything = Agreements([agreement, *others])

        assert everything.status_on(agreement, day) == everything.status_on("a", day) == expected
        assert ("a" in ids(everything.in_force_on(day)).split()) == (expected is Status.IN_FORCE)

    def test_status_on_in_a_chain(self) -> None:
        """A prolonged agreement is prolonged by what prolongs the other one, however long the chain is."""
        chain = [
            example(
                id=f"a-{year}",
                validity={"start": f"{year}-01-01", "end": f"{year}-12-31"},
                relations=[{"kind": "prolongs", "agreement": f"a-{year - 1}"}],
            )
            for year in range(2000, 4000)
        ]
        everything = Agreements(chain)

        assert everything.status_on("a-2000", date(3999, 12, 31)) is Status.IN_FORCE
        assert len(everything.in_force_on(date(3999, 12, 31))) == 2000
        assert len(everything.in_force_on(date(2000, 1, 1))) == 1

    def test_status_on_in_a_cycle(self) -> None:
        """In a cycle, an agreement that is reached again counts with its own status, wherever one begins."""
        first, second = (
            example(id=id_, validity={"start": start, "end": end}, relations=[{"kind": "prolongs", "agreement": other}])
            for id_, other, start, end in (
                ("a", "b", "2015-01-01", "2015-12-31"),
                ("b", "a", "2016-01-01", "2016-12-31"),
            )
        )
        itself = attrs.evolve(example(id="c", signed_on="2017-06-01"), relations=[Relation(kind="ends", agreement="c")])
        both = Agreements([first, second, itself])

        assert both.status_on("a", date(2016, 6, 1)) is both.status_on("b", date(2016, 6, 1)) is Status.IN_FORCE
        assert both.status_on("a", date(2017, 6, 1)) is both.status_on("b", date(2017, 6, 1)) is Status.ENDED
        assert both.status_on("c", date(2017, 6, 1)) is Status.IN_FORCE

    def test_status_on_of_another_agreement(self, family: Agreements) -> None:
        """An agreement or id that is not among them is reported, and so is a moment instead of a day."""
        with pytest.raises(UnknownName, match="there is no agreement 'syd'"):
            family.status_on("syd", date(2015, 1, 1))
        with pytest.raises(UnknownName, match="there is no agreement with these fields 'syd-2014'"):
            family.status_on(example(id="syd-2014"), date(2015, 1, 1))
        with pytest.raises(TypeError, match=r"day must be a datetime\.date"):
            family.status_on("syd-2014", datetime(2015, 1, 1))  # noqa: DTZ001

    def test_common_ids(self, family: Agreements) -> None:
        """Commitments of different agreements can be grouped by their common id."""
        shared = family.commitments.group_by(lambda entry: entry.commitment.common_id)

        assert entries(shared["foedevareanalyse"]) == "midt-2014/analyse syd-2014/analyse"

    def test_immutable(self, family: Agreements) -> None:
        """Neither collections nor look-up tables can be changed."""
        with pytest.raises(AttributeError, match="Agreements cannot be changed"):
            family.commitments = Commitments()
        with pytest.raises(TypeError):
            actors_by_name(family[0])["x"] = family[0].parties[0]  # type: ignore[index]
        assert pickle.loads(pickle.dumps(family)) == copy.deepcopy(family) == family  # noqa: S301

    def test_only_agreements(self) -> None:
        """An `Agreements` cannot contain anything else."""
        with pytest.raises(TypeError, match=r"agreements\[0\] must be an Agreement, not 'x'"):
            Agreements(["x"])  # type: ignore[list-item]


PROMISE = {"id": "c", "text": "Følge op.", "condition": "Hvis der er penge."}


def example(**changes: Any) -> Agreement:
    """Build the smallest agreement, with some keys changed."""
    return vaekstaftale.from_dict(minimal(**changes))


class TestCommitments:
    def test_all(self, family: Agreements) -> None:
        """Commitments are in the order of their agreements, whether these are in a family or passed separately."""
        assert ALL == entries(family.commitments) == entries(vaekstaftale.commitments(*family))
        assert entries(vaekstaftale.commitments(family.get("syd-2012"))) == "syd-2012/testcenter syd-2012/dialog"

    @pytest.mark.parametrize(
        ("query", "expected"),
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
    def test_filters(self, query: Callable[[Commitments], Commitments], expected: str, family: Agreements) -> None:
        """Filters can be chained and keep the order."""
        assert expected == entries(query(family.commitments))

    def test_due_possibly(self, family: Agreements) -> None:
        """A commitment without a due date may be due on any day."""
        certain = {(entry.agreement.id, entry.commitment.id) for entry in family.commitments.due_by(date(2015, 1, 1))}
        possible = family.commitments.due_by(date(2015, 1, 1), possible=True)

        assert {("syd-2012", "testcenter")} == certain
        assert ALL.replace(" syd-2016/robotter", "") == entries(possible)

    def test_group_in_a_group(self) -> None:
        """The commitments of a group of groups are also those of the inner groups' members."""
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
        """Groups are in the order in which their keys first occur."""
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
        """An unknown strength raises ValueError."""
        with pytest.raises(ValueError, match="suport"):
            family.commitments.at_least("suport")

    def test_immutable_sequence(self, family: Agreements) -> None:
        """Commitments are a sequence that is compared and hashed by its entries."""
        found = family.commitments

        assert found == vaekstaftale.commitments(*family)
        assert hash(found) == hash(vaekstaftale.commitments(*family))
        assert isinstance(found[0], Entry)
        assert found[0] in found
        assert repr(found) == "<Commitments: 9>"
        assert Commitments() != Agreements()


# Every filter is compared with a list comprehension that defines it.

_AGREEMENTS = st.lists(any_agreement(), max_size=3).map(Agreements)


def names_of(actor: Party | Entity) -> set[str]:
    return {fold(name) for name in (actor.id, actor.name, *actor.other_names)}


@settings(max_examples=30)
@given(_AGREEMENTS, days, days, st.booleans())
@pytest.mark.slow
def test_date_filters(agreements: Agreements, day: date, other_day: date, possible: bool) -> None:  # noqa: FBT001
    """Date filters keep what is certain, or with `possible` what may be."""
    first, last = min(day, other_day), max(day, other_day)
    wanted = {Status.IN_FORCE, Status.NOT_STATED} if possible else {Status.IN_FORCE}

    assert [value for value in agreements if value.status_on(day) in wanted] == list(
        agreements.in_force_on(day, possible=possible)
    )
    signed = [
        value
        for value in agreements
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
    assert signed == list(agreements.signed_between(first, last, possible=possible))
    due = [
        entry
        for entry in agreements.commitments
        if (entry.commitment.due_on is None and possible)
        or (
            entry.commitment.due_on is not None
            and (entry.commitment.due_on.earliest if possible else entry.commitment.due_on.latest) <= day
        )
    ]
    assert due == list(agreements.commitments.due_by(day, possible=possible))


@settings(max_examples=30)
@given(_AGREEMENTS, st.data())
@pytest.mark.slow
def test_name_filters(agreements: Agreements, data: st.DataObject) -> None:
    """Name filters keep what belongs to an actor of that name, and an id takes precedence over a name."""
    actors: list[Party | Entity] = []
    for value in agreements:
        actors += [*value.parties, *value.entities]
    name = data.draw(st.sampled_from([name for actor in actors for name in (actor.id, actor.name)] or ["x"]))
    chosen = {id(value): actors_by_name(value).get(fold(name)) for value in agreements}

    def acts(entry: Entry) -> bool:
        actor = chosen[id(entry.agreement)]
        return actor is not None and actor.id in entry.commitment.actors

    assert [value for value in agreements if any(fold(name) in names_of(party) for party in value.parties)] == list(
        agreements.with_party(name)
    )
    assert [entry for entry in agreements.commitments if acts(entry)] == list(
        agreements.commitments.by(name, through_groups=False)
    )


@settings(max_examples=30)
@given(_AGREEMENTS, st.sampled_from(Strength), st.text(max_size=2))
def test_word_filters(agreements: Agreements, strength: Strength, words: str) -> None:
    """Filters by strength, topic and words keep exactly the commitments that match."""
    found = agreements.commitments

    assert [
        entry for entry in found if entry.commitment.strength is not None and entry.commitment.strength >= strength
    ] == list(found.at_least(strength))
    assert [entry for entry in found if fold(words) in map(fold, entry.commitment.topics)] == list(found.about(words))
    texts = [
        (
            entry,
            [
                entry.commitment.text,
                *(quote.exact for quote in entry.commitment.quotes),
                *(translation.text for translation in entry.commitment.translations),
            ],
        )
        for entry in found
    ]
    assert [entry for entry, entry_texts in texts if any(fold(words) in fold(text) for text in entry_texts)] == list(
        found.containing(words)
    )


class TestEntry:
    def test_path_and_mentions(self, family: Agreements) -> None:
        """The path of an entry leads to its commitment in the data, and its mentions are values."""
        for entry in family.commitments:
            data: Any = vaekstaftale.to_dict(entry.agreement)
            for step in entry.path.split("/")[1:]:
                data = data[int(step)] if isinstance(data, list) else data[step]
            assert data["id"] == entry.commitment.id
            assert [actor.id for actor in entry.mentions] == list(entry.commitment.mentions)

    def test_text_in(self, agreement: Agreement) -> None:
        """The text in the agreement's own language is the record's own; a default is returned for a missing one."""
        entry = vaekstaftale.commitments(agreement)[0]

        assert entry.text_in("DA") == entry.commitment.text
        assert entry.text_in("en") == entry.commitment.text_in("en")
        assert (entry.text_in("de"), entry.text_in("de", "?")) == (None, "?")
        assert (agreement.title_in("de", "?"), agreement.parties[0].name_in("de", 0)) == ("?", 0)


class TestNamesOfFilters:
    def test_values(self, family: Agreements) -> None:
        """A filter by name accepts a party or an entity."""
        party = family[0].party("Regeringen")

        assert family.with_party(party) == family.with_party("Regeringen")
        assert family.commitments.by(party) == family.commitments.by("Regeringen")
        assert family.commitments.mentioning(party) == family.commitments.mentioning("Regeringen")

    def test_strict(self, family: Agreements) -> None:
        """A strict filter refuses a name that none of the agreements has, with a suggestion."""
        for filtered in (family.with_party, family.commitments.by, family.commitments.mentioning):
            assert len(filtered("Regeringn")) == 0
            with pytest.raises(UnknownName, match="did you mean 'regeringen'"):
                filtered("Regeringn", strict=True)
            filtered("Regeringen", strict=True)

    def test_misuse(self, agreement: Agreement) -> None:
        """Misuse is a TypeError that names what was expected."""
        with pytest.raises(TypeError, match="name must be a str or a Party or an Entity, not 3"):
            vaekstaftale.commitments(agreement).by(3)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"use Agreements\(\[agreement\]\)"):
            Agreements(agreement)  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="agreement must be an Agreement, not <Agreements"):
            vaekstaftale.dumps(Agreements([agreement]))  # type: ignore[arg-type]
        with pytest.raises(TypeError, match=r"for files, use .* or read_files\(paths\)"):
            vaekstaftale.validate("folder")  # type: ignore[arg-type]
