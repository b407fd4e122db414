"""Rules for one agreement and across several, as far as the example files do not show them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Commitment,
    Entity,
    Initiative,
    InvalidAgreement,
    Party,
    Problem,
    Quote,
    Relation,
    Severity,
    Source,
    Translation,
    ValidityPeriod,
    validate,
)
from vaekstaftale.bundled import load


@pytest.fixture
def bundled() -> Agreement:
    return load("syddanmark-2017")


def agreement(id_: str = "x", **changes: Any) -> Agreement:
    """Build a small agreement, with some fields changed."""
    plain = Agreement(
        id=id_,
        title="X",
        language="da",
        parties=[Party(id="p", name="P"), Party(id="q", name="Q")],
        sources=[Source(id="s", kind="other")],
    )
    return attrs.evolve(plain, **changes)


def chain(*pairs: str) -> list[Agreement]:
    """Build agreements that renew others: `"ab"` is an agreement `a` that renews `b`, and `"a"` renews none."""
    return [
        agreement(pair[0], relations=[Relation(kind="renews", agreement=renewed) for renewed in pair[1:]])
        for pair in pairs
    ]


def codes_and_paths(problems: tuple[Problem, ...]) -> list[tuple[str, str | None, str]]:
    return [(problem.code, problem.file, problem.path) for problem in problems]


class TestSeveral:
    def test_file_is_the_id(self) -> None:
        """A problem in one of several agreements names it by id, and a problem in a single agreement does not."""
        wrong = agreement(general_commitments=[Commitment(id="c", text="C", actors=["nobody"])])

        assert [problem.file for problem in validate(wrong)] == [None]
        assert [problem.file for problem in validate(iter([wrong]))] == ["x"]
        assert all(problem.line is None for problem in validate(wrong))

    def test_not_an_agreement(self) -> None:
        """Validating anything but agreements raises TypeError."""
        with pytest.raises(TypeError, match=r"agreements\[0\] must be an Agreement"):
            validate(["x"])  # type: ignore[list-item]

    def test_same_id(self) -> None:
        """Every agreement after the first with the same id is reported."""
        assert codes_and_paths(validate(chain("a", "b", "a", "a"))) == [("duplicate-agreement-id", "a", "/id")] * 2

    @pytest.mark.parametrize(
        ("pairs", "expected"),
        [
            (("ab", "bc", "c"), []),
            (("ab", "ba"), [("a", "/relations/0/agreement")]),
            (("ba", "ab"), [("b", "/relations/0/agreement")]),
            (("xa", "ab", "bc", "ca", "y"), [("a", "/relations/0/agreement")]),
            (("abc", "ba", "ca"), [("a", "/relations/0/agreement"), ("a", "/relations/1/agreement")]),
            (("azb", "ba"), [("a", "/relations/1/agreement")]),
            (("ab", "ba", "cd", "dc"), [("a", "/relations/0/agreement"), ("c", "/relations/0/agreement")]),
            (("abc", "bc", "c"), []),
        ],
    )
    def test_cycles(self, pairs: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
        """A cycle is reported once, at its first agreement, and a branch or a missing record is not a cycle."""
        assert [("relation-cycle", *file_and_path) for file_and_path in expected] == codes_and_paths(
            validate(chain(*pairs))
        )

    def test_shared_id(self) -> None:
        """An id of bodies without a common name is reported at each that has no name in common with the first."""
        first = agreement("a", parties=[Party(id="p", name="Min Region", other_names=["MR"])])
        same = agreement("b", parties=[Party(id="p", name="mr")])
        other = agreement(
            "c", entities=[Entity(id="p", name="Det Private", kind="group")], parties=[Party(id="q", name="Q")]
        )
        first_again = attrs.evolve(first, id="d")
        [problem] = validate([first, same, other, first_again])

        assert (problem.code, problem.file, problem.path) == ("shared-id", "c", "/entities/0/id")
        assert problem.hint == "there, it is 'Min Region'"
        assert validate([first, same, first_again]) == ()

    def test_shared_name(self) -> None:
        """A name of two ids is reported once for each pair of ids, where the second id first has it."""
        several = [
            agreement("a", parties=[Party(id="p", name="Staten", other_names=["Stat"])]),
            agreement("b", parties=[Party(id="q", name="X", other_names=["STATEN", "stat"])]),
            agreement("c", parties=[Party(id="q", name="staten"), Party(id="r", name="x")]),
        ]

        assert codes_and_paths(validate(several)) == [
            ("shared-name", "b", "/parties/0/other_names/0"),
            ("shared-name", "c", "/parties/1/name"),
        ]

    @pytest.mark.parametrize(
        ("kind", "newer", "older", "expected"),
        [
            ("renews", "2016", "2017", 1),
            ("ends", "2016-12-31", "2017", 1),
            ("prolongs", "2017", "2017-12-31", 0),
            ("renews", None, "2017", 0),
            ("renews", "2016", None, 0),
            ("builds-on", "2016", "2017", 0),
            ("same-round", "2016", "2017", 0),
        ],
    )
    def test_relation_order(self, kind: Any, newer: str | None, older: str | None, expected: int) -> None:
        """An agreement that follows one that was certainly signed later is reported."""
        several = [
            agreement("a", signed_on=newer, relations=[Relation(kind=kind, agreement="b")]),
            agreement("b", signed_on=older),
        ]

        assert codes_and_paths(validate(several)) == [("relation-order", "a", "/relations/0/agreement")] * expected

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("syddanmark-2015", None),
            ("sydanmark-2017", "did you mean 'syddanmark-2017'?"),
            ("syddanmark-2071", "did you mean 'syddanmark-2017'?"),
            ("nordjylland-2017", None),
            ("syddanmark-2017", None),
        ],
    )
    def test_unknown_agreement(self, written: str, expected: str | None) -> None:
        """A misspelt id of another agreement is reported, and the id of one that has no record yet is not."""
        several = [
            agreement("x", relations=[Relation(kind="same-round", agreement=written)]),
            agreement("syddanmark-2017"),
        ]

        assert [(one.code, one.path, one.hint) for one in validate(several)] == (
            [("unknown-agreement", "/relations/0/agreement", expected)] if expected else []
        )

    def test_only_renewals_make_cycles(self) -> None:
        """Agreements of the same round may refer to one another."""
        both = [
            agreement("a", relations=[Relation(kind="same-round", agreement="b")]),
            agreement("b", relations=[Relation(kind="builds-on", agreement="a")]),
        ]

        assert validate(both) == ()


class TestNames:
    def test_nested_groups(self) -> None:
        """A party with members may be a member of an entity, but not of a party."""
        coalition = Party(id="k", name="K", members=["e"])
        entity = Entity(id="e", name="E", kind="organisation")
        group = Entity(id="g", name="G", kind="group", members=["k", "p"])

        assert validate(agreement(parties=[coalition, Party(id="p", name="P")], entities=[entity, group])) == ()
        assert codes_and_paths(
            validate(agreement(parties=[coalition, Party(id="p", name="P", members=["k"])], entities=[entity]))
        ) == [("nested-group", None, "/parties/1/members/0")]

    def test_id_may_be_a_name(self) -> None:
        """An id may be a name of another party, because the id takes precedence."""
        assert validate(agreement(parties=[Party(id="a", name="b"), Party(id="b", name="a")])) == ()

    def test_name_and_other_name_of_different_case(self) -> None:
        """Names are compared after NFC normalization and case folding."""
        twice = Party(id="p", name="Åse", other_names=["ÅSE".casefold(), "a\u030ase"])

        assert [("duplicate-value", None, f"/parties/0/other_names/{index}") for index in (0, 1)] == codes_and_paths(
            validate(agreement(parties=[twice]))
        )


class TestQuotes:
    @pytest.mark.parametrize(
        ("texts", "exact", "expected"),
        [
            (["ja", "ja"], "ja", []),
            (["ja nej", "ja, ja"], "ja", ["quote-ambiguous"]),
            (["nej", "ja"], "ja", []),
            (["nej", None], "ja", ["quote-not-found"]),
            ([None, None], "ja", ["quote-unchecked"]),
            (["aaa"], "aa", ["quote-ambiguous", "quote-cuts-word"]),
            (["aaa", "aa b"], "aa", ["quote-ambiguous"]),
            (["aaa", "baa"], "aa", ["quote-ambiguous", "quote-cuts-word"]),
            (["aa b"], "a b", ["quote-cuts-word"]),
            (["a", "b"], "a b", ["quote-not-found"]),
        ],
    )
    def test_sources(self, texts: list[str | None], exact: str, expected: list[str]) -> None:
        """A quote without a named source is ambiguous only if it occurs twice in the same source with text."""
        sources = [Source(id=f"s{index}", kind="other", text=text) for index, text in enumerate(texts)]

        assert expected == [
            problem.code for problem in validate(agreement(sources=sources, quotes=[Quote(exact=exact)]))
        ]

    @pytest.mark.parametrize(
        ("source", "expected"),
        [("whole", "quote-not-found"), ("part", "quote-unchecked"), ("none", "quote-unchecked"), ("no", "unknown-id")],
    )
    def test_named_source(self, source: str, expected: str) -> None:
        """Whether a quote that is not found is an error or unchecked depends on its source."""
        sources = [
            Source(id="whole", kind="other", text="nej"),
            Source(id="part", kind="other", text="nej", excerpt=True),
            Source(id="none", kind="other"),
        ]
        [problem] = validate(agreement(sources=sources, quotes=[Quote(exact="ja", source=source)]))

        assert expected == problem.code
        assert problem.severity is (Severity.WARNING if expected == "quote-unchecked" else Severity.ERROR)

    def test_every_place_of_quotes(self) -> None:
        """Quotes are checked in every part of a record that may have them."""
        quote = [Quote(exact="står her ikke")]
        value = agreement(
            sources=[Source(id="s", kind="other", text="nej")],
            quotes=quote,
            validity=attrs.evolve(agreement().effective_period, quotes=quote),
            general_commitments=[Commitment(id="c", text="C", quotes=quote)],
            relations=[Relation(kind="renews", title="T", quotes=quote)],
        )

        assert [problem.path for problem in validate(value)] == [
            "/validity/quotes/0/exact",
            "/general_commitments/0/quotes/0/exact",
            "/relations/0/quotes/0/exact",
            "/quotes/0/exact",
        ]


class TestClosestMatch:
    @pytest.mark.parametrize(
        ("exact", "words"),
        [
            ("gælder frem til 30. juli 2018", "gælder frem til 30. juni 2018"),
            ("en regional vækstpartnerskabsaftale", "er regional vækstpartnerskabsaftale"),
            ("i forbindelse med regeringens kommende Vækstplan", "i forbindelse regeringens kommende Vækstplan"),
            ("Staten vil følge arbejdet og drøfte", "Staten vil følge arbejdet, og drøfte"),
            ("STATEN VIL FØLGE ARBEJDET", "Staten vil følge arbejdet"),
            ("bakke op om 'Center for Industriel Elektronik'", "bakke op om ’Center for Industriel Elektronik’"),
            ("Damhaven 13", "Damhaven 12"),
            ("teknologipakt", "Teknologipagt"),
            ("noget helt andet end det der står", None),
            ("zzz", None),
        ],
    )
    def test_hint(self, exact: str, words: str | None, bundled: Agreement) -> None:
        """A quote that is not found is reported with the closest match, as it is written in the source."""
        [problem] = validate(attrs.evolve(bundled, quotes=[Quote(exact=exact)]))

        assert problem.code == "quote-not-found"
        if words is None:
            assert problem.hint is None
        else:
            assert problem.hint is not None
            assert problem.hint.startswith(f"did you mean {words!r} in line ")
            assert "quote-not-found" not in {
                other_problem.code for other_problem in validate(attrs.evolve(bundled, quotes=[Quote(exact=words)]))
            }

    def test_line(self, bundled: Agreement) -> None:
        """The hint names the line of the source's text, as the file lists its lines."""
        [problem] = validate(attrs.evolve(bundled, quotes=[Quote(exact="gælder til 30. juni 2018")]))
        lines = (bundled.source("webside").text or "").split("\n")

        assert problem.hint is not None
        assert "30. juni 2018" in lines[int(problem.hint.split("in line ")[1].split()[0]) - 1]

    def test_prefix(self, bundled: Agreement) -> None:
        """If only the prefix does not match, the hint states this."""
        [problem] = validate(attrs.evolve(bundled, quotes=[Quote(exact="frem til", prefix="xx")]))

        assert (
            problem.hint
            == "the words occur in line 28 of the text of 'webside', but prefix or suffix do not match there"
        )


