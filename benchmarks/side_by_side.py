"""Ours beside what a user would otherwise pick, in one run: `python benchmarks/side_by_side.py`.

Needs the extra `benchmark`. All do the same work in turn, round by round, in one process; a table gives pydantic's
median time and, as the median over the rounds, the ratio of each to it. Memory and start are measured in processes of
their own. `--quick` goes fewer rounds, over fewer agreements.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec
from peers import patterns, with_mashumaro, with_msgspec, with_pydantic
from pydantic import ValidationError

import vaekstaftale
from vaekstaftale import _sure, bundled, forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Work = Callable[[], object]

RAW = bundled.read("syddanmark-2017")
DATA: dict[str, Any] = json.loads(RAW)
FAST = _sure.FAST

PLAIN_NAME, FAST_NAME, PYDANTIC = "vaekstaftale", "vaekstaftale[fast]", "pydantic"


@contextmanager
def using(way: Any) -> Iterator[None]:
    """Use msgspec for ours, or the standard library."""
    _sure.FAST, before = way, _sure.FAST
    try:
        yield
    finally:
        _sure.FAST = before


def ours(function: Callable[..., object], *arguments: Any, **options: Any) -> dict[str, Work]:
    """Give the same call of ours without msgspec and with it."""

    def call(way: Any) -> Work:
        def work() -> object:
            _sure.FAST = way
            return function(*arguments, **options)

        return work

    return {PLAIN_NAME: call(None), FAST_NAME: call(FAST)}


def reading(name: str) -> Callable[[bytes], object]:
    """Give the function of a library that reads one line."""
    if name in (PLAIN_NAME, FAST_NAME):
        _sure.FAST = FAST if name == FAST_NAME else None
        return vaekstaftale.loads
    readers: dict[str, Callable[[bytes], object]] = {
        PYDANTIC: with_pydantic.Agreement.model_validate_json,
        "msgspec": msgspec.json.Decoder(with_msgspec.Agreement).decode,
        "mashumaro": with_mashumaro.Agreement.from_json,
        "json": json.loads,
    }
    return readers[name]


ALL = (PLAIN_NAME, FAST_NAME, PYDANTIC, "msgspec", "mashumaro", "json")


def compare(works: dict[str, Work], rounds: int, repeat: int = 20) -> dict[str, tuple[float, float]]:
    """Run works in turn; give for each the median seconds of one call, and the median ratio to pydantic."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.perf_counter()
            for _ in range(repeat):
                work()
            times[name].append((time.perf_counter() - start) / repeat)
    base = times[PYDANTIC]
    return {
        name: (median(own), median(one / other for one, other in zip(own, base, strict=True)))
        for name, own in times.items()
    }


NAMES = (PLAIN_NAME, FAST_NAME, "msgspec", "mashumaro", "json")


def tell_head() -> None:
    """Print the head of the table."""
    print(f"\n| | pydantic | {' | '.join(NAMES)} |\n| --- | ---: |{' ---: |' * len(NAMES)}")


def tell(title: str, results: dict[str, tuple[float, float]], unit: float = 1e-6, sign: str = "µs") -> None:
    """Print a row: the median of pydantic, and the ratios of the others to it."""
    value = results[PYDANTIC][0] / unit
    cells = [f"{results[name][1]:.2f}" if name in results else "" for name in NAMES]
    print(f"| {title} | {value:,.{0 if value >= 100 else 1}f} {sign} | {' | '.join(cells)} |", flush=True)


# --- What is refused --------------------------------------------------------------------------------------


def wrong_inputs() -> dict[str, bytes]:
    """Give the bundled agreement, with one thing wrong in each."""

    def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
        data = copy.deepcopy(DATA)
        change(data)
        return json.dumps(data).encode()

    return {
        "a key twice": RAW.replace(b'"title"', b'"title": "x", "title"', 1),
        "an unknown key": changed(lambda data: data.update(titel="x")),
        "a missing key": changed(lambda data: data.pop("title")),
        "null": changed(lambda data: data.update(note=None)),
        "a number for a text": changed(lambda data: data.update(title=1)),
        "a text for a list": changed(lambda data: data.update(quotes="x")),
        "a text for true": changed(lambda data: data.update(complete="nej")),
        "an empty text": changed(lambda data: data.update(title=" ")),
        "no id": changed(lambda data: data.update(id="Å")),
        "an id and a line feed": changed(lambda data: data.update(id="x\n")),
        "no date": changed(lambda data: data.update(signed_on="2017-02-30")),
        "no choice": changed(lambda data: data["sources"][0].update(kind="x")),
        "a number out of range": changed(lambda data: data["initiatives"][0].update(number=0)),
        "no parties": changed(lambda data: data.update(parties=[])),
        "an id twice": changed(lambda data: data["parties"].append(data["parties"][0])),
        "an unknown id": changed(lambda data: data["initiatives"][0]["commitments"][0].update(actors=["nobody"])),
    }


