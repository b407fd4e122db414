"""The library beside others that read and check JSON, in one run: `python benchmarks/side_by_side.py`.

Needs the extra `benchmark`. All run in one process, round by round, each round in another order and each work with a
call before it is timed. The first table compares with pydantic that makes the same checks. The second one contains the
median time of plain pydantic, and for each of the others the median over the rounds of its ratio to pydantic. Memory,
start and the command are measured in processes of their own. `--quick` runs fewer rounds, over fewer agreements.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import peers

import vaekstaftale
from vaekstaftale import bundled
from vaekstaftale.serialization import json_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Work = Callable[[], object]
    #: For each name, a median and the median of the ratios to the base.
    Results = dict[str, tuple[float, float]]

RAW = bundled.read("syddanmark-2017")
DATA: dict[str, Any] = json.loads(RAW)
ORJSON = json_library.ORJSON

PLAIN_NAME, FAST_NAME, PYDANTIC = "vaekstaftale", "vaekstaftale[fast]", "pydantic"
ALL = (PLAIN_NAME, FAST_NAME, *peers.LIBRARIES, "json")
#: The columns of ratios.
NAMES = tuple(name for name in ALL if name != PYDANTIC)


@contextmanager
def using(library: Any) -> Iterator[None]:
    """Read and write JSON through orjson, or for `None` through the standard library."""
    json_library.ORJSON, before = library, json_library.ORJSON
    try:
        yield
    finally:
        json_library.ORJSON = before


def ours(function: Callable[..., object], *arguments: Any, **options: Any) -> dict[str, Work]:
    """Return the same call of a function of vaekstaftale without orjson and with it."""

    def call(library: Any) -> Work:
        def work() -> object:
            json_library.ORJSON = library
            return function(*arguments, **options)

        return work

    return {PLAIN_NAME: call(None), FAST_NAME: call(ORJSON)}


def reading(name: str) -> Callable[[bytes], object]:
    """Return the function of a library that reads the JSON text of an agreement."""
    if name in (PLAIN_NAME, FAST_NAME):
        json_library.ORJSON = ORJSON if name == FAST_NAME else None
        return vaekstaftale.loads
    read: Callable[[bytes], object] = json.loads if name == "json" else peers.load(name).read
    return read


def compare(works: Mapping[str, Work], rounds: int, repeat: int = 20, base: str = PYDANTIC) -> Results:
    """Run works in a new order in each round, and return the seconds of one call of each.

    In a fixed order, the same code differs by up to 8 percent, depending on what runs before it.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    order = list(works.items())
    for _ in range(rounds):
        random.shuffle(order)
        for name, work in order:
            if repeat > 1:
                work()
            start = time.perf_counter()
            for _ in range(repeat):
                work()
            times[name].append((time.perf_counter() - start) / repeat)
    return ratios(times, base)


def ratios(values: Mapping[str, list[float]], base: str = PYDANTIC) -> Results:
    """Return the medians, and the medians of the ratios to the base."""
    return {
        name: (median(own), median(value / other for value, other in zip(own, values[base], strict=True)))
        for name, own in values.items()
    }


def print_head() -> None:
    """Print the head of the table."""
    print(f"\n| | pydantic | {' | '.join(NAMES)} |\n| --- | ---: |{' ---: |' * len(NAMES)}")


def compare_same_work(rounds: int) -> None:
    """Compare reading an agreement with pydantic, if that also checks what this library checks."""
    print(f"\n| | {peers.CHECKED} | {PLAIN_NAME} | {FAST_NAME} |\n| --- | ---: | ---: | ---: |")
    agreement = vaekstaftale.loads(RAW)
    for title, text in {
        "Bytes to objects, indented": RAW,
        "Bytes to objects, on one line": vaekstaftale.dumps(agreement, indent=None).encode(),
    }.items():
        works: dict[str, Work] = {
            **ours(vaekstaftale.loads, text),
            peers.CHECKED: partial(peers.load(peers.CHECKED).read, text),
        }
        results = compare(works, rounds, base=peers.CHECKED)
        cells = [f"{results[name][1]:.2f}" for name in (PLAIN_NAME, FAST_NAME)]
        print(f"| {title} | {results[peers.CHECKED][0] * 1e6:,.0f} µs | {' | '.join(cells)} |", flush=True)


def print_row(title: str, results: Results, unit: float = 1e-6, sign: str = "µs", base: str = PYDANTIC) -> None:
    """Print a row: the median of the base, and the ratios of the others to it."""
    value = results[base][0] / unit
    cells = [f"{results[name][1]:.2f}" if name in results else "" for name in NAMES]
    print(f"| {title} | {value:,.{0 if value >= 100 else 1}f} {sign} | {' | '.join(cells)} |", flush=True)


# --- What is accepted --------------------------------------------------------------------------------------


