"""The time of questions beside that of the comprehensions they replace: `python benchmarks/questions.py`.

Both run alternately in one process, over 1,000 to 100,000 agreements in memory. Each line contains the medians over the
rounds in milliseconds, and the ratio of the library's to the comprehension's. The last table contains how the time
grows from 10,000 agreements to 100,000.
"""

from __future__ import annotations

import gc
import time
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any

import attrs

import vaekstaftale
from vaekstaftale import Agreement, Agreements, Status, Strength
from vaekstaftale.matching import fold
from vaekstaftale.model.agreement import actors_by_name

if TYPE_CHECKING:
    from collections.abc import Callable

DAY, FIRST, LAST = date(2018, 1, 1), date(2017, 1, 1), date(2018, 12, 31)
STRONG = {Strength.SUPPORT, Strength.CARRY_OUT}


def held(count: int) -> Agreements:
    """Return this many agreements that differ in their ids and share their parts; some commitments have a due date."""
    one = vaekstaftale.bundled.load("syddanmark-2017")
    dues = ("2017", None, "2018-06-30", None, "2018-06")
    initiatives = [
        attrs.evolve(
            initiative,
            commitments=[
                attrs.evolve(commitment, due_on=due)
                for commitment, due in zip(initiative.commitments, dues, strict=False)
            ],
        )
        for initiative in one.initiatives
    ]
    one = attrs.evolve(one, initiatives=initiatives)
    parties = [attrs.evolve(party, note=None) for party in one.parties]
    return Agreements(attrs.evolve(one, id=f"aftale-{number}", parties=parties) for number in range(count))


def plain_by(agreement: Agreement, name: str) -> set[str]:
    """Return the ids under which somebody acts in an agreement."""
    actors = actors_by_name(agreement)
    ids = {actors[name].id} if name in actors else set()
    return ids | {entity.id for entity in agreement.entities if ids & set(entity.members)}


QUESTIONS: dict[str, tuple[Callable[[Agreements], Any], Callable[[Agreements], Any]]] = {
    "in_force_on": (
        lambda all_: all_.in_force_on(DAY),
        lambda all_: [one for one in all_ if one.status_on(DAY) is Status.IN_FORCE],
    ),
    "with_party": (
        lambda all_: all_.with_party("Staten"),
        lambda all_: [
            one
            for one in all_
            if any(fold("Staten") in (party.id, *map(fold, (party.name, *party.other_names))) for party in one.parties)
        ],
    ),
    "signed_between": (
        lambda all_: all_.signed_between(FIRST, LAST),
        lambda all_: [
            one for one in all_ if one.signed_on and one.signed_on.earliest >= FIRST and one.signed_on.latest <= LAST
        ],
    ),
    "ending_between": (
        lambda all_: all_.ending_between(FIRST, LAST),
        lambda all_: [
            one for one in all_ if (end := one.effective_period.end) and end.earliest >= FIRST and end.latest <= LAST
        ],
    ),
    "get": (lambda all_: all_.get("aftale-1"), lambda all_: {one.id: one for one in all_}["aftale-1"]),
    "by": (
        lambda all_: all_.commitments.by("syddansk-vaekstforum"),
        lambda all_: [
            entry
            for one in all_
            if (ids := plain_by(one, "syddansk-vaekstforum"))
            for entry in vaekstaftale.commitments(one)
            if not ids.isdisjoint(entry.commitment.actors)
        ],
    ),
    "at_least": (
        lambda all_: all_.commitments.at_least(Strength.SUPPORT),
        lambda all_: [entry for entry in all_.commitments if entry.commitment.strength in STRONG],
    ),
    "about": (
        lambda all_: all_.commitments.about("digitalisering"),
        lambda all_: [entry for entry in all_.commitments if "digitalisering" in map(fold, entry.commitment.topics)],
    ),
    "containing": (
        lambda all_: all_.commitments.containing("klynge"),
        lambda all_: [
            entry
            for entry in all_.commitments
            if "klynge" in fold(entry.commitment.text)
            or any("klynge" in fold(quote.exact) for quote in entry.commitment.quotes)
            or any("klynge" in fold(translation.text) for translation in entry.commitment.translations)
        ],
    ),
    "due_by": (
        lambda all_: all_.commitments.due_by(DAY),
        lambda all_: [
            entry for entry in all_.commitments if entry.commitment.due_on and entry.commitment.due_on.latest <= DAY
        ],
    ),
}


def seconds(ask: Callable[[Agreements], Any], all_: Agreements) -> float:
    gc.collect()
    before = time.perf_counter()
    ask(all_)
    return time.perf_counter() - before


def main() -> None:
    """Measure every question over a growing number of agreements."""
    ours_at: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    for count in (1_000, 10_000, 100_000):
        all_ = held(count)
        _ = all_.commitments  # cached, for both
        gc.freeze()  # so that the garbage collector does not look through the agreements in each round
        print(f"\n{count:,} agreements, {len(all_.commitments):,} commitments\n{'':16}    ours   plain  ratio")
        for name, (ours, plain) in QUESTIONS.items():
            ours(all_), plain(all_)  # so that everything that is cached is in the cache
            rounds = [(seconds(ours, all_), seconds(plain, all_)) for _ in range(3 if count > 10_000 else 9)]
            mine, theirs = (median(column) * 1_000 for column in zip(*rounds, strict=True))
            ours_at[name].append(mine)
            print(f"{name:16} {mine:8.1f} {theirs:7.1f} {mine / theirs:6.2f}", flush=True)
    print("\ngrowth from 10,000 to 100,000 agreements (10 is linear)")
    for name, times in ours_at.items():
        print(f"{name:16} {times[2] / times[1]:6.1f}")


if __name__ == "__main__":
    main()
