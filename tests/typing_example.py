"""Code as a user writes it, for the type checkers: this file is checked and never run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import assert_type

import attrs
from cattrs import Converter
from dateutil.relativedelta import relativedelta

import vaekstaftale
from vaekstaftale import (
    Agreement,
    Agreements,
    Change,
    Commitment,
    Commitments,
    Entity,
    Entry,
    Finding,
    Initiative,
    PartialDate,
    Party,
    Place,
    Problem,
    Quote,
    Reading,
    Relation,
    Source,
    Status,
    Strength,
    Stretch,
    Translation,
    ValidityPeriod,
    advice,
    edit,
)

agreement = Agreement(
    id="a",
    title="A",
    language="da",
    signed_on=date(2017, 9, 5),
    validity=ValidityPeriod(end="2018-06-30", quotes=[Quote(exact="x")]),
    parties=(Party(id=name, name=name, other_names=["x"]) for name in ("a", "b")),
    entities=[Entity(id="c", name="c", kind="group", members={"a", "b"})],
    initiatives=[Initiative(id="i", title="I", number=1)],
    general_commitments=[Commitment(id="c", text="C", strength="support", due_on=PartialDate("2018"))],
    relations=[Relation(kind="renews", agreement="b")],
    sources=[Source(id="s", kind="web-page")],
    translations=[Translation(language="en", text="x")],
)

assert_type(agreement.parties, tuple[Party, ...])
assert_type(agreement.commitments, tuple[Commitment, ...])
assert_type(agreement.commitments[0].strength, Strength | None)
assert_type(agreement.signed_on, PartialDate | None)
assert_type(agreement.effective_period, ValidityPeriod)
assert_type(agreement.effective_period.length, relativedelta | None)
assert_type(agreement.status_on(date(2018, 1, 1)), Status)
assert_type(agreement.actor("a"), Party | Entity)
assert_type(agreement.title_in("en"), str | None)
assert_type(vaekstaftale.to_html(agreement), str)
assert_type(vaekstaftale.to_html([agreement], on=date(2018, 1, 1)), str)
assert_type(attrs.evolve(agreement, signed_on="2017"), Agreement)
assert_type(Strength.SUPPORT > Strength.DISCUSS, bool)

assert_type(vaekstaftale.loads(b"{}"), Agreement)
assert_type(vaekstaftale.dumps(agreement, indent=None), str)
assert_type(vaekstaftale.make_converter(), Converter)
assert_type(vaekstaftale.configure_converter(Converter()), Converter)
assert_type(vaekstaftale.bundled.names(), tuple[str, ...])
assert_type(vaekstaftale.find(Quote(exact="x"), agreement), tuple[Place, ...])
assert_type(vaekstaftale.unquoted(agreement), tuple[Stretch, ...])
assert_type(vaekstaftale.validate([agreement]), tuple[Problem, ...])

agreements = vaekstaftale.load_all(["a.json"])
found = agreements.in_force_on(date(2018, 1, 1)).with_party("Staten").commitments
assert_type(agreements, Agreements)
assert_type(agreements[0], Agreement)
assert_type(agreements[1:], Agreements)
assert_type(agreements.where(lambda agreement: len(agreement.parties) > 2), Agreements)
assert_type(agreements.earlier("a"), Agreements)
assert_type(found.by("a").about("b").at_least("support").due_by(date(2018, 1, 1), possible=True), Commitments)
assert_type(found[0], Entry)
assert_type(found[0].actors, tuple[Party | Entity, ...])
assert_type(found.group_by(lambda entry: entry.commitment.strength), dict[Strength | None, Commitments])
assert_type([entry.commitment.text for entry in found], list[str])
assert_type(vaekstaftale.diff(agreement, agreement), tuple[Change, ...])
assert_type(list(vaekstaftale.load_lines("a.jsonl")), list[Agreement])
vaekstaftale.dump_lines(agreements, "a.jsonl")

reading = vaekstaftale.read_file("a.json", rules=advice.RULES)
assert_type(reading, Reading)
assert_type(reading.agreement, Agreement | None)
assert_type(reading.problems, tuple[Problem, ...])
assert_type(vaekstaftale.read_files(["a.json"]), tuple[Reading, ...])


def rule(agreement: Agreement) -> Iterator[Finding]:
    for entry in vaekstaftale.commitments(agreement):
        yield Finding("acme/x", "x", path=entry.path, severity="warning")


assert_type(vaekstaftale.validate(agreement, rules=[rule]), tuple[Problem, ...])
assert_type(agreement.title_in("en", "x"), str)
assert_type(found[0].text_in("da", default=0), str | int)
assert_type(found[0].mentions, tuple[Party | Entity, ...])
assert_type(found.by(agreement.parties[0], strict=True), Commitments)
assert_type(edit.replace(agreement, "/parties/a", name="x"), Agreement)
assert_type(edit.rename_id(agreement, "/parties/a", "b"), Agreement)

# Refused: a strength is compared with strengths only.
Strength.SUPPORT > None  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression, reportOptionalOperand]
Strength.SUPPORT > "discuss"  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
Strength.SUPPORT < "discuss"  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
