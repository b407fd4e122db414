"""The time and memory that validating the worst input takes: `python benchmarks/hostile.py [PART OF A NAME]`.

A shape is a text of at most a megabyte, or several agreements to be validated together. Each is validated in a process
of its own, which reports its time and its peak memory, interpreter and library included. The promise is three seconds
and 300 MB for each shape on two cores; the exit status is 1 if a shape breaks it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

import vaekstaftale
from vaekstaftale import Agreement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: The largest text, in bytes.
SIZE = 1_000_000
#: What is promised for each shape.
SECONDS, MEGABYTES = 3.0, 300
#: Seconds after which a process is ended. The page of a shape takes up to some minutes.
PATIENCE = 600


def agreement(**changes: Any) -> dict[str, Any]:
    """Return the data of a small agreement, with some keys changed."""
    return {
        "format_version": "1.0",
        "id": "x",
        "title": "X",
        "language": "da",
        "parties": [{"id": "p", "name": "P"}],
        "sources": [{"id": "s", "kind": "other"}],
        **changes,
    }


def filled(key: str, items: Iterable[Any], **changes: Any) -> str:
    """Return the text of an agreement with as many items under a key as a megabyte holds."""
    text = compact(agreement(**{**changes, key: []}))
    chosen, size = [], len(text.encode())
    for item in map(compact, items):
        size += len(item.encode()) + 1
        if size > SIZE:
            break
        chosen.append(item)
    head, tail = text.rsplit(f'"{key}":[]', 1)
    return f'{head}"{key}":[{",".join(chosen)}]{tail}'


compact: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def numbers(start: int = 0) -> Iterable[int]:
    """Return more numbers than there can be items in a megabyte."""
    return range(start, start + SIZE)


def quoting(text: str, quotes: Iterable[dict[str, str]]) -> str:
    """Return the text of an agreement with one source, filled with quotes."""
    source = {"id": "s", "kind": "other", "text": [text]}
    return filled("quotes", quotes, sources=[source])


def words(count: int) -> str:
    """Return this many words that differ."""
    return " ".join(f"ord{number * 7919 % 100_003}" for number in range(count))


def binary(seed: int, length: int) -> str:
    """Return letters a and b that look random and are the same every time."""
    return bin((seed + 1) * 0x9E3779B97F4A7C15 % 2**61 | 2**61)[3:][:length].replace("0", "a").replace("1", "b")


def quotes_in_many_sources(quotes: int, sources: int) -> str:
    """Return a text in which each quote occurs exactly once in each source, and no quote names its source."""
    # 100 characters that differ and need no escape. The sources differ in the number at their end.
    characters = [chr(code) for code in range(0x21, 0x180) if chr(code).isprintable() and not chr(code).isdigit()]
    letters = "".join(character for character in characters if character not in '"\\')[:100]
    stretches = sorted(combinations(range(len(letters) + 1), 2), key=lambda stretch: stretch[1] - stretch[0])
    return compact(
        agreement(
            quotes=[{"exact": letters[start:end]} for start, end in islice(stretches, quotes)],
            sources=[
                {"id": f"s{number}", "kind": "other", "text": [f"{letters} {number * 7919}"]}
                for number in range(sources)
            ],
        )
    )


def renewing_each_other(count: int) -> list[Agreement]:
    """Return this many agreements, each of which renews all others."""
    return [
        vaekstaftale.loads(
            compact(
                agreement(
                    id=f"a{number}",
                    relations=[
                        {"kind": "renews", "agreement": f"a{other}"} for other in range(count) if other != number
                    ],
                )
            )
        )
        for number in range(count)
    ]


SHAPES: dict[str, Callable[[], str | bytes | list[Agreement]]] = {
    # text
    "brackets": lambda: "[" * 100_000,
    "a million brackets": lambda: "[" * SIZE,
    "long number": lambda: "[" + "1" * 5_000 + "]",
    "one long string": lambda: '"' + "x" * (SIZE - 2) + '"',
    "unclosed string": lambda: '"' + "x" * (SIZE - 2),
    "escapes": lambda: '["' + "\\n" * (SIZE // 2 - 10) + '"]',
    "escaped quotes": lambda: '{"' + '\\"' * (SIZE // 2 - 10) + '":1}',
    "space": lambda: " " * SIZE,
    "lines": lambda: "\n" * (SIZE - 1) + "x",
    "NUL": lambda: b"\0" * SIZE,
    "Latin-1": lambda: b'"' + b"\xe6" * (SIZE - 2) + b'"',
    "UTF-16": lambda: compact(agreement(note="æ" * 400_000)).encode("utf-16"),
    "cut off": lambda: filled("parties", ({"id": f"p{n}", "name": f"P{n}"} for n in numbers()))[:-3],
    # structure
    "zeros at the top": lambda: "[0" + ",0" * (SIZE // 2 - 2) + "]",
    "objects at the top": lambda: "[{}" + ",{}" * (SIZE // 3 - 2) + "]",
    "parties that are zeros": lambda: filled("parties", (0 for _ in numbers())),
    "parties that are empty": lambda: filled("parties", ({} for _ in numbers())),
    "parties that are null": lambda: filled("parties", (None for _ in numbers())),
    "parties with a misspelt key": lambda: filled("parties", ({"nmae": 1} for _ in numbers())),
    "parties with similar keys": lambda: filled("parties", ({f"name{n}": 1} for n in numbers())),
    "parties with long similar keys": lambda: filled("parties", ({f"representatives{n}" * 6: 1} for n in numbers())),
    "unknown keys": lambda: compact(agreement(**{f"k{n}": 0 for n in range(85_000)})),
    "similar unknown keys": lambda: compact(agreement(**{f"titl{n}": 0 for n in range(65_000)})),
    "equal keys": lambda: "{" + '"a":1,' * (SIZE // 6 - 3) + '"a":1}',
    "equal keys under a long key": lambda: '{"' + "k" * (SIZE // 2) + '":{' + '"a":1,' * (SIZE // 12 - 5) + '"a":1}}',
    "bad ids": lambda: filled("general_commitments", ({"id": f"Å {n}", "text": "x"} for n in numbers())),
    "similar choices": lambda: filled(
        "general_commitments", ({"id": "a", "text": "x", "strength": f"suport{n}"} for n in numbers())
    ),
    "Danish dates": lambda: filled(
        "general_commitments",
        ({"id": "a", "text": "x", "due_on": f"{n % 28 + 1}. september {n % 9000 + 1000}"} for n in numbers()),
    ),
    "bad languages": lambda: compact(agreement(translations={f"e-{n}": "" for n in range(75_000)})),
    "language of many parts": lambda: compact(agreement(language="en" + "-abcde" * 160_000 + "-")),
    "id of many parts": lambda: compact(agreement(id="a" + "-a" * 490_000 + "-")),
    "address of many parts": lambda: compact(
        agreement(sources=[{"id": "s", "kind": "other", "url": "http://" + "@:" * 490_000 + " "}])
    ),
    "lines that are numbers": lambda: filled("sources", [{"id": "s", "kind": "other", "text": [0] * 490_000}]),
    # coherence
    "valid and large": lambda: filled("parties", ({"id": f"p{n}", "name": f"P{n}"} for n in numbers())),
    "equal ids": lambda: filled("parties", ({"id": "p", "name": "p"} for _ in numbers())),
    "equal values": lambda: filled("general_commitments", [{"id": "c", "text": "x", "actors": ["p"] * 240_000}]),
    "equal topics": lambda: filled("general_commitments", [{"id": "c", "text": "x", "topics": ["p"] * 240_000}]),
    "unknown ids": lambda: filled("general_commitments", [{"id": "c", "text": "x", "actors": ["q"] * 240_000}]),
    "similar ids": lambda: filled(
        "general_commitments",
        ({"id": f"c{n}", "text": "x", "actors": [f"regeringn-{n:05}"]} for n in numbers()),
        parties=[{"id": f"regeringen-{n:05}", "name": f"Regeringen {n}"} for n in range(9_000)],
    ),
    "long similar ids": lambda: filled(
        "general_commitments",
        ({"id": f"c{n}", "text": "x", "actors": ["ab" * 45 + f"{n:05}"]} for n in numbers()),
        parties=[{"id": "ba" * 45 + f"{n:05}", "name": f"{n}"} for n in range(3_500)],
    ),
    "own language": lambda: filled(
        "general_commitments", ({"id": f"c{n}", "text": "x", "translations": {"da": "x"}} for n in numbers())
    ),
    "equal languages": lambda: filled(
        "general_commitments", ({"id": f"c{n}", "text": "x", "translations": {"en": "x", "EN": "y"}} for n in numbers())
    ),
    # evidence
    "quotes that occur": lambda: quoting(words(55_000), ({"exact": f"ord{n * 7919 % 100_003}"} for n in range(55_000))),
    "quotes that almost occur": lambda: quoting(
        words(55_000), ({"exact": f"ord{n * 7919 % 100_003} ord{(n + 1) * 7919 % 100_003}x"} for n in range(55_000))
    ),
    "long quotes that almost occur": lambda: quoting(
        words(30_000),
        ({"exact": " ".join(f"ord{m * 7919 % 100_003}" for m in range(n, n + 300)) + "!"} for n in range(0, 29_000, 3)),
    ),
    "one letter repeated": lambda: quoting(
        "a" * 500_000, ({"exact": f"{'a' * (n % 97)}b{'a' * (n % 89)}"} for n in numbers(1))
    ),
    "two letters": lambda: quoting(
        "".join(binary(n, 60) for n in range(8_000)), ({"exact": binary(n + 10**6, 20)} for n in numbers())
    ),
    "short quotes and wide letters": lambda: quoting(
        "".join("\U0001f600" if n % 30 == 0 else "abcdefgh"[n * 7919 % 100_003 % 8] for n in range(840_000)),
        ({"exact": binary(n, 2 ** (n % 6)), **({"source": "s"} if n % 2 else {})} for n in range(1_500)),
    ),
    "one letter everywhere": lambda: quoting("a" * 500_000, ({"exact": "a"} for _ in numbers())),
    "prefixes that do not fit": lambda: quoting("a" * 500_000, ({"exact": "a", "prefix": f"{n}"} for n in numbers())),
    "one letter and white space": lambda: quoting(
        "a \n" * 160_000, ({"exact": "a a", "suffix": f"{n}"} for n in numbers())
    ),
    "many sources": lambda: filled(
        "quotes",
        ({"exact": f"a{n}"} for n in numbers()),
        sources=[{"id": f"s{n}", "kind": "other", "text": ["a"]} for n in range(12_000)],
    ),
    "equal sources": lambda: filled(
        "quotes",
        ({"exact": "".join(map(chr, range(35 + n % 40, 36 + n % 40 + n // 40 % 50)))} for n in range(2_000)),
        sources=[{"id": f"s{n}", "kind": "other", "text": ["".join(map(chr, range(35, 125)))]} for n in range(3_300)],
    ),
    "sources of the same letters": lambda: filled(
        "quotes",
        ({"exact": chr(0x100 + n)} for n in range(100)),
        sources=[
            {"id": f"s{n}", "kind": "other", "text": ["".join(chr(0x100 + (m * 7 + n) % 100) for m in range(100))]}
            for n in range(1_800)
        ],
    ),
    "quotes in many sources": lambda: quotes_in_many_sources(5_000, 2_600),
    "quotes of few words": lambda: filled(
        "quotes",
        ({"exact": " ".join(binary(n * 400 + m, 2) for m in range(330)) + f" zz{n}"} for n in range(100)),
        sources=[
            {"id": f"s{k}", "kind": "other", "text": [" ".join(binary(k * 9_000 + m, 2) for m in range(5_000))]}
            for k in range(5)
        ],
    ),
    "one long word": lambda: quoting(
        ("a" * 20 + " ") * 23_000, ({"exact": "a" * 900 + "b" * n} for n in range(1, 101))
    ),
    "a long key over equal keys": lambda: '{"' + "~" * 980_000 + '\U0001f600":{"a":1' + ',"a":1' * 1_000 + "}}",
    "decomposed letters": lambda: quoting("a\u030ae\u0301 " * 55_000, ({"exact": f"åé{n}"} for n in numbers())),
    "combining marks": lambda: quoting("a" + "\u0301\u0323" * 100_000, ({"exact": f"á{n}"} for n in numbers())),
    # across agreements
    "agreements that renew each other": lambda: renewing_each_other(150),
}


def measure(name: str) -> bool:
    """Validate a shape in this process, print what it took, and return whether that is within the promise."""
    shape = SHAPES[name]()
    size = size_of(shape)
    before = time.perf_counter()
    problems = vaekstaftale.validate(shape) if isinstance(shape, list) else vaekstaftale.validate_text(shape)
    seconds = time.perf_counter() - before
    kept = seconds <= SECONDS and peak_memory() <= MEGABYTES
    codes = ", ".join(dict.fromkeys(problem.code for problem in problems))
    report = f"{name:34} {size / 1e6:5.2f} MB {seconds:6.2f} s {peak_memory():5.0f} MB  {codes}{'' if kept else ' !'}"
    print(report, end="", flush=True)
    print("" if isinstance(shape, list) else as_a_page(shape), flush=True)
    return kept


def size_of(shape: str | bytes | list[Agreement]) -> int:
    """Return the size of a shape in bytes."""
    if isinstance(shape, list):
        return sum(len(vaekstaftale.dumps(agreement, indent=None).encode()) for agreement in shape)
    return len(shape if isinstance(shape, bytes) else shape.encode())


def peak_memory() -> float:
    """Return the peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def as_a_page(text: str | bytes) -> str:
    """Return what the page of a shape takes, if it can be loaded. Nothing is promised for pages."""
    try:
        loaded = vaekstaftale.loads(text)
    except vaekstaftale.InvalidAgreement:
        return ""
    before = time.perf_counter()
    size = len(vaekstaftale.to_html(loaded))
    seconds = time.perf_counter() - before
    return f"; as a page: {size / 1e6:.0f} MB, {seconds:.2f} s, {peak_memory():.0f} MB"


def main() -> int:
    """Measure all shapes, or those with the given part of their name; return the exit status."""
    if sys.argv[1:2] == ["--one"]:
        return 0 if measure(sys.argv[2]) else 1
    part = "".join(sys.argv[1:2])
    kept = [is_within_promise(name) for name in SHAPES if part in name]
    return 0 if all(kept) else 1


def is_within_promise(name: str) -> bool:
    """Measure a shape in a process of its own; return whether it ends within the promise."""
    try:
        done = subprocess.run([sys.executable, __file__, "--one", name], check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        print(f"\n{name:34} over {PATIENCE} s !", flush=True)
        return False
    if done.returncode not in (0, 1):
        print(f"\n{name:34} ended with status {done.returncode} !", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