def wrong_inputs() -> dict[str, bytes]:
    """Return the bundled agreement, with one thing wrong in each."""

    def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
        data = copy.deepcopy(DATA)
        change(data)
        return json.dumps(data).encode()

    return {
        "a duplicate key": RAW.replace(b'"title"', b'"title": "x", "title"', 1),
        "an unknown key": changed(lambda data: data.update(titel="x")),
        "a missing key": changed(lambda data: data.pop("title")),
        "null": changed(lambda data: data.update(note=None)),
        "a number for a text": changed(lambda data: data.update(title=1)),
        "a text for a list": changed(lambda data: data.update(quotes="x")),
        "a text for true": changed(lambda data: data.update(complete="nej")),
        "an empty text": changed(lambda data: data.update(title=" ")),
        "an invalid id": changed(lambda data: data.update(id="Å")),
        "an id with a line feed": changed(lambda data: data.update(id="x\n")),
        "an invalid date": changed(lambda data: data.update(signed_on="2017-02-30")),
        "an unknown choice": changed(lambda data: data["sources"][0].update(kind="x")),
        "a number out of range": changed(lambda data: data["initiatives"][0].update(number=0)),
        "no parties": changed(lambda data: data.update(parties=[])),
        "a duplicate id": changed(lambda data: data["parties"].append(data["parties"][0])),
        "an unknown id": changed(lambda data: data["initiatives"][0]["commitments"][0].update(actors=["nobody"])),
    }


def check_wrong_inputs() -> None:
    """Print which wrong inputs each library accepts."""
    print("Wrong inputs that are accepted:\n")
    for name in (*ALL, peers.CHECKED):
        read = reading(name)
        accepted = [what for what, text in wrong_inputs().items() if is_accepted(read, text)]
        print(f"- {name}: {', '.join(accepted) or 'none'}")


def is_accepted(read: Callable[[bytes], object], text: bytes) -> bool:
    """Return whether a text is read without an exception."""
    try:
        read(text)
    except Exception:  # noqa: BLE001 - each library raises its own
        return False
    return True


# --- Speed ------------------------------------------------------------------------------------------------


def compare_one_agreement(rounds: int) -> None:
    """Compare reading, writing and validating one agreement."""
    agreement = vaekstaftale.loads(RAW)
    libraries = {name: peers.load(name) for name in peers.LIBRARIES}
    model, struct, record = (library.read(RAW) for library in libraries.values())
    pydantic, msgspec, mashumaro = libraries.values()
    one_line = vaekstaftale.dumps(agreement, indent=None).encode()
    for title, text in {"indented": RAW, "on one line (`loads`)": one_line}.items():
        works: dict[str, Work] = {
            **ours(vaekstaftale.loads, text),
            **{name: partial(library.read, text) for name, library in libraries.items()},
            "json": partial(json.loads, text),
        }
        print_row(f"Bytes to objects, {title}", compare(works, rounds))
    works = {
        **ours(vaekstaftale.dumps, agreement, indent=None),
        PYDANTIC: lambda: model.model_dump_json(exclude_defaults=True),
        "msgspec": lambda: msgspec.encode(struct),
        "mashumaro": record.to_json,
        "json": lambda: json.dumps(DATA, ensure_ascii=False, separators=(",", ":")),
    }
    print_row("Objects to text on one line (`dumps(indent=None)`)", compare(works, rounds))
    works = {
        **ours(vaekstaftale.dumps, agreement),
        PYDANTIC: lambda: model.model_dump_json(exclude_defaults=True, indent=2),
        "msgspec": lambda: msgspec.indent(msgspec.encode(struct), indent=2),
        "json": lambda: json.dumps(DATA, ensure_ascii=False, indent=2),
    }
    print_row("Objects to indented text (`dumps`)", compare(works, rounds))
    works = {
        PLAIN_NAME: lambda: vaekstaftale.to_dict(agreement),
        PYDANTIC: lambda: model.model_dump(mode="json", exclude_defaults=True),
        "msgspec": lambda: msgspec.to_builtins(struct),
        "mashumaro": record.to_dict,
    }
    print_row("Objects to dicts (`to_dict`)", compare(works, rounds))
    works = {
        PLAIN_NAME: lambda: vaekstaftale.from_dict(DATA),
        # Its strict mode accepts no list for a tuple.
        PYDANTIC: lambda: pydantic.Agreement.model_validate(DATA, strict=False),
        "msgspec": lambda: msgspec.convert(DATA, msgspec.Agreement),
        "mashumaro": lambda: mashumaro.Agreement.from_dict(DATA),
    }
    print_row("Dicts to objects (`from_dict`)", compare(works, rounds))
    bad = one_line.replace(b'"strength":"support"', b'"strength":"suport"', 1)
    for title, text, other in (
        ("a good file, indented", RAW, pydantic.read),
        ("a good file, on one line (`validate_text`; pydantic: reading the line)", one_line, pydantic.read),
        ("a file with one error, on one line", bad, errors_in_pydantic),
    ):
        works = {**ours(vaekstaftale.validate_text, text), PYDANTIC: partial(other, text)}
        print_row(f"Validating {title}", compare(works, rounds))


def errors_in_pydantic(text: bytes) -> object:
    """Return pydantic's errors in a file. Raises `ValueError` if there are none."""
    from pydantic import ValidationError  # noqa: PLC0415 - the processes of the other libraries do without it

    try:
        peers.load(PYDANTIC).read(text)
    except ValidationError as error:
        return error.errors()
    raise ValueError("pydantic finds no error")