def test_errors_left_out() -> None:
    """If errors are left out, the last problem is an error."""
    value = agreement(
        sources=[Source(id="s", kind="other", text="ja")], quotes=[Quote(exact=f"nej {n}") for n in range(150)]
    )
    last = validate(value)[-1]

    assert (last.severity, last.message) == (Severity.ERROR, "50 more problems were found")


def test_most_problems() -> None:
    """At most a hundred problems are reported, errors in preference to warnings, and the others are counted."""
    ambiguous = [Quote(exact="ja") for _ in range(80)]
    missing = [Quote(exact="nej") for _ in range(60)]
    value = agreement(sources=[Source(id="s", kind="other", text="ja ja")], quotes=ambiguous + missing)
    problems = validate(value)

    assert len(problems) == 101
    assert sum(problem.code == "quote-not-found" for problem in problems) == 60
    assert [f"/quotes/{index}/exact" for index in [*range(40), *range(80, 140)]] == [
        problem.path for problem in problems[:-1]
    ]
    assert (
        problems[-1].code,
        problems[-1].message,
        problems[-1].severity,
    ) == ("more-problems", "40 more warnings were found", Severity.WARNING)
    assert len(validate(attrs.evolve(value, quotes=ambiguous + missing[:20]))) == 100


def test_owner_of_the_id() -> None:
    """The message states what already has the id."""
    initiative, source = Initiative(id="i", title="I"), Source(id="s", kind="other")
    commitment, party = Commitment(id="c", text="C"), Party(id="p", name="P")
    problems = validate(
        agreement(
            parties=[party, attrs.evolve(party, name="Q")],
            initiatives=[initiative, initiative],
            general_commitments=[commitment, commitment],
            sources=[source, source],
        )
    )

    assert [problem.message for problem in problems] == [
        "'p' is already the id of another party or entity",
        "'i' is already the id of another initiative",
        "'c' is already the id of another commitment",
        "'s' is already the id of another source",
    ]