def check_refusals() -> None:
    """Print which wrong inputs each library takes."""
    print("Wrong inputs that are taken:\n")
    for name in ALL:
        read = reading(name)
        taken = [what for what, text in wrong_inputs().items() if is_taken(read, text)]
        print(f"- {name}: {', '.join(taken) or 'none'}")


def is_taken(read: Callable[[bytes], object], text: bytes) -> bool:
    """Tell whether a text is read without an exception."""
    try:
        read(text)
    except Exception:  # noqa: BLE001 - each library raises its own
        return False
    return True


# --- Speed ------------------------------------------------------------------------------------------------


def compare_one_agreement(rounds: int) -> None:
    """Compare reading and writing of one agreement."""
    agreement = vaekstaftale.loads(RAW)
    model = with_pydantic.Agreement.model_validate_json(RAW)
    struct = msgspec.json.decode(RAW, type=with_msgspec.Agreement)
    record = with_mashumaro.Agreement.from_json(RAW)
    decode, encode = msgspec.json.Decoder(with_msgspec.Agreement).decode, msgspec.json.Encoder().encode
    one_line = vaekstaftale.dumps(agreement, indent=None)
    for title, text in {"Bytes to objects, indented": RAW, "Bytes to objects, on one line": one_line.encode()}.items():
        works: dict[str, Work] = {
            **ours(vaekstaftale.loads, text),
            PYDANTIC: partial(with_pydantic.Agreement.model_validate_json, text),
            "msgspec": partial(decode, text),
            "mashumaro": partial(with_mashumaro.Agreement.from_json, text),
            "json": partial(json.loads, text),
        }
        tell(title, compare(works, rounds))
    works = {
        **ours(vaekstaftale.dumps, agreement, indent=None),
        PYDANTIC: lambda: model.model_dump_json(exclude_defaults=True),
        "msgspec": lambda: encode(struct),
        "mashumaro": record.to_json,
        "json": lambda: json.dumps(DATA, ensure_ascii=False, separators=(",", ":")),
    }
    tell("Objects to text on one line", compare(works, rounds))
    works = {
        **ours(vaekstaftale.dumps, agreement),
        PYDANTIC: lambda: model.model_dump_json(exclude_defaults=True, indent=2),
        "msgspec": lambda: msgspec.json.format(encode(struct), indent=2),
        "json": lambda: json.dumps(DATA, ensure_ascii=False, indent=2),
    }
    tell("Objects to indented text", compare(works, rounds))
    works = {
        PLAIN_NAME: lambda: vaekstaftale.to_dict(agreement),
        PYDANTIC: lambda: model.model_dump(mode="json", exclude_defaults=True),
        "msgspec": lambda: msgspec.to_builtins(struct),
        "mashumaro": record.to_dict,
    }
    tell("Objects to dicts", compare(works, rounds))
    works = {
        PLAIN_NAME: lambda: vaekstaftale.from_dict(DATA),
        # Its strict mode takes no list for a tuple.
        PYDANTIC: lambda: with_pydantic.Agreement.model_validate(DATA, strict=False),
        "msgspec": lambda: msgspec.convert(DATA, with_msgspec.Agreement),
        "mashumaro": lambda: with_mashumaro.Agreement.from_dict(DATA),
    }
    tell("Dicts to objects", compare(works, rounds))
    bad = one_line.replace('"strength":"support"', '"strength":"suport"', 1).encode()
    for title, text in {"Validating a good file": RAW, "Validating a file with one error": bad}.items():
        works = {
            **ours(vaekstaftale.validate_text, text),
            PYDANTIC: partial(errors_of, text),
        }
        tell(title, compare(works, rounds, repeat=5))


def errors_of(text: bytes) -> object:
    """Give pydantic's errors."""
    try:
        return with_pydantic.Agreement.model_validate_json(text)
    except ValidationError as error:
        return error.errors()


# --- Many agreements --------------------------------------------------------------------------------------


def write_lines(path: Path, count: int) -> None:
    """Write a file of JSON Lines: agreements that differ in their ids."""
    line = vaekstaftale.dumps(vaekstaftale.loads(RAW), indent=None)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(line.replace('"syddanmark-2017"', f'"aftale-{number}"', 1) + "\n")


