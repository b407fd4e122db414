"""All checks: `nox` runs what must pass, `nox -l` lists every session."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
# A missing interpreter is skipped with a line that names it; in CI, it is a failure.
nox.options.error_on_missing_interpreters = bool(os.environ.get("CI"))
nox.options.sessions = ["lint", "types", "tests", "plain", "lowest", "newest", "wheel", "docs"]

PYTHONS = [
    classifier.rpartition(" ")[2]
    for classifier in nox.project.load_toml("pyproject.toml")["project"]["classifiers"]
    if classifier.startswith("Programming Language :: Python :: 3.")
]


@nox.session
def lint(session: nox.Session) -> None:
    """Format and lint."""
    session.install("ruff")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """mypy on everything, pyright on what a user writes."""
    session.install("-e", ".[test,lint,benchmark,browser,progress]")
    session.install("nox", "sphinx")
    session.run("mypy")
    session.run("pyright")


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """All tests on every Python, with branch coverage."""
    session.install("-e", ".[test,benchmark]", "coverage[toml]")
    session.run("coverage", "run", "-m", "pytest", "-m", "", *session.posargs)
    session.run("coverage", "combine", "--quiet")
    session.run("coverage", "report")


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """All tests with the lowest versions of the dependencies that pyproject.toml allows."""
    project = nox.project.load_toml("pyproject.toml")["project"]
    dependencies = [*project["dependencies"], *project["optional-dependencies"]["fast"]]
    session.install("-e", ".[test]")
    session.install(*(dependency.replace(">=", "==") for dependency in dependencies))
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def plain(session: nox.Session) -> None:
    """All tests without orjson, except those that compare it with the standard library."""
    session.install("-e", ".[test]")
    session.run("pip", "uninstall", "--yes", "--quiet", "orjson")
    session.run("pytest", "--ignore", "tests/test_json_library.py", *session.posargs)


@nox.session(python=PYTHONS[-1])
def newest(session: nox.Session) -> None:
    """All tests with the newest versions of the dependencies, pre-releases included."""
    session.install("-e", ".[test]")
    session.install("--upgrade", "--pre", "attrs", "cattrs", "python-dateutil")
    session.run("pytest", *session.posargs)


@nox.session
def properties(session: nox.Session) -> None:
    """The property tests, with many more examples."""
    session.install("-e", ".[test]")
    session.run("pytest", "tests", *session.posargs, env={"HYPOTHESIS_PROFILE": "thorough"})


@nox.session
def corpus(session: nox.Session) -> None:
    """The public JSON parsing corpus, nst/JSONTestSuite: `nox -s corpus -- FOLDER`, a checkout of it."""
    if not session.posargs:
        session.error("name the folder of the corpus: nox -s corpus -- FOLDER")
    session.install(".")
    session.run("python", "tests/corpus.py", *session.posargs)


@nox.session
def benchmark(session: nox.Session) -> None:
    """The library beside pydantic, msgspec, mashumaro and json: `nox -s benchmark`, or `-- --quick`."""
    session.install(".[benchmark]")
    session.run("python", "benchmarks/side_by_side.py", *session.posargs)


@nox.session(python="3.11")
def fuzz(session: nox.Session) -> None:
    """Coverage-guided fuzzing of `validate_text`: `nox -s fuzz -- -max_total_time=1200`."""
    session.install("-e", ".[fast]", "atheris")
    session.run("python", "fuzz/validate_text.py", *(session.posargs or ["-max_total_time=60"]))


@nox.session(python="3.11")
def mutants(session: nox.Session) -> None:
    """Mutation testing: `nox -s mutants`; takes an hour."""
    session.install("-e", ".[test]", "mutmut")
    session.run("mutmut", "run", *session.posargs, env={"HYPOTHESIS_PROFILE": "mutants"})
    session.run("mutmut", "results")


@nox.session
def browser(session: nox.Session) -> None:
    """Pages in a real browser, which must be installed: `nox -s browser -- FOLDER` leaves pictures in the folder."""
    session.install("-e", ".[test,browser]")
    session.run("python", "tests/browser.py", *(session.posargs or [str(Path(session.create_tmp()) / "pages")]))


@nox.session
def audit(session: nox.Session) -> None:
    """Known vulnerabilities in what the library depends on, extras included."""
    session.install(".[fast,progress]", "pip-audit")
    session.run("pip-audit", "--local", "--skip-editable", *session.posargs)


@nox.session
def release(session: nox.Session) -> None:
    """Build sdist and wheel twice to the same bytes, check them, and run the tests of the sdist on itself."""
    folder = Path(session.create_tmp()).resolve()
    session.install("build", "twine", "check-wheel-contents")
    builds = [folder / "first", folder / "second"]
    for build in builds:
        shutil.rmtree(build, ignore_errors=True)
        session.run(
            "python", "-m", "build", "--outdir", str(build), silent=True, env={"SOURCE_DATE_EPOCH": "1504569600"}
        )
    for path in builds[0].iterdir():
        if path.read_bytes() != (builds[1] / path.name).read_bytes():
            session.error(f"{path.name} was built to different bytes")
    session.run("twine", "check", "--strict", *map(str, builds[0].iterdir()))
    session.run("check-wheel-contents", *map(str, builds[0].glob("*.whl")))
    [sdist] = builds[0].glob("*.tar.gz")
    source = folder / "source"
    shutil.rmtree(source, ignore_errors=True)
    shutil.unpack_archive(sdist, source, filter="data")
    [unpacked] = source.iterdir()
    session.run("python", "-m", "venv", "--clear", str(folder / "empty"))
    python = str(folder / "empty" / "bin" / "python")
    session.run(python, "-m", "pip", "install", "--quiet", f"{sdist}[test]", external=True)
    session.chdir(unpacked)
    session.run(python, "-m", "pytest", "-p", "no:cacheprovider", *session.posargs, external=True)


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it into an empty environment, and use it there."""
    folder = Path(session.create_tmp()).resolve()
    session.install("build")
    session.run("python", "-m", "build", "--outdir", str(folder), silent=True)
    session.run("python", "-m", "venv", "--clear", str(folder / "empty"))
    [built] = folder.glob("*.whl")
    programs = folder / "empty" / "bin"
    session.chdir(folder)
    session.run(str(programs / "pip"), "install", "--quiet", str(built), external=True)
    session.run(str(programs / "vaekstaftale"), "show", "syddanmark-2017", external=True)
    session.run(str(programs / "python"), "-c", USE, external=True)


USE = """
import vaekstaftale as v
agreement = v.bundled.load("syddanmark-2017")
assert v.loads(v.dumps(agreement)) == agreement and v.validate(agreement) == (), "the wheel is incomplete"
"""


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    session.install("-e", ".[docs]")
    session.run("sphinx-build", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html")