def test_every_place() -> None:
    """Every rule is applied in every place, and its problems have the exact path."""
    twice = {"topics": ["B", "b"], "actors": ["p", "p"], "mentions": ["q", "q"], "translations": {"DA": "x"}}
    data: dict[str, Any] = {
        "format_version": "1.0",
        "id": "x",
        "title": "X",
        "language": "da",
        "parties": [
            {"id": "p", "name": "P", "other_names": ["Ens"], "translations": {"da": "x"}},
            {"id": "q", "name": "Q", "other_names": ["R", "ENS"], "members": ["p", "p"]},
        ],
        "entities": [
            {"id": "e", "name": "E", "kind": "group", "other_names": ["S", "ens"], "members": ["u"]},
            {"id": "f", "name": "EnS", "kind": "plan"},
        ],
        "initiatives": [
            {"id": "i", "title": "I", "translations": {"da": "x"}, "commitments": [{"id": "c", "text": "C", **twice}]},
            {"id": "i", "title": "I", "quotes": [{"exact": "x", "source": "u"}]},
        ],
        "general_commitments": [{"id": "c", "text": "C", **twice, "quotes": [{"exact": "x", "source": "u"}]}],
        "relations": [{"kind": "renews", "agreement": "y", "quotes": [{"exact": "x", "source": "u"}]}],
        "sources": [{"id": "s", "kind": "other"}, {"id": "s", "kind": "other"}],
        "translations": {"da": "x"},
    }
    with pytest.raises(InvalidAgreement) as caught:
        vaekstaftale.from_dict(data)
    found = {(problem.code, problem.path): problem.message for problem in caught.value.problems}

    assert found == {
        ("duplicate-id", "/initiatives/1/id"): "'i' is already the id of another initiative",
        ("duplicate-id", "/general_commitments/0/id"): "'c' is already the id of another commitment",
        ("duplicate-id", "/sources/1/id"): "'s' is already the id of another source",
        ("duplicate-value", "/parties/1/members/1"): "'p' is repeated as a member",
        **{
            ("duplicate-value", f"{commitment}/{key}/1"): f"{value!r} is repeated as {thing}"
            for commitment in ("/initiatives/0/commitments/0", "/general_commitments/0")
            for key, value, thing in (
                ("actors", "p", "an actor"),
                ("mentions", "q", "a mention"),
                ("topics", "b", "a topic"),
            )
        },
        **{
            ("ambiguous-name", place): f"{name!r} is a name of 'p' and 'q' and 'e'"
            for place, name in (
                ("/parties/1/other_names/1", "ENS"),
                ("/entities/0/other_names/1", "ens"),
                ("/entities/1/name", "EnS"),
            )
        },
        ("unknown-id", "/entities/0/members/0"): "'u' is neither a party nor an entity",
        **{
            ("unknown-id", f"{holder}/quotes/0/source"): "'u' is not a source"
            for holder in ("/initiatives/1", "/general_commitments/0", "/relations/0")
        },
        **{
            ("translation-into-own-language", f"{holder}/translations/{language}"): (
                f"{language!r} is the agreement's own language"
            )
            for holder, language in (
                ("", "da"),
                ("/parties/0", "da"),
                ("/initiatives/0", "da"),
                ("/initiatives/0/commitments/0", "DA"),
                ("/general_commitments/0", "DA"),
            )
        },
    }