def compare_lines(path: Path, count: int, rounds: int) -> None:
    """Compare reading many agreements, one after the other."""

    def read_all(name: str) -> Work:
        def work() -> None:
            read = reading(name)
            with path.open("rb") as file:
                for line in file:
                    read(line)

        return work

    tell(
        f"{count:,} lines, each agreement dropped at once",
        compare(dict(zip(ALL, map(read_all, ALL), strict=True)), rounds, 1),
        1,
        "s",
    )


def hold(name: str, path: str) -> None:
    """Hold all agreements of a file in this process; print the seconds that took and the bytes that it added."""
    read = reading(name)
    with open(path, "rb") as file:
        first = [read(next(file))]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        held = first + [read(line) for line in file]
    seconds = time.perf_counter() - start
    print(seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024, len(held))


def compare_holding(path: Path, count: int, rounds: int) -> None:
    """Compare time and memory of holding many agreements, each library in processes of its own."""
    seconds: dict[str, list[float]] = {name: [] for name in ALL}
    sizes: dict[str, list[float]] = {name: [] for name in ALL}
    for _ in range(rounds):
        for name in ALL:
            done = run(sys.executable, __file__, "--hold", name, str(path))
            took, size, _ = map(float, done.split())
            seconds[name].append(took)
            sizes[name].append(size)
    tell(f"{count:,} lines, all agreements held", ratios(seconds), 1, "s")
    tell(f"Memory of {count:,} held agreements", ratios(sizes), 1e6, "MB")


def ratios(values: dict[str, list[float]]) -> dict[str, tuple[float, float]]:
    """Give medians, and medians of the ratios to pydantic."""
    base = values[PYDANTIC]
    return {
        name: (median(own), median(one / other for one, other in zip(own, base, strict=True)))
        for name, own in values.items()
    }


def compare_start(rounds: int) -> None:
    """Compare new processes that read one agreement from a file."""
    folder = Path(__file__).parent
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary, "agreement.json")
        path.write_bytes(RAW)
        without = "import sys; sys.modules['msgspec'] = None\n"
        load = f"import vaekstaftale; vaekstaftale.load({str(path)!r})"
        head = f"import sys; sys.path.insert(0, {str(folder)!r})\ntext = open({str(path)!r}, 'rb').read()\n"
        programs = {
            PLAIN_NAME: without + load,
            FAST_NAME: load,
            PYDANTIC: head + "from peers.with_pydantic import Agreement; Agreement.model_validate_json(text)",
            "msgspec": head
            + "from peers.with_msgspec import *; import msgspec; msgspec.json.decode(text, type=Agreement)",
            "mashumaro": head + "from peers.with_mashumaro import Agreement; Agreement.from_json(text)",
            "json": head + "import json; json.loads(text)",
        }
        works: dict[str, Work] = {
            name: partial(run, sys.executable, "-c", program) for name, program in programs.items()
        }
        for work in works.values():
            work()  # so that all are compiled
        tell("Process start to first agreement", compare(works, rounds, 1), 1e-3, "ms")


def run(*command: str) -> str:
    """Run a process, with compiled modules kept as they are after an installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def grow(counts: Iterable[int]) -> None:
    """Print how the time for an agreement grows with the number of those that are read and held."""
    print("\nGrowth, in µs an agreement, all held as `Agreements`:\n")
    print("| agreements | vaekstaftale | vaekstaftale[fast] |\n| ---: | ---: | ---: |")
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "lines")
            write_lines(path, count)
            row = []
            for way in (None, FAST):
                with using(way):
                    start = time.perf_counter()
                    held = vaekstaftale.Agreements(vaekstaftale.load_lines(path))
                    row.append((time.perf_counter() - start) / len(held) * 1e6)
                    del held
        print(f"| {count:,} | {row[0]:,.0f} | {row[1]:,.0f} |")


def main() -> None:
    """Compare everything."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--hold", nargs=2, metavar=("LIBRARY", "FILE"))
    options = parser.parse_args()
    if options.hold:
        return hold(*options.hold)
    for name in ("ID", "TEXT", "DATE", "LANGUAGE", "URL", "SHA256"):
        form = getattr(forms, name)
        if getattr(patterns, name) != (f"^(?:{form.pattern})$" if form.whole else form.pattern):
            sys.exit(f"the peers have another pattern for {name} than we have")
    check_refusals()
    tell_head()
    compare_one_agreement(20 if options.quick else 200)
    compare_start(5 if options.quick else 25)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lines")
        count = 500 if options.quick else 10_000
        write_lines(path, count)
        compare_lines(path, count, 1 if options.quick else 3)
        compare_holding(path, count, 1 if options.quick else 3)
    grow([1, 100, 1_000] if options.quick else [1, 100, 10_000, 100_000])
    return None


if __name__ == "__main__":
    main()
