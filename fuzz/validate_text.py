"""Coverage-guided fuzzing of `validate_text`: `nox -s fuzz`, or `-- -max_total_time=1200` for twenty minutes.

Starts from the examples of the tests. An input that raises, or breaks what is promised about problems, ends the run and
is left in the working folder: add it to `CASES` in `tests/invalid.py`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vaekstaftale"]):
    import vaekstaftale
    from vaekstaftale.problems import Severity
    from vaekstaftale.validation.codes import STAGES

TESTS = Path(__file__).parent.parent / "tests"
sys.path.insert(0, str(TESTS))
import invalid  # noqa: E402

KNOWN = {code for codes in STAGES.values() for code in codes}


def check(data: bytes) -> None:
    """Check what is promised about any bytes."""
    problems = vaekstaftale.validate_text(data, max_bytes=100_000)
    if not all(problem.code in KNOWN and str(problem).isprintable() for problem in problems):
        raise AssertionError(problems)
    if any(problem.line is None or problem.column is None for problem in problems if problem.code != "more-problems"):
        raise AssertionError(problems)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    try:
        agreement = vaekstaftale.loads(data, max_bytes=100_000)
    except vaekstaftale.InvalidAgreement:
        if not errors:
            raise
        return
    if any(problem.code not in STAGES["evidence"] for problem in errors):
        raise AssertionError(problems)
    if agreement != vaekstaftale.loads(vaekstaftale.dumps(agreement, max_bytes=10**9), max_bytes=10**9):
        raise AssertionError(agreement)


def main() -> None:
    """Fuzz, with libFuzzer's own options."""
    with tempfile.TemporaryDirectory() as folder:
        examples = {path.name: path.read_bytes() for path in TESTS.glob("examples/**/*.json")} | dict(invalid.files())
        for name, data in examples.items():
            if len(data) < 20_000:
                Path(folder, name.replace("/", "-")).write_bytes(data)
        words = Path(folder, "words.dict")
        keys = {word for data in examples.values() for word in data.decode("utf-8", "replace").split('"')}
        short = sorted(word for word in keys if word.isascii() and word.replace("-", "").replace("_", "").isalnum())
        words.write_text("".join(f'"\\"{word}\\""\n' for word in short if len(word) < 30))
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        atheris.Setup([*sys.argv, f"-dict={words}", "-max_len=20000", str(corpus), folder], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
