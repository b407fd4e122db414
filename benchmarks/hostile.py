"""The time and memory that the worst input takes: `python benchmarks/hostile.py [PART OF A NAME]`.

A shape is a text of at most a megabyte, or several agreements to be validated together. Each is measured in a process
of its own, which reports the time of each function and the peak memory, interpreter and library included. The promise
is three seconds and 300 MB for validating, reading, loading and writing a shape, and five seconds and 500 MB for
everything else, except that a page may take ten seconds and have 10 MB of HTML. Of files that are validated together,
each may need 60 MB more. The exit status is 1 if a promise is broken.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

import vaekstaftale
from vaekstaftale import Agreement, advice
from vaekstaftale.cli.summary import summary
from vaekstaftale.model.paths import quotes_of
from vaekstaftale.quotes.search import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: The largest text, in bytes.
SIZE = 1_000_000
#: By how many megabytes each further file may let the memory grow.
GROWTH = 60
#: Seconds after which a process is ended.
PATIENCE = 120


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


def words(count: int) -> str:
    """Return this many words that differ."""
    return " ".join(f"ord{number * 7919 % 100_003}" for number in range(count))


def binary(seed: int, length: int) -> str:
    """Return letters a and b that look random and are the same every time."""
    return bin((seed + 1) * 0x9E3779B97F4A7C15 % 2**61 | 2**61)[3:][:length].replace("0", "a").replace("1", "b")


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


TWO = {"en": "x", "EN": "y"}
LETTERS = [*"abcdefghijklmnopqrstuvwxyz0123456789"]

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
    "Python words": lambda: "[True" + ",True" * (SIZE // 5 - 2) + "]",
    "single quotes": lambda: "['a'" + ",'a'" * (SIZE // 4 - 2) + "]",
    "commas before brackets": lambda: "[[0,]" + ",[0,]" * (SIZE // 5 - 2) + "]",
    "missing commas": lambda: "[{}" + " {}" * (SIZE // 3 - 2) + "]",
    "comments": lambda: "[0" + "/**/,0" * (SIZE // 6 - 2) + "]",
    "null after null": lambda: compact(agreement(translations={f"x-{n}": None for n in range(60_000)})),
    "parties in an object": lambda: compact(agreement(parties={"id": "p", "name": "P", "note": "x" * (SIZE - 300)})),
    "strings instead of lists": lambda: committing(range(10_000), topics="x", actors="p", mentions="p"),
    "misspelt keys inside one another": lambda: compact(
        agreement(initiativs=[{"id": f"i{n}", "titel": 5, "comitments": [{"id": "C", "txt": 5}]} for n in range(900)])
    ),
    "one bad id everywhere": lambda: committing(range(110), actors=["P"] * 1_000, mentions=["P"] * 1_000),
    "nested lists": lambda: "[" + ",".join(["[" * 61 + "0" + "]" * 61] * 8_000) + "]",
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
    # coherence, over the limits and within them
    "parties over the limit": lambda: filled("parties", ({"id": f"p{n}", "name": f"P{n}"} for n in numbers())),
    "unknown ids over the limit": lambda: filled("general_commitments", [commitment(0, actors=["q"] * 240_000)]),
    "languages over the limit": lambda: filled(
        "general_commitments", (commitment(n, translations=TWO) for n in numbers())
    ),
    "quotes over the limit": lambda: filled("quotes", ({"exact": f"a{n}"} for n in numbers())),
    "large": lambda: committing(range(2_000), text="x" * 400, topics=["turisme", "energi"]),
    "small commitments": lambda: committing(range(2_000)),
    "translations": lambda: committing(range(100), translations={f"x-{n}": "x" for n in range(690)}),
    "own language": lambda: committing(range(2_000), translations={"da": "x"}),
    "equal ids": lambda: compact(
        agreement(
            parties=[{"id": "p", "name": "P"}] * 1_000,
            general_commitments=[commitment(n, actors=["p"]) for n in range(1_000)],
        )
    ),
    "equal actors and mentions": lambda: committing(range(110), actors=["p"] * 1_000, mentions=["p"] * 1_000),
    "unknown actors and mentions": lambda: committing(range(110), actors=["q"] * 1_000, mentions=["r"] * 1_000),
    "equal topics": lambda: committing(range(230), topics=["p"] * 1_000),
    "similar ids": lambda: compact(
        agreement(
            parties=[{"id": f"regeringen-{n:05}", "name": f"Regeringen {n}"} for n in range(1_000)],
            general_commitments=[commitment(n, actors=[f"regeringn-{n:05}"]) for n in range(1_000)],
        )
    ),
    "long names of actors": lambda: compact(
        agreement(
            parties=[{"id": f"{n:x}", "name": f"{n:x}" + "P" * 490} for n in range(1_000)],
            general_commitments=[commitment(n, actors=[f"{n:x}" for n in range(1_000)]) for n in range(60)],
        )
    ),
    "names that are not visible": lambda: compact(
        agreement(
            parties=[{"id": letter, "name": "\xad" * 400 + letter} for letter in LETTERS],
            general_commitments=[commitment(n, actors=LETTERS, mentions=LETTERS) for n in range(1_000)],
        )
    ),
    "a chain of groups": lambda: compact(
        agreement(
            parties=[{"id": "p", "name": "P"}],
            entities=[
                {"id": f"e{n}", "name": f"E{n}", "kind": "group", "members": [f"e{n + 1}" if n < 999 else "p"]}
                for n in range(1_000)
            ],
            general_commitments=[commitment(n, actors=["e0"]) for n in range(1_000)],
        )
    ),
    "initiatives of one commitment": lambda: compact(
        agreement(initiatives=[{"id": f"i{n}", "title": "I", "commitments": [commitment(n)]} for n in range(1_000)])
    ),
    # evidence
    "quotes that occur": lambda: quoting([words(90_000)], (f"ord{n * 7919 % 100_003}" for n in range(2_000))),
    "quotes at the end": lambda: quoting(
        [words(80_000)], (f"ord{n * 7919 % 100_003}" for n in range(79_999, 77_999, -1))
    ),
    "lines of one letter": lambda: quoting(["\n".join("a" * 240_000) + "\nb"], ("b",) * 2_000),
    "quotes that almost occur": lambda: quoting(
        [words(80_000)], (f"ord{n * 7919 % 100_003} ord{(n + 1) * 7919 % 100_003}x" for n in range(2_000))
    ),
    "long quotes that almost occur": lambda: quoting(
        [words(30_000)],
        (" ".join(f"ord{m * 7919 % 100_003}" for m in range(n, n + 30)) + "!" for n in range(0, 6_000, 3)),
    ),
    "very long quotes that almost occur": lambda: quoting(
        [words(30_000)],
        (" ".join(f"ord{m * 7919 % 100_003}" for m in range(n, n + 700)) + "!" for n in range(0, 2_100, 30)),
    ),
    "one letter and other letters": lambda: quoting(
        ["a" * 700_000], (f"{'a' * (n % 97)}b{'a' * (n % 89)}" for n in range(2_000))
    ),
    "two letters": lambda: quoting(
        ["".join(binary(n, 60) for n in range(14_000))], (binary(n + 10**6, 20) for n in range(2_000))
    ),
    "two letters in two sources": lambda: quoting(
        ["".join(binary(n, 60) for n in range(7_000))] * 2, (binary(n, 20) for n in range(2_000))
    ),
    "frequent parts": lambda: quoting([("a" * 33 + "b") * 14_700], (f"b{'a' * 31}b",) * 2_000),
    "long frequent parts": lambda: quoting(
        [("a" * 33 + "b") * 14_700], (("a" * 33 + "b") * 3 + f"c{n}" for n in range(2_000))
    ),
    "short quotes and wide letters": lambda: quoting(
        ["".join("\U0001f600" if n % 30 == 0 else "abcdefgh"[n * 7919 % 100_003 % 8] for n in range(790_000))],
        (binary(n, 2 ** (n % 6)) for n in range(2_000)),
    ),
    "one letter everywhere": lambda: quoting(["a" * 900_000], ("a",) * 2_000),
    "one letter at each beginning": lambda: quoting(["ab " * 300_000], ("a",) * 2_000),
    "beginnings of words": lambda: quoting(["abcdefghij " * 80_000], ("abcdefghi"[: n % 9 + 1] for n in range(2_000))),
    "prefixes that fit": lambda: quoting(["a" * 300_000], (("a", "a" * n) for n in range(1, 1_000))),
    "prefixes that do not fit": lambda: quoting(["a" * 700_000], (("a", f"{n}") for n in range(2_000))),
    "one letter and white space": lambda: quoting(["a \n" * 220_000], (("a a", f"{n}") for n in range(2_000))),
    "many sources": lambda: quoting(["a"] * 1_000, (f"a{n}" for n in range(2_000))),
    "sources of equal letters": lambda: quoting(["a" * 30] * 1_000, (("a", "a" * (n % 11 + 1)) for n in range(1, 122))),
    "equal sources": lambda: quoting(
        ["".join(map(chr, range(35, 125)))] * 1_000,
        ("".join(map(chr, range(35 + n % 40, 36 + n % 40 + n // 40 % 50))) for n in range(2_000)),
    ),
    "sources of the same letters": lambda: quoting(
        ["".join(chr(0x100 + (m * 7 + n) % 100) for m in range(250)) for n in range(1_000)],
        (chr(0x100 + n % 100) for n in range(2_000)),
    ),
    "quotes of few words": lambda: quoting(
        [" ".join(binary(k * 9_000 + m, 2) for m in range(30_000)) for k in range(5)],
        (" ".join(binary(n * 400 + m, 2) for m in range(330)) + f" zz{n}" for n in range(400)),
    ),
    "one long word": lambda: quoting([("a" * 20 + " ") * 20_000], ("a" * 900 + "b" * n for n in range(1, 400))),
    "decomposed letters": lambda: quoting(["a\u030ae\u0301 " * 120_000], (f"åé{n}" for n in range(2_000))),
    "combining marks": lambda: quoting(["a" + "\u0301\u0323" * 200_000], (f"á{n}" for n in range(2_000))),
    "soft hyphens": lambda: quoting(["a\xad" * 300_000], ("a" * (n % 50 + 1) for n in range(2_000))),
    # across agreements
    "agreements that renew each other": lambda: renewing_each_other(150),
    "agreements of equal names": lambda: [
        small(f"a{n}", parties=[{"id": f"p{n}-{k}", "name": f"P{k}"} for k in range(50)]) for n in range(400)
    ],
    "agreements of unknown relations": lambda: [
        small(f"{'ab' * 40}-{n}", relations=[{"kind": "renews", "agreement": f"{'ba' * 40}-{n}-{k}"} for k in range(9)])
        for n in range(700)
    ],
}


def commitment(number: int, **more: Any) -> dict[str, Any]:
    """Return the data of a small commitment."""
    return {"id": f"c{number}", "text": "x", **more}


def committing(numbers: Iterable[int], **more: Any) -> str:
    """Return the text of an agreement with commitments, half of them in an initiative."""
    made = [{**commitment(number), **more} for number in numbers]
    half = len(made) // 2
    initiative = {"id": "i", "title": "I", "commitments": made[:half]}
    return compact(agreement(initiatives=[initiative], general_commitments=made[half:]))


def quoting(texts: Iterable[str], quotes: Iterable[str | tuple[str, str]]) -> str:
    """Return the text of an agreement with sources and quotes, or quotes and their prefixes: at most 2,000 quotes."""
    sources = [{"id": f"s{number}", "kind": "other", "text": [text]} for number, text in enumerate(texts)]
    made = [{"exact": one} if isinstance(one, str) else {"exact": one[0], "prefix": one[1]} for one in quotes]
    data = agreement(validity={"quotes": made[:1_000]}, quotes=made[1_000:], sources=sources)
    if len(compact({**data, "quotes": [], "validity": {}}).encode()) > SIZE:
        raise ValueError("the sources are too large")
    while len(compact(data).encode()) > SIZE:  # as many quotes as there is room for
        for holder in (data, data["validity"]):
            holder["quotes"] = holder["quotes"][: len(holder["quotes"]) * 9 // 10]
    return compact(data)


def small(id_: str, **changes: Any) -> Agreement:
    """Return a small agreement."""
    return vaekstaftale.loads(compact(agreement(id=id_, **changes)))


def _dumped(one: Agreement) -> str:
    """Return the text of an agreement, or an empty one if it is not coherent."""
    try:
        return vaekstaftale.dumps(one, indent=None, max_bytes=2 * SIZE)
    except vaekstaftale.InvalidAgreement:
        return ""


def _places(one: Agreement) -> int:
    """Return how many places all quotes have, at most a hundred each."""
    search = Search(one)
    return sum(1 for _, quote in quotes_of(one) for _ in islice(search.places(quote), 100))


def _reversed(one: Agreement) -> Agreement:
    """Return an agreement with its commitments and initiatives in reversed order."""
    return attrs.evolve(
        one, general_commitments=one.general_commitments[::-1], initiatives=one.initiatives[::-1], title="Y"
    )


def _shown(one: Agreement) -> str:
    """Return what `vaekstaftale show` prints."""
    return summary(one, date(2018, 1, 1))


def _page(one: Agreement) -> int:
    """Return the size of the page of an agreement, in bytes."""
    return len(vaekstaftale.to_html(one, on=date(2018, 1, 1)).encode())


class Promise(NamedTuple):
    """How long a function may take at most, and how much memory."""

    seconds: float
    megabytes: float


FIRST, SECOND, PAGE, FIXES = Promise(3, 300), Promise(5, 500), Promise(10, 500), Promise(30, 500)

#: What each function does with a shape whose text and structure are valid, and what is promised for it.
FUNCTIONS: dict[str, tuple[Callable[[Agreement], object], Promise]] = {
    "dumps": (_dumped, FIRST),
    "unquoted": (vaekstaftale.unquoted, SECOND),
    "places": (_places, SECOND),
    "rows": (vaekstaftale.rows, SECOND),
    "diff": (lambda one: vaekstaftale.diff(one, _reversed(one)), SECOND),
    "by": (lambda one: vaekstaftale.commitments(one).by("p"), SECOND),
    "advice": (lambda one: vaekstaftale.validate(one, rules=advice.RULES), SECOND),
    "show": (_shown, SECOND),
    "page": (_page, PAGE),
}
#: The largest page, in bytes.
PAGE_SIZE = 10_000_000


def measure(name: str) -> bool:
    """Measure a shape in this process, print what each function took, and return whether that is within the promise."""
    shape = SHAPES[name]()
    size = size_of(shape)
    one: Agreement | None = None
    before = time.perf_counter()
    if isinstance(shape, list):
        problems = vaekstaftale.validate(shape)
    else:
        reading = vaekstaftale.read_text(shape)
        problems, one = reading.problems, reading.agreement
    seconds = {"validate": time.perf_counter() - before}
    memory = {"validate": peak_memory()}
    if isinstance(shape, (str, bytes)):
        before = time.perf_counter()
        vaekstaftale.fix_text(shape, unsafe=True)
        seconds["fix"], memory["fix"] = time.perf_counter() - before, peak_memory()
    page_size = 0
    for function, (call, _) in FUNCTIONS.items():
        if one is None:
            break
        before = time.perf_counter()
        result = call(one)
        seconds[function], memory[function] = time.perf_counter() - before, peak_memory()
        page_size = result if function == "page" and isinstance(result, int) else page_size
    promises = {"validate": FIRST, "fix": FIXES, **{function: promise for function, (_, promise) in FUNCTIONS.items()}}
    broken = [
        function
        for function in seconds
        if seconds[function] > promises[function].seconds or memory[function] > promises[function].megabytes
    ]
    if page_size > PAGE_SIZE:
        broken.append("size of the page")
    codes = ", ".join(dict.fromkeys(problem.code for problem in problems))
    times = " ".join(f"{function} {taken:.2f}" for function, taken in seconds.items())
    pages = f"; page of {page_size / 1e6:.1f} MB" if page_size else ""
    print(f"{name:36} {size / 1e6:5.2f} MB  {times}{pages}; {max(memory.values()):.0f} MB; {codes}", end="")
    print(f" ! {', '.join(broken)}" if broken else "", flush=True)
    return not broken


def size_of(shape: str | bytes | list[Agreement]) -> int:
    """Return the size of a shape in bytes."""
    if isinstance(shape, list):
        return sum(len(vaekstaftale.dumps(agreement, indent=None).encode()) for agreement in shape)
    return len(shape if isinstance(shape, bytes) else shape.encode())


def peak_memory() -> float:
    """Return the peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