# --- Many agreements --------------------------------------------------------------------------------------


def numbered(text: bytes, number: int) -> bytes:
    """Return the text of the bundled agreement with another id."""
    return text.replace(b'"syddanmark-2017"', b'"aftale-%d"' % number, 1)


def write_lines(path: Path, count: int) -> None:
    """Write a file of JSON Lines: agreements that differ in their ids."""
    line = vaekstaftale.dumps(vaekstaftale.loads(RAW), indent=None).encode() + b"\n"
    with path.open("wb") as file:
        file.writelines(numbered(line, number) for number in range(count))


def compare_lines(path: Path, count: int, rounds: int) -> None:
    """Compare reading many agreements, one after the other."""

    def read_all(name: str) -> Work:
        def work() -> None:
            read = reading(name)
            with path.open("rb") as file:
                for line in file:
                    read(line)

        return work

    results = compare({name: read_all(name) for name in ALL}, rounds, 1)
    print_row(f"{count:,} lines, each agreement dropped at once", results, 1, "s")


def hold(name: str, path: str) -> None:
    """Hold all agreements of a file in this process; print the seconds it took and the bytes it added."""
    read = reading(name)
    with open(path, "rb") as file:
        held = [read(next(file))]
        before = memory()
        start = time.perf_counter()
        held += [read(line) for line in file]
    seconds = time.perf_counter() - start
    print(seconds, memory() - before, len(held))


def memory() -> int:
    """Return how many bytes of memory this process has in use; on Linux only.

    The maximum that `resource` reports is no less than that of the process which started this one.
    """
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()


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
    print_row(f"{count:,} lines, all agreements held", ratios(seconds), 1, "s")
    print_row(f"Memory of {count:,} held agreements", ratios(sizes), 1e6, "MB")


def compare_start(rounds: int) -> None:
    """Compare new processes that read one agreement from a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "agreement.json")
        path.write_bytes(RAW)
        head = f"import sys; sys.path.insert(0, {folder!r})\ntext = open({str(path)!r}, 'rb').read()\n"
        load = f"import vaekstaftale; vaekstaftale.load({str(path)!r})"
        programs = {PLAIN_NAME: WITHOUT_ORJSON + load, FAST_NAME: load, "json": head + "import json; json.loads(text)"}
        for name in peers.LIBRARIES:
            module = peers.module_name(name)
            Path(folder, f"{module}.py").write_text(peers.source_of(name), encoding="utf-8")
            programs[name] = head + f"import {module}; {module}.read(text)"
        works: dict[str, Work] = {name: partial(run, sys.executable, "-c", programs[name]) for name in ALL}
        for work in works.values():
            work()  # so that all are compiled
        print_row("Process start to first agreement", compare(works, rounds, 1), 1e-3, "ms")


WITHOUT_ORJSON = "import sys; sys.modules['orjson'] = None\n"


def compare_command(count: int, rounds: int) -> None:
    """Compare validating a folder by the command with check-jsonschema, which checks the structure of its files."""
    title, other = f"{count:,} files through the command", "check-jsonschema"
    if find_spec("check_jsonschema") is None:
        print(f"\n{title}: skipped, because {other} is not installed (it is in the extra `benchmark`)")
        return
    command = "import sys; from vaekstaftale.cli import main; sys.exit(main())"
    with tempfile.TemporaryDirectory() as temporary:
        schema, folder = Path(temporary, "schema.json"), Path(temporary, "agreements")
        schema.write_text(bundled.read_schema(), encoding="utf-8")
        folder.mkdir()
        files = [folder / f"aftale-{number}.json" for number in range(count)]
        for number, file in enumerate(files):
            file.write_bytes(numbered(RAW, number))
        commands: dict[str, list[str]] = {
            PLAIN_NAME: ["-c", WITHOUT_ORJSON + command, "validate", str(folder)],
            FAST_NAME: ["-c", command, "validate", str(folder)],
            other: ["-m", "check_jsonschema", "--schemafile", str(schema), *map(str, files)],
        }
        works: dict[str, Work] = {name: partial(run, sys.executable, *words) for name, words in commands.items()}
        for work in works.values():
            work()  # so that all are compiled, and the files are in the memory of the operating system
        results = compare(works, rounds, 1, base=other)
        print_row(f"{title} (first column: {other})", results, 1e-3, "ms", base=other)


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
            for library in (None, ORJSON):
                with using(library):
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
    check_wrong_inputs()
    compare_same_work(20 if options.quick else 200)
    print_head()
    compare_one_agreement(20 if options.quick else 200)
    compare_start(5 if options.quick else 25)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lines")
        count = 500 if options.quick else 10_000
        write_lines(path, count)
        compare_lines(path, count, 1 if options.quick else 3)
        compare_holding(path, count, 1 if options.quick else 3)
    compare_command(20 if options.quick else 400, 1 if options.quick else 9)
    grow([1, 100, 1_000] if options.quick else [1, 100, 10_000, 100_000])
    return None


if __name__ == "__main__":
    main()