def test_one_day() -> None:
    """A period may end on the day on which it starts, which may be the day of the signature."""
    day = "2017-09-05"

    assert validate(agreement(signed_on=day, validity=ValidityPeriod(start=day, end=day))) == ()


def test_same_topic_in_two_commitments() -> None:
    """The same topic in two commitments is not a duplicate."""
    commitments = [Commitment(id=id_, text="C", topics=["Energi"]) for id_ in "cd"]

    assert validate(agreement(general_commitments=commitments)) == ()


def test_shared_objects() -> None:
    """One object in several places is reported in each place, or if it is repeated, in all but the first."""
    commitment = Commitment(id="c", text="C", actors=["nobody"])
    value = agreement(
        initiatives=[Initiative(id="i", title="I", commitments=[commitment, commitment])],
        general_commitments=[commitment],
    )

    assert codes_and_paths(validate(value)) == [
        ("unknown-id", None, "/initiatives/0/commitments/0/actors/0"),
        ("duplicate-id", None, "/initiatives/0/commitments/1/id"),
        ("unknown-id", None, "/initiatives/0/commitments/1/actors/0"),
        ("duplicate-id", None, "/general_commitments/0/id"),
        ("unknown-id", None, "/general_commitments/0/actors/0"),
    ]


def test_order_of_problems() -> None:
    """The problems of an agreement that was built in Python are in the order of canonical form."""
    value = agreement(
        quotes=[Quote(exact="y", source="u")],
        validity=ValidityPeriod(start="2019", end="2018", quotes=[Quote(exact="x", source="u")]),
        parties=[Party(id="p", name="P", other_names=["p"]), Party(id="q", name="Q", translations=OWN)],
        translations=OWN,
    )

    assert [problem.path for problem in validate(value)] == [
        "/validity/end",
        "/validity/quotes/0/source",
        "/parties/0/other_names/0",
        "/parties/1/translations/da",
        "/quotes/0/source",
        "/translations/da",
    ]


OWN = [Translation(language="da", text="x"), Translation(language="en", text="y")]