#: The shapes of the files that are validated together.
FILES = ("nested lists", "unknown actors and mentions", "quotes of few words", "equal keys")


def validate_files(name: str, count: int) -> int:
    """Validate several files of a shape together, and print the peak memory in megabytes."""
    shape = SHAPES[name]()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, f"{number}.json") for number in range(count)]
        for file in files:
            file.write_bytes(shape if isinstance(shape, bytes) else str(shape).encode())
        vaekstaftale.read_files(files)
    print(peak_memory())
    return 0


def grows_little(name: str) -> bool:
    """Print by how much each further file lets the memory grow, and return whether that is within the promise."""
    command = [sys.executable, __file__, "--files", name]
    few, many = (float(subprocess.check_output([*command, str(count)], timeout=PATIENCE)) for count in (2, 6))
    growth = (many - few) / 4
    print(f"each further file of the shape {name!r}: {growth:.0f} MB{'' if growth <= GROWTH else ' !'}", flush=True)
    return growth <= GROWTH


def main() -> int:
    """Measure all shapes, or those with the given part of their name; return the exit status."""
    if sys.argv[1:2] == ["--one"]:
        return 0 if measure(sys.argv[2]) else 1
    if sys.argv[1:2] == ["--files"]:
        return validate_files(sys.argv[2], int(sys.argv[3]))
    part = "".join(sys.argv[1:2])
    kept = [is_within_promise(name) for name in SHAPES if part in name]
    kept += [grows_little(name) for name in FILES if part in name]
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
