"""Faults of the world: kills, full disks, folders that cannot be written, several writers, threads."""

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

#: Writes two agreements in turn, for ever, after it has said that it is ready.
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
    """Start a program of Python, and wait until it says that it is ready."""
    process = subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


@pytest.mark.parametrize("call", WRITE)
def test_killed(call: str, tmp_path: Path) -> None:
    """Killed fifty times at random moments, a writer leaves a whole file each time."""
    path = tmp_path / "a"
    moments = random.Random(call)  # noqa: S311
    if call == "dump":
        whole = [file.read_bytes() for file in FAMILY[:2]]
    else:
        lines = [vaekstaftale.dumps(vaekstaftale.load(file), indent=None) + "\n" for file in FAMILY[:2]]
        whole = [line.encode() * 20 for line in lines]
    seen = set()
    for _ in range(50):
        process = start(WRITER.format(write=WRITE[call]), path, *FAMILY[:2])
        time.sleep(moments.uniform(0, 0.02))
        kill(process)
        if path.exists():
            assert path.read_bytes() in whole
            seen.add(path.read_bytes())

    assert len(seen) == 2
    assert all(file.name.endswith(".tmp") for file in tmp_path.iterdir() if file != path)


#: What makes a fault that also bites for root, and the error that it must end in.
FAULTS = {
    "full disk": ("import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))", "EFBIG"),
    # That the file can be read shows that it is the folder which refuses.
    "read-only folder": ("os.chmod(folder, 0o555); os.getuid() or os.setuid(65534); open(path).close()", "EACCES"),
    "no more open files": ("import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))", "EMFILE"),
}


@pytest.mark.parametrize("call", ["dump(agreement, path)", "dump_lines([agreement] * 99, path)"])
@pytest.mark.parametrize("fault", FAULTS)
def test_no_room(fault: str, call: str) -> None:
    """Where nothing can be written, the old file stays as it was, nothing is left beside it, and OSError tells."""
    make, error = FAULTS[fault]
    program = f"""
import errno, os, sys, vaekstaftale
folder = sys.argv[1]
path = os.path.join(folder, "a")
agreement = vaekstaftale.bundled.load("syddanmark-2017")
vaekstaftale.dump  # loads what it needs, before the fault
{make}
try:
    vaekstaftale.{call}
except OSError as error:
    print(errno.errorcode[error.errno])
"""
    # Not in tmp_path: nobody but its owner can look into that, and this user may give up who it is.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a").write_text("old")
        done = subprocess.run([sys.executable, "-c", program, folder], capture_output=True, text=True, check=True)
        folder.chmod(0o755)

        assert done.stdout.split() == [error]
        assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("a", "old")]


def test_two_writers_and_a_reader(tmp_path: Path) -> None:
    """With two writers at work on one file, whoever reads it sees a whole agreement of one of them."""
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
    """A file that another writes again and again is formatted from what was read, or left as it is."""
    path = tmp_path / "a.json"
    other = attrs.evolve(agreement, title="En anden titel")

    def write() -> None:
        for one in [agreement, other] * 50:
            vaekstaftale.dump(one, path, indent=None)

    write()
    with ThreadPoolExecutor() as pool:
        writing = pool.submit(write)
        while not writing.done():
            assert vaekstaftale.validate_file(path) == ()
            format_file(path)
        writing.result()

    assert vaekstaftale.load(path) in (agreement, other)


def test_threads(agreement: Agreement) -> None:
    """Threads that load, ask and write the same values at once all get the right answers."""
    text = vaekstaftale.dumps(agreement)

    def work(number: int) -> bool:
        same = vaekstaftale.loads(text) if number % 3 else agreement
        found = vaekstaftale.commitments(same).by("Staten").at_least("discuss")
        return (
            same == agreement
            and len(found) == 8
            and same.party("staten") is same.parties[0]
            and same.status_on(date(2018, 1, 1)) is Status.IN_FORCE
            and vaekstaftale.dumps(same) == text
            and vaekstaftale.validate(same) == ()
        )

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(work, range(400)))
    finally:
        sys.setswitchinterval(before)


def test_first_use_by_threads() -> None:
    """Threads that all use the library for the first time don't hinder one another."""
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
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "8 1\n"
