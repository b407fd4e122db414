"""Faults from outside: killed processes, full disks, read-only folders, several writers and threads."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import attrs
import pytest
from conftest import FAMILY

import vaekstaftale
from vaekstaftale import Agreement, Status
from vaekstaftale.files.writing import format_file

#: A program that reports that it is ready, and then writes two agreements in turn until it is killed.
WRITER = """
import sys, vaekstaftale
path, *agreements = sys.argv[1], *map(vaekstaftale.load, sys.argv[2:])
print("ready", flush=True)
while True:
    for agreement in agreements:
        {write}
"""
WRITE = {
    "dump": "vaekstaftale.dump(agreement, path)",
    "dump_lines": "vaekstaftale.dump_lines([agreement] * 20, path)",
}


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    """Start a Python program and wait until it reports that it is ready."""
    process = subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("call", WRITE)
def test_killed(call: str, tmp_path: Path) -> None:
    """A writer that is killed at a random moment leaves a complete file."""
    path = tmp_path / "a"
    generator = random.Random(call)  # noqa: S311
    if call == "dump":
        complete = [file.read_bytes() for file in FAMILY[:2]]
    else:
        lines = [vaekstaftale.dumps(vaekstaftale.load(file), indent=None) + "\n" for file in FAMILY[:2]]
        complete = [line.encode() * 20 for line in lines]
    found = set()
    for _ in range(50):
        process = start(WRITER.format(write=WRITE[call]), path, *FAMILY[:2])
        time.sleep(generator.uniform(0, 0.02))
        kill(process)
        if path.exists():
            assert path.read_bytes() in complete
            found.add(path.read_bytes())

    assert len(found) == 2
    assert all(file.name.endswith(".tmp") for file in tmp_path.iterdir() if file != path)


#: A program that reports that it is ready, and then fixes a file in place.
FIXER = """
import sys, vaekstaftale
print("ready", flush=True)
from vaekstaftale.cli import main
main(["validate", "-q", "--fix", sys.argv[1]])
"""


@pytest.mark.slow
def test_fixing_killed(tmp_path: Path) -> None:
    """A file that is being fixed when the program is killed, at a random moment, is as it was or fixed."""
    path = tmp_path / "a.json"
    right = vaekstaftale.bundled.read("syddanmark-2017")
    wrong = right.replace(b'"2017-09-05"', b'"5. september 2017"').replace(b'"Staten"', b'"Staten",')
    generator = random.Random("fix")  # noqa: S311
    found = []
    for _ in range(100):
        path.write_bytes(wrong)
        process = start(FIXER, path)
        time.sleep(generator.uniform(0, 0.1))
        kill(process)
        found.append(path.read_bytes())

    assert set(found) == {right, wrong}


#: Code that causes a fault, even for root, and the name of the error that it must lead to.
FAULTS = {
    "full disk": ("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))", "EFBIG"),
    # Reading the file shows that only the folder is read-only.
    "read-only folder": ("os.chmod(folder, 0o555); os.getuid() or os.setuid(65534); open(path).close()", "EACCES"),
    "no more open files": ("import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))", "EMFILE"),
}


@pytest.mark.parametrize("call", ["dump(agreement, path)", "dump_lines([agreement] * 99, path)"])
@pytest.mark.parametrize("fault", FAULTS)
def test_failed_write(fault: str, call: str) -> None:
    """If a file cannot be written, the old one is unchanged, no other file is left, and OSError is raised."""
    cause, error = FAULTS[fault]
    program = f"""
import errno, os, sys, vaekstaftale
folder = sys.argv[1]
path = os.path.join(folder, "a")
agreement = vaekstaftale.bundled.load("syddanmark-2017")
vaekstaftale.dump  # imports what it needs, before the fault
{cause}
try:
    vaekstaftale.{call}
except OSError as error:
    print(errno.errorcode[error.errno])
"""
    # Not in tmp_path, which only its owner can enter: the program may change to another user.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a").write_text("old")
        result = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
        folder.chmod(0o755)

        assert result.stdout.split() == [error]
        assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("a", "old")]


def test_two_writers_and_a_reader(tmp_path: Path) -> None:
    """While two writers replace a file, a reader always sees a complete agreement of one of them."""
    path = tmp_path / "a.json"
    vaekstaftale.dump(vaekstaftale.load(FAMILY[0]), path)
    writers = [start(WRITER.format(write=WRITE["dump"]), path, file) for file in FAMILY[:2]]
    ids: set[str] = set()
    try:
        while len(ids) < 2:
            ids |= {vaekstaftale.load(path).id for _ in range(300)}
    finally:
        for writer in writers:
            kill(writer)

    assert {vaekstaftale.load(file).id for file in FAMILY[:2]} == ids


def test_a_file_that_changes_is_read_once(tmp_path: Path, agreement: Agreement) -> None:
    """A file that another thread keeps replacing is formatted from what was read, or left unchanged."""
    path = tmp_path / "a.json"
    other_agreement = attrs.evolve(agreement, title="En anden titel")

    def write() -> None:
        for value in [agreement, other_agreement] * 50:
            vaekstaftale.dump(value, path, indent=None)

    write()
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(write)
        while not writing.done():
            assert vaekstaftale.validate_file(path) == ()
            format_file(path)
        writing.result()

    assert vaekstaftale.load(path) in (agreement, other_agreement)


def test_threads(agreement: Agreement) -> None:
    """Threads that load, query and write the same values at the same time all get the right results."""
    text = vaekstaftale.dumps(agreement)

    def work(number: int) -> bool:
        value = vaekstaftale.loads(text) if number % 3 else agreement
        found = vaekstaftale.commitments(value).by("Staten").at_least("discuss")
        return (
            value == agreement
            and len(found) == 8
            and value.party("staten") is value.parties[0]
            and value.status_on(date(2018, 1, 1)) is Status.IN_FORCE
            and vaekstaftale.dumps(value) == text
            and vaekstaftale.validate(value) == ()
        )

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(work, range(400)))
    finally:
        sys.setswitchinterval(before)


def test_first_use_by_threads() -> None:
    """Threads that use the library for the first time at the same moment do not disturb each other."""
    program = """
import threading, vaekstaftale
found = []
barrier = threading.Barrier(8)
def work():
    barrier.wait()
    found.append(vaekstaftale.bundled.load("syddanmark-2017"))
threads = [threading.Thread(target=work) for _ in range(8)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(len(found), len(set(found)))
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout == "8 1\n"
